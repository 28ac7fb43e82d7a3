//! Incises: « …, a déclaré X », « …, explique-t-il »; those of English, `…, X said`, are in `english`.
//!
//! Right behind a quotation the place itself says that the verb attributes, so any verb with its pronoun is taken
//! there; elsewhere it must be a cue.

use std::ops::Range;

use super::Scene;
use super::lexis;
use super::phrase::Who;
use super::rules::{Frames, Mood};
use super::words::Kind;
use crate::model::{Lang, SpeakerKind};

/// An incise: its cue, its speaker and where it ends, by tokens.
#[derive(Clone, Debug)]
pub(super) struct Incise {
    pub cue: Range<usize>,
    pub who: Who,
    pub end: usize,
}

impl Scene<'_> {
    /// The incise that begins at a token, if one does.
    pub fn incise(&self, at: usize, limit: usize, behind_quote: bool) -> Option<Incise> {
        if self.lang == Lang::En {
            return self.said(at, limit, behind_quote);
        }
        let mut head = at;
        while head < limit && (self.adverb(head) || matches!(self.doc.word(head), "s" | "se" | "lui" | "leur")) {
            head += 1;
        }
        if head >= limit || !self.doc.is(head, Kind::Word) {
            return None;
        }
        self.hung(at, head, limit, behind_quote)
            .or_else(|| self.simple_incise(at, head, limit))
            .or_else(|| self.compound_incise(at, head, limit))
            .or_else(|| self.straight_incise(at, limit, behind_quote))
    }

    /// « dit-il », « a-t-il déclaré », « s'est-elle réjouie ».
    fn hung(&self, at: usize, head: usize, limit: usize, behind_quote: bool) -> Option<Incise> {
        let pronoun = head + 1;
        if pronoun >= limit || !self.doc.tokens[pronoun].inverted {
            return None;
        }
        let who = |behind: usize| match self.pronoun(pronoun) {
            Who::Nobody => self.house_behind(behind, limit).unwrap_or(Who::Nobody),
            who => who,
        };
        let word = self.doc.word(head);
        if !(self.avoir(head) || lexis::is_etre(word)) {
            let cue = self.finite(head) || behind_quote;
            return cue.then(|| Incise { cue: at..pronoun + 1, who: who(pronoun + 1), end: pronoun + 1 });
        }
        let mut verb = pronoun + 1;
        while verb < limit && self.adverb(verb) {
            verb += 1;
        }
        let participle = self.forms(verb).any(|f| f.form.mood == Mood::PastParticiple);
        let any = behind_quote && self.doc.is(verb, Kind::Word) && !self.doc.capital(verb);
        (participle || any).then(|| Incise { cue: at..verb + 1, who: who(verb + 1), end: verb + 1 })
    }

    /// « déplore-t-on à la mairie », « assure-t-on chez X ».
    fn house_behind(&self, at: usize, limit: usize) -> Option<Who> {
        let start = match self.doc.word(at) {
            "a" | "au" | "aux" | "chez" | "dans" => at + 1,
            "aupres" if lexis::is_of(self.doc.word(at + 1)) => at + 2,
            "du" if self.doc.word(at + 1) == "cote" && lexis::is_of(self.doc.word(at + 2)) => at + 3,
            // « indique-t-on de source judiciaire »
            "de" if self.rules.is_anonymous_word(self.lang, self.doc.word(at + 1)) => at + 1,
            _ => return None,
        };
        let end = self.phrase_end(start, limit);
        (end > start).then_some(Who::Phrase(start..end))
    }

    /// « explique X », « se réjouit X ».
    fn simple_incise(&self, at: usize, head: usize, limit: usize) -> Option<Incise> {
        let fits = |f: &&super::rules::CueForm| {
            f.form.is_finite() && f.frames.any(Frames::INCISE.with(Frames::COLON)) && &*f.lemma != "apprendre"
        };
        let after = self.forms(head).filter(fits).find_map(|form| self.tail_end(form, head + 1, limit))?;
        self.named_after(at, after, limit)
    }

    /// « a déclaré X », « s'est réjoui X ».
    fn compound_incise(&self, at: usize, head: usize, limit: usize) -> Option<Incise> {
        if !(self.avoir(head) || lexis::is_etre(self.doc.word(head))) {
            return None;
        }
        let mut verb = head + 1;
        while verb < limit && self.adverb(verb) {
            verb += 1;
        }
        let reflexive = lexis::is_etre(self.doc.word(head));
        // « a appris La Presse » is the paper's own; only « a-t-on appris » attributes.
        let fits = |f: &&super::rules::CueForm| {
            f.form.mood == Mood::PastParticiple && f.reflexive == reflexive && &*f.lemma != "apprendre"
        };
        let after = self.forms(verb).filter(fits).find_map(|form| self.tail_end(form, verb + 1, limit))?;
        self.named_after(at, after, limit)
    }

    /// The name or noun phrase behind the verb of an incise, past adverbs and somebody told.
    fn named_after(&self, at: usize, mut verb_end: usize, limit: usize) -> Option<Incise> {
        let cue = at..verb_end;
        verb_end = self.past_occasion(verb_end, limit);
        if verb_end >= limit
            || !(self.nominal(verb_end) || self.bare_role(verb_end))
            || self.doc.quoted(verb_end) != self.doc.quoted(at)
        {
            return None;
        }
        let end = self.phrase_end(verb_end, limit);
        if matches!(self.doc.word(end), "que" | "qu") {
            return None;
        }
        // « se réjouit la maire de Lille, Sophie Leroy. »
        if let Some(name) = self.apposed_name(&(verb_end..end), limit) {
            return Some(Incise { cue, end: name.end, who: Who::Phrase(name) });
        }
        Some(Incise { cue, who: Who::Phrase(verb_end..end), end })
    }

    /// Past adverbs, and past who is told, when and where: « a déclaré mardi à la presse X ».
    fn past_occasion(&self, mut at: usize, limit: usize) -> usize {
        for _ in 0..4 {
            while at < limit && self.adverb(at) && !self.doc.capital(at) {
                at += 1;
            }
            if let Some(end) = self.turn_of_phrase(at).or_else(|| self.time_end(at, limit)) {
                at = end;
                continue;
            }
            let opens = match self.doc.word(at) {
                "a" | "au" | "aux" | "dans" | "sur" | "en" | "devant" | "lors" | "via" | "apres" => at + 1,
                // « témoigne par téléphone le docteur X »
                "par" if !lexis::is_determiner(self.doc.word(at + 1)) && !self.doc.capital(at + 1) => {
                    at += 2;
                    continue;
                }
                "aupres" if lexis::is_of(self.doc.word(at + 1)) => at + 2,
                _ => break,
            };
            let end = self.phrase_end(opens, limit);
            // « auprès de l'AFP Karim Benali »: a person's name is not of who is told.
            let person = self.table.within(opens..end).last().filter(|m| {
                let named = self.table.entities[m.entity].kind == SpeakerKind::Person;
                named && m.tokens.end == end && m.tokens.start > opens && self.doc.capital(m.tokens.start - 1)
            });
            if let Some(person) = person {
                return person.tokens.start;
            }
            at = end + usize::from(self.doc.is(end, Kind::Comma));
        }
        at
    }

    fn bare_role(&self, at: usize) -> bool {
        self.is_role(at) && !self.doc.capital(at)
    }

    /// « X dit », as some papers set it behind a quotation.
    fn straight_incise(&self, at: usize, limit: usize, behind_quote: bool) -> Option<Incise> {
        if !behind_quote {
            return None;
        }
        let pronoun = lexis::is_subject_pronoun(self.doc.word(at));
        if !pronoun && !self.nominal(at) {
            return None;
        }
        let end = if pronoun { at + 1 } else { self.phrase_end(at, limit) };
        let verb = (end..limit.min(end + 3))
            .find(|&t| self.forms(t).any(|f| f.form.is_finite() && f.frames.has(Frames::INCISE)))?;
        if !matches!(self.doc.kind(verb + 1), Some(Kind::Stop | Kind::Comma) | None) {
            return None;
        }
        let who = if pronoun { self.pronoun(at) } else { Who::Phrase(at..end) };
        Some(Incise { cue: verb..verb + 1, who, end: verb + 1 })
    }
}
