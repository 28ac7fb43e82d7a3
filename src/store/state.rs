//! What people made of a subject: the folds of its events.
//!
//! Each takes deeds one by one, in the order in which they were recorded, and knows nothing of rows. A deed that says
//! nothing of the subject leaves it as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::tags::Tags;
use crate::model::{ArticleId, Change, ClaimId, Deed, NewClaim, Relation, SpeakerKey, SpeakerKind, Status, Tag};

/// An event that stands: who did what, and when in the order of all.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub seq: i64,
    pub annotator: String,
    pub deed: Deed,
}

/// What people made of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ArticleState {
    pub tags: Tags,
    pub removed: bool,
    pub note: Option<String>,
}

impl ArticleState {
    /// Takes one more deed into account.
    pub(super) fn take(&mut self, deed: &Deed) {
        match deed {
            Deed::Remove { .. } => self.removed = true,
            Deed::Note { text, .. } => self.note = note(text),
            _ => retag(&mut self.tags, deed),
        }
    }
}

/// What somebody said that two claims are to each other: the one, the other, what.
pub(super) type Bond = (ClaimId, ClaimId, Relation);

/// The bond as it is kept: of a mutual one the lesser id comes first.
pub(super) fn bond(claim: &ClaimId, other: &ClaimId, relation: Relation) -> Bond {
    let turn = relation.is_mutual() && other < claim;
    let (one, two) = if turn { (other, claim) } else { (claim, other) };
    (one.clone(), two.clone(), relation)
}

/// What people made of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ClaimState {
    /// The event that made it, where one stands.
    pub made: Option<i64>,
    pub tags: Tags,
    /// What it was reviewed to be.
    pub status: Option<Status>,
    pub reviewer: Option<String>,
    /// The last change of each sort.
    pub amended: Vec<Change>,
    pub note: Option<String>,
    pub bonds: BTreeMap<Bond, bool>,
}

impl ClaimState {
    /// Takes one more event into account.
    pub(super) fn take(&mut self, event: &Event) {
        match &event.deed {
            Deed::Claim(_) => self.made = Some(event.seq),
            Deed::Review { status, .. } => self.review(*status, &event.annotator),
            Deed::Amend { change, .. } => {
                self.amended.retain(|known| discriminant(known) != discriminant(&**change));
                self.amended.push((**change).clone());
                self.review(Status::Accepted, &event.annotator);
            }
            Deed::Note { text, .. } => self.note = note(text),
            Deed::Relate { claim, other, relation, on } => {
                let bond = bond(claim, other, *relation);
                // That two claims aren't the same says something; that there is no other relation doesn't.
                if *on || *relation == Relation::Same {
                    self.bonds.insert(bond, *on);
                } else {
                    self.bonds.remove(&bond);
                }
            }
            deed => retag(&mut self.tags, deed),
        }
    }

    fn review(&mut self, status: Status, reviewer: &str) {
        self.status = Some(status);
        self.reviewer = Some(reviewer.to_owned());
    }
}

/// A claim with its changes.
pub(super) fn amend(mut claim: NewClaim, changes: &[Change]) -> NewClaim {
    for change in changes {
        match change {
            Change::Speaker(speaker) => claim.speaker.clone_from(speaker),
            Change::Form(form) => claim.form = *form,
            Change::Polarity(polarity) => claim.polarity = *polarity,
            Change::Ranges(ranges) => {
                claim.text_sha256.clone_from(&ranges.text_sha256);
                claim.parts.clone_from(&ranges.parts);
                claim.cue.clone_from(&ranges.cue);
                claim.mention.clone_from(&ranges.mention);
            }
        }
    }
    claim
}

/// What people made of a name and of those who bear it. Others are known by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SpeakerState {
    /// What they are called, and which event says so; likewise the others.
    pub name: Option<(i64, String)>,
    pub kind: Option<(i64, SpeakerKind)>,
    pub role: Option<(i64, String)>,
    pub merged: Option<SpeakerKey>,
    pub apart: BTreeSet<SpeakerKey>,
    pub split: BTreeSet<ArticleId>,
}

impl SpeakerState {
    /// Takes one more event into account; `own` is what this name is called in events.
    pub(super) fn take(&mut self, event: &Event, own: &SpeakerKey) {
        match &event.deed {
            Deed::RenameSpeaker { name, .. } => self.name = Some((event.seq, name.clone())),
            Deed::SetKind { kind, .. } => self.kind = Some((event.seq, *kind)),
            Deed::SetRole { role, .. } => self.role = role.clone().map(|role| (event.seq, role)),
            Deed::Merge { from, into } if into == own => {
                self.apart.remove(from);
                if self.merged.as_ref() == Some(from) {
                    self.merged = None;
                }
            }
            Deed::Merge { into, .. } => {
                self.apart.remove(into);
                self.merged = Some(into.clone());
            }
            Deed::TellApart { speaker, other } => {
                let other = if speaker == own { other } else { speaker };
                if self.merged.as_ref() == Some(other) {
                    self.merged = None;
                }
                self.apart.insert(other.clone());
            }
            Deed::Split { articles, .. } => self.split.extend(articles.iter().cloned()),
            _ => {}
        }
    }
}

fn note(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn retag(tags: &mut Tags, deed: &Deed) {
    match deed {
        Deed::Tag { add, remove, .. } => {
            for tag in remove {
                tags.remove(tag);
            }
            tags.extend(add.iter().cloned());
        }
        Deed::RenameTag { from, to } => rename(tags, from, to),
        Deed::DeleteTag { tag } => {
            tags.remove(tag);
        }
        _ => {}
    }
}

fn rename(tags: &mut Tags, from: &Tag, to: &Tag) {
    if tags.remove(from) {
        tags.insert(to.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Form;

    fn event(seq: i64, deed: Deed) -> Event {
        Event { seq, annotator: "ana".into(), deed }
    }

    fn key(name: &str) -> SpeakerKey {
        SpeakerKey { name: name.into(), kind: SpeakerKind::Person, article: None }
    }

    #[test]
    fn of_each_sort_of_change_the_last_counts_and_a_change_accepts() {
        let mut state = ClaimState::default();
        let amend = |change| Deed::Amend { claims: Vec::new(), change: Box::new(change) };
        let review = |status| Deed::Review { claims: Vec::new(), status };
        state.take(&event(1, review(Status::Rejected)));
        state.take(&event(2, amend(Change::Form(Form::Direct))));
        state.take(&event(3, amend(Change::Speaker(None))));
        state.take(&event(4, amend(Change::Form(Form::Mixed))));
        assert_eq!(state.status, Some(Status::Accepted));
        assert_eq!(state.amended, [Change::Speaker(None), Change::Form(Form::Mixed)]);
        state.take(&event(5, review(Status::Rejected)));
        assert_eq!(state.status, Some(Status::Rejected));
    }

    #[test]
    fn a_mutual_bond_is_the_same_from_both_ends() {
        let (a, b) = (ClaimId::derive(&[b"a"]), ClaimId::derive(&[b"b"]));
        assert_eq!(bond(&a, &b, Relation::Contradicts), bond(&b, &a, Relation::Contradicts));
        assert_ne!(bond(&a, &b, Relation::Supports), bond(&b, &a, Relation::Supports));
    }

    #[test]
    fn merging_and_telling_apart_take_each_other_back() {
        let mut state = SpeakerState::default();
        let merge = Deed::Merge { from: key("Wang"), into: key("Yi") };
        let apart = Deed::TellApart { speaker: key("Yi"), other: key("Wang") };
        state.take(&event(1, merge.clone()), &key("Wang"));
        assert_eq!(state.merged, Some(key("Yi")));
        state.take(&event(2, apart), &key("Wang"));
        assert_eq!((state.merged.clone(), state.apart.len()), (None, 1));
        state.take(&event(3, merge), &key("Wang"));
        assert_eq!((state.merged, state.apart.len()), (Some(key("Yi")), 0));
    }
}
