//! The README says what is so: its table of keys is the program's, its picture is the program's screen, and
//! the oldest Rust that it names is the manifest's.
//!
//! With `DIXIT_WRITE_DOCS=1` the test writes key table and picture instead of comparing them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dixit::tui::action::Mode;
use dixit::tui::help::{self, HelpLine};
use dixit::tui::keymap::Keymap;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(file(name)).expect(name)
}

/// Compares `made` with the file, or writes it where that is asked for.
#[track_caller]
fn keep(name: &str, made: &str) {
    if std::env::var_os("DIXIT_WRITE_DOCS").is_some() {
        fs::write(file(name), made).expect(name);
    }
    assert!(read(name) == made, "{name} is out of date: run `DIXIT_WRITE_DOCS=1 cargo test --test readme`");
}

fn key_tables() -> String {
    let (keymap, _) = Keymap::new(&[]);
    let mut tables = String::new();
    for mode in Mode::ALL {
        let _ = writeln!(tables, "\n**{}**\n\n| keys | do | name |\n|---|---|---|", mode.heading());
        for line in help::entries(mode, &keymap, "") {
            let HelpLine::Entry { keys, help, name } = line else { continue };
            let keys: Vec<String> = keys.split(' ').map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
            let _ = writeln!(tables, "| {} | {help} | `{name}` |", keys.join(" ").replace("`…`", "…"));
        }
    }
    tables
}

#[test]
fn the_table_of_keys_is_the_programs() {
    let readme = read("README.md");
    let (before, rest) = readme.split_once("a test keeps it so -->\n").expect("the table's beginning");
    let (_, after) = rest.split_once("<!-- /keys -->").expect("the table's end");
    keep("README.md", &format!("{before}a test keeps it so -->\n{}\n<!-- /keys -->{after}", key_tables()));
}

#[test]
fn the_picture_is_a_real_screen() {
    let home = tempfile::tempdir().expect("a folder");
    let picture = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .args(["read", "--print=svg", "--color", "always", "--size", "120x36", "--keys", "/wang<enter>j<enter>JJJJJ"])
        .env_clear()
        .envs([("HOME", home.path().as_os_str()), ("TERM", "xterm-256color".as_ref())])
        .output()
        .expect("dixit runs");
    assert!(picture.status.success(), "{}", String::from_utf8_lossy(&picture.stderr));
    keep("assets/reader.svg", &String::from_utf8(picture.stdout).expect("UTF-8"));
}

/// The subcommands that the README speaks of, in its examples and in its sentences.
fn commands(readme: &str) -> Vec<String> {
    let mentions = readme.match_indices("dixit ").filter(|(at, _)| readme[..*at].ends_with(['`', ' ', '|']));
    let words =
        mentions.map(|(at, name)| readme[at + name.len()..].split(|c: char| !(c.is_alphanumeric() || c == '-')));
    let mut found: Vec<String> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("    dixit ")?.split_whitespace().next().map(str::to_owned))
        .chain(words.filter_map(|mut words| words.next().map(str::to_owned)))
        .filter(|word| word.chars().next().is_some_and(|c| c.is_ascii_lowercase() || c == '-'))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_command_that_it_names_is_there() {
    let found = commands(&read("README.md"));
    assert!(found.len() > 9, "{found:?}");
    // Words that follow the program's name in a sentence.
    for word in found.iter().filter(|word| !["can", "on", "reads", "says"].contains(&word.as_str())) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.arg(word).args((word != "--help").then_some("--help"));
        let ran = command.output().expect("dixit runs");
        assert!(ran.status.success(), "dixit {word}: {}", String::from_utf8_lossy(&ran.stderr));
    }
}

#[test]
fn the_oldest_rust_is_the_manifests() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let oldest = manifest["package"]["rust-version"].as_str().expect("a version").to_owned();
    assert!(read("README.md").contains(&format!("Rust {oldest} or newer")));
}
