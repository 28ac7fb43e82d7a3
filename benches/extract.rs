//! How long it takes to find who said what: a thousand articles, and texts made to be slow, each also at a quarter of its
//! size, so that a cost per byte that grows would show.
//!
//! The articles are those of `tests/gold` and `seeds`, repeated, or the text files of the folder that the environment
//! variable `DIXIT_BENCH_CORPUS` names.
#![allow(missing_docs)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dixit::extract::{Rules, extract};
use dixit::import::{self, Imported};
use dixit::model::{Article, Block, BlockKind, ByteRange, Lang};

const ARTICLES: usize = 1_000;

fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
}

fn articles() -> Vec<Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = match std::env::var_os("DIXIT_BENCH_CORPUS") {
        Some(folder) => texts(Path::new(&folder)),
        None => {
            let own: Vec<PathBuf> =
                ["tests/gold/dev-fr", "seeds"].iter().flat_map(|name| texts(&root.join(name))).collect();
            own.iter().cycle().take(ARTICLES).cloned().collect()
        }
    };
    let mut articles = Vec::new();
    for path in paths {
        let read = import::import_file(&path, &mut |item| {
            if let Imported::Article(import) = item {
                articles.push(import.article);
            }
            Ok(())
        });
        read.expect("a text");
    }
    articles
}

/// One paragraph, as an importer that finds no other would give it.
fn paragraph(text: String) -> Article {
    let range = ByteRange::new(0, text.len());
    Article {
        lang: Some(Lang::Fr),
        blocks: vec![Block { kind: BlockKind::Paragraph, range }],
        text,
        ..Article::default()
    }
}

fn press(c: &mut Criterion) {
    let articles = articles();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let mut group = c.benchmark_group("extract");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function(BenchmarkId::new("articles", articles.len()), |b| {
        b.iter(|| articles.iter().map(|article| extract(black_box(article), Rules::built_in()).len()).sum::<usize>());
    });
    group.finish();
}

fn hostile(c: &mut Criterion) {
    let sentence = "Selon Mme Roy, la ville est prête, et « le pont tiendra », a dit Paul Blanc. ";
    let texts: [(&str, &str, usize); 3] =
        [("one paragraph", sentence, 10 << 20), ("open marks", "« ", 300_000), ("commas", ",", 1_000_000)];
    let mut group = c.benchmark_group("extract-hostile");
    group.sample_size(10);
    for (name, piece, size) in texts {
        for size in [size / 4, size] {
            let article = paragraph(piece.repeat(size / piece.len()));
            group.throughput(Throughput::Bytes(article.text.len() as u64));
            group.bench_with_input(BenchmarkId::new(name, size), &article, |b, article| {
                b.iter(|| extract(black_box(article), Rules::built_in()).len());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, press, hostile);
criterion_main!(benches);
