//! The long job: claims that tell the same are linked, in small steps on a connection of its own.
//!
//! What a few claims changed in is linked with the write; what was merged, split or made by the hundred waits for this.
//! A step is one article, so that a write waits for hardly longer than a key press; while a write is under way no step
//! begins, and none does once the reader ends. What isn't linked then is at the next start.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::spawn;
use crate::error::Result;
use crate::store::Store;
use crate::tui::event::Outcome;

/// Articles that are linked in one step.
const STEP: usize = 1;

/// The lane of the long job, as the other lanes see it.
#[derive(Clone)]
pub(super) struct Links {
    wakes: Sender<Wake>,
    others: Arc<Others>,
}

/// What the others do meanwhile.
#[derive(Default)]
struct Others {
    /// Writes handed over and not yet done.
    writes: AtomicUsize,
    ending: AtomicBool,
}

/// Why the lane looks for work.
enum Wake {
    /// Something was written, or the reader begins.
    Written,
    /// Somebody waits until nothing is left to do.
    Waited(Sender<()>),
}

impl Links {
    /// Starts the lane on the store at `path`. `written` counts what this program writes; `done` is told where links
    /// have changed.
    pub(super) fn start(
        path: PathBuf,
        written: Arc<AtomicU64>,
        done: impl Fn(Outcome) + Send + 'static,
    ) -> Result<(Self, JoinHandle<()>)> {
        let (wakes, woken) = channel();
        let others = Arc::new(Others::default());
        let seen = Arc::clone(&others);
        let thread = spawn("links", move || link_all(&path, &seen, &written, &woken, &done))?;
        let links = Self { wakes, others };
        links.wake(Wake::Written);
        Ok((links, thread))
    }

    /// A write was handed over.
    pub(super) fn write_begins(&self) {
        self.others.writes.fetch_add(1, Ordering::SeqCst);
    }

    /// A write was done.
    pub(super) fn write_ends(&self) {
        self.others.writes.fetch_sub(1, Ordering::SeqCst);
        self.wake(Wake::Written);
    }

    /// Waits until nothing is left to link.
    pub(super) fn wait(&self) {
        let (tell, told) = channel();
        self.wake(Wake::Waited(tell));
        // The lane is gone where the store can't be opened a second time; then there is nothing to wait for.
        let _ = told.recv();
    }

    /// Has the lane stop after the step under way.
    pub(super) fn end(&self) {
        self.others.ending.store(true, Ordering::SeqCst);
    }

    fn wake(&self, wake: Wake) {
        // As above.
        let _ = self.wakes.send(wake);
    }
}

impl Others {
    fn leave_room(&self) -> bool {
        self.writes.load(Ordering::SeqCst) == 0 && !self.ending.load(Ordering::SeqCst)
    }
}

fn link_all(path: &Path, others: &Others, written: &AtomicU64, wakes: &Receiver<Wake>, done: &impl Fn(Outcome)) {
    let Ok(mut store) = Store::open(path) else { return };
    while let Ok(wake) = wakes.recv() {
        let wakes: Vec<Wake> = std::iter::once(wake).chain(wakes.try_iter()).collect();
        let mut linked = 0;
        // What can't be linked waits for the next time; what is wrong with the store, the writes tell.
        while others.leave_room()
            && let Ok(articles @ 1..) = store.link_waiting(STEP)
        {
            linked += articles;
        }
        if linked > 0 {
            written.fetch_add(1, Ordering::SeqCst);
            done(Outcome::Changed);
        }
        for wake in wakes {
            if let Wake::Waited(tell) = wake {
                // Whoever waited may be gone.
                let _ = tell.send(());
            }
        }
    }
}
