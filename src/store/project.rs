//! The projection: what the journal comes to.
//!
//! The state of a subject is the fold of its events that aren't undone, in the order in which they were recorded.
//! Tagging takes a short cut (the new event is the last, so it is applied to the present state); all else folds
//! anew, as undo and redo do; the check folds everything and compares.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};

use super::bearers::{self, Bearer};
use super::claims::Kept;
use super::spans::Page;
use super::sql_error::Fault;
use super::state::{ArticleState, ClaimState, Event, SpeakerState, amend};
use super::tags::{Numbers, Tags};
use super::value::{damaged, get, json, of_json};
use super::{claims, found, links, listing, merging, notes, relations, speakers, tags};
use crate::model::{Deed, NewClaim, Status};

/// Deeds that are kept parsed; a claim's may be some kilobytes.
const REMEMBERED: usize = 1024;

/// What an event can be about, with its number in the table of subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Article = 0,
    Claim = 1,
    /// A name with those who bear it.
    Speaker = 2,
}

impl Kind {
    pub(super) fn of_number(number: i64) -> Result<Self, Fault> {
        match number {
            0 => Ok(Self::Article),
            1 => Ok(Self::Claim),
            2 => Ok(Self::Speaker),
            other => Err(damaged("a subject", other)),
        }
    }
}

/// Folds subjects and brings their rows up to it, within one transaction.
pub(super) struct Projection<'c> {
    conn: &'c Connection,
    /// Events by number; `None` for one that is undone.
    events: HashMap<i64, Option<Rc<Event>>>,
    numbers: Numbers,
    page: Option<Page>,
    /// Articles whose claims changed.
    touched: BTreeSet<i64>,
    /// Names of which people said something else.
    renamed: BTreeSet<i64>,
    /// Claims whose words or speakers changed.
    reworded: BTreeSet<i64>,
}

impl<'c> Projection<'c> {
    pub(super) fn new(conn: &'c Connection) -> Self {
        Self {
            conn,
            events: HashMap::new(),
            numbers: Numbers::default(),
            page: None,
            touched: BTreeSet::new(),
            renamed: BTreeSet::new(),
            reworded: BTreeSet::new(),
        }
    }

    pub(super) fn conn(&self) -> &'c Connection {
        self.conn
    }

    /// Forgets which events stand, after one was undone or done again.
    pub(super) fn forget(&mut self) {
        self.events.clear();
    }

    /// An event, unless it is undone.
    fn event(&mut self, seq: i64) -> Result<Option<Rc<Event>>, Fault> {
        if let Some(known) = self.events.get(&seq) {
            return Ok(known.clone());
        }
        let (payload, annotator, undone): (String, String, bool) = self
            .conn
            .prepare_cached(
                "SELECT e.payload, e.annotator, a.undone IS NOT NULL FROM event e JOIN act a ON a.grp = e.grp
                  WHERE e.seq = ?1",
            )?
            .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let event = if undone { None } else { Some(Rc::new(Event { seq, annotator, deed: of_json(&payload)? })) };
        if self.events.len() >= REMEMBERED {
            self.events.clear();
        }
        self.events.insert(seq, event.clone());
        Ok(event)
    }

    fn fold(&mut self, kind: Kind, subject: i64, mut take: impl FnMut(&Event)) -> Result<(), Fault> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT event FROM event_subject WHERE kind = ?1 AND subject = ?2 ORDER BY event")?;
        let mut rows = statement.query([kind as i64, subject])?;
        while let Some(row) = rows.next()? {
            if let Some(event) = self.event(get(row, 0)?)? {
                take(&event);
            }
        }
        Ok(())
    }

    /// What the journal makes of an article.
    pub(super) fn article(&mut self, article: i64) -> Result<ArticleState, Fault> {
        let mut state = ArticleState::default();
        self.fold(Kind::Article, article, |event| state.take(&event.deed))?;
        Ok(state)
    }

    /// What the journal makes of a claim.
    pub(super) fn claim(&mut self, claim: i64) -> Result<ClaimState, Fault> {
        let mut state = ClaimState::default();
        self.fold(Kind::Claim, claim, |event| state.take(event))?;
        Ok(state)
    }

    /// What the journal makes of a name.
    pub(super) fn speaker(&mut self, bearer: &Bearer) -> Result<SpeakerState, Fault> {
        let mut state = SpeakerState::default();
        let own = bearer.key(self.conn)?;
        self.fold(Kind::Speaker, bearer.id, |event| state.take(event, &own))?;
        Ok(state)
    }

    /// Brings a subject's rows up to its events.
    pub(super) fn settle(&mut self, kind: Kind, subject: i64) -> Result<(), Fault> {
        match kind {
            Kind::Article => {
                let state = self.article(subject)?;
                notes::write(self.conn, Kind::Article, subject, state.note.as_deref())?;
                self.write_article(subject, &state)
            }
            Kind::Claim => {
                let state = self.claim(subject)?;
                self.write_claim(subject, &state)
            }
            Kind::Speaker => self.write_speaker(subject),
        }
    }

    /// Writes an article's tags and whether it is removed, whatever they were before.
    pub(super) fn write_article(&mut self, article: i64, state: &ArticleState) -> Result<(), Fault> {
        let before = listing::tags_of(self.conn, article)?;
        match (before, state.removed) {
            (None, true) => Ok(()),
            (Some(tags), false) if tags == state.tags => Ok(()),
            (Some(tags), false) => {
                self.numbers.retag_article(self.conn, article, &tags, &state.tags)?;
                listing::retag(self.conn, article, &state.tags)
            }
            (Some(tags), true) => {
                self.numbers.retag_article(self.conn, article, &tags, &Tags::new())?;
                self.conn
                    .prepare_cached("DELETE FROM claim_tag WHERE claim IN (SELECT id FROM claim WHERE article = ?1)")?
                    .execute([article])?;
                self.mark_removed(article, true)?;
                listing::remove(self.conn, article)
            }
            (None, false) => {
                self.mark_removed(article, false)?;
                self.numbers.retag_article(self.conn, article, &Tags::new(), &state.tags)?;
                listing::write(self.conn, article, &state.tags)?;
                for claim in self.claims_with_events(article)? {
                    self.settle(Kind::Claim, claim)?;
                }
                Ok(())
            }
        }
    }

    fn mark_removed(&self, article: i64, removed: bool) -> Result<(), Fault> {
        self.conn
            .prepare_cached("UPDATE article SET removed = ?2 WHERE id = ?1")?
            .execute(params![article, removed])?;
        Ok(())
    }

    fn claims_with_events(&self, article: i64) -> Result<Vec<i64>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM claim c WHERE article = ?1
                AND EXISTS (SELECT 1 FROM event_subject s WHERE s.kind = 1 AND s.subject = c.id)",
        )?;
        let claims = statement.query_map([article], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(claims)
    }

    fn write_claim(&mut self, claim: i64, state: &ClaimState) -> Result<(), Fault> {
        let mut kept = Kept::of(self.conn, claim)?;
        let gone = state.made.is_none() && !kept.derived;
        // The same claim was made twice, and the making that stands isn't the one that the row is from.
        if let Some(made) = state.made.filter(|made| kept.event != Some(*made)) {
            let (annotator, new) = self.made(made)?;
            self.add_claim(kept.article, made, &annotator, &new)?;
            kept = Kept::of(self.conn, claim)?;
        }
        if gone != kept.withdrawn {
            self.conn.prepare_cached("UPDATE claim SET withdrawn = ?2 WHERE id = ?1")?.execute(params![claim, gone])?;
            self.reworded.insert(claim);
        }
        if !gone {
            self.write_changes(claim, &kept, state)?;
            let status = self.status(state)?;
            self.conn.prepare_cached("UPDATE claim SET status = ?2, reviewer = ?3 WHERE id = ?1")?.execute(params![
                claim,
                status.word(),
                state.reviewer
            ])?;
        }
        notes::write(self.conn, Kind::Claim, claim, state.note.as_deref())?;
        relations::write(self.conn, claim, &state.bonds)?;
        self.touched.insert(kept.article);
        let none = Tags::new();
        self.numbers.retag_claim(self.conn, claim, if gone || kept.removed { &none } else { &state.tags })
    }

    /// Writes a claim anew where its row shows other changes than those that stand.
    fn write_changes(&mut self, claim: i64, kept: &Kept, state: &ClaimState) -> Result<(), Fault> {
        let wanted = Self::changes(state)?;
        if wanted == kept.amended {
            return Ok(());
        }
        let base = match (state.made, &kept.base) {
            (Some(made), _) => self.made(made)?.1,
            (None, Some(base)) => of_json(base)?,
            (None, None) => claims::as_told(self.conn, claim)?,
        };
        let found = state.made.is_none() && wanted.is_some();
        let found = found.then(|| json(&base)).transpose()?;
        let page = self.page(kept.article)?;
        claims::rewrite(self.conn, &page, claim, &amend(base, &state.amended))?;
        self.page = Some(page);
        self.conn
            .prepare_cached("UPDATE claim SET amended = ?2, base = ?3 WHERE id = ?1")?
            .execute(params![claim, wanted, found])?;
        self.reworded.insert(claim);
        Ok(())
    }

    /// What a claim is, reviewed or not.
    pub(super) fn status(&mut self, state: &ClaimState) -> Result<Status, Fault> {
        match (state.status, state.made) {
            (Some(status), _) => Ok(status),
            (None, Some(made)) => Ok(self.made(made)?.1.status),
            (None, None) => Ok(Status::Suggested),
        }
    }

    /// The changes of a claim as its row keeps them.
    pub(super) fn changes(state: &ClaimState) -> Result<Option<String>, Fault> {
        (!state.amended.is_empty()).then(|| json(&state.amended)).transpose()
    }

    /// The claim that an event made, and who did.
    fn made(&mut self, event: i64) -> Result<(String, NewClaim), Fault> {
        match self.event(event)?.as_deref() {
            Some(Event { annotator, deed: Deed::Claim(new), .. }) => Ok((annotator.clone(), (**new).clone())),
            _ => Err(damaged("a claim", format!("event {event} doesn't make it"))),
        }
    }

    /// The current revision of an article; the one that was used last is at hand.
    pub(super) fn page(&mut self, article: i64) -> Result<Page, Fault> {
        match self.page.take() {
            Some(page) if page.article == article => Ok(page),
            _ => Page::current(self.conn, article),
        }
    }

    /// Writes a new claim of an article; gives its number.
    pub(super) fn add_claim(
        &mut self,
        article: i64,
        event: i64,
        annotator: &str,
        new: &NewClaim,
    ) -> Result<i64, Fault> {
        let page = self.page(article)?;
        let claim = claims::write(self.conn, &page, claims::Maker::Event(event), annotator, new);
        self.page = Some(page);
        self.touched.insert(article);
        self.reworded.extend(claim.as_ref().ok());
        claim
    }

    fn write_speaker(&mut self, id: i64) -> Result<(), Fault> {
        let bearer = Bearer::by_id(self.conn, id)?;
        let state = self.speaker(&bearer)?;
        if let Some((_, name)) = &state.name {
            bearers::note_given(self.conn, id, name)?;
        }
        let merged = match &state.merged {
            Some(into) => bearers::named(self.conn, into)?,
            None => None,
        };
        if merged != bearer.merged {
            self.conn.prepare_cached("UPDATE speaker SET merged = ?2 WHERE id = ?1")?.execute(params![id, merged])?;
            // Who was joined through it has to be looked at too.
            self.renamed.extend(bearer.merged);
        }
        for article in bearers::split(self.conn, &bearer, &state)? {
            self.touched.insert(article);
            self.conn.prepare_cached("INSERT OR IGNORE INTO unlinked VALUES (?1)")?.execute([article])?;
        }
        self.renamed.insert(id);
        Ok(())
    }

    /// The tags of a claim that can be seen; `None` of one that can't.
    pub(super) fn tags_of_claim(&self, claim: i64) -> Result<Option<Tags>, Fault> {
        if self.is_seen(claim)? { tags::of_claim(self.conn, claim).map(Some) } else { Ok(None) }
    }

    /// Whether a claim can be seen, also where it is rejected.
    pub(super) fn is_seen(&self, claim: i64) -> Result<bool, Fault> {
        let seen: Option<bool> = self
            .conn
            .prepare_cached(
                "SELECT NOT c.withdrawn AND NOT c.covered AND NOT a.removed FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1",
            )?
            .query_row([claim], |row| row.get(0))
            .optional()?;
        Ok(seen == Some(true))
    }

    /// Writes the tags of a claim.
    pub(super) fn retag_claim(&mut self, claim: i64, tags: &Tags) -> Result<(), Fault> {
        // What rules don't find any more is in sight as long as something hangs on it.
        self.touched.extend(claims::article_of_stale(self.conn, claim)?);
        self.numbers.retag_claim(self.conn, claim, tags)
    }

    /// Brings what follows from the claims of the touched articles up to them: who speaks there, the list's row, links.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        let (touched, renamed) = (std::mem::take(&mut self.touched), std::mem::take(&mut self.renamed));
        refresh(self, &touched, renamed)?;
        links::follow(self.conn, &std::mem::take(&mut self.reworded))
    }
}

/// Brings what follows from the claims of these articles, and from what people said of these names, up to it.
pub(super) fn refresh(
    projection: &mut Projection<'_>,
    articles: &BTreeSet<i64>,
    mut names: BTreeSet<i64>,
) -> Result<(), Fault> {
    let conn = projection.conn();
    for article in articles {
        found::cover(conn, *article)?;
        names.extend(bearers::restate(conn, *article)?);
    }
    let moved = merging::regroup(projection, names)?;
    for article in &moved {
        conn.prepare_cached("INSERT OR IGNORE INTO unlinked VALUES (?1)")?.execute([article])?;
    }
    for article in articles.union(&moved) {
        speakers::restate(conn, *article)?;
        if let Some(tags) = listing::tags_of(conn, *article)? {
            listing::write(conn, *article, &tags)?;
        }
    }
    Ok(())
}

/// Writes what the tables of an older version didn't have yet.
pub(super) fn catch_up(conn: &Connection) -> Result<(), Fault> {
    let mut statement = conn.prepare("SELECT article FROM unsettled")?;
    let articles: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    drop(statement);
    if articles.is_empty() {
        return Ok(());
    }
    bearers::note_all(conn)?;
    for article in articles {
        refresh(&mut Projection::new(conn), &BTreeSet::from([article]), BTreeSet::new())?;
    }
    conn.execute("DELETE FROM unsettled", [])?;
    Ok(())
}
