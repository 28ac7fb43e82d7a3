//! The filter's matching: a few typed letters find a title or a name, and nothing far-fetched.
//!
//! A pattern is a row of words, all of which must be found, each in any field. Both sides are folded
//! ([`fold`](super::fold)), so accents, case and apostrophes don't matter. Any six letters stand *somewhere* in a long
//! headline in the right order, so a plain subsequence test finds everything; here a word is found in one of three
//! ways only, best first:
//!
//! 1. **a run**: its letters stand together, best as a whole word, then at the start of a word, then inside one;
//! 2. **shortened**, from 4 letters on: its letters stand within one word, beginning with that word's first letter,
//!    with at most one letter left out for every three typed (`altmn` for Altman, but not `wang` for Washington);
//! 3. **heads**, from 5 letters on: it is made of beginnings of words that follow each other, as many as half its
//!    letters at most, the last of two letters or more (`samalt` for Sam Altman, `dtrump` for Donald Trump).
//!
//! The first always outranks the second and the second the third. Within each, the alignment score of the crate
//! fuzzy-matcher decides, on the few letters that were found only: over whole titles it is slow, and it ranks a
//! scatter of initials above a run. Ways 2 and 3 are for names and titles; in fields longer than 4 KiB, and for words
//! of more than 32 letters, only runs count.

use std::sync::LazyLock;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

use super::fold::{Folded, fold};
use crate::model::range::ByteRange;

/// The words of a filter, ready to be looked for in many rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    words: Vec<Word>,
}

/// One folded word.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// Its code points, if it isn't too long to be shortened.
    letters: Vec<char>,
    finder: Finder<'static>,
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// Shortest words that may be found shortened, and as heads.
const SHORTENED_FROM: usize = 4;
const HEADS_FROM: usize = 5;
/// Longest words, in code points, and fields, in bytes, in which letters may be left out.
const LONGEST_WORD: usize = 32;
const LONGEST_FIELD: usize = 4096;

/// The worth of each way; the alignment score, 0 to `FINEST`, and the place of the field stay below the steps.
const WHOLE_WORD: i64 = 5000;
const WORD_START: i64 = 4000;
const INSIDE: i64 = 3000;
const SHORTENED: i64 = 2000;
const HEADS: i64 = 1000;
const FIELD_START: i64 = 400;
const FINEST: i64 = 500;
const LAST_FIELD: usize = 50;

/// Keeps its working memory per thread, so it is made once.
static ALIGNMENT: LazyLock<SkimMatcherV2> = LazyLock::new(|| SkimMatcherV2::default().respect_case());

impl Pattern {
    /// The pattern of `words`, which are folded and split at white space.
    pub fn new(words: &str) -> Self {
        Self { words: fold(words).split_whitespace().map(Word::new).collect() }
    }

    /// Whether there is nothing to look for; such a pattern is found everywhere, with a score of 0.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a row matches, or `None` if one of the words is in none of its fields.
    ///
    /// The fields must be folded already. Each word counts where it is found best; between equals, the earlier field
    /// is worth more. Scores of different patterns can't be compared.
    pub fn score(&self, folded_fields: &[&str]) -> Option<i64> {
        self.words.iter().map(|word| word.score(folded_fields)).sum()
    }

    /// The bytes of `text`, as it came, that the words match: in order, apart from each other, on whole letters.
    ///
    /// Words that aren't found in `text` are passed over, since they may be found in another field.
    pub fn hits(&self, text: &str) -> Vec<ByteRange> {
        if self.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let mut hits: Vec<ByteRange> = Vec::new();
        for word in &self.words {
            hits.extend(word.places(&folded.text).into_iter().map(|place| folded.source(place)));
        }
        hits.sort_unstable();
        merge(&mut hits);
        hits
    }
}

/// Makes ranges in order into fewer that don't touch.
fn merge(ranges: &mut Vec<ByteRange>) {
    ranges.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
}

impl Word {
    fn new(text: &str) -> Self {
        let mut letters: Vec<char> = text.chars().take(LONGEST_WORD + 1).collect();
        if letters.len() > LONGEST_WORD {
            letters.clear();
        }
        Self { text: text.to_owned(), letters, finder: Finder::new(text).into_owned() }
    }

    /// The best score in any of the fields.
    fn score(&self, fields: &[&str]) -> Option<i64> {
        let worth = |(n, field): (usize, &&str)| Some(self.worth(field)? - n.min(LAST_FIELD) as i64);
        fields.iter().enumerate().filter_map(worth).max()
    }

    /// The worth of the best way in which this word is found in `field`.
    fn worth(&self, field: &str) -> Option<i64> {
        if let Some(run) = self.runs(field).map(|start| self.worth_of_run(field, start)).max() {
            return Some(run + self.alignment(&self.text));
        }
        let (worth, places) = self.scattered(field)?;
        Some(worth + if places.first().is_some_and(|first| first.start == 0) { FIELD_START } else { 0 })
    }

    /// The bytes of `field` to mark: every run of the best kind, or the letters of the best other way.
    fn places(&self, field: &str) -> Vec<ByteRange> {
        let kind = |&start: &usize| starts_word(field, start);
        let (heads, insides): (Vec<usize>, Vec<usize>) = self.runs(field).partition(kind);
        let runs = if heads.is_empty() { insides } else { heads };
        if runs.is_empty() {
            return self.scattered(field).map(|(_, places)| places).unwrap_or_default();
        }
        runs.into_iter().map(|start| ByteRange::new(start, start + self.text.len())).collect()
    }

    fn runs<'a>(&'a self, field: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.finder.find_iter(field.as_bytes())
    }

    fn worth_of_run(&self, field: &str, start: usize) -> i64 {
        let end = start + self.text.len();
        let way = match (starts_word(field, start), ends_word(field, end)) {
            (true, true) => WHOLE_WORD,
            (true, false) => WORD_START,
            (false, _) => INSIDE,
        };
        way + if start == 0 { FIELD_START } else { 0 }
    }

    /// The best way that leaves letters out, with the places of the letters, apart from each other.
    fn scattered(&self, field: &str) -> Option<(i64, Vec<ByteRange>)> {
        if self.letters.len() < SHORTENED_FROM || field.len() > LONGEST_FIELD || !self.has_letters(field) {
            return None;
        }
        let best = |way: i64, found: &mut dyn Iterator<Item = Vec<ByteRange>>| {
            let worth = |places: Vec<ByteRange>| (way + self.alignment(span(&places).of(field)), places);
            // Of equals the first.
            found.map(worth).reduce(|best, next| if next.0 > best.0 { next } else { best })
        };
        best(SHORTENED, &mut self.starts(field).filter_map(|start| self.shortened(field, start)))
            .or_else(|| best(HEADS, &mut self.starts(field).filter_map(|start| self.heads(field, start))))
    }

    /// Where words begin in `field` that have the first letter of this one, or at least its first byte.
    fn starts<'a>(&self, field: &'a str) -> impl Iterator<Item = usize> + use<'a> {
        let first = self.text.bytes().next().unwrap_or_default();
        memchr::memchr_iter(first, field.as_bytes()).filter(|&at| starts_word(field, at))
    }

    /// Whether the bytes of this word stand in `field` in order, however far apart: what the other ways presuppose.
    fn has_letters(&self, field: &str) -> bool {
        let mut rest = field.as_bytes();
        self.text.bytes().all(|byte| match memchr::memchr(byte, rest) {
            Some(at) => {
                rest = &rest[at + 1..];
                true
            }
            None => false,
        })
    }

    /// The letters of this word within the word at `start`, the first of both being the same and few being left out.
    ///
    /// Each letter is taken as early as can be, which leaves out the fewest.
    fn shortened(&self, field: &str, start: usize) -> Option<Vec<ByteRange>> {
        let mut left_out = 0;
        let mut letters = self.letters.iter().peekable();
        let mut places = Vec::new();
        for (at, c) in field[start..].char_indices().take_while(|(_, c)| c.is_alphanumeric()) {
            if letters.next_if_eq(&&c).is_some() {
                places.push(ByteRange::new(start + at, start + at + c.len_utf8()));
            } else if letters.peek().is_none() {
                break;
            } else {
                left_out += 1;
                if places.is_empty() || left_out > self.letters.len() / 3 {
                    return None;
                }
            }
        }
        merge(&mut places);
        letters.peek().is_none().then_some(places)
    }

    /// The beginnings of the words from `start` on that make up this word, if they do.
    fn heads(&self, field: &str, start: usize) -> Option<Vec<ByteRange>> {
        let count = self.letters.len();
        let most = if count < HEADS_FROM { 0 } else { count / 2 };
        // For each word, which beginnings of the letters the words before it yield: bit n stands for the first n.
        let mut reached: Vec<(u64, ByteRange)> = Vec::new();
        let mut before = 1_u64;
        for word in words(field, start).take(most) {
            let mut after = 0;
            for from in (0..count).filter(|from| before >> from & 1 == 1) {
                for to in from + 1..=from + self.common(from, word.of(field)) {
                    after |= u64::from(to - from >= self.least(to)) << to;
                }
            }
            if after == 0 {
                return None;
            }
            reached.push((before, word));
            if after >> count & 1 == 1 {
                return Some(self.trace(field, &reached));
            }
            before = after;
        }
        None
    }

    /// The beginnings of words that [`heads`](Self::heads) found, taken from the last letter back to the first.
    fn trace(&self, field: &str, reached: &[(u64, ByteRange)]) -> Vec<ByteRange> {
        let mut to = self.letters.len();
        let mut places = Vec::new();
        for &(before, word) in reached.iter().rev() {
            let fits = |from: &usize| before >> from & 1 == 1 && from + self.common(*from, word.of(field)) >= to;
            let Some(from) = (0..=to.saturating_sub(self.least(to))).find(fits) else {
                break;
            };
            let bytes: usize = self.letters[from..to].iter().map(|c| c.len_utf8()).sum();
            places.push(ByteRange::new(word.start, word.start + bytes));
            to = from;
        }
        places.reverse();
        places
    }

    /// How many letters a head must have that ends before letter `to`: a single one can't be the last.
    fn least(&self, to: usize) -> usize {
        if to == self.letters.len() { 2 } else { 1 }
    }

    /// How many letters, from letter `from` on, `word` begins with.
    fn common(&self, from: usize, word: &str) -> usize {
        self.letters[from..].iter().zip(word.chars()).take_while(|(letter, c)| **letter == *c).count()
    }

    /// How tight and how well placed the letters stand in `window`, from 0 to `FINEST`.
    fn alignment(&self, window: &str) -> i64 {
        if self.letters.is_empty() {
            return 0;
        }
        ALIGNMENT.fuzzy_match(window, &self.text).unwrap_or_default().clamp(0, FINEST)
    }
}

/// From the first to the last of some ranges in order.
fn span(places: &[ByteRange]) -> ByteRange {
    match (places.first(), places.last()) {
        (Some(first), Some(last)) => ByteRange::new(first.start, last.end),
        _ => ByteRange::new(0, 0),
    }
}

/// The runs of letters and digits in `field` from byte `at` on.
fn words(field: &str, mut at: usize) -> impl Iterator<Item = ByteRange> {
    std::iter::from_fn(move || {
        let start = at + field[at..].find(char::is_alphanumeric)?;
        at = field[start..].find(|c: char| !c.is_alphanumeric()).map_or(field.len(), |len| start + len);
        Some(ByteRange::new(start, at))
    })
}

/// Whether no letter or digit stands just before byte `at`.
fn starts_word(field: &str, at: usize) -> bool {
    !field[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Whether no letter or digit stands at byte `at`.
fn ends_word(field: &str, at: usize) -> bool {
    !field[at..].chars().next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests;
