//! The article list: its rows, the cursor, the marks, the filter.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::prompt::Line;
use super::window;
use crate::model::ArticleId;
use crate::model::listing::{Row, Totals};
use crate::text::fuzzy::Pattern;

/// The list's state.
#[derive(Debug, Default)]
pub struct Library {
    /// The chosen rows, in order.
    pub rows: Vec<Arc<Row>>,
    /// The row under the cursor; 0 where there are none.
    pub cursor: usize,
    /// The first row shown.
    pub top: usize,
    /// Articles marked for a bulk action; they stay marked while a filter hides them.
    pub marked: BTreeSet<ArticleId>,
    /// What the list is filtered by; empty for all.
    pub filter: String,
    /// The filter being typed.
    pub typing: Option<Line>,
    /// The fuzzy words of the filter, for marking letters.
    pub pattern: Option<Arc<Pattern>>,
    /// Why the filter can't be understood.
    pub misunderstood: Option<String>,
    /// All articles and claims of the store.
    pub totals: Totals,
    /// The newest question's number.
    pub generation: u64,
    /// Whether an answer has ever come.
    pub answered: bool,
    /// Whether the next answer belongs to another filter than the rows shown.
    pub fresh: bool,
}

impl Library {
    /// The row under the cursor.
    pub fn row(&self) -> Option<&Arc<Row>> {
        self.rows.get(self.cursor)
    }

    /// Takes an answer. After another filter the best row is the one; else the cursor stays on its article.
    pub fn take(&mut self, rows: Vec<Arc<Row>>, pattern: Arc<Pattern>, totals: Totals) {
        let stay = (!self.fresh).then(|| self.row().map(|row| row.id.clone())).flatten();
        let found = stay.and_then(|id| rows.iter().position(|row| row.id == id));
        self.cursor = found.unwrap_or(if self.fresh { 0 } else { self.cursor }).min(rows.len().saturating_sub(1));
        if self.fresh {
            self.top = 0;
        }
        self.rows = rows;
        self.fresh = false;
        self.note(pattern, totals);
    }

    /// Notes what is told with every answer, whatever is listed.
    pub fn note(&mut self, pattern: Arc<Pattern>, totals: Totals) {
        self.pattern = (!pattern.is_empty()).then_some(pattern);
        self.totals = totals;
        self.misunderstood = None;
        self.answered = true;
    }

    /// Moves the cursor by `steps` rows; `true` if it moved.
    pub fn step(&mut self, steps: isize) -> bool {
        window::step(&mut self.cursor, steps, self.rows.len())
    }

    /// Moves the cursor to an article, if it is in the list.
    pub fn go_to(&mut self, id: &ArticleId) {
        if let Some(at) = self.rows.iter().position(|row| row.id == *id) {
            self.cursor = at;
        }
    }

    /// Brings the cursor into a window of `rows` rows.
    pub fn show_cursor(&mut self, rows: usize) {
        self.top = window::top(self.top, self.cursor, rows, self.rows.len());
    }

    /// Marks the row under the cursor, or takes its mark away.
    pub fn toggle_mark(&mut self) {
        if let Some(row) = self.rows.get(self.cursor)
            && !self.marked.remove(&row.id)
        {
            self.marked.insert(row.id.clone());
        }
    }

    /// Marks all rows of the list, or takes their marks away where all have one.
    pub fn toggle_all(&mut self) {
        if self.rows.iter().all(|row| self.marked.contains(&row.id)) {
            for row in &self.rows {
                self.marked.remove(&row.id);
            }
        } else {
            self.marked.extend(self.rows.iter().map(|row| row.id.clone()));
        }
    }

    /// What an act in the list is done to: the marked articles, else the one under the cursor.
    pub fn targets(&self) -> Vec<ArticleId> {
        if self.marked.is_empty() {
            return self.row().map(|row| row.id.clone()).into_iter().collect();
        }
        self.marked.iter().cloned().collect()
    }

    /// Notes that an article is read, without waiting for the store.
    pub fn note_read(&mut self, id: &ArticleId) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.id == *id && !row.read) {
            Arc::make_mut(row).read = true;
        }
    }
}
