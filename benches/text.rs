//! How long the work over text takes: a megabyte of press to show and to fold, ten thousand titles to filter, a hundred
//! quotes to be found again in a changed article.
//!
//! The words are made here, from syllables and a fixed sequence, so that a run can be compared with the next.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dixit::model::ByteRange;
use dixit::text::anchor::{self, Ground, Quote};
use dixit::text::fold::{Folded, fold};
use dixit::text::fuzzy::Pattern;
use dixit::text::shown::{Shown, glyphs};

const MEGABYTE: usize = 1 << 20;
const TITLES: usize = 10_000;
const QUOTES: usize = 100;

/// A sequence of numbers that is the same in every run (Marsaglia's xorshift, 64 bits).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 24] = [
            "la", "pré", "si", "dent", "mé", "dia", "tion", "gou", "ver", "ne", "ment", "stra", "té", "gie", "chi",
            "wan", "alt", "man", "œu", "vre", "ré", "in", "ter", "con",
        ];
        (0..=self.below(4)).map(|_| self.pick(&SYLLABLES)).collect()
    }

    /// About as many signs, spaces and accents as the French press has.
    fn sentence(&mut self, words: usize) -> String {
        const JOINTS: [&str; 12] =
            [" ", " ", " ", " ", " ", " ", " ", " ", ", ", " d’", "\u{a0}: «\u{202f}", "\u{202f}» "];
        (0..words).map(|_| self.word() + self.pick(&JOINTS)).collect::<String>() + ".\n"
    }
}

fn press() -> String {
    let mut sequence = Sequence(42);
    let mut text = String::with_capacity(MEGABYTE + 1000);
    while text.len() < MEGABYTE {
        text += &sequence.sentence(20);
    }
    text
}

fn show(c: &mut Criterion) {
    let mut group = c.benchmark_group("shown");
    let decomposed = press().replace('é', "e\u{301}");
    for (name, text) in [("french", press()), ("ascii", fold(&press())), ("decomposed", decomposed)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("glyphs", name), &text, |b, text| {
            b.iter(|| glyphs(text).map(|glyph| usize::from(glyph.cells)).sum::<usize>());
        });
        group.bench_with_input(BenchmarkId::new("text", name), &text, |b, text| b.iter(|| Shown::text(text)));
    }
    group.finish();
}

fn fold_text(c: &mut Criterion) {
    let mut group = c.benchmark_group("fold");
    for (name, text) in [("french", press()), ("ascii", fold(&press()))] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("fold", name), &text, |b, text| b.iter(|| fold(text)));
        group.bench_with_input(BenchmarkId::new("folded", name), &text, |b, text| b.iter(|| Folded::new(text)));
    }
    group.finish();
}

fn filter(c: &mut Criterion) {
    let mut sequence = Sequence(7);
    let rows: Vec<[String; 2]> =
        (0..TITLES).map(|_| [fold(&sequence.sentence(14)), fold(&sequence.sentence(3))]).collect();
    let mut group = c.benchmark_group("fuzzy");
    group.throughput(Throughput::Elements(TITLES as u64));
    for words in ["w", "wang", "altmn", "président chine", "zzz"] {
        let pattern = Pattern::new(words);
        group.bench_with_input(BenchmarkId::new("titles", words), &pattern, |b, pattern| {
            b.iter(|| rows.iter().filter(|[title, names]| pattern.score(&[title, names]).is_some()).count());
        });
    }
    let title = sequence.sentence(14);
    let pattern = Pattern::new("stratégie altmn");
    group.throughput(Throughput::Elements(1));
    group.bench_function("hits", |b| b.iter(|| pattern.hits(black_box(&title))));
    group.finish();
}

/// Some words of a hundred sentences of `text`, evenly over it.
fn quotes(text: &str) -> Vec<Quote<'_>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive('\n') {
        let cuts: Vec<usize> = sentence.match_indices(' ').map(|(at, _)| start + at).collect();
        if let (Some(first), Some(last)) = (cuts.get(1), cuts.iter().rev().nth(1)) {
            sentences.push(ByteRange::new(first + 1, *last));
        }
        start += sentence.len();
    }
    let quote = |range: &ByteRange| {
        let (prefix, suffix) = anchor::context(text, *range);
        Quote { exact: range.of(text), prefix, suffix, hint: Some(*range) }
    };
    (0..QUOTES).map(|at| quote(&sentences[at * sentences.len() / QUOTES])).collect()
}

fn find_again(c: &mut Criterion) {
    let mut group = c.benchmark_group("anchor");
    group.sample_size(10);
    let press = press();
    let mut end = 10_000;
    while !press.is_char_boundary(end) {
        end += 1;
    }
    for (size, text) in [("10 kB", &press[..end]), ("1 MB", &press[..])] {
        let quotes = quotes(text);
        let mut sequence = Sequence(3);
        let words: String = text
            .split_inclusive(' ')
            .map(|word| if sequence.below(20) == 0 { sequence.word() + " " } else { word.to_owned() })
            .collect();
        let signs = format!("Mise à jour.\n{}", text.replace('’', "'").replace('\u{202f}', " "));
        for (change, changed) in [("signs", signs), ("5 % of words", words)] {
            let found = |ground: &Ground<'_>| quotes.iter().filter(|quote| ground.find(quote).is_some()).count();
            group.bench_with_input(BenchmarkId::new(size, change), &changed, |b, changed| {
                b.iter(|| found(&Ground::new(black_box(changed))));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, show, fold_text, filter, find_again);
criterion_main!(benches);
