//! Tags: words, the articles and claims that carry them, and how a set of them stands in one column.
//!
//! Which tags a subject *should* carry is for [`super::project`] to say; here they are only written and read.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::project::{Kind, Projection};
use super::sql_error::Fault;
use super::value::{damaged, get, json};
use crate::model::Tag;
use crate::text::fold::fold;

/// The tags of one subject, as the projection works with them.
pub(super) type Tags = BTreeSet<Tag>;

/// Tags in order of the alphabet: folded first, so that `été` comes before `zone`.
pub(super) fn in_order(tags: &Tags) -> Vec<Tag> {
    let mut tags: Vec<(String, &Tag)> = tags.iter().map(|tag| (fold(tag.as_str()), tag)).collect();
    tags.sort();
    tags.into_iter().map(|(_, tag)| tag.clone()).collect()
}

/// Tags as a column holds them: in order, separated by spaces.
pub(super) fn join(tags: &Tags) -> String {
    in_order(tags).iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
}

/// The tags of a column made by [`join`], in order.
pub(super) fn split(column: &str) -> Result<Vec<Tag>, Fault> {
    column.split_terminator(' ').map(|word| Tag::new(word).map_err(|why| damaged("a tag", why))).collect()
}

/// The numbers of tags, looked up once.
#[derive(Default)]
pub(super) struct Numbers(HashMap<Tag, i64>);

impl Numbers {
    /// The number of `tag`, given to it now where it has none.
    pub(super) fn of(&mut self, conn: &Connection, tag: &Tag) -> Result<i64, Fault> {
        if let Some(number) = self.0.get(tag) {
            return Ok(*number);
        }
        conn.prepare_cached("INSERT INTO tag (word) VALUES (?1) ON CONFLICT (word) DO NOTHING")?
            .execute([tag.as_str()])?;
        let number =
            conn.prepare_cached("SELECT id FROM tag WHERE word = ?1")?.query_row([tag.as_str()], |row| row.get(0))?;
        self.0.insert(tag.clone(), number);
        Ok(number)
    }

    /// Writes the difference between two sets of tags of an article.
    pub(super) fn retag_article(
        &mut self,
        conn: &Connection,
        article: i64,
        old: &Tags,
        new: &Tags,
    ) -> Result<(), Fault> {
        for tag in new.difference(old) {
            let tag = self.of(conn, tag)?;
            conn.prepare_cached("INSERT OR IGNORE INTO article_tag (tag, article) VALUES (?1, ?2)")?
                .execute([tag, article])?;
        }
        for tag in old.difference(new) {
            let tag = self.of(conn, tag)?;
            conn.prepare_cached("DELETE FROM article_tag WHERE tag = ?1 AND article = ?2")?.execute([tag, article])?;
        }
        Ok(())
    }

    /// Gives a claim these tags and no others.
    pub(super) fn retag_claim(&mut self, conn: &Connection, claim: i64, new: &Tags) -> Result<(), Fault> {
        conn.prepare_cached("DELETE FROM claim_tag WHERE claim = ?1")?.execute([claim])?;
        for tag in new {
            let tag = self.of(conn, tag)?;
            conn.prepare_cached("INSERT INTO claim_tag (claim, tag) VALUES (?1, ?2)")?.execute([claim, tag])?;
        }
        Ok(())
    }
}

/// The tags that a claim carries.
pub(super) fn of_claim(conn: &Connection, claim: i64) -> Result<Tags, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT t.word FROM claim_tag c JOIN tag t ON t.id = c.tag WHERE c.claim = ?1")?;
    let mut rows = statement.query([claim])?;
    let mut tags = Tags::new();
    while let Some(row) = rows.next()? {
        let word: String = get(row, 0)?;
        tags.insert(Tag::new(&word).map_err(|why| damaged("a tag", why))?);
    }
    Ok(tags)
}

/// All that carry a tag, in ascending order: what can be seen, and what would carry it if it came back into view.
pub(super) fn carriers(projection: &mut Projection<'_>, tag: &Tag) -> Result<Vec<(Kind, i64)>, Fault> {
    let conn = projection.conn();
    let mut carriers = subjects(
        conn,
        "SELECT 0, a.article FROM tag t JOIN article_tag a ON a.tag = t.id WHERE t.word = ?1
         UNION ALL SELECT 1, c.claim FROM tag t JOIN claim_tag c ON c.tag = t.id WHERE t.word = ?1",
        tag.as_str(),
    )?;
    let hidden = subjects(
        conn,
        "SELECT DISTINCT s.kind, s.subject FROM event e JOIN event_subject s ON s.event = e.seq
          WHERE e.kind IN ('tag', 'rename_tag') AND instr(e.payload, ?1)
            AND (s.kind = 0 AND s.subject IN (SELECT id FROM article WHERE removed)
              OR s.kind = 1 AND s.subject IN (SELECT c.id FROM claim c JOIN article a ON a.id = c.article
                                               WHERE c.withdrawn OR a.removed))",
        &json(&tag)?,
    )?;
    for (kind, subject) in hidden {
        let tags = match kind {
            Kind::Article => projection.article(subject)?.tags,
            Kind::Claim => projection.claim(subject)?.tags,
            Kind::Speaker => continue,
        };
        if tags.contains(tag) {
            carriers.push((kind, subject));
        }
    }
    carriers.sort_unstable();
    Ok(carriers)
}

fn subjects(conn: &Connection, sql: &str, word: &str) -> Result<Vec<(Kind, i64)>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([word])?;
    let mut subjects = Vec::new();
    while let Some(row) = rows.next()? {
        subjects.push((Kind::of_number(get(row, 0)?)?, get(row, 1)?));
    }
    Ok(subjects)
}

/// All tags that something visible carries, with how many articles and claims do; most used first, then by the alphabet.
pub(super) fn all(conn: &Connection) -> Result<Vec<(Tag, u64)>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT word, (SELECT count(*) FROM article_tag a WHERE a.tag = t.id)
                    + (SELECT count(*) FROM claim_tag ct JOIN claim c ON c.id = ct.claim
                        WHERE ct.tag = t.id AND c.status <> 'rejected')
           FROM tag t",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (word, count): (String, i64) = (get(row, 0)?, get(row, 1)?);
        if count > 0 {
            all.push((Tag::new(&word).map_err(|why| damaged("a tag", why))?, count.unsigned_abs()));
        }
    }
    all.sort_by_cached_key(|(tag, count)| (std::cmp::Reverse(*count), fold(tag.as_str()), tag.clone()));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_holds_tags_in_order_of_the_alphabet() {
        let tags: Tags = ["zone", "été", "IA", "ia"].iter().map(|word| Tag::new(word).expect("a tag")).collect();
        assert_eq!(join(&tags), "été IA ia zone");
        assert_eq!(split(&join(&tags)).expect("tags"), in_order(&tags));
        assert_eq!(join(&Tags::new()), "");
        assert!(split("").expect("none").is_empty());
    }
}
