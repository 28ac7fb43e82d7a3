//! Triage: claims accepted, rejected, given their speaker and form, one after the other.
//!
//! A verdict is on the screen at once and the next claim that waits is current, whenever the store is done: keys typed
//! fast each find the claim that their writer meant.

use super::{App, Reader};
use crate::model::event::Attribution;
use crate::model::{Anchor, Annotation, Change, Claim, ClaimId, Deed, Form, Ranges, Speaker, Status};
use crate::tui::action::Action;
use crate::tui::draft;
use crate::tui::effect::{Effect, Stamp};
use crate::tui::layout::Focus;
use crate::tui::selection::Chosen;
use crate::tui::triage::{self, Edit, Narrowing, Verdict};

impl App {
    /// Does what an action says to the current claim.
    pub(super) fn triage(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        let Some(claim) = self.reader.as_ref().and_then(Reader::claim) else {
            self.say("there is no claim here");
            return Vec::new();
        };
        let verdict = match action {
            Action::AcceptClaim => Verdict::Accept,
            Action::RejectClaim => Verdict::Reject,
            Action::Form => Verdict::Form(after(claim.claim.form)),
            _ => match self.triage.last.clone() {
                Some(verdict) => verdict,
                None => {
                    self.say("there is nothing to repeat yet");
                    return Vec::new();
                }
            },
        };
        let claims = [claim.id.clone()];
        self.decide(&claims, verdict, stamp)
    }

    /// Says who made some claims.
    pub(super) fn set_speaker(&mut self, claims: &[ClaimId], told: Option<Attribution>, stamp: Stamp) -> Vec<Effect> {
        self.decide(claims, Verdict::Speaker(told), stamp)
    }

    /// Decides something of claims of the open article, and goes on to the next one that waits.
    fn decide(&mut self, claims: &[ClaimId], verdict: Verdict, stamp: Stamp) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let chosen: Vec<&Annotation> = reader.opened.claims.iter().filter(|c| claims.contains(&c.id)).collect();
        let Some(first) = chosen.first() else {
            self.warn("the claim is gone meanwhile");
            return Vec::new();
        };
        let waited = chosen.iter().any(|claim| triage::waits(claim));
        if verdict == Verdict::Accept && first.anchor == Anchor::Orphan && !waited {
            self.say("its words are no longer in the text: x lets go of it");
            return Vec::new();
        }
        let number = reader.current.map_or(0, |at| at + 1);
        // Accepting what is accepted is a way to go on.
        if verdict == Verdict::Accept && !waited {
            let words = format!("{number} is accepted already");
            self.triage.last = Some(verdict);
            self.go_on(&self.order(), claims, &words, stamp);
            return Vec::new();
        }
        let edits: Vec<Edit> =
            chosen.iter().map(|claim| edit(claim, &verdict, &self.settings.user, &reader.opened.claims)).collect();
        let deed = deed(&chosen, &verdict, &reader.opened.article.text);
        let words = told(number, chosen.len(), &verdict);
        let order = self.order();
        let stays = matches!(verdict, Verdict::Form(_)) && !waited;
        self.triage.last = Some(verdict);
        self.lay(&edits, false);
        self.triage.begin(stamp.group, edits);
        if stays {
            // Who mends the form of a claim that is settled may want to cycle on.
            self.say(words);
        } else {
            self.go_on(&order, claims, &words, stamp);
        }
        vec![self.act(deed, stamp)]
    }

    /// The claims that are shown, in the order of the pane that one is in.
    fn order(&self) -> Vec<ClaimId> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let claims = &reader.opened.claims;
        let shown = |at: &usize| claims.get(*at).filter(|claim| self.triage.narrowing.shows(claim));
        let ids = |order: &mut dyn Iterator<Item = usize>| {
            order.filter_map(|at| shown(&at).map(|claim| claim.id.clone())).collect()
        };
        match self.focus {
            Focus::Panel => ids(&mut self.panel.order.iter().copied()),
            Focus::List | Focus::Text => ids(&mut (0..claims.len())),
        }
    }

    /// Goes on to the next claim that waits after those that were settled, round the end, and says how many do.
    fn go_on(&mut self, order: &[ClaimId], settled: &[ClaimId], words: &str, stamp: Stamp) {
        let Some(reader) = &self.reader else { return };
        let claims = &reader.opened.claims;
        let from = order.iter().position(|id| settled.contains(id)).unwrap_or(0);
        let next = order[from..].iter().chain(&order[..from]).filter(|id| !settled.contains(id)).find_map(|id| {
            claims
                .iter()
                .position(|claim| claim.id == *id && triage::waits(claim) && self.triage.narrowing.shows(claim))
        });
        let waiting = triage::waiting(claims);
        let left = match (next, waiting) {
            (_, 0) => "all claims are reviewed".to_owned(),
            (None, _) if self.triage.narrowing != Narrowing::All => {
                format!("none of these waits any more; {waiting} others do")
            }
            (_, 1) => "1 waits".to_owned(),
            (_, _) => format!("{waiting} wait"),
        };
        if let Some(next) = next {
            self.go_to_claim(next, stamp);
        }
        self.say(format!("{words} · {left}"));
    }

    /// Lays edits over what is shown.
    fn lay(&mut self, edits: &[Edit], back: bool) {
        if let Some(reader) = &mut self.reader {
            let article = reader.id().clone();
            reader.change_claims(|claims| triage::lay(edits, back, &article, claims));
        }
        self.lay_out_panel();
    }

    /// Takes the last act back, or does it again; where it was a verdict, its claim is current again at once.
    pub(super) fn undo(&mut self, back: bool, stamp: Stamp) -> Vec<Effect> {
        let edits = self.triage.step(stamp.group, back);
        if let Some(first) = edits.first().map(|edit| edit.before.id.clone()) {
            self.lay(&edits, back);
            let claims = self.reader.as_ref().map(|reader| reader.opened.claims.as_slice());
            if let Some(at) = claims.and_then(|claims| claims.iter().position(|claim| claim.id == first)) {
                self.go_to_claim(at, stamp);
            }
        }
        vec![if back { Effect::Undo(stamp) } else { Effect::Redo(stamp) }]
    }

    /// Shows fewer claims, or all again.
    pub(super) fn narrow(&mut self, stamp: Stamp) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let narrowing = self.triage.narrowing.next();
        self.triage.narrowing = narrowing;
        let claims = &reader.opened.claims;
        let shown = claims.iter().filter(|claim| narrowing.shows(claim)).count();
        let waiting = triage::waiting(claims);
        let next = reader.current.filter(|at| !narrowing.shows(&claims[*at]));
        let next = next.and_then(|at| (at..claims.len()).chain(0..at).find(|i| narrowing.shows(&claims[*i])));
        self.say(format!("{}: {shown} of {} · {waiting} wait", narrowing.words(), claims.len()));
        self.panel.top = 0;
        self.lay_out_panel();
        match next {
            Some(at) => self.go_to_claim(at, stamp),
            None => Vec::new(),
        }
    }

    /// The claim that is `steps` after the current one, of those that are shown.
    pub(super) fn claim_beside(&self, steps: isize) -> Option<usize> {
        let reader = self.reader.as_ref()?;
        let claims = &reader.opened.claims;
        let shows = |at: &usize| self.triage.narrowing.shows(&claims[*at]);
        let current = reader.current?;
        if steps > 0 { (current + 1..claims.len()).find(shows) } else { (0..current).rev().find(shows) }
    }
}

/// The form after this one, round.
const fn after(form: Form) -> Form {
    match form {
        Form::Direct => Form::Indirect,
        Form::Indirect => Form::Mixed,
        Form::Mixed => Form::Direct,
    }
}

/// What a verdict makes of a claim, as the store will tell it.
fn edit(claim: &Annotation, verdict: &Verdict, user: &str, claims: &[Annotation]) -> Edit {
    let mut after = claim.clone();
    after.status = Status::Accepted;
    after.by_hand.reviewer = Some(user.to_owned());
    match verdict {
        Verdict::Accept if claim.anchor == Anchor::Review => {
            after.anchor = Anchor::Exact;
            after.by_hand.amended = true;
        }
        Verdict::Accept => {}
        Verdict::Reject => return Edit { before: claim.clone(), after: None },
        Verdict::Form(form) => {
            after.claim.form = *form;
            after.by_hand.amended = true;
        }
        Verdict::Speaker(told) => {
            after.claim.speaker = told.as_ref().map(|told| speaker(told, claims));
            after.by_hand.amended = true;
        }
    }
    Edit { before: claim.clone(), after: Some(after) }
}

/// A speaker as the claims of the article know them, or as they were told.
fn speaker(told: &Attribution, claims: &[Annotation]) -> Speaker {
    let mut here = claims.iter().filter_map(|claim| claim.claim.speaker.as_ref());
    let known = here.find(|one| one.name == told.name && one.kind == told.kind).cloned();
    known.unwrap_or_else(|| Speaker {
        id: None,
        name: told.name.clone(),
        kind: told.kind,
        named: told.named,
        role: told.role.clone(),
        aliases: told.aliases.clone(),
    })
}

/// What is recorded of a verdict on claims of an article with this text.
fn deed(claims: &[&Annotation], verdict: &Verdict, text: &str) -> Deed {
    let ids = claims.iter().map(|claim| claim.id.clone()).collect();
    let review = |claims, status| Deed::Review { claims, status };
    let change = match (verdict, claims) {
        (Verdict::Accept, [claim]) if claim.anchor == Anchor::Review => Change::Ranges(shown_ranges(claim, text)),
        (Verdict::Accept, _) => return review(ids, Status::Accepted),
        (Verdict::Reject, _) => return review(ids, Status::Rejected),
        (Verdict::Form(form), _) => Change::Form(*form),
        (Verdict::Speaker(told), _) => Change::Speaker(told.clone()),
    };
    Deed::Amend { claims: ids, change: Box::new(change) }
}

/// The place at which a claim is shown, as somebody says that it is the right one.
fn shown_ranges(claim: &Annotation, text: &str) -> Ranges {
    let Claim { parts, cue, mention, .. } = &claim.claim;
    draft::ranges(text, &Chosen { parts: parts.clone(), cue: *cue, mention: *mention })
}

/// What was done, for the footer.
fn told(number: usize, claims: usize, verdict: &Verdict) -> String {
    let which = if claims == 1 { number.to_string() } else { format!("{claims} claims") };
    match verdict {
        Verdict::Accept => format!("{which} accepted"),
        Verdict::Reject => format!("{which} rejected"),
        Verdict::Form(form) => format!("{which} is {}", form.word()),
        Verdict::Speaker(Some(told)) => format!("{which} is by {}", told.name),
        Verdict::Speaker(None) => format!("{which}: {}", crate::tui::chooser::NOBODY),
    }
}
