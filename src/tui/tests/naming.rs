//! Naming speakers: what was typed comes back where the store refused it, and only then.

use super::*;
use crate::model::SpeakerKey;
use crate::tui::pivot::{Naming, Tried};
use crate::tui::prompt::Line;

#[test]
fn a_name_that_was_taken_doesnt_come_back_when_something_else_fails() {
    let mut desk = Desk::new(&["[A]{Mme Roy}"], 60, 20);
    let who = SpeakerKey { name: "Mme Roy".into(), kind: SpeakerKind::Person, article: None };
    let tried = || Tried { naming: Naming::Rename, who: who.clone(), line: Line::new("Anne Roy"), then: who.clone() };
    desk.app.pivots.tried = Some(tried());
    desk.event(Event::Done(Outcome::Changed));
    desk.event(Event::Done(Outcome::NotSaved("there is a speaker Anne Roy already".into())));
    assert!(desk.app.prompt.is_some(), "what was typed can be mended");
    desk.app.prompt = None;
    desk.app.pivots.tried = Some(tried());
    desk.event(Event::Done(Outcome::Saved("saved".into())));
    desk.event(Event::Done(Outcome::NotSaved("the disk is full".into())));
    assert!(desk.app.prompt.is_none());
}
