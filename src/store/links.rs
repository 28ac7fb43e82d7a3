//! Links between claims that tell the same thing in two articles.
//!
//! Only claims of one speaker are compared, and only of speakers who are one across the store, so that nobody is
//! linked to words of somebody else. Links are made by a job of their own, never while an article is imported, from
//! the claims alone: they can be made again at any time. A claim or two that somebody made or amended are linked in the
//! same write, with the newest of their speaker, since people look for the link at once; where more changed, the
//! articles are noted for the job. They are kept both ways; for each claim the likest one of
//! each other article.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::sql_error::Fault;
use super::value::{article_id, claim_id, get};
use crate::model::claim::GAP;
use crate::model::{ArticleId, Elsewhere};
use crate::text::likeness::Gist;

/// Likeness from which two claims tell the same thing.
const ALIKE: f64 = 0.5;
/// Claims of one speaker that an article's are compared with, the newest first.
const COMPARED: i64 = 2_000;
/// The same for a claim that is linked at once, in the write that made it.
const COMPARED_AT_ONCE: i64 = 500;
/// Claims of one write that are linked at once; of more, their articles are left to the job.
const AT_ONCE: usize = 4;

/// The links of an article's claims. The sign before `o.speaker` keeps the store from beginning with all that the
/// speaker ever said, for each claim anew.
const OF_ARTICLE: &str = "
     SELECT s.claim, o.public_id, l.id, l.title, l.source, group_concat(p.exact, ?2 ORDER BY p.ord)
       FROM claim c
       JOIN same_as s ON s.claim = c.id
       JOIN claim o ON o.id = s.other AND NOT o.withdrawn AND NOT o.covered AND o.status <> 'rejected'
                   AND +o.speaker = c.speaker
       JOIN list l ON l.article = o.article
       JOIN span p ON p.claim = o.id AND p.role = 'part'
      WHERE c.article = ?1
        AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.relation = 'same' AND r.claim = c.id AND r.other = o.id)
        AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.relation = 'same' AND r.claim = o.id AND r.other = c.id)
      GROUP BY s.claim, s.other ORDER BY s.claim, l.sort, l.article, o.start";

struct Candidate {
    claim: i64,
    article: i64,
    gist: Gist,
}

/// Links the claims of an article anew; how many links it has then.
pub(super) fn relink(conn: &Connection, article: i64) -> Result<usize, Fault> {
    conn.prepare_cached(
        "DELETE FROM same_as WHERE claim IN (SELECT id FROM claim WHERE article = ?1)
             OR other IN (SELECT id FROM claim WHERE article = ?1)",
    )?
    .execute([article])?;
    let mut speakers = conn.prepare_cached(
        "SELECT DISTINCT s.id FROM claim c JOIN speaker s ON s.id = c.speaker
          WHERE c.article = ?1 AND s.article IS NULL ORDER BY s.id",
    )?;
    let speakers: Vec<i64> = speakers.query_map([article], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut links = 0;
    for speaker in speakers {
        let (own, others): (Vec<_>, Vec<_>) =
            candidates(conn, speaker, article, COMPARED)?.into_iter().partition(|one| one.article == article);
        links += write(conn, &pairs(&own, &others))?;
    }
    conn.prepare_cached("DELETE FROM unlinked WHERE article = ?1")?.execute([article])?;
    Ok(links)
}

fn write(conn: &Connection, pairs: &[(i64, i64)]) -> Result<usize, Fault> {
    let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO same_as (claim, other) VALUES (?1, ?2)")?;
    let mut links = 0;
    for (claim, other) in pairs {
        links += insert.execute([claim, other])?;
        insert.execute([other, claim])?;
    }
    Ok(links)
}

/// Links claims whose words or speakers changed: a few at once, of more the articles are noted for the job.
pub(super) fn follow(conn: &Connection, claims: &BTreeSet<i64>) -> Result<(), Fault> {
    for claim in claims {
        if claims.len() <= AT_ONCE {
            relink_claim(conn, *claim)?;
        } else {
            conn.prepare_cached("INSERT OR IGNORE INTO unlinked SELECT article FROM claim WHERE id = ?1")?
                .execute([claim])?;
        }
    }
    Ok(())
}

fn relink_claim(conn: &Connection, claim: i64) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM same_as WHERE claim = ?1 OR other = ?1")?.execute([claim])?;
    let found: Option<(i64, i64)> = conn
        .prepare_cached(
            "SELECT c.speaker, c.article FROM claim c JOIN speaker s ON s.id = c.speaker
              WHERE c.id = ?1 AND s.article IS NULL",
        )?
        .query_row([claim], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((speaker, article)) = found else { return Ok(()) };
    let all = candidates(conn, speaker, article, COMPARED_AT_ONCE)?;
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.article == article);
    let own: Vec<Candidate> = own.into_iter().filter(|one| one.claim == claim).collect();
    write(conn, &pairs(&own, &others))?;
    Ok(())
}

/// Some of the articles whose claims have changed since they were linked.
pub(super) fn waiting(conn: &Connection, limit: usize) -> Result<Vec<i64>, Fault> {
    let mut statement = conn.prepare_cached("SELECT article FROM unlinked ORDER BY article LIMIT ?1")?;
    let articles = statement.query_map([limit as i64], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(articles)
}

/// The claims of a speaker that can be seen: those of `article`, and the newest of the others.
fn candidates(conn: &Connection, speaker: i64, article: i64, most: i64) -> Result<Vec<Candidate>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT c.id, c.article, group_concat(p.exact, ' ' ORDER BY p.ord) FROM claim c
           JOIN list l ON l.article = c.article
           JOIN span p ON p.claim = c.id AND p.role = 'part'
          WHERE c.speaker = ?1 AND NOT c.withdrawn AND NOT c.covered AND c.status <> 'rejected'
          GROUP BY c.id ORDER BY c.article <> ?2, c.id DESC LIMIT ?3",
    )?;
    let mut rows = statement.query(params![speaker, article, most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let words: String = get(row, 2)?;
        found.push(Candidate { claim: get(row, 0)?, article: get(row, 1)?, gist: Gist::new(&words) });
    }
    Ok(found)
}

/// For each claim of `own` the likest one of each other article, where it is alike enough.
fn pairs(own: &[Candidate], others: &[Candidate]) -> Vec<(i64, i64)> {
    let mut pairs = Vec::new();
    for one in own {
        let mut best: HashMap<i64, (f64, i64)> = HashMap::new();
        for other in others {
            let likeness = one.gist.likeness(&other.gist);
            let known = best.get(&other.article).is_some_and(|(known, _)| *known >= likeness);
            if likeness >= ALIKE && !known {
                best.insert(other.article, (likeness, other.claim));
            }
        }
        pairs.extend(best.into_values().map(|(_, other)| (one.claim, other)));
    }
    pairs.sort_unstable();
    pairs
}

/// The links of an article's claims that lead to something that can be seen, by claim; without those of which somebody
/// said that they are, or aren't, the same.
pub(super) fn of_article(conn: &Connection, article: i64) -> Result<HashMap<i64, Vec<Elsewhere>>, Fault> {
    let mut statement = conn.prepare_cached(OF_ARTICLE)?;
    let mut rows = statement.query(params![article, GAP])?;
    let mut links: HashMap<i64, Vec<Elsewhere>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (claim, id): (String, String) = (get(row, 1)?, get(row, 2)?);
        let article: ArticleId = article_id(&id)?;
        let elsewhere = Elsewhere {
            claim: claim_id(&claim)?,
            article,
            title: get(row, 3)?,
            source: get(row, 4)?,
            quote: get(row, 5)?,
        };
        links.entry(get(row, 0)?).or_default().push(elsewhere);
    }
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_looked_up_from_the_claims_of_the_article() {
        let conn = Connection::open_in_memory().expect("a store");
        for sql in super::super::schema::MIGRATIONS {
            conn.execute_batch(sql).expect("the schema");
        }
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {OF_ARTICLE}")).expect("a plan");
        let steps = statement.query_map(params![1, GAP], |row| row.get(3)).expect("steps");
        let steps: Vec<String> = steps.collect::<Result<_, _>>().expect("steps");
        let claims = steps.iter().filter(|step| step.starts_with("SEARCH c ") || step.starts_with("SEARCH o "));
        assert_eq!(
            claims.collect::<Vec<_>>(),
            ["SEARCH c USING INDEX claim_of_article (article=?)", "SEARCH o USING INTEGER PRIMARY KEY (rowid=?)"]
        );
    }
}
