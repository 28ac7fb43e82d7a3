//! The configuration: plain values with the places they were read from.
//!
//! Four layers, each over the one before: the defaults in `assets/config.toml`, the user's `config.toml`,
//! the environment, the flags of the command line. The first two are read here; the last two are applied by
//! whoever has them. Reading never fails as a whole: a mistake becomes a [`Problem`] with its line and
//! column, and the rest counts. Names of actions and themes are judged by those who own them, which is why
//! they are handed over with their place. This room knows no terminal, no command line and no store.

mod colour;
mod file;
mod paths;
mod problem;
mod state;

use std::path::{Path, PathBuf};

pub use colour::{ColourChoice, ColourDepth};
pub use paths::{ConfigPath, Paths, StorePath};
pub use problem::{Place, Problem, nearest};
pub use state::Kept;

/// The defaults, in the format of the user's own file.
pub const DEFAULTS: &str = include_str!("../assets/config.toml");

/// The columns that `measure` may be set to.
pub const MEASURES: std::ops::RangeInclusive<u16> = 40..=100;

/// Every setting, and what was wrong with the file that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Changes to the keys, in the order of the file.
    pub keys: Vec<KeyBinding>,
    /// The theme's name.
    pub theme: Named,
    /// How wide an article's text grows, in cells; one of [`MEASURES`].
    pub measure: u16,
    /// Whether words are parted at the ends of lines.
    pub hyphenate: bool,
    /// Whether the lines of an article reach to the end of the measure.
    pub justify: bool,
    /// Tags that are offered before the others.
    pub favourites: Vec<Named>,
    /// The annotator's name, where the file gives one.
    pub user: Option<String>,
    /// What the user's file was found to be.
    pub source: Source,
    /// The mistakes, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Keys for an action in a mode, as they were written; [`crate::tui`] judges all three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyBinding {
    /// The table's name: `list`, `text`, `panel`, `prompt`, `everywhere`.
    pub mode: String,
    /// The action's name.
    pub action: String,
    /// The keys; none takes the action's keys away.
    pub keys: Vec<String>,
    /// The file it stands in.
    pub file: PathBuf,
    /// The line of the action's name, from 1.
    pub line: usize,
    /// The column of the action's name, from 1, in code points.
    pub column: usize,
}

/// A name that somebody else judges, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name, as it was written.
    pub name: String,
    /// Where.
    pub place: Place,
}

impl Named {
    /// The problem that the name is none of `names`; `None` where it is one.
    pub fn judge<'a>(&self, what: &str, names: impl IntoIterator<Item = &'a str>) -> Option<Problem> {
        let names: Vec<&str> = names.into_iter().collect();
        if names.contains(&self.name.as_str()) {
            return None;
        }
        let nearest = nearest(&self.name, names).map(str::to_owned);
        Some(Problem { nearest, ..self.place.problem(format!("there is no {what} \"{}\"", self.name)) })
    }
}

/// What became of the user's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody asked for one.
    Defaults,
    /// There is none, which is as good.
    Missing(PathBuf),
    /// It was read.
    Read(PathBuf),
    /// It is there, or was asked for by name, and can't be read.
    Unreadable(PathBuf),
}

impl Default for Config {
    fn default() -> Self {
        let mut config = Self {
            keys: Vec::new(),
            theme: Named { name: String::new(), place: Place::new(Path::new("assets/config.toml"), "", 0) },
            measure: *MEASURES.start(),
            hyphenate: false,
            justify: false,
            favourites: Vec::new(),
            user: None,
            source: Source::Defaults,
            problems: Vec::new(),
        };
        file::lay_over(&mut config, Path::new("assets/config.toml"), DEFAULTS);
        config
    }
}

impl Config {
    /// The defaults with the file at `path` over them. A file that isn't there is a problem only if it was
    /// asked for by name.
    pub fn read(path: &ConfigPath) -> Self {
        let mut config = Self::default();
        match std::fs::read(&path.path) {
            Ok(bytes) => {
                config.source = Source::Read(path.path.clone());
                match String::from_utf8(bytes) {
                    Ok(text) => file::lay_over(&mut config, &path.path, text.strip_prefix('\u{feff}').unwrap_or(&text)),
                    Err(error) => {
                        let valid = error.utf8_error().valid_up_to();
                        let text = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
                        let place = Place::new(&path.path, &text, valid);
                        config.problems.push(place.problem("the file isn't UTF-8, so none of it counts".into()));
                    }
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !path.asked_for => {
                config.source = Source::Missing(path.path.clone());
            }
            Err(error) => {
                config.source = Source::Unreadable(path.path.clone());
                let place = Place { file: path.path.clone(), line: 0, column: 0 };
                config.problems.push(place.problem(format!("can't read the configuration: {error}")));
            }
        }
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Config {
        let mut config = Config::default();
        file::lay_over(&mut config, Path::new("config.toml"), text);
        config
    }

    #[test]
    fn the_defaults_have_no_mistake() {
        let config = Config::default();
        assert_eq!(config.problems, []);
        assert_eq!((config.theme.name.as_str(), config.measure, config.user), ("default", 72, None));
        assert_eq!((config.hyphenate, config.justify), (true, false));
        assert_eq!(config.keys, []);
    }

    #[test]
    fn every_example_in_the_defaults_counts_without_its_hash() {
        let examples = DEFAULTS.lines().map(|line| match line.strip_prefix('#') {
            Some(example) if example.starts_with(|c: char| c == '[' || c.is_alphabetic()) => example,
            _ => line,
        });
        let text: Vec<&str> = examples.collect();
        let config = read(&text.join("\n"));
        assert_eq!(config.problems, []);
        assert_eq!(config.user.as_deref(), Some("Ana Lima"));
        let keys: Vec<_> = config.keys.iter().map(|k| format!("{}.{} {:?}", k.mode, k.action, k.keys)).collect();
        assert_eq!(
            keys,
            [r#"list.open ["enter", "l", "right"]"#, r#"list.filter ["/", "ctrl-f"]"#, r#"text.down ["j", "down"]"#]
        );
    }

    #[test]
    fn a_name_that_nobody_knows_is_told_with_the_nearest() {
        let config = read("theme = \"drak\"");
        let problem = config.theme.judge("theme", ["default", "dark", "light"]).expect("a problem");
        assert_eq!(problem.to_string(), "config.toml:1:9: there is no theme \"drak\"");
        assert_eq!(problem.nearest.as_deref(), Some("dark"));
        assert_eq!(read("theme = \"dark\"").theme.judge("theme", ["default", "dark"]), None);
    }

    #[test]
    fn a_missing_file_is_a_problem_only_if_it_was_asked_for() {
        let path = PathBuf::from("no/such/config.toml");
        let quiet = Config::read(&ConfigPath { path: path.clone(), asked_for: false });
        assert_eq!((quiet.problems.len(), quiet.source), (0, Source::Missing(path.clone())));
        let loud = Config::read(&ConfigPath { path: path.clone(), asked_for: true });
        assert_eq!((loud.problems.len(), loud.source), (1, Source::Unreadable(path)));
        assert!(loud.problems[0].to_string().starts_with("no/such/config.toml: can't read the configuration: "));
    }
}
