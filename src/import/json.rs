//! JSON lines: an article a line, with the keys that `dixit show --json` writes.
//!
//! A line that dixit wrote gives the same text and blocks again. One from elsewhere may have fewer keys: all but `text`
//! may be missing, and text without blocks is read like a plain one. A bad line is told by its number, and the others
//! are in; a file may be of any length, as only its lines have a limit.

use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;

use super::header::is_address;
use super::{Imported, MOST_BYTES, MOST_POINTS, MOST_TITLE, Origin, address, dates, plain, too_large};
use crate::error::Result;
use crate::model::article::{Article, Import};
use crate::model::{Block, BlockKind, ByteRange, Lang};
use crate::text::codepoints::CodePoints;

/// The importer's name and version; it grows when the same bytes begin to give another text or other blocks.
const IMPORTER: &str = "json/1";
/// Lines that are told of when they are bad; of the others the number is told.
const TOLD: usize = 3;
/// Bytes of a line too long that are read on to find the next one: packed zeros would go on for hours.
const MOST_SKIPPED: u64 = 256 << 20;

/// Whether the first bytes of a file are those of an article as an object of JSON.
pub(super) fn recognises(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let key = |name: &[u8]| {
        memchr::memmem::find_iter(head, name).any(|at| head[at + name.len()..].trim_ascii_start().starts_with(b":"))
    };
    head.starts_with(b"{") && (key(b"\"text\"") || key(b"\"title\""))
}

#[derive(Deserialize)]
struct Line {
    text: Option<String>,
    title: Option<String>,
    source: Option<String>,
    author: Option<String>,
    url: Option<String>,
    published: Option<String>,
    lang: Option<String>,
    #[serde(default)]
    blocks: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    kind: BlockKind,
    start: usize,
    end: usize,
}

/// Reads the articles of a file; see [`super::import`].
pub(super) fn read(origin: &Origin, reader: &mut dyn Read, each: &mut dyn FnMut(Imported) -> Result<()>) -> Result<()> {
    let mut reader = BufReader::new(reader);
    let (mut bad, mut number): (Vec<String>, usize) = (Vec::new(), 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        number += 1;
        let limit = MOST_BYTES as u64 + 1;
        if reader.by_ref().take(limit).read_until(b'\n', &mut line).map_err(|e| origin.unreadable(e))? == 0 {
            break;
        }
        let too_long = line.len() > MOST_BYTES;
        if too_long {
            let skipped = reader.by_ref().take(MOST_SKIPPED).skip_until(b'\n').map_err(|e| origin.unreadable(e))?;
            if skipped as u64 == MOST_SKIPPED {
                bad.push(format!("line {number}: {}, and the rest of the file is left out", too_large()));
                break;
            }
        }
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if bytes.is_empty() {
            continue;
        }
        let read = if too_long { Err(too_large()) } else { article(bytes) };
        match read {
            Ok(read) => {
                let article = read?;
                let identity = address(&article);
                let raw = bytes.to_vec();
                let import = Import { article, identity, raw, importer: IMPORTER, found: None };
                each(Imported::Article(Box::new(import)))?;
            }
            Err(why) => bad.push(format!("line {number}: {why}")),
        }
    }
    if bad.is_empty() {
        return Ok(());
    }
    let more = bad.len().saturating_sub(TOLD);
    bad.truncate(TOLD);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    Err(origin.refuse(bad.join("; ") + &more))
}

/// The article of a line, or what is wrong with the line.
fn article(bytes: &[u8]) -> Result<Result<Article>, String> {
    let line: Line = serde_json::from_slice(bytes).map_err(|error| {
        // Its own line and column would be those within this line.
        let told = error.to_string();
        told.split(" at line ").next().unwrap_or_default().to_owned()
    })?;
    let text = line.text.as_deref().unwrap_or_default();
    if text.trim().is_empty() {
        return Err("it has no `text`; `dixit show --json` writes it".into());
    }
    if text.len() > MOST_POINTS && text.chars().count() > MOST_POINTS {
        return Err(format!("its text is longer than {MOST_POINTS} characters"));
    }
    let article = match blocks(text, &line.blocks) {
        Some(blocks) => Article { text: text.to_owned(), blocks, ..Article::default() },
        None => match plain::article(text) {
            Ok(article) => article.ok_or("it holds no text")?,
            Err(error) => return Ok(Err(error)),
        },
    };
    Ok(Ok(with_metadata(article, line)))
}

fn with_metadata(mut article: Article, line: Line) -> Article {
    let told = |value: Option<String>| value.filter(|value| !value.trim().is_empty() && value.len() <= MOST_TITLE);
    let published = line.published.as_deref().and_then(|date| dates::date(date).or_else(|| dates::year(date)));
    article.source = told(line.source).or(article.source);
    article.author = told(line.author).or(article.author);
    article.url = told(line.url).filter(|url| is_address(url)).or(article.url);
    article.published = published.map(|(date, _)| date).or(article.published);
    let lang = line.lang.as_deref().and_then(Lang::from_code);
    article.lang = lang.or(article.lang).or_else(|| super::lang::detect(&article.text));
    let head = article.blocks.first().filter(|block| block.kind == BlockKind::Title).map(|block| block.range);
    article.title = match (head, told(line.title)) {
        (Some(head), _) => plain::words_of(head.of(&article.text)),
        (None, Some(title)) => plain::words_of(&title),
        (None, None) if article.title.is_empty() => super::title::made(&article.text),
        (None, None) => article.title,
    };
    article
}

/// The blocks of a text, where all of them are in order and cover it but for white space.
fn blocks(text: &str, places: &[Place]) -> Option<Vec<Block>> {
    if places.is_empty() {
        return None;
    }
    let points = CodePoints::new(text);
    let mut blocks: Vec<Block> = Vec::with_capacity(places.len());
    let mut end = 0;
    for (i, place) in places.iter().enumerate() {
        let range = ByteRange { start: points.to_byte(place.start)?, end: points.to_byte(place.end)? };
        let words = text.get(range.start..range.end)?;
        let between = text.get(end..range.start)?;
        let sound = between.trim().is_empty() && !words.is_empty() && words.trim().len() == words.len();
        if !sound || i > 0 && place.kind == BlockKind::Title {
            return None;
        }
        end = range.end;
        blocks.push(Block { kind: place.kind, range });
    }
    text.get(end..)?.is_empty().then_some(blocks)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What comes out of a file: the articles, and the error at its end.
    fn told(file: &str) -> (Vec<Article>, Option<String>) {
        let mut found = Vec::new();
        let mut each = |imported| {
            if let Imported::Article(import) = imported {
                found.push(import.article);
            }
            Ok(())
        };
        let outcome = read(&Origin::INPUT, &mut file.as_bytes(), &mut each);
        (found, outcome.err().map(|error| error.to_string()))
    }

    #[test]
    fn what_dixit_writes_comes_back_as_it_was() {
        let line = r#"{"id":"a1","title":"Été","source":"La Gazette","author":null,"url":"https://gazette.example/a/1","published":"2026-11","lang":"fr","text":"Été\n\nPartagez cet article","blocks":[{"kind":"title","start":0,"end":3},{"kind":"block_quote","start":5,"end":25}],"words":3}"#;
        assert!(recognises(line.as_bytes()));
        let (articles, error) = told(line);
        assert_eq!(error, None);
        let [article] = articles.as_slice() else { panic!("{articles:?}") };
        assert_eq!(article.text, "Été\n\nPartagez cet article");
        assert_eq!((article.blocks[0].kind, article.blocks[1].range.start), (BlockKind::Title, 7));
        assert_eq!(article.title, "Été");
        assert_eq!(article.published.unwrap().to_string(), "2026-11");
        assert_eq!(article.lang, Some(Lang::Fr));
    }

    #[test]
    fn text_without_sound_blocks_is_read_like_plain_text() {
        for blocks in ["[]", r#"[{"kind":"title","start":0,"end":4}]"#, r#"[{"kind":"paragraph","start":3,"end":1}]"#] {
            let line = format!(r#"{{"text":"Un titre\n\nDu texte.","blocks":{blocks}}}"#);
            let (articles, _) = told(&line);
            assert_eq!((articles[0].title.as_str(), articles[0].blocks.len()), ("Un titre", 2), "{blocks}");
        }
    }

    #[test]
    fn a_bad_line_says_its_number_and_the_others_are_in() {
        let (articles, error) = told("{\"text\":\"Un.\"}\n\n{\"text\":\n{\"title\":\"x\"}\n{\"text\":\"Deux.\"}");
        assert_eq!(articles.len(), 2);
        assert_eq!(
            error.unwrap(),
            "can't import standard input: line 3: EOF while parsing a value; line 4: it has no `text`; `dixit show --json` writes it"
        );
        assert!(told(&"x\n".repeat(5)).1.unwrap().ends_with("; and 2 more"));
    }
}
