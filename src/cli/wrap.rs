//! Text in lines for a terminal, by the rules of [`crate::text::flow`]; whole and unbroken for programs.

use crate::model::ByteRange;
use crate::text::flow::{self, Stretch};

/// Columns beyond which lines are hard to read, however wide the terminal is.
pub(super) const WIDEST: usize = 80;

/// The lines of `text`, each set in by `indent` cells, in `columns` cells.
pub(super) fn wrap(text: &str, indent: u16, columns: usize) -> Vec<String> {
    let text = text.replace('\n', " ");
    let all = Stretch { indent, ..Stretch::plain(ByteRange::new(0, text.len())) };
    lay_out(&text, &[all], columns)
}

/// The lines of the stretches of `text` in `columns` cells; a gap is an empty line.
pub(super) fn lay_out(text: &str, stretches: &[Stretch], columns: usize) -> Vec<String> {
    let measure = u16::try_from(columns.clamp(1, WIDEST)).unwrap_or(u16::MAX);
    let flow = flow::flow(text, stretches, &[], measure);
    let lines = (0..flow.lines.len()).map(|line| {
        let mut drawn = String::new();
        let mut at = 0;
        for piece in flow.pieces(line, text, &[]) {
            let col = usize::from(piece.col);
            drawn.extend(std::iter::repeat_n(' ', col.saturating_sub(at)));
            drawn.push_str(&piece.shown);
            at = col + usize::from(piece.cells);
        }
        drawn
    });
    lines.collect()
}
