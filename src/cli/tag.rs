//! `dixit tag`: puts tags on articles and takes them off.

use super::context::Context;
use super::output::{plain, tell};
use super::{Ending, choice, json};
use crate::error::{Error, Result};
use crate::model::{Deed, Subject, Tag};

/// Tag articles: +tag puts one on, -tag takes it off
///
/// Tags the articles of some ids or of a query, all at once; `dixit undo` takes it back. The tags come after --. It says
/// how many articles changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit tag a3k7m2f -- +ia -draft
  dixit tag wang -tag:lu -- +lu")]
pub(super) struct Args {
    /// Which articles
    #[arg(value_name = "QUERY|ID", required = true)]
    what: Vec<String>,
    /// Tags to put on and to take off
    #[arg(value_name = "TAGS", required = true, last = true)]
    tags: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let (add, remove) = changes(&args.tags)?;
    let mut store = context.open_store()?;
    let rows = choice::articles(&store, &args.what)?;
    if rows.is_empty() {
        tell("no article matches", None);
        return Ok(Ending::NothingMatched);
    }
    let subjects = rows.iter().map(|row| Subject::Article(row.id.clone())).collect();
    let deed = Deed::Tag { subjects, add: add.clone(), remove: remove.clone() };
    let recorded = store.record(&context.act(vec![deed])?)?;
    if context.out.json() {
        for row in &rows {
            let added: Vec<&Tag> = add.iter().filter(|tag| !row.tags.contains(tag)).collect();
            let removed: Vec<&Tag> = remove.iter().filter(|tag| row.tags.contains(tag)).collect();
            if !(added.is_empty() && removed.is_empty()) {
                context.out.object(&json::Tagged { article: row.id.as_str(), added, removed })?;
            }
        }
    } else {
        let plural = if recorded.changed == 1 { "article" } else { "articles" };
        context.out.line(&[plain(&format!("{} {plural} changed", recorded.changed))])?;
    }
    Ok(Ending::Done)
}

/// The tags to put on and those to take off.
fn changes(words: &[String]) -> Result<(Vec<Tag>, Vec<Tag>)> {
    let wrong = |why: String| Error::Usage { why, hint: Some("like `dixit tag a3k7m2f -- +ia -draft`".into()) };
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for word in words {
        let (list, other, name) = match (word.strip_prefix('+'), word.strip_prefix('-')) {
            (Some(name), _) => (&mut add, &remove, name),
            (None, Some(name)) => (&mut remove, &add, name),
            (None, None) => return Err(wrong(format!("{word} has neither + nor - before it"))),
        };
        let tag = Tag::new(name).map_err(|why| wrong(format!("{word} is no tag: {why}")))?;
        if other.contains(&tag) {
            return Err(wrong(format!("{} is to be put on and taken off at once", tag.as_str())));
        }
        if !list.contains(&tag) {
            list.push(tag);
        }
    }
    Ok((add, remove))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str) -> String {
        let words: Vec<String> = words.split_whitespace().map(String::from).collect();
        match changes(&words) {
            Ok((add, remove)) => {
                let names = |tags: &[Tag]| tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ");
                format!("on: {}; off: {}", names(&add), names(&remove))
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn tags_are_put_on_with_plus_and_taken_off_with_minus() {
        assert_eq!(check("+ia -draft +#lu +ia"), "on: ia lu; off: draft");
        assert_eq!(check("ia"), "ia has neither + nor - before it");
        assert_eq!(check("+"), "+ is no tag: a tag needs at least one character");
        assert_eq!(check("+a -a"), "a is to be put on and taken off at once");
    }
}
