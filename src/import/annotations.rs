//! Annotation files: claims about articles, exchanged as W3C Web Annotations.
//!
//! The format is the Web Annotation Data Model (<https://www.w3.org/TR/annotation-model/>) in JSON-LD: a collection
//! with its page embedded, an array of annotations, or one annotation a line. A claim is an annotation with a body
//! of type `schema:Claim`, whose `schema:author` is the speaker; its targets are its words, several where they don't
//! stand together. What the model has no word for stands under `dixit:`. The annotator is the `creator`.
//!
//! A file is hostile until it is understood: whatever is wrong is an error that names the annotation by its number
//! and the field, and then nothing of the file is taken over. Positions are code points, and are trusted only as far
//! as they agree with the quoted words.

mod node;
mod place;

use std::collections::{HashMap, HashSet};
use std::io::Read;

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::node::Node;
use self::place::Texts;
use super::{Imported, Origin, read_whole};
use crate::error::{Error, Result};
use crate::model::event::{Attribution, NewClaim, Tag};
use crate::model::id::text_sha256;
use crate::model::{Act, ArticleId, ClaimId, Deed, Form, Polarity, SpeakerKind, Status, Subject};

/// The context that every annotation file names.
const CONTEXT: &[u8] = b"//www.w3.org/ns/anno.jsonld";
/// Code points that a name or a role has at most.
const NAME: usize = 300;

/// Finds the article that an annotation speaks of by the IRI of its source, and gives its id and canonical text.
pub type Lookup<'a> = dyn Fn(&str) -> Option<(ArticleId, String)> + 'a;

/// An annotation file, read but not yet placed in the articles it speaks of.
#[derive(Clone, Debug)]
pub struct Annotations {
    origin: String,
    bytes: Vec<u8>,
}

impl Annotations {
    /// Places the annotations in their articles; see [`read`].
    pub fn acts(&self, lookup: &Lookup) -> Result<Vec<Act>> {
        acts(&self.bytes, lookup).map_err(|why| Error::Annotations { origin: self.origin.clone(), why })
    }
}

/// The IRI by which annotations speak of the article with this canonical text.
pub fn iri_of(text: &str) -> String {
    format!("urn:sha256:{}", text_sha256(text))
}

/// Whether the first bytes of a file are those of an annotation file.
pub(super) fn recognises(head: &[u8]) -> bool {
    let start = unmarked(head).trim_ascii_start();
    (start.starts_with(b"{") || start.starts_with(b"[")) && memchr::memmem::find(start, CONTEXT).is_some()
}

/// Hands an annotation file over, unplaced.
pub(super) fn hand_over(
    origin: &Origin,
    reader: &mut dyn Read,
    each: &mut dyn FnMut(Imported) -> Result<()>,
) -> Result<()> {
    let bytes = read_whole(origin, reader)?;
    each(Imported::Annotations(Annotations { origin: origin.named().display().to_string(), bytes }))
}

/// Reads an annotation file and places its claims, as acts of their annotators.
///
/// A collection is one act, named by its own UUID, or one for each annotator if there are several; annotations outside
/// of a collection make up one together. `origin` names the file in errors. An error names the annotation, counted
/// from 1, and its field.
pub fn read(reader: impl Read, origin: &str, lookup: &Lookup) -> Result<Vec<Act>> {
    let mut bytes = Vec::new();
    let limit = super::MOST_BYTES as u64;
    let read = reader.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|source| Error::File { doing: "read", path: origin.into(), source })?;
    if bytes.len() as u64 > limit {
        return Err(Error::Annotations { origin: origin.to_owned(), why: super::too_large() });
    }
    Annotations { origin: origin.to_owned(), bytes }.acts(lookup)
}

fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn acts(bytes: &[u8], lookup: &Lookup) -> Result<Vec<Act>, String> {
    let values = serde_json::Deserializer::from_slice(unmarked(bytes)).into_iter::<Value>();
    let values = values.collect::<Result<Vec<_>, _>>().map_err(|error| format!("it is not JSON: {error}"))?;
    let mut file = File::default();
    for value in &values {
        file.gather(&Node::root(value, "the file".into()))?;
    }
    if file.collections.iter().all(|collection| collection.items.is_empty()) {
        return Err("it holds no annotations".into());
    }
    let items = file.collections.iter().flat_map(|collection| collection.items.iter().cloned());
    let sources = place::sources(items, lookup)?;
    let texts = Texts::new(&sources);
    let mut seen = HashSet::new();
    let mut acts = Vec::new();
    for collection in &file.collections {
        collection.acts(&texts, &mut seen, &mut acts)?;
    }
    Ok(acts)
}

/// The collections of a file; the last one may be of annotations that stand by themselves.
#[derive(Default)]
struct File<'a> {
    collections: Vec<Collection<'a>>,
    loose: Option<usize>,
    annotations: usize,
}

#[derive(Default)]
struct Collection<'a> {
    id: Option<&'a str>,
    creator: Option<String>,
    created: Option<Timestamp>,
    items: Vec<Node<'a>>,
}

impl<'a> File<'a> {
    fn gather(&mut self, node: &Node<'a>) -> Result<(), String> {
        for node in node.each() {
            if node.is_a("AnnotationCollection") {
                let id = node.get("id").map(|id| id.text()).transpose()?;
                let (creator, created) = (creator(&node)?, created(&node)?);
                self.collections.push(Collection { id, creator, created, items: Vec::new() });
                let here = self.collections.len() - 1;
                self.gather_items(&node, here)?;
                let mut page = node.get("first");
                while let Some(this) = page {
                    if !this.is_object() {
                        return Err(this.wrong("must be a page within the file"));
                    }
                    self.gather_items(&this, here)?;
                    page = this.get("next");
                }
            } else if node.is_a("AnnotationPage") {
                let here = self.loose();
                self.gather_items(&node, here)?;
            } else {
                let here = self.loose();
                self.take(&node, here)?;
            }
        }
        Ok(())
    }

    fn gather_items(&mut self, node: &Node<'a>, here: usize) -> Result<(), String> {
        node.all("items").iter().try_for_each(|item| self.take(item, here))
    }

    fn take(&mut self, node: &Node<'a>, here: usize) -> Result<(), String> {
        self.annotations += 1;
        let node = node.renamed(format!("annotation {}", self.annotations));
        if !node.is_a("Annotation") {
            return Err(node.wrong("is not an object of type Annotation"));
        }
        self.collections[here].items.push(node);
        Ok(())
    }

    /// The collection of what stands by itself.
    fn loose(&mut self) -> usize {
        *self.loose.get_or_insert_with(|| {
            self.collections.push(Collection::default());
            self.collections.len() - 1
        })
    }
}

impl Collection<'_> {
    fn acts(&self, texts: &Texts, seen: &mut HashSet<ClaimId>, acts: &mut Vec<Act>) -> Result<(), String> {
        let mut by_annotator: Vec<(String, Option<Timestamp>, Vec<Deed>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut names = Sha256::new();
        for node in &self.items {
            let annotator =
                creator(node)?.or_else(|| self.creator.clone()).ok_or_else(|| node.wrong("has no `creator`"))?;
            let made = created(node)?;
            let (claim, tags) = claim(node, texts)?;
            if !seen.insert(claim.id.clone()) {
                return Err(node.wrong("has the `id` of an earlier one"));
            }
            names.update(claim.id.as_str());
            let subject = Subject::Claim(claim.id.clone());
            let at = *places.entry(annotator.clone()).or_insert(by_annotator.len());
            if at == by_annotator.len() {
                by_annotator.push((annotator, None, Vec::new()));
            }
            let (_, time, deeds) = &mut by_annotator[at];
            *time = (*time).max(made);
            deeds.push(Deed::Claim(Box::new(claim)));
            if !tags.is_empty() {
                deeds.push(Deed::Tag { subjects: vec![subject], add: tags, remove: Vec::new() });
            }
        }
        let group = self.id.map_or_else(|| uuid_of(&names.finalize()), group);
        for (i, (annotator, time, deeds)) in by_annotator.into_iter().enumerate() {
            let time = self
                .created
                .or(time)
                .ok_or_else(|| format!("nothing says when {annotator} made the annotations: `created` is missing"))?;
            let group = if i == 0 {
                group
            } else {
                uuid_of(&Sha256::digest([group.as_bytes(), annotator.as_bytes()].concat()))
            };
            acts.push(Act { group, annotator, time, deeds });
        }
        Ok(())
    }
}

/// The UUID that an IRI names, or one that it always leads to.
fn group(iri: &str) -> Uuid {
    let named = iri.strip_prefix("urn:uuid:").and_then(|uuid| uuid.parse().ok());
    named.unwrap_or_else(|| uuid_of(&Sha256::digest(iri)))
}

fn uuid_of(digest: &[u8]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, from)| *byte = *from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The id of the claim whose annotation is called `iri`, the same in every store.
fn claim_id(iri: &str) -> ClaimId {
    let uuid = iri.strip_prefix("urn:uuid:").and_then(|uuid| uuid.parse::<Uuid>().ok());
    let derived = uuid.map_or_else(|| ClaimId::derive(&[iri.as_bytes()]), |uuid| ClaimId::derive(&[uuid.as_bytes()]));
    let own = iri.strip_prefix("urn:dixit:claim:").and_then(ClaimId::parse);
    own.filter(|id| id.as_str().len() == derived.as_str().len()).unwrap_or(derived)
}

fn creator(node: &Node) -> Result<Option<String>, String> {
    let Some(creator) = node.all("creator").into_iter().next() else { return Ok(None) };
    let named = creator.is_object().then(|| creator.get("nickname").or_else(|| creator.get("name"))).flatten();
    let name = match named {
        Some(name) => name.words(NAME)?,
        None => creator.iri()?.trim_start_matches("mailto:").trim_start_matches("acct:"),
    };
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(creator.wrong("is no name"));
    }
    Ok(Some(name.to_owned()))
}

fn created(node: &Node) -> Result<Option<Timestamp>, String> {
    let Some(time) = node.get("created").or_else(|| node.get("generated")) else { return Ok(None) };
    time.text()?.parse().map(Some).map_err(|_| time.wrong("is no time of the form 2025-01-31T09:00:00Z"))
}

/// The claim that an annotation makes, and its tags.
fn claim(node: &Node, texts: &Texts) -> Result<(NewClaim, Vec<Tag>), String> {
    let id = node.need("id")?;
    let bodies = node.all("body");
    let is_claim = |body: &&Node| {
        ["schema:Claim", "http://schema.org/Claim", "https://schema.org/Claim"].iter().any(|name| body.is_a(name))
    };
    let body = bodies.iter().find(is_claim).ok_or_else(|| node.wrong("has no body of type schema:Claim"))?;
    let quoted = body.is_a("schema:Quotation");
    let by_software = node.all("creator").iter().any(|creator| creator.is_a("Software"));
    let nested_in = node.get("dixit:nestedIn").map(|outer| outer.iri().map(claim_id)).transpose()?;
    let id = claim_id(id.text()?);
    if nested_in.as_ref() == Some(&id) {
        return Err(node.wrong("stands within itself: `dixit:nestedIn` is its own `id`"));
    }
    let spans = texts.spans(node)?;
    let claim = NewClaim {
        id,
        form: word(node, "dixit:form", Form::ALL, Form::word)?.unwrap_or(if quoted {
            Form::Direct
        } else {
            Form::Indirect
        }),
        polarity: word(node, "dixit:polarity", Polarity::ALL, Polarity::word)?.unwrap_or(Polarity::Positive),
        status: word(node, "dixit:status", Status::ALL, Status::word)?.unwrap_or(if by_software {
            Status::Suggested
        } else {
            Status::Accepted
        }),
        speaker: body.get("schema:author").map(|author| speaker(&author)).transpose()?,
        article: spans.article,
        text_sha256: spans.text_sha256,
        parts: spans.parts,
        cue: spans.cue,
        mention: spans.mention,
        nested_in,
    };
    let tagging =
        bodies.iter().filter(|body| body.all("purpose").iter().any(|purpose| purpose.text() == Ok("tagging")));
    let tag = |body: &Node| {
        let value = body.need("value")?;
        Tag::new(value.text()?).map_err(|why| value.wrong(format!("is no tag: {why}")))
    };
    Ok((claim, tagging.map(tag).collect::<Result<_, _>>()?))
}

/// The value that stands under `key`, in one of our vocabularies.
fn word<T: Copy>(node: &Node, key: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<Option<T>, String> {
    let Some(node) = node.get(key) else { return Ok(None) };
    let text = node.text()?;
    let found = all.iter().copied().find(|value| word(*value) == text);
    found.map(Some).ok_or_else(|| {
        node.wrong(format!("is none of {}", all.iter().map(|value| word(*value)).collect::<Vec<_>>().join(", ")))
    })
}

fn speaker(author: &Node) -> Result<Attribution, String> {
    if !author.is_object() {
        return Err(author.wrong("must be an object with a `name`"));
    }
    let told = if author.is_a("Person") || author.is_a("schema:Person") {
        SpeakerKind::Person
    } else if author.is_a("Organization") || author.is_a("schema:Organization") {
        SpeakerKind::Organisation
    } else if author.is_a("schema:CreativeWork") {
        SpeakerKind::Document
    } else {
        SpeakerKind::Unknown
    };
    let kind = word(author, "dixit:kind", SpeakerKind::ALL, SpeakerKind::word)?.unwrap_or(told);
    let named = author.get("dixit:named").map(|named| named.flag()).transpose()?;
    let owned = |node: Node| node.words(NAME).map(str::to_owned);
    Ok(Attribution {
        name: author.need("name").and_then(owned)?,
        kind,
        named: named.unwrap_or(matches!(kind, SpeakerKind::Person | SpeakerKind::Organisation)),
        role: author.get("schema:jobTitle").map(owned).transpose()?,
        aliases: author.all("schema:alternateName").into_iter().map(owned).collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests;
