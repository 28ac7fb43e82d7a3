//! The roles of persons: a noun phrase behind the name or before it.

use std::ops::Range;

use super::Names;
use crate::extract::lexis;
use crate::extract::rules::Gender;
use crate::extract::words::Kind;
use crate::model::Lang;

/// How many words a role may have.
const LONGEST_ROLE: usize = 16;

impl Names<'_, '_> {
    pub(super) fn gender_of_role(&self, role: Range<usize>) -> Option<Gender> {
        role.take(3).find_map(|t| self.rules.gender_of_noun(Lang::Fr, self.doc.word(t)))
    }

    /// « NAME, (le) PDG de X, »: the tokens of the role.
    pub(super) fn role_after(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        if !doc.is(name.end, Kind::Comma) && !doc.is(name.end, Kind::OpenBracket) {
            return None;
        }
        let start = self.role_start(name.end + 1, sentence.end)?;
        let end = (start..sentence.end.min(start + LONGEST_ROLE))
            .find(|&t| !matches!(doc.kind(t), Some(Kind::Word | Kind::Number)) || lexis::is_relative(doc.word(t)))
            .unwrap_or(sentence.end.min(start + LONGEST_ROLE));
        Some(start..end)
    }

    /// The role noun at or soon after `at`, past determiner, « ancien » and the like.
    fn role_start(&self, at: usize, limit: usize) -> Option<usize> {
        let mut role = at;
        if lexis::is_determiner(self.doc.word(role)) {
            role += 1;
        }
        while matches!(
            self.doc.word(role),
            "ancien"
                | "ancienne"
                | "actuel"
                | "actuelle"
                | "nouveau"
                | "nouvelle"
                | "futur"
                | "former"
                | "jeune"
                | "celebre"
        ) {
            role += 1;
        }
        (role < limit && self.is_role(role)).then_some(if self.doc.word(role - 1).starts_with("ancien") {
            role - 1
        } else {
            role
        })
    }

    /// « le chef de X(,) NAME »: the tokens of the role.
    pub(super) fn role_before(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        let mut end = name.start;
        if end > sentence.start && doc.is(end - 1, Kind::Comma) {
            end -= 1;
        }
        let floor = sentence.start.max(end.saturating_sub(LONGEST_ROLE));
        let mut at = end;
        while at > floor {
            at -= 1;
            let word = doc.word(at);
            if !matches!(doc.kind(at), Some(Kind::Word | Kind::Number | Kind::OpenBracket | Kind::CloseBracket)) {
                return None;
            }
            let titled = at + 1 == name.start && doc.capital(at);
            if self.is_role(at) && (titled || self.begins_phrase(at, sentence.start)) {
                let direct = at + 1 == end
                    || lexis::is_of(doc.word(at + 1))
                    || !doc.capital(at + 1)
                    || doc.is(at + 1, Kind::OpenBracket);
                return (direct && !self.verb_between(at + 1, end) && !lexis::is_of(doc.word(end - 1)))
                    .then_some(at..end);
            }
            // « un procès citoyen (le Tribunal X »: another phrase begins between.
            let begins = lexis::makes_noun(word)
                && !lexis::is_of(word)
                && (at == 0 || !lexis::is_of(doc.word(at - 1)) && doc.word(at - 1) != "a");
            if begins && !matches!(word, "au" | "aux" | "en") {
                return None;
            }
            if lexis::is_relative(word)
                || lexis::is_conjunction(word) && word != "et"
                || lexis::is_avoir(word)
                || lexis::is_etre(word)
            {
                return None;
            }
        }
        None
    }

    /// Whether a noun at `at` has a determiner before it or stands first.
    fn begins_phrase(&self, at: usize, first: usize) -> bool {
        let before = self.doc.word(at.saturating_sub(1));
        let opens = lexis::is_determiner(before) || lexis::is_of(before) || matches!(before, "au" | "aux");
        at == first || opens || before.starts_with("ancien") || !self.doc.is(at - 1, Kind::Word)
    }

    fn verb_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|t| {
            let word = self.doc.word(t);
            lexis::is_subject_pronoun(word)
                || lexis::is_preposition(word) && !matches!(word, "a" | "aux" | "des" | "en" | "au" | "pour")
                || !lexis::makes_noun(self.doc.word(t - 1))
                    && self.rules.cue(Lang::Fr, word).iter().any(|f| f.form.is_finite())
        })
    }
}
