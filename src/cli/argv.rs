//! Before and after clap: queries that begin with a hyphen get in, and what can't be understood is said in one line.
//!
//! `-tag:lu` in a query and `!tag:lu` mean the same, so the one is handed on as the other; then a word with a single
//! hyphen never has to be told from an option, and an unknown option stays an error.

use std::ffi::{OsStr, OsString};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Ending;
use super::output::Output;
use crate::config::nearest;
use crate::error::{Error, Result};

/// The commands whose arguments are a query, or may be.
pub(super) const TAKE_QUERIES: [&str; 6] = ["read", "list", "claims", "speakers", "tag", "remove"];

/// Rewrites `-word` to `!word` where it stands in a query.
pub(super) fn admit_hyphens(args: Vec<OsString>) -> Vec<OsString> {
    let command = super::command();
    let with_value: Vec<String> = std::iter::once(&command)
        .chain(command.get_subcommands())
        .flat_map(clap::Command::get_arguments)
        .filter(|arg| arg.get_action().takes_values())
        .filter_map(|arg| arg.get_long().map(|name| format!("--{name}")))
        .collect();
    let mut in_query = None;
    let mut is_value = true;
    let mut ended = false;
    args.into_iter()
        .map(|arg| {
            let Some(word) = arg.to_str() else { return arg };
            let was_value = std::mem::replace(&mut is_value, with_value.iter().any(|name| name == word));
            ended = ended || word == "--";
            if was_value || ended {
                return arg;
            }
            if !word.starts_with('-') {
                in_query.get_or_insert(TAKE_QUERIES.contains(&word));
            } else if in_query == Some(true)
                && word.len() > 1
                && !word.starts_with("--")
                && !["-h", "-V"].contains(&word)
            {
                return OsString::from(format!("!{}", &word[1..]));
            }
            arg
        })
        .collect()
}

/// Prints the help or the version that was asked for; everything else that clap has to say becomes an error of ours.
pub(super) fn explain(error: &clap::Error, args: &[OsString]) -> Result<Ending> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = Output::plain();
            let page = error.render();
            let page = if out.coloured() { page.ansi().to_string() } else { page.to_string() };
            out.page(page.as_bytes())?;
            Ok(Ending::Done)
        }
        _ => Err(understand(error, args)),
    }
}

fn understand(error: &clap::Error, args: &[OsString]) -> Error {
    let command = super::command();
    let sub = named_command(&command, args);
    let help = sub.map_or_else(|| "`dixit --help`".into(), |sub| format!("`dixit {} --help`", sub.get_name()));
    let (why, hint) = match error.kind() {
        ErrorKind::InvalidSubcommand => no_command(&command, &said(error, ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => {
            let word = said(error, ContextKind::InvalidArg);
            if word.starts_with('-') {
                no_option(&command, sub, &word)
            } else if sub.is_none() {
                no_command(&command, &word)
            } else {
                (format!("there is no place for {word} here"), None)
            }
        }
        ErrorKind::MissingRequiredArgument => (format!("this needs {}", said(error, ContextKind::InvalidArg)), None),
        ErrorKind::InvalidValue if said(error, ContextKind::InvalidValue).is_empty() => {
            (format!("{} needs a value", said(error, ContextKind::InvalidArg)), None)
        }
        ErrorKind::InvalidValue => {
            let values = said(error, ContextKind::ValidValue);
            let wrong = said(error, ContextKind::InvalidValue);
            let near = nearest(&wrong, values.split(", ")).map(|near| format!("did you mean {near}?"));
            let hint = near.or_else(|| (!values.is_empty()).then(|| format!("it can be {values}")));
            (format!("{} can't be {wrong}", said(error, ContextKind::InvalidArg)), hint)
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let wrong = said(error, ContextKind::InvalidValue);
            (format!("{} can't be {wrong}: {why}", said(error, ContextKind::InvalidArg)), None)
        }
        ErrorKind::ArgumentConflict => {
            let (one, other) = (said(error, ContextKind::InvalidArg), said(error, ContextKind::PriorArg));
            let why = if one == other { "is given twice".into() } else { format!("doesn't go with {other}") };
            (format!("{one} {why}"), None)
        }
        ErrorKind::InvalidUtf8 => ("an argument isn't UTF-8".into(), None),
        _ => {
            let text = error.render().to_string();
            let line = text.lines().next().unwrap_or_default();
            (line.strip_prefix("error: ").unwrap_or(line).to_owned(), None)
        }
    };
    Error::Usage { why, hint: Some(hint.unwrap_or_else(|| format!("{help} shows how"))) }
}

fn no_command(command: &clap::Command, word: &str) -> (String, Option<String>) {
    let hint = match nearest(word, command.get_subcommands().map(clap::Command::get_name)) {
        Some(name) => format!("did you mean {name}?"),
        None => "`dixit --help` shows the commands; to look for a word, `dixit read WORD` or `dixit list WORD`".into(),
    };
    (format!("there is no command {word}"), Some(hint))
}

fn no_option(command: &clap::Command, sub: Option<&clap::Command>, word: &str) -> (String, Option<String>) {
    let names = std::iter::once(command).chain(sub).flat_map(clap::Command::get_arguments);
    let names: Vec<&str> = names.filter_map(clap::Arg::get_long).chain(["help", "version"]).collect();
    let bare = word.trim_start_matches('-').split('=').next().unwrap_or_default();
    let near = nearest(bare, names.iter().copied()).map(|near| format!("did you mean --{near}?"));
    (format!("there is no option {word}"), near)
}

/// The subcommand that the arguments name.
fn named_command<'a>(command: &'a clap::Command, args: &[OsString]) -> Option<&'a clap::Command> {
    let words = args.iter().skip(1).filter_map(|arg| OsStr::to_str(arg));
    words.filter(|word| !word.starts_with('-')).find_map(|word| command.find_subcommand(word))
}

/// What clap says of an error, in words; its options without their values' names.
fn said(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => bare(word),
        Some(ContextValue::Strings(words)) => words.iter().map(|word| bare(word)).collect::<Vec<_>>().join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn bare(word: &str) -> String {
    match word.split_once(" <") {
        Some((option, _)) if option.starts_with("--") => option.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(line: &str) -> String {
        let args = line.split_whitespace().map(OsString::from).collect();
        admit_hyphens(args).iter().map(|arg| arg.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_hyphen_in_a_query_is_an_exclamation_mark() {
        for (line, same) in [
            ("dixit list -tag:lu wang", "dixit list !tag:lu wang"),
            ("dixit --json claims -form:direct --user -x", "dixit --json claims !form:direct --user -x"),
            ("dixit --store list list -a", "dixit --store list list !a"),
            ("dixit tag -tag:lu -- +ia -draft", "dixit tag !tag:lu -- +ia -draft"),
            ("dixit import -", "dixit import -"),
            ("dixit list -h", "dixit list -h"),
            ("dixit undo -3", "dixit undo -3"),
            ("dixit -x list", "dixit -x list"),
        ] {
            assert_eq!(admitted(line), same);
        }
    }

    /// What is said of a command line, and the hint.
    fn check(line: &str) -> (String, String) {
        let args = admit_hyphens(line.split_whitespace().map(OsString::from).collect());
        let error = crate::cli::command().try_get_matches_from(&args).expect_err(line);
        let error = understand(&error, &args);
        assert_eq!(error.exit_status(), 2);
        (error.to_string(), error.hint().unwrap_or_default())
    }

    #[test]
    fn what_cant_be_understood_is_said_in_a_line_with_a_hint() {
        for (line, why, hint) in [
            ("dixit improt", "there is no command improt", "did you mean import?"),
            ("dixit improt x.txt", "there is no command improt", "did you mean import?"),
            ("dixit list --jsno", "there is no option --jsno", "did you mean --json?"),
            ("dixit --strore=x", "there is no option --strore", "did you mean --store?"),
            ("dixit undo -3", "there is no option -3", "`dixit undo --help` shows how"),
            ("dixit list --whatever", "there is no option --whatever", "`dixit list --help` shows how"),
            ("dixit show", "this needs <ID>", "`dixit show --help` shows how"),
            ("dixit tag wang", "this needs <TAGS>...", "`dixit tag --help` shows how"),
            ("dixit list --store", "--store needs a value", "`dixit list --help` shows how"),
            ("dixit list --color nver", "--color can't be nver", "did you mean never?"),
            ("dixit list --color red", "--color can't be red", "it can be auto, always, never"),
            ("dixit show a3k7m2 more", "there is no place for more here", "`dixit show --help` shows how"),
            (
                "dixit read --size 80",
                "--size can't be 80: columns, x and rows, like 80x24",
                "`dixit read --help` shows how",
            ),
            ("dixit list --json --json", "--json is given twice", "`dixit list --help` shows how"),
        ] {
            assert_eq!(check(line), (why.into(), hint.into()), "{line}");
        }
        let (why, hint) = check("dixit wang");
        assert_eq!(why, "there is no command wang");
        assert!(hint.contains("dixit list WORD"), "{hint}");
    }
}
