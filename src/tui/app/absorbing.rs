//! Absorbing: what comes back from the workers, taken into the state or dropped where it is stale.

use super::{App, Notice};
use crate::model::SpeakerKey;
use crate::model::listing::Opened;
use crate::tui::effect::{Effect, Stamp};
use crate::tui::event::Outcome;
use crate::tui::layout::Focus;
use crate::tui::reader::Reader;
use crate::tui::triage;

impl App {
    pub(super) fn absorb(&mut self, outcome: Outcome, stamp: Stamp) -> Vec<Effect> {
        match outcome {
            Outcome::Listed { generation, rows, pattern, totals } if generation == self.library.generation => {
                let first = !self.library.answered;
                self.library.take(rows, pattern, totals);
                self.after_list(first, stamp)
            }
            Outcome::Claims { generation, after, page, pattern, totals } if generation == self.library.generation => {
                self.library.note(pattern, totals);
                self.take_claims(after.as_ref(), page, stamp)
            }
            Outcome::SpeakersListed { generation, rows, pattern, totals } if generation == self.library.generation => {
                self.library.note(pattern, totals);
                self.take_speakers(rows, stamp)
            }
            Outcome::Page { generation, after, page } if generation == self.pivots.generation => {
                self.take_page(after.is_some(), page)
            }
            Outcome::Alike(pairs, everybody) => {
                (self.pivots.alike, self.pivots.everybody) = (pairs, everybody);
                self.lay_out_page();
                Vec::new()
            }
            Outcome::Misunderstood { generation, why } if generation == self.library.generation => {
                self.library.misunderstood = Some(why);
                Vec::new()
            }
            Outcome::Loaded { generation, opened } if generation == self.loading.generation => {
                self.take_article(opened)
            }
            Outcome::NotLoaded { generation, article, why } if generation == self.loading.generation => {
                self.loading.under_way = false;
                self.loading.held.clear();
                self.loading.noting = false;
                if self.is_open(&article) {
                    self.reader = None;
                    self.selection = None;
                    if !self.page_shown() {
                        self.leave_text();
                    }
                    self.lay_out_panel();
                } else {
                    self.warn(why);
                }
                Vec::new()
            }
            Outcome::Listed { .. }
            | Outcome::Claims { .. }
            | Outcome::SpeakersListed { .. }
            | Outcome::Page { .. }
            | Outcome::Misunderstood { .. }
            | Outcome::Loaded { .. }
            | Outcome::NotLoaded { .. }
            | Outcome::Nothing => Vec::new(),
            Outcome::Tags(tags) => {
                self.take_tags(tags);
                Vec::new()
            }
            Outcome::History(acts) => self.show_history(acts),
            Outcome::Speakers { article, rows } => {
                self.take_near(&article, rows);
                Vec::new()
            }
            Outcome::Saved(words) => {
                if !self.end_write(triage::Result::Saved) {
                    self.say(words);
                }
                self.look_again_after_naming()
            }
            Outcome::Unchanged(words) => {
                self.end_write(triage::Result::Nothing);
                self.say(words);
                self.look_again_after_naming()
            }
            Outcome::NotSaved(why) => {
                self.end_write(triage::Result::Nothing);
                self.warn(why);
                self.give_back_naming();
                self.look_again()
            }
            Outcome::NothingTo(what) => {
                self.end_write(triage::Result::Nothing);
                self.say(format!("nothing to {what}"));
                self.look_again()
            }
            Outcome::Written { subject, written } => self.take_note(subject, written, stamp),
            Outcome::Copied(report) => {
                self.say(report);
                Vec::new()
            }
            Outcome::Failed(why) => {
                self.warn(why);
                Vec::new()
            }
            Outcome::Changed => self.look_again(),
        }
    }

    /// Takes what came of the oldest write; `true` where the footer has said already what was done.
    fn end_write(&mut self, result: triage::Result) -> bool {
        self.saving = self.saving.saturating_sub(1);
        self.triage.end_write(result, self.loading.generation)
    }

    /// Asks anew for what is on the screen: something in the store has changed.
    fn look_again(&mut self) -> Vec<Effect> {
        self.look_again_at(None)
    }

    /// The same after a write that was done; what was tried with a speaker is settled by it.
    fn look_again_after_naming(&mut self) -> Vec<Effect> {
        let then = self.pivots.tried.take().map(|tried| tried.then);
        self.look_again_at(then)
    }

    fn look_again_at(&mut self, then: Option<SpeakerKey>) -> Vec<Effect> {
        let mut effects = vec![self.list(false), Effect::Tags];
        effects.extend(self.ask_page_again(then));
        if self.loading.under_way {
            // What comes may not know of the change yet.
            self.loading.again = true;
        } else {
            effects.extend(self.load_again());
        }
        effects
    }

    /// Asks for the open article anew.
    fn load_again(&mut self) -> Option<Effect> {
        let shown = self.reader.as_ref()?.id().clone();
        Some(self.load(shown, false))
    }

    /// The reading pane follows the list: at once at the start, else after a while without keys.
    fn after_list(&mut self, first: bool, stamp: Stamp) -> Vec<Effect> {
        if let (true, Some(reader)) = (first, &self.reader) {
            let id = reader.id().clone();
            self.library.go_to(&id);
            return Vec::new();
        }
        if first && !self.loading.under_way {
            return self.follow();
        }
        self.follow_soon(stamp);
        Vec::new()
    }

    fn take_article(&mut self, mut opened: Box<Opened>) -> Vec<Effect> {
        self.loading.under_way = false;
        self.triage.lay_over(self.loading.generation, &opened.row.id, &mut opened.claims);
        let setting = self.setting();
        let mut effects = Vec::new();
        match &mut self.reader {
            Some(reader) if *reader.id() == opened.row.id => {
                if opened.revision != reader.opened.revision && self.selection.take().is_some() {
                    self.notice = Some(Notice { text: "the article has changed: select anew".into(), alert: true });
                }
                reader.refresh(opened);
            }
            _ => {
                self.selection = None;
                effects.extend(self.keep_place());
                self.note_left();
                self.menu = None;
                self.kept_place = opened.place;
                self.reader = Some(Reader::new(opened, setting));
                self.panel.top = 0;
            }
        }
        if std::mem::take(&mut self.loading.entering) {
            self.focus = Focus::Text;
            self.pivots.in_text = true;
            if let Some(id) = self.reader.as_ref().map(|reader| reader.id().clone()) {
                self.library.go_to(&id);
                effects.extend(self.note_read(&id));
            }
        }
        self.lay_out();
        let wanted = self.loading.claim.take().or(self.loading.made.clone());
        if let (Some(wanted), Some(reader)) = (wanted, &mut self.reader)
            && let Some(at) = reader.opened.claims.iter().position(|claim| claim.id == wanted)
        {
            reader.go_to_claim(at);
            self.loading.made = None;
        }
        if let (Some(place), Some(reader)) = (self.loading.place.take(), &mut self.reader) {
            reader.go_to(place);
        }
        if std::mem::take(&mut self.loading.noting) {
            effects.extend(self.edit_note());
        }
        // From here on one is in it; the keys that waited may lead elsewhere.
        self.note_entered();
        for (key, stamp) in std::mem::take(&mut self.loading.held) {
            effects.extend(self.press(key, stamp));
        }
        if std::mem::take(&mut self.loading.again) && !self.loading.under_way {
            effects.extend(self.load_again());
        }
        effects
    }
}
