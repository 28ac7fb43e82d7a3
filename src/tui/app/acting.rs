//! Acting: removing, copying, and the prompts that take what is typed.

use super::tagging::complete_tag;
use super::{App, FOLLOW, Help, Prompt, PromptKind, SETTLE};
use crate::config;
use crate::model::{Act, ArticleId, Deed};
use crate::tui::action::{self, Action, Mode};
use crate::tui::citation::{self, Shape};
use crate::tui::effect::{Effect, Stamp};
use crate::tui::layout::Focus;
use crate::tui::prompt::Line;

impl App {
    pub(super) fn ask(&mut self, kind: PromptKind) -> Vec<Effect> {
        self.prompt = Some(Prompt { kind, line: Line::default() });
        Vec::new()
    }

    /// Asks what to look for in the article.
    pub(super) fn ask_for_words(&mut self) -> Vec<Effect> {
        match &self.reader {
            Some(reader) => self.ask(PromptKind::Search(reader.view())),
            None => Vec::new(),
        }
    }

    pub(super) fn remove(&mut self, stamp: Stamp) -> Vec<Effect> {
        let articles = self.library.targets();
        if articles.is_empty() {
            return Vec::new();
        }
        for article in &articles {
            self.library.marked.remove(article);
        }
        vec![self.act(Deed::Remove { articles }, stamp)]
    }

    /// What the user does, to be recorded and undone as a whole.
    pub(super) fn act(&self, deed: Deed, stamp: Stamp) -> Effect {
        let annotator = self.settings.user.clone();
        Effect::Record(Act { group: stamp.group, annotator, time: stamp.time, deeds: vec![deed] })
    }

    /// Copies the claim that is current in the text, else the article.
    pub(super) fn copy(&mut self, shape: Shape) -> Vec<Effect> {
        let claim = self.reader.as_ref().filter(|_| self.focus != Focus::List);
        let claim = claim.and_then(|reader| Some((reader.claim()?, &reader.opened)));
        let row = match self.focus {
            Focus::List => self.library.row().map(|row| &**row),
            _ => self.reader.as_ref().map(|reader| &reader.opened.row),
        };
        let text = match claim {
            Some((claim, opened)) => citation::claim_as(shape, claim, opened),
            None => row.and_then(|row| citation::article_as(shape, row)),
        };
        match text {
            Some(text) => return vec![Effect::Copy(text)],
            None if row.is_some() => self.say("the article has no address to copy"),
            None => self.say("there is nothing here to copy"),
        }
        Vec::new()
    }

    /// The line that takes what is typed.
    fn line(&mut self) -> Option<&mut Line> {
        if let Some(help) = &mut self.help {
            return Some(&mut help.line);
        }
        if let Some(chooser) = &mut self.choosing.chooser {
            return Some(&mut chooser.line);
        }
        match &mut self.prompt {
            Some(prompt) => Some(&mut prompt.line),
            None => self.library.typing.as_mut(),
        }
    }

    /// Takes typed or pasted text; where nothing asks for text, a paste says so and does nothing.
    pub(super) fn type_in(&mut self, text: &str, stamp: Stamp) -> Vec<Effect> {
        match self.line() {
            Some(line) => {
                line.insert(text);
                self.typed(stamp)
            }
            None => {
                self.say("a paste is text: press / or t first, then paste");
                Vec::new()
            }
        }
    }

    /// What follows when the line that takes text has changed.
    fn typed(&mut self, stamp: Stamp) -> Vec<Effect> {
        if let Some(help) = &mut self.help {
            help.top = 0;
            return Vec::new();
        }
        if let Some(chooser) = &mut self.choosing.chooser {
            chooser.typed();
            return Vec::new();
        }
        if let (Some(Prompt { kind: PromptKind::Search(from), line }), Some(reader)) = (&self.prompt, &mut self.reader)
        {
            reader.search_for(line.text(), *from);
            return Vec::new();
        }
        let typing = self.library.typing.as_ref().map(|line| line.text().to_owned());
        match typing.filter(|_| self.prompt.is_none()) {
            Some(filter) if filter != self.library.filter => {
                self.library.filter = filter;
                self.deadlines.follow = Some(stamp.tick + FOLLOW);
                vec![self.list(true)]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn update_help(&mut self, action: Action) -> Vec<Effect> {
        let rows = usize::from(self.size.1.saturating_sub(3));
        let Some(help) = &mut self.help else { return Vec::new() };
        match action {
            Action::Accept => self.help = None,
            Action::Cancel if help.line.text().is_empty() => self.help = None,
            Action::Cancel => *help = Help { line: Line::default(), top: 0, ..*help },
            Action::Down => help.top += 1,
            Action::Up => help.top = help.top.saturating_sub(1),
            action => {
                if help.line.edit(action) {
                    help.top = 0;
                }
            }
        }
        if let Some(help) = &self.help {
            let lines = crate::tui::help::lines(help, &self.settings.keymap).len();
            let top = help.top.min(lines.saturating_sub(rows.max(1)));
            self.help = Some(Help { top, ..help.clone() });
        }
        Vec::new()
    }

    pub(super) fn update_prompt(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        match action {
            Action::Accept => self.accept(stamp),
            Action::Cancel => self.cancel(),
            Action::Complete | Action::CompleteBack => {
                self.complete(action == Action::CompleteBack);
                self.typed(stamp)
            }
            Action::Down | Action::Up if self.prompt.is_none() => {
                self.move_list(if action == Action::Down { 1 } else { -1 }, stamp)
            }
            action => {
                let changed = self.line().is_some_and(|line| line.edit(action));
                if changed { self.typed(stamp) } else { Vec::new() }
            }
        }
    }

    fn cancel(&mut self) -> Vec<Effect> {
        if let Some(prompt) = self.prompt.take() {
            if let (PromptKind::Search(from), Some(reader)) = (prompt.kind, &mut self.reader) {
                // Back to where the search began, as if it had not been.
                reader.go_to_view(from);
                reader.search = None;
            }
            return Vec::new();
        }
        self.library.typing = None;
        self.library.misunderstood = None;
        if self.library.filter.is_empty() {
            return Vec::new();
        }
        self.library.filter.clear();
        vec![self.list(true)]
    }

    fn accept(&mut self, stamp: Stamp) -> Vec<Effect> {
        let Some(prompt) = self.prompt.take() else {
            self.library.typing = None;
            return Vec::new();
        };
        match &prompt.kind {
            PromptKind::Tag(_) => self.tag(prompt, stamp),
            PromptKind::RenameTag(_) => self.rename_tag(prompt, stamp),
            PromptKind::Speaker { .. } => self.take_naming(prompt, stamp),
            PromptKind::Command => self.run(prompt.line.text().trim(), stamp),
            PromptKind::Search(from) => self.keep_search(prompt.line.text(), from.place, stamp),
        }
    }

    /// Keeps a search, or lets go of one that found nothing.
    fn keep_search(&mut self, words: &str, from: usize, stamp: Stamp) -> Vec<Effect> {
        self.deadlines.settle = Some(stamp.tick + SETTLE);
        let found = self.reader.as_ref().and_then(|reader| reader.search.as_ref()).is_some_and(|s| !s.hits.is_empty());
        if found {
            self.leave_place(from);
            return Vec::new();
        }
        if let Some(reader) = &mut self.reader {
            reader.search = None;
        }
        if !words.trim().is_empty() {
            self.say(format!("{} isn't in this article", words.trim()));
        }
        Vec::new()
    }

    fn run(&mut self, name: &str, stamp: Stamp) -> Vec<Effect> {
        let mode = self.pane_mode();
        let name = if name == "q" { "quit" } else { name };
        if name.is_empty() {
            return Vec::new();
        }
        match action::by_name(name, mode).or_else(|| action::by_name(name, Mode::Everywhere)) {
            Some(action) => self.update(action, stamp),
            None => {
                let near = config::nearest(name, commands(mode));
                let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
                self.warn(format!("there is no action {name} here{hint}"));
                Vec::new()
            }
        }
    }

    fn complete(&mut self, back: bool) {
        if let Some(Prompt { kind: PromptKind::Speaker { .. }, line }) = &self.prompt {
            let names = self.complete_name(line.text());
            if let Some(prompt) = &mut self.prompt {
                prompt.line.complete_all(back, names);
            }
            return;
        }
        let mode = self.pane_mode();
        let tags = self.tags.clone();
        let Some(prompt) = &mut self.prompt else { return };
        let kind = prompt.kind.clone();
        prompt.line.complete(back, |word| match kind {
            PromptKind::Tag(_) => complete_tag(word, &tags),
            PromptKind::Search(_) | PromptKind::RenameTag(_) | PromptKind::Speaker { .. } => Vec::new(),
            PromptKind::Command => commands(mode).filter(|name| name.starts_with(word)).map(str::to_owned).collect(),
        });
    }

    pub(super) fn is_open(&self, id: &ArticleId) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.id() == id)
    }
}

fn commands(mode: Mode) -> impl Iterator<Item = &'static str> {
    let here = move |entry: &&action::Entry| entry.modes.contains(&mode) || entry.modes.contains(&Mode::Everywhere);
    action::ACTIONS.iter().filter(here).map(|entry| entry.name)
}
