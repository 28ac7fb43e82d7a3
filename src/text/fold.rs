//! Texts made alike where only their writing differs, so that what a reader types finds what a journalist wrote.
//!
//! Folding drops case and accents, opens ligatures and compatibility forms (œ, ﬁ, …, ½, full-width letters), and
//! brings apostrophes, quotation marks, dashes and spaces to one of each. Both sides of a comparison are folded: the
//! filter's words and the titles, a speaker's name and its variants. [`Folded`] keeps the way back, so that what was
//! found in folded text can be marked in the source, letter by letter, whatever became longer or shorter.
//!
//! Only marks that are optional in their script are dropped: the accents of Latin, Greek and Cyrillic, Hebrew points,
//! Arabic vowels. The vowel signs of Indic scripts are letters in all but name, and stay.
//!
//! Spaces are folded one to one and never run together: a range in folded text has to mean one range in the source.

use unicode_normalization::char::decompose_compatible;

use crate::model::range::ByteRange;

/// The folded form of `source`. Folding what is folded changes nothing.
///
/// ```
/// use dixit::text::fold::fold;
///
/// assert_eq!(fold("L’Œuvre d’une stratégie…"), "l'oeuvre d'une strategie...");
/// ```
pub fn fold(source: &str) -> String {
    let mut folded = String::with_capacity(source.len());
    fold_into(source, &mut folded);
    folded
}

/// Appends the folded form of `source`.
pub fn fold_into(source: &str, out: &mut String) {
    if source.is_ascii() {
        return push_ascii(source, out);
    }
    let mut folding = Folding { text: std::mem::take(out), steps: None, linear: 0 };
    folding.run(source);
    *out = folding.text;
}

/// A folded text with the way back to its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text, as [`fold`] gives it.
    pub text: String,
    /// Where source and folded text don't go byte by byte, in order of both.
    steps: Vec<Step>,
    /// Length of the source in bytes.
    source: usize,
}

/// A letter of the source with its accents, whose folded form has another length or doesn't map byte to byte.
///
/// Offsets are of 32 bits, as there is a step for every accent of a text: texts end at 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    folded: u32,
    folded_len: u32,
    source: u32,
    source_len: u32,
}

impl Step {
    fn source_end(self) -> usize {
        self.source as usize + self.source_len as usize
    }
}

impl Folded {
    /// Folds `source`, of at most 4 GiB.
    pub fn new(source: &str) -> Self {
        let mut folding = Folding { text: String::with_capacity(source.len()), steps: Some(Vec::new()), linear: 0 };
        folding.run(source);
        Self { text: folding.text, steps: folding.steps.unwrap_or_default(), source: source.len() }
    }

    /// The bytes of the source whose folded form is `folded`, a range of bytes of [`text`](Self::text).
    ///
    /// Letters are taken whole, with their accents: half of a folded `oe` gives the whole `œ`. An empty range gives
    /// the empty one before the letter there. A range past the end of the text is cut to it.
    pub fn source(&self, folded: ByteRange) -> ByteRange {
        let end = folded.end.min(self.text.len());
        let start = floor(&self.text, folded.start.min(end));
        if start == end {
            let at = if start == self.text.len() { self.source } else { self.letter(start).start };
            return ByteRange::new(at, at);
        }
        let mut end = end;
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        ByteRange::new(self.letter(start).start, self.letter(end - 1).end)
    }

    /// The bytes of the source that the folded byte at `offset` came from; on a linear stretch a single byte.
    fn letter(&self, offset: usize) -> ByteRange {
        let after = self.steps.partition_point(|step| step.folded as usize <= offset);
        let Some(step) = after.checked_sub(1).map(|last| self.steps[last]) else {
            return ByteRange::new(offset, offset + 1);
        };
        let source_end = step.source_end();
        let folded_end = step.folded as usize + step.folded_len as usize;
        if offset < folded_end {
            ByteRange::new(step.source as usize, source_end)
        } else {
            let at = source_end + (offset - folded_end);
            ByteRange::new(at, at + 1)
        }
    }
}

/// The last character boundary of `text` at or before `offset`.
fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A text while it is folded.
struct Folding {
    text: String,
    /// The steps, if they are asked for.
    steps: Option<Vec<Step>>,
    /// Bytes of the letter just before, if it was folded byte to byte; else 0.
    linear: usize,
}

impl Folding {
    fn run(&mut self, source: &str) {
        let mut at = 0;
        while at < source.len() {
            let rest = &source[at..];
            let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            if ascii > 0 {
                push_ascii(&rest[..ascii], &mut self.text);
                self.linear = 1;
                at += ascii;
            } else if let Some(c) = rest.chars().next() {
                self.letter(c, at);
                at += c.len_utf8();
            }
        }
    }

    /// Folds `c`, not ASCII, which begins at byte `at` of the source.
    fn letter(&mut self, c: char, at: usize) {
        if is_accent(c) {
            return self.accent(at, c.len_utf8());
        }
        let start = self.text.len();
        if let Some(plain) = plain_latin(c) {
            self.text.push(plain);
            self.linear = 0;
            return self.step(start, at, c.len_utf8());
        }
        push_folded(c, &mut self.text);
        let same = self.text[start..].chars().eq([c]);
        self.linear = if same { c.len_utf8() } else { 0 };
        if !same {
            self.step(start, at, c.len_utf8());
        }
    }

    /// Adds an accent of `len` bytes at byte `at` of the source to the letter before it.
    fn accent(&mut self, at: usize, len: usize) {
        let linear = std::mem::take(&mut self.linear);
        if linear > 0 {
            return self.step(self.text.len() - linear, at - linear, linear + len);
        }
        if let Some(last) = self.steps.as_mut().and_then(|steps| steps.last_mut())
            && last.source_end() == at
        {
            last.source_len += len as u32;
        } else {
            self.step(self.text.len(), at, len);
        }
    }

    /// Notes that `len` bytes at byte `source` became all that is folded from byte `folded` on.
    fn step(&mut self, folded: usize, source: usize, len: usize) {
        if let Some(steps) = &mut self.steps {
            let folded_len = (self.text.len() - folded) as u32;
            steps.push(Step { folded: folded as u32, folded_len, source: source as u32, source_len: len as u32 });
        }
    }
}

/// Appends the folded form of a stretch of ASCII.
fn push_ascii(source: &str, out: &mut String) {
    if source.bytes().any(|byte| matches!(byte, b'\t'..=b'\r' | b'`')) {
        return out.extend(source.bytes().map(|byte| char::from(fold_ascii(byte))));
    }
    let start = out.len();
    out.push_str(source);
    out[start..].make_ascii_lowercase();
}

fn fold_ascii(byte: u8) -> u8 {
    match byte {
        b'\t'..=b'\r' => b' ',
        b'`' => b'\'',
        _ => byte.to_ascii_lowercase(),
    }
}

/// Appends the folded form of `c`, a code point that is no accent; nothing for one that is never shown.
fn push_folded(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(char::from(fold_ascii(c as u8)));
    } else if let Some(folded) = fold_sign(c) {
        out.push_str(folded);
    } else if !is_dropped(c) {
        decompose_compatible(c, |part| push_part(part, out));
    }
}

/// Appends one code point of a compatibility decomposition.
fn push_part(part: char, out: &mut String) {
    for c in part.to_lowercase() {
        if c.is_ascii() {
            out.push(char::from(fold_ascii(c as u8)));
        } else if let Some(folded) = fold_sign(c) {
            out.push_str(folded);
        } else if !is_accent(c) && !is_dropped(c) {
            out.push(c);
        }
    }
}

/// The letters from À to ÿ without their accents, `-` for those that fold to something else than one plain letter.
const LATIN: &[u8; 64] = b"aaaaaa-ceeeeiiii-nooooo--uuuuy--aaaaaa-ceeeeiiii-nooooo--uuuuy-y";

/// The folded form of an accented letter of the languages of western Europe, without a look into the tables of Unicode.
fn plain_latin(c: char) -> Option<char> {
    let index = (c as usize).checked_sub('À' as usize)?;
    LATIN.get(index).filter(|&&letter| letter != b'-').map(|&letter| char::from(letter))
}

/// Whether `c` is a letter, as [`char::is_alphabetic`] says, found sooner for what French and English are written with.
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        'À'..='ÿ' => !matches!(c, '×' | '÷'),
        '\u{80}'..='©' | '«' | '»' | '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphabetic(),
    }
}

/// Letters and signs that have a plain counterpart but no decomposition in the Unicode character database.
fn fold_sign(c: char) -> Option<&'static str> {
    Some(match c {
        '’' | '‘' | 'ʼ' | '‚' | '‛' | 'ʹ' | '′' | '´' | '‹' | '›' | '＇' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '﹣' | '－' => "-",
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\u{85}'
        | '\u{2028}'
        | '\u{2029}' => " ",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ı' => "i",
        'þ' | 'Þ' => "th",
        'ς' => "σ",
        '⁄' | '∕' => "/",
        _ => return None,
    })
}

/// Marks that a reader may leave out when typing.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Characters that nobody sees and nobody types: soft hyphen, joiners, bidi controls, selectors, tags.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(fold(source), expected, "{source:?}");
        assert_eq!(Folded::new(source).text, expected, "{source:?}");
    }

    /// The words of `source` that stand where `needle` is found in its folded form.
    #[track_caller]
    fn found(source: &str, needle: &str) -> String {
        let folded = Folded::new(source);
        let at = folded.text.find(&fold(needle)).expect("the needle is in the text");
        folded.source(ByteRange::new(at, at + fold(needle).len())).of(source).to_owned()
    }

    #[test]
    fn case_accents_and_ligatures() {
        check("Élysée, ÇA, Noël, À L'ŒUVRE", "elysee, ca, noel, a l'oeuvre");
        check("de\u{301}ja\u{300}", "deja");
        check("Straße, Wałęsa, Ærø, ﬁn, XXIᵉ, ½", "strasse, walesa, aero, fin, xxie, 1/2");
        check("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ σισυφοσ");
        check("İstanbul ısı", "istanbul isi");
    }

    #[test]
    fn the_short_way_leads_where_the_long_one_does() {
        for c in ('\0'..='\u{17f}').chain('\u{2000}'..='\u{20ff}') {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            let mut long = String::new();
            push_folded(c, &mut long);
            assert!(is_accent(c) || fold(&c.to_string()) == long, "{c:?}");
        }
    }

    #[test]
    fn signs_have_one_form() {
        check("l’IA l‘IA lʼIA", "l'ia l'ia l'ia");
        check("« a » “b” „c‟", "\" a \" \"b\" \"c\"");
        check("1914–1918 — semi‑conducteur −3", "1914-1918 - semi-conducteur -3");
        check("Fin…", "fin...");
    }

    #[test]
    fn spaces_stay_one_to_one() {
        check("a\u{a0}\u{202f}b\t\r\nc\u{2003}d", "a  b   c d");
    }

    #[test]
    fn the_unseen_is_dropped() {
        check("anti\u{ad}consti\u{200b}tu\u{2060}tion\u{feff}nel\u{200e}", "anticonstitutionnel");
        check("a\u{34f}b\u{fe0f}\u{e0048}", "ab");
    }

    #[test]
    fn vowel_signs_that_are_letters_stay() {
        check("कि", "कि");
        check("ไทย ที่", "ไทย ที่");
    }

    #[test]
    fn what_is_found_is_marked_in_the_source() {
        assert_eq!(found("La stratégie d’OpenAI", "strategie"), "stratégie");
        assert_eq!(found("la strate\u{301}gie !", "strategie"), "strate\u{301}gie");
        assert_eq!(found("gagner la guerre de l’IA.", "l'ia"), "l’IA");
        assert_eq!(found("Hors d’Œuvre", "oeuvre"), "Œuvre");
        assert_eq!(found("anti\u{ad}constitution", "antic"), "anti\u{ad}c");
        assert_eq!(found("anti\u{ad}constitution", "anti"), "anti");
        assert_eq!(found("été", "e"), "é");
    }

    #[test]
    fn half_an_expansion_is_the_whole_letter() {
        assert_eq!(found("cœur", "co"), "cœ");
        assert_eq!(found("cœur", "e"), "œ");
        assert_eq!(found("a Œ\u{301}\u{302}b", "o"), "Œ\u{301}\u{302}");
        assert_eq!(found("e\u{301}\u{302}", "e"), "e\u{301}\u{302}");
        assert_eq!(found("Fin…", "."), "…");
    }

    #[test]
    fn empty_and_strange_ranges_have_a_place() {
        let folded = Folded::new("é\u{ad}œ漢");
        let source = |start, end| folded.source(ByteRange::new(start, end));
        assert_eq!(folded.text, "eoe漢");
        assert_eq!(source(1, 1), ByteRange::new(4, 4));
        assert_eq!(source(2, 2), ByteRange::new(4, 4));
        assert_eq!(source(6, 6), ByteRange::new(9, 9));
        assert_eq!(source(4, 5), ByteRange::new(6, 9));
        assert_eq!(source(5, 90), ByteRange::new(6, 9));
        assert_eq!(Folded::new("").source(ByteRange::new(0, 3)), ByteRange::new(0, 0));
    }

    fn text() -> impl Strategy<Value = String> {
        "([a-zA-ZéÉœŒßﬁ…½İσΣ’«»—\u{a0}\u{202f}\u{ad}\u{200b}\u{301}\u{302}漢कि \n]|\\PC){0,24}"
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1024, ..ProptestConfig::default() })]

        #[test]
        fn folding_twice_changes_nothing(source in text()) {
            let once = fold(&source);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_parts_of_a_text_fold_as_the_whole(a in text(), b in text()) {
            prop_assert_eq!(fold(&a) + &fold(&b), fold(&(a + &b)));
        }

        #[test]
        fn the_way_back_gives_what_folds_to_the_range(source in text(), cut in any::<(Index, Index)>()) {
            let folded = Folded::new(&source);
            let boundary = |index: Index| floor(&folded.text, index.index(folded.text.len() + 1));
            let (a, b) = (boundary(cut.0), boundary(cut.1));
            let range = ByteRange::new(a.min(b), a.max(b));
            let back = folded.source(range);
            prop_assert!(source.is_char_boundary(back.start) && source.is_char_boundary(back.end));
            prop_assert_eq!(back.is_empty(), range.is_empty());
            prop_assert!(fold(back.of(&source)).contains(range.of(&folded.text)));
            prop_assert!(folded.source(ByteRange::new(0, range.end)).end == back.end || range.is_empty());
        }
    }
}
