//! The list of speakers: in which order they stand, who is found by what is typed, who is new.

use super::*;
use crate::model::SpeakerKind;
use crate::tui::tests::article;

fn row(name: &str, claims: u32) -> SpeakerRow {
    let speaker =
        Speaker { id: None, name: name.into(), kind: SpeakerKind::Person, named: true, role: None, aliases: vec![] };
    let key = crate::model::SpeakerKey { name: name.into(), kind: SpeakerKind::Person, article: None };
    SpeakerRow { speaker, key, claims, quoted: claims, articles: 1, length: 100 }
}

/// The list for a claim of an article, `typed` in it, with Élise Zay known from elsewhere: `>` stands before the cursor.
fn listed(marked: &str, at: usize, typed: &str) -> String {
    let opened = article(marked);
    let now = opened.claims[at].claim.speaker.clone();
    let whose = Whose::Claims(vec![opened.claims[at].id.clone()]);
    let mut chooser = Chooser::new(whose, &opened.claims, at, now.as_ref());
    chooser.take(&[row("Élise Zay", 9), row("Noé Roy", 2)]);
    chooser.line.insert(typed);
    chooser.typed();
    let line = |(i, choice): (usize, &Choice)| {
        let text = match choice {
            Choice::Known(at) => chooser.candidate(*at).map(|one| one.told.name.clone()).unwrap_or_default(),
            Choice::Nobody => "-".into(),
            Choice::New(told) => format!("new {}", told.name),
        };
        format!("{}{text}", if i == chooser.cursor { ">" } else { "" })
    };
    chooser.choices.iter().enumerate().map(line).collect::<Vec<_>>().join(", ")
}

const TEXT: &str = "[A]{Ana Lot} [B]{Noé Roy} [C]{Zoé Sel} [D]{Ana Lot} [E]{Zoé Sel} [F]{Ana Lot}";

#[test]
fn the_likeliest_stands_first_and_who_it_is_last_of_the_article() {
    assert_eq!(listed(TEXT, 2, ""), ">Noé Roy, Ana Lot, Zoé Sel, -, Élise Zay");
    assert_eq!(listed(TEXT, 5, ""), ">Zoé Sel, Noé Roy, Ana Lot, -, Élise Zay");
}

#[test]
fn a_few_letters_find_somebody_and_a_whole_name_goes_before_its_like() {
    assert_eq!(listed(TEXT, 0, "zay"), ">Élise Zay, new zay");
    assert_eq!(listed(TEXT, 0, "ELISE  zay"), ">Élise Zay");
    assert_eq!(listed("[A]{Roy} [B]{Anne Royer} [C]{Anne Roy}", 0, "anne roy"), ">Anne Roy, Anne Royer");
}

#[test]
fn what_nobody_is_called_makes_somebody_new() {
    assert_eq!(listed(TEXT, 0, "Anne Roy"), ">new Anne Roy");
    assert_eq!(listed(TEXT, 0, "nobody"), ">-, new nobody");
}

#[test]
fn the_cursor_goes_round_the_ends_and_stays_on_its_line() {
    let opened = article(TEXT);
    let mut chooser = Chooser::new(Whose::Claims(vec![]), &opened.claims, 0, None);
    chooser.step(-1);
    assert_eq!(chooser.chosen(), None);
    chooser.take(&[row("Élise Zay", 9)]);
    assert_eq!((chooser.choices.len(), &chooser.choices[chooser.cursor]), (5, &Choice::Nobody));
    chooser.step(1);
    assert_eq!(chooser.chosen().map(|told| told.name), Some("Élise Zay".into()));
}
