//! What a page says about itself where nobody sees it: JSON-LD, `OpenGraph` and other `<meta>`, `<time>`, links.
//!
//! A page says the same in several ways; the one made for machines comes first, then what readers see.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::scan::decode_entities;
use crate::import::draft::{self, Draft};
use crate::import::header::{is_address, names_an_article};
use crate::import::{dates, title};
use crate::model::{Lang, PartialDate};
use crate::text::fold::fold;

/// Code points that a source or an author has at most.
const LONGEST: usize = 300;
/// Objects of JSON-LD that are looked at.
const MOST_OBJECTS: usize = 1_000;

/// Names of `<meta>`, in the order in which they are trusted.
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"];
const SOURCES: &[&str] = &["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];
const AUTHORS: &[&str] = &["author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl"];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "dc.date",
    "dcterms.created",
    "dc.date.issued",
    "parsely-pub-date",
    "article:modified_time",
];
/// Where the date of the article stands for its readers.
const TIMES: &[&str] = &[
    "[itemprop=datePublished]",
    "time[pubdate]",
    "article time[datetime]",
    "main time[datetime]",
    "header time[datetime]",
];
const BYLINES: &[&str] = &["[itemprop=author] [itemprop=name]", "[itemprop=author]", "a[rel=author]"];

/// What `page` says about itself: a draft without blocks.
pub(super) fn read(page: &Document) -> Draft {
    let ld = linked_data(page);
    let named = meta_elements(page);
    let of = |names: &[&str]| {
        names.iter().find_map(|name| named.iter().find(|(known, _)| known == name)).map(|(_, value)| value.as_str())
    };
    let from_ld = |read: fn(&Value) -> Option<String>| ld.as_ref().and_then(read);

    let source = from_ld(|ld| name_of(ld.get("publisher")?)).or_else(|| short(of(SOURCES)?));
    let author = from_ld(|ld| name_of(ld.get("author")?))
        .or_else(|| of(AUTHORS).filter(|name| !is_address(name)).and_then(short))
        .or_else(|| BYLINES.iter().find_map(|place| seen(page, place)));
    let date = |text: &str| dates::date(text).map(|(date, _)| date);
    let published = from_ld(|ld| text_of(ld.get("datePublished")?))
        .and_then(|text| date(&text))
        .or_else(|| DATES.iter().find_map(|name| of(&[name]).and_then(date)))
        .or_else(|| TIMES.iter().find_map(|place| time(page, place)));
    let url = attribute(page, "link[rel=canonical]", "href")
        .or_else(|| of(&["og:url"]).map(str::to_owned))
        .or_else(|| from_ld(address))
        .filter(|url| is_address(url) && names_an_article(url));
    let lang = attribute(page, "html", "lang").or_else(|| of(&["og:locale"]).map(str::to_owned));
    let made = from_ld(|ld| text_of(ld.get("headline").or_else(|| ld.get("name"))?))
        .or_else(|| of(TITLES).map(str::to_owned))
        .or_else(|| seen(page, "head > title"));
    let (made, named) = made.map_or((None, None), |made| parted(&made));
    let source = source.or(named);
    let title = heading(page, made.as_deref(), source.as_deref()).or(made);
    let lang = lang.and_then(|code| language(&code));
    Draft { title, source, author, url, published, lang, blocks: Vec::new() }
}

/// A title without the name of the site behind it, and that name.
fn parted(made: &str) -> (Option<String>, Option<String>) {
    match title::split_source(made) {
        Some((words, name)) => (Some(words.to_owned()), Some(name.to_owned())),
        None => (Some(made.to_owned()).filter(|made| !made.is_empty()), None),
    }
}

/// The headline as the page shows it: its only `<h1>`, that of the site's own name aside, or the one that says what
/// the title for machines says.
fn heading(page: &Document, made: Option<&str>, source: Option<&str>) -> Option<String> {
    let folded = made.map(fold);
    let all: Vec<String> = page.select("h1").nodes().iter().filter_map(words_of).collect();
    let all: Vec<&String> = all.iter().filter(|h1| source.map(fold) != Some(fold(h1)) && h1.contains(' ')).collect();
    if let [one] = all.as_slice() {
        return Some((*one).clone());
    }
    let folded = folded?;
    all.into_iter().find(|h1| fold(h1) == folded).cloned()
}

/// The object of JSON-LD that is an article.
fn linked_data(page: &Document) -> Option<Value> {
    for script in page.select("script[type='application/ld+json']").nodes() {
        let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) else { continue };
        let mut waiting = vec![value];
        for _ in 0..MOST_OBJECTS {
            let Some(value) = waiting.pop() else { break };
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    let value = Value::Object(std::mem::take(&mut object));
                    if is_article(&value) {
                        return Some(value);
                    }
                    let Value::Object(mut object) = value else { continue };
                    waiting.extend(["mainEntity", "@graph"].iter().filter_map(|key| object.remove(*key)));
                }
                _ => {}
            }
        }
    }
    None
}

fn is_article(value: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report")
    };
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// The names that JSON-LD gives: a text, an object with a name, or several of them.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let names: Vec<String> = values.iter().take(20).filter_map(name_of).collect();
            short(&names.join(", "))
        }
        Value::Object(object) => object.get("name").filter(|name| !name.is_object()).and_then(name_of),
        value => text_of(value).filter(|name| !is_address(name)).and_then(|name| short(&name)),
    }
}

fn address(ld: &Value) -> Option<String> {
    let main = ld.get("mainEntityOfPage");
    let main = main.and_then(|main| main.get("@id").or(Some(main)));
    ld.get("url").into_iter().chain(main).find_map(text_of)
}

/// A text of JSON-LD, in one line; some sites write entities in it.
fn text_of(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let mut out = String::with_capacity(text.len());
    decode_entities(text, &mut out);
    one_line(&out)
}

/// The names and values of `<meta>`, names in lower case.
fn meta_elements(page: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in page.select("meta[content]").nodes() {
        let name = node.attr("property").or_else(|| node.attr("name")).or_else(|| node.attr("itemprop"));
        if let (Some(name), Some(value)) = (name, node.attr("content").and_then(|value| one_line(&value))) {
            found.push((name.trim().to_ascii_lowercase(), value));
        }
    }
    found
}

fn attribute(page: &Document, place: &str, name: &str) -> Option<String> {
    page.select(place).nodes().first()?.attr(name).map(|value| value.trim().to_owned())
}

fn seen(page: &Document, place: &str) -> Option<String> {
    page.select(place).nodes().first().and_then(words_of).and_then(|words| short(&words))
}

fn words_of(node: &NodeRef) -> Option<String> {
    one_line(&node.text())
}

fn time(page: &Document, place: &str) -> Option<PartialDate> {
    let selected = page.select(place);
    let node = selected.nodes().first()?;
    let machine = node.attr("datetime").or_else(|| node.attr("content"));
    let text = machine.map_or_else(|| node.text().to_string(), |machine| machine.to_string());
    dates::date(&text).map(|(date, _)| date)
}

fn language(code: &str) -> Option<Lang> {
    Lang::from_code(&code.get(..2)?.to_ascii_lowercase())
}

/// The words of `text` in one line, if there are any.
fn one_line(text: &str) -> Option<String> {
    Some(draft::one_line(text)).filter(|line| !line.is_empty())
}

fn short(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= LONGEST).then(|| text.to_owned())
}
