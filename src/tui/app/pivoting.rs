//! Pivoting: from articles to claims to speakers under one filter, into the text at a claim, and back to the same row.

use super::{App, FOLLOW};
use crate::model::listing::{Page, SpeakerPage, SpeakerRow};
use crate::model::{ArticleId, SpeakerId, SpeakerKey, Status};
use crate::tui::action::{Action, Mode};
use crate::tui::citation::{self, Shape};
use crate::tui::effect::{Effect, Stamp};
use crate::tui::layout::{self, Focus};
use crate::tui::page::SpeakerView;
use crate::tui::pivot::{CLAIM_ROWS, ClaimList, ClaimRow, Goal, PAGE, Pivot, SPEAKER_ROWS};

impl App {
    /// Whether the reading pane shows a speaker's page.
    pub fn page_shown(&self) -> bool {
        self.pivots.pivot == Pivot::Speakers && !self.pivots.in_text
    }

    /// Whether claims or speakers are looked through.
    pub(super) fn is_browsing(&self) -> bool {
        self.page_shown() || (self.pivots.pivot != Pivot::Articles && self.focus == Focus::List)
    }

    /// How many rows the left pane lists.
    pub fn listed(&self) -> usize {
        match self.pivots.pivot {
            Pivot::Articles => self.library.rows.len(),
            Pivot::Claims => self.pivots.claims.rows.len(),
            Pivot::Speakers => self.pivots.speakers.rows.len(),
        }
    }

    /// Asks for what the left pane lists; `fresh` where it is another question than before.
    pub(super) fn list(&mut self, fresh: bool) -> Effect {
        self.library.generation += 1;
        self.library.fresh |= fresh;
        let (generation, filter) = (self.library.generation, self.library.filter.clone());
        match self.pivots.pivot {
            Pivot::Articles => Effect::List { generation, filter },
            Pivot::Claims => {
                let read = if self.library.fresh { 0 } else { self.pivots.claims.rows.len() };
                self.pivots.claims.waiting = true;
                Effect::Claims { generation, filter, after: None, limit: read.max(PAGE) }
            }
            Pivot::Speakers => Effect::ListSpeakers { generation, filter },
        }
    }

    /// Does what an action means in a list of claims or speakers or on a page; `None` where it means the same as
    /// everywhere.
    pub(super) fn update_pivot(&mut self, action: Action, stamp: Stamp) -> Option<Vec<Effect>> {
        match action {
            Action::Articles => return Some(self.turn(Pivot::Articles)),
            Action::Claims => return Some(self.turn(Pivot::Claims)),
            Action::Speakers => return Some(self.turn(Pivot::Speakers)),
            _ if !self.is_browsing() => return None,
            Action::NextClaim | Action::PreviousClaim => {
                let steps = if action == Action::NextClaim { 1 } else { -1 };
                return Some(if self.page_shown() { self.step_page(steps) } else { self.move_list(steps, stamp) });
            }
            Action::Copy(shape) => return Some(self.copy_row(shape)),
            Action::ChangeSpeaker => return Some(self.show_namings()),
            Action::MergeAlike => return Some(self.merge_alike(stamp)),
            Action::Outline | Action::Links | Action::Zen | Action::SameClaim | Action::ToggleClaims
                if self.page_shown() =>
            {
                self.say("that is for an article: Enter on a claim opens its");
                return Some(Vec::new());
            }
            _ => {}
        }
        match (self.focus, self.pivots.pivot, action) {
            (Focus::List, Pivot::Claims, Action::Mark) => {
                self.pivots.toggle_mark();
                Some(self.move_list(1, stamp))
            }
            (Focus::List, Pivot::Claims, Action::MarkAll) => {
                self.pivots.toggle_all();
                Some(Vec::new())
            }
            (Focus::List, Pivot::Claims, Action::Open) => {
                let row = self.pivots.claims.row().cloned();
                Some(row.map_or_else(Vec::new, |row| self.enter(&row)))
            }
            (Focus::List, Pivot::Speakers, Action::Open) => {
                self.deadlines.follow = None;
                let effects = self.follow();
                self.focus = if self.pivots.speakers.row().is_some() { Focus::Text } else { Focus::List };
                Some(effects)
            }
            (Focus::Text, Pivot::Speakers, Action::Open) => {
                let row = self.pivots.page.as_ref().and_then(|page| page.claims.row()).cloned();
                Some(row.map_or_else(Vec::new, |row| self.enter(&row)))
            }
            (Focus::Text, ..) => {
                let steps = super::moving::steps(action, self.page_rows() / 6);
                (steps != 0).then(|| self.step_page(steps))
            }
            _ => None,
        }
    }

    /// Lists something else, as near as can be to where one is.
    fn turn(&mut self, pivot: Pivot) -> Vec<Effect> {
        let goal = self.here();
        self.focus = Focus::List;
        self.pivots.in_text = false;
        if self.pivots.pivot == pivot {
            return Vec::new();
        }
        self.pivots.pivot = pivot;
        self.pivots.door = None;
        self.selection = None;
        self.deadlines.follow = None;
        if let (Pivot::Articles, Some(article)) = (pivot, &goal.article) {
            self.library.go_to(article);
        }
        self.pivots.goal = Some(goal);
        let mut effects = vec![self.list(false)];
        if pivot == Pivot::Speakers {
            effects.push(Effect::Alike);
        }
        effects
    }

    /// Where one is: the article, the claim, its speaker.
    fn here(&self) -> Goal {
        let of_row = |row: &ClaimRow| Goal {
            article: Some(row.row.id.clone()),
            claim: Some(row.claim.id.clone()),
            speaker: row.claim.claim.speaker.as_ref().map(|speaker| SpeakerKey::of(speaker, &row.row.id)),
        };
        let reader = self.reader.as_ref();
        match (self.focus, self.pivots.pivot) {
            (Focus::List, Pivot::Articles) => {
                Goal { article: self.library.row().map(|row| row.id.clone()), ..Goal::default() }
            }
            (Focus::List, Pivot::Claims) => self.pivots.claims.row().map(of_row).unwrap_or_default(),
            _ if self.page_shown() => {
                let page = self.pivots.page.as_ref();
                page.and_then(|page| page.claims.row()).map(of_row).unwrap_or_default()
            }
            _ => Goal {
                article: reader.map(|reader| reader.id().clone()),
                claim: reader.and_then(|reader| reader.claim()).map(|claim| claim.id.clone()),
                speaker: reader.and_then(|reader| {
                    let speaker = reader.claim()?.claim.speaker.as_ref()?;
                    Some(SpeakerKey::of(speaker, reader.id()))
                }),
            },
        }
    }

    /// Takes claims of the filter.
    pub(super) fn take_claims(&mut self, after: Option<&ArticleId>, page: Page, stamp: Stamp) -> Vec<Effect> {
        let fresh = std::mem::take(&mut self.library.fresh);
        let claims = &mut self.pivots.claims;
        if after.is_some() {
            claims.extend(page);
        } else {
            claims.take(page, fresh);
        }
        if let Some(goal) = self.pivots.goal.take() {
            let _ = claims.go_to(|row| Some(&row.claim.id) == goal.claim.as_ref())
                || claims.go_to(|row| Some(&row.row.id) == goal.article.as_ref());
        }
        let effects = self.more_claims();
        self.follow_soon(stamp);
        effects
    }

    /// Takes the speakers of the filter.
    pub(super) fn take_speakers(&mut self, rows: Vec<SpeakerRow>, stamp: Stamp) -> Vec<Effect> {
        let fresh = std::mem::take(&mut self.library.fresh);
        self.pivots.speakers.take(rows, fresh);
        if let Some(key) = self.pivots.goal.take().and_then(|goal| goal.speaker) {
            // Whoever is one across the store is in no article.
            let same = |row: &SpeakerRow| row.key.name == key.name && row.key.kind == key.kind;
            let _ = self.pivots.speakers.go_to(|row| row.key == key) || self.pivots.speakers.go_to(same);
        }
        self.follow_soon(stamp);
        Vec::new()
    }

    /// What has gone from the list gives way in the reading pane, unless somebody is reading it.
    pub(super) fn follow_soon(&mut self, stamp: Stamp) {
        if self.focus == Focus::List && self.deadlines.follow.is_none() && !self.loading.under_way {
            self.deadlines.follow = Some(stamp.tick + FOLLOW);
        }
    }

    /// Asks for the next claims, where the end of those read is near.
    pub(super) fn more_claims(&mut self) -> Vec<Effect> {
        let Some(after) = self.pivots.claims.lacks().cloned() else { return Vec::new() };
        self.pivots.claims.waiting = true;
        let (generation, filter) = (self.library.generation, self.library.filter.clone());
        vec![Effect::Claims { generation, filter, after: Some(after), limit: PAGE }]
    }

    /// Shows in the reading pane what the cursor is on: the claim in its article, the speaker's page.
    pub(super) fn follow_pivot(&mut self) -> Vec<Effect> {
        match self.pivots.pivot {
            Pivot::Claims => {
                let Some(row) = self.pivots.claims.row().cloned() else { return Vec::new() };
                self.pivots.looking = true;
                self.show_claim(&row, false)
            }
            _ => match self.pivots.speakers.row().map(|row| (row.key.clone(), row.speaker.id)) {
                Some((key, _)) if self.pivots.page.as_ref().is_some_and(|page| *page.key() == key) => Vec::new(),
                Some((key, id)) => vec![self.ask_page(key, id, PAGE)],
                None => {
                    self.pivots.page = None;
                    Vec::new()
                }
            },
        }
    }

    /// Shows a claim in its article, which is loaded where it isn't open; `entering` where the text gets the keys.
    fn show_claim(&mut self, row: &ClaimRow, entering: bool) -> Vec<Effect> {
        // A rejected claim isn't among those of the open article; its place is.
        let place = row.claim.claim.extent().map(|extent| extent.start);
        let place = place.filter(|_| row.claim.status == Status::Rejected);
        if !self.is_open(&row.row.id) {
            let effect = self.load(row.row.id.clone(), entering);
            self.loading.claim = Some(row.claim.id.clone());
            self.loading.place = place;
            return vec![effect];
        }
        if let Some(reader) = &mut self.reader {
            match reader.opened.claims.iter().position(|claim| claim.id == row.claim.id) {
                Some(at) => reader.go_to_claim(at),
                None => place.into_iter().for_each(|place| reader.go_to(place)),
            }
        }
        Vec::new()
    }

    /// Goes to a claim in its article; the way back leads here.
    fn enter(&mut self, row: &ClaimRow) -> Vec<Effect> {
        self.deadlines.follow = None;
        self.pivots.door = Some(self.way.depth());
        if !self.is_open(&row.row.id) {
            return self.show_claim(row, true);
        }
        self.focus = Focus::Text;
        self.pivots.in_text = true;
        // The text has its final size before the claim is brought into it.
        self.lay_out();
        self.show_claim(row, true);
        self.note_read(&row.row.id)
    }

    /// Whether going back from here leads to the list or page that one came from.
    pub(super) fn is_at_door(&self) -> bool {
        let inside = self.focus != Focus::List && !self.page_shown();
        inside && self.pivots.pivot != Pivot::Articles && self.pivots.door == Some(self.way.depth())
    }

    /// From the text back to the page, else to the list.
    pub(super) fn leave_text(&mut self) {
        let from_page = self.pivots.pivot == Pivot::Speakers && self.pivots.in_text && self.pivots.page.is_some();
        self.focus = if from_page { Focus::Text } else { Focus::List };
        self.pivots.in_text = false;
        self.pivots.door = None;
    }

    /// Asks for a speaker's page with so many claims.
    pub(super) fn ask_page(&mut self, who: SpeakerKey, id: Option<SpeakerId>, limit: usize) -> Effect {
        self.pivots.generation += 1;
        Effect::Page { generation: self.pivots.generation, who, id, after: None, limit }
    }

    /// Asks for the page that is shown anew; for that of `then`, whom what was done has made of its speaker.
    pub(super) fn ask_page_again(&mut self, then: Option<SpeakerKey>) -> Vec<Effect> {
        let shown = self.pivots.page.as_ref().filter(|_| self.pivots.pivot == Pivot::Speakers);
        let Some((key, id, read)) =
            shown.map(|page| (page.key().clone(), page.who.row.speaker.id, page.claims.rows.len()))
        else {
            return Vec::new();
        };
        vec![self.ask_page(then.unwrap_or(key), id, read.max(PAGE)), Effect::Alike]
    }

    /// Takes a page; the cursor stays on its claim where it is the same speaker's.
    pub(super) fn take_page(&mut self, more: bool, answer: Option<Box<(SpeakerPage, Page)>>) -> Vec<Effect> {
        let Some((who, said)) = answer.map(|answer| *answer) else {
            self.pivots.page = None;
            if self.page_shown() {
                self.focus = Focus::List;
            }
            return Vec::new();
        };
        match &mut self.pivots.page {
            Some(page) if more => page.claims.extend(said),
            Some(page) if page.who.row.speaker.id == who.row.speaker.id || *page.key() == who.row.key => {
                page.who = who;
                page.claims.take(said, false);
            }
            page => {
                let mut claims = ClaimList::default();
                claims.take(said, true);
                *page = Some(SpeakerView::new(who, claims));
            }
        }
        self.lay_out_page();
        self.more_of_page()
    }

    fn more_of_page(&mut self) -> Vec<Effect> {
        let generation = self.pivots.generation;
        let Some(page) = &mut self.pivots.page else { return Vec::new() };
        let Some(after) = page.claims.lacks().cloned() else { return Vec::new() };
        page.claims.waiting = true;
        let (who, id) = (page.key().clone(), page.who.row.speaker.id);
        vec![Effect::Page { generation, who, id, after: Some(after), limit: PAGE }]
    }

    fn step_page(&mut self, steps: isize) -> Vec<Effect> {
        if let Some(page) = &mut self.pivots.page {
            page.claims.step(steps);
        }
        self.more_of_page()
    }

    /// Rows of the page that the reading pane shows.
    fn page_rows(&self) -> usize {
        self.panes().text_rows()
    }

    /// Lays the page out where it is shown; where it comes into view everything is laid out anew.
    pub(super) fn lay_out_page(&mut self) {
        if !self.page_shown() {
            return;
        }
        let panes = self.panes();
        let width = panes.text.map_or(self.size.0, |pane| pane.width).saturating_sub(3).min(self.settings.measure);
        let key = self.settings.keymap.keys(Mode::Page, Action::MergeAlike);
        let key = key.first().map_or("", String::as_str);
        let Some(mut page) = self.pivots.page.take() else { return };
        page.lay_out(width, self.pivots.alike(page.key()), key);
        self.pivots.page = Some(page);
    }

    /// Brings the cursors of these lists into sight.
    pub(super) fn show_pivot_cursors(&mut self) {
        let list = layout::list_body(self.panes().list, self.filtering()).0;
        let rows = usize::from(list.height);
        self.pivots.claims.show_cursor(rows);
        self.pivots.speakers.show_cursor(rows);
        let rows = self.page_rows();
        if let Some(page) = self.pivots.page.as_mut().filter(|_| rows > 0) {
            page.show_cursor(rows);
        }
    }

    /// Rows by which a page of the left pane's list moves.
    pub(super) fn pivot_rows(&self, rows: usize) -> usize {
        match self.pivots.pivot {
            Pivot::Claims => rows / (CLAIM_ROWS + 1),
            _ => rows / SPEAKER_ROWS,
        }
    }

    /// Copies the claim under the cursor.
    fn copy_row(&mut self, shape: Shape) -> Vec<Effect> {
        let page = self.pivots.page.as_ref().filter(|_| self.page_shown());
        let row = page.map_or_else(|| self.pivots.claims.row(), |page| page.claims.row());
        let Some(row) = row else {
            self.say("there is nothing here to copy");
            return Vec::new();
        };
        let open = self.reader.as_ref().filter(|reader| *reader.id() == row.row.id);
        let text = match (shape, open) {
            (Shape::Citation, _) => Some(citation::of_claim(&row.claim, &row.row)),
            (_, Some(reader)) => citation::claim_as(shape, &row.claim, &reader.opened),
            (_, None) => None,
        };
        match text {
            Some(text) => vec![Effect::Copy(text)],
            None => {
                self.say("Enter opens the claim; there it can be copied in this form");
                Vec::new()
            }
        }
    }
}
