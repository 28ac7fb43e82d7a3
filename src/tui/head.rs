//! The head of an article, between its title and its text: where it is from, and who speaks how much.
//!
//! A bar for each speaker, as long as their share of the words that the article attributes to somebody named.
//! On a small screen the bars stand beside each other in one row, so that the text isn't pushed off it.

use crate::model::listing::Opened;
use crate::model::{Annotation, SpeakerKind};
use crate::text::shown::Shown;

/// Words that one reads in a minute.
const WORDS_PER_MINUTE: u32 = 230;
/// Rows of a pane from which every speaker has a row.
const ROOMY: usize = 26;
/// Rows of a pane below which there is no head.
const CRAMPED: usize = 9;
/// Speakers that have a bar; beyond them the last bar is that of all others.
const BARS: usize = 4;
/// Cells of the longest bar.
const LONGEST: usize = 24;

/// What a part of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Source, date, minutes, author; a share in percent.
    Fact,
    /// A speaker.
    Name,
    /// A bar.
    Bar,
}

/// A row: its parts from left to right.
pub type Row = Vec<(Part, Shown)>;

/// Somebody who speaks, and their share of the words spoken, in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The name.
    pub name: String,
    /// The share.
    pub share: usize,
    /// Whether the last word of the name is enough to know them by.
    pub person: bool,
}

/// The rows of the head for a pane of `rows` rows and lines of `measure` cells.
pub fn rows(opened: &Opened, measure: u16, rows: usize) -> Vec<Row> {
    if rows < CRAMPED {
        return Vec::new();
    }
    let measure = usize::from(measure);
    let mut head = vec![vec![(Part::Fact, Shown::line(&facts(opened)).fit(measure))]];
    let voices = voices(&opened.claims);
    if rows >= ROOMY {
        head.extend(bars(&voices, measure));
    } else if !voices.is_empty() {
        head.push(bars_in_a_row(&voices, measure));
    }
    head.extend(opened.note.as_deref().map(|note| noted(note, measure)));
    head
}

/// The first line of the note on the article.
fn noted(note: &str, measure: usize) -> Row {
    let mut lines = note.trim().lines();
    let first = lines.next().unwrap_or_default();
    let more = if lines.next().is_some() { " […]" } else { "" };
    let words = Shown::line(&format!("{first}{more}")).fit(measure.saturating_sub("note ".len()));
    vec![(Part::Fact, Shown::line("note ")), (Part::Name, words)]
}

/// What is known of the article, in the order in which it may be cut off.
fn facts(opened: &Opened) -> String {
    let row = &opened.row;
    let minutes = format!("{} min", row.words.div_ceil(WORDS_PER_MINUTE).max(1));
    let date = row.published.map(|date| date.to_string());
    let facts = [row.source.clone(), date, Some(minutes), row.author.clone()];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Who speaks how much, the most talkative first.
pub fn voices(claims: &[Annotation]) -> Vec<Voice> {
    let mut spoken: Vec<(&str, usize, bool)> = Vec::new();
    for claim in claims {
        let Some(speaker) = &claim.claim.speaker else { continue };
        let words = claim.quote.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        match spoken.iter_mut().find(|(name, ..)| *name == speaker.name) {
            Some((_, sum, _)) => *sum += words,
            None => spoken.push((&speaker.name, words, speaker.kind == SpeakerKind::Person)),
        }
    }
    let all: usize = spoken.iter().map(|(_, words, _)| words).sum();
    spoken.sort_by_key(|(_, words, _)| std::cmp::Reverse(*words));
    let share = |words: usize| (words * 200 / all.max(1)).div_ceil(2);
    let voice = |(name, words, person): &(&str, usize, bool)| Voice {
        name: (*name).to_owned(),
        share: share(*words),
        person: *person,
    };
    let mut voices: Vec<Voice> = spoken.iter().map(voice).collect();
    if voices.len() > BARS {
        let others = spoken[BARS - 1..].iter().map(|(_, words, _)| words).sum();
        let name = format!("{} others", voices.len() - BARS + 1);
        voices.truncate(BARS - 1);
        voices.push(Voice { name, share: share(others), person: false });
    }
    voices
}

/// A bar of at most `cells` cells, exact to half a cell; never nothing.
pub(super) fn bar(share: usize, cells: usize) -> Shown {
    let halves = (share * cells * 2).div_ceil(100).max(1);
    Shown::line(&format!("{}{}", "█".repeat(halves / 2), "▌".repeat(halves % 2)))
}

/// A row for each speaker: name, bar, share.
fn bars(voices: &[Voice], measure: usize) -> Vec<Row> {
    let widest = voices.iter().map(|voice| Shown::line(&voice.name).width()).max().unwrap_or(0);
    let name_cells = widest.min(measure / 2);
    let cells = measure.saturating_sub(name_cells + " 100 %".len() + 1).min(LONGEST);
    let row = |voice: &Voice| {
        let name = Shown::line(&voice.name).fit(name_cells);
        let padding = " ".repeat(name_cells - name.width() + 1);
        vec![
            (Part::Name, name),
            (Part::Fact, Shown::line(&padding)),
            (Part::Bar, bar(voice.share, cells)),
            (Part::Fact, Shown::line(&format!(" {} %", voice.share))),
        ]
    };
    voices.iter().map(row).collect()
}

/// The speakers in one row, the first ones that fit, persons by the last word of their names.
fn bars_in_a_row(voices: &[Voice], measure: usize) -> Row {
    let mut row = Row::new();
    let mut used = 0;
    for voice in voices {
        let name = voice.name.rsplit(' ').next().filter(|_| voice.person);
        let name = Shown::line(name.unwrap_or(&voice.name)).fit(measure / 3);
        let bar = bar(voice.share, LONGEST / 3);
        let share = Shown::line(&format!(" {} %  ", voice.share));
        let cells = name.width() + 1 + bar.width() + share.width();
        if used + cells > measure + 2 {
            break;
        }
        used += cells;
        row.extend([(Part::Name, name), (Part::Fact, Shown::line(" ")), (Part::Bar, bar), (Part::Fact, share)]);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;

    fn text(rows: &[Row]) -> Vec<String> {
        let row = |row: &Row| row.iter().map(|(_, text)| text.as_str()).collect::<String>().trim_end().to_owned();
        rows.iter().map(row).collect()
    }

    #[test]
    fn who_speaks_how_much_is_a_bar_each() {
        let opened = article("[Un deux trois]{Mme Roy} et [non]{M. Lot}.");
        assert_eq!(
            text(&rows(&opened, 40, 30)),
            ["Le Journal · 2025-01 · 1 min", "Mme Roy ██████████████████ 75 %", "M. Lot  ██████ 25 %",]
        );
    }

    #[test]
    fn on_a_small_screen_they_share_a_row() {
        let opened = article("[Un deux trois]{Mme Roy} et [non]{M. Lot}.");
        assert_eq!(text(&rows(&opened, 40, 18))[1..], ["Roy ██████ 75 %  Lot ██ 25 %"]);
        assert_eq!(text(&rows(&opened, 20, 18))[1..], ["Roy ██████ 75 %"]);
        assert!(rows(&opened, 40, 5).is_empty());
    }

    #[test]
    fn a_note_shows_its_first_line() {
        let mut opened = article("Rien.");
        opened.note = Some("À relire.\nVoir aussi.".into());
        assert_eq!(text(&rows(&opened, 40, 30))[1..], ["note À relire. […]"]);
        assert_eq!(text(&rows(&opened, 12, 30))[1..], ["note À reli…"]);
    }

    #[test]
    fn without_claims_there_are_no_bars() {
        assert_eq!(text(&rows(&article("Rien."), 40, 30)), ["Le Journal · 2025-01 · 1 min"]);
    }

    #[test]
    fn beyond_four_the_last_bar_is_that_of_the_others() {
        let opened = article("[a a a a a]{A} [b b b]{B} [c]{C} [d]{D} [e]{E}");
        let voices: Vec<_> = voices(&opened.claims).into_iter().map(|voice| (voice.name, voice.share)).collect();
        assert_eq!(voices, [("A".into(), 45), ("B".into(), 27), ("C".into(), 9), ("2 others".into(), 18)]);
    }
}
