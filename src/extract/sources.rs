//! Sources named by a preposition: selon, d'après, pour X, aux yeux de, according to.

use std::ops::Range;

use super::lexis;
use super::phrase::Who;
use super::words::{Kind, Sentence};
use super::{Lead, Scene};
use crate::model::{Form, Polarity};

/// A preposition with its source.
struct Source {
    cue: Range<usize>,
    who: Who,
    end: usize,
    rule: &'static str,
}

impl Scene<'_> {
    /// The claims of a sentence whose source a preposition names.
    pub fn sourced(&self, sentence: &Sentence) -> Vec<Lead> {
        let Range { start, end: limit } = sentence.tokens.clone();
        let mut leads = Vec::new();
        let mut at = start;
        while at < limit {
            // « la thèse de X selon laquelle … » wins over a verb that the noun is the object of.
            if self.doc.word(at) == "selon" && matches!(self.doc.word(at + 1), "laquelle" | "lequel") {
                let nouns = (start..at).rev().take(14).filter(|&t| !self.doc.quoted(t));
                leads.extend(nouns.into_iter().find_map(|t| self.noun_saying(t, start, limit)));
            }
            let source = self.source_at(at, start, limit);
            let Some(source) = source.filter(|s| s.who != Who::Nobody && !self.doc.quoted(s.cue.start)) else {
                at += 1;
                continue;
            };
            at = source.end;
            if let Some(lead) = self.told_by(&source, start, limit) {
                leads.push(lead);
            }
        }
        leads
    }

    fn source_at(&self, at: usize, from: usize, limit: usize) -> Option<Source> {
        let word = self.doc.word(at);
        let next = self.doc.word(at + 1);
        let rule = "selon";
        let (noun, rule) = match (word, next) {
            (
                "selon",
                "que" | "qu" | "laquelle" | "lequel" | "lesquelles" | "lesquels" | "moi" | "nous" | "le" | "les",
            ) if !matches!(next, "le" | "les") || matches!(self.doc.word(at + 2), "cas" | "besoins") => {
                return None;
            }
            ("selon", _) => (at + 1, "selon"),
            ("d", "apres") => (at + 2, "selon"),
            ("according", "to") => (at + 2, "according"),
            ("aux", "yeux" | "dires") | ("au", "dire") => (at + 3, "selon"),
            ("de" | "a", "l") if matches!(self.doc.word(at + 2), "avis" | "aveu") => (at + 4, "selon"),
            ("a", "en") if matches!(self.doc.word(at + 2), "croire") => (at + 3, "selon"),
            ("a", "ses" | "leurs" | "son" | "leur") if matches!(self.doc.word(at + 2), "yeux" | "avis" | "sens") => {
                return Some(Source { cue: at..at + 3, who: Who::Pronoun(at + 1), end: at + 3, rule });
            }
            ("de", "son" | "leur") if self.doc.word(at + 2) == "point" && self.doc.word(at + 4) == "vue" => {
                return Some(Source { cue: at..at + 5, who: Who::Pronoun(at + 1), end: at + 5, rule });
            }
            ("comme", "l" | "le") => return self.as_told(at, limit),
            ("pour", _) => return self.for_whom(at, from, limit),
            _ => return None,
        };
        if noun >= limit {
            return None;
        }
        let cue = at..noun;
        if matches!(self.doc.word(noun), "lui" | "elle" | "eux" | "elles" | "him" | "her" | "them") {
            return Some(Source { cue, who: Who::Pronoun(noun), end: noun + 1, rule });
        }
        let opens = self.nominal(noun)
            || self.doc.is(noun, Kind::Word) && !lexis::is_function(self.doc.word(noun))
            || lexis::is_of(self.doc.word(noun));
        if !opens {
            return None;
        }
        if word == "selon" && next == "ce" && lexis::is_that(self.doc.word(at + 2)) {
            // « selon ce que rapportent des médias, »
            let named = at + 4 + usize::from(self.avoir(at + 3));
            let end = self.phrase_end(named, limit);
            if end <= named {
                return None;
            }
            return Some(Source { cue: at..named, who: Who::Phrase(named..end), end, rule });
        }
        let end = self.phrase_end(noun, limit);
        if let Some(name) = self.apposed_name(&(noun..end), limit) {
            return Some(Source { cue, end: name.end, who: Who::Phrase(name), rule });
        }
        let who = if matches!(self.doc.word(noun), "nos" | "notre" | "mes" | "vos" | "our") {
            Who::Nobody
        } else {
            Who::Phrase(noun..end)
        };
        Some(Source { cue, who, end: self.past_setting(end, limit), rule })
    }

    /// Past the date and place of a source, up to the comma behind them: « un sondage publié dimanche, ».
    fn past_setting(&self, end: usize, limit: usize) -> usize {
        let word = self.doc.word(end);
        let setting = self.doc.is(end, Kind::Word)
            && !lexis::is_conjunction(word)
            && !lexis::is_relative(word)
            && !self.avoir(end)
            && !lexis::is_etre(word)
            && !lexis::is_clitic(word)
            && !lexis::is_subject_pronoun(word);
        let comma = (end..limit.min(end + 10)).find(|&t| !matches!(self.doc.kind(t), Some(Kind::Word | Kind::Number)));
        comma.filter(|&c| setting && (self.doc.is(c, Kind::Comma) || self.doc.opens(c).is_some())).unwrap_or(end)
    }

    /// « comme l'explique X », « comme l'a dit X ».
    fn as_told(&self, at: usize, limit: usize) -> Option<Source> {
        let verb = at + 2;
        let noun = if self.finite(verb) {
            verb + 1
        } else {
            let participle = (verb + 1..limit.min(verb + 3))
                .find(|&t| self.forms(t).any(|f| f.form.mood == super::rules::Mood::PastParticiple))?;
            self.avoir(verb).then_some(participle + 1)?
        };
        if noun >= limit || !self.nominal(noun) {
            return None;
        }
        let end = self.phrase_end(noun, limit);
        Some(Source { cue: at..noun, who: Who::Phrase(noun..end), end, rule: "comme" })
    }

    /// « Pour X, …»: only where a clause begins and X can think.
    fn for_whom(&self, at: usize, from: usize, limit: usize) -> Option<Source> {
        let opens = at == from
            || self.skip_openers(from, at) == at
            || matches!(self.doc.kind(at - 1), Some(Kind::Comma))
            || matches!(self.doc.word(at - 1), "que" | "mais" | "et");
        let noun = at + 1;
        let word = self.doc.word(noun);
        if !opens || noun >= limit {
            return None;
        }
        if word == "qui" && at > from + 1 && self.doc.is(at - 1, Kind::Comma) {
            let who = self.antecedent(at - 1, from)?;
            return Some(Source { cue: at..noun + 1, who, end: noun + 1, rule: "pour" });
        }
        let pronoun = matches!(word, "lui" | "elle" | "eux" | "elles");
        let end = if pronoun { noun + 1 } else { self.phrase_end(noun, limit) };
        let head = noun + usize::from(lexis::is_determiner(word));
        let named = self.table.within(noun..end).iter().any(|m| {
            m.tokens.start == noun
                || !self.governed(m.tokens.start)
                    && self.table.entities[m.entity].kind == crate::model::SpeakerKind::Person
        });
        let thinks = pronoun
            || (named && self.nominal(noun) && !lexis::is_determiner(word))
            || self.is_role(head)
            || self.rules.is_group_word(self.lang, self.doc.word(head))
            || self.rules.is_organisation_word(self.lang, self.doc.word(head));
        let thinks = thinks
            && !(noun..end).any(|t| matches!(self.doc.word(t), "fois" | "moment" | "instant" | "heure" | "annee"));
        let marked = matches!(self.doc.kind(end), Some(Kind::Comma | Kind::Colon)) || self.doc.opens(end).is_some();
        if !thinks || !marked {
            return None;
        }
        if let Some(name) = self.apposed_name(&(noun..end), limit) {
            return Some(Source { cue: at..noun, end: name.end, who: Who::Phrase(name), rule: "pour" });
        }
        let who = if pronoun { Who::Pronoun(noun) } else { Who::Phrase(noun..end) };
        Some(Source { cue: at..noun, who, end, rule: "pour" })
    }

    /// What a source says: one stretch, or two with the source between them, of which the second may be empty.
    fn told_around(&self, source: &Source, start: usize, limit: usize) -> Option<[Range<usize>; 2]> {
        let before = source.cue.start;
        let mut head = self.skip_openers(start, before);
        if head < before && self.doc.is(head, Kind::Comma) {
            head += 1;
        }
        let joint =
            |t: usize| matches!(self.doc.word(t), "que" | "qu" | "et" | "mais" | "alors" | "car" | "that" | "but");
        let aside = before > start + 1 && self.doc.is(before - 1, Kind::Comma);
        let leading = head >= before
            || joint(before - 1)
            || aside && lexis::is_relative(self.doc.word(before - 2))
            || source.rule == "pour";
        let after = self.behind_source(source.end, limit, leading);
        let none = limit..limit;
        if leading {
            let first = after?;
            return Some([first..self.clause_end(first, limit), none]);
        }
        let lead = self.doc.is(before - 1, Kind::Comma);
        let first = head..self.trim_end(head, before);
        let words = self.doc.count(first.clone());
        let setting = lead && lexis::is_preposition(self.doc.word(head)) && words < 8;
        let Some(after) = after else { return Some([first, none]) };
        let second = after..self.clause_end(after, limit);
        // « Lundi, selon X, … »: what stands before is only a setting.
        if setting && words <= 3 {
            return Some([second, none]);
        }
        let goes_on = self.doc.count(after..limit) >= 2 && (self.doc.is(source.end, Kind::Comma) || !lead);
        Some(if setting || words < 2 || goes_on { [first, second] } else { [first, none] })
    }

    fn told_by(&self, source: &Source, start: usize, limit: usize) -> Option<Lead> {
        let told = self.told_around(source, start, limit)?;
        let ranges: Vec<_> = told.into_iter().filter(|r| r.start < r.end).collect();
        let words: usize = ranges.iter().map(|r| self.doc.count(r.clone())).sum();
        if words < 2 {
            return None;
        }
        let (parts, form) = if let [only] = &ranges[..] {
            self.shape(only.clone())
        } else {
            let parts = ranges.iter().map(|r| self.doc.bytes(r.clone())).collect();
            let mixed = ranges.iter().any(|r| self.shape(r.clone()).1 != Form::Indirect);
            (parts, if mixed { Form::Mixed } else { Form::Indirect })
        };
        Some(Lead {
            parts,
            form,
            polarity: Polarity::Positive,
            cue: Some(self.doc.bytes(source.cue.clone())),
            who: source.who.clone(),
            rule: source.rule,
            weight: 0.85,
            at: ranges.first()?.start,
            nested: false,
        })
    }

    /// The first word of the content behind a source, past appositions and asides; `None` where the sentence ends.
    fn behind_source(&self, mut at: usize, limit: usize, leading: bool) -> Option<usize> {
        for _ in 0..4 {
            while at < limit && matches!(self.doc.kind(at), Some(Kind::Comma | Kind::Colon)) {
                at += 1;
            }
            if self.doc.is(at, Kind::OpenBracket) {
                at = (at..limit.min(at + 40)).find(|&t| self.doc.is(t, Kind::CloseBracket))? + 1;
                continue;
            }
            if at >= limit || self.trim_end(at, limit) == at {
                return None;
            }
            let word = self.doc.word(at);
            if self.doc.is(at, Kind::Semicolon) || matches!(word, "et" | "mais") && self.doc.count(at..limit) < 3 {
                return None;
            }
            if !leading && lexis::is_relative(word) {
                return None;
            }
            let determiner = usize::from(lexis::is_determiner(word));
            let apposition = self.is_role(at)
                || matches!(
                    word,
                    "ancien"
                        | "ancienne"
                        | "cite"
                        | "citee"
                        | "cites"
                        | "interroge"
                        | "interrogee"
                        | "publie"
                        | "publiee"
                        | "relaye"
                        | "relayee"
                        | "contacte"
                        | "joint"
                        | "qui"
                        | "dont"
                        | "membre"
                        | "numero"
                        | "auteur"
                        | "who"
                        | "which"
                )
                || determiner == 1 && self.is_role(at + 1) && self.doc.is(self.phrase_end(at, limit), Kind::Comma);
            if !apposition {
                return Some(at);
            }
            at = (at..limit).find(|&t| {
                self.doc.opens(t).is_some()
                    || matches!(self.doc.kind(t), Some(Kind::Comma | Kind::Colon)) && !self.doc.quoted(t)
            })?;
        }
        None
    }
}
