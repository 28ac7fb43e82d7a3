//! `dixit show`: one article as plain text.

use super::context::Context;
use super::list::tags;
use super::output::{faint, plain, strong};
use super::{Ending, choice, json, wrap};
use crate::error::Result;
use crate::model::listing::Opened;
use crate::model::{Block, BlockKind, ByteRange};
use crate::text::flow::Stretch;

/// Show an article as plain text
///
/// Shows one article: the title first, then what is known of it, then the text. On a terminal the text is wrapped, into
/// a pipe it comes as it is, a paragraph a line.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit show a3k7m2f
  dixit show a3k7m2f | wc -w
  dixit show a3k7m2f --json     with its text and blocks, offsets in code points")]
pub(super) struct Args {
    /// The article's id, or the beginning of it
    #[arg(value_name = "ID")]
    id: String,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let store = context.open_store()?;
    let opened = store.opened(&choice::article(&store, &args.id)?)?;
    let out = &mut context.out;
    if out.json() {
        out.object(&json::Show::new(&opened))?;
        return Ok(Ending::Done);
    }
    let (text, blocks) = body(&opened);
    if let Some(columns) = out.columns() {
        let columns = columns.min(usize::from(context.config.measure));
        for line in wrap::wrap(&opened.row.title, 0, columns) {
            out.line(&[strong(&line)])?;
        }
        for line in wrap::wrap(&known(&opened), 0, columns) {
            out.line(&[faint(&line)])?;
        }
        out.line(&[])?;
        for line in wrap::lay_out(text, &stretches(&blocks), columns) {
            out.line(&[plain(&line)])?;
        }
    } else {
        out.line(&[plain(&opened.row.title)])?;
        out.line(&[plain(&known(&opened))])?;
        out.line(&[])?;
        out.text(text.trim_end())?;
    }
    Ok(Ending::Done)
}

/// The text below the title, and its blocks, whose ranges count in it.
fn body(opened: &Opened) -> (&str, Vec<Block>) {
    let text = &opened.article.text;
    let head = usize::from(opened.article.titled());
    let blocks = opened.article.blocks.get(head..).unwrap_or_default();
    let start = blocks.first().map_or(text.len(), |block| block.range.start);
    let shift = |range: ByteRange| ByteRange::new(range.start - start, range.end - start);
    let blocks = blocks.iter().map(|block| Block { range: shift(block.range), ..*block });
    (ByteRange::new(start, text.len()).of(text), blocks.collect())
}

/// What is known of the article, in a line.
fn known(opened: &Opened) -> String {
    let row = &opened.row;
    let count = |n: u32, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let known = [
        row.source.clone(),
        row.author.clone(),
        row.published.map(|date| date.to_string()),
        Some(count(row.words, "word", "words")),
        Some(count(row.claims, "claim", "claims")),
        row.url.clone(),
        Some(tags(&row.tags)),
    ];
    known.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// How each block is set: items hang, quotes and posts are set in.
fn stretches(blocks: &[Block]) -> Vec<Stretch> {
    let mut before = None;
    let stretches = blocks.iter().map(|block| {
        let (indent, hang) = match block.kind {
            BlockKind::Title | BlockKind::Heading | BlockKind::Paragraph => (0, 0),
            BlockKind::ListItem => (2, 3),
            BlockKind::BlockQuote | BlockKind::Attribution | BlockKind::Post => (4, 0),
        };
        let gap = match (before.replace(block.kind), block.kind) {
            (None, _)
            | (Some(BlockKind::ListItem), BlockKind::ListItem)
            | (Some(BlockKind::BlockQuote | BlockKind::Attribution), BlockKind::Attribution) => 0,
            _ => 1,
        };
        Stretch { indent, hang, gap, ..Stretch::plain(block.range) }
    });
    stretches.collect()
}
