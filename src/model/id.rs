//! The names by which people and scripts call an article or a claim: `a3k7m2`, `c8f2t5`.
//!
//! An id is a letter for the sort of thing, then pairs of a digit and a consonant, drawn from a
//! SHA-256: of an article's first canonical text, of a claim's own annotation. So the same article
//! has the same id in two people's stores, and no word that one would type into a query looks like
//! one (`avril`, `c++`, `A380` and `c3po` do not). Shown ids are the shortest prefix that is unique
//! in the store, [`SHOWN`] characters at least; any unique prefix of two pairs or more is accepted.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Digits and consonants after the letter in a whole id.
const TAIL: usize = 16;
/// Characters of an id that people are shown, where that many are unique.
pub const SHOWN: usize = 7;
/// Characters that a prefix needs at least to be taken for an id.
const LEAST: usize = 5;
const CONSONANTS: &[u8; 20] = b"bcdfghjklmnpqrstvwxz";

fn derive(letter: u8, seed: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in seed {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    let mut id = String::with_capacity(1 + TAIL);
    id.push(char::from(letter));
    for pair in digest.chunks_exact(2).take(TAIL / 2) {
        let n = u16::from_be_bytes([pair[0], pair[1]]) as usize;
        id.push(char::from(b'0' + (n % 10) as u8));
        id.push(char::from(CONSONANTS[n / 10 % CONSONANTS.len()]));
    }
    id
}

/// Whether `word` has the shape of an id, whole or shortened, that begins with `letter`.
fn shaped(word: &str, letter: u8) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= LEAST
        && bytes.len() <= 1 + TAIL
        && bytes[0] == letter
        && bytes[1..]
            .iter()
            .enumerate()
            .all(|(i, b)| if i % 2 == 0 { b.is_ascii_digit() } else { CONSONANTS.contains(b) })
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id that `seed` leads to, the same on every machine.
            pub fn derive(seed: &[&[u8]]) -> Self {
                Self(derive($letter, seed))
            }

            /// Takes `word` as an id or the beginning of one, if it has the shape.
            pub fn parse(word: &str) -> Option<Self> {
                shaped(word, $letter).then(|| Self(word.to_owned()))
            }

            /// The id's characters.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// An article's id: `a` and pairs of a digit and a consonant.
    ArticleId, b'a'
}
id! {
    /// A claim's id: `c` and pairs of a digit and a consonant.
    ClaimId, b'c'
}

impl ArticleId {
    /// The id of the article whose first revision has this canonical text.
    pub fn of_text(text: &str) -> Self {
        Self::derive(&[&Sha256::digest(text.as_bytes())])
    }
}

/// SHA-256 of a canonical text, in lower-case hex: the name of a revision in events and exchange formats.
pub fn text_sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        hex
    })
}

/// A speaker's number in one store; never shown, never exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(pub i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_everywhere_and_tell_their_sort() {
        let id = ArticleId::derive(&[b"text"]);
        assert_eq!(id, ArticleId::derive(&[b"text"]));
        assert_ne!(id, ArticleId::derive(&[b"te", b"xt"]));
        assert_eq!(id.as_str().len(), 17);
        assert!(ArticleId::parse(id.as_str()).is_some());
        assert!(ArticleId::parse(&id.as_str()[..SHOWN]).is_some());
        assert!(ClaimId::parse(id.as_str()).is_none());
    }

    #[test]
    fn no_word_of_a_query_looks_like_an_id() {
        for word in ["a", "avril", "A380", "a380", "a4", "c++", "c3po", "cœur", "a3k7!", "a3é7"] {
            assert!(ArticleId::parse(word).is_none() && ClaimId::parse(word).is_none(), "{word}");
        }
    }
}
