//! The reading pane: the article's lines, its claims marked by a bar in the gutter, a number before their
//! first word and their words' style.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Canvas, list, selection};
use crate::model::{Annotation, BlockKind, ByteRange};
use crate::text::flow::Piece;
use crate::text::shown::Shown;
use crate::tui::app::App;
use crate::tui::head;
use crate::tui::layout::{Focus, Panes};
use crate::tui::reader::Reader;
use crate::tui::theme::Theme;

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    if app.page_shown() {
        super::page::draw(app, canvas);
        return;
    }
    let panes = app.panes();
    let Some(pane) = panes.text else { return };
    let Some(reader) = &app.reader else {
        super::header(app, canvas, pane, Focus::Text, "Article", "");
        if app.library.answered && !app.library.rows.is_empty() {
            list::paragraph(canvas, Panes::body(panes.text), "Enter opens the article.", app.settings.theme.dim);
        }
        return;
    };
    if !app.is_zen() {
        draw_header(app, canvas, pane, reader);
    }
    let body = Panes::body(panes.text);
    for (line, y) in reader.lines().iter().zip(body.y..body.bottom()) {
        if let Some(row) = line.lead.and_then(|lead| reader.head.get(usize::from(lead))) {
            draw_head(app, canvas, row, &panes, y);
        } else if !line.gap {
            let pieces = line.pieces(&reader.opened.article.text, &reader.marks(line.range));
            draw_line(app, canvas, reader, &panes, y, line.range, line.stretch, &pieces);
        }
    }
}

fn draw_header(app: &App, canvas: &mut Canvas, pane: Rect, reader: &Reader) {
    let row = &reader.opened.row;
    let theme = &app.settings.theme;
    let mut right: Vec<String> = row.tags.iter().map(|tag| format!("#{}", tag.as_str())).collect();
    right.push(format!("{} %", reader.percent()));
    let right = right.join(" ");
    let room = Rect { width: pane.width.saturating_sub(Shown::line(&right).width() as u16 + 2), ..pane };
    // A title that the text begins with is its own header, as long as it is in sight.
    let begins = reader.opened.article.text.trim_start().starts_with(row.title.trim_end_matches('…'));
    let facts = if reader.at_start() && begins { "" } else { &row.title };
    super::header(app, canvas, room, Focus::Text, "Article", facts);
    canvas.put_right(pane.right().saturating_sub(1), pane.y, &right, theme.dim);
}

fn draw_head(app: &App, canvas: &mut Canvas, row: &head::Row, panes: &Panes, y: u16) {
    let theme = &app.settings.theme;
    let end = panes.text_column + panes.measure;
    let mut x = panes.text_column;
    for (part, text) in row {
        let style = match part {
            head::Part::Fact => theme.dim,
            head::Part::Name => theme.base,
            head::Part::Bar => theme.bar,
        };
        x = canvas.put(x, y, end.saturating_sub(x), text, style);
    }
}

#[expect(clippy::too_many_arguments, reason = "a line is drawn from where it is, what it says and what it belongs to")]
fn draw_line(
    app: &App,
    canvas: &mut Canvas,
    reader: &Reader,
    panes: &Panes,
    y: u16,
    range: ByteRange,
    stretch: usize,
    pieces: &[Piece<'_>],
) {
    let theme = &app.settings.theme;
    let kind = reader.kind(stretch);
    let claims = &reader.opened.claims;
    let here: Vec<usize> = (0..claims.len()).filter(|&i| touches(&claims[i], range)).collect();
    // The text alone shows a claim only to whoever asked for it.
    let here = if !app.is_zen() {
        here
    } else if reader.pointed {
        here.into_iter().filter(|&i| reader.current == Some(i)).collect()
    } else {
        Vec::new()
    };
    draw_bars(theme, canvas, reader, panes.text_column, y, &here);
    let indent = pieces.first().map_or(0, |piece| piece.col);
    if indent >= 2 {
        let side = match kind {
            BlockKind::BlockQuote | BlockKind::Attribution => "│",
            BlockKind::Post => "┆",
            _ => "",
        };
        canvas.label(panes.text_column + indent - 2, y, 1, side, theme.rule);
    }
    let selecting = app.selection.is_some();
    let base = match kind {
        BlockKind::Title | BlockKind::Heading => theme.heading,
        BlockKind::BlockQuote | BlockKind::Post => theme.quote,
        BlockKind::Attribution => theme.dim,
        BlockKind::Paragraph | BlockKind::ListItem => theme.base,
    };
    let links = reader.links_in(range);
    let hits = reader.search.as_ref().map(|search| (search.hits_in(range), search.hit()));
    for piece in pieces {
        let mut style = base.patch(match piece.mark {
            Some(_) => theme.number,
            None => style_at(theme, reader, &here, piece.at, selecting || (app.is_zen() && !reader.pointed)),
        });
        if let Some(link) = links.iter().find(|link| link.range.intersect(piece.at).is_some()) {
            let is_current = reader.link.is_some_and(|at| reader.links.get(at) == Some(link));
            style = style.patch(if is_current { theme.link_current } else { theme.link });
        }
        if let Some(hit) = hits.as_ref().and_then(|(hits, _)| hits.iter().find(|hit| hit.intersect(piece.at).is_some()))
        {
            let is_current = hits.as_ref().is_some_and(|(_, current)| *current == Some(*hit));
            style = style.patch(if is_current { theme.hit_current } else { theme.hit });
        }
        style = style.patch(selection::style(app, piece));
        if selection::is_under_cursor(app, piece) {
            canvas.cursor = Some(Position { x: panes.text_column + piece.col, y });
        }
        canvas.put_raw(panes.text_column + piece.col, y, piece.cells, &piece.shown, style);
    }
}

fn touches(annotation: &Annotation, range: ByteRange) -> bool {
    annotation.claim.parts.iter().any(|part| part.intersect(range).is_some())
}

/// The bars of a line: the first column for a claim, the second for one that begins within another.
fn draw_bars(theme: &Theme, canvas: &mut Canvas, reader: &Reader, text: u16, y: u16, here: &[usize]) {
    for &i in here {
        let column = if within_another(reader, i) { 1 } else { 2 };
        let current = reader.current == Some(i);
        let covered = here.iter().any(|&j| reader.current == Some(j) && within_another(reader, j) == (column == 1));
        if current || !covered {
            let style = if current { theme.bar_current } else { theme.bar };
            canvas.label(text.saturating_sub(column), y, 1, if current { "▌" } else { "▎" }, style);
        }
    }
}

fn within_another(reader: &Reader, claim: usize) -> bool {
    let claims = &reader.opened.claims;
    let Some(extent) = claims[claim].claim.extent() else { return false };
    claims[..claim].iter().any(|other| other.claim.extent().is_some_and(|e| e.intersect(extent).is_some()))
}

/// How a byte of the text looks: part of the current claim, its cue, its mention, of another claim, or of none.
fn style_at(theme: &Theme, reader: &Reader, here: &[usize], at: ByteRange, bare: bool) -> Style {
    let covers = |range: &ByteRange| range.intersect(at).is_some();
    let mut style = Style::default();
    if here.iter().any(|&i| reader.opened.claims[i].claim.parts.iter().any(covers)) {
        style = style.patch(theme.claim);
    }
    let Some(current) = reader.claim().map(|claim| &claim.claim).filter(|_| !bare) else { return style };
    if current.parts.iter().any(covers) {
        style = style.patch(theme.claim_current);
    }
    if current.cue.as_ref().is_some_and(covers) {
        style = style.patch(theme.cue);
    }
    if current.mention.as_ref().is_some_and(covers) {
        style = style.patch(theme.mention);
    }
    style
}
