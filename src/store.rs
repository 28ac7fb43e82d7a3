//! The store: one `SQLite` file that holds articles, revisions, claims, speakers, tags and the journal of
//! every human act.
//!
//! It is the only owner of a database connection and the only place with SQL in it. Each public verb is one
//! transaction: done and on the disk when it returns, or not done at all. What people did are events that never
//! change; the state that they come to is kept beside them, ready to be read, and [`Store::check`] compares the two.
//!
//! Several processes may have the same store open. One writes at a time, the others wait up to five seconds for their
//! turn; readers never wait. A file that isn't a store, or is one that this program can't be trusted with, is never
//! written to.
//!
//! | module | what |
//! |---|---|
//! | `open`, `schema` | from a path to a sound connection; versions and migrations |
//! | `articles`, `spans` | articles and revisions; the ranges of claims, placed in the current one |
//! | `journal`, `summary` | acts, undo and redo, the log |
//! | `review`, `naming` | what is done to claims and to speakers, before it is recorded |
//! | `state`, `project` | what the journal comes to, and the rows that follow from it |
//! | `claims`, `found`, `notes`, `relations`, `links`, `tags`, `listing` | these rows, and how they are read |
//! | `bearers`, `variant`, `merging`, `speakers` | names, which of them are one speaker, where these speak |
//! | `check` | whether they do follow |
//! | `value`, `sql_error` | plain values in columns; what `SQLite`'s errors mean |

mod articles;
mod bearers;
mod check;
mod claims;
mod found;
mod journal;
mod links;
mod listing;
mod merging;
mod naming;
mod notes;
mod open;
mod project;
mod relations;
mod review;
mod schema;
mod spans;
mod speakers;
mod sql_error;
mod state;
mod summary;
mod tags;
mod value;
mod variant;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::model::listing::{LogRow, MergeSuggestion, Opened, Page, Row, SpeakerPage, SpeakerRow, Totals};
use crate::model::{Act, Annotation, ArticleId, ClaimId, Findings, SpeakerId, SpeakerKey, Tag, article::Import};
use crate::query::Query;
use journal::Way;
use open::Access;
pub use spans::Moves;
use sql_error::Fault;

/// Articles whose claims are linked in one transaction.
const LINKED_TOGETHER: usize = 64;

/// What an import did to the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// A new article.
    New(ArticleId),
    /// Known already, word for word.
    Unchanged(ArticleId),
    /// A new revision of a known article, and what became of the claims that people made of it.
    Updated(ArticleId, Moves),
    /// Known, and removed by hand; it stays removed.
    Removed(ArticleId),
}

impl Added {
    /// The article that it is about.
    pub const fn id(&self) -> &ArticleId {
        match self {
            Self::New(id) | Self::Unchanged(id) | Self::Updated(id, _) | Self::Removed(id) => id,
        }
    }
}

/// What an act came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Subjects whose state changed; 0 where everything was so already, and then nothing was recorded.
    pub changed: usize,
    /// What was done, in words: `tag 3 articles +ia`; empty where nothing was.
    pub summary: String,
}

impl Recorded {
    /// An act that changed nothing.
    const NOTHING: Self = Self { changed: 0, summary: String::new() };
}

/// What undo or redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reverted {
    /// The act that was taken back or done again.
    pub group: Uuid,
    /// What it was, in words: `tag 3 articles +ia`.
    pub summary: String,
}

/// One check of the store's integrity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub check: &'static str,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What was found.
    pub detail: String,
}

/// The open store.
pub struct Store {
    conn: Connection,
    path: PathBuf,
    access: Access,
    is_new: bool,
}

impl Store {
    /// Opens the store at `path`, making it (and its folder) where there is none, migrating an older one
    /// after copying it beside itself.
    ///
    /// A store that can't be written is opened for reading; what would write then fails with
    /// [`Error::ReadOnlyStore`]. Where nobody who could write it has it open, it is read as a file that doesn't
    /// change: should somebody begin to write it meanwhile, this store has to be opened anew to see it.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self::from_opened(open::open(path, schema::MIGRATIONS)?))
    }

    fn from_opened(opened: open::Opened) -> Self {
        let open::Opened { conn, path, access, is_new } = opened;
        Self { conn, path, access, is_new }
    }

    /// A second connection to the same store, for reading beside a writer. It can't write.
    pub fn reader(&self) -> Result<Self> {
        let conn = open::connect_to_read(&self.path, self.access).map_err(|fault| fault.tell("read", &self.path))?;
        let access = if self.access == Access::Frozen { Access::Frozen } else { Access::Read };
        Ok(Self { conn, path: self.path.clone(), access, is_new: false })
    }

    /// Where the store is; an absolute path.
    pub fn path(&self) -> &PathBuf {
        &self.path
    }

    /// Whether this `open` made the store.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Whether this store can only be read.
    pub fn is_read_only(&self) -> bool {
        self.access != Access::Write
    }

    /// A number that changes when another connection has written.
    pub fn data_version(&self) -> Result<i64> {
        self.read("look at the store", |conn| {
            Ok(conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
        })
    }

    /// Articles and claims in all.
    pub fn totals(&self) -> Result<Totals> {
        self.read("read the totals", listing::totals)
    }

    /// Adds an article, in a transaction of its own.
    ///
    /// An article whose canonical text is known is the same article; its identity is noted as a second origin. One whose
    /// identity is known, with another text, becomes a new revision, and its claims are placed anew in it.
    pub fn add(&mut self, import: &Import, now: Timestamp) -> Result<Added> {
        self.write("add an article", |conn| articles::add(conn, import, now))
    }

    /// Adds several things in one transaction; all or nothing.
    pub fn add_all(&mut self, imports: &[Import], acts: &[Act], now: Timestamp) -> Result<Vec<Added>> {
        self.write("add articles", |conn| {
            let added = imports.iter().map(|import| articles::add(conn, import, now)).collect::<Result<_, _>>()?;
            for act in acts {
                journal::record(conn, act)?;
            }
            Ok(added)
        })
    }

    /// The first `limit` rows of the list in its order (newest first), without a filter.
    pub fn first_rows(&self, limit: usize) -> Result<Vec<Row>> {
        self.read("read the list", |conn| {
            let mut rows = Vec::new();
            listing::walk(conn, limit, &mut |_, row| {
                rows.push(row);
                Ok(())
            })?;
            Ok(rows)
        })
    }

    /// The rows of these articles, in this order; those that are gone are left out.
    pub fn rows(&self, ids: &[ArticleId]) -> Result<Vec<Row>> {
        self.read("read the list", |conn| {
            let rows = ids.iter().map(|id| Ok(listing::row(conn, id)?.map(|(_, row)| row)));
            rows.filter_map(Result::transpose).collect()
        })
    }

    /// The articles that a query chooses, best first (in the list's order where nothing is fuzzy).
    pub fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.read("read the list", |conn| listing::list(conn, query))
    }

    /// The claims that a query chooses, article by article in the list's order, with the row they stand in. Rejected ones
    /// are among them only where the query names a status.
    ///
    /// `each` sees the store as it was when the first claim was read; an error of `each` ends the walk and is returned.
    pub fn claims(&self, query: &Query, each: &mut dyn FnMut(&Row, &Opened, &Annotation) -> Result<()>) -> Result<()> {
        self.read("read the claims", |conn| {
            listing::choose_claims(conn, query, &mut |row, claims| {
                let opened = articles::open(conn, &row.id)?;
                Ok(claims.iter().try_for_each(|claim| each(&row, &opened, claim))?)
            })
        })
    }

    /// Who is quoted in the articles that a query chooses, or in the claims where it chooses these; most claims first.
    /// Words of the query choose the speakers themselves: see [`Query::for_speakers`].
    pub fn speakers(&self, query: &Query) -> Result<Vec<SpeakerRow>> {
        self.read("read the speakers", |conn| {
            let (query, words) = &query.for_speakers();
            let mut tally = speakers::Tally::default();
            if query.has_claim_terms() {
                listing::choose_claims(conn, query, &mut |_, claims| {
                    tally.add_claims(claims);
                    Ok(())
                })?;
            } else {
                listing::choose(conn, query, &mut |article, _, _| speakers::tally(conn, article, &mut tally))?;
            }
            let mut rows = tally.rows(conn)?;
            rows.retain(|row| words.chooses_speaker(&row.speaker));
            Ok(rows)
        })
    }

    /// Some of the claims that a query chooses, article by article in the list's order: those after the article `after`,
    /// whole articles of them until there are `limit` claims. Rejected ones are among them only where the query names
    /// a status.
    pub fn claims_page(&self, query: &Query, after: Option<&ArticleId>, limit: usize) -> Result<Page> {
        self.read("read the claims", |conn| listing::page(conn, query, None, after, limit))
    }

    /// The claims of a speaker, as [`Self::claims_page`] gives all.
    pub fn claims_of(&self, speaker: SpeakerId, after: Option<&ArticleId>, limit: usize) -> Result<Page> {
        self.read("read the claims", |conn| listing::page(conn, &Query::default(), Some(speaker.0), after, limit))
    }

    /// The speaker of this name; see [`SpeakerKey`]. The number is good until something is written.
    pub fn find_speaker(&self, who: &SpeakerKey) -> Result<SpeakerId> {
        self.read("look for the speaker", |conn| Ok(SpeakerId(bearers::find(conn, who)?.head())))
    }

    /// All that the store knows of a speaker but their claims; `None` where they have none that can be seen.
    pub fn speaker(&self, speaker: SpeakerId) -> Result<Option<SpeakerPage>> {
        self.read("read the speaker", |conn| speakers::page(conn, speaker.0))
    }

    /// Whom a claim of this article may be by: the speakers of the article in order of their first claim, then the
    /// others, most claims first, up to `limit` in all.
    pub fn speakers_near(&self, id: &ArticleId, limit: usize) -> Result<Vec<SpeakerRow>> {
        self.read("read the speakers", |conn| {
            let article = journal::number(conn, "article", id.as_str())?;
            speakers::nearest(conn, article, limit)
        })
    }

    /// Pairs of speakers who may be one, since their names are nearly alike, and whom nothing makes one or tells
    /// apart; up to `limit`. Looks at every name: a job, not for a key press.
    pub fn merge_suggestions(&self, limit: usize) -> Result<Vec<MergeSuggestion>> {
        self.read("look for speakers that are alike", |conn| speakers::merge_suggestions(conn, limit))
    }

    /// One article with its text, claims and place.
    pub fn opened(&self, id: &ArticleId) -> Result<Opened> {
        self.read("open the article", |conn| articles::open(conn, id))
    }

    /// The article whose id begins with `prefix`; an error names up to five candidates where several do.
    pub fn find_article(&self, prefix: &ArticleId) -> Result<ArticleId> {
        self.read("look for the article", |conn| listing::find_article(conn, prefix))
    }

    /// The claim whose id begins with `prefix`, and its article.
    pub fn find_claim(&self, prefix: &ClaimId) -> Result<(ClaimId, ArticleId)> {
        self.read("look for the claim", |conn| listing::find_claim(conn, prefix))
    }

    /// An article's id as people are shown it: the shortest beginning, of [`SHOWN`](crate::model::id::SHOWN)
    /// characters at least, that no other article's id has.
    pub fn shown_article(&self, id: &ArticleId) -> Result<String> {
        self.read("look for the article", |conn| listing::shown_article(conn, id))
    }

    /// A claim's id as people are shown it; see [`Store::shown_article`].
    pub fn shown_claim(&self, id: &ClaimId) -> Result<String> {
        self.read("look for the claim", |conn| listing::shown_claim(conn, id))
    }

    /// All tags with how many articles and claims carry them, most used first.
    pub fn tags(&self) -> Result<Vec<(Tag, u64)>> {
        self.read("read the tags", tags::all)
    }

    /// Records what a person did and brings the state up to it, in one transaction.
    ///
    /// Only subjects that change are recorded; what was removed or taken back meanwhile is passed over. An act whose
    /// group is recorded already, or a claim whose id is, changes nothing.
    pub fn record(&mut self, act: &Act) -> Result<Recorded> {
        self.write("record this", |conn| journal::record(conn, act))
    }

    /// Takes back the annotator's last act that isn't undone; `None` where there is none. `group` names the act of undoing.
    pub fn undo(&mut self, annotator: &str, group: Uuid, now: Timestamp) -> Result<Option<Reverted>> {
        self.write("undo", |conn| journal::step(conn, Way::Undo, annotator, group, now))
    }

    /// Does again what the annotator undid last, if nothing was done since.
    pub fn redo(&mut self, annotator: &str, group: Uuid, now: Timestamp) -> Result<Option<Reverted>> {
        self.write("redo", |conn| journal::step(conn, Way::Redo, annotator, group, now))
    }

    /// The journal, newest first.
    pub fn log(&self, limit: usize) -> Result<Vec<LogRow>> {
        self.read("read the journal", |conn| journal::log(conn, limit))
    }

    /// Replaces what rules found in an article by what they find in its current text now. What people made or did
    /// stays as it is.
    pub fn set_found(&mut self, id: &ArticleId, findings: &Findings) -> Result<()> {
        self.write("write what was found", |conn| articles::set_found(conn, id, findings))
    }

    /// Links the claims of these articles anew with those that tell the same elsewhere; how many links they have then.
    /// A long job, done in small transactions so that nobody else's write has to wait; articles that are gone
    /// meanwhile are passed over.
    pub fn link(&mut self, ids: &[ArticleId]) -> Result<usize> {
        let mut links = 0;
        for ids in ids.chunks(LINKED_TOGETHER) {
            links += self.write("link the claims", |conn| {
                let mut links = 0;
                for id in ids {
                    if let Some((article, _)) = listing::row(conn, id)? {
                        links += links::relink(conn, article)?;
                    }
                }
                Ok(links)
            })?;
        }
        Ok(links)
    }

    /// Links the claims of articles in which something changed since, up to `limit` of them; how many were done. What a
    /// few claims changed in is linked at once; this is for what was merged, split or made by the hundred.
    pub fn link_waiting(&mut self, limit: usize) -> Result<usize> {
        self.write("link the claims", |conn| {
            let articles = links::waiting(conn, limit)?;
            for article in &articles {
                links::relink(conn, *article)?;
            }
            Ok(articles.len())
        })
    }

    /// Marks an article read or unread. Plain state, no event.
    pub fn set_read(&mut self, id: &ArticleId, read: bool) -> Result<()> {
        self.write("mark the article", |conn| articles::set_read(conn, id, read))
    }

    /// Keeps where reading stopped: a byte of the article's current text. Plain state, no event.
    pub fn set_place(&mut self, id: &ArticleId, place: usize) -> Result<()> {
        self.write("keep the place", |conn| articles::set_place(conn, id, place))
    }

    /// Looks the store over: the file, the foreign keys, the texts and ranges, the projection against a replay of the
    /// journal, the list and its totals against a recount.
    pub fn check(&self) -> Result<Vec<Check>> {
        self.read("check the store", |conn| Ok(check::run(conn)))
    }

    /// One transaction that sees the store at one moment. Within `claims`, whose walk calls back, it joins the outer one.
    fn read<T>(&self, doing: &'static str, verb: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T> {
        let run = || {
            if !self.conn.is_autocommit() {
                return verb(&self.conn);
            }
            // Dropped, it ends; there is nothing to commit.
            let _moment = self.conn.unchecked_transaction()?;
            verb(&self.conn)
        };
        run().map_err(|fault| fault.tell(doing, &self.path))
    }

    /// One transaction that has the write lock from its beginning, so that it can't fail halfway for want of it.
    fn write<T>(&mut self, doing: &'static str, verb: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T> {
        if self.is_read_only() {
            return Err(Error::ReadOnlyStore { path: self.path.clone() });
        }
        let run = || {
            let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = verb(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        run().map_err(|fault: Fault| fault.tell(doing, &self.path))
    }
}

#[cfg(test)]
mod tests;
