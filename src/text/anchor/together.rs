//! Words that belong together: the parts of what somebody said, and beside them the words that say so.
//!
//! The parts move together or not at all, in their order and about as near to each other as they were: half a quotation
//! would put other words into a speaker's mouth. One that is doubtful alone is looked for again near those that aren't.
//! What stands beside them, often a mere « il » or « dit », is looked for near them alone, and left out where it is gone.

use super::{CLEAR, Ground, Place, Quote};
use crate::model::range::ByteRange;

/// Bytes by which the distance of words that belong together may grow, beside growing to twice itself.
const REACH: usize = 500;

/// The same for words beside them whose own surroundings have changed.
const REACH_IN_DOUBT: usize = 32;

/// The same where it isn't known how near they were.
const REACH_UNKNOWN: usize = 2000;

/// Where words that belong together have come to stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// Where the parts are, in the order that they were asked for.
    pub parts: Vec<ByteRange>,
    /// Where the words beside them are, where they are.
    pub beside: Vec<Option<ByteRange>>,
    /// Whether the parts are there beyond doubt; else a person should look.
    pub sure: bool,
}

impl Ground<'_> {
    /// Where `parts`, in the order in which they stood, and what stood `beside` them have come to stand; `None` where
    /// not all parts are to be found.
    pub fn find_together(&self, parts: &[Quote<'_>], beside: &[Quote<'_>]) -> Option<Together> {
        let mut places: Vec<Option<Place>> = parts.iter().map(|part| self.find(part)).collect();
        if places.len() > 1 {
            self.settle(parts, &mut places);
        }
        let places: Vec<Place> = places.into_iter().collect::<Option<_>>()?;
        let mut in_order: Vec<ByteRange> = places.iter().map(|place| place.range).collect();
        in_order.sort_unstable();
        let (first, last) = (in_order.first()?, in_order.last()?);
        if in_order.windows(2).any(|two| two[0].end > two[1].start) {
            return None;
        }
        let stay_near = |(two, old): (&[Place], &[Quote<'_>])| {
            let (a, b) = (two[0].range, two[1].range);
            let apart = old[0].hint.zip(old[1].hint).map(|(a, b)| b.start.saturating_sub(a.end));
            a.end <= b.start && b.start - a.end <= reach(apart)
        };
        let near = places.windows(2).zip(parts.windows(2)).all(stay_near);
        let sure = near && places.iter().all(|place| place.sure);
        let extent = ByteRange::new(first.start, last.end);
        let from = parts.first()?.hint.zip(places.first().map(|place| place.range));
        let was = parts
            .iter()
            .filter_map(|part| part.hint)
            .reduce(|a, b| ByteRange { start: a.start.min(b.start), end: a.end.max(b.end) });
        let beside = beside.iter().map(|words| self.find_beside(words, from, extent, was)).collect();
        Some(Together { parts: places.iter().map(|place| place.range).collect(), beside, sure })
    }

    /// Looks again for the parts that are doubtful or gone, near one that isn't.
    fn settle(&self, parts: &[Quote<'_>], places: &mut [Option<Place>]) {
        let sure = places.iter().position(|place| place.is_some_and(|place| place.sure));
        let Some((from, Some(to))) = sure.and_then(|at| Some((parts[at].hint?, places[at]))) else { return };
        for (part, place) in parts.iter().zip(places) {
            let Some(hint) = part.hint.filter(|_| place.is_none_or(|place| !place.sure)) else { continue };
            let expected = shifted(hint, from, to.range);
            let reach = reach(Some(apart(hint, from)));
            let found = self.find_within(
                &Quote { hint: Some(expected), ..*part },
                around(to.range, reach.saturating_add(part.exact.len())),
            );
            *place = found.or(*place);
        }
    }

    /// Where words stand beside parts that have come to `extent` from `was`, the first of them as `from` says.
    fn find_beside(
        &self,
        words: &Quote<'_>,
        from: Option<(ByteRange, ByteRange)>,
        extent: ByteRange,
        was: Option<ByteRange>,
    ) -> Option<ByteRange> {
        let expected = words.hint.zip(from).map(|(hint, (from, to))| shifted(hint, from, to));
        let distance = words.hint.zip(was).map(|(hint, was)| apart(hint, was));
        let within = around(extent, reach(distance).saturating_add(words.exact.len()));
        let place = self.find_within(&Quote { hint: expected, ..*words }, within)?;
        let near = distance.is_none_or(|distance| {
            apart(place.range, extent) <= distance.saturating_mul(2).saturating_add(REACH_IN_DOUBT)
        });
        (place.sure && (near || place.score >= CLEAR)).then_some(place.range)
    }
}

/// How far apart words may be that were `apart`.
fn reach(apart: Option<usize>) -> usize {
    apart.map_or(REACH_UNKNOWN, |apart| apart.saturating_mul(2).saturating_add(REACH))
}

/// Bytes between two ranges.
fn apart(a: ByteRange, b: ByteRange) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

fn around(range: ByteRange, reach: usize) -> ByteRange {
    ByteRange::new(range.start.saturating_sub(reach), range.end.saturating_add(reach))
}

/// Where a range comes to lie that moves as `from` moved to `to`.
fn shifted(range: ByteRange, from: ByteRange, to: ByteRange) -> ByteRange {
    let start = range.start.saturating_add(to.start).saturating_sub(from.start);
    ByteRange::new(start, start.saturating_add(range.end.saturating_sub(range.start)))
}
