//! What the rules are worth: every example and counter-example of the rule files, and the figures on gold claims.
//!
//! The figures are a snapshot, so that a change of rules shows its price; `cargo insta review`, or
//! `INSTA_UPDATE=always cargo test --test extraction`, takes new ones. `docs/rules.md` is written by
//! `DIXIT_WRITE_DOCS=1`. `cargo test --test extraction figures -- --nocapture` prints figures and faults.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, missing_docs)]

#[path = "extraction/corpus.rs"]
mod corpus;
#[path = "extraction/fuzzed.rs"]
mod fuzzed;
#[path = "extraction/samples.rs"]
mod samples;
#[path = "extraction/score.rs"]
mod score;
#[path = "extraction/sound.rs"]
mod sound;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use score::{Score, Tally};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn scores() -> [(&'static str, Score); 2] {
    let dev = file("tests/gold/dev-fr");
    [("seeds", Score::new(&file("tests/gold/seeds"), &file("seeds"))), ("dev-fr", Score::new(&dev, &dev))]
}

/// A line a rule: found, right words, right words and speaker.
fn rule_lines(tallies: &BTreeMap<String, Tally>) -> String {
    tallies.iter().fold(String::new(), |mut text, (rule, tally)| {
        let _ = writeln!(text, "{rule:<16} {:>3} {:>3} {:>3}", tally.found, tally.words, tally.speaker);
        text
    })
}

#[test]
fn figures() {
    let mut text = String::new();
    for (name, score) in scores() {
        let _ = writeln!(text, "{name}\n\n{}", score.figures());
        let _ = writeln!(text, "rule          found words with speaker\n{}", rule_lines(&score.tallies()));
        println!("{name}\n{}\n{}", score.figures(), score.faults());
    }
    insta::assert_snapshot!(text);
}

/// Claims of an ordinary rule that each rule's own are added to.
const PRIOR: f64 = 4.0;

const CONFIDENCE_HEAD: &str = "\
# How often each rule gave the right words and the right speaker on the gold claims, of all that it found; a rule that
# was seldom tried leans to the mean. Written by `DIXIT_WRITE_DOCS=1 cargo test --test extraction`.

";

/// Writes a file of the project where that is asked for, and holds it to what it should be.
#[track_caller]
fn written(name: &str, made: &str) {
    let path = file(name);
    if std::env::var_os("DIXIT_WRITE_DOCS").is_some() {
        fs::write(&path, made).expect(name);
    }
    let current = fs::read_to_string(&path).expect(name);
    assert!(current == made, "{name} is out of date: run `DIXIT_WRITE_DOCS=1 cargo test --test extraction`");
}

#[test]
fn the_page_on_rules_tells_how_often_each_is_right() {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (_, score) in scores() {
        for (rule, tally) in score.tallies() {
            let all = tallies.entry(rule).or_default();
            all.found += tally.found;
            all.words += tally.words;
            all.speaker += tally.speaker;
        }
    }
    let mut table = String::from(
        "| rule | found | right words | and right speaker | right | confidence |\n|---|--:|--:|--:|--:|--:|\n",
    );
    let (all, right) = tallies.values().fold((0, 0), |(all, right), t| (all + t.found, right + t.speaker));
    let mean = right as f64 / all as f64;
    let mut sure = format!("{CONFIDENCE_HEAD}mean = {mean:.2}\n");
    for (rule, Tally { found, words, speaker }) in tallies {
        let share = 100 * speaker / found.max(1);
        // A rule that was hardly ever tried is taken for an ordinary one.
        let confidence = (speaker as f64 + PRIOR * mean) / (found as f64 + PRIOR);
        let _ = writeln!(table, "| `{rule}` | {found} | {words} | {speaker} | {share} % | {confidence:.2} |");
        let _ = writeln!(sure, "{rule} = {confidence:.2}");
    }
    written("assets/rules/confidence.toml", &sure);
    let page = fs::read_to_string(file("docs/rules.md")).expect("docs/rules.md");
    let (before, rest) = page.split_once("<!-- figures -->\n").expect("the table's beginning");
    let (_, after) = rest.split_once("<!-- /figures -->").expect("the table's end");
    let made = format!("{before}<!-- figures -->\n{table}<!-- /figures -->{after}");
    written("docs/rules.md", &made);
}
