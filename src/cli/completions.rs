//! `dixit completions`: what a shell needs to complete dixit's commands and options.

use clap_complete::Shell;

use super::Ending;
use super::output::Output;
use crate::error::Result;

/// Print completions for a shell
///
/// Prints a script that teaches bash, zsh, fish, elvish or powershell to complete dixit's commands and options.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit completions bash > ~/.local/share/bash-completion/completions/dixit
  dixit completions zsh > ~/.zfunc/_dixit
  dixit completions fish > ~/.config/fish/completions/dixit.fish")]
pub(super) struct Args {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

pub(super) fn run(args: &Args, out: &mut Output) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "dixit", &mut script);
    out.page(&script)?;
    Ok(Ending::Done)
}
