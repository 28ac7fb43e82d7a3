//! `dixit log`: the journal of everything that people did to the store.

use jiff::tz::TimeZone;

use super::context::Context;
use super::output::{faint, plain};
use super::{Ending, json, table};
use crate::error::Result;

/// Show who did what, newest first
///
/// Shows the journal: when, who, what, and whether it has been undone. Into a pipe the same columns are whole and
/// separated by tabs.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit log         everything
  dixit log 10      the last ten acts
  dixit log --json | jq 'select(.annotator==\"ana\")'")]
pub(super) struct Args {
    /// How many acts at most
    #[arg(value_name = "N")]
    count: Option<u32>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let rows = context.open_store()?.log(args.count.unwrap_or(u32::MAX) as usize)?;
    if context.out.json() {
        for row in &rows {
            context.out.object(&json::Log::new(row))?;
        }
        return Ok(Ending::Done);
    }
    let zone = TimeZone::system();
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            vec![
                faint(&row.time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()),
                plain(&row.annotator),
                plain(if row.undone { "undone" } else { "" }),
                plain(&row.summary),
            ]
        })
        .collect();
    table::print(&mut context.out, &[table::left(16), table::left(16), table::left(6), table::rest()], &cells)?;
    Ok(Ending::Done)
}
