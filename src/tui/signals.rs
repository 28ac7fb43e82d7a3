//! Signals and mistakes of our own: the program always gives the terminal back.
//!
//! A thread of its own takes the signals, so that it works also while the loop is busy or stuck. A new size and a
//! continuation are passed on; what wants the program to end is passed on too, so that the loop saves and leaves by
//! itself, but if it hasn't within [`GRACE`], or is told a second time, the terminal is put back from here and the
//! process ended. Ctrl-z isn't among them: it is a key. A panic gives the terminal back before its message is
//! printed, and leaves a report. Nothing here touches the store: what was shown as saved is saved.

use std::backtrace::Backtrace;
use std::fs;
use std::io::{self, Write as _};
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::text::shown::Shown;
use crate::tui::input::Event;
use crate::tui::screen::Tty;

/// How long the loop has to save and leave.
pub const GRACE: Duration = Duration::from_millis(1500);

/// The exit status of a process that a panic ended.
const PANICKED: i32 = 101;

/// The exit status of a process that `signal` ended, as shells give it.
pub const fn exit_status(signal: i32) -> i32 {
    128 + signal
}

/// Starts the thread that takes the signals from now on. `send` says whether anybody still listens.
pub fn watch(tty: &Tty, mut send: impl FnMut(Event) -> bool + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGCONT])?;
    let tty = tty.clone();
    let take = move || {
        let mut ending = false;
        for signal in signals.forever() {
            match signal {
                SIGWINCH => {
                    tty.disturb(false);
                    let (columns, rows) = tty.size();
                    send(Event::Resize(columns, rows));
                }
                SIGCONT => {
                    tty.disturb(true);
                    send(Event::Redraw);
                }
                // Ctrl-c in an editor that has the terminal is the editor's.
                SIGINT | SIGQUIT if tty.is_lent() => {}
                _ if ending => end_now(&tty, exit_status(signal)),
                _ => {
                    ending = true;
                    end_within(GRACE, &tty, exit_status(signal));
                    send(Event::Quit(signal));
                }
            }
        }
    };
    thread::Builder::new().name("signals".into()).spawn(take).map(drop)
}

/// Ends the process with `status` after `grace`, the terminal put back, unless it has ended by itself.
pub fn end_within(grace: Duration, tty: &Tty, status: i32) {
    let last = tty.clone();
    let wait = move || {
        thread::sleep(grace);
        end_now(&last, status);
    };
    if thread::Builder::new().name("watchdog".into()).spawn(wait).is_err() {
        end_now(tty, status);
    }
}

fn end_now(tty: &Tty, status: i32) -> ! {
    tty.abandon();
    // Not `process::exit`: it would wait for locks that a stuck thread may hold.
    signal_hook::low_level::exit(status)
}

/// From now on a panic of any thread gives the terminal back, writes a report into `folder`, says on standard error
/// what happened and where the report is, and calls `tell`, so that the loop saves and ends; the process ends within
/// [`GRACE`] in any case.
pub fn report_panics(tty: &Tty, folder: PathBuf, tell: impl Fn() + Send + Sync + 'static) {
    let tty = tty.clone();
    let told = AtomicBool::new(false);
    panic::set_hook(Box::new(move |info| {
        tty.abandon();
        let report = write_report(&folder, info);
        let _ = write!(io::stderr().lock(), "{}", message(info, report.as_deref().ok()));
        if !told.swap(true, Ordering::SeqCst) {
            end_within(GRACE, &tty, PANICKED);
            tell();
        }
    }));
}

/// What happened, for the person at the terminal.
fn message(info: &PanicHookInfo<'_>, report: Option<&Path>) -> String {
    let what = Shown::line(&describe(info)).as_str().to_owned();
    let report = match report {
        Some(path) => format!("A report is in {}", Shown::line(&path.to_string_lossy())),
        None => "No report could be written".to_owned(),
    };
    format!("dixit: stopped by a mistake of its own: {what}\n{report}; what was shown as saved is saved.\n")
}

/// The panic's message and its place in the source.
fn describe(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let what = text.unwrap_or("no message");
    info.location().map_or_else(|| what.to_owned(), |place| format!("{what} ({place})"))
}

fn write_report(folder: &Path, info: &PanicHookInfo<'_>) -> io::Result<PathBuf> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let path = folder.join(format!("panic-{seconds}-{}.txt", std::process::id()));
    let report = format!(
        "dixit {} stopped by a mistake of its own\n\n{}\nthread: {}\nsystem: {} {}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        describe(info),
        thread::current().name().unwrap_or("unnamed"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        Backtrace::force_capture(),
    );
    fs::create_dir_all(folder)?;
    fs::write(&path, Shown::text(&report).as_str())?;
    Ok(path)
}
