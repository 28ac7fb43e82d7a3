//! English verbs without a lexicon: auxiliaries, contractions, the commonest irregular forms, and words in -ed.

use super::super::Scene;
use super::super::lexis;
use super::super::rules::{CueForm, Mood, Number};
use super::super::words::Kind;
use super::cues::is_never_noun;
use crate::text::wordset::WordSet;

/// Forms that are hardly ever anything but a verb.
static VERBS: WordSet = WordSet::new(&[
    "am",
    "are",
    "ate",
    "became",
    "began",
    "bought",
    "broke",
    "brought",
    "built",
    "came",
    "can",
    "cannot",
    "caught",
    "chose",
    "comes",
    "could",
    "did",
    "didn't",
    "do",
    "does",
    "drew",
    "drove",
    "faces",
    "fell",
    "felt",
    "fled",
    "flew",
    "gave",
    "gets",
    "gives",
    "goes",
    "got",
    "grew",
    "had",
    "happens",
    "has",
    "have",
    "heard",
    "held",
    "hit",
    "includes",
    "is",
    "kept",
    "knew",
    "knows",
    "led",
    "left",
    "lies",
    "lost",
    "made",
    "makes",
    "may",
    "means",
    "met",
    "might",
    "must",
    "needs",
    "paid",
    "put",
    "ran",
    "rose",
    "said",
    "sat",
    "saw",
    "seems",
    "sent",
    "set",
    "shall",
    "shot",
    "should",
    "showed",
    "shows",
    "sold",
    "spent",
    "spoke",
    "stands",
    "stood",
    "sued",
    "swept",
    "takes",
    "taught",
    "threw",
    "told",
    "took",
    "understood",
    "wants",
    "was",
    "went",
    "were",
    "will",
    "won",
    "works",
    "would",
    "wrote",
]);

impl Scene<'_> {
    /// Whether a word is an auxiliary or modal verb: what can follow a subject and nothing else.
    pub fn auxiliary(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        lexis::is_etre(word)
            || self.avoir(at)
            || matches!(
                word,
                "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "might"
                    | "must"
                    | "should"
                    | "do"
                    | "does"
                    | "did"
                    | "cannot"
                    | "shall"
            )
            || word.ends_with("n't")
    }

    /// Adverbs in -ly, and `only`.
    pub fn is_ly_adverb(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        let noun = matches!(
            word,
            "family"
                | "reply"
                | "ally"
                | "supply"
                | "apply"
                | "early"
                | "rally"
                | "bully"
                | "assembly"
                | "belly"
                | "july"
                | "italy"
                | "monopoly"
                | "anomaly"
                | "elderly"
                | "daily"
                | "weekly"
                | "monthly"
                | "friendly"
                | "likely"
                | "rely"
        );
        word.len() > 3 && word.ends_with("ly") && !noun && !(at > 0 && self.makes_noun(at - 1))
    }

    /// Whether a word is a finite cue verb and no noun: `said`, `says`, not `state`.
    fn surely_finite(&self, at: usize) -> bool {
        let base = |f: &CueForm| f.form.mood == Mood::Present && f.form.number == Some(Number::Plural);
        self.forms(at).any(|f| f.form.is_finite() && (!base(f) || is_never_noun(&f.lemma)))
    }

    /// Whether a word is a form that is hardly ever anything but a verb.
    pub fn plain_verb(&self, at: usize) -> bool {
        VERBS.has(self.doc.word(at)) && at > 0 && !self.makes_noun(at - 1) && !self.doc.capital(at)
    }

    /// Whether a word looks like a finite verb.
    pub fn verbal(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        if !self.doc.is(at, Kind::Word) || self.doc.capital(at) || at == 0 {
            return false;
        }
        let noun = self.makes_noun(at - 1) || lexis::is_english_preposition(self.doc.word(at - 1));
        let contracted =
            ["n't", "'s", "'re", "'ve", "'ll", "'d"].iter().any(|e| word.len() > e.len() && word.ends_with(e));
        self.auxiliary(at)
            || contracted
            || !noun && (VERBS.has(word) || self.surely_finite(at) || word.len() > 4 && word.ends_with("ed"))
    }

    /// Whether the words from a token on have a verb of their own before a comma or a relative clause end them.
    pub fn has_clause(&self, first: usize, limit: usize) -> bool {
        if lexis::is_english_pronoun(self.doc.word(first)) && self.doc.is(first + 1, Kind::Word) {
            return true;
        }
        let mut needed = 1;
        let mut at = first;
        let reach = limit.min(first + 40);
        while at < reach {
            if let Some(quote) = self.doc.opens(at) {
                at = quote.close + 1;
                continue;
            }
            match self.doc.kind(at) {
                Some(Kind::Comma | Kind::OpenBracket | Kind::Dash) => {
                    let close = (at + 1..reach)
                        .find(|&t| matches!(self.doc.kind(t), Some(Kind::Comma | Kind::CloseBracket | Kind::Dash)));
                    let Some(close) = close else { return false };
                    at = close + 1;
                    let next = self.doc.word(at);
                    if lexis::is_relative(next) || lexis::subordinates(next) || matches!(next, "and" | "but" | "or") {
                        return false;
                    }
                    continue;
                }
                Some(Kind::Stop | Kind::Colon | Kind::Semicolon) => return false,
                Some(Kind::Word) if self.doc.word(at) == "but" => return false,
                Some(Kind::Word) => {
                    let clause = lexis::is_relative(self.doc.word(at)) || lexis::is_english_pronoun(self.doc.word(at));
                    if clause && at > first {
                        needed += 1;
                    } else if self.verbal(at) && (at > first || self.auxiliary(at)) {
                        needed -= 1;
                        if needed == 0 {
                            return true;
                        }
                    }
                }
                _ => {}
            }
            at += 1;
        }
        false
    }
}
