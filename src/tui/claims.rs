//! The claims panel: the article's claims grouped by who made them.
//!
//! Groups stand in the order of their first claim, claims in the order of the text, with the numbers that
//! they have there; those that the text has lost stand at the end. The panel has no cursor of its own: its current
//! claim is the reader's, so that the two panes can't disagree.

mod facts;

pub use self::facts::words as relation_words;

use std::collections::BTreeMap;

use super::reader::Reader;
use super::triage::Narrowing;
use crate::model::{Anchor, Annotation, ByteRange, Speaker, Status};
use crate::text::flow;
use crate::text::shown::Shown;

/// Lines of a claim's words that the panel shows.
const QUOTE_LINES: usize = 3;
/// Lines of what is known about it.
const FACT_LINES: usize = 3;
/// Lines of how another article words it.
const TWIN_LINES: usize = 2;
/// Lines of a note, or of what the claim is to another.
const HAND_LINES: usize = 3;

/// What a line of the panel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The name of a speaker, with the number of their claims.
    Speaker(usize),
    /// What the article says the speaker is.
    Role,
    /// Words of a claim; the first line carries its number.
    Quote {
        /// Whether the number stands here.
        first: bool,
    },
    /// Cue, form, annotator, tags; the first line carries the sign of the status.
    Facts {
        /// Whether the sign stands here.
        first: bool,
    },
    /// Where else the same is told; the first line names the article, the second gives the words there.
    Elsewhere {
        /// Whether the article is named here.
        first: bool,
    },
    /// What somebody made of it by hand: its note, what it is to other claims. The first line of each carries a sign.
    ByHand(Option<&'static str>),
    /// Nothing.
    Blank,
}

/// A line of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelLine {
    /// What it is.
    pub kind: Kind,
    /// The claim that it belongs to.
    pub claim: Option<usize>,
    /// Its text, as it may be shown.
    pub text: Shown,
}

/// The panel, laid out.
#[derive(Debug, Default)]
pub struct Panel {
    /// Its lines at the current width.
    pub lines: Vec<PanelLine>,
    /// The first line shown.
    pub top: usize,
    /// How many speakers the article has.
    pub speakers: usize,
    /// The claims in the order in which the panel shows them.
    pub order: Vec<usize>,
}

impl Panel {
    /// Lays the claims of an article out for `width` cells, those that `narrowing` shows.
    pub fn new(reader: &Reader, width: u16, narrowing: Narrowing) -> Self {
        let claims = &reader.opened.claims;
        let mut panel = Self::default();
        let (lost, placed): (Vec<usize>, Vec<usize>) = (0..claims.len())
            .filter(|at| narrowing.shows(&claims[*at]))
            .partition(|at| claims[*at].anchor == Anchor::Orphan);
        let mut groups = groups(claims, &placed);
        let speakers = groups.iter().filter(|(who, _)| matches!(who, Who::Speaker(_))).count();
        panel.speakers = speakers;
        if !lost.is_empty() {
            groups.push((Who::Lost, lost));
        }
        for (who, members) in groups {
            panel.heading(who, members.len(), usize::from(width));
            for claim in members {
                panel.order.push(claim);
                panel.claim(reader, claim, usize::from(width));
            }
        }
        panel
    }

    fn push(&mut self, kind: Kind, claim: Option<usize>, text: Shown) {
        self.lines.push(PanelLine { kind, claim, text });
    }

    fn heading(&mut self, who: Who<'_>, claims: usize, width: usize) {
        if !self.lines.is_empty() {
            self.push(Kind::Blank, None, Shown::line(""));
        }
        let (name, role) = match who {
            Who::Speaker(speaker) => (speaker.name.as_str(), speaker.role.as_deref()),
            Who::Nobody => ("no speaker named", None),
            Who::Lost => (facts::LOST, None),
        };
        self.push(Kind::Speaker(claims), None, Shown::line(name));
        if let Some(role) = role {
            self.push(Kind::Role, None, Shown::line(role).fit(width.saturating_sub(2)));
        }
    }

    fn claim(&mut self, reader: &Reader, index: usize, width: usize) {
        let claim = &reader.opened.claims[index];
        let lines = wrap(&claim.quote, width.saturating_sub(5), QUOTE_LINES);
        for (i, line) in lines.into_iter().enumerate() {
            self.push(Kind::Quote { first: i == 0 }, Some(index), line);
        }
        let facts = facts::facts(claim, &reader.opened.article.text);
        for (i, line) in wrap(&facts, width.saturating_sub(5), FACT_LINES).into_iter().enumerate() {
            self.push(Kind::Facts { first: i == 0 }, Some(index), line);
        }
        self.elsewhere(claim, index, width);
        for (sign, words) in facts::by_hand(claim, &reader.opened.claims) {
            for (i, line) in wrap(&words, width.saturating_sub(5), HAND_LINES).into_iter().enumerate() {
                self.push(Kind::ByHand((i == 0).then_some(sign)), Some(index), line);
            }
        }
    }

    fn elsewhere(&mut self, claim: &Annotation, index: usize, width: usize) {
        let Some(twin) = claim.same_as.first() else { return };
        let more = claim.same_as.len() - 1;
        let more = if more > 0 { format!(" (+{more})") } else { String::new() };
        let width = width.saturating_sub(5);
        let place = Shown::line(twin.source.as_ref().unwrap_or(&twin.title));
        let place = place.fit(width.saturating_sub("also in ".len() + more.len()));
        self.push(Kind::Elsewhere { first: true }, Some(index), Shown::line(&format!("also in {place}{more}")));
        for line in wrap(&twin.quote, width, TWIN_LINES) {
            self.push(Kind::Elsewhere { first: false }, Some(index), line);
        }
    }

    /// Brings a claim into a window of `rows` rows, with its speaker's name where both fit.
    pub fn show(&mut self, claim: Option<usize>, rows: usize) {
        let of_claim = |line: &PanelLine| line.claim.is_some() && line.claim == claim;
        if let (Some(first), Some(last)) = (self.lines.iter().position(of_claim), self.lines.iter().rposition(of_claim))
        {
            let name = self.lines[..first].iter().rposition(|line| matches!(line.kind, Kind::Speaker(_)));
            let from = name.filter(|name| last - name < rows).unwrap_or(first);
            self.top = self.top.min(from).max((last + 1).saturating_sub(rows));
        }
        self.top = self.top.min(self.lines.len().saturating_sub(rows));
    }

    /// The speaker whose claims are at the top of the window, where the name itself is above it.
    pub fn name_above(&self) -> Option<&str> {
        let is_name = |line: &&PanelLine| matches!(line.kind, Kind::Speaker(_));
        let inside = matches!(
            self.lines.get(self.top)?.kind,
            Kind::Quote { .. } | Kind::Facts { .. } | Kind::Elsewhere { .. } | Kind::ByHand(_) | Kind::Role
        );
        self.lines[..self.top].iter().rev().find(is_name).filter(|_| inside).map(|line| line.text.as_str())
    }

    /// The claim `steps` after `claim` in the order of the panel.
    pub fn claim_after(&self, claim: Option<usize>, steps: isize) -> Option<usize> {
        let Some(at) = self.order.iter().position(|c| Some(*c) == claim) else {
            return self.order.first().copied();
        };
        let last = self.order.len().checked_sub(1)?;
        self.order.get(at.saturating_add_signed(steps).min(last)).copied()
    }
}

/// Whose claims a group holds.
#[derive(Clone, Copy)]
enum Who<'a> {
    Speaker(&'a Speaker),
    Nobody,
    /// Claims whose words aren't in the text any more.
    Lost,
}

type Group<'a> = (Who<'a>, Vec<usize>);

/// The claims at `members`, by speaker.
fn groups<'a>(claims: &'a [Annotation], members: &[usize]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_name: BTreeMap<Option<(&str, Option<i64>)>, usize> = BTreeMap::new();
    for &at in members {
        let speaker = claims[at].claim.speaker.as_ref();
        let key = speaker.map(|speaker| (speaker.name.as_str(), speaker.id.map(|id| id.0)));
        let group = *by_name.entry(key).or_insert_with(|| {
            groups.push((speaker.map_or(Who::Nobody, Who::Speaker), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(at);
    }
    groups
}

/// The sign of a status, legible without colour.
pub const fn status_mark(status: Status) -> &'static str {
    match status {
        Status::Suggested => "?",
        Status::Accepted => "✓",
        Status::Rejected => "✗",
    }
}

/// `text` in lines of at most `width` cells, at most `most` of them, the last ending in `…` where words are left.
pub(super) fn wrap(text: &str, width: usize, most: usize) -> Vec<Shown> {
    let lines = flow::fill(text, width.clamp(1, usize::from(u16::MAX)) as u16);
    let is_cut = lines.len() > most;
    let words = |(i, range): (usize, &ByteRange)| {
        let end = if is_cut && i + 1 == most { text.len() } else { range.end };
        Shown::line(ByteRange::new(range.start, end).of(text).trim_end()).fit(width)
    };
    lines.iter().take(most).enumerate().map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_cut_after_its_last_line() {
        let lines = wrap("les États-Unis sont engagés dans une guerre", 16, 2);
        let lines: Vec<&str> = lines.iter().map(Shown::as_str).collect();
        assert_eq!(lines, ["les États-Unis", "sont engagés da…"]);
    }
}
