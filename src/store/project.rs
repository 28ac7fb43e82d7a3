//! The projection: what the journal comes to.
//!
//! The state of a subject is the fold of its events that aren't undone, in the order in which they were recorded.
//! Recording takes a short cut (the new event is the last, so it is applied to the present state); undo and redo fold
//! anew; the check folds everything and compares.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension};

use super::spans::Page;
use super::sql_error::Fault;
use super::tags::{Numbers, Tags};
use super::value::{damaged, get, of_json};
use super::{claims, found, listing, speakers, tags};
use crate::model::Deed;

/// Deeds that are kept parsed; a claim's may be some kilobytes.
const REMEMBERED: usize = 1024;

/// What an event can be about, with its number in the table of subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Article = 0,
    Claim = 1,
}

impl Kind {
    pub(super) fn of_number(number: i64) -> Result<Self, Fault> {
        match number {
            0 => Ok(Self::Article),
            1 => Ok(Self::Claim),
            other => Err(damaged("a subject", other)),
        }
    }
}

/// What people made of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ArticleState {
    pub tags: Tags,
    pub removed: bool,
}

impl ArticleState {
    /// Takes one more deed into account.
    pub(super) fn take(&mut self, deed: &Deed) {
        match deed {
            Deed::Tag { add, remove, .. } => retag(&mut self.tags, add, remove),
            Deed::Remove { .. } => self.removed = true,
            _ => {}
        }
    }
}

/// What people made of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ClaimState {
    /// The event that made it, where one stands.
    pub made: Option<i64>,
    pub tags: Tags,
}

impl ClaimState {
    /// Takes one more deed into account.
    pub(super) fn take(&mut self, event: i64, deed: &Deed) {
        match deed {
            Deed::Tag { add, remove, .. } => retag(&mut self.tags, add, remove),
            Deed::Claim(_) => self.made = Some(event),
            _ => {}
        }
    }
}

fn retag(tags: &mut Tags, add: &[crate::model::Tag], remove: &[crate::model::Tag]) {
    for tag in remove {
        tags.remove(tag);
    }
    tags.extend(add.iter().cloned());
}

/// Folds subjects and brings their rows up to it, within one transaction.
pub(super) struct Projection<'c> {
    conn: &'c Connection,
    /// Deeds by event; `None` for one that is undone.
    deeds: HashMap<i64, Option<Rc<Deed>>>,
    numbers: Numbers,
    page: Option<Page>,
    /// Articles whose claims changed.
    touched: BTreeSet<i64>,
}

impl<'c> Projection<'c> {
    pub(super) fn new(conn: &'c Connection) -> Self {
        Self { conn, deeds: HashMap::new(), numbers: Numbers::default(), page: None, touched: BTreeSet::new() }
    }

    /// Forgets which deeds stand, after one was undone or done again.
    pub(super) fn forget(&mut self) {
        self.deeds.clear();
    }

    /// The deed of an event, unless it is undone.
    fn deed(&mut self, event: i64) -> Result<Option<Rc<Deed>>, Fault> {
        if let Some(known) = self.deeds.get(&event) {
            return Ok(known.clone());
        }
        let (payload, undone): (String, bool) = self
            .conn
            .prepare_cached(
                "SELECT e.payload, a.undone IS NOT NULL FROM event e JOIN act a ON a.grp = e.grp WHERE e.seq = ?1",
            )?
            .query_row([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let deed = if undone { None } else { Some(Rc::new(of_json(&payload)?)) };
        if self.deeds.len() >= REMEMBERED {
            self.deeds.clear();
        }
        self.deeds.insert(event, deed.clone());
        Ok(deed)
    }

    fn fold(&mut self, kind: Kind, subject: i64, mut take: impl FnMut(i64, &Deed)) -> Result<(), Fault> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT event FROM event_subject WHERE kind = ?1 AND subject = ?2 ORDER BY event")?;
        let mut rows = statement.query([kind as i64, subject])?;
        while let Some(row) = rows.next()? {
            let event = get(row, 0)?;
            if let Some(deed) = self.deed(event)? {
                take(event, &deed);
            }
        }
        Ok(())
    }

    /// What the journal makes of an article.
    pub(super) fn article(&mut self, article: i64) -> Result<ArticleState, Fault> {
        let mut state = ArticleState::default();
        self.fold(Kind::Article, article, |_, deed| state.take(deed))?;
        Ok(state)
    }

    /// What the journal makes of a claim.
    pub(super) fn claim(&mut self, claim: i64) -> Result<ClaimState, Fault> {
        let mut state = ClaimState::default();
        self.fold(Kind::Claim, claim, |event, deed| state.take(event, deed))?;
        Ok(state)
    }

    /// Brings a subject's rows up to its events.
    pub(super) fn settle(&mut self, kind: Kind, subject: i64) -> Result<(), Fault> {
        match kind {
            Kind::Article => {
                let state = self.article(subject)?;
                self.write_article(subject, &state)
            }
            Kind::Claim => {
                let state = self.claim(subject)?;
                self.write_claim(subject, &state)
            }
        }
    }

    /// Writes an article's state, whatever it was before.
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
            .execute(rusqlite::params![article, removed])?;
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
        let (article, event, withdrawn, derived, removed): (i64, Option<i64>, bool, bool, bool) = self
            .conn
            .prepare_cached(
                "SELECT c.article, c.event, c.withdrawn, c.rule_set IS NOT NULL, a.removed
                   FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1",
            )?
            .query_row([claim], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
        let gone = state.made.is_none() && !derived;
        match state.made {
            // The same claim was made twice, and the making that stands isn't the one that the row is from.
            Some(made) if event != Some(made) => self.make_claim(article, made)?,
            _ if gone != withdrawn => {
                self.conn
                    .prepare_cached("UPDATE claim SET withdrawn = ?2 WHERE id = ?1")?
                    .execute(rusqlite::params![claim, gone])?;
            }
            _ => {}
        }
        self.touched.insert(article);
        let none = Tags::new();
        self.numbers.retag_claim(self.conn, claim, if gone || removed { &none } else { &state.tags })
    }

    /// Writes the claim that an event made.
    fn make_claim(&mut self, article: i64, event: i64) -> Result<(), Fault> {
        let annotator: String = self
            .conn
            .prepare_cached("SELECT annotator FROM event WHERE seq = ?1")?
            .query_row([event], |row| row.get(0))?;
        match self.deed(event)?.as_deref() {
            Some(Deed::Claim(new)) => {
                self.add_claim(article, event, &annotator, new)?;
                Ok(())
            }
            _ => Err(damaged("a claim", format!("event {event} doesn't make it"))),
        }
    }

    /// Writes a new claim of an article; gives its number.
    pub(super) fn add_claim(
        &mut self,
        article: i64,
        event: i64,
        annotator: &str,
        new: &crate::model::NewClaim,
    ) -> Result<i64, Fault> {
        let page = match self.page.take() {
            Some(page) if page.article == article => page,
            _ => Page::current(self.conn, article)?,
        };
        let claim = claims::write(self.conn, &page, claims::Maker::Event(event), annotator, new);
        self.page = Some(page);
        self.touched.insert(article);
        claim
    }

    /// Tags a claim that can be seen; `false` where nothing changes by it.
    pub(super) fn tags_of_claim(&self, claim: i64) -> Result<Option<Tags>, Fault> {
        let seen: Option<bool> = self
            .conn
            .prepare_cached(
                "SELECT NOT c.withdrawn AND NOT c.covered AND NOT a.removed FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1",
            )?
            .query_row([claim], |row| row.get(0))
            .optional()?;
        if seen == Some(true) { tags::of_claim(self.conn, claim).map(Some) } else { Ok(None) }
    }

    /// Writes the tags of a claim.
    pub(super) fn retag_claim(&mut self, claim: i64, tags: &Tags) -> Result<(), Fault> {
        self.numbers.retag_claim(self.conn, claim, tags)
    }

    /// Brings what follows from the claims of the touched articles up to them: who speaks there, the list's row.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        for article in std::mem::take(&mut self.touched) {
            found::cover(self.conn, article)?;
            speakers::restate(self.conn, article)?;
            if let Some(tags) = listing::tags_of(self.conn, article)? {
                listing::write(self.conn, article, &tags)?;
            }
        }
        Ok(())
    }
}
