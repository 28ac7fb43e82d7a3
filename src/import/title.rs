//! Titles: whether the first unit is one, where the site's name behind it begins, and what to call an
//! article that has none.

use unicode_segmentation::UnicodeSegmentation;

use super::blocks::{bullet, number};
use super::names::is_name;
use crate::text::fold::fold;
use crate::text::segment::sentences;

/// Code points that a first line has at most to be taken for a title.
const LONGEST: usize = 200;
/// Code points that a title of two sentences has at most.
const LONGEST_OF_TWO: usize = 120;
/// Code points of a made title: at most, and at least where it is cut at a clause.
const MADE: usize = 110;
const MADE_CLAUSE: usize = 60;

/// Whether the first unit of a text, with others after it, is its title.
pub(super) fn is_title(unit: &str) -> bool {
    let width = unit.chars().count();
    if width > LONGEST || unit.starts_with('>') || bullet(unit).is_some() || number(unit).is_some() {
        return false;
    }
    if unit.ends_with([',', ';', ':']) || unit.ends_with('.') && !unit.ends_with("...") {
        return false;
    }
    let letters = unit.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && (width <= LONGEST_OF_TWO || sentences(unit).nth(1).is_none())
}

/// The site's name at the end of a title, and where the title ends: `… | TechCrunch`, `… - Le Monde`.
///
/// A bar stands before nothing but a site's name; a dash may as well stand within the title, so that what
/// follows it must look like the name of a paper.
pub(super) fn split_source(title: &str) -> Option<(&str, &str)> {
    let cut = |mark: char| {
        let (words, name) = title.rsplit_once(mark)?;
        let apart = words.ends_with(char::is_whitespace) && name.starts_with(char::is_whitespace);
        let (words, name) = (words.trim_end(), name.trim());
        (apart && words.split_whitespace().count() >= 3 && name.chars().count() <= 40).then_some((words, name))
    };
    let bar = cut('|').filter(|(_, name)| is_name(name, 5));
    bar.or_else(|| ['-', '–', '—', '·'].into_iter().filter_map(cut).find(|(_, name)| is_paper(name)))
}

/// Words that stand in the names of papers, broadcasters and agencies, folded.
const PAPERS: &[&str] = &[
    "actu",
    "actualites",
    "blog",
    "chronicle",
    "daily",
    "express",
    "gazette",
    "guardian",
    "herald",
    "info",
    "infos",
    "journal",
    "mag",
    "magazine",
    "media",
    "medias",
    "monde",
    "news",
    "nouvelles",
    "post",
    "presse",
    "press",
    "quotidien",
    "radio",
    "review",
    "revue",
    "telegraph",
    "temps",
    "times",
    "today",
    "tribune",
    "tv",
    "weekly",
];
/// Papers, broadcasters and agencies whose names say nothing of it, folded.
const KNOWN: &[&str] = &[
    "20 minutes",
    "afp",
    "atlantico",
    "bloomberg",
    "capital",
    "challenges",
    "courrier international",
    "europe 1",
    "euronews",
    "forbes",
    "france 24",
    "la croix",
    "la depeche",
    "la voix du nord",
    "l'equipe",
    "les echos",
    "le figaro",
    "le parisien",
    "le point",
    "l'humanite",
    "liberation",
    "l'obs",
    "l'opinion",
    "marianne",
    "mediapart",
    "numerama",
    "ouest-france",
    "politico",
    "reuters",
    "slate",
    "sud ouest",
    "techcrunch",
    "telerama",
    "the conversation",
    "the economist",
    "the independent",
    "the verge",
    "wikinews",
    "wired",
    "zdnet",
];

/// Whether `name` looks like the name of a paper or a site.
fn is_paper(name: &str) -> bool {
    if !is_name(name, 5) {
        return false;
    }
    let folded = fold(name);
    let domain = !name.contains(' ') && name.contains('.') && !name.ends_with('.');
    // `BFMTV`, `TechCrunch`: capitals within a word
    let coined =
        !name.contains([' ', '-']) && name.chars().skip(1).filter(|c| c.is_uppercase()).count() >= 1 && name.len() >= 4;
    domain || coined || KNOWN.contains(&folded.as_str()) || folded.split_whitespace().any(|word| PAPERS.contains(&word))
}

/// A title for a text that has none: its first sentence, cut for a list. It is metadata and stands in no text.
///
/// Cut at the end of a clause where one ends late enough, else after a whole word that can end a line; `…` says so.
pub(super) fn made(text: &str) -> String {
    let sentence = sentences(text).next().map_or(text, |range| range.of(text));
    // A paragraph without any stop may be megabytes long; its beginning is enough.
    let words: Vec<&str> = sentence.split_whitespace().take(MADE).collect();
    let whole = words.join(" ");
    if whole.chars().count() <= MADE && sentence.split_whitespace().nth(MADE).is_none() {
        return whole
            .strip_suffix('.')
            .filter(|words| !words.is_empty() && !words.ends_with('.'))
            .unwrap_or(&whole)
            .to_owned();
    }
    let mut clause = None;
    let mut word = None;
    let mut width = 0;
    for (at, c) in whole.char_indices() {
        width += 1;
        if width > MADE {
            break;
        }
        let spaced = whole[at + c.len_utf8()..].starts_with(char::is_whitespace);
        if spaced && width >= MADE_CLAUSE && matches!(c, ',' | ';' | ':' | '–' | '—' | ')' | '»') {
            clause = Some(at + if matches!(c, ')' | '»') { c.len_utf8() } else { 0 });
        }
        if c.is_whitespace() {
            word = Some(at);
        }
    }
    let cut = match (clause, word) {
        (Some(at), _) => whole[..at].trim_end(),
        (None, Some(at)) => without_hanging(&whole[..at]),
        // One word that is wider than any title: cut between two characters.
        (None, None) => whole.grapheme_indices(true).nth(MADE).map_or(whole.as_str(), |(at, _)| &whole[..at]),
    };
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', '…', ' ']))
}

/// Words that don't end a line, folded: articles, prepositions, conjunctions.
const HANGING: &[&str] = &[
    "a", "afin", "alors", "an", "and", "apres", "as", "at", "au", "aux", "avant", "avec", "by", "ce", "ces", "cet",
    "cette", "chez", "comme", "contre", "dans", "de", "depuis", "des", "dont", "du", "en", "entre", "est", "et", "for",
    "from", "in", "is", "la", "le", "les", "leur", "leurs", "mais", "of", "on", "or", "ou", "par", "plus", "pour",
    "que", "qui", "sa", "sans", "se", "ses", "son", "sous", "sur", "that", "the", "to", "un", "une", "vers", "with",
    "«", "–", "—", "“", "(",
];

fn without_hanging(mut words: &str) -> &str {
    while let Some((before, last)) = words.rsplit_once(' ') {
        if !HANGING.contains(&fold(last).as_str()) && !last.ends_with(['\'', '’']) {
            break;
        }
        words = before;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_what_is_none() {
        for title in [
            "France : attaque à Valence (Drôme)",
            "Découverte d'une nouvelle particule ?",
            "Une nouvelle fenêtre s'ouvre !",
            "Des questions...",
        ] {
            assert!(is_title(title), "{title}");
        }
        for other in [
            "",
            "5",
            "Cher Président Trump,",
            "Il pleut.",
            "1. Un point",
            "– Oui",
            "Trois raisons :",
            &"mot ".repeat(60),
        ] {
            assert!(!is_title(other), "{other}");
        }
    }

    #[track_caller]
    fn source(title: &str, expected: Option<&str>) {
        assert_eq!(split_source(title).map(|(_, name)| name), expected, "{title}");
    }

    #[test]
    fn the_name_of_the_site_goes_from_the_title() {
        source("Wang a publié une lettre ouverte | TechCrunch", Some("TechCrunch"));
        source("Le pays vote dimanche - Le Monde", Some("Le Monde"));
        source("Le pays vote dimanche — Reuters", Some("Reuters"));
        source("Le pays vote dimanche – BFMTV", Some("BFMTV"));
        source("Le pays vote dimanche | L’Écho du Nord", Some("L’Écho du Nord"));
        source("Oracle se positionne sur le Smart Grid - Le projet GNU en embuscade", None);
        source("Euro 2016 : le groupe A, Roumanie - Suisse", None);
        source("La guerre est finie | ce qu’il faut savoir", None);
        source("Paris - Nice", None);
        source("Un titre sans rien", None);
    }

    #[test]
    fn made_titles_end_where_one_can_stop() {
        assert_eq!(made("Une phrase courte. Et une autre."), "Une phrase courte");
        assert_eq!(
            made(
                "Dans une lettre ouverte publiée dans le Post, Alexandr Wang, le PDG de Scale AI, exhorte la nouvelle administration à investir massivement."
            ),
            "Dans une lettre ouverte publiée dans le Post, Alexandr Wang, le PDG de Scale AI…"
        );
        assert_eq!(
            made(
                "Le président vient d’annoncer un investissement titanesque d’une valeur de 500 milliards de dollars dans l’intelligence artificielle."
            ),
            "Le président vient d’annoncer un investissement titanesque d’une valeur de 500 milliards de dollars…"
        );
        assert_eq!(made(&"é".repeat(500)), format!("{}…", "é".repeat(110)));
        assert_eq!(made("Une ligne\nqui continue."), "Une ligne qui continue");
    }
}
