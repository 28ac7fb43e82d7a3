//! The workers: they perform effects on the store and the file beside it, each lane on a thread of its own.
//!
//! *Writes* are done in order and none is dropped; *queries* are answered newest first, and one that a newer
//! question has overtaken is not asked at all. A *long job* links claims between the writes. The lanes have a
//! connection each, so that reading never waits for a write. What comes of an effect goes back as an [`Outcome`]; a
//! worker never draws and never touches the state.

mod links;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use jiff::tz::TimeZone;

use self::links::Links;
use super::editor;
use super::effect::{Effect, Stamp};
use super::event::Outcome;
use crate::config::Kept;
use crate::error::{Error, Result};
use crate::model::listing::{LogRow, Page, Row, SpeakerPage, SpeakerRow};
use crate::model::{Act, ArticleId, Deed, SpeakerId, SpeakerKey};
use crate::query::{Fields, Query};
use crate::store::{Recorded, Store};
use crate::text::shown::Shown;

/// Pairs of speakers who may be one that are looked for.
const ALIKE: usize = 200;
/// Acts of the journal that are shown.
const HISTORY: usize = 500;
/// Speakers that one can choose from: those who say most.
const SPEAKERS: usize = 2000;

/// The lanes to the workers.
pub struct Workers {
    writes: Option<Sender<Effect>>,
    queries: Option<Sender<Effect>>,
    /// None where the store can't be written.
    links: Option<Links>,
    jobs: Option<Sender<Effect>>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Starts the workers on a store; `state` is the file for what is kept beside it. `done` is called on their threads, once for each effect that they took,
    /// besides with [`Outcome::Changed`] when another program, or the long job, has written.
    pub fn start(
        store: Store,
        user: String,
        state: Option<PathBuf>,
        done: impl Fn(Outcome) + Clone + Send + 'static,
    ) -> Result<Self> {
        let (reader, jobber) = (store.reader()?, store.reader()?);
        let written = Arc::new(AtomicU64::new(0));
        let (writes, to_write) = channel();
        let (queries, to_query) = channel();
        let (jobs, to_do) = channel();
        let (answer, told) = (done.clone(), done.clone());
        let library = Library::new(reader, Arc::clone(&written));
        let mut threads = vec![spawn("queries", move || answer_all(library, &to_query, &answer))?];
        let mut links = None;
        if !store.is_read_only() {
            let (lane, thread) = Links::start(store.path().clone(), Arc::clone(&written), done.clone())?;
            links = Some(lane);
            threads.push(thread);
        }
        threads.push(spawn("jobs", move || do_all(&jobber, &to_do, &told))?);
        let told = links.clone();
        let done = move |outcome| {
            told.iter().for_each(Links::write_ends);
            done(outcome);
        };
        threads.push(spawn("writes", move || write_all(store, &user, state.as_deref(), &written, &to_write, &done))?);
        Ok(Self { writes: Some(writes), queries: Some(queries), jobs: Some(jobs), links, threads })
    }

    /// Hands an effect to its lane; `false` where it is none of the workers'.
    pub fn perform(&self, effect: Effect) -> bool {
        let lane = if effect.writes() {
            self.links.iter().for_each(Links::write_begins);
            &self.writes
        } else if effect.asks() {
            &self.queries
        } else if matches!(effect, Effect::Alike) {
            &self.jobs
        } else {
            return false;
        };
        lane.as_ref().is_some_and(|lane| lane.send(effect).is_ok())
    }

    /// Waits until the long job has nothing left to do. Only a reader without a terminal, which is to be repeatable,
    /// waits.
    pub fn wait_for_links(&self) {
        self.links.iter().for_each(Links::wait);
    }
}

/// Waits until all that was handed over is done: what a person did isn't lost, however the reader ends.
impl Drop for Workers {
    fn drop(&mut self) {
        self.links.iter().for_each(Links::end);
        drop((self.writes.take(), self.queries.take(), self.jobs.take(), self.links.take()));
        for thread in self.threads.drain(..) {
            // A worker that panicked has left its report through the panic hook.
            let _ = thread.join();
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map_err(|source| Error::Terminal { doing: "start a thread for", source })
}

fn write_all(
    mut store: Store,
    user: &str,
    state: Option<&Path>,
    written: &AtomicU64,
    effects: &Receiver<Effect>,
    done: &impl Fn(Outcome),
) {
    let mut failed = false;
    for effect in effects {
        let outcome = match (effect, state) {
            (Effect::Measure { measure, over }, Some(path)) => keep_measure(path, Kept { measure, over }),
            (Effect::Discard(file), _) => discard(&file, failed),
            (effect, _) => write(&mut store, user, effect),
        };
        failed = matches!(outcome, Outcome::NotSaved(_));
        written.fetch_add(1, Ordering::SeqCst);
        done(outcome);
    }
}

fn keep_measure(path: &Path, kept: Kept) -> Outcome {
    match kept.write(path) {
        Ok(()) => Outcome::Nothing,
        Err(error) => Outcome::Failed(format!("the measure isn't kept: {}: {error}", path.display())),
    }
}

/// Removes the file of a note that is saved, or says where it is.
fn discard(file: &Path, failed: bool) -> Outcome {
    if failed {
        return Outcome::Failed(format!("the note isn't saved; what you wrote is kept in {}", file.display()));
    }
    editor::discard(file);
    Outcome::Nothing
}

fn write(store: &mut Store, user: &str, effect: Effect) -> Outcome {
    let quietly =
        |result: Result<()>| result.map_or_else(|error| Outcome::Failed(in_words(&error)), |()| Outcome::Nothing);
    match effect {
        Effect::Record(act) => record(store, &act),
        Effect::Undo(stamp) => revert(store, user, stamp, true),
        Effect::Redo(stamp) => revert(store, user, stamp, false),
        Effect::Place(article, place) => quietly(store.set_place(&article, place)),
        Effect::Read(article) => quietly(store.set_read(&article, true)),
        _ => Outcome::Nothing,
    }
}

fn record(store: &mut Store, act: &Act) -> Outcome {
    match store.record(act) {
        Ok(recorded) if recorded.changed == 0 => Outcome::Unchanged(told(act, &recorded)),
        Ok(recorded) => Outcome::Saved(told(act, &recorded)),
        Err(error) => Outcome::NotSaved(in_words(&error)),
    }
}

/// What an act did, for the footer.
fn told(act: &Act, recorded: &Recorded) -> String {
    let changed = recorded.changed;
    let Some(deed) = act.deeds.first() else { return String::new() };
    let several = |what: &str| if changed == 1 { format!("1 {what}") } else { format!("{changed} {what}s") };
    match deed {
        Deed::Tag { subjects, .. } if changed == 0 => match subjects.len() {
            1 => "nothing changed: it is tagged so already".to_owned(),
            _ => "nothing changed: they are tagged so already".to_owned(),
        },
        Deed::Tag { subjects, add, remove } => {
            let what =
                if matches!(subjects.first(), Some(crate::model::Subject::Claim(_))) { "claim" } else { "article" };
            let tags = add.iter().map(|tag| format!("+{}", tag.as_str()));
            let tags: Vec<String> = tags.chain(remove.iter().map(|tag| format!("-{}", tag.as_str()))).collect();
            format!("tagged {} {}", several(what), tags.join(" "))
        }
        Deed::Remove { .. } => {
            format!("removed {}; undo brings {} back", several("article"), if changed == 1 { "it" } else { "them" })
        }
        _ if changed == 0 => "nothing changed: it is so already".to_owned(),
        _ => format!("saved: {}", recorded.summary),
    }
}

/// An act of the journal as a line.
fn told_of(act: &LogRow) -> String {
    let time = act.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
    let undone = if act.undone { " (undone)" } else { "" };
    format!("{time}  {}  {}{undone}", act.annotator, act.summary)
}

fn revert(store: &mut Store, user: &str, stamp: Stamp, undo: bool) -> Outcome {
    let (what, done) = if undo { ("undo", "undone") } else { ("redo", "redone") };
    let reverted =
        if undo { store.undo(user, stamp.group, stamp.time) } else { store.redo(user, stamp.group, stamp.time) };
    match reverted {
        Ok(Some(reverted)) => Outcome::Saved(format!("{done}: {}", reverted.summary)),
        Ok(None) => Outcome::NothingTo(what),
        Err(error) => Outcome::NotSaved(in_words(&error)),
    }
}

/// An error as a line for the footer, its hint behind it.
fn in_words(error: &Error) -> String {
    let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
    Shown::line(&format!("{error}{hint}")).to_string()
}

/// Does long jobs, each once for all who wait for it.
fn do_all(store: &Store, jobs: &Receiver<Effect>, done: &impl Fn(Outcome)) {
    while jobs.recv().is_ok() {
        for _ in jobs.try_iter() {
            done(Outcome::Nothing);
        }
        done(alike(store).unwrap_or_else(|error| Outcome::Failed(in_words(&error))));
    }
}

fn alike(store: &Store) -> Result<Outcome> {
    let everybody = store.speakers(&Query::default())?.into_iter().map(|row| row.key).collect();
    Ok(Outcome::Alike(store.merge_suggestions(ALIKE)?, everybody))
}

/// Answers questions as they come. Of those that wait, only the newest of each sort is asked.
fn answer_all(mut library: Library, effects: &Receiver<Effect>, done: &impl Fn(Outcome)) {
    while let Ok(first) = effects.recv() {
        let mut waiting = vec![first];
        waiting.extend(effects.try_iter());
        for (i, question) in waiting.iter().enumerate() {
            let same_sort = |later: &Effect| std::mem::discriminant(later) == std::mem::discriminant(question);
            if waiting[i + 1..].iter().any(same_sort) {
                done(Outcome::Nothing);
                continue;
            }
            if library.take_up_changes() {
                done(Outcome::Changed);
            }
            done(library.answer(question));
        }
    }
}

/// What a filter means, or that it can't be understood, and why.
fn understood(generation: u64, filter: &str) -> std::result::Result<Query, Outcome> {
    Query::parse(filter).map_err(|error| Outcome::Misunderstood { generation, why: in_words(&error) })
}

/// The reading connection, and the rows that filters go through.
struct Library {
    store: Store,
    rows: Option<Vec<(Arc<Row>, Fields)>>,
    /// All speakers of a query without words, since words are typed one letter after the other.
    speakers: Option<(Query, Vec<SpeakerRow>)>,
    version: Option<i64>,
    /// Counts what the other lane has written.
    written: Arc<AtomicU64>,
    seen: u64,
}

impl Library {
    fn new(store: Store, written: Arc<AtomicU64>) -> Self {
        let version = store.data_version().ok();
        Self { store, rows: None, speakers: None, version, written, seen: 0 }
    }

    /// Lets go of rows that a write has made stale; `true` if it wasn't the other lane's, but another program's.
    fn take_up_changes(&mut self) -> bool {
        let written = self.written.load(Ordering::SeqCst);
        let version = self.store.data_version().ok();
        let changed = std::mem::replace(&mut self.version, version) != version;
        let ours = std::mem::replace(&mut self.seen, written) != written;
        if changed {
            self.rows = None;
            self.speakers = None;
        }
        changed && !ours
    }

    fn answer(&mut self, question: &Effect) -> Outcome {
        let answer = match question {
            Effect::List { generation, filter } => self.list(*generation, filter),
            Effect::Claims { generation, filter, after, limit } => {
                self.claims(*generation, filter, after.as_ref(), *limit)
            }
            Effect::ListSpeakers { generation, filter } => self.list_speakers(*generation, filter),
            Effect::Page { generation, who, id, after, limit } => {
                Ok(self.page(*generation, who, *id, after.clone(), *limit))
            }
            Effect::Load { generation, article } => Ok(self.load(*generation, article)),
            Effect::History => self.store.log(HISTORY).map(|acts| Outcome::History(acts.iter().map(told_of).collect())),
            Effect::Speakers(article) => self.speakers(article),
            _ => self.store.tags().map(Outcome::Tags),
        };
        answer.unwrap_or_else(|error| Outcome::Failed(in_words(&error)))
    }

    fn list(&mut self, generation: u64, filter: &str) -> Result<Outcome> {
        let query = match understood(generation, filter) {
            Ok(query) => query,
            Err(outcome) => return Ok(outcome),
        };
        let totals = self.store.totals()?;
        let pattern = Arc::new(query.pattern().clone());
        let rows = self.choose(&query)?;
        Ok(Outcome::Listed { generation, rows, pattern, totals })
    }

    fn speakers(&self, article: &ArticleId) -> Result<Outcome> {
        let rows = self.store.speakers_near(article, SPEAKERS)?;
        Ok(Outcome::Speakers { article: article.clone(), rows })
    }

    /// The rows that a query chooses, best first. Queries about claims go to the store, since rows don't know theirs.
    fn choose(&mut self, query: &Query) -> Result<Vec<Arc<Row>>> {
        if query.needs_claims() {
            return Ok(self.store.list(query)?.into_iter().map(Arc::new).collect());
        }
        if self.rows.is_none() {
            let all = self.store.list(&Query::default())?;
            self.rows =
                Some(all.into_iter().map(|row| (Fields::of(&row), Arc::new(row))).map(|(f, r)| (r, f)).collect());
        }
        let rows = self.rows.as_deref().unwrap_or_default();
        if query.is_all() {
            return Ok(rows.iter().map(|(row, _)| Arc::clone(row)).collect());
        }
        let scored = rows.iter().filter_map(|(row, fields)| Some((query.score(row, fields)?, row)));
        let mut scored: Vec<(i64, &Arc<Row>)> = scored.collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        Ok(scored.into_iter().map(|(_, row)| Arc::clone(row)).collect())
    }

    fn claims(&self, generation: u64, filter: &str, after: Option<&ArticleId>, limit: usize) -> Result<Outcome> {
        let query = match understood(generation, filter) {
            Ok(query) => query,
            Err(outcome) => return Ok(outcome),
        };
        let (page, after) = match self.store.claims_page(&query, after, limit) {
            // The article after which they were to begin has been removed: from the beginning, then.
            Err(Error::NoSuch { .. }) if after.is_some() => (self.store.claims_page(&query, None, limit)?, None),
            page => (page?, after.cloned()),
        };
        let totals = self.store.totals()?;
        Ok(Outcome::Claims { generation, after, page, pattern: Arc::new(query.pattern().clone()), totals })
    }

    fn list_speakers(&mut self, generation: u64, filter: &str) -> Result<Outcome> {
        let query = match understood(generation, filter) {
            Ok(query) => query,
            Err(outcome) => return Ok(outcome),
        };
        let (rest, words) = query.for_speakers();
        let known = self.speakers.take().filter(|(query, _)| *query == rest);
        let all = match known {
            Some((_, rows)) => rows,
            None => self.store.speakers(&rest)?,
        };
        let rows = all.iter().filter(|row| words.chooses_speaker(&row.speaker)).cloned().collect();
        self.speakers = Some((rest, all));
        let pattern = Arc::new(words.pattern().clone());
        Ok(Outcome::SpeakersListed { generation, rows, pattern, totals: self.store.totals()? })
    }

    fn page(
        &self,
        generation: u64,
        who: &SpeakerKey,
        id: Option<SpeakerId>,
        after: Option<ArticleId>,
        limit: usize,
    ) -> Outcome {
        let read = || -> Result<Option<Box<(SpeakerPage, Page)>>> {
            let id = match (self.store.find_speaker(who), id) {
                (Err(_), Some(id)) => id,
                (found, _) => found?,
            };
            let Some(page) = self.store.speaker(id)? else { return Ok(None) };
            Ok(Some(Box::new((page, self.store.claims_of(id, after.as_ref(), limit)?))))
        };
        // Who can't be found any more has no page.
        Outcome::Page { generation, page: read().unwrap_or(None), after }
    }

    fn load(&self, generation: u64, article: &ArticleId) -> Outcome {
        match self.store.opened(article) {
            Ok(opened) => Outcome::Loaded { generation, opened: Box::new(opened) },
            Err(error) => Outcome::NotLoaded { generation, article: article.clone(), why: in_words(&error) },
        }
    }
}
