//! What can't be done: one clear line, the right status, nothing lost.

use std::fs;
use std::process::Stdio;

use crate::home::{Home, ran};

/// The status, the message and the hint of a command line that goes wrong.
fn check(home: &Home, line: &str) -> (i32, String, String) {
    let ran = home.run(line);
    assert_eq!(ran.out, "", "{line}");
    let mut lines = ran.err.lines();
    let message = lines.next().unwrap_or_default().strip_prefix("dixit: ").unwrap_or_default().to_owned();
    let hint = lines.next().unwrap_or_default().strip_prefix("      hint: ").unwrap_or_default().to_owned();
    assert_eq!(lines.next(), None, "{line}: {}", ran.err);
    (ran.status, message, hint)
}

#[test]
fn usage_that_cant_be_understood_is_status_2() {
    let home = Home::new();
    for (line, message, hint) in [
        ("improt x.txt", "there is no command improt", "did you mean import?"),
        ("list --jsno", "there is no option --jsno", "did you mean --json?"),
        ("undo zero", "[N] can't be zero: invalid digit found in string", "`dixit undo --help` shows how"),
        ("tag wang", "this needs <TAGS>...", "`dixit tag --help` shows how"),
        ("tag wang -- ia", "ia has neither + nor - before it", "like `dixit tag a3k7m2f -- +ia -draft`"),
        ("completions zhs", "<SHELL> can't be zhs", "did you mean zsh?"),
        ("read --json", "the reader doesn't write JSON", "`dixit list --json`, `dixit claims --json` and others do"),
    ] {
        assert_eq!(check(&home, line), (2, message.into(), hint.into()), "{line}");
    }
    assert!(!home.at(".local").exists(), "no store was made for any of it");
}

#[test]
fn a_word_that_is_no_command_is_not_taken_for_a_query() {
    let (status, message, hint) = check(&Home::new(), "wang");
    assert_eq!((status, message.as_str()), (2, "there is no command wang"));
    assert!(hint.contains("dixit read WORD"), "{hint}");
}

#[test]
fn a_query_or_keys_that_cant_be_understood_are_status_2() {
    let home = Home::new();
    for (line, message) in [
        ("list tagg:ia", "can't understand the query: tagg: "),
        ("claims form:dirct", "can't understand the query: form: "),
        ("read --print form:dirct", "can't understand the query: form: "),
        ("read --print --keys <entr>", "--keys can't be understood: no key is called `entr`"),
        ("read --keys j", "this needs --print"),
    ] {
        let (status, said, _) = check(&home, line);
        assert!(status == 2 && said.starts_with(message), "{line}: {status} {said}");
    }
}

#[test]
fn the_reader_without_a_terminal_says_what_to_do() {
    let (status, message, hint) = check(&Home::new(), "");
    assert_eq!((status, message.as_str()), (2, "the reader needs a terminal"));
    assert!(hint.contains("dixit list"), "{hint}");
}

#[test]
fn a_name_that_stands_for_the_program_is_refused() {
    let (status, message, _) = check(&Home::new(), "--user rules tag wang -- +ia");
    assert_eq!(status, 2);
    assert!(message.starts_with("rules is the program's own name"), "{message}");
}

#[test]
fn a_file_that_is_no_store_is_left_as_it_is() {
    let home = Home::new();
    let path = home.write("notes.txt", "These are my notes.\n");
    let (status, message, hint) = check(&home, "--store notes.txt list");
    assert_eq!(status, 3);
    assert!(message.contains("notes.txt is not a dixit store"), "{message}");
    assert!(hint.contains("--store"), "{hint}");
    assert_eq!(fs::read_to_string(path).unwrap(), "These are my notes.\n");
}

#[test]
fn a_store_of_a_newer_dixit_is_left_as_it_is() {
    let home = Home::new();
    home.out("--store s.db list --json --seeds");
    rusqlite::Connection::open(home.at("s.db")).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let before = fs::read(home.at("s.db")).unwrap();
    let (status, message, _) = check(&home, "--store s.db list");
    assert_eq!(status, 3);
    assert!(message.contains("was made by a newer dixit (store version 999"), "{message}");
    assert_eq!(fs::read(home.at("s.db")).unwrap(), before);
}

#[test]
fn a_closed_pipe_is_success() {
    let home = Home::new();
    home.out("list --json");
    for line in [vec!["claims", "--json"], vec!["list"], vec!["--help"], vec!["man"], vec!["completions", "zsh"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = home.command(&line);
        command.stdout(writer).stderr(Stdio::piped());
        let output = command.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{line:?}");
    }
}

#[test]
fn an_import_goes_on_when_its_reader_went_away() {
    let home = Home::new();
    for n in 0..100 {
        home.write(
            &format!("in/{n:03}.txt"),
            format!("Titre numéro {n}\n\nUn texte qui parle du nombre {n}, en détail.\n"),
        );
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = home.command(["--store", "s.db", "import", "in"]);
    command.stdout(writer).stderr(Stdio::piped());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), "100 added\n"));
    assert_eq!(home.out("--store s.db list").lines().count(), 100);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_under_the_output_is_told() {
    let home = Home::new();
    let mut command = home.command(["list"]);
    command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap()).stderr(Stdio::piped());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "dixit: can't write the output: no space left on device\n");
}

#[test]
fn mistakes_in_the_configuration_are_told_and_the_rest_counts() {
    let home = Home::new();
    let config = "user = \"Ben\"\nthme = \"mono\"\n[keys.list]\nopne = [\"o\"]\n";
    let path = home.write(".config/dixit/config.toml", config);
    let ran = home.run("list");
    assert_eq!((ran.status, ran.out.lines().count()), (0, 5));
    let path = path.display();
    assert_eq!(
        ran.err,
        format!(
            "dixit: {path}:2:1: there is no setting \"thme\"\n      hint: did you mean theme?\n\
             dixit: {path}:4:1: there is no action opne in the list\n      hint: did you mean open?\n"
        )
    );
    assert_eq!(home.run("tag chine -- +chine").status, 0);
    assert_eq!(home.run("log --json 1").out.matches("\"annotator\":\"Ben\"").count(), 1);
}

#[test]
fn what_is_no_utf_8_on_the_command_line_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let home = Home::new();
    let ran = ran(home.command([std::ffi::OsStr::new("list"), std::ffi::OsStr::from_bytes(b"\xff\xfe")]));
    assert_eq!((ran.status, ran.err.lines().next()), (2, Some("dixit: an argument isn't UTF-8")));
}
