//! `dixit read`, and `dixit` alone: the reader.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::context::Context;
use super::{Ending, choice};
use crate::config::{ColourDepth, Kept, Paths, Problem};
use crate::error::{Error, Result};
use crate::model::{ArticleId, Tag};
use crate::query::Query;
use crate::store::Store;
use crate::tui::app::{Settings, Start};
use crate::tui::keymap::Keymap;
use crate::tui::screen::{Depth, print_text};
use crate::tui::theme::Theme;
use crate::tui::{self, Options, Place, Script, browser, clipboard, editor, svg};

/// Columns and rows of a printed screen, where nobody says.
const SIZE: (u16, u16) = (80, 24);

/// Open the reader
///
/// Opens the reader on the list of articles, filtered by a query, or straight at the article of an id. In the reader, ?
/// shows the keys. With --print it runs without a terminal, does what --keys say, waits until all work is done, and
/// prints the last screen.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  dixit read                   the same as dixit
  dixit read tag:ia            on the articles tagged ia
  dixit read a3k7m2f           straight at an article
  dixit read --print --size 120x36 --keys '/wang<enter>'")]
pub(super) struct Args {
    /// Which articles, or which one
    #[arg(value_name = "QUERY|ID")]
    query: Vec<String>,
    // Not a comment of documentation: its brackets would be taken for HTML.
    #[arg(help = "Keys to press: characters as they are, <enter> <esc> <tab> <space> <c-d> <up> <f2> by name")]
    #[arg(long, value_name = "KEYS", requires = "print", allow_hyphen_values = true)]
    keys: Option<String>,
    /// Print the last screen instead of opening a terminal: as text, or =svg for a picture
    #[arg(long, value_name = "AS", value_enum, num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "text", hide_possible_values = true)]
    print: Option<Printed>,
    /// Columns and rows of that screen; else 80x24
    #[arg(long, value_name = "COLSxROWS", requires = "print", value_parser = size)]
    size: Option<(u16, u16)>,
}

/// What a printed screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Printed {
    Text,
    Svg,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    if context.out.json() {
        let hint = Some("`dixit list --json`, `dixit claims --json` and others do".into());
        return Err(Error::Usage { why: "the reader doesn't write JSON".into(), hint });
    }
    if args.print.is_none() {
        need_terminal()?;
    }
    let keys = tui::key::parse_keys(args.keys.as_deref().unwrap_or_default()).map_err(|why| Error::Usage {
        why: format!("--keys can't be understood: {why}"),
        hint: Some("characters stand for themselves, <enter> <esc> <tab> <space> <c-d> <up> for the others".into()),
    })?;
    let store = context.open_store()?;
    let start = start(&store, &args.query)?;
    let depth = ColourDepth::choose(context.everywhere.colour(), context.out.columns().is_some(), &variable).0;
    let settings = settings(context, depth)?;
    let state = context.paths.as_ref().map(Paths::kept);
    let options = Options { store, settings, state, start, notice: notice(&context.config.problems) };
    if let Some(printed) = args.print {
        let script = Script { keys, size: args.size.unwrap_or(SIZE) };
        let buffer = tui::play(options, &script)?.buffer;
        let page = match printed {
            Printed::Text => print_text(&buffer),
            Printed::Svg => svg::render(&buffer, "dixit: the reader", &svg::Palette::default()),
        };
        context.out.page(page.as_bytes())?;
    } else {
        let reports = context.paths.as_ref().map_or_else(std::env::temp_dir, |paths| paths.state.clone());
        let (clipboard, browser) = (clipboard_env(&variable), browser_env());
        let place = Place { depth: shown_depth(depth), clipboard, browser, editor: editor_env(), reports };
        if let Some(signal) = tui::run(options, &place)? {
            return Ok(Ending::Interrupted(signal));
        }
    }
    Ok(Ending::Done)
}

/// Refuses where there is no terminal to draw in.
fn need_terminal() -> Result<()> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let hint = Some("`dixit list` writes lines; `dixit read --print` draws one screen".into());
        return Err(Error::Usage { why: "the reader needs a terminal".into(), hint });
    }
    if variable("TERM").is_some_and(|term| term == "dumb") {
        let hint = Some("`dixit list` and `dixit show` write lines".into());
        return Err(Error::Usage { why: "the reader needs more than a dumb terminal".into(), hint });
    }
    Ok(())
}

/// Where to begin: at the article of an id, else on the list with the query as its filter.
fn start(store: &Store, words: &[String]) -> Result<Start> {
    if let [word] = words
        && ArticleId::parse(word).is_some()
    {
        return choice::article(store, word).map(Start::Article);
    }
    let filter = words.join(" ");
    Query::parse(&filter)?;
    Ok(if filter.trim().is_empty() { Start::List } else { Start::Filter(filter) })
}

fn settings(context: &Context, depth: ColourDepth) -> Result<Settings> {
    let config = &context.config;
    // Without colours a theme that relies on none tells more than one whose colours are taken away.
    let name = if depth == ColourDepth::None { "mono" } else { &config.theme.name };
    let kept = context.paths.as_ref().and_then(|paths| Kept::read(&paths.kept())?.over(config.measure));
    Ok(Settings {
        user: context.annotator()?,
        measure: kept.unwrap_or(config.measure),
        configured: config.measure,
        hyphenate: config.hyphenate,
        justify: config.justify,
        favourites: config.favourites.iter().filter_map(|named| Tag::new(&named.name).ok()).collect(),
        keymap: Keymap::new(&config.keys).0,
        theme: Theme::named(name).unwrap_or_else(|| Settings::default().theme),
    })
}

/// What is wrong with the configuration, in a line.
fn notice(problems: &[Problem]) -> Option<String> {
    let first = problems.first()?;
    let hint = first.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
    let more = if problems.len() > 1 { " (`dixit doctor` shows more)" } else { "" };
    Some(format!("{first}{hint}{more}"))
}

const fn shown_depth(depth: ColourDepth) -> Depth {
    match depth {
        ColourDepth::None => Depth::Monochrome,
        ColourDepth::Sixteen => Depth::Sixteen,
        ColourDepth::Indexed => Depth::Indexed,
        ColourDepth::True => Depth::True,
    }
}

/// What the environment says of the ways to a clipboard.
pub(super) fn clipboard_env(variable: &dyn Fn(&str) -> Option<String>) -> clipboard::Env {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    clipboard::Env {
        ssh: set("SSH_TTY") || set("SSH_CONNECTION"),
        tmux: set("TMUX"),
        wayland: set("WAYLAND_DISPLAY"),
        x11: set("DISPLAY"),
    }
}

/// What the environment says of the ways to a browser.
fn browser_env() -> browser::Env {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    browser::Env {
        browser: variable("BROWSER").filter(|browser| !browser.trim().is_empty()),
        ssh: set("SSH_TTY") || set("SSH_CONNECTION"),
        desktop: ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(set),
    }
}

/// What the environment says of the user's editor. The runtime folder is nobody else's.
fn editor_env() -> editor::Env {
    let command = ["VISUAL", "EDITOR"].into_iter().filter_map(variable).find(|value| !value.trim().is_empty());
    let runtime =
        variable("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_absolute() && folder.is_dir());
    editor::Env { command, folder: runtime.unwrap_or_else(std::env::temp_dir) }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn size(text: &str) -> Result<(u16, u16), &'static str> {
    let parsed = text.split_once(['x', 'X', '×']).and_then(|(columns, rows)| {
        let side = |side: &str| side.parse::<u16>().ok().filter(|side| (1..=1000).contains(side));
        side(columns).zip(side(rows))
    });
    parsed.ok_or("columns, x and rows, like 80x24")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_columns_and_rows() {
        assert_eq!(size("80x24"), Ok((80, 24)));
        assert_eq!(size("1X1000"), Ok((1, 1000)));
        for wrong in ["80", "80x", "x24", "0x24", "80x1001", "80x24x2", "-1x3"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
