//! From a mention to a speaker: names to their fullest form, roles and pronouns to whom they stand for.
//!
//! The claims come in the order of the text. What was named, and who spoke, is kept as a history; a pronoun takes the
//! nearest one that agrees in gender and number, speakers and subjects before the rest, and never a name from inside
//! quotation marks. Where nobody fits, the speaker stays unknown.

mod carried;
mod english;
mod roles;

use std::ops::Range;

use super::entities::{Mention, Table, is_role};
use super::lexis;
use super::phrase::Who;
use super::rules::Gender;
use super::words::Kind;
use super::{Lead, Scene};
use crate::model::{ByteRange, Lang, Speaker, SpeakerKind};

/// How many sentences back a pronoun may look.
const MEMORY: usize = 6;

/// Who a mention turned out to be.
#[derive(Clone, Debug)]
struct Party {
    speaker: Speaker,
    /// Its place in the table of names, where it stands there.
    entity: Option<usize>,
    gender: Option<Gender>,
    plural: bool,
}

/// Somebody named at a place.
#[derive(Clone, Debug)]
struct Seen {
    at: usize,
    sentence: usize,
    party: Party,
    /// Named as a subject, or as a speaker.
    rank: u8,
}

/// The speaker found for a claim.
pub(super) struct Resolved {
    pub speaker: Option<Speaker>,
    pub mention: Option<ByteRange>,
}

/// The history of who was named.
pub(super) struct Resolver<'s, 'a> {
    scene: &'s Scene<'a>,
    seen: Vec<Seen>,
    /// Up to which mention of the table the history reaches.
    mentions: usize,
    /// Up to which token groups were taken.
    groups: usize,
    last: Option<(Party, usize)>,
}

impl<'s, 'a> Resolver<'s, 'a> {
    pub fn new(scene: &'s Scene<'a>) -> Self {
        Self { scene, seen: Vec::new(), mentions: 0, groups: 0, last: None }
    }

    /// The speaker of a claim; claims must come in the order of the text.
    pub fn resolve(&mut self, lead: &Lead) -> Resolved {
        let at = match &lead.who {
            Who::Phrase(tokens) => tokens.start,
            Who::Pronoun(token) => *token,
            _ => lead.at,
        };
        self.take_up(at);
        let sentence = self.sentence_of(at);
        let (party, mention) = match &lead.who {
            Who::Phrase(tokens) => {
                (self.of_phrase(tokens.clone(), sentence), Some(self.scene.doc.bytes(tokens.clone())))
            }
            Who::Pronoun(token) => {
                (self.of_pronoun(self.scene.doc.word(*token), *token, sentence), Some(self.scene.doc.tokens[*token].at))
            }
            Who::Carried => (self.carried(sentence), None),
            Who::Nobody => (None, None),
        };
        // Who speaks within somebody's words isn't heard by the article.
        if let Some(party) = party.as_ref().filter(|_| !lead.nested) {
            self.seen.push(Seen { at, sentence, party: party.clone(), rank: 3 });
            self.last = Some((party.clone(), sentence));
        }
        Resolved { speaker: party.map(|p| p.speaker), mention: mention.filter(|m| !m.is_empty()) }
    }

    fn sentence_of(&self, token: usize) -> usize {
        self.scene.doc.sentences.partition_point(|s| s.tokens.start <= token).saturating_sub(1)
    }

    /// Takes those of a stretch that have no name, « les opposants », « un promeneur », into the history.
    fn take_unnamed(&mut self, tokens: Range<usize>) {
        let scene = self.scene;
        for at in tokens {
            let next = scene.doc.word(at + 1);
            let older =
                matches!(next, "haut" | "haute" | "ancien" | "ancienne" | "jeune" | "autre" | "grand" | "grande");
            let somebody = match scene.doc.word(at) {
                "les" | "des" => scene.rules.is_group_word(scene.lang, next),
                "un" | "une" => {
                    let many =
                        matches!(next, "centaine" | "dizaine" | "vingtaine" | "quinzaine" | "trentaine" | "poignee")
                            && scene.rules.is_group_word(scene.lang, scene.doc.word(at + 3));
                    many || scene.lang == Lang::Fr
                        && (self.role_at(at + 1)
                            || older && self.role_at(at + 2)
                            || scene.rules.is_anonymous_word(scene.lang, next))
                        && scene.table.within(at + 1..at + 8).first().is_none_or(|m| m.tokens.start > at + 4)
                }
                _ => false,
            };
            if somebody && !scene.doc.quoted(at) {
                let end = scene.phrase_end(at, scene.doc.tokens.len().min(at + 12));
                let party = self.unnamed(at..end, at + 1 + usize::from(older));
                let free = matches!(scene.doc.word(at), "les" | "un" | "une") && !scene.governed(at + 1);
                let rank = if free { 2 } else { 1 };
                self.seen.push(Seen { at, sentence: self.sentence_of(at), party, rank });
            }
        }
    }

    /// Takes the names before a token into the history.
    fn take_up(&mut self, until: usize) {
        if until > self.groups {
            let fresh = self.groups..until;
            self.groups = until;
            self.take_unnamed(fresh);
        }
        while let Some(mention) = self.scene.table.mentions.get(self.mentions).filter(|m| m.tokens.start < until) {
            self.mentions += 1;
            if self.scene.doc.quoted(mention.tokens.start) {
                continue;
            }
            let acts = match self.scene.lang {
                Lang::Fr => !self.scene.governed(mention.tokens.start),
                Lang::En => self.scene.acts(&mention.tokens),
            };
            let rank = if acts { 2 } else { 1 };
            let party = match self.scene.lang {
                Lang::Fr => self.of_mention(mention),
                Lang::En => named(self.scene.table, mention.entity),
            };
            let sentence = self.sentence_of(mention.tokens.start);
            self.seen.push(Seen { at: mention.tokens.start, sentence, party, rank });
        }
    }

    /// Who a name in the text is; « l'Organisation mondiale de la santé » is the whole of it, whatever its capitals.
    fn of_mention(&self, mention: &Mention) -> Party {
        let Scene { doc, rules, table, lang } = *self.scene;
        let at = mention.tokens.start;
        let opens = at > 0 && lexis::is_determiner(doc.word(at - 1)) && mention.tokens.len() == 1;
        let house = table.entities[mention.entity].kind == SpeakerKind::Organisation;
        if house && opens && rules.is_organisation_word(lang, doc.word(at)) {
            let end = self.scene.phrase_end(at - 1, doc.tokens.len().min(at + 12));
            return self.unnamed(at - 1..end, at);
        }
        named(table, mention.entity)
    }

    fn of_pronoun(&self, word: &str, at: usize, sentence: usize) -> Option<Party> {
        if self.scene.lang == Lang::En {
            return self.of_english_pronoun(word, at, sentence);
        }
        let plural = matches!(word, "ils" | "elles" | "eux" | "leurs" | "they" | "them");
        let gender = match word {
            "il" | "lui" | "he" | "him" | "ils" | "eux" => Some(Gender::Masculine),
            "elle" | "elles" | "she" | "her" => Some(Gender::Feminine),
            _ => None,
        };
        let fits = |s: &&Seen| {
            let party = &s.party;
            let mouth = matches!(party_kind(s), SpeakerKind::Person | SpeakerKind::Anonymous);
            let thing = !mouth && !plural && gender.is_some();
            let agrees = party.gender.is_none() && !thing || gender.is_none() || plural || party.gender == gender;
            agrees && party.plural == plural && s.at < at
        };
        // « un haut responsable … Il a dit »: somebody without a name, too.
        let somebody = |s: &Seen| party_kind(s) == SpeakerKind::Anonymous && s.rank > 1;
        let person = |s: &&Seen| plural || party_kind(s) == SpeakerKind::Person || somebody(s);
        for back in 0..MEMORY {
            let of_sentence = sentence.checked_sub(back)?;
            let here = self.recent(of_sentence);
            // In its own sentence the subject comes first; of an earlier one the last speaker, then its subject.
            let best =
                here.iter().copied().filter(fits).filter(person).min_by_key(|s| (std::cmp::Reverse(s.rank), s.at));
            if let Some(seen) = best.filter(|s| back == 0 || s.rank > 1 || back < 3) {
                return Some(seen.party.clone());
            }
            let speaks = |s: &&Seen| s.rank == 3 && party_kind(s) != SpeakerKind::Document;
            if let Some(seen) = here.iter().copied().filter(fits).filter(speaks).max_by_key(|s| s.at) {
                return Some(seen.party.clone());
            }
        }
        if !plural {
            let people = self.seen.iter().rev().take(200).filter(|s| fits(s)).find(|s| person(s) && s.rank > 1);
            if let Some(seen) = people.filter(|s| sentence.saturating_sub(s.sentence) <= 2 * MEMORY) {
                return Some(seen.party.clone());
            }
        }
        (0..MEMORY).find_map(|back| {
            let here = self.recent(sentence.checked_sub(back)?);
            here.iter()
                .copied()
                .filter(fits)
                .filter(|s| s.rank > 1 && party_kind(s) != SpeakerKind::Document)
                .min_by_key(|s| s.at)
                .map(|s| s.party.clone())
        })
    }

    /// Who was seen in a sentence.
    fn recent(&self, sentence: usize) -> Vec<&Seen> {
        self.seen.iter().rev().take(200).filter(|s| s.sentence == sentence).collect()
    }

    fn of_phrase(&self, tokens: Range<usize>, sentence: usize) -> Option<Party> {
        let scene = self.scene;
        if scene.lang == Lang::En {
            return Some(self.of_english_phrase(tokens, sentence));
        }
        let first = scene.doc.word(tokens.start);
        let second = scene.doc.word(tokens.start + 1);
        if matches!(first, "ce" | "cette" | "ces")
            && matches!(second, "dernier" | "derniere" | "derniers" | "dernieres")
            || matches!(first, "celui-ci" | "celle-ci")
        {
            return self.the_latter(first, tokens.start, sentence);
        }
        let head = self.head(&tokens);
        if let Some(owner) = self.owner(first, head, &tokens, sentence) {
            return Some(owner);
        }
        if let Some(party) = self.by_origin(&tokens, sentence) {
            return Some(party);
        }
        let document = scene.rules.is_document_word(scene.lang, scene.doc.word(head))
            && head > tokens.start
            && !scene.doc.capital(head);
        if let Some(party) = self.name_in(&tokens).filter(|_| !document) {
            return Some(party);
        }
        let party = self.of_role(&tokens, head, sentence).or_else(|| self.of_institution(&tokens, head, sentence));
        Some(party.unwrap_or_else(|| self.unnamed(tokens, head)))
    }

    /// The noun of a phrase: the first word that is known to name a source, else the one behind the determiner.
    fn head(&self, tokens: &Range<usize>) -> usize {
        let Scene { doc, rules, lang, .. } = *self.scene;
        let mut first = tokens.start;
        let single = matches!(doc.word(first + 1), "un" | "une") || matches!(doc.word(first), "un" | "une");
        if single && (matches!(doc.word(first + 1), "des" | "de") || doc.word(first + 2) == "des") {
            first = (first..tokens.end).find(|&t| doc.word(t) == "des").unwrap_or(first);
        }
        if lexis::is_determiner(doc.word(first)) || lexis::is_title(doc.word(first)) || matches!(doc.word(first), "de")
        {
            first += 1;
        }
        let known = |t: &usize| {
            let word = doc.word(*t);
            self.role_at(*t)
                || rules.is_organisation_word(lang, word)
                || rules.is_document_word(lang, word)
                || rules.is_group_word(lang, word)
                || rules.is_anonymous_word(lang, word)
        };
        let near = (first..tokens.end.min(first + 3)).take_while(|&t| !lexis::is_of(doc.word(t)));
        near.into_iter().find(known).unwrap_or(first)
    }

    /// « sa lettre », « le tweet de X »: a person's own writing is the person.
    fn owner(&self, first: &str, head: usize, tokens: &Range<usize>, sentence: usize) -> Option<Party> {
        let own = matches!(
            self.scene.doc.word(head),
            "lettre"
                | "tweet"
                | "message"
                | "tribune"
                | "courrier"
                | "courriel"
                | "post"
                | "billet"
                | "discours"
                | "letter"
                | "livre"
                | "publication"
                | "memoires"
                | "statement"
                | "op-ed"
        );
        if !own {
            return None;
        }
        if matches!(first, "sa" | "son" | "ses" | "his" | "her") {
            return self.of_pronoun("", head, sentence);
        }
        let name = self.scene.table.within(head..tokens.end).first()?;
        let entity = &self.scene.table.entities[name.entity];
        (entity.kind == SpeakerKind::Person).then(|| named(self.scene.table, name.entity))
    }

    /// The name that a phrase is, or ends with: « le président du Conseil européen Donald Tusk ».
    fn name_in(&self, tokens: &Range<usize>) -> Option<Party> {
        let scene = self.scene;
        let first = scene.doc.word(tokens.start);
        let determined = lexis::is_determiner(first) && !scene.doc.capital(tokens.start + 1);
        // « le gouvernement Legault » is not Legault.
        let body = matches!(
            scene.doc.word(tokens.start + 1),
            "gouvernement"
                | "administration"
                | "cabinet"
                | "clan"
                | "camp"
                | "famille"
                | "regime"
                | "equipe"
                | "commission"
        );
        if determined && body {
            return None;
        }
        let plural = matches!(first, "les" | "des" | "certains" | "plusieurs" | "the") && first != "the" && determined;
        let several = scene.table.within(tokens.clone()).iter().filter(|m| !scene.governed(m.tokens.start)).count();
        let joined = tokens.clone().any(|t| matches!(scene.doc.word(t), "et" | "and"));
        if plural || several > 1 && joined {
            return None;
        }
        let mention = scene.table.within(tokens.clone()).iter().find(|m| {
            let entity = &scene.table.entities[m.entity];
            let starts = m.tokens.start == tokens.start
                || m.tokens.start == tokens.start + 1
                    && (lexis::is_determiner(first) || lexis::is_title(first) || self.role_at(tokens.start));
            starts
                || !scene.governed(m.tokens.start) && entity.kind == SpeakerKind::Person
                || !scene.governed(m.tokens.start)
                    && m.tokens.end == tokens.end
                    && determined
                    && !self.role_at(tokens.start + 1)
        })?;
        let entity = &scene.table.entities[mention.entity];
        // « la Direction des examens », « l'Organisation mondiale de la santé »: only the whole phrase is the name.
        let next = mention.tokens.end;
        let single = mention.tokens.len() == 1
            && scene.rules.is_organisation_word(scene.lang, scene.doc.word(mention.tokens.start))
            && scene.doc.is(next, Kind::Word);
        let borders = scene.doc.word(next) == "sans";
        let longer = next < tokens.end && (lexis::is_of(scene.doc.word(next)) || single || borders);
        (entity.kind == SpeakerKind::Person || !longer).then(|| named(scene.table, mention.entity))
    }

    fn role_at(&self, token: usize) -> bool {
        is_role(self.scene.rules, self.scene.doc.word(token))
    }

    /// A noun phrase as its own speaker.
    fn unnamed(&self, tokens: Range<usize>, head: usize) -> Party {
        let scene = self.scene;
        let word = scene.doc.word(head);
        let first = scene.doc.word(tokens.start);
        let plural = matches!(
            first,
            "les"
                | "des"
                | "ces"
                | "ses"
                | "leurs"
                | "certains"
                | "certaines"
                | "plusieurs"
                | "quelques"
                | "tous"
                | "toutes"
                | "deux"
                | "trois"
                | "some"
                | "many"
                | "several"
        ) || tokens.clone().any(|t| matches!(scene.doc.word(t), "et" | "and") && t > tokens.start)
            || first == "de" && word.ends_with('s');
        let lang = scene.lang;
        let name = self.name_of(tokens.clone());
        let proper = scene.doc.capital(head);
        let one = matches!(scene.doc.word(tokens.start + 1), "un" | "une") && first == "l";
        let kind = if scene.rules.is_anonymous_word(lang, word)
            || one && (self.role_at(head) || scene.rules.is_group_word(lang, word))
            || first == "un" && self.role_at(head)
            || first == "une" && self.role_at(head)
        {
            SpeakerKind::Anonymous
        } else if scene.rules.is_document_word(lang, word) {
            SpeakerKind::Document
        } else if scene.rules.is_organisation_word(lang, word) && !plural {
            SpeakerKind::Organisation
        } else if plural || scene.rules.is_group_word(lang, word) {
            SpeakerKind::Group
        } else if self.role_at(head) {
            SpeakerKind::Person
        } else if proper {
            SpeakerKind::Organisation
        } else {
            SpeakerKind::Unknown
        };
        let gender = match first {
            "le" | "un" | "ce" | "cet" => Some(Gender::Masculine),
            "la" | "une" | "cette" => Some(Gender::Feminine),
            _ => scene.rules.gender_of_noun(lang, word),
        };
        let named = kind == SpeakerKind::Organisation && proper;
        let speaker = Speaker { id: None, name, kind, named, role: None, aliases: Vec::new() };
        Party { speaker, entity: None, gender, plural }
    }

    /// Whether a word is known as a common noun, in singular or plural.
    fn is_common_noun(&self, at: usize) -> bool {
        let Scene { doc, rules, lang, .. } = *self.scene;
        let word = doc.word(at);
        let plain = |word: &str| rules.gender_of_noun(lang, word).is_some() || rules.is_organisation_word(lang, word);
        let sorted = self.role_at(at)
            || rules.is_group_word(lang, word)
            || rules.is_anonymous_word(lang, word)
            || rules.is_document_word(lang, word);
        sorted || plain(word) || word.strip_suffix('s').is_some_and(plain)
    }

    /// A phrase as a name: one space between words, and no capital that only the sentence gave.
    fn name_of(&self, tokens: Range<usize>) -> String {
        let doc = self.scene.doc;
        let text = doc.source(tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        let named = self.scene.table.at(tokens.start).is_some_and(|m| m.tokens.start == tokens.start);
        let english = self.scene.lang == Lang::En && lexis::begins_english_sentences(doc.word(tokens.start));
        let small =
            english || lexis::is_function(doc.word(tokens.start)) || !named && self.is_common_noun(tokens.start);
        let mut chars = text.chars();
        match chars.next() {
            Some(c) if small && c.is_uppercase() && !chars.as_str().starts_with(char::is_uppercase) => {
                c.to_lowercase().chain(chars).collect()
            }
            _ => text,
        }
    }
}

fn party_kind(seen: &Seen) -> SpeakerKind {
    seen.party.speaker.kind
}

/// Whoever stands at this place in the table of names.
fn named(table: &Table, at: usize) -> Party {
    let entity = &table.entities[at];
    let speaker = Speaker {
        id: None,
        name: entity.name.clone(),
        kind: entity.kind,
        named: true,
        role: entity.role.clone(),
        aliases: entity.aliases.clone(),
    };
    Party { speaker, entity: Some(at), gender: entity.gender, plural: false }
}
