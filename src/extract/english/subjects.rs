//! Who speaks in an English sentence: the subject past asides, and the name that a noun phrase is or ends with.

use std::ops::Range;

use super::super::Scene;
use super::super::entities::Mention;
use super::super::lexis;
use super::super::phrase::Who;
use super::super::words::Kind;
use crate::model::Lang;

/// How many asides a subject may have behind it, counted by their edges.
const EDGES: usize = 16;

impl Scene<'_> {
    /// The subject of a verb with asides before it: `X, who came in May, said`, `a spokesman for X, based in Y, said`.
    pub fn subject_past_asides(&self, verb: usize, from: usize) -> Option<Who> {
        let edge = |t: &usize| {
            let sign = matches!(
                self.doc.kind(*t),
                Some(Kind::Comma | Kind::Dash | Kind::OpenBracket | Kind::CloseBracket | Kind::Semicolon | Kind::Colon)
            );
            sign && !self.doc.quoted(*t)
        };
        let mut start = from;
        for end in (from..verb).filter(edge).take(EDGES) {
            let head = self.skip_openers(start, end);
            start = end + 1;
            if lexis::is_english_pronoun(self.doc.word(head)) && head + 1 == end {
                return Some(self.pronoun(head));
            }
            let begins = self.nominal(head) || self.rules.is_group_word(self.lang, self.doc.word(head));
            let begins = begins || self.plain_source(head, end);
            let verbs = (head..end).any(|t| self.verbal(t) || lexis::is_relative(self.doc.word(t)));
            if head < end && begins && !verbs && !self.is_moment(end - 1) {
                let phrase = head..self.phrase_end(head, end);
                let named = self.table.at(start).filter(|m| m.tokens.start == start && edge(&m.tokens.end));
                let role = self.is_role(phrase.end - 1) && self.table.at(phrase.end - 1).is_none();
                return Some(Who::Phrase(named.filter(|_| role).map_or(phrase, |m| m.tokens.clone())));
            }
        }
        None
    }

    /// `Speaking in Paris, X said`: a participle at the head of a sentence is nobody.
    pub fn opens_with_participle(&self, at: usize) -> bool {
        let opens =
            at == 0 || matches!(self.doc.kind(at - 1), Some(Kind::Stop | Kind::Mark | Kind::Dash | Kind::Colon));
        opens && self.doc.word(at).ends_with("ing") && !self.doc.capital(at + 1) && self.table.at(at).is_none()
    }

    /// Whether a word parts the clause behind it from the one before: `after`, and `and` behind a verb.
    pub fn parts_clauses(&self, at: usize, from: usize) -> bool {
        let word = self.doc.word(at);
        let joint = word == "and" && (from..at).any(|t| self.auxiliary(t) && !self.doc.quoted(t));
        (joint || lexis::subordinates(word)) && self.nominal(at + 1)
    }

    /// A nameless subject with what prepositions add to it up to its verb: `auditors with the firm`.
    pub fn with_additions(&self, who: Who, verb: usize) -> Who {
        let Who::Phrase(phrase) = &who else { return who };
        let adds = |t: usize| {
            matches!(self.doc.kind(t), Some(Kind::Word | Kind::Number | Kind::Other))
                && !self.verbal(t)
                && !self.is_moment(t)
                && !lexis::is_relative(self.doc.word(t))
                && !lexis::is_english_pronoun(self.doc.word(t))
        };
        let joined = matches!(self.doc.word(phrase.end), "at" | "with" | "from" | "in" | "for" | "by" | "of");
        let fits = self.lang == Lang::En
            && joined
            && phrase.end < verb
            && verb <= phrase.end + 12
            && self.name_of_phrase(phrase).is_none()
            && (phrase.end..verb).all(adds);
        if fits { Who::Phrase(phrase.start..verb) } else { who }
    }

    /// `one of the sources`, `one commuter`.
    pub fn counts_one(&self, at: usize) -> bool {
        let next = self.doc.word(at + 1);
        let noun = self.doc.is(at + 1, Kind::Word)
            && !self.auxiliary(at + 1)
            && !lexis::is_english_preposition(next)
            && !lexis::is_time(next);
        self.lang == Lang::En && self.doc.word(at) == "one" && (next == "of" || noun)
    }

    /// Whether sources without a determiner begin at a token: `federal researchers`.
    pub fn starts_plain_source(&self, at: usize, limit: usize) -> bool {
        let word = self.doc.word(at);
        let other = self.nominal(at) || lexis::is_conjunction(word) || lexis::is_english_preposition(word);
        !other && !self.doc.quoted(at) && !self.verbal(at) && !self.adverb(at) && self.plain_source(at, limit)
    }

    /// Whether a time begins at a token, and no noun phrase that could speak: `two days`, `last week`, `hours`.
    pub fn tells_time(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        let counts = lexis::is_number_word(word) || matches!(word, "last" | "this" | "next" | "that");
        self.is_moment(at) || lexis::is_time(word) || counts && lexis::is_time(self.doc.word(at + 1))
    }

    /// Whether an English phrase goes on at a token, or ends there; `None` where the rules of both languages decide.
    pub fn goes_on_in_english(&self, at: usize) -> Option<bool> {
        if self.lang != Lang::En {
            return None;
        }
        let word = self.doc.word(at);
        // `a study from the university`
        let source = matches!(word, "from" | "by")
            && self.rules.is_document_word(self.lang, self.doc.word(at - 1))
            && self.nominal(at + 1);
        let ends = self.is_moment(at)
            || lexis::adds_in_english(word)
            || self.plain_verb(at)
            || word.ends_with("ed") && self.rules.is_group_word(self.lang, self.doc.word(at - 1))
            || lexis::is_english_pronoun(word);
        (source || ends).then_some(source)
    }

    /// Whether a noun phrase without a determiner names sources: `sheriff's officials`, `county prosecutors`.
    pub fn plain_source(&self, at: usize, limit: usize) -> bool {
        let known = |t: usize| {
            let word = self.doc.word(t);
            self.rules.is_group_word(self.lang, word)
                || self.rules.is_anonymous_word(self.lang, word)
                || self.rules.is_document_word(self.lang, word) && word.ends_with('s')
                || word == "police"
        };
        let words = (at..limit.min(at + 6)).take_while(|&t| {
            self.doc.is(t, Kind::Word)
                && !lexis::is_english_preposition(self.doc.word(t))
                && !self.auxiliary(t)
                && !self.doc.quoted(t)
        });
        let mut seen = false;
        for t in words {
            if seen && self.finite(t) {
                break;
            }
            seen = known(t);
        }
        seen
    }

    /// The sources without a determiner that stand right before a verb: `but county officials say`.
    pub fn plain_subject(&self, verb: usize, from: usize) -> Option<Who> {
        if self.lang != Lang::En {
            return None;
        }
        let begins = |t: &usize| {
            self.doc.is(*t, Kind::Word)
                && !lexis::is_conjunction(self.doc.word(*t))
                && !lexis::is_english_preposition(self.doc.word(*t))
                && !lexis::is_relative(self.doc.word(*t))
                && !self.verbal(*t)
        };
        let floor = from.max(verb.saturating_sub(5));
        let start = (floor..verb).rev().take_while(begins).last()?;
        self.plain_source(start, verb).then_some(Who::Phrase(start..verb))
    }

    /// Where an English name ends that a token stands in: `Centers for Disease Control and Prevention`.
    pub fn name_through(&self, at: usize) -> Option<usize> {
        let name = (self.lang == Lang::En).then(|| self.table.at(at)).flatten()?;
        Some(name.tokens.end.max(at + 1))
    }

    /// The subject of the verb that a participle leans on: `X has called for calm, warning that`.
    pub fn main_subject(&self, from: usize, participle: usize) -> Option<Who> {
        // `with drivers warning that`
        let near = (from.max(participle.saturating_sub(8))..participle).rev();
        let with = near.take_while(|&t| self.doc.is(t, Kind::Word)).find(|&t| self.doc.word(t) == "with");
        if let Some(with) = with.filter(|&t| t + 1 < participle) {
            return Some(Who::Phrase(with + 1..participle));
        }
        let verb = (from + 1..participle).find(|&t| self.verbal(t) && !self.doc.quoted(t))?;
        self.subject(verb, from)
    }

    /// Where the core of an English noun phrase ends: before what a preposition adds to it.
    pub fn core_end(&self, tokens: &Range<usize>) -> usize {
        let adds = |t: &usize| {
            let word = self.doc.word(*t);
            let joins = word != "'s" && (lexis::is_of(word) || lexis::is_english_preposition(word))
                || !matches!(self.doc.kind(*t), Some(Kind::Word | Kind::Number));
            joins && self.table.at(*t).is_none_or(|m| m.tokens.start == *t)
        };
        (tokens.start + 1..tokens.end).find(adds).unwrap_or(tokens.end)
    }

    /// The name that an English noun phrase is, or ends with: `Met chief Anne Roy`, `Britain's Treasury`; not `the
    /// Labour leader`, whose last word is a role.
    pub fn name_of_phrase(&self, tokens: &Range<usize>) -> Option<&Mention> {
        let end = self.core_end(tokens);
        let owned = |m: &&Mention| {
            let generic =
                m.tokens.len() == 1 && self.rules.is_organisation_word(self.lang, self.doc.word(m.tokens.start));
            !(generic && m.tokens.start > tokens.start && self.doc.word(m.tokens.start - 1) == "'s")
        };
        self.table.within(tokens.start..end).last().filter(|m| m.tokens.end == end).filter(owned)
    }

    /// Whether a name is the subject of its clause and alone there.
    pub fn acts(&self, name: &Range<usize>) -> bool {
        let after = name.end;
        let aside =
            matches!(self.doc.kind(after), Some(Kind::Comma | Kind::OpenBracket)) && !self.doc.capital(after + 1);
        let verb = after + usize::from(self.adverb(after));
        let joined = name.start > 0 && matches!(self.doc.word(name.start - 1), "and" | "or");
        !joined && !self.governed(name.start) && (aside || self.verbal(verb))
    }
}
