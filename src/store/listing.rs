//! The list: one narrow row an article, with all that is shown, sorted and filtered by, and never its text.
//!
//! Rows follow from the other tables and are written in the same transaction as these. The totals are kept by triggers
//! of the table, so that they can't be forgotten.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::sql_error::Fault;
use super::tags::{self, Tags};
use super::value::{article_id, count, get, json, of_json, time};
use super::{claims, speakers};
use crate::error::Error;
use crate::model::listing::{Page, Said, Totals};
use crate::model::{Annotation, ArticleId, ClaimId, Lang, PartialDate, Row};
use crate::query::{Choice, Fields, Query};
use crate::text::fold::fold;

const COLUMNS: &str = "l.article, l.id, l.title, l.source, l.author, l.url, l.published, l.lang, l.words, l.claims, l.tags, l.speakers, l.read, l.imported";
/// Articles that are looked at for a page: a question that a newer one overtakes doesn't hold that up for long.
const LOOKED_AT: usize = 500;
/// Candidates that an ambiguous id names.
const CANDIDATES: usize = 5;

/// A row as the table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub article: i64,
    pub row: Row,
    /// The list's order: see [`sort_key`].
    pub sort: i64,
    pub folded: String,
}

/// Where an article stands in the list: ascending, so that the newest come first; a vaguer date counts as older than
/// an exact one within it, as [`PartialDate`] orders them.
fn sort_key(row: &Row) -> i64 {
    let date = row.published.map_or_else(
        || row.imported.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%d").to_string(),
        |date| date.to_string(),
    );
    let mut parts = date.split('-').map(|part| part.parse::<i64>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    -(next() * 10_000 + next() * 100 + next())
}

/// The folded text of a row, a line a field: title, source, author, tags, speakers.
fn folded(row: &Row, tags: &str) -> String {
    let speakers = row.speakers.join(", ");
    let fields = [Some(row.title.as_str()), row.source.as_deref(), row.author.as_deref(), Some(tags), Some(&speakers)];
    fields.map(|field| line(field.unwrap_or_default())).join("\n")
}

fn line(field: &str) -> String {
    fold(field).replace('\n', " ")
}

/// Puts another line in place of the `n`th of a row's folded text.
fn with_line(folded: &str, n: usize, new: &str) -> String {
    let line = line(new);
    folded.split('\n').enumerate().map(|(at, old)| if at == n { &line } else { old }).collect::<Vec<_>>().join("\n")
}
const TAGS_LINE: usize = 3;

/// The row of an article that has these tags, made from the other tables.
pub(super) fn compose(conn: &Connection, article: i64, tags: &Tags) -> Result<Listed, Fault> {
    let speakers = speakers::compute(conn, article)?.into_iter().map(|one| one.name).collect();
    let claims = claims::count(conn, article)?;
    let mut statement = conn.prepare_cached(
        "SELECT a.id, a.public_id, a.title, a.source, a.author, a.url, a.published, a.lang, a.words, ?2, '', '[]',
                coalesce(r.read, 0), a.imported
           FROM article a LEFT JOIN reading r ON r.article = a.id WHERE a.id = ?1",
    )?;
    let mut rows = statement.query([article, claims])?;
    let found = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let row = Row { tags: tags::in_order(tags), speakers, ..read(found)? };
    Ok(Listed { article, sort: sort_key(&row), folded: folded(&row, &tags::join(tags)), row })
}

/// Writes the row of an article that has these tags.
pub(super) fn write(conn: &Connection, article: i64, tags: &Tags) -> Result<(), Fault> {
    let Listed { row, sort, folded, .. } = compose(conn, article, tags)?;
    conn.prepare_cached(
        "INSERT INTO list (article, sort, id, title, source, author, url, published, lang, words, imported, claims, read,
                           tags, speakers, folded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
         ON CONFLICT (article) DO UPDATE SET sort = ?2, id = ?3, title = ?4, source = ?5, author = ?6, url = ?7,
            published = ?8, lang = ?9, words = ?10, imported = ?11, claims = ?12, read = ?13, tags = ?14, speakers = ?15,
            folded = ?16",
    )?
    .execute(params![
        article,
        sort,
        row.id.as_str(),
        row.title,
        row.source,
        row.author,
        row.url,
        row.published.map(|date| date.to_string()),
        row.lang.map(Lang::code),
        row.words,
        super::value::nanos(row.imported),
        row.claims,
        row.read,
        tags::join(tags),
        json(&row.speakers)?,
        folded,
    ])?;
    Ok(())
}

/// Takes the row of an article out.
pub(super) fn remove(conn: &Connection, article: i64) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM list WHERE article = ?1")?.execute([article])?;
    Ok(())
}

/// The tags that the row of an article has; `None` where it has no row, being removed.
pub(super) fn tags_of(conn: &Connection, article: i64) -> Result<Option<Tags>, Fault> {
    let column: Option<String> = conn
        .prepare_cached("SELECT tags FROM list WHERE article = ?1")?
        .query_row([article], |row| row.get(0))
        .optional()?;
    column.map(|column| Ok(tags::split(&column)?.into_iter().collect())).transpose()
}

/// Gives the row of an article other tags.
pub(super) fn retag(conn: &Connection, article: i64, tags: &Tags) -> Result<(), Fault> {
    let old: String =
        conn.prepare_cached("SELECT folded FROM list WHERE article = ?1")?.query_row([article], |row| row.get(0))?;
    let tags = tags::join(tags);
    let folded = with_line(&old, TAGS_LINE, &tags);
    conn.prepare_cached("UPDATE list SET tags = ?2, folded = ?3 WHERE article = ?1")?
        .execute(params![article, tags, folded])?;
    Ok(())
}

fn read(row: &SqlRow<'_>) -> Result<Row, Fault> {
    let text = |column| get::<Option<String>>(row, column);
    let (published, lang) = (text(6)?, text(7)?);
    let (tags, speakers): (String, String) = (get(row, 10)?, get(row, 11)?);
    Ok(Row {
        id: article_id(&get::<String>(row, 1)?)?,
        title: get(row, 2)?,
        source: text(3)?,
        author: text(4)?,
        url: text(5)?,
        published: published
            .map(|date| super::value::word(&date, |date| date.parse::<PartialDate>().ok()))
            .transpose()?,
        lang: lang.as_deref().and_then(Lang::from_code),
        words: count(get(row, 8)?)?,
        claims: count(get(row, 9)?)?,
        tags: tags::split(&tags)?,
        speakers: of_json(&speakers)?,
        read: get(row, 12)?,
        imported: time(get(row, 13)?)?,
    })
}

/// The row of an article as the table has it; for the check.
pub(super) fn stored(conn: &Connection, article: i64) -> Result<Option<Listed>, Fault> {
    let mut statement =
        conn.prepare_cached(&format!("SELECT {COLUMNS}, l.sort, l.folded FROM list l WHERE l.article = ?1"))?;
    let mut rows = statement.query([article])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Listed { article, row: read(row)?, sort: get(row, 14)?, folded: get(row, 15)? }))
}

pub(super) fn totals(conn: &Connection) -> Result<Totals, Fault> {
    let (articles, claims): (i64, i64) = conn
        .prepare_cached("SELECT articles, claims FROM totals")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Totals { articles: articles.unsigned_abs(), claims: claims.unsigned_abs() })
}

/// The query that gives the list from its beginning; the order comes from the index, no row is counted or sorted.
fn in_order() -> String {
    format!("SELECT {COLUMNS} FROM list l ORDER BY l.sort, l.article LIMIT ?1")
}

/// Hands the first `limit` rows of the list to `each`, with their articles' numbers.
pub(super) fn walk(
    conn: &Connection,
    limit: usize,
    each: &mut dyn FnMut(i64, Row) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(&in_order())?;
    let mut rows = statement.query([i64::try_from(limit).unwrap_or(-1)])?;
    while let Some(row) = rows.next()? {
        each(get(row, 0)?, read(row)?)?;
    }
    Ok(())
}

/// The claims that `query` chooses in the articles after `after`, as many articles of them as make up `limit` claims,
/// or fewer where they are rare.
/// Where `speaker` is given, only theirs, and only their articles are looked at.
pub(super) fn page(
    conn: &Connection,
    query: &Query,
    speaker: Option<i64>,
    after: Option<&ArticleId>,
    limit: usize,
) -> Result<Page, Fault> {
    let after = match after {
        None => None,
        Some(id) => Some(place_of(conn, id)?),
    };
    let (sort, article) = after.unwrap_or((i64::MIN, 0));
    let from = if speaker.is_some() { "appearance a JOIN list l ON l.article = a.article" } else { "list l" };
    let of = if speaker.is_some() { "a.speaker = ?3" } else { "?3 IS NULL" };
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM {from} WHERE {of} AND (l.sort, l.article) > (?1, ?2) ORDER BY l.sort, l.article"
    ))?;
    let mut rows = statement.query(params![sort, article, speaker])?;
    let (mut page, mut found, mut looked_at) = (Page::default(), 0, 0);
    let mut last = None;
    while let Some(row) = rows.next()? {
        let (number, row): (i64, Row) = (get(row, 0)?, read(row)?);
        if found >= limit.max(1) || looked_at == LOOKED_AT {
            page.next = last;
            break;
        }
        looked_at += 1;
        last = Some(row.id.clone());
        let mut claims = claims_in(conn, query, number, &row)?;
        claims.retain(|claim| speaker.is_none() || speaker_of(claim) == speaker);
        if !claims.is_empty() {
            found += claims.len();
            page.said.push(Said { row, claims });
        }
    }
    Ok(page)
}

fn speaker_of(claim: &Annotation) -> Option<i64> {
    claim.claim.speaker.as_ref().and_then(|speaker| speaker.id).map(|id| id.0)
}

/// Where an article stands in the list's order.
fn place_of(conn: &Connection, id: &ArticleId) -> Result<(i64, i64), Fault> {
    let place = conn
        .prepare_cached(
            "SELECT l.sort, l.article FROM article a JOIN list l ON l.article = a.id WHERE a.public_id = ?1",
        )?
        .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    place.ok_or_else(|| Error::NoSuch { what: "article", id: id.to_string() }.into())
}

/// Hands the rows that `query` chooses to `each`, in the list's order, with their scores. Where a row can't tell, its
/// claims do.
pub(super) fn choose(
    conn: &Connection,
    query: &Query,
    each: &mut dyn FnMut(i64, Row, i64) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let all = query.is_all();
    walk(conn, usize::MAX, &mut |article, row| {
        if all {
            return each(article, row, 0);
        }
        let fields = Fields::of(&row);
        match query.choose(&row, &fields) {
            Choice::Yes(score) => each(article, row, score),
            Choice::Perhaps(score) if !chosen_claims(conn, query, article, &row, &fields)?.is_empty() => {
                each(article, row, score)
            }
            Choice::Perhaps(_) | Choice::No => Ok(()),
        }
    })
}

/// Hands the claims that `query` chooses to `each`, article by article in the list's order.
pub(super) fn choose_claims(
    conn: &Connection,
    query: &Query,
    each: &mut dyn FnMut(Row, Vec<Annotation>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    walk(conn, usize::MAX, &mut |article, row| {
        let chosen = claims_in(conn, query, article, &row)?;
        if chosen.is_empty() { Ok(()) } else { each(row, chosen) }
    })
}

/// The claims that `query` chooses in the article of `row`.
fn claims_in(conn: &Connection, query: &Query, article: i64, row: &Row) -> Result<Vec<Annotation>, Fault> {
    let fields = Fields::of(row);
    // Rejected claims aren't counted in the row.
    if (row.claims == 0 && !query.names_status()) || !query.may_choose_claims(row, &fields) {
        return Ok(Vec::new());
    }
    chosen_claims(conn, query, article, row, &fields)
}

/// The claims of an article that `query` chooses; rejected ones only where it names a status.
fn chosen_claims(
    conn: &Connection,
    query: &Query,
    article: i64,
    row: &Row,
    fields: &Fields,
) -> Result<Vec<Annotation>, Fault> {
    let mut claims = claims::of_article(conn, article, &row.id, query.names_status())?;
    claims.retain(|claim| query.chooses_claim_in(claim, row, fields));
    Ok(claims)
}

/// The rows that `query` chooses, best first, equals in the list's order.
pub(super) fn list(conn: &Connection, query: &Query) -> Result<Vec<Row>, Fault> {
    let mut chosen = Vec::new();
    choose(conn, query, &mut |_, row, score| {
        chosen.push((score, row));
        Ok(())
    })?;
    chosen.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    Ok(chosen.into_iter().map(|(_, row)| row).collect())
}

/// The number and the row of an article that isn't removed.
pub(super) fn row(conn: &Connection, id: &ArticleId) -> Result<Option<(i64, Row)>, Fault> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM article a JOIN list l ON l.article = a.id WHERE a.public_id = ?1"
    ))?;
    let mut rows = statement.query([id.as_str()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((get(row, 0)?, read(row)?)))
}

/// The row of the article with this number, where it isn't removed.
pub(super) fn by_number(conn: &Connection, article: i64) -> Result<Option<Row>, Fault> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM list l WHERE l.article = ?1"))?;
    let mut rows = statement.query([article])?;
    rows.next()?.map(read).transpose()
}

/// The article whose id begins with `prefix`.
pub(super) fn find_article(conn: &Connection, prefix: &ArticleId) -> Result<ArticleId, Fault> {
    let sql = "SELECT a.public_id, a.public_id FROM article a JOIN list l ON l.article = a.id
                WHERE a.public_id >= ?1 AND a.public_id < ?1 || '~' ORDER BY a.public_id LIMIT ?2";
    let (id, _) = find(conn, sql, "article", prefix.as_str())?;
    article_id(&id)
}

/// The claim whose id begins with `prefix`, and its article.
pub(super) fn find_claim(conn: &Connection, prefix: &ClaimId) -> Result<(ClaimId, ArticleId), Fault> {
    let sql = "SELECT c.public_id, l.id FROM claim c JOIN list l ON l.article = c.article
                WHERE c.public_id >= ?1 AND c.public_id < ?1 || '~' AND NOT c.withdrawn AND NOT c.covered ORDER BY c.public_id LIMIT ?2";
    let (id, article) = find(conn, sql, "claim", prefix.as_str())?;
    Ok((super::value::claim_id(&id)?, article_id(&article)?))
}

/// The beginning of an article's id that no other article's has.
pub(super) fn shown_article(conn: &Connection, id: &ArticleId) -> Result<String, Fault> {
    let sql = "SELECT max(public_id), (SELECT min(public_id) FROM article WHERE public_id > ?1)
                 FROM article WHERE public_id < ?1";
    shown(conn, sql, id.as_str())
}

/// The beginning of a claim's id that no other claim's has.
pub(super) fn shown_claim(conn: &Connection, id: &ClaimId) -> Result<String, Fault> {
    let sql = "SELECT max(public_id), (SELECT min(public_id) FROM claim WHERE public_id > ?1)
                 FROM claim WHERE public_id < ?1";
    shown(conn, sql, id.as_str())
}

/// `sql` gives the ids next to `id`; one of them shares the longest beginning with it.
fn shown(conn: &Connection, sql: &str, id: &str) -> Result<String, Fault> {
    let (before, after): (Option<String>, Option<String>) =
        conn.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let neighbours: Vec<&str> = before.iter().map(String::as_str).chain([id]).chain(after.as_deref()).collect();
    let at = usize::from(before.is_some());
    Ok(shortest(&neighbours).swap_remove(at))
}

fn find(conn: &Connection, sql: &str, what: &'static str, prefix: &str) -> Result<(String, String), Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let found: Vec<(String, String)> = statement
        .query_map(params![prefix, CANDIDATES as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    match found.as_slice() {
        [] => Err(Error::NoSuch { what, id: prefix.to_owned() }.into()),
        [one] => Ok(one.clone()),
        several => {
            let ids: Vec<&str> = several.iter().map(|(id, _)| id.as_str()).collect();
            Err(Error::Ambiguous { id: prefix.to_owned(), candidates: shortest(&ids) }.into())
        }
    }
}

/// Ids in order, each cut to as many characters as tell it from the others here, as many as people are shown at least.
fn shortest(ids: &[&str]) -> Vec<String> {
    let shared = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let longest = ids.windows(2).map(|two| shared(two[0], two[1])).max().unwrap_or(0);
    let length = (longest + 1).max(crate::model::id::SHOWN);
    ids.iter().map(|id| id.chars().take(length).collect()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::ArticleId;

    fn row(published: Option<&str>, imported: &str) -> Row {
        Row {
            id: ArticleId::of_text(""),
            title: "Élan\nvital".into(),
            source: Some("L’Œil".into()),
            author: None,
            url: None,
            published: published.map(|date| date.parse().expect("a date")),
            lang: None,
            words: 0,
            claims: 0,
            tags: Vec::new(),
            speakers: vec!["Noé".into(), "Ève".into()],
            read: false,
            imported: imported.parse::<Timestamp>().expect("a time"),
        }
    }

    #[test]
    fn the_newest_come_first_and_a_vague_date_after_the_exact_ones_within_it() {
        let at = "2024-12-31T23:59:59Z";
        let mut keys = [Some("2025-01-23"), Some("2025-01"), Some("2025"), None, Some("2023")]
            .map(|date| sort_key(&row(date, at)));
        assert_eq!(keys[3], -20_241_231);
        let in_order = keys;
        keys.sort_unstable();
        assert_eq!(keys, in_order);
    }

    #[test]
    fn folded_text_has_a_line_a_field() {
        let folded = folded(&row(None, "2024-12-31T23:59:59Z"), "été zone");
        assert_eq!(folded, "elan vital\nl'oeil\n\nete zone\nnoe, eve");
        assert_eq!(with_line(&folded, TAGS_LINE, "IA"), "elan vital\nl'oeil\n\nia\nnoe, eve");
    }

    #[test]
    fn candidates_are_cut_where_they_differ() {
        assert_eq!(shortest(&["a1b2c3d4e5", "a1b2c3f4e5"]), ["a1b2c3d", "a1b2c3f"]);
        assert_eq!(shortest(&["a1b2c3d4e5", "a1b2c3d4f5"]), ["a1b2c3d4e", "a1b2c3d4f"]);
    }

    #[test]
    fn paging_and_finding_read_an_index_and_no_text() {
        let conn = Connection::open_in_memory().expect("memory");
        conn.execute_batch(super::super::schema::MIGRATIONS[0]).expect("the schema");
        let plan = |sql: &str| -> String {
            let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
            let count = statement.parameter_count();
            let values = vec![1_i64; count];
            let lines = statement.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3));
            lines.expect(sql).collect::<Result<Vec<_>, _>>().expect(sql).join("; ")
        };
        assert_eq!(plan(&in_order()), "SCAN l USING INDEX list_in_order");
        let undo = super::super::journal::LAST_TO_UNDO;
        assert_eq!(plan(undo), "SEARCH act USING INDEX act_to_undo (annotator=?)");
    }
}
