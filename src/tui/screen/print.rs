//! A screen as lines of text: for `--print` and for snapshots in tests.

use std::fmt::Write;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::{Color, Modifier, Style};

/// Modifiers with their words, in the order in which they are told.
const WORDS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "bold"),
    (Modifier::DIM, "dim"),
    (Modifier::ITALIC, "italic"),
    (Modifier::UNDERLINED, "underlined"),
    (Modifier::SLOW_BLINK, "blinking"),
    (Modifier::RAPID_BLINK, "blinking fast"),
    (Modifier::REVERSED, "reversed"),
    (Modifier::HIDDEN, "hidden"),
    (Modifier::CROSSED_OUT, "crossed out"),
];

/// The rows, one a line, without their blank ends.
pub fn print_text(buffer: &Buffer) -> String {
    let mut page = String::new();
    for y in 0..buffer.area.height {
        let row = text(buffer, y, 0..buffer.area.width);
        page.push_str(row.trim_end_matches(' '));
        page.push('\n');
    }
    page
}

/// What isn't in the terminal's own look, one stretch a line: row, columns (both from 0, the last one included), look,
/// and the words so shown.
pub fn print_styles(buffer: &Buffer) -> String {
    let mut page = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let style = style(buffer, x, y);
            let end = (x..buffer.area.width).find(|end| self::style(buffer, *end, y) != style);
            let end = end.unwrap_or(buffer.area.width);
            let words = describe(style);
            if !words.is_empty() {
                let shown = text(buffer, y, x..end);
                let _ = writeln!(page, "{y:>3} {x}-{} {words}: {}", end - 1, shown.trim_end_matches(' '));
            }
            x = end;
        }
    }
    page.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The columns of row `y`, the second halves of wide characters left out, controls neutralised.
fn text(buffer: &Buffer, y: u16, columns: std::ops::Range<u16>) -> String {
    let mut row = String::new();
    let mut x = columns.start;
    while x < columns.end {
        let symbol = buffer[(buffer.area.x + x, buffer.area.y + y)].symbol();
        let width = if symbol.chars().any(char::is_control) {
            row.push('\u{fffd}');
            1
        } else {
            row.push_str(if symbol.is_empty() { " " } else { symbol });
            symbol.cell_width().max(1)
        };
        x += width;
    }
    row
}

/// The look of a cell, of which the second half of a wide character has that of the first.
fn style(buffer: &Buffer, x: u16, y: u16) -> Style {
    let cell = |x: u16| &buffer[(buffer.area.x + x, buffer.area.y + y)];
    let is_wide = |x: u16| {
        let symbol = cell(x).symbol();
        !symbol.chars().any(char::is_control) && symbol.cell_width() > 1
    };
    cell(if x > 0 && is_wide(x - 1) { x - 1 } else { x }).style()
}

fn describe(style: Style) -> String {
    let mut words: Vec<String> = WORDS
        .iter()
        .filter(|(modifier, _)| style.add_modifier.contains(*modifier))
        .map(|(_, word)| (*word).to_owned())
        .collect();
    for (colour, before) in [(style.fg, ""), (style.bg, "on ")] {
        if let Some(colour) = colour.filter(|colour| *colour != Color::Reset) {
            words.push(format!("{before}{}", colour.to_string().to_lowercase()));
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::{print_styles, print_text};

    fn buffer() -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 3));
        buffer.set_string(0, 0, "日本 Wang", Style::new().bold());
        buffer.set_string(2, 2, "IA", Style::new().fg(Color::LightBlue).bg(Color::Rgb(0, 16, 255)).reversed());
        buffer
    }

    #[test]
    fn text_is_printed_without_blank_ends() {
        assert_eq!(print_text(&buffer()), "日本 Wang\n\n  IA\n");
    }

    #[test]
    fn each_stretch_of_another_look_is_a_line() {
        assert_eq!(print_styles(&buffer()), "  0 0-8 bold: 日本 Wang\n  2 2-3 reversed lightblue on #0010ff: IA\n");
    }
}
