//! Markup as a run of tags and text, without a tree: in linear time and constant memory, whatever comes.
//!
//! It serves two ends: to tell, before a tree is made, whether making one would cost too much; and to read a page flat
//! where it would, or where the page holds no article.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

use crate::import::draft::Words;
use crate::model::BlockKind;

/// Elements that may lie within each other. Real pages stay below 60; the time that a tree takes grows with the
/// square of its depth, and 100,000 would take a minute.
pub(super) const DEEPEST: usize = 512;
/// Tags that a page has at most, ends of elements too, for a tree to be made of it and searched for the article: what
/// that takes grows with them, to some 50 MB and two seconds here. Long pages of the press have 20,000.
pub(super) const MOST_TAGS: usize = 100_000;
/// Attributes that a tag has at most, as the time of comparing them grows with their square.
pub(super) const MOST_ATTRIBUTES: usize = 256;

/// What stands in markup one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text, with its entities as they are.
    Text(&'a str),
    /// A tag: its name, how many attributes, and whether it closes itself.
    Open(&'a str, usize, bool),
    /// The end of an element.
    Close(&'a str),
}

/// The pieces of markup.
pub(super) struct Scan<'a> {
    rest: &'a str,
}

/// Elements within which there is no markup, and which hold no text of an article.
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"];

impl<'a> Scan<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// Steps over everything up to and with `mark`, or to the end.
    fn skip_past(&mut self, mark: &str) {
        let end = memchr::memmem::find(self.rest.as_bytes(), mark.as_bytes());
        self.rest = end.map_or("", |at| &self.rest[at + mark.len()..]);
    }

    /// Steps over the rest of an element without markup, up to its end tag.
    fn skip_raw(&mut self, name: &str) {
        let mut from = 0;
        while let Some(at) = memchr::memmem::find(&self.rest.as_bytes()[from..], b"</") {
            let at = from + at + 2;
            if self.rest.as_bytes().get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
                self.rest = &self.rest[at..];
                self.skip_past(">");
                return;
            }
            from = at;
        }
        self.rest = "";
    }

    /// A tag whose `<` or `</` is already read: its name, the number of its attributes, whether it closes itself.
    fn tag(&mut self) -> (&'a str, usize, bool) {
        let rest = self.rest;
        let bytes = rest.as_bytes();
        let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        let name = bytes.iter().position(is_end).unwrap_or(bytes.len());
        let (mut at, mut count, mut apart) = (name, 0, true);
        while let Some(b) = bytes.get(at).filter(|b| **b != b'>') {
            at += 1;
            if is_end(b) {
                apart = true;
            } else if *b == b'=' {
                at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                if let Some(quote) = bytes.get(at).filter(|b| matches!(b, b'"' | b'\'')) {
                    let end = memchr::memchr(*quote, &bytes[at + 1..]);
                    at = end.map_or(bytes.len(), |end| at + end + 2);
                    apart = true;
                }
            } else {
                count += usize::from(apart);
                apart = false;
            }
        }
        let closed = at > 0 && bytes.get(at - 1) == Some(&b'/');
        self.rest = rest.get(at + 1..).unwrap_or("");
        (&rest[..name], count, closed)
    }
}

impl<'a> Iterator for Scan<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let bytes = self.rest.as_bytes();
            let first = *bytes.first()?;
            let second = bytes.get(1).copied().unwrap_or(b' ');
            if first == b'<' && second.is_ascii_alphabetic() {
                self.rest = &self.rest[1..];
                let (name, attributes, closed) = self.tag();
                if name.eq_ignore_ascii_case("plaintext") {
                    let text = std::mem::take(&mut self.rest);
                    return Some(Piece::Text(text));
                }
                if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
                    self.skip_raw(name);
                    continue;
                }
                return Some(Piece::Open(name, attributes, closed));
            }
            if first == b'<' && second == b'/' && bytes.get(2).is_some_and(u8::is_ascii_alphabetic) {
                self.rest = &self.rest[2..];
                return Some(Piece::Close(self.tag().0));
            }
            if self.rest.starts_with("<!--") {
                self.skip_past("-->");
                continue;
            }
            if first == b'<' && matches!(second, b'!' | b'?' | b'/') {
                self.skip_past(">");
                continue;
            }
            let end = memchr::memchr(b'<', &bytes[1..]).map_or(bytes.len(), |at| at + 1);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Piece::Text(text));
        }
    }
}

/// Elements without an end, and those whose end their next sibling makes.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "option", "html", "head", "body",
];
/// Elements that are opened again where they were closed out of order.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements beyond which an end tag reaches nothing.
const BOUNDS: &[&str] = &["applet", "caption", "marquee", "object", "table", "template", "svg", "math"];

fn among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a tree of this markup is within the limits, judged so that no parser makes a deeper one.
pub(super) fn is_tame(html: &str) -> bool {
    let (mut open, mut foreign): (Vec<&str>, usize) = (Vec::new(), 0);
    let mut formatting = vec![0_usize; FORMATTING.len()];
    let mut tags = 0;
    for piece in Scan::new(html) {
        match piece {
            Piece::Text(_) => continue,
            Piece::Open(name, attributes, closed) => {
                if attributes > MOST_ATTRIBUTES {
                    return false;
                }
                if let Some(at) = FORMATTING.iter().position(|known| known.eq_ignore_ascii_case(name)) {
                    formatting[at] += 1;
                } else if foreign > 0 && !closed || !among(FLAT, name) && foreign == 0 {
                    foreign += usize::from(among(&["svg", "math"], name));
                    open.push(name);
                }
            }
            Piece::Close(name) => {
                if let Some(at) = FORMATTING.iter().position(|known| known.eq_ignore_ascii_case(name)) {
                    formatting[at] = formatting[at].saturating_sub(1);
                } else if let Some(at) = closes(&open, name) {
                    let gone = open.drain(at..).filter(|name| among(&["svg", "math"], name)).count();
                    foreign -= gone;
                }
            }
        }
        tags += 1;
        if tags > MOST_TAGS || open.len() + formatting.iter().sum::<usize>() > DEEPEST {
            return false;
        }
    }
    true
}

/// Which of the open elements an end tag closes, with all that were opened after it.
fn closes(open: &[&str], name: &str) -> Option<usize> {
    for (at, known) in open.iter().enumerate().rev() {
        if known.eq_ignore_ascii_case(name) {
            return Some(at);
        }
        if among(BOUNDS, known) {
            return None;
        }
    }
    None
}

/// Elements that stand within a line; whatever else there is breaks it.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
];

/// Whether an element stands within a line.
pub(super) fn is_inline(name: &str) -> bool {
    among(INLINE, name)
}

/// Reads markup flat: all its text, in the order in which it stands, broken where an element breaks the line.
pub(in crate::import) fn flat(html: &str) -> Vec<(BlockKind, String)> {
    let mut blocks = Vec::new();
    let (mut words, mut kind) = (Words::default(), BlockKind::Paragraph);
    let mut decoded = String::new();
    for piece in Scan::new(html) {
        let (name, opened) = match piece {
            Piece::Text(text) => {
                decoded.clear();
                decode_entities(text, &mut decoded);
                words.push(&decoded);
                continue;
            }
            Piece::Open(name, ..) => (name, true),
            Piece::Close(name) => (name, false),
        };
        if is_inline(name) {
            continue;
        }
        if name.eq_ignore_ascii_case("br") && !words.end_line() {
            continue;
        }
        if !words.is_empty() {
            blocks.push((kind, words.take()));
        }
        kind = match name.as_bytes() {
            [b'h' | b'H', b'1'..=b'6'] if opened => BlockKind::Heading,
            [b'l' | b'L', b'i' | b'I'] if opened => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
    }
    if !words.is_empty() {
        blocks.push((kind, words.take()));
    }
    blocks
}

/// Bytes that the name of an entity has at most.
const LONGEST_NAME: usize = 33;

/// Adds `text` to `out` with its entities decoded as browsers do.
pub(in crate::import) fn decode_entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((first, second, len)) => {
                out.push(first);
                out.extend(second);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

/// The one or two characters of the entity at the start of `text`, and its length.
fn entity(text: &str) -> Option<(char, Option<char>, usize)> {
    if let Some(number) = text.strip_prefix("&#") {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let len = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = digits[..len].bytes().try_fold(0_u32, |code, b| {
            Some((code.saturating_mul(radix)).saturating_add(char::from(b).to_digit(radix)?))
        })?;
        let code = if len == 0 { return None } else { code };
        let whole = text.len() - digits.len() + len;
        let whole = whole + usize::from(digits[len..].starts_with(';'));
        let windows = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)).copied().flatten();
        let told = windows.or_else(|| char::from_u32(code)).filter(|c| *c != '\0');
        return Some((told.unwrap_or('\u{fffd}'), None, whole));
    }
    let len = text[1..].bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count();
    let closed = text[1 + len..].starts_with(';');
    let longest = len + usize::from(closed);
    // Some names of old are known without the semicolon, also where letters follow.
    (2..=longest).rev().find_map(|len| {
        let (first, second) = NAMED_ENTITIES.get(&text[1..=len])?;
        let first = char::from_u32(*first).filter(|c| *c != '\0')?;
        Some((first, char::from_u32(*second).filter(|c| *c != '\0'), len + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_as_browsers_do() {
        for (text, expected) in [
            ("L&rsquo;IA co&ucirc;te 5&nbsp;&euro; &amp; plus", "L’IA coûte 5\u{a0}€ & plus"),
            ("&#233;&#xE9;&#150;&#0;&#1114112;", "éé–\u{fffd}\u{fffd}"),
            ("&eacutet&eacute", "été"),
            ("a & b &; &inconnu; &#; &#x; R&D", "a & b &; &inconnu; &#; &#x; R&D"),
            ("&NotEqualTilde;", "≂\u{338}"),
        ] {
            let mut out = String::new();
            decode_entities(text, &mut out);
            assert_eq!(out, expected, "{text}");
        }
    }

    #[track_caller]
    fn reads(html: &str, expected: &[&str]) {
        let told = flat(html);
        assert_eq!(told.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>(), expected, "{html}");
    }

    #[test]
    fn flat_reading_breaks_at_blocks_and_skips_what_is_no_text() {
        reads("<p>Un <b>deux</b>\n trois<div>quatre<br>cinq<br><br>six", &["Un deux trois", "quatre\ncinq", "six"]);
        reads("<script>if (a</b) { '<p>' }</SCRIPT >Oui<style>p{}</style><!-- <p>non --><title>x</title>", &["Oui"]);
        reads("<a href='a>b' title=\"<p>\">lien</a> 1 < 2 <3", &["lien 1 < 2 <3"]);
        for unclosed in ["<script>x", "<!-- x", "<p title='x", "</", "<!", "</p"] {
            reads(&format!("<p>Oui</p>{unclosed}"), &["Oui"]);
        }
        reads("<p>Oui<plaintext><p>non", &["Oui<p>non"]);
    }

    #[test]
    fn depth_is_judged_at_the_limit_and_one_beyond() {
        for (open, close) in [
            ("<div>", ""),
            ("<b>", ""),
            ("<div></span>", ""),
            ("<b><div></b>", ""),
            ("<div><object></div>", ""),
            ("<svg><td>", ""),
            ("<rt>", ""),
            ("<DIV>", "</div>"),
        ] {
            assert!(is_tame(&(open.repeat(DEEPEST / 2) + &close.repeat(DEEPEST / 2))), "{open}");
            assert!(!is_tame(&open.repeat(DEEPEST + 1)), "{open}");
        }
        assert!(is_tame(&"<div>".repeat(DEEPEST)) && !is_tame(&"<div>".repeat(DEEPEST + 1)));
        assert!(is_tame(&"<p>Un<li>deux<br><div><b>x</b></div>".repeat(DEEPEST * 2)));
    }

    #[test]
    fn attributes_and_tags_are_counted() {
        let tag = |n: usize| format!("<p{}>", (0..n).map(|i| format!(" a{i}='x y'")).collect::<String>());
        assert!(is_tame(&tag(MOST_ATTRIBUTES)) && !is_tame(&tag(MOST_ATTRIBUTES + 1)));
        assert!(is_tame(&"<br>".repeat(MOST_TAGS)) && !is_tame(&"<br>".repeat(MOST_TAGS + 1)));
    }
}
