//! Finding the files of a folder, for import.
//!
//! In the order of their names, folders within folders too. Symbolic links are not followed and hidden
//! names are passed over, so that a walk ends and stays where it was sent; pipes, sockets and devices are
//! no texts. What can't be looked into is reported in its place, and the walk goes on.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Folders that may lie within each other.
const DEEPEST: usize = 32;

/// The files of a folder, lazily; see [`walk`].
#[derive(Debug)]
pub struct Walk {
    root: PathBuf,
    /// What is still to be looked at, the next one last, with the number of folders around it.
    pending: Vec<(PathBuf, usize, Sort)>,
    found: bool,
    ended: bool,
}

#[derive(Clone, Copy, Debug)]
enum Sort {
    File,
    Folder,
}

/// The files to import for `path`: itself, or what lies in it if it is a folder.
///
/// A folder in which no file lies ends in an error that says so.
pub fn walk(path: &Path) -> Walk {
    // Whatever is no folder is left to the import, which tells what it is.
    let sort = if path.is_dir() { Sort::Folder } else { Sort::File };
    Walk { root: path.to_owned(), pending: vec![(path.to_owned(), 0, sort)], found: false, ended: false }
}

impl Walk {
    /// Puts what lies in `folder` on the list, backwards, so that the first name is taken up first.
    fn look_into(&mut self, folder: &Path, depth: usize) -> Result<()> {
        let unreadable = |source: io::Error| Error::File { doing: "read the folder", path: folder.to_owned(), source };
        if depth > DEEPEST {
            let why = format!("it lies in more than {DEEPEST} folders");
            return Err(Error::NotAnArticle { path: folder.to_owned(), why });
        }
        let mut entries =
            fs::read_dir(folder).map_err(unreadable)?.collect::<io::Result<Vec<_>>>().map_err(unreadable)?;
        entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.file_name()));
        for entry in entries {
            if let Some(sort) = sort_of(&entry) {
                self.pending.push((entry.path(), depth + 1, sort));
            }
        }
        Ok(())
    }
}

/// What an entry is, where it is something to look at.
fn sort_of(entry: &DirEntry) -> Option<Sort> {
    if entry.file_name().as_encoded_bytes().starts_with(b".") {
        return None;
    }
    let kind = entry.file_type().ok()?;
    if kind.is_dir() {
        Some(Sort::Folder)
    } else if kind.is_file() {
        Some(Sort::File)
    } else {
        None
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((path, depth, sort)) = self.pending.pop() {
            match sort {
                Sort::File => {
                    self.found = true;
                    return Some(Ok(path));
                }
                Sort::Folder => {
                    if let Err(error) = self.look_into(&path, depth) {
                        self.found = true;
                        return Some(Err(error));
                    }
                }
            }
        }
        if self.found || self.ended {
            return None;
        }
        self.ended = true;
        Some(Err(Error::NotAnArticle { path: self.root.clone(), why: "the folder holds no texts".into() }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        let tell = |item: Result<PathBuf>| match item {
            Ok(path) => path.strip_prefix(root).unwrap().display().to_string(),
            Err(error) => error.to_string().replace(&root.display().to_string(), "ROOT"),
        };
        walk(root).map(tell).collect()
    }

    #[test]
    fn files_come_by_name_without_links_and_hidden_ones() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("b/c")).unwrap();
        fs::create_dir(at(".git")).unwrap();
        for name in ["d.txt", "a.txt", "b/c/e.txt", "b/z.txt", ".hidden", ".git/config"] {
            fs::write(at(name), "x").unwrap();
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path(), at("b/round")).unwrap();
            std::os::unix::fs::symlink(at("a.txt"), at("link.txt")).unwrap();
        }
        assert_eq!(names(dir.path()), ["a.txt", "b/c/e.txt", "b/z.txt", "d.txt"]);
        assert_eq!(walk(&at("d.txt")).map(Result::unwrap).collect::<Vec<_>>(), [at("d.txt")]);
    }

    #[test]
    fn a_folder_without_texts_says_so() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("empty")).unwrap();
        assert_eq!(names(dir.path()), ["can't import ROOT: the folder holds no texts"]);
    }

    #[test]
    fn a_folder_too_deep_is_reported_and_the_others_go_on() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/".repeat(DEEPEST + 1));
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("never.txt"), "x").unwrap();
        fs::write(deep.parent().unwrap().join("last.txt"), "x").unwrap();
        fs::write(dir.path().join("z.txt"), "x").unwrap();
        let names = names(dir.path());
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(names[0].ends_with("it lies in more than 32 folders"), "{names:?}");
        assert!(names[1].ends_with("last.txt") && names[2] == "z.txt", "{names:?}");
    }
}
