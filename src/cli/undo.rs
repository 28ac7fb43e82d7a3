//! `dixit undo`: takes back what you did last.

use jiff::Timestamp;
use uuid::Uuid;

use super::context::Context;
use super::output::{plain, tell};
use super::{Ending, json};
use crate::error::Result;

/// Take back what you did last
///
/// Takes back your last act that isn't undone, or the last N: a tag, a removal, a claim. Only your own acts count, those
/// of `--user`; the journal keeps all of them, see `dixit log`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit undo       the last act
  dixit undo 3     the last three
  dixit undo --user ana")]
pub(super) struct Args {
    /// How many acts
    #[arg(value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..), hide_default_value = true)]
    count: u32,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let annotator = context.annotator()?;
    let mut store = context.open_store()?;
    let mut undone = Vec::new();
    for _ in 0..args.count {
        match store.undo(&annotator, Uuid::now_v7(), Timestamp::now())? {
            Some(reverted) => undone.push(reverted),
            None => break,
        }
    }
    if context.out.json() {
        let log = store.log(u32::MAX as usize)?;
        for row in undone.iter().filter_map(|done| log.iter().find(|row| row.group == done.group)) {
            context.out.object(&json::Log::new(row))?;
        }
    } else {
        for reverted in &undone {
            context.out.line(&[plain("undone: "), plain(&reverted.summary)])?;
        }
    }
    if undone.len() < args.count as usize {
        let more = if undone.is_empty() { "nothing" } else { "nothing more" };
        tell(&format!("{annotator} has {more} to undo"), Some("`dixit log` shows who did what"));
    }
    Ok(Ending::found(!undone.is_empty()))
}
