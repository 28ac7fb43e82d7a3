//! A list over the text to choose from: the headings of the article, its links, tags, what was done, the forms of a
//! claim.

use super::key::Code;
use super::pivot::Naming;
use super::window;
use crate::model::{SpeakerKey, Subject, Tag};

/// What is chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Places in the text.
    Outline,
    /// Addresses.
    Links,
    /// Tags to put on these, or to take off.
    Favourites {
        /// What is tagged.
        subjects: Vec<Subject>,
        /// The tags, in the order of the list.
        tags: Vec<Tag>,
    },
    /// All tags.
    Tags,
    /// What was done.
    History,
    /// What one claim is to another.
    Relate,
    /// What can be done to a speaker.
    Speaker {
        /// Who.
        who: SpeakerKey,
        /// What, in the order of the list.
        choices: Vec<Naming>,
    },
    /// How a new claim is told.
    Form,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The number that chooses it, where one does.
    pub number: Option<usize>,
    /// What it says; comes from the document, so it is drawn through `text::shown`.
    pub text: String,
    /// The byte of the text that it stands at, or its place among what the list was made from.
    pub place: usize,
}

/// The list, with its cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What is chosen from.
    pub kind: Kind,
    /// The lines; never none.
    pub items: Vec<Item>,
    /// The line under the cursor.
    pub cursor: usize,
    /// The first line shown.
    pub top: usize,
    /// The number typed so far.
    typed: usize,
}

impl Menu {
    /// A list of `items` with the cursor on one of them; `None` where there are none.
    pub fn new(kind: Kind, items: Vec<Item>, cursor: usize) -> Option<Self> {
        let cursor = cursor.min(items.len().checked_sub(1)?);
        Some(Self { kind, items, cursor, top: 0, typed: 0 })
    }

    /// Moves the cursor.
    pub fn step(&mut self, steps: isize) {
        self.typed = 0;
        window::step(&mut self.cursor, steps, self.items.len());
    }

    /// Brings the cursor into a window of `rows` rows.
    pub fn show_cursor(&mut self, rows: usize) {
        self.top = window::top(self.top, self.cursor, rows, self.items.len());
    }

    /// Takes a digit of a number; `true` where that chooses the line under the cursor, since no longer number
    /// begins so.
    pub fn digit(&mut self, digit: usize) -> bool {
        let find = |number: usize| self.items.iter().position(|item| item.number == Some(number));
        let typed = if find(self.typed * 10 + digit).is_some() { self.typed * 10 + digit } else { digit };
        let Some(at) = find(typed) else { return false };
        self.cursor = at;
        self.typed = typed;
        let most = self.items.iter().filter_map(|item| item.number).max().unwrap_or(0);
        typed == 0 || typed * 10 > most
    }

    /// Takes a letter; `true` where that is the first one of a line.
    pub fn letter(&mut self, code: Code) -> bool {
        let at = self.items.iter().position(|item| item.text.chars().next().map(Code::Char) == Some(code));
        self.cursor = at.unwrap_or(self.cursor);
        at.is_some()
    }

    /// The line under the cursor.
    pub fn item(&self) -> &Item {
        &self.items[self.cursor]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(numbers: std::ops::Range<usize>) -> Menu {
        let item = |number| Item { number: Some(number), text: String::new(), place: 0 };
        Menu::new(Kind::Links, numbers.map(item).collect(), 0).expect("a menu")
    }

    #[test]
    fn a_digit_chooses_as_soon_as_no_longer_number_begins_so() {
        let mut menu = links(0..13);
        assert!(menu.digit(3) && menu.item().number == Some(3));
        let mut menu = links(0..13);
        assert!(!menu.digit(1) && menu.digit(2) && menu.item().number == Some(12));
        let mut menu = links(1..4);
        assert!(!menu.digit(0) && !menu.digit(9) && menu.cursor == 0);
    }

    #[test]
    fn the_cursor_stays_in_the_list_and_in_sight() {
        let mut menu = links(0..9);
        menu.step(100);
        menu.show_cursor(4);
        assert_eq!((menu.cursor, menu.top), (8, 5));
        assert_eq!(Menu::new(Kind::Outline, Vec::new(), 0), None);
    }
}
