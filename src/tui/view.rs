//! Views: from the state to a frame, without changing anything.
//!
//! A view reads `&App`, asks [`super::layout`] where it is, and writes cells. Whatever comes from a document
//! passes through [`crate::text::shown`] on its way.

mod chooser;
mod claims;
mod footer;
mod help;
mod list;
mod menu;
mod page;
mod panel;
mod selection;
mod speakers;
mod text;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::app::App;
use super::frame::Frame;
use super::layout::Focus;
use super::prompt::Line;
use crate::text::shown::Shown;

/// The screen that shows `app`.
pub fn render(app: &App) -> Frame {
    let (width, height) = app.size;
    let mut canvas = Canvas { buffer: Buffer::empty(Rect { x: 0, y: 0, width, height }), cursor: None };
    if width > 0 && height > 0 {
        canvas.buffer.set_style(canvas.buffer.area, app.settings.theme.base);
        if app.help.is_some() {
            help::draw(app, &mut canvas);
        } else if app.is_zen() {
            text::draw(app, &mut canvas);
        } else {
            list::draw(app, &mut canvas);
            text::draw(app, &mut canvas);
            panel::draw(app, &mut canvas);
            rules(app, &mut canvas);
        }
        if app.help.is_none() {
            menu::draw(app, &mut canvas);
            chooser::draw(app, &mut canvas);
        }
        footer::draw(app, &mut canvas);
    }
    Frame { buffer: canvas.buffer, cursor: canvas.cursor }
}

/// The cells being written, and where the terminal's cursor will stand.
struct Canvas {
    buffer: Buffer,
    cursor: Option<Position>,
}

impl Canvas {
    /// Writes `text` at a cell, at most `width` cells of it; the column after it.
    fn put(&mut self, x: u16, y: u16, width: u16, text: &Shown, style: Style) -> u16 {
        self.put_raw(x, y, width, text.as_str(), style)
    }

    /// Writes words of our own.
    fn label(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        self.put_raw(x, y, width, Shown::line(text).as_str(), style)
    }

    fn put_raw(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        self.buffer.set_stringn(x, y, text, usize::from(width.min(area.right() - x)), style).0
    }

    /// Writes `text` so that it ends at column `right`; the column where it begins.
    fn put_right(&mut self, right: u16, y: u16, text: &str, style: Style) -> u16 {
        let shown = Shown::line(text);
        let x = right.saturating_sub(shown.width() as u16);
        self.put(x, y, right - x, &shown, style);
        x
    }

    /// Writes a line that is being typed, the cursor in sight, and puts the terminal's cursor there.
    fn typed(&mut self, x: u16, y: u16, width: u16, line: &Line, style: Style) {
        let before = Shown::line(line.before());
        // Where the line is longer than its place, what was typed last stays in sight.
        let room = usize::from(width.saturating_sub(1));
        let tail = tail(before.as_str(), room);
        let at = self.put(x, y, width, &Shown::line(tail), style);
        let after = Shown::line(&line.text()[line.before().len()..]);
        self.put(at, y, (x + width).saturating_sub(at), &after, style);
        if at < self.buffer.area.right() && y < self.buffer.area.bottom() {
            self.cursor = Some(Position { x: at, y });
        }
    }
}

/// The end of `text` that fits `width` cells.
fn tail(text: &str, width: usize) -> &str {
    let mut start = 0;
    for (i, _) in text.char_indices() {
        start = i;
        if Shown::line(&text[i..]).width() <= width {
            break;
        }
    }
    if Shown::line(&text[start..]).width() <= width { &text[start..] } else { "" }
}

/// A pane's header: its name, marked where it has the keys, and what there is to say beside it.
fn header(app: &App, canvas: &mut Canvas, pane: Rect, focus: Focus, name: &str, facts: &str) -> u16 {
    let theme = &app.settings.theme;
    let style = if app.focus == focus { theme.header_focused } else { theme.header };
    let x = canvas.label(pane.x, pane.y, pane.width, &format!(" {name} "), style);
    let facts = Shown::line(facts);
    canvas.put(
        x + 1,
        pane.y,
        pane.right().saturating_sub(x + 1),
        &facts.fit(usize::from(pane.right().saturating_sub(x + 1))),
        theme.dim,
    )
}

fn rules(app: &App, canvas: &mut Canvas) {
    let panes = app.panes();
    let bottom = panes.footer.y;
    for x in panes.rules.into_iter().flatten() {
        for y in 0..bottom {
            canvas.label(x, y, 1, "│", app.settings.theme.rule);
        }
    }
}
