//! The list of speakers: name and role, how often they are quoted and reported, and a bar for their share of what is
//! said.

use ratatui::layout::Rect;

use super::Canvas;
use crate::model::listing::SpeakerRow;
use crate::text::shown::Shown;
use crate::tui::app::{self, App};
use crate::tui::head;
use crate::tui::layout::Focus;
use crate::tui::pivot::SPEAKER_ROWS;

/// Columns before a name: the bar of the cursor, a space.
const SIGNS: u16 = 2;
/// Cells of the longest bar.
const LONGEST: u16 = 20;

/// How many speakers are listed.
pub(super) fn facts(app: &App) -> String {
    app.pivots.speakers.rows.len().to_string()
}

pub(super) fn draw(app: &App, canvas: &mut Canvas, body: Rect) {
    let speakers = &app.pivots.speakers;
    let shown = usize::from(body.height).div_ceil(SPEAKER_ROWS);
    for (i, row) in speakers.rows.iter().enumerate().skip(speakers.top).take(shown) {
        let y = body.y + ((i - speakers.top) * SPEAKER_ROWS) as u16;
        let place = Rect { y, height: (SPEAKER_ROWS as u16).min(body.bottom() - y), ..body };
        draw_speaker(app, canvas, place, row, i == speakers.cursor);
    }
}

fn draw_speaker(app: &App, canvas: &mut Canvas, place: Rect, row: &SpeakerRow, under_cursor: bool) {
    let theme = &app.settings.theme;
    let style = match (under_cursor, app.focus == Focus::List) {
        (true, true) => theme.selected,
        (true, false) => theme.selected_elsewhere,
        (false, _) => theme.base,
    };
    if under_cursor {
        for y in place.y..place.bottom() {
            canvas.label(place.x, y, 1, "▌", theme.cursor_bar);
        }
    }
    let (x, end) = (place.x + SIGNS, place.right().saturating_sub(1));
    let right = canvas.put_right(end, place.y, &row.claims.to_string(), theme.number);
    let room = right.saturating_sub(x + 1);
    let name = Shown::line(&row.speaker.name).fit(usize::from(room));
    let at = canvas.put(x, place.y, room, &name, style) + 1;
    let room = right.saturating_sub(at + 1);
    let role = row.speaker.role.as_deref().unwrap_or_default();
    if room > 3 {
        canvas.put(at, place.y, room, &Shown::line(role).fit(usize::from(room)), theme.dim);
    }
    if place.height < 2 {
        return;
    }
    let reported = row.claims.saturating_sub(row.quoted);
    let articles = app::count(row.articles as usize, "article", "articles");
    let share = app.pivots.speakers.share(row);
    let cells = LONGEST.min(place.width / 5);
    let y = place.y + 1;
    let bar = head::bar(share, usize::from(cells));
    // Whoever says something says more than nothing.
    let percent = if share == 0 { " <1 %".to_owned() } else { format!(" {share} %") };
    let from = end.saturating_sub(cells + " 100 %".len() as u16);
    let room = from.saturating_sub(x + 1);
    let full = Shown::line(&format!("{} quoted, {reported} reported · {articles}", row.quoted));
    // In a narrow list the page beside it tells the rest.
    let facts = if full.width() > usize::from(room) { Shown::line(&articles) } else { full };
    canvas.put(x, y, room, &facts.fit(usize::from(room)), theme.dim);
    let at = canvas.put(from, y, end.saturating_sub(from), &bar, theme.bar);
    canvas.label(at, y, end.saturating_sub(at), &percent, theme.dim);
}
