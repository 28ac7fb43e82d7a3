//! Relations between claims, made by hand: the same, supports, contradicts. Kept once for both ends, shown at both.
//!
//! That two claims aren't the same is kept too, since it silences a link that the words would make.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::sql_error::Fault;
use super::state::Bond;
use super::value::{article_id, claim_id, get, word};
use crate::model::claim::GAP;
use crate::model::{Elsewhere, Related, Relation};

/// Gives a claim these bonds and no others; the other ends follow by themselves, since each event tells both.
pub(super) fn write(conn: &Connection, claim: i64, bonds: &BTreeMap<Bond, bool>) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM relation WHERE claim = ?1 OR other = ?1")?.execute([claim])?;
    for ((one, other, relation), holds) in bonds {
        conn.prepare_cached(
            "INSERT INTO relation (claim, other, relation, holds)
             SELECT c.id, o.id, ?3, ?4 FROM claim c JOIN claim o ON o.public_id = ?2 WHERE c.public_id = ?1",
        )?
        .execute(params![one.as_str(), other.as_str(), relation.word(), holds])?;
    }
    Ok(())
}

/// The bonds of a claim, as they were written down.
pub(super) fn of_claim(conn: &Connection, claim: i64) -> Result<BTreeMap<Bond, bool>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT c.public_id, o.public_id, r.relation, r.holds
           FROM relation r JOIN claim c ON c.id = r.claim JOIN claim o ON o.id = r.other
          WHERE r.claim = ?1 OR r.other = ?1",
    )?;
    let mut rows = statement.query([claim])?;
    let mut bonds = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let text = |column| get::<String>(row, column);
        let relation = word(&text(2)?, Relation::from_word)?;
        bonds.insert((claim_id(&text(0)?)?, claim_id(&text(1)?)?, relation), get(row, 3)?);
    }
    Ok(bonds)
}

/// Whether a bond is kept, and then whether it holds.
pub(super) fn holds(conn: &Connection, bond: &Bond) -> Result<Option<bool>, Fault> {
    let (one, other, relation) = bond;
    let holds = conn
        .prepare_cached(
            "SELECT r.holds FROM claim c JOIN relation r ON r.claim = c.id JOIN claim o ON o.id = r.other
              WHERE c.public_id = ?1 AND o.public_id = ?2 AND r.relation = ?3",
        )?
        .query_row(params![one.as_str(), other.as_str(), relation.word()], |row| row.get(0))
        .optional()?;
    Ok(holds)
}

/// What the claims of an article are to others that can be seen, by claim; those of the same article first.
pub(super) fn of_article(conn: &Connection, article: i64) -> Result<HashMap<i64, Vec<Related>>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT c.id, r.relation, r.other = c.id, o.public_id, l.id, l.title, l.source,
                (SELECT group_concat(p.exact, ?2 ORDER BY p.ord) FROM span p WHERE p.claim = o.id AND p.role = 'part')
           FROM claim c
           JOIN relation r ON r.holds AND (r.claim = c.id OR r.other = c.id)
           JOIN claim o ON o.id = r.claim + r.other - c.id AND NOT o.withdrawn AND NOT o.covered
                       AND o.status <> 'rejected'
           JOIN list l ON l.article = o.article
          WHERE c.article = ?1
          ORDER BY c.id, o.article <> ?1, l.sort, l.article, o.start, o.id, r.relation",
    )?;
    let mut rows = statement.query(params![article, GAP])?;
    let mut related: HashMap<i64, Vec<Related>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let text = |column| get::<String>(row, column);
        let relation = word(&text(1)?, Relation::from_word)?;
        let other = Elsewhere {
            claim: claim_id(&text(3)?)?,
            article: article_id(&text(4)?)?,
            title: text(5)?,
            source: get(row, 6)?,
            quote: text(7)?,
        };
        let passive = !relation.is_mutual() && get::<bool>(row, 2)?;
        related.entry(get(row, 0)?).or_default().push(Related { relation, passive, other });
    }
    Ok(related)
}
