//! Plain text to an article: units, header, furniture, title, blocks, in this order.

use std::io::Read;

use super::furniture::Furniture;
use super::units::{compose, units};
use super::{Imported, MOST_TITLE, Origin, blocks, decode, hand_over, header, lang, read_whole, title};
use crate::error::Result;
use crate::model::ByteRange;
use crate::model::article::Article;

/// The importer's name and version; it grows when the same bytes begin to give another text or other blocks.
const IMPORTER: &str = "text/1";

/// Reads one article; see [`super::import`].
pub(super) fn read(origin: &Origin, reader: &mut dyn Read, each: &mut dyn FnMut(Imported) -> Result<()>) -> Result<()> {
    let raw = read_whole(origin, reader)?;
    let text = decode::decode(&raw).map_err(|why| origin.refuse(why))?;
    let article = article(&text)?.ok_or_else(|| origin.refuse("it holds no text"))?;
    hand_over(origin, article, raw, IMPORTER, each)
}

/// The article in a decoded text; `None` where nothing is left of it.
pub(super) fn article(text: &str) -> Result<Option<Article>> {
    let units = units(text);
    let mut kept: Vec<Option<ByteRange>> = units.iter().copied().map(Some).collect();
    let header = header::read(text, &units, &mut kept);
    Furniture::built_in()?.cut(text, &units, &mut kept);

    let first = kept.iter().position(Option::is_some);
    let mut source = header.source;
    let alone = kept.iter().flatten().count() == 1;
    let titled = first.filter(|first| {
        let unit = kept[*first].map_or("", |unit| unit.of(text));
        !alone && (header.title == Some(*first) || title::is_title(unit))
    });
    if let Some(first) = titled
        && let Some(unit) = kept[first].as_mut()
        && let Some((words, name)) = title::split_source(unit.of(text))
    {
        unit.end = unit.start + words.len();
        source.get_or_insert_with(|| name.to_owned());
    }

    let (text, places) = compose(text, &units, &kept);
    let Some(first) = places.first() else { return Ok(None) };
    let title = if titled.is_some() { words_of(first.of(&text)) } else { title::made(first.of(&text)) };
    let blocks = blocks::classify(&text, &places, titled.is_some());
    Ok(Some(Article {
        title,
        source,
        author: header.author,
        url: header.url,
        published: header.published,
        lang: lang::detect(&text),
        blocks,
        text,
    }))
}

/// A title as metadata: in one line, and no longer than one may be.
pub(super) fn words_of(unit: &str) -> String {
    let mut title = String::with_capacity(unit.len());
    for word in unit.split('\n') {
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word.trim());
    }
    match title.char_indices().nth(MOST_TITLE) {
        Some((at, _)) => title[..at].to_owned(),
        None => title,
    }
}
