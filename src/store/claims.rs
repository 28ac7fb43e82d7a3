//! Claims: written from the event that made them, read with everything that a reader sees of them.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::spans::{self, Page, Role, Span};
use super::sql_error::Fault;
use super::tags::{self, Tags};
use super::value::{claim_id, damaged, get, json, range, word};
use super::{bearers, links, relations, speakers};
use crate::error::Error;
use crate::model::claim::GAP;
use crate::model::{
    Anchor, Annotation, ArticleId, ByHand, ByteRange, Claim, ClaimId, Form, NewClaim, Polarity, Selector, Speaker,
    SpeakerId, SpeakerKind, Status, Tag,
};

/// The number of the article that a claim stands in: by its id, else by the text that its ranges count in, since the
/// same article has another id in a store that met an earlier revision of it first.
pub(super) fn article_of(conn: &Connection, new: &NewClaim) -> Result<i64, Fault> {
    let by_id = conn
        .prepare_cached("SELECT id FROM article WHERE public_id = ?1")?
        .query_row([new.article.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(article) = by_id {
        return Ok(article);
    }
    let by_text = conn
        .prepare_cached("SELECT article FROM revision WHERE sha256 = ?1 ORDER BY id LIMIT 1")?
        .query_row([&new.text_sha256], |row| row.get(0))
        .optional()?;
    by_text.ok_or_else(|| Error::NoSuch { what: "article", id: new.article.to_string() }.into())
}

/// What made a claim.
#[derive(Clone, Copy, Debug)]
pub(super) enum Maker<'a> {
    /// An event, by its number.
    Event(i64),
    /// A rule of a rule set.
    Rule { set: &'a str, rule: &'a str, confidence: f32 },
}

/// Writes a claim: placed in the current revision, its speaker resolved. Gives its number.
pub(super) fn write(
    conn: &Connection,
    page: &Page,
    maker: Maker<'_>,
    annotator: &str,
    new: &NewClaim,
) -> Result<i64, Fault> {
    let (event, rule, confidence, set) = match maker {
        Maker::Event(event) => (Some(event), None, None, None),
        Maker::Rule { set, rule, confidence } => (None, Some(rule), Some(f64::from(confidence)), Some(set)),
    };
    let claim: i64 = conn
        .prepare_cached(
            "INSERT INTO claim (public_id, article, event, annotator, form, polarity, status, anchor, nested_in, rule,
                                confidence, rule_set)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (public_id) DO UPDATE SET article = ?2, event = ?3, withdrawn = 0, covered = 0, stale = 0,
                annotator = ?4, status = ?7, reviewer = NULL, amended = NULL, base = NULL, nested_in = ?9, rule = ?10,
                confidence = ?11, rule_set = ?12
             RETURNING id",
        )?
        .query_row(
            params![
                new.id.as_str(),
                page.article,
                event,
                annotator,
                new.form.word(),
                new.polarity.word(),
                new.status.word(),
                Anchor::Orphan.word(),
                new.nested_in.as_ref().map(ClaimId::as_str),
                rule,
                confidence,
                set,
            ],
            |row| row.get(0),
        )?;
    rewrite(conn, page, claim, new)?;
    Ok(claim)
}

/// Writes what can be amended of a claim: form, polarity, speaker and ranges.
pub(super) fn rewrite(conn: &Connection, page: &Page, claim: i64, new: &NewClaim) -> Result<(), Fault> {
    let bearer = match &new.speaker {
        Some(told) => bearers::resolve(conn, page.article, told)?,
        None => None,
    };
    let revision = revision_of(conn, page, &new.text_sha256)?;
    let mut spans = spans::told(new, claim, revision);
    let extent = spans::place(&mut spans, page, Anchor::Exact);
    spans::write(conn, claim, &spans)?;
    conn.prepare_cached(
        "UPDATE claim SET form = ?2, polarity = ?3, bearer = ?4, attribution = ?5, anchor = ?6, start = ?7, stop = ?8,
                speaker = (SELECT coalesce(head, id) FROM speaker WHERE id = ?4)
          WHERE id = ?1",
    )?
    .execute(params![
        claim,
        new.form.word(),
        new.polarity.word(),
        bearer,
        new.speaker.as_ref().map(json).transpose()?,
        extent.anchor.word(),
        extent.range.map(|range| range.start as i64),
        extent.range.map(|range| range.end as i64)
    ])?;
    Ok(())
}

/// What the projection has to know of a claim's row.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub article: i64,
    /// The event that made it.
    pub event: Option<i64>,
    pub withdrawn: bool,
    /// Whether rules found it.
    pub derived: bool,
    /// Whether its article is removed.
    pub removed: bool,
    /// The changes that it shows, and what it was before them, as JSON.
    pub amended: Option<String>,
    pub base: Option<String>,
    pub status: Status,
    pub reviewer: Option<String>,
}

impl Kept {
    pub(super) fn of(conn: &Connection, claim: i64) -> Result<Self, Fault> {
        let mut statement = conn.prepare_cached(
            "SELECT c.article, c.event, c.withdrawn, c.rule_set IS NOT NULL, a.removed, c.amended, c.base, c.status,
                    c.reviewer
               FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1",
        )?;
        let mut rows = statement.query([claim])?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let status: String = get(row, 7)?;
        Ok(Self {
            article: get(row, 0)?,
            event: get(row, 1)?,
            withdrawn: get(row, 2)?,
            derived: get(row, 3)?,
            removed: get(row, 4)?,
            amended: get(row, 5)?,
            base: get(row, 6)?,
            status: word(&status, Status::from_word)?,
            reviewer: get(row, 8)?,
        })
    }
}

/// The article of a claim that rules found once and don't find any more; `None` for any other claim.
pub(super) fn article_of_stale(conn: &Connection, claim: i64) -> Result<Option<i64>, Fault> {
    let article = conn
        .prepare_cached("SELECT article FROM claim WHERE id = ?1 AND stale")?
        .query_row([claim], |row| row.get(0))
        .optional()?;
    Ok(article)
}

/// A claim as its row tells it, as if somebody made it now.
pub(super) fn as_told(conn: &Connection, claim: i64) -> Result<NewClaim, Fault> {
    let spans = spans::of_claim(conn, claim)?;
    let selector = |span: &Span| Selector {
        range: span.range.unwrap_or(ByteRange::new(0, 0)),
        exact: span.exact.clone(),
        prefix: span.prefix.clone(),
        suffix: span.suffix.clone(),
    };
    let of = |role| spans.iter().filter(move |span| span.role == role).map(selector);
    let revision = spans.first().map(|span| span.revision);
    let text_sha256 = conn
        .prepare_cached("SELECT sha256 FROM revision WHERE id = ?1")?
        .query_row([revision], |row| row.get(0))
        .optional()?;
    let mut statement = conn.prepare_cached(
        "SELECT c.public_id, a.public_id, c.form, c.polarity, c.status, c.attribution, c.nested_in
           FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1",
    )?;
    let mut rows = statement.query([claim])?;
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let text = |column| get::<String>(row, column);
    let nested_in: Option<String> = get(row, 6)?;
    Ok(NewClaim {
        id: claim_id(&text(0)?)?,
        article: super::value::article_id(&text(1)?)?,
        text_sha256: text_sha256.unwrap_or_default(),
        parts: of(Role::Part).collect(),
        form: word(&text(2)?, Form::from_word)?,
        polarity: word(&text(3)?, Polarity::from_word)?,
        status: word(&text(4)?, Status::from_word)?,
        speaker: get::<Option<String>>(row, 5)?.as_deref().map(super::value::of_json).transpose()?,
        cue: of(Role::Cue).next(),
        mention: of(Role::Mention).next(),
        nested_in: nested_in.as_deref().map(claim_id).transpose()?,
    })
}

/// The revision whose text has this sum; the current one where the store never saw such a text.
pub(super) fn revision_of(conn: &Connection, page: &Page, sha256: &str) -> Result<i64, Fault> {
    if sha256 == page.sha256 {
        return Ok(page.revision);
    }
    let revision = conn
        .prepare_cached("SELECT id FROM revision WHERE sha256 = ?1 AND article = ?2")?
        .query_row(params![sha256, page.article], |row| row.get(0))
        .optional()?;
    Ok(revision.unwrap_or(page.revision))
}

/// Claims of an article that can be seen and aren't rejected: how many of them count for its row.
pub(super) fn count(conn: &Connection, article: i64) -> Result<i64, Fault> {
    let count = conn
        .prepare_cached(
            "SELECT count(*) FROM claim WHERE article = ?1 AND NOT withdrawn AND NOT covered AND status <> 'rejected'",
        )?
        .query_row([article], |row| row.get(0))?;
    Ok(count)
}

/// The claims of an article that aren't withdrawn, nor rejected unless `rejected` asks for these too, in order of their
/// first byte, the wider first where two begin together, orphans last.
pub(super) fn of_article(
    conn: &Connection,
    article: i64,
    id: &ArticleId,
    rejected: bool,
) -> Result<Vec<Annotation>, Fault> {
    let revision: i64 =
        conn.prepare_cached("SELECT revision FROM article WHERE id = ?1")?.query_row([article], |row| row.get(0))?;
    let revision = super::value::count(revision)?;
    let mut statement = conn.prepare_cached(
        "SELECT c.id, c.public_id, c.annotator, c.form, c.polarity, c.status, c.anchor, c.nested_in, c.rule,
                c.confidence, s.id, coalesce(s.shown, s.name), coalesce(s.shown_kind, s.kind), s.named, c.reviewer,
                c.amended IS NOT NULL, n.text
           FROM claim c LEFT JOIN speaker s ON s.id = c.speaker LEFT JOIN note n ON n.kind = 1 AND n.subject = c.id
          WHERE c.article = ?1 AND NOT c.withdrawn AND NOT c.covered AND (?2 OR c.status <> 'rejected')
          ORDER BY c.start IS NULL, c.start, c.stop DESC, c.id",
    )?;
    let mut rows = statement.query(params![article, rejected])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        claims.push((get::<i64>(row, 0)?, read(row, id, revision)?));
    }
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let mut spans: HashMap<i64, Vec<Span>> = HashMap::new();
    for span in spans::of_article(conn, article)? {
        spans.entry(span.claim).or_default().push(span);
    }
    let tags = tags_of_article(conn, article)?;
    let mut links = links::of_article(conn, article)?;
    let mut related = relations::of_article(conn, article)?;
    let appearances = speakers::read(conn, article)?;
    let shown: HashSet<ClaimId> = claims.iter().map(|(_, claim)| claim.id.clone()).collect();
    for (number, claim) in &mut claims {
        fill_spans(claim, spans.get(number).map_or(&[], Vec::as_slice));
        claim.same_as = links.remove(number).unwrap_or_default();
        claim.by_hand.related = related.remove(number).unwrap_or_default();
        claim.tags = tags.get(number).map(tags::in_order).unwrap_or_default();
        // A claim whose frame was taken back stands by itself.
        claim.nested_in = claim.nested_in.take().filter(|outer| shown.contains(outer));
        let Some(speaker) = &mut claim.claim.speaker else { continue };
        match appearances.iter().find(|one| Some(SpeakerId(one.speaker)) == speaker.id) {
            Some(one) => {
                speaker.role.clone_from(&one.role);
                speaker.aliases = one.aliases.iter().cloned().collect();
            }
            // Only what isn't rejected makes somebody a speaker of the article.
            None if claim.status == Status::Rejected => {}
            None => return Err(damaged("a speaker", &speaker.name)),
        }
    }
    Ok(claims.into_iter().map(|(_, claim)| claim).collect())
}

/// What the claim's own row tells.
fn read(row: &Row<'_>, article: &ArticleId, revision: u32) -> Result<Annotation, Fault> {
    let text = |column| get::<String>(row, column);
    let nested_in: Option<String> = get(row, 7)?;
    let speaker = match get::<Option<i64>>(row, 10)? {
        None => None,
        Some(id) => Some(Speaker {
            id: Some(SpeakerId(id)),
            name: text(11)?,
            kind: word(&text(12)?, SpeakerKind::from_word)?,
            named: get(row, 13)?,
            role: None,
            aliases: Vec::new(),
        }),
    };
    Ok(Annotation {
        id: claim_id(&text(1)?)?,
        article: article.clone(),
        revision,
        claim: Claim {
            parts: Vec::new(),
            form: word(&text(3)?, Form::from_word)?,
            polarity: word(&text(4)?, Polarity::from_word)?,
            speaker,
            cue: None,
            mention: None,
        },
        quote: String::new(),
        status: word(&text(5)?, Status::from_word)?,
        annotator: text(2)?,
        confidence: get::<Option<f64>>(row, 9)?.map(|sure| sure as f32),
        rule: get(row, 8)?,
        anchor: word(&text(6)?, Anchor::from_word)?,
        nested_in: nested_in.as_deref().map(claim_id).transpose()?,
        tags: Vec::new(),
        same_as: Vec::new(),
        by_hand: ByHand { reviewer: get(row, 14)?, amended: get(row, 15)?, note: get(row, 16)?, related: Vec::new() },
    })
}

fn fill_spans(claim: &mut Annotation, spans: &[Span]) {
    let of = |role| spans.iter().filter(move |span| span.role == role);
    claim.claim.parts = of(Role::Part).filter_map(|span| span.range).collect();
    claim.claim.cue = of(Role::Cue).find_map(|span| span.range);
    claim.claim.mention = of(Role::Mention).find_map(|span| span.range);
    claim.quote = of(Role::Part).map(|span| span.exact.as_str()).collect::<Vec<_>>().join(GAP);
}

fn tags_of_article(conn: &Connection, article: i64) -> Result<HashMap<i64, Tags>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT ct.claim, t.word FROM claim c JOIN claim_tag ct ON ct.claim = c.id JOIN tag t ON t.id = ct.tag
          WHERE c.article = ?1",
    )?;
    let mut rows = statement.query([article])?;
    let mut all: HashMap<i64, Tags> = HashMap::new();
    while let Some(row) = rows.next()? {
        let tag = Tag::new(&get::<String>(row, 1)?).map_err(|why| damaged("a tag", why))?;
        all.entry(get(row, 0)?).or_default().insert(tag);
    }
    Ok(all)
}

/// The extent of a claim as its row has it; for the check.
pub(super) fn extents(conn: &Connection, article: i64) -> Result<HashMap<i64, Option<ByteRange>>, Fault> {
    let mut statement = conn.prepare_cached("SELECT id, start, stop FROM claim WHERE article = ?1")?;
    let mut rows = statement.query([article])?;
    let mut all = HashMap::new();
    while let Some(row) = rows.next()? {
        all.insert(get(row, 0)?, range(get(row, 1)?, get(row, 2)?)?);
    }
    Ok(all)
}
