//! Rows that a terminal shows already, only higher or lower: found by comparing two screens, so that nobody has to say
//! that something was scrolled.
//!
//! A terminal moves whole rows within a region of rows, whatever stands beside the text. Whether moving them and
//! mending what stood beside costs less than writing what differs is for the encoder to count.

use std::hash::BuildHasher as _;
use std::ops::Range;

use foldhash::fast::FixedState;
use ratatui::buffer::Cell;

use super::super::grid::Grid;

/// Cells that more must stand where they should than before, for a scroll to be thought of. The sequences take some
/// twenty bytes.
const WORTH: i64 = 20;

/// Rows of the terminal moved up or down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The region: all its rows move, and blank ones come in at its edge.
    pub rows: Range<u16>,
    /// By how many rows: up where positive.
    pub up: i32,
}

impl Scroll {
    /// The scroll that brings most cells of `old` to where `new` has them, if one is worth a thought. Takes time in
    /// rows × rows × columns.
    pub fn find(old: &Grid, new: &Grid) -> Option<Self> {
        let mut differing = (0..new.height).filter(|y| old.row(*y) != new.row(*y)).map(i32::from);
        let (first, last) = (differing.next()?, differing.next_back()?);
        let (before, after) = (marks(old), marks(new));
        let row = |y: i32| y as usize * usize::from(new.width)..(y as usize + 1) * usize::from(new.width);
        let alike = |y: i32, from: i32| -> i64 {
            let pairs = after[row(y)].iter().zip(&before[row(from)]);
            pairs.filter(|(a, b)| a == b && **a != 0).count() as i64
        };
        let stay: Vec<i64> = (first..=last).map(|y| alike(y, y)).collect();
        let mut best: Option<(i64, Self)> = None;
        let most = (last - first + 1) / 2;
        for up in (1..=most).flat_map(|by| [by, -by]) {
            let gain = |y: i32| {
                let from = y + up;
                // A row that comes from beyond the region is blank, and has to be written.
                let comes = if (first..=last).contains(&from) { alike(y, from) } else { 0 };
                comes - stay[(y - first) as usize]
            };
            let Some((gained, run)) = best_run(first..last + 1, gain) else { continue };
            if gained >= WORTH && best.as_ref().is_none_or(|(most, _)| gained > *most) {
                let (start, end) = (run.start.min(run.start + up), run.end.max(run.end + up));
                let rows = start.max(0) as u16..end.min(i32::from(new.height)) as u16;
                best = Some((gained, Self { rows, up }));
            }
        }
        best.map(|(_, scroll)| scroll)
    }

    /// What the terminal holds afterwards, if it held `grid`.
    pub fn applied(&self, grid: &Grid) -> Grid {
        let mut moved = grid.clone();
        for y in self.rows.clone() {
            let from = i32::from(y) + self.up;
            let to = moved.row_mut(y);
            if self.rows.contains(&u16::try_from(from).unwrap_or(u16::MAX)) {
                to.clone_from_slice(grid.row(from as u16));
            } else {
                to.fill(Cell::EMPTY);
            }
        }
        moved
    }

    /// Appends the sequences that do it (DECSTBM, IND by line feed, RI), on a screen of `height` rows; gives the row and
    /// column of the cursor afterwards. Line feeds and reverse line feeds scroll in every terminal, SU and SD don't.
    pub fn send(&self, height: u16, out: &mut Vec<u8>) -> (u16, u16) {
        let whole = self.rows == (0..height);
        if !whole {
            out.extend_from_slice(format!("\x1b[{};{}r", self.rows.start + 1, self.rows.end).as_bytes());
        }
        let edge = if self.up > 0 { self.rows.end - 1 } else { self.rows.start };
        out.extend_from_slice(format!("\x1b[{}H", edge + 1).as_bytes());
        for _ in 0..self.up.unsigned_abs() {
            out.extend_from_slice(if self.up > 0 { b"\n" } else { b"\x1bM" });
        }
        if whole {
            return (0, edge);
        }
        // Giving the whole screen back takes the cursor home.
        out.extend_from_slice(b"\x1b[r");
        (0, 0)
    }
}

/// A number for each cell, the same for cells that look alike; 0 for blanks, which are alike everywhere and tell nothing.
fn marks(grid: &Grid) -> Vec<u32> {
    let hasher = FixedState::default();
    let mark = |cell: &Cell| if *cell == Cell::EMPTY { 0 } else { hasher.hash_one(cell) as u32 | 1 };
    (0..grid.height).flat_map(|y| grid.row(y)).map(mark).collect()
}

/// The run of rows with the greatest sum of gains (Kadane's algorithm), and that sum; `None` where nothing is gained.
fn best_run(rows: Range<i32>, gain: impl Fn(i32) -> i64) -> Option<(i64, Range<i32>)> {
    let (mut best, mut sum, mut start) = (None, 0, rows.start);
    for y in rows {
        if sum <= 0 {
            (sum, start) = (0, y);
        }
        sum += gain(y);
        if sum > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((sum, start..y + 1));
        }
    }
    best
}
