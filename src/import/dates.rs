//! Dates and times as papers print them, in French and English, read off the start of a text.
//!
//! Each function takes a text and gives what it read and the rest, or `None` and has read nothing. A date is
//! kept as exact as it was printed; a time is recognised only to be stepped over.

use crate::model::PartialDate;
use crate::text::fold::{fold, is_letter};

/// The months, folded, in order, each with its spellings.
const MONTHS: [&[&str]; 12] = [
    &["janvier", "janv", "jan", "january"],
    &["fevrier", "fevr", "fev", "february", "feb"],
    &["mars", "mar", "march"],
    &["avril", "avr", "april", "apr"],
    &["mai", "may"],
    &["juin", "jun", "june"],
    &["juillet", "juil", "jul", "july"],
    &["aout", "aou", "august", "aug"],
    &["septembre", "sept", "sep", "september"],
    &["octobre", "oct", "october"],
    &["novembre", "nov", "november"],
    &["decembre", "dec", "december"],
];

const WEEKDAYS: &[&str] = &[
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Bytes that a word of a date has at most.
const LONGEST: usize = 16;

/// A date at the start of `text`, white space before it aside.
pub(super) fn date(text: &str) -> Option<(PartialDate, &str)> {
    let mut rest = text.trim_start();
    if let Some(after) = one_of(rest, &["le", "du", "the"]) {
        rest = after;
    }
    if let Some(after) = one_of(rest, WEEKDAYS) {
        rest = after.trim_start_matches(['.', ',']).trim_start();
    }
    if let Some(after) = one_of(rest, &["le", "the"]) {
        rest = after;
    }
    iso(rest).or_else(|| slashed(rest)).or_else(|| day_first(rest)).or_else(|| month_first(rest))
}

/// `2025-01`, `2025-01-23`, `2025-01-23T09:52:00Z`.
fn iso(text: &str) -> Option<(PartialDate, &str)> {
    let (year, rest) = digits(text, 4, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2, 2)?;
    let (day, rest) = match rest.strip_prefix('-').map(|rest| digits(rest, 2, 2)) {
        Some(day) => day.map(|(day, rest)| (Some(day), rest))?,
        None => (None, rest),
    };
    let rest = match rest.strip_prefix('T') {
        Some(clock) if day.is_some() => time(clock)?,
        _ => rest,
    };
    ends(rest).then_some((make(year, Some(month), day)?, rest))
}

/// `23/01/2025`, `23.01.2025`; with the month first only where it can't be otherwise.
fn slashed(text: &str) -> Option<(PartialDate, &str)> {
    let (first, rest) = digits(text, 1, 2)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let (second, rest) = digits(&rest[1..], 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix(mark)?, 4, 4)?;
    let date = make(year, Some(second), Some(first)).or_else(|| make(year, Some(first), Some(second)))?;
    ends(rest).then_some((date, rest))
}

/// `1er janvier 2016`, `23 Jan. 2025`.
fn day_first(text: &str) -> Option<(PartialDate, &str)> {
    let (day, rest) = ordinal(text)?;
    let (month, rest) = month(rest.trim_start())?;
    let (year, rest) = digits(rest.trim_start_matches(',').trim_start(), 4, 4)?;
    ends(rest).then_some((make(year, Some(month), Some(day))?, rest))
}

/// `January 23, 2025`, `janvier 2025`.
fn month_first(text: &str) -> Option<(PartialDate, &str)> {
    let (month, rest) = month(text)?;
    let rest = rest.trim_start();
    if let Some((year, rest)) = digits(rest, 4, 4) {
        return ends(rest).then_some((make(year, Some(month), None)?, rest));
    }
    let (day, rest) = ordinal(rest)?;
    let (year, rest) = digits(rest.trim_start().trim_start_matches(',').trim_start(), 4, 4)?;
    ends(rest).then_some((make(year, Some(month), Some(day))?, rest))
}

/// A year by itself.
pub(super) fn year(text: &str) -> Option<(PartialDate, &str)> {
    let (year, rest) = digits(text.trim_start(), 4, 4)?;
    ends(rest).then_some((make(year, None, None)?, rest))
}

/// A time of the day with its zone, at the start of `text`: `à 9 h 52`, `14h30`, `9:52 am (UTC)`. Gives the rest.
pub(super) fn time(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    if let Some(after) = one_of(rest, &["a", "at"]) {
        rest = after;
    }
    let (hour, after) = digits(rest, 1, 2)?;
    if hour > 24 {
        return None;
    }
    let mut rest = if let Some(after) = after.strip_prefix(':') {
        let (_, mut rest) = digits(after, 2, 2)?;
        if let Some((_, after)) = rest.strip_prefix(':').and_then(|rest| digits(rest, 2, 2)) {
            rest = after.strip_prefix('.').and_then(|rest| digits(rest, 1, 9)).map_or(after, |(_, rest)| rest);
        }
        rest
    } else {
        let after = after.trim_start();
        // `9 h 52` and `9h52`, where the letter has no space after it
        let after = one_of(after, &["h", "heures", "heure"]).or_else(|| after.strip_prefix(['h', 'H']))?;
        digits(after.trim_start(), 2, 2).map_or(after, |(_, rest)| rest)
    };
    rest = one_of(rest.trim_start(), &["am", "pm", "a.m.", "p.m."]).unwrap_or(rest);
    let rest = zone(rest);
    ends(rest).then_some(rest)
}

/// What is left after a zone, if there is one: `Z`, `+01:00`, `UTC`, `(UTC)`, `UTC+2`.
fn zone(text: &str) -> &str {
    let bare = text.trim_start();
    if let Some(rest) =
        bare.strip_prefix('(').and_then(|rest| one_of(rest, ZONES)).and_then(|rest| rest.strip_prefix(')'))
    {
        return rest;
    }
    let named = bare.strip_prefix('Z').filter(|rest| ends(rest)).or_else(|| one_of(bare, ZONES));
    let rest = named.unwrap_or(text);
    // Set apart from the time, only an offset of four digits can't be anything else.
    let least = if rest.starts_with(' ') { 4 } else { 1 };
    let offset = rest.trim_start().strip_prefix(['+', '-']).and_then(|rest| digits(rest, least, 4));
    let Some((_, rest)) = offset else { return rest };
    rest.strip_prefix(':').and_then(|rest| digits(rest, 2, 2)).map_or(rest, |(_, rest)| rest)
}

const ZONES: &[&str] = &["utc", "gmt", "cet", "cest", "est", "edt", "pst", "pdt"];

/// The word at the start of `text`, folded, of letters and inner points; and where it ends.
fn word(text: &str) -> Option<(String, usize)> {
    let end = text
        .char_indices()
        .find(|(at, c)| !is_letter(*c) && *c != '.' || *at > LONGEST)
        .map_or(text.len(), |(at, _)| at);
    (1..=LONGEST).contains(&end).then(|| (fold(&text[..end]), end))
}

/// What follows the word at the start of `text` if that, folded, is one of `words`, white space after it aside.
pub(super) fn one_of<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let (found, end) = word(text)?;
    if words.contains(&found.as_str()) {
        return Some(text[end..].trim_start());
    }
    // A point that ends the word is none of its letters.
    let short = text[..end].trim_end_matches('.').len();
    words.contains(&found.trim_end_matches('.')).then(|| text[short..].trim_start())
}

fn month(text: &str) -> Option<(u16, &str)> {
    let (found, end) = word(text)?;
    let index = MONTHS.iter().position(|names| names.contains(&found.trim_end_matches('.')))?;
    Some((index as u16 + 1, &text[end..]))
}

/// `1er`, `23`, `2nd`.
fn ordinal(text: &str) -> Option<(u16, &str)> {
    let (number, rest) = digits(text, 1, 2)?;
    let rest = ["er", "st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    Some((number, rest))
}

/// A number of `least` to `most` decimal digits that no other digit follows.
pub(super) fn digits(text: &str, least: usize, most: usize) -> Option<(u16, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if len < least || len > most {
        return None;
    }
    // Longer ones than four digits are fractions of a second, of which nothing is kept.
    Some((text[..len.min(4)].parse().ok()?, &text[len..]))
}

fn make(year: u16, month: Option<u16>, day: Option<u16>) -> Option<PartialDate> {
    let small = |n: Option<u16>| n.map(u8::try_from).transpose().ok();
    // No press is older; a smaller number is no year.
    (1600..=2200).contains(&year).then(|| PartialDate::new(year as i16, small(month)?, small(day)?)).flatten()
}

/// Whether a number or word ends where `rest` begins.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, left: &str) {
        let told = date(text).map(|(date, rest)| (date.to_string(), rest.to_owned()));
        assert_eq!(told, Some((expected.to_owned(), left.to_owned())), "{text}");
    }

    #[test]
    fn dates_of_the_press() {
        check("2025-01 Donald", "2025-01", " Donald");
        check("2025-01-23T09:52:11.120Z", "2025-01-23", "");
        check("23/01/2025 à", "2025-01-23", " à");
        check("01/23/2025", "2025-01-23", "");
        check("1er janvier 2016, 14h30 . –", "2016-01-01", ", 14h30 . –");
        check("le jeudi 23 janvier 2025", "2025-01-23", "");
        check("3\u{a0}août\u{202f}2016", "2016-08-03", "");
        check("Thu, 23 Jan 2025 09:52:00 +0100", "2025-01-23", " 09:52:00 +0100");
        check("January 21, 2025", "2025-01-21", "");
        check("21 janv. 2025", "2025-01-21", "");
        check("Sept. 3rd, 2024", "2024-09-03", "");
        check("décembre 2024", "2024-12", "");
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "2016",
            "30 février 2016",
            "23 janvier",
            "mars attaque",
            "500 milliards",
            "2025-13",
            "12/2025",
            "1er rang 2016",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(year("2016 fut").map(|(year, rest)| (year.to_string(), rest)), Some(("2016".into(), " fut")));
    }

    #[test]
    fn times_are_stepped_over() {
        for (text, left) in [
            ("à 9 h 52", ""),
            ("14h30 . –", " . –"),
            ("16\u{202f}h\u{202f}20 UTC .", "."),
            ("19:15 (UTC)", ""),
            ("09:52:00 +0100", ""),
            ("9:52 a.m., dit", ", dit"),
            ("22 h 30 UTC+2 .", " ."),
            ("9 heures", ""),
        ] {
            assert_eq!(time(text), Some(left), "{text}");
        }
        for text in ["", "14", "des", "25 h", "8 hommes", "à la"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
