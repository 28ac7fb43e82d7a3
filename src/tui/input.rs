//! The one door for keys: a thread that waits at the terminal and sends what was typed.
//!
//! It waits for the terminal and for a pipe of its own at once, so that it can be stopped for as long as another
//! program has the terminal (an editor, the shell after Ctrl-z) and started again; it reads only what is there, and
//! decodes it itself. crossterm's reader isn't used: it waits edge by edge, so that whatever is typed beyond its
//! 1,024 bytes stays behind, it blocks in the middle of a cut sequence, and once the terminal is gone it spins.
//! When the terminal is gone this thread says so once and ends, and the program must soon follow. It never writes to
//! the terminal.

mod decode;

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGHUP;

pub use decode::{Decoded, Decoder};

use crate::tui::key::Key;
use crate::tui::screen::Tty;
use crate::tui::signals;

/// What comes from outside, by this door and by [`crate::tui::signals`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; lines end with `\n`, and nothing is neutralised.
    Paste(String),
    /// The terminal has now so many columns and rows. The next frame paints everything.
    Resize(u16, u16),
    /// Something else may have written to the terminal, or the program was stopped and goes on: draw again. The
    /// next frame sets the terminal up anew and paints everything.
    Redraw,
    /// Somebody wants the program to end: the number of the signal.
    Quit(i32),
    /// The terminal is gone; nothing more will come.
    Gone,
}

/// The thread at the terminal. Dropping it ends the thread.
#[derive(Debug)]
pub struct Input {
    wake: PipeWriter,
    gate: Arc<Gate>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread is to do, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Reading,
    Pausing,
    Paused,
    Ended,
}

#[derive(Debug)]
struct Gate {
    phase: Mutex<Phase>,
    changed: Condvar,
}

impl Gate {
    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, phase: Phase) {
        *self.phase() = phase;
        self.changed.notify_all();
    }

    fn wait_while(&self, condition: impl Fn(Phase) -> bool) -> Phase {
        let guard = self.changed.wait_while(self.phase(), |phase| condition(*phase));
        *guard.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Input {
    /// Starts the thread. `send` says whether anybody still listens; when nobody does, the thread ends.
    pub fn start(tty: &Tty, send: impl FnMut(Event) -> bool + Send + 'static) -> io::Result<Self> {
        let (woken, wake) = io::pipe()?;
        let gate = Arc::new(Gate { phase: Mutex::new(Phase::Reading), changed: Condvar::new() });
        let mut door = Door { tty: tty.clone(), woken, gate: Arc::clone(&gate), decoder: Decoder::default(), send };
        let thread = thread::Builder::new().name("input".into()).spawn(move || {
            door.watch();
            door.gate.set(Phase::Ended);
        })?;
        Ok(Self { wake, gate, thread: Some(thread) })
    }

    /// Stops reading, and returns when the thread has let go of the terminal; what is typed from then on is another
    /// program's.
    pub fn pause(&mut self) {
        {
            let mut phase = self.gate.phase();
            if *phase != Phase::Reading {
                return;
            }
            *phase = Phase::Pausing;
        }
        self.wake();
        self.gate.wait_while(|phase| phase == Phase::Pausing);
    }

    /// Reads on.
    pub fn resume(&mut self) {
        let mut phase = self.gate.phase();
        if *phase == Phase::Paused {
            *phase = Phase::Reading;
            drop(phase);
            self.gate.changed.notify_all();
        }
    }

    fn wake(&mut self) {
        // The other end is the thread's; if it has ended, there is nobody to wake.
        let _ = self.wake.write_all(b"!");
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.gate.set(Phase::Ended);
        self.wake();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread's own things.
struct Door<S> {
    tty: Tty,
    woken: PipeReader,
    gate: Arc<Gate>,
    decoder: Decoder,
    send: S,
}

/// What ended a wait.
enum Waited {
    Woken,
    Readable,
    Gone,
    TimedOut,
}

impl<S: FnMut(Event) -> bool> Door<S> {
    fn watch(&mut self) {
        let mut bytes = [0; 4096];
        loop {
            let mut listening = true;
            let send = &mut self.send;
            let mut each = |decoded| {
                listening &= send(match decoded {
                    Decoded::Key(key) => Event::Key(key),
                    Decoded::Paste(text) => Event::Paste(text),
                });
            };
            match wait(&self.tty, &self.woken, &self.decoder) {
                Waited::Woken => {
                    self.decoder.settle(&mut each);
                    if !self.obey() {
                        return;
                    }
                }
                Waited::TimedOut => self.decoder.settle(&mut each),
                Waited::Readable => match rustix::io::read(self.tty.input(), &mut bytes) {
                    Ok(count) if count > 0 => self.decoder.feed(&bytes[..count], &mut each),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    _ => return self.say_gone(),
                },
                Waited::Gone => return self.say_gone(),
            }
            if !listening {
                return;
            }
        }
    }

    /// Does what [`Input`] asks for; whether to read on.
    fn obey(&mut self) -> bool {
        // Several wishes may wait; the phase tells the last one.
        let _ = self.woken.read(&mut [0; 64]);
        if *self.gate.phase() == Phase::Pausing {
            self.gate.set(Phase::Paused);
            return self.gate.wait_while(|phase| phase == Phase::Paused) == Phase::Reading;
        }
        *self.gate.phase() == Phase::Reading
    }

    fn say_gone(&mut self) {
        self.tty.lose();
        // Where the loop is stuck, nobody could end the program from outside any more.
        signals::end_within(signals::GRACE, &self.tty, signals::exit_status(SIGHUP));
        (self.send)(Event::Gone);
    }
}

/// Waits for the terminal or for the pipe, as long as the decoder has patience.
fn wait(tty: &Tty, woken: &PipeReader, decoder: &Decoder) -> Waited {
    let mut waiting =
        [PollFd::from_borrowed_fd(tty.input(), PollFlags::IN), PollFd::from_borrowed_fd(woken.as_fd(), PollFlags::IN)];
    let patience = decoder.patience().and_then(|patience| Timespec::try_from(patience).ok());
    let ready = loop {
        match poll(&mut waiting, patience.as_ref()) {
            Err(Errno::INTR) => {}
            Err(_) => return Waited::Gone,
            Ok(ready) => break ready,
        }
    };
    let terminal = waiting[0].revents();
    if !waiting[1].revents().is_empty() {
        Waited::Woken
    } else if terminal.contains(PollFlags::IN) {
        Waited::Readable
    } else if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        Waited::Gone
    } else if ready == 0 {
        Waited::TimedOut
    } else {
        Waited::Readable
    }
}
