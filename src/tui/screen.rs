//! What the terminal holds, and the one way to change it.
//!
//! A [`Sink`] takes frames: the terminal, or a page in memory that a headless run prints. For the terminal the frame
//! is compared with what is shown and only the difference is sent, in one write, nothing at all
//! where nothing changed. No decision about what is shown is made here, and no escape sequence is written elsewhere.

mod encode;
mod grid;
mod pen;
mod print;
mod tty;

use std::io;

use rustix::process::Signal;

pub use encode::Encoder;
pub use pen::Depth;
pub(in crate::tui) use pen::{number, rgb};
pub use print::{print_styles, print_text};
use tty::Noted;
pub use tty::Tty;

use crate::error::Error;
use crate::tui::frame::Frame;

/// Why the terminal took nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It was closed, or the connection to it is lost: save and end.
    #[error("the terminal is gone")]
    Gone,
    /// It is there and failed.
    #[error("{0}")]
    Failed(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.raw_os_error().map(rustix::io::Errno::from_raw_os_error) {
            Some(
                rustix::io::Errno::IO
                | rustix::io::Errno::PIPE
                | rustix::io::Errno::NXIO
                | rustix::io::Errno::NODEV
                | rustix::io::Errno::BADF,
            ) => Self::Gone,
            _ => Self::Failed(error),
        }
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Gone => Self::new(io::ErrorKind::BrokenPipe, "it is gone"),
            Fault::Failed(error) => error,
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Terminal { doing: "write to", source: fault.into() }
    }
}

/// Where frames go.
#[derive(Debug)]
pub enum Sink {
    /// To a terminal.
    Terminal(Box<Terminal>),
    /// To memory, for `--print` and tests.
    Page(Page),
}

impl Sink {
    /// Columns and rows that the next frame should have.
    pub fn size(&self) -> (u16, u16) {
        match self {
            Self::Terminal(terminal) => terminal.tty.size(),
            Self::Page(page) => page.size,
        }
    }

    /// Shows `frame`. Sends nothing where it is what is shown already, and everything where the terminal was resized
    /// or disturbed.
    pub fn present(&mut self, frame: &Frame) -> Result<(), Fault> {
        match self {
            Self::Terminal(terminal) => terminal.present(frame),
            Self::Page(page) => {
                page.last = Some(frame.clone());
                Ok(())
            }
        }
    }

    /// Forgets what is shown: the next frame is painted whole.
    pub fn forget(&mut self) {
        if let Self::Terminal(terminal) = self {
            terminal.encoder.forget();
        }
    }

    /// Gives the terminal back, for another program or for good. To be called while the input is paused.
    pub fn leave(&mut self) -> Result<(), Fault> {
        match self {
            Self::Terminal(terminal) => terminal.tty.leave(),
            Self::Page(_) => Ok(()),
        }
    }

    fn wait_for_turn(&self) {
        if let Self::Terminal(terminal) = self {
            terminal.tty.wait_for_turn();
        }
    }

    /// Takes the terminal again after [`Sink::leave`].
    pub fn enter(&mut self) -> Result<(), Fault> {
        if let Self::Terminal(terminal) = self {
            terminal.tty.enter()?;
            terminal.encoder.forget();
        }
        Ok(())
    }

    /// Gives the terminal back, stops the program as Ctrl-z does, and takes the terminal again when it goes on. To be
    /// called while the input is paused. Without job control (no shell that could go on with it) nothing stops.
    pub fn suspend(&mut self) -> Result<(), Fault> {
        if let Self::Terminal(_) = self {
            self.leave()?;
            // The whole group: a program that started this one and waits for it must stop, too, or the shell waits on.
            rustix::process::kill_current_process_group(Signal::TSTP).map_err(io::Error::from)?;
            // `bg` or `kill %1` in the shell let it go on without giving it the terminal.
            self.wait_for_turn();
            self.enter()?;
        }
        Ok(())
    }
}

/// Bytes that aren't part of a frame and don't change it, as the sequence that fills the clipboard.
impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Self::Terminal(terminal) = self {
            terminal.tty.write(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A terminal and what it shows.
#[derive(Debug)]
pub struct Terminal {
    tty: Tty,
    encoder: Encoder,
    out: Vec<u8>,
}

impl Terminal {
    /// Takes the terminal; it is given back when this is dropped.
    pub fn enter(tty: Tty, depth: Depth) -> Result<Self, Fault> {
        let terminal = Self { tty, encoder: Encoder::new(depth), out: Vec::new() };
        terminal.tty.enter()?;
        Ok(terminal)
    }

    fn present(&mut self, frame: &Frame) -> Result<(), Fault> {
        match self.tty.settle()? {
            Noted::Nothing => {}
            Noted::Disturbed => self.encoder.forget(),
            Noted::Background => return Ok(()),
        }
        self.out.clear();
        self.encoder.frame(frame, &mut self.out);
        if self.out.is_empty() { Ok(()) } else { self.tty.write(&self.out) }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.tty.leave();
    }
}

/// The last frame of a run without a terminal.
#[derive(Debug)]
pub struct Page {
    size: (u16, u16),
    last: Option<Frame>,
}

impl Page {
    /// An empty page of so many columns and rows.
    pub const fn new(columns: u16, rows: u16) -> Self {
        Self { size: (columns, rows), last: None }
    }

    /// What was shown last.
    pub const fn last(&self) -> Option<&Frame> {
        self.last.as_ref()
    }
}
