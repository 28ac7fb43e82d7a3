//! How much two sentences say the same, also where they were translated or retold in other words.
//!
//! Sentences are compared as sets of word beginnings (their first six folded letters), since endings
//! change with the grammar and the translator, and words that every sentence has are left out. What is shared
//! is measured against the shorter of the two, so that a sentence is found in a paragraph that holds it. It
//! takes no dictionary and no model; it is a measure of words, not of meaning, so whoever uses it first makes
//! sure that the same person speaks.

use std::collections::BTreeSet;

use super::fold::fold;

/// Letters that stand for a word: « réglementaire » and « réglementations » share them.
const STEM: usize = 6;
/// Letters from which a word counts.
const SHORTEST: usize = 4;
/// Words that two sentences have to share, so that a name or a slogan alone links nothing.
const LEAST_SHARED: usize = 3;

/// Words of four letters and more that say nothing of what is said, in French and English, folded.
const EMPTY: &[&str] = &[
    "afin",
    "ainsi",
    "alors",
    "apres",
    "aucun",
    "aussi",
    "autre",
    "autres",
    "aura",
    "avant",
    "avec",
    "avoir",
    "beaucoup",
    "bien",
    "cela",
    "celle",
    "celui",
    "cette",
    "ceux",
    "chez",
    "comme",
    "comment",
    "contre",
    "dans",
    "davantage",
    "depuis",
    "deux",
    "devrait",
    "devraient",
    "doit",
    "doivent",
    "donc",
    "dont",
    "elle",
    "elles",
    "encore",
    "entre",
    "etait",
    "etre",
    "faire",
    "fait",
    "faut",
    "ici",
    "ils",
    "leur",
    "leurs",
    "mais",
    "meme",
    "moins",
    "notre",
    "nous",
    "parce",
    "pendant",
    "peut",
    "plus",
    "pour",
    "propres",
    "quand",
    "quel",
    "quelle",
    "quoi",
    "sans",
    "sera",
    "sont",
    "sommes",
    "sous",
    "soit",
    "sur",
    "tous",
    "tout",
    "toute",
    "toutes",
    "tres",
    "trop",
    "vers",
    "votre",
    "vous",
    "about",
    "after",
    "also",
    "been",
    "before",
    "being",
    "between",
    "could",
    "does",
    "down",
    "from",
    "have",
    "into",
    "just",
    "more",
    "most",
    "must",
    "only",
    "other",
    "over",
    "said",
    "should",
    "some",
    "such",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "under",
    "very",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "will",
    "with",
    "would",
    "your",
];

/// A sentence as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    stems: BTreeSet<String>,
}

impl Gist {
    /// The gist of `text`.
    pub fn new(text: &str) -> Self {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let counts = |word: &&str| {
            let is_number = word.len() > 1 && word.bytes().all(|b| b.is_ascii_digit());
            (is_number || word.chars().count() >= SHORTEST) && !EMPTY.contains(word)
        };
        Self { stems: words.filter(counts).map(|word| word.chars().take(STEM).collect()).collect() }
    }

    /// How much the two share, 0 to 1, of the one that says less; 0 where they share fewer than three words that
    /// say something.
    pub fn likeness(&self, other: &Self) -> f64 {
        let shared = self.stems.intersection(&other.stems).count();
        let least = self.stems.len().min(other.stems.len());
        if shared < LEAST_SHARED.min(least.max(2)) { 0.0 } else { shared as f64 / least as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn alike(one: &str, other: &str) -> f64 {
        Gist::new(one).likeness(&Gist::new(other))
    }

    #[test]
    fn what_was_translated_differently_is_alike() {
        for (one, other) in [
            (
                "Nous sommes dans une nouvelle forme de course aux armements technologiques.",
                "Nous sommes dans une nouvelle forme de guerre technologique",
            ),
            (
                "le gouvernement américain doit s’inspirer des géants de la tech et investir dans les données et le calcul",
                "le gouvernement américain imite les géants de la tech en dépensant dans les données et les calculs",
            ),
            (
                "Revoir la réglementation pour favoriser les emplois liés à l’IA",
                "les États-Unis revoient leurs réglementations pour s’assurer qu’il y aura des emplois liés à l’IA",
            ),
            (
                "Rendre les agences fédérales « IA-ready » d’ici 2027",
                "la mise en place d’agences fédérales “prêtes pour l’IA” d’ici 2027, le lancement d’un plan “agressif”",
            ),
        ] {
            assert!(alike(one, other) >= 0.5, "{:.2}: {one} / {other}", alike(one, other));
        }
    }

    #[test]
    fn what_is_said_of_something_else_is_not() {
        for (one, other) in [
            ("la Chine avance vite", "la Chine est un concurrent"),
            ("une vision trop simple", "une comparaison binaire"),
            ("", ""),
            (
                "Revoir la réglementation pour favoriser les emplois liés à l’IA",
                "d’ici 2027, un plan pour l’électricité",
            ),
        ] {
            assert!(alike(one, other) < 0.5, "{:.2}: {one} / {other}", alike(one, other));
        }
    }
}
