//! `dixit speakers`: who is quoted, and how often.

use super::context::Context;
use super::list::tell_nothing;
use super::output::{faint, plain, strong};
use super::{Ending, choice, json, table};
use crate::error::Result;

/// List who is quoted, most claims first
///
/// Lists the speakers of the articles or claims that a query chooses, or all: claims, articles, name, kind, role. Into a
/// pipe the same columns are whole and separated by tabs.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit speakers                 everybody who is quoted
  dixit speakers tag:ia          those quoted in articles tagged ia
  dixit speakers --json | jq -r 'select(.kind==\"person\")|.name'")]
pub(super) struct Args {
    /// In which articles or claims
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let query = choice::query(&args.query)?;
    let rows = context.open_store()?.speakers(&query)?;
    if context.out.json() {
        for row in &rows {
            context.out.object(&json::Speaker::new(row))?;
        }
    } else {
        let columns = [table::right(6), table::right(6), table::left(32), table::left(12), table::rest()];
        let cells: Vec<_> = rows
            .iter()
            .map(|row| {
                vec![
                    plain(&row.claims.to_string()),
                    faint(&row.articles.to_string()),
                    strong(&row.speaker.name),
                    plain(row.speaker.kind.word()),
                    faint(row.speaker.role.as_deref().unwrap_or_default()),
                ]
            })
            .collect();
        table::print(&mut context.out, &columns, &cells)?;
    }
    if rows.is_empty() {
        tell_nothing(query.is_all(), "speaker");
    }
    Ok(Ending::found(!rows.is_empty() || query.is_all()))
}
