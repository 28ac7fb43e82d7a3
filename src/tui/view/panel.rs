//! The claims panel: who said what in the article, grouped by speaker.

use ratatui::layout::Rect;

use super::{Canvas, list};
use crate::model::Status;
use crate::text::shown::Shown;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::claims::{self, Kind, PanelLine};
use crate::tui::layout::{self, Focus};
use crate::tui::reader::Reader;
use crate::tui::triage;

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
    draw_header(app, canvas, pane, reader);
    let body = layout::panel_body(panes.panel, app.is_narrowed());
    let dim = app.settings.theme.dim;
    if claims == 0 {
        list::paragraph(canvas, body, "No claims in this article.", dim);
    } else if app.panel.order.is_empty() {
        let keys = app.settings.keymap.keys(app.mode(), Action::Narrow).into_iter().next().unwrap_or_default();
        let words = format!("No claim is {}. {keys} shows others.", app.triage.narrowing.words());
        list::paragraph(canvas, body, &words, dim);
    }
    for (line, y) in app.panel.lines.iter().skip(app.panel.top).zip(body.y..body.bottom()) {
        draw_line(app, canvas, line, body.x, y, body.width);
    }
}

/// How many claims there are and how many wait; below, which are shown, where not all are.
fn draw_header(app: &App, canvas: &mut Canvas, pane: Rect, reader: &Reader) {
    let theme = &app.settings.theme;
    let claims = reader.opened.claims.len();
    let speakers = app.panel.speakers;
    let waiting = match triage::waiting(&reader.opened.claims) {
        0 => String::new(),
        1 => "1 waits".to_owned(),
        n => format!("{n} wait"),
    };
    // Whose claims these are stays in sight where the name has been scrolled away.
    let facts = match (app.panel.name_above(), speakers) {
        _ if claims == 0 => String::new(),
        (Some(name), _) => name.to_owned(),
        (None, _) if pane.width < 40 && !waiting.is_empty() => claims.to_string(),
        // Whoever speaks in claims that aren't shown isn't counted.
        (None, 0) => claims.to_string(),
        (None, 1) => format!("{claims} · 1 speaker"),
        (None, _) => format!("{claims} · {speakers} speakers"),
    };
    let room = Rect { width: pane.width.saturating_sub(Shown::line(&waiting).width() as u16 + 2), ..pane };
    super::header(app, canvas, room, Focus::Panel, "Claims", &facts);
    canvas.put_right(pane.right().saturating_sub(1), pane.y, &waiting, theme.key);
    if app.is_narrowed() && pane.height > 1 {
        let count = format!("{}/{claims}", app.panel.order.len());
        let right = canvas.put_right(pane.right().saturating_sub(1), pane.y + 1, &count, theme.dim);
        let x = canvas.label(pane.x, pane.y + 1, pane.width, " F ", theme.key);
        let words = Shown::line(app.triage.narrowing.words());
        canvas.put(x, pane.y + 1, right.saturating_sub(x + 1), &words, theme.base);
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
        Kind::ByHand(sign) => {
            canvas.put_right(x + NUMBER - 1, y, sign.unwrap_or_default(), theme.key);
            canvas.put(x + NUMBER, y, inner, &line.text, theme.dim);
        }
        Kind::Blank => {}
    }
}
