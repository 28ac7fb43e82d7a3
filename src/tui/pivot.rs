//! The pivots: one filter, and in the left pane the articles, the claims or the speakers that it chooses.
//!
//! Claims come page by page, since a store has more of them than anybody reads: a list knows the article after which
//! the next page begins, and asks for it before its end is in sight. Every list keeps its cursor on what it stood on,
//! whatever comes or goes around it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::page::SpeakerView;
use super::prompt::Line;
use super::window;
use crate::model::listing::{MergeSuggestion, Page, Row, SpeakerRow};
use crate::model::{Annotation, ArticleId, ClaimId, SpeakerKey, SpeakerKind, Subject};

/// Claims that are asked for at a time.
pub const PAGE: usize = 200;
/// Claims before the end of those read at which more are asked for.
const AHEAD: usize = 50;
/// Rows of a claim in a list: two of its words, one of what is known about it.
pub const CLAIM_ROWS: usize = 3;
/// Rows of a speaker in a list.
pub const SPEAKER_ROWS: usize = 2;

/// What the left pane lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pivot {
    /// Articles.
    #[default]
    Articles,
    /// What is said in them.
    Claims,
    /// Who says it.
    Speakers,
}

/// A claim in a list.
#[derive(Clone, Debug)]
pub struct ClaimRow {
    /// Its article.
    pub row: Arc<Row>,
    /// The claim.
    pub claim: Annotation,
}

/// Claims, as many of them as have been read, article by article.
#[derive(Debug, Default)]
pub struct ClaimList {
    /// The claims.
    pub rows: Vec<ClaimRow>,
    /// The one under the cursor; 0 where there are none.
    pub cursor: usize,
    /// The first one shown.
    pub top: usize,
    /// The article after which there are more.
    pub next: Option<ArticleId>,
    /// Whether more have been asked for.
    pub waiting: bool,
}

impl ClaimList {
    /// The claim under the cursor.
    pub fn row(&self) -> Option<&ClaimRow> {
        self.rows.get(self.cursor)
    }

    /// Takes an answer in place of what was there; the cursor stays on its claim, unless it is another question's.
    pub fn take(&mut self, page: Page, fresh: bool) {
        let stay = self.row().filter(|_| !fresh).map(|row| row.claim.id.clone());
        let cursor = if fresh { 0 } else { self.cursor };
        *self = Self { cursor, top: if fresh { 0 } else { self.top }, ..Self::default() };
        self.extend(page);
        self.cursor = cursor.min(self.rows.len().saturating_sub(1));
        if let Some(id) = stay {
            self.go_to(|row| row.claim.id == id);
        }
    }

    /// Takes the next page.
    pub fn extend(&mut self, page: Page) {
        for said in page.said {
            let row = Arc::new(said.row);
            self.rows.extend(said.claims.into_iter().map(|claim| ClaimRow { row: Arc::clone(&row), claim }));
        }
        self.next = page.next;
        self.waiting = false;
    }

    /// The article after which the next claims have to be asked for now, if they have to.
    pub fn lacks(&self) -> Option<&ArticleId> {
        self.next.as_ref().filter(|_| !self.waiting && self.cursor + AHEAD >= self.rows.len())
    }

    /// Moves the cursor by `steps` claims; `true` if it moved.
    pub fn step(&mut self, steps: isize) -> bool {
        window::step(&mut self.cursor, steps, self.rows.len())
    }

    /// Moves the cursor to the first claim that is one; `true` if there is one.
    pub fn go_to(&mut self, is_it: impl Fn(&ClaimRow) -> bool) -> bool {
        let found = self.rows.iter().position(is_it);
        self.cursor = found.unwrap_or(self.cursor);
        found.is_some()
    }

    /// Whether the claim is the first of its article here.
    pub fn opens(&self, at: usize) -> bool {
        at == 0 || self.rows.get(at).zip(self.rows.get(at - 1)).is_some_and(|(one, before)| one.row.id != before.row.id)
    }

    /// Rows that a claim takes, where `top` is the first one shown: an article's title stands above its first claim,
    /// and at the top of the list.
    pub fn height(&self, at: usize, top: usize) -> usize {
        CLAIM_ROWS + usize::from(at == top || self.opens(at))
    }

    /// Brings the cursor into a window of `rows` rows.
    pub fn show_cursor(&mut self, rows: usize) {
        self.top = self.top.min(self.cursor);
        let height = |top: usize| (top..=self.cursor).map(|at| self.height(at, top)).sum::<usize>();
        // No more claims fit than rows; what is farther above need not be added up.
        let mut top = self.top.max(self.cursor.saturating_sub(rows / CLAIM_ROWS));
        while top < self.cursor && height(top) > rows {
            top += 1;
        }
        self.top = top;
    }

    /// How many articles the claims stand in.
    pub fn articles(&self) -> usize {
        (0..self.rows.len()).filter(|at| self.opens(*at)).count()
    }
}

/// Speakers, most claims first.
#[derive(Debug, Default)]
pub struct SpeakerList {
    /// All that the filter chooses.
    pub rows: Vec<SpeakerRow>,
    /// The one under the cursor; 0 where there are none.
    pub cursor: usize,
    /// The first one shown.
    pub top: usize,
    /// What all of them say, added up once: rows ask for their share of it whenever they are drawn.
    length: u64,
}

impl SpeakerList {
    /// The speaker under the cursor.
    pub fn row(&self) -> Option<&SpeakerRow> {
        self.rows.get(self.cursor)
    }

    /// Takes an answer; the cursor stays on its speaker, unless it is another question's.
    pub fn take(&mut self, rows: Vec<SpeakerRow>, fresh: bool) {
        let stay = self.row().filter(|_| !fresh).map(|row| (row.key.clone(), row.speaker.id));
        self.cursor = if fresh { 0 } else { self.cursor.min(rows.len().saturating_sub(1)) };
        self.top = if fresh { 0 } else { self.top };
        self.length = rows.iter().map(|row| row.length).sum();
        self.rows = rows;
        if let Some((key, id)) = stay
            && !self.go_to(|row| row.key == key)
        {
            self.go_to(|row| row.speaker.id == id);
        }
    }

    /// Moves the cursor by `steps` rows; `true` if it moved.
    pub fn step(&mut self, steps: isize) -> bool {
        window::step(&mut self.cursor, steps, self.rows.len())
    }

    /// Moves the cursor to the first speaker that is one; `true` if there is one.
    pub fn go_to(&mut self, is_it: impl Fn(&SpeakerRow) -> bool) -> bool {
        let found = self.rows.iter().position(is_it);
        self.cursor = found.unwrap_or(self.cursor);
        found.is_some()
    }

    /// Brings the cursor into a window of `rows` rows.
    pub fn show_cursor(&mut self, rows: usize) {
        self.top = window::top(self.top, self.cursor, rows / SPEAKER_ROWS, self.rows.len());
    }

    /// The share of a speaker in all that is said here, in percent.
    pub fn share(&self, row: &SpeakerRow) -> usize {
        usize::try_from((row.length * 200 / self.length.max(1)).div_ceil(2)).unwrap_or(100)
    }
}

/// What can be done to a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Gives another name.
    Rename,
    /// Says what they are.
    Role,
    /// Says what sort of source they are; which is chosen next.
    Kind,
    /// Says which sort.
    KindIs(SpeakerKind),
    /// Makes them one with another; whom is chosen next.
    Merge,
    /// Makes them one with this one: `from` goes into `into`.
    MergeBoth {
        /// Whose name goes.
        from: SpeakerKey,
        /// Whose name stays.
        into: SpeakerKey,
    },
    /// Makes them one with somebody whose name is typed.
    MergeTyped,
    /// Makes those of this article somebody else.
    Split(ArticleId),
    /// Says that another one is somebody else; whom is typed.
    Apart,
}

/// What was asked of the store in a prompt: should it refuse, the prompt comes back with what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What it was.
    pub naming: Naming,
    /// Who it is done to.
    pub who: SpeakerKey,
    /// What was typed.
    pub line: Line,
    /// What the speaker is called when it is done.
    pub then: SpeakerKey,
}

/// Where to stand when a list comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// In which article.
    pub article: Option<ArticleId>,
    /// At which claim.
    pub claim: Option<ClaimId>,
    /// At which speaker.
    pub speaker: Option<SpeakerKey>,
}

/// The left pane's other lists, the speaker's page, and what leads there and back.
#[derive(Debug, Default)]
pub struct Pivots {
    /// What the left pane lists.
    pub pivot: Pivot,
    /// The claims.
    pub claims: ClaimList,
    /// Claims marked for a bulk action.
    pub marked: BTreeSet<ClaimId>,
    /// The speakers.
    pub speakers: SpeakerList,
    /// The page of a speaker.
    pub page: Option<SpeakerView>,
    /// Whether the reading pane has gone on from the page to an article.
    pub in_text: bool,
    /// Speakers who may be one, and the names of all.
    pub alike: Vec<MergeSuggestion>,
    /// All speakers, most claims first.
    pub everybody: Vec<SpeakerKey>,
    /// Where to stand when the list comes.
    pub goal: Option<Goal>,
    /// Whether the open article is only looked at from a list: its place isn't where reading stopped.
    pub looking: bool,
    /// How long the way was when one went into the text from a list or page.
    pub door: Option<usize>,
    /// The newest question for a page.
    pub generation: u64,
    /// What was asked of the store and isn't answered yet.
    pub tried: Option<Tried>,
}

impl Pivots {
    /// The marked claims, else the one under the cursor.
    pub fn targets(&self) -> Vec<Subject> {
        if self.marked.is_empty() {
            return self.claims.row().map(|row| Subject::Claim(row.claim.id.clone())).into_iter().collect();
        }
        self.marked.iter().cloned().map(Subject::Claim).collect()
    }

    /// Marks the claim under the cursor, or takes its mark away.
    pub fn toggle_mark(&mut self) {
        if let Some(row) = self.claims.row()
            && !self.marked.remove(&row.claim.id)
        {
            self.marked.insert(row.claim.id.clone());
        }
    }

    /// Marks all claims read so far, or takes their marks away where all have one.
    pub fn toggle_all(&mut self) {
        let ids = || self.claims.rows.iter().map(|row| &row.claim.id);
        if ids().all(|id| self.marked.contains(id)) {
            let here: BTreeSet<ClaimId> = ids().cloned().collect();
            self.marked.retain(|id| !here.contains(id));
        } else {
            let here: Vec<ClaimId> = ids().cloned().collect();
            self.marked.extend(here);
        }
    }

    /// The suggestion that makes this speaker one with another, if there is one.
    pub fn alike(&self, who: &SpeakerKey) -> Option<&MergeSuggestion> {
        self.alike.iter().find(|pair| pair.other(who).is_some())
    }
}

/// What a prompt asks about a speaker.
pub fn question(who: &SpeakerKey, naming: &Naming) -> String {
    let name = &who.name;
    match naming {
        Naming::Role => format!("role of {name}: "),
        Naming::MergeTyped => format!("merge {name} into: "),
        Naming::Apart => format!("tell {name} apart from: "),
        _ => format!("rename {name} to: "),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;
    use crate::model::listing::Said;

    /// A page of articles, as many claims in each as the text has.
    fn page(texts: &[&str], more: bool) -> Page {
        let said: Vec<Said> = texts
            .iter()
            .map(|text| {
                let opened = article(text);
                Said { row: opened.row, claims: opened.claims }
            })
            .collect();
        let next = said.last().filter(|_| more).map(|said| said.row.id.clone());
        Page { said, next }
    }

    const ONE: &str = "[a]{A} [b]{B} [c]{A}";
    const TWO: &str = "[d]{A}";

    fn list(texts: &[&str]) -> ClaimList {
        let mut list = ClaimList::default();
        list.take(page(texts, false), true);
        list
    }

    #[test]
    fn the_cursor_stays_on_its_claim_and_falls_back_where_it_is_gone() {
        let mut list = list(&[TWO, ONE]);
        list.step(2);
        assert_eq!(list.row().map(|row| row.claim.quote.as_str()), Some("b"));
        list.take(page(&[ONE], false), false);
        assert_eq!(list.row().map(|row| row.claim.quote.as_str()), Some("b"), "what was above is gone");
        list.take(page(&[TWO], false), false);
        assert_eq!(list.cursor, 0);
        list.take(Page::default(), false);
        assert!(list.row().is_none());
    }

    #[test]
    fn more_is_asked_for_once_before_the_end() {
        let many: String = (0..100).map(|i| format!("[m{i}]{{A}} ")).collect();
        let mut list = ClaimList::default();
        list.take(page(&[&many], true), true);
        assert!(list.lacks().is_none());
        list.step(60);
        assert!(list.lacks().is_some());
        list.waiting = true;
        assert!(list.lacks().is_none());
        list.extend(page(&[TWO], false));
        assert_eq!((list.rows.len(), list.articles(), list.cursor), (101, 2, 60));
        assert!(list.lacks().is_none());
    }

    #[test]
    fn a_title_stands_above_the_first_claim_of_each_article_and_at_the_top() {
        let mut list = list(&[ONE, TWO]);
        let heights = |list: &ClaimList| (list.top..4).map(|at| list.height(at, list.top)).collect::<Vec<_>>();
        assert_eq!(heights(&list), [4, 3, 3, 4]);
        list.step(9);
        list.show_cursor(11);
        assert_eq!((list.top, heights(&list)), (1, vec![4, 3, 4]));
        list.show_cursor(10);
        assert_eq!((list.top, heights(&list)), (2, vec![4, 4]));
        list.show_cursor(1);
        assert_eq!(list.top, 3);
    }
}
