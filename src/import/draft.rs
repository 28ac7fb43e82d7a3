//! A draft: what a format with markup says of an article, before it is one.
//!
//! Pages, feeds, mails and books all come down to the same: some metadata, and words of which it is known what
//! they are. From there on they go the way of plain text: lines about the article are read and left out, furniture
//! goes, and what is left is put together as the canonical text with its blocks.

use super::furniture::Furniture;
use super::units::compose;
use super::{MOST_POINTS, MOST_TITLE, header, lang, title};
use crate::error::Result;
use crate::model::article::Article;
use crate::model::{Block, BlockKind, ByteRange, Lang, PartialDate};
use crate::text::fold::fold;

/// What was found of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// The title as the file gives it; it becomes block 0.
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<PartialDate>,
    /// The language that the file declares, which may be wrong.
    pub(super) lang: Option<Lang>,
    /// The words, with what they are; white space around them and empty ones don't count.
    pub(super) blocks: Vec<(BlockKind, String)>,
}

impl Draft {
    /// The article of the draft; `None` where no words are left, or a clause where there are too many.
    pub(super) fn article(self) -> Result<Result<Option<Article>, String>> {
        let mut parts: Vec<(BlockKind, &str)> = Vec::with_capacity(self.blocks.len() + 1);
        let title = self.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let title = title.filter(|title| title.chars().count() <= MOST_TITLE);
        parts.extend(title.map(|title| (BlockKind::Title, title)));
        parts.extend(self.blocks.iter().map(|(kind, words)| (*kind, words.trim())));
        if let Some(title) = title {
            drop_repeated(&mut parts, title);
        }
        parts.retain(|(_, words)| !words.is_empty());

        let (text, units) = joined(&parts);
        if text.len() > MOST_POINTS && text.chars().count() > MOST_POINTS {
            return Ok(Err(format!("its text is longer than {MOST_POINTS} characters")));
        }
        let mut kept: Vec<Option<ByteRange>> = units.iter().copied().map(Some).collect();
        let header = header::read(&text, &units, &mut kept);
        Furniture::built_in()?.cut(&text, &units, &mut kept);
        if title.is_some() {
            // The title is known to be one, whatever it looks like.
            kept[0] = Some(units[0]);
        }
        let kinds: Vec<BlockKind> =
            parts.iter().zip(&kept).filter(|(_, kept)| kept.is_some()).map(|((kind, _), _)| *kind).collect();
        let (text, places) = compose(&text, &units, &kept);
        let Some(first) = places.first() else { return Ok(Ok(None)) };
        if title.is_some() && places.len() == 1 {
            return Ok(Ok(None));
        }
        let title = if title.is_some() { one_line(first.of(&text)) } else { title::made(first.of(&text)) };
        let blocks = kinds.iter().zip(&places).map(|(kind, range)| Block { kind: *kind, range: *range }).collect();
        Ok(Ok(Some(Article {
            title,
            source: self.source.or(header.source),
            author: self.author.or(header.author),
            url: self.url.or(header.url),
            published: self.published.or(header.published),
            lang: lang::detect(&text).or(self.lang),
            blocks,
            text,
        })))
    }
}

/// Words with single spaces between them; the spaces of French print stay what they are.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Blocks at the beginning that say the title once more.
const REPEATED: usize = 3;

fn drop_repeated(parts: &mut Vec<(BlockKind, &str)>, title: &str) {
    let plain = |words: &str| fold(&one_line(words));
    let told = plain(title);
    let again = |(at, (kind, words)): (usize, &(BlockKind, &str))| {
        at > 0
            && at <= REPEATED
            && *kind != BlockKind::BlockQuote
            && words.len() <= title.len() * 2
            && plain(words) == told
    };
    if let Some(at) = parts.iter().enumerate().position(again) {
        parts.remove(at);
    }
}

/// The parts as one text, with their places: an empty line between two, but for the items of a list and for the line
/// that says whose a quotation is.
fn joined(parts: &[(BlockKind, &str)]) -> (String, Vec<ByteRange>) {
    let mut text = String::with_capacity(parts.iter().map(|(_, words)| words.len() + 2).sum());
    let mut places = Vec::with_capacity(parts.len());
    let mut last = None;
    for (kind, words) in parts {
        let close = match kind {
            BlockKind::ListItem => last == Some(BlockKind::ListItem),
            BlockKind::Attribution => last == Some(BlockKind::BlockQuote),
            _ => false,
        };
        if last.is_some() {
            text.push_str(if close { "\n" } else { "\n\n" });
        }
        last = Some(*kind);
        let start = text.len();
        text.push_str(words);
        places.push(ByteRange::new(start, text.len()));
    }
    (text, places)
}

/// Words as they are gathered from markup: runs of ASCII white space count as one space, others stay.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    /// White space has come, and stands before the next word if one comes.
    spaced: bool,
}

impl Words {
    pub(super) fn push(&mut self, words: &str) {
        for (i, word) in words.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.spaced |= i > 0;
            if word.is_empty() {
                continue;
            }
            if self.spaced && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.spaced = false;
            self.text.push_str(word);
        }
    }

    /// A line ends here. Whether one ended here already.
    pub(super) fn end_line(&mut self) -> bool {
        self.spaced = false;
        let twice = self.text.ends_with('\n');
        if !self.text.is_empty() && !twice {
            self.text.push('\n');
        }
        twice
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether there is something, but no word.
    pub(super) fn are_a_mark(&self) -> bool {
        !self.is_empty() && !self.text.contains(char::is_alphanumeric)
    }

    /// The words so far, which are then gone.
    pub(super) fn take(&mut self) -> String {
        self.spaced = false;
        let words = std::mem::take(&mut self.text);
        let trimmed = words.trim();
        if trimmed.len() == words.len() { words } else { trimmed.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn white_space_of_markup_is_one_space_and_that_of_the_press_stays() {
        let mut words = Words::default();
        for piece in ["\n  « ", "Oui\u{a0}", "! »\t", " dit-il.", ""] {
            words.push(piece);
        }
        assert_eq!(words.take(), "« Oui\u{a0}! » dit-il.");
        words.push("Un");
        assert!(!words.end_line());
        assert!(words.end_line());
        words.push(" deux");
        assert_eq!(words.take(), "Un\ndeux");
    }

    #[test]
    fn a_draft_becomes_text_with_blocks() {
        use BlockKind::{Attribution, BlockQuote, Heading, ListItem, Paragraph, Title};
        let blocks = [
            (Heading, "Un  titre"),
            (Paragraph, "Publié le 23 janvier 2025 à 9 h 52"),
            (Paragraph, "Il pleut."),
            (BlockQuote, "Non."),
            (Attribution, "Jeanne Roy"),
            (ListItem, "un"),
            (ListItem, "deux"),
            (Paragraph, "Lire aussi : autre chose"),
        ];
        let blocks = blocks.iter().map(|(kind, words)| (*kind, (*words).to_owned())).collect();
        let draft = Draft { title: Some("Un titre".into()), blocks, ..Draft::default() };
        let article = draft.article().unwrap().unwrap().unwrap();
        assert_eq!(article.text, "Un titre\n\nIl pleut.\n\nNon.\nJeanne Roy\n\nun\ndeux");
        let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Title, Paragraph, BlockQuote, Attribution, ListItem, ListItem]);
        assert_eq!(article.published.unwrap().to_string(), "2025-01-23");
    }

    #[test]
    fn a_title_alone_is_no_article() {
        let draft = Draft { title: Some("Un titre".into()), ..Draft::default() };
        assert_eq!(draft.article().unwrap(), Ok(None));
    }
}
