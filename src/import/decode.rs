//! From bytes to text: what is no text is refused by name, the rest decoded to UTF-8 with one newline form.
//!
//! A byte order mark decides, then valid UTF-8, then UTF-8 with a few broken bytes, then detection. Beyond
//! that nothing is changed: not normalised, no character stripped, so that what the paper printed stays.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::de::IgnoredAny;

use super::MOST_POINTS;

/// A signature: where in the file, the bytes, and what the file is.
type Signature = (usize, &'static [u8], &'static str);

/// What no text begins with.
const SIGNATURES: &[Signature] = &[
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"%!PS-", "a PostScript document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"PK\x03\x04", "a ZIP archive (or an office document or e-book, which are such)"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document of the old kind"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
];

/// What a text might begin with too, so that it tells only what a binary file is.
const BINARIES: &[Signature] = &[
    (0, b"GIF8", "a GIF image"),
    (0, b"II*", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (4, b"1AY&SY", "a bzip2 archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"OggS", "an Ogg recording"),
    (0, b"ID3", "an MP3 recording"),
    (8, b"WAVE", "a WAV recording"),
    (4, b"ftyp", "a film or a picture in an MP4 container"),
];

/// Words with which markup begins, in lower case, and what it is.
const MARKUP: &[(&str, &str)] =
    &[("<!doctype html", "an HTML page"), ("<html", "an HTML page"), ("<?xml", "an XML document"), ("<rss", "a feed")];

/// Bytes by which UTF-16 without a mark is told.
const WIDE: usize = 1024;
/// Percent of control characters from which bytes are no text.
const CONTROLS: usize = 5;

/// The text in `bytes`, with `\n` as its only newline, or what they are instead, as a clause that begins with "it".
pub fn decode(bytes: &[u8]) -> Result<String, Cow<'static, str>> {
    if bytes.is_empty() {
        return Err("it is empty".into());
    }
    if let Some(what) = told(bytes) {
        return Err(format!("it is {what}, not plain text").into());
    }
    decode_as(bytes, None)
}

/// The text in `bytes` that are known to be text of some format, which may declare its encoding. A mark at the
/// beginning decides before that, and so does valid UTF-8: what is saved anew keeps its old declaration.
pub(super) fn decode_as(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, Cow<'static, str>> {
    let marked = wide(bytes);
    let sixteen = marked.is_some_and(|(encoding, _)| encoding != UTF_8);
    if !sixteen && is_binary(bytes) {
        return Err(format!("it is {}, not plain text", signed(bytes, BINARIES).unwrap_or("a binary file")).into());
    }
    let text = match marked {
        Some((encoding, mark)) if sixteen => encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
        Some((_, mark)) => mostly_utf8(&bytes[mark..]),
        None => unmarked(bytes, declared),
    };
    let nuls = text.bytes().filter(|b| *b == 0).count();
    if sixteen && nuls * 100 > text.len() * CONTROLS {
        return Err("it is a binary file, not plain text".into());
    }
    let text = one_newline(text);
    if text.len() > MOST_POINTS && text.chars().count() > MOST_POINTS {
        return Err(format!("its text is longer than {MOST_POINTS} characters").into());
    }
    Ok(text)
}

/// The encoding that the first bytes tell, and the length of its mark: a byte order mark, or the zeros that UTF-16
/// has in every second place.
pub(super) fn wide(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return Some(marked);
    }
    let head = &bytes[..bytes.len().min(WIDE) & !1];
    memchr::memchr(0, head)?;
    let zeros = |odd: usize| head.chunks_exact(2).filter(|pair| pair[odd] == 0 && pair[1 - odd] != 0).count();
    let most = |odd: usize| head.len() >= 8 && zeros(odd) * 10 >= head.len() / 2 * 8 && zeros(1 - odd) == 0;
    match (most(1), most(0)) {
        (true, false) => Some((UTF_16LE, 0)),
        (false, true) => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// What the first bytes say the file is, if it is something known that isn't plain text.
fn told(bytes: &[u8]) -> Option<&'static str> {
    if let Some(what) = signed(bytes, SIGNATURES) {
        return Some(what);
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |word: &str| start.get(..word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()));
    if let Some((_, what)) = MARKUP.iter().find(|(word, _)| begins(word)) {
        return Some(what);
    }
    let json = match start.first() {
        Some(b'{') => {
            serde_json::Deserializer::from_slice(start).into_iter::<IgnoredAny>().next().is_some_and(|v| v.is_ok())
        }
        // A text may begin with `[1]`; an array is JSON only if nothing else follows.
        Some(b'[') => serde_json::from_slice::<IgnoredAny>(start).is_ok(),
        _ => false,
    };
    json.then_some("JSON of another kind than annotations")
}

/// What the file is by the first signature that fits.
fn signed(bytes: &[u8], signatures: &[Signature]) -> Option<&'static str> {
    let fits = |(at, signature, _): &&Signature| bytes.get(*at..).is_some_and(|b| b.starts_with(signature));
    signatures.iter().find(fits).map(|(_, _, what)| *what)
}

/// Whether bytes that are not UTF-16 hold too many controls to be text. A few are no reason to refuse an article:
/// they are kept, and neutralised where they are shown.
fn is_binary(bytes: &[u8]) -> bool {
    let odd = |b: &&u8| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    bytes.iter().filter(odd).count() * 100 > bytes.len() * CONTROLS
}

fn unmarked(bytes: &[u8], declared: Option<&'static Encoding>) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let (good, broken) = bytes.utf8_chunks().fold((0, 0), |(good, broken), chunk| {
        (
            good + chunk.valid().chars().filter(|c| !c.is_ascii()).count(),
            broken + usize::from(!chunk.invalid().is_empty()),
        )
    });
    // Letters that happen to be valid UTF-8 are next to impossible in any other encoding, so a few of
    // them outweigh the broken bytes of a text that was cut or pasted together.
    if good >= 4 * broken {
        return mostly_utf8(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny).decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-8 in which a byte that doesn't belong there is taken for a letter of windows-1252, and a sequence
/// that was cut for U+FFFD.
fn mostly_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            [byte] if text.len() + 1 < bytes.len() => {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
            }
            _ => text.push('\u{fffd}'),
        }
    }
    text
}

/// CRLF and CR become LF.
fn one_newline(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('\r') {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let told = decode(bytes).unwrap_or_else(std::borrow::Cow::into_owned);
        assert_eq!(told, expected);
    }

    #[test]
    fn every_newline_is_one() {
        check(b"a\r\nb\rc\nd\r\r\ne", "a\nb\nc\nd\n\ne");
    }

    #[test]
    fn byte_order_marks_decide() {
        check(b"\xef\xbb\xbfd\xc3\xa9j\xc3\xa0", "déjà");
        check(b"\xff\xfed\0\xe9\0j\0\xe0\0", "déjà");
        check(b"\xfe\xff\0d\0\xe9\0j\0\xe0", "déjà");
    }

    #[test]
    fn french_of_windows_1252_comes_out_right() {
        let text = "L’œuvre coûte 500 € – « c’est déjà trop », a déclaré l’élève à la rentrée.";
        let (bytes, _, lossy) = WINDOWS_1252.encode(text);
        assert!(!lossy);
        check(&bytes, text);
        check(b"Le chef de l'\xc9tat a \xe9t\xe9 r\xe9\xe9lu.", "Le chef de l'État a été réélu.");
    }

    #[test]
    fn a_broken_letter_does_not_break_the_others() {
        check("Déjà l’été à No\u{eb}l, ou bient\u{f4}t"[..].as_bytes(), "Déjà l’été à Noël, ou bientôt");
        check(b"D\xc3\xa9j\xc3\xa0 l'\xc3\xa9t\xc3\xa9 \xe0 No\xc3\xabl", "Déjà l'été à Noël");
        check(b"D\xc3\xa9j\xc3\xa0 l'\xc3\xa9t\xc3\xa9 \xc3\xa0 No\xc3", "Déjà l'été à No\u{fffd}");
    }

    #[test]
    fn what_is_no_text_is_called_by_its_name() {
        check(b"", "it is empty");
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is a PNG image, not plain text");
        check(b"%PDF-1.7\nstuff", "it is a PDF document, not plain text");
        check(b"a\0b", "it is a binary file, not plain text");
        check(b"\x01\x02\x03 text \x04\x05", "it is a binary file, not plain text");
        check(b"\xff\xfe\0\0a\0\0\0", "it is a binary file, not plain text");
        check(b"\n <?xml version='1.0'?><a/>", "it is an XML document, not plain text");
        check(b"{\"a\": 1}\n{\"a\": 2}\n", "it is JSON of another kind than annotations, not plain text");
    }

    #[test]
    fn hostile_text_is_still_text() {
        for text in [
            "\u{1b}]0;pwned\u{7}titre et assez de texte autour",
            "assez de texte autour d’un zéro\0",
            "[1] une note",
            "{ pas du JSON }",
            "ID3, la voiture",
        ] {
            check(text.as_bytes(), text);
        }
    }
}
