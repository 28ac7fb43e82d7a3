//! The places where words may stand in a form, each with how well it fits.
//!
//! Words that stand there letter for letter are found first; where they don't, or where their surroundings have
//! changed as well, words and surroundings are looked for together, approximately, and the cheapest alignments say
//! where the words begin and end. Either way a place is judged alike: by how much of the words, of the text before and
//! of the text after is still the same.
//!
//! Each search is linear in the form for words of a given length, and gives at most [`FEW`] places and some.

use std::cell::Cell;

use memchr::memmem;

use super::form::{self, Form, letters};
use super::myers::{From, Pattern};
use super::{COMPARED, CONTEXT, Quote, occurrences};
use crate::model::range::ByteRange;

/// Places that are judged one by one.
const FEW: usize = 32;

/// Letters of words that are looked for in one piece; of longer ones the two ends are.
const LONG: usize = 384;

/// Letters of such an end, and of the pieces between.
const PIECE: usize = 160;

/// Letters by which a piece of long words may be off the place where it is expected.
const SLACK: usize = 512;

/// Changed letters that an end within a word is as bad as.
const WITHIN_A_WORD: usize = 3;

/// What the words count for, and 32 code points of context on either side; after Hypothesis, which has 50, 20 and 20.
const WORDS: f64 = 50.0;
const AROUND: f64 = 20.0;

/// What context counts for that lies beyond the end of the line, if the line still ends there: paragraphs come and go
/// as a whole.
const BEYOND: f64 = 0.25;

/// The least share of [`AROUND`] that context has beside long words, which speak for themselves.
const BESIDE_LONG: f64 = 0.15;

/// Letters that have to be the same for a place to be sure, or this share where there are fewer in all.
const EVIDENCE: f64 = 16.0;
const NEARLY_ALL: f64 = 0.8;

/// Letters of words that aren't sure beside text of which less than this share is what stood there.
const SHORT: f64 = 32.0;
const FOREIGN: f64 = 0.5;

/// Words, and the text before and after, that are more alike than by accident bear each other out: where each has at
/// least this share, so much of what is missing to a full score is made up for.
const WORDS_BEAR_OUT: f64 = 0.7;
const BEARS_OUT: f64 = 0.6;
const BONUS: f64 = 0.4;

/// Words in the form, with what they count for.
pub(super) struct Words {
    exact: String,
    prefix: Around,
    suffix: Around,
    letters: f64,
}

/// Text on one side of the words.
struct Around {
    text: String,
    letters: f64,
    /// Letters up to the end of the line; `None` if it doesn't end within the text.
    line: Option<usize>,
    /// What it counts for, and what where the line still ends there.
    weight: f64,
    within_line: f64,
    /// Whether no word goes on from it into the quoted ones.
    edge: bool,
}

impl Around {
    /// `raw` is the context, `line` the part of it on the line of the words, of `exact` letters.
    fn new(raw: &str, line: &str, edge: bool, exact: f64) -> Self {
        let text = letters(raw);
        let count = text.chars().count() as f64;
        let near = letters(line).chars().count();
        let beside = AROUND * (CONTEXT as f64 / exact.max(1.0)).clamp(BESIDE_LONG, 1.0);
        let weight = |letters: f64| beside * (letters / CONTEXT as f64).min(1.0);
        Self {
            text,
            letters: count,
            line: (line.len() < raw.len()).then_some(near),
            weight: weight(count),
            within_line: weight(near as f64 * (1.0 - BEYOND) + count * BEYOND),
            edge,
        }
    }
}

impl Words {
    /// `None` where nothing is quoted that can be seen.
    pub(super) fn new(quote: &Quote<'_>) -> Option<Self> {
        let exact = letters(quote.exact);
        if exact.is_empty() {
            return None;
        }
        let from = quote.prefix.char_indices().rev().take(COMPARED).last().map_or(0, |(at, _)| at);
        let to = quote.suffix.char_indices().nth(COMPARED).map_or(quote.suffix.len(), |(at, _)| at);
        let (before, after) = (&quote.prefix[from..], &quote.suffix[..to]);
        let starts = form::is_edge(before.chars().next_back(), quote.exact.chars().next());
        let ends = form::is_edge(quote.exact.chars().next_back(), after.chars().next());
        let count = exact.chars().count() as f64;
        let prefix = Around::new(before, before.rsplit('\n').next().unwrap_or_default(), starts, count);
        let suffix = Around::new(after, after.split('\n').next().unwrap_or_default(), ends, count);
        Some(Self { exact, prefix, suffix, letters: count })
    }

    /// The two ends of long words, each with the words next to it as its context.
    fn ends(&self) -> (Self, Self) {
        let byte = |at: usize| self.exact.char_indices().nth(at).map_or(self.exact.len(), |(at, _)| at);
        let count = self.letters as usize;
        let end = |exact: &str, before: &str, starts: bool, after: &str, ends: bool| Self {
            exact: exact.to_owned(),
            letters: PIECE as f64,
            prefix: Around::new(before, before, starts, PIECE as f64),
            suffix: Around::new(after, after, ends, PIECE as f64),
        };
        let (head, tail) = (byte(PIECE), byte(count - PIECE));
        let next = &self.exact[head..byte(PIECE + CONTEXT)];
        let before = &self.exact[byte(count - PIECE - CONTEXT)..tail];
        let mut ends = (
            end(&self.exact[..head], &self.prefix.text, self.prefix.edge, next, false),
            end(&self.exact[tail..], before, false, &self.suffix.text, self.suffix.edge),
        );
        ends.0.prefix.line = self.prefix.line;
        ends.0.prefix.within_line = self.prefix.within_line;
        ends.1.suffix.line = self.suffix.line;
        ends.1.suffix.within_line = self.suffix.within_line;
        ends
    }
}

/// A place where the words may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// In bytes of the form.
    pub(super) at: ByteRange,
    /// How much of the words is the same, 0 to 1.
    pub(super) words: f64,
    /// How much of words and surroundings is.
    pub(super) score: f64,
    /// Whether enough letters are the same for it to be no accident, on both sides where the words are short.
    pub(super) enough: bool,
}

/// How much of the text on one side of a place is that of the words.
struct Likeness {
    /// 0 to 1.
    share: f64,
    /// Letters next to the place that are the same.
    run: usize,
    /// Letters that aren't the same by accident.
    letters: f64,
}

impl Likeness {
    /// Both texts go away from the place; `pattern` is the one of `context`.
    fn new<T>(pattern: &Pattern, context: impl Iterator<Item = char>, text: &T) -> Self
    where
        T: Iterator<Item = char> + Clone,
    {
        let len = pattern.len();
        let distance = pattern.along(text.clone().take(2 * len), From::Here).min().unwrap_or(len).min(len);
        let share = 1.0 - distance as f64 / len.max(1) as f64;
        // Texts that have nothing to do with each other share a good part of their letters, but not one after the other.
        let scattered = len as f64 * (2.0 * share - 1.0);
        let run = context.zip(text.clone()).take_while(|(a, b)| a == b).count();
        Self { share, run, letters: scattered.max(run as f64) }
    }

    /// What it counts for, and whether it is foreign to short words; `is_edge` tells whether a line ends so many letters
    /// away.
    fn weigh(&self, around: &Around, is_edge: impl Fn(usize) -> bool) -> (f64, bool) {
        if around.line.is_some_and(|near| near <= self.run && is_edge(near)) {
            return (around.within_line, false);
        }
        (around.weight, around.letters >= EVIDENCE && self.share < FOREIGN)
    }
}

/// A search for words in a form.
pub(super) struct Search<'a> {
    text: &'a str,
    form: &'a Form,
    words: &'a Words,
    /// The text before the words, backwards, and the text after them.
    before: Pattern,
    after: Pattern,
    work: &'a Cell<u64>,
}

impl<'a> Search<'a> {
    /// `form` is the one of `text`; `work` counts the letters that are compared.
    pub(super) fn new(text: &'a str, form: &'a Form, words: &'a Words, work: &'a Cell<u64>) -> Self {
        let before = Pattern::new(words.prefix.text.chars().rev());
        let after = Pattern::new(words.suffix.text.chars());
        Self { text, form, words, before, after, work }
    }

    fn did(&self, work: usize) {
        self.work.set(self.work.get() + work as u64);
    }

    /// How well a place fits where so much of the words is the same.
    fn judge(&self, at: ByteRange, same: f64) -> Candidate {
        let (prefix, suffix) = (&self.words.prefix, &self.words.suffix);
        let broken = |around: &Around, at| usize::from(around.edge && !self.form.is_edge(at)) * WITHIN_A_WORD;
        let broken = broken(prefix, at.start) + broken(suffix, at.end);
        let same = (same - broken as f64 / self.words.letters).max(0.0);
        self.did(2 * (self.before.len() + self.after.len()));
        let text_before = self.form.letters[..at.start].chars().rev();
        let text_after = self.form.letters[at.end..].chars();
        let before = Likeness::new(&self.before, prefix.text.chars().rev(), &text_before);
        let after = Likeness::new(&self.after, suffix.text.chars(), &text_after);
        let line_starts = |near| self.form.is_line_edge(self.text, self.form.back(at.start, near));
        let line_ends = |near| self.form.is_line_edge(self.text, self.form.ahead(at.end, near));
        let (weigh_before, foreign_before) = before.weigh(prefix, line_starts);
        let (weigh_after, foreign_after) = after.weigh(suffix, line_ends);
        let around = weigh_before * before.share + weigh_after * after.share;
        let raw = (WORDS * same + around) / (WORDS + weigh_before + weigh_after);
        let evidence = self.words.letters * same + before.letters + after.letters;
        let bear_out = same >= WORDS_BEAR_OUT && before.share >= BEARS_OUT && after.share >= BEARS_OUT;
        let bonus = if bear_out && evidence >= 2.0 * EVIDENCE { BONUS * (1.0 - raw) } else { 0.0 };
        let most = self.words.letters + prefix.letters + suffix.letters;
        let foreign = (foreign_before || foreign_after) && self.words.letters < SHORT;
        let enough = evidence >= EVIDENCE.min(NEARLY_ALL * most) && !foreign;
        Candidate { at, words: same, score: raw + bonus, enough }
    }

    /// The places where the words stand, letter for letter, within a range of the form; none where there are many, but
    /// those with the same surroundings as well, of which the one nearest to `near` and another are enough.
    pub(super) fn same(&self, within: ByteRange, near: usize) -> Vec<Candidate> {
        let Words { exact, prefix, suffix, .. } = self.words;
        let whole = [&*prefix.text, exact, &*suffix.text].concat();
        let inner = |at: usize| ByteRange::new(at + prefix.text.len(), at + prefix.text.len() + exact.len());
        let mut alike = self.occurrences(&whole, within).map(inner);
        if let Some(first) = alike.next() {
            let by_distance = |at: &ByteRange| at.start.abs_diff(near);
            let second = alike.next();
            let nearest = second.into_iter().chain(alike).min_by_key(by_distance);
            let both = [Some(first), nearest].into_iter().flatten();
            return both.map(|at| self.judge(at, 1.0)).collect();
        }
        let some: Vec<usize> = self.occurrences(exact, within).take(FEW + 1).collect();
        let few = some.len() <= FEW;
        some.into_iter().filter(|_| few).map(|at| self.judge(ByteRange::new(at, at + exact.len()), 1.0)).collect()
    }

    fn occurrences<'b>(&'b self, needle: &'b str, within: ByteRange) -> impl Iterator<Item = usize> + 'b {
        let hay: &'b str = within.of(&self.form.letters);
        self.did(hay.len());
        // Almost always there is none or one, which is found much faster than several that may overlap.
        let first = memmem::find(hay.as_bytes(), needle.as_bytes()).unwrap_or(hay.len());
        occurrences(&hay.as_bytes()[first..], needle.as_bytes()).map(move |at| within.start + first + at)
    }

    /// The places where words much like these stand in surroundings much like theirs, within a range of the form.
    pub(super) fn alike(&self, within: ByteRange) -> Vec<Candidate> {
        if self.words.letters > LONG as f64 { self.long(within) } else { self.short(within) }
    }

    fn short(&self, within: ByteRange) -> Vec<Candidate> {
        let Words { exact, prefix, suffix, .. } = self.words;
        let (prefix, suffix) = (&*prefix.text, &*suffix.text);
        let whole = Pattern::new(prefix.chars().chain(exact.chars()).chain(suffix.chars()));
        let valleys = self.valleys(&whole, within);
        if valleys.is_empty() {
            return Vec::new();
        }
        let words = Pattern::new(exact.chars());
        let start = Cut::new([prefix, ""], [exact, suffix], self.words.prefix.edge, true);
        let end = Cut::new([prefix, exact], [suffix, ""], self.words.suffix.edge, false);
        let mut found: Vec<Candidate> = Vec::new();
        for Valley { first, last, distance } in valleys {
            for stop in if first == last { vec![first] } else { vec![first, last] } {
                let from = self.form.back(stop, whole.len() + distance).max(within.start);
                let window = ByteRange::new(from, stop);
                let at = ByteRange::new(self.cut(window, &start), self.cut(window, &end));
                if !at.is_empty() && found.iter().all(|other| other.at != at) {
                    found.push(self.judge(at, self.same_words(&words, at)));
                }
            }
        }
        found
    }

    /// Ends of what is like the whole pattern, the likest of those that lie close to each other.
    fn valleys(&self, whole: &Pattern, within: ByteRange) -> Vec<Valley> {
        let most = whole.len() / 2;
        let text = within.of(&self.form.letters);
        self.did(text.len() * whole.len().div_ceil(64));
        let ends = text.char_indices().map(|(at, letter)| within.start + at + letter.len_utf8());
        let mut valleys: Vec<Valley> = Vec::new();
        for (end, distance) in ends.zip(whole.along(text.chars(), From::Anywhere)).filter(|(_, far)| *far <= most) {
            match valleys.last_mut() {
                Some(valley) if end - valley.last <= most.max(1) => valley.widen(end, distance),
                _ => valleys.push(Valley { first: end, last: end, distance }),
            }
            if valleys.len() > 2 * FEW {
                let last = valleys.pop();
                valleys.sort_by_key(|valley| valley.distance);
                valleys.truncate(FEW);
                valleys.extend(last);
            }
        }
        valleys.sort_by_key(|valley| valley.distance);
        valleys.truncate(FEW);
        valleys
    }

    /// Where `window` is best cut into what is like the text before `cut` and what is like the text after it.
    fn cut(&self, window: ByteRange, cut: &Cut) -> usize {
        let text = window.of(&self.form.letters);
        let Cut { left, right, .. } = cut;
        self.did(text.len() * (left.len().div_ceil(64) + right.len().div_ceil(64)));
        let before = std::iter::once(left.len()).chain(left.along(text.chars(), From::Anywhere));
        let after = std::iter::once(right.len()).chain(right.along(text.chars().rev(), From::Anywhere));
        let mut after: Vec<usize> = after.collect();
        after.reverse();
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let cuts = places.zip(before.zip(after)).map(|(at, (before, after))| {
            let within_a_word = cut.edge && !self.form.is_edge(window.start + at);
            let cost = before + after + if within_a_word { WITHIN_A_WORD } else { 0 };
            let neighbours = (text[..at].chars().next_back(), text[at..].chars().next());
            let strangers = u8::from(neighbours.0 != cut.neighbours.0) + u8::from(neighbours.1 != cut.neighbours.1);
            (cost, strangers, at)
        });
        // Of cuts as good, the one that leaves the words shorter: what was put in beside them isn't theirs.
        let best = if cut.at_start {
            cuts.min_by_key(|(cost, strangers, at)| (*cost, *strangers, usize::MAX - at))
        } else {
            cuts.min()
        };
        best.map_or(window.start, |(_, _, at)| window.start + at)
    }

    /// How much of the words is the same at a place.
    fn same_words(&self, words: &Pattern, at: ByteRange) -> f64 {
        let text = at.of(&self.form.letters);
        self.did(text.len() * words.len().div_ceil(64));
        let distance = words.along(text.chars(), From::Here).last().unwrap_or(words.len());
        1.0 - distance as f64 / words.len().max(text.chars().count()).max(1) as f64
    }

    /// Long words, by their two ends in order and not too near nor too far from each other, and then by what is between.
    fn long(&self, within: ByteRange) -> Vec<Candidate> {
        let (head, tail) = self.words.ends();
        let heads = Search::new(self.text, self.form, &head, self.work).any(within);
        let tails = Search::new(self.text, self.form, &tail, self.work).any(within);
        let len = self.words.exact.len();
        let fits = |at: ByteRange| at.len() >= len / 2 && at.len() <= len * 3 / 2;
        let mut found = Vec::new();
        for head in &heads {
            let end = |tail: &Candidate| ByteRange::new(head.at.start, tail.at.end);
            let tails = tails.iter().filter(|tail| tail.at.start >= head.at.end && fits(end(tail)));
            if let Some(tail) = tails.max_by(|a, b| a.score.total_cmp(&b.score)) {
                let between = ByteRange::new(head.at.end, tail.at.start);
                let ends = (head.words + tail.words) * PIECE as f64;
                let rest = self.words.letters - 2.0 * PIECE as f64;
                let same = (rest * self.between(between) + ends) / self.words.letters;
                found.push(self.judge(end(tail), same));
            }
        }
        found
    }

    /// The best few places of an end of long words.
    fn any(&self, within: ByteRange) -> Vec<Candidate> {
        let mut found = self.short(within);
        found.retain(|candidate| candidate.words >= super::LEAST_WORDS);
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(4);
        found
    }

    /// How much of long words between their two ends is the same, piece by piece, each near where it is expected.
    fn between(&self, place: ByteRange) -> f64 {
        let all: Vec<char> = self.words.exact.chars().collect();
        let middle = &all[PIECE..all.len() - PIECE];
        let text: Vec<char> = place.of(&self.form.letters).chars().collect();
        let slack = PIECE / 2 + middle.len().abs_diff(text.len()).min(SLACK);
        let mut distance = middle.len().abs_diff(text.len());
        for (at, piece) in middle.chunks(PIECE).enumerate() {
            let expected = at * PIECE * text.len() / middle.len();
            let from = expected.saturating_sub(slack);
            let to = (expected + piece.len() + slack).min(text.len());
            let pattern = Pattern::new(piece.iter().copied());
            self.did((to - from) * piece.len().div_ceil(64));
            let nearest = pattern.along(text[from..to].iter().copied(), From::Anywhere).min();
            distance += nearest.unwrap_or(piece.len());
        }
        (1.0 - distance as f64 / middle.len().max(text.len()) as f64).max(0.0)
    }
}

/// One of the two places where the words are cut from their surroundings.
struct Cut {
    left: Pattern,
    /// Backwards.
    right: Pattern,
    /// The letters on either side of it.
    neighbours: (Option<char>, Option<char>),
    /// Whether it doesn't cut a word.
    edge: bool,
    at_start: bool,
}

impl Cut {
    fn new(left: [&str; 2], right: [&str; 2], edge: bool, at_start: bool) -> Self {
        let (left, right) = (left.concat(), right.concat());
        Self {
            neighbours: (left.chars().next_back(), right.chars().next()),
            left: Pattern::new(left.chars()),
            right: Pattern::new(right.chars().rev()),
            edge,
            at_start,
        }
    }
}

/// Ends of places that lie close to each other and are equally like what is looked for.
struct Valley {
    first: usize,
    last: usize,
    distance: usize,
}

impl Valley {
    fn widen(&mut self, end: usize, distance: usize) {
        if distance < self.distance {
            *self = Self { first: end, last: end, distance };
        } else if distance == self.distance {
            self.last = end;
        }
    }
}
