//! Where quoted words stand in a text that may have changed since they were quoted.
//!
//! A quotation is kept as the W3C Web Annotation Data Model keeps it (Recommendation of 23 February 2017, §4.2.4
//! `TextQuoteSelector` and §4.2.5 `TextPositionSelector`): the exact words, some text before and after them, and
//! where they stood. There are two ways to find them again.
//!
//! [`place`] is for words that are said to stand in just this text: at the old place first, as Hypothesis does, then
//! at every place with the same words, then at those with the same folded words. Nothing is matched approximately.
//!
//! [`Ground::find`] is for a text that was changed since. After the old place it looks for the folded words without
//! regard to white space, and where these or their surroundings have changed, for the likest place. Each place has a
//! score, as in Hypothesis, from how much of the words and of the text on either side is the same: from 0.85 on
//! the words have moved there, from 0.5 on a person should look. Unlike Hypothesis, a doubtful place is never
//! taken for sure, and less is no place at all: words in a wrong place are worse than words in none.
//!
//! | module | what |
//! |---|---|
//! | `form` | the text in the form in which it is compared |
//! | `search` | places, and how well they fit |
//! | `myers` | edit distances, bit-parallel |
//! | `together` | words that belong together |
//!
//! Work and memory grow with the text and the words, whatever they hold.

mod form;
mod myers;
mod search;
mod together;

use std::cell::{Cell, OnceCell};

use unicode_segmentation::GraphemeCursor;

use self::form::Form;
use self::search::{Candidate, Search, Words};
pub use self::together::Together;
use super::fold::{Folded, fold};
use crate::model::range::ByteRange;

/// Code points of context on either side of a quotation.
pub const CONTEXT: usize = 32;

/// Code points of a given prefix or suffix that are compared, next to the words; other programs may give more.
const COMPARED: usize = 128;

/// Code points of context that may agree by chance: places that differ by no more are told apart by distance.
const CHANCE: usize = 3;

/// The score from which words have moved to a place, if no other place comes as near as [`MARGIN`] to it.
const MOVED: f64 = 0.85;

/// The score from which a place is worth to be looked at.
const REVIEW: f64 = 0.5;

/// By how much the best place has to be better than the next.
const MARGIN: f64 = 0.02;

/// The share of the words that a place has to have at least.
const LEAST_WORDS: f64 = 0.5;

/// Bytes on either side of the expected place in which words that changed are looked for first.
const NEARBY: usize = 1 << 16;

/// The score of the same words from which no likeness elsewhere is looked for.
const CLEAR: f64 = 0.95;

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

/// Words to be found again.
#[derive(Clone, Copy, Debug)]
pub struct Quote<'a> {
    /// The words.
    pub exact: &'a str,
    /// Text before them.
    pub prefix: &'a str,
    /// Text after them.
    pub suffix: &'a str,
    /// Where they stood, or are expected.
    pub hint: Option<ByteRange>,
}

/// A place where words may have come to stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Where; never empty, never within a grapheme cluster.
    pub range: ByteRange,
    /// Whether it is beyond doubt; else a person should look.
    pub sure: bool,
    /// How much of the words and their surroundings is the same, 0 to 1.
    pub score: f64,
    /// How much of the words is the same, 0 to 1.
    pub words: f64,
}

/// A text in which words are to be found again; made ready for it once, when the first are looked for.
pub struct Ground<'t> {
    text: &'t str,
    form: OnceCell<Form>,
    work: Cell<u64>,
}

impl<'t> Ground<'t> {
    /// Takes a text of at most 4 GiB.
    pub const fn new(text: &'t str) -> Self {
        Self { text, form: OnceCell::new(), work: Cell::new(0) }
    }

    /// The text.
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Letters looked at so far, or blocks of them: a measure of the work that doesn't depend on the machine.
    pub fn work(&self) -> u64 {
        self.work.get()
    }

    /// Where the words of `quote` have come to stand.
    pub fn find(&self, quote: &Quote<'_>) -> Option<Place> {
        self.find_within(quote, ByteRange::new(0, self.text.len()))
    }

    /// The same within a part of the text; what stands outside is no rival.
    pub fn find_within(&self, quote: &Quote<'_>, within: ByteRange) -> Option<Place> {
        if let Some(range) = quote.hint.filter(|hint| within.covers(*hint) && self.stands_at(quote, *hint)) {
            return Some(Place { range, sure: true, score: 1.0, words: 1.0 });
        }
        let words = Words::new(quote)?;
        let form = self.form.get_or_init(|| Form::new(self.text));
        let search = Search::new(self.text, form, &words, &self.work);
        let within = ByteRange::new(form.place_of(within.start), form.place_of(within.end));
        let near = quote.hint.map_or(within.start, |hint| form.place_of(hint.start));
        let mut found = search.same(within, near);
        if choose(&mut found, near).is_none_or(|(best, sure)| !sure || best.score < CLEAR) {
            // In a large text, where they are expected comes first: words as like these far away are hardly the same ones.
            let nearby = quote.hint.map_or(within, |_| form.around(near, NEARBY, within));
            found.extend(search.alike(nearby));
            if nearby != within && choose(&mut found, near).is_none() {
                found.extend(search.alike(within));
            }
        }
        let (best, sure) = choose(&mut found, near)?;
        let range = form.source(best.at);
        let start = boundary(self.text, range.start, GraphemeCursor::prev_boundary);
        let end = boundary(self.text, range.end, GraphemeCursor::next_boundary);
        Some(Place { range: ByteRange::new(start, end), sure, score: best.score, words: best.words })
    }

    /// Whether the words stand at `range` in the same surroundings, all letter for letter.
    fn stands_at(&self, quote: &Quote<'_>, range: ByteRange) -> bool {
        let whole = |at| boundary(self.text, at, GraphemeCursor::next_boundary) == at;
        !quote.exact.is_empty()
            && range.of(self.text) == quote.exact
            && self.text[..range.start].ends_with(quote.prefix)
            && self.text[range.end..].starts_with(quote.suffix)
            && whole(range.start)
            && whole(range.end)
    }
}

/// The best of the places, and whether it is beyond doubt; of places as good, the one nearest to `near`.
fn choose(found: &mut Vec<Candidate>, near: usize) -> Option<(Candidate, bool)> {
    found.retain(|candidate| candidate.words >= LEAST_WORDS && candidate.score >= REVIEW);
    found.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| a.at.start.abs_diff(near).cmp(&b.at.start.abs_diff(near)))
    });
    let (best, others) = found.split_first()?;
    let apart = |other: &&Candidate| best.at.intersect(other.at).is_none();
    let rival = others.iter().filter(apart).any(|other| other.score > best.score - MARGIN);
    Some((*best, best.score >= MOVED && best.enough && !rival))
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
mod tests;
