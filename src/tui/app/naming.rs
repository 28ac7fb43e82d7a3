//! Naming: what is done to a speaker from the list or their page: another name, a role, a kind, two made one or told apart.
//!
//! A menu says what can be done; what needs words asks for them, with what is there to begin with. Should the store
//! refuse, the prompt comes back with what was typed.

use super::{App, Prompt, PromptKind};
use crate::model::{ArticleId, Deed, SpeakerKey, SpeakerKind};
use crate::text::fold::fold;
use crate::tui::effect::{Effect, Stamp};
use crate::tui::layout::Focus;
use crate::tui::menu::{Item, Kind};
use crate::tui::page::SpeakerView;
use crate::tui::pivot::{Naming, Tried};
use crate::tui::prompt::Line;

impl App {
    /// The speaker under the cursor or of the page.
    fn named(&self) -> Option<&SpeakerKey> {
        match self.focus {
            Focus::List => self.pivots.speakers.row().map(|row| &row.key),
            _ => self.pivots.page.as_ref().map(SpeakerView::key),
        }
    }

    /// The article of the page's current claim, where the page is this speaker's.
    fn named_in(&self, who: &SpeakerKey) -> Option<(ArticleId, String)> {
        let page = self.pivots.page.as_ref().filter(|page| page.key() == who)?;
        let row = &page.claims.row()?.row;
        Some((row.id.clone(), row.title.clone()))
    }

    /// Shows what can be done to the speaker.
    pub(super) fn show_namings(&mut self) -> Vec<Effect> {
        let Some(who) = self.named().cloned() else { return Vec::new() };
        let mut choices = vec![
            ("rename…".to_owned(), Naming::Rename),
            ("role…".to_owned(), Naming::Role),
            ("kind…".to_owned(), Naming::Kind),
            ("merge into another…".to_owned(), Naming::Merge),
            ("tell apart from another…".to_owned(), Naming::Apart),
        ];
        if let Some((article, title)) = self.named_in(&who).filter(|_| who.article.is_none()) {
            choices.push((format!("somebody else in “{title}”: split off"), Naming::Split(article)));
        }
        self.show_choices(who, choices);
        Vec::new()
    }

    fn show_choices(&mut self, who: SpeakerKey, choices: Vec<(String, Naming)>) {
        let item =
            |(i, (text, _)): (usize, &(String, Naming))| Item { number: Some(i + 1), text: text.clone(), place: i };
        let items = choices.iter().enumerate().map(item).collect();
        let choices = choices.into_iter().map(|(_, choice)| choice).collect();
        self.show_menu(Kind::Speaker { who, choices }, items, 0);
    }

    /// Does what was chosen, or asks for what it needs.
    pub(super) fn name(&mut self, who: SpeakerKey, naming: Naming, stamp: Stamp) -> Vec<Effect> {
        match naming {
            Naming::Rename => self.ask_about(who.clone(), Naming::Rename, &who.name),
            Naming::Role => {
                let page = self.pivots.page.as_ref().filter(|page| *page.key() == who);
                let row = self.pivots.speakers.rows.iter().find(|row| row.key == who);
                let speaker = page.map(|page| &page.who.row.speaker).or(row.map(|row| &row.speaker));
                let role = speaker.and_then(|speaker| speaker.role.clone()).unwrap_or_default();
                self.ask_about(who, Naming::Role, &role)
            }
            Naming::Kind => {
                let kinds = SpeakerKind::ALL.iter().map(|kind| (kind.word().to_owned(), Naming::KindIs(*kind)));
                self.show_choices(who, kinds.collect());
                Vec::new()
            }
            Naming::Merge => self.show_mergers(who),
            Naming::MergeTyped | Naming::Apart => {
                let other = self.pivots.alike(&who).and_then(|pair| pair.other(&who));
                let begun = other.map(|row| row.key.name.clone()).unwrap_or_default();
                self.ask_about(who, naming, &begun)
            }
            Naming::KindIs(kind) => {
                let then = SpeakerKey { kind, ..who.clone() };
                self.try_naming(Naming::Kind, Deed::SetKind { speaker: who, kind }, then, stamp)
            }
            Naming::MergeBoth { from, into } => {
                let then = into.clone();
                self.try_naming(Naming::Merge, Deed::Merge { from, into }, then, stamp)
            }
            Naming::Split(article) => {
                let deed = Deed::Split { speaker: who.clone(), articles: vec![article] };
                self.try_naming(Naming::Merge, deed, who, stamp)
            }
        }
    }

    /// Those who may be the same, and last whoever is typed; where there are none, a name is asked for.
    fn show_mergers(&mut self, who: SpeakerKey) -> Vec<Effect> {
        let pairs = self.pivots.alike.iter().filter_map(|pair| Some((pair, pair.other(&who)?)));
        let other = pairs.map(|(pair, other)| {
            let naming = Naming::MergeBoth { from: pair.from.key.clone(), into: pair.into.key.clone() };
            (
                format!("{} ({} claims): one under the name {}", other.speaker.name, other.claims, pair.into.key.name),
                naming,
            )
        });
        let mut choices: Vec<(String, Naming)> = other.collect();
        if choices.is_empty() {
            return self.ask_about(who, Naming::MergeTyped, "");
        }
        choices.push(("another, by name…".to_owned(), Naming::MergeTyped));
        self.show_choices(who, choices);
        Vec::new()
    }

    /// Merges with the one that may be the same, the one who says less into the other.
    pub(super) fn merge_alike(&mut self, stamp: Stamp) -> Vec<Effect> {
        let Some(who) = self.named().cloned() else { return Vec::new() };
        let Some(pair) = self.pivots.alike(&who) else {
            self.say(format!("nobody seems to be the same as {}; e merges by name", who.name));
            return Vec::new();
        };
        let naming = Naming::MergeBoth { from: pair.from.key.clone(), into: pair.into.key.clone() };
        self.name(who, naming, stamp)
    }

    fn ask_about(&mut self, who: SpeakerKey, naming: Naming, begun: &str) -> Vec<Effect> {
        self.prompt = Some(Prompt { kind: PromptKind::Speaker { who, naming }, line: Line::new(begun) });
        Vec::new()
    }

    /// Takes what was typed about a speaker.
    pub(super) fn take_naming(&mut self, prompt: Prompt, stamp: Stamp) -> Vec<Effect> {
        let PromptKind::Speaker { who, naming } = prompt.kind.clone() else { return Vec::new() };
        let typed = prompt.line.text().trim().to_owned();
        if typed.is_empty() && naming != Naming::Role {
            return Vec::new();
        }
        let other = || self.by_name(&typed, &who);
        let (deed, then) = match naming {
            Naming::Role => {
                let role = Some(typed.clone()).filter(|role| !role.is_empty());
                (Deed::SetRole { speaker: who.clone(), role }, who.clone())
            }
            Naming::MergeTyped => {
                let into = other();
                (Deed::Merge { from: who.clone(), into: into.clone() }, into)
            }
            Naming::Apart => (Deed::TellApart { speaker: who.clone(), other: other() }, who.clone()),
            _ => {
                let then = SpeakerKey { name: typed.clone(), ..who.clone() };
                (Deed::RenameSpeaker { speaker: who.clone(), name: typed }, then)
            }
        };
        let effect = self.act(deed, stamp);
        self.pivots.tried = Some(Tried { naming, who, line: prompt.line, then });
        vec![effect]
    }

    fn try_naming(&mut self, naming: Naming, deed: Deed, then: SpeakerKey, stamp: Stamp) -> Vec<Effect> {
        let who = then.clone();
        self.pivots.tried = Some(Tried { naming, who, line: Line::default(), then });
        vec![self.act(deed, stamp)]
    }

    /// The store refused: what was typed can be mended.
    pub(super) fn give_back_naming(&mut self) {
        let Some(Tried { naming, who, line, .. }) = self.pivots.tried.take() else { return };
        if self.prompt.is_none() && !line.text().is_empty() {
            self.prompt = Some(Prompt { kind: PromptKind::Speaker { who, naming }, line });
        }
    }

    /// The speaker whose name was typed; one across the store before one of a single article.
    fn by_name(&self, typed: &str, who: &SpeakerKey) -> SpeakerKey {
        let folded = fold(typed);
        let named = || self.pivots.everybody.iter().filter(|key| *key != who && fold(&key.name) == folded);
        let known = named().find(|key| key.article.is_none()).or_else(|| named().next());
        known.cloned().unwrap_or_else(|| SpeakerKey { name: typed.to_owned(), kind: who.kind, article: None })
    }

    /// The names that begin as typed, then those in which a word does.
    pub(super) fn complete_name(&self, typed: &str) -> Vec<String> {
        let typed = fold(typed.trim());
        let names = || self.pivots.everybody.iter().map(|key| &key.name);
        let begins = |name: &&String| fold(name).starts_with(&typed);
        let within = |name: &&String| !begins(name) && fold(name).split(' ').any(|word| word.starts_with(&typed));
        let mut found: Vec<String> = names().filter(begins).chain(names().filter(within)).cloned().collect();
        found.dedup();
        found.truncate(20);
        found
    }
}
