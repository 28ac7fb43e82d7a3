//! The claims panel: who said what in the article, grouped by speaker.

use super::{Canvas, list};
use crate::model::Status;
use crate::tui::app::App;
use crate::tui::claims::{self, Kind, PanelLine};
use crate::tui::layout::{Focus, Panes};

/// Columns before a claim's words: the bar, the number, a space.
const NUMBER: u16 = 4;

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let panes = app.panes();
    let Some(pane) = panes.panel else { return };
    let Some(reader) = &app.reader else {
        super::header(app, canvas, pane, Focus::Panel, "Claims", "");
        return;
    };
    let claims = reader.opened.claims.len();
    let speakers = app.panel.speakers;
    // Whose claims these are stays in sight where the name has been scrolled away.
    let facts = match (app.panel.name_above(), speakers) {
        _ if claims == 0 => String::new(),
        (Some(name), _) => name.to_owned(),
        (None, 1) => format!("{claims} · 1 speaker"),
        (None, _) => format!("{claims} · {speakers} speakers"),
    };
    super::header(app, canvas, pane, Focus::Panel, "Claims", &facts);
    let body = Panes::body(panes.panel);
    if claims == 0 {
        list::paragraph(canvas, body, "No claims in this article.", app.settings.theme.dim);
    }
    for (line, y) in app.panel.lines.iter().skip(app.panel.top).zip(body.y..body.bottom()) {
        draw_line(app, canvas, line, body.x, y, body.width);
    }
}

fn draw_line(app: &App, canvas: &mut Canvas, line: &PanelLine, x: u16, y: u16, width: u16) {
    let theme = &app.settings.theme;
    let Some(reader) = &app.reader else { return };
    let current = line.claim.is_some() && line.claim == reader.current;
    let suggested = line.claim.is_some_and(|i| reader.opened.claims[i].status == Status::Suggested);
    if current {
        canvas.label(x, y, 1, "▌", theme.cursor_bar);
    }
    let inner = width.saturating_sub(NUMBER + 1);
    match line.kind {
        Kind::Speaker(claims) => {
            let count = claims.to_string();
            let right = canvas.put_right(x + width.saturating_sub(1), y, &count, theme.dim);
            let room = right.saturating_sub(x + 2);
            canvas.put(x + 1, y, room, &line.text.fit(usize::from(room)), theme.speaker);
        }
        Kind::Role => {
            canvas.put(x + 1, y, width.saturating_sub(2), &line.text, theme.dim);
        }
        Kind::Quote { first } => {
            if let (true, Some(claim)) = (first, line.claim) {
                canvas.put_right(x + NUMBER - 1, y, &(claim + 1).to_string(), theme.number);
            }
            let style = match (current, app.focus == Focus::Panel) {
                (true, true) => theme.selected,
                (true, false) => theme.selected_elsewhere,
                (false, _) if suggested => theme.suggested,
                (false, _) => theme.base,
            };
            canvas.put(x + NUMBER, y, inner, &line.text, style);
        }
        Kind::Facts { first } => {
            if let (true, Some(claim)) = (first, line.claim) {
                let status = reader.opened.claims[claim].status;
                canvas.put_right(x + NUMBER - 1, y, claims::status_mark(status), theme.dim);
            }
            canvas.put(x + NUMBER, y, inner, &line.text, theme.dim);
        }
        Kind::Elsewhere { first } => {
            if first {
                canvas.put_right(x + NUMBER - 1, y, "=", theme.key);
            }
            canvas.put(x + NUMBER, y, inner, &line.text, if first { theme.dim } else { theme.elsewhere });
        }
        Kind::Blank => {}
    }
}
