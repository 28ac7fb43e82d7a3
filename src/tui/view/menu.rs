//! A list to choose from, over the lower part of the text or of the one pane that is shown.

use ratatui::layout::Rect;

use super::Canvas;
use crate::text::shown::Shown;
use crate::tui::app::App;
use crate::tui::layout;
use crate::tui::menu::Kind;

/// Columns before an item: the cursor's bar, the number, a space.
const NUMBER: u16 = 5;

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let Some(menu) = &app.menu else { return };
    let panes = app.panes();
    let body = layout::menu_body(&panes);
    let rows = menu.items.len().min(layout::menu_rows(&panes)) as u16;
    let place = Rect { y: body.bottom().saturating_sub(rows + 1), height: (rows + 1).min(body.height), ..body };
    let theme = &app.settings.theme;
    let blank = " ".repeat(usize::from(place.width));
    for y in place.y..place.bottom() {
        canvas.label(place.x, y, place.width, &blank, theme.base);
    }
    let name = match menu.kind {
        Kind::Outline => " Headings ",
        Kind::Links => " Links ",
        Kind::Favourites { .. } => " Tag ",
        Kind::Tags => " Tags ",
        Kind::History => " History ",
        Kind::Relate => " Relate ",
        Kind::Speaker { .. } => " Speaker ",
        Kind::Form => " How is it told? ",
    };
    let x = canvas.label(place.x, place.y, place.width, name, theme.header_focused);
    let facts = match &app.triage.end {
        Some(end) if menu.kind == Kind::Relate => format!("« {} »", Shown::line(&end.quote)),
        _ if menu.kind == Kind::Form => app.draft_in_words(),
        _ => menu.items.len().to_string(),
    };
    let room = place.right().saturating_sub(x + 1);
    canvas.put(x + 1, place.y, room, &Shown::line(&facts).fit(usize::from(room)), theme.dim);
    let numbered = menu.items.iter().any(|item| item.number.is_some());
    let from = place.x + if numbered { NUMBER } else { 2 };
    let width = place.right().saturating_sub(from + 1);
    for ((i, item), y) in menu.items.iter().enumerate().skip(menu.top).zip(place.y + 1..place.bottom()) {
        let current = i == menu.cursor;
        if current {
            canvas.label(place.x, y, 1, "▌", theme.cursor_bar);
        }
        if let Some(number) = item.number {
            canvas.put_right(from - 1, y, &number.to_string(), theme.number);
        }
        let text = Shown::line(&item.text).fit(usize::from(width));
        canvas.put(from, y, width, &text, if current { theme.selected } else { theme.base });
    }
}
