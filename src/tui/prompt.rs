//! A line of text being typed: the filter, tags, a command, the help's search.
//!
//! It knows letters (grapheme clusters), words and candidates for completion, and nothing of what the line
//! is for. A paste lands in it as text, its line ends as spaces.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::action::Action;

/// Bytes that a prompt takes; longer pastes are cut.
const MOST: usize = 4096;

/// The line and the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// A byte, on a letter's border.
    cursor: usize,
    completion: Option<Completion>,
}

/// A completion under way: the candidates and which one stands in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Completion {
    /// Where the completed word begins.
    start: usize,
    candidates: Vec<String>,
    chosen: usize,
}

impl Line {
    /// A line with `text`, the cursor at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text, completion: None }
    }

    /// What is typed so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is typed before the cursor.
    pub fn before(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Puts `typed` in at the cursor; controls and line ends become spaces.
    pub fn insert(&mut self, typed: &str) {
        self.completion = None;
        let room = MOST.saturating_sub(self.text.len());
        let mut clean: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if clean.len() > room {
            let cut = (0..=room).rev().find(|&i| clean.is_char_boundary(i)).unwrap_or(0);
            clean.truncate(cut);
        }
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
    }

    /// Moves or erases; `true` if the text changed. Other actions are not the line's.
    pub fn edit(&mut self, action: Action) -> bool {
        self.completion = None;
        let (from, to) = match action {
            Action::LineStart => return self.to(0),
            Action::LineEnd => return self.to(self.text.len()),
            Action::LetterLeft => return self.to(self.letter_left()),
            Action::LetterRight => return self.to(self.letter_right()),
            Action::WordLeft => return self.to(self.word_left()),
            Action::WordRight => return self.to(self.word_right()),
            Action::EraseLeft => (self.letter_left(), self.cursor),
            Action::EraseRight => (self.cursor, self.letter_right()),
            Action::EraseWord => (self.word_left(), self.cursor),
            Action::EraseToStart => (0, self.cursor),
            Action::EraseToEnd => (self.cursor, self.text.len()),
            _ => return false,
        };
        self.text.replace_range(from..to, "");
        self.cursor = from;
        from < to
    }

    fn to(&mut self, cursor: usize) -> bool {
        self.cursor = cursor;
        false
    }

    fn letter_left(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn letter_right(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn word_left(&self) -> usize {
        let words = self.text[..self.cursor].split_word_bound_indices();
        words.rev().find(|(_, w)| !w.trim().is_empty()).map_or(0, |(start, _)| start)
    }

    fn word_right(&self) -> usize {
        let mut words = self.text[self.cursor..].split_word_bound_indices();
        let next = words.find(|(_, w)| !w.trim().is_empty());
        next.map_or(self.text.len(), |(start, w)| self.cursor + start + w.len())
    }

    /// The word before the cursor, up to white space.
    pub fn word(&self) -> &str {
        let start = self
            .before()
            .rfind(char::is_whitespace)
            .map_or(0, |i| i + self.text[i..].chars().next().map_or(1, char::len_utf8));
        &self.text[start..self.cursor]
    }

    /// Puts the next candidate (or the one before) in place of the word before the cursor; `candidates` are
    /// asked for only when a completion begins. `true` if the text changed.
    pub fn complete(&mut self, back: bool, candidates: impl FnOnce(&str) -> Vec<String>) -> bool {
        let word = self.word().to_owned();
        let start = self.cursor - word.len();
        self.complete_from(start, back, || candidates(&word))
    }

    /// The same for the whole line before the cursor.
    pub fn complete_all(&mut self, back: bool, candidates: Vec<String>) -> bool {
        self.complete_from(0, back, || candidates)
    }

    fn complete_from(&mut self, start: usize, back: bool, candidates: impl FnOnce() -> Vec<String>) -> bool {
        if let Some(mut completion) = self.completion.take() {
            let n = completion.candidates.len();
            completion.chosen = (completion.chosen + if back { n - 1 } else { 1 }) % n;
            self.take_candidate(completion);
            return true;
        }
        let candidates = candidates();
        if candidates.is_empty() {
            return false;
        }
        let chosen = if back { candidates.len() - 1 } else { 0 };
        self.take_candidate(Completion { start, candidates, chosen });
        true
    }

    fn take_candidate(&mut self, completion: Completion) {
        let word = &completion.candidates[completion.chosen];
        self.text.replace_range(completion.start..self.cursor, word);
        self.cursor = completion.start + word.len();
        self.completion = Some(completion);
    }

    /// The candidates of a completion under way, and which one is chosen.
    pub fn candidates(&self) -> Option<(&[String], usize)> {
        self.completion.as_ref().map(|c| (c.candidates.as_slice(), c.chosen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types `text`, `|` for the cursor, does `action`, and shows the line with its cursor.
    fn after(text: &str, action: Action) -> String {
        let cursor = text.find('|').expect("a cursor");
        let mut line = Line { text: text.replace('|', ""), cursor, completion: None };
        line.edit(action);
        format!("{}|{}", line.before(), &line.text[line.cursor..])
    }

    #[test]
    fn letters_and_words_are_a_persons() {
        assert_eq!(after("cafe\u{301}|", Action::EraseLeft), "caf|");
        assert_eq!(after("l’IA de Wang|", Action::EraseWord), "l’IA de |");
        assert_eq!(after("l’IA de |Wang", Action::WordLeft), "l’IA |de Wang");
        assert_eq!(after("|l’IA de", Action::WordRight), "l’IA| de");
        assert_eq!(after("ab|cd", Action::EraseToStart), "|cd");
        assert_eq!(after("|", Action::EraseLeft), "|");
    }

    #[test]
    fn a_paste_is_text() {
        let mut line = Line::default();
        line.insert("q\n:quit\r\x1b[31m");
        assert_eq!(line.text(), "q :quit  [31m");
        line.insert(&"é".repeat(5000));
        assert!(line.text().len() <= MOST);
    }

    #[test]
    fn tab_goes_round_the_candidates() {
        let words =
            |word: &str| ["+ia", "+industrie"].iter().filter(|w| w.starts_with(word)).map(|&w| w.into()).collect();
        let mut line = Line::new("-x +i");
        assert!(line.complete(false, words));
        assert_eq!(line.text(), "-x +ia");
        line.complete(false, words);
        assert_eq!(line.text(), "-x +industrie");
        line.complete(false, words);
        assert_eq!(line.text(), "-x +ia");
        assert!(!Line::new("+zz").complete(false, words));
    }
}
