//! Feeds: RSS, Atom and JSON Feed, an article an entry.
//!
//! An entry is its full content, or else its summary, read like a page that is nothing but the article; what it
//! encloses is ignored. It is known by its link, else by the id that the feed gives it. The feed is decoded here, and
//! its dates are read as they are printed, so that neither a wrong declaration nor a time zone moves a letter or a
//! day. Entities that a feed declares are not expanded, and nothing that it names is fetched.

use std::io::Read;

use encoding_rs::Encoding;
use feed_rs::model::{Entry, Feed, Person, Text};
use feed_rs::parser::Builder;

use super::draft::{Draft, one_line};
use super::header::is_address;
use super::{Imported, MOST_BYTES, Origin, address, dates, decode, html, read_whole, too_large};
use crate::error::Result;
use crate::model::article::{Identity, Import};
use crate::model::{BlockKind, Lang, PartialDate};

/// The importer's name and version; it grows when the same bytes begin to give another text or other blocks.
const IMPORTER: &str = "feed/1";
/// Entries that a feed has at most; the rest of it is left out, and told of.
const MOST_ENTRIES: usize = 20_000;

/// Elements with which a feed begins, after what may stand before it.
const ROOTS: &[&[u8]] = &[b"<rss", b"<feed", b"<rdf:rdf"];
/// The address by which a JSON feed names its version, but for its slashes, which may be escaped.
const JSON_FEED: &[u8] = b"jsonfeed.org";

/// Whether the first bytes of a file are those of a feed.
pub(super) fn recognises(head: &[u8]) -> bool {
    let head = html::narrow(head);
    if head.trim_ascii_start().starts_with(b"{") {
        return memchr::memmem::find(&head, b"\"version\"").is_some()
            && memchr::memmem::find(&head, JSON_FEED).is_some();
    }
    html::after_prolog(&head).is_some_and(|rest| {
        ROOTS.iter().any(|root| rest.get(..root.len()).is_some_and(|b| b.eq_ignore_ascii_case(root)))
    })
}

/// Reads the entries of a feed; see [`super::import`].
pub(super) fn read(origin: &Origin, reader: &mut dyn Read, each: &mut dyn FnMut(Imported) -> Result<()>) -> Result<()> {
    let raw = read_whole(origin, reader)?;
    let text = decode::decode_as(&raw, declared(&raw)).map_err(|why| origin.refuse(why))?;
    let feed = parse(&text).map_err(|why| origin.refuse(why))?;
    let mut taken = 0;
    let mut refused = Vec::new();
    for (at, entry) in feed.entries.iter().take(MOST_ENTRIES).enumerate() {
        let (body, is_html) = body(entry);
        let read =
            if body.len() > MOST_BYTES { Err(too_large()) } else { draft(&feed, entry, body, is_html).article()? };
        match read {
            Ok(Some(article)) => {
                taken += 1;
                let guid = || Some(entry.id.clone()).filter(|id| !id.is_empty()).map(Identity::Guid);
                let identity = address(&article).or_else(guid);
                let raw = body.as_bytes().to_vec();
                each(Imported::Article(Box::new(Import { article, identity, raw, importer: IMPORTER, found: None })))?;
            }
            // A title alone is no article.
            Ok(None) => {}
            Err(why) => refused.push(format!("entry {}: {why}", at + 1)),
        }
    }
    if feed.entries.len() > MOST_ENTRIES {
        refused.push(format!("it has more than {MOST_ENTRIES} entries, and the rest is left out"));
    }
    if !refused.is_empty() {
        return Err(origin.refuse(refused.join("; ")));
    }
    if taken == 0 {
        return Err(origin.refuse("it is a feed whose entries hold no text"));
    }
    Ok(())
}

/// The encoding that an XML document declares.
fn declared(raw: &[u8]) -> Option<&'static Encoding> {
    let end = memchr::memmem::find(raw.get(..256).unwrap_or(raw), b"?>")?;
    let at = memchr::memmem::find(&raw[..end], b"encoding=")? + 10;
    let label = raw.get(at..end)?;
    Encoding::for_label(&label[..label.iter().position(|b| matches!(b, b'"' | b'\''))?])
}

fn parse(text: &str) -> Result<Feed, String> {
    // The text is decoded already; what the file says of its encoding would only be wrong now.
    let start = text.trim_start();
    let body = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(start, |(_, body)| body);
    let parser = Builder::new()
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| format!("{}T00:00:00Z", dates::date(text)?.0).parse().ok())
        .build();
    parser.parse(body.as_bytes()).map_err(|error| format!("it is a broken feed: {error}"))
}

/// The content of an entry, or its summary, and whether it is HTML.
fn body(entry: &Entry) -> (&str, bool) {
    let content =
        entry.content.as_ref().and_then(|content| Some((content.body.as_deref()?, content.content_type.to_string())));
    let summary = || entry.summary.as_ref().map(|text| (text.content.as_str(), text.content_type.to_string()));
    let (body, kind) = content.filter(|(body, _)| !body.trim().is_empty()).or_else(summary).unwrap_or_default();
    // Many feeds call HTML plain text; a text with tags in it is taken for what it is.
    (body, kind.contains("html") || body.contains("</") || body.contains("<br") || body.contains("<p>"))
}

fn draft(feed: &Feed, entry: &Entry, body: &str, is_html: bool) -> Draft {
    let blocks = if is_html {
        html::fragment(body)
    } else {
        let lines = body.split('\n').map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| (BlockKind::Paragraph, plain(line))).collect()
    };
    let link = entry.links.iter().find(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    let link = link.map(|link| link.href.trim()).or(Some(entry.id.as_str()));
    let date = entry.published.or(entry.updated).map(|time| time.to_string());
    let lang = entry.language.as_deref().or(feed.language.as_deref());
    Draft {
        title: entry.title.as_ref().and_then(words),
        source: feed.title.as_ref().and_then(words),
        author: authors(&entry.authors).or_else(|| authors(&feed.authors)),
        url: link.filter(|link| is_address(link)).map(str::to_owned),
        published: date.as_deref().and_then(|date| date.get(..10)?.parse::<PartialDate>().ok()),
        lang: lang.and_then(|code| Lang::from_code(&code.get(..2)?.to_ascii_lowercase())),
        blocks,
    }
}

/// The words of a title, without markup and in one line.
fn words(text: &Text) -> Option<String> {
    let content = &text.content;
    let words = if text.content_type.to_string().contains("html") || content.contains("</") {
        html::scan::flat(content).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" ")
    } else {
        plain(content)
    };
    Some(one_line(&words)).filter(|words| !words.is_empty())
}

/// Plain text of a feed, in which entities were often escaped once more.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    html::scan::decode_entities(text, &mut out);
    out
}

fn authors(people: &[Person]) -> Option<String> {
    // RSS gives `address (Name)`.
    let name = |person: &Person| {
        let name = person.name.as_deref()?.trim();
        let name = if name.contains('@') { name.split_once('(')?.1.trim_end_matches(')').trim() } else { name };
        (!name.is_empty()).then(|| one_line(name))
    };
    let names: Vec<String> = people.iter().filter_map(name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::import::import;

    fn told(bytes: &[u8]) -> (Vec<Import>, Option<String>) {
        assert!(recognises(bytes));
        let mut found = Vec::new();
        let mut each = |imported| {
            if let Imported::Article(import) = imported {
                found.push(*import);
            }
            Ok(())
        };
        let outcome = import(&Origin::INPUT, bytes, &mut each);
        (found, outcome.err().map(|error| error.to_string()))
    }

    const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>La Gazette du Littoral</title><link>https://gazette.example/</link><description>Tout</description><language>fr</language>
<item><title>Le vent l&amp;rsquo;emporte</title><link>https://gazette.example/a/1</link><guid isPermaLink="false">a1</guid>
<pubDate>Fri, 20 Nov 2026 00:15:00 +0100</pubDate><dc:creator>Maëlle Quéré</dc:creator><description>Un résumé.</description>
<enclosure url="https://gazette.example/a.mp3" type="audio/mpeg" length="1"/>
<content:encoded><![CDATA[<p>Le vent a forci.</p><blockquote><p>Non.</p><cite>Jeanne Roy</cite></blockquote>]]></content:encoded></item>
<item><title>Sans adresse</title><guid isPermaLink="false">tag:gazette,2</guid><description>&lt;p&gt;Il pleut &amp;agrave; Brest.&lt;/p&gt;</description></item>
<item><title>Un titre seul</title></item>
</channel></rss>"#;

    #[test]
    fn an_entry_is_an_article() {
        let (imports, error) = told(RSS.as_bytes());
        assert_eq!(error, None);
        let texts: Vec<_> = imports.iter().map(|import| import.article.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Le vent l’emporte\n\nLe vent a forci.\n\nNon.\nJeanne Roy", "Sans adresse\n\nIl pleut à Brest."]
        );
        let first = &imports[0].article;
        assert_eq!(
            (first.source.as_deref(), first.author.as_deref()),
            (Some("La Gazette du Littoral"), Some("Maëlle Quéré"))
        );
        // The day is the one that was printed, not that of Greenwich.
        assert_eq!(first.published.unwrap().to_string(), "2026-11-20");
        assert_eq!(imports[0].identity, Some(Identity::Url("https://gazette.example/a/1".into())));
        assert_eq!(imports[1].identity, Some(Identity::Guid("tag:gazette,2".into())));
    }

    #[test]
    fn feeds_are_decoded_like_pages() {
        let old = RSS.replace("encoding=\"utf-8\"", "encoding=\"ISO-8859-1\"").replace('’', "'");
        let (latin, _, lossy) = encoding_rs::WINDOWS_1252.encode(&old);
        assert!(!lossy);
        assert_eq!(told(&latin).0[0].article.author.as_deref(), Some("Maëlle Quéré"));
        assert_eq!(told(old.as_bytes()).0[0].article.author.as_deref(), Some("Maëlle Quéré"));
    }

    #[test]
    fn atom_and_json_feeds() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>La Gazette</title><id>x</id><updated>2026-11-20T09:52:00Z</updated>\
            <entry><title type='html'>Le &lt;em&gt;vent&lt;/em&gt;</title><id>tag:1</id><updated>2026-11-20T09:52:00Z</updated>\
            <link rel='enclosure' href='https://g.example/a.mp3'/><link href='https://g.example/a/1'/>\
            <summary>Il pleut.</summary></entry></feed>";
        let (imports, _) = told(atom.as_bytes());
        assert_eq!(imports[0].article.text, "Le vent\n\nIl pleut.");
        assert_eq!(imports[0].article.url.as_deref(), Some("https://g.example/a/1"));
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "La Gazette", "items":
            [{"id": "1", "url": "https://g.example/a/1", "title": "Le vent", "content_html": "<p>Il pleut.</p>", "date_published": "2026-11-20T09:52:00+01:00"}]}"#;
        let (imports, error) = told(json.as_bytes());
        assert_eq!((imports[0].article.text.as_str(), error), ("Le vent\n\nIl pleut.", None));
    }

    #[test]
    fn hostile_feeds_are_read_or_refused() {
        let laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>\
            <rss version='2.0'><channel><title>x</title><item><title>&b;</title><description>Il pleut. &b;</description></item></channel></rss>";
        if let Some(import) = told(laughs.as_bytes()).0.first() {
            assert!(!import.article.text.contains("aaa"), "{}", import.article.text);
        }
        let deep = format!("<rss version='2.0'><channel>{}", "<a>".repeat(100_000));
        assert!(told(deep.as_bytes()).0.is_empty());
        assert!(told(b"<rss version='2.0'><channel><item>").0.is_empty());
        let (_, error) =
            told(b"<rss version='2.0'><channel><title>x</title><item><title>y</title></item></channel></rss>");
        assert_eq!(error.unwrap(), "can't import standard input: it is a feed whose entries hold no text");
    }
}
