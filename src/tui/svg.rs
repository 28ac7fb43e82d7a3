//! A screen as a picture: for the README, made by the program itself, so that it never shows what isn't so.
//!
//! Plain SVG without scripts, fonts or images: a dark ground, rectangles behind what has another, and runs of text
//! that can be selected; rules and bars are drawn, since letters leave gaps between rows. Each run says how long it
//! is, so that columns stay aligned in whatever font is there. The same buffer gives the same bytes.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::screen::rgb;

/// Width of a cell, in the picture's units.
const WIDTH: usize = 9;
/// Height of a cell.
const HEIGHT: usize = 20;
/// Where letters stand, below the top of their cell.
const BASELINE: usize = 15;
/// Size of the letters.
const FONT: usize = 15;
/// The fonts, the best first.
const FONTS: &str = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
/// Room around the screen.
const MARGIN: usize = 14;

/// Red, green and blue of what a terminal would choose by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The ground.
    pub ground: [u8; 3],
    /// Letters without a colour of their own.
    pub text: [u8; 3],
    /// The 16 named colours, black first, bright white last.
    pub named: [[u8; 3]; 16],
}

impl Default for Palette {
    /// A quiet dark palette; every colour but black reads well on the ground.
    fn default() -> Self {
        Self {
            ground: [0x16, 0x18, 0x1d],
            text: [0xd3, 0xd7, 0xde],
            named: [
                [0x2a, 0x2e, 0x36],
                [0xe0, 0x6c, 0x75],
                [0x98, 0xc3, 0x79],
                [0xe5, 0xc0, 0x7b],
                [0x61, 0xaf, 0xef],
                [0xc6, 0x78, 0xdd],
                [0x56, 0xb6, 0xc2],
                [0xb9, 0xbf, 0xca],
                [0x7f, 0x88, 0x98],
                [0xf2, 0x8b, 0x93],
                [0xb5, 0xd9, 0x9a],
                [0xf0, 0xd3, 0x9c],
                [0x8c, 0xc6, 0xf5],
                [0xd9, 0x9b, 0xea],
                [0x7f, 0xcd, 0xd7],
                [0xff, 0xff, 0xff],
            ],
        }
    }
}

/// How dim letters are drawn.
const DIMMED: &str = " opacity=\"0.65\"";

/// Rules and bars, which fill their cell from edge to edge: left, top, width and height within it.
const SHAPES: [(&str, [usize; 4]); 8] = [
    ("│", [4, 0, 1, HEIGHT]),
    ("┃", [3, 0, 3, HEIGHT]),
    ("─", [0, 10, WIDTH, 1]),
    ("▏", [0, 0, 1, HEIGHT]),
    ("▎", [0, 0, 2, HEIGHT]),
    ("▌", [0, 0, 4, HEIGHT]),
    ("▐", [5, 0, 4, HEIGHT]),
    ("█", [0, 0, WIDTH, HEIGHT]),
];

/// What a run of cells has in common.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    text: [u8; 3],
    ground: [u8; 3],
    modifier: Modifier,
}

/// Cells side by side that look alike.
struct Run {
    column: usize,
    columns: usize,
    words: String,
    look: Look,
}

/// The picture; `title` is its text for those who can't see it.
pub fn render(buffer: &Buffer, title: &str, palette: &Palette) -> String {
    let width = usize::from(buffer.area.width) * WIDTH + 2 * MARGIN;
    let height = usize::from(buffer.area.height) * HEIGHT + 2 * MARGIN;
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" xml:space=\"preserve\" font-size=\"{FONT}\" font-family=\"{FONTS}\">\n\
         <title>{}</title>\n\
         <style>text{{white-space:pre}}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n",
        escaped(title),
        hex(palette.ground),
    );
    for (row, cells) in buffer.content.chunks(usize::from(buffer.area.width).max(1)).enumerate() {
        let runs = runs(cells, palette);
        for run in runs.iter().filter(|run| run.look.ground != palette.ground) {
            let _ = writeln!(
                svg,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{HEIGHT}\" fill=\"{}\"/>",
                MARGIN + run.column * WIDTH,
                MARGIN + row * HEIGHT,
                run.columns * WIDTH,
                hex(run.look.ground),
            );
        }
        runs.iter().filter_map(visible).for_each(|run| write_run(&mut svg, row, &run));
    }
    svg.push_str("</svg>\n");
    svg
}

/// The row in runs. A wide character is a run of its own, since fonts don't agree on its width, and so is a shape.
fn runs(cells: &[Cell], palette: &Palette) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut joins = false;
    let mut column = 0;
    while column < cells.len() {
        let cell = &cells[column];
        let symbol = if cell.symbol().chars().any(char::is_control) { "\u{fffd}" } else { cell.symbol() };
        let columns = usize::from(symbol.cell_width()).clamp(1, cells.len() - column);
        let symbol = if symbol.cell_width() == 0 { " " } else { symbol };
        let look = look(cell, palette);
        let alone = columns > 1 || shape(symbol).is_some();
        match runs.last_mut() {
            Some(run) if joins && !alone && run.look == look => {
                run.columns += 1;
                run.words.push_str(symbol);
            }
            _ => runs.push(Run { column, columns, words: symbol.to_owned(), look }),
        }
        joins = !alone;
        column += columns;
    }
    runs
}

fn look(cell: &Cell, palette: &Palette) -> Look {
    let colour = |colour: Color, else_: [u8; 3]| match (colour, super::screen::number(colour)) {
        (Color::Rgb(red, green, blue), _) => [red, green, blue],
        (_, Some(number @ 0..=15)) => palette.named[usize::from(number)],
        (_, Some(number)) => rgb(number),
        (_, None) => else_,
    };
    let (mut text, mut ground) = (colour(cell.fg, palette.text), colour(cell.bg, palette.ground));
    if cell.modifier.contains(Modifier::REVERSED) {
        (text, ground) = (ground, text);
    }
    Look { text, ground, modifier: cell.modifier - Modifier::REVERSED }
}

/// The run without its blank edges, which need no letters; `None` where nothing is left. Under a line blanks show.
fn visible(run: &Run) -> Option<Run> {
    let look = run.look;
    if look.modifier.intersects(Modifier::UNDERLINED | Modifier::CROSSED_OUT) {
        return Some(Run { words: run.words.clone(), ..*run });
    }
    let words = run.words.trim_matches(' ');
    let left = run.words.len() - run.words.trim_start_matches(' ').len();
    let right = run.words.len() - run.words.trim_end_matches(' ').len();
    let hidden = words.is_empty() || look.modifier.contains(Modifier::HIDDEN);
    (!hidden).then(|| Run { column: run.column + left, columns: run.columns - left - right, words: words.into(), look })
}

fn shape(symbol: &str) -> Option<[usize; 4]> {
    SHAPES.iter().find(|(shape, _)| *shape == symbol).map(|(_, place)| *place)
}

fn write_run(svg: &mut String, row: usize, run: &Run) {
    if let Some([left, top, width, height]) = shape(&run.words) {
        let _ = writeln!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"{}/>",
            MARGIN + run.column * WIDTH + left,
            MARGIN + row * HEIGHT + top,
            hex(run.look.text),
            if run.look.modifier.contains(Modifier::DIM) { DIMMED } else { "" },
        );
        return;
    }
    let _ = write!(
        svg,
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\" fill=\"{}\"",
        MARGIN + run.column * WIDTH,
        MARGIN + row * HEIGHT + BASELINE,
        run.columns * WIDTH,
        hex(run.look.text),
    );
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, DIMMED),
        (Modifier::ITALIC, " font-style=\"italic\""),
    ] {
        if run.look.modifier.contains(modifier) {
            svg.push_str(attribute);
        }
    }
    let lines: Vec<&str> = [(Modifier::UNDERLINED, "underline"), (Modifier::CROSSED_OUT, "line-through")]
        .iter()
        .filter(|(modifier, _)| run.look.modifier.contains(*modifier))
        .map(|(_, line)| *line)
        .collect();
    if !lines.is_empty() {
        let _ = write!(svg, " text-decoration=\"{}\"", lines.join(" "));
    }
    let _ = writeln!(svg, ">{}</text>", escaped(&run.words));
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::{Palette, render};

    /// What stands between the head and the end of the picture.
    fn body(buffer: &Buffer) -> Vec<String> {
        let svg = render(buffer, "A < B", &Palette::default());
        svg.lines().skip(4).take_while(|line| *line != "</svg>").map(str::to_owned).collect()
    }

    #[test]
    fn a_row_becomes_runs_of_text_as_long_as_their_cells() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 2));
        buffer.set_string(1, 0, "le <b> ", Style::new());
        buffer.set_string(8, 0, "Wang", Style::new().bold().underlined());
        buffer.set_string(0, 1, "日x", Style::new().reversed());
        assert_eq!(
            body(&buffer),
            [
                "<text x=\"23\" y=\"29\" textLength=\"54\" fill=\"#d3d7de\">le &lt;b&gt;</text>",
                "<text x=\"86\" y=\"29\" textLength=\"36\" fill=\"#d3d7de\" font-weight=\"bold\" text-decoration=\"underline\">Wang</text>",
                "<rect x=\"14\" y=\"34\" width=\"18\" height=\"20\" fill=\"#d3d7de\"/>",
                "<rect x=\"32\" y=\"34\" width=\"9\" height=\"20\" fill=\"#d3d7de\"/>",
                "<text x=\"14\" y=\"49\" textLength=\"18\" fill=\"#16181d\">日</text>",
                "<text x=\"32\" y=\"49\" textLength=\"9\" fill=\"#16181d\">x</text>",
            ]
        );
    }

    #[test]
    fn a_rule_leaves_no_gaps_between_rows() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer.set_string(0, 0, "a│b", Style::new());
        assert_eq!(body(&buffer)[1], "<rect x=\"27\" y=\"14\" width=\"1\" height=\"20\" fill=\"#d3d7de\"/>");
        assert_eq!(body(&buffer).len(), 3);
    }

    #[test]
    fn an_empty_screen_is_a_ground_and_a_title() {
        let svg = render(&Buffer::empty(Rect::new(0, 0, 10, 1)), "A < B", &Palette::default());
        assert_eq!(svg.lines().count(), 5);
        assert!(svg.contains("<title>A &lt; B</title>") && svg.contains("width=\"118\" height=\"48\""));
    }
}
