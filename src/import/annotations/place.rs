//! From selectors to byte ranges in the canonical texts that annotations speak of.
//!
//! The quoted words are what counts: a position is believed if it holds just these words, and otherwise serves to
//! choose among several places where they stand. Without a quotation the position must be right by itself. No
//! range cuts a character in two, as a reader sees characters.

use std::collections::BTreeMap;

use unicode_segmentation::GraphemeCursor;

use super::Lookup;
use super::node::Node;
use crate::model::event::Selector;
use crate::model::id::text_sha256;
use crate::model::{ArticleId, ByteRange};
use crate::text::anchor;
use crate::text::codepoints::CodePoints;

/// An article that annotations speak of.
pub(super) struct Source {
    article: ArticleId,
    text: String,
    text_sha256: String,
}

/// The articles that a file's annotations speak of, by their IRIs.
pub(super) fn sources<'a>(
    items: impl Iterator<Item = Node<'a>>,
    lookup: &Lookup,
) -> Result<BTreeMap<&'a str, Source>, String> {
    let mut sources = BTreeMap::new();
    for item in items {
        for target in item.all("target") {
            let iri = source_of(&target)?;
            if !sources.contains_key(iri) {
                let (article, text) = lookup(iri).ok_or_else(|| {
                    target.wrong(format!("speaks of {iri}, which is no article of the store; import that first"))
                })?;
                sources.insert(iri, Source { article, text_sha256: text_sha256(&text), text });
            }
        }
    }
    Ok(sources)
}

fn source_of<'a>(target: &Node<'a>) -> Result<&'a str, String> {
    if target.is_object() { target.need("source")?.iri() } else { target.iri() }
}

/// What an annotation's selectors came to.
pub(super) struct Spans {
    pub(super) article: ArticleId,
    pub(super) text_sha256: String,
    pub(super) parts: Vec<Selector>,
    pub(super) cue: Option<Selector>,
    pub(super) mention: Option<Selector>,
}

/// An article's text, with the way from code points to bytes.
struct Text<'a> {
    source: &'a Source,
    to_byte: Box<dyn Fn(usize) -> Option<usize> + 'a>,
}

/// The texts in which selectors are placed.
pub(super) struct Texts<'a>(BTreeMap<&'a str, Text<'a>>);

impl<'a> Texts<'a> {
    pub(super) fn new(sources: &'a BTreeMap<&str, Source>) -> Self {
        let text = |source: &'a Source| {
            let points = CodePoints::new(&source.text);
            Text { source, to_byte: Box::new(move |point| points.to_byte(point)) }
        };
        Self(sources.iter().map(|(iri, source)| (*iri, text(source))).collect())
    }

    /// Places the targets, the cue and the mention of an annotation.
    pub(super) fn spans(&self, node: &Node) -> Result<Spans, String> {
        let mut parts: Vec<Selector> = Vec::new();
        let mut of = None;
        for target in node.need("target")?.each() {
            let iri = source_of(&target)?;
            if *of.get_or_insert(iri) != iri {
                return Err(target.wrong("is in another article than the ones before it"));
            }
            parts.push(self.text(&target, iri)?.place(&target)?);
        }
        parts.sort_by_key(|part| part.range);
        if parts.windows(2).any(|pair| pair[1].range.start < pair[0].range.end) {
            return Err(node.wrong("has targets that overlap"));
        }
        let text = of.and_then(|iri| self.0.get(iri)).ok_or_else(|| node.wrong("has no target"))?;
        let placed = |key: &str| {
            let Some(node) = node.get(key) else { return Ok(None) };
            match node.get("source").map(|source| source.iri()).transpose()? {
                Some(other) if Some(other) != of => Err(node.wrong("is in another article than its claim")),
                _ => text.place(&node).map(Some),
            }
        };
        Ok(Spans {
            article: text.source.article.clone(),
            text_sha256: text.source.text_sha256.clone(),
            parts,
            cue: placed("dixit:cue")?,
            mention: placed("dixit:mention")?,
        })
    }

    fn text(&self, target: &Node, iri: &str) -> Result<&Text<'a>, String> {
        self.0.get(iri).ok_or_else(|| target.wrong("is in no known article"))
    }
}

impl Text<'_> {
    /// The place of a target, or of a cue or mention, by its selectors.
    fn place(&self, target: &Node) -> Result<Selector, String> {
        let text = self.source.text.as_str();
        let selectors = target.all("selector");
        let find = |kind: &str| selectors.iter().find(|selector| selector.is_a(kind));
        let quote = find("TextQuoteSelector")
            .map(|selector| Quote::read(selector).map(|quote| (selector, quote)))
            .transpose()?;
        let position = find("TextPositionSelector").map(|selector| self.position(selector)).transpose()?;
        let range = match (quote, position) {
            (Some((selector, quote)), position) => {
                let hint = position.and_then(Result::ok);
                let same = hint.filter(|range| range.of(text) == quote.exact);
                let found = same.or_else(|| anchor::place(text, hint, quote.exact, quote.prefix, quote.suffix));
                found.ok_or_else(|| {
                    selector.wrong("quotes words that stand nowhere in the article, or in several places alike")
                })?
            }
            (None, Some(position)) => position?,
            (None, None) => return Err(target.wrong("has neither a TextQuoteSelector nor a TextPositionSelector")),
        };
        let whole = |at: usize| GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(true);
        if range.is_empty() {
            return Err(target.wrong("selects no words"));
        }
        if !whole(range.start) || !whole(range.end) {
            return Err(target.wrong("cuts a character in two"));
        }
        let (prefix, suffix) = anchor::context(text, range);
        Ok(Selector { range, exact: range.of(text).to_owned(), prefix: prefix.to_owned(), suffix: suffix.to_owned() })
    }

    /// The range of a position; the inner error is for one that is well formed but not in this text, which doesn't
    /// matter where words are quoted too.
    fn position(&self, selector: &Node) -> Result<Result<ByteRange, String>, String> {
        let (start, end) = (selector.need("start")?.offset()?, selector.need("end")?.offset()?);
        if start > end {
            return Err(selector.wrong(format!("starts at {start}, after its end at {end}")));
        }
        let (Some(start), Some(to)) = ((self.to_byte)(start), (self.to_byte)(end)) else {
            return Ok(Err(selector.wrong(format!("ends at {end}, past the end of the article"))));
        };
        Ok(Ok(ByteRange::new(start, to)))
    }
}

struct Quote<'a> {
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

impl<'a> Quote<'a> {
    fn read(selector: &Node<'a>) -> Result<Self, String> {
        let exact = selector.need("exact")?;
        let around = |key: &str| selector.get(key).map_or(Ok(""), |node| node.text());
        let quote = Self { exact: exact.text()?, prefix: around("prefix")?, suffix: around("suffix")? };
        if quote.exact.is_empty() { Err(exact.wrong("is empty")) } else { Ok(quote) }
    }
}
