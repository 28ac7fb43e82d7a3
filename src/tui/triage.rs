//! Triage: which claims wait for somebody's judgement, which are shown, and what was decided since the store told.
//!
//! A verdict changes what is on the screen at once; the store learns of it after. Until it has told the article anew,
//! what was decided is laid over what it tells ([`Triage::lay_over`]): keys may be typed as fast as one likes, and an
//! answer from before a verdict doesn't take it back.

use std::cmp::Reverse;

use uuid::Uuid;

use super::effect::Effect;
use crate::model::event::Attribution;
use crate::model::{Anchor, Annotation, ArticleId, ClaimId, Form, Status};

/// Confidence below which a claim found by a rule is doubtful: the rule is wrong more than once in five times. By the
/// table in `docs/rules.md` these are the rules that a reader should look at first; all others are right nine times in
/// ten, or nearly.
const DOUBTFUL: f32 = 0.8;

/// Which claims the panel shows and J and K go through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrowing {
    /// All.
    #[default]
    All,
    /// Those that nobody has reviewed.
    Unreviewed,
    /// Those whose speaker isn't known.
    Unnamed,
    /// Unreviewed ones of rules that are often wrong.
    Doubtful,
}

impl Narrowing {
    /// The next one, round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Unreviewed,
            Self::Unreviewed => Self::Unnamed,
            Self::Unnamed => Self::Doubtful,
            Self::Doubtful => Self::All,
        }
    }

    /// What is shown, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::All => "all claims",
            Self::Unreviewed => "unreviewed",
            Self::Unnamed => "without a speaker",
            Self::Doubtful => "low confidence",
        }
    }

    /// Whether a claim is among them.
    pub fn shows(self, claim: &Annotation) -> bool {
        match self {
            Self::All => true,
            Self::Unreviewed => waits(claim),
            Self::Unnamed => claim.claim.speaker.is_none(),
            Self::Doubtful => waits(claim) && claim.confidence.is_some_and(|sure| sure < DOUBTFUL),
        }
    }
}

/// Whether somebody should look at a claim: nobody has yet, or the text has changed under it.
pub fn waits(claim: &Annotation) -> bool {
    claim.status == Status::Suggested || claim.anchor == Anchor::Review
}

/// How many of them wait.
pub fn waiting(claims: &[Annotation]) -> usize {
    claims.iter().filter(|claim| waits(claim)).count()
}

/// What somebody decides of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is so.
    Accept,
    /// It is no claim.
    Reject,
    /// It is told so.
    Form(Form),
    /// It is theirs; `None`: nobody is named.
    Speaker(Option<Attribution>),
}

/// A claim as it was, and as it is now; `None` where it is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Before.
    pub before: Annotation,
    /// After.
    pub after: Option<Annotation>,
}

/// A claim as it is to be shown, or one that isn't to be.
#[derive(Clone, Debug, PartialEq)]
enum Patch {
    Put(Box<Annotation>),
    Take(ArticleId, ClaimId),
}

/// A write whose result the store hasn't told yet.
#[derive(Debug)]
struct Pending {
    group: Uuid,
    patches: Vec<Patch>,
    /// The newest question for an article when the write was on disk: what answers a later one knows of it.
    saved: Option<u64>,
    /// Whether the footer has said what was done.
    told: bool,
}

/// One end of a relation that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The claim.
    pub claim: ClaimId,
    /// Its words.
    pub quote: String,
}

/// What came of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Result {
    /// It is on disk.
    Saved,
    /// There was nothing to change, or it failed.
    Nothing,
}

/// The state of a triage.
#[derive(Debug, Default)]
pub struct Triage {
    /// Which claims are shown.
    pub narrowing: Narrowing,
    /// What was decided last, for repeating.
    pub last: Option<Verdict>,
    /// One end of a relation that is being made.
    pub end: Option<End>,
    pending: Vec<Pending>,
    /// What was done in this session, an act a line, and what was undone: where undo and redo lead to.
    done: Vec<(Uuid, Vec<Edit>)>,
    undone: Vec<(Uuid, Vec<Edit>)>,
}

impl Triage {
    /// Notes a verdict that is about to be written.
    pub fn begin(&mut self, group: Uuid, edits: Vec<Edit>) {
        let patches = edits.iter().map(after).collect();
        self.pending.push(Pending { group, patches, saved: None, told: true });
        self.undone.clear();
        self.done.push((group, edits));
    }

    /// Notes that the last act is about to be taken back, or done again; what that probably changes.
    pub fn step(&mut self, group: Uuid, back: bool) -> Vec<Edit> {
        let (from, to) = if back { (&mut self.done, &mut self.undone) } else { (&mut self.undone, &mut self.done) };
        let Some((act, edits)) = from.pop() else { return Vec::new() };
        to.push((act, edits.clone()));
        let patches = edits.iter().map(if back { before } else { after }).collect();
        self.pending.push(Pending { group, patches, saved: None, told: false });
        edits
    }

    /// Notes what is about to be written beside verdicts, in the order in which it will be.
    pub fn note_writes(&mut self, effects: &[Effect]) {
        for effect in effects {
            let (group, is_act) = match effect {
                Effect::Record(act) => (act.group, true),
                Effect::Undo(stamp) | Effect::Redo(stamp) => (stamp.group, false),
                _ => continue,
            };
            let known = self.pending.iter().position(|pending| pending.group == group);
            let pending = known.map(|at| self.pending.remove(at));
            if pending.is_none() && is_act {
                self.undone.clear();
                self.done.push((group, Vec::new()));
            }
            let fresh = || Pending { group, patches: Vec::new(), saved: None, told: false };
            self.pending.push(pending.unwrap_or_else(fresh));
        }
    }

    /// Takes what came of the oldest write under way; `generation` is that of the newest question for an article.
    /// `true` where the footer has said already what was done.
    pub fn end_write(&mut self, result: Result, generation: u64) -> bool {
        let Some(pending) = self.pending.iter_mut().find(|pending| pending.saved.is_none()) else { return false };
        pending.saved = Some(generation);
        if result == Result::Nothing {
            pending.patches.clear();
            let group = pending.group;
            self.done.retain(|(act, _)| *act != group);
            return false;
        }
        pending.told
    }

    /// Lays over the claims of an article, as the store tells them in answer to the question `generation`, what was
    /// decided since.
    pub fn lay_over(&mut self, generation: u64, article: &ArticleId, claims: &mut Vec<Annotation>) {
        self.pending.retain(|pending| pending.saved.is_none_or(|saved| saved >= generation));
        for patch in self.pending.iter().flat_map(|pending| &pending.patches) {
            patch.lay(article, claims);
        }
    }
}

fn before(edit: &Edit) -> Patch {
    Patch::Put(Box::new(edit.before.clone()))
}

fn after(edit: &Edit) -> Patch {
    match &edit.after {
        Some(after) => Patch::Put(Box::new(after.clone())),
        None => Patch::Take(edit.before.article.clone(), edit.before.id.clone()),
    }
}

/// Lays edits over the claims of an article.
pub fn lay(edits: &[Edit], back: bool, article: &ArticleId, claims: &mut Vec<Annotation>) {
    for edit in edits {
        let patch = if back { before(edit) } else { after(edit) };
        patch.lay(article, claims);
    }
}

impl Patch {
    fn lay(&self, article: &ArticleId, claims: &mut Vec<Annotation>) {
        match self {
            Self::Put(claim) if claim.article == *article => {
                match claims.iter_mut().find(|other| other.id == claim.id) {
                    Some(other) => *other = (**claim).clone(),
                    None => {
                        let at = claims.partition_point(|other| place(other) <= place(claim));
                        claims.insert(at, (**claim).clone());
                    }
                }
            }
            Self::Take(of, id) if of == article => claims.retain(|claim| claim.id != *id),
            Self::Put(_) | Self::Take(..) => {}
        }
    }
}

/// Where a claim stands among others: by its first byte, what is within another after it, orphans last.
fn place(claim: &Annotation) -> (bool, usize, Reverse<usize>) {
    let extent = claim.claim.extent();
    (extent.is_none(), extent.map_or(0, |e| e.start), Reverse(extent.map_or(0, |e| e.end)))
}
