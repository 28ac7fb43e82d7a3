//! The closed classes of French and English words that the rules lean on: determiners, pronouns, prepositions,
//! auxiliaries, adverbs. All in folded form (small letters, no accents). Open classes are the business of the rule
//! files and the lexicon.

mod english;
mod shapes;

pub(super) use self::english::{
    adds_in_english, begins_english_sentences, ends_place, is_english_preposition, is_english_pronoun, is_number_word,
    is_object_pronoun, subordinates,
};
pub(super) use self::shapes::{is_adverb, is_infinitive};
use crate::text::wordset::WordSet;

const ELIDED: &[&str] = &["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "entr"];

/// What an apostrophe may cut off, in small letters or capitals.
pub(super) fn elides(head: &str) -> bool {
    ELIDED.iter().any(|elided| head.eq_ignore_ascii_case(elided))
}

pub(super) fn is_title(word: &str) -> bool {
    matches!(word, "m" | "mm" | "mr" | "mrs" | "ms" | "mme" | "mmes" | "mlle" | "dr" | "pr" | "prof" | "me" | "mgr")
}

static DETERMINERS: WordSet = WordSet::new(&[
    "a",
    "all",
    "an",
    "another",
    "aucun",
    "aucune",
    "beaucoup",
    "both",
    "ce",
    "certaines",
    "certains",
    "ces",
    "cet",
    "cette",
    "chacun",
    "chacune",
    "chaque",
    "cinq",
    "d",
    "des",
    "deux",
    "du",
    "few",
    "her",
    "his",
    "its",
    "l",
    "la",
    "le",
    "les",
    "leur",
    "leurs",
    "ma",
    "many",
    "mon",
    "most",
    "nombre",
    "nos",
    "notre",
    "our",
    "plusieurs",
    "quatre",
    "quelques",
    "sa",
    "ses",
    "several",
    "some",
    "son",
    "the",
    "their",
    "these",
    "this",
    "those",
    "three",
    "tous",
    "tout",
    "toute",
    "toutes",
    "trois",
    "two",
    "un",
    "une",
]);

/// Words that begin a noun phrase.
pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.has(word)
}

static BEFORE_NOUNS: WordSet = WordSet::new(&[
    "an", "any", "au", "aucun", "aucune", "aux", "ce", "ces", "cet", "cette", "chaque", "d", "de", "des", "du", "en",
    "every", "her", "his", "its", "l", "la", "le", "les", "leur", "leurs", "new", "no", "nos", "notre", "nouvelle",
    "of", "par", "premiere", "sa", "sans", "ses", "son", "sous", "the", "their", "this", "toute", "un", "une",
]);

/// Determiners before which a homograph of a verb is a noun: « l'annonce », « ces demandes ».
pub(super) fn makes_noun(word: &str) -> bool {
    BEFORE_NOUNS.has(word)
}

pub(super) fn is_subject_pronoun(word: &str) -> bool {
    matches!(
        word,
        "il" | "elle"
            | "ils"
            | "elles"
            | "on"
            | "je"
            | "j"
            | "nous"
            | "vous"
            | "he"
            | "she"
            | "they"
            | "we"
            | "i"
            | "you"
            | "it"
    )
}

/// Words between a subject and its verb: negation and clitics.
pub(super) fn is_clitic(word: &str) -> bool {
    matches!(
        word,
        "ne" | "n" | "se" | "s" | "y" | "en" | "lui" | "leur" | "le" | "l" | "la" | "les" | "me" | "m" | "te" | "nous"
    )
}

static AVOIR: WordSet = WordSet::new(&[
    "a", "ai", "aient", "ait", "aura", "auraient", "aurait", "auront", "avaient", "avait", "avoir", "avons", "ayant",
    "eurent", "eut", "had", "has", "have", "having", "ont",
]);

pub(super) fn is_avoir(word: &str) -> bool {
    AVOIR.has(word)
}

static ETRE: WordSet = WordSet::new(&[
    "are", "be", "been", "being", "est", "etaient", "etait", "etant", "ete", "etre", "furent", "fut", "is", "sera",
    "seraient", "serait", "seront", "soient", "soit", "sont", "was", "were",
]);

pub(super) fn is_etre(word: &str) -> bool {
    ETRE.has(word)
}

static PREPOSITIONS: WordSet = WordSet::new(&[
    "a",
    "about",
    "across",
    "afin",
    "after",
    "against",
    "amid",
    "among",
    "apres",
    "at",
    "au",
    "aupres",
    "aux",
    "avant",
    "avec",
    "before",
    "behind",
    "between",
    "beyond",
    "by",
    "chez",
    "comme",
    "concernant",
    "contre",
    "dans",
    "depuis",
    "despite",
    "devant",
    "durant",
    "during",
    "en",
    "entre",
    "face",
    "following",
    "for",
    "from",
    "grace",
    "hors",
    "in",
    "inside",
    "into",
    "jusqu",
    "lors",
    "malgre",
    "near",
    "on",
    "outre",
    "outside",
    "over",
    "par",
    "parmi",
    "pendant",
    "pour",
    "sans",
    "selon",
    "since",
    "sous",
    "suite",
    "sur",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "vers",
    "via",
    "with",
    "within",
    "without",
]);

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.has(word)
}

/// Words that join a noun to its complement within one noun phrase.
pub(super) fn is_of(word: &str) -> bool {
    matches!(word, "de" | "du" | "des" | "d" | "of" | "'s")
}

pub(super) fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "qui"
            | "que"
            | "qu"
            | "dont"
            | "ou"
            | "lequel"
            | "laquelle"
            | "who"
            | "which"
            | "whose"
            | "where"
            | "when"
            | "that"
    )
}

pub(super) fn is_that(word: &str) -> bool {
    matches!(word, "que" | "qu" | "that")
}

static FALSE_FRIENDS: WordSet = WordSet::new(&[
    "afin", "ainsi", "alors", "apres", "aussi", "autant", "autre", "autres", "avant", "bien", "ce", "depuis", "des",
    "jamais", "lors", "meme", "mieux", "moins", "parce", "pas", "plus", "plutot", "pour", "sans", "sitot", "tandis",
    "tant", "tel", "telle",
]);

/// Words before « que » that make it a conjunction of another kind.
pub(super) fn is_false_friend_of_que(word: &str) -> bool {
    FALSE_FRIENDS.has(word)
}

pub(super) fn is_conjunction(word: &str) -> bool {
    matches!(word, "et" | "mais" | "ou" | "puis" | "car" | "or" | "and" | "but" | "while" | "as")
}

static PARTICLES: WordSet = WordSet::new(&[
    "al", "ben", "bin", "d", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le",
    "ould", "ter", "van", "von", "y", "zu",
]);

/// Particles inside names.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.has(word)
}

static TIMES: WordSet = WordSet::new(&[
    "1er",
    "afternoon",
    "an",
    "annee",
    "ans",
    "aout",
    "apres-midi",
    "autumn",
    "avril",
    "day",
    "days",
    "decade",
    "decades",
    "decembre",
    "dimanche",
    "evening",
    "fevrier",
    "fois",
    "heure",
    "heures",
    "hours",
    "janvier",
    "jeudi",
    "jour",
    "jours",
    "juillet",
    "juin",
    "lendemain",
    "lundi",
    "mai",
    "mardi",
    "mars",
    "matin",
    "mercredi",
    "minutes",
    "mois",
    "month",
    "months",
    "morning",
    "night",
    "novembre",
    "nuit",
    "octobre",
    "samedi",
    "semaine",
    "semaines",
    "septembre",
    "soir",
    "spring",
    "summer",
    "veille",
    "vendredi",
    "week",
    "week-end",
    "weekend",
    "weeks",
    "winter",
    "year",
    "years",
]);

/// Nouns of time, which are no subject of a cue: « le lendemain, … ».
pub(super) fn is_time(word: &str) -> bool {
    TIMES.has(word)
}

/// Grammar words, which carry no meaning of their own.
pub(super) fn is_function(word: &str) -> bool {
    is_determiner(word)
        || is_subject_pronoun(word)
        || is_clitic(word)
        || is_avoir(word)
        || is_etre(word)
        || is_preposition(word)
        || is_of(word)
        || is_relative(word)
        || is_conjunction(word)
        || matches!(word, "plus" | "pas" | "si" | "cela" | "ca" | "c" | "not")
}

static BEGINNERS: WordSet = WordSet::new(&[
    "according",
    "ainsi",
    "au-dela",
    "c",
    "ceci",
    "cela",
    "celle",
    "celui",
    "ceux",
    "comme",
    "d",
    "de",
    "du",
    "face",
    "how",
    "however",
    "ici",
    "if",
    "ils",
    "lorsque",
    "malgre",
    "non",
    "oui",
    "parmi",
    "pourquoi",
    "quand",
    "quel",
    "quelle",
    "rien",
    "selon",
    "si",
    "suite",
    "there",
    "what",
    "why",
    "y",
]);

/// Words that begin a sentence with a capital and are no names.
pub(super) fn begins_sentences(word: &str) -> bool {
    is_function(word) || is_adverb(word) || is_false_friend_of_que(word) || BEGINNERS.has(word)
}
