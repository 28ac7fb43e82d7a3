//! The part of a text that is laid out: lines around a place, more of them as soon as they are asked for.
//!
//! A text of a megabyte has twenty thousand lines, of which a screen shows forty. Only whole parts of the
//! [`Plan`] are laid out, one after the other without a hole between them; rows are counted from the first
//! of them. Whoever adds rows before is told how many, and shifts what it has counted.

use std::ops::Range;

use super::{Line, Plan};

/// Lines of some parts of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    plan: Plan,
    measure: u16,
    parts: Range<usize>,
    lines: Vec<Line>,
}

impl Window {
    /// A window on the text of `plan`, in lines of `measure` cells; nothing is laid out yet.
    pub fn new(plan: Plan, measure: u16) -> Self {
        Self { plan, measure, parts: 0..0, lines: Vec::new() }
    }

    /// The rows laid out.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether the first row of the text is laid out.
    pub fn has_start(&self) -> bool {
        self.parts.start == 0
    }

    /// Whether the last row of the text is laid out.
    pub fn has_end(&self) -> bool {
        self.parts.end == self.plan.len()
    }

    /// The row that holds the byte at `at`, if it is laid out.
    pub fn row_of(&self, at: usize) -> Option<usize> {
        self.parts.contains(&self.plan.part_of(at)).then(|| self.row(at))
    }

    fn row(&self, at: usize) -> usize {
        let row = self.lines.partition_point(|line| line.range.start <= at).saturating_sub(1);
        // A byte within the white space before the first letter.
        row + self.lines[row..].iter().take_while(|line| line.gap).count()
    }

    /// The row that holds the byte at `at`. Where it isn't laid out, all rows are others afterwards.
    pub fn go(&mut self, text: &str, at: usize) -> usize {
        let part = self.plan.part_of(at);
        if !self.parts.contains(&part) && !self.plan.is_empty() {
            self.lines.clear();
            self.parts = part..part + 1;
            self.plan.set(text, part, self.measure, &mut self.lines);
        }
        self.row(at)
    }

    /// Lays out until there are `rows` rows, or the text ends.
    pub fn grow(&mut self, text: &str, rows: usize) {
        while self.lines.len() < rows && !self.has_end() {
            self.plan.set(text, self.parts.end, self.measure, &mut self.lines);
            self.parts.end += 1;
        }
    }

    /// Lays out at least `rows` rows more before the first one, or up to the beginning; how many there were put.
    pub fn grow_back(&mut self, text: &str, rows: usize) -> usize {
        let (mut before, mut added) = (Vec::new(), 0);
        while added < rows && !self.has_start() {
            self.parts.start -= 1;
            let mut lines = Vec::new();
            self.plan.set(text, self.parts.start, self.measure, &mut lines);
            added += lines.len();
            before.push(lines);
        }
        self.lines.splice(0..0, before.into_iter().rev().flatten());
        added
    }
}
