//! What the reader remembers from one run to the next that is neither configuration nor the store's.
//!
//! It may be lost at any time, so that a file that can't be read is as good as none. What is remembered over a
//! setting counts until the setting itself is changed: whoever edits the configuration wants that to count.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::MEASURES;

/// How wide the lines were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Cells that a line has at most.
    pub measure: u16,
    /// What the configuration said then.
    pub over: u16,
}

impl Kept {
    /// What the file remembers, if that makes sense.
    pub fn read(path: &Path) -> Option<Self> {
        let kept: Self = toml::from_str(&fs::read_to_string(path).ok()?).ok()?;
        MEASURES.contains(&kept.measure).then_some(kept)
    }

    /// Remembers it. The file is whole at any time, whoever reads it meanwhile.
    pub fn write(self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = path.with_extension(format!("{}.new", std::process::id()));
        fs::write(&new, toml::to_string(&self).map_err(io::Error::other)?)?;
        fs::rename(&new, path)
    }

    /// The measure, where the configuration says what it said then.
    pub fn over(self, configured: u16) -> Option<u16> {
        (self.over == configured).then_some(self.measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_counts_until_the_setting_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/reader.toml");
        assert_eq!(Kept::read(&path), None);
        let kept = Kept { measure: 80, over: 72 };
        kept.write(&path).expect("written");
        assert_eq!(Kept::read(&path), Some(kept));
        assert_eq!((kept.over(72), kept.over(66)), (Some(80), None));
        assert_eq!(fs::read_dir(folder.path().join("new")).expect("a folder").count(), 1, "nothing else stays");
    }

    #[test]
    fn nonsense_is_as_good_as_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("reader.toml");
        for nonsense in ["", "measure = 9999\nover = 72", "measure = \"x\"", "\u{0}"] {
            fs::write(&path, nonsense).expect("written");
            assert_eq!(Kept::read(&path), None, "{nonsense:?}");
        }
    }
}
