//! The controlling terminal: its two ends, and the modes that the program sets on it.
//!
//! One value, shared by the screen that writes, the input that reads, and the thread that puts everything back when
//! the program must end. What [`Tty::enter`] sets, [`Tty::leave`] undoes, exactly once, from whichever thread comes
//! first. Nothing else in the program writes to the terminal.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError, mpsc};
use std::thread;
use std::time::Duration;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, queue};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::QueueSelector;

use super::Fault;

/// How long another thread may hold the terminal before it is taken from it.
const PATIENCE: Duration = Duration::from_millis(100);

/// How long putting the terminal back may take when the program must end.
const LAST_WRITE: Duration = Duration::from_millis(300);

/// The terminal that the program runs on.
#[derive(Clone, Debug)]
pub struct Tty(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    input: OwnedFd,
    output: OwnedFd,
    /// Held while bytes are written, so that two writers don't mix.
    writing: Mutex<()>,
    /// The modes are set.
    entered: AtomicBool,
    /// Nothing may be written any more: the terminal is gone, or was put back for good.
    closed: AtomicBool,
    /// Something else may have changed what the terminal shows.
    disturbed: AtomicBool,
    /// Something else may have changed the modes.
    stopped: AtomicBool,
}

/// What happened to the terminal behind the program's back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noted {
    /// Nothing.
    Nothing,
    /// What it shows isn't known any more.
    Disturbed,
    /// Another program has it now.
    Background,
}

impl Tty {
    /// The terminal at standard input and output, or the controlling one where these are redirected.
    pub fn open() -> io::Result<Self> {
        let end = |standard: BorrowedFd<'_>| {
            if rustix::termios::isatty(standard) {
                standard.try_clone_to_owned()
            } else {
                std::fs::File::options().read(true).write(true).open("/dev/tty").map(OwnedFd::from)
            }
        };
        Ok(Self(Arc::new(Shared {
            input: end(rustix::stdio::stdin())?,
            output: end(rustix::stdio::stdout())?,
            writing: Mutex::new(()),
            entered: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            disturbed: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        })))
    }

    /// The end to read from.
    pub fn input(&self) -> BorrowedFd<'_> {
        self.0.input.as_fd()
    }

    /// Columns and rows; 80 and 24 where the terminal doesn't know.
    pub fn size(&self) -> (u16, u16) {
        match rustix::termios::tcgetwinsize(&self.0.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }

    /// Sets the modes: keys one by one and unechoed, the alternate screen, pastes marked, the cursor hidden.
    pub fn enter(&self) -> Result<(), Fault> {
        if self.0.closed.load(Ordering::SeqCst) {
            return Err(Fault::Gone);
        }
        // Whoever had the terminal in between may have changed the modes behind our back.
        disable_raw_mode().map_err(Fault::from)?;
        enable_raw_mode().map_err(Fault::from)?;
        self.0.entered.store(true, Ordering::SeqCst);
        self.write(&sequences(|out| queue!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)))
    }

    /// Puts back what [`Tty::enter`] set; does nothing where nothing is set.
    pub fn leave(&self) -> Result<(), Fault> {
        let _writing = self.0.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.undo()
    }

    /// Puts the terminal back for good, in bounded time, also while another thread is stuck writing to it. What is
    /// written afterwards fails with [`Fault::Gone`].
    pub fn abandon(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
        if !self.0.entered.load(Ordering::SeqCst) {
            return;
        }
        let (done, restored) = mpsc::channel();
        let tty = self.clone();
        let restore = move || {
            let mut writing = tty.try_writing();
            if writing.is_none() {
                // Whoever writes waits for a terminal that takes nothing: what it hasn't taken is of no use any more.
                let _ = rustix::termios::tcflush(&tty.0.output, QueueSelector::OFlush);
                writing = tty.try_writing();
            }
            let _ = tty.undo();
            drop(writing);
            let _ = done.send(());
        };
        // A terminal that takes no bytes would hold this thread, too.
        if thread::Builder::new().name("restore".into()).spawn(restore).is_ok() {
            let _ = restored.recv_timeout(LAST_WRITE);
        }
    }

    /// Whether another program has the terminal, by our leave.
    pub fn is_lent(&self) -> bool {
        !self.0.entered.load(Ordering::SeqCst) && !self.0.closed.load(Ordering::SeqCst)
    }

    /// Notes that the terminal is gone.
    pub fn lose(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
    }

    /// Notes that something else may have changed what the terminal shows, and, where the program was `stopped`, its
    /// modes.
    pub fn disturb(&self, stopped: bool) {
        self.0.disturbed.store(true, Ordering::SeqCst);
        if stopped {
            self.0.stopped.store(true, Ordering::SeqCst);
        }
    }

    /// What was noted since the last time; sets the modes again where that is needed.
    pub(super) fn settle(&self) -> Result<Noted, Fault> {
        if self.0.stopped.load(Ordering::SeqCst) && self.0.entered.load(Ordering::SeqCst) {
            if !self.is_ours() {
                return Ok(Noted::Background);
            }
            self.enter()?;
        }
        self.0.stopped.store(false, Ordering::SeqCst);
        Ok(if self.0.disturbed.swap(false, Ordering::SeqCst) { Noted::Disturbed } else { Noted::Nothing })
    }

    /// Waits until the program is in the foreground; without job control it always is.
    pub(super) fn wait_for_turn(&self) {
        while !self.is_ours() {
            thread::sleep(PATIENCE);
        }
    }

    /// Whether the program is in the foreground: changing the terminal's settings from the background would stop it.
    fn is_ours(&self) -> bool {
        rustix::termios::tcgetpgrp(&self.0.input).map_or(true, |group| group == rustix::process::getpgrp())
    }

    /// Writes all of `bytes`, in one system call where the terminal takes them at once.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Fault> {
        let _writing = self.0.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.closed.load(Ordering::SeqCst) {
            return Err(Fault::Gone);
        }
        self.put(bytes)
    }

    fn put(&self, mut bytes: &[u8]) -> Result<(), Fault> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.0.output, bytes) {
                Ok(0) => return Err(Fault::Gone),
                Ok(count) => bytes = &bytes[count..],
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    let mut room = [PollFd::new(&self.0.output, PollFlags::OUT)];
                    let _ = poll(&mut room, None);
                }
                Err(errno) => return Err(Fault::from(io::Error::from(errno))),
            }
        }
        Ok(())
    }

    /// Puts the modes back, whichever thread comes first.
    fn undo(&self) -> Result<(), Fault> {
        if !self.0.entered.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        // First the terminal's settings, which never wait for it to take bytes.
        // In the background they are the shell's.
        let settings = if self.is_ours() { disable_raw_mode().map_err(Fault::from) } else { Ok(()) };
        self.put(&sequences(|out| queue!(out, ResetColor, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)))?;
        settings
    }

    /// The right to write, unless another thread doesn't give it up.
    fn try_writing(&self) -> Option<std::sync::MutexGuard<'_, ()>> {
        let step = PATIENCE / 10;
        for _ in 0..10 {
            match self.0.writing.try_lock() {
                Ok(guard) => return Some(guard),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => thread::sleep(step),
            }
        }
        None
    }
}

/// The bytes that `write` writes.
fn sequences(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to memory doesn't fail.
    let _ = write(&mut out);
    out
}
