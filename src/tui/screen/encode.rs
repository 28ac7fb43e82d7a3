//! The difference between what a terminal shows and what it is to show, as bytes.
//!
//! Pure: a frame goes in, bytes come out, and the encoder remembers what the terminal then holds. It aims at few
//! bytes, since a reader is used over slow links: nothing where nothing changed; attributes only when they change;
//! moves by the shortest way; a short stretch that didn't change is written again where jumping over it costs
//! more; blank ends of rows and long blanks are erased (EL, ECH), not written; rows that moved up or down are scrolled
//! where that costs less than writing what differs.

mod scroll;

use std::ops::Range;

use ratatui::buffer::{Cell, CellWidth};

use super::grid::{Grid, is_disputed, look, reach};
use super::pen::{Depth, Pen};
use crate::tui::frame::Frame;
use scroll::Scroll;

/// A stretch longer than this is never written again, in cells; no move is as long.
const BRIDGE: u16 = 24;

/// Where more bytes than this are sent, a visible cursor is hidden meanwhile.
const UNSEEN: usize = 256;

const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";

/// Turns frames into bytes for one terminal.
#[derive(Debug)]
pub struct Encoder {
    depth: Depth,
    /// What the terminal shows; `None` where that isn't known.
    held: Option<Grid>,
    pen: Pen,
    at: Spot,
    cursor_shown: bool,
}

/// Where the terminal's cursor is: column and row from 0, `None` where that isn't known. A column past the last one
/// means that the next character would wrap.
type Spot = Option<(u16, u16)>;

/// The rows of one line of the screen, before and after.
#[derive(Clone, Copy)]
struct Row<'a> {
    y: u16,
    old: &'a [Cell],
    new: &'a [Cell],
}

impl Row<'_> {
    /// Whether the cell must be drawn; everything before column `forced` must.
    fn differs(&self, x: usize, forced: usize) -> bool {
        x < forced || self.old[x] != self.new[x]
    }

    /// From the first to past the last cell within `within` that must be drawn.
    fn changed(&self, within: Range<usize>, forced: usize) -> Option<Range<usize>> {
        let first = within.clone().find(|x| self.differs(*x, forced))?;
        let last = within.rev().find(|x| self.differs(*x, forced))?;
        Some(first..last + 1)
    }
}

impl Encoder {
    /// An encoder for a terminal of which nothing is known but its colours.
    pub const fn new(depth: Depth) -> Self {
        Self { depth, held: None, pen: Pen::PLAIN, at: None, cursor_shown: false }
    }

    /// Whatever the terminal shows isn't known any more: the next frame clears it first.
    pub fn forget(&mut self) {
        self.held = None;
    }

    /// Appends to `out` what turns the terminal's screen into `frame`.
    pub fn frame(&mut self, frame: &Frame, out: &mut Vec<u8>) {
        let next = Grid::of(&frame.buffer, self.depth);
        let start = out.len();
        let held = match self.held.take() {
            Some(held) if (held.width, held.height) == (next.width, next.height) => held,
            _ => {
                out.extend_from_slice(HIDE);
                out.extend_from_slice(b"\x1b[m\x1b[H\x1b[J");
                (self.pen, self.at, self.cursor_shown) = (Pen::PLAIN, Some((0, 0)), false);
                Grid::blank(next.width, next.height)
            }
        };
        self.cheaper(&held, &next, out);
        if self.cursor_shown && out.len() - start > UNSEEN {
            out.splice(start..start, HIDE.iter().copied());
            self.cursor_shown = false;
        }
        let cursor = frame.cursor.filter(|at| at.x < next.width && at.y < next.height);
        if let Some(cursor) = cursor {
            out.extend_from_slice(travel(self.at, (cursor.x, cursor.y), next.width).as_bytes());
            self.at = Some((cursor.x, cursor.y));
        }
        if cursor.is_some() != self.cursor_shown {
            out.extend_from_slice(if cursor.is_some() { SHOW } else { HIDE });
            self.cursor_shown = cursor.is_some();
        }
        self.held = Some(next);
    }

    /// Appends the shorter of two ways from `held` to `next`: what differs, or what differs after scrolling.
    fn cheaper(&mut self, held: &Grid, next: &Grid, out: &mut Vec<u8>) {
        let Some(scroll) = Scroll::find(held, next) else { return self.difference(held, next, out) };
        let before = (self.pen, self.at);
        let mut written = Vec::new();
        self.difference(held, next, &mut written);
        let after = (self.pen, self.at);
        (self.pen, self.at) = before;
        let mut scrolled = Vec::new();
        self.plain_for_erasing(&mut scrolled);
        self.at = Some(scroll.send(next.height, &mut scrolled));
        self.difference(&scroll.applied(held), next, &mut scrolled);
        if written.len() <= scrolled.len() {
            (self.pen, self.at) = after;
            out.append(&mut written);
        } else {
            out.append(&mut scrolled);
        }
    }

    /// Appends what differs.
    fn difference(&mut self, held: &Grid, next: &Grid, out: &mut Vec<u8>) {
        for y in 0..next.height {
            self.row(Row { y, old: held.row(y), new: next.row(y) }, out);
        }
    }

    fn row(&mut self, row: Row<'_>, out: &mut Vec<u8>) {
        if row.old == row.new {
            return;
        }
        let end = row.new.iter().rposition(|cell| *cell != Cell::EMPTY).map_or(0, |last| last + 1);
        let mut forced = 0;
        let mut x = 0;
        while x < end {
            let cell = &row.new[x];
            if cell.symbol().is_empty() || !row.differs(x, forced) {
                x += 1;
                continue;
            }
            self.go(x, row, out);
            if let Some(erased) = self.erase(x..end, row, forced, out) {
                x += erased;
                continue;
            }
            if is_disputed(cell.symbol()) {
                self.write_disputed(x, row, out);
                forced = forced.max(x + reach(cell.symbol()));
            } else {
                self.write(x, row, out);
            }
            x += usize::from(cell.cell_width()).max(1);
        }
        self.clear_tail(end, row, forced, out);
    }

    /// Brings the cursor to column `x` of the row: by a move, or by writing once more what stands before it, from where
    /// the cursor is or from the left edge.
    fn go(&mut self, x: usize, row: Row<'_>, out: &mut Vec<u8>) {
        let target = (x as u16, row.y);
        if self.at == Some(target) {
            return;
        }
        let width = row.new.len() as u16;
        let mut best = (travel(self.at, target, width).into_bytes(), self.pen);
        let total = |way: &[u8], pen| way.len() + cost(pen, &row.new[x]);
        let here = self.at.filter(|(_, y)| *y == row.y).map(|(from, _)| (String::new(), from));
        let edge = Some((travel(self.at, (0, row.y), width), 0));
        for (way, from) in [here, edge].into_iter().flatten() {
            if from >= target.0 || target.0 - from > BRIDGE {
                continue;
            }
            let (mut way, mut pen) = (way.into_bytes(), self.pen);
            if write_again(&row.new[usize::from(from)..x], &mut pen, &mut way)
                && total(&way, pen) <= total(&best.0, best.1)
            {
                best = (way, pen);
            }
        }
        out.extend_from_slice(&best.0);
        (self.pen, self.at) = (best.1, Some(target));
    }

    /// Writes the cell at column `x`, where the cursor is.
    fn write(&mut self, x: usize, row: Row<'_>, out: &mut Vec<u8>) {
        let cell = &row.new[x];
        put(cell, &mut self.pen, out);
        self.at = Some((x as u16 + cell.cell_width().max(1), row.y));
    }

    /// Writes a character that terminals take differently: on blanks, since it may be drawn narrower than it should
    /// be; afterwards the cursor may be anywhere.
    fn write_disputed(&mut self, x: usize, row: Row<'_>, out: &mut Vec<u8>) {
        let (cell, at) = (&row.new[x], (x as u16, row.y));
        let width = cell.cell_width();
        self.pen.change(look(cell), out);
        out.resize(out.len() + usize::from(width), b' ');
        out.extend_from_slice(travel(Some((at.0 + width, at.1)), at, row.new.len() as u16).as_bytes());
        out.extend_from_slice(cell.symbol().as_bytes());
        self.at = None;
    }

    /// Erases the blanks that begin at the cursor, where that is shorter than writing them; how many it erased.
    fn erase(&mut self, within: Range<usize>, row: Row<'_>, forced: usize, out: &mut Vec<u8>) -> Option<usize> {
        let blank = row.new[within.clone()].iter().take_while(|cell| **cell == Cell::EMPTY).count();
        let count = row.changed(within.start..within.start + blank, forced)?.end - within.start;
        let sequence = format!("\x1b[{count}X");
        // The cursor stays in front of what was erased, so that a move of about the same length follows.
        if count <= 2 * sequence.len() {
            return None;
        }
        self.plain_for_erasing(out);
        out.extend_from_slice(sequence.as_bytes());
        Some(count)
    }

    /// Makes everything from column `end` on blank.
    fn clear_tail(&mut self, end: usize, row: Row<'_>, forced: usize, out: &mut Vec<u8>) {
        let Some(changed) = row.changed(end..row.new.len(), forced) else { return };
        if changed.len() <= 3 {
            self.go(changed.start, row, out);
            changed.for_each(|x| self.write(x, row, out));
            return;
        }
        // What is blank already may be erased, too, so that the cursor needn't move.
        let near = self.at.is_some_and(|(x, y)| y == row.y && (end..=changed.start).contains(&usize::from(x)));
        if !near {
            self.go(changed.start, row, out);
        }
        self.plain_for_erasing(out);
        out.extend_from_slice(b"\x1b[K");
    }

    fn plain_for_erasing(&mut self, out: &mut Vec<u8>) {
        if !self.pen.erases_plain() {
            self.pen.change_for_blank(Pen::PLAIN, out);
        }
    }
}

/// Writes `cell` with `pen`, which is changed as far as needed.
fn put(cell: &Cell, pen: &mut Pen, out: &mut Vec<u8>) {
    match cell.symbol() {
        "" => return,
        " " => pen.change_for_blank(look(cell), out),
        _ => pen.change(look(cell), out),
    }
    out.extend_from_slice(cell.symbol().as_bytes());
}

/// Writes cells that are shown already, instead of a move past them; whether that can be done: not from within a wide
/// character, and not over one after which the cursor may be anywhere.
fn write_again(cells: &[Cell], pen: &mut Pen, out: &mut Vec<u8>) -> bool {
    if cells.first().is_some_and(|cell| cell.symbol().is_empty()) || cells.iter().any(|cell| is_disputed(cell.symbol()))
    {
        return false;
    }
    for cell in cells {
        put(cell, pen, out);
    }
    true
}

/// How many bytes it takes to change `pen` for `cell`.
fn cost(mut pen: Pen, cell: &Cell) -> usize {
    let mut out = Vec::new();
    put(cell, &mut pen, &mut out);
    out.len() - cell.symbol().len()
}

/// The shortest way to column and row `to` on a screen of `width` columns.
fn travel(from: Spot, to: (u16, u16), width: u16) -> String {
    let absolute = match to {
        (0, 0) => "\x1b[H".to_owned(),
        (0, y) => format!("\x1b[{}H", y + 1),
        (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
    };
    let Some((x, y)) = from else { return absolute };
    // Past the last column terminals differ in what a move starts from; only CR is the same in all.
    let certain = x < width;
    let mut ways = vec![absolute];
    if certain && x == to.0 {
        ways.push(vertically(y, to.1));
        ways.push(format!("\x1b[{}d", to.1 + 1));
    }
    if let Some(down) = to.1.checked_sub(y).filter(|down| *down < 8) {
        let down = "\n".repeat(usize::from(down));
        ways.push(format!("\r{down}{}", horizontally(0, to.0)));
        if certain {
            ways.push(format!("{down}{}", horizontally(x, to.0)));
        }
    }
    ways.into_iter().min_by_key(String::len).unwrap_or_default()
}

/// The shortest way along a row.
fn horizontally(from: u16, to: u16) -> String {
    let column = if to == 0 { "\r".to_owned() } else { format!("\x1b[{}G", to + 1) };
    let relative = match (to.abs_diff(from), to > from) {
        (0, _) => String::new(),
        (1, true) => "\x1b[C".to_owned(),
        (count, true) => format!("\x1b[{count}C"),
        (count, false) if count <= 4 => "\x08".repeat(usize::from(count)),
        (count, false) => format!("\x1b[{count}D"),
    };
    if relative.len() <= column.len() { relative } else { column }
}

/// The shortest way along a column. Line feeds never reach below the last row, so they don't scroll.
fn vertically(from: u16, to: u16) -> String {
    match (to.abs_diff(from), to > from) {
        (0, _) => String::new(),
        (count, true) if count <= 4 => "\n".repeat(usize::from(count)),
        (count, true) => format!("\x1b[{count}B"),
        (1, false) => "\x1b[A".to_owned(),
        (count, false) => format!("\x1b[{count}A"),
    }
}

#[cfg(test)]
mod tests;
