//! Breaks text into lines of a given measure, by French and English rules, and keeps the map back to the text.
//!
//! The words that may not be parted (`« oui »`, `100 %`, `Pourquoi ?`) are found here, whether the space
//! between them is ordinary or not; which of the other gaps to break at is textwrap's: the algorithm of
//! optimal fit, and first fit for stretches too long for it. Lines know the bytes they came from, so that
//! highlighting is the intersection of two ranges. Nothing is ever changed in the text: glue and hyphens
//! exist on the screen only. All widths are in cells.

mod fragment;
mod piece;

use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

pub use self::piece::Piece;
use crate::model::ByteRange;
use crate::text::shown::{Joint, glyphs};

use self::fragment::Word;

/// Words of a stretch from which lines are filled one after the other instead of weighed against each other.
const WEIGHED: usize = 10_000;

/// A stretch of text that is set on lines of its own: a paragraph, a heading, an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its bytes. Stretches are in order and disjoint.
    pub range: ByteRange,
    /// Cells left free before every line.
    pub indent: u16,
    /// Cells left free besides before every line but the first.
    pub hang: u16,
    /// Empty rows before it; none before the first stretch.
    pub gap: u16,
}

/// A label put into a line right before the first visible letter at or after a byte; it takes room and stays
/// with its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The byte.
    pub at: usize,
    /// The label.
    pub label: &'a str,
}

/// A row of the laid-out text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The index of the stretch that it belongs to.
    pub stretch: usize,
    /// Its bytes, with the white space after it; empty for an empty row.
    pub range: ByteRange,
    /// Cells before its first letter.
    pub indent: u16,
    /// Whether it is an empty row before a stretch.
    pub gap: bool,
    /// Whether it ends in a hyphen that isn't in the text.
    pub hyphen: bool,
}

/// A text laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Its rows. Those that aren't gaps cover every byte of the text exactly once, in order.
    pub lines: Vec<Line>,
}

impl Flow {
    /// The row that holds the byte at `at`; the last one for a byte past the end, 0 where there are none.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.range.start <= at).saturating_sub(1)
    }

    /// What is drawn of a row, from left to right. `text` and `marks` are those that were laid out.
    pub fn pieces<'t>(&self, line: usize, text: &'t str, marks: &[Mark<'t>]) -> Vec<Piece<'t>> {
        self.lines.get(line).map(|line| piece::pieces(line, text, marks)).unwrap_or_default()
    }
}

/// Lays `text` out on lines of at most `measure` cells; only a single letter wider than that sticks out.
pub fn flow(text: &str, stretches: &[Stretch], marks: &[Mark<'_>], measure: u16) -> Flow {
    let mut lines: Vec<Line> = Vec::new();
    let mut marks: Vec<(usize, u16)> =
        marks.iter().filter_map(|mark| Some((seat(text, mark.at)?, width(mark.label)))).collect();
    marks.sort_by_key(|(at, _)| *at);
    for (index, stretch) in stretches.iter().enumerate() {
        let words = stretch.range.of(text);
        if words.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            let start = stretch.range.start;
            let gap = Line { stretch: index, range: ByteRange::new(start, start), indent: 0, gap: true, hyphen: false };
            lines.extend(std::iter::repeat_n(gap, usize::from(stretch.gap)));
        }
        let from = marks.partition_point(|(at, _)| *at < stretch.range.start);
        let to = marks.partition_point(|(at, _)| *at < stretch.range.end);
        set(words, index, stretch, &marks[from..to], measure.max(1), &mut lines);
    }
    if lines.is_empty() && !text.is_empty() {
        lines.push(Line { stretch: 0, range: ByteRange::new(0, text.len()), indent: 0, gap: false, hyphen: false });
    }
    close_gaps(&mut lines, text.len());
    Flow { lines }
}

/// Breaks `text` into lines of at most `measure` cells, each filled before the next one begins: for titles and
/// excerpts, of which only the first lines may be seen. The ranges cover all of the text.
pub fn fill(text: &str, measure: u16) -> Vec<ByteRange> {
    let words = fragment::words(text, 0, &[], measure.max(1));
    let lines = wrap_first_fit(&words, &[f64::from(measure.max(1))]);
    let range = |words: &[Word]| Some(ByteRange::new(words.first()?.range.start, words.last()?.range.end));
    lines.into_iter().filter_map(range).collect()
}

/// Lets every row reach to the next one, so that white space between stretches belongs to the row before it.
fn close_gaps(lines: &mut [Line], len: usize) {
    let mut next = len;
    let mut first = None;
    for (i, line) in lines.iter_mut().enumerate().rev() {
        if !line.gap {
            line.range.end = next;
            next = line.range.start;
            first = Some(i);
        }
    }
    if let Some(first) = first {
        lines[first].range.start = 0;
    }
}

/// The byte of the letter that a mark at `at` stands before.
fn seat(text: &str, at: usize) -> Option<usize> {
    let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    let letter = glyphs(&text[at..]).find(|glyph| glyph.cells > 0 && glyph.joint == Joint::Letter)?;
    Some(at + letter.at.start)
}

fn width(label: &str) -> u16 {
    glyphs(label).map(|glyph| glyph.cells).sum()
}

/// Breaks one stretch into lines.
fn set(text: &str, index: usize, stretch: &Stretch, marks: &[(usize, u16)], measure: u16, lines: &mut Vec<Line>) {
    // A narrow pane has no room for margins.
    let indent = stretch.indent.min(measure / 3);
    let hang = stretch.hang.min(measure / 3);
    let (first, rest) = (measure - indent, measure - indent - hang);
    let words = fragment::words(text, stretch.range.start, marks, rest.max(1));
    let widths = [f64::from(first), f64::from(rest)];
    for (i, words) in break_words(&words, &widths).into_iter().enumerate() {
        let (Some(from), Some(to)) = (words.first(), words.last()) else { continue };
        lines.push(Line {
            stretch: index,
            range: ByteRange::new(from.range.start, to.range.end),
            indent: if i == 0 { indent } else { indent + hang },
            gap: false,
            hyphen: to.hyphen && to.range.end < stretch.range.end,
        });
    }
}

fn break_words<'w>(words: &'w [Word], widths: &[f64]) -> Vec<&'w [Word]> {
    if words.len() <= WEIGHED
        && let Ok(lines) = wrap_optimal_fit(words, widths, &Penalties::new())
        && lines.iter().enumerate().all(|(i, line)| fits(line, widths[i.min(widths.len() - 1)]))
    {
        return lines;
    }
    wrap_first_fit(words, widths)
}

/// Whether a line keeps to its width; one word alone may not.
fn fits(line: &[Word], width: f64) -> bool {
    let Some((last, others)) = line.split_last() else { return true };
    let cells: u32 = others.iter().map(|word| u32::from(word.cells) + u32::from(word.space)).sum();
    others.is_empty() || f64::from(cells + u32::from(last.cells) + u32::from(last.hyphen)) <= width
}

#[cfg(test)]
mod tests;
