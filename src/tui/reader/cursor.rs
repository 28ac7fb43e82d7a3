//! The cursor's way over what is drawn: from letter to letter and from row to row, and the text that scrolls with it.
//!
//! A place is a byte of the text; what is drawn of it tells where one can stand: never on the white space that a line
//! end swallows, on a hyphen that isn't in the text, or on a letter that takes no room.

use super::Reader;
use crate::model::ByteRange;
use crate::text::flow::{Line, Piece};
use crate::text::unit;

/// Rows that stay in sight before and after the cursor's.
const MARGIN: usize = 1;

impl Reader {
    /// The letters drawn of a row, from left to right.
    fn letters(&self, line: &Line) -> Vec<Piece<'_>> {
        let mut pieces = line.pieces(&self.opened.article.text, &self.marks(line.range));
        pieces.retain(|piece| piece.mark.is_none() && !piece.at.is_empty());
        pieces
    }

    /// The row of a byte, laid out if it wasn't.
    fn reach(&mut self, at: usize) -> usize {
        let (text, rows) = (&self.opened.article.text, self.setting.rows.max(1));
        if self.window.row_of(at).is_none() {
            // Mostly it is just beyond what is laid out.
            if self.window.lines().first().is_some_and(|first| at < first.range.start) {
                self.top += self.window.grow_back(text, rows);
            } else {
                self.window.grow(text, self.window.lines().len() + rows);
            }
        }
        if self.window.row_of(at).is_none() {
            self.top = self.window.go(text, at);
            self.rise(rows / 3);
        }
        self.window.row_of(at).unwrap_or(self.top)
    }

    /// Whether a byte belongs to a letter that is drawn; its row is laid out then.
    fn is_drawn(&mut self, at: usize) -> bool {
        let row = self.reach(at);
        let lines = self.window.lines();
        lines.get(row).is_some_and(|line| self.letters(line).iter().any(|piece| piece.at.contains(at)))
    }

    /// The column of a letter in its row, from 0 at the left of the measure.
    pub fn column_of(&mut self, at: usize) -> u16 {
        let row = self.reach(at);
        let Some(line) = self.window.lines().get(row) else { return 0 };
        self.letters(line).iter().rfind(|piece| piece.at.start <= at).map_or(0, |piece| piece.col)
    }

    /// The drawn letter after the one at a byte, or before it.
    pub fn letter_beside(&mut self, at: usize, back: bool) -> Option<usize> {
        let mut at = at;
        loop {
            let text = &self.opened.article.text;
            let next = if back { unit::letter_before(text, at) } else { unit::letter_after(text, at) };
            if next == at || next == text.len() {
                return None;
            }
            if self.is_drawn(next) {
                return Some(next);
            }
            at = next;
        }
    }

    /// The letter so many rows of text below the one at a byte, or above where `rows` is negative, as near to a column
    /// as there is one.
    pub fn letter_across(&mut self, at: usize, rows: isize, column: u16) -> usize {
        let mut row = self.reach(at);
        let mut found = row;
        for _ in 0..rows.unsigned_abs() {
            let next = if rows < 0 { self.text_row_above(&mut row) } else { self.text_row_below(row) };
            let Some(next) = next else { break };
            (row, found) = (next, next);
        }
        let Some(line) = self.window.lines().get(found) else { return at };
        let letters = self.letters(line);
        let near = letters.iter().rfind(|piece| piece.col <= column).or(letters.first());
        near.map_or(at, |piece| piece.at.start)
    }

    fn text_row_below(&mut self, row: usize) -> Option<usize> {
        let mut next = row + 1;
        loop {
            self.window.grow(&self.opened.article.text, next + 1);
            let line = self.window.lines().get(next)?;
            if !line.gap && !self.letters(line).is_empty() {
                return Some(next);
            }
            next += 1;
        }
    }

    /// The row of text above a row, whose number changes where rows are laid out before it.
    fn text_row_above(&mut self, row: &mut usize) -> Option<usize> {
        loop {
            if *row == 0 {
                let added = self.window.grow_back(&self.opened.article.text, 1);
                self.top += added;
                *row += added;
            }
            *row = row.checked_sub(1)?;
            let line = self.window.lines().get(*row)?;
            if !line.gap && !self.letters(line).is_empty() {
                return Some(*row);
            }
        }
    }

    /// The first letter of the row of a byte, or the last.
    pub fn end_of_row(&mut self, at: usize, last: bool) -> usize {
        let row = self.reach(at);
        let Some(line) = self.window.lines().get(row) else { return at };
        let letters = self.letters(line);
        let end = if last { letters.last() } else { letters.first() };
        end.map_or(at, |piece| piece.at.start)
    }

    /// The first letter of the text that is drawn, or the last.
    pub fn end_of_text(&mut self, last: bool) -> Option<usize> {
        let text = &self.opened.article.text;
        let end = if last { unit::letter_before(text, text.len()) } else { 0 };
        if self.is_drawn(end) { Some(end) } else { self.letter_beside(end, last) }
    }

    /// Scrolls as far as it takes to have the cursor in sight, a row before and after it.
    pub fn follow_cursor(&mut self, at: usize) {
        let rows = self.setting.rows.max(1);
        let row = self.reach(at);
        let margin = MARGIN.min((rows - 1) / 2);
        let top = self.top;
        if row < self.top + margin {
            self.top = row;
            self.rise(margin);
        } else if row + margin >= self.top + rows {
            self.top = row + margin + 1 - rows;
        }
        if top != self.top {
            self.settle();
            self.keep_place();
        }
    }

    /// The bytes that the pane shows.
    pub fn shown(&self) -> ByteRange {
        let lines = self.lines();
        let start = lines.iter().find(|line| !line.gap).map_or(0, |line| line.range.start);
        ByteRange::new(start, lines.last().map_or(start, |line| line.range.end))
    }
}
