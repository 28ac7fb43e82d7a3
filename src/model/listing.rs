//! The rows that lists show: what can be said of an article, a speaker or an act in a line or two.

use jiff::Timestamp;
use uuid::Uuid;

use super::article::{Article, Lang, PartialDate};
use super::claim::Annotation;
use super::event::Tag;
use super::id::ArticleId;
use super::speaker::{Speaker, SpeakerKey};

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
    /// The note on it.
    pub note: Option<String>,
    /// The absolute path of the file that the article is known by, where that is what it is known by.
    pub file: Option<String>,
}

/// Who is quoted, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The speaker; `role` is the one told by hand, else the newest that an article gives.
    pub speaker: Speaker,
    /// What an event calls them.
    pub key: SpeakerKey,
    /// Their claims that aren't rejected.
    pub claims: u32,
    /// Those of them that quote them, in whole or in part; the others report what they say.
    pub quoted: u32,
    /// Articles that their claims stand in.
    pub articles: u32,
    /// How long their claims are in all, in bytes of the texts.
    pub length: u64,
}

/// Claims of one article, with its row.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The article.
    pub row: Row,
    /// The claims, in order of their first byte.
    pub claims: Vec<Annotation>,
}

/// Some of the claims that were asked for, whole articles of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The claims, article by article.
    pub said: Vec<Said>,
    /// The article after which the next page begins; `None` where this is the last. A page may be short, or empty, and
    /// still not the last: where a query chooses few, it ends after so many articles.
    pub next: Option<ArticleId>,
}

/// All that the store knows of a speaker, but for their claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerPage {
    /// Who they are, with their other names, and how much they say.
    pub row: SpeakerRow,
    /// What the articles say they are, each with how many articles do; most first.
    pub roles: Vec<(String, u32)>,
    /// The articles in which they speak, the newest first, with the number of claims in each.
    pub articles: Vec<(Row, u32)>,
}

/// Two speakers who may be one: their names are nearly alike, and nothing else says that they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeSuggestion {
    /// The one who says less; merging would take them into the other.
    pub from: SpeakerRow,
    /// The one who says more.
    pub into: SpeakerRow,
}

impl MergeSuggestion {
    /// The one who may be the same as `who`; `None` where this is about others.
    pub fn other(&self, who: &SpeakerKey) -> Option<&SpeakerRow> {
        match who {
            who if *who == self.from.key => Some(&self.into),
            who if *who == self.into.key => Some(&self.from),
            _ => None,
        }
    }
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
    /// What sort of act: the kind of its first deed (`tag`, `review`, `merge` …), `undo` or `redo`.
    pub kind: String,
    /// What was done, in words.
    pub summary: String,
    /// Whether it has been undone since.
    pub undone: bool,
}
