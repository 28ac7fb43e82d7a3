//! Quotation marks, paired.
//!
//! Marks are paired by kind within a block («», “”, "", ‹›); a mark without its fellow is dropped alone and spoils
//! nothing. A quotation left open at the end of a block goes on to that end where the next block opens with a mark,
//! as papers set quotations of several paragraphs. Only the outermost quotations are kept: what they hold is
//! somebody's words, whatever marks stand inside.

use super::words::{Kind, Part, Token};
use crate::model::ByteRange;

/// An outermost quotation, by tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// The opening mark.
    pub open: usize,
    /// The closing mark; the first token after the quotation where that has none.
    pub close: usize,
    /// The words between the marks, without white space around them.
    pub inside: ByteRange,
}

/// Pairs the marks of every block and tells each token its quotation.
pub(super) fn pair(tokens: &mut [Token], parts: &[Part], text: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let mut open: Vec<(usize, char)> = Vec::new();
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut waiting = [0usize; 4];
        for at in part.tokens.clone().filter(|&t| tokens[t].kind == Kind::Mark) {
            let mark = tokens[at].at.of(text).chars().next().unwrap_or(' ');
            let Some((family, closes)) = family(mark, &waiting) else { continue };
            if !closes {
                open.push((at, mark));
                waiting[family] += 1;
            } else if waiting[family] > 0 {
                while let Some((start, kind)) = open.pop() {
                    let other = family_of(kind);
                    waiting[other] -= 1;
                    if other == family {
                        found.push((start, at));
                        break;
                    }
                }
            }
        }
        let goes_on = parts.get(number + 1).is_some_and(|next| begins_with_mark(next, tokens, text));
        if let Some(&(start, _)) = open.first()
            && goes_on
            && found.iter().all(|&(from, _)| from != start)
        {
            found.push((start, part.tokens.end));
        }
        keep_outermost(&mut found);
        for (start, end) in found {
            let number = quotes.len() as u32;
            quotes.push(Quote { open: start, close: end, inside: inside(start, end, tokens, part, text) });
            for token in &mut tokens[start..(end + 1).min(part.tokens.end)] {
                token.quote = Some(number);
            }
        }
    }
    quotes
}

fn family_of(mark: char) -> usize {
    match mark {
        '«' | '»' => 0,
        '“' | '”' | '„' => 1,
        '‹' | '›' => 2,
        _ => 3,
    }
}

/// Which family a mark belongs to and whether it closes.
fn family(mark: char, waiting: &[usize; 4]) -> Option<(usize, bool)> {
    let family = family_of(mark);
    match mark {
        '«' | '“' | '„' | '‹' => Some((family, false)),
        '»' | '”' | '›' => Some((family, true)),
        '"' => Some((family, waiting[family] > 0)),
        _ => None,
    }
}

fn begins_with_mark(part: &Part, tokens: &[Token], text: &str) -> bool {
    tokens[part.tokens.clone()]
        .first()
        .is_some_and(|t| t.kind == Kind::Mark && t.at.of(text).starts_with(['«', '»', '“', '"']))
}

fn keep_outermost(found: &mut Vec<(usize, usize)>) {
    found.sort_unstable_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
    let mut reach = 0;
    found.retain(|&(start, end)| {
        let outer = start >= reach;
        if outer {
            reach = end + 1;
        }
        outer
    });
}

fn inside(open: usize, close: usize, tokens: &[Token], part: &Part, text: &str) -> ByteRange {
    let start = tokens[open].at.end;
    let end = if close < part.tokens.end { tokens[close].at.start } else { part.at.end };
    let words = text.get(start..end).unwrap_or_default();
    let start = start + (words.len() - words.trim_start().len());
    ByteRange::new(start, start + words.trim().len())
}
