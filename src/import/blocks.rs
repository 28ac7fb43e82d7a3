//! Blocks: what each unit of the canonical text is.
//!
//! Plain text says it only by the shape of its lines and of their neighbours: a short line without a full stop
//! before running text is a heading, numbered lines in a row are a list, a dash and a name after a quotation say
//! whose it was. Where the shape leaves a doubt, a unit is a paragraph.

use super::post::signature;
use crate::model::{Block, BlockKind, ByteRange};
use crate::text::fold::fold;

/// Code points and words that a heading has at most.
const HEADING: usize = 120;
const HEADING_WORDS: usize = 20;
/// Headings in a row; more short lines than that are a list or a table.
const HEADINGS: usize = 3;
/// Bytes that an attribution line has at most.
const ATTRIBUTION: usize = 200;
/// Bytes from which a unit without a final stop is still running text.
const RUNNING: usize = 140;

/// The blocks of a text whose units lie at `places`; the first one is the title where `titled`.
pub(super) fn classify(text: &str, places: &[ByteRange], titled: bool) -> Vec<Block> {
    let shapes: Vec<Shape> = places.iter().map(|place| Shape::of(place.of(text))).collect();
    let mut blocks: Vec<Block> = Vec::with_capacity(places.len());
    for (i, place) in places.iter().copied().enumerate() {
        let kind = if i == 0 && titled { BlockKind::Title } else { kind(text, places, &shapes, i, blocks.last()) };
        match (kind, blocks.last_mut()) {
            (BlockKind::Attribution, Some(last)) => last.kind = BlockKind::BlockQuote,
            (BlockKind::Post, Some(last)) if shapes[i] == Shape::Signature && last.kind == BlockKind::Paragraph => {
                *last = Block { kind, range: ByteRange::new(last.range.start, place.end) };
                continue;
            }
            _ => {}
        }
        blocks.push(Block { kind, range: place });
    }
    blocks
}

/// What a unit looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `> …`
    Quoted,
    /// A post with its signature.
    Post,
    /// The signature of a post alone.
    Signature,
    /// A dash, and words that could name somebody.
    DashedName,
    Bulleted,
    /// A number of some style before words that could be a heading, or not.
    Numbered(Style, bool),
    /// Words that could be a heading.
    Short,
    Text,
}

/// How a number before a heading or an item is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `1.` `1)`
    Arabic,
    /// `IV.` `IV)`
    Roman,
    /// `a)`
    Letter,
}

impl Shape {
    fn of(unit: &str) -> Self {
        if unit.starts_with('>') {
            return Self::Quoted;
        }
        match signature(unit) {
            Some(0) => return Self::Signature,
            Some(_) => return Self::Post,
            None => {}
        }
        if let Some((dash, words)) = bullet(unit) {
            let names = dash && unit.len() <= ATTRIBUTION && names_somebody(words);
            return if names { Self::DashedName } else { Self::Bulleted };
        }
        match number(unit) {
            Some((style, words)) => Self::Numbered(style, is_short(words)),
            None if is_short(unit) => Self::Short,
            None => Self::Text,
        }
    }

    /// Whether the unit may be a heading, if text follows.
    const fn may_head(self) -> bool {
        matches!(self, Self::Short | Self::Numbered(_, true))
    }
}

fn kind(text: &str, places: &[ByteRange], shapes: &[Shape], i: usize, last: Option<&Block>) -> BlockKind {
    let in_row = matches!(shapes[i], Shape::Numbered(style, _) if in_numbers(shapes, i, style));
    let listed = match shapes[i] {
        Shape::Bulleted => true,
        // A dash and a name by themselves are no list.
        Shape::DashedName => in_dashes(shapes, i) || last.is_some_and(|last| last.range.of(text).ends_with(':')),
        Shape::Numbered(style, _) => in_row || style != Style::Roman,
        _ => false,
    };
    match shapes[i] {
        Shape::Quoted => BlockKind::BlockQuote,
        Shape::Post | Shape::Signature => BlockKind::Post,
        Shape::DashedName if attributes(text, places[i], last, shapes.get(i + 1)) => BlockKind::Attribution,
        shape if shape.may_head() && !in_row && heads(text, places, shapes, i) => BlockKind::Heading,
        _ if listed => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

/// Whether running text, a list or a quotation follows the unit `i`, after not too many more that may be headings.
fn heads(text: &str, places: &[ByteRange], shapes: &[Shape], i: usize) -> bool {
    let capitals = |i: usize| shapes[i] == Shape::Short && is_capitals(places[i].of(text));
    if capitals(i) && shapes.len() > i + 1 {
        return true;
    }
    // A row of short lines counts as one, wherever in it the unit stands.
    let plain = |i: &usize| shapes[*i] == Shape::Short;
    let before = (0..i).rev().take(HEADINGS).take_while(plain).count();
    let after = (i..shapes.len()).take(HEADINGS + 1).take_while(plain).count();
    let follows = (i + 1..shapes.len()).take(HEADINGS).find(|i| !shapes[*i].may_head());
    before + after <= HEADINGS && follows.is_some_and(|next| stands(places[next].of(text), shapes[next]))
}

/// Whether a unit can stand under a heading.
fn stands(unit: &str, shape: Shape) -> bool {
    !matches!(shape, Shape::Text) || unit.len() >= RUNNING || ends_sentence(unit)
}

fn ends_sentence(unit: &str) -> bool {
    unit.ends_with(['.', '!', '?', '…', ':', '»', '”', '"', ')'])
}

/// Whether the unit `i` stands in a row of dashed or bulleted ones.
fn in_dashes(shapes: &[Shape], i: usize) -> bool {
    let dashed = |i: Option<usize>| {
        i.and_then(|i| shapes.get(i)).is_some_and(|s| matches!(s, Shape::DashedName | Shape::Bulleted))
    };
    dashed(i.checked_sub(1)) || dashed(Some(i + 1))
}

/// Whether a neighbour of the unit `i` is numbered in the same style.
fn in_numbers(shapes: &[Shape], i: usize, style: Style) -> bool {
    let same = |i: Option<usize>| {
        i.and_then(|i| shapes.get(i)).is_some_and(|s| matches!(s, Shape::Numbered(other, _) if *other == style))
    };
    same(i.checked_sub(1)) || same(Some(i + 1))
}

/// Whether a dashed name at `place` says whose the block before it is.
///
/// That one must look like somebody's words: in quotation marks, or close before the name, or speaking of itself.
fn attributes(text: &str, place: ByteRange, last: Option<&Block>, next: Option<&Shape>) -> bool {
    let Some(last) = last.filter(|_| !matches!(next, Some(Shape::DashedName | Shape::Bulleted))) else { return false };
    let words = last.range.of(text);
    match last.kind {
        BlockKind::BlockQuote => true,
        BlockKind::Paragraph => {
            words.starts_with(['«', '“', '"'])
                || ends_sentence(words) && (is_close(text, last.range, place) || is_own(words))
        }
        _ => false,
    }
}

/// Whether nothing but one newline lies between two ranges.
fn is_close(text: &str, before: ByteRange, after: ByteRange) -> bool {
    ByteRange::new(before.end, after.start).of(text).bytes().filter(|b| *b == b'\n').count() == 1
}

/// Whether words speak in the first person outside of any quotation marks.
fn is_own(words: &str) -> bool {
    const FIRST: &[&str] = &["je", "j", "nous", "mon", "ma", "mes", "notre", "nos", "i", "we", "our", "my"];
    !words.contains(['«', '“', '"'])
        && words.split(|c: char| !c.is_alphabetic()).any(|word| word.len() <= 5 && FIRST.contains(&fold(word).as_str()))
}

/// Whether the words after a dash could name a source: no sentence, and a capital or an article first.
fn names_somebody(words: &str) -> bool {
    let stopped = words.ends_with(['.', '!', '?', '…', ';', ':', '»', '”', '"']);
    let named = words.split([',', '(']).next().is_some_and(|name| name.contains(' ') && super::names::is_name(name, 6));
    if stopped && !(words.ends_with('.') && named) {
        return false;
    }
    words.starts_with(char::is_uppercase)
        || ["le ", "la ", "l’", "l'", "un ", "une ", "les ", "the ", "a "]
            .iter()
            .any(|article| words.starts_with(article))
}

/// Whether words could be a heading: few, beginning like one, ending in no stop but a question mark.
fn is_short(words: &str) -> bool {
    if words.len() > HEADING * 4 || words.chars().count() > HEADING || words.split_whitespace().count() > HEADING_WORDS
    {
        return false;
    }
    let quotation = words.starts_with(['«', '“', '"']) && words.ends_with(['»', '”', '"']);
    let begins = words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    // `She asked: “Why?”` is a sentence.
    let bare = words.trim_end_matches(['»', '”', '"', '’', '\'', '\u{A0}', '\u{202F}', ' ']);
    let told = bare.len() < words.len() && bare.ends_with('?');
    let ends = !bare.ends_with(['.', '!', ':', ';', ',', '…']) && !told;
    let inner = words.match_indices(['.', '!', '?']).any(|(at, _)| {
        let mut after = words[at + 1..].chars();
        // `M. Dupont` and `J. Doe` are no ends of sentences.
        let initial = words[..at].chars().next_back().is_some_and(char::is_uppercase);
        !initial
            && after.next().is_some_and(char::is_whitespace)
            && after.find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    });
    !quotation && begins && ends && !inner && words.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// Whether words are written in capitals, and enough of them to be meant so.
fn is_capitals(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic());
    words.contains(' ') && letters.clone().count() >= 8 && letters.clone().all(char::is_uppercase)
}

/// The words after a bullet, and whether the bullet is a dash.
pub(super) fn bullet(unit: &str) -> Option<(bool, &str)> {
    let first = unit.chars().next()?;
    let dash = matches!(first, '-' | '–' | '—' | '―');
    if !dash && !matches!(first, '*' | '•' | '·' | '▪' | '◦' | '‣' | '→' | '►' | '●' | '○' | '■' | '✓' | '✔')
    {
        return None;
    }
    let rest = unit[first.len_utf8()..].strip_prefix('-').unwrap_or(&unit[first.len_utf8()..]);
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then_some((dash, words))
}

/// The words after a number, and its style. `A.` and a single `C.` are taken for initials.
pub(super) fn number(unit: &str) -> Option<(Style, &str)> {
    let end = unit.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|end| *end <= 10)?;
    let digits = unit[..end].trim_end_matches('.');
    let rest = &unit[digits.len()..];
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let words = rest[1..].trim_start();
    if words.is_empty() || words.len() == rest[1..].len() {
        return None;
    }
    let numeric =
        digits.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let roman = digits.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) && !digits.is_empty();
    let style = if numeric {
        Style::Arabic
    } else if roman {
        Style::Roman
    } else if mark == ')' && digits.len() == 1 {
        Style::Letter
    } else {
        return None;
    };
    Some((style, words))
}

#[cfg(test)]
mod tests {
    use super::super::units::units;
    use super::*;

    /// Checks lines that begin with the letter of their kind: `T`itle, `P`aragraph, `H`eading, `L`ist item,
    /// block `Q`uote, `A`ttribution, post `@`; a line that goes on with the block before it begins with `+`.
    #[track_caller]
    fn check(titled: bool, lines: &[&str]) {
        let text: String = lines.iter().map(|line| line.get(2..).unwrap_or_default()).collect::<Vec<_>>().join("\n");
        let mut told: Vec<char> = Vec::new();
        let mut end = 0;
        let blocks = classify(&text, &units(&text), titled);
        for line in lines {
            let start = end;
            end += line.get(2..).unwrap_or_default().len() + 1;
            let block = blocks.iter().find(|b| b.range.contains(start) && *line != " ");
            told.push(match block {
                None => ' ',
                Some(block) if block.range.start < start => '+',
                Some(block) => match block.kind {
                    BlockKind::Title => 'T',
                    BlockKind::Paragraph => 'P',
                    BlockKind::Heading => 'H',
                    BlockKind::ListItem => 'L',
                    BlockKind::BlockQuote => 'Q',
                    BlockKind::Attribution => 'A',
                    BlockKind::Post => '@',
                },
            });
        }
        let expected: Vec<char> = lines.iter().map(|line| line.chars().next().unwrap_or(' ')).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn headings_stand_before_text() {
        check(
            true,
            &[
                "T Un titre",
                " ",
                "H Un sous-titre",
                "H I. Première partie",
                "P Il pleut.",
                "H La suite ?",
                "P Il neige.",
                "P Fin",
            ],
        );
        check(
            false,
            &["H 1. Augmenter les dépenses", "P Pour lui, il le faut.", "H 2. Revoir les règles", "P Il le veut."],
        );
        check(false, &["H III. Feuille de route", "P Un cap s’impose.", "H 1) Politique", "P D’abord, voir."]);
        check(false, &["H LES FAITS DU JOUR", "H Paris", "P Il pleut."]);
    }

    #[test]
    fn many_short_lines_are_no_headings() {
        check(false, &["P Montpellier", "P Karabatic", "P Guigou", "P Abalo", "P Perez", "P Ils ont gagné."]);
    }

    #[test]
    fn lists() {
        check(false, &["P Trois raisons :", "L – le prix", "L – La durée.", "L – Le lieu", "P Voilà."]);
        check(false, &["L 1. Le prix", "L 2. La durée", "L 3. Le lieu", "P Voilà tout."]);
        check(false, &["P On y lit :", " ", "L • Il faut agir.", " ", "L • Il faut voir."]);
        check(false, &["P V. Poutine a parlé.", "P M. Macron a répondu."]);
    }

    #[test]
    fn a_dash_and_a_name_say_whose_words_stand_before() {
        check(
            false,
            &[
                "Q Nous sommes tous dans le même bateau.",
                "A – Emmet Shear, ancien CEO de Twitch, sur X",
                "P Reste à voir.",
            ],
        );
        check(false, &["Q « Ils sont en sécurité »", " ", "A — Jennifer Psaki , directrice de la communication"]);
        check(false, &["Q Nous n’avons rien à dire.", " ", "A — Le ministère", " ", "P Fin."]);
        check(false, &["Q « Quelle saison ! »", " ", "A — Jean-Michel Aulas , président de l'Olympique lyonnais."]);
        check(false, &["P L'agresseur est activement recherché.", " ", "P — Albert Fachler", " ", "P Il court."]);
    }

    #[test]
    fn quoted_lines_and_posts() {
        check(false, &["P Il écrit :", "Q > Non.", "+ > Jamais.", "P Fin."]);
        check(false, &["@ On y va ! — Jeanne Roy (@jroy) 21 janvier 2025", "P Fin."]);
        check(false, &["@ On y va !", " ", "+ — Jeanne Roy (@jroy) 21 janvier 2025", "P Fin."]);
    }
}
