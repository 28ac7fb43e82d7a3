//! Words as the line breaker sees them: runs that may not be parted, with the white space after them.

use textwrap::core::Fragment;
use unicode_normalization::UnicodeNormalization as _;

use super::hyphen::{self, Language};
use crate::model::ByteRange;
use crate::text::shown::{Joint, glyphs};

/// A run of letters that stays on one line, and the white space after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in the whole text, white space included.
    pub range: ByteRange,
    /// Cells of what is seen.
    pub cells: u16,
    /// Cells of the white space after it.
    pub space: u16,
    /// Whether a hyphen is drawn if the line ends here.
    pub hyphen: bool,
}

impl Word {
    /// Its cells at the end of a line.
    pub(super) fn whole_cells(self) -> u16 {
        self.cells.saturating_add(u16::from(self.hyphen))
    }

    /// The word that this part and the next one make.
    pub(super) fn joined(self, after: Self) -> Self {
        let cells = self.cells.saturating_add(self.space).saturating_add(after.cells);
        Self { range: ByteRange::new(self.range.start, after.range.end), cells, ..after }
    }
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        f64::from(self.cells)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }

    fn penalty_width(&self) -> f64 {
        f64::from(u16::from(self.hyphen))
    }
}

/// A letter of the stretch, or a mark before one.
#[derive(Clone, Copy)]
pub(super) struct Item {
    range: ByteRange,
    cells: u16,
    pub(super) joint: Joint,
    /// The letter's first character, composed; for a mark the replacement character, which no rule knows.
    pub(super) first: char,
    pub(super) mark: bool,
    /// Of a dash between spaces: whether it opens what the next one closes.
    opens: bool,
}

impl Item {
    fn is_space(&self) -> bool {
        matches!(self.joint, Joint::Space | Joint::LineEnd)
    }

    /// Whether nothing is seen of it at the end of a line.
    pub(super) fn is_blank(&self) -> bool {
        self.is_space() || self.joint == Joint::Glue
    }
}

/// Cuts a stretch, which begins at byte `offset` of the whole text, into words none of which is wider than
/// `most` cells, but for a single letter that is. With a language, words are cut into their syllables too.
pub(super) fn words(
    text: &str,
    offset: usize,
    marks: &[(usize, u16)],
    most: u16,
    language: Option<Language>,
) -> Vec<Word> {
    let items = items(text, offset, marks);
    let mut points = language.map_or_else(Vec::new, |language| hyphen::points(&items, language)).into_iter().peekable();
    let mut words = Vec::with_capacity(items.len() / 4 + 1);
    let mut start = 0;
    for i in 0..items.len() {
        let parted = points.next_if_eq(&i).is_some();
        if parted || i + 1 == items.len() || may_break_after(&items, i) {
            push_word(&items[start..=i], parted, most, &mut words);
            start = i + 1;
        }
    }
    words
}

fn items(text: &str, offset: usize, marks: &[(usize, u16)]) -> Vec<Item> {
    let mut items = Vec::with_capacity(text.len() + marks.len());
    let mut marks = marks.iter().peekable();
    let mut is_open = false;
    for glyph in glyphs(text) {
        let range = ByteRange::new(glyph.at.start + offset, glyph.at.end + offset);
        while let Some((_, cells)) = marks.next_if(|(at, _)| *at < range.end) {
            let (at, first) = (ByteRange::new(range.start, range.start), char::REPLACEMENT_CHARACTER);
            items.push(Item { range: at, cells: *cells, joint: Joint::Letter, first, mark: true, opens: false });
        }
        let first = first_of(glyph.at.of(text));
        match first {
            '–' | '—' => is_open = !is_open,
            '.' | '!' | '?' => is_open = false,
            _ => {}
        }
        items.push(Item { range, cells: glyph.cells, joint: glyph.joint, first, mark: false, opens: is_open });
    }
    items
}

/// The first character of a cluster; a letter with its accent is one, however it is written.
fn first_of(cluster: &str) -> char {
    let first = cluster.chars().next().unwrap_or(' ');
    if cluster.len() == first.len_utf8() { first } else { cluster.nfc().next().unwrap_or(first) }
}

/// Whether a line may end after item `i`.
fn may_break_after(items: &[Item], i: usize) -> bool {
    let (item, rest) = (&items[i], &items[i + 1..]);
    let Some(next) = rest.first() else { return true };
    if item.mark || next.is_space() || next.joint == Joint::Glue {
        return false;
    }
    let after = rest.iter().find(|item| !item.mark).map_or(' ', |item| item.first);
    match item.joint {
        Joint::Space | Joint::LineEnd => {
            let before = items[..i].iter().enumerate().rev().find(|(_, item)| !item.is_space() && !item.mark);
            let closing_dash =
                rest.iter().find(|item| !item.mark).is_some_and(|next| is_dash(next.first) && !next.opens);
            before.is_none_or(|(at, before)| !closing_dash && !is_glued(items, at, before.first, after))
        }
        Joint::ZeroWidthBreak => true,
        Joint::SoftHyphen => !closes(after) && after.is_alphanumeric(),
        Joint::Glue => false,
        Joint::Letter => {
            let before = i.checked_sub(1).map_or(' ', |i| items[i].first);
            let hyphen = matches!(item.first, '-' | '\u{2010}' | '–' | '—');
            // Not before a capital: names stay whole, « États-Unis », « Jean-Pierre ».
            (hyphen && before.is_alphabetic() && after.is_alphabetic() && !after.is_uppercase())
                || (item.cells == 2 && next.cells == 2 && !next.mark && !closes(after) && !opens(item.first))
        }
    }
}

/// Whether the white space between `before` (the item at `at`) and `after` holds them together.
fn is_glued(items: &[Item], at: usize, before: char, after: char) -> bool {
    let begins = || items[..at].iter().all(|item| item.mark || item.is_space());
    let opening_dash = (is_dash(before) && items[at].opens) || (matches!(before, '-' | '•') && begins());
    // `100 000`: the groups of a number.
    let number = before.is_ascii_digit() && after.is_ascii_digit();
    closes(after) || opens(before) || opening_dash || number
}

/// The dashes that stand around an aside: « la Chine – et elle seule – avance ».
const fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—')
}

/// Marks that never begin a line.
pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '»' | '›'
            | '”'
            | '’'
            | ')'
            | ']'
            | '}'
            | ';'
            | ':'
            | '!'
            | '?'
            | '%'
            | '‰'
            | '€'
            | '…'
            | '.'
            | ','
            | '°'
            | '、'
            | '。'
            | '」'
            | '』'
            | '！'
            | '？'
            | '：'
            | '；'
            | '，'
            | '）'
    )
}

/// Marks that never end a line.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '«' | '‹' | '“' | '„' | '‘' | '(' | '[' | '{' | '¿' | '¡' | '「' | '『' | '（')
}

/// Makes a word of `items`, or several where it is wider than a line. `parted` where the word goes on after them.
fn push_word(items: &[Item], parted: bool, most: u16, words: &mut Vec<Word>) {
    let word = word_of(items);
    let word = Word { hyphen: word.hyphen || parted, ..word };
    if word.whole_cells() <= most {
        words.push(word);
        return;
    }
    let mut rest = items;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(cut(rest, most));
        let word = word_of(piece);
        let hyphen = word.hyphen || (parted && after.is_empty());
        // A hyphen that doesn't fit isn't drawn.
        words.push(Word { hyphen: hyphen && word.cells < most, ..word });
        rest = after;
    }
}

fn word_of(items: &[Item]) -> Word {
    let seen = items.iter().rposition(|item| !item.is_blank()).map_or(0, |last| last + 1);
    let cells = |items: &[Item]| items.iter().fold(0_u16, |sum, item| sum.saturating_add(item.cells));
    let (start, end) = (items.first().map_or(0, |i| i.range.start), items.last().map_or(0, |i| i.range.end));
    Word {
        range: ByteRange::new(start, end),
        cells: cells(&items[..seen]),
        space: cells(&items[seen..]),
        hyphen: items.last().is_some_and(|item| item.joint == Joint::SoftHyphen),
    }
}

/// How many items of a word that is too wide go on one line: up to the last space or slash that fits, since
/// glue gives way before a word does, else as many letters as fit; one at least.
fn cut(items: &[Item], most: u16) -> usize {
    let (mut cells, mut at_space, mut fitting) = (0_u16, 0, 0);
    for (i, item) in items.iter().enumerate() {
        let hangs = item.is_blank();
        cells = cells.saturating_add(item.cells);
        if cells > most && !hangs {
            break;
        }
        if !item.mark {
            fitting = i + 1;
            if hangs || matches!(item.first, '/' | '-' | '_' | '&' | '?' | '=') {
                at_space = i + 1;
            }
        }
        if cells > most {
            // A space past the end of the line isn't seen.
            break;
        }
    }
    let whole = fitting == items.len();
    let cut = if at_space > 0 && !whole { at_space } else { fitting };
    // A mark doesn't stay alone, not even where its letter sticks out.
    let least = items.iter().position(|item| !item.mark).map_or(items.len(), |first| first + 1);
    // What has no width stays with the letter before it.
    let least = least.max(cut);
    least + items[least..].iter().take_while(|item| item.cells == 0 && !item.mark).count()
}
