//! Cue verbs in place: which form a word is here, what belongs to the verb with it, and where its clause ends.
//!
//! A word that may be a verb is one only where its neighbours allow it: no determiner before it, an auxiliary before a
//! participle, no passive. The group holds negation, clitics, auxiliaries and adverbs, so that the subject stands
//! right before it and the complement right behind.

use super::Scene;
use super::lexis;
use super::phrase::Who;
use super::rules::{CueForm, Frames};
use super::words::Kind;
use crate::extract::rules::Mood;
use crate::model::Lang;

/// How far before a participle its auxiliary may stand, in tokens.
const AUXILIARY: usize = 9;

/// How far before a participle the auxiliary may stand that it shares with another, in tokens.
const JOINED: usize = 60;

/// The fewest words of a quotation behind a colon that is a claim of its own.
pub(super) const SPEECH: usize = 5;

/// How a cue verb stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// With a subject of its own.
    Finite,
    /// « estimant », « en affirmant », « avant de conclure »: with the subject of another.
    Borrowing,
}

/// A cue verb with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group<'r> {
    pub form: &'r CueForm,
    pub stand: Stand,
    /// The first token: negation, clitic, auxiliary or the verb.
    pub start: usize,
    /// One past the last token of the verb.
    pub end: usize,
    pub negated: bool,
    /// The pronoun hung on the verb.
    pub inverted: Option<usize>,
    /// Whether it shares the auxiliary of a participle before it.
    pub shared: bool,
}

impl Scene<'_> {
    /// The cue forms that a token is, accents told apart.
    pub fn forms(&self, at: usize) -> impl Iterator<Item = &CueForm> {
        let written = self.doc.source(at..at + 1);
        let plain = self.doc.is(at, Kind::Word);
        let forms = if plain { self.rules.cue(self.lang, self.doc.word(at)) } else { &[] };
        forms.iter().filter(move |f| written.chars().flat_map(char::to_lowercase).eq(f.written.chars()))
    }

    /// Whether a token may be a finite cue verb.
    pub fn finite(&self, at: usize) -> bool {
        self.forms(at).any(|f| f.form.is_finite())
    }

    pub fn avoir(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        // An English article is no French verb.
        let article = word == "a" && self.lang == Lang::En;
        // « Mistral AI »
        let name = word.len() > 1 && self.doc.source(at..at + 1).chars().all(char::is_uppercase);
        lexis::is_avoir(word) && !article && !name && !self.doc.source(at..at + 1).starts_with(['à', 'À'])
    }

    /// The cue verb at a token, in a sentence that begins at `from`.
    pub fn group(&self, at: usize, from: usize, limit: usize) -> Option<Group<'_>> {
        self.forms(at).find_map(|form| self.group_of(form, at, from, limit))
    }

    pub fn group_of<'r>(&self, form: &'r CueForm, at: usize, from: usize, limit: usize) -> Option<Group<'r>> {
        let mut end = at + 1;
        let inverted = (end < limit && self.doc.tokens[end].inverted).then_some(end);
        if inverted.is_some() {
            end += 1;
        }
        end = self.tail_end(form, end, limit)?;
        let mut group = Group { form, stand: Stand::Finite, start: at, end, negated: false, inverted, shared: false };
        match form.form.mood {
            Mood::PastParticiple => self.compound(&mut group, at, from)?,
            Mood::PresentParticiple => {
                group.stand = Stand::Borrowing;
                let gerund = at > from && matches!(self.doc.word(at - 1), "en" | "y");
                if gerund {
                    group.start = at - 1;
                }
                if at > from && lexis::is_etre(self.doc.word(at - 1)) {
                    group.stand = Stand::Finite;
                    group.start = at - 1;
                }
                return (!form.reflexive || self.reflexive(at, from)).then_some(group);
            }
            Mood::Infinitive => self.governed_infinitive(&mut group, at, from)?,
            _ => self.simple(&group, at, from)?,
        }
        if self.lang == Lang::En {
            self.take_auxiliaries(&mut group, from);
            // `would have said` tells what nobody said.
            if self.doc.word(group.start) == "would" && self.doc.word(at - 1) == "have" {
                return None;
            }
        }
        let reflexive = self.take_clitics(&mut group, from);
        (form.reflexive == reflexive).then_some(group)
    }

    /// Where a cue of several words ends whose verb ends at `end`: « met en avant »; `None` where the rest is missing.
    pub fn tail_end(&self, form: &CueForm, end: usize, limit: usize) -> Option<usize> {
        if form.tails.is_empty() {
            return Some(end);
        }
        (end..limit.min(end + 3)).find_map(|t| form.tails.iter().find_map(|tail| self.spells(t, tail)))
    }

    fn reflexive(&self, at: usize, from: usize) -> bool {
        at > from && matches!(self.doc.word(at - 1), "se" | "s")
    }

    /// Whether a finite form can be a verb here.
    fn simple(&self, group: &Group<'_>, at: usize, from: usize) -> Option<()> {
        if group.inverted.is_some() {
            return Some(());
        }
        let before = at.checked_sub(1).filter(|&b| b >= from)?;
        if self.doc.capital(at) {
            return None;
        }
        if self.lang == Lang::En && !self.is_verb_here(group, before) {
            return None;
        }
        let word = self.doc.word(before);
        if self.makes_noun(before) {
            // « il le dit », « qui l'annonce »: a clitic after a pronoun.
            let clitic = matches!(word, "le" | "la" | "l" | "les" | "leur" | "en");
            let earlier = before.checked_sub(1).filter(|&b| b >= from).map_or("", |b| self.doc.word(b));
            let pronoun = lexis::is_subject_pronoun(earlier) || matches!(earlier, "qui" | "ne" | "n" | "comme");
            return (clitic && pronoun).then_some(());
        }
        let pronoun = word == "on" && self.lang == Lang::Fr;
        let noun = (lexis::is_preposition(word) && !pronoun && !matches!(word, "des"))
            || lexis::is_etre(word)
            || word == "comme";
        let name = self.table.at(before).is_some();
        (name || !noun).then_some(())
    }

    /// A participle with its auxiliary, or with the one of the participle that it is joined to.
    fn compound(&self, group: &mut Group<'_>, at: usize, from: usize) -> Option<()> {
        self.with_auxiliary(group, at, from).or_else(|| self.joined(group, at, from))
    }

    /// « a dit « … » et demandé à X de … »: the second participle shares the auxiliary of the first.
    fn joined(&self, group: &mut Group<'_>, at: usize, from: usize) -> Option<()> {
        group.shared = true;
        (!group.form.reflexive && self.shares_auxiliary(at, from)).then_some(())
    }

    /// Whether a participle at `at` is joined to one that has its auxiliary, in a sentence that begins at `from`.
    fn shares_auxiliary(&self, at: usize, from: usize) -> bool {
        let participle = |t: usize| self.forms(t).any(|f| f.form.mood == Mood::PastParticiple && !f.reflexive);
        let mut before = at;
        while before > from && self.adverb(before - 1) {
            before -= 1;
        }
        if before <= from || !matches!(self.doc.word(before - 1), "et" | "puis") || !participle(at) {
            return false;
        }
        let auxiliary = (from..before).rev().take(JOINED).find(|&t| self.avoir(t) && !self.doc.quoted(t));
        auxiliary.is_some_and(|auxiliary| (auxiliary + 1..before.min(auxiliary + 5)).any(participle))
    }

    fn with_auxiliary(&self, group: &mut Group<'_>, at: usize, from: usize) -> Option<()> {
        let floor = from.max(at.saturating_sub(AUXILIARY));
        let mut words = 0;
        for before in (floor..at).rev() {
            let word = self.doc.word(before);
            if self.doc.tokens[before].inverted {
                group.inverted = Some(before);
                continue;
            }
            if self.avoir(before) {
                if word == "avoir" {
                    return None;
                }
                group.start = before;
                if word == "ayant" {
                    group.stand = Stand::Borrowing;
                }
                return Some(());
            }
            if lexis::is_etre(word) {
                group.start = before;
                return group.form.reflexive.then_some(());
            }
            match self.doc.kind(before) {
                Some(Kind::Comma) => {}
                Some(Kind::Word) if self.adverb(before) => {}
                Some(Kind::Word) => words += 1,
                _ => return None,
            }
            // « La Russie et la Chine ont, elles, accusé »
            let stressed =
                self.doc.is(before + 1, Kind::Comma) && before > from && self.doc.is(before - 1, Kind::Comma);
            if stressed && matches!(word, "elle" | "elles" | "lui" | "eux") {
                continue;
            }
            if words > 5 || lexis::is_relative(word) || lexis::is_subject_pronoun(word) || self.doc.quoted(before) {
                return None;
            }
        }
        None
    }

    /// « vient d'annoncer », « a tenu à préciser », « avant de conclure », « pour dénoncer ».
    fn governed_infinitive(&self, group: &mut Group<'_>, at: usize, from: usize) -> Option<()> {
        if self.lang == Lang::En && self.led_to(group, at, from).is_some() {
            return Some(());
        }
        let mut before = at.checked_sub(1).filter(|&b| b >= from)?;
        if matches!(self.doc.word(before), "se" | "s" | "y" | "lui" | "leur" | "to") && before > from {
            before -= 1;
        }
        let word = self.doc.word(before);
        let earlier = before.checked_sub(1).filter(|&b| b >= from);
        let verb = earlier.map_or("", |b| self.doc.word(b));
        let near =
            matches!(verb, "vient" | "viennent" | "venait" | "venaient" | "tient" | "tenu" | "tenait" | "tiennent");
        if near && (lexis::is_of(word) || word == "a") {
            group.start = earlier?;
            if self.avoir(group.start.saturating_sub(1)) && group.start > from {
                group.start -= 1;
            }
            return Some(());
        }
        if matches!(
            word,
            "va" | "vont"
                | "doit"
                | "devrait"
                | "devait"
                | "voulu"
                | "veut"
                | "peut"
                | "pourrait"
                | "allait"
                | "will"
                | "would"
                | "fait"
        ) {
            group.start = before;
            if self.avoir(before.saturating_sub(1)) && before > from {
                group.start -= 1;
            }
            return Some(());
        }
        // « Et de conclure : »: whoever spoke last.
        let goes_on = word == "de" && verb == "et" && earlier == Some(from)
            || word == "d" && verb == "et" && earlier == Some(from);
        if goes_on || matches!(word, "pour" | "sans") || lexis::is_of(word) && verb == "avant" {
            group.stand = Stand::Borrowing;
            group.negated = word == "sans";
            group.start = before;
            return Some(());
        }
        None
    }

    /// Takes negation and clitics before the verb into the group; says whether one is reflexive.
    fn take_clitics(&self, group: &mut Group<'_>, from: usize) -> bool {
        let mut reflexive = false;
        while group.start > from {
            let word = self.doc.word(group.start - 1);
            let adverb =
                self.adverb(group.start - 1) && !self.doc.capital(group.start - 1) && !matches!(word, "puis" | "donc");
            let inverted = self.doc.tokens[group.start - 1].inverted;
            if !(lexis::is_clitic(word) || adverb) || inverted {
                break;
            }
            if self.doc.capital(group.start - 1) {
                break;
            }
            if word == "ne" || word == "n" {
                group.negated = true;
            }
            reflexive |= matches!(word, "se" | "s");
            group.start -= 1;
        }
        let inner = group.start..group.end;
        reflexive | inner.clone().any(|t| matches!(self.doc.word(t), "se" | "s"))
    }

    /// Where the clause that begins at `from` ends: before the next cue, or with the sentence.
    pub fn clause_end(&self, from: usize, limit: usize) -> usize {
        let mut at = from;
        let mut depth = 0usize;
        while at < limit {
            if let Some(quote) = self.doc.opens(at) {
                at = quote.close + 1;
                if self.lang == Lang::En && self.shuts(quote, at, limit) {
                    break;
                }
                continue;
            }
            match self.doc.kind(at) {
                Some(Kind::OpenBracket) => depth += 1,
                Some(Kind::CloseBracket) => {
                    if depth == 0 {
                        break;
                    }
                    depth -= 1;
                }
                Some(Kind::Semicolon) if depth == 0 => break,
                Some(Kind::Colon) if depth == 0 && at > from && self.speaks_anew(at + 1, limit) => break,
                Some(Kind::Comma) if depth == 0 && self.turns(at + 1, limit) => break,
                Some(Kind::Word) if depth == 0 && at > from && self.turns_within(at, limit) => break,
                _ => {}
            }
            at += 1;
        }
        self.trim_end(from, at.min(limit))
    }

    /// Drops the signs at the end of a stretch that belong to the sentence.
    pub fn trim_end(&self, from: usize, mut end: usize) -> usize {
        while end > from {
            let last = end - 1;
            let sign = match self.doc.kind(last) {
                Some(Kind::Comma | Kind::Stop | Kind::Colon | Kind::Semicolon) => !self.doc.quoted(last),
                Some(Kind::Dash) => true,
                _ => false,
            };
            if !sign {
                break;
            }
            end = last;
        }
        end
    }

    /// Whether what follows a colon is a speech of its own: a quotation, or a clause with a cue.
    fn speaks_anew(&self, at: usize, limit: usize) -> bool {
        if let Some(quote) = self.doc.opens(at) {
            return self.doc.count(quote.open..quote.close) >= SPEECH;
        }
        (at..limit.min(at + 8)).any(|t| {
            !self.doc.quoted(t)
                && self.group(t, at, limit).is_some_and(|g| g.stand == Stand::Finite && self.strong(&g, limit))
        })
    }

    /// Whether what follows a comma attributes anew.
    fn turns(&self, at: usize, limit: usize) -> bool {
        let head = self.skip_openers(at, limit);
        if head >= limit {
            return false;
        }
        let word = self.doc.word(head);
        if word == "selon" || word == "d" && self.doc.word(head + 1) == "apres" || word == "according" {
            return true;
        }
        if word == "y" && self.doc.word(head + 1).ends_with("ant") || self.incise(at, limit, false).is_some() {
            return true;
        }
        let window = head..limit.min(head + 5);
        let opposed = matches!(word, "tandis" | "alors" | "quand")
            || matches!(self.doc.word(at), "tandis" | "alors" | "mais" | "while" | "puis" | "et" | "but" | "and");
        let wide = if opposed { at..limit.min(at + 14) } else { window };
        let from = if self.lang == Lang::En { at - 1 } else { at };
        wide.into_iter().any(|t| {
            !self.doc.quoted(t)
                && self.group(t, from, limit).is_some_and(|g| match g.stand {
                    Stand::Borrowing => g.start <= head + 2 && self.strong(&g, limit),
                    Stand::Finite => (opposed || word == "qui" || g.start <= head + 1) && self.strong(&g, limit),
                })
        })
    }

    /// Whether a word within a clause begins another attribution: « et précise que », « tout en affirmant ».
    fn turns_within(&self, at: usize, limit: usize) -> bool {
        let word = self.doc.word(at);
        match word {
            "et" | "mais" | "puis" | "and" | "but" => {
                let next = self.skip_openers(at + 1, limit);
                (next..limit.min(next + 5)).any(|t| {
                    !self.doc.quoted(t)
                        && (self.group(t, at, limit).is_some_and(|g| g.start <= next && self.strong(&g, limit))
                            || t == next && self.shares_auxiliary(t, self.doc.sentence_start(t)))
                })
            }
            "tout" | "en" | "avant" => (at + 1..limit.min(at + 4)).any(|t| {
                self.group(t, at, limit)
                    .is_some_and(|g| g.stand == Stand::Borrowing && g.start <= at + 1 && self.strong(&g, limit))
            }),
            "tandis" | "while" => (at + 1..limit.min(at + 12)).any(|t| self.finite(t)),
            _ => false,
        }
    }

    /// Whether a cue is followed by what it brings: « que », an opening mark, an infinitive.
    fn strong(&self, group: &Group<'_>, limit: usize) -> bool {
        let mut at = group.end;
        while at < limit && self.adverb(at) {
            at += 1;
        }
        let word = self.doc.word(at);
        let frames = group.form.frames;
        let preposition = matches!(word, "a" | "de" | "d" | "to")
            && (self.verb_start(at + 1, limit).is_some() || self.doc.opens(at + 1).is_some())
            && frames.any(Frames::A_INF.with(Frames::DE_INF));
        let infinitive = frames.has(Frames::INF) && self.verb_start(at, limit).is_some();
        let object = frames.has(Frames::NP) && lexis::is_determiner(word);
        let quoted = self.doc.opens(at).is_some() || lexis::is_determiner(word) && self.doc.opens(at + 1).is_some();
        let bare = self.lang == Lang::En
            && group.stand == Stand::Borrowing
            && frames.any(Frames::ZERO.with(Frames::QUE))
            && self.begins_clause(at, limit);
        bare || lexis::is_that(word) || quoted || preposition || infinitive || object || self.doc.is(at, Kind::Colon)
    }

    /// The speaker of a verb group.
    pub fn speaker_of(&self, group: &Group<'_>, from: usize) -> Option<Who> {
        if let Some(pronoun) = group.inverted {
            return Some(self.pronoun(pronoun));
        }
        match group.stand {
            Stand::Finite => match self.subject(group.start, from) {
                Some(Who::Nobody) => self.house(from, group.start).or(Some(Who::Nobody)),
                who => who.map(|who| self.with_additions(who, group.start)),
            },
            Stand::Borrowing => self.lender(group.start, from),
        }
    }

    /// « À la CGT, on dénonce », « Chez X, on assure »: the house speaks.
    fn house(&self, from: usize, verb: usize) -> Option<Who> {
        let on = verb.checked_sub(1).filter(|&t| self.doc.word(t) == "on")?;
        // « la CFDT, où l'on estime que »
        let place = on - usize::from(on > from && self.doc.word(on - 1) == "l");
        if place > from + 2 && self.doc.word(place - 1) == "ou" && self.doc.is(place - 2, Kind::Comma) {
            let name = self.table.at(place - 3).filter(|m| m.tokens.end == place - 2);
            return name.map(|m| Who::Phrase(m.tokens.clone())).or_else(|| self.antecedent(place - 2, from));
        }
        if !matches!(self.doc.word(from), "a" | "au" | "aux" | "chez" | "du") {
            return None;
        }
        let first =
            (from + 1..verb.min(from + 4)).find(|&t| !matches!(self.doc.word(t), "cote" | "de" | "du" | "des"))?;
        let end = self.phrase_end(first, verb);
        let named = !self.table.within(first..end).is_empty()
            || self.rules.is_organisation_word(self.lang, self.doc.word(first));
        (named && self.doc.is(end, Kind::Comma)).then_some(Who::Phrase(first..end))
    }

    /// Whose subject a participle takes: that of the verb before it, or what it stands right behind.
    fn lender(&self, at: usize, from: usize) -> Option<Who> {
        let comma = (from..at).rev().find(|&t| self.doc.is(t, Kind::Comma) && !self.doc.quoted(t));
        if let Some(comma) = comma {
            match self.doc.word(comma + 1) {
                "dont" => return self.first_subject(comma + 2, at),
                "qui" => return self.antecedent(comma, from),
                _ => {}
            }
        }
        if let Some(pronoun) = (from..at).rev().find(|&t| self.doc.tokens[t].inverted && !self.doc.quoted(t)) {
            return Some(self.pronoun(pronoun));
        }
        let main = (self.lang == Lang::En).then(|| self.main_subject(from, at)).flatten();
        main.or_else(|| self.first_subject(from, at)).or_else(|| (at > from).then_some(Who::Carried))
    }
}
