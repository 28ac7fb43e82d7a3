//! Files packed with gzip, read as a stream: what counts is what is in them.
//!
//! Nothing is unpacked beyond the limit of one article, so that a file of a few kilobytes that holds gigabytes of zeros
//! costs no more than any other file that is too large.

use std::io::{BufReader, Read};

use flate2::bufread::MultiGzDecoder;

/// Containers that may lie within each other; nobody packs more, but to do harm.
pub(super) const MOST_NESTED: usize = 2;

/// Whether the first bytes of a file are those of gzip.
pub(super) fn recognises(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b\x08")
}

/// What is packed in `reader`, all its members one after the other.
pub(super) fn unpacked(reader: impl Read) -> impl Read {
    MultiGzDecoder::new(BufReader::new(reader))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write as _;

    use crate::import::{Imported, MOST_BYTES, Origin, import};

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// The text of the one article, or the error.
    fn told(bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut each = |imported| {
            if let Imported::Article(import) = imported {
                text.push_str(&import.article.text);
            }
            Ok(())
        };
        let outcome = import(&Origin::INPUT, bytes, &mut each);
        outcome.err().map_or(text, |error| error.to_string())
    }

    #[test]
    fn what_is_packed_is_read_like_what_is_not() {
        assert_eq!(told(&packed("Un texte d’été.".as_bytes())), "Un texte d’été.");
        assert_eq!(told(&packed(b"<!DOCTYPE html><p>Un &eacute;t&eacute;.")), "Un été.");
        assert_eq!(told(&[packed(b"Un "), packed(b"texte.")].concat()), "Un texte.");
    }

    #[test]
    fn containers_nest_up_to_the_limit() {
        let twice = packed(&packed(b"Un texte."));
        assert_eq!(told(&twice), "Un texte.");
        assert_eq!(told(&packed(&twice)), "can't import standard input: it is packed more than 2 times");
    }

    #[test]
    fn a_bomb_stops_at_the_limit_of_an_article() {
        let fits = packed(&vec![b'a'; 1 << 20]);
        assert_eq!(told(&fits).len(), 1 << 20);
        assert_eq!(told(&packed(&vec![b'a'; MOST_BYTES + 1])), "can't import standard input: it is larger than 32 MiB");
    }

    #[test]
    fn broken_files_say_so() {
        let whole = packed("Un texte.".repeat(1000).as_bytes());
        assert!(told(&whole[..whole.len() / 2]).starts_with("can't read standard input: "));
        assert!(told(b"\x1f\x8b\x08rubbish rubbish").starts_with("can't read standard input: "));
        assert_eq!(told(&packed(b"%PDF-1.7")), "can't import standard input: it is a PDF document, not plain text");
    }
}
