//! Claims within claims: « Konwinski souligne que les chercheurs déclarent avoir vu … ».
//!
//! What somebody reports may itself tell who says what. Only reported words are looked into, never quoted ones, whose
//! every word is its speaker's own; and only a subject that stands there counts, so that a pronoun or a missing one is never
//! guessed. The outer claim stays whole.

use super::phrase::Who;
use super::rules::Class;
use super::{Lead, Scene};
use crate::model::ByteRange;

/// The fewest words of a claim within another.
const WORDS: usize = 4;

/// The claims within those that were found.
pub(super) fn within(scene: &mut Scene<'_>, outer: &[Lead]) -> Vec<Lead> {
    let doc = scene.doc;
    let mut leads: Vec<Lead> = Vec::new();
    for lead in outer {
        for part in &lead.parts {
            let first = doc.tokens.partition_point(|t| t.at.start < part.start);
            let last = doc.tokens.partition_point(|t| t.at.end <= part.end);
            if let Some(part) = doc.parts.get(doc.parts.partition_point(|p| p.tokens.end <= first)) {
                scene.lang = part.lang;
            }
            for at in (first..last).filter(|&t| !doc.quoted(t)) {
                let inner = scene.saying(at, first, last).filter(|inner| scene.is_told(inner, *part));
                let free = |inner: &Lead| leads.last().is_none_or(|l| l.extent().end <= inner.extent().start);
                leads.extend(inner.filter(free).map(|inner| Lead { nested: true, ..inner }));
            }
        }
    }
    leads
}

impl Scene<'_> {
    /// Whether a claim within `outer` is worth telling: somebody says something, in more than a few words.
    fn is_told(&self, inner: &Lead, outer: ByteRange) -> bool {
        let Some(cue) = inner.cue else { return false };
        let form = self.doc.tokens.partition_point(|t| t.at.end < cue.end);
        let saying = self.forms(form).any(|f| f.class == Class::Saying);
        let told = matches!(inner.rule, "que" | "infinitive" | "colon" | "that");
        let named = matches!(&inner.who, Who::Phrase(phrase) if self.can_speak(phrase));
        let extent = inner.extent();
        let words = self.doc.count(inner.at..self.doc.tokens.partition_point(|t| t.at.start < extent.end));
        saying && told && named && words >= WORDS && outer.contains(extent.start) && extent.len() < outer.len()
    }
}
