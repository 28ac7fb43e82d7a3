//! The check: is the file sound, and does everything that follows from something else still follow from it?
//!
//! Reads only, one subject or article at a time. A check that can't be done at all, since the file is damaged there,
//! has failed; the others are done all the same.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::bearers::{self, Bearer};
use super::project::{Kind, Projection};
use super::spans::{self, Page};
use super::sql_error::Fault;
use super::tags::Tags;
use super::value::{get, of_json, uuid};
use super::{Check, articles, claims, listing, merging, notes, relations, speakers, tags};
use crate::model::id::text_sha256;
use crate::model::listing::Totals;
use crate::model::{Block, Deed};

/// Faults that a check names; of the others it gives the number.
const NAMED: usize = 3;

/// What a check found: how much it looked at, and what was wrong.
#[derive(Default)]
struct Findings {
    looked_at: usize,
    wrong: Vec<String>,
}

impl Findings {
    fn note(&mut self, sound: bool, wrong: impl FnOnce() -> String) {
        self.looked_at += 1;
        if !sound {
            self.wrong.push(wrong());
        }
    }
}

/// Looks the store over.
pub(super) fn run(conn: &Connection) -> Vec<Check> {
    type Look = fn(&Connection) -> Result<Findings, Fault>;
    let checks: [(&'static str, &'static str, Look); 8] = [
        ("file", "", integrity),
        ("references", "", references),
        ("texts", "revisions", texts),
        ("claims", "ranges", ranges),
        ("journal", "acts", undone),
        ("state", "subjects", state),
        ("speakers", "names", names),
        ("list", "articles", list),
    ];
    checks.into_iter().map(|(check, unit, look)| tell(check, unit, look(conn))).collect()
}

fn tell(check: &'static str, unit: &str, found: Result<Findings, Fault>) -> Check {
    let found = match found {
        Ok(found) => found,
        Err(Fault::Damaged(why)) => return Check { check, ok: false, detail: why },
        Err(Fault::Sql(error)) => return Check { check, ok: false, detail: error.to_string() },
        Err(Fault::Told(error)) => return Check { check, ok: false, detail: error.to_string() },
    };
    let ok = found.wrong.is_empty();
    let detail = match (ok, unit) {
        (true, "") => "sound".to_owned(),
        (true, unit) => format!("{} {unit}, all sound", found.looked_at),
        (false, _) => {
            let named = found.wrong[..found.wrong.len().min(NAMED)].join("; ");
            let rest = found.wrong.len().saturating_sub(NAMED);
            if rest == 0 { named } else { format!("{named}; and {rest} more") }
        }
    };
    Check { check, ok, detail }
}

fn integrity(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let mut statement = conn.prepare("PRAGMA integrity_check(10)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = get(row, 0)?;
        found.note(line == "ok", || line.clone());
    }
    Ok(found)
}

fn references(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (get(row, 0)?, get(row, 2)?);
        found.note(false, || format!("a row of {table} names a row of {parent} that isn't there"));
    }
    Ok(found)
}

/// Each text has its sum, and its blocks lie in it, in order.
fn texts(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let mut statement = conn.prepare(
        "SELECT a.public_id, r.number, r.sha256, b.text, b.blocks
           FROM article a JOIN revision r ON r.article = a.id LEFT JOIN body b ON b.revision = r.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, number): (String, i64) = (get(row, 0)?, get(row, 1)?);
        let (sha256, text, blocks): (String, String, String) = (get(row, 2)?, get(row, 3)?, get(row, 4)?);
        let blocks: Vec<Block> = of_json(&blocks)?;
        let in_order = blocks.windows(2).all(|two| two[0].range.end <= two[1].range.start);
        let fit = blocks.iter().all(|block| articles::fits(block.range, &text));
        found.note(text_sha256(&text) == sha256, || format!("the text of {id}, revision {number}, was changed"));
        found.note(fit && in_order, || format!("the blocks of {id}, revision {number}, don't fit its text"));
    }
    found.looked_at /= 2;
    Ok(found)
}

/// Each range lies in the current text, and its words stand there, but for a place that is doubtful.
fn ranges(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let doubtful: HashSet<i64> = numbers(conn, "SELECT id FROM claim WHERE anchor = 'review'")?.into_iter().collect();
    for article in numbers(conn, "SELECT DISTINCT article FROM claim")? {
        let page = Page::current(conn, article)?;
        let spans = spans::of_article(conn, article)?;
        for span in &spans {
            let Some(range) = span.range else { continue };
            let same = span.revision == page.revision && range.of(&page.text) == span.exact;
            let sound = !range.of(&page.text).is_empty() && (same || doubtful.contains(&span.claim));
            found.note(sound, || format!("the words of {} don't stand at {range}", name(conn, span.claim)));
        }
        let mut parts: HashMap<i64, Vec<_>> = HashMap::new();
        for span in spans.iter().filter(|span| span.role == spans::Role::Part) {
            parts.entry(span.claim).or_default().extend(span.range);
        }
        for (claim, extent) in claims::extents(conn, article)? {
            let parts = parts.remove(&claim).unwrap_or_default();
            let disjoint = parts.windows(2).all(|two| two[0].end <= two[1].start);
            let whole = parts.first().zip(parts.last()).map(|(first, last)| (first.start, last.end));
            let sound = disjoint && whole == extent.map(|range| (range.start, range.end));
            found.note(sound, || format!("the parts of {} don't fit together", name(conn, claim)));
        }
    }
    Ok(found)
}

/// The acts are those that the events make up, and those are undone that an undo took back last.
fn undone(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let mut taken_back = HashSet::new();
    let mut statement = conn.prepare("SELECT payload FROM event WHERE kind IN ('undo', 'redo') ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match of_json(&get::<String>(row, 0)?)? {
            Deed::Undo { group } => taken_back.insert(group),
            Deed::Redo { group } => taken_back.remove(&group),
            _ => false,
        };
    }
    let mut statement = conn.prepare(
        "SELECT grp, undone IS NOT NULL, (SELECT count(*) FROM event e WHERE e.grp = a.grp AND e.annotator = a.annotator)
           FROM act a",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let group = uuid(&get::<Vec<u8>>(row, 0)?)?;
        let (undone, events): (bool, i64) = (get(row, 1)?, get(row, 2)?);
        let sound = events > 0 && undone == taken_back.contains(&group);
        found.note(sound, || format!("act {group} isn't as its events tell it"));
    }
    let strays: i64 =
        conn.query_row("SELECT count(*) FROM event WHERE grp NOT IN (SELECT grp FROM act)", [], |row| row.get(0))?;
    found.note(strays == 0, || format!("{strays} events belong to no act"));
    found.looked_at -= 1;
    Ok(found)
}

/// What people made of articles, claims and speakers is what the journal comes to.
fn state(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let mut projection = Projection::new(conn);
    for claim in numbers(conn, "SELECT id FROM claim")? {
        let sound = claim_is_sound(&mut projection, claim)?;
        found.note(sound, || format!("{} isn't as the journal tells it", name(conn, claim)));
    }
    let mut tagged: HashMap<i64, i64> = HashMap::new();
    let mut statement = conn.prepare("SELECT article, count(*) FROM article_tag GROUP BY article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        tagged.insert(get(row, 0)?, get(row, 1)?);
    }
    let mut statement = conn.prepare("SELECT id, public_id, removed FROM article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (article, id, removed): (i64, String, bool) = (get(row, 0)?, get(row, 1)?, get(row, 2)?);
        let state = projection.article(article)?;
        let tags = listing::tags_of(conn, article)?;
        let mut carried: i64 = 0;
        for tag in tags.iter().flatten() {
            let sql = "SELECT 1 FROM article_tag a JOIN tag t ON t.id = a.tag WHERE t.word = ?1 AND a.article = ?2";
            carried += i64::from(conn.prepare_cached(sql)?.exists(rusqlite::params![tag.as_str(), article])?);
        }
        let sound = removed == state.removed
            && notes::of(conn, Kind::Article, article)? == state.note
            && tags == (!state.removed).then_some(state.tags)
            && carried == tags.as_ref().map_or(0, Tags::len) as i64
            && carried == tagged.get(&article).copied().unwrap_or(0);
        found.note(sound, || format!("article {id} isn't as the journal tells it"));
    }
    for id in numbers(conn, "SELECT id FROM speaker")? {
        let bearer = Bearer::by_id(conn, id)?;
        let state = projection.speaker(&bearer)?;
        let merged = match &state.merged {
            Some(into) => bearers::named(conn, into)?,
            None => None,
        };
        let split = bearers::said_to_split(conn, &state)?;
        let sound = bearer.merged == merged && bearers::splits(conn, id)? == split;
        found.note(sound, || format!("speaker {} isn't as the journal tells it", bearer.name));
    }
    let kinds: i64 =
        conn.query_row("SELECT count(*) FROM event_subject WHERE kind NOT IN (0, 1, 2)", [], |r| r.get(0))?;
    found.note(kinds == 0, || format!("{kinds} subjects are of no known kind"));
    found.looked_at -= 1;
    Ok(found)
}

fn claim_is_sound(projection: &mut Projection<'_>, claim: i64) -> Result<bool, Fault> {
    let conn = projection.conn();
    let kept = claims::Kept::of(conn, claim)?;
    let state = projection.claim(claim)?;
    let gone = state.made.is_none() && !kept.derived;
    let as_said = gone
        || (projection.status(&state)? == kept.status
            && state.reviewer == kept.reviewer
            && kept.amended == Projection::changes(&state)?
            && kept.base.is_some() == (state.made.is_none() && kept.amended.is_some()));
    let expected = if gone || kept.removed { Tags::new() } else { state.tags };
    Ok(as_said
        && kept.withdrawn == gone
        && (state.made.is_none() || kept.event == state.made)
        && notes::of(conn, Kind::Claim, claim)? == state.note
        && relations::of_claim(conn, claim)? == state.bonds
        && tags::of_claim(conn, claim)? == expected)
}

/// Which names are one speaker, how these are shown, and who says what, is what claims and journal come to.
fn names(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    for article in numbers(conn, "SELECT DISTINCT article FROM claim UNION SELECT article FROM bearing")? {
        let sound = bearers::compute(conn, article)? == bearers::read(conn, article)?;
        found.note(sound, || format!("what article {article} tells of its speakers isn't up to date"));
    }
    for group in merging::all(&mut Projection::new(conn))? {
        let mut sound = merging::look_of(conn, group.head)? == group.look;
        for member in &group.members {
            sound = sound && Bearer::by_id(conn, *member)?.head() == group.head;
        }
        found.note(sound, || format!("speaker {} isn't the one that the claims and the journal tell", group.head));
    }
    let strays: i64 = conn.query_row(
        "SELECT count(*) FROM claim c LEFT JOIN speaker b ON b.id = c.bearer
          WHERE c.speaker IS NOT coalesce(b.head, b.id)",
        [],
        |row| row.get(0),
    )?;
    found.note(strays == 0, || format!("{strays} claims are attributed to the wrong speaker"));
    Ok(found)
}

/// The list, who speaks where, and the totals are what the other tables come to.
fn list(conn: &Connection) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let mut totals = Totals::default();
    let mut statement = conn.prepare("SELECT id, public_id, removed FROM article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (article, id, removed): (i64, String, bool) = (get(row, 0)?, get(row, 1)?, get(row, 2)?);
        let stored = listing::stored(conn, article)?;
        let appearances = speakers::compute(conn, article)? == speakers::read(conn, article)?;
        let expected = match listing::tags_of(conn, article)? {
            Some(tags) if !removed => Some(listing::compose(conn, article, &tags)?),
            _ => None,
        };
        if let Some(listed) = &stored {
            totals.articles += 1;
            totals.claims += u64::from(listed.row.claims);
        }
        let sound = appearances && stored == expected && stored.is_none() == removed;
        found.note(sound, || format!("the row of article {id} isn't up to date"));
    }
    let kept = listing::totals(conn)?;
    found.note(kept == totals, || {
        format!(
            "the totals say {} articles and {} claims, there are {} and {}",
            kept.articles, kept.claims, totals.articles, totals.claims
        )
    });
    found.looked_at -= 1;
    Ok(found)
}

fn numbers(conn: &Connection, sql: &str) -> Result<Vec<i64>, Fault> {
    let mut statement = conn.prepare(sql)?;
    let numbers = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(numbers)
}

/// What people call a claim.
fn name(conn: &Connection, claim: i64) -> String {
    conn.query_row("SELECT public_id FROM claim WHERE id = ?1", [claim], |row| row.get(0))
        .unwrap_or_else(|_| format!("claim {claim}"))
}
