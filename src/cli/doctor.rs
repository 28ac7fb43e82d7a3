//! `dixit doctor`: what dixit found on this machine, and what that means.
//!
//! It answers most questions that people ask about a program in a terminal: which files it read, how many colours it
//! uses, how it copies, where the store is and whether it is well there. It makes and changes nothing; a store that
//! isn't there yet stays so.

use std::env;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::context::Context;
use super::output::{faint, plain, strong};
use super::read::clipboard_env;
use super::{Ending, json, wrap};
use crate::config::{ColourDepth, Source};
use crate::error::{Error, Result};
use crate::store::Store;

/// Say what dixit found: configuration, terminal, store
///
/// Reports the version, the configuration files that were read and their mistakes, the terminal with its colours and
/// its way to the clipboard, the locale and the store, each with what it means. The exit status is 2 if the
/// configuration has mistakes, 3 if the store can't be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit doctor
  dixit doctor --store archive.db
  dixit doctor --json | jq -r '.about + \": \" + .found'")]
pub(super) struct Args {}

/// Something found.
struct Finding {
    about: &'static str,
    found: String,
    means: String,
}

fn finding(about: &'static str, found: impl Into<String>, means: impl Into<String>) -> Finding {
    Finding { about, found: found.into(), means: means.into() }
}

pub(super) fn run(_: &Args, context: &mut Context) -> Result<Ending> {
    let mut findings = vec![finding("version", env!("CARGO_PKG_VERSION"), "the dixit that runs")];
    findings.extend(configuration(context));
    findings.extend(terminal(context));
    let (store, well) = store(context);
    findings.extend(store);
    for Finding { about, found, means } in &findings {
        if context.out.json() {
            context.out.object(&json::Finding { about, found, means })?;
            continue;
        }
        context.out.line(&[strong(&format!("{about:<14}")), plain(found)])?;
        match context.out.columns() {
            Some(columns) => {
                for line in wrap::wrap(means, 14, columns) {
                    context.out.line(&[faint(&line)])?;
                }
            }
            None => context.out.line(&[plain(&format!("{:14}{means}", ""))])?,
        }
    }
    Ok(match (well, context.config.problems.is_empty()) {
        (false, _) => Ending::Trouble,
        (true, false) => Ending::Misconfigured,
        (true, true) => Ending::Done,
    })
}

fn configuration(context: &Context) -> Vec<Finding> {
    let (found, means) = match &context.config.source {
        Source::Read(path) => (path.display().to_string(), "it was read; what it doesn't say has its default"),
        Source::Missing(path) => (format!("{}, not there", path.display()), "every setting has its default"),
        Source::Unreadable(path) => (format!("{}, not readable", path.display()), "every setting has its default"),
        Source::Defaults => ("none".into(), "this user has no home folder; every setting has its default"),
    };
    let mut findings = vec![finding("configuration", found, means)];
    for problem in &context.config.problems {
        let means = problem.hint().unwrap_or_else(|| "it doesn't count; everything else does".into());
        findings.push(finding("mistake", problem.to_string(), means));
    }
    let user = context.annotator().unwrap_or_else(|error| error.to_string());
    findings.push(finding("user", user, "the name beside your tags and claims; `dixit undo` takes back its acts"));
    findings
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn terminal(context: &Context) -> Vec<Finding> {
    let on_terminal = io::stdout().is_terminal();
    let term = variable("TERM");
    let named = term.as_deref().unwrap_or("TERM is not set");
    let (found, means) = match (on_terminal, term.as_deref()) {
        (false, _) => (format!("{named}; the output isn't a terminal"), "lines are written whole, without colours"),
        (true, None | Some("dumb")) => {
            (named.to_owned(), "the reader can't draw here; `dixit list` and `dixit show` can")
        }
        (true, Some(_)) => (named.to_owned(), "the reader can draw here"),
    };
    let size = match context.out.columns() {
        Some(columns) => format!(", {columns} columns"),
        None => String::new(),
    };
    let (depth, why) = ColourDepth::choose(context.everywhere.colour(), on_terminal, &|name| env::var(name).ok());
    let locale = locale(&variable);
    let (clipboard, copies) = clipboard(&variable);
    vec![
        finding("terminal", found + &size, means),
        finding("colours", depth.words(), format!("{why}; nothing is told by colour alone")),
        finding("locale", locale.0, locale.1),
        finding("clipboard", clipboard, copies),
    ]
}

/// The locale by the order in which POSIX asks for it, and whether the terminal takes it for UTF-8.
fn locale(variable: &dyn Fn(&str) -> Option<String>) -> (String, &'static str) {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, variable(name)?)));
    let Some((name, value)) = set else {
        return ("none is set".into(), "UTF-8 is written all the same; if letters look wrong, set LANG=C.UTF-8");
    };
    let folded = value.to_lowercase().replace('-', "");
    let means = if folded.contains("utf8") {
        "UTF-8, as it should be"
    } else {
        "not UTF-8, which is written all the same; if letters look wrong, set LANG=C.UTF-8"
    };
    (format!("{name}={value}"), means)
}

/// How the reader copies, and what to mind.
fn clipboard(variable: &dyn Fn(&str) -> Option<String>) -> (String, &'static str) {
    let around = clipboard_env(variable);
    let folders: Vec<PathBuf> = variable("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    let has = |program: &str| folders.iter().any(|folder| folder.join(program).is_file());
    let desktop = [
        ("pbcopy", cfg!(target_os = "macos")),
        ("wl-copy", around.wayland),
        ("xclip", around.x11),
        ("xsel", around.x11),
    ];
    let program = desktop.into_iter().find(|(name, here)| *here && !around.ssh && has(name));
    match (program, around.ssh, around.tmux) {
        (Some((name, _)), ..) => (name.to_owned(), "the program says whether it took the text"),
        (None, _, true) => (
            "tmux's buffer, and the terminal (OSC 52)".into(),
            "for the terminal's clipboard tmux needs `set -s set-clipboard on`",
        ),
        (None, true, false) => (
            "the terminal at your end (OSC 52)".into(),
            "it doesn't say whether it took the text; some have it switched off",
        ),
        (None, false, false) => (
            "the terminal (OSC 52)".into(),
            "it doesn't say whether it took the text; with wl-copy or xclip installed the reader knows",
        ),
    }
}

/// What can be said of the store, and whether it can be read.
fn store(context: &Context) -> (Vec<Finding>, bool) {
    let place = match context.store_path() {
        Ok(place) => place,
        Err(error) => return (vec![finding("store", "none", told(&error))], false),
    };
    let path = &place.path;
    let name = path.display().to_string();
    let mut findings = Vec::new();
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let means = if place.default {
                "it is made at the first start, with the five articles that come with dixit"
            } else {
                "it is made at the first start; with --seeds it gets the five articles that come with dixit"
            };
            return (vec![finding("store", format!("{name}, not there yet"), means)], true);
        }
        Err(source) => {
            let error = Error::File { doing: "read", path: path.clone(), source };
            return (vec![finding("store", name, told(&error))], false);
        }
    };
    let size = about.len().div_ceil(1024);
    let well = match Store::open(path).and_then(|store| store.totals()) {
        Ok(totals) => {
            let means = format!("{} articles, {} claims; `dixit check` looks it over", totals.articles, totals.claims);
            findings.push(finding("store", format!("{name}, {size} KiB"), means));
            true
        }
        Err(error) => {
            findings.push(finding("store", format!("{name}, {size} KiB"), told(&error)));
            false
        }
    };
    findings.extend(file_system(path));
    (findings, well)
}

/// An error with its hint, in a line.
fn told(error: &Error) -> String {
    error.hint().map_or_else(|| error.to_string(), |hint| format!("{error}; {hint}"))
}

/// The file system of the store: over a network, the locks and the shared memory that a write-ahead log needs don't
/// work between machines.
#[cfg(target_os = "linux")]
fn file_system(path: &Path) -> Option<Finding> {
    // The magic numbers of statfs(2) that stand for another machine's disk, or may.
    const NETWORK: [(u32, &str); 10] = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xff53_4d42, "CIFS"),
        (0xfe53_4d42, "SMB 2"),
        (0x0102_1997, "9P"),
        (0x5346_414f, "AFS"),
        (0x00c3_6400, "Ceph"),
        (0x0bd0_0bd0, "Lustre"),
        (0x7461_636f, "OCFS2"),
        (0x6573_5546, "FUSE"),
    ];
    let found = rustix::fs::statfs(path).ok()?.f_type as u32;
    Some(match NETWORK.iter().find(|(magic, _)| *magic == found) {
        Some((_, "FUSE")) => {
            finding("file system", "FUSE", "if it is another machine's (sshfs), keep the store elsewhere: --store FILE")
        }
        Some((_, name)) => finding(
            "file system",
            format!("{name}, over the network"),
            "two machines writing at once can damage the store; keep it on a disk of this one: --store FILE",
        ),
        None => finding("file system", "of this machine", "several dixit may use the store at once"),
    })
}

#[cfg(not(target_os = "linux"))]
fn file_system(_: &Path) -> Option<Finding> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_the_first_that_posix_asks_for() {
        let check = |env: &[(&str, &str)]| {
            locale(&|name| env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(check(&[("LANG", "fr_FR.UTF-8")]), ("LANG=fr_FR.UTF-8".into(), "UTF-8, as it should be"));
        assert_eq!(check(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "C")]).0, "LC_ALL=C");
        assert!(check(&[("LC_CTYPE", "fr_FR.ISO-8859-1")]).1.starts_with("not UTF-8"));
        assert_eq!(check(&[]).0, "none is set");
    }

    #[test]
    fn the_way_to_the_clipboard_follows_where_the_desktop_is() {
        let programs = tempfile::tempdir().expect("a folder");
        std::fs::write(programs.path().join("wl-copy"), "").expect("a file");
        let path = programs.path().display().to_string();
        let check = |env: &[&str]| {
            clipboard(&|name| match name {
                "PATH" => Some(path.clone()),
                name => env.contains(&name).then(|| "set".to_owned()),
            })
            .0
        };
        assert_eq!(check(&["WAYLAND_DISPLAY", "DISPLAY"]), "wl-copy");
        assert_eq!(check(&["DISPLAY"]), "the terminal (OSC 52)", "xclip isn't there");
        assert_eq!(check(&["WAYLAND_DISPLAY", "SSH_TTY"]), "the terminal at your end (OSC 52)");
        assert_eq!(check(&["SSH_CONNECTION", "TMUX"]), "tmux's buffer, and the terminal (OSC 52)");
    }
}
