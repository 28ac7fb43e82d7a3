//! The help, over the panes: keys, what they do, and their names.

use super::Canvas;
use crate::text::shown::Shown;
use crate::tui::app::App;
use crate::tui::help::{self, HelpLine};

/// Columns of the keys.
const KEYS: u16 = 24;

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let Some(state) = &app.help else { return };
    let theme = &app.settings.theme;
    let (width, height) = app.size;
    let x = canvas.label(0, 0, width, " Keys ", theme.header_focused) + 1;
    let x = canvas.label(x, 0, width, "search: ", theme.dim);
    canvas.typed(x, 0, width.saturating_sub(x + 1), &state.line, theme.base);
    let lines = help::lines(state, &app.settings.keymap);
    if lines.is_empty() {
        canvas.label(1, 2, width, "No key does that. Esc clears the search.", theme.dim);
    }
    let keys = KEYS.min(width / 3);
    let names = width.saturating_sub(18);
    for (line, y) in lines.iter().skip(state.top).zip(2..height.saturating_sub(1)) {
        match line {
            HelpLine::Heading(heading) => {
                canvas.label(1, y, width, heading, theme.heading);
            }
            HelpLine::Entry { keys: pressed, help, name } => {
                canvas.put(2, y, keys, &Shown::line(pressed).fit(usize::from(keys)), theme.key);
                let room = if width >= 100 { names.saturating_sub(keys + 4) } else { width.saturating_sub(keys + 4) };
                canvas.put(keys + 3, y, room, &Shown::line(help).fit(usize::from(room)), theme.base);
                if width >= 100 {
                    canvas.label(names, y, 17, name, theme.dim);
                }
            }
            HelpLine::Blank => {}
        }
    }
}
