//! `dixit claims`: who said what, article by article.

use super::context::Context;
use super::list::{tags, tell_nothing};
use super::output::{Output, Run, faint, plain, strong};
use super::{Ending, choice, json, wrap};
use crate::error::Result;
use crate::model::listing::{Opened, Row};
use crate::model::{Annotation, ArticleId};
use crate::store::Store;
use crate::text::codepoints::CodePoints;

/// Cells before what stands below a speaker's name.
const INDENT: u16 = 5;

/// List claims: who said what
///
/// Lists the claims that a query chooses, or all, below the article that they stand in: the claim's number, speaker
/// with role, the words; then form, cue, annotator, status, id and tags. Fields of claims (speaker:, form:, status:)
/// choose claims, everything else articles.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit claims                            all claims
  dixit claims speaker:wang form:direct   what Wang is quoted with word for word
  dixit claims tag:ia -status:suggested   the reviewed ones of the articles tagged ia
  dixit claims --json | jq -r .quote")]
pub(super) struct Args {
    /// Which claims, or the claims of which articles
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let query = choice::query(&args.query)?;
    let store = context.open_store()?;
    let mut printer = Printer { out: &mut context.out, store: &store, article: None, count: 0 };
    store.claims(&query, &mut |row, opened, annotation| printer.claim(row, opened, annotation))?;
    let found = printer.count > 0;
    if !found {
        tell_nothing(query.is_all(), "claim");
    }
    Ok(Ending::found(found || query.is_all()))
}

struct Printer<'a> {
    out: &'a mut Output,
    store: &'a Store,
    /// The article whose claims are being printed.
    article: Option<ArticleId>,
    count: usize,
}

impl Printer<'_> {
    fn claim(&mut self, row: &Row, opened: &Opened, annotation: &Annotation) -> Result<()> {
        self.count += 1;
        if self.out.json() {
            let text = &opened.article.text;
            let claim = json::Claim::new(annotation, text, opened.file.as_deref(), &CodePoints::new(text));
            return self.out.object(&claim);
        }
        let anew = self.article.replace(row.id.clone()).is_none_or(|id| id != row.id);
        if anew {
            if self.count > 1 {
                self.out.line(&[])?;
            }
            self.out.cut_line(&[faint(&self.store.shown_article(&row.id)?), plain("  "), strong(&row.title)])?;
        }
        let number = opened.claims.iter().position(|claim| claim.id == annotation.id).map_or(0, |at| at + 1);
        let id = self.store.shown_claim(&annotation.id)?;
        print(self.out, number, annotation, &id, &opened.article.text)
    }
}

/// Prints a claim for people: number, or 0 for none, and speaker, below them the words, and what is known of them,
/// with its id as it is to be shown.
pub(super) fn print(out: &mut Output, number: usize, annotation: &Annotation, id: &str, text: &str) -> Result<()> {
    let claim = &annotation.claim;
    let (name, role) = match &claim.speaker {
        Some(speaker) => (speaker.name.as_str(), speaker.role.as_deref()),
        None => ("nobody named", None),
    };
    let role = role.map(|role| format!(", {role}")).unwrap_or_default();
    let number = if number == 0 { "–".into() } else { number.to_string() };
    out.cut_line(&[faint(&format!("{number:>3}  ")), strong(name), plain(&role)])?;
    below(out, &annotation.quote, plain)?;
    let cue = claim.cue.map(|range| range.of(text)).filter(|cue| !cue.is_empty());
    let details = [
        Some(claim.form.word().to_owned()),
        cue.map(|cue| format!("cue “{cue}”")),
        (claim.polarity == crate::model::Polarity::Negated).then(|| "negated".into()),
        Some(annotator(annotation)),
        Some(annotation.status.word().to_owned()),
        (annotation.anchor != crate::model::Anchor::Exact).then(|| annotation.anchor.word().to_owned()),
        Some(id.to_owned()),
        (!annotation.tags.is_empty()).then(|| tags(&annotation.tags)),
    ];
    let details: Vec<String> = details.into_iter().flatten().collect();
    below(out, &details.join(" · "), faint)
}

/// Writes text below the speaker's name, wrapped on a terminal.
fn below(out: &mut Output, text: &str, ink: fn(&str) -> Run) -> Result<()> {
    match out.columns() {
        Some(columns) => wrap::wrap(text, INDENT, columns).iter().try_for_each(|line| out.line(&[ink(line)])),
        None => out.line(&[ink(&format!("{:width$}{text}", "", width = usize::from(INDENT)))]),
    }
}

/// The annotator; of what rules found, with the rule and how sure it is.
fn annotator(annotation: &Annotation) -> String {
    match (&annotation.rule, annotation.confidence) {
        (Some(rule), Some(confidence)) => format!("{} ({rule}, {:.0} %)", annotation.annotator, confidence * 100.0),
        _ => annotation.annotator.clone(),
    }
}
