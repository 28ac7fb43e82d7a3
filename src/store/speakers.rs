//! Speakers: in which articles they appear, under what names and roles.
//!
//! A speaker is a name, or several that [`super::merging`] makes one; the number of the name that stands for them is
//! the speaker's. Where they appear, with how many claims, which role and which other names follows from the claims, and
//! is written anew for an article whenever its claims change.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::project::Projection;
use super::sql_error::Fault;
use super::value::{article_id, count, damaged, get, of_json, word};
use super::{listing, merging};
use crate::model::event::Attribution;
use crate::model::listing::{MergeSuggestion, SpeakerPage, SpeakerRow};
use crate::model::{Annotation, Form, Speaker, SpeakerId, SpeakerKey, SpeakerKind};
use crate::text::fold::fold;

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
        "SELECT c.speaker, coalesce(s.shown, s.name), c.attribution, coalesce(c.event, 0), s.shown_role
           FROM claim c JOIN speaker s ON s.id = c.speaker
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
        if let (Some(role), -1) = (get::<Option<String>>(row, 4)?, role_told[at]) {
            // Told by hand, it stands whatever the article tells.
            appearances[at].role = Some(role);
            role_told[at] = i64::MAX;
        }
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
        "SELECT a.speaker, coalesce(s.shown, s.name), a.claims, a.role FROM appearance a JOIN speaker s ON s.id = a.speaker
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
    said: Said,
    articles: u32,
    role: Option<String>,
}

/// How much somebody says.
#[derive(Clone, Copy, Default)]
struct Said {
    claims: u32,
    quoted: u32,
    length: u64,
}

impl Said {
    /// What `SAID` tells, from this column on.
    fn read(row: &Row<'_>, from: usize) -> Result<Self, Fault> {
        let length: i64 = get(row, from + 2)?;
        Ok(Self { claims: count(get(row, from)?)?, quoted: count(get(row, from + 1)?)?, length: length.unsigned_abs() })
    }

    fn add(&mut self, more: Self) {
        self.claims += more.claims;
        self.quoted += more.quoted;
        self.length += more.length;
    }
}

/// How much is said in claims `c`, and which of them count.
const SAID: &str = "count(*), coalesce(sum(c.form <> 'indirect'), 0), coalesce(sum(c.stop - c.start), 0)";
const COUNTS: &str = "NOT c.withdrawn AND NOT c.covered AND c.status <> 'rejected'";

impl Tally {
    /// Counts what `speaker` says in one article. Articles come newest first: the first role is the newest.
    fn add(&mut self, speaker: i64, said: Said, role: Option<String>) {
        let sum = self.by_speaker.entry(speaker).or_default();
        sum.said.add(said);
        sum.articles += 1;
        if sum.role.is_none() {
            sum.role = role;
        }
    }

    /// Counts the speakers of some claims of one article.
    pub(super) fn add_claims(&mut self, claims: Vec<Annotation>) {
        let mut here: Vec<(i64, Said, Option<String>)> = Vec::new();
        for claim in claims.into_iter().map(|claim| claim.claim) {
            let length = claim.extent().map_or(0, |extent| extent.len() as u64);
            let said = Said { claims: 1, quoted: u32::from(claim.form != Form::Indirect), length };
            let Some(speaker) = claim.speaker else { continue };
            let Some(SpeakerId(id)) = speaker.id else { continue };
            match here.iter_mut().find(|one| one.0 == id) {
                Some(one) => one.1.add(said),
                None => here.push((id, said, speaker.role)),
            }
        }
        for (id, said, role) in here {
            self.add(id, said, role);
        }
    }

    /// The rows, most claims first, then most articles, then by the alphabet.
    pub(super) fn rows(self, conn: &Connection) -> Result<Vec<SpeakerRow>, Fault> {
        let mut rows = Vec::with_capacity(self.by_speaker.len());
        for (id, sum) in self.by_speaker {
            rows.push(row(conn, id, sum)?);
        }
        rows.sort_by_cached_key(|row| {
            use std::cmp::Reverse;
            (Reverse(row.claims), Reverse(row.articles), fold(&row.speaker.name), row.speaker.id)
        });
        Ok(rows)
    }
}

/// The row of a speaker with these counts; the role told by hand goes before the one of the articles.
fn row(conn: &Connection, id: i64, sum: Sum) -> Result<SpeakerRow, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT coalesce(s.shown, s.name), coalesce(s.shown_kind, s.kind), s.named, a.public_id, s.shown_role
           FROM speaker s LEFT JOIN article a ON a.id = s.article WHERE s.id = ?1",
    )?;
    let mut rows = statement.query([id])?;
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let (name, kind): (String, String) = (get(row, 0)?, get(row, 1)?);
    let article: Option<String> = get(row, 3)?;
    let speaker = Speaker {
        id: Some(SpeakerId(id)),
        kind: word(&kind, SpeakerKind::from_word)?,
        named: get(row, 2)?,
        role: get::<Option<String>>(row, 4)?.or(sum.role),
        aliases: aliases(conn, id)?,
        name,
    };
    let article = article.as_deref().map(article_id).transpose()?;
    let key = SpeakerKey { name: speaker.name.clone(), kind: speaker.kind, article };
    let Said { claims, quoted, length } = sum.said;
    Ok(SpeakerRow { speaker, key, claims, quoted, articles: sum.articles, length })
}

/// All of a speaker but their claims; `None` where they have none that can be seen.
pub(super) fn page(conn: &Connection, id: i64) -> Result<Option<SpeakerPage>, Fault> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT a.article, a.role, {SAID}
           FROM appearance a JOIN list l ON l.article = a.article JOIN claim c ON c.article = a.article
          WHERE a.speaker = ?1 AND c.speaker = ?1 AND {COUNTS} GROUP BY a.article ORDER BY l.sort, l.article"
    ))?;
    let mut rows = statement.query([id])?;
    let mut tally = Tally::default();
    let mut articles = Vec::new();
    let mut roles: Vec<(String, u32)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (article, role): (i64, Option<String>) = (get(row, 0)?, get(row, 1)?);
        let said = Said::read(row, 2)?;
        if let Some(role) = &role {
            match roles.iter_mut().find(|(known, _)| fold(known) == fold(role)) {
                Some((_, times)) => *times += 1,
                None => roles.push((role.clone(), 1)),
            }
        }
        tally.add(id, said, role);
        articles.extend(listing::by_number(conn, article)?.map(|row| (row, said.claims)));
    }
    let Some(sum) = tally.by_speaker.remove(&id) else { return Ok(None) };
    roles.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    Ok(Some(SpeakerPage { row: row(conn, id, sum)?, roles, articles }))
}

/// The speakers of an article in order of their first claim, then others, most claims first, up to `limit` in all; with
/// what they say in all articles.
pub(super) fn nearest(conn: &Connection, article: i64, limit: usize) -> Result<Vec<SpeakerRow>, Fault> {
    let here: Vec<i64> = read(conn, article)?.into_iter().map(|one| one.speaker).collect();
    let mut statement = conn.prepare_cached(
        "SELECT a.speaker FROM appearance a JOIN list l ON l.article = a.article
          GROUP BY a.speaker ORDER BY sum(a.claims) DESC, count(*) DESC, a.speaker LIMIT ?1",
    )?;
    let most = i64::try_from(limit).unwrap_or(-1);
    let others = statement.query_map([most], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    let others = others.into_iter().filter(|one| !here.contains(one));
    let mut rows = Vec::new();
    for speaker in here.iter().copied().chain(others).take(limit) {
        rows.extend(in_all(conn, speaker)?);
    }
    Ok(rows)
}

/// A speaker with what they say in all articles; `None` where they say nothing that can be seen.
fn in_all(conn: &Connection, speaker: i64) -> Result<Option<SpeakerRow>, Fault> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {SAID}, count(DISTINCT c.article) FROM claim c JOIN list l ON l.article = c.article
          WHERE c.speaker = ?1 AND {COUNTS}"
    ))?;
    let mut rows = statement.query([speaker])?;
    let told = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let (said, articles) = (Said::read(told, 0)?, count(get(told, 3)?)?);
    if said.claims == 0 {
        return Ok(None);
    }
    let role = conn
        .prepare_cached(
            "SELECT a.role FROM appearance a JOIN list l ON l.article = a.article
              WHERE a.speaker = ?1 AND a.role IS NOT NULL ORDER BY l.sort, l.article LIMIT 1",
        )?
        .query_row([speaker], |row| row.get(0))
        .optional()?;
    row(conn, speaker, Sum { said, articles, role }).map(Some)
}

/// Pairs of speakers who may be one, the surest first: those who say most.
pub(super) fn merge_suggestions(conn: &Connection, limit: usize) -> Result<Vec<MergeSuggestion>, Fault> {
    let mut suggested = Vec::new();
    for (one, other) in merging::suggestions(&mut Projection::new(conn), limit)? {
        let (Some(one), Some(other)) = (in_all(conn, one)?, in_all(conn, other)?) else { continue };
        let (from, into) = if one.claims < other.claims { (one, other) } else { (other, one) };
        suggested.push(MergeSuggestion { from, into });
    }
    suggested.sort_by_key(|pair| std::cmp::Reverse(pair.from.claims + pair.into.claims));
    Ok(suggested)
}

/// Counts the speakers of all claims of an article.
pub(super) fn tally(conn: &Connection, article: i64, tally: &mut Tally) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT c.speaker, a.role, {SAID} FROM claim c JOIN appearance a ON a.article = c.article AND a.speaker = c.speaker
          WHERE c.article = ?1 AND {COUNTS} GROUP BY c.speaker"
    ))?;
    let mut rows = statement.query([article])?;
    while let Some(row) = rows.next()? {
        tally.add(get(row, 0)?, Said::read(row, 2)?, get(row, 1)?);
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
