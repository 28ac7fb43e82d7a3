//! Which articles a command means: those of some ids, or those of a query.

use crate::error::{Error, Result};
use crate::model::listing::Row;
use crate::model::{ArticleId, ClaimId};
use crate::query::Query;
use crate::store::Store;

/// The query that the words of a command line make together.
pub(super) fn query(words: &[String]) -> Result<Query> {
    Query::parse(&words.join(" "))
}

/// The article that `word` names.
pub(super) fn article(store: &Store, word: &str) -> Result<ArticleId> {
    match ArticleId::parse(word) {
        Some(prefix) => store.find_article(&prefix),
        None => Err(Error::NoSuch { what: "article", id: word.into() }),
    }
}

/// The articles that ids or a query choose, in the order of the ids or of the list.
pub(super) fn articles(store: &Store, words: &[String]) -> Result<Vec<Row>> {
    if let Some(claim) = words.iter().find(|word| ClaimId::parse(word).is_some()) {
        let why = format!("{claim} is a claim; this takes articles");
        return Err(Error::Usage { why, hint: Some("`dixit list` shows the articles with their ids".into()) });
    }
    let prefixes: Vec<ArticleId> = words.iter().filter_map(|word| ArticleId::parse(word)).collect();
    if prefixes.is_empty() {
        return store.list(&query(words)?);
    }
    if prefixes.len() < words.len() {
        let hint = Some("give the one or the other".into());
        return Err(Error::Usage { why: "these are ids and a query at once".into(), hint });
    }
    let mut ids: Vec<ArticleId> = Vec::new();
    for prefix in &prefixes {
        let id = store.find_article(prefix)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    store.rows(&ids)
}
