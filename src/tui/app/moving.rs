//! Moving: in the list, the text and the panel, from claim to claim, from pane to pane, and out.

use super::{App, DIGITS, FOLLOW, Reader, SETTLE};
use crate::model::ArticleId;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Stamp};
use crate::tui::layout::{self, Focus};
use crate::tui::pivot::Pivot;
use crate::tui::triage::Narrowing;

impl App {
    /// Asks for an article; `entering` where the text is to get the keys when it is there.
    pub(super) fn load(&mut self, article: ArticleId, entering: bool) -> Effect {
        self.loading.generation += 1;
        self.loading.entering = entering;
        self.loading.claim = None;
        self.loading.noting = false;
        self.loading.place = None;
        self.loading.under_way = true;
        Effect::Load { generation: self.loading.generation, article }
    }

    pub(super) fn go(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        match action {
            Action::NextClaim => self.step_claim(1, stamp),
            Action::PreviousClaim => self.step_claim(-1, stamp),
            Action::Claim(digit) => self.type_digit(usize::from(digit), stamp),
            Action::Open => self.open(),
            _ => match self.focus {
                Focus::List => self.move_list(steps(action, self.list_rows()), stamp),
                Focus::Text => self.move_text(action, stamp),
                Focus::Panel => {
                    let page = usize::from(layout::panel_body(self.panes().panel, self.is_narrowed()).height) / 6;
                    self.move_panel(steps(action, page.max(1)), stamp)
                }
            },
        }
    }

    pub(super) fn move_list(&mut self, steps: isize, stamp: Stamp) -> Vec<Effect> {
        let moved = match self.pivots.pivot {
            Pivot::Articles => self.library.step(steps),
            Pivot::Claims => self.pivots.claims.step(steps),
            Pivot::Speakers => self.pivots.speakers.step(steps),
        };
        if moved {
            self.deadlines.follow = Some(stamp.tick + FOLLOW);
        }
        if self.pivots.pivot == Pivot::Claims { self.more_claims() } else { Vec::new() }
    }

    fn move_text(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        let rows = self.panes().text_rows();
        let ends = matches!(action, Action::Top | Action::Bottom);
        if ends && let Some(place) = self.reader.as_ref().map(Reader::place) {
            self.leave_place(place);
        }
        let Some(reader) = &mut self.reader else { return Vec::new() };
        if ends {
            reader.go_to_end(action == Action::Bottom);
        } else {
            reader.scroll(steps(action, rows));
        }
        self.after_move(stamp)
    }

    /// What follows when the text may have moved: the place will be kept, and whoever saw the end has read it.
    pub(super) fn after_move(&mut self, stamp: Stamp) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let (ended, id) = (reader.at_end(), reader.id().clone());
        self.deadlines.settle = Some(stamp.tick + SETTLE);
        if ended { self.note_read(&id) } else { Vec::new() }
    }

    fn move_panel(&mut self, steps: isize, stamp: Stamp) -> Vec<Effect> {
        let current = self.reader.as_ref().and_then(|reader| reader.current);
        match self.panel.claim_after(current, steps) {
            Some(claim) => self.go_to_claim(claim, stamp),
            None => Vec::new(),
        }
    }

    fn step_claim(&mut self, steps: isize, stamp: Stamp) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        if reader.opened.claims.is_empty() {
            self.say("this article has no claims");
            return Vec::new();
        }
        match self.claim_beside(steps) {
            Some(claim) => self.go_to_claim(claim, stamp),
            None => {
                let which = if steps > 0 { "last" } else { "first" };
                self.say(match self.triage.narrowing {
                    Narrowing::All => format!("this is the {which} claim"),
                    narrowing => format!("this is the {which} claim ({})", narrowing.words()),
                });
                let current = reader_current(self);
                current.map_or_else(Vec::new, |claim| self.go_to_claim(claim, stamp))
            }
        }
    }

    /// Opens the article that tells the current claim too, at its words there.
    pub(super) fn go_elsewhere(&mut self) -> Vec<Effect> {
        let claim = self.reader.as_ref().and_then(Reader::claim);
        let Some(twin) = claim.and_then(|claim| claim.same_as.first()).cloned() else {
            self.say("no other article tells this claim");
            return Vec::new();
        };
        let mut effects = self.keep_place();
        effects.push(self.load(twin.article, true));
        self.loading.claim = Some(twin.claim);
        effects
    }

    pub(super) fn step_hit(&mut self, back: bool, stamp: Stamp) -> Vec<Effect> {
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.search.is_some()) else {
            self.say("nothing is searched for: / searches in the article");
            return Vec::new();
        };
        let round = if reader.step_hit(back) { ", round the end" } else { "" };
        let count = reader.search.as_ref().map(super::super::search::Search::count).unwrap_or_default();
        self.deadlines.settle = Some(stamp.tick + SETTLE);
        self.say(format!("hit {count}{round}"));
        Vec::new()
    }

    /// Takes a digit: the number of a claim, or the next digit of one typed just before.
    fn type_digit(&mut self, digit: usize, stamp: Stamp) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let claims = reader.opened.claims.len();
        let begun = self.digits.begun.take().filter(|(_, tick)| stamp.tick.saturating_sub(*tick) <= DIGITS);
        let longer = begun.map(|(number, _)| number * 10 + digit).filter(|number| *number <= claims);
        let number = longer.unwrap_or(digit);
        if number == 0 || number > claims {
            self.say(format!("there is no claim {number}: the article has {claims}"));
            return Vec::new();
        }
        if longer.is_none() {
            let place = reader.place();
            self.leave_place(place);
        }
        self.digits.begun = Some((number, stamp.tick));
        self.go_to_claim(number - 1, stamp)
    }

    pub(super) fn go_to_claim(&mut self, claim: usize, stamp: Stamp) -> Vec<Effect> {
        if let Some(reader) = &mut self.reader {
            reader.go_to_claim(claim);
            self.deadlines.settle = Some(stamp.tick + SETTLE);
        }
        Vec::new()
    }

    /// Opens the article under the cursor, or shows the panel's claim in the text.
    fn open(&mut self) -> Vec<Effect> {
        match self.focus {
            Focus::List => {
                let Some(id) = self.library.row().map(|row| row.id.clone()) else { return Vec::new() };
                self.deadlines.follow = None;
                let open = self.reader.as_ref().is_some_and(|reader| *reader.id() == id);
                if open {
                    self.focus = Focus::Text;
                    return self.note_read(&id);
                }
                vec![self.load(id, true)]
            }
            Focus::Text => Vec::new(),
            Focus::Panel => {
                self.focus = Focus::Text;
                self.lay_out();
                let Some(reader) = &mut self.reader else { return Vec::new() };
                if let Some(current) = reader.current {
                    reader.go_to_claim(current);
                    let notice = whereabouts(reader);
                    if let Some(notice) = notice {
                        self.say(notice);
                    }
                }
                Vec::new()
            }
        }
    }

    /// Notes that an article was read, here at once and in the store.
    pub(super) fn note_read(&mut self, id: &ArticleId) -> Vec<Effect> {
        let reader = self.reader.as_mut().filter(|reader| reader.id() == id);
        let unread = reader.is_some_and(|reader| !std::mem::replace(&mut reader.opened.row.read, true));
        self.library.note_read(id);
        if unread { vec![Effect::Read(id.clone())] } else { Vec::new() }
    }

    pub(super) fn next_pane(&mut self, steps: isize) -> Vec<Effect> {
        let mut order = vec![Focus::List];
        if self.page_shown() {
            order.extend(self.pivots.page.as_ref().map(|_| Focus::Text));
        } else if self.reader.is_some() {
            order.push(Focus::Text);
            if self.claims_shown {
                order.push(Focus::Panel);
            }
        }
        let at = order.iter().position(|focus| *focus == self.focus).unwrap_or(0);
        let next = (at as isize + steps).rem_euclid(order.len() as isize);
        self.focus = order[next as usize];
        Vec::new()
    }

    pub(super) fn toggle_claims(&mut self) -> Vec<Effect> {
        if self.panes().panel.is_some() && self.claims_shown {
            self.claims_shown = false;
            if self.focus == Focus::Panel {
                self.focus = Focus::Text;
            }
        } else {
            self.claims_shown = true;
            if self.panes().panel.is_none() && self.reader.is_some() {
                self.focus = Focus::Panel;
            }
        }
        Vec::new()
    }

    pub(super) fn step_back(&mut self) -> Vec<Effect> {
        match self.focus {
            Focus::Text if self.is_zen() => self.zen = false,
            Focus::Panel => self.focus = Focus::Text,
            Focus::Text => self.leave_text(),
            Focus::List => {
                let marked = self.library.marked.len();
                let doubt = if self.saving > 0 {
                    Some("not everything is saved yet; once more to quit all the same".to_owned())
                } else if marked > 0 {
                    Some(format!("{} marked; once more to quit", count(marked, "article is", "articles are")))
                } else {
                    None
                };
                match doubt.filter(|_| !self.quit_asked) {
                    Some(doubt) => {
                        self.say(doubt);
                        self.quit_asked = true;
                    }
                    None => return self.leave(),
                }
            }
        }
        Vec::new()
    }

    pub(super) fn escape(&mut self) -> Vec<Effect> {
        let zen = self.is_zen();
        match self.focus {
            Focus::Text | Focus::Panel if self.triage.end.is_some() => {
                self.triage.end = None;
                self.say("let go: no relation is made");
            }
            Focus::Panel => self.focus = Focus::Text,
            Focus::Text if self.page_shown() => self.leave_text(),
            Focus::Text => match self.reader.as_mut().filter(|r| r.search.is_some() || r.link.is_some()) {
                Some(reader) => (reader.search, reader.link) = (None, None),
                None if zen => self.zen = false,
                None => self.leave_text(),
            },
            Focus::List if !self.library.filter.is_empty() => {
                self.library.filter.clear();
                return vec![self.list(true)];
            }
            Focus::List => {}
        }
        Vec::new()
    }

    /// Keeps the place and ends.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.keep_place();
        effects.push(Effect::Quit);
        effects
    }

    /// Asks for the place to be kept, if it isn't yet.
    pub(super) fn keep_place(&mut self) -> Vec<Effect> {
        self.deadlines.settle = None;
        let Some(reader) = self.reader.as_ref().filter(|_| !self.pivots.looking) else { return Vec::new() };
        let place = reader.place();
        if std::mem::replace(&mut self.kept_place, place) == place {
            return Vec::new();
        }
        vec![Effect::Place(reader.id().clone(), place)]
    }

    pub(super) fn pass_deadline(&mut self, stamp: Stamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.deadlines.settle.is_some_and(|tick| tick <= stamp.tick) {
            effects.extend(self.keep_place());
        }
        if self.deadlines.follow.is_some_and(|tick| tick <= stamp.tick) {
            self.deadlines.follow = None;
            effects.extend(self.follow());
        }
        effects
    }

    /// Loads the article under the list's cursor, if another one is shown.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        if self.pivots.pivot != Pivot::Articles {
            return self.follow_pivot();
        }
        let wanted = self.library.row().map(|row| row.id.clone());
        let shown = self.reader.as_ref().map(Reader::id);
        match wanted {
            Some(wanted) if shown != Some(&wanted) => vec![self.load(wanted, false)],
            _ => Vec::new(),
        }
    }
}

fn reader_current(app: &App) -> Option<usize> {
    app.reader.as_ref().and_then(|reader| reader.current)
}

/// `1 article`, `2 articles`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Where the speaker of the current claim is named, if that is off the screen.
fn whereabouts(reader: &mut Reader) -> Option<String> {
    let claim = &reader.claim()?.claim;
    let (mention, name) = (claim.mention?, claim.speaker.as_ref()?.name.clone());
    let lines = reader.distance(mention);
    let far = lines.map_or_else(|| "far".to_owned(), |lines| count(lines.unsigned_abs(), "line", "lines"));
    let is_above = lines.map_or(mention.start < reader.place(), |lines| lines < 0);
    match lines {
        Some(0) => None,
        _ if is_above => Some(format!("{name} is named {far} above")),
        _ => Some(format!("{name} is named {far} below")),
    }
}

/// How many rows an action moves by, on a page of `page` rows.
pub(super) fn steps(action: Action, page: usize) -> isize {
    // One row of the last page stays, so that the eye finds its place.
    let screen = page.saturating_sub(1).max(1) as isize;
    let half = (page / 2).max(1) as isize;
    match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::HalfDown => half,
        Action::HalfUp => -half,
        Action::PageDown => screen,
        Action::PageUp => -screen,
        Action::Top => isize::MIN / 2,
        Action::Bottom => isize::MAX / 2,
        _ => 0,
    }
}
