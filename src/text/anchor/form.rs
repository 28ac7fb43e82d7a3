//! The form of a text in which changed words are looked for: its folded letters and signs, without white space.
//!
//! White space says nothing about where words stand, and nothing changes as easily: a line is broken elsewhere, a
//! no-break space comes before a colon, one goes after a quotation mark. Where it stood is kept aside, as the end of
//! a word.

use crate::model::range::ByteRange;
use crate::text::fold::Folded;

/// A text in that form, with the way back.
pub(super) struct Form {
    pub(super) letters: String,
    folded: Folded,
    /// For each space that was left out, the byte of `letters` before which it stood.
    spaces: Vec<u32>,
}

/// The letters of `text` in that form.
pub(super) fn letters(text: &str) -> String {
    let mut letters = super::fold(text);
    letters.retain(|letter| !letter.is_whitespace());
    letters
}

impl Form {
    /// For a text of at most 4 GiB.
    pub(super) fn new(text: &str) -> Self {
        let folded = Folded::new(text);
        let mut letters = String::with_capacity(folded.text.len());
        let mut spaces = Vec::new();
        for letter in folded.text.chars() {
            if letter.is_whitespace() {
                // Folded, all white space is one byte.
                spaces.extend(std::iter::repeat_n(letters.len() as u32, letter.len_utf8()));
            } else {
                letters.push(letter);
            }
        }
        Self { letters, folded, spaces }
    }

    /// The bytes of the text that a range of bytes of `letters` came from.
    pub(super) fn source(&self, range: ByteRange) -> ByteRange {
        let folded = |at: usize| at + self.spaces.partition_point(|space| *space as usize <= at);
        let end = if range.is_empty() { folded(range.start) } else { folded(range.end - 1) + 1 };
        self.folded.source(ByteRange::new(folded(range.start), end))
    }

    /// The byte of `letters` where the first letter stands that came from the byte `at` of the text or a later one.
    pub(super) fn place_of(&self, at: usize) -> usize {
        let (mut low, mut high) = (0, self.letters.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.source(ByteRange::new(middle, middle + 1)).start < at { low = middle + 1 } else { high = middle }
        }
        while !self.letters.is_char_boundary(low) {
            low += 1;
        }
        low
    }

    /// So many bytes of `letters` on either side of `at`, and some, of those that are `within`.
    pub(super) fn around(&self, at: usize, bytes: usize, within: ByteRange) -> ByteRange {
        let (mut start, mut end) = (at.saturating_sub(bytes), at.saturating_add(bytes).min(self.letters.len()));
        while !self.letters.is_char_boundary(start) {
            start -= 1;
        }
        while !self.letters.is_char_boundary(end) {
            end += 1;
        }
        ByteRange::new(start.clamp(within.start, within.end), end.clamp(within.start, within.end))
    }

    /// Whether a word can begin or end at the byte `at` of `letters`.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        let before = self.letters[..at].chars().next_back();
        let after = self.letters[at..].chars().next();
        is_edge(before, after) || self.spaces.binary_search(&(at as u32)).is_ok()
    }

    /// Whether a line of `text`, whose form this is, ends or begins at the byte `at` of `letters`.
    pub(super) fn is_line_edge(&self, text: &str, at: usize) -> bool {
        let before = self.letters[..at].char_indices().next_back();
        let after = self.letters[at..].chars().next();
        let (Some((before, _)), Some(after)) = (before, after) else { return true };
        let start = self.source(ByteRange::new(before, at)).end;
        let end = self.source(ByteRange::new(at, at + after.len_utf8())).start;
        ByteRange::new(start, end).of(text).contains('\n')
    }

    /// The byte `count` letters after `at`, or the end.
    pub(super) fn ahead(&self, at: usize, count: usize) -> usize {
        self.letters[at..].char_indices().nth(count).map_or(self.letters.len(), |(next, _)| at + next)
    }

    /// The byte `count` letters before `at`, or the first.
    pub(super) fn back(&self, at: usize, count: usize) -> usize {
        self.letters[..at].char_indices().rev().take(count).last().map_or(at, |(at, _)| at)
    }
}

/// Whether a word ends between two letters that stand next to each other.
pub(super) fn is_edge(before: Option<char>, after: Option<char>) -> bool {
    !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    /// The words of `text` that `found` stands for in its form.
    fn words<'a>(text: &'a str, found: &str) -> &'a str {
        let form = Form::new(text);
        let at = form.letters.find(found).unwrap();
        form.source(ByteRange::new(at, at + found.len())).of(text)
    }

    #[test]
    fn what_is_found_without_spaces_is_marked_with_them() {
        assert_eq!(
            words("Il a dit :\u{a0}« L’\u{202f}Œuvre\n\n d’art »", "\"l'oeuvred'art\""),
            "« L’\u{202f}Œuvre\n\n d’art »"
        );
        assert_eq!(words("  a  b  ", "ab"), "a  b");
        assert_eq!(words("a  b", "b"), "b");
        assert_eq!(words("a  b", "a"), "a");
    }

    #[test]
    fn words_have_edges() {
        let form = Form::new("a bc, d");
        let edges: Vec<bool> = (0..=form.letters.len()).map(|at| form.is_edge(at)).collect();
        assert_eq!(edges, [true, true, false, true, true, true]);
    }

    proptest! {
        #[test]
        fn places_of_the_text_are_found(text in "[a éœ\u{301}\u{a0}\n漢]{0,30}", at in 0usize..60) {
            let form = Form::new(&text);
            let place = form.place_of(at);
            let source = |at: usize| form.source(ByteRange::new(at, at + 1)).start;
            prop_assert!(place == form.letters.len() || source(place) >= at);
            let before = form.letters[..place].char_indices().next_back();
            prop_assert!(before.is_none_or(|(before, _)| source(before) < at));
            prop_assert_eq!(&form.letters, &letters(&text));
        }
    }
}
