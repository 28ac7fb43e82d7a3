//! Addresses in a text, and which of them may be opened.
//!
//! Texts are other people's. An address is found wherever a scheme stands, so that it can be shown and copied;
//! but only those of the web and of mail may go to another program, and only if they are what they look like.

use memchr::memchr_iter;

use super::shown::Shown;
use crate::model::ByteRange;

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands.
    pub range: ByteRange,
    /// What it leads to: what stands there, with `https://` before a bare `www.`.
    pub url: String,
}

/// The addresses in `text`, in order: `https://…`, `mailto:…`, `www.…`, and those of other schemes with `://`.
pub fn links(text: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let colons = memchr_iter(b':', text.as_bytes()).filter_map(|at| Some((at, start_of(text, at)?)));
    let bare = text.match_indices("www.").filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric()));
    let mut starts: Vec<usize> = colons.map(|(_, start)| start).chain(bare.map(|(at, _)| at)).collect();
    starts.sort_unstable();
    for start in starts {
        if links.last().is_some_and(|link| start < link.range.end) {
            continue;
        }
        let found = trim(&text[start..start + length(&text[start..])]);
        let is_bare = found.starts_with("www.");
        let after = found.find(':').map_or("", |colon| found[colon + 1..].trim_start_matches('/'));
        if (is_bare && found.len() > 8) || (!is_bare && after.contains(char::is_alphanumeric)) {
            let url = if is_bare { format!("https://{found}") } else { found.to_owned() };
            links.push(Link { range: ByteRange::new(start, start + found.len()), url });
        }
    }
    links
}

/// Where the scheme before the colon at `colon` begins, if what follows makes an address of it.
fn start_of(text: &str, colon: usize) -> Option<usize> {
    let before = &text.as_bytes()[..colon];
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let length = before.iter().rev().take_while(|b| is_part(b)).count();
    let scheme = &text[colon - length..colon];
    let known = ["https", "http", "mailto"].into_iter().find(|known| {
        scheme.get(scheme.len().saturating_sub(known.len())..).is_some_and(|end| end.eq_ignore_ascii_case(known))
    });
    let after = &text[colon + 1..];
    match known {
        Some("mailto") => after.starts_with(|c: char| c.is_alphanumeric()).then(|| colon - "mailto".len()),
        Some(known) if after.starts_with("//") => Some(colon - known.len()),
        None if after.starts_with("//") && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Some(colon - length)
        }
        _ => None,
    }
}

/// The bytes up to what can't be in an address.
fn length(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '‹' | '›' | '|' | '\\' | '^' | '`' | '\u{200b}')
    };
    text.find(ends).unwrap_or(text.len())
}

/// An address without the marks of the sentence that it stands in.
fn trim(address: &str) -> &str {
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let opening = match last {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' => '\0',
            _ => break,
        };
        if opening != '\0' && rest.matches(opening).count() >= rest.matches(last).count() {
            break;
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest
}

/// Whether an address may be handed to another program; else why not, as a sentence without a full stop.
pub fn check(url: &str) -> Result<(), &'static str> {
    let Some((scheme, rest)) = url.split_once(':') else { return Err("this is no address") };
    let is = |known: &str| scheme.eq_ignore_ascii_case(known);
    if !(is("http") || is("https") || is("mailto")) {
        return Err("only http, https and mailto are opened");
    }
    if !is("mailto") && !rest.strip_prefix("//").is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric())) {
        return Err("this address has no host");
    }
    if length(url) < url.len() || Shown::line(url).as_str() != url {
        return Err("this address hides characters, so it isn't opened");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str, urls: &[&str]) {
        let links = links(text);
        assert_eq!(links.iter().map(|link| link.url.as_str()).collect::<Vec<_>>(), urls, "{text}");
        assert!(links.iter().all(|link| link.url.ends_with(link.range.of(text))));
    }

    #[test]
    fn addresses_are_found_without_the_marks_around_them() {
        found("Voir https://a.org/b?c=1#d.", &["https://a.org/b?c=1#d"]);
        found(
            "(https://a.org/b) et « http://c.fr » ; <https://d.fr>",
            &["https://a.org/b", "http://c.fr", "https://d.fr"],
        );
        found(
            "https://fr.wikipedia.org/wiki/Dixit_(jeu), www.lemonde.fr…",
            &["https://fr.wikipedia.org/wiki/Dixit_(jeu)", "https://www.lemonde.fr"],
        );
        found("écrire à mailto:ana@a.org !", &["mailto:ana@a.org"]);
        found("voir:https://a.org et l’adressehttps://b.org", &["https://a.org", "https://b.org"]);
        found("https://www.a.org/www.b", &["https://www.a.org/www.b"]);
    }

    #[test]
    fn other_schemes_are_found_too_and_words_with_a_colon_are_not() {
        found("file:///etc/passwd ftp://a.org", &["file:///etc/passwd", "ftp://a.org"]);
        found("Note : oui. http:// et https:, le 12:30, www. www.a", &[]);
    }

    #[test]
    fn only_web_and_mail_are_opened_and_only_as_they_look() {
        for url in ["https://a.org/é", "HTTP://a.org", "mailto:a@b.org?subject=x", "https://a.org/?q=a&b=c;d$(e)"] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
        for url in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ftp://a.org",
            "--version",
            "https://",
            "https://-a",
            "https:a.org",
            "https://a.org/\u{202e}gpj.exe",
            "https://a.org/\u{1b}[0m",
            "https://a.org/a b",
            "data:text/html,x",
            " https://a.org",
        ] {
            assert!(check(url).is_err(), "{url}");
        }
    }
}
