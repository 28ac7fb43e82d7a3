//! `dixit list`: articles, a line each.

use super::context::Context;
use super::output::{self, faint, plain, strong};
use super::{Ending, choice, json, table};
use crate::error::Result;
use crate::model::Tag;
use crate::model::listing::Row;

/// List articles
///
/// Lists the articles that a query chooses, best first, or all, newest first: id, • if unread, claims, date, source,
/// title, tags. Into a pipe the same columns are whole and separated by tabs, with `unread` or `read` in full.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit list                    all articles
  dixit list wang source:tech   fuzzy words and fields
  dixit list -tag:lu            those not tagged lu; !tag:lu is the same
  dixit list --json | jq .title")]
pub(super) struct Args {
    /// Which articles
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let query = choice::query(&args.query)?;
    let store = context.open_store()?;
    let rows = store.list(&query)?;
    if context.out.json() {
        for row in &rows {
            context.out.object(&json::Article::new(row))?;
        }
    } else {
        let columns = [
            table::left(8),
            table::left(6),
            table::right(6),
            table::left(10),
            table::left(14),
            table::rest(),
            table::left(18),
        ];
        let for_people = context.out.columns().is_some();
        let cells = rows.iter().map(|row| Ok(cells(&store.shown_article(&row.id)?, row, for_people)));
        let cells: Vec<_> = cells.collect::<Result<_>>()?;
        table::print(&mut context.out, &columns, &cells)?;
    }
    if rows.is_empty() {
        tell_nothing(query.is_all(), "article");
    }
    Ok(Ending::found(!rows.is_empty() || query.is_all()))
}

/// Says that there is nothing to list, and why.
pub(super) fn tell_nothing(all: bool, what: &str) {
    if all {
        output::tell(&format!("there is no {what} in the store yet"), Some("`dixit import PATH` adds articles"));
    } else {
        output::tell(&format!("no {what} matches"), None);
    }
}

fn cells(id: &str, row: &Row, for_people: bool) -> Vec<output::Run> {
    let state = match (for_people, row.read) {
        (true, false) => "•",
        (true, true) => "",
        (false, false) => "unread",
        (false, true) => "read",
    };
    let title = if row.read { plain(&row.title) } else { strong(&row.title) };
    vec![
        faint(id),
        plain(state),
        plain(&row.claims.to_string()),
        plain(&row.published.map(|date| date.to_string()).unwrap_or_default()),
        plain(row.source.as_deref().unwrap_or_default()),
        title,
        faint(&tags(&row.tags)),
    ]
}

/// Tags as people write them: `#ia #lu`.
pub(super) fn tags(tags: &[Tag]) -> String {
    tags.iter().map(|tag| format!("#{}", tag.as_str())).collect::<Vec<_>>().join(" ")
}
