//! The speakers to choose from, over the text: who they are, how much they say, whose the claim is as it is.

use ratatui::layout::Rect;

use super::Canvas;
use crate::text::shown::Shown;
use crate::tui::app::App;
use crate::tui::chooser::{Choice, Chooser, NOBODY, Whose};
use crate::tui::layout::{self, Panes};

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let Some(chooser) = &app.choosing.chooser else { return };
    let panes = app.panes();
    let body = layout::chooser_body(&panes);
    let rows = (chooser.choices.len().min(layout::chooser_rows(&panes)) as u16 + 1).min(body.height);
    let below = Rect { y: body.bottom().saturating_sub(rows), height: rows, ..body };
    let place = if hides_claim(app, &panes, below) { Rect { y: body.y, ..below } } else { below };
    let theme = &app.settings.theme;
    let blank = " ".repeat(usize::from(place.width));
    for y in place.y..place.bottom() {
        canvas.label(place.x, y, place.width, &blank, theme.base);
    }
    let x = canvas.label(place.x, place.y, place.width, &format!(" {} ", heading(app, chooser)), theme.header_focused);
    let keys = "Enter takes one · type a name";
    canvas.put(x + 1, place.y, place.right().saturating_sub(x + 1), &Shown::line(keys), theme.dim);
    for ((i, choice), y) in chooser.choices.iter().enumerate().skip(chooser.top).zip(place.y + 1..place.bottom()) {
        draw_choice(app, canvas, chooser, choice, i == chooser.cursor, Rect { y, height: 1, ..place });
    }
}

/// Whether a list at `place` would leave nothing of the current claim in sight.
fn hides_claim(app: &App, panes: &Panes, place: Rect) -> bool {
    let (Some(reader), Some(_)) = (&app.reader, panes.text) else { return false };
    let Some(extent) = reader.claim().and_then(|claim| claim.claim.extent()) else { return false };
    let top = Panes::body(panes.text).y;
    let first = reader.lines().iter().position(|line| !line.gap && line.range.intersect(extent).is_some());
    first.is_some_and(|first| first >= usize::from(place.y.saturating_sub(top)))
}

/// Whose speaker is chosen.
fn heading(app: &App, chooser: &Chooser) -> String {
    match &chooser.whose {
        Whose::Claims(ids) if ids.len() > 1 => format!("Speaker of {} claims", ids.len()),
        Whose::New => "Who says it?".to_owned(),
        Whose::Claims(ids) => {
            let mut claims = app.reader.iter().flat_map(|reader| &reader.opened.claims);
            let at = claims.position(|claim| Some(&claim.id) == ids.first());
            at.map_or_else(|| "Speaker".to_owned(), |at| format!("Speaker of {}", at + 1))
        }
    }
}

fn draw_choice(app: &App, canvas: &mut Canvas, chooser: &Chooser, choice: &Choice, current: bool, row: Rect) {
    let theme = &app.settings.theme;
    if current {
        canvas.label(row.x, row.y, 1, "▌", theme.cursor_bar);
    }
    let (name, mut facts) = match choice {
        Choice::Known(at) => {
            let Some(one) = chooser.candidate(*at) else { return };
            let claims = if one.claims == 1 { "1 claim".to_owned() } else { format!("{} claims", one.claims) };
            let count = if one.here { format!("{claims} here") } else { claims };
            (one.told.name.clone(), vec![Some(count), one.told.role.clone()])
        }
        Choice::Nobody => (NOBODY.to_owned(), Vec::new()),
        Choice::New(told) => (format!("new: {}", told.name), vec![Some(told.kind.word().to_owned())]),
    };
    if chooser.is_now(choice) {
        facts.insert(0, Some("as it is".to_owned()));
    }
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let x = row.x + 2;
    let room = row.right().saturating_sub(x + 1);
    let style = if current { theme.selected } else { theme.base };
    let end = canvas.put(x, row.y, room, &Shown::line(&name).fit(usize::from(room)), style);
    let left = (x + room).saturating_sub(end + 2);
    canvas.put(end + 2, row.y, left, &Shown::line(&facts.join(" · ")).fit(usize::from(left)), theme.dim);
}
