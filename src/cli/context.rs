//! What every command needs: the configuration, the way to the store, the annotator's name, the output.

use std::env;

use jiff::Timestamp;
use uuid::Uuid;

use super::Everywhere;
use super::output::{self, Output};
use crate::config::{Config, ConfigPath, Named, Paths, Problem, StorePath};
use crate::error::{Error, Result};
use crate::import;
use crate::model::claim::RULES;
use crate::model::{Act, Deed, Tag};
use crate::store::Store;
use crate::tui::keymap::Keymap;
use crate::tui::theme::Theme;

/// Problems of the configuration that are told beside other work; `dixit doctor` tells all.
const TOLD: usize = 3;
/// Code points that an annotator's name may have.
const LONGEST_NAME: usize = 64;
/// Names that stand for something else than a person.
const TAKEN: [&str; 1] = [RULES];

/// The surroundings of a command.
pub(super) struct Context {
    /// The options that every command takes.
    pub(super) everywhere: Everywhere,
    /// This user's folders; `None` without a home.
    pub(super) paths: Option<Paths>,
    /// The configuration, with the mistakes in names of keys, actions and themes among its problems.
    pub(super) config: Config,
    /// Standard output.
    pub(super) out: Output,
}

impl Context {
    /// Reads the configuration and looks at standard output; opens no store.
    pub(super) fn new(everywhere: Everywhere) -> Self {
        let paths = Paths::find();
        let path = ConfigPath::choose(everywhere.config.clone(), env::var_os("DIXIT_CONFIG"), paths.as_ref());
        let mut config = path.map(|path| Config::read(&path)).unwrap_or_default();
        config.problems.extend(Keymap::new(&config.keys).1);
        config.problems.extend(config.theme.judge("theme", Theme::names()));
        let unfit = |named: &Named| Tag::new(&named.name).err().map(|why| named.place.problem(why.to_string()));
        config.problems.extend(config.favourites.iter().filter_map(unfit));
        config.problems.sort_by_key(|problem| (problem.line, problem.column));
        let out = Output::new(everywhere.colour(), everywhere.json);
        Self { everywhere, paths, config, out }
    }

    /// Says what is wrong with the configuration, the first mistakes of it.
    pub(super) fn tell_problems(&self) {
        let problems = &self.config.problems;
        for problem in problems.iter().take(TOLD) {
            output::tell(&Problem::to_string(problem), problem.hint().as_deref());
        }
        if problems.len() > TOLD {
            let more = problems.len() - TOLD;
            output::tell(&format!("{more} more mistakes in the configuration; `dixit doctor` shows them"), None);
        }
    }

    /// Which file the store is.
    pub(super) fn store_path(&self) -> Result<StorePath> {
        StorePath::choose(self.everywhere.store.clone(), env::var_os("DIXIT_STORE"), self.paths.as_ref())
    }

    /// Opens the store; the default one gets the seeds at its first start, another one only with `--seeds`.
    pub(super) fn open_store(&self) -> Result<Store> {
        let place = self.store_path()?;
        let mut store = Store::open(&place.path)?;
        let wanted = self.everywhere.seeds || (place.default && is_untouched(&store)?);
        if wanted {
            let (articles, acts) = import::seeds::load()?;
            let added = store.add_all(&articles, &acts, Timestamp::now())?;
            store.link(&added.iter().map(|added| added.id().clone()).collect::<Vec<_>>())?;
        }
        Ok(store)
    }

    /// Who does what is done: `--user`, else the configuration, else the login name, else the user's number.
    pub(super) fn annotator(&self) -> Result<String> {
        if let Some(asked) = &self.everywhere.user {
            let name = tame(asked);
            if name.is_empty() {
                let hint = Some("a name has letters: --user Ana".into());
                return Err(Error::Usage { why: "the name after --user is empty".into(), hint });
            }
            if TAKEN.contains(&name.as_str()) {
                let why = format!("{name} is the program's own name beside the claims that it finds");
                return Err(Error::Usage { why, hint: Some("take another name after --user".into()) });
            }
            return Ok(name);
        }
        let login = ["USER", "LOGNAME"].into_iter().filter_map(|name| env::var(name).ok());
        let names = self.config.user.clone().into_iter().chain(login).map(|name| tame(&name));
        let mut names = names.filter(|name| !name.is_empty() && !TAKEN.contains(&name.as_str()));
        Ok(names.next().unwrap_or_else(|| format!("user {}", rustix::process::getuid().as_raw())))
    }

    /// An act of this annotator, now.
    pub(super) fn act(&self, deeds: Vec<Deed>) -> Result<Act> {
        Ok(Act { group: Uuid::now_v7(), annotator: self.annotator()?, time: Timestamp::now(), deeds })
    }
}

/// Whether nobody has ever put anything into the store, so that it still waits for its seeds; also true where a first
/// start was interrupted.
fn is_untouched(store: &Store) -> Result<bool> {
    Ok(store.is_new() || (!store.is_read_only() && store.totals()?.articles == 0 && store.log(1)?.is_empty()))
}

/// A name fit for the journal: visible letters, single spaces, at most [`LONGEST_NAME`] code points.
fn tame(name: &str) -> String {
    let visible: String = name.chars().map(|c| if output::is_unseen(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_visible_and_bounded() {
        for (given, kept) in [
            ("Ana Lima", "Ana Lima"),
            ("  Ana\t\n Lima ", "Ana Lima"),
            ("\u{1b}[31mred", "[31mred"),
            ("a\u{202e}b", "a b"),
            ("\u{200b}", ""),
        ] {
            assert_eq!(tame(given), kept, "{given:?}");
        }
        assert_eq!(tame(&"é".repeat(999)).chars().count(), LONGEST_NAME);
    }
}
