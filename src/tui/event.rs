//! Events: what reaches the state. Keys, pastes and sizes come from the terminal, outcomes from the workers.

use std::path::PathBuf;
use std::sync::Arc;

use super::key::Key;
use crate::model::listing::{MergeSuggestion, Opened, Page, Row, SpeakerPage, SpeakerRow, Totals};
use crate::model::{ArticleId, SpeakerKey, Subject, Tag};
use crate::text::fuzzy::Pattern;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; it is text wherever it lands, never commands.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The deadline that the state asked for has passed.
    Deadline,
    /// An effect came to something.
    Done(Outcome),
    /// The screen was lost (back from the shell): all of it has to be drawn.
    Redraw,
    /// Somebody asks the reader to end.
    Leave,
}

/// What an effect came to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The articles of a filter.
    Listed {
        /// The question's generation.
        generation: u64,
        /// The rows, in order.
        rows: Vec<Arc<Row>>,
        /// The fuzzy words, for marking letters.
        pattern: Arc<Pattern>,
        /// All articles and claims of the store.
        totals: Totals,
    },
    /// Claims of a filter.
    Claims {
        /// The question's generation.
        generation: u64,
        /// The article after which they begin; `None`: they are the first.
        after: Option<ArticleId>,
        /// The claims.
        page: Page,
        /// The fuzzy words, for marking letters.
        pattern: Arc<Pattern>,
        /// All articles and claims of the store.
        totals: Totals,
    },
    /// The speakers of a filter.
    SpeakersListed {
        /// The question's generation.
        generation: u64,
        /// The rows, most claims first.
        rows: Vec<SpeakerRow>,
        /// The fuzzy words, for marking letters.
        pattern: Arc<Pattern>,
        /// All articles and claims of the store.
        totals: Totals,
    },
    /// A speaker's page; `None` where they have no claims any more.
    Page {
        /// The question's generation.
        generation: u64,
        /// The article after which the claims begin; `None`: they are the first.
        after: Option<ArticleId>,
        /// The page, with claims.
        page: Option<Box<(SpeakerPage, Page)>>,
    },
    /// Speakers who may be one, and all of them, most claims first.
    Alike(Vec<MergeSuggestion>, Vec<SpeakerKey>),
    /// The filter can't be understood; the last good list stays.
    Misunderstood {
        /// The question's generation.
        generation: u64,
        /// Why.
        why: String,
    },
    /// An article was loaded.
    Loaded {
        /// The question's generation.
        generation: u64,
        /// The article.
        opened: Box<Opened>,
    },
    /// An article could not be loaded: it is gone, or the store failed.
    NotLoaded {
        /// The question's generation.
        generation: u64,
        /// Which.
        article: ArticleId,
        /// Why.
        why: String,
    },
    /// The tags with how often each is used, most used first.
    Tags(Vec<(Tag, u64)>),
    /// What people did, newest first, a line an act.
    History(Vec<String>),
    /// Whom a claim of an article may be by.
    Speakers {
        /// The article.
        article: ArticleId,
        /// Those who speak in it, then the others.
        rows: Vec<SpeakerRow>,
    },
    /// A write is on disk. The words say what was done, or are empty where nobody needs to know.
    Saved(String),
    /// A write had nothing to change, and nothing was recorded.
    Unchanged(String),
    /// A write failed, and nothing of it was done.
    NotSaved(String),
    /// Undo or redo found nothing to do.
    NothingTo(&'static str),
    /// A note was written, or left as it was.
    Written {
        /// What it is on.
        subject: Subject,
        /// What it says now, and the file that holds it.
        written: Option<(String, PathBuf)>,
    },
    /// What the clipboard did, in words.
    Copied(String),
    /// Another program changed the store. Not the outcome of any effect.
    Changed,
    /// Something else failed.
    Failed(String),
    /// An effect was done, and there is nothing to tell.
    Nothing,
}
