//! Notes: what somebody wrote on an article or a claim. One text each, which the next one to write replaces; what
//! it was before stands in the journal.

use rusqlite::{Connection, OptionalExtension, params};

use super::project::Kind;
use super::sql_error::Fault;
use crate::error::Error;
use crate::model::Deed;

/// Refuses a note that is too long to be one.
pub(super) fn judge(text: &str) -> Result<(), Fault> {
    if text.len() <= Deed::LONGEST_NOTE {
        return Ok(());
    }
    let why = format!("a note has at most 1 MB, this one has {:.1}", text.len() as f64 / Deed::LONGEST_NOTE as f64);
    Err(Error::Refused { why, hint: Some("keep the long text in a file and note where it is") }.into())
}

/// Gives a subject this note and no other.
pub(super) fn write(conn: &Connection, kind: Kind, subject: i64, text: Option<&str>) -> Result<(), Fault> {
    if of(conn, kind, subject)?.as_deref() == text {
        return Ok(());
    }
    conn.prepare_cached("DELETE FROM note WHERE kind = ?1 AND subject = ?2")?.execute([kind as i64, subject])?;
    if let Some(text) = text {
        conn.prepare_cached("INSERT INTO note (kind, subject, text) VALUES (?1, ?2, ?3)")?.execute(params![
            kind as i64,
            subject,
            text
        ])?;
    }
    Ok(())
}

/// The note on a subject.
pub(super) fn of(conn: &Connection, kind: Kind, subject: i64) -> Result<Option<String>, Fault> {
    let note = conn
        .prepare_cached("SELECT text FROM note WHERE kind = ?1 AND subject = ?2")?
        .query_row([kind as i64, subject], |row| row.get(0))
        .optional()?;
    Ok(note)
}
