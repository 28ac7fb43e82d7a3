//! Choosing a speaker: asking who made a claim, and what comes of the answer.
//!
//! Whom the store knows is asked for as soon as somebody is in an article, so that the list is whole when it is shown,
//! and a name typed fast finds its speaker.

use super::App;
use crate::model::listing::SpeakerRow;
use crate::model::{Annotation, ArticleId};
use crate::tui::action::Action;
use crate::tui::chooser::{Chooser, Whose};
use crate::tui::effect::{Effect, Stamp};

/// The list of speakers, where it is shown, and whom the store knows.
#[derive(Debug, Default)]
pub struct Choosing {
    /// The list.
    pub chooser: Option<Chooser>,
    near: Vec<SpeakerRow>,
    /// The article that `near` was asked for.
    of: Option<ArticleId>,
}

impl App {
    /// Asks who made the current claim.
    pub(super) fn ask_for_speaker(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let (Some(at), Some(claim)) = (reader.current, reader.claim()) else {
            self.say("there is no claim here");
            return Vec::new();
        };
        self.choose_speaker(Whose::Claims(vec![claim.id.clone()]), at)
    }

    /// Shows the speakers to choose from for a claim that stands, or will stand, at `at` among those of the article.
    pub(super) fn choose_speaker(&mut self, whose: Whose, at: usize) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let claims = &reader.opened.claims;
        let is_there = |claim: &&Annotation| match &whose {
            Whose::Claims(ids) => ids.first() == Some(&claim.id),
            Whose::New => false,
        };
        let now = claims.get(at).filter(is_there).and_then(|claim| claim.claim.speaker.clone());
        let mut chooser = Chooser::new(whose, claims, at, now.as_ref());
        chooser.take(&self.choosing.near);
        self.choosing.chooser = Some(chooser);
        // Others may have come meanwhile.
        vec![Effect::Speakers(reader.id().clone())]
    }

    /// Asks whom the store knows, once for each article that somebody is in.
    pub(super) fn ask_for_near(&mut self) -> Option<Effect> {
        let entered = self.entered.clone()?;
        if self.choosing.of.as_ref() == Some(&entered) {
            return None;
        }
        self.choosing.of = Some(entered.clone());
        self.choosing.near.clear();
        Some(Effect::Speakers(entered))
    }

    /// Takes in whom the store knows.
    pub(super) fn take_near(&mut self, article: &ArticleId, rows: Vec<SpeakerRow>) {
        if self.choosing.of.as_ref() != Some(article) {
            return;
        }
        if let Some(chooser) = &mut self.choosing.chooser {
            chooser.take(&rows);
        }
        self.choosing.near = rows;
    }

    pub(super) fn update_chooser(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        let Some(chooser) = &mut self.choosing.chooser else { return Vec::new() };
        match action {
            Action::Accept => return self.take_speaker(stamp),
            Action::Cancel => self.choosing.chooser = None,
            Action::Down => chooser.step(1),
            Action::Up => chooser.step(-1),
            action => {
                if chooser.line.edit(action) {
                    chooser.typed();
                }
            }
        }
        Vec::new()
    }

    fn take_speaker(&mut self, stamp: Stamp) -> Vec<Effect> {
        let Some(chooser) = self.choosing.chooser.take() else { return Vec::new() };
        let told = chooser.chosen();
        match chooser.whose {
            Whose::Claims(claims) => self.set_speaker(&claims, told, stamp),
            Whose::New => self.take_new_speaker(told),
        }
    }
}
