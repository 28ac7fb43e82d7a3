//! The program in a real pseudo-terminal: it gives the terminal back whichever way it ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

const ROWS: u16 = 30;
const COLUMNS: u16 = 100;

/// Far longer than anything here takes: it ends a test that would otherwise hang.
const LONG: Duration = Duration::from_secs(60);

/// A terminal in which `dixit` runs, its home an empty folder.
struct Terminal {
    home: TempDir,
    master: Box<dyn MasterPty + Send>,
    output: Box<dyn Read + Send>,
    child: Box<dyn Child + Send + Sync>,
    screen: vt100::Parser,
    settings: String,
    _guard: Sender<()>,
}

impl Terminal {
    /// Starts the program, and waits until it shows the list.
    fn open() -> Self {
        Self::open_in(TempDir::new().unwrap(), &[])
    }

    /// The same with a shell script for an editor; also gives the folder that is its home.
    fn with_editor(script: &str) -> (Self, PathBuf) {
        let home = TempDir::new().unwrap();
        let (path, temporary) = (home.path().to_owned(), home.path().join("tmp"));
        std::fs::create_dir(&temporary).unwrap();
        let editor = path.join("an editor");
        std::fs::write(&editor, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let variables = [
            ("EDITOR", format!("'{}'", editor.display())),
            ("TMPDIR", temporary.display().to_string()),
            ("PATH", "/usr/bin:/bin".into()),
        ];
        (Self::open_in(home, &variables), path)
    }

    fn open_in(home: TempDir, variables: &[(&str, String)]) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let settings = settings_of(pair.master.as_ref());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dixit"));
        command.env_clear();
        for (name, value) in environment(&home).iter().chain(variables) {
            command.env(name, value);
        }
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        let mut terminal = Self {
            output: pair.master.try_clone_reader().unwrap(),
            master: pair.master,
            screen: vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0),
            _guard: guard(pid(child.as_ref())),
            home,
            child,
            settings,
        };
        terminal.wait_for("Articles");
        let shown = terminal.screen.screen();
        assert!(shown.alternate_screen() && shown.bracketed_paste(), "there would be nothing to restore");
        assert_ne!(settings_of(terminal.master.as_ref()), terminal.settings, "there would be nothing to restore");
        terminal
    }

    /// Reads until the screen shows `words`.
    fn wait_for(&mut self, words: &str) {
        while !self.screen.screen().contents().contains(words) {
            assert!(self.read(), "ended before it showed {words:?}: {}", self.screen.screen().contents());
        }
    }

    /// Shows what comes next; `false` once the program has ended.
    fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        // Linux gives an error where others give an end.
        let count = self.output.read(&mut bytes).unwrap_or(0);
        self.screen.process(&bytes[..count]);
        count > 0
    }

    /// Reads until the program has ended, and checks that the terminal is as it was; whether it ended well.
    fn ended_and_restored(mut self) -> bool {
        while self.read() {}
        let status = self.child.wait().unwrap();
        let left = self.screen.screen();
        assert!(!left.alternate_screen(), "still on the alternate screen");
        assert!(!left.hide_cursor(), "the cursor is still hidden");
        assert!(!left.bracketed_paste(), "pastes are still bracketed");
        assert_eq!(settings_of(self.master.as_ref()), self.settings);
        status.success()
    }
}

/// The terminal's settings (termios), to be compared.
fn settings_of(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn environment(home: &TempDir) -> [(&'static str, String); 3] {
    [
        ("HOME", home.path().to_string_lossy().into_owned()),
        ("TERM", "xterm-256color".into()),
        ("LC_ALL", "C.UTF-8".into()),
    ]
}

fn pid(child: &dyn Child) -> Pid {
    Pid::from_raw(child.process_id().unwrap().try_into().unwrap()).unwrap()
}

/// Kills the program when the test takes far too long; ends with the value it gives.
fn guard(pid: Pid) -> Sender<()> {
    let (alive, waiting) = mpsc::channel::<()>();
    thread::spawn(move || {
        if waiting.recv_timeout(LONG) == Err(RecvTimeoutError::Timeout) {
            let _ = kill_process(pid, Signal::KILL);
        }
    });
    alive
}

#[test]
fn it_shows_the_list_and_q_gives_the_terminal_back() {
    let terminal = Terminal::open();
    let mut keys = terminal.master.take_writer().unwrap();
    keys.write_all(b"q").unwrap();
    assert!(terminal.ended_and_restored());
}

#[test]
fn a_signal_that_ends_it_gives_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP] {
        let terminal = Terminal::open();
        kill_process(pid(terminal.child.as_ref()), signal).unwrap();
        terminal.ended_and_restored();
    }
}

#[test]
fn when_the_terminal_is_gone_so_is_the_program_and_the_store_is_whole() {
    let Terminal { home, master, output, mut child, .. } = Terminal::open();
    drop(output);
    drop(master);
    let deadline = Instant::now() + LONG;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            kill_process(pid(child.as_ref()), Signal::KILL).unwrap();
            panic!("still running");
        }
        thread::sleep(Duration::from_millis(20));
    }
    let check = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .arg("check")
        .env_clear()
        .envs(environment(&home))
        .current_dir(home.path())
        .output()
        .unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn a_note_is_written_in_the_users_editor_and_the_terminal_taken_back() {
    let (mut terminal, home) =
        Terminal::with_editor("stty -a > \"$HOME/modes\"; printf 'à relire\\n' > \"$1\"; exit 0");
    let mut keys = terminal.master.take_writer().unwrap();
    keys.write_all(b"A").unwrap();
    terminal.wait_for("note à relire");
    let shown = terminal.screen.screen();
    assert!(shown.alternate_screen() && shown.bracketed_paste(), "the terminal was taken back");
    let modes = std::fs::read_to_string(home.join("modes")).unwrap();
    assert!(modes.contains(" icanon") && modes.contains(" echo "), "the editor had the terminal as it was: {modes}");
    let left = std::fs::read_dir(home.join("tmp")).unwrap().count();
    assert_eq!(left, 0, "the note's file is gone");
    keys.write_all(b"q").unwrap();
    assert!(terminal.ended_and_restored());
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    let (mut terminal, home) = Terminal::with_editor("printf 'presque' > \"$1\"; exit 7");
    let mut keys = terminal.master.take_writer().unwrap();
    keys.write_all(b"A").unwrap();
    terminal.wait_for("ended with exit status: 7; what you wrote is kept in");
    let file = std::fs::read_dir(home.join("tmp")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(std::fs::read_to_string(file).unwrap(), "presque");
    keys.write_all(b"q").unwrap();
    assert!(terminal.ended_and_restored());
}
