//! Word lists that are looked up where they lie: sorted lines, a folded word, a tab, a letter.
//!
//! They are large and most articles ask for few of their words; so they are never read as a whole, neither at start nor
//! later. A lookup halves the text until it stands on the line.

/// A sorted list in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table(&'static str);

impl Table {
    /// A list of lines `word TAB value`, sorted by the bytes of the words, each word once.
    pub(super) const fn new(lines: &'static str) -> Self {
        Self(lines)
    }

    /// The value of a word.
    pub(super) fn get(self, word: &str) -> Option<&'static str> {
        let text = self.0;
        let (mut low, mut high) = (0, text.len());
        // Between `low` and `high` lie whole lines, and the word's among them if anywhere.
        while low < high {
            let middle = low + (high - low) / 2;
            let bytes = text.as_bytes();
            let start = bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let end = bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
            let (found, value) = text.get(start..end)?.split_once('\t')?;
            match found.cmp(word) {
                std::cmp::Ordering::Equal => return Some(value),
                std::cmp::Ordering::Less => low = (end + 1).min(high),
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }

    /// The lines, for the test that they are sorted.
    #[cfg(test)]
    pub(super) fn lines(self) -> impl Iterator<Item = &'static str> {
        self.0.lines()
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
        for table in [super::super::FIRST_NAMES, super::super::NOUNS_FR] {
            let words: Vec<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
            assert!(words.len() > 1000 && words.is_sorted(), "{}", words.len());
            assert!(words.iter().all(|word| crate::text::fold::fold(word) == *word && table.get(word).is_some()));
        }
    }
}
