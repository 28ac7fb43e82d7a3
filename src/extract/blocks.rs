//! Claims that the layout makes: embedded posts, block quotes with their attribution line, lists and quotations under
//! an introduction that ends with a colon.

use super::lexis;
use super::phrase::Who;
use super::words::{Kind, Part};
use super::{Lead, Scene};
use crate::model::{BlockKind, ByteRange, Form, Polarity};

impl Scene<'_> {
    /// The words of an embedded post, with the name in its signature: « text — Name (@handle) date ».
    pub fn post(&self, part: &Part) -> Option<Lead> {
        let tokens = part.tokens.clone();
        let bracket = tokens.clone().rev().find(|&t| {
            self.doc.is(t, Kind::OpenBracket) && self.doc.text[self.doc.tokens[t].at.end..].starts_with('@')
        })?;
        let dash = (tokens.start..bracket).rev().take(12).find(|&t| self.doc.is(t, Kind::Dash))?;
        let words = ByteRange::new(part.at.start, self.doc.tokens[dash].at.start).of(self.doc.text);
        let end = part.at.start + without_links(words).len();
        if end <= part.at.start || dash + 1 >= bracket {
            return None;
        }
        Some(Lead {
            parts: vec![ByteRange::new(part.at.start, end)],
            form: Form::Direct,
            polarity: Polarity::Positive,
            cue: Some(self.doc.tokens[dash].at),
            who: Who::Phrase(dash + 1..bracket),
            rule: "post",
            weight: 0.95,
            at: tokens.start,
            nested: false,
        })
    }

    /// The block quotes (or the paragraph) before an attribution line, as its author's words.
    pub fn signed(&self, number: usize) -> Option<Lead> {
        let line = self.doc.parts.get(number)?;
        let dash = line.tokens.start;
        let name = dash + usize::from(self.doc.is(dash, Kind::Dash));
        let mut end = (name..line.tokens.end)
            .find(|&t| matches!(self.doc.kind(t), Some(Kind::Comma | Kind::OpenBracket)))
            .unwrap_or(line.tokens.end);
        end = self.trim_end(name, end);
        let mut first = number;
        while first > 0 && self.doc.parts[first - 1].kind == BlockKind::BlockQuote {
            first -= 1;
        }
        if first == number && first > 0 && self.doc.parts[first - 1].kind == BlockKind::Paragraph {
            first -= 1;
        }
        if first == number || name >= end {
            return None;
        }
        let parts = self.doc.parts[first..number].iter().map(|p| self.unmarked(p)).collect();
        Some(Lead {
            parts,
            form: Form::Direct,
            polarity: Polarity::Positive,
            cue: Some(self.doc.bytes(dash..dash + 1)),
            who: Who::Phrase(name..end),
            rule: "attribution",
            weight: 0.95,
            at: self.doc.parts[first].tokens.start,
            nested: false,
        })
    }

    /// A block without the marks that hold all of it.
    fn unmarked(&self, part: &Part) -> ByteRange {
        match self.doc.opens(part.tokens.start) {
            Some(quote) if quote.close + 1 >= part.tokens.end => quote.inside,
            _ => part.at,
        }
    }

    /// Whether a block ends with a colon, and who its last sentence says speaks.
    pub fn introduces(&self, part: &Part) -> Option<(Who, ByteRange)> {
        if part.kind != BlockKind::Paragraph || !self.doc.is(part.tokens.end.checked_sub(1)?, Kind::Colon) {
            return None;
        }
        let sentence = self.doc.sentences.get(part.sentences.end.checked_sub(1)?)?;
        let from = sentence.tokens.start;
        let end = sentence.tokens.end - 1;
        let cue = (from..end).rev().filter(|&t| !self.doc.quoted(t)).find_map(|t| self.group(t, from, end));
        if let Some(group) = cue {
            let who = self.speaker_of(&group, from)?;
            return Some((who, self.doc.bytes(group.start..group.end)));
        }
        let name = self.table.within(from..end).last().filter(|m| m.tokens.end == end)?;
        Some((Who::Phrase(name.tokens.clone()), self.doc.tokens[end].at))
    }

    /// The blocks under an introduction: one quoted paragraph or block quote, or the items of a list.
    pub fn introduced(&self, number: usize) -> Vec<Lead> {
        let Some((who, cue)) = self.doc.parts.get(number).and_then(|part| self.introduces(part)) else {
            return Vec::new();
        };
        let mut leads = Vec::new();
        let lead = |at: ByteRange, form, rule, weight, first| Lead {
            parts: vec![at],
            form,
            polarity: Polarity::Positive,
            cue: Some(cue),
            who: who.clone(),
            rule,
            weight,
            at: first,
            nested: false,
        };
        let mut expected = 1;
        for (after, part) in self.doc.parts.iter().enumerate().skip(number + 1).take(60) {
            let first = part.tokens.start;
            let next = after == number + 1;
            match part.kind {
                BlockKind::ListItem => {
                    let numbered = self.doc.word(first).parse::<u32>().ok();
                    if numbered.is_some_and(|n| n != expected)
                        || numbered.is_none() && after != number + leads.len() + 1
                    {
                        break;
                    }
                    expected += 1;
                    let words = self.item(part);
                    if self.doc.count(words.clone()) >= 3 {
                        leads.push(lead(self.doc.bytes(words), Form::Indirect, "list", 0.6, first));
                    }
                }
                BlockKind::BlockQuote if next && !self.signed_next(after) => {
                    leads.push(lead(self.unmarked(part), Form::Direct, "colon", 0.85, first));
                    break;
                }
                BlockKind::Paragraph if next => {
                    let Some(quote) = self.doc.opens(first) else { continue };
                    let behind = self.trim_end(first, part.tokens.end) <= quote.close + 1;
                    if behind && self.doc.count(first..quote.close) >= 4 && !self.signed_next(after) {
                        leads.push(lead(quote.inside, Form::Direct, "colon", 0.9, first));
                        break;
                    }
                }
                BlockKind::Heading | BlockKind::Title | BlockKind::Attribution => break,
                _ => {}
            }
        }
        leads
    }

    fn signed_next(&self, number: usize) -> bool {
        self.doc.parts.get(number + 1).is_some_and(|p| p.kind == BlockKind::Attribution)
    }

    /// A list item without its number or bullet and its last stop.
    fn item(&self, part: &Part) -> std::ops::Range<usize> {
        let mut start = part.tokens.start;
        while start < part.tokens.end
            && (!self.doc.is(start, Kind::Word) && self.doc.opens(start).is_none()
                || start == part.tokens.start && self.doc.is(start + 1, Kind::CloseBracket))
            && !lexis::is_determiner(self.doc.word(start))
        {
            start += 1;
        }
        start..self.trim_end(start, part.tokens.end)
    }
}

/// The words before the links that posts end with.
fn without_links(words: &str) -> &str {
    let mut words = words.trim_end();
    while let Some((before, last)) = words.rsplit_once(char::is_whitespace) {
        if !(last.starts_with("http") || last.starts_with("pic.twitter.com") || last.starts_with("pic.x.com")) {
            break;
        }
        words = before.trim_end();
    }
    words
}
