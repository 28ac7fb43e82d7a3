//! What an act was, in plain words: `tag 3 articles +ia -draft`.
//!
//! Made once, when the act is recorded, and kept with it, since later nobody could count its subjects cheaply.

use crate::model::Deed;

/// Code points of a claim that its summary quotes.
const QUOTED: usize = 60;
/// Deeds of one act that are told; the others are meant by `…`.
const DEEDS: usize = 3;

/// The word for a deed's sort, as events, the log and `--json` have it.
pub(super) const fn kind(deed: &Deed) -> &'static str {
    match deed {
        Deed::Tag { .. } => "tag",
        Deed::Remove { .. } => "remove",
        Deed::Claim(_) => "claim",
        Deed::Undo { .. } => "undo",
        Deed::Redo { .. } => "redo",
    }
}

/// What became of one deed.
#[derive(Debug)]
pub(super) struct Told {
    is_claim: bool,
    subjects: usize,
    words: String,
}

impl Told {
    /// A deed that changed these many articles and claims.
    pub(super) fn new(deed: &Deed, articles: usize, claims: usize) -> Self {
        let words = match deed {
            Deed::Tag { add, remove, .. } => {
                let mut words = format!("tag {}", objects(articles, claims));
                for (sign, tags) in [('+', add), ('-', remove)] {
                    for tag in tags {
                        words.extend([' ', sign]);
                        words.push_str(tag.as_str());
                    }
                }
                words
            }
            Deed::Remove { .. } => format!("remove {}", objects(articles, claims)),
            Deed::Claim(new) => {
                let all: Vec<&str> = new.parts.iter().flat_map(|part| part.exact.split_whitespace()).collect();
                format!("claim « {} »", shorten(&all.join(" ")))
            }
            Deed::Undo { .. } | Deed::Redo { .. } => kind(deed).to_owned(),
        };
        Self { is_claim: matches!(deed, Deed::Claim(_)), subjects: articles + claims, words }
    }

    /// An undo or redo of an act that was summed up in `words`.
    pub(super) fn reverting(deed: &Deed, words: &str, subjects: usize) -> Self {
        Self { is_claim: false, subjects, words: format!("{}: {words}", kind(deed)) }
    }

    /// Subjects that the deed changed.
    pub(super) fn subjects(&self) -> usize {
        self.subjects
    }
}

/// What an act was, from what its deeds were.
pub(super) fn of(told: &[Told]) -> String {
    let claims = told.iter().filter(|deed| deed.is_claim).count();
    let mut words: Vec<String> = Vec::new();
    let mut claims_told = false;
    for deed in told {
        if deed.is_claim && claims > 1 {
            if !claims_told {
                words.push(plural(claims, "claim"));
            }
            claims_told = true;
        } else {
            words.push(deed.words.clone());
        }
    }
    let rest = words.len() > DEEDS;
    words.truncate(DEEDS);
    let mut summary = words.join("; ");
    if rest {
        summary.push_str("; …");
    }
    summary
}

fn objects(articles: usize, claims: usize) -> String {
    match (articles, claims) {
        (_, 0) => plural(articles, "article"),
        (0, _) => plural(claims, "claim"),
        _ => format!("{} and {}", plural(articles, "article"), plural(claims, "claim")),
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tag;

    fn tag(add: &[&str], remove: &[&str]) -> Deed {
        let tags = |words: &[&str]| words.iter().map(|word| Tag::new(word).expect("a tag")).collect();
        Deed::Tag { subjects: Vec::new(), add: tags(add), remove: tags(remove) }
    }

    #[test]
    fn acts_are_told_in_plain_words() {
        let one = |deed: &Deed, articles, claims| of(&[Told::new(deed, articles, claims)]);
        assert_eq!(one(&tag(&["ia"], &["draft"]), 3, 0), "tag 3 articles +ia -draft");
        assert_eq!(one(&tag(&["ia", "us"], &[]), 0, 1), "tag 1 claim +ia +us");
        assert_eq!(one(&tag(&["ia"], &[]), 1, 2), "tag 1 article and 2 claims +ia");
        assert_eq!(one(&Deed::Remove { articles: Vec::new() }, 2, 0), "remove 2 articles");
        let undo = Deed::Undo { group: uuid::Uuid::nil() };
        assert_eq!(of(&[Told::reverting(&undo, "tag 1 article +ia", 1)]), "undo: tag 1 article +ia");
        let many: Vec<Told> = (0..5).map(|_| Told::new(&tag(&["ia"], &[]), 1, 0)).collect();
        assert_eq!(of(&many), "tag 1 article +ia; tag 1 article +ia; tag 1 article +ia; …");
    }

    #[test]
    fn a_long_claim_is_cut_between_letters() {
        assert_eq!(shorten("été"), "été");
        assert_eq!(shorten(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
    }
}
