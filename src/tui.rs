//! The reader: state, views and the loop that joins them to the terminal and the store.
//!
//! ```text
//! input thread ── key ────┐                ┌─ keymap ─► Action ─► App::update ─► effects ─► workers
//!                         ├─► one receiver ┤
//! workers ────── outcome ─┘                └─ Outcome ─► App::absorb ─► effects ─► workers
//! ```
//!
//! The loop blocks, takes all that has arrived, and draws once; there is no tick. The one exception is a
//! deadline that the state asks for. It is the only place that knows clock, terminal and threads; everything
//! else here is plain values. Without a terminal the very same loop runs on keys from a script.

pub mod action;
pub mod app;
pub mod browser;
pub mod chooser;
pub mod citation;
pub mod claims;
pub mod clipboard;
pub mod draft;
pub mod editor;
pub mod effect;
pub mod event;
pub mod frame;
pub mod head;
pub mod help;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod library;
pub mod menu;
pub mod page;
pub mod pivot;
pub mod prompt;
pub mod reader;
pub mod screen;
pub mod search;
pub mod selection;
pub mod signals;
pub mod svg;
pub mod theme;
pub mod triage;
pub mod view;
pub mod way;
pub mod window;
mod worker;

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use uuid::Uuid;

use self::app::{App, Settings, Start};
use self::effect::{Effect, Stamp};
use self::event::{Event, Outcome};
use self::frame::Frame;
use self::key::Key;
use self::screen::{Depth, Fault, Sink};
use self::worker::Workers;
use crate::error::{Error, Result};
use crate::model::Subject;
use crate::store::Store;

/// How long the first screen may wait for list and article, so that it is drawn once and whole.
const FIRST_SCREEN: Duration = Duration::from_millis(40);

/// What the reader is started with.
pub struct Options {
    /// The store, open.
    pub store: Store,
    /// User, keys, theme, measure.
    pub settings: Settings,
    /// The file for what is kept from one run to the next and is no concern of the store; `None` keeps nothing.
    pub state: Option<PathBuf>,
    /// Where to begin.
    pub start: Start,
    /// Something to say at the start: what is wrong with the configuration, for one.
    pub notice: Option<String>,
}

/// A run without a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The keys pressed, one after the other, each when all work of the one before is done.
    pub keys: Vec<Key>,
    /// Columns and rows.
    pub size: (u16, u16),
}

/// The terminal that the reader runs in.
pub struct Place {
    /// How many colours it has.
    pub depth: Depth,
    /// How the clipboard is reached.
    pub clipboard: clipboard::Env,
    /// How a browser is reached.
    pub browser: browser::Env,
    /// How notes are written.
    pub editor: editor::Env,
    /// The folder for reports of a crash.
    pub reports: PathBuf,
}

/// Something that reached the loop.
enum Arrival {
    /// From the terminal or a signal.
    Door(input::Event),
    /// From a worker.
    Done(Outcome),
    /// A copy was made or a link opened; the bytes go to the terminal.
    Copied(String, Vec<u8>),
}

/// Runs the reader in the terminal until it is left, and says which signal ended it, if one did. `Ok` also
/// where the terminal vanished: all is saved then.
pub fn run(options: Options, place: &Place) -> Result<Option<i32>> {
    let terminal = |source| Error::Terminal { doing: "open", source };
    let tty = screen::Tty::open().map_err(terminal)?;
    let (arrivals, arrived) = channel();
    let size = tty.size();
    let mut desk = Desk::new(options, size, arrivals.clone())?;
    let to_loop = |arrivals: &Sender<Arrival>| {
        let arrivals = arrivals.clone();
        move |event| arrivals.send(Arrival::Door(event)).is_ok()
    };
    let tell = arrivals.clone();
    // Nobody listens only when the reader is ending anyway.
    let tell = move || drop(tell.send(Arrival::Door(input::Event::Quit(0))));
    signals::report_panics(&tty, place.reports.clone(), tell);
    let mut sink = Sink::Terminal(Box::new(screen::Terminal::enter(tty.clone(), place.depth)?));
    signals::watch(&tty, to_loop(&arrivals)).map_err(terminal)?;
    let mut input = input::Input::start(&tty, to_loop(&arrivals)).map_err(terminal)?;
    let result = desk.live(&arrived, &mut sink, &mut input, place);
    let signal = desk.signal;
    // First the writes, then the terminal: who sees the shell again knows that all is saved.
    drop(desk);
    drop(input);
    match (result, sink.leave()) {
        (Err(Fault::Failed(source)), _) | (Ok(()), Err(Fault::Failed(source))) => {
            Err(Error::Terminal { doing: "write to", source })
        }
        _ => Ok(signal),
    }
}

/// The same loop without a terminal: keys go in, screens come out.
pub struct Stage {
    desk: Desk,
    arrived: Receiver<Arrival>,
}

impl Stage {
    /// Starts the reader on a screen of so many columns and rows, and waits until it rests.
    pub fn new(options: Options, size: (u16, u16)) -> Result<Self> {
        let (arrivals, arrived) = channel();
        let mut desk = Desk::new(options, size, arrivals)?;
        desk.settle(&arrived);
        Ok(Self { desk, arrived })
    }

    /// Presses keys, one after the other, each when all work of the one before is done. Nothing happens any
    /// more once the reader was left.
    pub fn press(&mut self, keys: &[Key]) {
        for key in keys {
            if self.desk.leaving {
                return;
            }
            self.desk.take(Event::Key(*key));
            self.desk.settle(&self.arrived);
        }
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.desk.take(Event::Resize(width, height));
        self.desk.settle(&self.arrived);
    }

    /// What the screen shows.
    pub fn frame(&self) -> Frame {
        view::render(&self.desk.app)
    }
}

/// Runs the reader on a script and gives the last screen.
pub fn play(options: Options, script: &Script) -> Result<Frame> {
    let mut stage = Stage::new(options, script.size)?;
    stage.press(&script.keys);
    Ok(stage.frame())
}

/// The state with what it needs to have its effects performed.
struct Desk {
    app: App,
    workers: Workers,
    arrivals: Sender<Arrival>,
    started: Instant,
    /// Effects handed over whose outcome hasn't come yet.
    under_way: usize,
    /// Effects for the loop itself.
    own: Vec<Effect>,
    leaving: bool,
    /// The signal that ends the reader.
    signal: Option<i32>,
}

impl Desk {
    fn new(options: Options, size: (u16, u16), arrivals: Sender<Arrival>) -> Result<Self> {
        let Options { store, settings, state, start, notice } = options;
        let done = arrivals.clone();
        // The loop is gone only when the reader ends, and then nobody waits for an outcome.
        let done = move |outcome| drop(done.send(Arrival::Done(outcome)));
        let workers = Workers::start(store, settings.user.clone(), state, done)?;
        let (mut app, effects) = App::new(settings, start, size.0, size.1);
        app.notice = notice.map(|text| app::Notice { text, alert: true });
        let started = Instant::now();
        let mut desk =
            Self { app, workers, arrivals, started, under_way: 0, own: Vec::new(), leaving: false, signal: None };
        desk.perform(effects);
        Ok(desk)
    }

    fn tick(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn take(&mut self, event: Event) {
        let stamp = Stamp { group: Uuid::now_v7(), time: Timestamp::now(), tick: self.tick() };
        self.take_at(event, stamp);
    }

    fn take_at(&mut self, event: Event, stamp: Stamp) {
        let effects = self.app.event(event, stamp);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit => self.leaving = true,
                Effect::Copy(_) | Effect::OpenLink(_) | Effect::Write { .. } | Effect::Redraw | Effect::Suspend => {
                    self.own.push(effect);
                }
                effect => self.under_way += usize::from(self.workers.perform(effect)),
            }
        }
    }

    fn arrive(&mut self, arrival: Arrival, sink: Option<&mut Sink>) {
        match arrival {
            Arrival::Done(outcome) => {
                self.under_way -= usize::from(!matches!(outcome, Outcome::Changed));
                self.take(Event::Done(outcome));
            }
            Arrival::Copied(report, bytes) => {
                let sent = sink.map_or(Ok(()), |sink| sink.write_all(&bytes));
                let report = sent.map_or_else(|error| format!("not copied: {error}"), |()| report);
                self.take(Event::Done(Outcome::Copied(report)));
            }
            Arrival::Door(event) => {
                let event = match event {
                    input::Event::Key(key) => Event::Key(key),
                    input::Event::Paste(text) => Event::Paste(text),
                    input::Event::Resize(width, height) => Event::Resize(width, height),
                    input::Event::Redraw => Event::Redraw,
                    input::Event::Quit(signal) => {
                        self.signal = Some(signal).filter(|signal| *signal > 0);
                        Event::Leave
                    }
                    input::Event::Gone => Event::Leave,
                };
                self.take(event);
            }
        }
    }

    /// The loop: waits, takes all that has arrived, draws once.
    fn live(
        &mut self,
        arrived: &Receiver<Arrival>,
        sink: &mut Sink,
        input: &mut input::Input,
        place: &Place,
    ) -> std::result::Result<(), Fault> {
        let first = self.started + FIRST_SCREEN;
        while !self.leaving && self.under_way > 0 {
            match arrived.recv_timeout(first.saturating_duration_since(Instant::now())) {
                Ok(arrival) => self.arrive(arrival, Some(sink)),
                Err(_) => break,
            }
        }
        while !self.leaving {
            sink.present(&view::render(&self.app))?;
            match self.wait(arrived) {
                Some(arrival) => self.arrive(arrival, Some(sink)),
                None => self.take(Event::Deadline),
            }
            while let Ok(arrival) = arrived.try_recv() {
                self.arrive(arrival, Some(sink));
            }
            for effect in std::mem::take(&mut self.own) {
                self.perform_own(effect, sink, input, place)?;
            }
        }
        Ok(())
    }

    /// Waits for what comes next, at most up to the deadline that the state asks for.
    fn wait(&self, arrived: &Receiver<Arrival>) -> Option<Arrival> {
        let Some(deadline) = self.app.deadline() else { return arrived.recv().ok() };
        let left = Duration::from_millis(deadline.saturating_sub(self.tick()));
        arrived.recv_timeout(left).ok()
    }

    fn perform_own(
        &mut self,
        effect: Effect,
        sink: &mut Sink,
        input: &mut input::Input,
        place: &Place,
    ) -> std::result::Result<(), Fault> {
        match effect {
            Effect::Redraw => sink.forget(),
            Effect::Suspend => {
                input.pause();
                sink.suspend()?;
                input.resume();
                let (width, height) = sink.size();
                self.take(Event::Resize(width, height));
            }
            Effect::Copy(text) => {
                let (arrivals, env) = (self.arrivals.clone(), place.clipboard);
                // A clipboard program may take its time; the keys don't wait for it.
                thread::spawn(move || {
                    let mut bytes = Vec::new();
                    let report = clipboard::copy(&text, &env, &mut bytes);
                    let _ = arrivals.send(Arrival::Copied(report.to_string(), bytes));
                });
            }
            Effect::OpenLink(url) => self.open_link(url, place),
            Effect::Write { subject, text } => {
                input.pause();
                sink.leave()?;
                let edited = editor::edit(&text, &place.editor);
                sink.enter()?;
                input.resume();
                self.take_written(subject, edited, sink.size());
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes what came of a note; the terminal may have another size than before the editor had it.
    fn take_written(
        &mut self,
        subject: Subject,
        edited: std::result::Result<Option<editor::Written>, String>,
        (width, height): (u16, u16),
    ) {
        self.take(Event::Resize(width, height));
        let outcome = match edited {
            Ok(written) => Outcome::Written { subject, written: written.map(|note| (note.text, note.file)) },
            Err(why) => Outcome::Failed(why),
        };
        self.take(Event::Done(outcome));
    }

    /// Opens an address, or copies it where a browser would open out of sight.
    fn open_link(&self, url: String, place: &Place) {
        let (arrivals, env, browser) = (self.arrivals.clone(), place.clipboard, place.browser.clone());
        // Nobody listens only when the reader is ending anyway.
        thread::spawn(move || {
            if browser.can_open() {
                browser::open(&url, &browser, |report| {
                    let _ = arrivals.send(Arrival::Copied(format!("{report}: {url}"), Vec::new()));
                });
            } else {
                let mut bytes = Vec::new();
                let report = clipboard::copy(&url, &env, &mut bytes);
                let _ = arrivals.send(Arrival::Copied(format!("no browser here; {report}: {url}"), bytes));
            }
        });
    }

    /// Without a terminal: waits until all work is done, deadlines included.
    fn settle(&mut self, arrived: &Receiver<Arrival>) {
        loop {
            while self.under_way > 0 {
                match arrived.recv() {
                    Ok(arrival) => self.arrive(arrival, None),
                    Err(_) => return,
                }
            }
            self.workers.wait_for_links();
            while let Ok(arrival) = arrived.try_recv() {
                self.arrive(arrival, None);
            }
            if self.under_way > 0 {
                continue;
            }
            for effect in std::mem::take(&mut self.own) {
                let report = match effect {
                    Effect::Copy(_) => "nothing copied: there is no terminal".to_owned(),
                    Effect::OpenLink(url) => format!("not opened: there is no terminal: {url}"),
                    Effect::Write { .. } => "no note written: there is no terminal".to_owned(),
                    _ => continue,
                };
                self.take(Event::Done(Outcome::Copied(report)));
            }
            match self.app.deadline() {
                // Nobody types meanwhile, so the deadline may as well be now.
                Some(tick) if !self.leaving => {
                    let stamp = Stamp { group: Uuid::now_v7(), time: Timestamp::now(), tick };
                    self.take_at(Event::Deadline, stamp);
                }
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests;
