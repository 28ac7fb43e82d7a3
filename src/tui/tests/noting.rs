//! Notes asked for and recorded.

use std::path::PathBuf;

use super::*;
use crate::model::Subject;

/// Lets the editor come back with a text.
fn write(desk: &mut Desk, text: &str) {
    let Some(Effect::Write { subject, .. }) = desk.asked.last().cloned() else { panic!("{:?}", desk.asked) };
    let written = Some((text.to_owned(), PathBuf::from("/run/note.md")));
    desk.event(Event::Done(Outcome::Written { subject, written }));
}

#[test]
fn a_note_is_on_the_claim_in_the_panel_and_on_the_article_elsewhere() {
    let mut desk = Desk::new(&["[Un]{Roy}."], 120, 20);
    let (article, claim) = (desk.articles[0].row.id.clone(), desk.articles[0].claims[0].id.clone());
    desk.articles[0].note = Some("vieux".into());
    desk.event(Event::Done(Outcome::Changed));
    for (keys, subject, text) in [
        ("A", Subject::Article(article.clone()), "vieux"),
        ("<enter>A", Subject::Article(article), "vieux"),
        ("<tab>A", Subject::Claim(claim), ""),
    ] {
        desk.press(keys);
        assert_eq!(desk.asked.last(), Some(&Effect::Write { subject, text: text.into() }), "{keys}");
    }
}

#[test]
fn what_was_written_is_recorded_and_its_file_goes_afterwards() {
    let mut desk = Desk::new(&["Un."], 120, 20);
    desk.press("A");
    write(&mut desk, "À relire.");
    let [.., Effect::Record(act), Effect::Discard(file)] = desk.asked.as_slice() else { panic!("{:?}", desk.asked) };
    assert!(matches!(&act.deeds[..], [Deed::Note { text, .. }] if text == "À relire."));
    assert_eq!(file, &PathBuf::from("/run/note.md"));
}

#[test]
fn the_note_of_an_article_that_isnt_open_is_loaded_first() {
    let mut desk = Desk::new(&["Un.", "Deux."], 120, 20);
    desk.articles[1].note = Some("là".into());
    desk.press("jA");
    let Some(Effect::Write { text, .. }) = desk.asked.last() else { panic!("{:?}", desk.asked) };
    assert_eq!((text.as_str(), desk.opened()), ("là", "Deux."));
}

#[test]
fn a_note_left_alone_is_no_act() {
    let mut desk = Desk::new(&["Un."], 120, 20);
    desk.press("A");
    let Some(Effect::Write { subject, .. }) = desk.asked.last().cloned() else { panic!("{:?}", desk.asked) };
    desk.event(Event::Done(Outcome::Written { subject, written: None }));
    assert_eq!((desk.notice(), desk.asked.len()), ("the note is as it was", 1));
}
