//! The objects of JSON that scripts rely on, key by key, on the command line and on the clipboard.
//!
//! Every key is always there, `null` where there is nothing. Offsets count code points of the canonical text. Keys may
//! be added; none changes its meaning.

use jiff::Timestamp;
use serde::Serialize;

use crate::model::listing::{Opened, Row, SpeakerRow};
use crate::model::{Annotation, ByteRange, Relation, Tag};
use crate::text::codepoints::CodePoints;

/// An article, but for its text.
#[derive(Serialize)]
pub struct Article<'a> {
    id: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    author: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<String>,
    lang: Option<&'static str>,
    words: u32,
    claims: u32,
    tags: &'a [Tag],
    read: bool,
    imported: Timestamp,
}

impl<'a> Article<'a> {
    /// The object of a row.
    pub fn new(row: &'a Row) -> Self {
        Self {
            id: row.id.as_str(),
            title: &row.title,
            source: row.source.as_deref(),
            author: row.author.as_deref(),
            url: row.url.as_deref(),
            published: row.published.map(|date| date.to_string()),
            lang: row.lang.map(crate::model::Lang::code),
            words: row.words,
            claims: row.claims,
            tags: &row.tags,
            read: row.read,
            imported: row.imported,
        }
    }
}

/// An article with its text and blocks.
#[derive(Serialize)]
pub struct Show<'a> {
    #[serde(flatten)]
    article: Article<'a>,
    text: &'a str,
    blocks: Vec<Block>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Block {
    kind: crate::model::BlockKind,
    start: usize,
    end: usize,
}

impl<'a> Show<'a> {
    /// The object of an article that is open.
    pub fn new(opened: &'a Opened) -> Self {
        let points = CodePoints::new(&opened.article.text);
        let blocks = opened.article.blocks.iter().map(|block| {
            let Span { start, end } = Span::new(block.range, &points);
            Block { kind: block.kind, start, end }
        });
        Self {
            article: Article::new(&opened.row),
            text: &opened.article.text,
            blocks: blocks.collect(),
            note: opened.note.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn new(range: ByteRange, points: &CodePoints<'_>) -> Self {
        Self { start: points.of_byte(range.start), end: points.of_byte(range.end) }
    }
}

#[derive(Serialize)]
struct Part<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// A claim.
#[derive(Serialize)]
pub struct Claim<'a> {
    id: &'a str,
    article: &'a str,
    file: Option<&'a str>,
    form: &'static str,
    quote: &'a str,
    parts: Vec<Part<'a>>,
    speaker: Option<&'a str>,
    speaker_kind: Option<&'static str>,
    mention: Option<&'a str>,
    cue: Option<&'a str>,
    status: &'static str,
    annotator: &'a str,
    confidence: Option<f32>,
    rule: Option<&'a str>,
    nested_in: Option<&'a str>,
    same_as: Vec<&'a str>,
    tags: &'a [Tag],
    cue_at: Option<Span>,
    mention_at: Option<Span>,
    polarity: &'static str,
    anchor: &'static str,
    revision: u32,
    reviewer: Option<&'a str>,
    amended: bool,
    note: Option<&'a str>,
    related: Vec<Related<'a>>,
}

/// What a claim is to another, by hand; `passive`: what the other is to this one.
#[derive(Serialize)]
struct Related<'a> {
    relation: &'static str,
    passive: bool,
    claim: &'a str,
    article: &'a str,
}

impl<'a> Claim<'a> {
    /// A claim of the article with this text, which `points` were made from, and the file it came from.
    pub fn new(annotation: &'a Annotation, text: &'a str, file: Option<&'a str>, points: &CodePoints<'_>) -> Self {
        let claim = &annotation.claim;
        let part = |range: &ByteRange| {
            let Span { start, end } = Span::new(*range, points);
            Part { start, end, text: range.of(text) }
        };
        Self {
            id: annotation.id.as_str(),
            article: annotation.article.as_str(),
            file,
            form: claim.form.word(),
            quote: &annotation.quote,
            parts: claim.parts.iter().map(part).collect(),
            speaker: claim.speaker.as_ref().map(|speaker| speaker.name.as_str()),
            speaker_kind: claim.speaker.as_ref().map(|speaker| speaker.kind.word()),
            mention: claim.mention.map(|range| range.of(text)),
            cue: claim.cue.map(|range| range.of(text)),
            status: annotation.status.word(),
            annotator: &annotation.annotator,
            confidence: annotation.confidence,
            rule: annotation.rule.as_deref(),
            nested_in: annotation.nested_in.as_ref().map(crate::model::ClaimId::as_str),
            same_as: same_as(annotation),
            tags: &annotation.tags,
            cue_at: claim.cue.map(|range| Span::new(range, points)),
            mention_at: claim.mention.map(|range| Span::new(range, points)),
            polarity: claim.polarity.word(),
            anchor: annotation.anchor.word(),
            revision: annotation.revision,
            reviewer: annotation.by_hand.reviewer.as_deref(),
            amended: annotation.by_hand.amended,
            note: annotation.by_hand.note.as_deref(),
            related: annotation.by_hand.related.iter().map(Related::new).collect(),
        }
    }
}

/// Where the same is told, by the words or by hand.
fn same_as(annotation: &Annotation) -> Vec<&str> {
    let by_hand = annotation.by_hand.related.iter().filter(|one| one.relation == Relation::Same);
    annotation.same_as.iter().chain(by_hand.map(|one| &one.other)).map(|twin| twin.claim.as_str()).collect()
}

impl<'a> Related<'a> {
    fn new(one: &'a crate::model::Related) -> Self {
        Self {
            relation: one.relation.word(),
            passive: one.passive,
            claim: one.other.claim.as_str(),
            article: one.other.article.as_str(),
        }
    }
}

/// Who is quoted, and how often.
#[derive(Serialize)]
pub struct Speaker<'a> {
    name: &'a str,
    kind: &'static str,
    role: Option<&'a str>,
    aliases: &'a [String],
    claims: u32,
    articles: u32,
}

impl<'a> Speaker<'a> {
    /// The object of a row.
    pub fn new(row: &'a SpeakerRow) -> Self {
        let speaker = &row.speaker;
        Self {
            name: &speaker.name,
            kind: speaker.kind.word(),
            role: speaker.role.as_deref(),
            aliases: &speaker.aliases,
            claims: row.claims,
            articles: row.articles,
        }
    }
}
