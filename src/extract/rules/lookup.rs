//! A map for words of running text, most of which it doesn't hold.
//!
//! A look at one bit, drawn from a few of the word's bytes, turns nearly all of those away before anything is hashed or
//! compared.

use foldhash::HashMap;

/// How many bits there are, for a thousand or two words.
const BITS: usize = 1 << 15;

/// Values by words.
#[derive(Debug)]
pub(super) struct Lookup<V> {
    words: HashMap<String, V>,
    /// Whether any word has these bytes in these places.
    bits: Box<[u64]>,
}

impl<V> Lookup<V> {
    /// The value of a word.
    pub(super) fn get(&self, word: &str) -> Option<&V> {
        let bit = bit(word.as_bytes());
        let maybe = self.bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1);
        if maybe { self.words.get(word) } else { None }
    }

    /// How many words there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

impl<V> From<HashMap<String, V>> for Lookup<V> {
    fn from(words: HashMap<String, V>) -> Self {
        let mut bits = vec![0; BITS / 64].into_boxed_slice();
        for word in words.keys() {
            let bit = bit(word.as_bytes());
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self { words, bits }
    }
}

impl<V> Default for Lookup<V> {
    fn default() -> Self {
        Self { words: HashMap::default(), bits: Box::default() }
    }
}

/// The bit of a word.
fn bit(word: &[u8]) -> usize {
    let byte = |at: usize| word.get(at).map_or(0, |&byte| usize::from(byte));
    let length = word.len();
    (byte(0) * 1_021 + byte(1) * 433 + byte(length / 2) * 7_001 + byte(length.wrapping_sub(1)) * 97 + length * 2_053)
        % BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let words = ["a", "dit", "declare", "é", ""];
        let map: HashMap<String, usize> = words.iter().enumerate().map(|(i, word)| ((*word).to_owned(), i)).collect();
        let lookup = Lookup::from(map);
        for (i, word) in words.iter().enumerate() {
            assert_eq!(lookup.get(word), Some(&i), "{word}");
        }
        for word in ["b", "di", "dite", "déclare"] {
            assert_eq!(lookup.get(word), None, "{word}");
        }
        assert_eq!(Lookup::<()>::default().get("a"), None);
    }
}
