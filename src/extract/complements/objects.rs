//! Noun phrases and adjectives that a cue brings: « dénonce une mascarade », « juge prématuré de », « accuse X d'avoir
//! menti ».
//!
//! A thing that is done or had is no claim, so an object must hold enough words with a meaning, and a verb must
//! say in its rule that it takes one.

use super::super::Scene;
use super::super::cues::Group;
use super::super::lexis;
use super::super::rules::{Class, Frames};
use super::super::words::Kind;
use super::{Content, REACH};

/// The fewest words with a meaning that a noun phrase must have to be a claim.
const MEANING: usize = 3;

impl Scene<'_> {
    /// « juge prématuré de conclure », « estime « indispensable » que »: an adjective and what it is said of.
    pub(super) fn judgement(&self, group: &Group<'_>, start: usize, limit: usize) -> Option<Content> {
        if !group.form.frames.has(Frames::ATTR) {
            return None;
        }
        let word = self.doc.word(start);
        let joint = match self.doc.opens(start) {
            Some(quote) => quote.close + 1,
            None if self.doc.is(start, Kind::Word) && !lexis::is_function(word) && !self.doc.capital(start) => {
                start + 1
            }
            None => return None,
        };
        let of = matches!(self.doc.word(joint), "de" | "d") && self.verb_start(joint + 1, limit).is_some();
        // « juge « démesurés » les coûts »
        let judged = self.doc.opens(start).is_some() && lexis::is_determiner(self.doc.word(joint));
        let end = self.clause_end(joint + 1, limit);
        let said = (of || judged || lexis::is_that(self.doc.word(joint))) && self.doc.content(start..end) >= 2;
        said.then_some(Content { tokens: start..end, rule: "judgement", weight: 0.8 })
    }

    /// A noun phrase as object, long enough to say something.
    pub(super) fn object(&self, group: &Group<'_>, mut start: usize, limit: usize) -> Option<Content> {
        if !group.form.frames.has(Frames::NP) && group.form.after.is_empty() || group.form.class == Class::Manner {
            return None;
        }
        let after = &group.form.after;
        if !after.is_empty() {
            if let Some(end) = after.iter().find_map(|p| self.spells(start, p)) {
                start = end;
            } else if lexis::is_preposition(self.doc.word(start)) {
                return None;
            }
        } else if lexis::is_preposition(self.doc.word(start))
            && !matches!(self.doc.word(start), "des")
            && self.doc.word(start) != "a"
        {
            return None;
        }
        let word = self.doc.word(start);
        let begins =
            lexis::is_determiner(word) && !matches!(word, "d") || self.doc.is(start, Kind::Number) || !after.is_empty();
        if !begins || self.doc.source(start..start + 1).starts_with('à') {
            return None;
        }
        let end = self.before_participle(start, self.clause_end(start, limit));
        let quoted = (start..end).any(|t| self.doc.opens(t).is_some_and(|q| self.doc.count(q.open..q.close) > 0));
        let enough =
            self.doc.content(start..end) >= if quoted || group.form.class == Class::Opinion { 2 } else { MEANING };
        enough.then_some(Content { tokens: start..end, rule: "object", weight: 0.7 })
    }

    /// A participle behind a comma is the author's remark: « demande X, se référant à Y ».
    pub(super) fn before_participle(&self, start: usize, end: usize) -> usize {
        let remark = |t: usize| {
            let verb = t + 1 + usize::from(matches!(self.doc.word(t + 1), "se" | "s"));
            let word = self.doc.word(verb);
            let preposition =
                matches!(word, "devant" | "avant" | "pendant" | "durant" | "suivant" | "maintenant" | "auparavant");
            self.doc.is(t, Kind::Comma) && !self.doc.quoted(t) && word.ends_with("ant") && !preposition
        };
        (start..end).find(|&t| remark(t)).unwrap_or(end)
    }

    /// An object and what is said of it: « accuse X d'avoir menti », « juge la loi inutile », « qualifie de « … » ».
    pub(super) fn predicated(&self, group: &Group<'_>, start: usize, limit: usize) -> Option<Content> {
        let frames = group.form.frames;
        let word = self.doc.word(start);
        let of = |t: usize| matches!(self.doc.word(t), "de" | "d");
        if !frames.any(Frames::NP_DE.with(Frames::NP_COMME).with(Frames::NP_ATTR)) {
            return None;
        }
        let bare = frames.has(Frames::NP_DE) && of(start) || frames.has(Frames::NP_COMME) && word == "comme";
        let first = start + usize::from(bare);
        let begins = bare || self.nominal(start) || lexis::is_determiner(word) && word != "d";
        if !begins {
            return None;
        }
        let end = self.before_participle(first, self.clause_end(first, limit));
        let joined = (first + 1..end.min(first + 2 * REACH)).any(|t| {
            frames.has(Frames::NP_DE)
                && of(t)
                && (self.verb_start(t + 1, limit).is_some()
                    || self.doc.opens(t + 1).is_some()
                    || self.doc.content(first..t) > 0)
                || frames.has(Frames::NP_COMME) && self.doc.word(t) == "comme"
        });
        let attribute = frames.has(Frames::NP_ATTR);
        let quoted = (first..end).any(|t| self.doc.opens(t).is_some());
        let enough = self.doc.content(first..end) >= if quoted || bare { 2 } else { MEANING };
        ((bare || joined || attribute) && enough).then_some(Content { tokens: first..end, rule: "object", weight: 0.7 })
    }

    /// « déclare cette décision « inacceptable » », « réaffirme sa « confiance » »: a phrase with quoted words in it.
    pub(super) fn judged(&self, start: usize, limit: usize) -> Option<Content> {
        let word = self.doc.word(start);
        if !lexis::is_determiner(word) || self.doc.source(start..start + 1).starts_with('à') {
            return None;
        }
        let end = self.clause_end(start, limit);
        let open = (start + 1..end.min(start + 8)).find(|&t| self.doc.opens(t).is_some())?;
        let plain = (start..open).all(|t| self.doc.is(t, Kind::Word) && !lexis::is_relative(self.doc.word(t)));
        (plain && self.doc.content(start..end) >= 2).then_some(Content {
            tokens: start..end,
            rule: "quote",
            weight: 0.75,
        })
    }

    /// A noun phrase as object, after which « que » is a relative: « dénonce le projet que … ».
    pub(super) fn plain_object(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        let next = self.doc.word(at + 1);
        let other = matches!(word, "a" | "du") || word == "le" && next == "fait";
        let time = self.doc.is(at + 1, Kind::Number) || lexis::is_time(next);
        lexis::is_determiner(word) && !other && !time
    }
}
