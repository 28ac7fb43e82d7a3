//! Standard output and standard error: the only place of the plain commands that writes to either.
//!
//! People's lines are made of [`Run`]s, which hold nothing but [`Shown`] text, so that no word of a document reaches a
//! terminal raw, nor a pipe that ends in one. JSON keeps the exact text; on a terminal, what can't be seen in it is
//! written as `\uXXXX`, which is the same text to a program.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::config::{ColourChoice, ColourDepth};
use crate::error::{Error, Result};
use crate::text::shown::Shown;

/// Columns where the terminal doesn't tell.
const COLUMNS: usize = 80;

/// How a run of text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    /// Titles and names: bold.
    Strong,
    /// What may be overlooked: dim.
    Faint,
}

/// A run of text in one ink, on one line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) ink: Ink,
    pub(super) shown: Shown,
}

/// A run in plain ink.
pub(super) fn plain(text: &str) -> Run {
    Run { ink: Ink::Plain, shown: Shown::line(text) }
}

/// A run that stands out.
pub(super) fn strong(text: &str) -> Run {
    Run { ink: Ink::Strong, shown: Shown::line(text) }
}

/// A run that stands back.
pub(super) fn faint(text: &str) -> Run {
    Run { ink: Ink::Faint, shown: Shown::line(text) }
}

/// Standard output.
pub(super) struct Output {
    to: Box<dyn Write>,
    /// Cells of a line; `None` where the output isn't a terminal.
    columns: Option<usize>,
    depth: ColourDepth,
    json: bool,
    audience: Audience,
}

/// Whether somebody is listening, and has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// When nobody listens any more the work ends.
    Needed,
    /// The work isn't done for its lines alone.
    Welcome,
    /// Nobody listens any more, and the work goes on.
    Gone,
}

impl Output {
    /// Standard output with these wishes.
    pub(super) fn new(colour: ColourChoice, json: bool) -> Self {
        let terminal = io::stdout().is_terminal();
        let size = rustix::termios::tcgetwinsize(io::stdout()).ok();
        let columns = size.map(|size| usize::from(size.ws_col)).filter(|&columns| columns > 0).unwrap_or(COLUMNS);
        let depth = ColourDepth::choose(colour, terminal, &|name| std::env::var(name).ok()).0;
        let to = Box::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        Self { to, columns: terminal.then_some(columns), depth, json, audience: Audience::Needed }
    }

    /// Standard output before there are any wishes.
    pub(super) fn plain() -> Self {
        Self::new(ColourChoice::Auto, false)
    }

    /// Whether objects are asked for instead of lines.
    pub(super) const fn json(&self) -> bool {
        self.json
    }

    /// The width of the terminal in cells; `None` where the output isn't one, and lines are not to be cut or wrapped.
    pub(super) const fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Whether lines may hold sequences for colour and weight.
    pub(super) fn coloured(&self) -> bool {
        self.depth > ColourDepth::None
    }

    /// From here on a reader that went away doesn't end the work, which isn't done for its lines alone.
    pub(super) fn outlive_the_reader(&mut self) {
        self.audience = Audience::Welcome;
    }

    /// Writes a line for people.
    pub(super) fn line(&mut self, runs: &[Run]) -> Result<()> {
        let mut line: String = runs.iter().map(|run| self.inked(run)).collect();
        line.truncate(line.trim_end_matches(' ').len());
        line.push('\n');
        self.write(line.as_bytes())
    }

    /// Writes a line for people whose last run is cut where the terminal ends.
    pub(super) fn cut_line(&mut self, runs: &[Run]) -> Result<()> {
        let (Some(columns), Some((last, others))) = (self.columns, runs.split_last()) else { return self.line(runs) };
        let before: usize = others.iter().map(|run| run.shown.width()).sum();
        let last = Run { ink: last.ink, shown: last.shown.fit(columns.saturating_sub(before)) };
        self.line(&[others, &[last]].concat())
    }

    /// Writes a line for programs: fields with a tab between them, which no field holds.
    pub(super) fn fields(&mut self, runs: &[Run]) -> Result<()> {
        let fields: Vec<String> = runs.iter().map(|run| self.inked(run)).collect();
        self.write((fields.join("\t") + "\n").as_bytes())
    }

    fn inked(&self, run: &Run) -> String {
        match run.ink {
            Ink::Strong if self.coloured() => format!("\x1b[1m{}\x1b[22m", run.shown),
            Ink::Faint if self.coloured() => format!("\x1b[2m{}\x1b[22m", run.shown),
            _ => run.shown.to_string(),
        }
    }

    /// Writes several lines of plain text.
    pub(super) fn text(&mut self, text: &str) -> Result<()> {
        let shown = Shown::text(text);
        self.write(shown.as_str().as_bytes())?;
        self.write(b"\n")
    }

    /// Writes an object as a line of JSON.
    pub(super) fn object(&mut self, object: &impl Serialize) -> Result<()> {
        let mut line = to_json(object, self.columns.is_some())?;
        line.push(b'\n');
        self.write(&line)
    }

    /// Writes a page that this program made by itself, byte by byte.
    pub(super) fn page(&mut self, page: &[u8]) -> Result<()> {
        self.write(page)?;
        self.flush()
    }

    /// Sends what was written on its way.
    pub(super) fn flush(&mut self) -> Result<()> {
        let flushed = if self.audience == Audience::Gone { Ok(()) } else { self.to.flush() };
        self.note_closed(flushed)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = if self.audience == Audience::Gone { Ok(()) } else { self.to.write_all(bytes) };
        self.note_closed(written)
    }

    fn note_closed(&mut self, outcome: io::Result<()>) -> Result<()> {
        match outcome {
            Err(error) if self.audience == Audience::Welcome && error.kind() == io::ErrorKind::BrokenPipe => {
                self.audience = Audience::Gone;
                Ok(())
            }
            outcome => outcome.map_err(|source| Error::Output { source }),
        }
    }
}

/// The object as one line of JSON; with `visible`, what can't be seen is escaped.
fn to_json(object: &impl Serialize, visible: bool) -> Result<Vec<u8>> {
    let mut line = Vec::with_capacity(512);
    let written = if visible {
        object.serialize(&mut Serializer::with_formatter(&mut line, Visible))
    } else {
        object.serialize(&mut Serializer::new(&mut line))
    };
    written.map_err(|error| Error::Output { source: error.into() })?;
    Ok(line)
}

/// Writes JSON in which nothing is invisible.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unseen) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let after = at + rest[at..].chars().next().map_or(1, char::len_utf8);
            for unit in rest[at..after].encode_utf16() {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[after..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Whether a character is a control, or can't be seen and may change how its neighbours are: bidi overrides, joiners,
/// tags, soft hyphens, line separators.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Says something on standard error, with what to try. A standard error that is gone is no error.
pub(super) fn tell(message: &str, hint: Option<&str>) {
    let hint = hint.map(|hint| format!("      hint: {}\n", Shown::line(hint))).unwrap_or_default();
    let lines = format!("dixit: {}\n{hint}", Shown::line(message));
    let _ = io::stderr().lock().write_all(lines.as_bytes());
}

/// Says how much was done, on standard error.
pub(super) fn tell_summary(summary: &str) {
    let line = format!("{}\n", Shown::line(summary));
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// Says what went wrong, with what to try.
pub fn tell_error(error: &Error) {
    tell(&error.to_string(), error.hint().as_deref());
}

/// Makes a panic say one line on standard error. The reader puts its own report in this place, which restores the
/// terminal first.
pub(super) fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let words =
            payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        tell(
            &format!("this is a mistake in dixit itself: {}{place}", words.unwrap_or("it doesn't say what")),
            Some("the store is as it was before this command, or after it; please report the line above"),
        );
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_on_a_terminal_hides_nothing_and_says_the_same() {
        for text in
            ["a\u{202e}b", "\u{9b}31m", "\u{7f}\u{feff}x\u{e0041}", "« l’IA »\u{202f}!", "👩\u{200d}🚀 \u{1b}[0m\"\\\n"]
        {
            let visible = String::from_utf8(to_json(&text, true).expect("json")).expect("utf-8");
            assert!(!visible.contains(is_unseen), "{visible}");
            assert_eq!(serde_json::from_str::<String>(&visible).expect("json"), text);
            let exact = String::from_utf8(to_json(&text, false).expect("json")).expect("utf-8");
            assert_eq!(exact, serde_json::to_string(text).expect("json"));
        }
        let visible = String::from_utf8(to_json(&"\u{202e}\u{e0041}é", true).expect("json")).expect("utf-8");
        assert_eq!(visible, r#""\u202e\udb40\udc41é""#);
    }
}
