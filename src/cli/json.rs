//! The objects of `--json` that tell what a command did; articles, claims and speakers are [`crate::export::json`]'s.
//!
//! Every key is always there, `null` where there is nothing. Keys may be added; none changes its meaning.

use jiff::Timestamp;
use serde::Serialize;

pub(super) use crate::export::json::{Article, Claim, Show, Speaker};
use crate::model::Tag;
use crate::model::listing::LogRow;

/// A line of `import`.
#[derive(Serialize)]
pub(super) struct Import<'a> {
    pub(super) path: &'a str,
    pub(super) result: &'static str,
    pub(super) article: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) reason: Option<&'a str>,
}

/// A line of `tag`.
#[derive(Serialize)]
pub(super) struct Tagged<'a> {
    pub(super) article: &'a str,
    pub(super) added: Vec<&'a Tag>,
    pub(super) removed: Vec<&'a Tag>,
}

/// A line of `log`, and of `undo`.
#[derive(Serialize)]
pub(super) struct Log<'a> {
    id: String,
    time: Timestamp,
    annotator: &'a str,
    kind: &'a str,
    summary: &'a str,
    undone: bool,
}

impl<'a> Log<'a> {
    pub(super) fn new(row: &'a LogRow) -> Self {
        Self {
            id: row.group.to_string(),
            time: row.time,
            annotator: &row.annotator,
            kind: &row.kind,
            summary: &row.summary,
            undone: row.undone,
        }
    }
}

/// A line of `check`.
#[derive(Serialize)]
pub(super) struct Verdict<'a> {
    pub(super) check: &'a str,
    pub(super) ok: bool,
    pub(super) detail: &'a str,
}

/// A line of `doctor`.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    pub(super) about: &'a str,
    pub(super) found: &'a str,
    pub(super) means: &'a str,
}
