//! Writing a note in the user's own editor: a file that nobody else can read, the program, and what came of it.
//!
//! The command of `VISUAL` or `EDITOR` is taken apart here, so that `code -w` works and no shell ever sees the file's
//! name. What somebody wrote is never lost: where it can't become a note the file stays, and the reason says where it
//! is. The terminal is given away and taken back by whoever calls.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use uuid::Uuid;

use crate::model::Deed;

/// Programs to try where the user names none, the one first that says on its screen how it is left.
const FALLBACKS: &[&str] = &["nano", "vi"];

/// Where the program runs, as far as it matters here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The user's command: the value of `VISUAL`, else of `EDITOR`.
    pub command: Option<String>,
    /// The folder for the file.
    pub folder: PathBuf,
}

/// A note as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it says, without the white space at its end; empty for none.
    pub text: String,
    /// The file that holds it until it is saved.
    pub file: PathBuf,
}

/// Lets the user write: `None` where the note is as it was, else what it says now. The error is for the footer, and
/// says where the text is.
pub fn edit(text: &str, env: &Env) -> Result<Option<Written>, String> {
    let file = env.folder.join(format!("dixit-note-{}.md", Uuid::now_v7().simple()));
    let made = create(&file, text);
    made.map_err(|error| format!("no note can be written: {}: {error}", file.display()))?;
    let run = run(&file, env);
    let written = read(&file);
    let is_as_before = written.as_ref().is_ok_and(|bytes| bytes == &bytes_of(text));
    let kept = || format!("; what you wrote is kept in {}", file.display());
    if let Err(why) = run {
        if is_as_before {
            discard(&file);
            return Err(why);
        }
        return Err(why + &kept());
    }
    let bytes = match written {
        Ok(bytes) => bytes,
        Err(error) => return Err(format!("the note can't be read: {}: {error}", file.display())),
    };
    if bytes.len() > Deed::LONGEST_NOTE + 1 {
        return Err(format!("a note has at most 1 MB{}", kept()));
    }
    let Ok(new) = String::from_utf8(bytes) else {
        return Err(format!("the note isn't in UTF-8{}", kept()));
    };
    let new = new.trim_end();
    if new == text.trim_end() {
        discard(&file);
        return Ok(None);
    }
    Ok(Some(Written { text: new.to_owned(), file }))
}

/// Removes a file that isn't needed any more.
pub fn discard(file: &Path) {
    // One that is gone already is as good.
    let _ = fs::remove_file(file);
}

/// What an editor finds in the file: a text ends with a line end.
fn bytes_of(text: &str) -> Vec<u8> {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}").into_bytes()
}

fn create(file: &Path, text: &str) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(&bytes_of(text))
}

/// The file's bytes, one more than a note may have at most.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(Deed::LONGEST_NOTE as u64 + 2).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Runs the user's editor, or one that is there, and waits for it.
fn run(file: &Path, env: &Env) -> Result<(), String> {
    let fallbacks = || FALLBACKS.iter().map(|name| vec![(*name).to_owned()]).collect();
    let commands: Vec<Vec<String>> = env.command.as_ref().map_or_else(fallbacks, |command| vec![split(command)]);
    let mut why = String::new();
    for words in commands {
        let Some((program, arguments)) = words.split_first() else {
            return Err("VISUAL or EDITOR names no program".to_owned());
        };
        match Command::new(program).args(arguments).arg(file).status() {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => return Err(format!("{program} ended with {status}")),
            Err(error) => why = format!("{program} can't be started: {error}"),
        }
    }
    let hint = if env.command.is_some() { "is VISUAL or EDITOR right?" } else { "set VISUAL or EDITOR" };
    Err(format!("{why} ({hint})"))
}

/// Takes a command apart at its spaces, but for those in quotes or behind a backslash.
fn split(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = command.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// What comes of a note when a shell script is the editor; its first argument is a word with a space in it, its
    /// second the file.
    fn edited(text: &str, script: &str) -> (Result<Option<Written>, String>, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("an editor");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a script");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("a program");
        let env =
            Env { command: Some(format!("'{}' \"with a word\"", program.display())), folder: folder.path().to_owned() };
        (edit(text, &env), folder)
    }

    fn left(folder: &tempfile::TempDir) -> Vec<String> {
        let files = fs::read_dir(folder.path()).expect("a folder").map(|file| file.expect("a file").file_name());
        files.filter_map(|name| name.into_string().ok()).filter(|name| name.starts_with("dixit-note")).collect()
    }

    #[test]
    fn what_was_written_is_the_note() {
        let (edited, folder) = edited("vieux", "test \"$1\" = 'with a word' && printf ' mot\\n\\n' >> \"$2\"");
        let written = edited.expect("written").expect("a note");
        assert_eq!(written.text, "vieux\n mot");
        assert_eq!(fs::metadata(&written.file).expect("a file").permissions().mode() & 0o777, 0o600);
        discard(&written.file);
        assert!(left(&folder).is_empty());
    }

    #[test]
    fn an_emptied_note_is_none_and_one_left_alone_is_no_change() {
        let (edited, _folder) = edited("vieux", ": > \"$2\"");
        assert_eq!(edited.expect("written").expect("a change").text, "");
        for text in ["", "vieux", "deux\nlignes\n"] {
            let (edited, folder) = self::edited(text, "true");
            assert_eq!((edited, left(&folder).len()), (Ok(None), 0));
        }
    }

    #[test]
    fn where_nothing_comes_of_it_what_was_written_is_kept() {
        for (script, why) in [
            ("printf neuf > \"$2\"; exit 3", "ended with exit status: 3"),
            ("printf '\\377\\376' > \"$2\"", "the note isn't in UTF-8"),
            ("head -c 1100000 /dev/zero > \"$2\"", "a note has at most 1 MB"),
        ] {
            let (edited, folder) = edited("vieux", script);
            let said = edited.expect_err(script);
            assert!(said.contains(why) && said.contains("; what you wrote is kept in /"), "{said}");
            assert_eq!(left(&folder).len(), 1, "{script}");
        }
        let (edited, folder) = edited("vieux", "exit 1");
        assert!(!edited.expect_err("failed").contains("kept"));
        assert!(left(&folder).is_empty());
    }

    #[test]
    fn an_editor_that_isnt_there_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let edit = |command: &str| {
            edit("", &Env { command: Some(command.into()), folder: folder.path().into() }).expect_err(command)
        };
        assert!(edit("no-such-editor -w").starts_with("no-such-editor can't be started: "));
        assert_eq!(edit(" "), "VISUAL or EDITOR names no program");
        let gone = Env { command: None, folder: folder.path().join("gone") };
        assert!(super::edit("", &gone).expect_err("no folder").starts_with("no note can be written: "));
    }

    #[test]
    fn commands_are_taken_apart_without_a_shell() {
        assert_eq!(split("code -w"), ["code", "-w"]);
        assert_eq!(split("'/a b/ed' \"x $HOME\" c\\ d ''"), ["/a b/ed", "x $HOME", "c d", ""]);
        assert_eq!(split("vi;rm `x`"), ["vi;rm", "`x`"]);
    }
}
