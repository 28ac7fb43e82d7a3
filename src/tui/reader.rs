//! The reading pane: the article that is open, its lines at the current measure, where one is in it, and
//! which claim is current.
//!
//! The place is kept as a byte of the text and turned into a line only for the measure at hand; so it
//! survives resizing, other measures and a restart.

use super::search::Search;
use crate::model::listing::Opened;
use crate::model::{ArticleId, BlockKind, ByteRange};
use crate::text::flow::{self, Flow, Mark, Stretch};
use crate::text::fold::Folded;

/// An open article, laid out.
#[derive(Debug)]
pub struct Reader {
    /// The article.
    pub opened: Box<Opened>,
    /// Its lines at the current measure.
    pub flow: Flow,
    /// The labels before the claims' first words, with their bytes, in order.
    pub labels: Vec<(usize, String)>,
    /// The first line shown.
    pub top: usize,
    /// The current claim: an index into the article's claims.
    pub current: Option<usize>,
    /// What is searched for in the text.
    pub search: Option<Search>,
    /// The text folded, from the first search on.
    folded: Option<Folded>,
    /// The byte that is kept at the top: the first of the top line.
    place: usize,
    measure: u16,
}

impl Reader {
    /// Lays `opened` out for lines of `measure` cells, at the place where reading stopped.
    pub fn new(opened: Box<Opened>, measure: u16, rows: usize) -> Self {
        let labels = labels(&opened);
        let place = opened.place.min(opened.article.text.len());
        let current = (!opened.claims.is_empty()).then_some(0);
        let flow = Flow { lines: Vec::new() };
        let (search, folded) = (None, None);
        let mut reader = Self { opened, flow, labels, top: 0, current, search, folded, place, measure };
        reader.lay_out(rows);
        if place > 0 {
            reader.follow_place(rows);
        }
        reader
    }

    /// Takes the article anew (its tags or claims have changed), keeping the place and the current claim.
    pub fn refresh(&mut self, opened: Box<Opened>, rows: usize) {
        let id = self.claim().map(|claim| claim.id.clone());
        let same_text = opened.revision == self.opened.revision;
        let place = if same_text { self.place } else { opened.place };
        let top = self.top;
        let kept = if same_text { (self.search.take(), self.folded.take()) } else { (None, None) };
        *self = Self { place, ..Self::new(opened, self.measure, rows) };
        (self.search, self.folded) = kept;
        self.current = id.and_then(|id| self.opened.claims.iter().position(|claim| claim.id == id)).or((!self
            .opened
            .claims
            .is_empty())
        .then_some(0));
        if same_text {
            self.top = top.min(self.last_top(rows));
        }
    }

    /// The article's id.
    pub fn id(&self) -> &ArticleId {
        &self.opened.row.id
    }

    /// The byte at the top of the pane, worth keeping.
    pub fn place(&self) -> usize {
        if self.top == 0 { 0 } else { self.place }
    }

    /// Lays out for another measure, keeping the place.
    pub fn set_measure(&mut self, measure: u16, rows: usize) {
        if measure != self.measure {
            self.measure = measure;
            self.lay_out(rows);
        }
        self.top = self.top.min(self.last_top(rows));
    }

    fn lay_out(&mut self, rows: usize) {
        let marks = marks(&self.labels);
        self.flow = flow::flow(&self.opened.article.text, &stretches(&self.opened), &marks, self.measure);
        self.top = if self.place == 0 { 0 } else { self.flow.line_of(self.place).min(self.last_top(rows)) };
    }

    /// The labels as `text::flow` takes them.
    pub fn marks(&self) -> Vec<Mark<'_>> {
        marks(&self.labels)
    }

    fn last_top(&self, rows: usize) -> usize {
        self.flow.lines.len().saturating_sub(rows.max(1))
    }

    /// Whether the end of the text is on the screen.
    pub fn at_end(&self, rows: usize) -> bool {
        self.top >= self.last_top(rows)
    }

    /// How much of the text has been on the screen, in percent.
    pub fn percent(&self, rows: usize) -> usize {
        let lines = self.flow.lines.len().max(1);
        ((self.top + rows).min(lines) * 100) / lines
    }

    /// Scrolls by `lines`; the current claim follows the eye. `true` if the text moved.
    pub fn scroll(&mut self, lines: isize, rows: usize) -> bool {
        let top = self.top.saturating_add_signed(lines).min(self.last_top(rows));
        let moved = std::mem::replace(&mut self.top, top) != top;
        if moved {
            self.keep_place();
            self.follow_place(rows);
        }
        moved
    }

    fn keep_place(&mut self) {
        let line = self.flow.lines.get(self.top..).into_iter().flatten().find(|line| !line.gap);
        self.place = line.map_or(0, |line| line.range.start);
    }

    /// Makes the claim current that is being read. The line being read slides from the first of the pane at
    /// the top of the text to the last of the pane at its end, so that every claim has its turn.
    fn follow_place(&mut self, rows: usize) {
        let last = self.last_top(rows);
        let slide = (self.top * rows.saturating_sub(1)).checked_div(last).unwrap_or(0);
        let line = (self.top + slide).min(self.flow.lines.len().saturating_sub(1));
        let Some(byte) = self.flow.lines.get(line).map(|line| line.range.start) else { return };
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
    pub fn go_to_claim(&mut self, claim: usize, rows: usize) {
        if claim >= self.opened.claims.len() {
            return;
        }
        self.current = Some(claim);
        if let Some(extent) = self.opened.claims[claim].claim.extent() {
            self.show(extent, rows);
        }
    }

    /// Brings a range of the text onto the screen; `true` if the text moved.
    fn show(&mut self, range: ByteRange, rows: usize) -> bool {
        let first = self.flow.line_of(range.start);
        let last = self.flow.line_of(range.end.saturating_sub(1).max(range.start));
        let rows = rows.max(1);
        if first >= self.top && last < self.top + rows {
            return false;
        }
        // A third of the pane stays above: what leads to a claim is mostly before it.
        let above = (rows / 3).min(rows.saturating_sub(last - first + 1));
        self.top = first.saturating_sub(above).min(self.last_top(rows));
        self.keep_place();
        true
    }

    /// Searches the text, from line `top` on, and brings the first hit onto the screen.
    pub fn search_for(&mut self, words: &str, top: usize, rows: usize) {
        let text = &self.opened.article.text;
        let folded = self.folded.get_or_insert_with(|| Folded::new(text));
        let from = self.flow.lines.get(top).map_or(0, |line| line.range.start);
        self.search = Some(Search::new(folded, words, if top == 0 { 0 } else { from }));
        self.top = top.min(self.last_top(rows));
        self.keep_place();
        self.show_hit(rows);
    }

    /// Goes to the next hit or the one before; `true` where that led round the ends.
    pub fn step_hit(&mut self, back: bool, rows: usize) -> bool {
        let round = self.search.as_mut().is_some_and(|search| search.step(back));
        self.show_hit(rows);
        round
    }

    fn show_hit(&mut self, rows: usize) {
        if let Some(hit) = self.search.as_ref().and_then(Search::hit)
            && self.show(hit, rows)
        {
            self.follow_place(rows);
        }
    }

    /// The claim `steps` after the current one, if there is one.
    pub fn claim_after(&self, steps: isize) -> Option<usize> {
        let next = self.current?.checked_add_signed(steps)?;
        (next < self.opened.claims.len()).then_some(next)
    }

    /// How far above (negative) or below the screen a range begins, in lines; 0 where it is on it.
    pub fn distance(&self, range: ByteRange, rows: usize) -> isize {
        let line = self.flow.line_of(range.start);
        if line < self.top {
            line as isize - self.top as isize
        } else {
            (line + 1).saturating_sub(self.top + rows) as isize
        }
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
    let placed = opened.claims.iter().enumerate();
    let mut labels: Vec<(usize, String)> =
        placed.filter_map(|(i, claim)| Some((claim.claim.extent()?.start, label(i + 1)))).collect();
    labels.sort_by_key(|(at, _)| *at);
    labels
}

fn marks(labels: &[(usize, String)]) -> Vec<Mark<'_>> {
    labels.iter().map(|(at, label)| Mark { at: *at, label }).collect()
}

/// How each block is set: headings and posts stand apart, items hang, quotes are set in.
fn stretches(opened: &Opened) -> Vec<Stretch> {
    let blocks = &opened.article.blocks;
    let mut stretches = Vec::with_capacity(blocks.len());
    for (i, block) in blocks.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| blocks[i].kind);
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
        stretches.push(Stretch { range: block.range, indent, hang, gap });
    }
    stretches
}
