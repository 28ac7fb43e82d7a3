//! What the panel says of a claim below its words: how it is told and found, and what people made of it by hand.

use crate::model::claim::Related;
use crate::model::{Anchor, Annotation, Polarity, Relation};
use crate::text::shown::Shown;

/// Cells of the paper or the article that a related claim stands in: its words should have room too.
const PLACE: usize = 16;

/// The heading of claims whose words are gone.
pub(super) const LOST: &str = "no longer in the text";

/// The line under a claim, after the sign of its status: `estime que · mixed · gold #ia`.
pub(super) fn facts(claim: &Annotation, text: &str) -> String {
    let mut facts = Vec::new();
    // Lost claims stand together, whoever made them.
    if claim.anchor == Anchor::Orphan {
        facts.extend(claim.claim.speaker.as_ref().map(|speaker| speaker.name.clone()));
    }
    if let Some(cue) = claim.claim.cue.map(|cue| cue.of(text)).filter(|cue| !cue.is_empty()) {
        facts.push(cue.to_owned());
    }
    facts.push(claim.claim.form.word().to_owned());
    if claim.claim.polarity == Polarity::Negated {
        facts.push("negated".to_owned());
    }
    facts.push(found(claim));
    if let Some(reviewer) = &claim.by_hand.reviewer {
        facts.push(format!(
            "{} by\u{a0}{reviewer}",
            if claim.by_hand.amended { "amended" } else { claim.status.word() }
        ));
    }
    // The dot stays with the word before it.
    let mut line = facts.join("\u{a0}· ");
    for tag in &claim.tags {
        line.push_str(" #");
        line.push_str(tag.as_str());
    }
    line
}

/// Who found or made it. A rule says which one it is, and, until somebody has looked, how often it is right.
fn found(claim: &Annotation) -> String {
    match (&claim.rule, claim.confidence) {
        (Some(rule), Some(sure)) if claim.by_hand.reviewer.is_none() => {
            format!("{} {rule} {:.0}\u{a0}%", claim.annotator, sure * 100.0)
        }
        (Some(rule), _) => format!("{} {rule}", claim.annotator),
        (None, _) => claim.annotator.clone(),
    }
}

/// What was made of it by hand, each with its sign: a place to be looked at, the note, what it is to others.
pub(super) fn by_hand(claim: &Annotation, claims: &[Annotation]) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if claim.anchor == Anchor::Review {
        lines.push(("?", "moved? a accepts this place".to_owned()));
    }
    if let Some(note) = &claim.by_hand.note {
        let mut written = note.lines().filter(|line| !line.trim().is_empty());
        let first = written.next().unwrap_or_default().trim();
        let more = if written.next().is_some() { " …" } else { "" };
        lines.push(("¶", format!("{first}{more}")));
    }
    lines.extend(claim.by_hand.related.iter().map(|related| (sign(related.relation), told(related, claims))));
    lines
}

const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "=",
        Relation::Supports => "+",
        Relation::Contradicts => "≠",
    }
}

/// What a claim is to another, in words: `is supported by`.
pub fn words(relation: Relation, passive: bool) -> &'static str {
    match (relation, passive) {
        (Relation::Same, _) => "the same as",
        (Relation::Supports, false) => "supports",
        (Relation::Supports, true) => "is supported by",
        (Relation::Contradicts, _) => "contradicts",
    }
}

/// A relation, the other claim by its number where it stands in the same article.
fn told(related: &Related, claims: &[Annotation]) -> String {
    let words = words(related.relation, related.passive);
    let other = &related.other;
    match claims.iter().position(|claim| claim.id == other.claim) {
        Some(at) => format!("{words} {}: {}", at + 1, other.quote),
        None => {
            let place = Shown::line(other.source.as_ref().unwrap_or(&other.title)).fit(PLACE);
            format!("{words} ({place}): {}", other.quote)
        }
    }
}
