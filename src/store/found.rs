//! Claims that rules found: derived rows of an article's current revision and a rule set, not events.
//!
//! They can be made again, so a newer rule set simply replaces an older one's. Three things outlive that: what
//! people made by hand (a claim found where one of theirs stands is covered by it), what people did to a
//! claim that was found (its row stays as long as the journal speaks of it), and a claim's id, which doesn't
//! follow from the rule that found it.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use super::claims::{self, Maker};
use super::spans::{self, Page, Role};
use super::sql_error::Fault;
use crate::model::claim::RULES;
use crate::model::event::Attribution;
use crate::model::{ArticleId, ByteRange, Findings, Found, NewClaim, Selector, Status};
use crate::text::anchor;

/// Share of their common bytes from which two claims are the same.
const SAME: f64 = 0.5;

/// Writes what was found in the article of `page`, in place of what an earlier rule set found.
pub(super) fn write(conn: &Connection, page: &Page, id: &ArticleId, findings: &Findings) -> Result<(), Fault> {
    let mut kept: HashSet<i64> = HashSet::with_capacity(findings.claims.len());
    for found in &findings.claims {
        let claim = new_claim(page, id, found, &findings.claims);
        let maker = Maker::Rule { set: &findings.rule_set, rule: &found.rule, confidence: found.confidence };
        kept.insert(claims::write(conn, page, maker, RULES, &claim)?);
    }
    drop_stale(conn, page.article, &kept)?;
    cover(conn, page.article)
}

/// Hides what rules found where a claim of a person's stands, and shows it again where that is gone; what people did
/// something to stays in sight.
pub(super) fn cover(conn: &Connection, article: i64) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT id, event IS NULL, withdrawn, covered,
                EXISTS (SELECT 1 FROM event_subject s WHERE s.kind = 1 AND s.subject = claim.id)
           FROM claim WHERE article = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([article], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?, row.get::<_, bool>(2)?, row.get::<_, bool>(3)?, row.get(4)?))
    })?;
    let claims: Vec<(i64, bool, bool, bool, bool)> = rows.collect::<Result<_, _>>()?;
    if !claims.iter().any(|(_, found, ..)| *found) {
        return Ok(());
    }
    let mut parts: HashMap<i64, Vec<ByteRange>> = HashMap::new();
    for span in spans::of_article(conn, article)? {
        if let (Role::Part, Some(range)) = (span.role, span.range) {
            parts.entry(span.claim).or_default().push(range);
        }
    }
    let parts = |claim: i64| parts.get(&claim).map_or(&[][..], Vec::as_slice);
    let people = claims.iter().filter(|(_, found, withdrawn, ..)| !found && !withdrawn).map(|(claim, ..)| *claim);
    let people: Vec<i64> = people.collect();
    for (claim, _, _, covered, touched) in claims.iter().filter(|(_, found, ..)| *found) {
        let cover = !touched && people.iter().any(|made| share(parts(*made), parts(*claim)) >= SAME);
        if cover != *covered {
            conn.prepare_cached("UPDATE claim SET covered = ?2 WHERE id = ?1")?.execute(params![claim, cover])?;
        }
    }
    Ok(())
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
        speaker: claim.speaker.as_ref().map(|speaker| Attribution {
            name: speaker.name.clone(),
            kind: speaker.kind,
            named: speaker.named,
            role: speaker.role.clone(),
            aliases: speaker.aliases.clone(),
        }),
        cue: claim.cue.as_ref().map(selector),
        mention: claim.mention.as_ref().map(selector),
        nested_in: found.nested_in.and_then(|outer| all.get(outer)).map(|outer| outer.id.clone()),
    }
}

/// Drops what an earlier rule set found and this one doesn't, but for what the journal speaks of.
fn drop_stale(conn: &Connection, article: i64, kept: &HashSet<i64>) -> Result<(), Fault> {
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
