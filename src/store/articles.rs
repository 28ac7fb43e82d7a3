//! Articles: in from an import, revision by revision, and out again as a reader opens them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::project::{self, Kind, Projection};
use super::spans::{self, Moves, Page};
use super::sql_error::Fault;
use super::value::{count, damaged, json, nanos, of_json};
use super::{Added, claims, found, listing, notes};
use crate::error::Error;
use crate::model::article::{Identity, Import};
use crate::model::id::text_sha256;
use crate::model::listing::Opened;
use crate::model::{Article, ArticleId, Block, ByteRange, Findings, Lang};
use crate::text::anchor::{self, Ground, Quote};
use crate::text::segment::count_words;

/// Code points after the place where reading stopped by which it is found in another revision.
const PLACE: usize = 64;

/// So many such stretches are tried, one after the other.
const PLACES: usize = 8;

/// Adds an article, or a revision of one that is known.
pub(super) fn add(conn: &Connection, import: &Import, now: Timestamp) -> Result<Added, Fault> {
    let sha256 = text_sha256(&import.article.text);
    if let Some(known) = find_by_text(conn, &sha256)? {
        note_origin(conn, known.number, import, now)?;
        return Ok(if known.removed { Added::Removed(known.id) } else { Added::Unchanged(known.id) });
    }
    let Some(known) = find_by_identity(conn, import.identity.as_ref())? else {
        return insert(conn, import, &sha256, now).map(Added::New);
    };
    if known.removed {
        return Ok(Added::Removed(known.id));
    }
    let moves = revise(conn, &known, import, &sha256, now)?;
    Ok(Added::Updated(known.id, moves))
}

struct Known {
    number: i64,
    id: ArticleId,
    removed: bool,
}

fn find_by_text(conn: &Connection, sha256: &str) -> Result<Option<Known>, Fault> {
    let sql = "SELECT a.id, a.public_id, a.removed FROM revision r JOIN article a ON a.id = r.article
                WHERE r.sha256 = ?1 ORDER BY r.id LIMIT 1";
    known(conn, sql, &[&sha256])
}

fn find_by_identity(conn: &Connection, identity: Option<&Identity>) -> Result<Option<Known>, Fault> {
    let Some(identity) = identity else { return Ok(None) };
    let (kind, name) = columns(identity);
    let sql = "SELECT a.id, a.public_id, a.removed FROM origin o JOIN article a ON a.id = o.article
                WHERE o.kind = ?1 AND o.name = ?2";
    known(conn, sql, &[&kind, &name])
}

fn known(conn: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Option<Known>, Fault> {
    let found: Option<(i64, String, bool)> =
        conn.prepare_cached(sql)?.query_row(values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    found.map(|(number, id, removed)| Ok(Known { number, id: super::value::article_id(&id)?, removed })).transpose()
}

const fn columns(identity: &Identity) -> (&'static str, &String) {
    match identity {
        Identity::Url(name) => ("url", name),
        Identity::Guid(name) => ("guid", name),
        Identity::Path(name) => ("path", name),
    }
}

/// Notes what an article is known by too. What is known as another article's origin stays that article's: its next
/// text will be a revision of the article that it came with first.
fn note_origin(conn: &Connection, article: i64, import: &Import, now: Timestamp) -> Result<(), Fault> {
    let Some(identity) = &import.identity else { return Ok(()) };
    let (kind, name) = columns(identity);
    conn.prepare_cached(
        "INSERT INTO origin (kind, name, article, noted) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![kind, name, article, nanos(now)])?;
    Ok(())
}

fn insert(conn: &Connection, import: &Import, sha256: &str, now: Timestamp) -> Result<ArticleId, Fault> {
    let id = ArticleId::of_text(&import.article.text);
    let article = &import.article;
    conn.prepare_cached(
        "INSERT INTO article (public_id, revision, title, source, author, url, published, lang, words, imported)
         VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id.as_str(),
        article.title,
        article.source,
        article.author,
        article.url,
        article.published.map(|date| date.to_string()),
        article.lang.map(Lang::code),
        count_words(&article.text) as i64,
        nanos(now)
    ])?;
    let number = conn.last_insert_rowid();
    note_origin(conn, number, import, now)?;
    let revision = insert_revision(conn, number, 1, import, sha256, now)?;
    if let Some(findings) = &import.found {
        let page = Page { article: number, revision, sha256: sha256.to_owned(), text: article.text.clone() };
        found::write(conn, &page, &id, findings)?;
    }
    listing::write(conn, number, &super::tags::Tags::new())?;
    if import.found.is_some() {
        refresh(conn, number)?;
    }
    Ok(id)
}

/// Replaces what rules found in an article by what a rule set finds in its current revision.
pub(super) fn set_found(conn: &Connection, id: &ArticleId, findings: &Findings) -> Result<(), Fault> {
    let (number, _) = listing::row(conn, id)?.ok_or_else(|| no_such(id))?;
    found::write(conn, &Page::current(conn, number)?, id, findings)?;
    refresh(conn, number)
}

/// Brings what follows from the claims of an article up to them.
fn refresh(conn: &Connection, article: i64) -> Result<(), Fault> {
    project::refresh(&mut Projection::new(conn), &BTreeSet::from([article]), BTreeSet::new())
}

fn insert_revision(
    conn: &Connection,
    article: i64,
    number: i64,
    import: &Import,
    sha256: &str,
    now: Timestamp,
) -> Result<i64, Fault> {
    conn.prepare_cached(
        "INSERT INTO revision (article, number, sha256, importer, imported) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![article, number, sha256, import.importer, nanos(now)])?;
    let revision = conn.last_insert_rowid();
    conn.prepare_cached("INSERT INTO body (revision, text, blocks, raw) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        revision,
        import.article.text,
        json(&import.article.blocks)?,
        import.raw
    ])?;
    Ok(revision)
}

/// Adds a revision and takes everything that people made of the article over to it.
fn revise(conn: &Connection, known: &Known, import: &Import, sha256: &str, now: Timestamp) -> Result<Moves, Fault> {
    let before = Page::current(conn, known.number)?;
    let number: i64 = conn
        .prepare_cached("SELECT revision + 1 FROM article WHERE id = ?1")?
        .query_row([known.number], |row| row.get(0))?;
    let article = &import.article;
    let revision = insert_revision(conn, known.number, number, import, sha256, now)?;
    conn.prepare_cached(
        "UPDATE article SET revision = ?2, title = ?3, source = ?4, author = ?5, url = ?6, published = ?7, lang = ?8,
                            words = ?9
          WHERE id = ?1",
    )?
    .execute(params![
        known.number,
        number,
        article.title,
        article.source,
        article.author,
        article.url,
        article.published.map(|date| date.to_string()),
        article.lang.map(Lang::code),
        count_words(&article.text) as i64
    ])?;
    let page = Page { article: known.number, revision, sha256: sha256.to_owned(), text: article.text.clone() };
    let ground = Ground::new(&page.text);
    let moves = spans::place_anew(conn, &page, &ground, import.found.is_some())?;
    if let Some(findings) = &import.found {
        found::write(conn, &page, &known.id, findings)?;
    }
    move_place(conn, &before.text, page.article, &ground)?;
    refresh(conn, known.number)?;
    Ok(moves)
}

/// Takes the place where reading stopped over to another revision: to the same words, else to the first of those soon
/// after them that are still there, else to the same share of the text.
fn move_place(conn: &Connection, before: &str, article: i64, ground: &Ground<'_>) -> Result<(), Fault> {
    let place = boundary(before, place_of(conn, article)?);
    if place == 0 {
        return Ok(());
    }
    let bytes = before[place..].char_indices().map(|(at, _)| place + at).chain([before.len()]);
    let cuts: Vec<usize> = bytes.step_by(PLACE).take(PLACES + 1).chain([before.len()]).collect();
    let stretches = cuts.windows(2).take(PLACES).map(|cut| ByteRange::new(cut[0], cut[1]));
    let mut found = stretches.filter_map(|range| {
        let (prefix, suffix) = anchor::context(before, range);
        ground.find(&Quote { exact: range.of(before), prefix, suffix, hint: Some(range) })
    });
    let text = ground.text();
    let share = || boundary(text, place * text.len() / before.len().max(1));
    let place = found.next().map_or_else(share, |found| found.range.start);
    conn.prepare_cached("UPDATE reading SET place = ?2 WHERE article = ?1")?.execute([article, place as i64])?;
    Ok(())
}

/// The last character boundary of `text` up to `place`.
fn boundary(text: &str, place: usize) -> usize {
    let mut place = place.min(text.len());
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

fn place_of(conn: &Connection, article: i64) -> Result<usize, Fault> {
    let place: Option<i64> = conn
        .prepare_cached("SELECT place FROM reading WHERE article = ?1")?
        .query_row([article], |row| row.get(0))
        .optional()?;
    Ok(usize::try_from(place.unwrap_or(0)).unwrap_or(0))
}

/// The file that an article is known by, where that is all it is known by.
fn file_of(conn: &Connection, article: i64) -> Result<Option<String>, Fault> {
    let mut origins = conn.prepare_cached(
        "SELECT kind, name FROM origin WHERE article = ?1 ORDER BY kind = 'path', noted, name LIMIT 1",
    )?;
    let first: Option<(String, String)> =
        origins.query_row([article], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(first.filter(|(kind, _)| kind == "path").map(|(_, name)| name))
}

/// One article with its text, claims and place.
pub(super) fn open(conn: &Connection, id: &ArticleId) -> Result<Opened, Fault> {
    let (number, row) = listing::row(conn, id)?.ok_or_else(|| no_such(id))?;
    let (revision, text, blocks): (i64, String, String) = conn
        .prepare_cached(
            "SELECT r.number, b.text, b.blocks FROM article a
               JOIN revision r ON r.article = a.id AND r.number = a.revision
               JOIN body b ON b.revision = r.id
              WHERE a.id = ?1",
        )?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let blocks: Vec<Block> = of_json(&blocks)?;
    let claims = claims::of_article(conn, number, id, false)?;
    let parts = claims.iter().flat_map(|one| one.claim.parts.iter().chain(&one.claim.cue).chain(&one.claim.mention));
    if let Some(range) = blocks.iter().map(|block| &block.range).chain(parts).find(|range| !fits(**range, &text)) {
        return Err(damaged("a range", format!("{range} of {id}")));
    }
    let place = boundary(&text, place_of(conn, number)?);
    let article = Article {
        title: row.title.clone(),
        source: row.source.clone(),
        author: row.author.clone(),
        url: row.url.clone(),
        published: row.published,
        lang: row.lang,
        text,
        blocks,
    };
    Ok(Opened {
        row,
        revision: count(revision)?,
        article,
        claims,
        place,
        note: notes::of(conn, Kind::Article, number)?,
        file: file_of(conn, number)?,
    })
}

/// Whether a range may be used to cut `text`.
pub(super) fn fits(range: ByteRange, text: &str) -> bool {
    text.get(range.start..range.end).is_some()
}

/// Marks an article read or unread; writes nothing where it is so already.
pub(super) fn set_read(conn: &Connection, id: &ArticleId, read: bool) -> Result<(), Fault> {
    let (number, row) = listing::row(conn, id)?.ok_or_else(|| no_such(id))?;
    if row.read == read {
        return Ok(());
    }
    conn.prepare_cached("INSERT INTO reading (article, read) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET read = ?2")?
        .execute(params![number, read])?;
    conn.prepare_cached("UPDATE list SET read = ?2 WHERE article = ?1")?.execute(params![number, read])?;
    Ok(())
}

/// Keeps where reading stopped; writes nothing where it is so already.
pub(super) fn set_place(conn: &Connection, id: &ArticleId, place: usize) -> Result<(), Fault> {
    let (number, _) = listing::row(conn, id)?.ok_or_else(|| no_such(id))?;
    if place_of(conn, number)? == place {
        return Ok(());
    }
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    conn.prepare_cached("INSERT INTO reading (article, place) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET place = ?2")?
        .execute(params![number, place])?;
    Ok(())
}

fn no_such(id: &ArticleId) -> Fault {
    Error::NoSuch { what: "article", id: id.to_string() }.into()
}
