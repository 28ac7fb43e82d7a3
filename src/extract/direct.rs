//! Quoted words that speak for themselves: with an incise behind or within, or carried on from the last speaker.

use std::ops::Range;

use super::cues::SPEECH;
use super::incises::Incise;
use super::lexis;
use super::phrase::Who;
use super::words::{Kind, Sentence};
use super::{Lead, Scene};
use crate::model::{ByteRange, Form, Polarity, SpeakerKind};

/// The fewest words of a floating quotation that is somebody's speech and not a word in doubt.
pub(super) const FLOATING: usize = 4;

impl Scene<'_> {
    /// The incise right behind a closing mark, past the comma that some papers set.
    pub fn incise_behind(&self, close: usize, limit: usize) -> Option<Incise> {
        let mut at = close + 1;
        if self.doc.source(at..at + 1) == "[" && self.doc.is(at + 1, Kind::Number) {
            at += 3;
        }
        while at < limit && matches!(self.doc.kind(at), Some(Kind::Comma | Kind::Dash)) {
            at += 1;
        }
        self.incise(at, limit, true)
    }

    /// Every quotation of a sentence that has an incise.
    pub fn with_incise(&self, sentence: &Sentence) -> Vec<Lead> {
        let Range { start, end: limit } = sentence.tokens.clone();
        let mut leads: Vec<Lead> = Vec::new();
        let mut free = start;
        let mut at = start;
        while at < limit {
            let Some(quote) = self.doc.opens(at).copied() else {
                at += 1;
                continue;
            };
            at = quote.close + 1;
            if let Some((lead, end)) = self.inserted(quote.open, quote.close, limit) {
                leads.push(lead);
                free = end;
                at = end.max(at);
                continue;
            }
            if let Some(incise) = self.incise_behind(quote.close, limit) {
                let first = self.speech_start(quote.open, free);
                let (mut parts, form) = self.speech(first, quote.close + 1);
                let mut end = incise.end;
                let mut next = end;
                while next < limit && matches!(self.doc.kind(next), Some(Kind::Comma | Kind::Dash | Kind::Colon)) {
                    next += 1;
                }
                if let Some(more) = self.doc.opens(next).filter(|q| self.incise_behind(q.close, limit).is_none()) {
                    parts.push(more.inside);
                    end = more.close + 1;
                } else if self.lang == crate::model::Lang::En
                    && form == Form::Mixed
                    && let Some(rest) = self.goes_on_behind(&incise, limit)
                {
                    end = rest.end;
                    parts.push(self.doc.bytes(rest));
                }
                leads.push(self.told(parts, form, &incise, "incise", 0.95, first));
                free = end;
                at = end.max(at);
            }
        }
        leads
    }

    fn told(
        &self,
        parts: Vec<ByteRange>,
        form: Form,
        incise: &Incise,
        rule: &'static str,
        weight: f32,
        at: usize,
    ) -> Lead {
        let cue = Some(self.doc.bytes(incise.cue.clone()));
        Lead {
            parts,
            form,
            polarity: Polarity::Positive,
            cue,
            who: incise.who.clone(),
            rule,
            weight,
            at,
            nested: false,
        }
    }

    /// Where the speech begins that ends with this quotation: with an earlier one, or with words before it.
    fn speech_start(&self, open: usize, free: usize) -> usize {
        let mut start = open;
        for at in (free..open).rev() {
            let plain =
                matches!(self.doc.kind(at), Some(Kind::Word | Kind::Number | Kind::Comma | Kind::Mark | Kind::Stop))
                    || self.doc.quoted(at)
                    || self.lang == crate::model::Lang::En
                        && matches!(
                            self.doc.kind(at),
                            Some(Kind::Dash | Kind::OpenBracket | Kind::CloseBracket | Kind::Other)
                        );
            if !plain || self.doc.is(at, Kind::Stop) && !self.doc.quoted(at) {
                break;
            }
            start = at;
        }
        while start < open && self.doc.is(start, Kind::Comma) {
            start += 1;
        }
        // Words before that attribute by themselves are no part of the speech.
        let attributed = (start..open)
            .any(|t| !self.doc.quoted(t) && self.group(t, free, open + 1).is_some_and(|g| g.end + 3 >= open));
        if attributed { open } else { start }
    }

    /// The parts and the form of a speech: the quotations alone where only joints stand between, else all of it.
    fn speech(&self, first: usize, end: usize) -> (Vec<ByteRange>, Form) {
        let mut inside = Vec::new();
        let mut at = first;
        let mut joints = true;
        while at < end {
            if let Some(quote) = self.doc.opens(at) {
                inside.push(quote.inside);
                at = quote.close + 1;
                continue;
            }
            let word = self.doc.word(at);
            joints &= self.doc.is(at, Kind::Comma)
                || matches!(word, "et" | "mais" | "puis" | "car" | "and" | "but" | "enfin" | "ou");
            at += 1;
        }
        if joints && !inside.is_empty() {
            (inside, Form::Direct)
        } else {
            (vec![self.doc.bytes(first..end)], Form::Mixed)
        }
    }

    /// An incise inside the marks: « A, dit X, B ».
    fn inserted(&self, open: usize, close: usize, limit: usize) -> Option<(Lead, usize)> {
        let last = close.min(limit);
        for at in open + 2..last {
            if !(self.doc.is(at, Kind::Comma) || self.doc.is(at, Kind::Stop) || self.doc.is(at, Kind::Dash)) {
                continue;
            }
            let Some(incise) = self.incise(at + 1, last, false) else { continue };
            let third = !matches!(incise.who, Who::Nobody);
            let closed =
                incise.end >= last || matches!(self.doc.kind(incise.end), Some(Kind::Comma | Kind::Stop | Kind::Dash));
            // « Sinon, prévient-elle, … »: a pronoun hung on its verb leaves no doubt.
            let enough = if incise.cue.clone().any(|t| self.doc.tokens[t].inverted) { 1 } else { 3 };
            if !third || !closed || self.doc.count(open..at) < enough {
                continue;
            }
            let mut parts = vec![self.doc.bytes(open + 1..at)];
            let mut rest = incise.end;
            if self.doc.is(rest, Kind::Comma) && self.is_role(rest + 1) {
                rest = (rest + 1..last)
                    .find(|&t| matches!(self.doc.kind(t), Some(Kind::Comma | Kind::Stop)))
                    .unwrap_or(last);
            }
            while rest < last && matches!(self.doc.kind(rest), Some(Kind::Comma | Kind::Dash | Kind::Stop)) {
                rest += 1;
            }
            if rest < last {
                parts.push(self.doc.bytes(rest..last));
            }
            return Some((self.told(parts, Form::Direct, &incise, "inserted", 0.9, open), close + 1));
        }
        None
    }

    /// A clause with an incise behind it and no marks: « La situation est grave, estime X. »
    pub fn reported_incise(&self, sentence: &Sentence) -> Option<Lead> {
        let Range { start, end: limit } = sentence.tokens.clone();
        for at in start + 4..limit {
            if !self.doc.is(at, Kind::Comma) || self.doc.quoted(at) {
                continue;
            }
            let Some(incise) = self.incise(at + 1, limit, false) else { continue };
            let closed = incise.end >= limit
                || !self.doc.is(incise.end, Kind::Word)
                || lexis::is_preposition(self.doc.word(incise.end))
                || self.adverb(incise.end);
            let head = self.skip_openers(start, at);
            let full = self.doc.count(head..at) >= 4 && !lexis::is_preposition(self.doc.word(head));
            if !closed || !full || matches!(incise.who, Who::Nobody) {
                continue;
            }
            let (mut parts, form) = self.shape(start..at);
            if self.doc.is(incise.end, Kind::Comma)
                && incise.end + 3 < limit
                && self.lang == crate::model::Lang::Fr
                && self.doc.tokens[incise.end - 1].inverted
            {
                let end = self.trim_end(incise.end + 1, limit);
                parts.push(self.doc.bytes(incise.end + 1..end));
            }
            return Some(self.told(parts, form, &incise, "clause-incise", 0.8, start));
        }
        None
    }

    /// A quotation behind a colon without a cue: « Le maire n'a pas mâché ses mots : « … » ».
    pub fn behind_colon(&self, sentence: &Sentence) -> Option<Lead> {
        let Range { start, end: limit } = sentence.tokens.clone();
        let colon = (start..limit)
            .find(|&t| self.doc.is(t, Kind::Colon) && !self.doc.quoted(t) && self.doc.opens(t + 1).is_some())?;
        let quote = self.doc.opens(colon + 1)?;
        let whole = self.trim_end(colon, limit) <= quote.close + 1;
        if !whole || self.doc.count(quote.open..quote.close) < SPEECH || self.doc.count(start..colon) == 0 {
            return None;
        }
        let (who, rule, weight) = match self.named_before_colon(start, colon) {
            Some(who) => (who, "bare-colon", 0.75),
            None => (Who::Carried, "carried", 0.5),
        };
        Some(Lead {
            parts: vec![quote.inside],
            form: Form::Direct,
            polarity: Polarity::Positive,
            cue: Some(self.doc.tokens[colon].at),
            who,
            rule,
            weight,
            at: colon + 1,
            nested: false,
        })
    }

    /// Who speaks behind a colon: the subject, if that can speak, else the only one that is named before it.
    fn named_before_colon(&self, start: usize, colon: usize) -> Option<Who> {
        if let Some(who) = self.first_subject(start, colon) {
            match &who {
                Who::Pronoun(_) => return Some(who),
                Who::Phrase(tokens) if self.can_speak(tokens) => return Some(who),
                _ => {}
            }
        }
        let names = self.table.within(start..colon).iter().filter(|m| !self.doc.quoted(m.tokens.start));
        let people: Vec<_> = names.filter(|m| self.table.entities[m.entity].kind == SpeakerKind::Person).collect();
        match people[..] {
            [only] => Some(Who::Phrase(only.tokens.clone())),
            _ => None,
        }
    }

    /// A quotation that stands as a sentence of its own: the last speaker goes on.
    pub fn floating(&self, sentence: &Sentence) -> Option<Lead> {
        let Range { start, end: limit } = sentence.tokens.clone();
        let first = self.skip_openers(start, limit);
        let quote = self.doc.opens(first)?;
        let whole = self.trim_end(first, limit) <= quote.close + 1;
        if !whole || self.doc.count(quote.open..quote.close) < self.floating_words(quote.close) {
            return None;
        }
        Some(Lead {
            parts: vec![quote.inside],
            form: Form::Direct,
            polarity: Polarity::Positive,
            cue: None,
            who: Who::Carried,
            rule: "carried",
            weight: 0.6,
            at: first,
            nested: false,
        })
    }
}
