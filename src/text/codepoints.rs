//! Between bytes and code points: what JSON and exchange formats count in, and what everything else counts in.
//!
//! The index keeps the count at every 256th byte of the text and counts the rest when asked, so that it
//! costs little to make, next to nothing to keep, and an answer never reads more than a stride.
//! It borrows its text, so that it can't be asked about another one.

/// Bytes between two samples.
const STRIDE: usize = 256;

/// An index of a text that tells code points from bytes and bytes from code points.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points that begin before byte `n * STRIDE`.
    samples: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Reads `text` once.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut samples = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut points = 0;
        for stride in bytes.chunks(STRIDE) {
            samples.push(points);
            points += count(stride);
        }
        if bytes.len().is_multiple_of(STRIDE) {
            samples.push(points);
        }
        Self { bytes, samples }
    }

    /// The code points that begin before `byte`: the code point offset of a byte on a character boundary.
    /// All of them where `byte` lies beyond the text.
    pub fn of_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        let stride = byte / STRIDE;
        self.samples[stride] + count(&self.bytes[stride * STRIDE..byte])
    }

    /// The byte where code point number `point` begins; the text's length for the number one past the last,
    /// `None` beyond.
    pub fn to_byte(&self, point: usize) -> Option<usize> {
        let stride = self.samples.partition_point(|&before| before <= point) - 1;
        let start = stride * STRIDE;
        let mut left = point - self.samples[stride];
        for (at, byte) in self.bytes[start..].iter().enumerate() {
            if begins(*byte) {
                if left == 0 {
                    return Some(start + at);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.bytes.len())
    }
}

/// Whether a byte of UTF-8 is the first of its code point: all but the continuation bytes `10xxxxxx` are.
const fn begins(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins(**byte)).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::{CodePoints, STRIDE};

    #[test]
    fn bytes_and_code_points_of_a_short_text() {
        let points = CodePoints::new("l’été");
        for (byte, point) in [(0, 0), (1, 1), (4, 2), (6, 3), (7, 4), (9, 5)] {
            assert_eq!((points.of_byte(byte), points.to_byte(point)), (point, Some(byte)));
        }
        assert_eq!(points.of_byte(100), 5);
        assert_eq!(points.to_byte(6), None);
    }

    #[test]
    fn an_empty_text_has_one_place() {
        let points = CodePoints::new("");
        assert_eq!((points.of_byte(0), points.to_byte(0), points.to_byte(1)), (0, Some(0), None));
    }

    proptest! {
        #[test]
        fn agrees_with_counting(text in "[aé’😀]{0,700}") {
            let points = CodePoints::new(&text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(byte), point);
                prop_assert_eq!(points.to_byte(point), Some(byte));
            }
            let all = text.chars().count();
            prop_assert_eq!(points.of_byte(text.len()), all);
            prop_assert_eq!(points.to_byte(all), Some(text.len()));
            prop_assert_eq!(points.to_byte(all + 1), None);
        }

        #[test]
        fn agrees_with_counting_at_the_samples(n in 0usize..3, more in 0usize..3) {
            let text = "a".repeat(n * STRIDE + more);
            let points = CodePoints::new(&text);
            prop_assert_eq!(points.to_byte(text.len()), Some(text.len()));
            prop_assert_eq!(points.of_byte(text.len()), text.len());
        }
    }
}
