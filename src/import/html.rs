//! HTML pages as browsers save them: the article found, its words as blocks, what the page says about it.
//!
//! A page is hostile until it is measured. A linear scan tells beforehand whether making a tree of it would cost more
//! than a page is worth; such a page, and one without an article in it, is read flat: all its text, broken at
//! blocks. Nothing that a page names is ever fetched or run.

mod meta;
pub(super) mod scan;
mod walk;

use std::borrow::Cow;
use std::io::Read;

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use encoding_rs::{Encoding, UTF_8};

use super::draft::Draft;
use super::header::{is_address, names_an_article};
use super::{Imported, Origin, decode, hand_over, read_whole};
use crate::error::Result;
use crate::model::BlockKind;

/// The importer's name and version; it grows when the same bytes begin to give another text or other blocks.
const IMPORTER: &str = "html/1";

/// Bytes at the beginning in which a page declares its encoding and the address that it was saved from.
const DECLARED: usize = 4096;
/// Bytes of text that an article found in a page has at least, unless it is the larger part of the page.
const LEAST: usize = 250;

/// Words with which a page begins, in lower case.
const BEGINNINGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<link",
    "<article",
    "<section",
    "<main",
    "<div",
    "<p>",
    "<p ",
    "<h1",
    "<h2",
    "<table",
    "<blockquote",
];

/// Whether the first bytes of a file are those of a page.
pub(super) fn recognises(head: &[u8]) -> bool {
    let head = narrow(head);
    after_prolog(&head).is_some_and(|rest| {
        let begins = |word: &str| rest.get(..word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()));
        BEGINNINGS.iter().any(|word| begins(word))
    })
}

/// What comes after that which may stand before the markup itself: an XML declaration, comments, a document type that
/// is none of HTML.
pub(super) fn after_prolog(head: &[u8]) -> Option<&[u8]> {
    let mut rest = head.trim_ascii_start();
    loop {
        let own = rest.get(..14).is_some_and(|word| word.eq_ignore_ascii_case(b"<!doctype html"));
        let marks: [(&[u8], &[u8]); 4] =
            [(b"<?", b"?>"), (b"<!--", b"-->"), (b"<!DOCTYPE rss [", b"]>"), (b"<!DOCTYPE", b">")];
        let Some((_, close)) = marks.iter().find(|(open, _)| !own && rest.starts_with(open)) else { return Some(rest) };
        let end = memchr::memmem::find(rest, close)?;
        rest = rest[end + close.len()..].trim_ascii_start();
    }
}

/// The first bytes of a file without a byte order mark, and without the zeros of UTF-16.
pub(super) fn narrow(head: &[u8]) -> Cow<'_, [u8]> {
    if decode::wide(head).is_some_and(|(encoding, _)| encoding != UTF_8) {
        return head.iter().copied().filter(|b| !matches!(b, 0 | 0xfe | 0xff)).collect();
    }
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).into()
}

/// Reads one page; see [`super::import`].
pub(super) fn read(origin: &Origin, reader: &mut dyn Read, each: &mut dyn FnMut(Imported) -> Result<()>) -> Result<()> {
    let raw = read_whole(origin, reader)?;
    let html = decode::decode_as(&raw, declared(&raw)).map_err(|why| origin.refuse(why))?;
    let article = page(&html).article()?.map_err(|why| origin.refuse(why))?;
    let article = article.ok_or_else(|| origin.refuse("it is an HTML page without text"))?;
    hand_over(origin, article, raw, IMPORTER, each)
}

/// The encoding that a page declares within its first bytes.
fn declared(raw: &[u8]) -> Option<&'static Encoding> {
    let head = raw.get(..DECLARED).unwrap_or(raw).to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=").map(|at| at + 8);
    let at = at.or_else(|| {
        head.starts_with(b"<?xml").then(|| memchr::memmem::find(&head, b"encoding=")).flatten().map(|at| at + 9)
    })?;
    let label = head[at..].strip_prefix(b"\"").or_else(|| head[at..].strip_prefix(b"'")).unwrap_or(&head[at..]);
    let end = label
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
        .unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}

/// What a page holds.
fn page(html: &str) -> Draft {
    if !scan::is_tame(html) {
        return Draft { url: saved_from(html), blocks: scan::flat(html), ..Draft::default() };
    }
    let document = Document::from(html);
    let mut draft = meta::read(&document);
    draft.url = draft.url.or_else(|| saved_from(html));
    draft.blocks = article(document);
    let size = |blocks: &[(BlockKind, String)]| blocks.iter().map(|(_, words)| words.len()).sum::<usize>();
    let found = size(&draft.blocks);
    if found < LEAST {
        let whole = scan::flat(html);
        if found * 2 < size(&whole) {
            draft.blocks = whole;
        }
    }
    draft
}

/// The blocks of the article in a page; none if there is none.
fn article(page: Document) -> Vec<(BlockKind, String)> {
    // A footer within a quotation says whose it is, but goes where all footers of a page go.
    page.select("blockquote footer").rename("cite");
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let Ok(mut reading) = Readability::with_document(page, None, Some(config)) else { return Vec::new() };
    reading.parse().map_or_else(|_| Vec::new(), |found| fragment(&found.content))
}

/// The blocks of a piece of markup that is an article, and nothing but the article.
pub(super) fn fragment(html: &str) -> Vec<(BlockKind, String)> {
    if !scan::is_tame(html) {
        return scan::flat(html);
    }
    walk::blocks(&Document::from(html).root())
}

/// The address that a browser noted where it saved the page.
fn saved_from(html: &str) -> Option<String> {
    let end = html.char_indices().map(|(at, _)| at).take_while(|at| *at <= DECLARED).last()?;
    let head = &html[..end];
    let after = |mark: &str| head.split_once(mark).map(|(_, rest)| rest);
    let noted = after("saved from url=(").and_then(|rest| rest.split_once(')')).map(|(_, url)| url);
    let noted = noted
        .or_else(|| after("Page saved with SingleFile").and_then(|rest| rest.split_once("url:")).map(|(_, url)| url))?;
    let url = noted.split_whitespace().next()?;
    (is_address(url) && names_an_article(url)).then(|| url.to_owned())
}

#[cfg(test)]
mod tests;
