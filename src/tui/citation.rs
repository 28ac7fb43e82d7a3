//! What is copied: a quotation that can be cited, with everything needed to find it again, or the same in another form.

use crate::export::json;
use crate::model::listing::{Opened, Row};
use crate::model::{Annotation, Form, Lang};
use crate::text::codepoints::CodePoints;

/// The forms in which a claim or an article is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A quotation with its reference.
    Citation,
    /// The same in Markdown.
    Markdown,
    /// The object of `--json`.
    Json,
    /// The address of the article.
    Url,
    /// The id.
    Id,
}

/// A claim in a form; `None` where the article has no address to copy.
pub fn claim_as(shape: Shape, claim: &Annotation, opened: &Opened) -> Option<String> {
    let text = &opened.article.text;
    match shape {
        Shape::Citation => Some(of_claim(claim, &opened.row)),
        Shape::Markdown => Some(markdown_of_claim(claim, &opened.row)),
        Shape::Json => {
            let object = json::Claim::new(claim, text, opened.file.as_deref(), &CodePoints::new(text));
            serde_json::to_string(&object).ok()
        }
        Shape::Url => opened.row.url.clone(),
        Shape::Id => Some(claim.id.to_string()),
    }
}

/// An article in a form; `None` where it has no address to copy.
pub fn article_as(shape: Shape, row: &Row) -> Option<String> {
    match shape {
        Shape::Citation => Some(of_article(row)),
        Shape::Markdown => Some(markdown_reference(row)),
        Shape::Json => serde_json::to_string(&json::Article::new(row)).ok(),
        Shape::Url => row.url.clone(),
        Shape::Id => Some(row.id.to_string()),
    }
}

/// A claim as a citation: its words, who made it, where it stands, and its whole id, which stays true.
///
/// Words that the article reports without quoting are said to be reported, since they are the article's.
pub(super) fn of_claim(claim: &Annotation, row: &Row) -> String {
    format!("{}\n— {}, in: {} [{}]", quoted(&claim.quote, row.lang), attribution(claim), reference(row), claim.id)
}

/// Who made a claim, and whether the words are theirs.
fn attribution(claim: &Annotation) -> String {
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
    who + reported
}

/// A claim as a block quote of Markdown, its title linked to where it was published.
fn markdown_of_claim(claim: &Annotation, row: &Row) -> String {
    let words = claim.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("> {}\n>\n> — {}, in: {}\n", escaped(&words), escaped(&attribution(claim)), markdown_reference(row))
}

fn markdown_reference(row: &Row) -> String {
    let title = escaped(&row.title);
    let title = match &row.url {
        // An address within < > may hold anything but these two and line ends.
        Some(url) if !url.contains(['<', '>', '\n', '\r']) => format!("[*{title}*](<{url}>)"),
        _ => format!("*{title}*"),
    };
    let date = row.published.map(|date| date.to_string());
    let facts = [row.author.as_deref().map(escaped), Some(title), row.source.as_deref().map(escaped), date];
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Words in which Markdown sees no signs of its own (`CommonMark` 0.31, 2.4).
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// An article as a reference: source, title, date, address, id.
fn of_article(row: &Row) -> String {
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

    #[test]
    fn markdown_keeps_the_words_signs_as_words() {
        let mut opened = article("[Non, *jamais* <b>]{Mme Roy}, dit-elle.");
        let claim = opened.claims[0].clone();
        let markdown = |opened: &Opened| claim_as(Shape::Markdown, &claim, opened).expect("markdown");
        let quote = "> Non, \\*jamais\\* \\<b\\>\n>\n> — Mme Roy, in: ";
        assert_eq!(markdown(&opened), format!("{quote}*Un titre*, Le Journal, 2025-01\n"));
        opened.row.url = Some("https://a.fr/b(c)".to_owned());
        assert_eq!(markdown(&opened), format!("{quote}[*Un titre*](<https://a.fr/b(c)>), Le Journal, 2025-01\n"));
    }

    #[test]
    fn the_other_forms_are_what_scripts_take() {
        let opened = article("[Non]{Mme Roy}, dit-elle.");
        let claim = &opened.claims[0];
        let json = claim_as(Shape::Json, claim, &opened).expect("json");
        assert!(json.starts_with("{\"id\":") && json.contains("\"quote\":\"Non\"") && !json.contains('\n'), "{json}");
        assert_eq!(claim_as(Shape::Id, claim, &opened), Some(claim.id.to_string()));
        assert_eq!(claim_as(Shape::Url, claim, &opened), None);
        assert_eq!(article_as(Shape::Id, &opened.row), Some(opened.row.id.to_string()));
    }
}
