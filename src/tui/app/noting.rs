//! Notes: on the claim in the panel, on the article elsewhere, written in the user's own editor.

use std::path::PathBuf;

use super::App;
use crate::model::{Deed, Subject};
use crate::tui::effect::{Effect, Stamp};
use crate::tui::layout::Focus;

impl App {
    /// Asks for a note on what is under the cursor. An article that isn't open yet is loaded first: its note is what
    /// there is to edit.
    pub(super) fn note(&mut self) -> Vec<Effect> {
        if self.focus == Focus::List {
            let Some(id) = self.library.row().map(|row| row.id.clone()) else {
                self.say("there is nothing here to note");
                return Vec::new();
            };
            if !self.is_open(&id) {
                let effect = self.load(id, false);
                self.loading.noting = true;
                return vec![effect];
            }
        }
        self.edit_note().into_iter().collect()
    }

    /// Opens the note on the panel's claim, or on the open article.
    pub(super) fn edit_note(&mut self) -> Option<Effect> {
        let reader = self.reader.as_ref()?;
        let (subject, note) = if self.focus == Focus::Panel {
            let Some(claim) = reader.claim() else {
                self.say("there is no claim here to note");
                return None;
            };
            (Subject::Claim(claim.id.clone()), claim.by_hand.note.clone())
        } else {
            (Subject::Article(reader.id().clone()), reader.opened.note.clone())
        };
        Some(Effect::Write { subject, text: note.unwrap_or_default() })
    }

    /// Records what was written; its file goes once that is on disk.
    pub(super) fn take_note(
        &mut self,
        subject: Subject,
        written: Option<(String, PathBuf)>,
        stamp: Stamp,
    ) -> Vec<Effect> {
        let Some((text, file)) = written else {
            self.say("the note is as it was");
            return Vec::new();
        };
        vec![self.act(Deed::Note { subject, text }, stamp), Effect::Discard(file)]
    }
}
