//! A closed list of words that a word is looked for in: grammar words, small words of a language.
//!
//! The places of the words are worked out when the program is compiled, so that a look costs about one comparison, and most
//! looks for a word that isn't there cost none. The list is written sorted, which the compiler holds it to.

/// Places for words; a list may fill half of them, so that few share one.
const PLACES: usize = 512;

/// A set of words that is known when the program is compiled.
#[derive(Debug)]
pub struct WordSet {
    words: &'static [&'static str],
    /// For each place the number of its word, from 1; 0 where none is.
    places: [u8; PLACES],
}

impl WordSet {
    /// The set of these words, which stand sorted by their bytes, each once; anything else doesn't compile.
    pub const fn new(words: &'static [&'static str]) -> Self {
        assert!(words.len() < 256, "too many words for a set");
        let mut places = [0; PLACES];
        let mut at = 0;
        while at < words.len() {
            assert!(at == 0 || precedes(words[at - 1], words[at]), "the words aren't sorted");
            let mut place = place(words[at].as_bytes());
            while places[place] != 0 {
                place = (place + 1) % PLACES;
            }
            places[place] = at as u8 + 1;
            at += 1;
        }
        Self { words, places }
    }

    /// Whether a word is among them.
    pub fn has(&self, word: &str) -> bool {
        let mut place = place(word.as_bytes());
        loop {
            match self.places[place] {
                0 => return false,
                number if self.words[usize::from(number) - 1] == word => return true,
                _ => place = (place + 1) % PLACES,
            }
        }
    }
}

/// Where a word is looked for first.
const fn place(word: &[u8]) -> usize {
    if word.is_empty() {
        return 0;
    }
    let (first, middle, last) = (word[0] as usize, word[word.len() / 2] as usize, word[word.len() - 1] as usize);
    (first * 37 + middle * 11 + last * 83 + word.len() * 151) % PLACES
}

const fn precedes(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    one.len() < other.len()
}

#[cfg(test)]
mod tests {
    use super::WordSet;

    #[test]
    fn its_words_are_found_and_no_others() {
        static WORDS: &[&str] = &["a", "ab", "abc", "b", "bab", "été"];
        static SET: WordSet = WordSet::new(WORDS);
        assert!(WORDS.iter().all(|word| SET.has(word)));
        for word in ["", "A", "c", "ac", "abcd", "ba", "bb", "ete"] {
            assert!(!SET.has(word), "{word}");
        }
        assert!(!WordSet::new(&[]).has("") && WordSet::new(&[""]).has(""));
    }
}
