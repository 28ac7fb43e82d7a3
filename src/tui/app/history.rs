//! History: the journal of what people did to the store, newest first, to be looked at.

use super::App;
use crate::tui::effect::Effect;
use crate::tui::menu::{Item, Kind};

impl App {
    /// Shows what was done, a line an act.
    pub(super) fn show_history(&mut self, acts: Vec<String>) -> Vec<Effect> {
        let item = |(i, text)| Item { number: None, text, place: i };
        let items = acts.into_iter().enumerate().map(item).collect();
        if !self.show_menu(Kind::History, items, 0) {
            self.say("nothing has been done yet");
        }
        Vec::new()
    }
}
