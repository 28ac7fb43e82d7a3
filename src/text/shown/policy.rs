//! The fate of each code point: kept, replaced, or left out.
//!
//! One grapheme cluster comes in with the character after it, and its neutralised form goes out. A cluster is the
//! right unit because what may stay depends on its neighbours (a joiner between two emoji, a selector after its base)
//! and because a terminal draws it as one. Sources: UAX #9 (bidi controls), UAX #29 (clusters), UTS #51 (emoji, tags),
//! chapter 23 of the Unicode Standard (special areas and format characters). Never decide by looks alone here: this
//! is about characters that act on others, not about letters that resemble each other.

use std::borrow::Cow;

use unicode_normalization::char::{is_combining_mark, is_public_assigned};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::glyph::Joint;

/// Where a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A title, name, tag or message, where a look-alike of a space could pass for nothing.
    Line,
    /// Running text.
    Text,
}

/// A cluster as it may be shown.
pub(super) struct Neutral<'a> {
    pub(super) shown: Cow<'a, str>,
    pub(super) joint: Joint,
    /// Code points of the cluster that are left out or replaced.
    pub(super) hidden: usize,
}

const REPLACEMENT: char = '\u{fffd}';
/// What carries a mark that has nothing to stand on.
const DOTTED_CIRCLE: char = '\u{25cc}';
/// Combining marks that may stack on one base. No living orthography needs more than 4.
const MARKS: usize = 8;
/// Letters, syllable parts or signs that one cluster may hold; conjuncts of Indic scripts have up to 5 consonants.
const BASES: usize = 8;
/// Emoji that joiners may hold together; the longest sequence recommended for interchange has 4 (a family, a kiss).
const JOINED_EMOJI: usize = 4;

/// The form of `cluster` that may be shown at `place`; `next` is the character after it in the source.
pub(super) fn neutralise(cluster: &str, next: Option<char>, place: Place) -> Neutral<'_> {
    let fixed = |shown, joint, hidden| Neutral { shown: Cow::Borrowed(shown), joint, hidden };
    let Some(first) = cluster.chars().next() else {
        return fixed("", Joint::Letter, 0);
    };
    match first {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => fixed(" ", Joint::LineEnd, 0),
        '\t' => fixed(" ", Joint::Space, 0),
        '\u{ad}' => fixed("", Joint::SoftHyphen, 0),
        '\u{200b}' => fixed("", Joint::ZeroWidthBreak, 1),
        '\u{2060}' | '\u{feff}' => fixed("", Joint::Glue, 1),
        _ => Draft::new(cluster, next, place).finish(),
    }
}

/// A cluster under examination, and as much of it as has been found fit to show.
struct Draft<'a> {
    cluster: &'a str,
    next: Option<char>,
    /// Bytes of the cluster that have been decided on.
    seen: usize,
    /// What is shown so far, once that differs from the cluster's own beginning.
    changed: Option<String>,
    hidden: usize,
    /// The last character kept.
    last: Option<char>,
    /// The last base kept: the character that marks stand on.
    base: Option<char>,
    bases: usize,
    marks: usize,
    /// What stands for a filler in this cluster: the place's blank, or the filler itself within a syllable.
    blank: Option<char>,
}

impl<'a> Draft<'a> {
    fn new(cluster: &'a str, next: Option<char>, place: Place) -> Self {
        let blank = match place {
            _ if cluster.chars().any(is_jamo) => None,
            Place::Line => Some(REPLACEMENT),
            Place::Text => Some(' '),
        };
        Self { cluster, next, seen: 0, changed: None, hidden: 0, last: None, base: None, bases: 0, marks: 0, blank }
    }

    fn finish(mut self) -> Neutral<'a> {
        while let Some(c) = self.cluster[self.seen..].chars().next() {
            self.decide(c);
        }
        let mut shown = self.changed.map_or(Cow::Borrowed(self.cluster), Cow::Owned);
        if !shown.is_empty() && shown.width() == 0 {
            self.hidden += shown.chars().count();
            shown = Cow::Borrowed("\u{fffd}");
        }
        let joint = joint_of(&shown);
        Neutral { shown, joint, hidden: self.hidden }
    }

    fn decide(&mut self, c: char) {
        match c {
            '\u{200c}' | '\u{200d}' if !self.joins(c) => self.drop(c),
            '\u{200c}' | '\u{200d}' => self.keep(c),
            _ if is_selector(c) => {
                if self.last.is_some_and(|last| takes_selector(last, c)) {
                    self.keep(c);
                } else {
                    self.drop(c);
                }
            }
            '\u{e0020}'..='\u{e007f}' => self.decide_tags(),
            _ if is_dropped(c) => self.drop(c),
            _ if is_blank(c) => self.stand(c, self.blank.unwrap_or(c)),
            _ if is_replaced(c) => self.stand(c, REPLACEMENT),
            _ if is_combining_mark(c) || is_emoji_modifier(c) => {
                self.marks += 1;
                if self.marks <= MARKS { self.keep(c) } else { self.drop(c) }
            }
            _ => self.stand(c, c),
        }
    }

    /// A run of tag characters is kept where it spells a region after a black flag (UTS #51); elsewhere it is one
    /// U+FFFD.
    fn decide_tags(&mut self) {
        let rest = &self.cluster[self.seen..];
        let run: Vec<char> = rest.chars().take_while(|c| matches!(c, '\u{e0020}'..='\u{e007f}')).collect();
        let names_region = self.last == Some('\u{1f3f4}')
            && (4..=7).contains(&run.len())
            && run.iter().enumerate().all(|(n, &c)| match c {
                '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}' => n + 1 < run.len(),
                '\u{e007f}' => n + 1 == run.len(),
                _ => false,
            });
        for (n, &c) in run.iter().enumerate() {
            match (names_region, n) {
                (true, _) => self.keep(c),
                (false, 0) => self.stand(c, REPLACEMENT),
                (false, _) => self.drop(c),
            }
        }
    }

    /// Whether the joiner or non-joiner `c`, next to be decided, has something to act on.
    fn joins(&self, c: char) -> bool {
        let within = self.cluster[self.seen + c.len_utf8()..].chars().next();
        let Some(next) = within.or(self.next) else {
            return false;
        };
        if within.is_some() && self.bases >= self.limit() {
            return false;
        }
        let (Some(last), Some(base)) = (self.last, self.base) else {
            return false;
        };
        let emoji = c == '\u{200d}' && within.is_some() && is_pictograph(base) && is_pictograph(next);
        let letters = joining_script(last).is_some()
            && joining_script(last) == joining_script(next)
            && next.is_alphabetic()
            && !is_combining_mark(next)
            && next.width() > Some(0);
        emoji || letters
    }

    fn limit(&self) -> usize {
        if self.base.is_some_and(is_pictograph) { JOINED_EMOJI } else { BASES }
    }

    /// `c` is a base, shown as `shown`, unless the cluster holds too many already.
    fn stand(&mut self, c: char, shown: char) {
        if self.bases >= self.limit() {
            // Marks that follow would fall on another base.
            self.marks = MARKS;
            return self.drop(c);
        }
        self.bases += 1;
        self.marks = 0;
        self.base = Some(shown);
        if c == shown { self.keep(c) } else { self.replace(c, shown) }
    }

    fn keep(&mut self, c: char) {
        if self.last.is_none() && needs_base(c) {
            self.changed = Some(DOTTED_CIRCLE.to_string());
        }
        self.seen += c.len_utf8();
        self.last = Some(c);
        if let Some(changed) = &mut self.changed {
            changed.push(c);
        }
    }

    fn replace(&mut self, c: char, shown: char) {
        self.drop(c);
        self.last = Some(shown);
        if let Some(changed) = &mut self.changed {
            changed.push(shown);
        }
    }

    fn drop(&mut self, c: char) {
        let kept = &self.cluster[..self.seen];
        self.changed.get_or_insert_with(|| kept.to_owned());
        self.seen += c.len_utf8();
        self.hidden += 1;
    }
}

/// The joint of a neutralised cluster: that of its space if it is nothing else.
fn joint_of(shown: &str) -> Joint {
    match shown {
        " " | "\u{1680}" | "\u{205f}" | "\u{3000}" => Joint::Space,
        "\u{a0}" | "\u{2007}" | "\u{202f}" => Joint::Glue,
        _ if shown.chars().all(|c| matches!(c, '\u{2000}'..='\u{200a}')) && !shown.is_empty() => Joint::Space,
        _ => Joint::Letter,
    }
}

/// Invisible characters with nothing to say in running text of any script.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}')
}

/// Characters that act on their surroundings or that no font knows.
fn is_replaced(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffc}')
        || !is_public_assigned(c)
}

/// Characters that are drawn as empty space but are letters or signs to every rule of Unicode.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// Parts of Hangul syllables, and whole ones, but not the fillers.
fn is_jamo(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115e}' | '\u{1161}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{d7b0}'..='\u{d7fb}')
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
}

/// Whether `base` has a variant that `selector` chooses.
///
/// For emoji, the tables of unicode-width know: a selector that a base takes changes its width. The text
/// presentation of a wide emoji is not asked for, since terminals disagree on its cells.
fn takes_selector(base: char, selector: char) -> bool {
    let han = matches!(base,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}');
    // Myanmar, mathematical operators, Phags-pa, Egyptian hieroglyphs.
    let varied = matches!(base,
        '\u{1000}'..='\u{109f}' | '\u{2200}'..='\u{22ff}' | '\u{2a00}'..='\u{2aff}' | '\u{a840}'..='\u{a877}'
        | '\u{13000}'..='\u{1342f}');
    let pair = |selector: char| [base, selector].iter().collect::<String>().width();
    match selector {
        '\u{fe0f}' if base.width() == Some(1) => pair('\u{fe0f}') == 2,
        '\u{fe0f}' => pair('\u{fe0e}') == 1 && base.width() == Some(2),
        '\u{fe0e}' => base.width() == Some(1) && pair('\u{fe0f}') == 2,
        '\u{180b}'..='\u{180f}' => matches!(base, '\u{1820}'..='\u{18aa}'),
        '\u{fe00}'..='\u{fe0d}' => han || varied,
        _ => han,
    }
}

fn is_emoji_modifier(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Whether `c`, found beside a joiner within one cluster, is an emoji: there it can only be that or a letter.
fn is_pictograph(c: char) -> bool {
    let within = matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}');
    within && !is_emoji_modifier(c) && is_public_assigned(c)
}

/// The script of `c`, as the start of its block, if letters of it change shape with their neighbours.
fn joining_script(c: char) -> Option<u32> {
    match c {
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{870}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Some(0x600),
        '\u{700}'..='\u{74f}' | '\u{860}'..='\u{86f}' => Some(0x700),
        '\u{900}'..='\u{97f}' | '\u{a8e0}'..='\u{a8ff}' => Some(0x900),
        // N'Ko and Mandaic; the Indic scripts; Myanmar; Khmer; Mongolian; the Indic scripts of later planes; Adlam.
        '\u{7c0}'..='\u{7ff}' | '\u{840}'..='\u{85f}' | '\u{980}'..='\u{dff}' | '\u{1000}'..='\u{109f}' => {
            Some(c as u32 >> 7 << 7)
        }
        '\u{1780}'..='\u{17ff}' => Some(0x1780),
        '\u{1820}'..='\u{18aa}' => Some(0x1800),
        '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}' => Some(c as u32 >> 7 << 7),
        _ => None,
    }
}

/// Whether `c` would be drawn onto whatever stands before it on the screen.
fn needs_base(c: char) -> bool {
    let extends = is_combining_mark(c) || is_emoji_modifier(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}');
    extends && ['a', c].iter().collect::<String>().graphemes(true).count() == 1
}
