//! Changes that articles go through from one version to the next, each with where every byte went.

use dixit::model::ByteRange;

/// A sequence of numbers that is the same in every run (Marsaglia's xorshift, 64 bits).
pub struct Sequence(pub u64);

impl Sequence {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A changed text.
pub struct Edited {
    pub text: String,
    /// Where what began, and what ended, at a byte of the old text begins and ends now.
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Edited {
    fn new() -> Self {
        Self { text: String::new(), starts: Vec::new(), ends: vec![0] }
    }

    /// The bytes of `old` become `new`.
    fn put(&mut self, old: &str, new: &str) {
        let start = self.text.len();
        self.text.push_str(new);
        let end = self.text.len();
        for at in 0..old.len() {
            let inside = |at: usize| if old == new { start + at } else { start };
            self.starts.push(inside(at));
            self.ends.push(if at + 1 == old.len() { end } else { inside(at + 1) });
        }
    }

    fn insert(&mut self, new: &str) {
        self.text.push_str(new);
    }

    /// Where `range` of the old text is now; empty where it was deleted.
    pub fn now(&self, range: ByteRange) -> ByteRange {
        let start = self.starts.get(range.start).copied().unwrap_or(self.text.len());
        ByteRange::new(start, self.ends[range.end])
    }

    /// Where all of this goes if `next` is done to its text.
    pub fn then(self, next: impl FnOnce(&str) -> Self) -> Self {
        let next = next(&self.text);
        let start = |at: &usize| next.starts.get(*at).copied().unwrap_or(next.text.len());
        let starts = self.starts.iter().map(start).collect();
        let ends = self.ends.iter().map(|at| next.ends[*at]).collect();
        Self { text: next.text, starts, ends }
    }
}

/// The stretches of `text` that are white space throughout, and those without any.
fn stretches(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let space = rest.chars().next()?.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != space).unwrap_or(rest.len());
        let (first, others) = rest.split_at(end);
        rest = others;
        Some(first)
    })
}

/// Each `(from, to)` once in two.
fn replace(text: &str, sequence: &mut Sequence, pairs: &[(&str, &str)]) -> Edited {
    let mut edited = Edited::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let pair = pairs.iter().find(|(from, _)| text[at..].starts_with(from)).filter(|_| sequence.percent(50));
        let (from, to) = pair.map_or((&text[at..at + letter.len_utf8()], None), |(from, to)| (*from, Some(*to)));
        edited.put(from, to.unwrap_or(from));
        at += from.len();
    }
    edited
}

/// Quotation marks, apostrophes, dashes and the spaces beside them, to and fro.
pub fn typography(text: &str, sequence: &mut Sequence) -> Edited {
    let pairs = [
        ("« ", "“"),
        ("«\u{a0}", "\""),
        (" »", "”"),
        ("\u{a0}»", "\""),
        ("“", "«\u{202f}"),
        ("”", "\u{202f}»"),
        ("’", "'"),
        ("'", "’"),
        ("–", "-"),
        ("—", "–"),
        ("…", "..."),
        (" :", "\u{a0}:"),
        (" ?", "\u{202f}?"),
        (" ;", ";"),
        ("œ", "oe"),
        ("É", "E"),
    ];
    replace(text, sequence, &pairs)
}

/// One stretch of white space in five.
pub fn spaces(text: &str, sequence: &mut Sequence) -> Edited {
    let mut edited = Edited::new();
    for stretch in stretches(text) {
        let blank = stretch.chars().all(char::is_whitespace);
        let new = *sequence.pick(&["\u{a0}", "\n", "  ", "\u{202f}", "\n\n", "\r\n"]);
        edited.put(stretch, if blank && sequence.percent(20) { new } else { stretch });
    }
    edited
}

/// One word in a hundred, times `share`, becomes another, is left out, or gets a neighbour.
pub fn words(text: &str, sequence: &mut Sequence, share: usize, vocabulary: &[&str]) -> Edited {
    let mut edited = Edited::new();
    for stretch in stretches(text) {
        if stretch.chars().any(char::is_whitespace) || !sequence.percent(share) {
            edited.put(stretch, stretch);
            continue;
        }
        let word = sequence.pick(vocabulary);
        match sequence.below(6) {
            0 => edited.put(stretch, ""),
            1 => {
                edited.put(stretch, stretch);
                edited.insert(&format!(" {word}"));
            }
            _ => edited.put(stretch, word),
        }
    }
    edited
}

/// Paragraphs of others than `article`, of which this is a version, before one paragraph in five.
pub fn insert_paragraphs(article: &str, text: &str, sequence: &mut Sequence, others: &[&str]) -> Edited {
    let mut edited = Edited::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() && sequence.percent(20) {
            let other = *sequence.pick(others);
            if !article.contains(other) {
                edited.insert(&format!("{other}\n\n"));
            }
        }
        edited.put(line, line);
    }
    edited
}

/// One paragraph in five is left out.
pub fn delete_paragraphs(text: &str, sequence: &mut Sequence) -> Edited {
    let mut edited = Edited::new();
    for line in text.split_inclusive('\n') {
        let gone = !line.trim().is_empty() && sequence.percent(20);
        edited.put(line, if gone { "" } else { line });
    }
    edited
}
