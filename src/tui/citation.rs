//! What is copied: a quotation that can be cited, with everything needed to find it again.

use crate::model::listing::Row;
use crate::model::{Annotation, Form, Lang};

/// A claim as a citation: its words, who made it, where it stands, and its whole id, which stays true.
///
/// Words that the article reports without quoting are said to be reported, since they are the article's.
pub fn of_claim(claim: &Annotation, row: &Row) -> String {
    let quote = quoted(&claim.quote, row.lang);
    let speaker = claim.claim.speaker.as_ref();
    let mut who = speaker.map_or("speaker not named", |speaker| &speaker.name).to_owned();
    if let Some(role) = speaker.and_then(|speaker| speaker.role.as_deref()) {
        who = format!("{who} ({role})");
    }
    let reported = match claim.claim.form {
        Form::Direct => "",
        Form::Indirect => ", as reported",
        Form::Mixed => ", partly as reported",
    };
    format!("{quote}\n— {who}{reported}, in: {} [{}]", reference(row), claim.id)
}

/// An article as a reference: source, title, date, address, id.
pub fn of_article(row: &Row) -> String {
    format!("{} [{}]", reference(row), row.id)
}

fn reference(row: &Row) -> String {
    let title = quoted(&row.title, row.lang);
    let date = row.published.map(|date| date.to_string());
    let facts = [row.author.clone(), Some(title), row.source.clone(), date, row.url.clone()];
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn quoted(words: &str, lang: Option<Lang>) -> String {
    match lang {
        Some(Lang::En) => format!("“{words}”"),
        _ => format!("«\u{a0}{words}\u{a0}»"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::article;

    #[test]
    fn a_citation_says_who_said_it_where() {
        let opened = article("[Non]{Mme Roy}, dit-elle.");
        let text = of_claim(&opened.claims[0], &opened.row);
        let id = &opened.claims[0].id;
        let article = &opened.row.id;
        assert_eq!(
            text,
            format!("«\u{a0}Non\u{a0}»\n— Mme Roy, in: «\u{a0}Un titre\u{a0}», Le Journal, 2025-01 [{id}]")
        );
        assert_eq!(of_article(&opened.row), format!("«\u{a0}Un titre\u{a0}», Le Journal, 2025-01 [{article}]"));
    }
}
