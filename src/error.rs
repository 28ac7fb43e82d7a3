//! The one error type: what was being done, to what, what went wrong, and what to try.
//!
//! A message is one line without a full stop, a hint another. Both may quote file names and words from
//! documents as they are; whoever prints them sends them through [`crate::text::shown`] first.

use std::io;
use std::path::PathBuf;

/// What can go wrong, in the words of the person it happens to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("can't {doing} {}: {}", path.display(), plainly(source))]
    File {
        /// The verb: `read`, `write`, `make the folder`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file holds no text that could be read.
    #[error("can't import {}: {why}", path.display())]
    NotAnArticle {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// The file is not one of our stores.
    #[error("{} is not a dixit store: {why}", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// The store was written by a newer dixit.
    #[error("{} was made by a newer dixit (store version {found}, this one knows up to {known})", path.display())]
    NewerStore {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The store's file is damaged.
    #[error("{} is damaged: {detail}", path.display())]
    DamagedStore {
        /// The file.
        path: PathBuf,
        /// What `SQLite` said.
        detail: String,
    },
    /// The store can't be written.
    #[error("can't write to the store {}: it is read-only", path.display())]
    ReadOnlyStore {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the store's lock.
    #[error("can't {doing}: another program has been writing to the store for over 5 seconds")]
    Busy {
        /// The verb.
        doing: &'static str,
    },
    /// The store failed otherwise.
    #[error("can't {doing}: {source}")]
    Store {
        /// The verb.
        doing: &'static str,
        /// What `SQLite` said.
        source: rusqlite::Error,
    },
    /// No article or claim has this id, no speaker or tag this name.
    #[error("there is no {what} {id} in the store")]
    NoSuch {
        /// `article`, `claim`, `speaker` or `tag`.
        what: &'static str,
        /// The id or name, as it was given.
        id: String,
    },
    /// What was to be done makes no sense with what is there.
    #[error("{why}")]
    Refused {
        /// What was to be done, and why it can't be.
        why: String,
        /// What to try.
        hint: Option<&'static str>,
    },
    /// Several ids begin so.
    #[error("{id} could be {}", candidates.join(", "))]
    Ambiguous {
        /// The prefix, as it was given.
        id: String,
        /// The ids that begin with it.
        candidates: Vec<String>,
    },
    /// An annotation file can't be understood.
    #[error("can't take over the annotations of {origin}: {why}")]
    Annotations {
        /// The file.
        origin: String,
        /// What is wrong, and where.
        why: String,
    },
    /// A query can't be understood.
    #[error("can't understand the query: {why}")]
    Query {
        /// What is wrong, at which character.
        why: String,
    },
    /// The command line can't be understood.
    #[error("{why}")]
    Usage {
        /// What is wrong.
        why: String,
        /// What to try.
        hint: Option<String>,
    },
    /// The configuration has mistakes.
    #[error("{why}")]
    Config {
        /// What is wrong, with file, line and column.
        why: String,
    },
    /// Standard output could not be written.
    #[error("can't write the output: {}", plainly(source))]
    Output {
        /// What the system said.
        source: io::Error,
    },
    /// The terminal failed.
    #[error("can't {doing} the terminal: {}", plainly(source))]
    Terminal {
        /// The verb: `read from`, `write to`.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// What the system said, without its number.
pub fn plainly(error: &io::Error) -> String {
    let said = error.to_string();
    match said.split_once(" (os error ") {
        Some((words, _)) => words.to_lowercase(),
        None => said,
    }
}

/// What our functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What to try, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NewerStore { .. } => Some(
                "install the newer dixit, or take another store with --store FILE; this one was left as it is".into(),
            ),
            Self::NotAStore { .. } => Some("name another file with --store; this one was left as it is".into()),
            Self::DamagedStore { path, .. } => Some(format!(
                "the file was left as it is; copies made before migrations lie beside it, `ls {}*`",
                path.display()
            )),
            Self::ReadOnlyStore { .. } => {
                Some("make the file and its folder writable, or take another store with --store FILE".into())
            }
            Self::Busy { .. } => Some("nothing was changed; try again when the other program is done".into()),
            Self::Store { source, .. } if source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => {
                Some("the disk is full; make room and try again, nothing was lost".into())
            }
            Self::NoSuch { what: "article", .. } => Some("`dixit list` shows the articles with their ids".into()),
            Self::NoSuch { what: "speaker", .. } => Some("`dixit speakers` shows who is quoted".into()),
            Self::NoSuch { what: "tag", .. } => Some("tags are told apart by case and accents".into()),
            Self::NoSuch { .. } => Some("`dixit claims` shows the claims with their ids".into()),
            Self::Ambiguous { .. } => Some("give a character more".into()),
            Self::Refused { hint, .. } => hint.map(str::to_owned),
            Self::Usage { hint, .. } => hint.clone(),
            _ => None,
        }
    }

    /// Whether the reader of our output went away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output { source } if source.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The exit status that this error leads to: 2 for usage and configuration, 3 for files and the store.
    pub const fn exit_status(&self) -> u8 {
        match self {
            Self::Query { .. } | Self::Refused { .. } | Self::Usage { .. } | Self::Config { .. } => 2,
            Self::NoSuch { .. } | Self::Ambiguous { .. } => 1,
            _ => 3,
        }
    }
}
