//! What must hold for any bytes; the fuzz target includes this file too.

use dixit::extract::{Rules, extract};
use dixit::import::{Imported, Origin, import};
use dixit::model::Article;

/// Imports bytes, if they are a text, and finds their claims.
pub fn check(bytes: &[u8]) {
    let mut articles: Vec<Article> = Vec::new();
    let read = import(&Origin::INPUT, bytes, &mut |item| {
        if let Imported::Article(import) = item {
            articles.push(import.article);
        }
        Ok(())
    });
    // What is no text is refused.
    drop(read);
    for article in &articles {
        sound(article);
    }
}

/// Every range is words of the text, the parts of a claim stand in order, and a second look finds the same.
fn sound(article: &Article) {
    let found = extract(article, Rules::built_in());
    for one in &found {
        let claim = &one.claim;
        assert!(!claim.parts.is_empty(), "a claim without words: {one:?}");
        assert!(claim.parts.windows(2).all(|pair| pair[0].end <= pair[1].start), "parts out of order: {one:?}");
        for range in claim.parts.iter().chain(&claim.cue).chain(&claim.mention) {
            let words = article.text.get(range.start..range.end);
            assert!(words.is_some_and(|words| !words.is_empty()), "no words at {range:?}: {one:?}");
        }
    }
    assert_eq!(found, extract(article, Rules::built_in()), "another look found something else");
}
