//! An empty home, and the program run in it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The folder of the five articles and their claims.
pub fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// A home that is empty at first.
pub struct Home {
    dir: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A path in the home.
    pub fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file in the home, with its folders.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The program with these arguments, in an environment of which nothing is left but this.
    pub fn command(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.args(args).current_dir(self.dir.path()).env_clear();
        for (name, value) in [("USER", "ana"), ("LANG", "C.UTF-8"), ("TERM", "xterm-256color"), ("TZ", "UTC")] {
            command.env(name, value);
        }
        command.env("HOME", self.dir.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program with the words of `line`; a word in '…' may hold spaces.
    pub fn run(&self, line: &str) -> Ran {
        ran(self.command(words(line)))
    }

    /// The same with something on standard input.
    pub fn run_on(&self, line: &str, input: &str) -> Ran {
        let mut command = self.command(words(line));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        told(child.wait_with_output().unwrap())
    }

    /// What the program writes where nothing goes wrong and nothing has to be said.
    pub fn out(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "dixit {line}");
        ran.out
    }

    /// The objects that the program writes.
    pub fn json(&self, line: &str) -> Vec<Value> {
        self.out(line).lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// The id of the only article whose title holds `words`.
    pub fn id(&self, words: &str) -> String {
        let articles = self.json("list --json");
        let mut ids = articles.iter().filter(|a| a["title"].as_str().unwrap().contains(words)).map(|a| &a["id"]);
        let id = ids.next().unwrap_or_else(|| panic!("no article {words}")).as_str().unwrap().to_owned();
        assert_eq!(ids.next(), None, "{words}");
        id
    }
}

pub fn ran(mut command: Command) -> Ran {
    told(command.output().unwrap())
}

fn told(output: std::process::Output) -> Ran {
    Ran {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, stretch) in line.split('\'').enumerate() {
        if i % 2 == 0 {
            words.extend(stretch.split_whitespace().map(String::from));
        } else {
            words.push(stretch.to_owned());
        }
    }
    words
}

/// The keys of an object, in the order of the alphabet.
pub fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// These keys, in the order of the alphabet.
pub fn sorted(keys: &str) -> Vec<&str> {
    let mut keys: Vec<&str> = keys.split_whitespace().collect();
    keys.sort_unstable();
    keys
}
