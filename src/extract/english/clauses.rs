//! Clauses without `that`, and what stands between a verb and its clause: who was told, when and where.

use super::super::Scene;
use super::super::complements::Content;
use super::super::cues::Group;
use super::super::lexis;
use super::super::rules::{Class, Frames};
use super::super::words::Kind;

/// How many tokens who was told, time and place may take together.
const SETTINGS: usize = 24;
/// Words that begin a question in a clause.
const QUESTIONS: &[&str] = &["how", "if", "what", "when", "where", "whether", "which", "who", "whom", "whose", "why"];

impl Scene<'_> {
    /// A clause without `that`: `said the bridge is safe`, `told reporters on Monday he would stay`.
    pub fn bare(&self, group: &Group<'_>, start: usize, limit: usize) -> Option<Content> {
        let frames = group.form.frames;
        let saying = matches!(group.form.class, Class::Saying | Class::Opinion) && frames.has(Frames::QUE);
        if !(frames.has(Frames::ZERO) || saying) {
            return None;
        }
        let first = self.bare_start(group, start, limit)?;
        let end = self.clause_end(first, limit);
        (self.doc.count(first..end) >= 3).then_some(Content { tokens: first..end, rule: "that", weight: 0.8 })
    }

    /// Where the clause begins behind a verb, whoever is told, times and places.
    fn bare_start(&self, group: &Group<'_>, start: usize, limit: usize) -> Option<usize> {
        let told = group.form.frames.has(Frames::ADDRESSEE);
        if told && start < limit && self.doc.is(start, Kind::Word) {
            let word = self.doc.word(start);
            let end = if lexis::is_object_pronoun(word) { start + 1 } else { self.told_end(start, limit) };
            let after = self.past_settings(end, limit);
            if end > start && self.begins_clause(after, limit) {
                return Some(after);
            }
            if &*group.form.lemma == "tell" {
                return None;
            }
        }
        let first = self.past_settings(start, limit);
        // After `says` whatever has a subject's look is a clause, though its verb be unknown.
        let says = matches!(&*group.form.lemma, "say" | "think" | "believe")
            && matches!(self.doc.kind(first), Some(Kind::Word))
            && (self.nominal(first) || self.plain_source(first, limit))
            && self.doc.count(first..limit) >= 6
            && self.table.at(first).is_none_or(|m| self.doc.is(m.tokens.end, Kind::Word));
        (self.begins_clause(first, limit) || says).then_some(first)
    }

    /// Where the name of whoever is told ends: before the subject of the clause.
    fn told_end(&self, start: usize, limit: usize) -> usize {
        let mut at = start + 1;
        let named = self.table.at(start).or_else(|| self.table.at(start + 1));
        if let Some(name) = named.filter(|m| m.tokens.start <= start + 1) {
            at = name.tokens.end;
        }
        while at < limit.min(start + 10) && self.doc.is(at, Kind::Word) && !self.opens_phrase(at) && !self.ends_told(at)
        {
            at += 1;
        }
        at
    }

    fn ends_told(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        lexis::is_relative(word)
            || QUESTIONS.contains(&word)
            || self.auxiliary(at)
            || self.is_moment(at)
            || lexis::is_english_preposition(word) && !lexis::is_of(word)
    }

    /// Whether a noun phrase begins at a token by a word that does nothing else.
    fn opens_phrase(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        let inside = lexis::is_of(self.doc.word(at - 1));
        !inside && (lexis::is_english_pronoun(word) || lexis::is_determiner(word) || word == "there" || word == "no")
            || self.doc.capital(at) && !inside && !self.doc.capital(at - 1)
    }

    /// Whether a clause begins at a token: a subject with a verb.
    pub fn begins_clause(&self, at: usize, limit: usize) -> bool {
        if at >= limit || self.doc.opens(at).is_some_and(|q| q.close + 1 >= limit) {
            return false;
        }
        let word = self.doc.word(at);
        if matches!(word, "themselves" | "himself" | "herself" | "itself" | "him" | "them" | "us" | "me") {
            return false;
        }
        let subordinate = matches!(word, "if" | "when" | "while" | "because" | "although" | "unless" | "despite");
        let joint = lexis::is_conjunction(word) && word != "while"
            || lexis::is_english_preposition(word) && word != "despite"
            || lexis::is_relative(word) && word != "when";
        let begins = matches!(self.doc.kind(at), Some(Kind::Word | Kind::Number | Kind::Mark));
        begins && !joint && !self.auxiliary(at) && (subordinate || self.has_clause(at, limit))
    }

    /// Whether a word is a day or another moment: `Monday`, `today`, `late`.
    pub fn is_moment(&self, at: usize) -> bool {
        matches!(
            self.doc.word(at),
            "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "today"
                | "tonight"
                | "yesterday"
                | "late"
                | "early"
                | "earlier"
                | "later"
                | "recently"
                | "previously"
                | "afterward"
                | "afterwards"
                | "again"
                | "jan"
                | "feb"
                | "january"
                | "february"
                | "april"
                | "june"
                | "july"
                | "august"
                | "september"
                | "october"
                | "november"
                | "december"
        )
    }

    /// Past times and places: `on Sunday`, `late Saturday night`, `in a statement`, `at a news conference in Paris`.
    pub fn past_settings(&self, start: usize, limit: usize) -> usize {
        let reach = limit.min(start + SETTINGS);
        let mut at = start;
        while at < reach {
            let word = self.doc.word(at);
            let next = self.doc.word(at + 1);
            if self.is_moment(at)
                || self.adverb(at) && !self.doc.capital(at)
                || self.doc.is(at, Kind::Number) && at > start
            {
                at += 1;
            } else if matches!(word, "this" | "last" | "next") && lexis::is_time(next) {
                at += 2;
            } else if matches!(word, "morning" | "afternoon" | "evening" | "night") && at > start {
                at += 1;
            } else if matches!(word, "over" | "about" | "under") && !self.doc.is(at + 1, Kind::Word) {
                break;
            } else if lexis::is_english_preposition(word)
                || matches!(word, "upon" | "via" | "following" | "between" | "outside" | "inside")
            {
                at = self.setting_end(at + 1, reach);
            } else if self.doc.is(at, Kind::OpenBracket) {
                let Some(close) = (at..reach).find(|&t| self.doc.is(t, Kind::CloseBracket)) else { break };
                at = close + 1;
            } else if self.doc.is(at, Kind::Comma) && at > start {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// Where the phrase behind a preposition ends: before whatever begins another.
    fn setting_end(&self, start: usize, reach: usize) -> usize {
        let mut at = start + 1;
        if let Some(name) = self.table.at(start).filter(|m| m.tokens.end > at) {
            at = name.tokens.end;
        }
        while at < reach && matches!(self.doc.kind(at), Some(Kind::Word | Kind::Number)) {
            let word = self.doc.word(at);
            if self.opens_phrase(at)
                || self.auxiliary(at)
                || lexis::is_english_preposition(word)
                || self.is_moment(at)
                || lexis::is_that(word)
            {
                break;
            }
            at += 1;
        }
        at
    }
}
impl Scene<'_> {
    /// Past whoever is told, times and places.
    fn past_told(&self, group: &Group<'_>, limit: usize) -> usize {
        let start = group.end;
        let word = self.doc.word(start);
        let told = group.form.frames.has(Frames::ADDRESSEE)
            && start < limit
            && self.doc.is(start, Kind::Word)
            && !lexis::is_english_preposition(word)
            && !QUESTIONS.contains(&word)
            && !lexis::is_that(word);
        let end = match told {
            true if lexis::is_object_pronoun(word) => start + 1,
            true => self.told_end(start, limit),
            false => start,
        };
        self.past_settings(end, limit)
    }

    /// `says, “We are ready”`: quoted words behind a comma.
    pub(super) fn behind_comma(&self, group: &Group<'_>, limit: usize) -> Option<Content> {
        let at = self.past_told(group, limit);
        let comma =
            [group.end, at].into_iter().find(|&t| self.doc.is(t, Kind::Comma) && self.doc.opens(t + 1).is_some());
        let open = comma.map(|t| t + 1).or_else(|| (at > group.end && self.doc.opens(at).is_some()).then_some(at))?;
        let quote = self.doc.opens(open)?;
        let speaks = group.form.frames.any(Frames::COLON.with(Frames::INCISE).with(Frames::ADDRESSEE));
        let end = (quote.close + 1).min(limit);
        let enough = self.doc.count(quote.open..quote.close) >= 2;
        (speaks && enough && open < limit).then_some(Content { tokens: open..end, rule: "quote", weight: 0.85 })
    }

    /// `said on Monday that`, `told the committee in May that`.
    pub(super) fn behind_settings(&self, group: &Group<'_>, limit: usize) -> Option<Content> {
        let that = self.past_told(group, limit);
        if that >= limit || !lexis::is_that(self.doc.word(that)) || !group.form.frames.has(Frames::QUE) {
            return None;
        }
        let end = self.clause_end(that + 1, limit);
        let enough = self.doc.count(that + 1..end) >= 2;
        enough.then_some(Content { tokens: that + 1..end, rule: "que", weight: 0.9 })
    }

    /// `asked whether`, `did not say where`.
    pub(super) fn question(&self, group: &Group<'_>, limit: usize) -> Option<Content> {
        let first = self.past_told(group, limit);
        if first >= limit || !group.form.frames.has(Frames::SI) || !QUESTIONS.contains(&self.doc.word(first)) {
            return None;
        }
        let end = self.clause_end(first, limit);
        (self.doc.count(first..end) >= 3).then_some(Content { tokens: first..end, rule: "que", weight: 0.75 })
    }

    /// `described the plan as a disaster`, `accused him of lying`, `called it “a shame”`.
    pub(super) fn rated(&self, group: &Group<'_>, limit: usize) -> Option<Content> {
        let frames = group.form.frames;
        let start = group.end;
        let reach = limit.min(start + SETTINGS);
        let plain = |t: &usize| matches!(self.doc.kind(*t), Some(Kind::Word | Kind::Number)) && !self.doc.quoted(*t);
        let joins = |t: usize| {
            let word = self.doc.word(t);
            let of = if &*group.form.lemma == "accuse" { "of" } else { "for" };
            frames.has(Frames::NP_COMME) && word == "as" || frames.has(Frames::NP_DE) && word == of
        };
        let far = (start + 1..reach).find(|t| !plain(t)).unwrap_or(reach);
        let joint = (start + 1..far).find(|&t| joins(t));
        let quote = frames.has(Frames::NP_ATTR) && far > start && far <= start + 10 && self.doc.opens(far).is_some();
        if !(joint.is_some() || quote)
            || !self.doc.is(start, Kind::Word)
            || lexis::is_english_preposition(self.doc.word(start))
        {
            return None;
        }
        let end = self.clause_end(far.max(start + 1), limit);
        let enough = self.doc.content(start..end) >= 2;
        enough.then_some(Content { tokens: start..end, rule: "object", weight: 0.7 })
    }
}
