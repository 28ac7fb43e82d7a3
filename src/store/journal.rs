//! The journal: acts as immutable events, undone and redone by further events.
//!
//! An act is recorded whole or not at all, and only as far as it changes something. Recording an act, or a claim, that
//! the journal knows changes nothing, so that a write whose outcome is unknown can simply be tried again.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::project::{Kind, Projection};
use super::sql_error::Fault;
use super::state::ArticleState;
use super::summary::{self, Told};
use super::value::{get, json, nanos, of_json, time, uuid};
use super::{Recorded, Reverted, claims, listing, naming, review, tags};
use crate::error::Error;
use crate::model::listing::LogRow;
use crate::model::{Act, Deed, NewClaim, Subject};

/// The act that an annotator's undo takes back.
pub(super) const LAST_TO_UNDO: &str =
    "SELECT grp FROM act WHERE annotator = ?1 AND undone IS NULL AND kind NOT IN ('undo', 'redo')
      ORDER BY id DESC LIMIT 1";
/// The act that an annotator's redo does again: the one undone last, unless they did something new since.
const LAST_TO_REDO: &str = "SELECT grp FROM act WHERE annotator = ?1 AND undone IS NOT NULL
        AND undone > (SELECT max(id) FROM act WHERE annotator = ?1 AND kind NOT IN ('undo', 'redo'))
      ORDER BY undone DESC LIMIT 1";

/// Undo or redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

impl Way {
    fn deed(self, group: Uuid) -> Deed {
        match self {
            Self::Undo => Deed::Undo { group },
            Self::Redo => Deed::Redo { group },
        }
    }
}

/// An act while it is being recorded. Its row is made with its first event, since one that changes nothing has none.
pub(super) struct Entry<'a> {
    pub conn: &'a Connection,
    pub act: &'a Act,
    row: Option<i64>,
    told: Vec<Told>,
}

impl Entry<'_> {
    /// Appends the event of the act's deed number `n`.
    pub(super) fn event(&mut self, n: usize, deed: &Deed) -> Result<i64, Fault> {
        let Act { group, annotator, time, .. } = self.act;
        if self.row.is_none() {
            self.conn
                .prepare_cached("INSERT INTO act (grp, annotator, time, kind, summary) VALUES (?1, ?2, ?3, ?4, '')")?
                .execute(params![group.as_bytes(), annotator, nanos(*time), summary::kind(deed)])?;
            self.row = Some(self.conn.last_insert_rowid());
        }
        self.conn
            .prepare_cached(
                "INSERT INTO event (id, grp, annotator, time, kind, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                event_id(*group, *time, n).as_bytes(),
                group.as_bytes(),
                annotator,
                nanos(*time),
                summary::kind(deed),
                json(&without_subjects(deed))?
            ])?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Notes that an event changed a subject.
    pub(super) fn subject(&self, event: i64, kind: Kind, subject: i64) -> Result<(), Fault> {
        self.conn.prepare_cached("INSERT INTO event_subject (event, kind, subject) VALUES (?1, ?2, ?3)")?.execute([
            event,
            kind as i64,
            subject,
        ])?;
        Ok(())
    }

    /// Tells what became of a deed: how many articles it changed, and how many claims or speakers.
    pub(super) fn tell(&mut self, deed: &Deed, articles: usize, others: usize) {
        self.told.push(Told::new(deed, articles, others));
    }

    /// Writes what the act was, in words, and how many subjects it changed.
    fn close(self) -> Result<Recorded, Fault> {
        let Some(row) = self.row else { return Ok(Recorded::NOTHING) };
        let summary = summary::of(&self.told);
        self.conn.prepare_cached("UPDATE act SET summary = ?2 WHERE id = ?1")?.execute(params![row, summary])?;
        let changed = match self.told.as_slice() {
            [one] => one.subjects(),
            _ => subjects(self.conn, self.act.group)?.len(),
        };
        Ok(Recorded { changed, summary })
    }
}

/// The id of an act's `n`th event: a UUID v7 of the act's time whose random part follows from the act's name, so that
/// the same act has the same events in every store.
fn event_id(group: Uuid, time: Timestamp, n: usize) -> Uuid {
    let digest = Sha256::new().chain_update(group.as_bytes()).chain_update((n as u64).to_be_bytes()).finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    let millis = u64::try_from(time.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// The deed as its event keeps it: its subjects stand in a table of their own.
fn without_subjects(deed: &Deed) -> Deed {
    match deed {
        Deed::Tag { add, remove, .. } => Deed::Tag { subjects: Vec::new(), add: add.clone(), remove: remove.clone() },
        Deed::Remove { .. } => Deed::Remove { articles: Vec::new() },
        Deed::Review { status, .. } => Deed::Review { claims: Vec::new(), status: *status },
        Deed::Amend { change, .. } => Deed::Amend { claims: Vec::new(), change: change.clone() },
        _ => deed.clone(),
    }
}

/// Records an act and brings the state up to it.
pub(super) fn record(conn: &Connection, act: &Act) -> Result<Recorded, Fault> {
    if is_known(conn, act.group)? {
        return Ok(Recorded::NOTHING);
    }
    let mut projection = Projection::new(conn);
    let mut entry = Entry { conn, act, row: None, told: Vec::new() };
    for (n, deed) in act.deeds.iter().enumerate() {
        match deed {
            Deed::Tag { subjects, .. } => {
                let subjects = resolve(conn, subjects)?;
                apply(&mut entry, &mut projection, n, deed, &subjects)?;
            }
            Deed::Remove { articles } => {
                let mut subjects = Vec::with_capacity(articles.len());
                for article in articles {
                    subjects.push((Kind::Article, number(conn, "article", article.as_str())?));
                }
                apply(&mut entry, &mut projection, n, deed, &sorted(subjects))?;
            }
            Deed::Claim(new) => make_claim(&mut entry, &mut projection, n, new)?,
            Deed::Undo { group } => {
                revert(&mut entry, &mut projection, n, *group, Way::Undo)?;
            }
            Deed::Redo { group } => {
                revert(&mut entry, &mut projection, n, *group, Way::Redo)?;
            }
            Deed::Review { claims, status } => review::review(&mut entry, &mut projection, n, claims, *status)?,
            Deed::Amend { claims, change } => review::amend(&mut entry, &mut projection, n, claims, change)?,
            Deed::Note { subject, text } => review::note(&mut entry, &mut projection, n, subject, text)?,
            Deed::Relate { .. } => review::relate(&mut entry, &mut projection, n, deed)?,
            Deed::RenameSpeaker { .. }
            | Deed::SetRole { .. }
            | Deed::SetKind { .. }
            | Deed::Merge { .. }
            | Deed::Split { .. }
            | Deed::TellApart { .. } => naming::record(&mut entry, &mut projection, n, deed)?,
            Deed::RenameTag { from, .. } | Deed::DeleteTag { tag: from } => {
                let subjects = tags::carriers(&mut projection, from)?;
                if subjects.is_empty() {
                    return Err(Error::NoSuch { what: "tag", id: from.as_str().to_owned() }.into());
                }
                apply(&mut entry, &mut projection, n, deed, &subjects)?;
            }
        }
    }
    projection.finish()?;
    entry.close()
}

fn is_known(conn: &Connection, group: Uuid) -> Result<bool, Fault> {
    Ok(conn.prepare_cached("SELECT 1 FROM act WHERE grp = ?1")?.exists([group.as_bytes()])?)
}

/// The numbers of subjects, ascending, each once: rows are then met in the order in which they lie in the file.
fn resolve(conn: &Connection, subjects: &[Subject]) -> Result<Vec<(Kind, i64)>, Fault> {
    let mut found = Vec::with_capacity(subjects.len());
    for subject in subjects {
        found.push(match subject {
            Subject::Article(id) => (Kind::Article, number(conn, "article", id.as_str())?),
            Subject::Claim(id) => (Kind::Claim, number(conn, "claim", id.as_str())?),
        });
    }
    Ok(sorted(found))
}

fn sorted(mut subjects: Vec<(Kind, i64)>) -> Vec<(Kind, i64)> {
    subjects.sort_unstable();
    subjects.dedup();
    subjects
}

/// The number of the article or claim with this id.
pub(super) fn number(conn: &Connection, what: &'static str, id: &str) -> Result<i64, Fault> {
    let sql = match what {
        "article" => "SELECT id FROM article WHERE public_id = ?1",
        _ => "SELECT id FROM claim WHERE public_id = ?1",
    };
    let number = conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    number.ok_or_else(|| Error::NoSuch { what, id: id.to_owned() }.into())
}

/// Applies a deed to those of its subjects that it changes. One that was taken out of view meanwhile is passed over.
fn apply(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    deed: &Deed,
    subjects: &[(Kind, i64)],
) -> Result<(), Fault> {
    let mut event = None;
    let (mut articles, mut claims) = (0, 0);
    for &(kind, subject) in subjects {
        let seen = match kind {
            Kind::Article => listing::tags_of(entry.conn, subject)?,
            Kind::Claim => projection.tags_of_claim(subject)?,
            Kind::Speaker => None,
        };
        let is_seen = seen.is_some();
        let tags = match (seen, kind) {
            (Some(tags), _) => tags,
            // A tag that is gone doesn't come back with what was out of view meanwhile.
            (None, Kind::Article) if is_for_all(deed) => projection.article(subject)?.tags,
            (None, Kind::Claim) if is_for_all(deed) => projection.claim(subject)?.tags,
            (None, _) => continue,
        };
        let before = ArticleState { tags, ..ArticleState::default() };
        let mut after = before.clone();
        after.take(deed);
        if after == before {
            continue;
        }
        let event = match event {
            Some(event) => event,
            None => *event.insert(entry.event(n, deed)?),
        };
        entry.subject(event, kind, subject)?;
        match kind {
            Kind::Article if is_seen => {
                projection.write_article(subject, &after)?;
                articles += 1;
            }
            Kind::Claim if is_seen => {
                projection.retag_claim(subject, &after.tags)?;
                claims += 1;
            }
            _ => {}
        }
    }
    if event.is_some() {
        entry.tell(deed, articles, claims);
    }
    Ok(())
}

/// Whether a deed is done to all that carry a tag, seen or not.
const fn is_for_all(deed: &Deed) -> bool {
    matches!(deed, Deed::RenameTag { .. } | Deed::DeleteTag { .. })
}

fn make_claim(entry: &mut Entry<'_>, projection: &mut Projection<'_>, n: usize, new: &NewClaim) -> Result<(), Fault> {
    let conn = entry.conn;
    let article = claims::article_of(conn, new)?;
    let known = conn
        .prepare_cached("SELECT 1 FROM claim WHERE public_id = ?1 AND event IS NOT NULL AND NOT withdrawn")?
        .exists([new.id.as_str()])?;
    let removed: bool =
        conn.prepare_cached("SELECT removed FROM article WHERE id = ?1")?.query_row([article], |row| row.get(0))?;
    if known || removed {
        return Ok(());
    }
    let deed = Deed::Claim(Box::new(new.clone()));
    let event = entry.event(n, &deed)?;
    let claim = projection.add_claim(article, event, &entry.act.annotator, new)?;
    entry.subject(event, Kind::Claim, claim)?;
    // Tags that it had before it was taken back are its tags again.
    projection.settle(Kind::Claim, claim)?;
    entry.tell(&deed, 0, 1);
    Ok(())
}

/// Takes an act of the same annotator back, or does it again; `None` where there is no such act in that state.
fn revert(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    group: Uuid,
    way: Way,
) -> Result<Option<String>, Fault> {
    let conn = entry.conn;
    let found: Option<(i64, String)> = conn
        .prepare_cached(
            "SELECT id, summary FROM act
              WHERE grp = ?1 AND annotator = ?2 AND (undone IS NULL) = ?3 AND kind NOT IN ('undo', 'redo')",
        )?
        .query_row(params![group.as_bytes(), entry.act.annotator, way == Way::Undo], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((target, words)) = found else { return Ok(None) };
    let deed = way.deed(group);
    entry.event(n, &deed)?;
    conn.prepare_cached("UPDATE act SET undone = ?2 WHERE id = ?1")?
        .execute(params![target, entry.row.filter(|_| way == Way::Undo)])?;
    projection.forget();
    let subjects = subjects(conn, group)?;
    for &(kind, subject) in &subjects {
        projection.settle(kind, subject)?;
    }
    entry.told.push(Told::reverting(&deed, &words, subjects.len()));
    Ok(Some(words))
}

/// What an act changed, in ascending order, each subject once.
fn subjects(conn: &Connection, group: Uuid) -> Result<Vec<(Kind, i64)>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT s.kind, s.subject FROM event e JOIN event_subject s ON s.event = e.seq WHERE e.grp = ?1
          ORDER BY s.kind, s.subject",
    )?;
    let mut rows = statement.query([group.as_bytes()])?;
    let mut subjects = Vec::new();
    while let Some(row) = rows.next()? {
        subjects.push((Kind::of_number(get(row, 0)?)?, get(row, 1)?));
    }
    Ok(subjects)
}

/// Takes back the annotator's last act that stands, or does the one again that was taken back last.
pub(super) fn step(
    conn: &Connection,
    way: Way,
    annotator: &str,
    group: Uuid,
    now: Timestamp,
) -> Result<Option<Reverted>, Fault> {
    if let Some(done) = done_before(conn, group)? {
        return Ok(Some(done));
    }
    let sql = if way == Way::Undo { LAST_TO_UNDO } else { LAST_TO_REDO };
    let target: Option<Vec<u8>> = conn.prepare_cached(sql)?.query_row([annotator], |row| row.get(0)).optional()?;
    let Some(target) = target.map(|bytes| uuid(&bytes)).transpose()? else { return Ok(None) };
    let act = Act { group, annotator: annotator.to_owned(), time: now, deeds: vec![way.deed(target)] };
    let mut projection = Projection::new(conn);
    let mut entry = Entry { conn, act: &act, row: None, told: Vec::new() };
    let words = revert(&mut entry, &mut projection, 0, target, way)?;
    projection.finish()?;
    entry.close()?;
    Ok(words.map(|summary| Reverted { group: target, summary }))
}

/// What the act of undoing or redoing called `group` did, where it is recorded already.
fn done_before(conn: &Connection, group: Uuid) -> Result<Option<Reverted>, Fault> {
    let payload: Option<String> = conn
        .prepare_cached("SELECT payload FROM event WHERE grp = ?1 AND kind IN ('undo', 'redo')")?
        .query_row([group.as_bytes()], |row| row.get(0))
        .optional()?;
    let Some(payload) = payload else { return Ok(None) };
    let (Deed::Undo { group } | Deed::Redo { group }) = of_json(&payload)? else { return Ok(None) };
    let summary = conn
        .prepare_cached("SELECT summary FROM act WHERE grp = ?1")?
        .query_row([group.as_bytes()], |row| row.get(0))?;
    Ok(Some(Reverted { group, summary }))
}

/// The journal, newest first.
pub(super) fn log(conn: &Connection, limit: usize) -> Result<Vec<LogRow>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT grp, time, annotator, kind, summary, undone IS NOT NULL FROM act ORDER BY id DESC LIMIT ?1",
    )?;
    let mut rows = statement.query([i64::try_from(limit).unwrap_or(-1)])?;
    let mut log = Vec::new();
    while let Some(row) = rows.next()? {
        log.push(LogRow {
            group: uuid(&get::<Vec<u8>>(row, 0)?)?,
            time: time(get(row, 1)?)?,
            annotator: get(row, 2)?,
            kind: get(row, 3)?,
            summary: get(row, 4)?,
            undone: get(row, 5)?,
        });
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_events_of_an_act_have_the_same_ids_everywhere() {
        let group = Uuid::from_u128(7);
        let at: Timestamp = "2025-01-23T10:00:00Z".parse().expect("a time");
        assert_eq!(event_id(group, at, 0), event_id(group, at, 0));
        assert_ne!(event_id(group, at, 0), event_id(group, at, 1));
        assert_eq!(event_id(group, at, 0).get_version_num(), 7);
        assert_eq!(event_id(group, Timestamp::MIN, 0).get_version_num(), 7);
    }
}
