//! Colours and attributes, as a terminal is told of them (SGR, ECMA-48 8.3.117).
//!
//! A terminal writes every character with the pen it holds. Telling it to change costs bytes, so only a change is
//! told, in the shorter of two ways: by what differs, or from nothing. A blank doesn't show most of its look, and
//! so is written with whatever pen shows the same.

use ratatui::style::{Color, Modifier};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// None: attributes only.
    Monochrome,
    /// The 16 that have names.
    Sixteen,
    /// The 256 that have numbers.
    #[default]
    Indexed,
    /// 16 million.
    True,
}

/// What shows on a blank, beside its background.
const ON_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Modifiers with the code that sets and the code that ends each; bold and dim share theirs.
const CODES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// How a cell looks, and what a terminal writes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
}

impl Pen {
    /// The terminal's own colours, without attributes.
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The same look as far as a blank shows it.
    pub fn on_blank(self) -> Self {
        if self.modifier.contains(Modifier::REVERSED) {
            self
        } else if self.modifier.intersects(ON_BLANK) {
            Self { modifier: self.modifier & ON_BLANK, ..self }
        } else {
            Self { fg: Color::Reset, modifier: Modifier::empty(), ..self }
        }
    }

    /// Whether a blank of look `self`, reduced by [`Pen::on_blank`], shows the same when written with `pen`.
    pub fn blank_fits(self, pen: Self) -> bool {
        pen.on_blank() == self
    }

    /// Whether erasing with this pen leaves plain cells, in terminals that erase with the background and in those that
    /// take attributes along.
    pub fn erases_plain(self) -> bool {
        self.on_blank() == Self::PLAIN
    }

    /// Changes the pen to `to`, and tells the terminal.
    pub fn change(&mut self, to: Self, out: &mut Vec<u8>) {
        if *self != to {
            out.extend_from_slice(&self.shortest(to));
            *self = to;
        }
    }

    /// Changes the pen so that a blank of look `to` can be written, keeping what doesn't show where that is shorter.
    pub fn change_for_blank(&mut self, to: Self, out: &mut Vec<u8>) {
        if to.blank_fits(*self) {
            return;
        }
        let kept = Self { fg: self.fg, bg: to.bg, modifier: (self.modifier & !ON_BLANK) | to.modifier };
        let target =
            if to.blank_fits(kept) && self.shortest(kept).len() <= self.shortest(to).len() { kept } else { to };
        self.change(target, out);
    }

    /// The shorter sequence from this pen to `to`.
    fn shortest(self, to: Self) -> Vec<u8> {
        if to == Self::PLAIN {
            return b"\x1b[m".to_vec();
        }
        let by_difference = sequence(&self.difference(to));
        let mut codes = vec![0];
        codes.extend(Self::PLAIN.difference(to));
        let from_nothing = sequence(&codes);
        if by_difference.len() <= from_nothing.len() { by_difference } else { from_nothing }
    }

    fn difference(self, to: Self) -> Vec<u8> {
        let mut codes = Vec::new();
        let mut held = self.modifier;
        for (modifier, _, end) in CODES {
            if held.contains(modifier) && !to.modifier.contains(modifier) {
                codes.push(end);
                // What shares the code has ended with it.
                for (other, _, same) in CODES {
                    if same == end {
                        held -= other;
                    }
                }
            }
        }
        for (modifier, set, _) in CODES {
            if to.modifier.contains(modifier) && !held.contains(modifier) {
                codes.push(set);
            }
        }
        if self.fg != to.fg {
            codes.extend(colour(to.fg, 30));
        }
        if self.bg != to.bg {
            codes.extend(colour(to.bg, 40));
        }
        codes
    }
}

/// `CSI codes m`.
fn sequence(codes: &[u8]) -> Vec<u8> {
    let codes: Vec<String> = codes.iter().map(u8::to_string).collect();
    format!("\x1b[{}m", codes.join(";")).into_bytes()
}

/// The codes of a colour; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u8) -> Vec<u8> {
    match (colour, number(colour)) {
        (_, Some(number @ 0..=7)) => vec![base + number],
        (_, Some(number @ 8..=15)) => vec![base + 60 + number - 8],
        (_, Some(number)) => vec![base + 8, 5, number],
        (Color::Rgb(red, green, blue), None) => vec![base + 8, 2, red, green, blue],
        (_, None) => vec![base + 9],
    }
}

/// The number of a colour among the 256, if it has one.
pub(in crate::tui) const fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number) => number,
        Color::Reset | Color::Rgb(..) => return None,
    })
}

/// xterm's values of the 16 named colours, the order of their numbers.
const NAMED: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// The steps of the colour cube from 16 to 231.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The red, green and blue of a numbered colour, as xterm has them.
pub(in crate::tui) const fn rgb(number: u8) -> [u8; 3] {
    match number {
        0..=15 => NAMED[number as usize],
        16..=231 => {
            let cube = number - 16;
            [STEPS[(cube / 36) as usize], STEPS[(cube / 6 % 6) as usize], STEPS[(cube % 6) as usize]]
        }
        232..=255 => [8 + 10 * (number - 232); 3],
    }
}

impl Depth {
    /// What the variables TERM and COLORTERM tell; empty where they aren't set.
    pub fn told_by(term: &str, colorterm: &str) -> Self {
        let is_vt = term.strip_prefix("vt").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if matches!(term, "" | "dumb") || is_vt {
            Self::Monochrome
        } else if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
            Self::True
        } else if term.ends_with("-256color") {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }

    /// `colour`, or the nearest one that can be shown.
    pub(super) fn fit(self, colour: Color) -> Color {
        match (self, colour, number(colour)) {
            (Self::Monochrome, ..) => Color::Reset,
            (Self::True, ..) | (_, Color::Reset, _) | (_, _, Some(0..=15)) | (Self::Indexed, _, Some(_)) => colour,
            (Self::Indexed, Color::Rgb(red, green, blue), None) => nearest([red, green, blue], 16..=255),
            (Self::Sixteen, Color::Rgb(red, green, blue), None) => nearest([red, green, blue], 0..=15),
            (Self::Sixteen, _, Some(number)) => nearest(rgb(number), 0..=15),
            (_, _, None) => colour,
        }
    }
}

/// The colour among `numbers` that is least far from `wanted`, by squares.
fn nearest(wanted: [u8; 3], numbers: std::ops::RangeInclusive<u8>) -> Color {
    let far =
        |number: &u8| -> u32 { wanted.iter().zip(rgb(*number)).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    numbers.min_by_key(far).map_or(Color::Reset, Color::Indexed)
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::{Depth, Pen};

    fn told(from: Pen, to: Pen) -> String {
        let mut out = Vec::new();
        let mut pen = from;
        pen.change(to, &mut out);
        String::from_utf8_lossy(&out).replace('\x1b', "^")
    }

    #[test]
    fn only_what_changes_is_told_in_the_shorter_way() {
        let bold = Pen { modifier: Modifier::BOLD, ..Pen::PLAIN };
        let red = Pen { fg: Color::Red, ..bold };
        let dim = Pen { modifier: Modifier::DIM, ..red };
        let both = Pen { modifier: Modifier::BOLD | Modifier::DIM, ..red };
        let rgb = Pen { bg: Color::Rgb(1, 2, 3), ..red };
        for (from, to, bytes) in [
            (bold, bold, ""),
            (Pen::PLAIN, red, "^[1;31m"),
            (bold, red, "^[31m"),
            (red, bold, "^[39m"),
            (red, dim, "^[22;2m"),
            (both, dim, "^[22;2m"),
            (rgb, bold, "^[0;1m"),
            (rgb, Pen::PLAIN, "^[m"),
            (Pen::PLAIN, rgb, "^[1;31;48;2;1;2;3m"),
            (Pen::PLAIN, Pen { fg: Color::Indexed(9), bg: Color::Indexed(99), ..Pen::PLAIN }, "^[91;48;5;99m"),
        ] {
            assert_eq!(told(from, to), bytes);
        }
    }

    #[test]
    fn a_blank_is_written_with_any_pen_that_shows_the_same() {
        let bold_red = Pen { fg: Color::Red, modifier: Modifier::BOLD, ..Pen::PLAIN };
        let underlined = Pen { modifier: Modifier::UNDERLINED, ..bold_red };
        assert!(Pen::PLAIN.blank_fits(bold_red));
        assert!(!Pen::PLAIN.blank_fits(underlined));
        assert!(!Pen::PLAIN.blank_fits(Pen { bg: Color::Blue, ..bold_red }));
        let mut out = Vec::new();
        let mut pen = underlined;
        pen.change_for_blank(Pen::PLAIN, &mut out);
        assert_eq!((out.as_slice(), pen), (&b"\x1b[m"[..], Pen::PLAIN));
    }

    #[test]
    fn the_environment_tells_how_many_colours_there_are() {
        for (term, colorterm, depth) in [
            ("xterm-256color", "truecolor", Depth::True),
            ("xterm-256color", "", Depth::Indexed),
            ("xterm-direct", "", Depth::True),
            ("linux", "", Depth::Sixteen),
            ("dumb", "truecolor", Depth::Monochrome),
            ("vt220", "", Depth::Monochrome),
            ("vte-256color", "", Depth::Indexed),
            ("", "", Depth::Monochrome),
        ] {
            assert_eq!(Depth::told_by(term, colorterm), depth, "{term}");
        }
    }

    #[test]
    fn a_colour_that_cannot_be_shown_gives_way_to_the_nearest() {
        let orange = Color::Rgb(255, 140, 0);
        assert_eq!(Depth::True.fit(orange), orange);
        assert_eq!(Depth::Indexed.fit(orange), Color::Indexed(208));
        assert_eq!(Depth::Sixteen.fit(Color::Indexed(196)), Color::Indexed(9));
        assert_eq!(Depth::Sixteen.fit(Color::Red), Color::Red);
        assert_eq!(Depth::Monochrome.fit(Color::Red), Color::Reset);
    }
}
