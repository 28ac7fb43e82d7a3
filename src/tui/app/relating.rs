//! Relating two claims by hand: one is marked, the other gone to, in this article or another, and what the one is to
//! the other is chosen from a list.

use super::{App, Reader};
use crate::model::{Annotation, ClaimId, Deed, Relation};
use crate::text::shown::Shown;
use crate::tui::claims;
use crate::tui::effect::{Effect, Stamp};
use crate::tui::menu::{Item, Kind};
use crate::tui::triage::End;

/// What can be said of two claims: the relation, and whether the marked one is its other end.
const CHOICES: [(Relation, bool); 4] =
    [(Relation::Same, false), (Relation::Supports, false), (Relation::Supports, true), (Relation::Contradicts, false)];
/// Cells of a claim's words in a sentence about it.
const WORDS: usize = 24;

impl App {
    /// Marks the current claim as one end of a relation, or asks what the marked one is to it.
    pub(super) fn relate(&mut self) -> Vec<Effect> {
        let Some(claim) = self.reader.as_ref().and_then(Reader::claim) else {
            self.say("there is no claim here");
            return Vec::new();
        };
        match self.triage.end.clone() {
            None => {
                let end = End { claim: claim.id.clone(), quote: claim.quote.clone() };
                let words = format!("relate « {} » to: go there, then R", short(&end.quote));
                self.triage.end = Some(end);
                self.say(words);
                Vec::new()
            }
            Some(end) if end.claim == claim.id => {
                self.triage.end = None;
                self.say("let go: no relation is made");
                Vec::new()
            }
            Some(end) => {
                let items = items(&end, claim);
                self.show_menu(Kind::Relate, items, 0);
                Vec::new()
            }
        }
    }

    /// Relates the marked claim to the current one as the item of this number says, or parts them.
    pub(super) fn take_relation(&mut self, item: usize, stamp: Stamp) -> Vec<Effect> {
        let Some(&(relation, passive)) = CHOICES.get(item) else { return Vec::new() };
        let Some(end) = self.triage.end.take() else { return Vec::new() };
        let Some(here) = self.reader.as_ref().and_then(Reader::claim) else { return Vec::new() };
        let on = !holds(here, &end.claim, relation, passive);
        let (claim, other) = if passive { (here.id.clone(), end.claim) } else { (end.claim, here.id.clone()) };
        vec![self.act(Deed::Relate { claim, other, relation, on }, stamp)]
    }
}

/// What can be said, each as a sentence; what is said already can be taken back.
fn items(end: &End, here: &Annotation) -> Vec<Item> {
    let sentence = |(at, (relation, passive)): (usize, &(Relation, bool))| {
        let words = claims::relation_words(*relation, *passive);
        let is_so = holds(here, &end.claim, *relation, *passive);
        let words = if is_so { format!("no more: {words}") } else { words.to_owned() };
        Item { number: Some(at + 1), text: format!("{words} « {} »", short(&here.quote)), place: at }
    };
    CHOICES.iter().enumerate().map(sentence).collect()
}

/// Whether another claim is so related to this one; `passive`: this one to it.
fn holds(here: &Annotation, other: &ClaimId, relation: Relation, passive: bool) -> bool {
    let linked = relation == Relation::Same && here.same_as.iter().any(|twin| twin.claim == *other);
    let by_hand = |related: &&crate::model::claim::Related| {
        // Seen from here, the marked claim supports this one where this one is supported by it.
        related.other.claim == *other
            && related.relation == relation
            && (relation.is_mutual() || related.passive != passive)
    };
    linked || here.by_hand.related.iter().any(|related| by_hand(&related))
}

fn short(quote: &str) -> Shown {
    Shown::line(quote).fit(WORDS)
}
