//! The one coordinate system: ranges of bytes in a canonical text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start <= end`, both on character boundaries of the text it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl ByteRange {
    /// The range from `start` up to `end`; a reversed pair gives an empty range at `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies in the range.
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly within this range.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes that both ranges hold, or `None` where they share none.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let start = self.start.max(other.start);
        let end = self.end.min(other.end);
        (start < end).then_some(Self { start, end })
    }

    /// The words of `text` in this range; empty where the range doesn't fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl fmt::Display for ByteRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<std::ops::Range<usize>> for ByteRange {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::ByteRange;

    #[test]
    fn ranges_meet_only_where_they_share_a_byte() {
        let a = ByteRange::new(2, 5);
        assert_eq!(a.intersect(ByteRange::new(4, 9)), Some(ByteRange::new(4, 5)));
        assert_eq!(a.intersect(ByteRange::new(5, 9)), None);
        assert!(a.covers(ByteRange::new(5, 5)));
    }

    #[test]
    fn a_range_that_cuts_a_letter_gives_no_words() {
        assert_eq!(ByteRange::new(0, 1).of("é"), "");
        assert_eq!(ByteRange::new(0, 2).of("é"), "é");
    }
}
