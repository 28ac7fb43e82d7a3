//! `dixit man`: the manual pages, made from the same definitions as `--help`.

use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Ending;
use super::output::Output;
use crate::config;
use crate::error::{Error, Result};
use crate::query::Field;

/// Print the manual page
///
/// Prints the manual page of dixit, or of one of its commands, in the format of man(7).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit man > dixit.1
  dixit man import > dixit-import.1
  dixit man | man -l -")]
pub(super) struct Args {
    /// The command; without one, dixit as a whole
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// What the pages come with.
const SOURCE: &str = concat!("dixit ", env!("CARGO_PKG_VERSION"));
/// What a query is, before its fields.
const QUERIES: &str = "Words are fuzzy: their letters in this order, in title, source, author, speakers or tags, \
    whatever their case and accents. Words in quotation marks stand together. a b means both, a OR b one at least, \
    -a or !a what a doesn't choose; brackets hold together. An id stands for its article or claim. The fields, and \
    what they take:";
/// What the environment may say.
const ENVIRONMENT: [(&str, &str); 6] = [
    ("DIXIT_STORE", "The store's file, where --store doesn't name one."),
    ("DIXIT_CONFIG", "The configuration file, where --config doesn't name one."),
    ("NO_COLOR", "If set and not empty, no colours are used, unless --color says otherwise."),
    ("COLORTERM, TERM", "How many colours the terminal has."),
    ("SSH_TTY, SSH_CONNECTION", "If set, the reader copies through the terminal (OSC 52)."),
    ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "Where the folders below are; relative paths don't count."),
];

pub(super) fn run(args: &Args, out: &mut Output) -> Result<Ending> {
    let page = page(args.command.as_deref())?;
    out.page(&page)?;
    Ok(Ending::Done)
}

fn page(name: Option<&str>) -> Result<Vec<u8>> {
    let mut cli = super::command();
    cli.build();
    let mut page = Vec::new();
    let written = if let Some(name) = name {
        let Some(command) = cli.find_subcommand(name) else {
            let names = cli.get_subcommands().map(clap::Command::get_name);
            let hint = config::nearest(name, names).map(|near| format!("did you mean {near}?"));
            return Err(Error::Usage { why: format!("there is no command {name}"), hint });
        };
        Man::new(command.clone()).source(SOURCE).render(&mut page)
    } else {
        Man::new(cli).source(SOURCE).render(&mut page).and_then(|()| surroundings().to_writer(&mut page))
    };
    written.map_err(|source| Error::Output { source })?;
    Ok(page)
}

/// The sections on queries, environment, files and configuration.
fn surroundings() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["QUERIES"]);
    roff.text([roman(QUERIES)]);
    for field in Field::ALL {
        roff.control("TP", []).text([bold(format!("{}:", field.name()))]).text([roman(field.takes())]);
    }
    roff.control("SH", ["ENVIRONMENT"]);
    for (name, meaning) in ENVIRONMENT {
        roff.control("TP", []).text([bold(name)]).text([roman(meaning)]);
    }
    roff.control("SH", ["FILES"]);
    for (name, meaning) in [
        ("~/.config/dixit/config.toml", "The configuration, never needed."),
        ("~/.local/share/dixit/store.db", "The store."),
    ] {
        roff.control("TP", []).text([bold(name)]).text([roman(meaning)]);
    }
    roff.control("SH", ["CONFIGURATION"]);
    roff.text([roman("Every setting with its default, in the format of the file itself:")]);
    roff.control("RS", ["4"]).control("nf", []);
    for line in config::DEFAULTS.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []).control("RE", []);
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_commands_environment_and_settings() {
        let page = String::from_utf8(page(None).expect("a page")).expect("UTF-8");
        for words in [".TH dixit 1", "import", "Exit status", "speaker:", "DIXIT_STORE", "store.db", "measure = 72"] {
            assert!(page.contains(words), "{words}");
        }
    }

    #[test]
    fn every_command_has_a_page_of_its_own() {
        for command in crate::cli::command().get_subcommands() {
            let name = command.get_name();
            let page = String::from_utf8(page(Some(name)).expect("a page")).expect("UTF-8");
            assert!(page.contains(&format!("dixit\\-{name}")), "{page}");
        }
        assert_eq!(page(Some("improt")).expect_err("none").hint().as_deref(), Some("did you mean import?"));
    }
}
