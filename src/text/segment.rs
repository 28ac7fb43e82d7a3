//! Sentences and words of French and English text.
//!
//! Sentences end at `.`, `!`, `?` or `…` before white space and something that can begin a sentence, at a blank
//! line, and at a line end unless the next line goes on with a small letter. What closes after the stop (`»`, `”`,
//! `)`) belongs to the sentence, with the space that French sets before it. Stops of abbreviations, initials and
//! numbers end nothing; where a stop can be both (« etc. », "U.S."), what follows decides. The rules are a handful of
//! word lists and no model: they are wrong where only the meaning could tell (« le plan B. Paris » stays whole).
//!
//! Every character that is not white space lies in exactly one sentence. Work grows with the text.

use super::fold::is_letter;
use crate::model::range::ByteRange;

/// Titles before a name: their stop never ends a sentence. In small letters here, with a capital in the text, so that
/// « en ce sens. » and "told me." end theirs.
const TITLES: &[&str] = &[
    "m", "mm", "mr", "mrs", "ms", "mme", "mmes", "mlle", "mlles", "dr", "drs", "pr", "prof", "me", "mgr", "st", "ste",
    "sts", "gen", "gén", "gov", "sen", "sens", "rep", "reps", "lt", "col", "sgt", "cpt", "capt", "cmdt", "adm", "hon",
    "rev", "messrs",
];

/// Abbreviations within a phrase: their stop never ends a sentence. In small letters.
const WITHIN: &[&str] =
    &["cf", "vs", "ex", "p.ex", "i.e", "e.g", "c.-à-d", "env", "approx", "av", "apr", "bd", "boul", "dir", "éd", "tél"];

/// Abbreviations before a number: their stop ends no sentence where a digit follows. In small letters.
const BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "n", "p", "pp", "art", "vol", "chap", "ch", "fig", "al", "t", "tab", "sect", "sec", "op", "jan",
    "janv", "feb", "févr", "fév", "mar", "apr", "avr", "jun", "jul", "juil", "juill", "aug", "sep", "sept", "oct",
    "nov", "dec", "déc",
];

/// Words that begin sentences and no names: after one of these an acronym or an initial was the end. In small letters.
const BEGINNERS: &[&str] = &[
    "a", "after", "and", "as", "at", "but", "by", "for", "he", "her", "his", "i", "if", "in", "it", "its", "many",
    "most", "no", "on", "one", "our", "she", "since", "so", "some", "that", "the", "their", "there", "these", "they",
    "this", "those", "to", "we", "what", "when", "where", "which", "while", "who", "why", "with", "you", "après", "au",
    "aucun", "aussi", "aux", "avant", "avec", "ce", "cela", "celle", "celui", "ces", "cet", "cette", "chaque", "chez",
    "comme", "contre", "car", "dans", "de", "depuis", "des", "dès", "donc", "du", "elle", "elles", "en", "enfin",
    "entre", "et", "il", "ils", "je", "la", "le", "les", "leur", "leurs", "lors", "lorsque", "mais", "même", "ne",
    "non", "notre", "nous", "on", "or", "où", "oui", "par", "pas", "pendant", "plus", "pour", "pourquoi", "puis",
    "quand", "que", "quel", "quelle", "qui", "quoi", "sa", "sans", "selon", "ses", "si", "son", "sous", "sur", "tous",
    "tout", "toute", "toutes", "un", "une", "vers", "voici", "voilà", "vous",
];

/// The sentences of `text` in order, each without white space around it, in bytes of `text`.
pub fn sentences(text: &str) -> impl Iterator<Item = ByteRange> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += leading_space(&text[at..]);
        if at == text.len() {
            return None;
        }
        let start = at;
        at = end_of_sentence(text, start);
        Some(ByteRange::new(start, start + text[start..at].trim_end().len()))
    })
}

/// The stretches of letters of `text`, in order: `l’IA2` has `l` and `IA`.
pub fn letters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())?;
        let word = &rest[start..start + leading_letters(&rest[start..])];
        let other = rest[start..].chars().next().filter(|_| word.is_empty()).map_or(0, char::len_utf8);
        rest = &rest[start + word.len() + other..];
        Some(word)
    })
    .filter(|word| !word.is_empty())
}

/// Bytes of the letters at the beginning of `text`.
fn leading_letters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
            end += 1;
        }
        match text[end..].chars().next() {
            Some(c) if is_letter(c) => end += c.len_utf8(),
            _ => return end,
        }
    }
}

/// How many words `text` has: stretches between white space and dashes (`—`, `–`) with a letter or a digit in them.
///
/// As word processors and newsrooms count: an elision goes with its word (`l’intelligence` is one word, and so is
/// `aujourd’hui`), a compound is one (`peut-être`), a number is one (`13,8`), and signs that French sets apart
/// (`«`, `:`, `%`) are none.
pub fn count_words(text: &str) -> usize {
    let parted = |c: char| c.is_whitespace() || matches!(c, '—' | '–');
    text.split(parted).filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// The end of the sentence that begins at `start`, perhaps with white space after it.
fn end_of_sentence(text: &str, start: usize) -> usize {
    let mut at = start;
    let mut said = false;
    while let Some(c) = text[at..].chars().next() {
        if c == '\n' || c == '\r' {
            let space = leading_space(&text[at..]);
            if ends_line(&text[at..at + space], &text[at + space..]) {
                return at;
            }
            at += space;
        } else if is_stop(c) && said {
            let stop = at;
            at += stops(&text[at..]);
            let closed = at + closers(&text[at..]);
            if ends_at(text, start, stop, at, closed) {
                return closed;
            }
        } else {
            said |= c.is_alphanumeric();
            at += c.len_utf8();
            if said {
                at += text.as_bytes()[at..].iter().position(|&byte| may_end(byte)).unwrap_or(text.len() - at);
            }
        }
    }
    at
}

/// Whether a line end or a stop may begin with this byte; once something was said, nothing else is looked at.
const fn may_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | b'.' | b'!' | b'?' | 0xE2)
}

/// Whether the white space `space`, which begins with a line end, ends a sentence before `next`.
fn ends_line(space: &str, next: &str) -> bool {
    let lines = space.replace("\r\n", "\n").matches(['\n', '\r']).count();
    lines > 1 || !next.starts_with(char::is_lowercase)
}

/// Whether the stops from `stop` to `stopped`, with what closes up to `closed`, end the sentence from `start`.
fn ends_at(text: &str, start: usize, stop: usize, stopped: usize, closed: usize) -> bool {
    let rest = &text[closed..];
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let space = leading_space(rest);
    let next = &rest[space..];
    if rest[..space].contains(['\n', '\r']) && ends_line(&rest[..space], next) {
        return true;
    }
    let next = next.trim_start_matches(opens);
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    if &text[stop..stopped] != "." || closed > stopped {
        return true;
    }
    let word = last_word(&text[start..stop]);
    !goes_on(word, word.len() == stop - start, next)
}

/// Whether the one stop after `word` is no end before `next`; `alone` where the sentence has nothing else so far.
fn goes_on(word: &str, alone: bool, next: &str) -> bool {
    if alone && numbers(word) {
        return true;
    }
    let small = word.to_lowercase();
    if WITHIN.contains(&small.as_str()) || (word.starts_with(char::is_uppercase) && TITLES.contains(&small.as_str())) {
        return true;
    }
    if next.starts_with(|c: char| c.is_ascii_digit()) {
        return BEFORE_NUMBER.contains(&small.as_str());
    }
    abbreviates(word) && !BEGINNERS.contains(&first_word(next).to_lowercase().as_str())
}

/// Whether `word` is what a heading or an item is numbered with: `1`, `2.3`, `IV`, `a`.
fn numbers(word: &str) -> bool {
    let mut chars = word.chars();
    let letter = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    letter
        || (word.len() <= 8
            && (word.chars().all(|c| c.is_ascii_digit() || c == '.') || word.chars().all(|c| "IVXLC".contains(c))))
}

/// Whether `word` is an initial or an acronym with stops or initials in it: `J`, `J.-P`, `U.S`, `a.m`.
fn abbreviates(word: &str) -> bool {
    let mut parts = word.split(['.', '-']).filter(|part| !part.is_empty()).peekable();
    let dotted = word.contains('.');
    parts.peek().is_some()
        && parts.all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(|c| c.is_uppercase() || (dotted && c.is_alphabetic())) && chars.next().is_none()
        })
}

/// The last word of `text` with the stops and hyphens in it, without what opens before it or elides into it.
fn last_word(text: &str) -> &str {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.rsplit(['(', '[', '«', '‹', '“', '„', '‘', '’', '\'', '"', '/', '—', '–']).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Bytes of the stops that `text` begins with, those after a space too: `?!`, `? !`, `...`.
fn stops(text: &str) -> usize {
    let mut end = 0;
    loop {
        let run = text[end..].len() - text[end..].trim_start_matches(is_stop).len();
        end += run;
        let space = text[end..].len() - text[end..].trim_start_matches(is_blank).len();
        if !text[end + space..].starts_with(['!', '?']) {
            return end;
        }
        end += space;
    }
}

/// Bytes of what closes at the beginning of `text`, with the spaces that French sets before `»`.
fn closers(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let tight = rest.len() - rest.trim_start_matches(['»', '”', '’', '"', '\'', ')', ']', '›']).len();
        let space = rest[tight..].len() - rest[tight..].trim_start_matches(is_blank).len();
        let closes = rest[tight + space..].starts_with(['»', '›']);
        end += if closes { tight + space } else { tight };
        if !closes {
            return end;
        }
    }
}

const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// White space that stays on its line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r')
}

/// What may stand before the first letter of a sentence.
fn opens(c: char) -> bool {
    matches!(c, '«' | '‹' | '“' | '‘' | '„' | '"' | '\'' | '’' | '(' | '[' | '—' | '–' | '-' | '¿' | '¡') || is_blank(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{count_words, sentences};

    /// The sentences of `marked` without its bars are what the bars part.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let want: Vec<&str> = marked.split('|').map(str::trim).collect();
        let got: Vec<&str> = sentences(&text).map(|range| range.of(&text)).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn stops_end_sentences() {
        check("Il part.| Elle reste !| Pourquoi ?| Parce que… |Non.");
        check("Quoi ?!| Quoi ? !| Non... |Si.");
        check("  Une seule  ");
        check("Le taux est de 3.5 points, voir lemonde.fr ou v1.2. |Le reste suit.");
        check("Il part en 2025. |En 2026, il revient.");
        check("Elle a 30 ans. |30 autres suivent.");
        check("Fini. |😀 Et encore.");
    }

    #[test]
    fn a_small_letter_goes_on() {
        check("« Quoi ? » demande-t-il.| Puis rien.");
        check("Des données, des puces, etc. et le reste.");
        check("Il hésite… puis part.");
        check("It’s over! he said.");
    }

    #[test]
    fn what_closes_belongs_to_the_sentence() {
        check("Il dit : « Non. »| Elle part.");
        check("Il dit : « Non.\u{a0}»| Elle part.");
        check("“No.” |She left. |(It rained.) |“Yes!” |He left.");
        check("Une lettre (ouverte.) |Puis rien [...] |Fin.");
        check("« Non. |Jamais ! » |Elle part.");
        check("« Il attend le Dr. » |Puis rien.");
        check("Elle cite : “« Non. »” |Elle part.");
    }

    #[test]
    fn ellipses_at_the_beginning_end_nothing() {
        check("[…] Le reste suit.");
        check("… Le reste suit. |... Encore.");
    }

    #[test]
    fn abbreviations_and_initials_end_nothing() {
        check("M. Macron et Mme. Roy voient le Dr. House. |Fin.");
        check("Mr. Trump met Gov. Newsom. |He left.");
        check("J. D. Vance et J.-P. Raffarin. |Fin.");
        check("George W. Bush left.");
        check("[M. Roy] part. |—M. Roy reste.");
        check("(M. Roy) part. |« M. Roy » reste. |L’A. Roy aussi.");
        check("cf. Le Monde, p. ex. Libération, c.-à-d. Paris.");
        check("Voir art. 5, no. 7, p. 12, Sept. 11. |Fin.");
        check("Il a dit no. |Puis rien.");
        check("He told me. |Then, en ce sens. |Puis le col. |Puis rien.");
    }

    #[test]
    fn what_follows_decides_about_a_stop_that_can_be_both() {
        check("Des puces, etc. |Le reste suit.");
        check("In the U.S. |The law failed.");
        check("The U.S. Senate met at 9 a.m. |It failed.");
        check("He left at 9 a.m. Monday. |Fin.");
        check("En 50 av. J.-C. |Il part.");
        check("Apple Inc. |The end.");
    }

    #[test]
    fn numbers_of_headings_and_items_stay_with_them() {
        check("1. Augmenter les dépenses");
        check("I. L’alerte |\n2.1. La suite |\nB. Un point");
    }

    #[test]
    fn letters_stand_together() {
        let words = |text| super::letters(text).collect::<Vec<_>>().join("|");
        assert_eq!(words(" L’été 2025, «ça» va-t-il ?"), "L|été|ça|va|t|il");
        assert_eq!(words("… 12 !") + &words(""), "");
    }

    #[test]
    fn line_ends() {
        check("Un titre |\nUne phrase coupée\nau milieu. |\n\nune autre");
        check("Un titre |\r\nUne phrase coupée\r\nau milieu. |\r\n\r\nune autre");
        check("- un |\n- deux");
        check("Vu par M. |\nRoy");
        check("Elle dit.\nencore");
    }

    #[test]
    fn words_are_what_newsrooms_count() {
        for (text, words) in [
            ("", 0),
            ("l’IA", 1),
            ("« Aujourd’hui », dit-il : peut-être ?", 3),
            ("13,8 milliards – soit 10 %", 4),
            ("one—two", 2),
            ("– … !", 0),
        ] {
            assert_eq!(count_words(text), words, "{text}");
        }
    }

    proptest! {
        #[test]
        fn sentences_hold_all_that_is_seen(text in "[aA1.!?…»« \n\u{a0}()\"’-]{0,40}") {
            let mut at = 0;
            for range in sentences(&text) {
                let (sentence, between) = (range.of(&text), text.get(at..range.start).expect("in order"));
                prop_assert_eq!(between.trim(), "");
                prop_assert!(!sentence.is_empty() && sentence.trim() == sentence);
                at = range.end;
            }
            prop_assert_eq!(text[at..].trim(), "");
        }
    }
}
