//! A key press to its screen, in the loop without a terminal, at 120×36: in the five articles, and in one of a
//! megabyte, with as many claims as such a text has.
//!
//! `cargo bench --bench reader`. Each figure is one key with all that follows from it (queries on the worker
//! included), the frame, and the bytes that a terminal would be sent.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use dixit::extract;
use dixit::import::{self, Imported, Origin, seeds};
use dixit::model::article::Import;
use dixit::store::Store;
use dixit::tui::app::{Settings, Start};
use dixit::tui::key::parse_keys;
use dixit::tui::screen::{Depth, Encoder};
use dixit::tui::{Options, Stage};
use jiff::Timestamp;

/// An article of a megabyte: those of the seeds over and over, in one paragraph or in many.
fn long(in_one: bool) -> Import {
    let (articles, _) = seeds::load().expect("the seeds");
    let mut text = "Un très long article\n\n".to_owned();
    for (i, article) in articles.iter().cycle().enumerate() {
        let words = &article.article.text;
        if in_one {
            text.push_str(&words.replace('\n', " "));
            text.push(' ');
        } else {
            text.push_str(words);
            let _ = write!(text, "\n\nNuméro {i}, en suite.\n\n");
        }
        if text.len() > 1 << 20 {
            break;
        }
    }
    let mut imported = Vec::new();
    import::import(&Origin::INPUT, text.as_bytes(), &mut |item| {
        if let Imported::Article(article) = item {
            imported.push(*article);
        }
        Ok(())
    })
    .expect("imported");
    let article = imported.remove(0);
    Import { found: Some(extract::findings(&article.article)), ..article }
}

fn stage(folder: &tempfile::TempDir, more: &[Import]) -> Stage {
    let mut store = Store::open(&folder.path().join("store.db")).expect("a store");
    if store.is_new() {
        let (mut articles, acts) = seeds::load().expect("the seeds");
        articles.extend_from_slice(more);
        store.add_all(&articles, &acts, Timestamp::UNIX_EPOCH).expect("added");
    }
    let settings = Settings { user: "ana".into(), ..Settings::default() };
    let options = Options { store, settings, state: None, start: Start::List, notice: None };
    Stage::new(options, (120, 36)).expect("a stage")
}

/// Measures two scripts in turn, after one that leads there: name, before, there, back.
fn measure(criterion: &mut Criterion, folder: &tempfile::TempDir, scripts: &[[&str; 4]]) {
    for [name, before, there, back] in scripts {
        let mut stage = stage(folder, &[]);
        stage.press(&parse_keys(before).expect(before));
        let (there, back) = (parse_keys(there).expect(there), parse_keys(back).expect(back));
        let mut encoder = Encoder::new(Depth::Indexed);
        let mut out = Vec::new();
        let mut turn = 0;
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                turn += 1;
                stage.press(if turn % 2 == 1 { &there } else { &back });
                out.clear();
                encoder.frame(&stage.frame(), &mut out);
                black_box(out.len())
            });
        });
    }
}

fn keys(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    stage(&folder, &[]);
    let scripts = [
        ["scroll a line", "<enter>", "j", "k"],
        ["scroll a page", "<enter>", " ", "b"],
        ["next claim", "<enter>", "J", "K"],
        ["cursor in the list", "", "j", "k"],
        ["open an article", "", "j<enter>", "qk<enter>q"],
        ["letter in the filter", "/wan", "g", "<backspace>"],
        ["resize the panel away", "<enter>", "c", "c"],
    ];
    measure(criterion, &folder, &scripts);
}

fn keys_in_a_megabyte(criterion: &mut Criterion) {
    for (what, in_one) in [("a megabyte", false), ("a megabyte in one paragraph", true)] {
        let folder = tempfile::tempdir().expect("a folder");
        stage(&folder, &[long(in_one)]);
        let name = |script: &str| format!("{what}: {script}");
        let names =
            ["scroll a line", "scroll a page", "top and bottom", "next claim", "panel", "measure", "zen", "search"];
        let [line, page, ends, claim, panel, measure_, zen, search] = names.map(name);
        let (open, search_open) = ("ggjjjj<enter>", "ggjjjj<enter>/guer");
        let scripts = [
            [&*line, open, "j", "k"],
            [&*page, open, " ", "b"],
            [&*ends, open, "G", "gg"],
            [&*claim, open, "J", "K"],
            [&*panel, open, "c", "c"],
            [&*measure_, open, "-", "+"],
            [&*zen, open, "z", "z"],
            [&*search, search_open, "r", "<backspace>"],
        ];
        measure(criterion, &folder, &scripts);
        let mut stage = stage(&folder, &[]);
        // Articles without a date stand in the order in which they came, before the one with a date.
        let (long, other) = ("ggjjjj<enter>q", "gg<enter>q");
        stage.press(&parse_keys(other).expect(other));
        let (there, back) = (parse_keys(long).expect(long), parse_keys(other).expect(other));
        criterion.bench_function(&name("open"), |bencher| {
            bencher.iter_custom(|times| {
                let mut took = Duration::ZERO;
                for _ in 0..times {
                    let start = Instant::now();
                    stage.press(&there);
                    black_box(stage.frame());
                    took += start.elapsed();
                    stage.press(&back);
                }
                took
            });
        });
    }
}

criterion_group!(benches, keys, keys_in_a_megabyte);
criterion_main!(benches);
