//! Names that are nearly alike: « Alexandr Wang » and « Alexsandr Wang », « Emmet Shear » and « Emmett Shear ».
//!
//! One is a variant of the other where they are the same word by word, but for one letter of one word of five letters
//! and more. Shorter words are no evidence: Marie and Maria, Jean and Joan are two people. Whether two names that are
//! nearly alike are one speaker is not for this module to say.

use std::collections::BTreeSet;

use crate::text::fold::fold;

/// Letters of a word in which one may be another.
const LONG: usize = 5;
/// Letters at either end of such a word, of which one end stays as it is whatever letter is another.
const END: usize = 2;

/// Words of a role that say nothing of who somebody is, in French and English, folded.
const EMPTY: &[&str] = &[
    "actuel", "actuelle", "ancien", "ancienne", "and", "at", "au", "aux", "avec", "chez", "dans", "de", "des", "du",
    "en", "et", "ex", "for", "former", "futur", "future", "in", "la", "le", "les", "of", "on", "ou", "par", "pour",
    "sa", "ses", "son", "sous", "sur", "the", "un", "une", "with",
];

/// What two spellings of the same name have in common: folded, one space between words.
pub(super) fn key(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keys of which two variants share one at least: the name with one long word cut down to either end.
pub(super) fn blocks(key: &str) -> BTreeSet<String> {
    let words: Vec<&str> = key.split(' ').collect();
    let mut blocks = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let letters: Vec<char> = word.chars().collect();
        // A word of four letters may be one of five that lost one.
        if letters.len() + 1 < LONG {
            continue;
        }
        let head: String = letters[..END].iter().collect();
        let tail: String = letters[letters.len() - END..].iter().collect();
        for cut in [format!("{head}*"), format!("*{tail}")] {
            let others = words.iter().enumerate().map(|(i, word)| if i == at { cut.as_str() } else { *word });
            blocks.insert(others.collect::<Vec<_>>().join(" "));
        }
    }
    blocks
}

/// Whether two keys are variants of each other; the same key is none.
pub(super) fn is_variant(one: &str, other: &str) -> bool {
    // Most that are compared differ in more than two letters, which their bytes tell at once.
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let shared = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[shared..], &b[shared..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    if a.len().max(b.len()) - tail > 2 * char::MAX.len_utf8() {
        return false;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if one.len() != other.len() {
        return false;
    }
    let mut unlike = one.iter().zip(&other).filter(|(a, b)| a != b);
    match (unlike.next(), unlike.next()) {
        (Some((a, b)), None) => nearly(a, b),
        _ => false,
    }
}

/// Whether one letter is another, too much, missing, or in the wrong place beside its neighbour.
fn nearly(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    // Years, numbers and versions differ by a letter and mean it.
    if long.len() < LONG || long.len() - short.len() > 1 || long.iter().chain(short).any(char::is_ascii_digit) {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let end = short[start..].iter().rev().zip(long[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[start..short.len() - end], &long[start..long.len() - end]);
    match (short, long) {
        ([] | [_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// The words of a role that say who somebody is: `pdg`, `scale`, `ai`.
pub(super) fn meaning(role: &str) -> BTreeSet<String> {
    let folded = fold(role);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.filter(|word| !EMPTY.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_in_a_long_word_makes_a_variant() {
        for (one, other, alike) in [
            ("Alexandr Wang", "Alexsandr Wang", true),
            ("Emmet Shear", "Emmett Shear", true),
            ("Élise Dupond", "Elise Dupont", true),
            ("Anthropic", "Antrhopic", true),
            ("Marie", "Maria", true),
            ("Anna Roy", "Anne Roy", false),
            ("Alexandr Wang", "Alexsandr Yang", false),
            ("Alexandr Wang", "Wang", false),
            ("G2025", "G2026", false),
            ("Alexandr Wang", "ALEXANDR WANG", false),
        ] {
            let (one, other) = (key(one), key(other));
            assert_eq!(is_variant(&one, &other), alike, "{one} / {other}");
            assert_eq!(is_variant(&other, &one), alike, "{other} / {one}");
            let met = blocks(&one).intersection(&blocks(&other)).next().is_some();
            assert!(met || !alike, "{one} and {other} never meet");
        }
    }

    #[test]
    fn a_role_is_known_by_its_words_of_meaning() {
        let words = |role| meaning(role).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(words("l’ex-PDG de Scale AI"), "ai pdg scale");
        assert_eq!(words("le de la"), "");
    }
}
