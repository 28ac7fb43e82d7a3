//! How plain values stand in columns, and what is said where a column holds what no version of us wrote.

use std::fmt::Display;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::FromSql;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::sql_error::Fault;
use crate::model::{ArticleId, ByteRange, ClaimId};

/// A time in nanoseconds since 1970; times beyond the years 1677 and 2262 are drawn in to these.
pub(super) fn nanos(time: Timestamp) -> i64 {
    let nanos = time.as_nanosecond();
    i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
}

/// The time of a column made by [`nanos`].
pub(super) fn time(nanos: i64) -> Result<Timestamp, Fault> {
    Timestamp::from_nanosecond(i128::from(nanos)).map_err(|error| damaged("a time", error))
}

pub(super) fn uuid(bytes: &[u8]) -> Result<Uuid, Fault> {
    Uuid::from_slice(bytes).map_err(|error| damaged("an act's name", error))
}

pub(super) fn article_id(id: &str) -> Result<ArticleId, Fault> {
    ArticleId::parse(id).ok_or_else(|| damaged("an article's id", id))
}

pub(super) fn claim_id(id: &str) -> Result<ClaimId, Fault> {
    ClaimId::parse(id).ok_or_else(|| damaged("a claim's id", id))
}

/// The value of a word of one of our vocabularies.
pub(super) fn word<T>(word: &str, of: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    of(word).ok_or_else(|| damaged("a word", word))
}

pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Fault> {
    // Our own plain types; that one can't be written would be a mistake in its declaration.
    serde_json::to_string(value).map_err(|error| damaged("a value", error))
}

pub(super) fn of_json<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| damaged("a value", error))
}

/// The range of two columns, `None` where they are NULL.
pub(super) fn range(start: Option<i64>, stop: Option<i64>) -> Result<Option<ByteRange>, Fault> {
    let (Some(start), Some(stop)) = (start, stop) else { return Ok(None) };
    match (usize::try_from(start), usize::try_from(stop)) {
        (Ok(from), Ok(to)) if from <= to => Ok(Some(ByteRange::new(from, to))),
        _ => Err(damaged("a range", format!("{start}..{stop}"))),
    }
}

/// A count that fits its type.
pub(super) fn count(number: i64) -> Result<u32, Fault> {
    u32::try_from(number).map_err(|error| damaged("a count", error))
}

pub(super) fn damaged(what: &str, why: impl Display) -> Fault {
    Fault::Damaged(format!("{what} in it can't be read: {why}"))
}

/// A column by its number.
pub(super) fn get<T: FromSql>(row: &Row<'_>, column: usize) -> Result<T, Fault> {
    Ok(row.get(column)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_nanoseconds() {
        for text in ["2025-01-23T10:00:00.123456789Z", "1969-12-31T23:59:59.999999999Z"] {
            let at: Timestamp = text.parse().expect("a time");
            assert_eq!(time(nanos(at)).expect("in range"), at);
        }
        assert_eq!(nanos(Timestamp::MAX), i64::MAX);
        assert_eq!(nanos(Timestamp::MIN), i64::MIN);
    }

    #[test]
    fn a_range_is_ordered_or_damage() {
        assert_eq!(range(Some(1), Some(3)).expect("ordered"), Some(ByteRange::new(1, 3)));
        assert_eq!(range(None, None).expect("absent"), None);
        assert!(range(Some(3), Some(1)).is_err() && range(Some(-1), Some(1)).is_err());
    }
}
