//! Effects: what the state asks for, as plain values. Nobody in here performs them; the loop hands them to
//! the workers, and what comes of them returns as an [`super::event::Outcome`].

use std::path::PathBuf;

use jiff::Timestamp;
use uuid::Uuid;

use crate::model::{Act, ArticleId, SpeakerId, SpeakerKey, Subject};

/// Something to be done outside the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Choose the articles of a filter. A newer generation makes an older one's outcome worthless.
    List {
        /// Counts up with each question.
        generation: u64,
        /// What stands in the filter line.
        filter: String,
    },
    /// Read claims of a filter, after an article or from the beginning.
    Claims {
        /// Counts up with each question for a list.
        generation: u64,
        /// What stands in the filter line.
        filter: String,
        /// The article after which they begin.
        after: Option<ArticleId>,
        /// How many.
        limit: usize,
    },
    /// Count what the speakers of a filter say.
    ListSpeakers {
        /// Counts up with each question for a list.
        generation: u64,
        /// What stands in the filter line.
        filter: String,
    },
    /// Read a speaker's page with their claims, or more of these.
    Page {
        /// Counts up with each question for a page.
        generation: u64,
        /// Who.
        who: SpeakerKey,
        /// Their number, should nobody be called so any more.
        id: Option<SpeakerId>,
        /// The article after which the claims begin.
        after: Option<ArticleId>,
        /// How many claims.
        limit: usize,
    },
    /// Look for speakers who may be one. A long job.
    Alike,
    /// Load an article.
    Load {
        /// Counts up with each question.
        generation: u64,
        /// Which.
        article: ArticleId,
    },
    /// Load the tags, most used first, for completion.
    Tags,
    /// Load the journal of what people did.
    History,
    /// Load whom a claim of an article may be by.
    Speakers(ArticleId),
    /// Record what a person did.
    Record(Act),
    /// Take the annotator's last act back.
    Undo(Stamp),
    /// Do the last undone act again.
    Redo(Stamp),
    /// Keep where reading stopped, a byte of the article's text.
    Place(ArticleId, usize),
    /// Mark an article as read.
    Read(ArticleId),
    /// Put a text on the clipboard.
    Copy(String),
    /// Open an address in the user's browser, or copy it where no browser would be seen.
    OpenLink(String),
    /// Keep how wide the lines are, over the width that the configuration gives.
    Measure {
        /// Cells that a line has at most.
        measure: u16,
        /// The configuration's.
        over: u16,
    },
    /// Have a note written in the user's editor.
    Write {
        /// What it is on.
        subject: Subject,
        /// What it says so far.
        text: String,
    },
    /// Remove the file of a note, unless the write before this one failed.
    Discard(PathBuf),
    /// Draw the whole screen anew.
    Redraw,
    /// Hand the terminal back to the shell until it is given again.
    Suspend,
    /// End the loop when all writes are done.
    Quit,
}

impl Effect {
    /// Whether the effect asks the store for something: of questions of one sort the newest counts.
    pub const fn asks(&self) -> bool {
        matches!(self, Self::List { .. } | Self::Load { .. } | Self::Tags | Self::History | Self::Speakers(_))
            || matches!(self, Self::Claims { .. } | Self::ListSpeakers { .. } | Self::Page { .. })
    }

    /// Whether the effect changes the store: such effects are done in order, and none is dropped.
    pub const fn writes(&self) -> bool {
        matches!(
            self,
            Self::Record(_)
                | Self::Undo(_)
                | Self::Redo(_)
                | Self::Place(..)
                | Self::Read(_)
                | Self::Measure { .. }
                | Self::Discard(_)
        )
    }
}

/// Names and dates an act. Given to the state from outside, so that it needs neither clock nor randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// A UUID v7, new for each event.
    pub group: Uuid,
    /// The time of day.
    pub time: Timestamp,
    /// Milliseconds since the reader started, which never go back.
    pub tick: u64,
}
