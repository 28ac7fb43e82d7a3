//! Letters and words around a place in a text, as a person's cursor meets them.
//!
//! A letter is a grapheme cluster. A word is what Unicode takes for one, with a letter or a digit in it: an elision
//! goes with its word (`l’IA`), signs are none. Nothing here reads more of the text than it needs, so that a key
//! press in a text of a megabyte costs no more than in a line.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::model::ByteRange;

/// Bytes that are looked at back from a place for the beginning of the word that holds it; no word is longer.
const FAR: usize = 2_000;

/// The border of letters after `at`; the end of the text where there is none.
pub fn letter_after(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at.min(text.len()), text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// The border of letters before `at`; 0 where there is none.
pub fn letter_before(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at.min(text.len()), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// The word that holds `at`, else the first one after it.
pub fn word_from(text: &str, at: usize) -> Option<ByteRange> {
    words(text, start_of_run(text, at)).find(|word| word.end > at)
}

/// The last word that begins before `at`.
pub fn word_to(text: &str, at: usize) -> Option<ByteRange> {
    let mut end = at.min(text.len());
    loop {
        // Runs without a word are passed over, one white space after the other.
        end = text.get(..end)?.trim_end().len();
        let start = start_of_run(text, end);
        let before = words(text, start).take_while(|word| word.start < at.min(end));
        match before.last() {
            Some(word) => return Some(word),
            None if start == 0 || start >= end => return None,
            None => end = start,
        }
    }
}

/// The words from a place where one can begin.
fn words(text: &str, from: usize) -> impl Iterator<Item = ByteRange> + '_ {
    let rest = text.get(from..).unwrap_or_default();
    rest.unicode_word_indices().map(move |(at, word)| ByteRange::new(from + at, from + at + word.len()))
}

/// The first byte after the white space before `at`, which parts words whatever stands around it.
fn start_of_run(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let far = (0..=at.saturating_sub(FAR)).rev().find(|&far| text.is_char_boundary(far)).unwrap_or(0);
    let Some(before) = text.get(far..at) else { return far };
    before.char_indices().rfind(|(_, c)| c.is_whitespace()).map_or(far, |(i, c)| far + i + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words from and to each `|` of a text.
    fn around(marked: &str) -> (String, String) {
        let at = marked.find('|').expect("a place");
        let text = marked.replace('|', "");
        let words = |found: Option<ByteRange>| found.map_or("", |range| range.of(&text)).to_owned();
        (words(word_to(&text, at)), words(word_from(&text, at)))
    }

    #[test]
    fn words_around_a_place() {
        let check = |marked, to: &str, from: &str| assert_eq!(around(marked), (to.into(), from.into()), "{marked}");
        check("|le mot", "", "le");
        check("le |mot dit", "le", "mot");
        check("le m|ot", "mot", "mot");
        check("le mot|", "mot", "");
        check("le mot| « dit »", "mot", "dit");
        check("le mot « | » : …", "mot", "");
        check("l’|IA", "l’IA", "l’IA");
        check("un\n\n|deux", "un", "deux");
        check("peut-|être", "peut", "être");
        check("…|", "", "");
    }

    #[test]
    fn letters_are_a_persons() {
        let text = "e\u{301}😀👍🏽";
        assert_eq!(letter_after(text, 0), 3);
        assert_eq!(letter_after(text, 3), 7);
        assert_eq!(letter_before(text, text.len()), 7);
        assert_eq!((letter_before(text, 0), letter_after(text, text.len())), (0, text.len()));
    }
}
