//! Claims that rules found: derived rows of an article's current revision and a rule set, not events.
//!
//! They can be made again, so a newer rule set simply replaces an older one's. Three things outlive that: what
//! people made by hand (a claim found where one of theirs stands is covered by it), what people did to a
//! claim that was found (its row stays as long as the journal speaks of it, and as they left it), and a claim's id,
//! which doesn't follow from the rule that found it.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::claims::{self, Maker};
use super::spans::{self, Page, Role};
use super::sql_error::Fault;
use super::value::get;
use crate::model::claim::RULES;
use crate::model::event::Attribution;
use crate::model::{ArticleId, ByteRange, ClaimId, Findings, Found, NewClaim, Selector, Status};
use crate::text::anchor;

/// Share of their common bytes from which two claims are the same.
const SAME: f64 = 0.5;

/// Writes what was found in the article of `page`, in place of what an earlier rule set found.
pub(super) fn write(conn: &Connection, page: &Page, id: &ArticleId, findings: &Findings) -> Result<(), Fault> {
    let mut kept: HashSet<i64> = HashSet::with_capacity(findings.claims.len());
    for found in &findings.claims {
        if let Some(claim) = by_hand(conn, &found.id)? {
            kept.insert(claim);
            continue;
        }
        let claim = new_claim(page, id, found, &findings.claims);
        let maker = Maker::Rule { set: &findings.rule_set, rule: &found.rule, confidence: found.confidence };
        kept.insert(claims::write(conn, page, maker, RULES, &claim)?);
    }
    drop_stale(conn, page.article, &kept)
}

/// The claim of this id, where it is as people made or left it and rules have no say in it any more.
fn by_hand(conn: &Connection, id: &ClaimId) -> Result<Option<i64>, Fault> {
    let sql = format!("SELECT c.id FROM claim c WHERE c.public_id = ?1 AND NOT c.withdrawn AND {BY_HAND}");
    Ok(conn.prepare_cached(&sql)?.query_row([id.as_str()], |row| row.get(0)).optional()?)
}

/// Whether something that people made of a claim `c` stands.
const BY_HAND: &str = "(c.event IS NOT NULL OR c.status <> 'suggested' OR c.amended IS NOT NULL
    OR EXISTS (SELECT 1 FROM claim_tag t WHERE t.claim = c.id)
    OR EXISTS (SELECT 1 FROM note n WHERE n.kind = 1 AND n.subject = c.id)
    OR EXISTS (SELECT 1 FROM relation r WHERE r.claim = c.id OR r.other = c.id))";

/// A claim that says what stands in its place: made by hand, or one that something was done to and that isn't found any
/// more there.
struct Ruler {
    claim: i64,
    id: String,
    nested_in: Option<String>,
}

/// A claim that rules found.
struct Suggestion {
    claim: i64,
    id: String,
    nested_in: Option<String>,
    covered: bool,
    /// The journal speaks of it.
    touched: bool,
    /// Rules don't find it any more, and nothing that people made of it stands.
    lost: bool,
}

/// Hides what rules found where a claim stands that people made or did something to, and shows it again where that is
/// gone. What people did something to stays in sight; what they did nothing to, and rules don't find any more, doesn't.
///
/// A claim that the rules find still was found beside the others, so these are others: only one that
/// they don't find any more, or that was put elsewhere by hand, says what stands in its place.
pub(super) fn cover(conn: &Connection, article: i64) -> Result<(), Fault> {
    let suggestions = suggestions(conn, article)?;
    if suggestions.is_empty() {
        return Ok(());
    }
    let rulers = rulers(conn, article)?;
    let mut parts: HashMap<i64, Vec<ByteRange>> = HashMap::new();
    for span in spans::of_article(conn, article)? {
        if let (Role::Part, Some(range)) = (span.role, span.range) {
            parts.entry(span.claim).or_default().push(range);
        }
    }
    let parts = |claim: i64| parts.get(&claim).map_or(&[][..], Vec::as_slice);
    for one in suggestions {
        let rules = |ruler: &Ruler| {
            let nested = one.nested_in.as_ref() == Some(&ruler.id) || ruler.nested_in.as_ref() == Some(&one.id);
            !nested && share(parts(ruler.claim), parts(one.claim)) >= SAME
        };
        let cover = one.lost || (!one.touched && rulers.iter().any(rules));
        if cover != one.covered {
            conn.prepare_cached("UPDATE claim SET covered = ?2 WHERE id = ?1")?.execute(params![one.claim, cover])?;
        }
    }
    Ok(())
}

fn rulers(conn: &Connection, article: i64) -> Result<Vec<Ruler>, Fault> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT c.id, c.public_id, c.nested_in FROM claim c
          WHERE c.article = ?1 AND NOT c.withdrawn
            AND (c.event IS NOT NULL OR c.stale AND {BY_HAND} OR c.amended LIKE '%\"ranges\"%')"
    ))?;
    let rulers = statement
        .query_map([article], |row| Ok(Ruler { claim: row.get(0)?, id: row.get(1)?, nested_in: row.get(2)? }))?
        .collect::<Result<_, _>>()?;
    Ok(rulers)
}

fn suggestions(conn: &Connection, article: i64) -> Result<Vec<Suggestion>, Fault> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT c.id, c.public_id, c.nested_in, c.covered,
                EXISTS (SELECT 1 FROM event_subject s WHERE s.kind = 1 AND s.subject = c.id), c.stale AND NOT {BY_HAND}
           FROM claim c WHERE c.article = ?1 AND c.event IS NULL ORDER BY c.id"
    ))?;
    let mut rows = statement.query([article])?;
    let mut suggestions = Vec::new();
    while let Some(row) = rows.next()? {
        suggestions.push(Suggestion {
            claim: get(row, 0)?,
            id: get(row, 1)?,
            nested_in: get(row, 2)?,
            covered: get(row, 3)?,
            touched: get(row, 4)?,
            lost: get(row, 5)?,
        });
    }
    Ok(suggestions)
}

/// How much two claims have in common: the bytes in both by the bytes in either, 0 to 1.
fn share(one: &[ByteRange], other: &[ByteRange]) -> f64 {
    let len = |parts: &[ByteRange]| parts.iter().map(|part| part.len()).sum::<usize>();
    let both: usize = one.iter().flat_map(|a| other.iter().filter_map(|b| a.intersect(*b))).map(ByteRange::len).sum();
    let either = len(one) + len(other) - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

fn new_claim(page: &Page, article: &ArticleId, found: &Found, all: &[Found]) -> NewClaim {
    let claim = &found.claim;
    let selector = |range: &ByteRange| {
        let (prefix, suffix) = anchor::context(&page.text, *range);
        Selector { range: *range, exact: range.of(&page.text).into(), prefix: prefix.into(), suffix: suffix.into() }
    };
    NewClaim {
        id: found.id.clone(),
        article: article.clone(),
        text_sha256: page.sha256.clone(),
        parts: claim.parts.iter().map(selector).collect(),
        form: claim.form,
        polarity: claim.polarity,
        status: Status::Suggested,
        speaker: claim.speaker.as_ref().map(Attribution::from),
        cue: claim.cue.as_ref().map(selector),
        mention: claim.mention.as_ref().map(selector),
        nested_in: found.nested_in.and_then(|outer| all.get(outer)).map(|outer| outer.id.clone()),
    }
}

/// Drops what an earlier rule set found and this one doesn't, but for what the journal speaks of; that is marked.
fn drop_stale(conn: &Connection, article: i64, kept: &HashSet<i64>) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT id, EXISTS (SELECT 1 FROM event_subject s WHERE s.kind = 1 AND s.subject = c.id)
           FROM claim c WHERE article = ?1 AND event IS NULL",
    )?;
    let derived: Vec<(i64, bool)> =
        statement.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (claim, touched) in derived {
        if touched {
            conn.prepare_cached("UPDATE claim SET stale = ?2 WHERE id = ?1")?
                .execute(params![claim, !kept.contains(&claim)])?;
        } else if !kept.contains(&claim) {
            conn.prepare_cached("DELETE FROM claim WHERE id = ?1")?.execute([claim])?;
        }
    }
    Ok(())
}
