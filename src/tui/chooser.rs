//! Choosing a speaker: what is typed, who fits it, and whom Enter takes.
//!
//! The likely answer stands first, so that Enter alone is often enough: those who speak in the article, the nearest
//! to the claim before the others, then those of the whole store. What is typed finds them as the list's filter finds
//! articles; what nobody is called makes a new speaker, and says so. The list doesn't know what the choice is for but
//! by [`Whose`].

mod kind;

use std::collections::HashMap;

use super::prompt::Line;
use super::window;
use crate::model::event::Attribution;
use crate::model::listing::SpeakerRow;
use crate::model::{Annotation, ClaimId, Speaker, SpeakerId, SpeakerKind};
use crate::text::fold::fold;
use crate::text::fuzzy::Pattern;

/// What is said for a claim without a speaker.
pub const NOBODY: &str = "nobody is named";

/// Whom a speaker is chosen for.
#[derive(Clone, Debug, PartialEq)]
pub enum Whose {
    /// Claims that are there.
    Claims(Vec<ClaimId>),
    /// One that is being made.
    New,
}

/// Somebody who may be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who, as an event tells it.
    pub told: Attribution,
    /// Claims of theirs: in the article where they speak in it, else in all.
    pub claims: u32,
    /// Whether they speak in the article.
    pub here: bool,
    /// Whether the claim is theirs as it is.
    pub now: bool,
    id: Option<SpeakerId>,
    /// The name and then other names, folded; never none.
    names: Vec<String>,
    /// What they are, folded.
    role: String,
}

impl Candidate {
    fn new(speaker: &Speaker, claims: u32, here: bool) -> Self {
        let mut told = Attribution::from(speaker);
        if !here {
            // What other articles say of somebody isn't what this one says.
            (told.role, told.aliases) = (None, Vec::new());
        }
        let names = std::iter::once(&speaker.name).chain(&speaker.aliases).map(|name| fold(name)).collect();
        let role = speaker.role.as_deref().map(fold).unwrap_or_default();
        Self { told, claims, here, now: false, id: speaker.id, names, role }
    }

    fn is(&self, speaker: &Speaker) -> bool {
        let alike = self.told.kind == speaker.kind && self.names[0] == fold(&speaker.name);
        (self.id.is_some() && self.id == speaker.id) || alike
    }

    /// Whether they are called so, letter for letter but for case and accents.
    fn is_called(&self, folded: &str) -> bool {
        self.names.iter().any(|name| name == folded)
    }

    fn score(&self, pattern: &Pattern) -> Option<i64> {
        let fields: Vec<&str> = self.names.iter().chain([&self.role]).map(String::as_str).collect();
        pattern.score(&fields)
    }
}

/// Where each candidate stands, so that thousands of speakers of the store needn't be compared with one another.
#[derive(Default)]
struct Places {
    by_id: HashMap<SpeakerId, usize>,
    by_name: HashMap<(SpeakerKind, String), usize>,
}

impl Places {
    fn note(&mut self, at: usize, one: &Candidate) {
        if let Some(id) = one.id {
            self.by_id.entry(id).or_insert(at);
        }
        self.by_name.entry((one.told.kind, one.names[0].clone())).or_insert(at);
    }

    /// The first candidate that is this speaker; see [`Candidate::is`].
    fn of(&self, speaker: &Speaker) -> Option<usize> {
        let by_id = speaker.id.and_then(|id| self.by_id.get(&id));
        let by_name = self.by_name.get(&(speaker.kind, fold(&speaker.name)));
        by_id.into_iter().chain(by_name).min().copied()
    }
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// Somebody known.
    Known(usize),
    /// The article doesn't say.
    Nobody,
    /// Somebody whom nobody has named yet.
    New(Attribution),
}

/// The list, what is typed, and the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Chooser {
    /// Whom it is for.
    pub whose: Whose,
    /// What is typed.
    pub line: Line,
    /// The lines that fit; never none.
    pub choices: Vec<Choice>,
    /// The line under the cursor.
    pub cursor: usize,
    /// The first line shown.
    pub top: usize,
    known: Vec<Candidate>,
}

impl Chooser {
    /// Asks whose a claim is that stands at `at` among the claims of its article, as they stand in the text.
    pub fn new(whose: Whose, claims: &[Annotation], at: usize, now: Option<&Speaker>) -> Self {
        let known = near(claims, at, now);
        let mut chooser = Self { whose, line: Line::default(), choices: Vec::new(), cursor: 0, top: 0, known };
        chooser.choose();
        chooser
    }

    /// Takes in those whom the store knows beside those of the article.
    pub fn take(&mut self, rows: &[SpeakerRow]) {
        let mut places = Places::default();
        for (at, one) in self.known.iter().enumerate() {
            places.note(at, one);
        }
        for row in rows {
            if let Some(at) = places.of(&row.speaker) {
                self.known[at].names.extend(row.speaker.aliases.iter().map(|name| fold(name)));
            } else {
                let one = Candidate::new(&row.speaker, row.claims, false);
                places.note(self.known.len(), &one);
                self.known.push(one);
            }
        }
        let chosen = self.choices.get(self.cursor).cloned();
        self.choose();
        let moved = chosen.filter(|_| self.line.text().is_empty());
        self.cursor = moved.and_then(|one| self.choices.iter().position(|other| *other == one)).unwrap_or(0);
    }

    /// Puts somebody first, where they speak in the article: the likely answer.
    pub fn prefer(&mut self, name: &str) {
        if let Some(at) = self.known.iter().position(|one| one.here && one.told.name == name) {
            self.known[..=at].rotate_right(1);
            self.typed();
        }
    }

    /// Somebody of the list.
    pub fn candidate(&self, at: usize) -> Option<&Candidate> {
        self.known.get(at)
    }

    /// Whether the claim is so already.
    pub fn is_now(&self, choice: &Choice) -> bool {
        match choice {
            Choice::Known(at) => self.known.get(*at).is_some_and(|one| one.now),
            Choice::Nobody => matches!(self.whose, Whose::Claims(_)) && !self.known.iter().any(|one| one.now),
            Choice::New(_) => false,
        }
    }

    /// Whom Enter takes; `None` for nobody.
    pub fn chosen(&self) -> Option<Attribution> {
        match self.choices.get(self.cursor)? {
            Choice::Known(at) => self.known.get(*at).map(|one| one.told.clone()),
            Choice::Nobody => None,
            Choice::New(told) => Some(told.clone()),
        }
    }

    /// What follows when the line has changed: the best line is under the cursor.
    pub fn typed(&mut self) {
        self.choose();
        (self.cursor, self.top) = (0, 0);
    }

    /// Moves the cursor, round the ends.
    pub fn step(&mut self, steps: isize) {
        let count = self.choices.len().max(1) as isize;
        self.cursor = (self.cursor as isize + steps).rem_euclid(count) as usize;
    }

    /// Brings the cursor into a window of `rows` rows.
    pub fn show_cursor(&mut self, rows: usize) {
        self.top = window::top(self.top, self.cursor, rows, self.choices.len());
    }

    /// Those who fit what is typed: who is called just so, then the best matches of those who
    /// speak in the article, then of the others, then nobody, then somebody new.
    fn choose(&mut self) {
        let typed = self.line.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = fold(&typed);
        let pattern = Pattern::new(&typed);
        let score = |one: &Candidate| one.score(&pattern).map(|score| (one.is_called(&folded), one.here, score));
        let known = self.known.iter().enumerate();
        let mut fitting: Vec<_> = known.filter_map(|(at, one)| Some((score(one)?, at))).collect();
        // The order of nearness stays between equals, and where nothing is typed.
        fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let exact = fitting.first().is_some_and(|((called, ..), _)| *called);
        self.choices = fitting.into_iter().map(|(_, at)| Choice::Known(at)).collect();
        if typed.is_empty() {
            let here = self.known.iter().take_while(|one| one.here).count();
            self.choices.insert(here, Choice::Nobody);
        } else if pattern.score(&[NOBODY]).is_some() {
            self.choices.push(Choice::Nobody);
        }
        if !typed.is_empty() && !exact {
            self.choices.push(Choice::New(kind::speaker(&typed)));
        }
    }
}

/// Those who speak in the article, the nearest to a claim first and who it is said to be last.
fn near(claims: &[Annotation], at: usize, now: Option<&Speaker>) -> Vec<Candidate> {
    let mut found: Vec<(Candidate, usize)> = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        let Some(speaker) = &claim.claim.speaker else { continue };
        // Who spoke just before is likelier than who speaks next.
        let far = if i < at { 2 * (at - i) } else { 2 * (i - at) + 1 };
        match found.iter_mut().find(|(one, _)| one.is(speaker)) {
            Some((one, nearest)) => {
                one.claims += 1;
                *nearest = far.min(*nearest);
            }
            None => found.push((Candidate::new(speaker, 1, true), far)),
        }
    }
    for (one, _) in &mut found {
        one.now = now.is_some_and(|now| one.is(now));
    }
    found.sort_by_key(|(one, far)| (one.now, *far, std::cmp::Reverse(one.claims)));
    found.into_iter().map(|(one, _)| one).collect()
}

#[cfg(test)]
mod tests;
