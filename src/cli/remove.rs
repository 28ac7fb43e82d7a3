//! `dixit remove`: takes articles out of every view.

use super::context::Context;
use super::output::{faint, plain, strong, tell, tell_summary};
use super::{Ending, choice, json};
use crate::error::Result;
use crate::model::Deed;

/// Take articles out of every view
///
/// Removes the articles of some ids or of a query from every view, with their claims. Nothing is erased: `dixit undo`
/// brings them back. It says which.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit remove a3k7m2f
  dixit remove tag:old source:example")]
pub(super) struct Args {
    /// Which articles
    #[arg(value_name = "QUERY|ID", required = true)]
    what: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let mut store = context.open_store()?;
    let rows = choice::articles(&store, &args.what)?;
    if rows.is_empty() {
        tell("no article matches", None);
        return Ok(Ending::NothingMatched);
    }
    let articles = rows.iter().map(|row| row.id.clone()).collect();
    store.record(&context.act(vec![Deed::Remove { articles }])?)?;
    for row in &rows {
        if context.out.json() {
            context.out.object(&json::Article::new(row))?;
        } else {
            context.out.line(&[
                plain("removed "),
                faint(&store.shown_article(&row.id)?),
                plain("  "),
                strong(&row.title),
            ])?;
        }
    }
    context.out.flush()?;
    let them = if rows.len() == 1 { "it" } else { "them" };
    tell_summary(&format!("`dixit undo` brings {them} back"));
    Ok(Ending::Done)
}
