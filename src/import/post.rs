//! Posts of social networks, embedded in an article, told by the signature that embedding leaves behind:
//! `… — OpenAI (@OpenAI) January 21, 2025`.

use super::dates;

/// Bytes that the name in a signature has at most, and what follows the handle.
const NAME: usize = 80;
const TAIL: usize = 60;

/// Where the signature of a post begins in `unit`, at its dash; 0 where the unit is nothing but the signature.
///
/// The forms: `— Name (@handle) January 21, 2025`, the same with a French or ISO date, a time, `sur X`, or no date;
/// `— Name, @handle, 21 janvier 2025`; a handle with a domain.
pub(super) fn signature(unit: &str) -> Option<usize> {
    let last = unit.rfind('@')?;
    let at = unit[..last]
        .rfind(|c: char| c.is_whitespace() || c == '(')
        .map_or(0, |i| i + unit[i..].chars().next().map_or(0, char::len_utf8));
    unit[at..].starts_with('@').then_some(())?;
    let handle = unit[at + 1..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@')))
        .map_or(unit.len(), |len| at + 1 + len);
    // A trailing point ends the sentence, not the handle.
    if unit[at + 1..handle].trim_end_matches('.').is_empty() {
        return None;
    }
    let in_brackets = unit[..at].ends_with('(');
    let tail = if in_brackets { unit[handle..].strip_prefix(')')? } else { &unit[handle..] };
    if tail.len() > TAIL || !is_tail(tail) {
        return None;
    }
    let before = unit[..at].trim_end_matches('(');
    let dash = before.rfind(['—', '–', '―']).or_else(|| before.rfind(" - ").map(|at| at + 1))?;
    let name = before[dash..].trim_start_matches(['—', '–', '―', '-']);
    let apart = dash == 0 || unit[..dash].ends_with(char::is_whitespace);
    let named = name.len() <= NAME
        && name.starts_with(char::is_whitespace)
        && (in_brackets || name.len() == 1 || name.trim_end().ends_with(','));
    (apart && named && !name.contains(['.', '!', '?', '»'])).then_some(dash)
}

/// Whether `tail`, what follows the handle, is a date, the network's name, or nothing.
fn is_tail(tail: &str) -> bool {
    let mut rest = tail.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '·' | '.' | '-' | '–' | '|'));
    for network in
        ["sur X", "sur Twitter", "sur Mastodon", "sur Bluesky", "on X", "on Twitter", "on Mastodon", "on Bluesky"]
    {
        rest = rest.strip_prefix(network).unwrap_or(rest).trim_start_matches([' ', ',', '·']);
    }
    let Some((_, rest)) = dates::date(rest) else { return rest.is_empty() };
    let rest = rest.trim_start_matches([',', ' ', '·', '-']);
    rest.is_empty() || dates::time(rest).is_some_and(|rest| rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn signatures_of_posts() {
        for (post, begins) in [
            ("This infrastructure will secure… — OpenAI (@OpenAI) January 21, 2025", "— OpenAI"),
            ("On y va ! — Jeanne Roy (@jroy) 21 janvier 2025", "— Jeanne"),
            ("On y va ! – Jeanne Roy (@jroy) le 21 janv. 2025 à 9 h 52", "– Jeanne"),
            ("See pic.twitter.com/vpLSO9WlUs — Tsarathustra (@tsarnick) 2025-01-21", "— Tsarathustra"),
            ("Oui. — Jeanne Roy (@jroy@mastodon.social) on Mastodon", "— Jeanne"),
            ("Non. — Jeanne Roy (@jroy.bsky.social), 21 January 2025 at 9:52 PM", "— Jeanne"),
            ("Non. — Jeanne Roy, @jroy, 21 janvier 2025", "— Jeanne"),
            ("— OpenAI (@OpenAI) January 21, 2025", "— OpenAI"),
        ] {
            assert_eq!(signature(post).map(|at| post[at..].starts_with(begins)), Some(true), "{post}");
        }
    }

    #[test]
    fn a_handle_in_a_sentence_signs_nothing() {
        for text in [
            "Le compte (@OpenAI) a été suspendu.",
            "Selon lui – et selon OpenAI (@OpenAI) – rien ne presse.",
            "Un mot composé— A (@b) 21 janvier 2025",
            "Écrivez – vite – à redaction@example.org",
            "Un texte — suivi d’un autre, bien plus long, qui finit par parler de @jroy et de ses amis",
            "@",
        ] {
            assert_eq!(signature(text), None, "{text}");
        }
    }
}
