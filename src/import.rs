//! Import: bytes in, articles and annotations out.
//!
//! What a file holds is told by its content, never by its name. An article comes out as the canonical
//! text that every later range counts in, with its blocks and metadata, together with the bytes as they
//! came; an annotation file comes out unplaced, since only the store knows the articles it speaks of.
//! Reading is a stream: whatever a file holds is handed over one by one, and a refusal says exactly what
//! the file is instead. Nothing in here opens a connection, writes a file, or knows the store.

pub mod annotations;
mod blocks;
mod dates;
mod decode;
mod draft;
mod feed;
mod furniture;
mod gzip;
mod header;
mod html;
mod json;
mod lang;
mod markdown;
mod names;
mod plain;
mod post;
pub mod seeds;
mod title;
mod units;
mod walk;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use annotations::Annotations;
pub use furniture::Furniture;
pub use walk::{Walk, walk};

use crate::error::{Error, Result};
use crate::model::article::{Article, Identity, Import};

/// Bytes that one article or annotation file may have.
pub const MOST_BYTES: usize = 32 << 20;
/// Code points that an article's decoded text may have.
pub const MOST_POINTS: usize = 8_000_000;
/// Code points that a title may have; a longer first line is text.
pub const MOST_TITLE: usize = 1_000;

/// First bytes of a file by which its format is told.
const HEAD: usize = 4096;

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file; an article without an address is known by its absolute path.
    File(PathBuf),
    /// Something without a lasting name, such as standard input: the label is for messages only.
    Stream(&'static str),
}

impl Origin {
    /// Standard input.
    pub const INPUT: Self = Self::Stream("standard input");

    /// The name under which messages speak of it.
    fn named(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Stream(label) => PathBuf::from(label),
        }
    }

    /// What an article from here is known by, where it has no address of its own.
    fn identity(&self) -> Option<Identity> {
        let Self::File(path) = self else { return None };
        let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
        let mut name = String::new();
        // Two names that differ in bytes outside UTF-8 must stay two.
        for chunk in whole.as_os_str().as_encoded_bytes().utf8_chunks() {
            name.push_str(chunk.valid());
            for byte in chunk.invalid() {
                let _ = write!(name, "\\x{byte:02x}");
            }
        }
        Some(Identity::Path(name))
    }

    /// The error for a file that is no article, `why` as in "it is empty".
    fn refuse(&self, why: impl Into<String>) -> Error {
        Error::NotAnArticle { path: self.named(), why: why.into() }
    }

    /// The error for a file that the system would not give.
    fn unreadable(&self, source: io::Error) -> Error {
        Error::File { doing: "read", path: self.named(), source }
    }
}

/// One thing that a file held.
#[derive(Debug)]
pub enum Imported {
    /// An article.
    Article(Box<Import>),
    /// Claims about articles, to be placed in their texts with [`Annotations::acts`].
    Annotations(Annotations),
}

type Reading = fn(&Origin, &mut dyn Read, &mut dyn FnMut(Imported) -> Result<()>) -> Result<()>;

/// A format of files: its name, how its first bytes tell it, and how it is read.
struct Format {
    name: &'static str,
    recognises: fn(&[u8]) -> bool,
    read: Reading,
}

/// The formats, in the order in which they are tried; the last one takes whatever is text.
const FORMATS: &[Format] = &[
    Format { name: "Web Annotation", recognises: annotations::recognises, read: annotations::hand_over },
    Format { name: "HTML", recognises: html::recognises, read: html::read },
    Format { name: "feed", recognises: feed::recognises, read: feed::read },
    Format { name: "JSON lines", recognises: json::recognises, read: json::read },
    Format { name: "Markdown", recognises: markdown::recognises, read: markdown::read },
    Format { name: "plain text", recognises: |_| true, read: plain::read },
];

/// Reads everything that `reader` holds and hands it to `each`, one by one.
///
/// Fails where the bytes can't be read or hold nothing that dixit knows, and with the first error of `each`.
pub fn import(origin: &Origin, mut reader: impl Read, each: &mut dyn FnMut(Imported) -> Result<()>) -> Result<()> {
    import_within(origin, &mut reader, 0, each)
}

/// Imports what `reader` holds, which was taken out of so many containers.
fn import_within(
    origin: &Origin,
    reader: &mut dyn Read,
    containers: usize,
    each: &mut dyn FnMut(Imported) -> Result<()>,
) -> Result<()> {
    let mut head = Vec::with_capacity(HEAD);
    Read::take(&mut *reader, HEAD as u64).read_to_end(&mut head).map_err(|e| origin.unreadable(e))?;
    if gzip::recognises(&head) {
        if containers == gzip::MOST_NESTED {
            return Err(origin.refuse(format!("it is packed more than {} times", gzip::MOST_NESTED)));
        }
        let mut unpacked = gzip::unpacked(head.as_slice().chain(reader));
        return import_within(origin, &mut unpacked, containers + 1, each);
    }
    let Some(format) = FORMATS.iter().find(|format| (format.recognises)(&head)) else {
        let known: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        return Err(origin.refuse(format!("it is none of {}", known.join(", "))));
    };
    (format.read)(origin, &mut head.as_slice().chain(reader), each)
}

/// Imports one file. What is no regular file (a pipe, a device, a folder) is refused without being opened,
/// so that nothing waits for a writer that never comes.
pub fn import_file(path: &Path, each: &mut dyn FnMut(Imported) -> Result<()>) -> Result<()> {
    let origin = Origin::File(path.to_owned());
    let about = fs::metadata(path).map_err(|e| origin.unreadable(e))?;
    if about.is_dir() {
        return Err(origin.refuse("it is a folder"));
    }
    if !about.is_file() {
        return Err(origin.refuse("it is a pipe or a device, not a file; `-` reads standard input"));
    }
    let file = File::open(path).map_err(|e| origin.unreadable(e))?;
    import(&origin, file, each)
}

/// Hands over an article that was all that a file held: known by its own address, else by where the file is.
fn hand_over(
    origin: &Origin,
    article: Article,
    raw: Vec<u8>,
    importer: &'static str,
    each: &mut dyn FnMut(Imported) -> Result<()>,
) -> Result<()> {
    let identity = address(&article).or_else(|| origin.identity());
    each(Imported::Article(Box::new(Import { article, identity, raw, importer, found: None })))
}

/// What an article is known by that tells its own address.
fn address(article: &Article) -> Option<Identity> {
    article.url.clone().filter(|url| header::names_an_article(url)).map(Identity::Url)
}

/// All bytes of a file that is one article or one set of annotations.
fn read_whole(origin: &Origin, reader: &mut dyn Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| origin.unreadable(e))?;
    if bytes.len() > MOST_BYTES {
        return Err(origin.refuse(too_large()));
    }
    Ok(bytes)
}

fn too_large() -> String {
    format!("it is larger than {} MiB", MOST_BYTES >> 20)
}
