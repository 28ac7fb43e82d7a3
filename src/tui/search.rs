//! Searching in the open article: folded, across line ends and hyphenation, all hits at once.
//!
//! Hits are ranges of the text, so they stay true whatever the measure; which of them is the current one is
//! kept as a place in the text too, by its index. Words are looked for as they stand: `guerre de l'ia` finds
//! « guerre de l’IA », and not three words apart.

use crate::model::ByteRange;
use crate::text::fold::{Folded, fold};

/// What is looked for, and where it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The hits, in order.
    pub hits: Vec<ByteRange>,
    /// The hit that one is at; 0 where there are none.
    pub current: usize,
}

impl Search {
    /// Looks for `words` in a text; the current hit is the first one at or after byte `from`, else the first.
    pub fn new(text: &Folded, words: &str, from: usize) -> Self {
        let words = fold(words.trim());
        if words.is_empty() {
            return Self::default();
        }
        let found = text.text.match_indices(&words);
        let hits: Vec<ByteRange> = found.map(|(at, _)| text.source(ByteRange::new(at, at + words.len()))).collect();
        let current = hits.partition_point(|hit| hit.start < from);
        Self { current: if current == hits.len() { 0 } else { current }, hits }
    }

    /// The current hit.
    pub fn hit(&self) -> Option<ByteRange> {
        self.hits.get(self.current).copied()
    }

    /// Goes to the next hit or the one before, round the ends; `true` where it went round.
    pub fn step(&mut self, back: bool) -> bool {
        let last = self.hits.len().saturating_sub(1);
        let (next, round) = match (back, self.current) {
            (false, at) if at >= last => (0, true),
            (false, at) => (at + 1, false),
            (true, 0) => (last, true),
            (true, at) => (at - 1, false),
        };
        self.current = next;
        round
    }

    /// The hits that a line of this range shows.
    pub fn hits_in(&self, line: ByteRange) -> &[ByteRange] {
        let first = self.hits.partition_point(|hit| hit.end <= line.start);
        let last = self.hits.partition_point(|hit| hit.start < line.end);
        self.hits.get(first..last).unwrap_or_default()
    }

    /// Where one is: `3/12`.
    pub fn count(&self) -> String {
        match self.hits.len() {
            0 => "0/0".to_owned(),
            hits => format!("{}/{hits}", self.current + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that are found.
    fn found<'t>(text: &'t str, words: &str) -> Vec<&'t str> {
        Search::new(&Folded::new(text), words, 0).hits.iter().map(|hit| hit.of(text)).collect()
    }

    #[test]
    fn words_are_found_folded_and_across_line_ends() {
        assert_eq!(
            found("La guerre de\nl’IA, la Guerre de l’IA", "guerre de l'ia"),
            ["guerre de\nl’IA", "Guerre de l’IA"]
        );
        assert_eq!(found("anti\u{ad}constitutionnel", "anticons"), ["anti\u{ad}cons"]);
        assert_eq!(found("l’œuvre", "oeuvre"), ["œuvre"]);
        assert!(found("rien", "").is_empty() && found("rien", "zut").is_empty());
    }

    #[test]
    fn one_begins_at_the_place_and_goes_round() {
        let mut search = Search::new(&Folded::new("a b a b a"), "a", 3);
        assert_eq!(search.count(), "2/3");
        assert!(!search.step(false) && search.step(false));
        assert_eq!(search.count(), "1/3");
        assert!(search.step(true));
        assert_eq!(search.hit(), Some(ByteRange::new(8, 9)));
    }

    #[test]
    fn a_line_shows_the_hits_that_touch_it() {
        let search = Search::new(&Folded::new("aa aa aa"), "aa", 0);
        assert_eq!(search.hits_in(ByteRange::new(1, 4)).len(), 2);
        assert!(Search::default().hits_in(ByteRange::new(0, 9)).is_empty());
    }
}
