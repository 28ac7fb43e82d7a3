//! Copying, and a true report of what was done.
//!
//! Locally a program of the desktop fills the clipboard and says whether it could. Over SSH only the terminal at the
//! other end can, told by the sequence OSC 52; nobody answers, so the report says "sent", not "copied". In tmux the
//! text goes into its buffer too, since tmux drops the sequence in its default setting. The clipboard is never read,
//! and no shell is started. What is copied is neutralised, since it will be pasted into shells.

use std::fmt;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;

use crate::text::shown::Shown;

/// The longest text that is sent to a terminal, in bytes: hterm's limit, the smallest known one (100,000 bytes for the
/// sequence with its text in base64).
pub const TERMINAL_LIMIT: usize = 74_994;

/// How long a clipboard program may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where the program runs, as far as it matters here.
// Four facts, none of which excludes another.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// Over SSH: the desktop is elsewhere.
    pub ssh: bool,
    /// In tmux.
    pub tmux: bool,
    /// A Wayland desktop can be reached.
    pub wayland: bool,
    /// An X11 desktop can be reached.
    pub x11: bool,
}

/// What was done. Its words are for the person who copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A program took the text.
    Copied {
        /// The program, or tmux.
        with: &'static str,
        /// Length of the text.
        bytes: usize,
    },
    /// The text was sent to the terminal, which doesn't say what it makes of it.
    Sent {
        /// It is in tmux's buffer too.
        tmux: bool,
        /// Length of the text.
        bytes: usize,
    },
    /// The text is too long to be sent to the terminal, and there is no other way. Nothing was done.
    TooLong {
        /// Length of the text.
        bytes: usize,
    },
    /// There was nothing to copy.
    Empty,
    /// The terminal didn't take it.
    Failed {
        /// What the system said.
        why: String,
    },
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Copied { with, bytes } => write!(f, "copied with {with} ({} bytes)", grouped(*bytes)),
            Self::Sent { tmux: false, bytes } => write!(f, "sent to the terminal ({} bytes)", grouped(*bytes)),
            Self::Sent { tmux: true, bytes } => {
                write!(f, "copied into tmux's buffer and sent to the terminal ({} bytes)", grouped(*bytes))
            }
            Self::TooLong { bytes } => write!(
                f,
                "too long for the terminal ({} bytes; the limit is {})",
                grouped(*bytes),
                grouped(TERMINAL_LIMIT)
            ),
            Self::Empty => write!(f, "there is nothing to copy"),
            Self::Failed { why } => write!(f, "not copied: {why}"),
        }
    }
}

/// `number` with a comma before each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A program that takes text on its standard input.
struct Program {
    name: &'static str,
    arguments: &'static [&'static str],
}

const TMUX: Program = Program { name: "tmux", arguments: &["load-buffer", "-w", "-"] };
const WL_COPY: Program = Program { name: "wl-copy", arguments: &[] };
const XCLIP: Program = Program { name: "xclip", arguments: &["-selection", "clipboard"] };
const XSEL: Program = Program { name: "xsel", arguments: &["--clipboard", "--input"] };
const PBCOPY: Program = Program { name: "pbcopy", arguments: &[] };

/// Copies `text` in the way that works where the program runs; `out` is the terminal.
pub fn copy(text: &str, env: &Env, out: &mut dyn Write) -> Report {
    let shown = Shown::text(text);
    let text = shown.as_str().trim_end_matches('\n');
    if text.is_empty() {
        return Report::Empty;
    }
    let bytes = text.len();
    if let Some(program) = programs(*env).into_iter().find(|program| program.take(text, PATIENCE)) {
        return Report::Copied { with: program.name, bytes };
    }
    let tmux = env.tmux && TMUX.take(text, PATIENCE);
    if bytes > TERMINAL_LIMIT {
        return if tmux { Report::Copied { with: TMUX.name, bytes } } else { Report::TooLong { bytes } };
    }
    match send(text, out) {
        Ok(()) => Report::Sent { tmux, bytes },
        Err(_) if tmux => Report::Copied { with: TMUX.name, bytes },
        Err(error) => Report::Failed { why: error.to_string() },
    }
}

/// The desktop's programs, the likeliest first.
fn programs(env: Env) -> Vec<&'static Program> {
    let mut programs = Vec::new();
    if env.ssh {
        return programs;
    }
    if cfg!(target_os = "macos") {
        programs.push(&PBCOPY);
    }
    if env.wayland {
        programs.push(&WL_COPY);
    }
    if env.x11 {
        programs.extend([&XCLIP, &XSEL]);
    }
    programs
}

/// Sends the sequence OSC 52 with the text, in one write.
fn send(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut sequence = Vec::new();
    queue!(sequence, CopyToClipboard::to_clipboard_from(text))?;
    out.write_all(&sequence)?;
    out.flush()
}

impl Program {
    /// Gives `text` to the program; whether it is there and said within `patience` that it took it.
    fn take(&self, text: &str, patience: Duration) -> bool {
        let started = Command::new(self.name)
            .args(self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = started else { return false };
        let Some(mut input) = child.stdin.take() else { return false };
        let text = text.to_owned();
        // A program that doesn't read would hold the writer; it ends when the program is killed.
        let writer = thread::Builder::new().name("clipboard".into()).spawn(move || input.write_all(text.as_bytes()));
        let ended = wait(&mut child, patience);
        writer.is_ok_and(|writer| writer.join().is_ok_and(|written| written.is_ok())) && ended
    }
}

/// Waits until the program has ended; whether it ended well. One that doesn't end within `patience` is killed.
fn wait(child: &mut Child, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(2)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::time::Duration;

    use super::{Env, Program, Report, TERMINAL_LIMIT, copy, grouped, programs};

    const SSH: Env = Env { ssh: true, tmux: false, wayland: true, x11: true };

    fn sent(text: &str) -> (String, String) {
        let mut out = Vec::new();
        let report = copy(text, &SSH, &mut out).to_string();
        (report, String::from_utf8_lossy(&out).replace('\x1b', "^"))
    }

    #[test]
    fn over_ssh_the_terminal_is_asked_and_the_report_doesn_t_claim_more() {
        assert_eq!(sent("« Non. »\n"), ("sent to the terminal (10 bytes)".into(), "^]52;c;wqsgTm9uLiDCuw==^\\".into()));
    }

    #[test]
    fn what_a_document_hides_is_not_copied() {
        // The end mark of a paste, in base64.
        let (_, bytes) = sent("\u{1b}[201~");
        assert!(bytes.starts_with("^]52;c;") && !bytes.contains("G1syMDF+"), "{bytes}");
    }

    #[test]
    fn nothing_is_sent_where_it_would_be_cut() {
        let (report, bytes) = sent(&"x".repeat(80_000));
        assert_eq!(
            (report.as_str(), bytes.as_str()),
            ("too long for the terminal (80,000 bytes; the limit is 74,994)", "")
        );
        assert_eq!(sent(&"x".repeat(TERMINAL_LIMIT)).0, "sent to the terminal (74,994 bytes)");
        assert_eq!(sent("\n").0, "there is nothing to copy");
    }

    #[test]
    fn a_terminal_that_fails_is_told() {
        struct Broken;
        impl io::Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::other("it is gone"))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert_eq!(copy("x", &SSH, &mut Broken), Report::Failed { why: "it is gone".into() });
    }

    #[test]
    fn programs_are_tried_only_where_their_desktop_is() {
        let names = |env| programs(env).iter().map(|program| program.name).collect::<Vec<_>>();
        assert_eq!(names(SSH), [""; 0]);
        let local = names(Env { ssh: false, ..SSH });
        assert!(local.ends_with(&["wl-copy", "xclip", "xsel"]), "{local:?}");
    }

    #[test]
    fn a_program_that_is_missing_fails_or_hangs_is_noticed() {
        let take = |name, arguments| Program { name, arguments }.take(&"x".repeat(1 << 20), Duration::from_millis(500));
        assert!(take("cat", &[]));
        assert!(!take("no-such-clipboard-program", &[]));
        assert!(!take("false", &[]));
        assert!(!take("sleep", &["600"]));
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!([7, 999, 1000, 74_994, 1_234_567].map(grouped), ["7", "999", "1,000", "74,994", "1,234,567"]);
    }
}
