//! `dixit extract`: the claims of files, without a store.

use std::io;
use std::path::PathBuf;

use serde::Serialize;

use super::context::Context;
use super::output::{Output, plain, strong, tell_error, tell_summary};
use super::{Ending, choice, claims, json};
use crate::error::{Error, Result};
use crate::extract::{self, Rules};
use crate::import::{self, Imported, Origin};
use crate::model::claim::{GAP, RULES};
use crate::model::{Anchor, Annotation, Article, ArticleId, ByHand, ByteRange, Found, Status};
use crate::text::codepoints::CodePoints;

/// Find the claims of files, without a store
///
/// Finds who said what in texts that need not be in the store, and writes nothing. The claims come in the order of the
/// text, each with the rule that found it and how often that rule is right. Offsets in the JSON count the code points
/// of the canonical text, which --text prints instead of the claims. If a file can't be read, the others are done all
/// the same, and the exit status is 3.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit extract article.txt
  dixit extract --json *.txt | jq -r '[.speaker, .quote] | @tsv'
  dixit extract --text article.txt    the text that offsets count in
  pbpaste | dixit extract -
  dixit extract --stored              after an update: by the rules of this version")]
pub(super) struct Args {
    /// Files; - for standard input
    #[arg(value_name = "FILE", required_unless_present = "stored")]
    files: Vec<PathBuf>,
    /// Find the claims of stored articles anew, of all or of those that a query chooses
    #[arg(long, conflicts_with = "text", value_name = "QUERY", num_args = 0..)]
    stored: Option<Vec<String>>,
    /// Print the canonical text instead of the claims
    #[arg(long)]
    text: bool,
}

/// Articles whose claims are linked in one transaction, so that nobody else's write has to wait.
const LINKED_TOGETHER: usize = 4;

/// A line of `extract --text --json`.
#[derive(Serialize)]
struct Text<'a> {
    file: &'a str,
    text: &'a str,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    if let Some(words) = &args.stored {
        return anew(words, context);
    }
    let out = &mut context.out;
    let (mut count, mut unreadable) = (0, false);
    for path in &args.files {
        let file = path.to_string_lossy();
        let mut each = |item| match item {
            Imported::Article(import) if args.text => {
                count += 1;
                print_text(out, &file, &import.article)
            }
            Imported::Article(import) => {
                let titled = args.files.len() > 1;
                count += print_claims(out, &file, titled, &import.article)?;
                Ok(())
            }
            Imported::Annotations(_) => {
                let why = "it holds annotations, not an article".into();
                Err(Error::NotAnArticle { path: path.clone(), why })
            }
        };
        let outcome = if path.as_os_str() == "-" {
            import::import(&Origin::INPUT, io::stdin().lock(), &mut each)
        } else {
            import::import_file(path, &mut each)
        };
        match outcome {
            Ok(()) => {}
            Err(error @ (Error::File { .. } | Error::NotAnArticle { .. } | Error::Annotations { .. })) => {
                unreadable = true;
                out.flush()?;
                tell_error(&error);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(if unreadable { Ending::Trouble } else { Ending::found(count > 0) })
}

/// Finds the claims of stored articles anew. What people made, reviewed or tagged stays as it is.
fn anew(words: &[String], context: &mut Context) -> Result<Ending> {
    let query = choice::query(words)?;
    let mut store = context.open_store()?;
    let rows = store.list(&query)?;
    let mut ids = Vec::with_capacity(rows.len());
    for row in rows {
        let opened = store.opened(&row.id)?;
        store.set_found(&row.id, &extract::findings(&opened.article))?;
        ids.push(row.id);
    }
    store.link(&ids)?;
    // What merges and the like left for later.
    while store.link_waiting(LINKED_TOGETHER)? > 0 {}
    let articles = if ids.len() == 1 { "article" } else { "articles" };
    tell_summary(&format!("{} {articles} gone through by the rules of this version", ids.len()));
    Ok(Ending::found(!ids.is_empty()))
}

fn print_text(out: &mut Output, file: &str, article: &Article) -> Result<()> {
    if out.json() {
        return out.object(&Text { file, text: &article.text });
    }
    // Into a pipe it comes byte by byte, as the offsets count it; a terminal is shown what can be seen of it.
    match out.columns() {
        Some(_) => out.text(&article.text),
        None => out.page(article.text.as_bytes()),
    }
}

/// Prints the claims of an article and says how many there are.
fn print_claims(out: &mut Output, file: &str, titled: bool, article: &Article) -> Result<usize> {
    let annotations = annotate(article, &extract::extract(article, Rules::built_in()));
    if out.json() {
        let points = CodePoints::new(&article.text);
        for annotation in &annotations {
            out.object(&json::Claim::new(annotation, &article.text, Some(file), &points))?;
        }
    } else {
        if titled && !annotations.is_empty() {
            out.cut_line(&[strong(file), plain("  "), plain(&article.title)])?;
        }
        for (index, annotation) in annotations.iter().enumerate() {
            claims::print(out, index + 1, annotation, annotation.id.as_str(), &article.text)?;
        }
    }
    Ok(annotations.len())
}

/// The found claims as suggestions of the rules.
fn annotate(article: &Article, found: &[Found]) -> Vec<Annotation> {
    let id = ArticleId::of_text(&article.text);
    let annotations = found.iter().map(|one| Annotation {
        id: one.id.clone(),
        article: id.clone(),
        revision: 1,
        claim: one.claim.clone(),
        quote: quote(&article.text, &one.claim.parts),
        status: Status::Suggested,
        annotator: RULES.into(),
        confidence: Some(one.confidence),
        rule: Some(one.rule.clone()),
        anchor: Anchor::Exact,
        nested_in: one.nested_in.and_then(|outer| found.get(outer)).map(|outer| outer.id.clone()),
        tags: Vec::new(),
        same_as: Vec::new(),
        by_hand: ByHand::default(),
    });
    annotations.collect()
}

fn quote(text: &str, parts: &[ByteRange]) -> String {
    parts.iter().map(|part| part.of(text)).collect::<Vec<_>>().join(GAP)
}
