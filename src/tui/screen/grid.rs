//! A frame's cells as a terminal will hold them.
//!
//! Made from a ratatui buffer: colours that the terminal has, wide characters with an empty cell after them, blanks
//! reduced to what shows of them, so that two cells are equal exactly when they look alike. It is also the last
//! guard: a control character in a cell never gets further.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use unicode_width::UnicodeWidthChar;

use super::pen::{Depth, Pen};

/// Rows of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    pub width: u16,
    pub height: u16,
    cells: Vec<Cell>,
}

impl Grid {
    /// A cleared screen.
    pub fn blank(width: u16, height: u16) -> Self {
        Self { width, height, cells: vec![Cell::EMPTY; usize::from(width) * usize::from(height)] }
    }

    /// The buffer's cells as a terminal of this depth shows them.
    pub fn of(buffer: &Buffer, depth: Depth) -> Self {
        let (width, height) = (buffer.area.width, buffer.area.height);
        let mut grid = Self { width, height, cells: Vec::with_capacity(buffer.content.len()) };
        for row in buffer.content.chunks(usize::from(width).max(1)) {
            let mut x = 0;
            while x < row.len() {
                let (cell, wide) = settled(&row[x], row.len() - x, depth);
                let mut tail = cell.clone();
                tail.set_symbol("");
                grid.cells.push(cell);
                if wide {
                    grid.cells.push(tail);
                }
                x += 1 + usize::from(wide);
            }
        }
        grid
    }

    /// The cells of row `y`; the second cell of a wide character has an empty symbol.
    pub fn row(&self, y: u16) -> &[Cell] {
        let start = usize::from(y) * usize::from(self.width);
        &self.cells[start..start + usize::from(self.width)]
    }

    /// The same, to be changed.
    pub fn row_mut(&mut self, y: u16) -> &mut [Cell] {
        let start = usize::from(y) * usize::from(self.width);
        &mut self.cells[start..start + usize::from(self.width)]
    }
}

/// The look of `cell`.
pub(super) const fn look(cell: &Cell) -> Pen {
    Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
}

/// The cell as it will be written with `room` columns left in its row, and whether it takes two of them.
fn settled(cell: &Cell, room: usize, depth: Depth) -> (Cell, bool) {
    let mut settled = Cell::EMPTY;
    settled.set_fg(depth.fit(cell.fg)).set_bg(depth.fit(cell.bg));
    settled.modifier = cell.modifier;
    let symbol = cell.symbol();
    if let [letter @ 0x21..=0x7e] = symbol.as_bytes() {
        settled.set_char(char::from(*letter));
        return (settled, false);
    }
    if symbol != " " {
        if symbol.chars().any(char::is_control) {
            settled.set_char('\u{fffd}');
        } else if reach(symbol) <= room && symbol.cell_width() <= 2 {
            settled.set_symbol(symbol);
        } else if let Some(first) = symbol.chars().next().filter(|c| c.width().unwrap_or(0) <= room) {
            // Some terminals would draw the parts of it side by side, and into the next row.
            settled.set_char(first);
        }
    }
    match settled.symbol().cell_width() {
        0 => {
            settled.set_symbol(" ");
        }
        1 => {}
        _ => return (settled, true),
    }
    if settled.symbol() == " " {
        let shown = look(&settled).on_blank();
        settled.set_fg(shown.fg).set_bg(shown.bg);
        settled.modifier = shown.modifier;
    }
    (settled, false)
}

/// How many columns a terminal may take for `symbol` at most. Terminals don't agree on characters that are joined into
/// one (emoji with variation selectors, joiners, flags): some draw the parts side by side.
pub(super) fn reach(symbol: &str) -> usize {
    let whole = usize::from(symbol.cell_width());
    if symbol.len() < 4 || symbol.chars().nth(1).is_none() {
        return whole;
    }
    symbol
        .chars()
        .map(|c| match c {
            // Regional indicators, the halves of flags: one or two columns each.
            '\u{1f1e6}'..='\u{1f1ff}' => 2,
            _ => c.width().unwrap_or(0),
        })
        .sum::<usize>()
        .max(whole)
}

/// Whether terminals may disagree on where the cursor is after `symbol`.
pub(super) fn is_disputed(symbol: &str) -> bool {
    symbol.len() > 3
        && symbol.chars().nth(1).is_some()
        && (reach(symbol) != usize::from(symbol.cell_width()) || symbol.contains('\u{fe0f}'))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::{Depth, Grid, is_disputed};

    fn row(symbols: &[&str]) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, symbols.len() as u16, 1));
        for (x, symbol) in symbols.iter().enumerate() {
            buffer[(x as u16, 0)].set_symbol(symbol);
        }
        Grid::of(&buffer, Depth::True).row(0).iter().map(|cell| cell.symbol().to_owned()).collect()
    }

    #[test]
    fn a_wide_character_takes_two_cells_and_never_leaves_its_row() {
        assert_eq!(row(&["日", "x", "b"]), ["日", "", "b"]);
        assert_eq!(row(&["a", "日"]), ["a", " "]);
        assert_eq!(row(&["e\u{301}", "\u{200d}", "b"]), ["e\u{301}", " ", "b"]);
    }

    #[test]
    fn a_control_character_never_gets_further() {
        assert_eq!(row(&["\x1b", "\x1b[2J", "\u{9b}", "a\u{7}"]), ["\u{fffd}"; 4]);
    }

    #[test]
    fn joined_emoji_are_disputed_and_don_t_run_over_the_edge() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert!(is_disputed(family) && is_disputed("❤\u{fe0f}") && is_disputed("🇫🇷"));
        assert!(!is_disputed("日") && !is_disputed("e\u{301}") && !is_disputed("—"));
        assert_eq!(row(&[family, " ", "a", "b", "c", "d"])[0], family);
        assert_eq!(row(&[family, " ", "a", "b"]), ["👨", "", "a", "b"]);
    }

    #[test]
    fn blanks_that_look_alike_are_equal() {
        let blanks = |style| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
            buffer.set_style(buffer.area, style);
            Grid::of(&buffer, Depth::True)
        };
        assert_eq!(blanks(Style::new().red().bold()), blanks(Style::new()));
        assert_ne!(blanks(Style::new().bg(Color::Red)), blanks(Style::new()));
        assert_ne!(blanks(Style::new().reversed()), blanks(Style::new()));
    }
}
