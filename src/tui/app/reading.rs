//! Reading: by paragraphs, headings and links, back along the way, the text alone, its lines longer or shorter.

use super::{App, Reader, Spot};
use crate::config::MEASURES;
use crate::model::BlockKind;
use crate::text::link;
use crate::tui::action::{Action, Mode};
use crate::tui::effect::{Effect, Stamp};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::Found;
use crate::tui::layout::{self, Focus};
use crate::tui::menu::{Item, Kind, Menu};
use crate::tui::pivot::Pivot;

/// Cells by which lines grow or shrink.
const STEP: u16 = 2;

impl App {
    /// Goes to a paragraph or a heading beside the top line.
    pub(super) fn step_block(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        let back = matches!(action, Action::PreviousParagraph | Action::PreviousHeading);
        let headings = matches!(action, Action::NextHeading | Action::PreviousHeading);
        let is_goal = |kind| !headings || matches!(kind, BlockKind::Title | BlockKind::Heading);
        let Some(reader) = &mut self.reader else { return Vec::new() };
        match reader.block_beside(back, is_goal) {
            _ if !back && reader.at_end() => self.say("this is the end"),
            Some(place) => reader.go_to(place),
            None if headings && back => self.say("there is no heading above"),
            None if headings => self.say("there is no heading below"),
            None => reader.go_to_end(!back),
        }
        self.after_move(stamp)
    }

    /// Goes to a link of the text and says where it leads.
    pub(super) fn step_link(&mut self, back: bool, stamp: Stamp) -> Vec<Effect> {
        let Some(reader) = &mut self.reader else { return Vec::new() };
        let Some(at) = reader.step_link(back) else {
            self.say("there are no links in the text");
            return Vec::new();
        };
        let notice = format!("link {}/{}: {}", at + 1, reader.links.len(), reader.links[at].url);
        self.say(notice);
        self.after_move(stamp)
    }

    /// Opens the article after this one in the list that nobody has read, round its end.
    pub(super) fn open_unread(&mut self) -> Vec<Effect> {
        let rows = &self.library.rows;
        let shown = self.reader.as_ref().map(Reader::id);
        let from = rows.iter().position(|row| Some(&row.id) == shown).unwrap_or(self.library.cursor);
        let (before, after) = rows.split_at((from + 1).min(rows.len()));
        let next =
            after.iter().chain(before).find(|row| !row.read && (Some(&row.id) != shown || self.focus == Focus::List));
        let Some(id) = next.map(|row| row.id.clone()) else {
            self.say("every article of this list is read");
            return Vec::new();
        };
        self.deadlines.follow = None;
        let mut effects = self.keep_place();
        effects.push(self.load(id, true));
        effects
    }

    /// Notes a place of the open article that is being left for another one.
    pub(super) fn leave_place(&mut self, place: usize) {
        if let Some(reader) = &self.reader {
            let article = reader.id().clone();
            self.way.leave(Spot { article, place });
        }
    }

    /// Notes where one is in an article that gives way to another.
    pub(super) fn note_left(&mut self) {
        let entered = self.pivots.door.is_none();
        if let Some(reader) =
            self.reader.as_ref().filter(|reader| entered && self.entered.as_ref() == Some(reader.id()))
        {
            self.left = Some(Spot { article: reader.id().clone(), place: reader.place() });
        }
    }

    /// Notes that one is in the open article, and that the way led there from the one before. Looking on from the
    /// list doesn't count.
    pub(super) fn note_entered(&mut self) {
        let leaving = (self.loading.entering && self.loading.under_way) || self.page_shown();
        let Some(reader) = self.reader.as_ref().filter(|_| self.focus != Focus::List && !leaving) else { return };
        if self.entered.as_ref() != Some(reader.id()) {
            self.entered = Some(reader.id().clone());
            if let Some(left) = self.left.take() {
                self.way.leave(left);
            }
        }
    }

    /// Goes back along the way one came, or on again.
    pub(super) fn retrace(&mut self, back: bool, stamp: Stamp) -> Vec<Effect> {
        if back && self.is_at_door() {
            self.leave_text();
            return Vec::new();
        }
        let here = self.reader.as_ref().filter(|reader| self.entered.as_ref() == Some(reader.id()));
        let here = here.map(|reader| Spot { article: reader.id().clone(), place: reader.place() }).or(self.left.take());
        let Some(spot) = self.way.step(back, here) else {
            self.say(if back { "this is where the way began" } else { "this is where the way ends" });
            return Vec::new();
        };
        self.deadlines.follow = None;
        self.entered = Some(spot.article.clone());
        if let Some(reader) = self.reader.as_mut().filter(|reader| *reader.id() == spot.article) {
            reader.go_to(spot.place);
            self.focus = Focus::Text;
            self.pivots.in_text = true;
            self.library.go_to(&spot.article);
            return self.after_move(stamp);
        }
        let mut effects = self.keep_place();
        effects.push(self.load(spot.article, true));
        self.loading.place = Some(spot.place);
        effects
    }

    pub(super) fn toggle_zen(&mut self) -> Vec<Effect> {
        if self.reader.is_none() {
            self.say("there is no text to show alone");
            return Vec::new();
        }
        self.zen = !self.is_zen();
        if !self.zen {
            return Vec::new();
        }
        self.focus = Focus::Text;
        self.say("the text alone; once more, or Esc, shows all again");
        let id = self.reader.as_ref().map(|reader| reader.id().clone());
        id.map_or_else(Vec::new, |id| self.note_read(&id))
    }

    /// Makes the lines longer or shorter, from what they are on the screen.
    pub(super) fn change_measure(&mut self, wider: bool) -> Vec<Effect> {
        let (least, most) = MEASURES.into_inner();
        let now = self.panes().measure;
        let before = self.settings.measure;
        if wider && now < before {
            self.say(format!("{now} columns fill the pane; zen or fewer panes make room"));
            return Vec::new();
        }
        let measure = if wider { now.saturating_add(STEP) } else { now.saturating_sub(STEP) };
        let measure = measure.clamp(least, most);
        if measure == before || (!wider && measure >= now) {
            self.say(format!("{now} columns is as far as it goes"));
            return Vec::new();
        }
        self.settings.measure = measure;
        self.say(format!("lines of {} columns", self.panes().measure));
        vec![Effect::Measure { measure, over: self.settings.configured }]
    }

    /// Shows the headings of the article, the cursor on the one that is being read under.
    pub(super) fn show_outline(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let article = &reader.opened.article;
        let headings = article.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Title | BlockKind::Heading));
        let item = |block: &crate::model::Block| Item {
            number: None,
            text: block.range.of(&article.text).to_owned(),
            place: block.range.start,
        };
        let items: Vec<Item> = headings.map(item).collect();
        if !items.iter().any(|item| item.place > 0) {
            self.say("this article has no headings");
            return Vec::new();
        }
        let place = reader.place();
        let cursor = items.partition_point(|item| item.place <= place).saturating_sub(1);
        self.show_menu(Kind::Outline, items, cursor);
        Vec::new()
    }

    /// Shows the links of the article, its own address first, the cursor on the one that one went to, else on the
    /// first one from the top of the screen on.
    pub(super) fn show_links(&mut self) -> Vec<Effect> {
        let row = if self.focus == Focus::List && self.pivots.pivot == Pivot::Articles {
            self.library.row().map(|row| (row.id.clone(), row.url.clone()))
        } else {
            self.reader.as_ref().map(|reader| (reader.id().clone(), reader.opened.row.url.clone()))
        };
        let Some((id, own)) = row else { return Vec::new() };
        let mut items: Vec<Item> = own.into_iter().map(|url| Item { number: Some(0), text: url, place: 0 }).collect();
        let own = items.len();
        let mut cursor = 0;
        if let Some(reader) = self.reader.as_ref().filter(|reader| *reader.id() == id) {
            let place = reader.place();
            let item = |(i, link): (usize, &link::Link)| Item {
                number: Some(i + 1),
                text: link.url.clone(),
                place: link.range.start,
            };
            items.extend(reader.links.iter().enumerate().map(item));
            let next = reader.links.partition_point(|link| link.range.start < place);
            cursor = if place == 0 { reader.link.map_or(0, |l| l + own) } else { reader.link.unwrap_or(next) + own };
        }
        if items.is_empty() {
            self.say("this article has no links");
            return Vec::new();
        }
        self.show_menu(Kind::Links, items, cursor);
        Vec::new()
    }

    /// Opens a list to choose from; `false` where there is nothing in it.
    pub(super) fn show_menu(&mut self, kind: Kind, items: Vec<Item>, cursor: usize) -> bool {
        self.menu = Menu::new(kind, items, cursor);
        self.menu.is_some()
    }

    /// Takes a key that a menu has no action for: a digit of a number, the first letter of a form.
    pub(super) fn type_into_menu(&mut self, key: Key, stamp: Stamp) -> Vec<Effect> {
        if self.menu.as_mut().is_some_and(|menu| menu.kind == Kind::Form && menu.letter(key.code)) {
            return self.choose(stamp);
        }
        let digit = match self.settings.keymap.find(Mode::Text, &[key]) {
            Found::Action(Action::Claim(digit)) => usize::from(digit),
            _ if key.code == Code::Char('-') => 6,
            _ => return Vec::new(),
        };
        if self.menu.as_mut().is_some_and(|menu| menu.digit(digit)) { self.choose(stamp) } else { Vec::new() }
    }

    pub(super) fn update_menu(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        let page = layout::menu_rows(&self.panes()).max(1) as isize;
        let Some(menu) = &mut self.menu else { return Vec::new() };
        match action {
            Action::Down => menu.step(1),
            Action::Up => menu.step(-1),
            Action::HalfDown => menu.step((page / 2).max(1)),
            Action::HalfUp => menu.step(-(page / 2).max(1)),
            Action::PageDown => menu.step(page),
            Action::PageUp => menu.step(-page),
            Action::Top => menu.step(isize::MIN / 2),
            Action::Bottom => menu.step(isize::MAX / 2),
            Action::Accept => return self.choose(stamp),
            Action::Rename | Action::Remove => return self.change_tag(action, stamp),
            _ => self.menu = None,
        }
        Vec::new()
    }

    /// Does what the line under the menu's cursor is for.
    fn choose(&mut self, stamp: Stamp) -> Vec<Effect> {
        let Some(menu) = self.menu.take() else { return Vec::new() };
        let Item { text, place, .. } = menu.item().clone();
        match menu.kind {
            Kind::Outline => {
                let from = self.reader.as_ref().map_or(0, Reader::place);
                self.leave_place(from);
                if let Some(reader) = &mut self.reader {
                    reader.go_to(place);
                }
                self.focus = Focus::Text;
                self.after_move(stamp)
            }
            Kind::Relate => self.take_relation(place, stamp),
            Kind::Form => self.take_form(place, stamp),
            Kind::Links => match link::check(&text) {
                Ok(()) => vec![Effect::OpenLink(text)],
                Err(why) => {
                    self.warn(format!("{why}: {text}"));
                    Vec::new()
                }
            },
            Kind::Favourites { subjects, tags } => {
                let tag = tags.into_iter().nth(place);
                tag.map(|tag| self.toggle_tag(subjects, tag, stamp)).into_iter().collect()
            }
            Kind::Tags => self.filter_by_tag(place),
            Kind::History => Vec::new(),
            Kind::Speaker { who, choices } => match choices.into_iter().nth(place) {
                Some(naming) => self.name(who, naming, stamp),
                None => Vec::new(),
            },
        }
    }
}
