//! How well claims find their words again in a changed article.
//!
//! Articles are changed as papers change them, with a fixed seed: other quotation marks and white space, paragraphs put
//! in and left out, words replaced. In each changed text stretches of words that were chosen by chance in the old one are
//! looked for, with a few words before and after them in the place of cue and mention, and the places are compared
//! with where the words really went.
//!
//! The figures are a snapshot; `INSTA_UPDATE=always cargo test --test anchoring` takes new ones. With `-- --nocapture` it
//! also says what was put in a wrong place. To have the figures of other texts, where the claims that the rules find are
//! looked for as well, name a folder of them:
//!
//!     DIXIT_ANCHOR_TEXTS=folder cargo test --release --test anchoring -- --nocapture
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, missing_docs)]

#[path = "anchoring/edits.rs"]
mod edits;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dixit::extract;
use dixit::import::{self, Imported};
use dixit::model::{Article, ByteRange};
use dixit::text::anchor::{self, Ground, Quote};
use edits::{Edited, Sequence};

/// The most, in percent, that may be put in a wrong place, and that a person may be asked about.
const MAY_BE_WRONG: f64 = 0.1;
const MAY_ASK: f64 = 2.0;

/// Stretches of words chosen by chance in each text.
const BY_CHANCE: usize = 30;

/// Words that belong together in an article: parts, and what stands beside them.
struct Span {
    parts: Vec<ByteRange>,
    beside: Vec<ByteRange>,
}

struct Text {
    text: String,
    spans: Vec<Span>,
}

/// Where words were put.
#[derive(Default)]
struct Tally {
    /// That still stand in the changed text.
    all: usize,
    /// On the very words, beyond doubt.
    right: usize,
    /// Beyond doubt with a word more or less at an end, on most of what the words became.
    near: usize,
    /// Beyond doubt elsewhere; words that were left out are put nowhere rightly.
    wrong: usize,
    /// Shown to a person, on the words or elsewhere.
    review_right: usize,
    review_wrong: usize,
    orphans: usize,
    /// What was put elsewhere: the words where they went, and those at the place.
    faults: Vec<String>,
}

impl Tally {
    /// Counts a place; `now` is where the words went in `text`, empty where they were left out.
    fn count(&mut self, text: &str, now: ByteRange, place: Option<(ByteRange, bool)>) {
        let gone = now.of(text).trim().is_empty();
        self.all += usize::from(!gone);
        let Some((range, sure)) = place else {
            self.orphans += usize::from(!gone);
            return;
        };
        let both = range.intersect(now).map_or(0, ByteRange::len);
        let most = !gone && 2 * both >= range.len() + now.len() - both;
        let same = !gone && core_of(text, range) == core_of(text, now);
        if sure && !same && !most {
            self.faults.push(format!("{:?} was put at {:?}", now.of(text), range.of(text)));
        }
        *match (sure, same, most) {
            (true, true, _) => &mut self.right,
            (true, _, true) => &mut self.near,
            (true, ..) => &mut self.wrong,
            (_, true, _) | (_, _, true) => &mut self.review_right,
            _ => &mut self.review_wrong,
        } += 1;
    }

    /// The share that was put in its place.
    fn moved(&self) -> f64 {
        100.0 * (self.right + self.near) as f64 / self.all.max(1) as f64
    }

    /// The share that was put in its place, or is shown there to a person who only has to say yes.
    fn found(&self) -> f64 {
        100.0 * (self.right + self.near + self.review_right) as f64 / self.all.max(1) as f64
    }

    fn wrongly(&self) -> f64 {
        100.0 * self.wrong as f64 / self.all.max(1) as f64
    }
}

/// A range without white space and signs at its ends, of which one that has no words keeps the signs.
fn core_of(text: &str, range: ByteRange) -> ByteRange {
    let words = range.of(text);
    let no_words = !words.contains(char::is_alphanumeric);
    let sign = |letter: char| if no_words { letter.is_whitespace() } else { !letter.is_alphanumeric() };
    let start = range.start + words.len() - words.trim_start_matches(sign).len();
    ByteRange::new(start, range.start + words.trim_end_matches(sign).len())
}

fn read(folder: &Path, with_claims: bool) -> Vec<Text> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let mut sequence = Sequence(11);
    let mut texts = Vec::new();
    for file in files {
        let take = &mut |item| {
            if let Imported::Article(import) = item {
                let mut spans = by_chance(&import.article.text, &mut sequence);
                if with_claims {
                    spans.extend(claims(&import.article));
                }
                texts.push(Text { text: import.article.text, spans });
            }
            Ok(())
        };
        // What can't be read as an article tells nothing here.
        let _ = import::import_file(&file, take);
    }
    texts
}

/// The claims that the rules find.
fn claims(article: &Article) -> Vec<Span> {
    let found = extract::findings(article).claims.into_iter().map(|found| found.claim);
    found
        .map(|claim| Span { beside: claim.cue.iter().chain(&claim.mention).copied().collect(), parts: claim.parts })
        .collect()
}

/// Stretches of words as a person may select them, within a paragraph, with some words beside them.
fn by_chance(text: &str, sequence: &mut Sequence) -> Vec<Span> {
    let lines: Vec<Vec<ByteRange>> =
        text.lines().map(|line| words(text, line)).filter(|line| !line.is_empty()).collect();
    let mut spans = Vec::new();
    for _ in 0..BY_CHANCE {
        let line = sequence.pick(&lines);
        let first = sequence.below(line.len());
        let last = (first + sequence.below(60)).min(line.len() - 1);
        let stretch = |first: usize, last: usize| ByteRange::new(line[first].start, line[last].end);
        let mut beside = Vec::new();
        if first > 0 {
            beside.push(stretch(first.saturating_sub(1 + sequence.below(3)), first - 1));
        }
        if last + 1 < line.len() {
            beside.push(stretch(last + 1, (last + 1 + sequence.below(3)).min(line.len() - 1)));
        }
        // Nobody selects a sign alone.
        let has_words = |range: &ByteRange| range.of(text).contains(char::is_alphanumeric);
        beside.retain(has_words);
        spans.extend(Some(stretch(first, last)).filter(has_words).map(|part| Span { parts: vec![part], beside }));
    }
    spans
}

/// The words of `line`, which is a part of `text`.
fn words(text: &str, line: &str) -> Vec<ByteRange> {
    let range = |word: &str| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        ByteRange::new(start, start + word.len())
    };
    line.split_whitespace().map(range).collect()
}

fn quote(text: &str, range: ByteRange) -> Quote<'_> {
    let (prefix, suffix) = anchor::context(text, range);
    Quote { exact: range.of(text), prefix, suffix, hint: Some(range) }
}

/// Places the spans of all texts after `edit`: the parts, and the words beside them.
fn run(texts: &[Text], mut edit: impl FnMut(&str, &mut Sequence) -> Edited) -> (Tally, Tally) {
    let mut sequence = Sequence(42);
    let (mut parts, mut beside) = (Tally::default(), Tally::default());
    for old in texts {
        let edited = edit(&old.text, &mut sequence);
        let new = &edited.text;
        let ground = Ground::new(new);
        for span in &old.spans {
            let quotes = |ranges: &[ByteRange]| ranges.iter().map(|range| quote(&old.text, *range)).collect::<Vec<_>>();
            let found = ground.find_together(&quotes(&span.parts), &quotes(&span.beside));
            for (at, range) in span.parts.iter().enumerate() {
                let place = found.as_ref().map(|found| (found.parts[at], found.sure));
                parts.count(new, edited.now(*range), place);
            }
            for (at, range) in span.beside.iter().enumerate() {
                let place = found.as_ref().and_then(|found| Some((found.beside[at]?, found.sure)));
                beside.count(new, edited.now(*range), place);
            }
        }
    }
    (parts, beside)
}

struct Figures {
    table: String,
    faults: Vec<String>,
    wrong: Vec<String>,
}

fn figures(texts: &[Text]) -> Figures {
    let vocabulary: Vec<&str> = texts.iter().flat_map(|text| text.text.split_whitespace()).collect();
    let lines = texts.iter().flat_map(|text| text.text.lines());
    let others: Vec<&str> = lines.filter(|line| line.len() > 100).collect();
    let mut figures = Figures {
        table: format!(
            "{:<38} {:>6} {:>8} {:>8} {:>8} {:>6} {:>6} {:>6} {:>9} {:>8}\n",
            "change", "spans", "found %", "moved %", "wrong %", "right", "near", "wrong", "review", "orphans"
        ),
        faults: Vec::new(),
        wrong: Vec::new(),
    };
    let mut row = |name: &str, least: f64, (parts, beside): (Tally, Tally)| {
        for (what, tally) in [("", &parts), (", beside", &beside)] {
            figures.faults.extend(tally.faults.iter().map(|fault| format!("{name}: {fault}")));
            let review = format!("{}+{}", tally.review_right, tally.review_wrong);
            let Tally { all, right, near, wrong, orphans, .. } = tally;
            let (found, moved, wrongly) = (tally.found(), tally.moved(), tally.wrongly());
            let name = format!("{name}{what}");
            let _ = writeln!(
                figures.table,
                "{name:<38} {all:>6} {found:>8.2} {moved:>8.2} {wrongly:>8.2} {right:>6} {near:>6} {wrong:>6} {review:>9} {orphans:>8}"
            );
            if wrongly > MAY_BE_WRONG || (what.is_empty() && (found < least || moved < least - MAY_ASK)) {
                figures.wrong.push(name);
            }
        }
    };
    row("nothing", 100.0, run(texts, |text, seq| edits::words(text, seq, 0, &vocabulary)));
    row("typography", 99.5, run(texts, edits::typography));
    row("white space", 99.5, run(texts, edits::spaces));
    row("paragraphs put in", 99.5, run(texts, |text, seq| edits::insert_paragraphs(text, text, seq, &others)));
    row("paragraphs left out", 0.0, run(texts, edits::delete_paragraphs));
    row("1 % of words", 98.0, run(texts, |text, seq| edits::words(text, seq, 1, &vocabulary)));
    row("5 % of words", 98.0, run(texts, |text, seq| edits::words(text, seq, 5, &vocabulary)));
    row("15 % of words", 0.0, run(texts, |text, seq| edits::words(text, seq, 15, &vocabulary)));
    let all = |article: &str, seq: &mut Sequence| {
        edits::words(article, seq, 3, &vocabulary)
            .then(|text| edits::insert_paragraphs(article, text, seq, &others))
            .then(|text| edits::typography(text, seq))
            .then(|text| edits::spaces(text, seq))
    };
    row("all but left out, 3 % of words", 0.0, run(texts, all));
    figures
}

#[test]
fn claims_find_their_words_again() {
    let (texts, own) = match std::env::var_os("DIXIT_ANCHOR_TEXTS") {
        Some(folder) => (read(Path::new(&folder), true), false),
        None => {
            let here = Path::new(env!("CARGO_MANIFEST_DIR"));
            let mut texts = read(&here.join("seeds"), false);
            texts.extend(read(&here.join("tests/gold/dev-fr"), false));
            (texts, true)
        }
    };
    let Figures { table, faults, wrong } = figures(&texts);
    println!("{table}\n{}", faults.join("\n"));
    if own {
        insta::assert_snapshot!(table);
    }
    assert!(wrong.is_empty(), "not good enough: {wrong:?}");
}
