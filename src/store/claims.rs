//! Claims: written from the event that made them, read with everything that a reader sees of them.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::spans::{self, Page, Role, Span};
use super::speakers;
use super::sql_error::Fault;
use super::tags::{self, Tags};
use super::value::{claim_id, damaged, get, json, range, word};
use crate::error::Error;
use crate::model::claim::GAP;
use crate::model::{
    Anchor, Annotation, ArticleId, ByHand, ByteRange, Claim, ClaimId, Form, NewClaim, Polarity, Speaker, SpeakerId,
    SpeakerKind, Status, Tag,
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
    let speaker = match &new.speaker {
        Some(told) => speakers::resolve(conn, page.article, told)?,
        None => None,
    };
    let attribution = new.speaker.as_ref().map(json).transpose()?;
    let claim: i64 = conn
        .prepare_cached(
            "INSERT INTO claim (public_id, article, event, annotator, form, polarity, status, speaker, attribution,
                                anchor, nested_in, rule, confidence, rule_set)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (public_id) DO UPDATE SET article = ?2, event = ?3, withdrawn = 0, covered = 0, annotator = ?4, form = ?5,
                polarity = ?6, status = ?7, speaker = ?8, attribution = ?9, nested_in = ?11, rule = ?12,
                confidence = ?13, rule_set = ?14
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
                speaker,
                attribution,
                Anchor::Orphan.word(),
                new.nested_in.as_ref().map(ClaimId::as_str),
                rule,
                confidence,
                set,
            ],
            |row| row.get(0),
        )?;
    let revision = revision_of(conn, page, &new.text_sha256)?;
    let mut spans = spans::told(new, claim, revision);
    let extent = spans::place(&mut spans, page, Anchor::Exact);
    spans::write(conn, claim, &spans)?;
    conn.prepare_cached("UPDATE claim SET anchor = ?2, start = ?3, stop = ?4 WHERE id = ?1")?.execute(params![
        claim,
        extent.anchor.word(),
        extent.range.map(|range| range.start as i64),
        extent.range.map(|range| range.end as i64)
    ])?;
    Ok(claim)
}

/// The revision whose text has this sum; the current one where the store never saw such a text.
fn revision_of(conn: &Connection, page: &Page, sha256: &str) -> Result<i64, Fault> {
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
                c.confidence, s.id, s.name, s.kind, s.named
           FROM claim c LEFT JOIN speaker s ON s.id = c.speaker
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
    let mut links = super::links::of_article(conn, article)?;
    let appearances = speakers::read(conn, article)?;
    let shown: HashSet<ClaimId> = claims.iter().map(|(_, claim)| claim.id.clone()).collect();
    for (number, claim) in &mut claims {
        fill_spans(claim, spans.get(number).map_or(&[], Vec::as_slice));
        claim.same_as = links.remove(number).unwrap_or_default();
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
        by_hand: ByHand::default(),
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
