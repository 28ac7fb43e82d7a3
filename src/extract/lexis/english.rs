//! Words of English where they are other ones than of French, or where a French word is something else in English.

use super::is_preposition;
use crate::text::wordset::WordSet;

static PLACES: WordSet = WordSet::new(&[
    "act",
    "airport",
    "avenue",
    "award",
    "bay",
    "beach",
    "bill",
    "bridge",
    "championship",
    "city",
    "county",
    "creek",
    "cup",
    "day",
    "district",
    "hall",
    "heights",
    "herald",
    "hill",
    "hills",
    "hotel",
    "house",
    "island",
    "islands",
    "kingdom",
    "lake",
    "league",
    "mountain",
    "mountains",
    "news",
    "palace",
    "park",
    "post",
    "prize",
    "province",
    "region",
    "river",
    "road",
    "square",
    "stadium",
    "state",
    "states",
    "station",
    "street",
    "sun",
    "times",
    "tower",
    "valley",
    "village",
    "war",
    "way",
    "world",
]);

/// Last words of English names that are no persons', and nouns of peoples: `Kent Station`, `British Columbians`.
pub(in crate::extract) fn ends_place(word: &str) -> bool {
    PLACES.has(word) || word.ends_with("ians")
}

static ENGLISH_BEGINNERS: WordSet = WordSet::new(&[
    "a",
    "about",
    "according",
    "after",
    "all",
    "also",
    "although",
    "amid",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "did",
    "do",
    "does",
    "during",
    "each",
    "even",
    "every",
    "few",
    "following",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "just",
    "last",
    "later",
    "like",
    "many",
    "may",
    "maybe",
    "meanwhile",
    "more",
    "most",
    "much",
    "my",
    "never",
    "no",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "perhaps",
    "several",
    "she",
    "should",
    "since",
    "so",
    "some",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "to",
    "two",
    "under",
    "unlike",
    "until",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "without",
    "would",
    "yes",
    "yet",
    "you",
    "your",
]);

/// Words that begin an English sentence with a capital and are no names; those of English alone, in which « ma » and « son » may be names.
pub(in crate::extract) fn begins_english_sentences(word: &str) -> bool {
    ENGLISH_BEGINNERS.has(word) || word.len() > 4 && word.ends_with("ly")
}

pub(in crate::extract) fn is_english_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "we" | "i" | "you" | "it")
}

/// English participles and adjectives that add to the noun before them: `a person granted anonymity`.
pub(in crate::extract) fn adds_in_english(word: &str) -> bool {
    matches!(
        word,
        "granted" | "identified" | "named" | "familiar" | "based" | "speaking" | "close" | "briefed" | "involved"
    )
}

pub(in crate::extract) fn is_object_pronoun(word: &str) -> bool {
    matches!(word, "me" | "us" | "him" | "her" | "them" | "you" | "it")
}

/// Whether a word is a preposition of English; some French ones are English words of another kind.
pub(in crate::extract) fn is_english_preposition(word: &str) -> bool {
    is_preposition(word) && !matches!(word, "a" | "face" | "grace" | "suite" | "comme" | "entre")
}

/// English words that begin a clause within a sentence.
pub(in crate::extract) fn subordinates(word: &str) -> bool {
    matches!(
        word,
        "after" | "before" | "when" | "as" | "because" | "since" | "until" | "if" | "although" | "though" | "whether"
    )
}

pub(in crate::extract) fn is_number_word(word: &str) -> bool {
    matches!(
        word,
        "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "several" | "some" | "few"
    )
}
