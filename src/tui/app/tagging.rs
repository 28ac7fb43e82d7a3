//! Tagging: what a tag goes on, the favourites on a digit, and the tags themselves, to be renamed, merged and deleted.

use super::moving::count;
use super::{App, Prompt, PromptKind};
use crate::model::{Deed, Subject, Tag};
use crate::text::fold::fold;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Stamp};
use crate::tui::layout::Focus;
use crate::tui::menu::{Item, Kind};
use crate::tui::pivot::Pivot;
use crate::tui::prompt::Line;

/// Favourites that a digit chooses.
const FAVOURITES: usize = 9;

impl App {
    /// What a tag goes on: the claim in the panel, the article in the text, the marked or current ones in the list.
    fn taggable(&self) -> Vec<Subject> {
        if self.page_shown() {
            let row = self.pivots.page.as_ref().and_then(|page| page.claims.row());
            return row.map(|row| Subject::Claim(row.claim.id.clone())).into_iter().collect();
        }
        match self.focus {
            Focus::List if self.pivots.pivot == Pivot::Claims => self.pivots.targets(),
            Focus::List => self.library.targets().into_iter().map(Subject::Article).collect(),
            Focus::Text => self.reader.iter().map(|reader| Subject::Article(reader.id().clone())).collect(),
            Focus::Panel => {
                let claim = self.reader.as_ref().and_then(|reader| reader.claim());
                claim.map(|claim| Subject::Claim(claim.id.clone())).into_iter().collect()
            }
        }
    }

    /// Asks for tags to put on and take off.
    pub(super) fn ask_for_tags(&mut self) -> Vec<Effect> {
        let subjects = self.taggable();
        if subjects.is_empty() {
            self.say("there is nothing here to tag");
            return Vec::new();
        }
        self.ask(PromptKind::Tag(subjects))
    }

    /// Shows the favourite tags, each with its digit: those of the configuration, then those most used.
    pub(super) fn show_favourites(&mut self) -> Vec<Effect> {
        let subjects = self.taggable();
        if subjects.is_empty() {
            self.say("there is nothing here to tag");
            return Vec::new();
        }
        let own = self.settings.favourites.iter();
        let used = self.tags.iter().map(|(tag, _)| tag).filter(|tag| !self.settings.favourites.contains(tag));
        let favourites: Vec<&Tag> = own.chain(used).take(FAVOURITES).collect();
        let item = |(i, tag): (usize, &&Tag)| {
            let here = if self.all_carry(&subjects, tag) { "  ✓ takes it off" } else { "" };
            Item { number: Some(i + 1), text: format!("{}{here}", tag.as_str()), place: i }
        };
        let items = favourites.iter().enumerate().map(item).collect();
        let tags = favourites.into_iter().cloned().collect();
        if !self.show_menu(Kind::Favourites { subjects, tags }, items, 0) {
            self.say("there are no tags yet: t makes the first");
        }
        Vec::new()
    }

    /// Puts a favourite on, or takes it off where all carry it.
    pub(super) fn toggle_tag(&self, subjects: Vec<Subject>, tag: Tag, stamp: Stamp) -> Effect {
        let (mut add, mut remove) = (Vec::new(), Vec::new());
        if self.all_carry(&subjects, &tag) {
            remove.push(tag);
        } else {
            add.push(tag);
        }
        self.act(Deed::Tag { subjects, add, remove }, stamp)
    }

    fn all_carry(&self, subjects: &[Subject], tag: &Tag) -> bool {
        let reader = self.reader.as_ref();
        subjects.iter().all(|subject| match subject {
            Subject::Article(id) => {
                let row = self.library.rows.iter().map(|row| &**row).find(|row| row.id == *id);
                let open = reader.map(|reader| &reader.opened.row).filter(|row| row.id == *id);
                open.or(row).is_some_and(|row| row.tags.contains(tag))
            }
            Subject::Claim(id) => {
                let claim = reader.and_then(|reader| reader.opened.claims.iter().find(|claim| claim.id == *id));
                let page = self.pivots.page.iter().flat_map(|page| &page.claims.rows);
                let listed = self.pivots.claims.rows.iter().chain(page).find(|row| row.claim.id == *id);
                claim.or(listed.map(|row| &row.claim)).is_some_and(|claim| claim.tags.contains(tag))
            }
        })
    }

    /// Shows all tags with how often each is used.
    pub(super) fn show_tags(&mut self) -> Vec<Effect> {
        let items = self.tag_items();
        if !self.show_menu(Kind::Tags, items, 0) {
            self.say("there are no tags yet: t makes the first");
        }
        Vec::new()
    }

    fn tag_items(&self) -> Vec<Item> {
        let item = |(i, (tag, used)): (usize, &(Tag, u64))| Item {
            number: None,
            text: format!("{}  {used}", tag.as_str()),
            place: i,
        };
        self.tags.iter().enumerate().map(item).collect()
    }

    /// Takes the tags as they are now; a list of them that is open shows it.
    pub(super) fn take_tags(&mut self, tags: Vec<(Tag, u64)>) {
        self.tags = tags;
        if let Some(cursor) = self.menu.as_ref().filter(|menu| menu.kind == Kind::Tags).map(|menu| menu.cursor) {
            let items = self.tag_items();
            self.menu = None;
            self.show_menu(Kind::Tags, items, cursor);
        }
    }

    /// Renames or deletes the tag under the cursor of their list.
    pub(super) fn change_tag(&mut self, action: Action, stamp: Stamp) -> Vec<Effect> {
        let at = self.menu.as_ref().filter(|menu| menu.kind == Kind::Tags).map(|menu| menu.item().place);
        let Some((tag, _)) = at.and_then(|at| self.tags.get(at)).cloned() else { return Vec::new() };
        if action == Action::Remove {
            return vec![self.act(Deed::DeleteTag { tag }, stamp)];
        }
        let line = Line::new(tag.as_str());
        self.prompt = Some(Prompt { kind: PromptKind::RenameTag(tag), line });
        Vec::new()
    }

    /// Renames a tag; the name of another one merges the two.
    pub(super) fn rename_tag(&mut self, prompt: Prompt, stamp: Stamp) -> Vec<Effect> {
        let PromptKind::RenameTag(from) = &prompt.kind else { return Vec::new() };
        match Tag::new(prompt.line.text().trim()) {
            Ok(to) if to == *from => Vec::new(),
            Ok(to) => vec![self.act(Deed::RenameTag { from: from.clone(), to }, stamp)],
            Err(why) => {
                self.warn(why.to_string());
                self.prompt = Some(prompt);
                Vec::new()
            }
        }
    }

    /// Puts the typed tags on and takes others off.
    pub(super) fn tag(&mut self, prompt: Prompt, stamp: Stamp) -> Vec<Effect> {
        let PromptKind::Tag(subjects) = &prompt.kind else { return Vec::new() };
        match tags_of(prompt.line.text()) {
            Ok((add, remove)) if add.is_empty() && remove.is_empty() => Vec::new(),
            Ok((add, remove)) => vec![self.act(Deed::Tag { subjects: subjects.clone(), add, remove }, stamp)],
            Err(why) => {
                // What was typed stays, so that it can be mended.
                self.warn(why);
                self.prompt = Some(prompt);
                Vec::new()
            }
        }
    }

    /// Who is asked about in a tag prompt, in words: `3 articles`, `this claim`.
    pub fn subjects_in_words(subjects: &[Subject]) -> String {
        match subjects {
            [Subject::Article(_)] => "this article".to_owned(),
            [Subject::Claim(_)] => "this claim".to_owned(),
            [Subject::Claim(_), ..] => count(subjects.len(), "claim", "claims"),
            several => count(several.len(), "article", "articles"),
        }
    }

    /// The articles with a tag, in the list.
    pub(super) fn filter_by_tag(&mut self, at: usize) -> Vec<Effect> {
        let Some((tag, _)) = self.tags.get(at) else { return Vec::new() };
        let word = tag.as_str();
        let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '’' | '\''));
        self.library.filter = if plain { format!("tag:{word}") } else { format!("tag:\"{word}\"") };
        self.focus = Focus::List;
        vec![self.list(true)]
    }
}

/// Reads `+ia -draft guerre`: tags to put on and to take off; of a tag named twice the last word counts.
fn tags_of(line: &str) -> Result<(Vec<Tag>, Vec<Tag>), String> {
    let (mut add, mut remove): (Vec<Tag>, Vec<Tag>) = (Vec::new(), Vec::new());
    for word in line.split_whitespace() {
        let (off, name) = match word.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, word.strip_prefix('+').unwrap_or(word)),
        };
        let tag = Tag::new(name).map_err(|why| format!("{word}: {why}"))?;
        add.retain(|other| *other != tag);
        remove.retain(|other| *other != tag);
        if off { remove.push(tag) } else { add.push(tag) }
    }
    Ok((add, remove))
}

/// The known tags that begin like `word`, with its sign, most used first.
pub(super) fn complete_tag(word: &str, tags: &[(Tag, u64)]) -> Vec<String> {
    let sign = word.chars().next().filter(|c| matches!(c, '+' | '-'));
    let begun = fold(sign.map_or(word, |sign| &word[sign.len_utf8()..]));
    let sign = sign.unwrap_or('+');
    tags.iter()
        .map(|(tag, _)| tag.as_str())
        .filter(|tag| fold(tag).starts_with(&begun))
        .map(|tag| format!("{sign}{tag}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tags: &[Tag]) -> Vec<&str> {
        tags.iter().map(Tag::as_str).collect()
    }

    #[test]
    fn signs_tell_on_from_off() {
        let (add, remove) = tags_of("+ia -draft guerre #lu +x -x").expect("tags");
        assert_eq!((words(&add), words(&remove)), (vec!["ia", "guerre", "lu"], vec!["draft", "x"]));
        assert!(tags_of("+").is_err() && tags_of("+a,b").is_err());
    }

    #[test]
    fn tags_are_completed_folded_and_with_their_sign() {
        let tags = ["économie", "ia"].map(|t| (Tag::new(t).expect(t), 1));
        assert_eq!(complete_tag("-eco", &tags), ["-économie"]);
        assert_eq!(complete_tag("", &tags), ["+économie", "+ia"]);
    }
}
