//! A selection in the text: the visible cursor, what is selected from its anchor on, and what has been kept.
//!
//! The cursor stands on a letter. Without an anchor motions move it; with one, everything from the anchor to the
//! cursor is selected, the letters under both included, and motions by word, sentence and paragraph take whole ones.
//! What is selected is for one of several slots: a part of the claim's words, its cue, its mention. All places are
//! bytes of the canonical text; rows and columns are the reader's business.

mod ground;

pub use ground::{Ground, Unit};

use super::draft::Draft;
use crate::model::{ByteRange, Claim, ClaimId};
use crate::text::unit::{letter_after, letter_before};

/// What is selected for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Words of the claim.
    Words,
    /// The words that attribute.
    Cue,
    /// The words that name the speaker.
    Mention,
}

impl Role {
    /// What it is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Cue => "cue",
            Self::Mention => "mention",
        }
    }
}

/// A place for a range of the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    role: Role,
    range: Option<ByteRange>,
}

/// What was selected, ready to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The words of the claim, in order, disjoint, each within a block; never none.
    pub parts: Vec<ByteRange>,
    /// The words that attribute.
    pub cue: Option<ByteRange>,
    /// The words that name the speaker.
    pub mention: Option<ByteRange>,
}

/// What a step out led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Out {
    /// What was being selected was let go.
    Unselected,
    /// The part kept last was let go; so many are left.
    Dropped(usize),
    /// There was nothing left to let go.
    Left,
}

/// A selection under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The claim that is corrected; `None` for a new one.
    pub claim: Option<ClaimId>,
    /// The letter under the cursor.
    pub cursor: usize,
    /// The letter where the selected words begin or end.
    pub anchor: Option<usize>,
    /// The column that moving by lines keeps to.
    pub column: Option<u16>,
    /// The claim that is being made of it, as soon as its words are chosen.
    pub draft: Option<Draft>,
    /// Never without one for words.
    slots: Vec<Slot>,
    /// The slot that is selected for.
    at: usize,
}

impl Selection {
    /// A cursor on the letter at a byte, with nothing selected.
    pub fn new(cursor: usize) -> Self {
        let slots = [Role::Words, Role::Cue, Role::Mention].map(|role| Slot { role, range: None });
        Self { claim: None, cursor, anchor: None, column: None, draft: None, slots: slots.into(), at: 0 }
    }

    /// The words, cue and mention of a claim, its last part selected; one that stands nowhere has nothing selected.
    pub fn of(id: ClaimId, claim: &Claim, text: &str, cursor: usize) -> Self {
        let words = claim.parts.iter().map(|part| Slot { role: Role::Words, range: Some(*part) });
        let mut slots: Vec<Slot> = words.collect();
        if slots.is_empty() {
            slots.push(Slot { role: Role::Words, range: None });
        }
        let at = slots.len() - 1;
        slots.push(Slot { role: Role::Cue, range: claim.cue });
        slots.push(Slot { role: Role::Mention, range: claim.mention });
        let mut selection = Self { claim: Some(id), cursor, anchor: None, column: None, draft: None, slots, at };
        selection.take_up(text);
        selection
    }

    /// What is selected for.
    pub fn role(&self) -> Role {
        self.slots[self.at].role
    }

    /// What is being selected; `None` where there is only the cursor.
    pub fn range(&self, text: &str) -> Option<ByteRange> {
        let anchor = self.anchor?;
        Some(ByteRange::new(anchor.min(self.cursor), letter_after(text, anchor.max(self.cursor))))
    }

    /// What is kept besides.
    pub fn kept(&self) -> impl Iterator<Item = (Role, ByteRange)> {
        let others = self.slots.iter().enumerate().filter(|(i, _)| *i != self.at);
        others.filter_map(|(_, slot)| Some((slot.role, slot.range?)))
    }

    /// How many parts of words are kept besides what is being selected.
    pub fn parts(&self) -> usize {
        self.kept().filter(|(role, _)| *role == Role::Words).count()
    }

    /// Selects a range.
    pub fn select(&mut self, range: ByteRange, text: &str) {
        self.anchor = Some(range.start);
        self.cursor = letter_before(text, range.end).max(range.start);
        self.column = None;
    }

    /// Begins to select at the cursor, or lets go of what is selected.
    pub fn toggle_anchor(&mut self) {
        self.anchor = if self.anchor.is_some() { None } else { Some(self.cursor) };
    }

    /// Goes to the other end of what is selected.
    pub fn swap_ends(&mut self) {
        if let Some(anchor) = &mut self.anchor {
            std::mem::swap(anchor, &mut self.cursor);
            self.column = None;
        }
    }

    /// Moves by a word, sentence or paragraph; `false` where there is none in that direction.
    pub fn step(&mut self, ground: &Ground<'_>, unit: Unit, back: bool) -> bool {
        let to = match (self.anchor, back) {
            (None, false) => ground.after(unit, self.cursor).map(|unit| unit.start),
            (None, true) => ground.to(unit, self.cursor).map(|unit| unit.start),
            (Some(anchor), false) => self.grow(ground, unit, anchor),
            (Some(anchor), true) => self.shrink(ground, unit, anchor),
        };
        self.column = None;
        let moved = to.is_some_and(|to| to != self.cursor);
        self.cursor = to.unwrap_or(self.cursor);
        moved
    }

    /// The cursor one whole unit on.
    fn grow(&self, ground: &Ground<'_>, unit: Unit, anchor: usize) -> Option<usize> {
        if self.cursor < anchor {
            return Some(ground.after(unit, self.cursor).map_or(anchor, |unit| unit.start.min(anchor)));
        }
        let end = letter_after(ground.text, self.cursor);
        let unit = ground.from(unit, self.cursor).filter(|unit| unit.end > end).or_else(|| ground.from(unit, end))?;
        Some(letter_before(ground.text, unit.end))
    }

    /// The cursor one whole unit back.
    fn shrink(&self, ground: &Ground<'_>, unit: Unit, anchor: usize) -> Option<usize> {
        if self.cursor <= anchor {
            return ground.to(unit, self.cursor).map(|unit| unit.start);
        }
        // The last letter of the unit before the one that the cursor stands in.
        let within = ground.to(unit, letter_after(ground.text, self.cursor))?;
        let end = letter_after(ground.text, self.cursor);
        let before = if within.end < end { Some(within) } else { ground.to(unit, within.start) };
        Some(before.map_or(anchor, |before| letter_before(ground.text, before.end)).max(anchor))
    }

    /// Selects the unit at the cursor; again: one more.
    pub fn select_unit(&mut self, ground: &Ground<'_>, unit: Unit) -> bool {
        if self.anchor.is_some() {
            return self.step(ground, unit, false);
        }
        let Some(range) = ground.from(unit, self.cursor) else { return false };
        self.select(range, ground.text);
        true
    }

    /// Selects what stands inside the quotation marks around the cursor, or after it; again: inside the next marks
    /// around, else in the next quotation. At first those are passed over that are kept, or
    /// that `is_claimed` says are a claim already.
    pub fn select_quotation(&mut self, ground: &Ground<'_>, is_claimed: impl Fn(ByteRange) -> bool) -> bool {
        let found = match self.range(ground.text) {
            Some(selected) => {
                ground.quotation_around(selected).or_else(|| ground.quotation_after(selected.end, |_| true))
            }
            None => {
                let is_kept = |range: ByteRange| self.kept().any(|(_, kept)| kept.intersect(range).is_some());
                let open = |range: ByteRange| !is_claimed(range) && !is_kept(range);
                let here = ground.quotation_at(self.cursor);
                let next = || ground.quotation_after(self.cursor, open);
                here.filter(|range| open(*range)).or_else(next).or(here)
            }
        };
        let Some(found) = found else { return false };
        self.select(found, ground.text);
        true
    }

    /// Puts what is selected into its slot, which may make several parts of it: one for each block.
    fn keep(&mut self, ground: &Ground<'_>) -> Result<(), String> {
        let ranges = self.range(ground.text).map(|range| ground.split(range)).unwrap_or_default();
        let role = self.role();
        if self.anchor.is_some() && ranges.is_empty() {
            return Err("only white space is selected: take some words with it".to_owned());
        }
        if role != Role::Words && ranges.len() > 1 {
            return Err(format!("a {} stands in one paragraph: select less", role.word()));
        }
        let is_over = |other: &ByteRange| ranges.iter().any(|range| range.intersect(*other).is_some());
        if role == Role::Words && self.kept().any(|(role, other)| role == Role::Words && is_over(&other)) {
            return Err("these words overlap a part that is kept: select others, or Esc lets them go".to_owned());
        }
        let is_spare =
            ranges.is_empty() && role == Role::Words && self.slots.iter().filter(|s| s.role == role).count() > 1;
        let new: Vec<Slot> = match ranges.as_slice() {
            [] if is_spare => Vec::new(),
            [] => vec![Slot { role, range: None }],
            ranges => ranges.iter().map(|range| Slot { role, range: Some(*range) }).collect(),
        };
        let count = new.len();
        self.slots.splice(self.at..=self.at, new);
        self.at = (self.at + count).saturating_sub(1).min(self.slots.len() - 1);
        Ok(())
    }

    /// Selects what is in the slot again, so that it can be corrected.
    fn take_up(&mut self, text: &str) {
        match self.slots[self.at].range {
            Some(range) => self.select(range, text),
            None => self.anchor = None,
        }
    }

    /// Keeps what is selected as a part, and goes on with another one; how many there are.
    pub fn add_part(&mut self, ground: &Ground<'_>) -> Result<usize, String> {
        if self.role() != Role::Words {
            return Err(format!("a claim has one {}: Tab goes on to its words", self.role().word()));
        }
        if self.anchor.is_none() {
            return Err("nothing is selected to be kept: v begins, q takes a quotation".to_owned());
        }
        self.keep(ground)?;
        self.at += 1;
        self.slots.insert(self.at, Slot { role: Role::Words, range: None });
        self.anchor = None;
        Ok(self.parts())
    }

    /// Keeps what is selected, and goes on to the next part, the cue, the mention, and round again.
    pub fn next_role(&mut self, ground: &Ground<'_>) -> Result<Role, String> {
        let (first, before) = (self.at == 0, self.slots.len());
        self.keep(ground)?;
        // Where the first slot was a spare one, the next has moved into its place.
        let is_there = first && self.slots.len() < before;
        self.at = (self.at + usize::from(!is_there)) % self.slots.len();
        self.take_up(ground.text);
        Ok(self.role())
    }

    /// One step out.
    pub fn step_out(&mut self) -> Out {
        if self.anchor.take().is_some() {
            return Out::Unselected;
        }
        let last = self.slots.iter().enumerate().rfind(|(i, slot)| *i != self.at && slot.role == Role::Words);
        match last.map(|(i, _)| i).filter(|_| self.claim.is_none()) {
            Some(i) => {
                self.slots.remove(i);
                self.at -= usize::from(i < self.at);
                Out::Dropped(self.parts())
            }
            None => Out::Left,
        }
    }

    /// All that was selected, with what is being selected.
    pub fn choose(&self, ground: &Ground<'_>) -> Result<Chosen, String> {
        let mut all = self.clone();
        all.keep(ground)?;
        let of = |role| all.slots.iter().filter(move |slot| slot.role == role).filter_map(|slot| slot.range);
        let mut parts: Vec<ByteRange> = of(Role::Words).collect();
        parts.sort_unstable();
        if parts.is_empty() {
            return Err("a claim needs words: v begins to select, q takes a quotation".to_owned());
        }
        Ok(Chosen { parts, cue: of(Role::Cue).next(), mention: of(Role::Mention).next() })
    }
}

#[cfg(test)]
mod tests;
