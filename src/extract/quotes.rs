//! Quotation marks, paired.
//!
//! Marks are paired by kind within a block («», “”, "", ‹›, and in English ‘’ and '' at the edges of words); a mark without its fellow is dropped alone and spoils
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
        let mut waiting = [0usize; 5];
        for at in part.tokens.clone().filter(|&t| tokens[t].kind == Kind::Mark) {
            let mark = tokens[at].at.of(text).chars().next().unwrap_or(' ');
            let single = is_single(tokens[at].at.of(text));
            let sort = if single { single_mark(at, tokens, part, text, waiting[4]) } else { family(mark, &waiting) };
            let Some((family, closes)) = sort else { continue };
            // “…" and "…”: one hand set the first mark and another the last.
            let other = match family {
                1 if closes && waiting[1] == 0 && waiting[3] > 0 => 3,
                family => family,
            };
            let family = other;
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
        if let Some(&(start, mark)) = open.first()
            && parts.get(number + 1).is_some_and(|next| begins_with_mark(next, tokens, text, family_of(mark)))
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
        '‘' | '’' | '\'' => 4,
        _ => 3,
    }
}

/// Which family a mark belongs to and whether it closes.
fn family(mark: char, waiting: &[usize; 5]) -> Option<(usize, bool)> {
    let family = family_of(mark);
    match mark {
        '«' | '“' | '„' | '‹' => Some((family, false)),
        '»' | '”' | '›' => Some((family, true)),
        '"' => Some((family, waiting[family] > 0)),
        _ => None,
    }
}

/// Whether a token is a single mark, which may be an apostrophe.
pub(super) fn is_single(mark: &str) -> bool {
    mark.starts_with(['‘', '’', '\''])
}

/// What a single mark does: it opens before a word, closes behind one where a quotation is open, or is an apostrophe.
fn single_mark(at: usize, tokens: &[Token], part: &Part, text: &str, open: usize) -> Option<(usize, bool)> {
    let mark = tokens[at].at;
    let before = text[..mark.start].chars().next_back().filter(|_| mark.start > part.at.start);
    let after = &text[mark.end..part.at.end];
    let parted = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '“' | '"' | '/'));
    let begins =
        after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '…' | '.' | '[' | '(' | '£' | '$' | '“' | '"'));
    if parted && begins && !mark.of(text).starts_with('’') {
        return (!is_clipped(after)).then_some((4, false));
    }
    let ends = !parted && !after.starts_with(char::is_alphanumeric) && !mark.of(text).starts_with('‘');
    (ends && open > 0 && !is_genitive(at, tokens, part, text)).then_some((4, true))
}

/// Whether a word begins that has lost its head: `'til`, `'em`, `'90s`.
fn is_clipped(word: &str) -> bool {
    let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let decade = word[..end].ends_with('s') && word.starts_with(|c: char| c.is_ascii_digit());
    decade || matches!(&word[..end], "til" | "em" | "n" | "cause" | "tis" | "twas" | "bout" | "round")
}

/// Whether an apostrophe behind an s is a plural's genitive: the next single mark closes and nothing opens between.
fn is_genitive(at: usize, tokens: &[Token], part: &Part, text: &str) -> bool {
    let mark = tokens[at].at;
    if !text[..mark.start].ends_with('s') || !text[mark.end..].starts_with([' ', '\u{A0}']) {
        return false;
    }
    let next = tokens[at + 1..part.tokens.end].iter().take(60).find(|t| t.kind == Kind::Mark);
    next.is_some_and(|t| {
        let closing = t.at.of(text) != "‘" && !text[..t.at.start].ends_with(char::is_whitespace);
        is_single(t.at.of(text)) && closing
    })
}

fn begins_with_mark(part: &Part, tokens: &[Token], text: &str, family: usize) -> bool {
    let marks: &[char] = if family == 4 { &['‘', '\''] } else { &['«', '»', '“', '"'] };
    tokens[part.tokens.clone()].first().is_some_and(|t| t.kind == Kind::Mark && t.at.of(text).starts_with(marks))
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
