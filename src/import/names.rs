//! Telling names from sentences, by capitals and particles alone.
//!
//! It serves bylines, sources and attribution lines, where a name stands by itself; it knows no list of
//! names and is not meant for running text.

use crate::text::fold::fold;

/// Small words that stand within names, folded.
const PARTICLES: &[&str] = &[
    "a", "al", "and", "au", "aux", "avec", "d", "da", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "e",
    "el", "en", "et", "for", "in", "l", "la", "las", "le", "les", "los", "of", "on", "pour", "sur", "the", "van",
    "von", "with", "y", "&",
];

/// Whether `words` could be a name: one to `most` words, each with a capital or a digit but for particles, none of
/// them the end of a sentence.
pub(super) fn is_name(words: &str, most: usize) -> bool {
    let mut capital = false;
    let mut count = 0;
    for word in words.split_whitespace() {
        count += 1;
        if count > most {
            return false;
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        match bare.chars().next() {
            Some(c) if c.is_uppercase() || c.is_ascii_digit() => capital |= c.is_uppercase(),
            Some(_) if is_particle(bare) => {}
            // `d’Ormesson`, `l’Équipe`, `lemonde.fr`
            Some(_) if elided(bare) || bare.contains('.') => capital = true,
            _ => return false,
        }
        if word.ends_with([':', ';', '!', '?', '…']) {
            return false;
        }
    }
    capital
}

fn is_particle(word: &str) -> bool {
    word.len() <= 5 && PARTICLES.contains(&fold(word).as_str())
}

fn elided(word: &str) -> bool {
    let mut parts = word.split(['\'', '’']);
    parts.next().is_some_and(is_particle)
        && parts.next().and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_capitals_and_particles() {
        for name in [
            "TechCrunch",
            "Le Monde",
            "Jean-Pierre de la Tour d’Auvergne",
            "lemonde.fr",
            "20 Minutes",
            "The Wall Street Journal",
        ] {
            assert!(is_name(name, 8), "{name}");
        }
        for other in
            ["", "le projet GNU en embuscade", "le mystère s’épaissit", "2016", "Un deux", "Qui ?", "A B C D E F G H I"]
        {
            assert!(!is_name(other, 8), "{other}");
        }
    }
}
