//! The article list: title, source and date where known, claims, tags; the filter line above it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Canvas;
use crate::model::ByteRange;
use crate::model::listing::Row;
use crate::text::flow;
use crate::text::shown::{self, Shown};
use crate::tui::app::App;
use crate::tui::layout::{self, Focus};
use crate::tui::pivot::Pivot;

/// Columns before a title: the bar of the cursor, the sign of mark or unread.
const SIGNS: u16 = 2;

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let Some(pane) = app.panes().list else { return };
    let library = &app.library;
    let totals = library.totals;
    let marked = library.marked.len();
    let facts = match marked {
        _ if !library.answered => String::new(),
        0 => format!("{} · {} claims", totals.articles, totals.claims),
        _ => format!("{} · {marked} marked", totals.articles),
    };
    let pivot = app.pivots.pivot;
    let (name, facts) = match pivot {
        Pivot::Articles => ("Articles", facts),
        Pivot::Claims => ("Claims", super::claims::facts(app)),
        Pivot::Speakers => ("Speakers", super::speakers::facts(app)),
    };
    super::header(app, canvas, pane, Focus::List, name, &facts);
    if app.filtering() {
        draw_filter(app, canvas, pane);
    }
    let (body, rows) = layout::list_body(Some(pane), app.filtering());
    if library.answered && app.listed() == 0 {
        draw_nothing(app, canvas, body);
    }
    match pivot {
        Pivot::Articles => {}
        Pivot::Claims => return super::claims::draw(app, canvas, body),
        Pivot::Speakers => return super::speakers::draw(app, canvas, body),
    }
    let shown = usize::from(body.height.div_ceil(rows));
    for (i, row) in library.rows.iter().enumerate().skip(library.top).take(shown) {
        let y = body.y + (i - library.top) as u16 * rows;
        let place = Rect { y, height: rows.min(body.bottom() - y), ..body };
        draw_row(app, canvas, place, row, i == library.cursor);
    }
}

fn draw_filter(app: &App, canvas: &mut Canvas, pane: Rect) {
    let theme = &app.settings.theme;
    let library = &app.library;
    let y = pane.y + 1;
    if y >= pane.bottom() {
        return;
    }
    let count = match app.pivots.pivot {
        Pivot::Articles => format!("{}/{}", library.rows.len(), library.totals.articles),
        Pivot::Claims if app.pivots.claims.next.is_some() => format!("{}+/{}", app.listed(), library.totals.claims),
        Pivot::Claims => format!("{}/{}", app.listed(), library.totals.claims),
        Pivot::Speakers => app.listed().to_string(),
    };
    let right = canvas.put_right(pane.right().saturating_sub(1), y, &count, theme.dim);
    let x = canvas.label(pane.x, y, pane.width, " / ", theme.key);
    let room = right.saturating_sub(x + 1);
    match &library.typing {
        Some(line) => canvas.typed(x, y, room, line, theme.base),
        None => {
            canvas.put(x, y, room, &Shown::line(&library.filter).fit(usize::from(room)), theme.base);
        }
    }
}

fn draw_nothing(app: &App, canvas: &mut Canvas, body: Rect) {
    let (what, nothing) = match app.pivots.pivot {
        Pivot::Articles => ("article", "The store is empty. `dixit import FILE…` brings articles in."),
        Pivot::Claims => ("claim", "There are no claims in the store."),
        Pivot::Speakers => ("speaker", "Nobody says anything in the store."),
    };
    let words = if let Some(why) = &app.library.misunderstood {
        why.clone()
    } else if app.pivots.claims.next.is_some() && app.pivots.pivot == Pivot::Claims {
        "Looking…".to_owned()
    } else if app.library.filter.is_empty() {
        nothing.to_owned()
    } else if app.library.typing.is_some() {
        format!("No {what} matches. Esc clears the filter.")
    } else {
        format!("No {what} matches. Esc clears the filter, / changes it.")
    };
    paragraph(canvas, body, &words, app.settings.theme.dim);
}

/// A sentence in a pane, wrapped.
pub(super) fn paragraph(canvas: &mut Canvas, body: Rect, words: &str, style: Style) {
    let width = body.width.saturating_sub(2).max(1);
    for (range, y) in flow::fill(words, width).into_iter().zip(body.y + 1..body.bottom()) {
        canvas.put(body.x + 1, y, width, &Shown::line(range.of(words).trim_end()), style);
    }
}

fn draw_row(app: &App, canvas: &mut Canvas, place: Rect, row: &Row, under_cursor: bool) {
    let theme = &app.settings.theme;
    let focused = app.focus == Focus::List;
    let marked = app.library.marked.contains(&row.id);
    let style = match (under_cursor, focused) {
        (true, true) => theme.selected,
        (true, false) => theme.selected_elsewhere,
        (false, _) => theme.base,
    };
    let titles = place.height.min(if place.height > 2 { 2 } else { 1 });
    if under_cursor {
        for y in place.y..place.bottom() {
            canvas.label(place.x, y, 1, "▌", theme.cursor_bar);
        }
    }
    let (sign, sign_style) = match (marked, row.read) {
        (true, _) => ("*", theme.marked),
        (false, false) => ("•", theme.unread),
        (false, true) => (" ", theme.base),
    };
    canvas.label(place.x + 1, place.y, 1, sign, sign_style);
    let x = place.x + SIGNS;
    let width = place.width.saturating_sub(SIGNS + 1);
    draw_words(app, canvas, Rect { x, y: place.y, width, height: titles }, &row.title, style);
    if place.height > titles {
        draw_facts(app, canvas, Rect { x, y: place.y + titles, width, height: 1 }, row);
    }
}

/// Words in the rows of a place, the letters that the filter matched marked.
pub(super) fn draw_words(app: &App, canvas: &mut Canvas, place: Rect, title: &str, style: Style) {
    let theme = &app.settings.theme;
    let hits = app.library.pattern.as_ref().map(|pattern| pattern.hits(title)).unwrap_or_default();
    let lines = flow::fill(title, place.width);
    for (i, line) in lines.iter().enumerate().take(usize::from(place.height)) {
        let y = place.y + i as u16;
        let cut = i + 1 == usize::from(place.height) && lines.len() > i + 1;
        let range = if cut { ByteRange::new(line.start, title.len()) } else { *line };
        let mut x = place.x;
        let end = place.right() - u16::from(cut);
        for glyph in shown::glyphs(range.of(title).trim_end()) {
            if x + glyph.cells > end {
                break;
            }
            let at = ByteRange::new(glyph.at.start + range.start, glyph.at.end + range.start);
            let hit = hits.iter().any(|hit| hit.intersect(at).is_some());
            let style = if hit { style.patch(theme.matched) } else { style };
            canvas.put_raw(x, y, glyph.cells, &glyph.shown, style);
            x += glyph.cells;
        }
        if cut {
            canvas.label(x, y, 1, "…", style);
        }
    }
}

/// Claims, source and date, and at the right the tags; these take up to half of the room, first come first shown.
fn draw_facts(app: &App, canvas: &mut Canvas, place: Rect, row: &Row) {
    let theme = &app.settings.theme;
    let mut tags: Vec<(Shown, bool)> = Vec::new();
    let mut room = place.width / 2;
    for tag in &row.tags {
        let word = Shown::line(&format!("#{}", tag.as_str())).fit(usize::from(place.width / 2));
        let Some(left) = room.checked_sub(word.width() as u16 + 1) else { break };
        room = left;
        let hit = app.library.pattern.as_ref().is_some_and(|pattern| !pattern.hits(tag.as_str()).is_empty());
        tags.push((word, hit));
    }
    let tags_width: u16 = tags.iter().map(|(word, _)| word.width() as u16 + 1).sum();
    let claims = match row.claims {
        0 => None,
        1 => Some("1 claim".to_owned()),
        n => Some(format!("{n} claims")),
    };
    let date = row.published.map(|date| date.to_string());
    let facts: Vec<String> = [claims, row.source.clone(), date].into_iter().flatten().collect();
    let width = place.width - tags_width;
    let facts = Shown::line(&facts.join(" · ")).fit(usize::from(width));
    let mut x = canvas.put(place.x, place.y, width, &facts, theme.dim);
    for (word, hit) in tags {
        let style = if hit { theme.tag.patch(theme.matched) } else { theme.tag };
        x = canvas.put(x + 1, place.y, place.right().saturating_sub(x + 1), &word, style);
    }
}
