//! A text as a row of glyphs, each with its cells, its bytes in the source, and how it joins its neighbours.
//!
//! Every byte of the source belongs to exactly one glyph, also the bytes that are shown as nothing, so that a layout
//! over glyphs can always say which part of the text a place on the screen stands for. Nearly all text of the press
//! is Latin letters and typographic signs that nothing can combine with; those are taken one code point at a time,
//! and only the rest goes through the search for cluster boundaries (UAX #29).

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::policy::{self, Place};
use crate::model::range::ByteRange;

/// How a glyph joins those beside it, as far as breaking lines goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// An ordinary glyph; one of 0 cells is a character that is hidden.
    Letter,
    /// A space at which a line may end: U+0020, a tab, U+2009 and the other spaces of typography. Not all are 1 cell.
    Space,
    /// A place that never breaks: U+00A0, U+202F, U+2007, and U+2060 and U+FEFF with 0 cells.
    Glue,
    /// The end of a line in the source, CRLF counting as one; shown as one space where lines are run together.
    LineEnd,
    /// U+00AD: 0 cells, shown as nothing. Where a line ends at it, the layout draws a `-`.
    SoftHyphen,
    /// U+200B: 0 cells, shown as nothing; a line may end at it.
    ZeroWidthBreak,
}

/// One grapheme cluster of a text, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// The neutralised cluster; empty if nothing of it is shown.
    pub shown: Cow<'a, str>,
    /// Cells that `shown` takes, by the rules of the crate unicode-width; may be 0.
    pub cells: u16,
    /// The bytes of the source that this glyph stands for; never empty.
    pub at: ByteRange,
    /// How it joins its neighbours.
    pub joint: Joint,
}

/// The glyphs of `text`, in order, covering every byte once. Line ends and tabs are shown as one space.
///
/// ```
/// use dixit::text::shown::{Joint, glyphs};
///
/// let joints: Vec<Joint> = glyphs("oui\u{202f}!").map(|glyph| glyph.joint).collect();
/// assert_eq!(joints[3..], [Joint::Glue, Joint::Letter]);
/// ```
pub fn glyphs(text: &str) -> Glyphs<'_> {
    Glyphs::new(text, Place::Text)
}

/// The iterator that [`glyphs`] gives.
#[derive(Clone, Debug)]
pub struct Glyphs<'a> {
    text: &'a str,
    at: usize,
    place: Place,
}

impl<'a> Glyphs<'a> {
    pub(super) fn new(text: &'a str, place: Place) -> Self {
        Self { text, at: 0, place }
    }

    /// The next glyph, and how many code points it hides.
    pub(super) fn advance(&mut self) -> Option<(Glyph<'a>, usize)> {
        let rest = &self.text[self.at..];
        let (bytes, cells, joint) = stands_alone(rest.as_bytes())?;
        if bytes > 0 {
            let shown = Cow::Borrowed(if cells == 0 { "" } else { &rest[..bytes] });
            return Some((self.take(bytes, shown, cells, joint), 0));
        }
        let cluster = rest.graphemes(true).next()?;
        let neutral = policy::neutralise(cluster, rest[cluster.len()..].chars().next(), self.place);
        let cells = u16::try_from(neutral.shown.width()).unwrap_or(u16::MAX);
        Some((self.take(cluster.len(), neutral.shown, cells, neutral.joint), neutral.hidden))
    }

    fn take(&mut self, bytes: usize, shown: Cow<'a, str>, cells: u16, joint: Joint) -> Glyph<'a> {
        let start = self.at;
        self.at += bytes;
        Glyph { shown, cells, at: ByteRange::new(start, self.at), joint }
    }
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        self.advance().map(|(glyph, _)| glyph)
    }
}

impl std::iter::FusedIterator for Glyphs<'_> {}

/// The length in bytes, cells and joint of the code point that `text` (in UTF-8) begins with, if it is shown as it is
/// and nothing after it can combine with it: that is nearly all of the Latin blocks and of European typography.
///
/// A length of 0 says that the code point needs the rules for clusters; `None` that the text is at its end.
fn stands_alone(text: &[u8]) -> Option<(usize, u16, Joint)> {
    let (bytes, cells, joint) = match *text {
        [] => return None,
        [b' ', ..] => (1, 1, Joint::Space),
        [b'!'..=b'~', ..] => (1, 1, Joint::Letter),
        [0xc2, 0xa0, ..] => (2, 1, Joint::Glue),
        [0xc2, 0xad, ..] => (2, 0, Joint::SoftHyphen),
        [0xc2, 0xa1..=0xbf, ..] | [0xc3..=0xcb, _, ..] => (2, 1, Joint::Letter),
        // U+202F; then U+2010 to U+2027, the dashes, quotes and points; then the euro sign.
        [0xe2, 0x80, 0xaf, ..] => (3, 1, Joint::Glue),
        [0xe2, 0x80, 0x90..=0xa7, ..] | [0xe2, 0x82, 0xac, ..] => (3, 1, Joint::Letter),
        _ => (0, 0, Joint::Letter),
    };
    let alone = match text[bytes..] {
        // Before all code points below U+0300, and before the same signs, there is a boundary.
        [] | [0..=0xcb, ..] | [0xe2, 0x80, 0x90..=0xa7 | 0xaf, ..] | [0xe2, 0x82, 0xac, ..] => true,
        _ => joint == Joint::SoftHyphen,
    };
    Some(if alone { (bytes, cells, joint) } else { (0, 0, joint) })
}
