//! The whole state of the reader, and the one door to change it: [`App::event`].
//!
//! A key becomes an action by the keymap and the action a change of state; what has to happen outside leaves
//! as [`Effect`]s, and what comes of them returns as an event. Nothing in here does input or output, reads a
//! clock or draws: a test is a list of events and a look at the state.

mod absorbing;
mod acting;
mod choosing;
mod history;
mod moving;
mod naming;
mod noting;
mod pivoting;
mod reading;
mod relating;
mod selecting;
mod settings;
mod tagging;
mod triaging;

pub use self::choosing::Choosing;
pub use self::moving::count;
pub use self::settings::{Settings, Start};
use super::action::{Action, Mode};
use super::claims::Panel;
use super::effect::{Effect, Stamp};
use super::event::Event;
use super::key::{Code, Key};
use super::keymap::Found;
use super::layout::{self, Focus, Panes};
use super::library::Library;
use super::menu::Menu;
use super::pivot::{Naming, Pivot, Pivots};
use super::prompt::Line;
use super::reader::{Reader, Setting, View};
use super::selection::Selection;
use super::triage::{Narrowing, Triage};
use super::way::{Spot, Way};
use crate::model::{ArticleId, ClaimId, SpeakerKey, Subject, Tag};

/// Milliseconds without a key after which the reading pane follows the list's cursor.
const FOLLOW: u64 = 150;
/// Milliseconds without scrolling after which the place is kept.
const SETTLE: u64 = 500;
/// Milliseconds in which a second digit still belongs to the first.
const DIGITS: u64 = 1000;

/// A prompt in the footer, and what it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What the typed line will be.
    pub kind: PromptKind,
    /// The line.
    pub line: Line,
}

/// What a prompt asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum PromptKind {
    /// Tags to put on and take off these.
    Tag(Vec<Subject>),
    /// The new name of a tag.
    RenameTag(Tag),
    /// What is said of a speaker.
    Speaker {
        /// Who.
        who: SpeakerKey,
        /// What is asked for.
        naming: Naming,
    },
    /// The name of an action.
    Command,
    /// Words to be found in the article; the text stood so.
    Search(View),
}

/// The help, with its search.
#[derive(Clone, Debug, PartialEq)]
pub struct Help {
    /// The mode whose keys are shown first.
    pub mode: Mode,
    /// What is searched.
    pub line: Line,
    /// The first line shown.
    pub top: usize,
}

/// A sentence in the footer, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What there is to say; may quote documents, so it is drawn through `text::shown`.
    pub text: String,
    /// Whether something went wrong.
    pub alert: bool,
}

/// Which article is being loaded, and why.
#[expect(clippy::struct_excessive_bools, reason = "four facts, none of which excludes another")]
#[derive(Debug, Default)]
struct Loading {
    generation: u64,
    /// Whether the text gets the keys when the article is there.
    entering: bool,
    under_way: bool,
    /// The claim to go to when it is there.
    claim: Option<ClaimId>,
    /// The claim that was made and isn't there yet.
    made: Option<ClaimId>,
    /// Whether a note on it is to be written when it is there.
    noting: bool,
    /// The byte to go to when it is there.
    place: Option<usize>,
    /// Whether something has changed since it was asked for.
    again: bool,
    /// Keys pressed meanwhile, each with its stamp: they were meant for the article that is coming.
    held: Vec<(Key, Stamp)>,
}

/// The digits being typed.
#[derive(Debug, Default)]
struct Digits {
    /// The number so far, and when its last digit came.
    begun: Option<(usize, u64)>,
    /// Whether the last digit was typed without Shift on a French keyboard.
    unshifted: bool,
}

/// Deadlines, in ticks.
#[derive(Debug, Default)]
struct Deadlines {
    follow: Option<u64>,
    settle: Option<u64>,
}

/// The reader's state.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// The pane that has the keys.
    pub focus: Focus,
    /// Whether the claims panel is wanted.
    pub claims_shown: bool,
    /// The list.
    pub library: Library,
    /// Claims and speakers, where they are listed.
    pub pivots: Pivots,
    /// The article that is open.
    pub reader: Option<Reader>,
    /// The claims panel.
    pub panel: Panel,
    /// The prompt in the footer.
    pub prompt: Option<Prompt>,
    /// The help, where it is shown.
    pub help: Option<Help>,
    /// A list over the text, to choose from.
    pub menu: Option<Menu>,
    /// What is being selected in the text.
    pub selection: Option<Selection>,
    /// A list of speakers, to choose from.
    pub choosing: Choosing,
    /// What is decided of claims, and which are shown.
    pub triage: Triage,
    /// Whether the text is wanted alone.
    pub zen: bool,
    /// What the reader has to say.
    pub notice: Option<Notice>,
    /// Human acts that are not on disk yet.
    pub saving: usize,
    /// The keys of a sequence pressed so far.
    pub pending: Vec<Key>,
    /// What the user decided.
    pub settings: Settings,
    /// All tags with how often each is used, most used first.
    tags: Vec<(Tag, u64)>,
    start: Start,
    loading: Loading,
    deadlines: Deadlines,
    kept_place: usize,
    digits: Digits,
    quit_asked: bool,
    way: Way,
    /// The article that one is in, and where one was in the one before.
    entered: Option<ArticleId>,
    left: Option<Spot>,
}

impl App {
    /// The state before the first event, for a screen of this size, and what it needs to begin.
    pub fn new(settings: Settings, start: Start, width: u16, height: u16) -> (Self, Vec<Effect>) {
        let mut app = Self {
            size: (width, height),
            focus: Focus::List,
            claims_shown: true,
            library: Library::default(),
            pivots: Pivots::default(),
            reader: None,
            panel: Panel::default(),
            prompt: None,
            help: None,
            menu: None,
            selection: None,
            choosing: Choosing::default(),
            triage: Triage::default(),
            zen: false,
            notice: None,
            saving: 0,
            pending: Vec::new(),
            settings,
            tags: Vec::new(),
            start,
            loading: Loading::default(),
            deadlines: Deadlines::default(),
            kept_place: 0,
            digits: Digits::default(),
            quit_asked: false,
            way: Way::default(),
            entered: None,
            left: None,
        };
        if let Start::Filter(filter) = &app.start {
            app.library.filter.clone_from(filter);
        }
        // Tags too: whoever types fast must not find the completion empty.
        let mut effects = vec![app.list(true), Effect::Tags];
        if let Start::Article(article) = app.start.clone() {
            effects.push(app.load(article, true));
        }
        (app, effects)
    }

    /// Takes an event and says what has to be done about it.
    pub fn event(&mut self, event: Event, stamp: Stamp) -> Vec<Effect> {
        let shape = |app: &Self| {
            let pane = (app.focus, app.pivots.pivot, app.pivots.in_text);
            (app.size, pane, app.claims_shown, app.zen, app.settings.measure)
        };
        let before = shape(self);
        let mut effects = match event {
            Event::Key(key) => self.press(key, stamp),
            Event::Paste(text) => self.type_in(&text, stamp),
            Event::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Event::Deadline => self.pass_deadline(stamp),
            Event::Done(outcome) => self.absorb(outcome, stamp),
            Event::Redraw => vec![Effect::Redraw],
            Event::Leave => self.leave(),
        };
        if before != shape(self) {
            self.lay_out();
        }
        self.pivots.looking &= self.focus == Focus::List || self.page_shown();
        self.note_entered();
        effects.extend(self.ask_for_near());
        self.show_cursors();
        self.triage.note_writes(&effects);
        self.saving +=
            effects.iter().filter(|e| matches!(e, Effect::Record(_) | Effect::Undo(_) | Effect::Redo(_))).count();
        effects
    }

    /// The tick at which [`Event::Deadline`] is due, if any.
    pub fn deadline(&self) -> Option<u64> {
        [self.deadlines.follow, self.deadlines.settle].into_iter().flatten().min()
    }

    /// Where everything is on the screen.
    pub fn panes(&self) -> Panes {
        let (width, height) = self.size;
        if self.is_zen() {
            return layout::zen(width, height, self.settings.measure);
        }
        if self.is_browsing() {
            return layout::browsing(width, height, self.focus, self.settings.measure);
        }
        layout::panes(width, height, self.focus, self.claims_shown, self.settings.measure)
    }

    /// Whether the text stands alone on the screen.
    pub fn is_zen(&self) -> bool {
        self.zen && self.focus == Focus::Text && self.reader.is_some() && !self.page_shown()
    }

    /// How the text is set in its pane.
    fn setting(&self) -> Setting {
        let panes = self.panes();
        let Settings { hyphenate, justify, .. } = self.settings;
        Setting { measure: panes.measure, rows: panes.text_rows(), bare: self.is_zen(), hyphenate, justify }
    }

    /// The mode in which the next key counts.
    pub fn mode(&self) -> Mode {
        let asking = self.prompt.is_some() || self.choosing.chooser.is_some();
        if asking || self.help.is_some() || self.library.typing.is_some() {
            return Mode::Prompt;
        }
        if self.menu.is_some() {
            return Mode::Menu;
        }
        self.pane_mode()
    }

    fn pane_mode(&self) -> Mode {
        match self.focus {
            Focus::List => match self.pivots.pivot {
                Pivot::Articles => Mode::List,
                Pivot::Claims => Mode::Claims,
                Pivot::Speakers => Mode::Speakers,
            },
            Focus::Text if self.page_shown() => Mode::Page,
            Focus::Text if self.selection.is_some() => Mode::Selection,
            Focus::Text => Mode::Text,
            Focus::Panel => Mode::Panel,
        }
    }

    /// Whether the list shows its filter line.
    pub fn filtering(&self) -> bool {
        self.library.typing.is_some() || !self.library.filter.is_empty()
    }

    /// Whether the panel shows fewer claims than there are.
    pub fn is_narrowed(&self) -> bool {
        self.triage.narrowing != Narrowing::All
    }

    fn press(&mut self, key: Key, stamp: Stamp) -> Vec<Effect> {
        // Out is always at once; everything else was meant for the article that is coming.
        let leaves = self.settings.keymap.find(self.mode(), &[key]) == Found::Action(Action::Quit);
        if self.loading.entering && self.loading.under_way && !leaves {
            self.loading.held.push((key, stamp));
            return Vec::new();
        }
        self.notice = None;
        let asked = std::mem::take(&mut self.quit_asked);
        self.pending.push(key);
        let mode = self.mode();
        match self.settings.keymap.find(mode, &self.pending) {
            Found::Pending => Vec::new(),
            Found::Action(action) => {
                self.pending.clear();
                self.quit_asked = asked && action == Action::Back;
                let action = self.as_typed(action, key);
                self.update(action, stamp)
            }
            Found::Nothing => {
                let begun = std::mem::take(&mut self.pending).len() > 1;
                match key.code {
                    // The beginning of a sequence that came to nothing doesn't swallow the key after it.
                    _ if begun => self.press(key, stamp),
                    Code::Char(typed) if mode == Mode::Prompt && !key.ctrl && !key.alt => {
                        self.type_in(typed.encode_utf8(&mut [0; 4]), stamp)
                    }
                    _ if mode == Mode::Menu => self.type_into_menu(key, stamp),
                    _ => Vec::new(),
                }
            }
        }
    }

    /// `-` makes the lines shorter, but on a French keyboard it is also the 6 without Shift: whoever types the
    /// other digits so means a 6.
    fn as_typed(&mut self, action: Action, key: Key) -> Action {
        if self.mode() == Mode::Selection {
            self.begin_with_shift(key);
            return action;
        }
        let Code::Char(typed) = key.code else { return action };
        match action {
            Action::Claim(_) => self.digits.unshifted = !typed.is_ascii_digit(),
            Action::Narrower if typed == '-' && self.digits.unshifted && self.focus != Focus::List => {
                return Action::Claim(6);
            }
            _ => {}
        }
        action
    }

    /// Does what an action says, where one is.
    pub fn update(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        if action == Action::Quit {
            return self.leave();
        }
        if self.help.is_some() {
            return self.update_help(action);
        }
        if self.choosing.chooser.is_some() {
            return self.update_chooser(action, stamp);
        }
        if self.mode() == Mode::Prompt {
            return self.update_prompt(action, stamp);
        }
        if self.menu.is_some() {
            return self.update_menu(action, stamp);
        }
        if self.mode() == Mode::Selection && action.selects() {
            return self.update_selection(action, stamp);
        }
        if let Some(effects) = self.update_pivot(action, stamp) {
            return effects;
        }
        match action {
            Action::Back => self.step_back(),
            Action::Escape => self.escape(),
            Action::NextPane => self.next_pane(1),
            Action::PreviousPane => self.next_pane(-1),
            Action::ToggleClaims => self.toggle_claims(),
            Action::Undo | Action::Redo => self.undo(action == Action::Undo, stamp),
            Action::Redraw => vec![Effect::Redraw],
            Action::Suspend => vec![Effect::Suspend],
            Action::Help => {
                self.help = Some(Help { mode: self.pane_mode(), line: Line::default(), top: 0 });
                Vec::new()
            }
            Action::Command => self.ask(PromptKind::Command),
            Action::SameClaim => self.go_elsewhere(),
            Action::Search => self.ask_for_words(),
            Action::NextParagraph | Action::PreviousParagraph | Action::NextHeading | Action::PreviousHeading => {
                self.step_block(action, stamp)
            }
            Action::NextLink | Action::PreviousLink => self.step_link(action == Action::PreviousLink, stamp),
            Action::NextUnread => self.open_unread(),
            Action::WayBack | Action::WayOn => self.retrace(action == Action::WayBack, stamp),
            Action::Outline => self.show_outline(),
            Action::Links => self.show_links(),
            Action::Zen => self.toggle_zen(),
            Action::Wider => self.change_measure(true),
            Action::Narrower => self.change_measure(false),
            Action::NextHit | Action::PreviousHit => self.step_hit(action == Action::PreviousHit, stamp),
            Action::Select => self.start_selection(),
            Action::Correct => self.correct(),
            Action::Note => self.note(),
            Action::Tag => self.ask_for_tags(),
            Action::Favourites => self.show_favourites(),
            Action::Tags => self.show_tags(),
            Action::History => vec![Effect::History],
            Action::Copy(shape) => self.copy(shape),
            Action::AcceptClaim | Action::RejectClaim | Action::Form | Action::RepeatVerdict => {
                self.triage(action, stamp)
            }
            Action::Speaker => self.ask_for_speaker(),
            Action::Narrow => self.narrow(stamp),
            Action::Relate => self.relate(),
            Action::Remove => self.remove(stamp),
            Action::Filter => {
                self.library.typing = Some(Line::new(self.library.filter.clone()));
                Vec::new()
            }
            Action::Mark => {
                self.library.toggle_mark();
                self.move_list(1, stamp)
            }
            Action::MarkAll => {
                self.library.toggle_all();
                Vec::new()
            }
            _ => self.go(action, stamp),
        }
    }

    fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), alert: false });
    }

    fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), alert: true });
    }

    /// Rows that the list shows.
    fn list_rows(&self) -> usize {
        let (body, rows) = layout::list_body(self.panes().list, self.filtering());
        if self.pivots.pivot != Pivot::Articles {
            return self.pivot_rows(usize::from(body.height)).max(1);
        }
        usize::from(body.height / rows).max(1)
    }

    fn lay_out(&mut self) {
        let setting = self.setting();
        if let Some(reader) = &mut self.reader {
            reader.set(setting);
        }
        self.lay_out_panel();
        self.lay_out_page();
    }

    fn lay_out_panel(&mut self) {
        let width = self.panes().panel.map_or(self.size.0, |panel| panel.width);
        let (top, narrowing) = (self.panel.top, self.triage.narrowing);
        self.panel = self.reader.as_ref().map(|reader| Panel::new(reader, width, narrowing)).unwrap_or_default();
        self.panel.top = top;
    }

    fn show_cursors(&mut self) {
        let rows = self.list_rows();
        self.library.show_cursor(rows);
        self.show_pivot_cursors();
        let rows = layout::menu_rows(&self.panes());
        if let Some(menu) = &mut self.menu {
            menu.show_cursor(rows);
        }
        let rows = layout::chooser_rows(&self.panes());
        if let Some(chooser) = &mut self.choosing.chooser {
            chooser.show_cursor(rows);
        }
        let rows = usize::from(layout::panel_body(self.panes().panel, self.is_narrowed()).height);
        if rows > 0 {
            self.panel.show(self.reader.as_ref().and_then(|reader| reader.current), rows);
        }
    }
}
