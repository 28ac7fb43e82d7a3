//! What of a text may reach a terminal.
//!
//! Articles, file names, tags, speakers, settings and error messages are hostile until they have passed through here:
//! a control starts an escape sequence, a bidi override turns a sentence round, an invisible character makes two
//! names look like one. [`Shown`] is the only type that may be printed; it has no other constructor than the ones
//! that neutralise. [`glyphs`] gives the same, piece by piece, to those who lay text out themselves. The stored text
//! is never touched: each [`Glyph`] says which bytes of the source it stands for.
//!
//! The policy, by code point (the classes are those of the Unicode character database):
//!
//! | in the source | on the screen |
//! |---|---|
//! | line ends (LF, CR, CRLF, NEL, VT, FF, U+2028, U+2029), tab | a space, a new line, or a tab stop, by place |
//! | other controls (C0, DEL, C1) | U+FFFD |
//! | bidi embeddings, overrides, isolates | U+FFFD |
//! | private use, non-characters, unassigned, U+FFF9 to U+FFFC | U+FFFD |
//! | tag characters outside a flag | one U+FFFD for the run |
//! | U+200E, U+200F, U+061C; invisible operators, joiners, shorthand and musical format controls | nothing |
//! | U+200B, U+2060, U+FEFF | nothing, but they allow or forbid a break |
//! | U+200C, U+200D | kept between letters of a joining script and within emoji; else nothing |
//! | variation selectors | kept once after a base that takes them; else nothing |
//! | characters that look like a space and are none | a space in running text, U+FFFD in a one-line place |
//! | more than 8 combining marks on a base, more bases in a cluster than any script needs | nothing for the rest |
//! | a combining mark, or other extender, with nothing to stand on | the same on a dotted circle, U+25CC |
//! | soft hyphen | nothing (whoever breaks a line there draws the hyphen) |
//! | all else: letters composed or not, U+00A0, U+202F, U+2007, quotes, emoji, flags | as it is |
//!
//! What is shown as nothing or as U+FFFD is counted as *hidden*, except the soft hyphen and a U+FFFD of the
//! source's own.

mod glyph;
mod policy;

use std::fmt;

pub use glyph::{Glyph, Glyphs, Joint, glyphs};

use policy::Place;

/// Text that is safe to print: no control but the line feed, and no character that hides or reorders others.
///
/// It is a fixed point: neutralising it once more changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    text: String,
    cells: usize,
    hidden: usize,
}

/// Columns between tab stops in [`Shown::text`].
const TAB_STOP: usize = 8;

impl Shown {
    /// Text for a place of one line, such as a title, a name or a message: every line end and tab is one space.
    ///
    /// Soft hyphens are left out. Characters that only look like a space are shown as U+FFFD here, so that a name
    /// made of them can't pass for empty.
    pub fn line(source: &str) -> Self {
        Self::settle(source, Place::Line)
    }

    /// Running text of any number of lines: every line end is one `\n`, a tab fills up to the next stop of 8 cells.
    pub fn text(source: &str) -> Self {
        Self::settle(source, Place::Text)
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Cells that the widest line takes.
    pub fn width(&self) -> usize {
        self.cells
    }

    /// Code points of the source that are shown as nothing or as U+FFFD.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The same text in at most `cells` cells: each line that is wider is cut between two glyphs and ends in `…`.
    ///
    /// With 0 cells the lines are empty. The count of hidden characters stays that of the whole text.
    #[must_use]
    pub fn fit(&self, cells: usize) -> Self {
        if self.cells <= cells {
            return self.clone();
        }
        let mut fitted = Self { hidden: self.hidden, ..Self::default() };
        for (n, line) in self.text.split('\n').enumerate() {
            if n > 0 {
                fitted.text.push('\n');
            }
            fitted.cells = fitted.cells.max(push_cut(&mut fitted.text, line, cells));
        }
        fitted
    }

    /// Neutralises until nothing is left to hide: leaving out a character can bring together what it kept apart.
    fn settle(source: &str, place: Place) -> Self {
        let mut shown = Self::pass(source, place);
        let mut hidden = shown.hidden;
        while hidden > 0 {
            let again = Self::pass(&shown.text, place);
            hidden = again.hidden;
            shown = Self { hidden: shown.hidden + hidden, ..again };
        }
        shown
    }

    fn pass(source: &str, place: Place) -> Self {
        if source.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Self { text: source.to_owned(), cells: source.len(), hidden: 0 };
        }
        let mut shown = Self { text: String::with_capacity(source.len()), ..Self::default() };
        let mut column = 0;
        let mut clusters = Glyphs::new(source, place);
        while let Some((glyph, hidden)) = clusters.advance() {
            shown.hidden += hidden;
            if place == Place::Text && glyph.joint == Joint::LineEnd {
                shown.text.push('\n');
                shown.cells = shown.cells.max(column);
                column = 0;
            } else if place == Place::Text && glyph.at.of(source) == "\t" {
                let fill = TAB_STOP - column % TAB_STOP;
                shown.text.extend(std::iter::repeat_n(' ', fill));
                column += fill;
            } else {
                shown.text.push_str(&glyph.shown);
                column += usize::from(glyph.cells);
            }
        }
        shown.cells = shown.cells.max(column);
        shown
    }
}

/// Appends as much of `line` as fits in `cells` cells, with `…` where it was cut; gives the cells used.
fn push_cut(out: &mut String, line: &str, cells: usize) -> usize {
    // The end of what fits when the sign for the cut has to fit too, and the cells up to there.
    let mut cut = (0, 0);
    let mut used = 0;
    for glyph in glyphs(line) {
        used += usize::from(glyph.cells);
        if used > cells {
            let (end, kept) = cut;
            out.push_str(&line[..end]);
            if cells > 0 {
                out.push('…');
            }
            return kept + cells.min(1);
        }
        if used < cells {
            cut = (glyph.at.end, used);
        }
    }
    out.push_str(line);
    used
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
