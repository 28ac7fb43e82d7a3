//! What is drawn of a line: its letters with their columns, labels and hyphens included.

use std::borrow::Cow;

use super::fragment::{closes, opens};
use super::{Line, Mark, seat};
use crate::model::ByteRange;
use crate::text::shown::{Joint, glyphs};

/// Cells by which a space may grow.
const WIDER: u16 = 2;

/// Something drawn at a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// Its first column, from 0 at the left of the measure.
    pub col: u16,
    /// What is drawn, already neutralised.
    pub shown: Cow<'t, str>,
    /// Its cells, at least 1.
    pub cells: u16,
    /// The bytes it stands for; empty for a label or a hyphen.
    pub at: ByteRange,
    /// The index of the mark whose label it is.
    pub mark: Option<usize>,
}

/// The pieces of a line, without the white space around it.
pub(super) fn pieces<'t>(line: &Line, text: &'t str, marks: &[Mark<'t>]) -> Vec<Piece<'t>> {
    if line.gap {
        return Vec::new();
    }
    let words = line.range.of(text);
    let mut seats: Vec<(usize, usize)> = marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| mark.at < line.range.end)
        .filter_map(|(i, mark)| Some((seat_in(line, text, mark.at)?, i)))
        .collect();
    seats.sort_unstable();
    let mut seats = seats.into_iter().peekable();
    let mut pieces: Vec<Piece<'t>> = Vec::with_capacity(words.len());
    let mut col = line.indent;
    let mut seen = 0;
    for glyph in glyphs(words) {
        let at = ByteRange::new(glyph.at.start + line.range.start, glyph.at.end + line.range.start);
        while let Some((_, i)) = seats.next_if(|(seat, _)| *seat < at.end) {
            for letter in glyphs(marks[i].label) {
                let here = ByteRange::new(at.start, at.start);
                pieces.push(Piece { col, cells: letter.cells, shown: letter.shown, at: here, mark: Some(i) });
                col += letter.cells;
            }
            seen = pieces.len();
        }
        let space = matches!(glyph.joint, Joint::Space | Joint::LineEnd | Joint::Glue);
        if glyph.cells == 0 || (space && pieces.is_empty()) {
            continue;
        }
        pieces.push(Piece { col, cells: glyph.cells, shown: glyph.shown, at, mark: None });
        col += glyph.cells;
        if !space {
            seen = pieces.len();
        }
    }
    pieces.truncate(seen);
    spread(line.slack, &mut pieces);
    if line.hyphen {
        let col = pieces.last().map_or(line.indent, |last| last.col + last.cells);
        let end = ByteRange::new(line.range.end, line.range.end);
        pieces.push(Piece { col, cells: 1, shown: Cow::Borrowed("-"), at: end, mark: None });
    }
    pieces
}

/// Widens the spaces of a line by `slack` cells in all; a line that would be torn apart stays as it is.
fn spread(slack: u16, pieces: &mut [Piece<'_>]) {
    let first = |piece: Option<&Piece<'_>>| piece.and_then(|piece| piece.shown.chars().next()).unwrap_or(' ');
    let grows = |i: usize| {
        let (before, after) = (first(i.checked_sub(1).and_then(|i| pieces.get(i))), first(pieces.get(i + 1)));
        let within_number = before.is_ascii_digit() && after.is_ascii_digit();
        pieces[i].shown == " " && !opens(before) && !closes(after) && !within_number
    };
    let grow: Vec<bool> = (0..pieces.len()).map(grows).collect();
    let spaces = grow.iter().filter(|grows| **grows).count() as u16;
    if slack == 0 || slack > spaces.saturating_mul(WIDER) {
        return;
    }
    let (mut passed, mut shift) = (0_u16, 0_u16);
    for (piece, grows) in pieces.iter_mut().zip(grow) {
        piece.col += shift;
        if grows {
            passed += 1;
            // Evenly over the line: after so many spaces so much of the slack.
            let wider = u32::from(slack) * u32::from(passed) / u32::from(spaces);
            let wider = wider as u16 - shift;
            piece.cells += wider;
            piece.shown = Cow::Owned(" ".repeat(usize::from(piece.cells)));
            shift += wider;
        }
    }
}

/// The byte of the letter that a mark stands before, if that letter is on the line.
fn seat_in(line: &Line, text: &str, at: usize) -> Option<usize> {
    if at >= line.range.start {
        return seat(text, at).filter(|seat| line.range.contains(*seat));
    }
    // The mark may lie in the white space at the end of the line before.
    let between = text.get(at..line.range.start)?;
    let only_space = between.chars().all(|c| c.is_whitespace() || c == '\u{200b}');
    only_space.then(|| seat(text, at)).flatten().filter(|seat| line.range.contains(*seat))
}
