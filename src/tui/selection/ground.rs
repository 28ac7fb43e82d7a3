//! What a cursor moves over: the text by words, sentences, paragraphs and quotations.
//!
//! Work grows with the paragraph that the cursor is in, not with the article.

use crate::model::{Block, BlockKind, ByteRange};
use crate::text::quotation::{self, Quotation, trimmed};
use crate::text::{segment, unit};

/// What a step goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph, heading, item.
    Paragraph,
}

/// A text with its blocks.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The canonical text.
    pub text: &'a str,
    /// Its blocks, in order.
    pub blocks: &'a [Block],
}

impl<'a> Ground<'a> {
    /// The number of the block that holds a byte, else of the last one before it.
    fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.range.start <= at).saturating_sub(1)
    }

    /// The unit that holds `at`, else the first one after it.
    pub fn from(&self, unit: Unit, at: usize) -> Option<ByteRange> {
        let blocks = self.blocks.get(self.block_at(at)..).unwrap_or_default();
        match unit {
            Unit::Word => unit::word_from(self.text, at),
            Unit::Sentence => blocks.iter().flat_map(|block| self.sentences(block)).find(|range| range.end > at),
            Unit::Paragraph => self.paragraphs(blocks).find(|range| range.end > at),
        }
    }

    /// The first unit that begins after `at`.
    pub fn after(&self, unit: Unit, at: usize) -> Option<ByteRange> {
        let here = self.from(unit, at)?;
        if here.start > at { Some(here) } else { self.from(unit, here.end) }
    }

    /// The last unit that begins before `at`.
    pub fn to(&self, unit: Unit, at: usize) -> Option<ByteRange> {
        let last = (self.block_at(at) + 1).min(self.blocks.len());
        let blocks = &self.blocks[..last];
        match unit {
            Unit::Word => unit::word_to(self.text, at),
            Unit::Sentence => {
                let of = |block: &Block| self.sentences(block).take_while(|range| range.start < at).last();
                blocks.iter().rev().find_map(of)
            }
            Unit::Paragraph => self.paragraphs(blocks).rfind(|range| range.start < at),
        }
    }

    fn sentences(&self, block: &Block) -> impl Iterator<Item = ByteRange> + use<'a> {
        let start = block.range.start;
        let found = segment::sentences(block.range.of(self.text));
        found.map(move |range| ByteRange::new(start + range.start, start + range.end))
    }

    fn paragraphs<'b>(&self, blocks: &'b [Block]) -> impl DoubleEndedIterator<Item = ByteRange> + use<'a, 'b> {
        let text = self.text;
        blocks.iter().map(move |block| trimmed(text, block.range)).filter(|range| !range.is_empty())
    }

    /// A range as parts, each within a block and without white space around it.
    pub fn split(&self, range: ByteRange) -> Vec<ByteRange> {
        let blocks = self.blocks.get(self.block_at(range.start)..).unwrap_or_default();
        let touched = blocks.iter().take_while(|block| block.range.start < range.end);
        let parts = touched.filter_map(|block| Some(trimmed(self.text, block.range.intersect(range)?)));
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// The quotations of a block. Words set apart as somebody's are one also without marks.
    pub fn quotations(&self, block: usize) -> Vec<Quotation> {
        let Some(here) = self.blocks.get(block) else { return Vec::new() };
        let next = self.blocks.get(block + 1).map(|next| next.range);
        let mut found = quotation::within(self.text, here.range, next);
        if matches!(here.kind, BlockKind::BlockQuote | BlockKind::Post) {
            let inside = trimmed(self.text, here.range);
            if !inside.is_empty() && found.first().is_none_or(|first| first.outside != inside) {
                found.insert(0, Quotation { outside: inside, inside });
            }
        }
        found
    }

    /// The quotations of the blocks that a range touches.
    pub fn quotations_in(&self, range: ByteRange) -> Vec<Quotation> {
        let blocks = self.block_at(range.start)..=self.block_at(range.end);
        let found = blocks.flat_map(|block| self.quotations(block));
        found.filter(|quotation| quotation.outside.intersect(range).is_some()).collect()
    }

    /// What stands inside the innermost marks around a byte.
    pub fn quotation_at(&self, at: usize) -> Option<ByteRange> {
        let found = self.quotations(self.block_at(at));
        found.iter().rev().find(|quotation| quotation.outside.contains(at)).map(|quotation| quotation.inside)
    }

    /// What stands inside the innermost marks around a range, and is more than it.
    pub fn quotation_around(&self, range: ByteRange) -> Option<ByteRange> {
        let found = self.quotations(self.block_at(range.start));
        let around = |inside: ByteRange| inside.covers(range) && inside != range;
        found.iter().rev().map(|quotation| quotation.inside).find(|inside| around(*inside))
    }

    /// What stands inside the first marks that open at `at` or later, of what is `wanted`.
    pub fn quotation_after(&self, at: usize, wanted: impl Fn(ByteRange) -> bool) -> Option<ByteRange> {
        let blocks = self.block_at(at)..self.blocks.len();
        let found = blocks.flat_map(|block| self.quotations(block)).filter(|quotation| quotation.outside.start >= at);
        found.map(|quotation| quotation.inside).find(|inside| wanted(*inside))
    }
}
