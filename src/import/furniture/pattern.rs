//! The notation of the furniture rules: patterns of words for a whole line.
//!
//! A line is looked at as its folded words alone; what stands between them doesn't count, but for the signs that
//! are read as words, `©` and those of quantities. The notation is described in `assets/furniture.toml`.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use crate::text::fold::{fold, is_letter};

/// Words of a line that are looked at; a longer line is no furniture.
const MOST: usize = 80;

/// Bytes that the first word of a pattern has at most.
const LONGEST: usize = 32;

/// A line's words.
pub(super) struct Words<'a>(Vec<&'a str>);

impl<'a> Words<'a> {
    /// The words of a folded line. Letters and digits that touch are two words: `8min`.
    pub(super) fn of(folded: &'a str) -> Self {
        let mut words = Vec::new();
        let mut start = 0;
        let mut last = None;
        for (at, c) in folded.char_indices() {
            let sort = if is_letter(c) {
                Some('a')
            } else if c.is_numeric() {
                Some('0')
            } else if is_sign(c) {
                Some(c)
            } else {
                None
            };
            if sort != last {
                if last.is_some() {
                    words.push(&folded[start..at]);
                }
                start = at;
            }
            last = sort;
        }
        if last.is_some() {
            words.push(&folded[start..]);
        }
        Self(words)
    }
}

/// The first word of `line` as [`Words`] would give it, or `#` for a number; `None` where it is too long for a pattern.
pub(super) fn first_word(line: &str) -> Option<Cow<'static, str>> {
    let start = line.find(|c: char| c.is_alphanumeric() || is_sign(c))?;
    let rest = &line[start..];
    let first = rest.chars().next()?;
    if first.is_numeric() {
        return Some("#".into());
    }
    if is_sign(first) {
        return Some(first.to_string().into());
    }
    let letter = |c: char| c.is_alphabetic() || is_combining_mark(c);
    let end = rest.char_indices().find(|(at, c)| !letter(*c) || *at > LONGEST).map_or(rest.len(), |(at, _)| at);
    (end <= LONGEST).then(|| fold(&rest[..end]).into())
}

/// Signs that are words.
const fn is_sign(c: char) -> bool {
    matches!(c, '©' | '%' | '€' | '$' | '£' | '°')
}

/// How often an element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Times {
    Once,
    Perhaps,
    Often,
}

#[derive(Debug)]
enum Element {
    /// One of these phrases.
    Phrases(Vec<Vec<String>>, Times),
    /// A number, of one group of digits or more.
    Number,
    /// Any words.
    Any,
}

/// A pattern for a whole line.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Element>);

impl Pattern {
    /// Reads a pattern; the error is a clause.
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        let mut elements = Vec::new();
        let mut rest = source.trim_start();
        while let Some(first) = rest.chars().next() {
            let (body, after) = if first == '(' {
                let inner = rest.get(1..).and_then(|rest| rest.split_once(')'));
                inner.ok_or_else(|| format!("the group is not closed in `{source}`"))?
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '?' | '+' | '(')).unwrap_or(rest.len());
                rest.split_at(end)
            };
            let (times, after) = match after.chars().next() {
                Some('?') => (Times::Perhaps, &after[1..]),
                Some('+') => (Times::Often, &after[1..]),
                _ => (Times::Once, after),
            };
            elements.push(match (first, body, times) {
                (_, "*", Times::Once) => Element::Any,
                (_, "#", Times::Once) => Element::Number,
                _ => Element::Phrases(phrases(body, source)?, times),
            });
            rest = after.trim_start();
        }
        // Such a beginning is what makes most lines cheap to dismiss.
        let begins = elements.iter().find(|element| !matches!(element, Element::Phrases(_, Times::Perhaps)));
        if !matches!(begins, Some(Element::Phrases(..) | Element::Number)) {
            return Err(format!("`{source}` doesn't begin with a word or a number"));
        }
        Ok(Self(elements))
    }

    /// The words that a matching line can begin with, `#` for a number.
    pub(super) fn first_words(&self) -> Vec<&str> {
        let mut firsts = Vec::new();
        for element in &self.0 {
            match element {
                Element::Phrases(phrases, times) => {
                    firsts.extend(phrases.iter().filter_map(|phrase| phrase.first()).map(String::as_str));
                    if *times != Times::Perhaps {
                        break;
                    }
                }
                Element::Number => {
                    firsts.push("#");
                    break;
                }
                Element::Any => break,
            }
        }
        firsts
    }

    /// Whether the pattern leaves words of the line open.
    pub(super) fn is_open(&self) -> bool {
        self.0.iter().any(|element| matches!(element, Element::Any))
    }

    /// Whether the whole line matches.
    pub(super) fn matches(&self, line: &Words<'_>) -> bool {
        line.0.len() <= MOST && fits(&self.0, &line.0)
    }
}

/// The phrases of a group, `body` being what stands between the brackets.
fn phrases(body: &str, source: &str) -> Result<Vec<Vec<String>>, String> {
    let phrase = |part: &str| {
        let words = match part.trim() {
            "#" => vec!["#".to_owned()],
            part if part.contains(['*', '#', '(', '?', '+']) => Vec::new(),
            part => Words::of(&fold(part)).0.into_iter().map(str::to_owned).collect(),
        };
        if words.is_empty() { Err(format!("`{}` is no word or phrase in `{source}`", part.trim())) } else { Ok(words) }
    };
    body.split('|').map(phrase).collect()
}

/// Whether `words` are what `elements` say, from first to last.
fn fits(elements: &[Element], words: &[&str]) -> bool {
    let Some((element, rest)) = elements.split_first() else { return words.is_empty() };
    match element {
        Element::Any => (0..=words.len()).any(|skip| fits(rest, &words[skip..])),
        Element::Number => {
            let most = words.iter().take_while(|word| is_number(word)).count();
            (1..=most).rev().any(|taken| fits(rest, &words[taken..]))
        }
        Element::Phrases(phrases, times) => {
            let with = phrases.iter().filter_map(|phrase| after(phrase, words));
            let mut with = with.filter(|after| after.len() < words.len());
            match times {
                Times::Once => with.any(|after| fits(rest, after)),
                Times::Perhaps => with.any(|after| fits(rest, after)) || fits(rest, words),
                Times::Often => with.any(|after| fits(rest, after) || fits(elements, after)),
            }
        }
    }
}

/// What follows `phrase` at the start of `words`.
fn after<'w, 'a>(phrase: &[String], words: &'w [&'a str]) -> Option<&'w [&'a str]> {
    let same = words.len() >= phrase.len()
        && phrase.iter().zip(words).all(|(p, word)| p == word || p == "#" && is_number(word));
    same.then(|| &words[phrase.len()..])
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, lines: &[&str], others: &[&str]) {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        for line in lines {
            assert!(pattern.matches(&Words::of(&fold(line))), "{line}");
        }
        for line in others {
            assert!(!pattern.matches(&Words::of(&fold(line))), "{line}");
        }
    }

    #[test]
    fn words_numbers_and_groups() {
        check("lire l'article", &["Lire l’article", "► LIRE : L'ARTICLE…"], &["Lire l’article 5", "lire article", ""]);
        check("# min (de lecture|read)?", &["8 min", "8min read", "1 204 min"], &["min", "huit min", "8 min de"]);
        check(
            "partager (sur|via) (x|facebook)+",
            &["Partager sur X | Facebook | X"],
            &["Partager sur", "Partager sur X et Facebook"],
        );
        check("© *", &["© AFP", "©2025 x", "©"], &["AFP"]);
        check("une * commission *", &["Une commission", "Une petite commission d’affiliation"], &["une commissions"]);
    }

    #[test]
    fn a_pattern_begins_with_something() {
        for none in ["*", "a?", "", "* a", "a? * b"] {
            assert!(Pattern::parse(none).is_err(), "{none}");
        }
        assert_eq!(Pattern::parse("(a|b c)? (d|#) *").expect("a pattern").first_words(), ["a", "b", "d", "#"]);
        for (line, first) in [("► L’été", "l"), ("8min", "#"), ("©AFP", "©"), ("E\u{301}te\u{301} 5", "ete")] {
            assert_eq!(first_word(line).as_deref(), Some(first));
            assert!(first == "#" || Words::of(&fold(line)).0[0] == first);
        }
    }

    #[test]
    fn mistakes_in_patterns() {
        assert!(Pattern::parse("(a|)").is_err() && Pattern::parse("(a").is_err());
    }
}
