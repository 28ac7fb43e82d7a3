//! Units: the paragraphs of a plain text, before anybody has said what they are.
//!
//! A unit is a line, or several lines where the text was wrapped by hand, as e-mails are: there a line ends
//! only because the next word would not have fitted. Import drops and shortens units and puts the rest
//! together again; it never looks at lines.

use crate::model::ByteRange;

/// Code points that a line of wrapped text has at most; and that the measure has at least.
const WIDEST: usize = 100;
const NARROWEST: usize = 45;

struct Line {
    /// Without white space around it; never empty.
    range: ByteRange,
    /// Code points; of a line that is wider than [`WIDEST`] not more than that it is.
    width: usize,
    /// Whether nothing but its newline lies between it and the line before.
    close: bool,
}

/// The units of `text`, in order, without white space around them.
pub(super) fn units(text: &str) -> Vec<ByteRange> {
    let lines = lines(text);
    let measure = measure(text, &lines);
    let mut units: Vec<ByteRange> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| lines.get(i));
        let joined = before.is_some_and(|before| line.close && goes_on(text, before, line, measure));
        match units.last_mut() {
            Some(unit) if joined => unit.end = line.range.end,
            _ => units.push(line.range),
        }
    }
    units
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut close = false;
    for line in text.split('\n') {
        let words = line.trim();
        if words.is_empty() {
            close = false;
        } else {
            let at = start + (line.len() - line.trim_start().len());
            let width = if words.len() > WIDEST * 4 { WIDEST + 1 } else { words.chars().count() };
            lines.push(Line { range: ByteRange::new(at, at + words.len()), width, close });
            close = true;
        }
        start += line.len() + 1;
    }
    lines
}

/// Whether a line goes on in the next one: a quoted line in a quoted one, or a full one in wrapped text.
fn goes_on(text: &str, line: &Line, next: &Line, measure: Option<usize>) -> bool {
    let quoted = |line: &Line| line.range.of(text).starts_with('>');
    if quoted(line) || quoted(next) {
        return quoted(line) && quoted(next);
    }
    measure.is_some_and(|measure| is_full(text, line, next, measure) && !begins_item(next.range.of(text)))
}

/// Whether the next line's first word would not have fitted on the line.
fn is_full(text: &str, line: &Line, next: &Line, measure: usize) -> bool {
    let word = next.range.of(text).split(' ').next().map_or(0, |word| word.chars().count());
    line.width <= measure && line.width + 1 + word > measure
}

/// Whether a line begins with a bullet or a number, and so is not the rest of the line before.
fn begins_item(line: &str) -> bool {
    super::blocks::bullet(line).is_some() || super::blocks::number(line).is_some()
}

/// The measure that the text was wrapped at, if it was: the width of its widest line, when nearly all lines
/// that another follows closely are full and hardly any line is wider than wrapped text can be.
fn measure(text: &str, lines: &[Line]) -> Option<usize> {
    let wide = lines.iter().filter(|line| line.width > WIDEST).count();
    if wide * 10 > lines.len() {
        return None;
    }
    let pairs = || lines.windows(2).filter(|p| p[1].close && p[0].width <= WIDEST && !begins_item(p[1].range.of(text)));
    // A bare address is as long as it must be and says nothing of the measure.
    let spaced = |line: &Line| line.range.of(text).contains(' ');
    let measure = pairs().map(|p| &p[0]).filter(|line| spaced(line)).map(|line| line.width).max()?;
    if measure < NARROWEST {
        return None;
    }
    let all = pairs().count();
    let full = pairs().filter(|p| is_full(text, &p[0], &p[1], measure)).count();
    (all >= 3 && full * 10 >= all * 7).then_some(measure)
}

/// Puts what is left of the units together: `kept` holds for each unit the range that stays, or `None`.
///
/// Between two neighbours stays the white space that was there; where units between them are gone, the one
/// of the gaps that has most newlines. Gives the text, and the places of the kept ranges in it.
pub(super) fn compose(text: &str, units: &[ByteRange], kept: &[Option<ByteRange>]) -> (String, Vec<ByteRange>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(units.len());
    let mut last: Option<usize> = None;
    for (i, range) in kept.iter().enumerate() {
        let Some(range) = range else { continue };
        if let Some(last) = last {
            out.push_str(gap(text, units.get(last..=i).unwrap_or_default()));
        }
        last = Some(i);
        let start = out.len();
        out.push_str(range.of(text));
        places.push(ByteRange::new(start, out.len()));
    }
    (out, places)
}

/// The white space between two of `units` that has most newlines, the first of its equals.
fn gap<'a>(text: &'a str, units: &[ByteRange]) -> &'a str {
    let gaps = units.windows(2).map(|pair| ByteRange::new(pair[0].end, pair[1].start).of(text));
    let mut best = "";
    for gap in gaps {
        let newlines = |gap: &str| gap.bytes().filter(|b| *b == b'\n').count();
        if best.is_empty() || newlines(gap) > newlines(best) {
            best = gap;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let told: Vec<_> = units(text).into_iter().map(|unit| unit.of(text)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_line_is_a_unit() {
        check("  Titre\n\nUn.\n\n\nDeux. \nTrois.\n", &["Titre", "Un.", "Deux.", "Trois."]);
    }

    #[test]
    fn wrapped_lines_are_one_unit() {
        let text = "Bonjour,\n\nLe gouvernement a annoncé mardi que la réforme serait\n\
            présentée avant la fin du mois de mars, après une dernière\n\
            consultation des syndicats et du patronat.\n\n- la première mesure vise les entreprises de moins de cinq\n  \
            cents salariés\n- la seconde les autres\n\nCordialement,\nLa rédaction\n";
        check(
            text,
            &[
                "Bonjour,",
                "Le gouvernement a annoncé mardi que la réforme serait\nprésentée avant la fin du mois de mars, après une \
                 dernière\nconsultation des syndicats et du patronat.",
                "- la première mesure vise les entreprises de moins de cinq\n  cents salariés",
                "- la seconde les autres",
                "Cordialement,",
                "La rédaction",
            ],
        );
    }

    #[test]
    fn short_lines_that_end_where_they_please_stay_apart() {
        check(
            "Karabatic N. (6/7)\nPerez (0/3)\nRuiz Sanchez, gardien de but remplaçant (1/6)\nGuigou\nAbalo",
            &["Karabatic N. (6/7)", "Perez (0/3)", "Ruiz Sanchez, gardien de but remplaçant (1/6)", "Guigou", "Abalo"],
        );
    }

    #[test]
    fn quoted_lines_are_one_unit() {
        check("Il écrit :\n> Un.\n> Deux.\nFin.", &["Il écrit :", "> Un.\n> Deux.", "Fin."]);
    }

    #[test]
    fn one_separator_stays_where_a_unit_goes() {
        let text = "A\n\n5\nB | C\n\n\nD";
        let all = units(text);
        let kept = [Some(all[0]), None, Some(ByteRange::new(all[2].start, all[2].start + 1)), Some(all[3])];
        let (text, places) = compose(text, &all, &kept);
        assert_eq!(text, "A\n\nB\n\n\nD");
        assert_eq!(places.iter().map(|p| p.of(&text)).collect::<Vec<_>>(), ["A", "B", "D"]);
    }
}
