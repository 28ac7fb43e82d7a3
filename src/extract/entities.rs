//! The names of an article: who is who, by which forms, in which role.
//!
//! One pass gathers runs of capitalised words with their particles; titles, first names, roles beside the name and
//! articles before it tell persons from organisations. A surname, an initial or a spelling one letter off leads to
//! the fullest form. Roles are learned from appositions on either side, so that « le dirigeant » can be led back.

mod english;
mod roles;

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::lexis;
use super::rules::{Gender, Rules};
use super::words::{Doc, Kind};
use crate::model::{Lang, SpeakerKind};

/// How many words a name may have.
const LONGEST: usize = 9;

/// Somebody or something with a name.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// The fullest form.
    pub name: String,
    pub kind: SpeakerKind,
    pub gender: Option<Gender>,
    /// What the article says it is.
    pub role: Option<String>,
    /// The folded words of every role it was given.
    pub roles: Vec<String>,
    pub aliases: Vec<String>,
    /// How often it is named.
    pub count: usize,
    /// Whether the article calls it an institution: « le groupe Valmont », « Valmont, une entreprise de Lyon ».
    pub institution: bool,
    words: Vec<String>,
}

/// A place where an entity is named.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub tokens: Range<usize>,
    pub entity: usize,
}

/// The names of an article, with their places in order.
#[derive(Default)]
pub(super) struct Table {
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    /// The entities whose roles hold a word, in ascending order.
    by_role: HashMap<String, Vec<usize>>,
}

impl Table {
    pub fn new(doc: &Doc<'_>, rules: &Rules) -> Self {
        let names = Names { doc, rules, common: common_words(doc), inner: inner_names(doc) };
        let mut table = Self::default();
        let mut runs = names.runs();
        // The longest forms first, so that shorter ones find them; the order of the text decides among equals.
        let mut order: Vec<usize> = (0..runs.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(runs[i].words.len()), i));
        let mut index = Index::default();
        for i in order {
            let run = &mut runs[i];
            run.entity = Some(table.enter(run, &mut index, doc));
        }
        for (at, entity) in table.entities.iter().enumerate() {
            for word in entity.roles.iter().flat_map(|role| role.split(' ')) {
                let bearers = table.by_role.entry(word.to_owned()).or_default();
                if bearers.last() != Some(&at) {
                    bearers.push(at);
                }
            }
        }
        table.mentions =
            runs.iter().filter_map(|r| Some(Mention { tokens: r.tokens.clone(), entity: r.entity? })).collect();
        table
    }

    /// The entities that may have a role with all these words: those that have the rarest of them, in ascending order.
    pub fn with_role(&self, words: &[&str]) -> &[usize] {
        let bearers = |word: &&str| self.by_role.get(*word).map_or(&[][..], Vec::as_slice);
        words.iter().map(bearers).min_by_key(|bearers| bearers.len()).unwrap_or_default()
    }

    /// The mentions that lie wholly in a run of tokens.
    pub fn within(&self, tokens: Range<usize>) -> &[Mention] {
        let first = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        let last = self.mentions.partition_point(|m| m.tokens.end <= tokens.end).max(first);
        &self.mentions[first..last]
    }

    /// The mention that covers a token.
    pub fn at(&self, token: usize) -> Option<&Mention> {
        let next = self.mentions.partition_point(|m| m.tokens.start <= token);
        self.mentions[..next].last().filter(|m| token < m.tokens.end)
    }

    fn enter(&mut self, run: &Run, index: &mut Index, doc: &Doc<'_>) -> usize {
        let words = &run.words;
        let known = index.find(words, &self.entities, run);
        let source = doc.source(run.tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(at) = known else {
            self.entities.push(Entity {
                name: source,
                kind: run.kind,
                gender: run.gender,
                role: run.role.clone(),
                roles: run.role_words.clone(),
                aliases: Vec::new(),
                count: 1,
                institution: run.institution,
                words: words.clone(),
            });
            index.add(words, self.entities.len() - 1);
            return self.entities.len() - 1;
        };
        let entity = &mut self.entities[at];
        entity.count += 1;
        entity.institution |= run.institution;
        if entity.name != source && !entity.aliases.contains(&source) {
            entity.aliases.push(source);
        }
        entity.gender = entity.gender.or(run.gender);
        if entity.kind != SpeakerKind::Person && run.sure_person {
            entity.kind = SpeakerKind::Person;
        }
        if entity.role.is_none() {
            entity.role.clone_from(&run.role);
        }
        for role in &run.role_words {
            if !entity.roles.contains(role) {
                entity.roles.push(role.clone());
            }
        }
        at
    }
}

/// Ways from words to entities.
#[derive(Default)]
struct Index {
    full: HashMap<String, usize>,
    last: HashMap<String, Vec<usize>>,
    first: HashMap<String, Vec<usize>>,
}

impl Index {
    fn add(&mut self, words: &[String], entity: usize) {
        self.full.insert(words.join(" "), entity);
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            self.last.entry(last.clone()).or_default().push(entity);
            self.first.entry(first.clone()).or_default().push(entity);
        }
    }

    fn find(&self, words: &[String], entities: &[Entity], run: &Run) -> Option<usize> {
        if let Some(&same) = self.full.get(&words.join(" ")) {
            return Some(same);
        }
        let last = words.last()?;
        let by_last = self.last.get(last).map(Vec::as_slice).unwrap_or_default();
        let ends_so = |e: &&usize| {
            let entity = &entities[**e];
            let long = &entity.words;
            (entity.kind == SpeakerKind::Person || words.len() > 1)
                && long.len() > words.len()
                && (long.ends_with(words) || words.len() == 2 && initial_of(&words[0], &long[0]))
        };
        if let Some(&entity) = by_last.iter().take(20).filter(ends_so).max_by_key(|e| entities[**e].count) {
            return Some(entity);
        }
        if words.len() == 1 && !run.sure_person {
            let first = self.first.get(&words[0]).map(Vec::as_slice).unwrap_or_default();
            if let Some(&entity) = first.iter().take(20).find(|e| entities[**e].kind == SpeakerKind::Organisation) {
                return Some(entity);
            }
        }
        if run.english && words.len() > 1 {
            // `LA Alliance` for the `LA Alliance for Human Rights`
            let first = self.first.get(&words[0]).map(Vec::as_slice).unwrap_or_default();
            let longer = |e: &&usize| {
                let entity = &entities[**e];
                entity.kind == SpeakerKind::Organisation
                    && entity.words.len() > words.len()
                    && entity.words.starts_with(words)
            };
            if let Some(&entity) = first.iter().take(20).find(longer) {
                return Some(entity);
            }
        }
        let by_first = self.first.get(&words[0]).map(Vec::as_slice).unwrap_or_default();
        by_last.iter().chain(by_first).take(20).copied().find(|&e| is_variant(words, &entities[e].words))
    }
}

fn initial_of(initial: &str, name: &str) -> bool {
    initial.chars().count() == 1 && name.starts_with(initial)
}

/// The same name but for one letter in one long word.
fn is_variant(a: &[String], b: &[String]) -> bool {
    a.len() == b.len()
        && a.len() > 1
        && a.iter().zip(b).filter(|(x, y)| x != y).count() == 1
        && a.iter().zip(b).all(|(x, y)| x == y || x.len() >= 5 && one_letter_off(x, y))
}

fn one_letter_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let rest = usize::from(long.len() == short.len());
    short.get(same + rest..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

/// A run of capitalised words, with what its neighbourhood says.
struct Run {
    tokens: Range<usize>,
    words: Vec<String>,
    kind: SpeakerKind,
    sure_person: bool,
    english: bool,
    institution: bool,
    gender: Option<Gender>,
    role: Option<String>,
    role_words: Vec<String>,
    entity: Option<usize>,
}

/// Words that the article writes with a capital and small as well.
fn common_words<'d>(doc: &'d Doc<'_>) -> HashSet<&'d str> {
    let words = || (0..doc.tokens.len()).filter(|&t| doc.is(t, Kind::Word));
    let capital: HashSet<&str> = words().filter(|&t| doc.capital(t)).map(|t| doc.word(t)).collect();
    words().filter(|&t| !doc.capital(t)).map(|t| doc.word(t)).filter(|word| capital.contains(word)).collect()
}

/// Words that the article writes with a capital also within sentences.
fn inner_names<'d>(doc: &'d Doc<'_>) -> HashSet<&'d str> {
    let inner = doc.sentences.iter().flat_map(|s| s.tokens.start + 1..s.tokens.end);
    inner.filter(|&t| doc.capital(t) && !doc.is(t - 1, Kind::Mark)).map(|t| doc.word(t)).collect()
}

struct Names<'d, 'a> {
    doc: &'d Doc<'a>,
    rules: &'d Rules,
    common: HashSet<&'d str>,
    inner: HashSet<&'d str>,
}

impl Names<'_, '_> {
    fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for sentence in &self.doc.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                if !self.begins_name(at, sentence.tokens.start) {
                    at += 1;
                    continue;
                }
                let end = self.name_end(at, sentence.tokens.end);
                let start = self.with_article(self.name_start(at, end), sentence.tokens.start);
                runs.push(self.describe(start..end, sentence.tokens.clone()));
                at = end;
            }
        }
        runs
    }

    fn begins_name(&self, at: usize, first: usize) -> bool {
        if !self.doc.capital(at) || !self.doc.is(at, Kind::Word) {
            return false;
        }
        let word = self.doc.word(at);
        if (lexis::is_title(word) || self.is_role(at)) && (self.doc.capital(at + 1) || self.is_role(at)) {
            return false;
        }
        let opens =
            at == first || matches!(self.doc.kind(at - 1), Some(Kind::Mark | Kind::Colon | Kind::Dash | Kind::Stop));
        let english = self.doc.lang == Lang::En;
        let begins = if english { lexis::begins_english_sentences(word) } else { lexis::begins_sentences(word) };
        if begins {
            // « La Croix », « Le Monde »: a paper's article is part of its name within a sentence.
            return matches!(word, "la" | "le" | "les" | "the") && !opens && self.doc.capital(at + 1);
        }
        if !opens || english && self.is_organisation_word(word) && lexis::is_of(self.doc.word(at + 1)) {
            return true;
        }
        if self.common.contains(word) || self.doc.lang == Lang::En && self.rules.is_group_word(Lang::En, word) {
            return self.doc.capital(at + 1) && self.rules.is_first_name(word);
        }
        let next = self.doc.word(at + 1);
        self.inner.contains(word)
            || self.doc.capital(at + 1)
            || lexis::is_avoir(next)
            || lexis::is_etre(next)
            || lexis::is_particle(next)
            || self.doc.is(at + 1, Kind::Comma)
            || [Lang::Fr, Lang::En].iter().any(|&l| !self.rules.cue(l, next).is_empty())
    }

    fn name_end(&self, start: usize, limit: usize) -> usize {
        let organisation = self.is_organisation_word(self.doc.word(start));
        let free = organisation || self.rules.is_first_name(self.doc.word(start));
        let mut end = start + 1;
        while end < limit.min(start + LONGEST) {
            if self.doc.capital(end)
                && self.doc.is(end, Kind::Word)
                && !self.doc.source(end..end + 1).ends_with(['\'', '’'])
            {
                end += 1;
                continue;
            }
            if self.doc.lang == Lang::En && self.joins_institution(start, end, limit) {
                end += 2 + usize::from(!self.doc.capital(end + 1));
                continue;
            }
            let joins = |t: usize| {
                let word = self.doc.word(t);
                lexis::is_particle(word)
                    && (free && (end == start + 1 || organisation)
                        || matches!(word, "von" | "van" | "der" | "bin" | "ben" | "al" | "el" | "ould" | "ibn"))
            };
            let one = joins(end) && self.doc.capital(end + 1);
            let two = joins(end) && joins(end + 1) && self.doc.capital(end + 2);
            if !(one || two) || end + 1 + usize::from(!one) >= limit {
                break;
            }
            end += if one { 2 } else { 3 };
        }
        end
    }

    /// Where the person's own name begins in a run that also holds what stands before it: « Twitch Emmet Shear ».
    fn name_start(&self, start: usize, end: usize) -> usize {
        let first = |t: usize| self.rules.is_first_name(self.doc.word(t));
        let whole = self.doc.lang == Lang::En && (start..end).any(|t| matches!(self.doc.word(t), "of" | "for"));
        if let Some(role) = (start..end - 1).rev().find(|&t| self.is_role(t) && !whole) {
            return role + 1;
        }
        if end - start < 3 || first(start) {
            return start;
        }
        if let Some(name) = self.person_within(start, end).filter(|_| !whole) {
            return name;
        }
        let noble = |t: &usize| matches!(self.doc.word(*t), "von" | "van" | "bin" | "ben" | "ibn");
        if let Some(particle) = (start + 2..end - 1).find(noble) {
            return particle - 1;
        }
        let inside =
            start > 0 && (lexis::is_of(self.doc.word(start - 1)) || lexis::is_determiner(self.doc.word(start - 1)));
        (start + 1..end - 1).filter(|_| inside).find(|&t| first(t) && self.doc.capital(t)).unwrap_or(start)
    }

    /// « Selon L'Équipe »: an article with a capital within a sentence is part of the name.
    fn with_article(&self, start: usize, first: usize) -> usize {
        let article = start > first + 1 && self.doc.word(start - 1) == "l" && self.doc.capital(start - 1);
        let opens = article && !self.doc.is(start - 2, Kind::Word);
        if article && !opens { start - 1 } else { start }
    }

    fn is_role(&self, at: usize) -> bool {
        is_role(self.rules, self.doc.word(at))
    }

    fn is_organisation_word(&self, word: &str) -> bool {
        [Lang::Fr, Lang::En].iter().any(|&l| self.rules.is_organisation_word(l, word))
    }

    fn describe(&self, tokens: Range<usize>, sentence: Range<usize>) -> Run {
        let doc = self.doc;
        let own = tokens.start + usize::from(doc.word(tokens.start) == "l" && tokens.len() > 1);
        let words: Vec<String> = (own..tokens.end).map(|t| doc.word(t).to_owned()).collect();
        let called = words.len() > 1 && words.first().is_some_and(|w| self.rules.is_first_name(w));
        let given = words.first().filter(|_| called).and_then(|w| self.rules.gender_of_first_name(w));
        let before = tokens.start.checked_sub(1).filter(|&b| b >= sentence.start);
        let title = before.map(|b| doc.word(b)).filter(|w| lexis::is_title(w));
        let mut gender = match title {
            Some("mme" | "mlle" | "mrs" | "ms") => Some(Gender::Feminine),
            Some("m" | "mr") => Some(Gender::Masculine),
            _ => given,
        };
        let english = doc.lang == Lang::En;
        let place = english && words.last().is_some_and(|w| lexis::ends_place(w));
        let organisation = place || words.iter().any(|w| self.is_organisation_word(w));
        // « À Lille, la maire a dit »: what stands behind a place is no role of the place.
        let placed = !called
            && before.is_some_and(|b| {
                matches!(doc.word(b), "a" | "au" | "aux" | "en" | "dans" | "vers" | "depuis" | "in" | "at")
            });
        let (after, prior) = if organisation || placed {
            (None, None)
        } else {
            (self.role_after(&tokens, &sentence), self.role_before(&tokens, &sentence))
        };
        let role_range = after.clone().or_else(|| prior.clone());
        if gender.is_none() {
            gender = role_range.clone().and_then(|r| self.gender_of_role(r));
        }
        let article = before
            .is_some_and(|b| matches!(doc.word(b), "l" | "la" | "le" | "les" | "du" | "au" | "aux" | "des" | "the"));
        let acronym = words.len() == 1 && doc.source(tokens.clone()).chars().filter(|c| c.is_uppercase()).count() > 1;
        let noble = words.iter().any(|w| matches!(w.as_str(), "von" | "van" | "bin" | "ben" | "ibn"));
        let first =
            english && words.len() == 1 && self.rules.is_first_name(&words[0]) && !doc.is(tokens.end, Kind::Dash);
        let sure_person = !organisation
            && (first && doc.is(tokens.end, Kind::Comma)
                || noble && words.len() > 2
                || title.is_some()
                || called
                || role_range.is_some());
        // `O'Leary` and `McDougall` have two capitals and shout none.
        let small = |t: usize| doc.lang == Lang::En && doc.source(t..t + 1).chars().any(char::is_lowercase);
        let shouted =
            tokens.clone().any(|t| !small(t) && doc.source(t..t + 1).chars().filter(|c| c.is_uppercase()).count() > 1);
        let governed = before.is_some_and(|b| lexis::is_of(doc.word(b)) || matches!(doc.word(b), "chez" | "a" | "en"));
        let kind = if sure_person || words.len() > 1 && !article && !organisation && !acronym && !shouted && !governed {
            SpeakerKind::Person
        } else {
            SpeakerKind::Organisation
        };
        if kind == SpeakerKind::Organisation && gender.is_none() {
            gender = match before.map(|b| doc.word(b)) {
                Some("la") => Some(Gender::Feminine),
                Some("le" | "du" | "au") => Some(Gender::Masculine),
                _ => None,
            };
        }
        let institution = organisation || acronym || self.called_institution(&tokens, &sentence);
        let role_words =
            after.into_iter().chain(prior).map(|r| r.map(|t| doc.word(t)).collect::<Vec<_>>().join(" ")).collect();
        let role = role_range.map(|r| doc.source(r).split_whitespace().collect::<Vec<_>>().join(" "));
        Run { tokens, words, kind, sure_person, english, institution, gender, role, role_words, entity: None }
    }

    /// « le groupe NAME », « NAME, une entreprise de Lyon ».
    fn called_institution(&self, name: &Range<usize>, sentence: &Range<usize>) -> bool {
        let doc = self.doc;
        let word = |t: usize| self.rules.is_institution_word(crate::model::Lang::Fr, doc.word(t));
        let before = name.start > sentence.start && word(name.start - 1);
        let behind = name.end + 1 + usize::from(lexis::is_determiner(doc.word(name.end + 1)));
        before || doc.is(name.end, Kind::Comma) && behind < sentence.end && word(behind)
    }
}

/// Whether a word names a person's role, prefixes aside: « ex-PDG », « vice-président ».
pub(super) fn is_role(rules: &Rules, word: &str) -> bool {
    let bare = || ["ex-", "vice-", "co-", "sous-"].iter().find_map(|p| word.strip_prefix(p));
    rules.is_any_role(word) || word.contains('-') && bare().is_some_and(|bare| rules.is_any_role(bare))
}
