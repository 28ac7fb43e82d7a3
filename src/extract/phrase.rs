//! Noun phrases without a parser: where the one to the right of a word ends, and which one to the left of a verb is
//! its subject.
//!
//! Subjects stand first in French and English clauses, asides stand between commas, and a subject begins with a
//! determiner, a capital or a pronoun: that is all that is known here. What doesn't fit is no subject; nothing is
//! guessed from afar.

use std::ops::Range;

use super::Scene;
use super::lexis;
use super::words::Kind;
use crate::model::{Lang, SpeakerKind};

/// What names the speaker at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A noun phrase or a name.
    Phrase(Range<usize>),
    /// A pronoun, to be resolved.
    Pronoun(usize),
    /// Whoever spoke last.
    Carried,
    /// « on », « je »: nobody that the article names.
    Nobody,
}

/// How many commas a search for a subject may cross.
const ASIDES: usize = 8;

impl Scene<'_> {
    /// Whether a noun phrase can begin at this token.
    pub fn nominal(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        match self.doc.kind(at) {
            Some(Kind::Word) => {
                let time = self.doc.is(at + 1, Kind::Number) || lexis::is_time(self.doc.word(at + 1));
                if self.lang == Lang::En && self.tells_time(at) {
                    return false;
                }
                let excluded = matches!(word, "du" | "d" | "tout") || (word == "a" && self.lang != Lang::En);
                let determiner = lexis::is_determiner(word) && !excluded && !time;
                let begins = match self.lang {
                    Lang::Fr => lexis::begins_sentences(word),
                    Lang::En => lexis::begins_english_sentences(word) || self.opens_with_participle(at),
                };
                let name = self.doc.capital(at) && !begins || self.counts_one(at);
                determiner || name || lexis::is_title(word) || word == "l'un" || word == "celui" || word == "celle"
            }
            Some(Kind::Number) => true,
            _ => false,
        }
    }

    /// Whether the word at a token makes a noun of the next one: « l'annonce », "a report".
    pub fn makes_noun(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        lexis::makes_noun(word) || (word == "a" && self.lang == Lang::En)
    }

    /// Where the noun phrase that begins at `start` ends, at most at `limit`.
    pub fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        while at < limit {
            let stop = match self.doc.kind(at) {
                Some(Kind::Word) => at > start && self.ends_phrase(at, start, limit),
                Some(Kind::Number) => false,
                Some(Kind::Mark) => !self.short_quote(at, start),
                Some(Kind::Other) => !matches!(self.doc.source(at..at + 1), "%" | "/" | "&" | "#" | "@"),
                _ => true,
            };
            if stop {
                break;
            }
            if self.doc.is(at, Kind::Mark) {
                at = self.doc.opens(at).map_or(at, |q| q.close);
            }
            at = self.name_through(at).unwrap_or(at + 1);
        }
        at.min(limit)
    }

    /// Whether a token is an adverb; after a determiner a word in -ment is a noun: « l'établissement ».
    pub fn adverb(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        let noun = word.ends_with("ment")
            && at > 0
            && (self.makes_noun(at - 1) || lexis::is_determiner(self.doc.word(at - 1)));
        let english = self.lang == Lang::En && word.ends_with("ment");
        lexis::is_adverb(word) && !noun && !english || self.lang == Lang::En && self.is_ly_adverb(at)
    }

    /// The name that stands as an apposition behind a phrase with a role: « la maire de Lille, Sophie Leroy, ».
    pub fn apposed_name(&self, phrase: &Range<usize>, limit: usize) -> Option<Range<usize>> {
        let role = self.is_role(phrase.start) || self.is_role(phrase.start + 1) || self.is_role(phrase.start + 2);
        let name = self.table.at(phrase.end + 1).filter(|m| {
            let person = self.table.entities[m.entity].kind == SpeakerKind::Person;
            person
                && m.tokens.start == phrase.end + 1
                && !self.doc.is(m.tokens.end, Kind::Word)
                && m.tokens.end <= limit
        })?;
        let called = name.tokens.len() > 1 && self.rules.is_first_name(self.doc.word(name.tokens.start));
        let role = role || called && lexis::is_determiner(self.doc.word(phrase.start));
        (role && self.doc.is(phrase.end, Kind::Comma)).then(|| name.tokens.clone())
    }

    /// Where the words of `phrase` end that stand at a token; « de » also stands for « d' ».
    pub fn spells(&self, at: usize, phrase: &str) -> Option<usize> {
        // Most phrases begin with another letter.
        if self.doc.word(at).as_bytes().first() != phrase.as_bytes().first() {
            return None;
        }
        let mut next = at;
        for word in phrase.split(' ') {
            let here = self.doc.word(next);
            if here != word && !(word == "de" && matches!(here, "d" | "du" | "des")) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// A few quoted words within a phrase: « les "sages" du parti ».
    fn short_quote(&self, at: usize, start: usize) -> bool {
        at > start && self.doc.opens(at).is_some_and(|q| q.close - q.open <= 4)
    }

    fn ends_phrase(&self, at: usize, start: usize, limit: usize) -> bool {
        let word = self.doc.word(at);
        let next = self.doc.word(at + 1);
        if lexis::is_of(word) {
            return false;
        }
        if lexis::is_relative(word) || self.subject_pronoun(word) && self.doc.tokens[at].inverted {
            return true;
        }
        if matches!(word, "et" | "ou" | "and") {
            return at + 1 >= limit || !(self.nominal(at + 1) || lexis::is_of(next)) || self.verb_soon(at + 1, limit);
        }
        if matches!(word, "a" | "aux" | "pour" | "en" | "of" | "for" | "in") && self.doc.capital(at + 1) && word != "a"
        {
            return false;
        }
        if word == "for" && self.is_role(at - 1) && lexis::is_determiner(next) {
            // "a spokesman for the company"
            return false;
        }
        if let Some(on) = self.goes_on_in_english(at) {
            return !on;
        }
        if lexis::is_conjunction(word) || self.avoir(at) || lexis::is_etre(word) {
            return true;
        }
        if word == "sans" && next == "frontieres" {
            return false;
        }
        if lexis::is_preposition(word) || self.adverb(at) && !self.doc.capital(at) {
            return true;
        }
        // « un rapport remis en juin », « une note adressée lundi »
        let handed = match word {
            "remis" | "remise" | "rendu" | "rendue" | "presentee" | "devoilee" | "adressee" => true,
            // Without its accent the present, or a noun.
            "presente" | "devoile" | "adresse" => self.doc.source(at..at + 1).ends_with('é'),
            _ => false,
        };
        if handed && self.lang == Lang::Fr {
            return true;
        }
        if matches!(
            word,
            "publie"
                | "published"
                | "released"
                | "issued"
                | "commissioned"
                | "conducted"
                | "revele"
                | "revelee"
                | "revelees"
                | "publiee"
                | "publies"
                | "publiees"
                | "paru"
                | "parue"
                | "cite"
                | "citee"
                | "cites"
                | "relaye"
                | "relayee"
                | "diffuse"
                | "diffusee"
                | "realise"
                | "realisee"
                | "consulte"
                | "obtenu"
                | "date"
                | "interroge"
                | "interrogee"
                | "contacte"
                | "contactee"
                | "joint"
                | "jointe"
        ) {
            return true;
        }
        if matches!(word, "ce" | "cette" | "mardi" | "jeudi" | "n" | "ne" | "se" | "s" | "y" | "tandis" | "alors") {
            return true;
        }
        if matches!(word, "le" | "la" | "les" | "l" | "un" | "une") {
            let before = self.doc.word(at - 1);
            let joined = lexis::is_of(before)
                || before.ends_with("ant")
                || matches!(before, "et" | "ou" | "a" | "aux" | "pour")
                || at == start + 1;
            return !joined && !self.doc.capital(at) || self.doc.is(at + 1, Kind::Number);
        }
        self.finite(at) && !self.makes_noun(at - 1) && (self.lang == Lang::Fr || self.group(at, start, limit).is_some())
    }

    /// Whether « et » is followed by another clause rather than another name.
    fn verb_soon(&self, from: usize, limit: usize) -> bool {
        let near = (from..limit.min(from + 4)).take_while(|&t| self.doc.is(t, Kind::Word));
        near.into_iter().any(|t| {
            let word = self.doc.word(t);
            t > from && (lexis::is_avoir(word) || lexis::is_etre(word) || self.finite(t) && !self.makes_noun(t - 1))
        })
    }

    /// The subject of a verb whose group begins at `verb`, in a sentence or clause that begins at `from`.
    pub fn subject(&self, verb: usize, from: usize) -> Option<Who> {
        let before = verb.checked_sub(1).filter(|&b| b >= from)?;
        let word = self.doc.word(before);
        if self.subject_pronoun(word) && !self.doc.tokens[before].inverted {
            return Some(self.pronoun(before));
        }
        if matches!(word, "qui" | "who" | "which") || word == "that" && self.lang == Lang::En {
            let end = if before > from && self.doc.is(before - 1, Kind::Comma) { before - 1 } else { before };
            return self
                .antecedent(end, from)
                .or_else(|| self.phrase_before(end, from))
                .or_else(|| self.behind_asides(end, from));
        }
        if matches!(word, "et" | "mais" | "puis" | "and" | "but" | "then" | "ou") {
            return self.first_subject(from, verb);
        }
        if matches!(self.doc.kind(before), Some(Kind::Comma | Kind::CloseBracket | Kind::Dash)) {
            if let Some(who) = (self.lang == Lang::En).then(|| self.subject_past_asides(verb, from)).flatten() {
                return Some(who);
            }
            return self.behind_asides(verb, from).or_else(|| self.first_subject(from, verb));
        }
        self.phrase_before(verb, from)
            .or_else(|| self.plain_subject(verb, from))
            .or_else(|| self.first_subject(from, verb))
    }

    /// Whether a word is a subject pronoun in the language of the block: `on` is none in English.
    fn subject_pronoun(&self, word: &str) -> bool {
        match self.lang {
            Lang::Fr => lexis::is_subject_pronoun(word),
            Lang::En => lexis::is_english_pronoun(word),
        }
    }

    /// Il, elle, lui: somebody to find. On, je, nous: nobody.
    pub fn pronoun(&self, at: usize) -> Who {
        match self.doc.word(at) {
            "it" if self.lang == Lang::En => Who::Pronoun(at),
            "on" | "je" | "j" | "nous" | "vous" | "we" | "i" | "you" | "it" => Who::Nobody,
            _ => Who::Pronoun(at),
        }
    }

    /// The noun phrase that ends right before `end`, if the words between a boundary and there are one.
    fn phrase_before(&self, end: usize, from: usize) -> Option<Who> {
        let mut start = end;
        while start > from {
            let at = start - 1;
            let word = self.doc.word(at);
            let stop = match self.doc.kind(at) {
                Some(Kind::Word) => {
                    lexis::is_relative(word) && !(word == "ou" && self.nominal(at + 1))
                        || matches!(
                            word,
                            "mais" | "car" | "si" | "quand" | "lorsque" | "but" | "puisque" | "while" | "comme"
                        )
                        || self.lang == Lang::En && at > from && self.parts_clauses(at, from)
                        || (lexis::is_avoir(word) && word != "a")
                        || lexis::is_etre(word)
                }
                Some(Kind::Number | Kind::Mark | Kind::Other) => false,
                _ => true,
            };
            if stop || self.doc.quoted(at) && self.quote_is_long(at) {
                break;
            }
            start = at;
        }
        self.nominal_within(start, end)
    }

    /// The noun phrase that a relative right behind `end` is about.
    pub fn antecedent(&self, end: usize, from: usize) -> Option<Who> {
        if let Some(name) = end
            .checked_sub(1)
            .and_then(|last| self.table.at(last))
            .filter(|m| m.tokens.end == end && !self.governed(m.tokens.start))
        {
            return Some(Who::Phrase(name.tokens.clone()));
        }
        let floor = from.max(end.saturating_sub(16));
        let open = (floor..end).rev().find(|&t| !matches!(self.doc.kind(t), Some(Kind::Word | Kind::Number)));
        let start = open.map_or(floor, |t| t + 1);
        let loose =
            |t: usize| t > from && lexis::is_preposition(self.doc.word(t - 1)) && self.doc.word(t - 1) != "selon";
        (start..end)
            .find(|&t| self.nominal(t) && !loose(t) && self.phrase_end(t, end) == end)
            .map(|t| Who::Phrase(t..end))
    }

    fn quote_is_long(&self, at: usize) -> bool {
        self.doc.tokens[at].quote.and_then(|q| self.doc.quotes.get(q as usize)).is_some_and(|q| q.close - q.open > 6)
    }

    /// The subject in a stretch before a verb: where a noun phrase begins that reaches the verb.
    fn nominal_within(&self, start: usize, end: usize) -> Option<Who> {
        let mut at = start;
        while at < end {
            let word = self.doc.word(at);
            if self.subject_pronoun(word) && !self.doc.tokens[at].inverted {
                return Some(self.pronoun(at));
            }
            if self.lang == Lang::En && self.starts_plain_source(at, end) {
                return Some(Who::Phrase(at..self.phrase_end(at, end)));
            }
            if self.nominal(at) {
                // « et X considère que »: the phrase that reaches the verb wins over one that doesn't.
                let reach = self.phrase_end(at, end);
                let later = (reach..end).find(|&t| matches!(self.doc.word(t), "et" | "and") && t + 1 < end);
                if let Some(who) = later.and_then(|later| self.nominal_within(later + 1, end)) {
                    return Some(who);
                }
                return Some(Who::Phrase(at..reach));
            }
            if self.lang == Lang::En && lexis::is_english_preposition(word) {
                let after = self.past_settings(at, end);
                if after > at && after < end && (self.nominal(after) || self.plain_source(after, end)) {
                    return Some(Who::Phrase(after..self.phrase_end(after, end)));
                }
            }
            if lexis::is_preposition(word) && word != "des" {
                // Past a prepositional phrase at the head there may still be a name: « Dans sa lettre Wang dit ».
                let name = self
                    .table
                    .within(at..end)
                    .iter()
                    .rev()
                    .find(|m| m.tokens.end == end && !self.governed(m.tokens.start));
                return name.map(|m| Who::Phrase(m.tokens.clone()));
            }
            at += 1;
        }
        None
    }

    /// Whether a name is the complement of the word before it: « de X », « à X », « avec X ».
    pub fn governed(&self, at: usize) -> bool {
        let Some(mut before) = at.checked_sub(1) else { return false };
        while before > 0
            && (matches!(self.doc.word(before), "l" | "la" | "le" | "les") || lexis::is_title(self.doc.word(before)))
        {
            before -= 1;
        }
        let word = self.doc.word(before);
        (lexis::is_of(word) || lexis::is_preposition(word)) && self.doc.is(before, Kind::Word)
    }

    /// The subject of a verb with one or more asides between: « X, le PDG de Y, dit ».
    fn behind_asides(&self, verb: usize, from: usize) -> Option<Who> {
        let mut end = verb;
        for crossed in 0..ASIDES {
            let mut at = end;
            let mut depth = 0usize;
            while at > from {
                match self.doc.kind(at - 1) {
                    Some(Kind::CloseBracket) => depth += 1,
                    Some(Kind::OpenBracket) => depth = depth.saturating_sub(1),
                    Some(Kind::Comma | Kind::Dash) if depth == 0 && !self.doc.quoted(at - 1) => break,
                    _ => {}
                }
                at -= 1;
            }
            if crossed > 0 {
                let head = self.skip_openers(at, end);
                let word = self.doc.word(head);
                if self.subject_pronoun(word) && head + 1 >= end {
                    return Some(self.pronoun(head));
                }
                if self.nominal(head) && head < end {
                    return Some(self.past_apposition(head, end, at, from));
                }
            }
            if at <= from {
                return None;
            }
            end = at - 1;
        }
        None
    }

    /// « le chef de X, Nom Prénom, dit »: both name the same; the name comes with the aside. « Nom, son avocat, dit »
    /// was found already; what is left is a role before a role, whose name stands before it.
    fn past_apposition(&self, head: usize, end: usize, at: usize, from: usize) -> Who {
        let after = head + usize::from(lexis::is_determiner(self.doc.word(head)));
        if self.is_role(after) && at > from + 1 && self.doc.is(at - 1, Kind::Comma) {
            let near = self.table.within(at.saturating_sub(6)..at - 1);
            if let Some(name) = near.last().filter(|m| m.tokens.end == at - 1 && !self.governed(m.tokens.start)) {
                return Who::Phrase(name.tokens.clone());
            }
        }
        Who::Phrase(head..self.phrase_end(head, end))
    }

    /// The first word after conjunctions and adverbs.
    pub fn skip_openers(&self, mut at: usize, end: usize) -> usize {
        while at < end
            && self.doc.is(at, Kind::Word)
            && (lexis::is_conjunction(self.doc.word(at)) || self.adverb(at))
            && !(self.doc.capital(at) && self.table.at(at).is_some())
        {
            at += 1;
        }
        at
    }

    /// The subject of a sentence: the first noun phrase of it that isn't governed by a preposition.
    pub fn first_subject(&self, from: usize, until: usize) -> Option<Who> {
        let mut at = from;
        while at < until {
            at = self.skip_openers(at, until);
            let word = self.doc.word(at);
            if self.subject_pronoun(word) {
                return Some(self.pronoun(at));
            }
            if self.nominal(at) && !self.doc.quoted(at) {
                let end = self.phrase_end(at, until);
                // « NEW YORK (Nations unies) - », « LONDON — » is where it was written.
                let bracket = self.doc.is(end, Kind::OpenBracket).then(|| {
                    (end..until.min(end + 8))
                        .find(|&t| self.doc.is(t, Kind::CloseBracket) && self.doc.is(t + 1, Kind::Dash))
                });
                if let Some(close) = bracket.flatten().filter(|_| at == from) {
                    at = close + 2;
                    continue;
                }
                if at == from && self.doc.is(end, Kind::Dash) && end + 1 < until {
                    at = end + 1;
                    continue;
                }
                let name = self.apposed_name(&(at..end), until).filter(|_| self.lang == Lang::Fr);
                return Some(Who::Phrase(name.unwrap_or(at..end)));
            }
            while at < until && !self.doc.is(at, Kind::Comma) {
                at = self.doc.opens(at).map_or(at, |q| q.close.max(at)) + 1;
            }
            at += 1;
        }
        None
    }
}
