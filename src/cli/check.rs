//! `dixit check`: whether the store is as it should be.

use super::context::Context;
use super::output::{plain, strong};
use super::{Ending, json, table};
use crate::error::Result;

/// Look the store over
///
/// Checks the store's file, its references, and its state against a replay of the journal; changes nothing. A line a
/// check; the exit status is 3 if one of them is not ok.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit check
  dixit check --store archive.db --json")]
pub(super) struct Args {}

pub(super) fn run(_: &Args, context: &mut Context) -> Result<Ending> {
    let checks = context.open_store()?.check()?;
    if context.out.json() {
        for check in &checks {
            context.out.object(&json::Verdict { check: check.check, ok: check.ok, detail: &check.detail })?;
        }
    } else {
        let cells: Vec<_> = checks
            .iter()
            .map(|check| {
                let verdict = if check.ok { plain("ok") } else { strong("NOT OK") };
                vec![verdict, plain(check.check), plain(&check.detail)]
            })
            .collect();
        table::print(&mut context.out, &[table::left(6), table::left(30), table::rest()], &cells)?;
    }
    Ok(if checks.iter().all(|check| check.ok) { Ending::Done } else { Ending::Trouble })
}
