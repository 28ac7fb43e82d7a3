//! What sort of source a name that somebody typed is: a guess from its words, which can be mended on the speaker's page.

use crate::model::SpeakerKind;
use crate::model::event::Attribution;
use crate::text::fold::fold;

/// Those that begin several people.
const PLURALS: &[&str] = &[
    "les",
    "des",
    "ces",
    "ses",
    "leurs",
    "nos",
    "plusieurs",
    "certains",
    "certaines",
    "quelques",
    "some",
    "several",
    "many",
    "these",
    "those",
];
/// Words for what is written.
const DOCUMENTS: &[&str] = &[
    "communique",
    "rapport",
    "rapports",
    "lettre",
    "etude",
    "sondage",
    "texte",
    "document",
    "declaration",
    "article",
    "livre",
    "tribune",
    "report",
    "letter",
    "study",
    "survey",
    "poll",
    "statement",
    "paper",
    "book",
    "post",
];
/// Words for who stays hidden.
const ANONYMOUS: &[&str] = &["source", "sources", "anonyme", "anonymes", "anonymous", "insider", "insiders"];
/// Words for bodies.
const BODIES: &[&str] = &[
    "agence",
    "agency",
    "association",
    "autorite",
    "authority",
    "banque",
    "bank",
    "bureau",
    "comite",
    "committee",
    "commission",
    "compagnie",
    "company",
    "conseil",
    "corp",
    "council",
    "entreprise",
    "federation",
    "fondation",
    "foundation",
    "gouvernement",
    "government",
    "groupe",
    "group",
    "inc",
    "institut",
    "institute",
    "laboratoire",
    "laboratory",
    "ligue",
    "ltd",
    "ministere",
    "ministry",
    "office",
    "organisation",
    "organization",
    "parti",
    "party",
    "police",
    "sa",
    "sarl",
    "societe",
    "syndicat",
    "union",
    "universite",
    "university",
];

/// Somebody new of this name.
pub(super) fn speaker(name: &str) -> Attribution {
    let folded = fold(name).replace("l'", "l' ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let first = words.first().copied().unwrap_or_default();
    let several = PLURALS.contains(&first);
    let is_lower = !name.chars().next().is_some_and(char::is_uppercase);
    // « Le Monde » is a name, « le porte-parole » isn't.
    let named = !is_lower && !several;
    let kind = if has(ANONYMOUS) && !named {
        SpeakerKind::Anonymous
    } else if has(DOCUMENTS) && !named {
        SpeakerKind::Document
    } else if several {
        SpeakerKind::Group
    } else if has(BODIES) || is_acronym(name) {
        SpeakerKind::Organisation
    } else {
        SpeakerKind::Person
    };
    Attribution { name: name.to_owned(), kind, named, role: None, aliases: Vec::new() }
}

/// `ONU`, `OpenAI`, `G7`: one word with capitals or digits where no person's name has them.
fn is_acronym(name: &str) -> bool {
    let mut letters = name.chars().skip(1).peekable();
    let one_word = !name.contains(|c: char| c.is_whitespace() || c == '-' || c == '’' || c == '\'');
    // McDonald, DeVos: two letters may stand before a second capital.
    let capitals = letters.clone().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count();
    let name_like = capitals == 1 && (name.starts_with("Mc") || name.starts_with("De") || name.starts_with("Mac"));
    one_word && letters.peek().is_some() && capitals > 0 && !name_like
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_persons_unless_its_words_say_otherwise() {
        for (name, kind, named) in [
            ("Anne Roy", SpeakerKind::Person, true),
            ("Ursula von der Leyen", SpeakerKind::Person, true),
            ("McDonald", SpeakerKind::Person, true),
            ("le porte-parole", SpeakerKind::Person, false),
            ("OpenAI", SpeakerKind::Organisation, true),
            ("ONU", SpeakerKind::Organisation, true),
            ("Banque de France", SpeakerKind::Organisation, true),
            ("l’entreprise", SpeakerKind::Organisation, false),
            ("le communiqué officiel", SpeakerKind::Document, false),
            ("des sources proches du dossier", SpeakerKind::Anonymous, false),
            ("les analystes", SpeakerKind::Group, false),
            ("some critics", SpeakerKind::Group, false),
        ] {
            let told = speaker(name);
            assert_eq!((told.kind, told.named), (kind, named), "{name}");
        }
    }
}
