//! The encoder against an independent terminal: whatever it sends, the terminal must show the frame.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::{Encoder, travel};
use crate::tui::frame::Frame;
use crate::tui::screen::grid::{Grid, is_disputed};
use crate::tui::screen::pen::Depth;

/// A frame of these rows, `columns` wide.
fn frame(columns: u16, rows: &[&str]) -> Frame {
    let mut frame = Frame::blank(columns, rows.len() as u16);
    for (y, row) in rows.iter().enumerate() {
        frame.buffer.set_string(0, y as u16, row, Style::new());
    }
    frame
}

/// What is sent for the last of the frames, `^` for ESC.
fn sent(frames: &[Frame]) -> String {
    let mut encoder = Encoder::new(Depth::True);
    let mut out = Vec::new();
    for frame in frames {
        out.clear();
        encoder.frame(frame, &mut out);
    }
    String::from_utf8(out).unwrap().replace('\x1b', "^")
}

#[test]
fn nothing_is_sent_where_nothing_changed() {
    let mut page = frame(20, &["Articles", "Wang"]);
    page.cursor = Some(Position::new(3, 1));
    assert_eq!(sent(&[page.clone(), page]), "");
}

#[test]
fn the_first_frame_clears_and_writes_words_and_moves() {
    assert_eq!(sent(&[frame(20, &["a b", "", "c"])]), "^[?25l^[m^[H^[Ja b\r\n\nc");
}

#[test]
fn a_changed_letter_costs_a_move_and_itself() {
    let before = frame(30, &["le leadership américain", "x"]);
    assert_eq!(sent(&[before, frame(30, &["le leaderchip américain", "x"])]), "^[1;10Hc");
}

#[test]
fn a_short_gap_is_written_again_and_a_long_one_jumped_over() {
    let before = frame(40, &["abcdefghijklmnopqrstuvwxyz"]);
    assert_eq!(sent(&[before.clone(), frame(40, &["Abcd_fghijklmnopqrstuvwxyz"])]), "\rAbcd_");
    assert_eq!(sent(&[before, frame(40, &["AbcdefghijklmnopqrstuvwxyZ"])]), "\rA^[24CZ");
}

#[test]
fn blank_ends_are_erased_and_so_are_long_blanks() {
    let before = frame(40, &["abcdefghijklmnopqrstuvwxyz", "x"]);
    assert_eq!(sent(&[before.clone(), frame(40, &["ab", "x"])]), "^[Hab^[K");
    assert_eq!(sent(&[before.clone(), frame(40, &["abcdefghijklmnopqrstuvwx", "x"])]), "^[1;25H  ");
    assert_eq!(sent(&[before, frame(40, &["ab                       z", "x"])]), "^[Hab^[23X");
}

#[test]
fn the_cursor_is_shown_only_where_it_is_asked_for() {
    let plain = frame(20, &["a"]);
    let asked = Frame { cursor: Some(Position::new(1, 0)), ..plain.clone() };
    let moved = Frame { cursor: Some(Position::new(2, 0)), ..plain.clone() };
    assert_eq!(sent(&[plain.clone(), asked.clone()]), "^[?25h");
    assert_eq!(sent(&[asked.clone(), moved]), "^[C");
    assert_eq!(sent(&[asked, plain]), "^[?25l");
}

#[test]
fn a_cursor_within_a_wide_character_misleads_nobody() {
    let before = Frame { cursor: Some(Position::new(1, 0)), ..frame(12, &["日本語x"]) };
    assert_eq!(sent(&[before, Frame { cursor: None, ..frame(12, &["日本語y"]) }]), "^[5Cy^[?25l");
}

#[test]
fn another_size_or_a_forgotten_screen_is_painted_whole() {
    assert_eq!(sent(&[frame(9, &["a"]), frame(10, &["a"])]), "^[?25l^[m^[H^[Ja");
}

#[test]
fn a_selection_that_moves_down_costs_two_rows() {
    let titles: Vec<String> = (0..28)
        .map(|n| format!("{n:2} Le leadership américain en matière d’IA est menacé : l’Open Source est né…"))
        .collect();
    let list = |chosen: u16| {
        let rows: Vec<&str> = titles.iter().map(String::as_str).collect();
        let mut frame = frame(100, &rows);
        frame.buffer.set_style(Rect::new(0, chosen, 100, 1), Style::new().reversed());
        frame
    };
    let bytes = sent(&[list(3), list(4)]).len();
    assert!(bytes <= 250, "{bytes} bytes");
}

#[test]
fn a_page_of_text_costs_little_more_than_its_letters() {
    let words = "Ce n’est pas seulement une préoccupation commerciale ; c’est un risque « existentiel » pour ";
    let page = |shift: usize| {
        let text: String = words.chars().cycle().skip(shift).take(30 * 66).collect();
        let letters: Vec<char> = text.chars().collect();
        let rows: Vec<String> = letters.chunks(66).map(|row| row.iter().collect()).collect();
        frame(100, &rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let letters = page(31).buffer.content.iter().map(|cell| cell.symbol().trim().len()).sum::<usize>();
    let blanks = 30 * 66 / 7;
    let bytes = sent(&[page(0), page(31)]).len();
    assert!(bytes < letters + blanks + 30 * 6, "{bytes} bytes for {letters} of letters");
}

/// A page of text from line `from` on, beside panes that stand still where `panes`, under a header that doesn't scroll.
fn reading(from: usize, panes: bool) -> Frame {
    let mut rows = vec![format!("Article {from}")];
    rows.extend((from..from + 20).map(|n| {
        let text = format!("{n} fois Mme Roy l’a dit et répété, avec {} mots", n * n);
        if panes { format!("│un titre {} │ {text:60} │ une citation {}", n - from, n - from) } else { text }
    }));
    rows.push("j/k move".to_owned());
    frame(100, &rows.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_line_on_scrolls_and_costs_the_new_line() {
    assert_eq!(
        sent(&[reading(10, false), reading(11, false)]),
        "^[2;21r^[21H\n^[r^[9C1^[21H30 fois Mme Roy l’a dit et répété, avec 900 mots"
    );
    assert_eq!(
        sent(&[reading(11, false), reading(10, false)]),
        "^[2;21r^[2H^M^[r^[9C0\r\n10 fois Mme Roy l’a dit et répété, avec 100 mots"
    );
}

#[test]
fn beside_panes_that_stand_still_the_shorter_way_is_taken() {
    assert!(!sent(&[reading(10, true), reading(11, true)]).contains("^[2;21r"));
}

#[test]
fn moves_take_the_shortest_way() {
    for (from, to, bytes) in [
        (None, (0, 0), "^[H"),
        (None, (4, 2), "^[3;5H"),
        (Some((4, 2)), (4, 2), ""),
        (Some((4, 2)), (0, 2), "\r"),
        (Some((4, 2)), (0, 3), "\r\n"),
        (Some((4, 2)), (4, 3), "\n"),
        (Some((4, 2)), (5, 2), "^[C"),
        (Some((4, 2)), (2, 2), "\u{8}\u{8}"),
        (Some((50, 2)), (3, 2), "^[4G"),
        (Some((4, 20)), (4, 2), "^[3d"),
        (Some((80, 2)), (0, 3), "\r\n"),
        (Some((80, 2)), (79, 2), "\r^[79C"),
    ] {
        assert_eq!(travel(from, to, 80).replace('\x1b', "^"), bytes, "{from:?} → {to:?}");
    }
}

/// A terminal that shows what was sent, and what it should show.
fn check(terminal: &vt100::Parser, frame: &Frame, depth: Depth) -> Result<(), TestCaseError> {
    let screen = terminal.screen();
    let grid = Grid::of(&frame.buffer, depth);
    for y in 0..grid.height {
        for (x, cell) in grid.row(y).iter().enumerate() {
            let shown = screen.cell(y, x as u16).unwrap();
            let place = format!("column {x}, row {y}, {:?}", cell.symbol());
            if cell.symbol().is_empty() {
                continue;
            }
            if is_disputed(cell.symbol()) {
                let first: String = cell.symbol().chars().take(1).collect();
                prop_assert!(shown.contents().starts_with(&first), "{}: {:?}", place, shown.contents());
                continue;
            }
            let contents = if shown.has_contents() { shown.contents() } else { " " };
            prop_assert_eq!(contents, cell.symbol(), "{}", place);
            let has = |modifier| cell.modifier.contains(modifier);
            prop_assert_eq!(shown.inverse(), has(Modifier::REVERSED), "reversed at {}", &place);
            prop_assert_eq!(shown.underline(), has(Modifier::UNDERLINED), "underlined at {}", &place);
            prop_assert_eq!(shown.bgcolor(), colour(cell.bg), "background at {}", &place);
            if cell.symbol() == " " && !has(Modifier::REVERSED) {
                continue;
            }
            prop_assert_eq!(shown.bold(), has(Modifier::BOLD), "bold at {}", &place);
            prop_assert_eq!(shown.dim(), has(Modifier::DIM), "dim at {}", &place);
            prop_assert_eq!(shown.italic(), has(Modifier::ITALIC), "italic at {}", &place);
            prop_assert_eq!(shown.fgcolor(), colour(cell.fg), "foreground at {}", &place);
        }
    }
    prop_assert_eq!(screen.hide_cursor(), frame.cursor.is_none());
    if let Some(cursor) = frame.cursor {
        prop_assert_eq!(screen.cursor_position(), (cursor.y, cursor.x));
    }
    Ok(())
}

fn colour(colour: Color) -> vt100::Color {
    match (super::super::pen::number(colour), colour) {
        (Some(number), _) => vt100::Color::Idx(number),
        (None, Color::Rgb(red, green, blue)) => vt100::Color::Rgb(red, green, blue),
        (None, _) => vt100::Color::Default,
    }
}

fn any_style() -> impl Strategy<Value = Style> {
    let colour = proptest::sample::select(vec![
        Color::Reset,
        Color::Reset,
        Color::Red,
        Color::LightBlue,
        Color::Indexed(17),
        Color::Indexed(3),
        Color::Rgb(10, 200, 30),
    ]);
    // vt100 holds one of bold and dim, where terminals can have both.
    let modifier = proptest::sample::select(vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::ITALIC.union(Modifier::BOLD),
        Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::REVERSED.union(Modifier::UNDERLINED),
    ]);
    (colour.clone(), colour, modifier).prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

/// Pieces of text at places, as views draw them.
fn any_frame(columns: u16, rows: u16) -> impl Strategy<Value = Frame> {
    let words = proptest::sample::select(vec![
        "a",
        "Wang",
        "           ",
        "                         ",
        "été — « oui »",
        "日本語",
        "e\u{301}e\u{301}",
        "👨\u{200d}👩\u{200d}👧",
        "❤\u{fe0f} ok",
        "🇫🇷",
        "│",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ]);
    let piece = (0..columns, 0..rows, words, any_style());
    let cursor = proptest::option::of((0..columns, 0..rows).prop_map(|(x, y)| Position::new(x, y)));
    (proptest::collection::vec(piece, 0..14), cursor).prop_map(move |(pieces, cursor)| {
        let mut frame = Frame::blank(columns, rows);
        for (x, y, words, style) in pieces {
            frame.buffer.set_string(x, y, words, Style::reset().patch(style));
        }
        Frame { cursor, ..frame }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_terminal_shows_every_frame(
        frames in proptest::collection::vec(any_frame(37, 6), 1..5),
        depth in proptest::sample::select(vec![Depth::Monochrome, Depth::Sixteen, Depth::Indexed, Depth::True]),
        forget in any::<bool>(),
    ) {
        let mut terminal = vt100::Parser::new(6.try_into().unwrap(), 37.try_into().unwrap(), 0);
        terminal.process(b"what stood there before\x1b[7m and was reversed");
        let mut encoder = Encoder::new(depth);
        for frame in &frames {
            let mut out = Vec::new();
            encoder.frame(frame, &mut out);
            terminal.process(&out);
            check(&terminal, frame, depth)?;
            if forget {
                encoder.forget();
            }
        }
    }

    #[test]
    fn the_terminal_shows_every_frame_that_moved(
        frame in any_frame(37, 9),
        moves in proptest::collection::vec((0_u16..9, 0_u16..9, -8_i32..9), 1..5),
        words in proptest::collection::vec("[a-zé日 ]{0,37}", 9),
    ) {
        let mut frame = frame;
        let mut terminal = vt100::Parser::new(9.try_into().unwrap(), 37.try_into().unwrap(), 0);
        let mut encoder = Encoder::new(Depth::True);
        for (y, row) in words.iter().enumerate() {
            frame.buffer.set_string(0, y as u16, row, Style::new());
        }
        for (top, bottom, by) in moves {
            let mut out = Vec::new();
            encoder.frame(&frame, &mut out);
            terminal.process(&out);
            check(&terminal, &frame, Depth::True)?;
            let before = frame.buffer.clone();
            for y in top.min(bottom)..=top.max(bottom) {
                let from = (i32::from(y) + by).clamp(0, 8) as u16;
                for x in 0..37 {
                    frame.buffer[(x, y)] = before[(x, from)].clone();
                }
            }
        }
    }

    #[test]
    fn no_cell_makes_it_panic(symbols in proptest::collection::vec(".{0,3}|\\PC{0,2}|\u{1b}\\[2J", 12)) {
        let mut frame = Frame { buffer: Buffer::empty(Rect::new(0, 0, 4, 3)), cursor: None };
        for (cell, symbol) in frame.buffer.content.iter_mut().zip(&symbols) {
            cell.set_symbol(symbol);
        }
        let shown = sent(&[frame]);
        prop_assert!(!shown.replace("^[?25l^[m^[H^[J", "").contains("^[2J"));
    }
}
