//! Markdown, with front matter or without.
//!
//! A plain text must never be taken for Markdown, since marks would then go from it that the author meant: so a file is
//! Markdown only if it opens with front matter, lines `key: value` between two `---` (or `key = value` between two `+++`)
//! of which one key is known; or if a line within its first 4 KiB is a heading, `## Words`, and another sign stands
//! there too: a second heading, a link `[words](address)`, or words in `**`. Anything else is plain text.

use std::io::Read;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::draft::{Draft, Words};
use super::header::is_address;
use super::{Imported, Origin, dates, decode, hand_over, html, read_whole};
use crate::error::Result;
use crate::model::{BlockKind, Lang};
use crate::text::fold::fold;

/// The importer's name and version; it grows when the same bytes begin to give another text or other blocks.
const IMPORTER: &str = "markdown/1";
/// Lines that front matter has at most.
const MOST_LINES: usize = 200;

/// Whether the first bytes of a file are those of a Markdown text.
pub(super) fn recognises(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    // Most files have neither front matter nor a heading, and needn't be looked through line by line.
    if !head.starts_with(b"---") && !head.starts_with(b"+++") && memchr::memchr(b'#', head).is_none() {
        return false;
    }
    let head = String::from_utf8_lossy(head).replace("\r\n", "\n");
    if let Some((front, _)) = front_matter(&head) {
        return front.iter().any(|(key, _)| field(key).is_some());
    }
    let headings = head.lines().filter(|line| is_heading(line)).count();
    let linked =
        || head.match_indices("](").any(|(at, _)| head[..at].contains('[') && head[at + 2..].starts_with("http"));
    let strong = || head.match_indices("**").nth(1).is_some();
    headings >= 2 || headings == 1 && (linked() || strong())
}

/// `# Words`, as a heading is written; `#mot` is none.
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && words.contains(char::is_alphabetic)
}

/// Reads one article; see [`super::import`].
pub(super) fn read(origin: &Origin, reader: &mut dyn Read, each: &mut dyn FnMut(Imported) -> Result<()>) -> Result<()> {
    let raw = read_whole(origin, reader)?;
    let text = decode::decode(&raw).map_err(|why| origin.refuse(why))?;
    let article = draft(&text).article()?.map_err(|why| origin.refuse(why))?;
    let article = article.ok_or_else(|| origin.refuse("it holds no text"))?;
    hand_over(origin, article, raw, IMPORTER, each)
}

/// The keys and values of front matter, and the text after it.
fn front_matter(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let (mark, rest) = text.split_once('\n')?;
    let separator = match mark.trim_end() {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let mark = mark.trim_end();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for line in rest.split_inclusive('\n').take(MOST_LINES) {
        at += line.len();
        let line = line.trim_end();
        if line == mark {
            return Some((fields, &rest[at..]));
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            // A list below its key.
            if let Some((_, value)) = fields.last_mut() {
                value.push_str(if value.is_empty() { "" } else { ", " });
                value.push_str(unquoted(item));
            }
        } else if line.starts_with(char::is_whitespace) || line.starts_with('#') || line.is_empty() {
            // What lies within a value that is no simple one.
        } else {
            let (key, value) = line.split_once(separator)?;
            fields.push((key.trim().to_owned(), unquoted(value).to_owned()));
        }
    }
    None
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(value)
}

#[derive(Clone, Copy)]
enum Field {
    Title,
    Author,
    Source,
    Url,
    Date,
    Lang,
}

fn field(key: &str) -> Option<Field> {
    Some(match fold(key).as_str() {
        "title" | "titre" => Field::Title,
        "author" | "authors" | "auteur" | "auteurs" | "autrice" => Field::Author,
        "source" | "site" | "journal" | "publisher" | "media" => Field::Source,
        "url" | "link" | "lien" | "canonical" | "canonical_url" => Field::Url,
        "date" | "published" | "publie" | "pubdate" => Field::Date,
        "lang" | "language" | "langue" => Field::Lang,
        _ => return None,
    })
}

fn draft(text: &str) -> Draft {
    let (fields, body) = front_matter(text).unwrap_or((Vec::new(), text));
    let mut draft = Draft::default();
    for (key, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        let names = || value.trim_matches(['[', ']']).split(',').map(unquoted).collect::<Vec<_>>().join(", ");
        match field(&key) {
            Some(Field::Title) => draft.title = Some(value),
            Some(Field::Author) => draft.author = Some(names()),
            Some(Field::Source | Field::Url) if is_address(&value) => draft.url = Some(value),
            Some(Field::Source) => draft.source = Some(value),
            Some(Field::Date) => {
                draft.published = dates::date(&value).or_else(|| dates::year(&value)).map(|(date, _)| date);
            }
            Some(Field::Lang) => draft.lang = value.get(..2).and_then(Lang::from_code),
            Some(Field::Url) | None => {}
        }
    }
    let mut blocks = Blocks::default();
    Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).for_each(|event| blocks.take(event));
    blocks.flush();
    draft.blocks = blocks.found;
    if draft.title.is_none() && blocks.titled {
        draft.title = Some(draft.blocks.remove(0).1);
    }
    draft
}

/// Blocks as they are gathered.
#[derive(Default)]
struct Blocks {
    found: Vec<(BlockKind, String)>,
    words: Words,
    kinds: Vec<BlockKind>,
    /// Pictures around, whose description is no text of the article.
    pictures: usize,
    /// The HTML of a block that is written so.
    html: Option<String>,
    /// Whether the first block is a heading of the first level.
    titled: bool,
    /// A line within a quotation has just ended.
    turned: bool,
}

impl Blocks {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.pictures == 0 => self.say(&text),
            Event::Code(text) if self.pictures == 0 => self.words.push(&text),
            Event::Html(html) => self.html.get_or_insert_default().push_str(&html),
            Event::InlineHtml(tag) if tag.starts_with("<br") => {
                self.words.end_line();
            }
            Event::SoftBreak => {
                self.turned = self.kinds.last() == Some(&BlockKind::BlockQuote);
                self.words.push(" ");
            }
            Event::HardBreak => {
                self.words.end_line();
            }
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if std::mem::take(&mut self.turned) && text.starts_with(['—', '–', '―']) {
            self.flush();
            self.kinds.push(BlockKind::Attribution);
            self.words.push(text);
            self.flush();
            self.kinds.pop();
            return;
        }
        self.words.push(text);
    }

    fn open(&mut self, tag: &Tag) {
        let kind = match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.titled |= self.found.is_empty() && *level == pulldown_cmark::HeadingLevel::H1;
                BlockKind::Heading
            }
            Tag::Item => BlockKind::ListItem,
            Tag::BlockQuote(_) => BlockKind::BlockQuote,
            Tag::Image { .. } => return self.pictures += 1,
            Tag::TableCell => return self.words.push(" "),
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::List(_) | Tag::TableHead | Tag::TableRow => {
                return self.flush();
            }
            _ => return,
        };
        self.flush();
        self.kinds.push(kind);
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.flush();
                self.kinds.pop();
            }
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::HtmlBlock => {
                self.flush();
                if let Some(html) = self.html.take() {
                    self.found.extend(html::fragment(&html));
                }
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        self.turned = false;
        let words = self.words.take();
        if !words.is_empty() {
            self.found.push((self.kinds.last().copied().unwrap_or(BlockKind::Paragraph), words));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use BlockKind::{Attribution, BlockQuote, ListItem, Paragraph, Title};

    const NOTE: &str = "---\ntitle: \"Le vent se lève\"\nauthor:\n  - Maëlle Quéré\n  - Tanguy Le Bihan\nsource: La Gazette\nurl: https://gazette.example/a/1\n\
        date: 20 novembre 2026 à 9 h 52\nlang: fr\ntags: [mer, vent]\n---\n\n# Le vent se lève\n\nIl a *dit* que [le port](https://port.example) ferme,\n\
        et ![une grue](g.jpg)<https://port.example/x>.\n\n> Non.\n> — Jeanne Roy, maire\n\n- un\n- deux<br>lignes\n\n<div><p>Fin &amp; suite.</p></div>\n";

    #[test]
    fn front_matter_is_metadata_and_marks_are_blocks() {
        assert!(recognises(NOTE.as_bytes()));
        let article = draft(NOTE).article().unwrap().unwrap().unwrap();
        assert_eq!(
            article.text,
            "Le vent se lève\n\nIl a dit que le port ferme, et https://port.example/x.\n\nNon.\n— Jeanne Roy, maire\n\nun\ndeux\nlignes\n\nFin & suite."
        );
        let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Title, Paragraph, BlockQuote, Attribution, ListItem, ListItem, Paragraph]);
        assert_eq!(article.author.as_deref(), Some("Maëlle Quéré, Tanguy Le Bihan"));
        assert_eq!(
            (article.source.as_deref(), article.url.as_deref()),
            (Some("La Gazette"), Some("https://gazette.example/a/1"))
        );
        assert_eq!(article.published.unwrap().to_string(), "2026-11-20");
    }

    #[test]
    fn a_plain_text_is_no_markdown() {
        for markdown in [
            "# Un titre\n\n## Un autre\n",
            "# Un titre\n\nUn **mot**.",
            "+++\ntitle = \"x\"\n+++\nx",
            "## Un\n[a](https://x.example)",
        ] {
            assert!(recognises(markdown.as_bytes()), "{markdown}");
        }
        for plain in [
            "",
            "Un titre\n\nUn *mot* et [1] une note.",
            "# Un titre seul\n\nTexte.",
            "#mot #dièse\n#autre\n**deux**",
            "---\nUn texte : oui.\n---\n",
            "---\ntitle: sans fin\n",
            "– Titre : oui",
        ] {
            assert!(!recognises(plain.as_bytes()), "{plain}");
        }
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let draft = draft("# Un titre\n\nTexte.\n\n## Suite\n\nTexte.");
        assert_eq!(draft.title.as_deref(), Some("Un titre"));
        assert_eq!(draft.blocks.len(), 3);
    }
}
