//! Rows in columns: aligned by cells and cut to the terminal's width for people, separated by tabs and whole for
//! programs, as it is known from `gh` and `notmuch`.

use super::output::{Output, Run};
use crate::error::Result;

/// Cells between two columns.
const GAP: usize = 2;
/// Cells that a column which gives way keeps at least.
const LEAST: usize = 12;

/// How a column is set on a terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    right: bool,
    most: usize,
}

/// A column of at most `most` cells.
pub(super) const fn left(most: usize) -> Column {
    Column { right: false, most }
}

/// A column of numbers.
pub(super) const fn right(most: usize) -> Column {
    Column { right: true, most }
}

/// A column that takes what the others leave.
pub(super) const fn rest() -> Column {
    Column { right: false, most: usize::MAX }
}

/// Writes the rows, each with as many runs as there are columns. On a terminal a column that is empty in every row is
/// left out; for programs every column is there.
pub(super) fn print(out: &mut Output, columns: &[Column], rows: &[Vec<Run>]) -> Result<()> {
    let Some(room) = out.columns() else {
        for row in rows {
            out.fields(row)?;
        }
        return Ok(());
    };
    let widths = widths(columns, rows, room);
    for row in rows {
        out.line(&aligned(columns, &widths, row))?;
    }
    Ok(())
}

/// The cells of each column, 0 where it is left out.
fn widths(columns: &[Column], rows: &[Vec<Run>], room: usize) -> Vec<usize> {
    let natural = |i: usize| rows.iter().filter_map(|row| row.get(i)).map(|run| run.shown.width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = columns.iter().enumerate().map(|(i, column)| natural(i).min(column.most)).collect();
    let gaps = GAP * widths.iter().filter(|width| **width > 0).count().saturating_sub(1);
    let mut over = (widths.iter().sum::<usize>() + gaps).saturating_sub(room);
    for (width, _) in widths.iter_mut().zip(columns).filter(|(_, column)| column.most == usize::MAX) {
        let give = over.min(width.saturating_sub(LEAST));
        *width -= give;
        over -= give;
    }
    widths
}

fn aligned(columns: &[Column], widths: &[usize], row: &[Run]) -> Vec<Run> {
    let mut runs = Vec::with_capacity(row.len() * 2);
    let mut owed = 0;
    for ((column, &width), run) in columns.iter().zip(widths).zip(row).filter(|((_, width), _)| **width > 0) {
        let shown = run.shown.fit(width);
        let missing = width.saturating_sub(shown.width());
        let (before, after) = if column.right { (missing, 0) } else { (0, missing) };
        runs.push(super::output::plain(&" ".repeat(owed + before)));
        runs.push(Run { ink: run.ink, shown });
        owed = after + GAP;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::output::plain;

    fn check(room: usize, columns: &[Column], rows: &[&[&str]]) -> Vec<String> {
        let rows: Vec<Vec<Run>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
        let widths = widths(columns, &rows, room);
        let lines = rows.iter().map(|row| aligned(columns, &widths, row));
        lines.map(|runs| runs.iter().map(|run| run.shown.as_str()).collect::<String>()).collect()
    }

    #[test]
    fn columns_stand_below_each_other_by_cells() {
        assert_eq!(
            check(80, &[left(9), right(4), rest()], &[&["a1", "7", "Œuvre"], &["東京", "12", "x"]]),
            ["a1     7  Œuvre", "東京  12  x"]
        );
    }

    #[test]
    fn what_is_too_wide_gives_way_and_says_so() {
        let lines = check(24, &[left(4), rest(), left(6)], &[&["abcdef", "a long title, too long", "#ia"]]);
        assert_eq!(lines, ["abc…  a long title…  #ia"]);
        assert_eq!(lines[0].chars().count(), 24);
    }

    #[test]
    fn an_empty_column_takes_no_room() {
        assert_eq!(check(80, &[left(4), left(4), rest()], &[&["a", "", "x"], &["b", "", "y"]]), ["a  x", "b  y"]);
    }
}
