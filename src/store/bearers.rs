//! Bearers: names, and those who bear them all over the store or in one article.
//!
//! A claim tells a name; the row of `speaker` with that name is its bearer. Who that is, one of several names of one
//! speaker perhaps, is for [`super::merging`] to say. Of persons and named organisations a name is one across the
//! store, but in the articles where somebody split it off; everybody else belongs to their article.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::sql_error::Fault;
use super::state::SpeakerState;
use super::value::{article_id, get, of_json, word};
use super::variant::{blocks, is_variant, key, meaning};
use crate::error::Error;
use crate::model::event::Attribution;
use crate::model::{Speaker, SpeakerKey, SpeakerKind};

/// The row of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bearer {
    pub id: i64,
    /// The article they belong to; `None`: one across the store.
    pub article: Option<i64>,
    pub kind: SpeakerKind,
    pub name: String,
    pub folded: String,
    /// Whom they were merged into by hand.
    pub merged: Option<i64>,
    pub head: Option<i64>,
}

const COLUMNS: &str = "id, article, kind, name, folded, merged, head";

impl Bearer {
    fn read(row: &rusqlite::Row<'_>) -> Result<Self, Fault> {
        let kind: String = get(row, 2)?;
        Ok(Self {
            id: get(row, 0)?,
            article: get(row, 1)?,
            kind: word(&kind, SpeakerKind::from_word)?,
            name: get(row, 3)?,
            folded: get(row, 4)?,
            merged: get(row, 5)?,
            head: get(row, 6)?,
        })
    }

    pub(super) fn by_id(conn: &Connection, id: i64) -> Result<Self, Fault> {
        let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM speaker WHERE id = ?1"))?;
        let mut rows = statement.query([id])?;
        Self::read(rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)
    }

    /// The row that stands for this one and all who are the same speaker.
    pub(super) fn head(&self) -> i64 {
        self.head.unwrap_or(self.id)
    }

    /// What events call this name.
    pub(super) fn key(&self, conn: &Connection) -> Result<SpeakerKey, Fault> {
        let article: Option<String> = match self.article {
            None => None,
            Some(article) => conn
                .prepare_cached("SELECT public_id FROM article WHERE id = ?1")?
                .query_row([article], |row| row.get(0))?,
        };
        let article = article.as_deref().map(article_id).transpose()?;
        Ok(SpeakerKey { name: self.name.clone(), kind: self.kind, article })
    }
}

/// The bearer whom a claim of `article` is attributed to; `None` where the name is blank.
pub(super) fn resolve(conn: &Connection, article: i64, told: &Attribution) -> Result<Option<i64>, Fault> {
    let folded = key(&told.name);
    if folded.is_empty() {
        return Ok(None);
    }
    let speaker = Speaker {
        id: None,
        name: told.name.clone(),
        kind: told.kind,
        named: told.named,
        role: None,
        aliases: Vec::new(),
    };
    if !speaker.across_articles() {
        return within(conn, article, told, &folded).map(Some);
    }
    let across = across(conn, told, &folded)?;
    let split =
        conn.prepare_cached("SELECT 1 FROM split WHERE bearer = ?1 AND article = ?2")?.exists([across, article])?;
    if split { within(conn, article, told, &folded).map(Some) } else { Ok(Some(across)) }
}

fn within(conn: &Connection, article: i64, told: &Attribution, folded: &str) -> Result<i64, Fault> {
    let known = conn
        .prepare_cached("SELECT id FROM speaker WHERE folded = ?1 AND article = ?2")?
        .query_row(params![folded, article], |row| row.get(0))
        .optional()?;
    known.map_or_else(|| insert(conn, Some(article), told, folded), Ok)
}

fn across(conn: &Connection, told: &Attribution, folded: &str) -> Result<i64, Fault> {
    let known = conn
        .prepare_cached("SELECT id FROM speaker WHERE folded = ?1 AND kind = ?2 AND article IS NULL")?
        .query_row(params![folded, told.kind.word()], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let id = insert(conn, None, told, folded)?;
    note_name(conn, id, folded)?;
    Ok(id)
}

fn insert(conn: &Connection, article: Option<i64>, told: &Attribution, folded: &str) -> Result<i64, Fault> {
    conn.prepare_cached("INSERT INTO speaker (article, kind, named, name, folded) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![article, told.kind.word(), told.named, told.name, folded])?;
    Ok(conn.last_insert_rowid())
}

/// Notes by what keys a name is found: whole, and nearly.
fn note_name(conn: &Connection, bearer: i64, folded: &str) -> Result<(), Fault> {
    note_key(conn, bearer, &whole(folded))?;
    blocks(folded).iter().try_for_each(|block| note_key(conn, bearer, block))
}

fn note_key(conn: &Connection, bearer: i64, key: &str) -> Result<(), Fault> {
    conn.prepare_cached("INSERT OR IGNORE INTO name_key (key, bearer) VALUES (?1, ?2)")?
        .execute(params![key, bearer])?;
    Ok(())
}

/// The key of those who bear a name, by what an article tells or somebody said.
fn whole(folded: &str) -> String {
    format!("={folded}")
}

/// The key of those of whom an article tells a name beside their own.
fn other_name(folded: &str) -> String {
    format!("~{folded}")
}

/// Notes that somebody gave a bearer this name.
pub(super) fn note_given(conn: &Connection, bearer: i64, name: &str) -> Result<(), Fault> {
    note_key(conn, bearer, &whole(&key(name)))
}

/// What the claims tell of a bearer: how many, roles and other names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub claims: i64,
    pub roles: BTreeSet<String>,
    pub aliases: BTreeSet<String>,
}

impl Evidence {
    /// Of a bearer in all articles.
    pub(super) fn of(conn: &Connection, bearer: i64) -> Result<Self, Fault> {
        let mut statement =
            conn.prepare_cached("SELECT claims, roles, aliases FROM bearing WHERE bearer = ?1 ORDER BY article")?;
        let mut rows = statement.query([bearer])?;
        let mut evidence = Self::default();
        while let Some(row) = rows.next()? {
            let (roles, aliases): (String, String) = (get(row, 1)?, get(row, 2)?);
            evidence.claims += get::<i64>(row, 0)?;
            evidence.roles.extend(roles.split_terminator(' ').map(str::to_owned));
            evidence.aliases.extend(aliases.split_terminator('\n').map(str::to_owned));
        }
        Ok(evidence)
    }
}

/// What an article tells of those who speak in it, computed from its claims that aren't rejected.
pub(super) fn compute(conn: &Connection, article: i64) -> Result<BTreeMap<i64, Evidence>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT bearer, attribution FROM claim
          WHERE article = ?1 AND bearer IS NOT NULL AND NOT withdrawn AND NOT covered AND status <> 'rejected'",
    )?;
    let mut rows = statement.query([article])?;
    let mut all: BTreeMap<i64, Evidence> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let evidence = all.entry(get(row, 0)?).or_default();
        evidence.claims += 1;
        let Some(told) = get::<Option<String>>(row, 1)? else { continue };
        let told: Attribution = of_json(&told)?;
        evidence.roles.extend(told.role.as_deref().map(meaning).unwrap_or_default());
        evidence.aliases.extend(told.aliases.iter().map(|name| key(name)).filter(|name| !name.is_empty()));
    }
    Ok(all)
}

/// What was written down of an article.
pub(super) fn read(conn: &Connection, article: i64) -> Result<BTreeMap<i64, Evidence>, Fault> {
    let mut statement = conn.prepare_cached("SELECT bearer, claims, roles, aliases FROM bearing WHERE article = ?1")?;
    let mut rows = statement.query([article])?;
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (roles, aliases): (String, String) = (get(row, 2)?, get(row, 3)?);
        let evidence = Evidence {
            claims: get(row, 1)?,
            roles: roles.split_terminator(' ').map(str::to_owned).collect(),
            aliases: aliases.split_terminator('\n').map(str::to_owned).collect(),
        };
        all.insert(get(row, 0)?, evidence);
    }
    Ok(all)
}

/// Writes what an article tells of those who speak in it; those of whom it tells something else than before.
pub(super) fn restate(conn: &Connection, article: i64) -> Result<Vec<i64>, Fault> {
    let (before, after) = (read(conn, article)?, compute(conn, article)?);
    let mut changed = Vec::new();
    for bearer in before.keys().filter(|bearer| !after.contains_key(bearer)) {
        conn.prepare_cached("DELETE FROM bearing WHERE article = ?1 AND bearer = ?2")?.execute([article, *bearer])?;
        changed.push(*bearer);
    }
    for (bearer, evidence) in after.iter().filter(|(bearer, evidence)| before.get(bearer) != Some(evidence)) {
        let line = |words: &BTreeSet<String>, gap: &str| words.iter().cloned().collect::<Vec<_>>().join(gap);
        conn.prepare_cached(
            "INSERT INTO bearing (article, bearer, claims, roles, aliases) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET claims = ?3, roles = ?4, aliases = ?5",
        )?
        .execute(params![
            article,
            bearer,
            evidence.claims,
            line(&evidence.roles, " "),
            line(&evidence.aliases, "\n")
        ])?;
        for name in &evidence.aliases {
            note_key(conn, *bearer, &other_name(name))?;
        }
        changed.push(*bearer);
    }
    Ok(changed)
}

/// Whether some claim tells of a bearer.
pub(super) fn is_told(conn: &Connection, bearer: i64) -> Result<bool, Fault> {
    Ok(conn.prepare_cached("SELECT 1 FROM bearing WHERE bearer = ?1 LIMIT 1")?.exists([bearer])?)
}

/// Names that may be alike. Where more are, a letter tells them apart, or a surname is a common one, and says nothing of
/// who they are.
pub(super) const CROWD: usize = 8;

/// Those whose names are nearly the one of `bearer`, or one of its other names, or the other way about; none where
/// there is a crowd of them. An article that gave another name may not give it any more; whoever needs to know looks at
/// the [`Evidence`].
pub(super) fn alike(conn: &Connection, bearer: &Bearer, given: Option<&str>) -> Result<BTreeSet<i64>, Fault> {
    let mut found = BTreeSet::new();
    for name in [Some(bearer.folded.clone()), given.map(key)].into_iter().flatten() {
        found.extend(bearing(conn, &whole(&name))?);
        found.extend(few(bearing(conn, &other_name(&name))?));
    }
    for name in other_names(conn, bearer.id)? {
        if !few(bearing(conn, &other_name(&name))?).is_empty() {
            found.extend(bearing(conn, &whole(&name))?);
        }
    }
    found.extend(few(variants(conn, &bearer.folded, CROWD)?));
    found.remove(&bearer.id);
    Ok(found)
}

/// Those whose names are told by others than `bearer` in a crowd, though they were few once: what was made one because
/// of that has to be looked at again.
pub(super) fn crowded(conn: &Connection, bearer: &Bearer) -> Result<BTreeSet<i64>, Fault> {
    let mut near = variants(conn, &bearer.folded, usize::MAX)?;
    for name in other_names(conn, bearer.id)? {
        if few(bearing(conn, &other_name(&name))?).is_empty() {
            near.extend(bearing(conn, &whole(&name))?);
        }
    }
    let mut crowded = BTreeSet::new();
    for id in near {
        let is_joined = conn
            .prepare_cached("SELECT 1 FROM speaker WHERE id = ?1 AND head IS NOT NULL OR head = ?1 LIMIT 1")?
            .exists([id])?;
        if is_joined {
            crowded.insert(id);
        }
    }
    Ok(crowded)
}

/// Nobody, where there is a crowd.
fn few(bearers: BTreeSet<i64>) -> BTreeSet<i64> {
    if bearers.len() > CROWD { BTreeSet::new() } else { bearers }
}

fn bearing(conn: &Connection, key: &str) -> Result<BTreeSet<i64>, Fault> {
    let mut statement = conn.prepare_cached("SELECT bearer FROM name_key WHERE key = ?1 LIMIT ?2")?;
    let found = statement.query_map(params![key, CROWD as i64 + 1], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The other names that articles have given a bearer at any time.
fn other_names(conn: &Connection, bearer: i64) -> Result<Vec<String>, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT substr(key, 2) FROM name_key WHERE bearer = ?1 AND key LIKE '~%'")?;
    let names = statement.query_map([bearer], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}

/// Those who bear a variant of a name, not many more than `most` of them.
fn variants(conn: &Connection, folded: &str, most: usize) -> Result<BTreeSet<i64>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT k.bearer, s.folded FROM name_key k JOIN speaker s ON s.id = k.bearer WHERE k.key = ?1 ORDER BY k.bearer",
    )?;
    let mut found = BTreeSet::new();
    for block in blocks(folded) {
        let mut rows = statement.query([block])?;
        while let Some(row) = rows.next()? {
            if is_variant(folded, &get::<String>(row, 1)?) {
                found.insert(get(row, 0)?);
            }
            if found.len() > most {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// All names of the speaker whom `head` stands for.
pub(super) fn of_head(conn: &Connection, head: i64) -> Result<Vec<Bearer>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM speaker WHERE id = ?1 OR head = ?1 ORDER BY id");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([head])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.push(Bearer::read(row)?);
    }
    Ok(names)
}

/// Finds whom an event speaks of: by the name that an article tells, or by the one that is shown.
pub(super) fn find(conn: &Connection, who: &SpeakerKey) -> Result<Bearer, Fault> {
    let found = look_up(conn, who)?;
    found.ok_or_else(|| Error::NoSuch { what: "speaker", id: who.name.clone() }.into())
}

/// The bearer of an event's key, word for word; `None` where there is none any more.
pub(super) fn named(conn: &Connection, who: &SpeakerKey) -> Result<Option<i64>, Fault> {
    let found = match &who.article {
        None => conn
            .prepare_cached("SELECT id FROM speaker WHERE folded = ?1 AND kind = ?2 AND article IS NULL")?
            .query_row(params![key(&who.name), who.kind.word()], |row| row.get(0)),
        Some(article) => conn
            .prepare_cached(
                "SELECT s.id FROM article a JOIN speaker s ON s.article = a.id WHERE s.folded = ?1 AND a.public_id = ?2",
            )?
            .query_row(params![key(&who.name), article.as_str()], |row| row.get(0)),
    };
    Ok(found.optional()?)
}

pub(super) fn look_up(conn: &Connection, who: &SpeakerKey) -> Result<Option<Bearer>, Fault> {
    // Whoever has claims; the shown name first, since that is what people see.
    let sql = match who.article {
        Some(_) => "SELECT b.bearer FROM article a JOIN bearing b ON b.article = a.id WHERE a.public_id = ?1",
        None => "SELECT k.bearer FROM name_key k WHERE k.key = ?1",
    };
    let folded = key(&who.name);
    let searched = who.article.as_ref().map_or_else(|| whole(&folded), |article| article.as_str().to_owned());
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_map([searched], |row| row.get::<_, i64>(0))?.collect::<Result<BTreeSet<_>, _>>()?;
    let mut told = None;
    for id in found {
        let bearer = Bearer::by_id(conn, id)?;
        if !is_told(conn, id)? {
            continue;
        }
        let (name, kind) = shown(conn, bearer.head())?;
        if key(&name) == folded && kind == who.kind {
            return Ok(Some(bearer));
        }
        if bearer.folded == folded && (bearer.kind == who.kind || kind == who.kind) {
            told.get_or_insert(bearer);
        }
    }
    Ok(told)
}

/// The name and kind that a speaker is shown with.
pub(super) fn shown(conn: &Connection, head: i64) -> Result<(String, SpeakerKind), Fault> {
    let (name, kind): (String, String) = conn
        .prepare_cached("SELECT coalesce(shown, name), coalesce(shown_kind, kind) FROM speaker WHERE id = ?1")?
        .query_row([head], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((name, word(&kind, SpeakerKind::from_word)?))
}

/// Notes the names of all who are one across the store.
pub(super) fn note_all(conn: &Connection) -> Result<(), Fault> {
    let mut statement = conn.prepare("SELECT id, folded FROM speaker WHERE article IS NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        note_name(conn, get(row, 0)?, &get::<String>(row, 1)?)?;
    }
    Ok(())
}

/// The articles in which a name is somebody else's, as they were written down.
pub(super) fn splits(conn: &Connection, bearer: i64) -> Result<BTreeSet<i64>, Fault> {
    let mut statement = conn.prepare_cached("SELECT article FROM split WHERE bearer = ?1")?;
    let articles = statement.query_map([bearer], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(articles)
}

/// The articles in which people say that a name is somebody else's.
pub(super) fn said_to_split(conn: &Connection, state: &SpeakerState) -> Result<BTreeSet<i64>, Fault> {
    let mut articles = BTreeSet::new();
    for id in &state.split {
        let number = conn
            .prepare_cached("SELECT id FROM article WHERE public_id = ?1")?
            .query_row([id.as_str()], |row| row.get::<_, i64>(0))
            .optional()?;
        articles.extend(number);
    }
    Ok(articles)
}

/// Splits a name off in the articles in which people say so, and joins it again in the others; where that changed
/// something.
pub(super) fn split(conn: &Connection, bearer: &Bearer, state: &SpeakerState) -> Result<Vec<i64>, Fault> {
    let (before, after) = (splits(conn, bearer.id)?, said_to_split(conn, state)?);
    let changed: Vec<i64> = before.symmetric_difference(&after).copied().collect();
    for article in &changed {
        let sql = if after.contains(article) {
            "INSERT INTO split (bearer, article) VALUES (?1, ?2)"
        } else {
            "DELETE FROM split WHERE bearer = ?1 AND article = ?2"
        };
        conn.prepare_cached(sql)?.execute([bearer.id, *article])?;
        attribute_anew(conn, *article, &bearer.folded)?;
    }
    Ok(changed)
}

/// Attributes the claims of an article to those who bear their names now, after a name was split off there or joined
/// again.
fn attribute_anew(conn: &Connection, article: i64, folded: &str) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT c.id, c.attribution, c.bearer FROM claim c JOIN speaker s ON s.id = c.bearer
          WHERE c.article = ?1 AND s.folded = ?2 AND c.attribution IS NOT NULL",
    )?;
    let claims: Vec<(i64, String, i64)> = statement
        .query_map(params![article, folded], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (claim, told, before) in claims {
        let bearer = resolve(conn, article, &of_json(&told)?)?;
        if bearer != Some(before) {
            conn.prepare_cached(
                "UPDATE claim SET bearer = ?2, speaker = (SELECT coalesce(head, id) FROM speaker WHERE id = ?2)
                  WHERE id = ?1",
            )?
            .execute(params![claim, bearer])?;
        }
    }
    Ok(())
}
