//! What is wrong with a configuration: where, what, and what was probably meant.

use std::fmt;
use std::path::{Path, PathBuf};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column, from 1, in code points; 0 for the file as a whole.
    pub column: usize,
}

impl Place {
    /// The place of the byte `at` of `text`, which `file` holds.
    pub fn new(file: &Path, text: &str, at: usize) -> Self {
        let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let before = &text[..at];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            file: file.to_path_buf(),
            line: before.matches('\n').count() + 1,
            column: before[line..].chars().count() + 1,
        }
    }

    /// A problem at this place, with nothing near.
    pub fn problem(&self, message: String) -> Problem {
        Problem { file: self.file.clone(), line: self.line, column: self.column, message, nearest: None }
    }
}

/// A mistake in a configuration file. It reads `FILE:LINE:COLUMN: MESSAGE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column, from 1, in code points; 0 for the file as a whole.
    pub column: usize,
    /// What is wrong, one line without a full stop.
    pub message: String,
    /// The right name nearest to the wrong one, where one is near.
    pub nearest: Option<String>,
}

impl Problem {
    /// What to try, where there is something.
    pub fn hint(&self) -> Option<String> {
        self.nearest.as_ref().map(|name| format!("did you mean {name}?"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if self.line > 0 {
            write!(f, "{}:{}:", self.line, self.column)?;
        }
        write!(f, " {}", self.message)
    }
}

/// The name that `word` was probably meant to be: the one with the fewest edits, if these are at most a third of
/// the longer one's letters (one edit is always allowed from three letters on). Between equals the first wins.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let letters: Vec<char> = name.chars().collect();
        let most = word.len().max(letters.len()) / 3;
        let edits = count_edits(&word, &letters);
        if edits <= most && best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Letters inserted, dropped, replaced or swapped with their neighbour between two words (the optimal string
/// alignment distance).
fn count_edits(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut edits = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                edits = edits.min(before_last[j - 2] + 1);
            }
            row.push(edits);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_few_edits_away() {
        let names = ["import", "list", "log", "remove", "undo", "open"];
        for (word, meant) in [
            ("improt", Some("import")),
            ("Import", Some("import")),
            ("lst", Some("list")),
            ("lisst", Some("list")),
            ("remov", Some("remove")),
            ("opne", Some("open")),
            ("log", Some("log")),
            ("wang", None),
            ("", None),
            ("l", None),
        ] {
            assert_eq!(nearest(word, names), meant, "{word}");
        }
    }

    #[test]
    fn a_place_counts_lines_and_code_points_from_one() {
        let text = "a = 1\né = \"x\"\n";
        let place = |at| {
            let place = Place::new(Path::new("f"), text, at);
            (place.line, place.column)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(6), (2, 1));
        assert_eq!(place(8), (2, 2));
        assert_eq!(place(7), (2, 1), "inside a letter is at the letter");
        assert_eq!(place(999), (3, 1));
    }
}
