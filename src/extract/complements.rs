//! What a cue verb brings: a clause after « que », an infinitive, a noun phrase, quoted words, what follows a colon.

mod objects;

use std::ops::Range;

use super::cues::{Group, Stand};
use super::lexis;
use super::phrase::Who;
use super::rules::{Class, Frames};
use super::words::Kind;
use super::{Lead, Scene};
use crate::model::{Lang, Polarity};

/// How far behind its verb a complement may begin, in tokens.
const REACH: usize = 22;

/// The content of a cue, by tokens, and how it was found.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub tokens: Range<usize>,
    pub rule: &'static str,
    pub weight: f32,
}

impl Scene<'_> {
    /// The claim of the cue verb at a token, if it brings one.
    pub fn saying(&self, at: usize, from: usize, limit: usize) -> Option<Lead> {
        let (group, content) = self.forms(at).find_map(|form| {
            let group = self.group_of(form, at, from, limit)?;
            let content = self.content(&group, limit)?;
            let wish = group.stand == Stand::Borrowing && group.form.class == Class::Intention;
            // « vote un texte considérant X »: the participle belongs to the noun before it.
            let attached =
                group.stand == Stand::Borrowing && group.start == at && at > from && !self.doc.is(at - 1, Kind::Comma);
            if wish && content.rule == "infinitive" || attached && content.rule == "object" {
                return None;
            }
            Some((group, content))
        })?;
        let who = self.voice(group.end, content.tokens.start).or_else(|| self.speaker_of(&group, from))?;
        if who == Who::Nobody || self.impersonal(&group, &who, from) {
            return None;
        }
        let (parts, form) = self.shape(content.tokens.clone());
        // « ne nie pas que » says it after all.
        let polarity = if group.negated == group.form.denies { Polarity::Positive } else { Polarity::Negated };
        let cue = Some(self.doc.bytes(group.start..group.end));
        let weight = if group.stand == Stand::Finite { content.weight } else { content.weight - 0.05 };
        Some(Lead {
            parts,
            form,
            polarity,
            cue,
            who,
            rule: content.rule,
            weight,
            at: content.tokens.start,
            nested: false,
        })
    }

    /// « par la voix de X »: X speaks for the subject.
    fn voice(&self, from: usize, until: usize) -> Option<Who> {
        let voice = (from..until)
            .find(|&t| matches!(self.doc.word(t), "voix" | "bouche") && lexis::is_of(self.doc.word(t + 1)))?;
        let start = voice + 2;
        (start < until).then(|| Who::Phrase(start..self.phrase_end(start, until)))
    }

    /// « il est estimé que », « il faut que »: a pronoun that stands for nobody.
    fn impersonal(&self, group: &Group<'_>, who: &Who, from: usize) -> bool {
        let Who::Pronoun(pronoun) = *who else { return false };
        let before = (pronoun > from).then(|| self.doc.word(pronoun - 1));
        matches!(self.doc.word(pronoun), "il" | "it")
            && (matches!(&*group.form.lemma, "falloir" | "s'agir" | "sembler" | "paraître") || before == Some("comme"))
    }

    fn content(&self, group: &Group<'_>, limit: usize) -> Option<Content> {
        let mut content = self.whole_content(group, limit)?;
        if matches!(content.rule, "object" | "quote" | "infinitive") {
            let Range { start, end } = content.tokens;
            let compound = self.avoir(group.start) || group.shared;
            let reach = (start + 1..end).find(|&t| self.is_remark(t, compound)).unwrap_or(end);
            content.tokens = start..self.trim_end(start, reach);
            if self.doc.content(content.tokens.clone()) < 2 {
                return None;
            }
        }
        Some(content)
    }

    /// Whether the author goes on at a token: « …, avant de se raviser », « …, ce que X dément », « … et adressé ses
    /// condoléances » behind a participle.
    fn is_remark(&self, at: usize, compound: bool) -> bool {
        if self.doc.quoted(at) {
            return false;
        }
        let (next, second) = (self.doc.word(at + 1), self.doc.word(at + 2));
        if self.doc.is(at, Kind::Comma) {
            return match next {
                "avant" => lexis::is_of(second),
                "ce" => matches!(second, "que" | "qui" | "qu" | "dont"),
                "sans" => self.verb_start(at + 2, at + 6).is_some(),
                // « réclame un report, et la France temporise »
                "mais" | "et" | "or" | "car" | "tandis" | "quand" => self.lang == Lang::Fr && self.nominal(at + 2),
                _ => false,
            };
        }
        let participle = next.len() > 3
            && next.ends_with(['e', 'i', 'u'])
            && self.doc.source(at + 1..at + 2).ends_with(['é', 'i', 'u']);
        let object = matches!(
            second,
            "le" | "la" | "les" | "l" | "un" | "une" | "des" | "son" | "sa" | "ses" | "leur" | "leurs"
        );
        compound && self.lang == Lang::Fr && self.doc.word(at) == "et" && participle && object
    }

    fn whole_content(&self, group: &Group<'_>, limit: usize) -> Option<Content> {
        let reach = limit.min(group.end + REACH);
        let start = self.skip_asides(group.end, reach);
        let denied = (group.start..start).any(|t| {
            matches!(
                self.doc.word(t),
                "pas" | "plus" | "jamais" | "point" | "guere" | "aucunement" | "nullement" | "not"
            )
        });
        if group.negated && !denied && lexis::is_that(self.doc.word(start)) {
            return None;
        }
        let english = (self.lang == Lang::En).then(|| self.english_content(group, limit)).flatten();
        english
            .or_else(|| self.clause(group, start, reach, limit))
            .or_else(|| self.after_colon(group, start, limit))
            .or_else(|| self.quoted_object(group, start, limit))
            .or_else(|| if self.lang == Lang::En { self.bare(group, start, limit) } else { None })
            .or_else(|| self.infinitive(group, start, limit.min(reach + REACH), limit))
            .or_else(|| self.judgement(group, start, limit))
            .or_else(|| self.gerund(group, start, limit))
            .or_else(|| self.predicated(group, start, limit))
            .or_else(|| self.object(group, start, limit))
    }

    /// Past adverbs, and past what stands between two commas.
    fn skip_asides(&self, mut at: usize, reach: usize) -> usize {
        loop {
            while at < reach && (self.adverb(at) || self.doc.word(at) == "outre") {
                at += 1;
            }
            let setting =
                || self.turn_of_phrase(at).or_else(|| self.time_end(at, reach)).or_else(|| self.medium_end(at, reach));
            if let Some(end) = setting().filter(|_| at < reach) {
                at = end;
                continue;
            }
            if !self.doc.is(at, Kind::Comma) {
                return at;
            }
            let close = (at + 1..reach).find(|&t| self.doc.is(t, Kind::Comma));
            match close {
                Some(close) if close + 1 < reach => at = close + 1,
                _ => return at,
            }
        }
    }

    /// « que » with its clause; « le fait que » as well.
    fn clause(&self, group: &Group<'_>, start: usize, reach: usize, limit: usize) -> Option<Content> {
        let frames = group.form.frames;
        let opens = |t: usize| {
            let demonstrative = self.lang == Lang::En && lexis::is_english_preposition(self.doc.word(t - 1));
            lexis::is_that(self.doc.word(t)) && !self.doc.quoted(t) && !demonstrative
        };
        let told = frames.has(Frames::ADDRESSEE);
        let mut at = start;
        let mut found = None;
        while at < reach {
            let word = self.doc.word(at);
            if opens(at) {
                let before = self.doc.word(at - 1);
                // « croit plus que jamais »: an adverb that was passed over may be half of a comparison.
                let compares = matches!(before, "plus" | "moins" | "mieux" | "autant" | "tant");
                found = (!lexis::is_false_friend_of_que(before) || at == start && !compares).then_some(at);
                break;
            }
            if word == "fait" && opens(at + 1) && self.doc.word(at - 1) == "le" {
                found = Some(at + 1);
                break;
            }
            if at == start && self.doc.word(at + 1) == "le" && self.doc.word(at + 2) == "fait" {
                at += 1;
                continue;
            }
            let passes = match self.doc.kind(at) {
                Some(Kind::Word) => {
                    at > start
                        || told
                        || lexis::is_preposition(word)
                        || self.adverb(at)
                        || matches!(word, "ce" | "cette" | "le" | "la" | "un" | "il" | "elle")
                }
                Some(Kind::Number | Kind::Comma) => true,
                _ => false,
            };
            let subject = self.finite(at) && at > start && !self.makes_noun(at - 1);
            if !passes || self.doc.quoted(at) || subject || at == start && self.plain_object(at) && !told {
                break;
            }
            at += 1;
        }
        let that = found?;
        let fact = self.doc.word(that - 1) == "fait";
        if !(frames.has(Frames::QUE) || fact) {
            return None;
        }
        let first = that + 1 + usize::from(self.doc.is(that + 1, Kind::Comma));
        let end = self.speech_alone(first, self.clause_end(first, limit));
        (self.doc.count(first..end) >= 2).then_some(Content {
            tokens: first..end,
            rule: if shows(group) { "evidence" } else { "que" },
            weight: 0.9,
        })
    }

    /// A long quotation ends the content where only time, place or manner follows it.
    fn speech_alone(&self, first: usize, end: usize) -> usize {
        let Some(quote) = self.doc.opens(first).filter(|q| q.close + 1 < end) else { return end };
        let behind = self.doc.word(quote.close + 1);
        let setting = matches!(
            behind,
            "en" | "lors" | "dans" | "sur" | "devant" | "apres" | "avant" | "au" | "aux" | "a" | "pendant"
        ) || self.is_away(quote.close + 1);
        if setting && self.doc.count(quote.open..quote.close) >= 5 { quote.close + 1 } else { end }
    }

    /// What follows a colon: the quotation there, or the rest of the sentence.
    fn after_colon(&self, group: &Group<'_>, start: usize, limit: usize) -> Option<Content> {
        let frames = group.form.frames;
        let colon = (start..limit.min(group.end + 2 * REACH))
            .take_while(|&t| !self.doc.quoted(t) && !self.doc.is(t, Kind::Semicolon))
            .find(|&t| self.doc.is(t, Kind::Colon))?;
        if (start..colon)
            .any(|t| t > group.end && self.group(t, group.end, colon).is_some_and(|g| g.form.frames.has(Frames::COLON)))
        {
            return None;
        }
        let first = colon + 1;
        let speaks = frames.any(Frames::COLON.with(Frames::INCISE));
        if let Some(quote) = self.doc.opens(first) {
            let whole = self.doc.count(quote.open..quote.close) >= 3;
            let end = self.joined_quotes(first, limit);
            return (whole && (speaks || colon - group.end <= 12)).then_some(Content {
                tokens: first..end,
                rule: "colon",
                weight: 0.9,
            });
        }
        let end = self.trim_end(first, limit);
        let told = matches!(
            group.form.form.mood,
            super::rules::Mood::Present
                | super::rules::Mood::Past
                | super::rules::Mood::PastParticiple
                | super::rules::Mood::Imperfect
        );
        let enough = self.doc.count(first..end) >= 4 && speaks && told && colon - group.end <= 6;
        enough.then_some(Content { tokens: first..end, rule: "colon", weight: 0.75 })
    }

    /// The end of a row of quotations joined by « et », « , » or nothing.
    fn joined_quotes(&self, first: usize, limit: usize) -> usize {
        let Some(quote) = self.doc.opens(first) else { return first };
        let mut end = (quote.close + 1).min(self.doc.tokens.len());
        while let Some(next) = (end..limit.min(end + 3)).find(|&t| self.doc.opens(t).is_some()) {
            if (end..next).any(|t| self.doc.is(t, Kind::Word) && !matches!(self.doc.word(t), "et" | "puis" | "and")) {
                break;
            }
            let Some(quote) = self.doc.opens(next) else { break };
            if self.incise_behind(quote.close, limit).is_some() {
                break;
            }
            end = quote.close + 1;
        }
        end
    }

    /// Quoted words as object: « a annoncé « … » », with the little that may stand before and behind.
    fn quoted_object(&self, group: &Group<'_>, start: usize, limit: usize) -> Option<Content> {
        let frames = group.form.frames;
        if !frames.any(Frames::QUE.with(Frames::NP).with(Frames::COLON).with(Frames::INCISE)) {
            return None;
        }
        let Some(quote) = self.doc.opens(start) else {
            return self.judged(start, limit);
        };
        let words = self.doc.count(quote.open..quote.close);
        let end = self.clause_end(start, limit);
        let alone = quote.close + 1;
        // « dénonce « l'impréparation » du pays »
        if words < 2 && self.doc.content(start..end) < 2 {
            return None;
        }
        let behind = self.doc.word(alone);
        let setting = lexis::is_preposition(behind)
            && !matches!(behind, "contre" | "pour" | "comme" | "avec" | "entre" | "vers")
            || self.is_away(alone);
        let end = if words >= 4 && (setting || lexis::is_adverb(behind) || end <= alone) {
            self.joined_quotes(start, limit)
        } else {
            end.max(alone)
        };
        Some(Content { tokens: start..end, rule: "quote", weight: 0.85 })
    }

    fn is_away(&self, at: usize) -> bool {
        matches!(
            self.doc.word(at),
            "ce" | "lundi" | "mardi" | "mercredi" | "jeudi" | "vendredi" | "samedi" | "dimanche"
        )
    }

    /// An infinitive with « de », « à » or nothing; the one told to do it, without a preposition, comes with it.
    fn infinitive(&self, group: &Group<'_>, start: usize, reach: usize, limit: usize) -> Option<Content> {
        let frames = group.form.frames;
        let at_verb = |t: usize| self.verb_start(t, limit);
        if frames.has(Frames::INF) && at_verb(start).is_some_and(|v| v == start) {
            return self.infinitive_from(start, start, limit);
        }
        if !frames.any(Frames::DE_INF.with(Frames::A_INF)) {
            return None;
        }
        for at in start..reach {
            let word = self.doc.word(at);
            let fits = matches!(word, "de" | "d") && frames.has(Frames::DE_INF)
                || (word == "a" && self.lang == Lang::Fr || word == "to") && frames.has(Frames::A_INF);
            // « demande à X « d'étudier … » »
            let first = at + 1;
            let inner = self.doc.opens(at).is_some()
                && matches!(self.doc.word(first), "de" | "d")
                && frames.has(Frames::DE_INF)
                && at_verb(first + 1).is_some();
            if inner {
                return self.infinitive_from(if at == start { first + 1 } else { at }, first + 1, limit);
            }
            if fits
                && !self.doc.quoted(at)
                && (at_verb(at + 1).is_some() || self.doc.opens(at + 1).is_some_and(|q| q.close - q.open > 3))
            {
                let told = lexis::is_preposition(self.doc.word(start)) || at - start > 9;
                let first = if at == start || told { at + 1 } else { start };
                return self.infinitive_from(first, at + 1, limit);
            }
            let told = matches!(self.doc.kind(at), Some(Kind::Word | Kind::Number | Kind::Comma | Kind::Mark));
            let another = at > start
                && self.doc.is(at - 1, Kind::Comma)
                && self.forms(at).any(|f| f.form.mood == super::rules::Mood::PresentParticiple);
            let relative = self.lang == Lang::En && lexis::is_relative(self.doc.word(at.saturating_sub(1)));
            let verb = self.finite(at) && at > start && !self.makes_noun(at - 1) && !relative;
            if another || !told || lexis::is_that(word) || verb {
                return None;
            }
        }
        None
    }

    /// `denied taking`.
    fn gerund(&self, group: &Group<'_>, start: usize, limit: usize) -> Option<Content> {
        let ing = group.form.frames.has(Frames::ING) && self.lang == Lang::En && self.doc.word(start).ends_with("ing");
        if ing { self.infinitive_from(start, start, limit) } else { None }
    }

    fn infinitive_from(&self, first: usize, verb: usize, limit: usize) -> Option<Content> {
        let end = self.clause_end(verb, limit);
        let enough = self.doc.content(first..end) >= 2;
        enough.then_some(Content { tokens: first..end, rule: "infinitive", weight: 0.8 })
    }

    /// Whether an infinitive begins here, past negation, clitics and an adverb.
    pub fn verb_start(&self, at: usize, limit: usize) -> Option<usize> {
        let mut verb = at;
        while verb < limit.min(at + 4)
            && self.doc.is(verb, Kind::Word)
            && (lexis::is_clitic(self.doc.word(verb)) || self.adverb(verb) || self.doc.word(verb) == "davantage")
        {
            verb += 1;
        }
        let word = self.doc.word(verb);
        let fits = match self.lang {
            Lang::Fr => lexis::is_infinitive(word) && !self.doc.capital(verb),
            Lang::En => !lexis::is_determiner(word) && self.doc.is(verb, Kind::Word) && !self.doc.capital(verb),
        };
        let noun = verb > at && matches!(self.doc.word(verb - 1), "le" | "la" | "les" | "leur") && self.is_role(verb);
        (fits && !noun).then_some(at)
    }
}

/// Whether things can be the subject of a cue as well as people: « la hausse montre que ».
fn shows(group: &Group<'_>) -> bool {
    matches!(
        &*group.form.lemma,
        "garantir"
            | "montrer"
            | "démontrer"
            | "prouver"
            | "signifier"
            | "confirmer"
            | "suggérer"
            | "révéler"
            | "rappeler"
            | "laisser entendre"
            | "prévoir"
            | "show"
            | "suggest"
            | "mean"
            | "indicate"
    )
}
