//! Speakers: who is one across the store and who belongs to an article, in which articles they appear, under what
//! names and roles.
//!
//! A speaker has a number as long as the store lives. Where they appear, with how many claims, which role and which
//! other names follows from the claims, and is written anew for an article whenever its claims change.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::sql_error::Fault;
use super::value::{article_id, count, damaged, get, of_json, word};
use crate::model::event::Attribution;
use crate::model::listing::SpeakerRow;
use crate::model::{Annotation, Speaker, SpeakerId, SpeakerKey, SpeakerKind};
use crate::text::fold::fold;

/// What two spellings of the same name have in common: folded, one space between words.
fn key(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number of the speaker whom a claim of `article` is attributed to; `None` where the name is blank.
pub(super) fn resolve(conn: &Connection, article: i64, told: &Attribution) -> Result<Option<i64>, Fault> {
    let folded = key(&told.name);
    if folded.is_empty() {
        return Ok(None);
    }
    let kind = told.kind.word();
    let across = speaker_of(told).across_articles();
    let known = if across {
        conn.prepare_cached("SELECT id FROM speaker WHERE folded = ?1 AND kind = ?2 AND article IS NULL")?
            .query_row(params![folded, kind], |row| row.get(0))
    } else {
        conn.prepare_cached("SELECT id FROM speaker WHERE folded = ?1 AND article = ?2")?
            .query_row(params![folded, article], |row| row.get(0))
    };
    if let Some(id) = known.optional()? {
        return Ok(Some(id));
    }
    conn.prepare_cached("INSERT INTO speaker (article, kind, named, name, folded) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![(!across).then_some(article), kind, told.named, told.name, folded])?;
    Ok(Some(conn.last_insert_rowid()))
}

fn speaker_of(told: &Attribution) -> Speaker {
    Speaker {
        id: None,
        name: told.name.clone(),
        kind: told.kind,
        named: told.named,
        role: told.role.clone(),
        aliases: told.aliases.clone(),
    }
}

/// A speaker in an article, as its claims tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Appearance {
    pub speaker: i64,
    pub name: String,
    pub claims: u32,
    /// The role that was told last.
    pub role: Option<String>,
    pub aliases: BTreeSet<String>,
}

/// Who speaks in `article`, in order of the first claim, computed from its claims that aren't rejected.
pub(super) fn compute(conn: &Connection, article: i64) -> Result<Vec<Appearance>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT c.speaker, s.name, c.attribution, coalesce(c.event, 0) FROM claim c JOIN speaker s ON s.id = c.speaker
          WHERE c.article = ?1 AND NOT c.withdrawn AND NOT c.covered AND c.status <> 'rejected'
          ORDER BY c.start IS NULL, c.start, c.stop DESC, c.id",
    )?;
    let mut rows = statement.query([article])?;
    let mut appearances: Vec<Appearance> = Vec::new();
    // For each of them, which event told the role that stands.
    let mut role_told: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        let (speaker, name): (i64, String) = (get(row, 0)?, get(row, 1)?);
        let told: Option<String> = get(row, 2)?;
        let event: i64 = get(row, 3)?;
        let at = appearances.iter().position(|known| known.speaker == speaker).unwrap_or_else(|| {
            appearances.push(Appearance { speaker, name, claims: 0, role: None, aliases: BTreeSet::new() });
            role_told.push(-1);
            appearances.len() - 1
        });
        let known = &mut appearances[at];
        known.claims += 1;
        let Some(told) = told.map(|told| of_json::<Attribution>(&told)).transpose()? else { continue };
        if told.role.is_some() && event >= role_told[at] {
            known.role = told.role;
            role_told[at] = event;
        }
        known.aliases.extend(told.aliases.into_iter().chain([told.name]).filter(|name| *name != known.name));
    }
    Ok(appearances)
}

/// Writes who speaks in `article`, and gives their names in order.
pub(super) fn restate(conn: &Connection, article: i64) -> Result<Vec<String>, Fault> {
    let appearances = compute(conn, article)?;
    conn.prepare_cached("DELETE FROM appearance WHERE article = ?1")?.execute([article])?;
    conn.prepare_cached("DELETE FROM alias WHERE article = ?1")?.execute([article])?;
    for (ord, one) in appearances.iter().enumerate() {
        conn.prepare_cached(
            "INSERT INTO appearance (article, speaker, ord, claims, role) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![article, one.speaker, ord as i64, one.claims, one.role])?;
        for name in &one.aliases {
            conn.prepare_cached("INSERT INTO alias (article, speaker, name) VALUES (?1, ?2, ?3)")?.execute(params![
                article,
                one.speaker,
                name
            ])?;
        }
    }
    Ok(appearances.into_iter().map(|one| one.name).collect())
}

/// Who speaks in `article`, as it was written down, in order of the first claim.
pub(super) fn read(conn: &Connection, article: i64) -> Result<Vec<Appearance>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT a.speaker, s.name, a.claims, a.role FROM appearance a JOIN speaker s ON s.id = a.speaker
          WHERE a.article = ?1 ORDER BY a.ord",
    )?;
    let mut rows = statement.query([article])?;
    let mut appearances = Vec::new();
    while let Some(row) = rows.next()? {
        appearances.push(Appearance {
            speaker: get(row, 0)?,
            name: get(row, 1)?,
            claims: count(get(row, 2)?)?,
            role: get(row, 3)?,
            aliases: BTreeSet::new(),
        });
    }
    let mut statement = conn.prepare_cached("SELECT speaker, name FROM alias WHERE article = ?1")?;
    let mut rows = statement.query([article])?;
    while let Some(row) = rows.next()? {
        let speaker: i64 = get(row, 0)?;
        let one = appearances.iter_mut().find(|one| one.speaker == speaker);
        one.ok_or_else(|| damaged("a name", "nobody bears it"))?.aliases.insert(get(row, 1)?);
    }
    Ok(appearances)
}

/// Adds up who speaks in which articles.
#[derive(Default)]
pub(super) struct Tally {
    by_speaker: HashMap<i64, Sum>,
}

#[derive(Default)]
struct Sum {
    claims: u32,
    articles: u32,
    role: Option<String>,
}

impl Tally {
    /// Counts what `speaker` says in one article. Articles come newest first: the first role is the newest.
    fn add(&mut self, speaker: i64, claims: u32, role: Option<String>) {
        let sum = self.by_speaker.entry(speaker).or_default();
        sum.claims += claims;
        sum.articles += 1;
        if sum.role.is_none() {
            sum.role = role;
        }
    }

    /// Counts the speakers of some claims of one article.
    pub(super) fn add_claims(&mut self, claims: Vec<Annotation>) {
        let mut here: Vec<(i64, u32, Option<String>)> = Vec::new();
        for speaker in claims.into_iter().filter_map(|claim| claim.claim.speaker) {
            let Some(SpeakerId(id)) = speaker.id else { continue };
            match here.iter_mut().find(|one| one.0 == id) {
                Some(one) => one.1 += 1,
                None => here.push((id, 1, speaker.role)),
            }
        }
        for (id, claims, role) in here {
            self.add(id, claims, role);
        }
    }

    /// The rows, most claims first, then most articles, then by the alphabet.
    pub(super) fn rows(self, conn: &Connection) -> Result<Vec<SpeakerRow>, Fault> {
        let mut rows = Vec::with_capacity(self.by_speaker.len());
        for (id, sum) in self.by_speaker {
            let (name, kind, named, article): (String, String, bool, Option<String>) = conn
                .prepare_cached(
                    "SELECT s.name, s.kind, s.named, a.public_id FROM speaker s LEFT JOIN article a ON a.id = s.article
                      WHERE s.id = ?1",
                )?
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            let speaker = Speaker {
                id: Some(SpeakerId(id)),
                name,
                kind: word(&kind, SpeakerKind::from_word)?,
                named,
                role: sum.role,
                aliases: aliases(conn, id)?,
            };
            let key = SpeakerKey {
                name: speaker.name.clone(),
                kind: speaker.kind,
                article: article.as_deref().map(article_id).transpose()?,
            };
            rows.push(SpeakerRow { speaker, key, claims: sum.claims, articles: sum.articles });
        }
        rows.sort_by_cached_key(|row| {
            use std::cmp::Reverse;
            (Reverse(row.claims), Reverse(row.articles), fold(&row.speaker.name), row.speaker.id)
        });
        Ok(rows)
    }
}

/// Counts the speakers of all claims of an article.
pub(super) fn tally(conn: &Connection, article: i64, tally: &mut Tally) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached("SELECT speaker, claims, role FROM appearance WHERE article = ?1")?;
    let mut rows = statement.query([article])?;
    while let Some(row) = rows.next()? {
        tally.add(get(row, 0)?, count(get(row, 1)?)?, get(row, 2)?);
    }
    Ok(())
}

/// The other names of a speaker in all articles that can be seen.
fn aliases(conn: &Connection, speaker: i64) -> Result<Vec<String>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT a.name FROM alias a JOIN list l ON l.article = a.article WHERE a.speaker = ?1 ORDER BY a.name",
    )?;
    let names = statement.query_map([speaker], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}
