//! A speaker's page, in the reading pane's place.

use super::{Canvas, list};
use crate::tui::app::App;
use crate::tui::layout::{Focus, Panes};
use crate::tui::page::Part;

/// Columns before a line: the bar of the cursor, a space.
const SIGNS: u16 = 2;

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let panes = app.panes();
    let Some(pane) = panes.text else { return };
    let theme = &app.settings.theme;
    let body = Panes::body(panes.text);
    let Some(page) = &app.pivots.page else {
        super::header(app, canvas, pane, Focus::Text, "Speaker", "");
        if !app.pivots.speakers.rows.is_empty() {
            list::paragraph(canvas, body, "Enter opens the speaker's page.", theme.dim);
        }
        return;
    };
    // Whose claims these are stays in sight where the name has been scrolled away.
    let name = if page.top > 0 { page.who.row.speaker.name.as_str() } else { "" };
    super::header(app, canvas, pane, Focus::Text, "Speaker", name);
    let place = format!("{}/{}", page.claims.cursor + 1, page.who.row.claims);
    canvas.put_right(pane.right().saturating_sub(1), pane.y, &place, theme.dim);
    for (line, y) in page.lines.iter().skip(page.top).zip(body.y..body.bottom()) {
        let current = line.claim == Some(page.claims.cursor);
        if current {
            canvas.label(body.x, y, 1, "▌", theme.cursor_bar);
        }
        let mut x = body.x + SIGNS;
        for (part, text) in &line.parts {
            let style = match part {
                Part::Name => theme.speaker,
                Part::Fact => theme.dim,
                Part::Bar => theme.bar,
                Part::Title => theme.heading,
                Part::Hint => theme.notice,
                Part::Quote if current && app.focus == Focus::Text => theme.selected,
                Part::Quote if current => theme.selected_elsewhere,
                Part::Quote => theme.base,
            };
            x = canvas.put(x, y, body.right().saturating_sub(x), text, style);
        }
    }
}
