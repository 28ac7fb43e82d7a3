//! Breaks text into lines of a given measure, by French and English rules, and keeps the map back to the text.
//!
//! The words that may not be parted (`« oui »`, `100 %`, `Pourquoi ?`) are found here, whether the space
//! between them is ordinary or not; which of the other gaps to break at is textwrap's: the algorithm of
//! optimal fit, and first fit for stretches too long for it. Lines know the bytes they came from, so that
//! highlighting is the intersection of two ranges. Nothing is ever changed in the text: glue and hyphens
//! exist on the screen only. All widths are in cells.

mod fragment;
mod hyphen;
mod piece;
mod plan;
mod window;

use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

pub use self::hyphen::Language;
pub use self::piece::Piece;
pub use self::plan::Plan;
pub use self::window::Window;
use crate::model::ByteRange;
use crate::text::shown::{Joint, glyphs};

use self::fragment::Word;

/// Words of a stretch from which lines are filled one after the other instead of weighed against each other.
const WEIGHED: usize = 10_000;
/// Lines in a row that may end in a hyphen.
const HYPHENS: usize = 2;
/// Cells that the last line of a stretch has at least where it begins within a word.
const LAST: u16 = 6;
/// How much a hyphen weighs against an uneven margin: as much as a line that is so many cells short, squared.
const HYPHEN_PENALTY: usize = 12 * 12;

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
    /// Rows before these that are kept for something else than text, also before the first stretch.
    pub lead: u16,
    /// The language by which its words may be parted; `None` leaves them whole.
    pub language: Option<Language>,
    /// Whether its lines reach to the end of the measure, by wider spaces.
    pub justified: bool,
}

impl Stretch {
    /// A stretch set without any adornment.
    pub const fn plain(range: ByteRange) -> Self {
        Self { range, indent: 0, hang: 0, gap: 0, lead: 0, language: None, justified: false }
    }
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
    /// Whether it is a row before a stretch, without text.
    pub gap: bool,
    /// Which of the rows it is that are kept for something else than text.
    pub lead: Option<u16>,
    /// Whether it ends in a hyphen that isn't in the text.
    pub hyphen: bool,
    /// Cells by which its spaces grow together, where they can without tearing it apart.
    pub slack: u16,
}

/// A text laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Its rows. Those that aren't gaps cover every byte of the text exactly once, in order.
    pub lines: Vec<Line>,
}

impl Line {
    /// What is drawn of it, from left to right. `text` is the one that was laid out, `marks` are those in the line or more.
    pub fn pieces<'t>(&self, text: &'t str, marks: &[Mark<'t>]) -> Vec<Piece<'t>> {
        piece::pieces(self, text, marks)
    }
}

impl Flow {
    /// The row that holds the byte at `at`; the last one for a byte past the end, 0 where there are none.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.range.start <= at).saturating_sub(1)
    }

    /// What is drawn of a row, from left to right. `text` and `marks` are those that were laid out.
    pub fn pieces<'t>(&self, line: usize, text: &'t str, marks: &[Mark<'t>]) -> Vec<Piece<'t>> {
        self.lines.get(line).map(|line| line.pieces(text, marks)).unwrap_or_default()
    }
}

/// Lays `text` out on lines of at most `measure` cells; only a single letter wider than that sticks out.
pub fn flow(text: &str, stretches: &[Stretch], marks: &[Mark<'_>], measure: u16) -> Flow {
    let plan = Plan::new(text, stretches, marks);
    let mut lines = Vec::new();
    for part in 0..plan.len() {
        plan.set(text, part, measure, &mut lines);
    }
    Flow { lines }
}

/// Breaks `text` into lines of at most `measure` cells, each filled before the next one begins: for titles and
/// excerpts, of which only the first lines may be seen. The ranges cover all of the text.
pub fn fill(text: &str, measure: u16) -> Vec<ByteRange> {
    let words = fragment::words(text, 0, &[], measure.max(1), None);
    let lines = wrap_first_fit(&words, &[f64::from(measure.max(1))]);
    let range = |words: &[Word]| Some(ByteRange::new(words.first()?.range.start, words.last()?.range.end));
    lines.into_iter().filter_map(range).collect()
}

/// The byte of the letter that a mark at `at` stands before.
pub fn seat(text: &str, at: usize) -> Option<usize> {
    let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    let letter = glyphs(&text[at..]).find(|glyph| glyph.cells > 0 && glyph.joint == Joint::Letter)?;
    Some(at + letter.at.start)
}

fn width(label: &str) -> u16 {
    glyphs(label).map(|glyph| glyph.cells).sum()
}

/// Breaks a stretch, the one of number `index`, into lines. A stretch that `goes_on` from the one before it has no first line.
fn set(
    text: &str,
    index: usize,
    stretch: &Stretch,
    goes_on: bool,
    marks: &[(usize, u16)],
    measure: u16,
    lines: &mut Vec<Line>,
) {
    // A narrow pane has no room for margins.
    let indent = stretch.indent.min(measure / 3);
    let hang = stretch.hang.min(measure / 3);
    let rest = (measure - indent - hang).max(1);
    let first = if goes_on { rest } else { (measure - indent).max(1) };
    let mut words = fragment::words(stretch.range.of(text), stretch.range.start, marks, rest, stretch.language);
    let ends = ends(&mut words, first, rest);
    let mut from = 0;
    for (i, &end) in ends.iter().enumerate() {
        let line = &words[from..end];
        from = end;
        let (Some(head), Some(tail)) = (line.first(), line.last()) else { continue };
        let hyphen = tail.hyphen && tail.range.end < stretch.range.end;
        let is_last = end == words.len();
        let room = if i == 0 { first } else { rest };
        lines.push(Line {
            stretch: index,
            range: ByteRange::new(head.range.start, tail.range.end),
            indent: measure - room.min(measure),
            gap: false,
            lead: None,
            hyphen,
            slack: if stretch.justified && !is_last { room.saturating_sub(cells(line)) } else { 0 },
        });
    }
}

/// The words at which the lines end, each the first one of the next line. Words that would make a third
/// hyphen in a row, or leave a syllable alone on the last line, are made whole.
fn ends(words: &mut Vec<Word>, first: u16, rest: u16) -> Vec<usize> {
    loop {
        let mut at = 0;
        let lines = break_words(words, &[f64::from(first), f64::from(rest)]);
        let ends: Vec<usize> = lines
            .iter()
            .map(|line| {
                at += line.len();
                at
            })
            .collect();
        let wrong = wrongly_parted(words, &ends, rest);
        if wrong.is_empty() {
            return ends;
        }
        for at in wrong.into_iter().rev() {
            let after = words.remove(at + 1);
            words[at] = words[at].joined(after);
        }
    }
}

/// The words, parts of one that fits a line, that shouldn't end the line that they end.
fn wrongly_parted(words: &[Word], ends: &[usize], most: u16) -> Vec<usize> {
    let mut in_row = 0;
    let mut wrong = Vec::new();
    for (i, &end) in ends.iter().enumerate() {
        let last = end - 1;
        let Some(after) = words.get(end).filter(|_| words[last].hyphen) else {
            in_row = 0;
            continue;
        };
        in_row += 1;
        let alone = i + 2 == ends.len() && cells(&words[end..]) < LAST;
        let fits = words[last].space == 0 && words[last].joined(*after).whole_cells() <= most;
        if fits && (in_row > HYPHENS || alone) {
            wrong.push(last);
            in_row = 0;
        }
    }
    wrong
}

fn break_words<'w>(words: &'w [Word], widths: &[f64]) -> Vec<&'w [Word]> {
    let penalties = Penalties { hyphen_penalty: HYPHEN_PENALTY, ..Penalties::new() };
    if words.len() <= WEIGHED
        && let Ok(lines) = wrap_optimal_fit(words, widths, &penalties)
        && lines.iter().enumerate().all(|(i, line)| fits(line, widths[i.min(widths.len() - 1)]))
    {
        return lines;
    }
    wrap_first_fit(words, widths)
}

/// Whether a line keeps to its width; one word alone may not.
fn fits(line: &[Word], width: f64) -> bool {
    line.len() < 2 || f64::from(cells(line)) <= width
}

/// The cells of a line, its hyphen included.
fn cells(line: &[Word]) -> u16 {
    let Some((last, others)) = line.split_last() else { return 0 };
    let others = others.iter().fold(0_u16, |sum, word| sum.saturating_add(word.cells).saturating_add(word.space));
    others.saturating_add(last.whole_cells())
}

#[cfg(test)]
mod tests;
