//! A text made ready to be laid out piece by piece, so that a long one needn't be laid out whole to be seen.
//!
//! A part is a stretch, or some pages of one that goes on for long: what is laid out at once is bounded,
//! whatever a document holds. A line always ends where a part does.

use unicode_segmentation::GraphemeCursor;

use super::{Line, Mark, Stretch, seat, set, width};
use crate::model::ByteRange;

/// Bytes of a stretch from which it is cut, at the next end of a sentence.
const LONG: usize = 8 << 10;

/// What there is to lay out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    parts: Vec<Part>,
    /// Bytes of the letters that marks stand before, and the marks' cells, in order.
    seats: Vec<(usize, u16)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    stretch: Stretch,
    /// The stretch's number.
    index: usize,
    /// Whether it goes on from the part before.
    goes_on: bool,
    /// All that its lines cover, the white space around the stretch included.
    whole: ByteRange,
}

impl Plan {
    /// The plan of a text with its stretches and marks.
    pub fn new(text: &str, stretches: &[Stretch], marks: &[Mark<'_>]) -> Self {
        let mut seats: Vec<(usize, u16)> =
            marks.iter().filter_map(|mark| Some((seat(text, mark.at)?, width(mark.label)))).collect();
        seats.sort_by_key(|(at, _)| *at);
        let mut plan = Self { parts: Vec::with_capacity(stretches.len()), seats };
        for (index, stretch) in stretches.iter().enumerate() {
            if !stretch.range.of(text).is_empty() {
                plan.add(text, index, *stretch);
            }
        }
        if plan.parts.is_empty() && !text.is_empty() {
            plan.add(text, 0, Stretch::plain(ByteRange::new(0, text.len())));
        }
        let mut next = text.len();
        for part in plan.parts.iter_mut().rev() {
            part.whole = ByteRange::new(part.stretch.range.start, next);
            next = part.whole.start;
        }
        if let Some(first) = plan.parts.first_mut() {
            first.whole.start = 0;
            first.stretch.gap *= u16::from(first.stretch.lead > 0);
        }
        plan
    }

    /// Adds a stretch, in one part or several.
    fn add(&mut self, text: &str, index: usize, stretch: Stretch) {
        let mut rest = stretch;
        let mut goes_on = false;
        while let Some(cut) = cut(rest.range.of(text)) {
            let at = rest.range.start + cut;
            let range = ByteRange::new(rest.range.start, at);
            self.parts.push(Part { stretch: Stretch { range, ..rest }, index, goes_on, whole: range });
            rest = Stretch { range: ByteRange::new(at, stretch.range.end), gap: 0, lead: 0, ..rest };
            goes_on = true;
        }
        self.parts.push(Part { stretch: rest, index, goes_on, whole: rest.range });
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there is nothing to lay out.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The part that holds the byte at `at`; the last one for a byte past the end.
    pub(super) fn part_of(&self, at: usize) -> usize {
        self.parts.partition_point(|part| part.whole.start <= at).saturating_sub(1)
    }

    /// Lays a part out behind `lines`: the rows before it and its lines.
    pub(super) fn set(&self, text: &str, part: usize, measure: u16, lines: &mut Vec<Line>) {
        let Some(Part { stretch, index, goes_on, whole }) = self.parts.get(part) else { return };
        let start = stretch.range.start;
        let range = ByteRange::new(start, start);
        let row = |lead| Line { stretch: *index, range, indent: 0, gap: true, lead, hyphen: false, slack: 0 };
        lines.extend((0..stretch.lead).map(|lead| row(Some(lead))));
        lines.extend((0..stretch.gap).map(|_| row(None)));
        let from = self.seats.partition_point(|(at, _)| *at < start);
        let to = self.seats.partition_point(|(at, _)| *at < stretch.range.end);
        let first = lines.len();
        set(text, *index, stretch, *goes_on, &self.seats[from..to], measure.max(1), lines);
        // White space around a stretch belongs to the lines beside it.
        if let [first, ..] = &mut lines[first..] {
            first.range.start = whole.start;
        }
        if let Some(last) = lines.last_mut().filter(|line| !line.gap) {
            last.range.end = whole.end;
        }
    }
}

/// Where the first part of a stretch ends that is too long for one: at the end of a sentence, else of a word, else of
/// a letter.
fn cut(text: &str) -> Option<usize> {
    if text.len() < 2 * LONG {
        return None;
    }
    let from = (LONG..text.len()).find(|&at| text.is_char_boundary(at))?;
    let to = (from + LONG / 2..=text.len()).find(|&at| text.is_char_boundary(at))?;
    let starts = |after: &str| after.starts_with(|c: char| c.is_alphabetic());
    let ends = |pattern: &str, then: fn(char) -> bool| {
        let found = text[from..to].match_indices(pattern).map(|(at, end)| from + at + end.len());
        found.into_iter().find(|&at| starts(&text[at..]) && text[at..].starts_with(then))
    };
    let mut cursor = GraphemeCursor::new(to, text.len(), true);
    ends(". ", char::is_uppercase).or_else(|| ends(" ", char::is_alphanumeric)).or_else(|| {
        let is_boundary = cursor.is_boundary(text, 0).unwrap_or(false);
        if is_boundary { Some(to) } else { cursor.next_boundary(text, 0).ok().flatten() }
    })
}
