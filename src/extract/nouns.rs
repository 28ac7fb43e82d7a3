//! Nouns that attribute: « la promesse de X de … », « l'avertissement de X que … », « la thèse de X selon laquelle … ».
//!
//! A noun alone says nothing of who speaks, so its source has to stand with it: behind « de » or « par », or as a
//! possessive before it.

use std::ops::Range;

use super::lexis;
use super::phrase::Who;
use super::rules::{Class, Frames};
use super::words::Kind;
use super::{Lead, Scene};
use crate::model::{Lang, Polarity};

/// The fewest words that a noun brings as a claim.
const WORDS: usize = 3;

impl Scene<'_> {
    /// The claim of the noun at a token, if it attributes one.
    pub fn noun_saying(&self, at: usize, from: usize, limit: usize) -> Option<Lead> {
        let noun = self.rules.noun_cue(self.lang, self.doc.word(at)).filter(|_| self.lang == Lang::Fr)?;
        // « sa volonté de … » tells what somebody does rather than what they say.
        if noun.class == Class::Intention {
            return None;
        }
        let before = at.checked_sub(1).filter(|&b| b >= from && lexis::is_determiner(self.doc.word(b)))?;
        let own = matches!(self.doc.word(before), "son" | "sa" | "ses" | "leur" | "leurs");
        let mut next = at + 1;
        while next < limit.min(at + 3) && self.doc.is(next, Kind::Word) && !lexis::is_function(self.doc.word(next)) {
            next += 1;
        }
        let sourced = lexis::is_of(self.doc.word(next)) && self.verb_start(next + 1, limit).is_none()
            || self.doc.word(next) == "par";
        let (who, end) = if sourced {
            let phrase = next + 1..self.source_end(next + 1, limit);
            self.can_speak(&phrase).then_some((Who::Phrase(phrase.clone()), phrase.end))?
        } else if own {
            (Who::Pronoun(before), next)
        } else {
            return None;
        };
        let first = self.brought_by(noun.frames, end + usize::from(self.doc.is(end, Kind::Comma)), limit)?;
        let content = first..self.clause_end(first, limit);
        if self.doc.count(content.clone()) < WORDS {
            return None;
        }
        let (parts, form) = self.shape(content);
        let cue = Some(self.doc.bytes(at..at + 1));
        Some(Lead {
            parts,
            form,
            polarity: Polarity::Positive,
            cue,
            who,
            rule: "noun",
            weight: 0.75,
            at: first,
            nested: false,
        })
    }

    /// Where a source ends: before what it says, « de fermer le pont ».
    fn source_end(&self, start: usize, limit: usize) -> usize {
        let end = self.phrase_end(start, limit);
        let verb = |&t: &usize| lexis::is_of(self.doc.word(t)) && self.verb_start(t + 1, end).is_some();
        (start..end).find(verb).unwrap_or(end)
    }

    /// The first token of what a noun with these frames brings at `at`.
    fn brought_by(&self, frames: Frames, at: usize, limit: usize) -> Option<usize> {
        let word = self.doc.word(at);
        let next = self.doc.word(at + 1);
        let infinitive = self.verb_start(at + 1, limit).is_some();
        let fits = match word {
            "selon" if matches!(next, "laquelle" | "lequel" | "lesquelles" | "lesquels") => return Some(at + 2),
            "que" | "qu" => frames.has(Frames::QUE),
            "de" | "d" => infinitive && frames.has(Frames::DE_INF),
            "a" => infinitive && frames.has(Frames::A_INF),
            _ => false,
        };
        fits.then_some(at + 1)
    }

    /// Whether a noun phrase names somebody or an institution.
    pub fn can_speak(&self, phrase: &Range<usize>) -> bool {
        let head = phrase.start + usize::from(lexis::is_determiner(self.doc.word(phrase.start)));
        let word = self.doc.word(head);
        head < phrase.end
            && (self.table.at(phrase.start).or_else(|| self.table.at(head)).is_some()
                || self.is_role(head)
                || self.rules.is_group_word(self.lang, word)
                || self.rules.is_anonymous_word(self.lang, word)
                || self.rules.is_organisation_word(self.lang, word))
    }
}
