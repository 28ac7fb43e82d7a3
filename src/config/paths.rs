//! Where things are: the configuration file, the store, the state folder.
//!
//! The folders are those of the crate `directories`: on Linux the XDG ones (`~/.config/dixit`,
//! `~/.local/share/dixit`, `~/.local/state/dixit`), with `XDG_*` variables that hold a relative path left
//! out of account, as the XDG specification asks. Nothing in here makes a folder or touches a file.

use std::ffi::OsString;
use std::path::PathBuf;

use directories::ProjectDirs;

use crate::error::{Error, Result};

/// The folders of this user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The folder of `config.toml`.
    pub config: PathBuf,
    /// The folder of `store.db`.
    pub data: PathBuf,
    /// The folder for what may be lost: logs, positions. The data folder on systems that have no such place.
    pub state: PathBuf,
}

impl Paths {
    /// The file for what the reader remembers that isn't the store's; see [`super::Kept`].
    pub fn kept(&self) -> PathBuf {
        self.state.join("reader.toml")
    }
}

/// The configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigPath {
    /// Where.
    pub path: PathBuf,
    /// Whether somebody named it, so that it should be there.
    pub asked_for: bool,
}

/// The store's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorePath {
    /// Where.
    pub path: PathBuf,
    /// Whether it is the one in the data folder, which gets the seeds.
    pub default: bool,
}

impl Paths {
    /// The folders, or `None` for a user without a home.
    pub fn find() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "dixit")?;
        Some(Self {
            config: dirs.config_dir().to_path_buf(),
            data: dirs.data_dir().to_path_buf(),
            state: dirs.state_dir().unwrap_or_else(|| dirs.data_dir()).to_path_buf(),
        })
    }
}

impl ConfigPath {
    /// The file named by `flag`, else by the value of `DIXIT_CONFIG`, else `config.toml` in the configuration folder;
    /// `None` if nobody names one and there is no home.
    pub fn choose(flag: Option<PathBuf>, variable: Option<OsString>, paths: Option<&Paths>) -> Option<Self> {
        named(flag, variable)
            .map(|path| Self { path, asked_for: true })
            .or_else(|| Some(Self { path: paths?.config.join("config.toml"), asked_for: false }))
    }
}

impl StorePath {
    /// The file named by `flag`, else by the value of `DIXIT_STORE`, else `store.db` in the data folder.
    pub fn choose(flag: Option<PathBuf>, variable: Option<OsString>, paths: Option<&Paths>) -> Result<Self> {
        let default = || paths.map(|paths| paths.data.join("store.db"));
        match named(flag, variable) {
            Some(path) => Ok(Self { default: Some(&path) == default().as_ref(), path }),
            None => default().map(|path| Self { path, default: true }).ok_or_else(|| Error::Usage {
                why: "can't tell where the store is: this user has no home folder".into(),
                hint: Some("name a file with --store FILE or DIXIT_STORE".into()),
            }),
        }
    }
}

/// What the flag names, else the variable; an empty variable counts as unset.
fn named(flag: Option<PathBuf>, variable: Option<OsString>) -> Option<PathBuf> {
    flag.or_else(|| variable.filter(|value| !value.is_empty()).map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> Paths {
        Paths { config: "/c".into(), data: "/d".into(), state: "/s".into() }
    }

    #[test]
    fn a_flag_goes_before_the_variable_and_that_before_the_folder() {
        let store = |flag: Option<&str>, variable: Option<&str>| {
            let chosen =
                StorePath::choose(flag.map(Into::into), variable.map(Into::into), Some(&paths())).expect("a path");
            (chosen.path.display().to_string(), chosen.default)
        };
        assert_eq!(store(Some("f.db"), Some("v.db")), ("f.db".into(), false));
        assert_eq!(store(None, Some("v.db")), ("v.db".into(), false));
        assert_eq!(store(None, Some("")), ("/d/store.db".into(), true));
        assert_eq!(store(None, None), ("/d/store.db".into(), true));
        assert_eq!(store(Some("/d/store.db"), None), ("/d/store.db".into(), true), "the default by its name");
    }

    #[test]
    fn without_a_home_the_store_has_to_be_named() {
        assert_eq!(StorePath::choose(None, None, None).expect_err("no home").exit_status(), 2);
        assert!(StorePath::choose(None, Some("v.db".into()), None).is_ok());
        assert_eq!(ConfigPath::choose(None, None, None), None);
    }

    #[test]
    fn only_a_configuration_that_somebody_named_has_to_be_there() {
        let chosen = ConfigPath::choose(None, None, Some(&paths())).expect("a path");
        assert_eq!((chosen.path, chosen.asked_for), ("/c/config.toml".into(), false));
        let chosen = ConfigPath::choose(None, Some("mine.toml".into()), Some(&paths())).expect("a path");
        assert_eq!((chosen.path, chosen.asked_for), ("mine.toml".into(), true));
    }
}
