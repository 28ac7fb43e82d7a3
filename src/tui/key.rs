//! Keys as the program knows them, and the notation they are written in.
//!
//! The key table, `--keys`, the configuration and the help all speak of keys; this is their one type and their one
//! notation, apart from any terminal library, so that the state can import it. A key has one form only (see
//! [`Key::normal`]): two keys are the same press exactly when they are equal. Which bytes a terminal sends for a
//! key is not known here.

use std::fmt;

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Held with Ctrl.
    pub ctrl: bool,
    /// Held with Alt.
    pub alt: bool,
    /// Held with Shift, where the code doesn't already tell: `J` is `Char('J')` without this mark.
    pub shift: bool,
}

/// Which key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as it is typed, upper case included; never a control character.
    Char(char),
    /// Enter, Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// The key that deletes to the left.
    Backspace,
    /// The key that deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// A function key, 1 to 24.
    F(u8),
}

/// The last function key that has a name.
const LAST_F: u8 = 24;

/// The names of keys; the first one of a code is the one that is written.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("space", Code::Char(' ')),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("lt", Code::Char('<')),
    ("gt", Code::Char('>')),
    ("backtab", Code::BackTab),
    ("return", Code::Enter),
    ("escape", Code::Esc),
    ("bs", Code::Backspace),
    ("del", Code::Delete),
    ("ins", Code::Insert),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
];

impl Key {
    /// The key alone, with nothing held.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The key that types `c`.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// The same press in its one form: Shift with a letter is the capital, with Tab it is [`Code::BackTab`]; with
    /// Ctrl a letter is small, and Shift stays a mark; the control characters of Enter, Tab and the like are those keys.
    #[must_use]
    pub fn normal(mut self) -> Self {
        match self.code {
            Code::Char('\r' | '\n') => self.code = Code::Enter,
            Code::Char('\t') => self.code = Code::Tab,
            Code::Char('\u{1b}') => self.code = Code::Esc,
            Code::Char('\u{8}' | '\u{7f}') => self.code = Code::Backspace,
            _ => {}
        }
        match self.code {
            Code::Tab if self.shift => self.code = Code::BackTab,
            Code::Char(c) if self.ctrl => self.code = Code::Char(single(c.to_lowercase()).unwrap_or(c)),
            Code::Char(c) if self.shift && c != ' ' => {
                self.code = Code::Char(single(c.to_uppercase()).unwrap_or(c));
                self.shift = false;
            }
            _ => {}
        }
        if self.code == Code::BackTab {
            self.shift = false;
        }
        self
    }

    /// Reads one key: a character, `<c-d>`, or a name without brackets as in a configuration (`enter`, `ctrl-d`,
    /// `c-d`, `space`, `shift+tab`). The error is a sentence without a full stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(c) = single(text.chars()) {
            return typed(c);
        }
        match text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            Some(inner) => named(inner),
            // Brackets need these names; without brackets the characters stand for themselves, and `gt` is two keys.
            None if ["lt", "gt"].contains(&text) => Err(format!("{text} is two keys")),
            None => named(text),
        }
    }
}

/// Reads keys one after the other: characters stand for themselves, the others are in brackets, as in `jj<enter>`.
/// A `<` is written `<lt>`. The error is a sentence without a full stop.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let end = rest.find('>').ok_or_else(|| format!("`{rest}` lacks its `>`; a `<` alone is written <lt>"))?;
            keys.push(named(&rest[1..end])?);
            rest = &rest[end + 1..];
        } else {
            keys.push(typed(c)?);
            rest = &rest[c.len_utf8()..];
        }
    }
    Ok(keys)
}

/// The key that types `c`, or a sentence why there is none.
fn typed(c: char) -> Result<Key, String> {
    let key = Key::char(c).normal();
    match key.code {
        Code::Char(c) if c.is_control() => {
            Err(format!("U+{:04X} is a control character; write <c-x> for Ctrl with x", u32::from(c)))
        }
        _ => Ok(key),
    }
}

/// The key that `name` names, with the keys held before it: `c-d`, `shift-tab`, `f2`.
fn named(name: &str) -> Result<Key, String> {
    let mut held = Key::plain(Code::Esc);
    let mut rest = name;
    while let Some((modifier, after)) = rest.split_once(['-', '+']).filter(|(_, after)| !after.is_empty()) {
        match modifier.to_ascii_lowercase().as_str() {
            "c" | "ctrl" | "control" => held.ctrl = true,
            "a" | "alt" | "m" | "meta" => held.alt = true,
            "s" | "shift" => held.shift = true,
            _ => return Err(format!("no key is held with `{modifier}`; it is c (Ctrl), a (Alt) or s (Shift)")),
        }
        rest = after;
    }
    let code = code_named(rest).ok_or_else(|| {
        let names: Vec<&str> = NAMES.iter().take_while(|(name, _)| *name != "backtab").map(|(name, _)| *name).collect();
        format!("no key is called `{name}`; the names are {} and f1 to f{LAST_F}", names.join(", "))
    })?;
    Ok(Key { code, ..held }.normal())
}

fn code_named(name: &str) -> Option<Code> {
    if let Some(c) = single(name.chars()) {
        return typed(c).ok().map(|key| key.code);
    }
    let name = name.to_ascii_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    let number: u8 = name.strip_prefix('f')?.parse().ok()?;
    (1..=LAST_F).contains(&number).then_some(Code::F(number))
}

/// The only one that `chars` gives, if it gives exactly one.
fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

impl fmt::Display for Key {
    /// The key as [`parse_keys`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let alone = !(self.ctrl || self.alt || self.shift);
        if let Code::Char(c) = self.code
            && alone
            && !matches!(c, ' ' | '<')
        {
            return write!(f, "{c}");
        }
        f.write_str("<")?;
        for (held, mark) in [(self.ctrl, "c-"), (self.alt, "a-"), (self.shift || self.code == Code::BackTab, "s-")] {
            if held {
                f.write_str(mark)?;
            }
        }
        let code = if self.code == Code::BackTab { Code::Tab } else { self.code };
        match (NAMES.iter().find(|(_, named)| *named == code), code) {
            (Some((name, _)), _) => f.write_str(name)?,
            (None, Code::Char(c)) => write!(f, "{c}")?,
            (None, Code::F(number)) => write!(f, "f{number}")?,
            (None, _) => {}
        }
        f.write_str(">")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::{Code, Key, NAMES, parse_keys};

    fn spelled(text: &str) -> String {
        Key::parse(text).map_or_else(|error| error, |key| key.to_string())
    }

    #[test]
    fn a_key_has_one_spelling_whichever_way_it_is_written() {
        for (written, key) in [
            ("j", "j"),
            ("J", "J"),
            ("s-j", "J"),
            ("é", "é"),
            ("enter", "<enter>"),
            ("<Return>", "<enter>"),
            ("ctrl-d", "<c-d>"),
            ("<C-D>", "<c-d>"),
            ("c-s-d", "<c-s-d>"),
            ("Ctrl+D", "<c-d>"),
            ("shift-tab", "<s-tab>"),
            ("backtab", "<s-tab>"),
            ("<a-left>", "<a-left>"),
            ("m-x", "<a-x>"),
            ("a-c-s-f5", "<c-a-s-f5>"),
            ("space", "<space>"),
            (" ", "<space>"),
            ("<", "<lt>"),
            ("<LT>", "<lt>"),
            (">", ">"),
            ("c-gt", "<c-gt>"),
            ("-", "-"),
            ("c--", "<c-->"),
            ("f12", "<f12>"),
            ("pgdn", "<pagedown>"),
        ] {
            assert_eq!(spelled(written), key, "{written}");
        }
    }

    #[test]
    fn what_is_no_key_says_what_would_be() {
        assert!(spelled("entr").starts_with("no key is called `entr`; the names are enter, esc, tab,"));
        assert_eq!(spelled("h-x"), "no key is held with `h`; it is c (Ctrl), a (Alt) or s (Shift)");
        assert_eq!(spelled("\u{1}"), "U+0001 is a control character; write <c-x> for Ctrl with x");
        assert_eq!(parse_keys("a<b").unwrap_err(), "`<b` lacks its `>`; a `<` alone is written <lt>");
        for wrong in ["", "<>", "f0", "f25", "f999", "<c->", "gg"] {
            assert!(Key::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn keys_are_read_one_after_the_other() {
        let codes: Vec<Code> = parse_keys("/é<lt><enter><f2>\n").unwrap().iter().map(|key| key.code).collect();
        assert_eq!(codes, [Code::Char('/'), Code::Char('é'), Code::Char('<'), Code::Enter, Code::F(2), Code::Enter]);
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            any::<char>().prop_filter("typed", |c| !c.is_control()).prop_map(Code::Char),
            proptest::sample::select("<>- +éßΣ".chars().collect::<Vec<_>>()).prop_map(Code::Char),
            (1u8..=24).prop_map(Code::F),
            proptest::sample::select(NAMES).prop_map(|(_, code)| code),
        ];
        (code, any::<[bool; 3]>()).prop_map(|(code, [ctrl, alt, shift])| Key { code, ctrl, alt, shift }.normal())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(keys in proptest::collection::vec(any_key(), 0..8)) {
            let written: String = keys.iter().map(Key::to_string).collect();
            prop_assert_eq!(parse_keys(&written).unwrap(), keys.clone());
            for key in keys {
                prop_assert_eq!(Key::parse(&key.to_string()).unwrap(), key);
                prop_assert_eq!(key.normal(), key);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "(<|c-|>|.){0,12}") {
            let _ = parse_keys(&text);
            let _ = Key::parse(&text);
        }
    }
}
