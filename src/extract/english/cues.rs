//! English cue verbs in place: the auxiliaries before them, `went on to say`, nouns that look like verbs, and
//! adjectives that attribute.

use super::super::Scene;
use super::super::complements::Content;
use super::super::cues::Group;
use super::super::lexis;
use super::super::rules::{Mood, Number};
use super::super::words::Kind;
use super::super::{Lead, phrase::Who};
use crate::model::Polarity;
use crate::text::wordset::WordSet;

/// Words that make a noun of the plural-looking word behind them: `news reports`, `new claims`.
static BEFORE_PLURALS: WordSet = WordSet::new(&[
    "earlier",
    "false",
    "media",
    "new",
    "news",
    "other",
    "press",
    "previous",
    "recent",
    "similar",
    "such",
    "these",
    "those",
    "unconfirmed",
    "various",
]);
/// Verbs whose present is no noun.
static NEVER_NOUNS: WordSet = WordSet::new(&[
    "accuse",
    "acknowledge",
    "add",
    "admit",
    "agree",
    "allege",
    "announce",
    "argue",
    "ask",
    "assume",
    "believe",
    "confirm",
    "consider",
    "contend",
    "deny",
    "describe",
    "expect",
    "explain",
    "feel",
    "find",
    "insist",
    "intend",
    "know",
    "maintain",
    "propose",
    "recommend",
    "refuse",
    "say",
    "show",
    "suggest",
    "suspect",
    "tell",
    "think",
    "urge",
    "warn",
    "write",
]);
/// Adjectives of what somebody thinks: `is confident that`.
static ATTITUDES: WordSet = WordSet::new(&[
    "adamant",
    "afraid",
    "certain",
    "concerned",
    "confident",
    "convinced",
    "fearful",
    "hopeful",
    "optimistic",
    "sure",
    "worried",
]);

/// Whether the present of a verb is no noun.
pub(super) fn is_never_noun(lemma: &str) -> bool {
    NEVER_NOUNS.has(lemma)
}

impl Scene<'_> {
    /// Takes auxiliaries, adverbs and negation before an English verb into its group.
    pub fn take_auxiliaries(&self, group: &mut Group<'_>, from: usize) {
        while group.start > from {
            let before = group.start - 1;
            let word = self.doc.word(before);
            let negation = matches!(word, "not" | "never") || word.ends_with("n't") || word == "cannot";
            let modal = self.auxiliary(before) && !lexis::is_etre(word);
            if self.doc.capital(before) || !(negation || modal || self.adverb(before)) {
                break;
            }
            group.negated |= negation;
            group.start = before;
        }
    }

    /// Whether a form that is a noun as well can be a verb behind the word before it.
    pub fn is_verb_here(&self, group: &Group<'_>, before: usize) -> bool {
        let form = &group.form.form;
        if form.mood != Mood::Present || is_never_noun(&group.form.lemma) {
            return true;
        }
        let word = self.doc.word(before);
        if form.number == Some(Number::Plural) {
            let several = word.ends_with('s') && !word.ends_with("ss") && word != "'s"
                || self.rules.is_group_word(self.lang, word);
            let joint = matches!(word, "who" | "and" | "or" | "to" | "others" | "men" | "women" | "many" | "some");
            return several
                || joint
                || lexis::is_english_pronoun(word)
                || self.auxiliary(before)
                || self.adverb(before)
                || self.doc.capital(before)
                || self.doc.is(before, Kind::CloseBracket)
                || self.doc.is(before, Kind::Comma);
        }
        !BEFORE_PLURALS.has(word) && word != "'s"
    }

    /// `went on to say`, `was forced to admit`, `continued to insist`.
    pub fn led_to(&self, group: &mut Group<'_>, at: usize, from: usize) -> Option<()> {
        let to = at.checked_sub(1).filter(|&t| t > from && self.doc.word(t) == "to")?;
        let verb = to - 1;
        let leads = matches!(
            self.doc.word(verb),
            "on" | "continued"
                | "continues"
                | "forced"
                | "moved"
                | "appeared"
                | "appears"
                | "seemed"
                | "seems"
                | "sought"
                | "declined"
                | "refused"
                | "failed"
                | "keen"
                | "quick"
                | "careful"
        );
        if !leads {
            return None;
        }
        group.negated = matches!(self.doc.word(verb), "declined" | "refused" | "failed");
        group.start = verb;
        while group.start > from
            && (matches!(self.doc.word(group.start - 1), "went" | "goes") || self.auxiliary(group.start - 1))
        {
            group.start -= 1;
        }
        Some(())
    }

    /// `is confident that the bridge will hold`, `was worried prices would rise`.
    pub fn attitude(&self, at: usize, from: usize, limit: usize) -> Option<Lead> {
        ATTITUDES.has(self.doc.word(at)).then_some(())?;
        let mut be = at.checked_sub(1)?;
        while be > from && self.adverb(be) {
            be -= 1;
        }
        if be <= from || !lexis::is_etre(self.doc.word(be)) || matches!(self.doc.word(be), "be" | "been") {
            return None;
        }
        let that = lexis::is_that(self.doc.word(at + 1));
        let first = at + 1 + usize::from(that);
        if first >= limit || !(that || self.begins_clause(first, limit)) {
            return None;
        }
        let who = self.subject(be, from)?;
        let tokens = first..self.clause_end(first, limit);
        if who == Who::Nobody || self.doc.count(tokens.clone()) < 3 {
            return None;
        }
        let (parts, form) = self.shape(tokens.clone());
        let negated = (be..at).any(|t| matches!(self.doc.word(t), "not" | "never"));
        let polarity = if negated { Polarity::Negated } else { Polarity::Positive };
        let cue = Some(self.doc.bytes(be..at + 1));
        Some(Lead { parts, form, polarity, cue, who, rule: "que", weight: 0.75, at: tokens.start, nested: false })
    }

    /// What an English verb brings that French has no like of: words behind a comma, a question, what somebody is
    /// called, `that` behind time and place.
    pub fn english_content(&self, group: &Group<'_>, limit: usize) -> Option<Content> {
        self.behind_comma(group, limit)
            .or_else(|| self.behind_settings(group, limit))
            .or_else(|| self.question(group, limit))
            .or_else(|| self.rated(group, limit))
    }
}
