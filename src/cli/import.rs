//! `dixit import`: files, folders and standard input into the store.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::context::Context;
use super::output::{Output, faint, plain, strong, tell, tell_summary};
use super::{Ending, json};
use crate::error::{Error, Result, plainly};
use crate::extract;
use crate::import::{self, Annotations, Imported, Origin};
use crate::model::{ArticleId, Deed, article};
use crate::query::Query;
use crate::store::{Added, Moves, Store};

/// Articles that go into the store together, so that a folder of thousands isn't thousands of waits for the disk.
const TOGETHER: usize = 64;
/// Bytes of them, so that nobody else waits long to write.
const BYTES_TOGETHER: usize = 4 << 20;

/// Add articles from files, folders or standard input
///
/// Adds texts to the store, a line an article: added, unchanged, updated, or skipped with the reason. A folder stands
/// for everything in it; - for standard input. What a file is, is told by what it holds, not by its name: plain text,
/// Markdown, an HTML page, a feed, JSON lines as `show --json` writes them; gzip around it is no hindrance. Web
/// Annotations (JSON-LD) are taken over for the articles that are in the store. If something can't be read, the rest is
/// in all the same, and the exit status is 3.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dixit import article.txt
  dixit import ~/articles letters
  pbpaste | dixit import -")]
pub(super) struct Args {
    /// Files or folders; - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<Ending> {
    let mut store = context.open_store()?;
    context.out.outlive_the_reader();
    let mut job = Job::new(&mut store, &mut context.out);
    for path in &args.paths {
        if path.as_os_str() == "-" {
            job.tried += 1;
            let outcome = import::import(&Origin::INPUT, io::stdin().lock(), &mut |item| job.take("-", item));
            job.skip_or_fail("-", outcome)?;
            continue;
        }
        for file in import::walk(path) {
            job.tried += 1;
            match file {
                Ok(file) => {
                    let name = file.display().to_string();
                    let outcome = import::import_file(&file, &mut |item| job.take(&name, item));
                    job.skip_or_fail(&name, outcome)?;
                }
                Err(error) => {
                    let name = place_of(&error).unwrap_or(path).display().to_string();
                    job.skip_or_fail(&name, Err(error))?;
                }
            }
        }
    }
    job.finish()
}

/// The file or folder that an error is about.
fn place_of(error: &Error) -> Option<&Path> {
    match error {
        Error::File { path, .. } | Error::NotAnArticle { path, .. } => Some(path),
        _ => None,
    }
}

/// An import under way.
struct Job<'a> {
    store: &'a mut Store,
    out: &'a mut Output,
    /// Articles on their way into the store, with the names they are told by.
    waiting: Vec<(String, article::Import)>,
    /// Annotation files, which wait until all articles are in.
    annotations: Vec<(String, Annotations)>,
    /// Articles whose claims have to be linked with the others' at the end.
    touched: Vec<ArticleId>,
    /// The file skipped last. If it stays the only one, it is an error instead of a line.
    held: Option<(String, Error)>,
    tried: usize,
    count: Count,
}

#[derive(Default)]
struct Count {
    added: usize,
    unchanged: usize,
    updated: usize,
    skipped: usize,
    unreadable: usize,
}

/// What is said of one article or file.
struct Line<'a> {
    path: &'a str,
    result: &'static str,
    article: Option<&'a str>,
    title: Option<&'a str>,
    reason: Option<&'a str>,
}

impl<'a> Job<'a> {
    fn new(store: &'a mut Store, out: &'a mut Output) -> Self {
        let (waiting, annotations, touched) = (Vec::new(), Vec::new(), Vec::new());
        Self { store, out, waiting, annotations, touched, held: None, tried: 0, count: Count::default() }
    }

    fn take(&mut self, path: &str, item: Imported) -> Result<()> {
        self.tell_held()?;
        match item {
            Imported::Article(import) => {
                let found = Some(extract::findings(&import.article));
                self.waiting.push((path.to_owned(), article::Import { found, ..*import }));
                let bytes: usize = self.waiting.iter().map(|(_, import)| import.raw.len()).sum();
                if self.waiting.len() >= TOGETHER || bytes >= BYTES_TOGETHER {
                    self.add_waiting()?;
                }
            }
            Imported::Annotations(annotations) => self.annotations.push((path.to_owned(), annotations)),
        }
        Ok(())
    }

    fn add_waiting(&mut self) -> Result<()> {
        let (paths, imports): (Vec<String>, Vec<article::Import>) = self.waiting.drain(..).unzip();
        if imports.is_empty() {
            return Ok(());
        }
        let outcomes = self.store.add_all(&imports, &[], Timestamp::now())?;
        for ((path, import), outcome) in paths.iter().zip(&imports).zip(&outcomes) {
            let (id, result, reason) = match outcome {
                Added::New(id) => (id, "added", None),
                Added::Unchanged(id) => (id, "unchanged", None),
                Added::Updated(id, moves) => (id, "updated", told(*moves)),
                Added::Removed(id) => {
                    (id, "skipped", Some("it was removed from the store by hand, and stays so".into()))
                }
            };
            let counter = match outcome {
                Added::New(_) => &mut self.count.added,
                Added::Unchanged(_) => &mut self.count.unchanged,
                Added::Updated(..) => &mut self.count.updated,
                Added::Removed(_) => &mut self.count.skipped,
            };
            *counter += 1;
            if matches!(outcome, Added::New(_) | Added::Updated(..)) {
                self.touched.push(id.clone());
            }
            let article = self.shown(id)?;
            let (title, reason) = (Some(import.article.title.as_str()), reason.as_deref());
            self.tell(&Line { path, result, article: Some(&article), title, reason })?;
        }
        self.out.flush()
    }

    /// An id for people or, whole, for scripts.
    fn shown(&self, id: &ArticleId) -> Result<String> {
        if self.out.json() { Ok(id.to_string()) } else { self.store.shown_article(id) }
    }

    /// Goes on after a file that can't be read or understood; anything else ends the import.
    fn skip_or_fail(&mut self, path: &str, outcome: Result<()>) -> Result<()> {
        match outcome {
            Err(error @ (Error::File { .. } | Error::NotAnArticle { .. } | Error::Annotations { .. })) => {
                self.tell_held()?;
                self.add_waiting()?;
                self.count.unreadable += 1;
                self.held = Some((path.to_owned(), error));
                Ok(())
            }
            outcome => outcome,
        }
    }

    fn tell_held(&mut self) -> Result<()> {
        let Some((path, error)) = self.held.take() else { return Ok(()) };
        self.tell(&Line { path: &path, result: "skipped", article: None, title: None, reason: Some(&reason(&error)) })
    }

    fn tell(&mut self, line: &Line<'_>) -> Result<()> {
        let Line { path, result, article, title, reason } = *line;
        if self.out.json() {
            return self.out.object(&json::Import { path, result, article, title, reason });
        }
        let mut runs = vec![plain(&format!("{result:<9}  "))];
        match (article, title) {
            (Some(article), Some(title)) => runs.extend([faint(article), plain("  "), strong(title)]),
            _ => runs.push(strong(path)),
        }
        runs.extend(reason.map(|reason| plain(&format!("  {reason}"))));
        self.out.line(&runs)
    }

    fn finish(mut self) -> Result<Ending> {
        self.add_waiting()?;
        for (path, annotations) in std::mem::take(&mut self.annotations) {
            self.tell_held()?;
            self.take_over(&path, &annotations)?;
        }
        self.store.link(&self.touched)?;
        let Count { added, unchanged, updated, skipped, unreadable } = self.count;
        let alone = self.tried == 1 && unreadable == 1;
        if self.out.json() || !alone {
            self.tell_held()?;
        }
        self.out.flush()?;
        if let Some((_, error)) = self.held {
            return Err(error);
        }
        if self.tried > 1 {
            let counts = [(added, "added"), (unchanged, "unchanged"), (updated, "updated")];
            let counts = counts.into_iter().chain([(skipped + unreadable, "skipped")]).filter(|(n, _)| *n > 0);
            tell_summary(&counts.map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>().join(", "));
            if added + unchanged + updated == 0 && unreadable > 0 {
                tell(
                    "there was nothing to import",
                    Some("dixit takes texts, Markdown, HTML pages, feeds, JSON lines and Web Annotations"),
                );
            }
        }
        Ok(if unreadable > 0 { Ending::Trouble } else { Ending::Done })
    }

    /// Puts the claims of an annotation file on the articles that they are about.
    fn take_over(&mut self, path: &str, annotations: &Annotations) -> Result<()> {
        let acts = match annotations.acts(&|iri| find_source(self.store, iri)) {
            Ok(acts) => acts,
            Err(error) => return self.skip_or_fail(path, Err(error)),
        };
        let mut articles: Vec<ArticleId> = Vec::new();
        for deed in acts.iter().flat_map(|act| &act.deeds) {
            if let Deed::Claim(claim) = deed
                && !articles.contains(&claim.article)
            {
                articles.push(claim.article.clone());
            }
        }
        self.touched.extend(articles.iter().cloned());
        let before = self.store.rows(&articles)?;
        self.store.add_all(&[], &acts, Timestamp::now())?;
        for (row, was) in self.store.rows(&articles)?.iter().zip(&before) {
            let more = row.claims.saturating_sub(was.claims);
            let result = if more > 0 { "updated" } else { "unchanged" };
            *(if more > 0 { &mut self.count.updated } else { &mut self.count.unchanged }) += 1;
            let reason = format!("{more} {}", if more == 1 { "claim more" } else { "claims more" });
            let article = self.shown(&row.id)?;
            let (article, title) = (Some(article.as_str()), Some(row.title.as_str()));
            self.tell(&Line { path, result, article, title, reason: (more > 0).then_some(reason.as_str()) })?;
        }
        Ok(())
    }
}

/// The article that an annotation names by its address, by its id, or by the SHA-256 of its text; with its text.
fn find_source(store: &Store, iri: &str) -> Option<(ArticleId, String)> {
    let named = if let Some(id) = iri.strip_prefix("urn:dixit:article:") {
        ArticleId::parse(id)
    } else if let Some(hex) = iri.strip_prefix("urn:sha256:") {
        id_of_sha256(hex)
    } else {
        let rows = store.list(&Query::default()).ok()?;
        rows.into_iter().find(|row| row.url.as_deref() == Some(iri)).map(|row| row.id)
    };
    let opened = store.opened(&store.find_article(&named?).ok()?).ok()?;
    Some((opened.row.id, opened.article.text))
}

/// The id of the article whose first text has this SHA-256, in hex.
fn id_of_sha256(hex: &str) -> Option<ArticleId> {
    let nibbles: Vec<u8> = hex.chars().map(|c| c.to_digit(16).map(|n| n as u8)).collect::<Option<_>>()?;
    let digest: Vec<u8> = nibbles.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    (nibbles.len() == 64).then(|| ArticleId::derive(&[&digest]))
}

/// What became of the claims of an article whose text changed, if something did.
fn told(moves: Moves) -> Option<String> {
    let Moves { moved, review, orphaned } = moves;
    let counts = [(moved, "moved"), (review, "to review"), (orphaned, "orphaned")];
    let told = counts.into_iter().filter(|(count, _)| *count > 0).enumerate().map(|(at, (count, what))| {
        let noun = match (at, count) {
            (0, 1) => "claim ",
            (0, _) => "claims ",
            _ => "",
        };
        format!("{count} {noun}{what}")
    });
    Some(told.collect::<Vec<_>>().join(", ")).filter(|told| !told.is_empty())
}

/// Why a file was skipped, in words that go after its name.
fn reason(error: &Error) -> String {
    match error {
        Error::File { source, .. } => plainly(source),
        Error::NotAnArticle { why, .. } | Error::Annotations { why, .. } => why.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::text_sha256;

    #[test]
    fn an_article_is_found_by_the_sha_256_of_its_text() {
        let text = "Le maire a déclaré que « tout est sous contrôle ».";
        assert_eq!(id_of_sha256(&text_sha256(text)), Some(ArticleId::of_text(text)));
        for wrong in ["", "é", "00", &text_sha256(text)[1..], &format!("{}00", text_sha256(text))] {
            assert_eq!(id_of_sha256(wrong), None, "{wrong}");
        }
    }
}
