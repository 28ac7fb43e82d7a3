//! A key press to its screen, in the loop without a terminal: the five articles at 120×36.
//!
//! `cargo bench --bench reader`. Each figure is one key with all that follows from it (queries on the worker
//! included), the frame, and the bytes that a terminal would be sent.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use dixit::import::seeds;
use dixit::store::Store;
use dixit::tui::app::{Settings, Start};
use dixit::tui::key::parse_keys;
use dixit::tui::keymap::Keymap;
use dixit::tui::screen::{Depth, Encoder};
use dixit::tui::theme::Theme;
use dixit::tui::{Options, Stage};
use jiff::Timestamp;

fn stage(folder: &tempfile::TempDir) -> Stage {
    let mut store = Store::open(&folder.path().join("store.db")).expect("a store");
    if store.is_new() {
        let (articles, acts) = seeds::load().expect("the seeds");
        store.add_all(&articles, &acts, Timestamp::UNIX_EPOCH).expect("added");
    }
    let (keymap, _) = Keymap::new(&[]);
    let theme = Theme::named("default").expect("a theme");
    let settings = Settings { user: "ana".into(), measure: 72, keymap, theme };
    let options = Options { store, settings, start: Start::List, notice: None };
    Stage::new(options, (120, 36)).expect("a stage")
}

fn keys(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, before, there, back) in [
        ("scroll a line", "<enter>", "j", "k"),
        ("scroll a page", "<enter>", " ", "b"),
        ("next claim", "<enter>", "J", "K"),
        ("cursor in the list", "", "j", "k"),
        ("open an article", "", "j<enter>", "qk<enter>q"),
        ("letter in the filter", "/wan", "g", "<backspace>"),
        ("resize the panel away", "<enter>", "c", "c"),
    ] {
        let mut stage = stage(&folder);
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

criterion_group!(benches, keys);
criterion_main!(benches);
