//! What a person can do in the reader: one table of names, words for the help, and places.
//!
//! The help overlay, the footer's hints, the names in `config.toml` and the README's table of keys all come
//! from [`ACTIONS`]; there is no second list to fall out of step with it.

use super::citation::Shape;

/// What a key can be bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A step down: the next row, line or claim.
    Down,
    /// A step up.
    Up,
    /// Half a screen down.
    HalfDown,
    /// Half a screen up.
    HalfUp,
    /// A screen down.
    PageDown,
    /// A screen up.
    PageUp,
    /// To the beginning.
    Top,
    /// To the end.
    Bottom,
    /// Opens the article, or goes to the claim in the text.
    Open,
    /// One step back; at the top, out.
    Back,
    /// Out of the innermost: prompt, help, pane, filter.
    Escape,
    /// Ends the reader.
    Quit,
    /// To the next pane.
    NextPane,
    /// To the pane before.
    PreviousPane,
    /// Filters the list.
    Filter,
    /// Lists articles.
    Articles,
    /// Lists claims.
    Claims,
    /// Lists speakers.
    Speakers,
    /// Says more of a speaker: another name, a role, a kind; makes two one, or one two.
    ChangeSpeaker,
    /// Makes the speaker one with the one that may be the same.
    MergeAlike,
    /// Searches in the article.
    Search,
    /// To the next hit of the search.
    NextHit,
    /// To the hit before.
    PreviousHit,
    /// To the next claim.
    NextClaim,
    /// To the claim before.
    PreviousClaim,
    /// To the next paragraph.
    NextParagraph,
    /// To the paragraph before.
    PreviousParagraph,
    /// To the next heading.
    NextHeading,
    /// To the heading before.
    PreviousHeading,
    /// To the next link in the text.
    NextLink,
    /// To the link before.
    PreviousLink,
    /// Opens the next article that nobody has read.
    NextUnread,
    /// Back along the way one came.
    WayBack,
    /// On again, after going back.
    WayOn,
    /// Chooses a heading to go to.
    Outline,
    /// Chooses a link to open.
    Links,
    /// Shows the text alone, or all again.
    Zen,
    /// Makes the lines of the text longer.
    Wider,
    /// Makes them shorter.
    Narrower,
    /// A digit of a claim's number.
    Claim(u8),
    /// To the same claim in another article.
    SameClaim,
    /// Shows or hides the claims panel.
    ToggleClaims,
    /// Tags what is under the cursor or marked.
    Tag,
    /// Chooses a favourite tag.
    Favourites,
    /// Shows all tags.
    Tags,
    /// Gives another name.
    Rename,
    /// Shows what was done.
    History,
    /// Accepts the claim and goes on to the next that waits.
    AcceptClaim,
    /// Rejects it and goes on.
    RejectClaim,
    /// Says who made the claim and goes on.
    Speaker,
    /// Gives it its next form and goes on.
    Form,
    /// Does to the claim what was done to the one before.
    RepeatVerdict,
    /// Shows fewer claims, or all again.
    Narrow,
    /// Marks the claim to be related to another, or says what the marked one is to this one.
    Relate,
    /// Marks the article for a bulk action.
    Mark,
    /// Marks all that are shown, or none.
    MarkAll,
    /// Takes articles out of every view.
    Remove,
    /// Copies the claim or the article, in a form.
    Copy(Shape),
    /// Takes the last act back.
    Undo,
    /// Does it again.
    Redo,
    /// Shows the keys.
    Help,
    /// Asks for an action by its name.
    Command,
    /// Begins a selection in the text.
    Select,
    /// Makes a claim of what is selected, or corrects one.
    MakeClaim,
    /// Selects what stands inside the quotation marks.
    SelectQuotation,
    /// Begins to select at the cursor, or lets go.
    Anchor,
    /// A sentence on.
    NextSentence,
    /// A sentence back.
    PreviousSentence,
    /// Keeps what is selected as a part of the claim, and goes on.
    AddPart,
    /// Goes on to the next part, the cue, the mention.
    NextRole,
    /// To the other end of what is selected.
    SwapEnds,
    /// Selects the word.
    SelectWord,
    /// Selects the sentence.
    SelectSentence,
    /// Selects the paragraph.
    SelectParagraph,
    /// Corrects words, cue and mention of a claim.
    Correct,
    /// Writes a note on the article or the claim.
    Note,
    /// Hands the terminal back to the shell until `fg`.
    Suspend,
    /// Draws everything anew.
    Redraw,
    /// Takes what is in the prompt, or under the cursor of a menu.
    Accept,
    /// Leaves the prompt or menu.
    Cancel,
    /// Completes the word.
    Complete,
    /// Completes the other way round.
    CompleteBack,
    /// To the start of the prompt.
    LineStart,
    /// To its end.
    LineEnd,
    /// A letter left.
    LetterLeft,
    /// A letter right.
    LetterRight,
    /// A word left.
    WordLeft,
    /// A word right.
    WordRight,
    /// Erases the letter before the cursor.
    EraseLeft,
    /// Erases the letter at the cursor.
    EraseRight,
    /// Erases the word before the cursor.
    EraseWord,
    /// Erases all before the cursor.
    EraseToStart,
    /// Erases all after the cursor.
    EraseToEnd,
}

impl Action {
    /// Whether it is the selection's own while there is one.
    pub const fn selects(self) -> bool {
        !matches!(self, Self::Help | Self::Zen | Self::Suspend | Self::Redraw | Self::Quit)
    }
}

/// Where keys are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// In the list, the text and the panel alike.
    Everywhere,
    /// In the article list.
    List,
    /// In the reading pane.
    Text,
    /// In the claims panel.
    Panel,
    /// While words are selected in the text.
    Selection,
    /// In the list of claims.
    Claims,
    /// In the list of speakers.
    Speakers,
    /// On the page of a speaker.
    Page,
    /// In a list over the text: its headings, its links.
    Menu,
    /// In a prompt: filter, tag, command, the help's search.
    Prompt,
}

impl Mode {
    /// Every mode, in the order of the help.
    pub const ALL: [Self; 10] = [
        Self::Everywhere,
        Self::List,
        Self::Text,
        Self::Selection,
        Self::Panel,
        Self::Claims,
        Self::Speakers,
        Self::Page,
        Self::Menu,
        Self::Prompt,
    ];

    /// The mode's name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::List => "list",
            Self::Text => "text",
            Self::Selection => "selection",
            Self::Panel => "panel",
            Self::Claims => "claims",
            Self::Speakers => "speakers",
            Self::Page => "page",
            Self::Menu => "menu",
            Self::Prompt => "prompt",
        }
    }

    /// The mode's heading in help and README.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::List => "In the list",
            Self::Text => "In the text",
            Self::Selection => "While selecting words in the text",
            Self::Panel => "In the claims panel",
            Self::Claims => "In the list of claims",
            Self::Speakers => "In the list of speakers",
            Self::Page => "On the page of a speaker",
            Self::Menu => "In a list of headings, links or forms",
            Self::Prompt => "In a prompt",
        }
    }
}

/// A line of the table.
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name, for configuration and the command prompt.
    pub name: &'static str,
    /// What it does, for the help.
    pub help: &'static str,
    /// A word or two for the footer; empty where it isn't worth a place there.
    pub hint: &'static str,
    /// The modes in which it means something.
    pub modes: &'static [Mode],
}

const OPENING: &[Mode] = &[Mode::List, Mode::Panel, Mode::Claims, Mode::Speakers, Mode::Page];
const CLAIMS: &[Mode] = &[Mode::Text, Mode::Panel];
const EVERYWHERE: &[Mode] =
    &[Mode::Everywhere, Mode::List, Mode::Text, Mode::Panel, Mode::Claims, Mode::Speakers, Mode::Page];
const ALWAYS: &[Mode] =
    &[Mode::Everywhere, Mode::List, Mode::Text, Mode::Selection, Mode::Panel, Mode::Claims, Mode::Speakers, Mode::Page];
const MOVING: &[Mode] = &Mode::ALL;
const PAGING: &[Mode] = &[
    Mode::Everywhere,
    Mode::List,
    Mode::Text,
    Mode::Selection,
    Mode::Panel,
    Mode::Claims,
    Mode::Speakers,
    Mode::Page,
    Mode::Menu,
];
const CHOOSING: &[Mode] = &[Mode::Menu, Mode::Prompt];
const LISTS: &[Mode] = &[Mode::List, Mode::Claims, Mode::Speakers];
const MARKING: &[Mode] = &[Mode::List, Mode::Claims];
const SPEAKERS: &[Mode] = &[Mode::Speakers, Mode::Page];
const MENU: &[Mode] = &[Mode::Menu];
const REMOVING: &[Mode] = &[Mode::List, Mode::Menu];
const TEXT: &[Mode] = &[Mode::Text];
const READING: &[Mode] = &[Mode::Text, Mode::Selection];
const SELECTING: &[Mode] = &[Mode::Selection];
const LETTERS: &[Mode] = &[Mode::Selection, Mode::Prompt];
const PROMPT: &[Mode] = &[Mode::Prompt];

const fn entry(
    action: Action,
    name: &'static str,
    help: &'static str,
    hint: &'static str,
    modes: &'static [Mode],
) -> Entry {
    Entry { action, name, help, hint, modes }
}

/// Every action, in the order of the help; hints stand in the footer in this order too.
pub const ACTIONS: &[Entry] = &[
    entry(Action::Down, "down", "one down: row, line or claim", "move", MOVING),
    entry(Action::Up, "up", "one up", "", MOVING),
    entry(Action::HalfDown, "half-down", "half a screen down", "", PAGING),
    entry(Action::HalfUp, "half-up", "half a screen up", "", PAGING),
    entry(Action::PageDown, "page-down", "a screen down", "", PAGING),
    entry(Action::PageUp, "page-up", "a screen up", "", PAGING),
    entry(Action::Top, "top", "to the beginning", "", PAGING),
    entry(Action::Bottom, "bottom", "to the end", "", PAGING),
    entry(Action::Open, "open", "open the article, the claim in it or the speaker", "open", OPENING),
    entry(Action::Filter, "filter", "filter the list while you type", "filter", LISTS),
    entry(Action::Articles, "articles", "list articles", "", EVERYWHERE),
    entry(Action::Claims, "claims", "list claims: who said what, in all articles", "", EVERYWHERE),
    entry(Action::Speakers, "speakers", "list speakers: who is quoted, how often", "", EVERYWHERE),
    entry(Action::ChangeSpeaker, "change-speaker", "rename, merge, split; role and kind", "change", SPEAKERS),
    entry(Action::MergeAlike, "merge-alike", "merge with the one that may be the same", "", SPEAKERS),
    entry(Action::Search, "search", "search in the article while you type", "search", TEXT),
    entry(Action::NextHit, "next-hit", "next hit of the search", "", TEXT),
    entry(Action::PreviousHit, "previous-hit", "previous hit", "", TEXT),
    entry(Action::NextParagraph, "next-paragraph", "next paragraph", "", READING),
    entry(Action::PreviousParagraph, "previous-paragraph", "previous paragraph", "", READING),
    entry(Action::NextHeading, "next-heading", "next heading", "", TEXT),
    entry(Action::PreviousHeading, "previous-heading", "previous heading", "", TEXT),
    entry(Action::NextLink, "next-link", "next link", "", TEXT),
    entry(Action::PreviousLink, "previous-link", "previous link", "", TEXT),
    entry(Action::NextClaim, "next-claim", "next claim", "claim", EVERYWHERE),
    entry(Action::PreviousClaim, "previous-claim", "previous claim", "", EVERYWHERE),
    entry(Action::Claim(1), "claim-1", "claim 1 (two digits in a row: claim 12)", "", CLAIMS),
    entry(Action::Claim(2), "claim-2", "claim 2", "", CLAIMS),
    entry(Action::Claim(3), "claim-3", "claim 3", "", CLAIMS),
    entry(Action::Claim(4), "claim-4", "claim 4", "", CLAIMS),
    entry(Action::Claim(5), "claim-5", "claim 5", "", CLAIMS),
    entry(Action::Claim(6), "claim-6", "claim 6", "", CLAIMS),
    entry(Action::Claim(7), "claim-7", "claim 7", "", CLAIMS),
    entry(Action::Claim(8), "claim-8", "claim 8", "", CLAIMS),
    entry(Action::Claim(9), "claim-9", "claim 9", "", CLAIMS),
    entry(Action::Claim(0), "claim-0", "a zero, as in claim 10", "", CLAIMS),
    entry(Action::SameClaim, "same-claim", "where another article tells the same, and back", "", EVERYWHERE),
    entry(Action::Outline, "outline", "choose a heading to go to", "", EVERYWHERE),
    entry(Action::Links, "links", "open a link by its number; over SSH it is copied", "", EVERYWHERE),
    entry(Action::NextUnread, "next-unread", "open the next unread article", "", EVERYWHERE),
    entry(Action::WayBack, "way-back", "back along the way you came", "", EVERYWHERE),
    entry(Action::WayOn, "way-on", "on again, after going back", "", EVERYWHERE),
    entry(Action::Zen, "zen", "the text alone, or all again", "", ALWAYS),
    entry(Action::Wider, "wider", "longer lines", "", EVERYWHERE),
    entry(Action::Narrower, "narrower", "shorter lines", "", EVERYWHERE),
    entry(Action::Select, "select", "select words, to make a claim of them", "select", TEXT),
    entry(Action::Correct, "correct", "correct the words, cue and mention of the claim", "", CLAIMS),
    entry(
        Action::MakeClaim,
        "make-claim",
        "make a claim of it, or correct the one you came from",
        "make a claim",
        SELECTING,
    ),
    entry(
        Action::SelectQuotation,
        "select-quotation",
        "inside the quotation marks; again: those around, or the next",
        "quotation",
        SELECTING,
    ),
    entry(Action::Anchor, "anchor", "begin to select here, or let go of what is selected", "begin here", SELECTING),
    entry(Action::NextSentence, "next-sentence", "a sentence on", "sentence", SELECTING),
    entry(Action::PreviousSentence, "previous-sentence", "a sentence back", "", SELECTING),
    entry(Action::AddPart, "add-part", "keep this as a part of the claim, and select another", "add a part", SELECTING),
    entry(
        Action::NextRole,
        "next-role",
        "on to the next part, the cue, the mention, and round",
        "cue, mention",
        SELECTING,
    ),
    entry(Action::SwapEnds, "swap-ends", "to the other end of what is selected", "other end", SELECTING),
    entry(Action::SelectWord, "select-word", "the word; again: one more", "", SELECTING),
    entry(Action::SelectSentence, "select-sentence", "the sentence; again: one more", "", SELECTING),
    entry(Action::SelectParagraph, "select-paragraph", "the paragraph; again: one more", "", SELECTING),
    entry(Action::Note, "note", "write a note on article or claim in your editor", "", EVERYWHERE),
    entry(Action::Tag, "tag", "tag article, claim or all marked: +ia -draft", "tag", EVERYWHERE),
    entry(Action::Favourites, "favourites", "a favourite tag by its digit, on or off", "", EVERYWHERE),
    entry(Action::Tags, "tags", "all tags: filter by one, rename, merge, delete", "", EVERYWHERE),
    entry(Action::AcceptClaim, "accept-claim", "accept the claim, on to the next that waits", "accept", CLAIMS),
    entry(Action::RejectClaim, "reject-claim", "reject the claim and go on", "reject", CLAIMS),
    entry(Action::Speaker, "speaker", "choose who made the claim and go on", "speaker", CLAIMS),
    entry(Action::Form, "form", "direct, indirect or mixed: its next form", "", CLAIMS),
    entry(Action::RepeatVerdict, "repeat", "the same again, for this claim", "", CLAIMS),
    entry(Action::Narrow, "narrow", "show claims: unreviewed, no speaker, unsure, all", "", CLAIMS),
    entry(Action::Relate, "relate", "relate this claim to another: R there too", "", CLAIMS),
    entry(Action::Mark, "mark", "mark for a bulk action", "mark", MARKING),
    entry(Action::MarkAll, "mark-all", "mark all that are shown, or none", "", MARKING),
    entry(Action::Remove, "remove", "remove what is marked or here; undo restores", "", REMOVING),
    entry(Action::Rename, "rename", "rename the tag; a name that exists merges the two", "", MENU),
    entry(Action::Copy(Shape::Citation), "copy", "copy the claim as a citation, or the article's", "copy", EVERYWHERE),
    entry(Action::Copy(Shape::Markdown), "copy-markdown", "copy it as Markdown", "", EVERYWHERE),
    entry(Action::Copy(Shape::Json), "copy-json", "copy it as JSON", "", EVERYWHERE),
    entry(Action::Copy(Shape::Url), "copy-url", "copy the article's address", "", EVERYWHERE),
    entry(Action::Copy(Shape::Id), "copy-id", "copy its id", "", EVERYWHERE),
    entry(Action::Undo, "undo", "undo your last act, also an earlier session's", "undo", EVERYWHERE),
    entry(Action::Redo, "redo", "redo what you undid", "", EVERYWHERE),
    entry(Action::History, "history", "what was done, by whom and when", "", EVERYWHERE),
    entry(Action::NextPane, "next-pane", "next pane", "pane", EVERYWHERE),
    entry(Action::PreviousPane, "previous-pane", "previous pane", "", EVERYWHERE),
    entry(Action::ToggleClaims, "toggle-claims", "show or hide the claims panel", "claims panel", EVERYWHERE),
    entry(Action::Back, "back", "one step back; from the list: quit", "back", EVERYWHERE),
    entry(Action::Escape, "escape", "out of prompt, selection, pane or filter, the innermost", "", ALWAYS),
    entry(Action::Help, "help", "these keys", "help", ALWAYS),
    entry(Action::Command, "command", "run an action by its name", "", EVERYWHERE),
    entry(Action::Suspend, "suspend", "back to the shell, until fg", "", ALWAYS),
    entry(Action::Redraw, "redraw", "draw the screen anew", "", ALWAYS),
    entry(Action::Quit, "quit", "quit", "", MOVING),
    entry(Action::Accept, "accept", "take what you typed or chose", "take it", CHOOSING),
    entry(Action::Cancel, "cancel", "leave it", "leave", CHOOSING),
    entry(Action::Complete, "complete", "complete the word; again: another candidate", "complete", PROMPT),
    entry(Action::CompleteBack, "complete-back", "the candidate before", "", PROMPT),
    entry(Action::LineStart, "line-start", "to the start of the line", "", LETTERS),
    entry(Action::LineEnd, "line-end", "to the end of the line", "", LETTERS),
    entry(Action::LetterLeft, "letter-left", "a letter left", "", LETTERS),
    entry(Action::LetterRight, "letter-right", "a letter right", "", LETTERS),
    entry(Action::WordLeft, "word-left", "a word left", "", LETTERS),
    entry(Action::WordRight, "word-right", "a word right", "word", LETTERS),
    entry(Action::EraseLeft, "erase-left", "erase the letter before the cursor", "", PROMPT),
    entry(Action::EraseRight, "erase-right", "erase the letter at the cursor", "", PROMPT),
    entry(Action::EraseWord, "erase-word", "erase the word before the cursor", "", PROMPT),
    entry(Action::EraseToStart, "erase-to-start", "erase all before the cursor", "", PROMPT),
    entry(Action::EraseToEnd, "erase-to-end", "erase all after the cursor", "", PROMPT),
];

/// The table's line for `action`.
pub fn entry_of(action: Action) -> Option<&'static Entry> {
    ACTIONS.iter().find(|entry| entry.action == action)
}

/// The action of a name, if it means something in `mode`.
pub fn by_name(name: &str, mode: Mode) -> Option<Action> {
    ACTIONS.iter().find(|entry| entry.name == name && entry.modes.contains(&mode)).map(|entry| entry.action)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_action_stands_once_in_the_table() {
        let names: HashSet<_> = ACTIONS.iter().map(|entry| entry.name).collect();
        let actions: HashSet<_> = ACTIONS.iter().map(|entry| entry.action).collect();
        assert_eq!((names.len(), actions.len()), (ACTIONS.len(), ACTIONS.len()));
    }

    #[test]
    fn names_count_only_where_they_mean_something() {
        assert_eq!(by_name("filter", Mode::List), Some(Action::Filter));
        assert_eq!(by_name("filter", Mode::Text), None);
    }
}
