//! The list of claims: under the title of their article the words, the speaker, form and status.

use ratatui::layout::Rect;

use super::{Canvas, list};
use crate::model::{Polarity, Status};
use crate::text::shown::Shown;
use crate::tui::app::App;
use crate::tui::claims::status_mark;
use crate::tui::layout::Focus;
use crate::tui::pivot::{CLAIM_ROWS, ClaimRow};

/// Columns before a claim's words: the bar of the cursor, the mark, a space.
const SIGNS: u16 = 3;

/// How many claims are listed, of how many articles; a `+` where there are more than have been read.
pub(super) fn facts(app: &App) -> String {
    let claims = &app.pivots.claims;
    let more = if claims.next.is_some() { "+" } else { "" };
    let (n, articles) = (claims.rows.len(), claims.articles());
    let plural = if articles == 1 { "article" } else { "articles" };
    let marked = app.pivots.marked.len();
    let marked = if marked > 0 { format!(" · {marked} marked") } else { String::new() };
    format!("{n}{more} of {articles}{more} {plural}{marked}")
}

pub(super) fn draw(app: &App, canvas: &mut Canvas, body: Rect) {
    let claims = &app.pivots.claims;
    let mut y = body.y;
    for (at, row) in claims.rows.iter().enumerate().skip(claims.top) {
        if y >= body.bottom() {
            break;
        }
        if claims.height(at, claims.top) > CLAIM_ROWS {
            draw_title(app, canvas, Rect { y, ..body }, row);
            y += 1;
        }
        let place = Rect { y, height: (CLAIM_ROWS as u16).min(body.bottom().saturating_sub(y)), ..body };
        draw_claim(app, canvas, place, row, at == claims.cursor);
        y += CLAIM_ROWS as u16;
    }
}

/// Date, source and title in a row; the title is what gives way.
fn draw_title(app: &App, canvas: &mut Canvas, place: Rect, row: &ClaimRow) {
    let theme = &app.settings.theme;
    let date = row.row.published.map(|date| date.to_string());
    let facts: Vec<String> = [date, row.row.source.clone()].into_iter().flatten().collect();
    let facts = Shown::line(&facts.join(" · ")).fit(usize::from(place.width / 2));
    let right = place.right().saturating_sub(1);
    let from = right.saturating_sub(facts.width() as u16);
    let room = from.saturating_sub(place.x + 2);
    canvas.put(place.x + 1, place.y, room, &Shown::line(&row.row.title).fit(usize::from(room)), theme.heading);
    canvas.put(from, place.y, right.saturating_sub(from), &facts, theme.dim);
}

fn draw_claim(app: &App, canvas: &mut Canvas, place: Rect, row: &ClaimRow, under_cursor: bool) {
    let theme = &app.settings.theme;
    let claim = &row.claim;
    let style = match (under_cursor, app.focus == Focus::List) {
        (true, true) => theme.selected,
        (true, false) => theme.selected_elsewhere,
        (false, _) if claim.status == Status::Suggested => theme.suggested,
        (false, _) => theme.base,
    };
    if under_cursor {
        for y in place.y..place.bottom() {
            canvas.label(place.x, y, 1, "▌", theme.cursor_bar);
        }
    }
    if app.pivots.marked.contains(&claim.id) {
        canvas.label(place.x + 1, place.y, 1, "*", theme.marked);
    }
    let (x, width) = (place.x + SIGNS, place.width.saturating_sub(SIGNS + 1));
    let words = Rect { x, width, height: place.height.min(2), ..place };
    list::draw_words(app, canvas, words, &claim.quote, style);
    let y = place.y + 2;
    if y >= place.bottom() {
        return;
    }
    let end = place.right().saturating_sub(1);
    let x = canvas.label(x, y, 2, &format!("{} ", status_mark(claim.status)), theme.dim);
    let negated = (claim.claim.polarity == Polarity::Negated).then(|| "negated".to_owned());
    let tags = claim.tags.iter().map(|tag| format!("#{}", tag.as_str()));
    let facts: Vec<String> = std::iter::once(claim.claim.form.word().to_owned()).chain(negated).chain(tags).collect();
    let facts = Shown::line(&format!(" · {}", facts.join(" · ")));
    let room = end.saturating_sub(x).saturating_sub(facts.width().min(usize::from(width / 2)) as u16);
    let name = claim.claim.speaker.as_ref().map_or("nobody named", |speaker| &speaker.name);
    let style = if claim.claim.speaker.is_some() { theme.speaker } else { theme.dim };
    let x = canvas.put(x, y, room, &Shown::line(name).fit(usize::from(room)), style);
    let room = end.saturating_sub(x);
    canvas.put(x, y, room, &facts.fit(usize::from(room)), theme.dim);
}
