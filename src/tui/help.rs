//! The help: the keys of the place where one is, then those that count everywhere, searchable.

use super::action::{ACTIONS, Action, Mode};
use super::app::Help;
use super::keymap::Keymap;
use crate::text::fold::fold;

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// A place.
    Heading(&'static str),
    /// Keys and what they do.
    Entry {
        /// The keys, as they are typed.
        keys: String,
        /// What they do.
        help: &'static str,
        /// The action's name, by which it can be bound or run.
        name: &'static str,
    },
    /// Nothing.
    Blank,
}

/// The help's lines, those that hold the words searched.
pub fn lines(help: &Help, keymap: &Keymap) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    let first = [help.mode, Mode::Everywhere];
    for mode in first.into_iter().chain(Mode::ALL.into_iter().filter(|mode| !first.contains(mode))) {
        let entries = entries(mode, keymap, help.line.text());
        if entries.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Heading(mode.heading()));
        lines.extend(entries);
    }
    lines
}

/// The keys of one mode, as help and README show them; the digits of claims in one line.
pub fn entries(mode: Mode, keymap: &Keymap, search: &str) -> Vec<HelpLine> {
    let words: Vec<String> = search.split_whitespace().map(fold).collect();
    let mut lines = Vec::new();
    for entry in ACTIONS {
        let mut keys = keymap.own_keys(mode, entry.action);
        if keys.is_empty() || matches!(entry.action, Action::Claim(n) if n != 1) {
            continue;
        }
        if entry.action == Action::Claim(1) {
            keys = vec!["1 … 9".to_owned()];
        }
        let keys = keys.join(" ");
        let hay = fold(&format!("{keys} {} {}", entry.help, entry.name));
        if words.iter().all(|word| hay.contains(word.as_str())) {
            lines.push(HelpLine::Entry { keys, help: entry.help, name: entry.name });
        }
    }
    lines
}
