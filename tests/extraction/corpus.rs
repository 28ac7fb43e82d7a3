//! What the rules find in articles that nobody marked: a line a claim, so that a change of rules shows what it changes.

use std::fmt::Write as _;
use std::path::PathBuf;

use dixit::extract::{Rules, extract};
use dixit::model::{Article, Found};

use super::file;
use super::score::article;

/// How much of a claim's words a line shows, in characters.
const SHOWN: usize = 72;

/// The texts of a folder, in the order of their names.
pub fn texts(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(file(folder)).expect(folder);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
}

/// Form, rule, speaker, and the beginning and the end of the words.
fn line(found: &Found, article: &Article) -> String {
    let quote = found.claim.parts.iter().map(|part| part.of(&article.text)).collect::<Vec<_>>().join(" […] ");
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let speaker = found.claim.speaker.as_ref().map_or("?", |speaker| &speaker.name);
    let (form, rule) = (format!("{:?}", found.claim.form).to_lowercase(), &found.rule);
    let depth = if found.nested_in.is_some() { "· " } else { "" };
    let length = quote.chars().count();
    let quote = if length > SHOWN {
        let tail: String = quote.chars().skip(length - SHOWN / 3).collect();
        format!("{}…{tail}", quote.chars().take(SHOWN - SHOWN / 3 - 1).collect::<String>())
    } else {
        quote
    };
    format!("{form:<8} {rule:<13} {depth}{speaker}: {quote}")
}

#[test]
fn claims_of_the_corpus() {
    let mut text = String::new();
    for path in texts("tests/corpus") {
        let article = article(&path);
        let _ = writeln!(text, "{}", path.file_name().expect("a name").to_string_lossy());
        for found in extract(&article, Rules::built_in()) {
            let _ = writeln!(text, "  {}", line(&found, &article));
        }
    }
    insta::assert_snapshot!(text);
}
