//! Where everything is on the screen: one pure function of size and mode.
//!
//! Three panes from 120 columns, two from 80, one below; no boxes, one-column rules between panes. State and
//! views both ask here, so that a page scrolled is a page seen.

use ratatui::layout::Rect;

/// Columns left of the text: a space and two bars.
pub const GUTTER: u16 = 3;
/// Columns from which three panes fit.
const THREE: u16 = 120;
/// Columns of the reading pane beside two others: a measure of 58 with its gutter, 72 where there is more.
const TEXT: u16 = 58 + GUTTER + 1;
/// Columns from which two panes fit.
const TWO: u16 = 80;

/// Columns from which a title fits a row of the list well enough.
const WIDE_LIST: u16 = 60;

/// Which pane has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The article list.
    #[default]
    List,
    /// The reading pane.
    Text,
    /// The claims panel.
    Panel,
}

/// The panes' places, in cells; a pane that isn't shown is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The article list, its header included.
    pub list: Option<Rect>,
    /// The reading pane, its header and gutter included.
    pub text: Option<Rect>,
    /// The claims panel, its header included.
    pub panel: Option<Rect>,
    /// The columns of the rules.
    pub rules: [Option<u16>; 2],
    /// The last row; empty where there is none to spare.
    pub footer: Rect,
    /// Cells that a line of text may have.
    pub measure: u16,
    /// The column where the text's lines begin.
    pub text_column: u16,
}

impl Panes {
    /// Rows of a pane below its header.
    pub fn body(pane: Option<Rect>) -> Rect {
        pane.map_or_else(Rect::default, |pane| {
            let header = pane.height.min(1);
            Rect { y: pane.y + header, height: pane.height - header, ..pane }
        })
    }

    /// Rows of text that the reading pane shows.
    pub fn text_rows(&self) -> usize {
        usize::from(Self::body(self.text).height)
    }
}

/// Lays out a screen of `width` × `height` cells. `claims` tells whether the panel is wanted, `most` how wide
/// a line of text may get.
pub fn panes(width: u16, height: u16, focus: Focus, claims: bool, most: u16) -> Panes {
    let footer_rows = u16::from(height > 2);
    let rows = height - footer_rows;
    let column = |x: u16, width: u16| Some(Rect { x, y: 0, width, height: rows });
    let mut panes = Panes { footer: Rect { x: 0, y: rows, width, height: footer_rows }, ..Panes::default() };
    if width >= THREE {
        let side = (width.saturating_sub(TEXT + 2) / 2).clamp(28, 46);
        panes.list = column(0, side);
        panes.rules[0] = Some(side);
        let panel = if claims { side } else { 0 };
        let text = side + 1;
        if claims {
            panes.rules[1] = Some(width - panel - 1);
            panes.panel = column(width - panel, panel);
        }
        panes.text = column(text, width - text - panel - u16::from(claims));
    } else if width >= TWO {
        let side = (width * 3 / 8).clamp(28, 44);
        if focus == Focus::List || !claims {
            panes.list = column(0, side);
            panes.rules[0] = Some(side);
            panes.text = column(side + 1, width - side - 1);
        } else {
            panes.text = column(0, width - side - 1);
            panes.rules[0] = Some(width - side - 1);
            panes.panel = column(width - side, side);
        }
    } else {
        match focus {
            Focus::List => panes.list = column(0, width),
            Focus::Text => panes.text = column(0, width),
            Focus::Panel => panes.panel = column(0, width),
        }
    }
    // The measure is that of the reading pane also where it isn't shown, so that the text needn't be laid
    // out anew when it is.
    let pane = panes.text.unwrap_or(Rect { x: 0, y: 0, width, height: rows });
    let margin = u16::from(pane.width > 40);
    panes.measure = pane.width.saturating_sub(GUTTER + margin).clamp(1, most.max(1));
    let slack = pane.width.saturating_sub(GUTTER + margin + panes.measure);
    panes.text_column = (pane.x + GUTTER + slack / 2).min(pane.right().saturating_sub(1));
    panes
}

/// Lays out a screen that shows the text alone, in the middle; the last row is left for what the reader has to say.
pub fn zen(width: u16, height: u16, most: u16) -> Panes {
    let footer_rows = u16::from(height > 2);
    let rows = height - footer_rows;
    let margin = u16::from(width > 40);
    let measure = width.saturating_sub(2 * margin).clamp(1, most.max(1));
    let text_column = (width.saturating_sub(measure) / 2).min(width.saturating_sub(1));
    let text = Some(Rect { x: 0, y: 0, width, height: rows });
    let footer = Rect { x: 0, y: rows, width, height: footer_rows };
    Panes { text, footer, measure, text_column, ..Panes::default() }
}

/// The part of the screen whose lower rows a list over the text takes: the text's, or that of the one pane shown.
pub fn menu_body(panes: &Panes) -> Rect {
    Panes::body(panes.text.or(panes.list).or(panes.panel))
}

/// Lays out a screen on which claims or speakers are looked through: their list has the room of the claims panel too,
/// since it is what is read, and the text is as wide as it will be when one goes there.
pub fn browsing(width: u16, height: u16, focus: Focus, most: u16) -> Panes {
    if width < THREE {
        return panes(width, height, focus, false, most);
    }
    let mut panes = panes(width, height, focus, true, most);
    let shift = panes.panel.map_or(0, |panel| panel.width + 1);
    panes.panel = None;
    panes.list = panes.list.map(|list| Rect { width: list.width + shift, ..list });
    panes.text = panes.text.map(|text| Rect { x: text.x + shift, ..text });
    panes.text_column += shift;
    panes.rules = [panes.list.map(|list| list.width), None];
    panes
}

/// Rows that a list over the text has at most, below its heading: the text above it stays in sight.
pub fn menu_rows(panes: &Panes) -> usize {
    let body = menu_body(panes).height;
    usize::from((body * 2 / 3).saturating_sub(1).max(body.min(1)))
}

/// Where a list of speakers stands: in the text's pane, or in the one that is shown in its place.
pub fn chooser_body(panes: &Panes) -> Rect {
    Panes::body(panes.text.or(panes.panel).or(panes.list))
}

/// Rows that it has at most, below its heading: the claim above it stays in sight.
pub fn chooser_rows(panes: &Panes) -> usize {
    let body = chooser_body(panes).height;
    usize::from((body / 2).saturating_sub(1).max(body.min(1)))
}

/// The part of the panel that holds claims: below its header, and below the line that says which, where not all are.
pub fn panel_body(pane: Option<Rect>, narrowed: bool) -> Rect {
    let body = Panes::body(pane);
    let line = u16::from(narrowed).min(body.height);
    Rect { y: body.y + line, height: body.height - line, ..body }
}

/// The part of the list's pane that holds articles, below header and filter line, and the rows that one
/// article takes there: two of title and one of facts, or one of each where the pane is wide.
pub fn list_body(pane: Option<Rect>, filtering: bool) -> (Rect, u16) {
    let body = Panes::body(pane);
    let filter = u16::from(filtering).min(body.height);
    let rows = if body.width < WIDE_LIST { 3 } else { 2 };
    (Rect { y: body.y + filter, height: body.height - filter, ..body }, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pane widths at a size: list, text, panel, measure.
    fn widths(width: u16, focus: Focus, claims: bool) -> (u16, u16, u16, u16) {
        let panes = panes(width, 24, focus, claims, 72);
        let of = |pane: Option<Rect>| pane.map_or(0, |p| p.width);
        (of(panes.list), of(panes.text), of(panes.panel), panes.measure)
    }

    #[test]
    fn panes_by_width() {
        assert_eq!(widths(120, Focus::List, true), (28, 62, 28, 58));
        assert_eq!(widths(160, Focus::List, true), (46, 66, 46, 62));
        assert_eq!(widths(200, Focus::Text, true), (46, 106, 46, 72));
        assert_eq!(widths(120, Focus::List, false), (28, 91, 0, 72));
        assert_eq!(widths(80, Focus::List, true), (30, 49, 0, 45));
        assert_eq!(widths(80, Focus::Text, true), (0, 49, 30, 45));
        assert_eq!(widths(80, Focus::Text, false), (30, 49, 0, 45));
        assert_eq!(widths(60, Focus::Text, true), (0, 60, 0, 56));
    }

    #[test]
    fn what_is_looked_through_has_the_room_of_the_panel_and_the_text_stays_as_wide() {
        let browsing = browsing(120, 24, Focus::List, 72);
        let of = |pane: Option<Rect>| pane.map_or((0, 0), |p| (p.x, p.width));
        assert_eq!((of(browsing.list), of(browsing.text), of(browsing.panel)), ((0, 57), (58, 62), (0, 0)));
        assert_eq!(browsing.measure, panes(120, 24, Focus::Text, true, 72).measure);
    }

    #[test]
    fn every_size_fits_the_screen() {
        for width in 1..260 {
            for height in 1..60 {
                for focus in [Focus::List, Focus::Text, Focus::Panel] {
                    let of = |claims| panes(width, height, focus, claims, 72);
                    for p in [of(false), of(true), browsing(width, height, focus, 72)] {
                        for pane in [p.list, p.text, p.panel, Some(p.footer)].into_iter().flatten() {
                            assert!(pane.right() <= width && pane.bottom() <= height, "{width}×{height}: {p:?}");
                        }
                        assert!(p.measure >= 1 && p.text_column < width, "{width}×{height}: {p:?}");
                        let end = p.text.map_or(width, Rect::right);
                        assert!(p.text_column + p.measure <= end.max(p.text_column + 1), "{width}: {p:?}");
                    }
                }
            }
        }
    }
}
