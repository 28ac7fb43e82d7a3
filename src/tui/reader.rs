//! The reading pane: the article that is open, its lines at the current measure, where one is in it, and
//! which claim is current.
//!
//! The place is kept as a byte of the text and turned into a line only for the measure at hand; so it
//! survives resizing, other measures and a restart.

mod cursor;

use super::head;
use super::search::Search;
use crate::model::listing::Opened;
use crate::model::{Annotation, ArticleId, BlockKind, ByteRange, Lang};
use crate::text::flow::{self, Language, Line, Mark, Plan, Stretch, Window};
use crate::text::fold::Folded;
use crate::text::link::{self, Link};

/// Rows of the text that are laid out to tell how far something is.
const FAR: usize = 500;

/// How the text is set in its pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Cells that a line has at most.
    pub measure: u16,
    /// Rows of the pane.
    pub rows: usize,
    /// Whether the text stands alone, without its head and the numbers of its claims.
    pub bare: bool,
    /// Whether words are parted at the ends of lines.
    pub hyphenate: bool,
    /// Whether the lines reach to the end of the measure.
    pub justify: bool,
}

/// What is at the top of the pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The first byte shown.
    pub place: usize,
    /// Rows without text above its line.
    pub above: usize,
}

/// An open article, laid out.
#[derive(Debug)]
pub struct Reader {
    /// The article.
    pub opened: Box<Opened>,
    /// The rows of its head.
    pub head: Vec<head::Row>,
    /// The first row shown, of those laid out.
    pub top: usize,
    /// The current claim: an index into the article's claims.
    pub current: Option<usize>,
    /// Whether somebody asked for the current claim, who would like to see it.
    pub pointed: bool,
    /// What is searched for in the text.
    pub search: Option<Search>,
    /// The addresses in the text, in order.
    pub links: Vec<Link>,
    /// The one that somebody went to: an index into `links`.
    pub link: Option<usize>,
    /// The rows laid out: those around the top one.
    window: Window,
    /// The labels before the claims' first words, with the bytes of the letters that they stand before, in order.
    labels: Vec<(usize, String)>,
    /// The text folded, from the first search on.
    folded: Option<Folded>,
    /// The byte that is kept at the top: the first of the top line.
    place: usize,
    setting: Setting,
}

impl Reader {
    /// Lays `opened` out, at the place where reading stopped.
    pub fn new(opened: Box<Opened>, setting: Setting) -> Self {
        let place = opened.place.min(opened.article.text.len());
        let current = (!opened.claims.is_empty()).then_some(0);
        let (head, labels, window) = (Vec::new(), Vec::new(), Window::default());
        let (search, folded, pointed, link) = (None, None, false, None);
        let links = link::links(&opened.article.text);
        let mut reader = Self {
            opened,
            head,
            top: 0,
            current,
            pointed,
            search,
            links,
            link,
            window,
            labels,
            folded,
            place,
            setting,
        };
        reader.lay_out();
        if place > 0 {
            reader.follow_place();
        }
        reader
    }

    /// Takes the article anew (its tags or claims have changed), keeping the place and the current claim.
    pub fn refresh(&mut self, opened: Box<Opened>) {
        let id = self.claim().map(|claim| claim.id.clone());
        let at = self.current.unwrap_or(0);
        if opened.revision == self.opened.revision {
            self.opened = opened;
            self.lay_out();
        } else {
            *self = Self::new(opened, self.setting);
        }
        // Where the claim is gone, the one in its place is current.
        let claims = &self.opened.claims;
        let kept = id.and_then(|id| claims.iter().position(|claim| claim.id == id));
        self.current = kept.or(claims.len().checked_sub(1).map(|last| at.min(last)));
    }

    /// Changes the claims as they are shown, keeping the current one where it is still there.
    pub fn change_claims(&mut self, change: impl FnOnce(&mut Vec<Annotation>)) {
        let id = self.claim().map(|claim| claim.id.clone());
        change(&mut self.opened.claims);
        let claims = &self.opened.claims;
        let kept = id.and_then(|id| claims.iter().position(|claim| claim.id == id));
        self.current =
            kept.or(self.current.map(|at| at.min(claims.len().saturating_sub(1)))).filter(|_| !claims.is_empty());
        // Numbers and head seldom change, and the text is long.
        if self.head != self.head_rows() || (!self.setting.bare && self.labels != labels(&self.opened)) {
            self.lay_out();
        }
    }

    /// The article's id.
    pub fn id(&self) -> &ArticleId {
        &self.opened.row.id
    }

    /// The byte at the top of the pane, worth keeping.
    pub fn place(&self) -> usize {
        if self.at_start() { 0 } else { self.place }
    }

    /// What is at the top.
    pub fn view(&self) -> View {
        View { place: self.place(), above: self.lines().iter().take_while(|line| line.gap).count() }
    }

    /// Sets the text otherwise, keeping the place.
    pub fn set(&mut self, setting: Setting) {
        let rows = std::mem::replace(&mut self.setting.rows, setting.rows);
        let is_new = setting != self.setting;
        self.setting = setting;
        if is_new || self.head != self.head_rows() {
            self.lay_out();
        } else if rows != setting.rows {
            self.settle();
        }
    }

    fn head_rows(&self) -> Vec<head::Row> {
        if self.setting.bare {
            return Vec::new();
        }
        head::rows(&self.opened, self.setting.measure, self.setting.rows)
    }

    fn lay_out(&mut self) {
        // An empty row at the top stays there.
        let above = self.view().above;
        self.head = self.head_rows();
        self.labels = if self.setting.bare { Vec::new() } else { labels(&self.opened) };
        let stretches = stretches(&self.opened, self.setting, self.head.len() as u16);
        let plan = Plan::new(&self.opened.article.text, &stretches, &self.marks(ByteRange::new(0, usize::MAX)));
        self.window = Window::new(plan, self.setting.measure);
        self.go_to_place(above);
    }

    /// Puts the line of the place at the top, or `above` of the rows before it.
    fn go_to_place(&mut self, above: usize) {
        self.top = self.window.go(&self.opened.article.text, self.place);
        let above = if self.place == 0 { usize::MAX } else { above };
        self.rise(above);
        self.settle();
    }

    /// Takes the top row up by `rows` rows, or to the beginning.
    fn rise(&mut self, rows: usize) {
        if rows > self.top {
            self.top += self.window.grow_back(&self.opened.article.text, rows - self.top);
        }
        self.top = self.top.saturating_sub(rows);
    }

    /// Lays out what the pane shows, and lets no row of it stay empty that could hold text.
    fn settle(&mut self) {
        let rows = self.setting.rows.max(1);
        self.window.grow(&self.opened.article.text, self.top + rows);
        let lacking = (self.top + rows).saturating_sub(self.window.lines().len());
        self.rise(lacking);
    }

    /// The rows that the pane shows.
    pub fn lines(&self) -> &[Line] {
        let lines = self.window.lines();
        let top = self.top.min(lines.len());
        &lines[top..lines.len().min(top + self.setting.rows.max(1))]
    }

    /// The labels in a range of the text, as `text::flow` takes them.
    pub fn marks(&self, range: ByteRange) -> Vec<Mark<'_>> {
        let from = self.labels.partition_point(|(at, _)| *at < range.start);
        let labels = self.labels[from..].iter().take_while(|(at, _)| *at < range.end);
        labels.map(|(at, label)| Mark { at: *at, label }).collect()
    }

    /// The links that a line of this range shows.
    pub fn links_in(&self, line: ByteRange) -> &[Link] {
        let first = self.links.partition_point(|link| link.range.end <= line.start);
        let last = self.links.partition_point(|link| link.range.start < line.end);
        self.links.get(first..last).unwrap_or_default()
    }

    /// Whether the beginning of the text is on the screen.
    pub fn at_start(&self) -> bool {
        self.top == 0 && self.window.has_start()
    }

    /// Whether the end of the text is on the screen.
    pub fn at_end(&self) -> bool {
        self.window.has_end() && self.top + self.setting.rows.max(1) >= self.window.lines().len()
    }

    /// How much of the text has been on the screen, in percent.
    pub fn percent(&self) -> usize {
        let end = self.lines().last().map_or(0, |line| line.range.end);
        (end * 100).checked_div(self.opened.article.text.len()).unwrap_or(100)
    }

    /// Scrolls by so many rows; the current claim follows the eye.
    pub fn scroll(&mut self, rows: isize) {
        let before = self.lines().first().copied();
        if rows < 0 {
            self.rise(rows.unsigned_abs());
        } else {
            self.window.grow(&self.opened.article.text, self.top + rows.unsigned_abs() + self.setting.rows.max(1));
            self.top = (self.top + rows.unsigned_abs()).min(self.window.lines().len());
        }
        self.settle();
        self.after_move(before);
    }

    /// Goes to the first row of the text, or the last.
    pub fn go_to_end(&mut self, last: bool) {
        let before = self.lines().first().copied();
        self.place = if last { self.opened.article.text.len() } else { 0 };
        self.go_to_place(0);
        self.after_move(before);
    }

    fn after_move(&mut self, before: Option<Line>) {
        if self.lines().first().copied() != before {
            self.keep_place();
            self.follow_place();
        }
    }

    /// Puts the line of a byte at the top.
    pub fn go_to(&mut self, place: usize) {
        self.go_to_view(View { place, above: 0 });
    }

    /// Shows what was at the top once.
    pub fn go_to_view(&mut self, view: View) {
        self.place = view.place.min(self.opened.article.text.len());
        self.go_to_place(view.above);
        self.keep_place();
        self.follow_place();
    }

    /// The first byte of the block after the top line, or before it, of those that `is_goal` takes.
    pub fn block_beside(&self, back: bool, is_goal: impl Fn(BlockKind) -> bool) -> Option<usize> {
        let place = self.place();
        let mut blocks = self.opened.article.blocks.iter().filter(|block| is_goal(block.kind)).map(|b| b.range.start);
        if back { blocks.take_while(|at| *at < place).last() } else { blocks.find(|at| *at > place) }
    }

    /// Goes to the link after the current one, or before it; where that isn't on the screen, to the next one from
    /// the top on. Which it is.
    pub fn step_link(&mut self, back: bool) -> Option<usize> {
        let (place, last) = (self.place(), self.links.len().checked_sub(1)?);
        let is_seen = |link: &usize| self.lines().iter().any(|l| l.range.intersect(self.links[*link].range).is_some());
        let next = match (self.link.filter(is_seen), back) {
            (Some(link), false) => (link + 1).min(last),
            (Some(link), true) => link.saturating_sub(1),
            (None, false) => self.links.partition_point(|link| link.range.start < place).min(last),
            (None, true) => self.links.partition_point(|link| link.range.start < place).saturating_sub(1),
        };
        self.link = Some(next);
        let range = self.links[next].range;
        self.show(range);
        Some(next)
    }

    fn keep_place(&mut self) {
        let line = self.lines().iter().find(|line| !line.gap);
        self.place = line.map_or(0, |line| line.range.start);
    }

    /// Makes the claim current that is being read. The line being read slides from the first of the pane at
    /// the top of the text to the last of the pane at its end, so that every claim has its turn.
    fn follow_place(&mut self) {
        self.pointed = false;
        let lines = self.lines();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let (before, after) = (first.range.start, self.opened.article.text.len().saturating_sub(last.range.end));
        let slide = (before * (lines.len() - 1)).checked_div(before + after).unwrap_or(0);
        let byte = lines[slide].range.start;
        let being_read = self.opened.claims.iter().position(|c| c.claim.extent().is_some_and(|e| e.end > byte));
        self.current = being_read.or(self.last_placed());
    }

    fn last_placed(&self) -> Option<usize> {
        self.opened.claims.iter().rposition(|claim| claim.claim.extent().is_some())
    }

    /// The current claim.
    pub fn claim(&self) -> Option<&crate::model::Annotation> {
        self.opened.claims.get(self.current?)
    }

    /// Makes a claim current and brings its words onto the screen.
    pub fn go_to_claim(&mut self, claim: usize) {
        if claim >= self.opened.claims.len() {
            return;
        }
        self.current = Some(claim);
        if let Some(extent) = self.opened.claims[claim].claim.extent() {
            self.show(extent);
        }
        self.pointed = true;
    }

    /// Brings a range of the text onto the screen; `true` if the text moved.
    pub fn show(&mut self, range: ByteRange) -> bool {
        let rows = self.setting.rows.max(1);
        let text = &self.opened.article.text;
        let end = range.end.saturating_sub(1).max(range.start);
        if let (Some(first), Some(last)) = (self.window.row_of(range.start), self.window.row_of(end))
            && first >= self.top
            && last < self.top + rows
        {
            return false;
        }
        let first = self.window.go(text, range.start);
        self.window.grow(text, first + rows);
        let last = self.window.row_of(end).unwrap_or(first + rows);
        // A third of the pane stays above: what leads to a claim is mostly before it.
        self.top = first;
        self.rise((rows / 3).min(rows.saturating_sub(last - first + 1)));
        self.settle();
        self.keep_place();
        true
    }

    /// Searches the text, from a place on, and brings the first hit onto the screen; without one the text
    /// is as it was.
    pub fn search_for(&mut self, words: &str, from: View) {
        let folded = self.folded.get_or_insert_with(|| Folded::new(&self.opened.article.text));
        self.search = Some(Search::new(folded, words, from.place));
        self.place = from.place;
        self.go_to_place(from.above);
        self.show_hit();
    }

    /// Goes to the next hit or the one before; `true` where that led round the ends.
    pub fn step_hit(&mut self, back: bool) -> bool {
        let round = self.search.as_mut().is_some_and(|search| search.step(back));
        self.show_hit();
        round
    }

    fn show_hit(&mut self) {
        if let Some(hit) = self.search.as_ref().and_then(Search::hit)
            && self.show(hit)
        {
            self.follow_place();
        }
    }

    /// How far above (negative) or below the screen a range begins, in rows; 0 where it is on it, `None` where it
    /// is too far to be counted.
    pub fn distance(&mut self, range: ByteRange) -> Option<isize> {
        let text = &self.opened.article.text;
        let rows = self.setting.rows.max(1);
        let above = self.lines().first().is_some_and(|line| range.start < line.range.start);
        while self.window.row_of(range.start).is_none() && !self.window.lines().is_empty() {
            let far = if above { self.top } else { self.window.lines().len() - self.top };
            if far > FAR {
                return None;
            }
            if above {
                self.top += self.window.grow_back(text, 1);
            } else {
                self.window.grow(text, self.window.lines().len() + 1);
            }
        }
        let row = self.window.row_of(range.start)?;
        Some(if row < self.top {
            row as isize - self.top as isize
        } else {
            (row + 1).saturating_sub(self.top + rows) as isize
        })
    }

    /// The kind of the block that a line belongs to.
    pub fn kind(&self, stretch: usize) -> BlockKind {
        self.opened.article.blocks.get(stretch).map_or(BlockKind::Paragraph, |block| block.kind)
    }
}

/// The number of a claim as it stands before its first word: `¹²`.
pub fn label(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect()
}

fn labels(opened: &Opened) -> Vec<(usize, String)> {
    let text = &opened.article.text;
    let placed = opened.claims.iter().enumerate();
    let mut labels: Vec<(usize, String)> =
        placed.filter_map(|(i, claim)| Some((flow::seat(text, claim.claim.extent()?.start)?, label(i + 1)))).collect();
    labels.sort_by_key(|(at, _)| *at);
    labels
}

/// How each block is set: headings and posts stand apart, items hang, quotes are set in; the `head` rows of the
/// head stand below the title.
fn stretches(opened: &Opened, setting: Setting, head: u16) -> Vec<Stretch> {
    let blocks = &opened.article.blocks;
    let language = opened.article.lang.filter(|_| setting.hyphenate).map(|lang| match lang {
        Lang::Fr => Language::French,
        Lang::En => Language::English,
    });
    let below = usize::from(opened.article.titled()).min(blocks.len().saturating_sub(1));
    let mut stretches = Vec::with_capacity(blocks.len());
    for (i, block) in blocks.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| blocks[i].kind);
        let is_heading = matches!(block.kind, BlockKind::Title | BlockKind::Heading);
        let (indent, hang) = match block.kind {
            BlockKind::Title | BlockKind::Heading | BlockKind::Paragraph => (0, 0),
            BlockKind::ListItem => (2, 3),
            BlockKind::BlockQuote | BlockKind::Attribution | BlockKind::Post => (4, 0),
        };
        let gap = match (before, block.kind) {
            (Some(BlockKind::ListItem), BlockKind::ListItem)
            | (Some(BlockKind::BlockQuote | BlockKind::Attribution), BlockKind::Attribution) => 0,
            _ => 1,
        };
        // Words set apart are often quoted as they were said, in another language than the article's.
        let own = match block.kind {
            BlockKind::BlockQuote | BlockKind::Post if language.is_some() => {
                Language::of(block.range.of(&opened.article.text))
            }
            _ => None,
        };
        stretches.push(Stretch {
            range: block.range,
            indent,
            hang,
            gap,
            lead: if i == below { head } else { 0 },
            language: own.or(language).filter(|_| !is_heading),
            justified: setting.justify && !is_heading,
        });
    }
    stretches
}
