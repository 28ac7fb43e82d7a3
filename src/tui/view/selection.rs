//! What a selection looks like on the letters of the text.

use ratatui::style::Style;

use crate::model::ByteRange;
use crate::text::flow::Piece;
use crate::tui::app::App;
use crate::tui::selection::Role;

/// What a letter gets from being selected, or kept as a part, a cue, a mention.
pub(super) fn style(app: &App, piece: &Piece<'_>) -> Style {
    let (Some(selection), Some(reader)) = (&app.selection, &app.reader) else { return Style::default() };
    let theme = &app.settings.theme;
    if selection.range(&reader.opened.article.text).is_some_and(|range| holds(range, piece)) {
        return theme.selection;
    }
    let kept = selection.kept().find(|(_, range)| holds(*range, piece));
    kept.map_or_else(Style::default, |(role, _)| match role {
        Role::Words => theme.kept,
        Role::Cue => theme.cue,
        Role::Mention => theme.mention,
    })
}

/// Whether a range holds a letter; a hyphen or a number only where it goes on behind it.
fn holds(range: ByteRange, piece: &Piece<'_>) -> bool {
    if piece.at.is_empty() {
        return range.start < piece.at.start && piece.at.start < range.end;
    }
    range.intersect(piece.at).is_some()
}

/// Whether the cursor stands on a letter, and nothing lies over it.
pub(super) fn is_under_cursor(app: &App, piece: &Piece<'_>) -> bool {
    let at = app.selection.as_ref().map(|selection| selection.cursor);
    piece.mark.is_none() && app.menu.is_none() && at.is_some_and(|at| piece.at.contains(at))
}
