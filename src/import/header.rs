//! The header zone: lines before the body that speak about the article and are no part of it.
//!
//! `Date : …`, `Publié le 23 janvier 2025 à 9 h 52`, `Par Jeanne Roy`, an address by itself, the dateline before
//! the first sentence. A line is taken only where all of it is understood, or, for a dateline, up to its dash;
//! what isn't understood stays in the text. Nothing is looked for beyond the zone.

use super::dates::{self, one_of};
use super::names::is_name;
use crate::model::{ByteRange, PartialDate};
use crate::text::fold::fold;

/// Units that the header zone has at most.
const ZONE: usize = 12;
/// Bytes from which a unit that ends a sentence is running text.
const RUNNING: usize = 120;
/// Bytes that a line about the article has at most.
const LONGEST: usize = 200;

/// What the header zone says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The unit that a `Titre :` makes the title.
    pub(super) title: Option<usize>,
    pub(super) source: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<PartialDate>,
}

/// How many units belong to the header zone: those before the second paragraph of running text.
pub(super) fn zone(text: &str, units: &[ByteRange]) -> usize {
    let mut running = 0;
    for (i, unit) in units.iter().enumerate().take(ZONE) {
        let words = unit.of(text);
        running += usize::from(words.len() >= RUNNING && words.ends_with(['.', '!', '?', '…', '»', '”']));
        if running == 2 {
            return i;
        }
    }
    units.len().min(ZONE)
}

/// Reads the header zone of `units` and takes out of `kept` what it understood.
pub(super) fn read(text: &str, units: &[ByteRange], kept: &mut [Option<ByteRange>]) -> Header {
    let mut header = Header::default();
    let mut updated = None;
    let zone = zone(text, units);
    for i in 0..kept.len().min(ZONE) {
        let Some(mut unit) = kept[i] else { continue };
        if i == 0
            && let Some((date, rest)) = bare_date(unit.of(text))
        {
            header.published = Some(date);
            unit.start = unit.end - rest.len();
            kept[i] = (!unit.is_empty()).then_some(unit);
        }
        let line = unit.of(text);
        if let Some(dateline) = dateline(line) {
            if is_chronicle(text, units) {
                break;
            }
            header.published = Some(dateline.date);
            header.source = header.source.or(dateline.source);
            unit.start = unit.end - dateline.rest;
            kept[i] = (!unit.is_empty()).then_some(unit);
            break;
        }
        // The dateline opens the body, often after a summary, and so stands where the zone ends, or just beyond.
        if i >= zone || line.len() > LONGEST || line.contains('\n') {
            continue;
        }
        if let Some((field, value)) = field(line) {
            header.set(field, value);
            kept[i] = None;
            if field == Field::Title {
                header.title = Some(i);
                kept[i] = Some(ByteRange::new(unit.end - value.len(), unit.end));
            }
        } else if is_address(line) {
            header.url.get_or_insert_with(|| line.to_owned());
            kept[i] = None;
        } else if let Some(stamp) = stamp(line) {
            header.published = header.published.or(stamp.published);
            header.author = header.author.or(stamp.author);
            updated = updated.or(stamp.updated);
            kept[i] = None;
        }
    }
    header.published = header.published.or(updated);
    header
}

impl Header {
    fn set(&mut self, field: Field, value: &str) {
        let owned = || Some(value.to_owned());
        match field {
            Field::Title => {}
            Field::Source => self.source = self.source.take().or_else(owned),
            Field::Author => self.author = self.author.take().or_else(owned),
            Field::Url => self.url = self.url.take().or_else(owned),
            Field::Date => self.published = self.published.or_else(|| some_date(value)),
        }
    }
}

/// ` date 2025-01 ` at the very beginning, as some collections put it; gives the rest of the line.
fn bare_date(line: &str) -> Option<(PartialDate, &str)> {
    let rest = one_of(line, &["date"])?;
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    let (date, rest) = dates::date(rest)?;
    rest.starts_with(char::is_whitespace).then(|| (date, rest.trim_start()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Source,
    Author,
    Date,
    Url,
}

/// The words before a colon that name a field, folded.
const FIELDS: &[(Field, &[&str])] = &[
    (Field::Title, &["titre", "title", "objet", "subject"]),
    (Field::Source, &["source", "journal", "media", "site", "publisher", "newspaper"]),
    (Field::Author, &["auteur", "auteure", "autrice", "auteurs", "author", "authors", "par", "by", "byline"]),
    (
        Field::Date,
        &["date", "date de publication", "publication", "publie", "publie le", "paru le", "published", "published on"],
    ),
    (Field::Url, &["url", "lien", "link", "adresse", "permalink", "permalien", "source"]),
];

/// `Source : Le Monde`, where the value is one that the field can have.
fn field(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once(':')?;
    if name.len() > 24 {
        return None;
    }
    let (name, value) = (fold(name.trim()), value.trim());
    let can_be = |field: Field| match field {
        Field::Title => value.chars().any(char::is_alphabetic),
        Field::Source => is_name(value, 6),
        Field::Author => is_name(value, 12),
        Field::Date => some_date(value).is_some(),
        Field::Url => is_address(value),
    };
    let named = FIELDS.iter().filter(|(_, names)| names.contains(&name.as_str()));
    named.map(|(field, _)| *field).find(|field| can_be(*field)).map(|field| (field, value))
}

/// A date and nothing else but a time.
fn some_date(value: &str) -> Option<PartialDate> {
    let (date, rest) = dates::date(value).or_else(|| dates::year(value))?;
    let rest = rest.trim_start_matches([',', ' ', '\u{a0}', '\u{202f}']);
    (rest.is_empty() || dates::time(rest).is_some_and(|rest| rest.trim().is_empty())).then_some(date)
}

/// Whether the whole of `line` is an address on the web.
pub(super) fn is_address(line: &str) -> bool {
    let host = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"));
    host.is_some_and(|host| {
        host.contains('.') && !line.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"')
    })
}

/// Whether an address names an article and not only the site that it is on.
pub(super) fn names_an_article(url: &str) -> bool {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once(['/', '?']));
    path.is_some_and(|(_, path)| !path.trim_matches('/').is_empty())
}

struct Dateline {
    date: PartialDate,
    source: Option<String>,
    /// Bytes of the line after it.
    rest: usize,
}

/// `29 juillet 2016 . – Le groupe…`, `13 mars 2016, Montpellier . –`, `PARIS, 23 janvier 2025 (Reuters) – …`.
fn dateline(line: &str) -> Option<Dateline> {
    let placed = || {
        let (place, rest) = line.split_once(',')?;
        (place.len() <= 40 && is_name(place, 4)).then(|| dates::date(rest)).flatten()
    };
    let (date, mut rest) = dates::date(line).or_else(placed)?;
    let mut source = None;
    loop {
        rest = rest.trim_start().trim_start_matches(',').trim_start();
        if let Some(after) = dates::time(rest) {
            rest = after;
        } else if let Some((agency, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'))
            && agency.len() <= 24
            && is_name(agency, 3)
        {
            source = Some(agency.to_owned());
            rest = after;
        } else {
            break;
        }
    }
    let rest = after_dash(rest).or_else(|| {
        // A place: anything short before a full stop and the dash, a name before the dash alone.
        let at = rest.char_indices().take(60).find(|(at, _)| after_dash(&rest[*at..]).is_some()).map(|(at, _)| at)?;
        let place = rest[..at].trim_end();
        (is_name(place, 5) || rest[at..].starts_with('.')).then(|| after_dash(&rest[at..])).flatten()
    })?;
    Some(Dateline { date, source, rest: rest.len() })
}

/// What follows a dash that stands by itself, a full stop before it aside.
fn after_dash(text: &str) -> Option<&str> {
    let text = text.strip_prefix('.').map_or(text, str::trim_start);
    let rest = text.strip_prefix(['–', '—', '-'])?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// Whether several lines begin with a date and a dash, which makes them entries of a chronicle.
fn is_chronicle(text: &str, units: &[ByteRange]) -> bool {
    units.iter().filter(|unit| dateline(unit.of(text)).is_some()).nth(1).is_some()
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Stamp {
    published: Option<PartialDate>,
    updated: Option<PartialDate>,
    author: Option<String>,
}

/// Words before the date of publication, folded.
const PUBLISHED: &[&str] = &[
    "publie le",
    "publiee le",
    "publie",
    "mis en ligne le",
    "paru le",
    "poste le",
    "ecrit le",
    "published on",
    "published",
    "posted on",
    "posted",
];
/// Words before the date of the last change, folded.
const UPDATED: &[&str] = &[
    "mis a jour le",
    "mise a jour le",
    "derniere mise a jour",
    "mis a jour",
    "actualise le",
    "page actualisee",
    "modifie le",
    "last updated on",
    "last updated",
    "updated on",
    "updated",
];

/// A line of dates and names and nothing else: `Par Jeanne Roy, publié le 23 janvier 2025 à 9 h 52`.
fn stamp(line: &str) -> Option<Stamp> {
    let mut stamp = Stamp::default();
    let mut changed = false;
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || is_separator(c) || matches!(c, ':' | '(' | ')' | '.' | ';')
        });
        if rest.is_empty() {
            break;
        }
        if let Some(after) = phrase(rest, PUBLISHED) {
            (rest, changed) = (after, false);
        } else if let Some(after) = phrase(rest, UPDATED) {
            (rest, changed) = (after, true);
        } else if let Some((date, after)) = dates::date(rest) {
            let place = if changed { &mut stamp.updated } else { &mut stamp.published };
            place.get_or_insert(date);
            rest = after;
        } else if let Some(after) = dates::time(rest).filter(|_| stamp.published.or(stamp.updated).is_some()) {
            rest = after;
        } else {
            let (name, after) = byline(rest).filter(|_| stamp.author.is_none())?;
            stamp.author = Some(name.to_owned());
            rest = after;
        }
    }
    (stamp != Stamp::default()).then_some(stamp)
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '|' | '·' | '•' | '–' | '—' | '-' | '/')
}

/// What follows the first of `phrases` that `text` begins with.
fn phrase<'a>(text: &'a str, phrases: &[&str]) -> Option<&'a str> {
    let after = |phrase: &&str| phrase.split(' ').try_fold(text, |rest, word| one_of(rest, &[word]));
    phrases.iter().find_map(after)
}

/// `Par Jeanne Roy` up to a separator, a date or the words before one.
fn byline(text: &str) -> Option<(&str, &str)> {
    let names = one_of(text, &["par", "by"])?;
    let mut end = names.len();
    for (at, c) in names.char_indices() {
        let next = &names[at + c.len_utf8()..];
        let stops = is_separator(c) && c != '-' && c != '/' || c == '(';
        let dated =
            || dates::date(next).is_some() || phrase(next, PUBLISHED).or_else(|| phrase(next, UPDATED)).is_some();
        if stops || c.is_whitespace() && (next.starts_with(['-', '/']) || dated()) {
            end = at;
            break;
        }
    }
    let name = names[..end].trim_end().trim_end_matches('.');
    (name.len() <= 100 && is_name(name, 12)).then(|| (name, &names[end..]))
}

#[cfg(test)]
mod tests {
    use super::super::units::{compose, units};
    use super::*;

    /// The header of a text, as `field=value`s, and what is left of the text.
    fn told(text: &str) -> (String, String) {
        let all = units(text);
        let mut kept: Vec<_> = all.iter().copied().map(Some).collect();
        let header = read(text, &all, &mut kept);
        let mut fields = Vec::new();
        for (name, value) in [("source", &header.source), ("author", &header.author), ("url", &header.url)] {
            fields.extend(value.as_ref().map(|value| format!("{name}={value}")));
        }
        fields.extend(header.published.map(|date| format!("date={date}")));
        fields.extend(header.title.map(|unit| format!("title={unit}")));
        (fields.join(" "), compose(text, &all, &kept).0)
    }

    #[track_caller]
    fn check(text: &str, fields: &str, left: &str) {
        assert_eq!(told(text), (fields.to_owned(), left.to_owned()));
    }

    #[test]
    fn lines_about_the_article() {
        check("Titre\n\nPublié le 23 janvier 2025 à 9 h 52\n\nTexte.", "date=2025-01-23", "Titre\n\nTexte.");
        check("Titre\nDate : 2025-01\nSource : Le Monde\nTexte.", "source=Le Monde date=2025-01", "Titre\nTexte.");
        check(
            "Titre\nPar Jeanne Roy et AFP, le 3 mars 2024\nTexte.",
            "author=Jeanne Roy et AFP date=2024-03-03",
            "Titre\nTexte.",
        );
        check(
            "Titre\nBy Jane Doe | January 23, 2025 9:52 am\nText.",
            "author=Jane Doe date=2025-01-23",
            "Titre\nText.",
        );
        check(
            "Titre\nPublié le 23/01/2025 à 09:52, mis à jour le 24/01/2025\nTexte.",
            "date=2025-01-23",
            "Titre\nTexte.",
        );
        check("Titre\nMis à jour le 24/01/2025\nTexte.", "date=2025-01-24", "Titre\nTexte.");
        check("Titre\nhttps://example.org/a/1\nTexte.", "url=https://example.org/a/1", "Titre\nTexte.");
        check(
            "URL : https://example.org/a/1\nTitre : Le mot\nTexte.",
            "url=https://example.org/a/1 title=1",
            "Le mot\nTexte.",
        );
        check(" date 2025-01 Le texte.", "date=2025-01", "Le texte.");
    }

    #[test]
    fn datelines() {
        check("T\n\n29 juillet 2016 . – Le groupe a dit.", "date=2016-07-29", "T\n\nLe groupe a dit.");
        check("T\n\n1er janvier 2016, 14h30 . –\nUn homme.", "date=2016-01-01", "T\n\nUn homme.");
        check("T\n\n4 août 2016, Bolivie, cratère de Maragua . –\nLe texte.", "date=2016-08-04", "T\n\nLe texte.");
        check("T\nPARIS, 23 janvier 2025 (Reuters) - Le texte.", "source=Reuters date=2025-01-23", "T\nLe texte.");
    }

    #[test]
    fn what_only_looks_like_a_header_stays() {
        for text in [
            "Titre\nSource : le mystère s’épaissit\nTexte.",
            "Titre\nPar ailleurs, rien n’a changé\nTexte.",
            "Titre\nPublié le 23 janvier 2025, le livre a fait scandale\nTexte.",
            "Titre\nDate : inconnue\nTexte.",
            "Titre\n12 mars 2017 – Le vote.\n13 mars 2017 – Le résultat.\n14 mars 2017 – La suite.",
            "Titre\n12 mars 2017, jour de vote – la France choisit.",
            "Titre\nhttps://example.org/a et la suite.",
            "date limite : le 3 mars",
        ] {
            check(text, "", text);
        }
    }

    #[test]
    fn an_address_of_a_site_names_no_article() {
        assert!(names_an_article("https://example.org/a/1") && names_an_article("https://example.org/?p=1"));
        assert!(!names_an_article("https://example.org/") && !names_an_article("https://example.org"));
    }
}
