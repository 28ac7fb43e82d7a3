//! Word lists: sorted lines, a folded word, a tab, a letter.
//!
//! They are read as a whole when the first word is looked for; a thousandth of a second, which a dozen articles save.

use std::sync::OnceLock;

use foldhash::HashMap;

/// A list of words with a value each.
#[derive(Debug)]
pub(super) struct Table {
    lines: &'static str,
    words: OnceLock<HashMap<&'static str, &'static str>>,
}

impl Table {
    /// A list of lines `word TAB value`, sorted by the bytes of the words, each word once.
    pub(super) const fn new(lines: &'static str) -> Self {
        Self { lines, words: OnceLock::new() }
    }

    /// The value of a word.
    pub(super) fn get(&self, word: &str) -> Option<&'static str> {
        let read = || self.lines.lines().filter_map(|line| line.split_once('\t')).collect();
        self.words.get_or_init(read).get(word).copied()
    }

    /// The lines, for the test that they are sorted.
    #[cfg(test)]
    pub(super) fn lines(&self) -> impl Iterator<Item = &'static str> {
        self.lines.lines()
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn every_word_is_found_and_no_other() {
        let table = Table::new("anne\tf\nbob\tm\ncamille\te\nd\tm\n");
        for (word, value) in [("anne", "f"), ("bob", "m"), ("camille", "e"), ("d", "m")] {
            assert_eq!(table.get(word), Some(value), "{word}");
        }
        for word in ["", "a", "ann", "annex", "c", "e", "zoe", "é", "\n"] {
            assert_eq!(table.get(word), None, "{word}");
        }
        assert_eq!(Table::new("").get("a"), None);
    }

    #[test]
    fn the_lists_are_sorted_and_folded() {
        for table in [&super::super::FIRST_NAMES, &super::super::NOUNS_FR] {
            let words: Vec<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
            assert!(words.len() > 1000 && words.is_sorted(), "{}", words.len());
            assert!(words.iter().all(|word| crate::text::fold::fold(word) == *word && table.get(word).is_some()));
        }
    }
}
