//! Where a word may be parted that has no hyphen of its own, by the patterns of its language.
//!
//! The patterns are those of TeX, in the crate hypher. They are only asked about words of the language: not
//! about addresses, nor what has digits in it, nor words with a hyphen, which part there; and where the
//! author has put soft hyphens, these count alone. A capitalised word is mostly a name, and short names stay
//! whole.

use super::fragment::Item;
use crate::text::shown::Joint;

/// Letters that stay together at either end of a word.
const LEAST: usize = 3;
/// Letters that a capitalised word has at least where it may be parted.
const NAME: usize = 8;

/// A language whose words can be parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

/// Small words that only one of the languages has.
const FRENCH: [&str; 16] =
    ["le", "la", "les", "des", "du", "un", "une", "et", "est", "que", "qui", "dans", "pour", "nous", "pas", "ce"];
const ENGLISH: [&str; 16] =
    ["the", "of", "and", "to", "is", "that", "in", "it", "with", "we", "you", "are", "this", "be", "will", "have"];

impl Language {
    /// The language of some sentences, by their small words; `None` where these don't tell.
    pub fn of(text: &str) -> Option<Self> {
        let (mut french, mut english) = (0, 0);
        for word in text.split(|c: char| !c.is_alphabetic()) {
            let is = |known: &&str| word.eq_ignore_ascii_case(known);
            french += usize::from(FRENCH.iter().any(is));
            english += usize::from(ENGLISH.iter().any(is));
        }
        match (french, english) {
            (2.., _) if french > 2 * english => Some(Self::French),
            (_, 2..) if english > 2 * french => Some(Self::English),
            _ => None,
        }
    }
}

/// The items after which a word may be parted, in order.
pub(super) fn points(items: &[Item], language: Language) -> Vec<usize> {
    let mut points = Vec::new();
    let mut letters = Letters::default();
    let mut start = 0;
    while start < items.len() {
        if items[start].is_blank() {
            start += 1;
            continue;
        }
        let length = items[start..].iter().position(Item::is_blank).unwrap_or(items.len() - start);
        let token = &items[start..start + length];
        if length >= 2 * LEAST && is_prose(token) {
            for (i, item) in token.iter().enumerate() {
                if item.first.is_alphabetic() && !item.mark {
                    letters.push(item.first, start + i);
                } else if !item.mark {
                    letters.part(language, &mut points);
                }
            }
            letters.part(language, &mut points);
        }
        start += length;
    }
    points
}

/// Whether what stands between two spaces is words of a language and nothing else.
fn is_prose(token: &[Item]) -> bool {
    let is_odd = |item: &Item| {
        matches!(item.first, '-' | '\u{2010}' | '/' | '\\' | '@' | '_' | '&' | '#' | '=')
            || item.first.is_numeric()
            || matches!(item.joint, Joint::SoftHyphen | Joint::ZeroWidthBreak)
    };
    // A point within is that of an address.
    let is_inner_point = |pair: &[Item]| pair[0].first == '.' && pair[1].first.is_alphabetic();
    !token.iter().any(is_odd) && !token.windows(2).any(is_inner_point)
}

/// The letters of a word, and the item that each of them is.
#[derive(Default)]
struct Letters {
    word: String,
    items: Vec<usize>,
    capital: bool,
    /// Whether a capital follows a small letter, as in `OpenAI`.
    mixed: bool,
}

impl Letters {
    fn push(&mut self, letter: char, item: usize) {
        let is_capital = letter.is_uppercase();
        if self.items.is_empty() {
            self.capital = is_capital;
            self.mixed = false;
        } else {
            self.mixed |= is_capital && self.word.ends_with(char::is_lowercase);
        }
        self.word.push(letter);
        self.items.push(item);
    }

    /// Adds the points of the word to `points`, and begins another.
    fn part(&mut self, language: Language, points: &mut Vec<usize>) {
        let length = self.items.len();
        if length >= 2 * LEAST && !self.mixed && (!self.capital || length >= NAME) {
            let patterns = match language {
                Language::French => hypher::Lang::French,
                Language::English => hypher::Lang::English,
            };
            let mut seen = 0;
            for syllable in hypher::hyphenate_bounded(&self.word, patterns, LEAST, LEAST) {
                seen += syllable.chars().count();
                if seen < length {
                    points.push(self.items[seen - 1]);
                }
            }
        }
        self.word.clear();
        self.items.clear();
    }
}
