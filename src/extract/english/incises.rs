//! `X said`, `said X`, `X, the mayor, told reporters`: behind a quotation, within one, and behind a clause.

use std::ops::Range;

use super::super::incises::Incise;
use super::super::lexis;
use super::super::phrase::Who;
use super::super::rules::Frames;
use super::super::words::{Kind, Sentence};
use super::super::{Lead, Scene};
use crate::model::{Form, Polarity};

/// How far behind its subject the verb of an incise may stand, past an apposition, in tokens.
const APPOSITION: usize = 24;

impl Scene<'_> {
    /// The incise at a token: who speaks and the verb, in either order, and whoever is told.
    pub fn said(&self, at: usize, limit: usize, behind_quote: bool) -> Option<Incise> {
        let mut head = at;
        while head < limit && self.adverb(head) && !self.doc.capital(head) {
            head += 1;
        }
        if head >= limit || !self.doc.is(head, Kind::Word) {
            return None;
        }
        self.verb_first(head, limit).or_else(|| self.subject_first(head, limit, behind_quote))
    }

    fn incise_verb(&self, at: usize) -> bool {
        let fits = |f: &super::super::rules::CueForm| f.form.is_finite() && f.frames.has(Frames::INCISE);
        self.forms(at).any(fits) && !self.doc.capital(at)
    }

    /// `said Tom Reed`, `said a spokesman for the city`.
    fn verb_first(&self, at: usize, limit: usize) -> Option<Incise> {
        if !self.incise_verb(at) || self.doc.quoted(at) != self.doc.quoted(at + 1) {
            return None;
        }
        let mut start = at + 1;
        while start < limit && self.adverb(start) && !self.doc.capital(start) {
            start += 1;
        }
        let pronoun = lexis::is_english_pronoun(self.doc.word(start));
        let titled = (start + 1..limit.min(start + 5))
            .take_while(|&t| self.doc.is(t - 1, Kind::Word) && !lexis::is_english_preposition(self.doc.word(t - 1)))
            .any(|t| self.table.at(t).is_some_and(|m| m.tokens.start == t));
        let bare = titled || self.is_role(start) || self.plain_source(start, limit);
        if start >= limit || !(pronoun || self.nominal(start) || bare) {
            return None;
        }
        let end = if pronoun { start + 1 } else { self.name_or_phrase(start, limit) };
        if lexis::is_that(self.doc.word(end)) || self.auxiliary(end) || self.says_something(start, end, limit) {
            return None;
        }
        let who = if pronoun { self.pronoun(start) } else { Who::Phrase(start..end) };
        Some(Incise { cue: at..at + 1, who, end })
    }

    /// `X said`, `he told reporters`, `X, a lawyer for Y, said`, `X has said`.
    fn subject_first(&self, at: usize, limit: usize, behind_quote: bool) -> Option<Incise> {
        let pronoun = lexis::is_english_pronoun(self.doc.word(at));
        let group = self.plain_source(at, limit);
        let titled = if pronoun || self.nominal(at) { None } else { self.titled_name(at, limit) };
        if !pronoun && !group && titled.is_none() && !self.nominal(at) {
            return None;
        }
        let end = match titled {
            Some(end) => end,
            None if pronoun => at + 1,
            None => self.phrase_end(at, limit),
        };
        let close = |from: usize| {
            (from..limit.min(from + 4))
                .take_while(|&t| t == from || self.adverb(t - 1) || lexis::is_avoir(self.doc.word(t - 1)))
                .find(|&t| self.incise_verb(t))
        };
        // `an audit ordered by a judge has concluded`, `Anne Roy and her colleagues said`
        let added = |end: usize| {
            let word = self.doc.word(end);
            let adds = word.ends_with("ed") || word == "and" || lexis::is_english_preposition(word);
            let words = (end..limit.min(end + 12)).take_while(|&t| self.doc.is(t, Kind::Word) && !self.doc.quoted(t));
            let verb = words.into_iter().find(|&t| t > end && self.incise_verb(t) && !self.makes_noun(t - 1))?;
            let shut = verb + 1 >= limit
                || !matches!(self.doc.kind(verb + 1), Some(Kind::Word | Kind::Number))
                || lexis::is_english_preposition(self.doc.word(verb + 1));
            (adds && !pronoun && shut).then_some(verb)
        };
        let verb = close(end).or_else(|| added(end)).or_else(|| {
            let aside = self.doc.is(end, Kind::Comma) || self.doc.is(end, Kind::OpenBracket);
            if !aside || pronoun || !self.apposition(end + 1) {
                return None;
            }
            let shut = (end + 1..limit.min(end + APPOSITION)).find(|&t| {
                matches!(self.doc.kind(t), Some(Kind::Comma | Kind::CloseBracket)) && self.incise_verb(t + 1)
            })?;
            close(shut + 1)
        })?;
        let behind = self.doc.word(verb + 1);
        if lexis::is_that(behind) || self.auxiliary(verb + 1) || self.doc.is(verb + 1, Kind::Colon) {
            return None;
        }
        let told = self.forms(verb).any(|f| f.frames.has(Frames::ADDRESSEE));
        let mut last = verb + 1;
        if told
            && last < limit
            && (self.nominal(last) || self.doc.is(last, Kind::Word) && !lexis::is_english_preposition(behind))
        {
            last = if lexis::is_object_pronoun(behind) { last + 1 } else { self.phrase_end(last, limit) };
        }
        let object = behind_quote && !told && self.nominal(last) && !self.is_moment(last);
        if object || self.begins_clause(last, limit) {
            return None;
        }
        let who = if pronoun { self.pronoun(at) } else { Who::Phrase(at..end) };
        Some(Incise { cue: verb..verb + 1, who, end: last })
    }

    /// Where a phrase without a determiner ends that has a name in it: `information officer Navi Saini of the service`.
    fn titled_name(&self, at: usize, limit: usize) -> Option<usize> {
        let name = (at + 1..limit.min(at + 6))
            .take_while(|&t| {
                self.doc.is(t - 1, Kind::Word)
                    && !self.verbal(t - 1)
                    && !lexis::is_english_preposition(self.doc.word(t - 1))
            })
            .find_map(|t| self.table.at(t).filter(|m| m.tokens.start == t))?;
        Some(self.phrase_end(at, limit).max(name.tokens.end))
    }

    /// Whether an aside begins that says who somebody is: a role, an age, a relative.
    fn apposition(&self, at: usize) -> bool {
        let head = at + usize::from(lexis::is_determiner(self.doc.word(at)));
        let near = head..head + 6;
        self.doc.is(at, Kind::Number)
            || matches!(self.doc.word(at), "who" | "which" | "whose" | "of" | "from")
            || near.take_while(|&t| self.doc.is(t, Kind::Word)).any(|t| self.is_role(t))
            || lexis::is_determiner(self.doc.word(at))
    }

    /// A name to its end, or else the phrase.
    fn name_or_phrase(&self, start: usize, limit: usize) -> usize {
        self.phrase_end(start, limit)
    }

    /// Whether the words behind a phrase make it the subject of a clause of its own: `said the bridge is safe`.
    fn says_something(&self, start: usize, end: usize, limit: usize) -> bool {
        self.table.at(start).is_none_or(|m| m.tokens.end != end) && self.has_clause(start, limit)
    }

    /// A clause with an incise behind it or within, and no marks around it: `The bridge is closed, police said.`
    pub fn told_clause(&self, sentence: &Sentence) -> Option<Lead> {
        let Range { start, end: limit } = sentence.tokens.clone();
        for at in start + 3..limit {
            let quote_ends = self.doc.is(at, Kind::Mark) && self.doc.quoted(at) && self.doc.source(at - 1..at) == ",";
            if !(self.doc.is(at, Kind::Comma) && !self.doc.quoted(at) || quote_ends) {
                continue;
            }
            let Some(incise) = self.said(at + 1, limit, false) else { continue };
            let first = self.skip_openers(start, at);
            if matches!(incise.who, Who::Nobody) || self.doc.count(first..at) < 3 || !self.closes(&incise, limit) {
                continue;
            }
            let setting = lexis::is_english_preposition(self.doc.word(first)) || self.doc.count(first..at) < 6;
            if !self.has_clause(first, at) && setting {
                continue;
            }
            let mut parts = vec![self.doc.bytes(start..at)];
            parts.extend(self.goes_on_behind(&incise, limit).map(|tokens| self.doc.bytes(tokens)));
            let quoted = (start..at).any(|t| self.doc.opens(t).is_some());
            return Some(Lead {
                parts,
                form: if quoted { Form::Mixed } else { Form::Indirect },
                polarity: Polarity::Positive,
                cue: Some(self.doc.bytes(incise.cue.clone())),
                who: incise.who,
                rule: "clause-incise",
                weight: 0.8,
                at: start,
                nested: false,
            });
        }
        None
    }

    /// `…, she said, adding that …`: whoever the incise before a participle names says this too.
    pub fn adds_to(&self, participle: usize, taken: &[Lead]) -> Option<Who> {
        let here = self.doc.tokens[participle].at.start;
        if !self.doc.word(participle).ends_with("ing") || participle == 0 || !self.doc.is(participle - 1, Kind::Comma) {
            return None;
        }
        let before = |lead: &&Lead| lead.cue.is_some_and(|c| c.end <= here) && lead.rule.ends_with("incise");
        taken.iter().rfind(before).map(|lead| lead.who.clone())
    }

    /// Whether what follows an incise leaves it one: the end, a comma, a time or a place.
    fn closes(&self, incise: &Incise, limit: usize) -> bool {
        let at = incise.end;
        let wish = self.doc.word(at) == "to" && self.forms(incise.cue.start).any(|f| f.frames.has(Frames::A_INF));
        let adds =
            at < limit && matches!(self.doc.kind(at), Some(Kind::Word | Kind::Number | Kind::Mark | Kind::Colon));
        let setting = lexis::is_english_preposition(self.doc.word(at)) || self.adverb(at) || self.is_moment(at);
        !adds || !wish && setting && !self.begins_clause(self.past_settings(at, limit), limit)
    }

    /// The rest of a clause behind the comma that ends its incise: `Prices, he said, will rise.`
    pub fn goes_on_behind(&self, incise: &Incise, limit: usize) -> Option<Range<usize>> {
        if incise.cue.end > incise.end || !self.doc.is(incise.end, Kind::Comma) || incise.cue.start > incise.end {
            return None;
        }
        let straight =
            incise.end <= incise.cue.end + 8 && !matches!(&incise.who, Who::Phrase(p) if p.start >= incise.cue.end);
        let first = incise.end + 1;
        let word = self.doc.word(first);
        let remark = word.ends_with("ing")
            || matches!(word, "without" | "while" | "who" | "which" | "according" | "only" | "after" | "before");
        if !straight || remark || first + 2 >= limit {
            return None;
        }
        let joint = matches!(word, "and" | "but");
        if joint && self.begins_clause(first + 1, limit) {
            return None;
        }
        let head = first + usize::from(joint);
        let end = self.clause_end(head, limit);
        (self.doc.count(head..end) >= 3).then_some(head..end)
    }
}
