//! Claims that rules found: derived rows of an article's current revision and a rule set, not events.
//!
//! They can be made again, so a newer rule set simply replaces an older one's. Three things outlive that: what
//! people made by hand (a claim found where one of theirs stands is not written at all), what people did to a
//! claim that was found (its row stays as long as the journal speaks of it), and a claim's id, which follows
//! from its words, its speaker and its place among its like, not from the rule.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::claims::{self, Maker};
use super::spans::{self, Page, Role};
use super::sql_error::Fault;
use super::value::get;
use crate::model::event::Attribution;
use crate::model::{ArticleId, ByteRange, ClaimId, Findings, Found, NewClaim, Selector, Status};
use crate::text::anchor;
use crate::text::fold::fold;

/// The annotator of all that rules found.
const RULES: &str = "rules";

/// Share of their common bytes from which two claims are the same.
const SAME: f64 = 0.5;

/// Writes what was found in the article of `page`, in place of what an earlier rule set found.
pub(super) fn write(conn: &Connection, page: &Page, id: &ArticleId, findings: &Findings) -> Result<(), Fault> {
    let made = made_by_people(conn, page.article)?;
    let mut counts: HashMap<ClaimId, u32> = HashMap::new();
    let mut ids: Vec<ClaimId> = Vec::with_capacity(findings.claims.len());
    let mut kept: Vec<i64> = Vec::new();
    for found in &findings.claims {
        if let Some(twin) = made.iter().find(|(_, parts)| share(parts, &found.claim.parts) >= SAME) {
            ids.push(twin.0.clone());
            continue;
        }
        let claim = new_claim(page, id, found, &ids, &mut counts);
        ids.push(claim.id.clone());
        let maker = Maker::Rule { set: &findings.rule_set, rule: &found.rule, confidence: found.confidence };
        kept.push(claims::write(conn, page, maker, RULES, &claim)?);
    }
    drop_stale(conn, page.article, &kept)
}

/// The claims of an article that people made, each with its parts.
fn made_by_people(conn: &Connection, article: i64) -> Result<Vec<(ClaimId, Vec<ByteRange>)>, Fault> {
    let mut parts: HashMap<i64, Vec<ByteRange>> = HashMap::new();
    for span in spans::of_article(conn, article)? {
        if let (Role::Part, Some(range)) = (span.role, span.range) {
            parts.entry(span.claim).or_default().push(range);
        }
    }
    let mut statement = conn.prepare_cached(
        "SELECT id, public_id FROM claim WHERE article = ?1 AND event IS NOT NULL AND NOT withdrawn ORDER BY id",
    )?;
    let mut rows = statement.query([article])?;
    let mut made = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = get(row, 1)?;
        made.push((super::value::claim_id(&id)?, parts.remove(&get(row, 0)?).unwrap_or_default()));
    }
    Ok(made)
}

/// How much two claims have in common: the bytes in both by the bytes in either, 0 to 1.
fn share(one: &[ByteRange], other: &[ByteRange]) -> f64 {
    let len = |parts: &[ByteRange]| parts.iter().map(|part| part.len()).sum::<usize>();
    let both: usize = one.iter().flat_map(|a| other.iter().filter_map(|b| a.intersect(*b))).map(ByteRange::len).sum();
    let either = len(one) + len(other) - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

fn new_claim(
    page: &Page,
    article: &ArticleId,
    found: &Found,
    ids: &[ClaimId],
    counts: &mut HashMap<ClaimId, u32>,
) -> NewClaim {
    let claim = &found.claim;
    let selector = |range: &ByteRange| {
        let (prefix, suffix) = anchor::context(&page.text, *range);
        Selector { range: *range, exact: range.of(&page.text).into(), prefix: prefix.into(), suffix: suffix.into() }
    };
    let words: Vec<String> = claim.parts.iter().map(|part| fold(part.of(&page.text))).collect();
    let speaker = claim.speaker.as_ref().map(|speaker| fold(&speaker.name)).unwrap_or_default();
    let name = |nth: u32| {
        let words = words.join(" ");
        ClaimId::derive(&[
            RULES.as_bytes(),
            article.as_str().as_bytes(),
            words.as_bytes(),
            speaker.as_bytes(),
            &nth.to_be_bytes(),
        ])
    };
    // The same words by the same speaker may stand twice; their order in the text tells them apart.
    let count = counts.entry(name(0)).or_insert(0);
    let id = name(*count);
    *count += 1;
    NewClaim {
        id,
        article: article.clone(),
        text_sha256: page.sha256.clone(),
        parts: claim.parts.iter().map(selector).collect(),
        form: claim.form,
        polarity: claim.polarity,
        status: Status::Suggested,
        speaker: claim.speaker.as_ref().map(|speaker| Attribution {
            name: speaker.name.clone(),
            kind: speaker.kind,
            named: speaker.named,
            role: speaker.role.clone(),
            aliases: speaker.aliases.clone(),
        }),
        cue: claim.cue.as_ref().map(selector),
        mention: claim.mention.as_ref().map(selector),
        nested_in: found.nested_in.and_then(|outer| ids.get(outer)).cloned(),
    }
}

/// Drops what an earlier rule set found and this one doesn't, but for what the journal speaks of.
fn drop_stale(conn: &Connection, article: i64, kept: &[i64]) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM claim c WHERE article = ?1 AND event IS NULL
            AND NOT EXISTS (SELECT 1 FROM event_subject s WHERE s.kind = 1 AND s.subject = c.id)",
    )?;
    let derived: Vec<i64> = statement.query_map([article], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut drop = conn.prepare_cached("DELETE FROM claim WHERE id = ?1")?;
    for claim in derived.into_iter().filter(|claim| !kept.contains(claim)) {
        drop.execute(params![claim])?;
    }
    Ok(())
}
