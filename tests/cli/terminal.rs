//! Lines on a terminal: aligned and wrapped to its width, and never beyond it.

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use unicode_width::UnicodeWidthStr;

use crate::home::Home;

/// What the program writes on a terminal of 80 columns, without sequences for colour.
fn on_terminal(home: &Home, line: &str) -> Vec<String> {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dixit"));
    command.env_clear();
    command.cwd(home.at(""));
    for (name, value) in
        [("HOME", home.at("").to_str().unwrap()), ("USER", "ana"), ("TERM", "xterm"), ("NO_COLOR", "1")]
    {
        command.env(name, value);
    }
    command.args(line.split_whitespace());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut bytes = Vec::new();
    // A terminal whose last program has ended gives an error instead of an end.
    let _ = pair.master.try_clone_reader().unwrap().read_to_end(&mut bytes);
    assert!(child.wait().unwrap().success(), "{line}");
    String::from_utf8(bytes).unwrap().lines().map(String::from).collect()
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let home = Home::new();
    home.out("tag chine -- +une-étiquette-assez-longue +ia");
    let id = home.id("Alexsandr Wang");
    for line in ["list", "claims", "speakers", "log", "check", "doctor", &format!("show {id}")] {
        let lines = on_terminal(&home, line);
        assert!(!lines.is_empty(), "{line}");
        // A path may be longer than any terminal is wide; it is never cut.
        let wide: Vec<_> = lines.iter().filter(|line| line.width() > 80 && !line.contains('/')).collect();
        assert!(wide.is_empty(), "dixit {line}: {wide:#?}");
    }
}

#[test]
fn the_list_is_aligned() {
    let home = Home::new();
    home.out("list");
    let lines = on_terminal(&home, "list");
    assert_eq!(lines.len(), 5);
    let at = |line: &str, word: &str| line.find(word).map(|byte| line[..byte].width());
    let title = lines.iter().find_map(|line| at(line, "Alexsandr Wang")).unwrap();
    assert_eq!(lines.iter().find_map(|line| at(line, "Le leadership")), Some(title));
    assert!(lines.iter().all(|line| line.contains(" • ")), "{lines:#?}");
}

#[test]
fn json_on_a_terminal_escapes_what_cant_be_seen() {
    let home = Home::new();
    let title = "Le \u{202e}titre\u{202c} brûle encore";
    home.write("feu.txt", format!("{title}\n\nLe maire a déclaré que « tout est sous contrôle ».\n"));
    home.out("--store s.db import feu.txt");
    let lines = on_terminal(&home, "--store s.db list --json");
    assert!(lines[0].contains("Le \\u202etitre\\u202c brûle encore"), "{}", lines[0]);
}
