//! A frame: what the screen is to show, whole.
//!
//! A view makes it, the screen takes it. It says what is wanted and never how to get there: which bytes that takes
//! is the screen's business alone.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// One picture of the whole screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Every cell, from (0, 0) on; its area is the size that the frame was made for.
    pub buffer: Buffer,
    /// Where the cursor stands, in cells; `None` hides it.
    pub cursor: Option<Position>,
}

impl Frame {
    /// An empty frame of so many columns and rows, without a cursor.
    pub fn blank(columns: u16, rows: u16) -> Self {
        Self { buffer: Buffer::empty(Rect::new(0, 0, columns, rows)), cursor: None }
    }
}
