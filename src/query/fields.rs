//! The folded words of a row that queries read.

use crate::model::Row;
use crate::text::fold::fold;

/// The folded title, source, author, speakers and tags of a row; made once a row, read by every key press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Title, source and author (empty where the row has none), then speakers, then tags.
    texts: Vec<String>,
    speakers: usize,
}

impl Fields {
    const TITLE: usize = 0;
    const SOURCE: usize = 1;
    const AUTHOR: usize = 2;
    const SPEAKERS: usize = 3;

    /// The fields of `row`.
    pub fn of(row: &Row) -> Self {
        let fixed = [Some(row.title.as_str()), row.source.as_deref(), row.author.as_deref()];
        let fixed = fixed.into_iter().map(Option::unwrap_or_default);
        let speakers = row.speakers.iter().map(String::as_str);
        let tags = row.tags.iter().map(crate::model::Tag::as_str);
        Self { texts: fixed.chain(speakers).chain(tags).map(fold).collect(), speakers: row.speakers.len() }
    }

    /// All of them: title, source, author, speakers, tags. A source or author that the row doesn't have is empty.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// All but those who speak: title, source, author, tags.
    pub fn of_article(&self) -> impl Iterator<Item = &str> {
        self.texts[..Self::SPEAKERS].iter().chain(self.tags()).map(String::as_str)
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.texts[Self::TITLE]
    }

    /// The source, empty where there is none.
    pub fn source(&self) -> &str {
        &self.texts[Self::SOURCE]
    }

    /// The author, empty where there is none.
    pub fn author(&self) -> &str {
        &self.texts[Self::AUTHOR]
    }

    /// The speakers, in the row's order.
    pub fn speakers(&self) -> &[String] {
        &self.texts[Self::SPEAKERS..Self::SPEAKERS + self.speakers]
    }

    /// The tags, in the row's order.
    pub fn tags(&self) -> &[String] {
        &self.texts[Self::SPEAKERS + self.speakers..]
    }
}
