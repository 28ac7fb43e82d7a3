//! English mentions: `the Labour leader`, `the company`, `he`, `it`.
//!
//! The last word of an English noun phrase is its head, so that `the City boss` is a boss and no City. A role leads to
//! whom the article gave it, or else to whoever was spoken of; `the company` to the last organisation that acted.

use std::ops::Range;

use super::super::entities::Entity;
use super::super::lexis;
use super::roles::UNIQUE;
use super::{MEMORY, Party, Resolver, Seen, named, party_kind};
use crate::extract::rules::Gender;
use crate::model::{Lang, SpeakerKind};
use crate::text::wordset::WordSet;

/// How many sentences back a role or `the company` may look.
const REACH: usize = 12;
/// Within how many sentences a bare role takes up whoever was spoken of.
const NEAR: usize = 4;
/// Nouns for an organisation that was named before.
static HOUSES: WordSet = WordSet::new(&[
    "agency",
    "airline",
    "association",
    "authority",
    "bank",
    "carmaker",
    "carrier",
    "chain",
    "charity",
    "chipmaker",
    "club",
    "company",
    "corporation",
    "firm",
    "force",
    "giant",
    "group",
    "institute",
    "insurer",
    "maker",
    "manufacturer",
    "network",
    "newspaper",
    "operator",
    "organisation",
    "organization",
    "paper",
    "regulator",
    "retailer",
    "startup",
    "team",
    "union",
    "watchdog",
]);

impl Resolver<'_, '_> {
    pub(super) fn of_english_phrase(&self, tokens: Range<usize>, sentence: usize) -> Party {
        let scene = self.scene;
        let core = tokens.start..scene.core_end(&tokens);
        let head = core.end - 1;
        let first = scene.doc.word(tokens.start);
        if let Some(owner) = self.owner(first, head, &tokens, sentence) {
            return owner;
        }
        let joined = core.clone().any(|t| scene.doc.word(t) == "and" && scene.table.at(t).is_none());
        if !joined && let Some(name) = scene.name_of_phrase(&tokens) {
            return named(scene.table, name.entity);
        }
        let back = (first == "the" && !joined)
            .then(|| self.role_holder(core.clone(), sentence).or_else(|| self.house(&core, sentence)));
        back.flatten().unwrap_or_else(|| self.unnamed(tokens, head))
    }

    /// Whom `the prime minister`, `the Labour MP`, `the 46-year-old` stand for.
    fn role_holder(&self, core: Range<usize>, sentence: usize) -> Option<Party> {
        let scene = self.scene;
        let head = core.end - 1;
        let word = scene.doc.word(head);
        let age = word.ends_with("-year-old");
        if !(self.role_at(head) || age) || scene.doc.capital(head) && core.len() > 2 && word != "mp" {
            return None;
        }
        let gender = scene.rules.gender_of_noun(Lang::En, word);
        let agrees = |g: Option<Gender>| g.is_none() || gender.is_none() || g == gender;
        let asked: Vec<&str> = core.clone().map(|t| scene.doc.word(t)).filter(|w| !lexis::is_function(w)).collect();
        let holds = |e: &Entity, asked: &[&str]| {
            let lesser = |r: &str| {
                matches!(r, "vice" | "deputy" | "former" | "assistant" | "ex" | "acting") && !asked.contains(&r)
            };
            let has =
                |role: &String| asked.iter().all(|w| role.split(' ').any(|r| r == *w)) && !role.split(' ').any(lesser);
            e.kind == SpeakerKind::Person && agrees(e.gender) && e.roles.iter().any(has)
        };
        for asked in [&asked[..], &[word]] {
            let entities = &scene.table.entities;
            let bearers = scene.table.with_role(asked).iter().copied();
            let holders: Vec<usize> = bearers.filter(|&e| holds(&entities[e], asked)).take(50).collect();
            if let [only] = holders[..] {
                return Some(named(scene.table, only));
            }
            let near = |s: &&Seen| s.party.entity.is_some_and(|e| holders.contains(&e));
            if let Some(seen) = self.back(sentence, REACH).find(near) {
                return Some(seen.party.clone());
            }
        }
        let alike =
            |s: &&Seen| s.rank == 3 && !s.party.speaker.named && s.party.speaker.name.split(' ').any(|w| w == word);
        if let Some(seen) = self.back(sentence, REACH).find(alike) {
            return Some(seen.party.clone());
        }
        let known = |s: &&Seen| {
            party_kind(s) == SpeakerKind::Person && s.party.speaker.named && s.rank > 1 && agrees(s.party.gender)
        };
        let unique = UNIQUE.contains(&word)
            || matches!(word, "king" | "queen" | "judge" | "chancellor" | "spokesman" | "spokeswoman" | "spokesperson");
        if unique { None } else { self.back(sentence, NEAR).find(known).map(|s| s.party.clone()) }
    }

    /// Which organisation `the company` or `the university` stands for.
    fn house(&self, core: &Range<usize>, sentence: usize) -> Option<Party> {
        let scene = self.scene;
        let word = scene.doc.word(core.end - 1);
        let any = HOUSES.has(word);
        if scene.doc.capital(core.end - 1) || !(any || scene.rules.is_organisation_word(Lang::En, word)) {
            return None;
        }
        let house = |s: &&Seen| party_kind(s) == SpeakerKind::Organisation && s.party.speaker.named;
        let called = |s: &&Seen| s.party.speaker.name.split(' ').any(|w| w.eq_ignore_ascii_case(word));
        let same = self.back(sentence, 2 * REACH).filter(house).find(called);
        let acting = || self.back(sentence, REACH).filter(house).find(|s| s.rank > 1);
        let here = || self.back(sentence, 0).find(house);
        same.or_else(|| if any { acting().or_else(here) } else { None }).map(|s| s.party.clone())
    }

    /// Who was seen, from the last on, within some sentences.
    fn back(&self, sentence: usize, reach: usize) -> impl Iterator<Item = &Seen> {
        self.seen.iter().rev().take(200).take_while(move |s| sentence.saturating_sub(s.sentence) <= reach)
    }

    /// Somebody whom the article brings in right before a quotation that nobody is said to speak: « Ann Roy, who works
    /// in Leeds, waited for an hour. “I am late.” »
    pub(super) fn newcomer(&self, sentence: usize) -> Option<Party> {
        if self.scene.lang != Lang::En {
            return None;
        }
        let spoke = self.seen.iter().rev().take(200).find(|s| s.rank == 3).map_or(0, |s| s.at);
        let person =
            |s: &&Seen| s.rank == 2 && s.at > spoke && party_kind(s) == SpeakerKind::Person && s.party.speaker.named;
        let seen = self.back(sentence, 2).find(person)?;
        let new =
            !self.seen.iter().rev().take(400).any(|s| s.at < spoke && s.party.speaker.name == seen.party.speaker.name);
        new.then(|| seen.party.clone())
    }

    /// Whom `he`, `she`, `they` or `it` stands for: a speaker or subject before whoever is only mentioned.
    pub(super) fn of_english_pronoun(&self, word: &str, at: usize, sentence: usize) -> Option<Party> {
        let plural = matches!(word, "they" | "them");
        let gender = match word {
            "he" | "him" => Some(Gender::Masculine),
            "she" => Some(Gender::Feminine),
            _ => None,
        };
        let thing = word == "it";
        let agrees = |s: &&Seen| {
            let kind = party_kind(s);
            let sort = if thing {
                matches!(kind, SpeakerKind::Organisation | SpeakerKind::Document)
            } else {
                plural
                    || kind == SpeakerKind::Person
                    || kind == SpeakerKind::Anonymous && !s.party.speaker.name.ends_with('s')
            };
            let fits = gender.is_none() || s.party.gender.is_none() || s.party.gender == gender;
            s.at < at && sort && fits && (thing || s.party.plural == plural)
        };
        let reach = if thing { 2 } else { MEMORY };
        for back in 0..=reach {
            let Some(of) = sentence.checked_sub(back) else { break };
            let here = || self.seen.iter().rev().take(200).filter(|s| s.sentence == of).filter(agrees);
            let best = here().filter(|s| s.rank > 1).min_by_key(|s| (std::cmp::Reverse(s.rank), s.at));
            if let Some(seen) = best {
                return Some(seen.party.clone());
            }
        }
        if thing {
            return None;
        }
        self.back(sentence, 2 * MEMORY).filter(agrees).max_by_key(|s| (s.rank, s.at)).map(|s| s.party.clone())
    }
}
