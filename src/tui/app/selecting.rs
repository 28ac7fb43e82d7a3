//! Selecting words in the text: the cursor, what is selected, and the claim that is made or corrected of it.

use super::moving::count;
use super::{App, SETTLE};
use crate::model::claim::GAP;
use crate::model::event::Attribution;
use crate::model::{Annotation, ByteRange, Change, Deed, Form, Status};
use crate::text::segment;
use crate::tui::action::Action;
use crate::tui::chooser::Whose;
use crate::tui::draft::{self, Draft};
use crate::tui::effect::{Effect, Stamp};
use crate::tui::key::Key;
use crate::tui::layout::Focus;
use crate::tui::menu::{Item, Kind};
use crate::tui::reader::Reader;
use crate::tui::search::Search;
use crate::tui::selection::{Chosen, Ground, Out, Role, Selection, Unit};

impl App {
    /// Shows the cursor in the text.
    pub(super) fn start_selection(&mut self) -> Vec<Effect> {
        let Some(cursor) = self.reader.as_ref().and_then(beginning) else {
            self.say("there is no text here to select");
            return Vec::new();
        };
        self.selection = Some(Selection::new(cursor));
        self.say("the cursor is in the text: arrows move it, v begins to select, q takes the quotation");
        Vec::new()
    }

    /// Takes up the words, cue and mention of the current claim, to have them corrected.
    pub(super) fn correct(&mut self) -> Vec<Effect> {
        let Some(reader) = &mut self.reader else { return Vec::new() };
        let Some(claim) = reader.claim().cloned() else {
            self.say("this article has no claims");
            return Vec::new();
        };
        let cursor = beginning(reader).unwrap_or(0);
        self.focus = Focus::Text;
        let text = &reader.opened.article.text;
        let selection = Selection::of(claim.id, &claim.claim, text, cursor);
        reader.follow_cursor(selection.cursor);
        self.selection = Some(selection);
        self.lay_out();
        self.say("correct the words, Tab goes on to cue and mention, Enter records it");
        Vec::new()
    }

    /// An arrow with Shift begins to select, as elsewhere.
    pub(super) fn begin_with_shift(&mut self, key: Key) {
        if let Some(selection) = self.selection.as_mut().filter(|_| key.shift) {
            selection.anchor.get_or_insert(selection.cursor);
        }
    }

    pub(super) fn update_selection(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        match action {
            Action::Escape => return self.step_out(),
            Action::MakeClaim => return self.take_selection(stamp),
            Action::AddPart | Action::NextRole => self.keep_range(action == Action::AddPart),
            _ => self.move_cursor(action),
        }
        let (Some(selection), Some(reader)) = (&self.selection, &mut self.reader) else { return Vec::new() };
        reader.follow_cursor(selection.cursor);
        self.deadlines.settle = Some(stamp.tick + SETTLE);
        Vec::new()
    }

    fn step_out(&mut self) -> Vec<Effect> {
        let Some(selection) = &mut self.selection else { return Vec::new() };
        match selection.step_out() {
            Out::Unselected => {}
            Out::Dropped(left) => self.say(format!("part let go, {} left", count(left, "part is", "parts are"))),
            Out::Left => self.selection = None,
        }
        Vec::new()
    }

    fn keep_range(&mut self, as_part: bool) {
        let (Some(selection), Some(reader)) = (&mut self.selection, &self.reader) else { return };
        let ground = ground(reader);
        let said = if as_part {
            selection
                .add_part(&ground)
                .map(|parts| format!("{} kept: select the next one", count(parts, "part", "parts")))
        } else {
            selection.next_role(&ground).map(|role| asked(role).to_owned())
        };
        match said {
            Ok(words) => self.say(words),
            Err(why) => self.warn(why),
        }
    }

    fn move_cursor(&mut self, action: Action) {
        let rows = self.panes().text_rows().max(2) as isize;
        let (Some(selection), Some(reader)) = (&mut self.selection, &mut self.reader) else { return };
        let at = selection.cursor;
        let lines = match action {
            Action::Down => Some(1),
            Action::Up => Some(-1),
            Action::HalfDown => Some(rows / 2),
            Action::HalfUp => Some(-rows / 2),
            Action::PageDown => Some(rows - 1),
            Action::PageUp => Some(1 - rows),
            _ => None,
        };
        if let Some(lines) = lines {
            let column = *selection.column.get_or_insert_with(|| reader.column_of(at));
            selection.cursor = reader.letter_across(at, lines, column);
            return;
        }
        let letter = match action {
            Action::LetterLeft | Action::LetterRight => reader.letter_beside(at, action == Action::LetterLeft),
            Action::LineStart | Action::LineEnd => Some(reader.end_of_row(at, action == Action::LineEnd)),
            Action::Top | Action::Bottom => reader.end_of_text(action == Action::Bottom),
            _ => return self.move_by_unit(action),
        };
        selection.column = None;
        selection.cursor = letter.unwrap_or(at);
    }

    fn move_by_unit(&mut self, action: Action) {
        let (Some(selection), Some(reader)) = (&mut self.selection, &self.reader) else { return };
        let ground = ground(reader);
        let claims = &reader.opened.claims;
        let (moved, none) = match action {
            Action::WordRight => (selection.step(&ground, Unit::Word, false), "this is the last word"),
            Action::WordLeft => (selection.step(&ground, Unit::Word, true), "this is the first word"),
            Action::NextSentence => (selection.step(&ground, Unit::Sentence, false), "this is the last sentence"),
            Action::PreviousSentence => (selection.step(&ground, Unit::Sentence, true), "this is the first sentence"),
            Action::NextParagraph => (selection.step(&ground, Unit::Paragraph, false), "this is the last paragraph"),
            Action::PreviousParagraph => {
                (selection.step(&ground, Unit::Paragraph, true), "this is the first paragraph")
            }
            Action::SelectWord => (selection.select_unit(&ground, Unit::Word), "there is no word here"),
            Action::SelectSentence => (selection.select_unit(&ground, Unit::Sentence), "there is no sentence here"),
            Action::SelectParagraph => (selection.select_unit(&ground, Unit::Paragraph), "there is no paragraph here"),
            Action::SelectQuotation => {
                let is_claimed = |range: ByteRange| claims.iter().any(|claim| is_made_of(claim, &[range]));
                (selection.select_quotation(&ground, is_claimed), "there is no quotation here or below")
            }
            Action::Anchor => {
                selection.toggle_anchor();
                (true, "")
            }
            Action::SwapEnds => {
                selection.swap_ends();
                (selection.anchor.is_some(), "nothing is selected yet: v begins")
            }
            _ => return,
        };
        if !moved {
            self.say(none);
        }
    }

    /// Makes a claim of what was selected, or corrects the one it is about.
    fn take_selection(&mut self, stamp: Stamp) -> Vec<Effect> {
        let (Some(selection), Some(reader)) = (&self.selection, &self.reader) else { return Vec::new() };
        let chosen = match selection.choose(&ground(reader)) {
            Ok(chosen) => chosen,
            Err(why) => {
                self.warn(why);
                return Vec::new();
            }
        };
        match selection.claim.clone() {
            Some(id) => {
                let claim = reader.opened.claims.iter().find(|claim| claim.id == id);
                if claim.is_some_and(|claim| is_as_before(claim, &chosen)) {
                    self.say("nothing changed: it stands so already");
                    self.selection = None;
                    return Vec::new();
                }
                let change = Change::Ranges(draft::ranges(&reader.opened.article.text, &chosen));
                self.selection = None;
                vec![self.act(Deed::Amend { claims: vec![id], change: Box::new(change) }, stamp)]
            }
            None => self.make_claim(chosen),
        }
    }

    fn make_claim(&mut self, chosen: Chosen) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        if let Some(number) = reader.opened.claims.iter().position(|claim| is_made_of(claim, &chosen.parts)) {
            self.say(format!("these words are claim {} already; e corrects a claim", number + 1));
            return Vec::new();
        }
        let draft = Draft::new(&reader.opened, chosen);
        if let Some(selection) = &mut self.selection {
            selection.draft = Some(draft);
        }
        self.ask_for_new_speaker()
    }

    /// Asks who made the claim that is being made, the likely one first.
    fn ask_for_new_speaker(&mut self) -> Vec<Effect> {
        let draft = self.selection.as_ref().and_then(|selection| selection.draft.as_ref());
        let (Some(draft), Some(reader)) = (draft, &self.reader) else { return Vec::new() };
        let start = draft.chosen.parts.first().map_or(0, |part| part.start);
        let before = |claim: &&Annotation| claim.claim.extent().is_some_and(|extent| extent.start < start);
        let at = reader.opened.claims.iter().take_while(before).count();
        let likely = draft.speaker.as_ref().map(|speaker| speaker.name.clone());
        let effects = self.choose_speaker(Whose::New, at);
        if let (Some(name), Some(chooser)) = (likely, &mut self.choosing.chooser) {
            chooser.prefer(&name);
        }
        effects
    }

    /// Takes who made the claim, and asks for its form.
    pub(super) fn take_new_speaker(&mut self, told: Option<Attribution>) -> Vec<Effect> {
        if let Some(draft) = self.selection.as_mut().and_then(|selection| selection.draft.as_mut()) {
            draft.speaker = told;
        }
        self.ask_for_form()
    }

    /// Asks how the claim is told that is being made, the likely answer under the cursor.
    fn ask_for_form(&mut self) -> Vec<Effect> {
        let Some(draft) = self.selection.as_ref().and_then(|selection| selection.draft.as_ref()) else {
            return Vec::new();
        };
        let likely = Form::ALL.iter().position(|form| *form == draft.form).unwrap_or(0);
        let item =
            |(place, form): (usize, &Form)| Item { number: Some(place + 1), text: in_words(*form).to_owned(), place };
        self.show_menu(Kind::Form, Form::ALL.iter().enumerate().map(item).collect(), likely);
        Vec::new()
    }

    /// Records the claim that is being made, told so.
    pub(super) fn take_form(&mut self, form: usize, stamp: Stamp) -> Vec<Effect> {
        let draft = self.selection.take().and_then(|selection| selection.draft);
        let (Some(mut draft), Some(reader)) = (draft, &self.reader) else { return Vec::new() };
        draft.form = Form::ALL.get(form).copied().unwrap_or(draft.form);
        let claim = draft.claim(&reader.opened, stamp.group);
        self.loading.made = Some(claim.id.clone());
        vec![self.act(Deed::Claim(Box::new(claim)), stamp)]
    }

    /// The claim that is being made, in words: `Mme Roy: Non`.
    pub fn draft_in_words(&self) -> String {
        let draft = self.selection.as_ref().and_then(|selection| selection.draft.as_ref());
        let (Some(draft), Some(reader)) = (draft, &self.reader) else { return String::new() };
        let text = &reader.opened.article.text;
        let words: Vec<&str> = draft.chosen.parts.iter().map(|part| part.of(text)).collect();
        let speaker = draft.speaker.as_ref().map_or("no speaker named", |speaker| &speaker.name);
        format!("{speaker}: {}", words.join(GAP))
    }

    /// Whether it is worth saying that there is a key for something while selecting.
    pub fn is_of_use(&self, action: Action) -> bool {
        let Some(selection) = &self.selection else { return true };
        let selecting = selection.anchor.is_some();
        match action {
            Action::MakeClaim => selecting || selection.parts() > 0,
            Action::AddPart | Action::SwapEnds => selecting,
            Action::Anchor => !selecting,
            Action::NextRole => selection.claim.is_some(),
            _ => true,
        }
    }

    /// What is being selected, in words: `14 words`, `part 2: 3 words`, `cue: none`.
    pub fn selection_in_words(&self) -> Option<String> {
        let (selection, reader) = (self.selection.as_ref()?, self.reader.as_ref()?);
        let text = &reader.opened.article.text;
        let words = selection.range(text).map(|range| segment::count_words(range.of(text)));
        let words = words.map(|words| count(words, "word", "words"));
        Some(match (selection.role(), words, selection.parts()) {
            (Role::Words, None, 0) => String::new(),
            (Role::Words, Some(words), 0) => words,
            (Role::Words, words, parts) => {
                format!("part {}{}", parts + 1, words.map_or_else(String::new, |words| format!(": {words}")))
            }
            (role, Some(words), _) => format!("{}: {words}", role.word()),
            (role, None, _) => format!("{}: none", role.word()),
        })
    }
}

/// What moves over a reader's text.
fn ground(reader: &Reader) -> Ground<'_> {
    Ground { text: &reader.opened.article.text, blocks: &reader.opened.article.blocks }
}

/// Where a selection begins: at the hit that a search is at, at the claim that somebody went to, at the first
/// quotation that no claim covers, at the current claim, at the first word, whatever of these is on the screen first.
fn beginning(reader: &Reader) -> Option<usize> {
    let shown = reader.shown();
    let ground = ground(reader);
    let claims = &reader.opened.claims;
    let seen = |at: &usize| shown.contains(*at);
    let claim = reader.claim().and_then(|claim| claim.claim.extent()).map(|extent| extent.start).filter(seen);
    let is_free = |range: &ByteRange| {
        !claims.iter().any(|claim| claim.claim.parts.iter().any(|part| part.intersect(*range).is_some()))
    };
    let quotation = || {
        let found = ground.quotations_in(shown).into_iter().map(|quotation| quotation.inside);
        found.filter(is_free).map(|inside| inside.start).find(seen)
    };
    let word = || ground.from(Unit::Word, shown.start).map(|word| word.start.max(shown.start)).filter(seen);
    let hit = reader.search.as_ref().and_then(Search::hit).map(|hit| hit.start).filter(seen);
    hit.or(claim.filter(|_| reader.pointed)).or_else(quotation).or(claim).or_else(word)
}

/// What is to be selected next, in words.
const fn asked(role: Role) -> &'static str {
    match role {
        Role::Words => "the words of the claim",
        Role::Cue => "the cue: the words that attribute; Esc for none",
        Role::Mention => "the mention: the words that name the speaker; Esc for none",
    }
}

/// What a form means.
const fn in_words(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct: in the speaker’s own words, quoted",
        Form::Indirect => "indirect: reported",
        Form::Mixed => "mixed: reported, with quoted fragments",
    }
}

/// Whether a claim that nobody needs to look at has just these parts.
fn is_made_of(claim: &Annotation, parts: &[ByteRange]) -> bool {
    claim.status == Status::Accepted && claim.claim.parts == parts
}

fn is_as_before(claim: &Annotation, chosen: &Chosen) -> bool {
    let Chosen { parts, cue, mention } = chosen;
    claim.claim.parts == *parts && claim.claim.cue == *cue && claim.claim.mention == *mention
}
