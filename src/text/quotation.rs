//! Quotation marks around a place: what stands inside them, one within the other.
//!
//! Marks are paired within a stretch of text (a paragraph), each kind with its own: «», “”, "", ‹›, ‘’. A mark without
//! its fellow is passed over and spoils nothing. Papers set a quotation of several paragraphs with a mark at the
//! beginning of each and one at the end of the last: there it goes on to the end of every paragraph. An apostrophe is
//! no mark: ‘ opens before a word only, and ’ closes behind one only where a ‘ is open.

use crate::model::ByteRange;

/// Words between two quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words with their marks.
    pub outside: ByteRange,
    /// The words, without the marks and the white space that French sets inside them.
    pub inside: ByteRange,
}

/// The kinds of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
    Curly,
    Straight,
    Apostrophe,
}

/// A mark that waits for its fellow.
#[derive(Clone, Copy, Debug)]
struct Open {
    kind: Kind,
    at: ByteRange,
}

/// The quotations of one stretch of `text`, in order of their first byte, the outer before the inner. `next` is the
/// stretch after it, if there is one.
pub fn within(text: &str, stretch: ByteRange, next: Option<ByteRange>) -> Vec<Quotation> {
    let words = stretch.of(text);
    let (mut open, mut found): (Vec<Open>, Vec<Quotation>) = (Vec::new(), Vec::new());
    for (at, c) in words.char_indices() {
        let here = ByteRange::new(stretch.start + at, stretch.start + at + c.len_utf8());
        let (before, after) = (&words[..at], &words[at + c.len_utf8()..]);
        let Some((kind, closes)) = mark(c, before, after, &open) else { continue };
        if !closes {
            open.push(Open { kind, at: here });
            continue;
        }
        if let Some(fellow) = open.iter().rposition(|open| pairs(open.kind, kind)) {
            found.extend(quotation(text, open[fellow].at.start, open[fellow].at.end, here.start, here.end));
            open.truncate(fellow);
        }
    }
    let goes_on = next.and_then(|next| next.of(text).trim_start().chars().next()).and_then(kind_of);
    if let Some(first) = open.first().filter(|first| goes_on == Some(first.kind)) {
        found.extend(quotation(text, first.at.start, first.at.end, stretch.end, stretch.end));
    }
    found.sort_by_key(|quotation| (quotation.outside.start, std::cmp::Reverse(quotation.outside.end)));
    found
}

fn quotation(text: &str, start: usize, from: usize, to: usize, end: usize) -> Option<Quotation> {
    let inside = trimmed(text, ByteRange::new(from, to));
    (!inside.is_empty()).then_some(Quotation { outside: ByteRange::new(start, end), inside })
}

/// A range without the white space at its ends.
pub fn trimmed(text: &str, range: ByteRange) -> ByteRange {
    let words = range.of(text);
    let start = range.start + (words.len() - words.trim_start().len());
    ByteRange::new(start, start + words.trim().len())
}

const fn kind_of(c: char) -> Option<Kind> {
    match c {
        '«' | '»' => Some(Kind::Double),
        '‹' | '›' => Some(Kind::Single),
        '“' | '”' | '„' => Some(Kind::Curly),
        '"' => Some(Kind::Straight),
        '‘' | '’' => Some(Kind::Apostrophe),
        _ => None,
    }
}

/// What a character does between `before` and `after`, and whether it closes what is open.
fn mark(c: char, before: &str, after: &str, open: &[Open]) -> Option<(Kind, bool)> {
    let kind = kind_of(c)?;
    let is_open = |kind| open.iter().any(|open| open.kind == kind);
    // Whoever set a quotation of several paragraphs in the old way began the later ones with a closing mark.
    let begins = before.trim().is_empty();
    let parted = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "([—–-/«“\"‹„".contains(c));
    match c {
        '»' | '›' | '”' if begins => Some((kind, false)),
        '»' | '›' | '”' => Some((kind, true)),
        // The end of a „German“ one.
        '“' if is_open(Kind::Curly) && !parted => Some((kind, true)),
        '"' => {
            let closes = is_open(kind) || (is_open(Kind::Curly) && !parted);
            Some((kind, closes))
        }
        '‘' => (parted && after.starts_with(|c: char| !c.is_whitespace())).then_some((kind, false)),
        '’' => (is_open(kind) && !parted && !after.starts_with(char::is_alphanumeric)).then_some((kind, true)),
        _ => Some((kind, false)),
    }
}

/// Whether a mark of one kind closes what one of another kind opened: one hand set the first and another the last.
const fn pairs(open: Kind, close: Kind) -> bool {
    open as u8 == close as u8 || matches!((open, close), (Kind::Straight, Kind::Curly) | (Kind::Curly, Kind::Straight))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words inside the marks of a text, whose stretches are its lines.
    fn check(text: &str, want: &[&str]) {
        let mut at = 0;
        let mut stretches = Vec::new();
        for line in text.split('\n') {
            stretches.push(ByteRange::new(at, at + line.len()));
            at += line.len() + 1;
        }
        let found = (0..stretches.len()).flat_map(|i| within(text, stretches[i], stretches.get(i + 1).copied()));
        let found: Vec<&str> = found.map(|quotation| quotation.inside.of(text)).collect();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn french_and_english_marks_are_paired() {
        check("Il dit : « Non. » Puis «\u{a0}oui\u{202f}».", &["Non.", "oui"]);
        check("He said “No.” and \"yes\".", &["No.", "yes"]);
        check("‹ a › et „b“", &["a", "b"]);
    }

    #[test]
    fn the_outer_stand_before_the_inner() {
        check("« Il dit : “Non.” Puis ‹ rien ›. »", &["Il dit : “Non.” Puis ‹ rien ›.", "Non.", "rien"]);
        check("“He said ‘no’ to it”", &["He said ‘no’ to it", "no"]);
        check("« a « b » c »", &["a « b » c", "b"]);
    }

    #[test]
    fn a_mark_without_its_fellow_spoils_nothing() {
        check("a » « b » « c", &["b"]);
        check("« a “b » c", &["a “b"]);
        check("un 5\" et « oui »", &["oui"]);
        check("« »", &[]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("“l’IA d’ici”", &["l’IA d’ici"]);
        check("‘l’IA d’ici’ et ‘90s", &["l’IA d’ici"]);
    }

    #[test]
    fn one_hand_may_set_the_first_mark_and_another_the_last() {
        check("“No.\" and \"yes”", &["No.", "yes"]);
    }

    #[test]
    fn a_quotation_goes_on_over_paragraphs() {
        check("Elle : « Un.\n« Deux.\n» Trois. »\n« quatre", &["Un.", "Deux.", "Trois."]);
        check("Elle : « Un.\nDeux. »", &[]);
    }
}
