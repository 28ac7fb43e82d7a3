//! Where quoted words stand in a text that may have changed since they were quoted.
//!
//! A quotation is kept as the W3C Web Annotation Data Model keeps it (Recommendation of 23 February 2017, §4.2.4
//! `TextQuoteSelector` and §4.2.5 `TextPositionSelector`): the exact words, some text before and after them, and
//! where they stood. Finding them again tries, as Hypothesis does, the old place first, then every place with the
//! same words; those are ranked by how much of the text around them is still the same, and by how near they are to
//! the old place. Words that stand nowhere letter for letter are looked for once more in the folded text, so that
//! a changed apostrophe, accent or no-break space loses nothing. Unlike Hypothesis, a doubtful place is no place:
//! where two are equally good the answer is `None`, and nothing is matched approximately.
//!
//! Work and memory grow with the text and the words, whatever they hold.

use unicode_segmentation::GraphemeCursor;

use super::fold::{Folded, fold};
use crate::model::range::ByteRange;

/// Code points of context on either side of a quotation.
pub const CONTEXT: usize = 32;

/// Code points of a given prefix or suffix that are compared, next to the words; other programs may give more.
const COMPARED: usize = 128;

/// Code points of context that may agree by chance: places that differ by no more are told apart by distance.
const CHANCE: usize = 3;

/// The text before and after `range`, up to [`CONTEXT`] code points each, where the outer cut never splits a
/// grapheme cluster. Both empty where the range doesn't fit the text.
pub fn context(text: &str, range: ByteRange) -> (&str, &str) {
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else {
        return ("", "");
    };
    let start = before.char_indices().rev().take(CONTEXT).last().map_or(range.start, |(at, _)| at);
    let end = after.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| range.end + at);
    let start = boundary(text, start, GraphemeCursor::next_boundary).min(range.start);
    let end = boundary(text, end, GraphemeCursor::prev_boundary).max(range.end);
    (&text[start..range.start], &text[range.end..end])
}

type Step = fn(&mut GraphemeCursor, &str, usize) -> Result<Option<usize>, unicode_segmentation::GraphemeIncomplete>;

/// `at`, or the next cluster boundary in the direction of `step` where `at` lies within a cluster.
fn boundary(text: &str, at: usize, step: Step) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    // The cursor is given the whole text, so that it never asks for more.
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    step(&mut cursor, text, 0).ok().flatten().unwrap_or(at)
}

/// Where `exact` stands in `text`, if that is beyond doubt.
///
/// At `hint` if the words there are equal. Else at the place with the same words whose surroundings agree best with
/// `prefix` and `suffix`; places whose surroundings agree about as well (within 3 code points) are told apart by their
/// distance from `hint`. Else the same with the folded words in the folded text. `None` where `exact` is empty, the
/// words are gone, or two places are equally good.
pub fn place(text: &str, hint: Option<ByteRange>, exact: &str, prefix: &str, suffix: &str) -> Option<ByteRange> {
    if exact.is_empty() {
        return None;
    }
    if let Some(hint) = hint.filter(|hint| hint.of(text) == exact) {
        return Some(hint);
    }
    let from = hint.map(|hint| hint.start);
    match best(text, exact, prefix, suffix, |range| Some(range.start.abs_diff(from?))) {
        Found::At(range) => return Some(range),
        Found::Doubtful => return None,
        Found::Nowhere => {}
    }
    let folded = Folded::new(text);
    let exact = fold(exact);
    let distance = |range| Some(folded.source(range).start.abs_diff(from?));
    match best(&folded.text, &exact, &fold(prefix), &fold(suffix), distance) {
        Found::At(range) => {
            let range = folded.source(range);
            // A match may begin or end within a letter that folds to several, such as `œ`; then the words differ.
            (fold(range.of(text)) == exact).then_some(range)
        }
        Found::Doubtful | Found::Nowhere => None,
    }
}

enum Found {
    At(ByteRange),
    Doubtful,
    Nowhere,
}

/// The best of the places where `exact` stands; `distance` tells how far one is from where it was.
fn best(text: &str, exact: &str, prefix: &str, suffix: &str, distance: impl Fn(ByteRange) -> Option<usize>) -> Found {
    let places: Vec<(usize, ByteRange)> = occurrences(text.as_bytes(), exact.as_bytes())
        .map(|at| ByteRange::new(at, at + exact.len()))
        .map(|range| {
            let before = same(text[..range.start].chars().rev(), prefix.chars().rev());
            let after = same(text[range.end..].chars(), suffix.chars());
            (before + after, range)
        })
        .collect();
    let Some(most) = places.iter().map(|(agreement, _)| *agreement).max() else { return Found::Nowhere };
    let whole = prefix.chars().take(COMPARED).count() + suffix.chars().take(COMPARED).count();
    let least = if most == whole { most } else { most.saturating_sub(CHANCE) };
    let good: Vec<_> = places.into_iter().filter(|(agreement, _)| *agreement >= least).collect();
    let distances: Vec<_> = good.iter().map(|(_, range)| distance(*range)).collect();
    let nearest = distances.iter().min();
    let mut best = good.iter().zip(&distances).filter(|(_, far)| Some(*far) == nearest);
    match (best.next(), best.next()) {
        (Some(((_, range), _)), None) => Found::At(*range),
        _ => Found::Doubtful,
    }
}

/// Code points that are the same from the beginning of both, at most [`COMPARED`].
fn same(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take(COMPARED).take_while(|(a, b)| a == b).count()
}

/// Where `needle` begins in `hay`, overlapping occurrences too, in time linear in both: the algorithm of Knuth,
/// Morris and Pratt ("Fast pattern matching in strings", SIAM Journal on Computing 6, 1977). None for an empty needle.
fn occurrences<'a>(hay: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let borders = borders(needle);
    let mut matched = 0;
    let mut seen = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = hay.get(seen).filter(|_| !needle.is_empty()) {
            while matched > 0 && (matched == needle.len() || needle[matched] != *byte) {
                matched = borders[matched - 1];
            }
            matched += usize::from(needle[matched] == *byte);
            seen += 1;
            if matched == needle.len() {
                return Some(seen - matched);
            }
        }
        None
    })
}

/// For every prefix of `needle`, the length of its longest proper prefix that is also its suffix.
fn borders(needle: &[u8]) -> Vec<usize> {
    let mut borders = vec![0; needle.len()];
    let mut matched = 0;
    for at in 1..needle.len() {
        while matched > 0 && needle[matched] != needle[at] {
            matched = borders[matched - 1];
        }
        matched += usize::from(needle[matched] == needle[at]);
        borders[at] = matched;
    }
    borders
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// The place marked by `[…]` in `text` is found for the words, the hint and the context; without a mark, none is.
    fn check(marked: &str, hint: Option<(usize, usize)>, (prefix, exact, suffix): (&str, &str, &str)) {
        let text = marked.replace(['[', ']'], "");
        let want = marked.find('[').map(|start| ByteRange::new(start, marked.find(']').unwrap() - 1));
        let hint = hint.map(|(start, end)| ByteRange::new(start, end));
        let got = place(&text, hint, exact, prefix, suffix);
        assert_eq!(got, want, "{marked} hint {hint:?} {prefix:?} {exact:?} {suffix:?}");
    }

    #[test]
    fn words_are_found_where_they_were_or_where_their_surroundings_went() {
        check("oui [non] oui", None, ("", "non", ""));
        check("non [non] non", Some((4, 7)), ("", "non", ""));
        check("non, dit Roy. [non], dit Wang.", Some((0, 2)), ("", "non", ", dit Wang."));
        check("dit Roy : non. dit Wang : [non].", Some((9, 11)), ("dit Wang : ", "non", ""));
        check("a b [a] c", None, ("", "a", " c"));
        check("ha ha [ha ha] !", None, ("ha ha ", "ha ha", " !"));
    }

    #[test]
    fn the_nearer_of_two_places_with_surroundings_as_good_is_taken() {
        check("non. non. [non]. oui", Some((11, 14)), ("", "non", "."));
        check("[non]. non. non. oui", Some((1, 4)), ("", "non", "."));
        check("non un. [non] deux", Some((9, 12)), ("", "non", " ux"));
        check("xx [non] yy non zz", Some((4, 7)), ("", "non", " ab"));
    }

    #[test]
    fn a_doubtful_place_is_none() {
        check("non. non.", None, ("", "non", "."));
        check("non un. non deux", None, ("", "non", " ux"));
        check("non.  non.", Some((3, 6)), ("", "non", "."));
        check("oui", Some((0, 3)), ("", "non", ""));
        check("oui", Some((0, 0)), ("", "", ""));
        check("oui", None, ("", "", ""));
    }

    #[test]
    fn letters_that_fold_alike_are_found_where_none_are_equal() {
        check("oui [l’\u{a0}Été] oui", None, ("", "l' été", ""));
        check("l'été [l’été]", None, ("", "l’été", ""));
        check("l’été un, [l’été] deux", None, ("", "l'ete", " deux"));
        check("oui [e\u{301}te\u{301}] oui", None, ("", "été", ""));
        check("l’été l’été", None, ("", "l'ete", ""));
        check("son œuvre", None, ("", "E", ""));
    }

    #[test]
    fn context_is_32_code_points_cut_between_clusters() {
        let text = format!("{}é{}", "x".repeat(40), "y".repeat(40));
        let (prefix, suffix) = context(&text, ByteRange::new(40, 42));
        assert_eq!((prefix, suffix), ("x".repeat(32).as_str(), "y".repeat(32).as_str()));

        // The 32nd code point before is an accent, the 32nd after the letter of one: neither is cut from the other.
        let text = format!("e\u{301}{}non{}e\u{301}", "x".repeat(31), "y".repeat(31));
        let (prefix, suffix) = context(&text, ByteRange::new(34, 37));
        assert_eq!((prefix, suffix), ("x".repeat(31).as_str(), "y".repeat(31).as_str()));

        let cluster = format!("e{}", "\u{301}".repeat(80));
        assert_eq!(context(&cluster, ByteRange::new(81, 83)), ("", ""));
        assert_eq!(context("non", ByteRange::new(0, 3)), ("", ""));
        assert_eq!(context("é", ByteRange::new(1, 2)), ("", ""));
        assert_eq!(context("é", ByteRange::new(5, 9)), ("", ""));
    }

    #[test]
    fn occurrences_overlap() {
        assert_eq!(occurrences(b"aaaa", b"aa").collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(occurrences(b"ababab", b"abab").collect::<Vec<_>>(), [0, 2]);
        assert_eq!(occurrences(b"a", b"").count(), 0);
        assert_eq!(occurrences(b"", b"a").count(), 0);
    }

    proptest! {
        #[test]
        fn occurrences_agree_with_looking_everywhere(hay in "[ab]{0,40}", needle in "[ab]{1,4}") {
            let everywhere = (0..hay.len()).filter(|at| hay[*at..].starts_with(&needle));
            let found: Vec<usize> = occurrences(hay.as_bytes(), needle.as_bytes()).collect();
            prop_assert_eq!(found, everywhere.collect::<Vec<_>>());
        }

        #[test]
        fn a_place_has_the_words(
            text in "[aAàœe’' \u{301}]{0,30}",
            exact in "[aàoe’' \u{301}]{0,3}",
            at in 0usize..40,
        ) {
            let hint = Some(ByteRange::new(at, at + exact.len()));
            if let Some(range) = place(&text, hint, &exact, "a", "e") {
                prop_assert!(text.get(range.start..range.end).is_some());
                prop_assert_eq!(fold(range.of(&text)), fold(&exact));
            }
        }

        #[test]
        fn words_are_found_in_their_own_text(text in "\\PC{0,60}", a in 0usize..60, b in 0usize..60) {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let range = ByteRange::new(bounds[a.min(b).min(bounds.len() - 1)], bounds[a.max(b).min(bounds.len() - 1)]);
            let (prefix, suffix) = context(&text, range);
            prop_assert!(text[..range.start].ends_with(prefix) && text[range.end..].starts_with(suffix));
            prop_assert!(prefix.chars().count() <= CONTEXT && suffix.chars().count() <= CONTEXT);
            let found = place(&text, Some(range), range.of(&text), prefix, suffix);
            prop_assert_eq!(found, (!range.is_empty()).then_some(range));
        }
    }
}
