//! Roles, institutions and the like: « le dirigeant », « le chef de l'État », « l'Anglais », « le groupe », « ce dernier »,
//! led back to whoever the article named.
//!
//! A role is held by whom the article gave it to; a bare one takes up whoever was just spoken of, unless it is one
//! that everybody knows the holder of. Where nobody fits, the phrase stays its own speaker.

use std::ops::Range;

use super::super::Scene;
use super::super::entities::Entity;
use super::super::lexis;
use super::super::rules::Gender;
use super::{MEMORY, Party, Resolver, Seen, named, party_kind};
use crate::model::SpeakerKind;

/// Roles that stand for whoever is being spoken of.
const GENERAL: &[&str] = &[
    "dirigeant",
    "dirigeante",
    "responsable",
    "elu",
    "elue",
    "homme",
    "femme",
    "interesse",
    "interessee",
    "auteur",
    "autrice",
    "candidat",
    "candidate",
    "politicien",
    "politicienne",
    "jeune",
];
/// Words in the name of an office that everybody knows the holder of: « le président de la République ».
const OFFICES: &[&str] = &[
    "republique",
    "france",
    "etat",
    "etats-unis",
    "gouvernement",
    "conseil",
    "assemblee",
    "senat",
    "commission",
    "parlement",
    "region",
    "departement",
    "federal",
    "etranger",
    "etrangeres",
    "interieur",
    "defense",
    "justice",
    "sante",
    "economie",
];
/// Roles that have one holder, whom an article need not name.
pub(super) const UNIQUE: &[&str] = &[
    "president",
    "presidente",
    "premier",
    "premiere",
    "roi",
    "reine",
    "pape",
    "procureur",
    "procureure",
    "parquet",
    "juge",
    "prefet",
    "porte-parole",
    "police",
];

impl Resolver<'_, '_> {
    /// A role that the article taught: « le dirigeant », « le PDG de Scale AI ».
    pub(super) fn of_role(&self, tokens: &Range<usize>, head: usize, sentence: usize) -> Option<Party> {
        let scene = self.scene;
        let word = scene.doc.word(head);
        let definite = matches!(scene.doc.word(tokens.start), "le" | "la" | "l" | "the" | "cet" | "ce" | "cette");
        if !definite || !self.role_at(head) {
            return None;
        }
        let complement = (head + 1..tokens.end).any(|t| lexis::is_of(scene.doc.word(t)));
        let asked: Vec<&str> =
            (head..tokens.end).map(|t| scene.doc.word(t)).filter(|w| !lexis::is_function(w)).collect();
        let gender = match scene.doc.word(tokens.start) {
            "le" | "ce" | "cet" => Some(Gender::Masculine),
            "la" | "cette" => Some(Gender::Feminine),
            _ => scene.rules.gender_of_noun(scene.lang, word),
        };
        let agrees = |g: Option<Gender>| g.is_none() || gender.is_none() || g == gender;
        let alike = scene.rules.roles_alike(scene.lang, &asked.join(" "));
        let holds = |e: &Entity| {
            e.kind == SpeakerKind::Person
                && agrees(e.gender)
                && e.roles.iter().any(|role| {
                    let known = |word: &str| role.split(' ').any(|w| w == word);
                    asked.iter().all(|w| known(w)) || alike.iter().any(|w| known(w))
                })
        };
        let entities = &scene.table.entities;
        let others = alike.iter().flat_map(|role| scene.table.with_role(&[role]));
        let bearers = scene.table.with_role(&asked).iter().chain(others).copied();
        let mut holders = bearers.filter(|&e| holds(&entities[e]));
        let first = holders.next();
        if let Some(only) = first.filter(|first| holders.all(|other| other == *first)) {
            return Some(named(scene.table, only));
        }
        if first.is_some() {
            let holder = |s: &&Seen| {
                sentence.saturating_sub(s.sentence) <= 2 * MEMORY && s.party.entity.is_some_and(|e| holds(&entities[e]))
            };
            let nearest = self.seen.iter().rev().take(200).find(holder);
            return nearest.map(|s| s.party.clone());
        }
        if !complement && asked.len() <= 2 {
            return self.by_bare_role(word, gender, sentence);
        }
        let known = asked.iter().skip(1).any(|w| OFFICES.contains(w));
        if complement && !known { self.newly_named(gender, sentence) } else { None }
    }

    /// « C'est ce que pense Anne Roy. La présidente de la Ligue ajoute »: the role says who was just brought in.
    fn newly_named(&self, gender: Option<Gender>, sentence: usize) -> Option<Party> {
        let people =
            |s: &&Seen| s.sentence + 1 == sentence && party_kind(s) == SpeakerKind::Person && s.party.speaker.named;
        let mut before = self.seen.iter().rev().take(60).filter(people);
        let seen = before.next()?;
        let name = &seen.party.speaker.name;
        let agrees = seen.party.gender.is_none() || gender.is_none() || seen.party.gender == gender;
        let alone = before.all(|s| s.party.speaker.name == *name);
        let first =
            self.seen.iter().rev().take(400).all(|s| s.sentence + 1 >= sentence || s.party.speaker.name != *name);
        (agrees && alone && first && seen.party.speaker.role.is_none()).then(|| seen.party.clone())
    }

    /// « l'Anglais »: whoever was just spoken of.
    pub(super) fn by_origin(&self, tokens: &Range<usize>, sentence: usize) -> Option<Party> {
        let Scene { doc, rules, lang, .. } = *self.scene;
        let gender = match doc.word(tokens.start) {
            "le" => Some(Gender::Masculine),
            "la" => Some(Gender::Feminine),
            "l" => None,
            _ => return None,
        };
        let from = doc.word(tokens.start + 1);
        let feminine =
            from.ends_with("aise") || from.ends_with("enne") || from.ends_with("oise") || from.ends_with("ine");
        let gender = gender.or(feminine.then_some(Gender::Feminine));
        let origin = tokens.len() == 2 && doc.capital(tokens.start + 1) && rules.is_demonym(lang, from);
        origin.then(|| self.last_person(gender, 2 * MEMORY, sentence, false)).flatten()
    }

    /// « le groupe », « l'institution »: the institution that was just named.
    pub(super) fn of_institution(&self, tokens: &Range<usize>, head: usize, sentence: usize) -> Option<Party> {
        let Scene { doc, rules, lang, .. } = *self.scene;
        let definite = matches!(doc.word(tokens.start), "le" | "la" | "l" | "ce" | "cet" | "cette" | "the");
        let bare = tokens.len() == 2 && !doc.capital(head);
        let of = (head + 1..tokens.end).any(|t| lexis::is_of(doc.word(t)));
        if !definite || !bare || of || !rules.is_institution_word(lang, doc.word(head)) {
            return None;
        }
        let called = |s: &Seen| s.party.entity.is_none_or(|e| self.scene.table.entities[e].institution);
        let recent = self.seen.iter().rev().take(100).find(|s| {
            let back = sentence.saturating_sub(s.sentence);
            party_kind(s) == SpeakerKind::Organisation
                && s.party.speaker.named
                && s.rank > 1
                && back <= 2 * MEMORY
                && (called(s) || s.rank == 3 && back <= 2)
        });
        recent.map(|s| s.party.clone())
    }

    /// A bare role takes up whoever was just spoken of, unless it is one that everybody knows the holder of.
    fn by_bare_role(&self, word: &str, gender: Option<Gender>, sentence: usize) -> Option<Party> {
        if UNIQUE.contains(&word) {
            return None;
        }
        let general = GENERAL.contains(&word);
        let reach = if general { 2 * MEMORY } else { 3 };
        self.last_person(gender, reach, sentence, !general)
    }

    /// The person named or heard last as a subject or speaker, at most `reach` sentences back.
    fn last_person(&self, gender: Option<Gender>, reach: usize, sentence: usize, named: bool) -> Option<Party> {
        let person = |s: &&Seen| {
            party_kind(s) == SpeakerKind::Person
                && (s.party.gender.is_none() || gender.is_none() || s.party.gender == gender)
                && s.rank > 1
                && sentence.saturating_sub(s.sentence) <= reach
                && (!named || s.party.speaker.named)
        };
        self.seen.iter().rev().take(100).find(person).map(|s| s.party.clone())
    }

    /// « ce dernier »: whoever was named last.
    pub(super) fn the_latter(&self, word: &str, at: usize, sentence: usize) -> Option<Party> {
        let gender = match word {
            "ce" | "celui-ci" => Some(Gender::Masculine),
            "cette" | "celle-ci" => Some(Gender::Feminine),
            _ => None,
        };
        let plural = word == "ces";
        let fits = |s: &&Seen| {
            s.at < at
                && s.party.plural == plural
                && (s.party.gender.is_none() || gender.is_none() || s.party.gender == gender)
                && sentence - s.sentence.min(sentence) <= 2
        };
        let people = self
            .seen
            .iter()
            .filter(fits)
            .filter(|s| plural || matches!(party_kind(s), SpeakerKind::Person | SpeakerKind::Anonymous))
            .max_by_key(|s| s.at);
        people.or_else(|| self.seen.iter().filter(fits).max_by_key(|s| s.at)).map(|s| s.party.clone())
    }
}
