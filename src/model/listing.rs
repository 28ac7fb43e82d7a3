//! The rows that lists show: what can be said of an article, a speaker or an act in a line or two.

use jiff::Timestamp;
use uuid::Uuid;

use super::article::{Article, Lang, PartialDate};
use super::claim::{Annotation, Speaker};
use super::event::Tag;
use super::id::ArticleId;

/// An article in the list: everything its row shows and its filter reads, never its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// The paper or site.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Its language.
    pub lang: Option<Lang>,
    /// Words in its text.
    pub words: u32,
    /// Claims that stand in it and aren't rejected.
    pub claims: u32,
    /// Its tags, in order of the alphabet.
    pub tags: Vec<Tag>,
    /// The names of those who speak in it, in order of first claim.
    pub speakers: Vec<String>,
    /// Whether somebody has read it.
    pub read: bool,
    /// When it came into the store.
    pub imported: Timestamp,
}

/// What the store holds in all, kept up with every write; nothing is counted at start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Articles that aren't removed.
    pub articles: u64,
    /// Claims in them that aren't rejected.
    pub claims: u64,
}

/// An article opened for reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its row.
    pub row: Row,
    /// Its current revision's number, from 1.
    pub revision: u32,
    /// Metadata, canonical text and blocks of that revision.
    pub article: Article,
    /// Its claims that aren't rejected, in order of their first byte; orphans last.
    pub claims: Vec<Annotation>,
    /// Where reading stopped: a byte of the text, 0 at the top.
    pub place: usize,
    /// The absolute path of the file that the article is known by, where that is what it is known by.
    pub file: Option<String>,
}

/// Who is quoted, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The speaker; `role` is the newest that an article gives.
    pub speaker: Speaker,
    /// Their claims that aren't rejected.
    pub claims: u32,
    /// Articles that these stand in.
    pub articles: u32,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The act's group.
    pub group: Uuid,
    /// When.
    pub time: Timestamp,
    /// Who.
    pub annotator: String,
    /// What sort of act: `tag`, `remove`, `claim`, `undo`, `redo`.
    pub kind: String,
    /// What was done, in words.
    pub summary: String,
    /// Whether it has been undone since.
    pub undone: bool,
}
