//! The one place where what `SQLite` says becomes what a person is told.
//!
//! Below the store's public verbs everything fails with a [`Fault`], which knows neither the verb nor the file;
//! the verb adds both. So no two places can tell the same failure differently, and no SQL reaches a person.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;

use crate::error::Error;

/// What went wrong below a public verb.
#[derive(Debug)]
pub(super) enum Fault {
    /// `SQLite` refused.
    Sql(rusqlite::Error),
    /// What the file holds can't have been written by us; said in words.
    Damaged(String),
    /// Something that a person can be told as it is.
    Told(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

impl Fault {
    /// The error that a person is told: `doing` is the verb with its object, `path` the store.
    pub(super) fn tell(self, doing: &'static str, path: &Path) -> Error {
        match self {
            Self::Sql(error) => of_sqlite(error, doing, path),
            Self::Damaged(detail) => Error::DamagedStore { path: path.to_owned(), detail },
            Self::Told(error) => error,
        }
    }

    /// Whether another connection holds the lock.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self, Self::Sql(error) if matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)))
    }
}

fn of_sqlite(error: rusqlite::Error, doing: &'static str, path: &Path) -> Error {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { doing },
        Some(ErrorCode::ReadOnly) if extended(&error) == rusqlite::ffi::SQLITE_READONLY_DBMOVED => Error::File {
            doing: "write",
            path,
            source: io::Error::other("the file was moved or deleted while it was open"),
        },
        Some(ErrorCode::ReadOnly) => Error::ReadOnlyStore { path },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Error::DamagedStore { path, detail: words(&error) }
        }
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::File { doing: "open", path, source: io::Error::other(words(&error)) }
        }
        Some(_) => Error::Store { doing, source: error },
        // Not from SQLite itself: a value of another type than the schema promises.
        None => match error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::QueryReturnedNoRows => Error::DamagedStore { path, detail: words(&error) },
            _ => Error::Store { doing, source: error },
        },
    }
}

fn extended(error: &rusqlite::Error) -> i32 {
    match error {
        rusqlite::Error::SqliteFailure(code, _) => code.extended_code,
        _ => 0,
    }
}

/// What `SQLite` said, without the codes around it.
fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    fn told(code: i32) -> Error {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("said".into()));
        Fault::Sql(error).tell("tag articles", Path::new("/store"))
    }

    #[test]
    fn each_code_of_sqlite_is_told_in_our_words() {
        assert_eq!(
            told(ffi::SQLITE_BUSY).to_string(),
            "can't tag articles: another program has been writing to the store for over 5 seconds"
        );
        assert!(matches!(told(ffi::SQLITE_LOCKED), Error::Busy { .. }));
        assert_eq!(told(ffi::SQLITE_READONLY).to_string(), "can't write to the store /store: it is read-only");
        assert!(matches!(told(ffi::SQLITE_READONLY_DIRECTORY), Error::ReadOnlyStore { .. }));
        assert_eq!(told(ffi::SQLITE_CORRUPT).to_string(), "/store is damaged: said");
        assert!(matches!(told(ffi::SQLITE_NOTADB), Error::DamagedStore { .. }));
        assert_eq!(told(ffi::SQLITE_CANTOPEN).to_string(), "can't open /store: said");
        assert!(told(ffi::SQLITE_READONLY_DBMOVED).to_string().contains("moved or deleted"));
        let full = told(ffi::SQLITE_FULL);
        assert!(full.to_string().starts_with("can't tag articles: "), "{full}");
        assert!(full.hint().is_some_and(|hint| hint.contains("the disk is full")));
    }

    #[test]
    fn a_value_of_the_wrong_type_is_damage() {
        let error = rusqlite::Error::InvalidColumnType(0, "words".into(), rusqlite::types::Type::Null);
        assert!(matches!(Fault::Sql(error).tell("read", Path::new("/store")), Error::DamagedStore { .. }));
    }
}
