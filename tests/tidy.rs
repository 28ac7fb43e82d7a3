//! The house rules that a program can check: who may import whom, no hidden state in the reader's state, no
//! file without its opening prose.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// For each room the other rooms that it may import; the longest prefix of a module's path counts.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("model", &["model"]),
    ("text", &["text", "model::range", "model::ByteRange"]),
    ("query", &["query", "model", "text", "error"]),
    ("import", &["import", "model", "text", "error"]),
    ("extract", &["extract", "model", "text", "error"]),
    ("export", &["export", "model", "text", "error"]),
    ("store", &["store", "model", "query", "error", "text::fold", "text::anchor", "text::segment", "text::likeness"]),
    ("config", &["config", "error"]),
    ("tui", STATE),
    ("tui::view", &["tui", "model", "text"]),
    ("tui::input", &["tui::input", "tui::key", "tui::screen", "tui::signals", "error"]),
    ("tui::screen", &["tui::screen", "tui::frame", "tui::key", "text", "error"]),
    ("tui::signals", &["tui::input", "tui::screen", "text", "error"]),
    ("tui::clipboard", &["text"]),
    ("tui::svg", &["tui::screen"]),
    ("tui::browser", &["text"]),
    ("tui::editor", &["model"]),
    ("tui::worker", &["tui", "config", "model", "query", "store", "text", "error"]),
    ("cli", &["cli", "tui", "config", "store", "import", "extract", "query", "model", "text", "error", "export"]),
];

/// What the reader's state may import.
const STATE: &[&str] = &["tui", "model", "text", "query", "config", "export"];

/// Words that the reader's state never uses: input and output, clocks, randomness, threads, the terminal.
const NOT_IN_STATE: &[&str] = &[
    "std::fs",
    "std::thread",
    "std::time",
    "std::sync::mpsc",
    "Instant::now",
    "now_v7",
    "crossterm",
    "rusqlite",
    "println!",
];

/// The modules of the reader that are its state and its views.
const STATE_MODULES: &[&str] = &[
    "action",
    "app",
    "chooser",
    "citation",
    "claims",
    "draft",
    "effect",
    "event",
    "frame",
    "head",
    "help",
    "key",
    "keymap",
    "layout",
    "library",
    "menu",
    "page",
    "pivot",
    "prompt",
    "reader",
    "search",
    "selection",
    "theme",
    "triage",
    "view",
    "way",
    "window",
];

fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let module = |path: &Path| {
        let path = path.strip_prefix(&root).expect("below src").with_extension("");
        path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("::")
    };
    files.into_iter().map(|path| (module(&path), fs::read_to_string(&path).expect("a source"))).collect()
}

/// The code of a file without its comments and without its tests.
fn code(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The paths behind each `crate::` in `code`, groups taken apart: `crate::{error::Result, text::{fold, shown}}`.
fn imports(code: &str) -> Vec<String> {
    // `pub(in crate::tui)` imports nothing.
    let found = code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with("in "));
    found.flat_map(|(at, prefix)| paths(&code[at + prefix.len()..])).collect()
}

/// The paths that `code` begins with: one, or those of a group.
fn paths(code: &str) -> Vec<String> {
    let end = code.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(code.len());
    let prefix = code[..end].trim_end_matches(':');
    let Some(group) = code[end..].strip_prefix('{').filter(|_| end == 0 || code[..end].ends_with("::")) else {
        return vec![prefix.to_owned()];
    };
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth < 0 || (depth == 0 && c == ',') {
            let member = group[start..at].trim();
            found.extend(paths(member).into_iter().filter(|_| !member.is_empty()).map(|path| match prefix {
                "" => path,
                prefix => format!("{prefix}::{path}"),
            }));
            start = at + 1;
        }
        if depth < 0 {
            break;
        }
    }
    found
}

fn is_below(path: &str, prefix: &str) -> bool {
    path == prefix || path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("::"))
}

#[test]
fn groups_of_imports_are_taken_apart() {
    let code =
        "use crate::text::{fold, shown::{self, Shown}};\nuse crate::model::Row;\nuse crate::{error, store::Store};";
    let found = imports(code);
    let paths = ["text::fold", "text::shown::self", "text::shown::Shown", "model::Row", "error", "store::Store"];
    assert_eq!(found, paths);
}

#[test]
fn rooms_import_only_what_the_plan_allows() {
    let mut wrong = Vec::new();
    for (module, source) in sources() {
        if matches!(module.as_str(), "lib" | "main" | "tui") || module.ends_with("::tests") {
            continue;
        }
        let rules = MAY_IMPORT.iter().filter(|(room, _)| is_below(&module, room)).max_by_key(|(room, _)| room.len());
        let Some((_, allowed)) = rules else {
            wrong.push(format!("{module} is in no room"));
            continue;
        };
        for path in imports(&code(&source)) {
            if !allowed.iter().any(|room| is_below(&path, room)) {
                wrong.push(format!("{module} imports {path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_readers_state_knows_neither_world_nor_clock() {
    let mut wrong = Vec::new();
    for (module, source) in sources() {
        let Some(name) = module.strip_prefix("tui::").and_then(|rest| rest.split("::").next()) else { continue };
        if !STATE_MODULES.contains(&name) {
            continue;
        }
        let code = code(&source);
        wrong.extend(NOT_IN_STATE.iter().filter(|word| code.contains(**word)).map(|word| format!("{module}: {word}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sql_stands_only_in_the_store() {
    for (module, source) in sources() {
        let may = is_below(&module, "store") || module == "error";
        assert!(may || !code(&source).contains("rusqlite"), "{module}");
    }
}

#[test]
fn every_module_opens_with_prose_and_none_is_called_mod() {
    for (module, source) in sources() {
        assert!(source.starts_with("//! "), "{module} doesn't say what it is");
        assert!(!module.ends_with("::mod"), "{module}");
    }
}
