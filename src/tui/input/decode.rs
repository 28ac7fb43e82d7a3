//! Bytes from the terminal → keys and pastes.
//!
//! A plain function of the bytes so far: it reads nothing, waits for nothing and knows no time; whoever feeds it
//! tells it by [`Decoder::settle`] that nothing more came. What it doesn't know (answers to questions, mouse
//! reports, focus marks, broken sequences) it swallows whole: a sequence is never taken for typing.
//!
//! Sequences: ECMA-48 (CSI, SS3, strings), xterm's ctlseqs ("PC-Style Function Keys", "Bracketed Paste Mode",
//! "modifyOtherKeys"), the Linux console's `CSI [ A`, and kitty's keyboard protocol (`CSI u`).

use std::time::Duration;

use memchr::memmem;

use crate::tui::key::{Code, Key};

/// What the bytes meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// A key.
    Key(Key),
    /// A paste, whole, with `\n` as line end.
    Paste(String),
}

/// How long to wait after Esc for the rest of a sequence: longer than the pieces of one packet take, shorter than
/// anyone notices.
const AFTER_ESC: Duration = Duration::from_millis(50);

/// How long to wait for the rest of a sequence that has clearly begun.
const WITHIN_SEQUENCE: Duration = Duration::from_secs(1);

/// A paste longer than this is cut, in bytes.
const PASTE_LIMIT: usize = 1 << 20;

/// A sequence longer than this is none, in bytes.
const SEQUENCE_LIMIT: usize = 1 << 16;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Keeps what has come of a sequence or a paste until the rest comes.
#[derive(Debug, Default)]
pub struct Decoder {
    held: Vec<u8>,
    paste: Option<Vec<u8>>,
}

/// What the first bytes are.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// The beginning of something.
    Unfinished,
    /// So many bytes that mean nothing to us.
    Skip(usize),
    /// So many bytes that are a key.
    Key(usize, Key),
    /// So many bytes after which pasted text follows.
    Paste(usize),
}

impl Decoder {
    /// Takes bytes as they came, and gives to `each` what they complete.
    pub fn feed(&mut self, bytes: &[u8], each: &mut impl FnMut(Decoded)) {
        self.held.extend_from_slice(bytes);
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        while !rest.is_empty() {
            if let Some(paste) = &mut self.paste {
                let end = memmem::find(rest, PASTE_END);
                // The end mark may be cut: its first bytes stay until the others come.
                let taken = end.unwrap_or(rest.len().saturating_sub(PASTE_END.len() - 1));
                let room = PASTE_LIMIT - paste.len();
                paste.extend_from_slice(&rest[..taken.min(room)]);
                if end.is_none() {
                    rest = &rest[taken..];
                    break;
                }
                rest = &rest[taken + PASTE_END.len()..];
                each(Decoded::Paste(text_of(&self.paste.take().unwrap_or_default())));
                continue;
            }
            match step(rest) {
                Step::Unfinished if rest.len() <= SEQUENCE_LIMIT => break,
                Step::Unfinished => rest = &[],
                Step::Skip(count) => rest = &rest[count..],
                Step::Key(count, key) => {
                    each(Decoded::Key(key.normal()));
                    rest = &rest[count..];
                }
                Step::Paste(count) => {
                    self.paste = Some(Vec::new());
                    rest = &rest[count..];
                }
            }
        }
        self.held = rest.to_vec();
    }

    /// How long to wait for more before [`Decoder::settle`]; `None` where nothing is begun. A paste waits for its end
    /// however long that takes, since what comes after it would be taken for commands.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.held.len()) {
            (Some(_), _) | (None, 0) => None,
            (None, 1 | 2) => Some(AFTER_ESC),
            (None, _) => Some(WITHIN_SEQUENCE),
        }
    }

    /// Nothing more came: Esc was the key, Esc and a character were Alt and that character, and a longer sequence
    /// is given up.
    pub fn settle(&mut self, each: &mut impl FnMut(Decoded)) {
        if self.paste.is_some() {
            return;
        }
        match *std::mem::take(&mut self.held).as_slice() {
            [0x1b] => each(Decoded::Key(Key::plain(Code::Esc))),
            [0x1b, byte] if byte.is_ascii_graphic() => {
                each(Decoded::Key(Key { alt: true, ..Key::char(char::from(byte)) }));
            }
            _ => {}
        }
    }
}

/// What pasted bytes say; a terminal sends CR for a line end.
fn text_of(pasted: &[u8]) -> String {
    String::from_utf8_lossy(pasted).replace("\r\n", "\n").replace('\r', "\n")
}

/// What `bytes`, which aren't empty, begin with.
fn step(bytes: &[u8]) -> Step {
    match bytes[0] {
        0x1b => escape(bytes),
        byte if byte.is_ascii_control() => Step::Key(1, control(byte)),
        _ => character(bytes),
    }
}

/// The key that sends the control character `byte`.
fn control(byte: u8) -> Key {
    let ctrl = |c: u8| Key { ctrl: true, ..Key::char(char::from(c)) };
    match byte {
        b'\r' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x7f => Key::plain(Code::Backspace),
        0 => ctrl(b' '),
        1..=0x1a => ctrl(byte - 1 + b'a'),
        _ => ctrl(byte | 0x40),
    }
}

fn character(bytes: &[u8]) -> Step {
    let first = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(first) {
        Ok(text) => text,
        Err(error) => match (error.valid_up_to(), error.error_len()) {
            (0, None) => return Step::Unfinished,
            (0, Some(wrong)) => return Step::Skip(wrong),
            (valid, _) => std::str::from_utf8(&first[..valid]).unwrap_or_default(),
        },
    };
    match valid.chars().next() {
        Some(c) if c.is_control() => Step::Skip(c.len_utf8()),
        Some(c) => Step::Key(c.len_utf8(), Key::char(c)),
        None => Step::Skip(1),
    }
}

fn escape(bytes: &[u8]) -> Step {
    match bytes.get(1) {
        None => Step::Unfinished,
        Some(b'[') => control_sequence(bytes),
        Some(b'O') => single_shift(bytes),
        Some(b']' | b'P' | b'_') => string(bytes),
        Some(0x1b) => Step::Key(1, Key::plain(Code::Esc)),
        Some(_) => match step(&bytes[1..]) {
            Step::Key(count, key) => Step::Key(count + 1, Key { alt: true, ..key }),
            Step::Skip(count) => Step::Skip(count + 1),
            other => other,
        },
    }
}

/// `ESC O x`: arrows and function keys in the terminal's application modes.
fn single_shift(bytes: &[u8]) -> Step {
    let Some(&last) = bytes.get(2) else { return Step::Unfinished };
    if !last.is_ascii_graphic() {
        return Step::Key(2, Key { alt: true, ..Key::char('O') });
    }
    match lettered(last) {
        Some(code) => Step::Key(3, Key::plain(code)),
        None if last == b'M' => Step::Key(3, Key::plain(Code::Enter)),
        None => Step::Skip(3),
    }
}

/// `ESC ] … BEL`, `ESC P … ESC \` and their like: answers of a terminal, never typed.
fn string(bytes: &[u8]) -> Step {
    let body = &bytes[2..];
    match memchr::memchr2(0x07, 0x1b, body) {
        Some(at) if body[at] == 0x07 => Step::Skip(at + 3),
        Some(at) => match body.get(at + 1) {
            None => Step::Unfinished,
            Some(b'\\') => Step::Skip(at + 4),
            // Cut off by another sequence, which is read for itself.
            Some(_) => Step::Skip(at + 2),
        },
        None => Step::Unfinished,
    }
}

/// `ESC [ parameters final`.
fn control_sequence(bytes: &[u8]) -> Step {
    let Some(length) = bytes[2..].iter().position(|byte| !matches!(byte, 0x20..=0x3f)) else {
        return Step::Unfinished;
    };
    let last = bytes[2 + length];
    let whole = length + 3;
    match (length, last) {
        // A broken sequence: what broke it is read for itself.
        (_, ..=0x1f | 0x7f..) => Step::Skip(length + 2),
        // The Linux console's F1 to F5.
        (0, b'[') => match bytes.get(3) {
            None => Step::Unfinished,
            Some(letter @ b'A'..=b'E') => Step::Key(4, Key::plain(Code::F(letter - b'A' + 1))),
            Some(_) => Step::Skip(4),
        },
        // A mouse report of the oldest kind: three bytes of any value follow.
        (0, b'M') if bytes.len() < 6 => Step::Unfinished,
        (0, b'M') => Step::Skip(6),
        _ if bytes[2..].starts_with(b"200~") => Step::Paste(whole),
        _ => match sequence_key(&bytes[2..2 + length], last) {
            Some(key) => Step::Key(whole, key),
            None => Step::Skip(whole),
        },
    }
}

/// The key that a sequence with these parameters and this final byte stands for.
fn sequence_key(parameters: &[u8], last: u8) -> Option<Key> {
    let text = std::str::from_utf8(parameters).ok()?;
    let mut fields = text.split(';');
    let first = match fields.next() {
        None | Some("") => 1,
        // In kitty's protocol other layouts' codes may follow after a colon.
        Some(field) => field.split(':').next()?.parse::<u32>().ok()?,
    };
    let held = fields.next().unwrap_or_default();
    let key = match last {
        b'Z' => Key::plain(Code::BackTab),
        b'~' if first == 27 => return modified(coded(fields.next()?.parse().ok()?)?, held),
        b'~' => Key::plain(numbered(first)?),
        b'u' => coded(first)?,
        _ if first == 1 => Key::plain(lettered(last)?),
        _ => return None,
    };
    modified(key, held)
}

/// `key` with what `field` (`modifiers` or `modifiers:kind`) says is held; `None` where it was let go, or where
/// Super, Hyper or Meta is held, which belong to the window system.
fn modified(key: Key, field: &str) -> Option<Key> {
    let (mask, kind) = field.split_once(':').unwrap_or((field, "1"));
    let mask = if mask.is_empty() { 0 } else { mask.parse::<u16>().ok()?.checked_sub(1)? };
    if kind == "3" || mask & 0b11_1000 != 0 {
        return None;
    }
    let shift = key.shift || mask & 1 != 0;
    Some(Key { shift, alt: key.alt || mask & 2 != 0, ctrl: key.ctrl || mask & 4 != 0, ..key })
}

/// The key with this number in `CSI number ~`.
fn numbered(number: u32) -> Option<Code> {
    let f = |base: u32| u8::try_from(number - base).ok().map(Code::F);
    match number {
        1 | 7 => Some(Code::Home),
        2 => Some(Code::Insert),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => f(10),
        17..=21 => f(11),
        23..=26 => f(12),
        28 | 29 => f(13),
        31..=34 => f(14),
        _ => None,
    }
}

/// The key with this final letter in `CSI letter` and `ESC O letter`.
const fn lettered(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The key of a code point in `CSI code u`; the keypad has code points of its own.
fn coded(code: u32) -> Option<Key> {
    Some(match code {
        57399..=57408 => Key::char(char::from_digit(code - 57399, 10)?),
        57409 => Key::char('.'),
        57410 => Key::char('/'),
        57411 => Key::char('*'),
        57412 => Key::char('-'),
        57413 => Key::char('+'),
        57414 => Key::plain(Code::Enter),
        57415 => Key::char('='),
        57417 => Key::plain(Code::Left),
        57418 => Key::plain(Code::Right),
        57419 => Key::plain(Code::Up),
        57420 => Key::plain(Code::Down),
        57421 => Key::plain(Code::PageUp),
        57422 => Key::plain(Code::PageDown),
        57423 => Key::plain(Code::Home),
        57424 => Key::plain(Code::End),
        57425 => Key::plain(Code::Insert),
        57426 => Key::plain(Code::Delete),
        57376..=57387 => Key::plain(Code::F(u8::try_from(code - 57376).ok()? + 13)),
        // The rest of the private use area: modifier, lock and media keys.
        57344..=63743 => return None,
        _ => match char::from_u32(code)? {
            c @ ('\r' | '\t' | '\u{1b}' | '\u{7f}') => Key::char(c).normal(),
            c if c.is_control() => return None,
            c => Key::char(c),
        },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Decoded, Decoder, PASTE_LIMIT};

    /// What the pieces decode to, the pause after the last one included: keys in their notation, pastes quoted.
    fn decoded(pieces: &[&[u8]]) -> String {
        let mut decoder = Decoder::default();
        let mut shown = String::new();
        let mut each = |decoded| match decoded {
            Decoded::Key(key) => shown.push_str(&key.to_string()),
            Decoded::Paste(text) => shown.extend([format!("{text:?}")]),
        };
        for piece in pieces {
            decoder.feed(piece, &mut each);
        }
        decoder.settle(&mut each);
        shown
    }

    #[test]
    fn bytes_become_keys() {
        for (bytes, keys) in [
            ("jJ é<", "jJ<space>é<lt>"),
            ("\r\t\x7f\x08\n\0\x04\x1c\x1f", "<enter><tab><backspace><c-h><c-j><c-space><c-d><c-\\><c-_>"),
            ("\x1b[A\x1b[B\x1bOC\x1b[D\x1bOH\x1b[F", "<up><down><right><left><home><end>"),
            ("\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~", "<home><insert><delete><end><pageup><pagedown>"),
            ("\x1bOP\x1b[[B\x1b[13~\x1b[15~\x1b[17~\x1b[24~\x1b[34~", "<f1><f2><f3><f5><f6><f12><f20>"),
            ("\x1b[Z\x1b[1;5A\x1b[1;3D\x1b[5;2~\x1b[1;5R", "<s-tab><c-up><a-left><s-pageup><c-f3>"),
            ("\x1bx\x1bX\x1b\x04\x1bé\x1b\r", "<a-x><a-X><c-a-d><a-é><a-enter>"),
            ("\x1b[106u\x1b[106;2u\x1b[106;6u\x1b[27u\x1b[13;5u", "jJ<c-s-j><esc><c-enter>"),
            ("\x1b[106;1:2u\x1b[106;1:3u\x1b[106;9u\x1b[57441u\x1b[57400u", "j1"),
            ("\x1b[27;5;106~\x1b[27;2;9~", "<c-j><s-tab>"),
        ] {
            assert_eq!(decoded(&[bytes.as_bytes()]), keys, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_key_is_never_taken_for_typing() {
        for bytes in [
            "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
            "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
            "\x1b[?2026;2$y\x1b[?62;22c\x1b[12;40R\x1b[?1u",
            "\x1bP>|xterm(397)\x1b\\\x1b_Gi=1;OK\x1b\\",
            "\x1b[I\x1b[O\x1b[<0;10;20M\x1b[<0;10;20m\x1b[M !!\x1b[M qq",
            "\u{9b}",
        ] {
            assert_eq!(decoded(&[bytes.as_bytes(), b"j"]), "j", "{bytes:?}");
        }
        assert_eq!(decoded(&[b"\xff\x9bj\xe9k\xc3"]), "jk");
        assert_eq!(decoded(&[b"\x1b[12\x1b[Aj\x1b]0;x\x1b[Bk"]), "<up>j<down>k");
    }

    #[test]
    fn esc_alone_is_a_key_once_nothing_follows() {
        assert_eq!(decoded(&[b"\x1b"]), "<esc>");
        assert_eq!(decoded(&[b"\x1b\x1b"]), "<esc><esc>");
        assert_eq!(decoded(&[b"\x1b\x1b[A"]), "<esc><up>");
        assert_eq!(decoded(&[b"\x1b["]), "<a-[>");
        assert_eq!(decoded(&[b"\x1b[1;"]), "");
        assert_eq!(decoded(&[b"\x1b", b"[", b"1", b";5", b"Dj"]), "<c-left>j");
    }

    #[test]
    fn a_paste_is_one_piece_of_text_and_no_command() {
        assert_eq!(decoded(&[b"a\x1b[200~qu\x03it\x1b[A\r\nGG\rx\x1b[201~b"]), "a\"qu\\u{3}it\\u{1b}[A\\nGG\\nx\"b");
        assert_eq!(decoded(&[b"\x1b[200~d\xc3", b"\xa9j\x1b[20", b"1~q"]), "\"déj\"q");
        assert_eq!(decoded(&[b"\x1b[200~never ended :q\r"]), "");
        assert_eq!(decoded(&[b"\x1b[200~\x1b[201~"]), "\"\"");
    }

    #[test]
    fn a_paste_without_measure_is_cut() {
        let mut decoder = Decoder::default();
        let mut pasted = 0;
        let mut each = |decoded| match decoded {
            Decoded::Paste(text) => pasted = text.len(),
            Decoded::Key(key) => panic!("typed {key}"),
        };
        decoder.feed(b"\x1b[200~", &mut each);
        for _ in 0..300 {
            decoder.feed(&[b'q'; 4096], &mut each);
        }
        decoder.feed(b"\x1b[201~", &mut each);
        assert_eq!(pasted, PASTE_LIMIT);
    }

    proptest! {
        #[test]
        fn it_makes_no_difference_where_the_bytes_are_cut(
            pieces in proptest::collection::vec(prop_oneof![
                Just(b"\x1b[A".to_vec()), Just(b"\x1b[1;5D".to_vec()), Just(b"\x1b[200~a\r\x1b[201~".to_vec()),
                Just("é".as_bytes().to_vec()), Just(b"\x1b]11;x\x1b\\".to_vec()), Just(b"\x1b\x1b".to_vec()),
                Just(b"\x1b[M !!".to_vec()), proptest::collection::vec(any::<u8>(), 0..6),
            ], 0..12),
            cuts in proptest::collection::vec(1usize..5, 1..40),
        ) {
            let whole: Vec<u8> = pieces.concat();
            let mut parts: Vec<&[u8]> = Vec::new();
            let mut rest = whole.as_slice();
            for cut in cuts {
                let (part, after) = rest.split_at(cut.min(rest.len()));
                parts.push(part);
                rest = after;
            }
            parts.push(rest);
            prop_assert_eq!(decoded(&parts), decoded(&[&whole]));
        }
    }
}
