//! The command line: one file per subcommand, and what they share.
//!
//! A subcommand is its own `Args`, whose comments are its help, and a `run` that takes the store's plain
//! values and turns them into lines or JSON. Data goes to standard output, messages to standard error, and
//! everything that people read passes [`crate::text::shown`]. Nobody imports this room.

mod argv;
mod check;
mod choice;
mod claims;
mod completions;
mod context;
mod doctor;
mod extract;
mod import;
mod json;
mod list;
mod log;
mod man;
mod output;
mod read;
mod remove;
mod show;
mod speakers;
mod table;
mod tag;
mod undo;
mod wrap;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use self::context::Context;
use self::output::Output;
pub use self::output::tell_error;
use crate::config::ColourChoice;
use crate::error::Result;
use crate::query::Field;

/// How a command ended, other than by an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It did what it was asked for.
    Done,
    /// Nothing matched.
    NothingMatched,
    /// It worked, but the configuration has mistakes, and looking for them was the point.
    Misconfigured,
    /// It did what could be done; some file, or the store, is not as it should be.
    Trouble,
    /// A signal ended it; all was saved.
    Interrupted(i32),
}

impl Ending {
    /// The exit status, as the help tells it.
    pub const fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NothingMatched => 1,
            Self::Misconfigured => 2,
            Self::Trouble => 3,
            // As shells count: 130 for Ctrl-c.
            Self::Interrupted(signal) => 128_u8.saturating_add(signal as u8),
        }
    }

    /// `Done` where something was found.
    const fn found(something: bool) -> Self {
        if something { Self::Done } else { Self::NothingMatched }
    }
}

const EXAMPLES: &str = "\
Examples:
  dixit                          open the reader
  dixit import ~/articles        add every text in a folder
  dixit list tag:ia              the articles tagged ia
  dixit claims speaker:wang      what Wang is quoted with
  dixit tag wang -- +ia -draft   tag all articles that match

Exit status: 0 done, 1 nothing matched, 2 wrong usage or configuration, 3 a file or the store
could not be read or written, 130 interrupted.";

#[derive(Debug, Parser)]
#[command(name = "dixit", version, about = "Reads the press in a terminal by who said what")]
#[command(long_about = "Reads the press in a terminal by who said what: a list of articles, the text, and beside it \
                  the claims in it and who made them. Without a command it opens the reader; everything the reader \
                  shows can also be had as lines.")]
#[command(after_help = EXAMPLES, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The options that every command takes.
#[allow(clippy::doc_markdown, reason = "the comments are the help, which knows no backticks")]
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Options everywhere")]
struct Everywhere {
    /// The store (else DIXIT_STORE, else the data folder's)
    #[arg(long, value_name = "FILE", global = true)]
    store: Option<PathBuf>,
    /// Put the five articles that come with dixit into that store
    #[arg(long, global = true)]
    seeds: bool,
    /// Your name in the journal (else the configuration's, else login)
    #[arg(long, value_name = "NAME", global = true)]
    user: Option<String>,
    /// The configuration (else DIXIT_CONFIG, else the usual place)
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Colours: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, hide_default_value = true, global = true)]
    #[arg(hide_possible_values = true)]
    color: Color,
    /// One JSON object a line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Everywhere {
    const fn colour(&self) -> ColourChoice {
        match self.color {
            Color::Auto => ColourChoice::Auto,
            Color::Always => ColourChoice::Always,
            Color::Never => ColourChoice::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Read(read::Args),
    Import(import::Args),
    List(list::Args),
    Show(show::Args),
    Claims(claims::Args),
    Extract(extract::Args),
    Speakers(speakers::Args),
    Tag(tag::Args),
    Remove(remove::Args),
    Undo(undo::Args),
    Log(log::Args),
    Check(check::Args),
    Doctor(doctor::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The command line as clap knows it. `-h` and `--help` are one page: what the command does in full, and a line for
/// each option.
fn command() -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::HelpShort).help("Print help").global(true);
    let in_full = |mut command: clap::Command| {
        if argv::TAKE_QUERIES.contains(&command.get_name()) {
            let examples = command.get_after_help().cloned().unwrap_or_default();
            command = command.after_help(format!("{examples}\n\n{}", queries()));
        }
        let about = command.get_long_about().or(command.get_about()).cloned().unwrap_or_default();
        command.before_help(about).help_template("{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}")
    };
    in_full(Cli::command()).max_term_width(88).disable_help_flag(true).arg(help).mut_subcommands(in_full)
}

/// What a query is made of, for the help of the commands that take one.
fn queries() -> String {
    let (first, second) = Field::ALL.split_at(Field::ALL.len() / 2);
    let names =
        |fields: &[Field]| fields.iter().map(|field| format!("{}:", field.name())).collect::<Vec<_>>().join(" ");
    format!(
        "Queries:\n  words, fuzzy; \"words together\"; a b, a OR b, (a b), -a\n  {}\n  {}\n  \
         `dixit man` says what each of them takes.",
        names(first),
        names(second)
    )
}

/// Does what the arguments (the program's name first) ask for.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<Ending> {
    output::report_panics();
    let args = argv::admit_hyphens(args.into_iter().collect());
    let parsed = command().try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return argv::explain(&error, &args),
    };
    match cli.command.unwrap_or_default() {
        Command::Completions(args) => completions::run(&args, &mut Output::plain()),
        Command::Man(args) => man::run(&args, &mut Output::plain()),
        command => {
            let mut context = Context::new(cli.everywhere);
            let ending = run_in(&mut context, command)?;
            context.out.flush()?;
            Ok(ending)
        }
    }
}

fn run_in(context: &mut Context, command: Command) -> Result<Ending> {
    if !matches!(command, Command::Read(_) | Command::Doctor(_)) {
        context.tell_problems();
    }
    match command {
        Command::Read(args) => read::run(&args, context),
        Command::Import(args) => import::run(&args, context),
        Command::List(args) => list::run(&args, context),
        Command::Show(args) => show::run(&args, context),
        Command::Claims(args) => claims::run(&args, context),
        Command::Extract(args) => extract::run(&args, context),
        Command::Speakers(args) => speakers::run(&args, context),
        Command::Tag(args) => tag::run(&args, context),
        Command::Remove(args) => remove::run(&args, context),
        Command::Undo(args) => undo::run(&args, context),
        Command::Log(args) => log::run(&args, context),
        Command::Check(args) => check::run(&args, context),
        Command::Doctor(args) => doctor::run(&args, context),
        Command::Completions(args) => completions::run(&args, &mut context.out),
        Command::Man(args) => man::run(&args, &mut context.out),
    }
}

impl Default for Command {
    fn default() -> Self {
        Self::Read(read::Args::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn every_command_has_a_line_and_an_example() {
        for command in command().get_subcommands() {
            let name = command.get_name();
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_empty() && about.chars().count() <= 80, "{name}: {about}");
            let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(examples.contains(&format!("dixit {name}")), "{name}");
        }
    }

    #[test]
    fn every_example_is_understood() {
        let mut cli = command();
        let pages = cli.get_subcommands().filter_map(|c| c.get_after_help().map(ToString::to_string));
        let mut pages: Vec<String> = pages.collect();
        pages.push(cli.get_after_help().map(ToString::to_string).unwrap_or_default());
        let mut seen = 0;
        for line in pages.iter().flat_map(|page| page.lines()).filter_map(|line| line.strip_prefix("  dixit")) {
            let command = line.split("   ").next().unwrap_or_default();
            let command = command.split(['|', '>']).next().unwrap_or_default();
            let words = command.split_whitespace().map(|word| OsString::from(word.trim_matches('\'')));
            let args = argv::admit_hyphens(std::iter::once("dixit".into()).chain(words).collect());
            let parsed = cli.try_get_matches_from_mut(&args);
            assert!(parsed.is_ok(), "dixit{line}\n{}", parsed.expect_err("an error"));
            seen += 1;
        }
        assert!(seen > 20, "{seen} examples");
    }
}
