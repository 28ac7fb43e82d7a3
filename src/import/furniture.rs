//! Site furniture: what stands on a web page around an article and is left out of its canonical text.
//!
//! The rules are data, in `assets/furniture.toml`, which also says how they are written. A rule speaks about
//! whole lines, never about parts of one, and where it may take them: at the edges, in the header zone, or from a
//! line to the end if no running text follows. What a rule may not take stays; a line too many is a nuisance, a
//! sentence lost is a lie.

mod pattern;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use self::pattern::{Pattern, Words, first_word};
use super::header::zone;
use crate::error::{Error, Result};
use crate::model::ByteRange;
use crate::text::fold::fold;

/// Bytes from which a unit is running text; shorter ones are if they hold two sentences and [`SHORT`] bytes.
const RUNNING: usize = 200;
const SHORT: usize = 120;
/// Bytes that a line of furniture has at most.
const LONGEST: usize = 500;
/// Bytes that a link to another article has at most.
const LINK: usize = 200;
/// Links that one label has at most.
const LINKS: usize = 30;
/// Lines that make a row.
const ROW: usize = 3;

/// What a matching line takes with it, and where; see `assets/furniture.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Line,
    Head,
    Edge,
    Row,
    Links,
    Rest,
}

struct Rule {
    id: String,
    place: Place,
    patterns: Vec<Pattern>,
    example: Vec<String>,
    counter: Vec<String>,
}

/// A set of rules.
pub struct Furniture {
    rules: Vec<Rule>,
    /// For a line's first word, or `#`, the rules that the line may match, in order.
    by_word: HashMap<String, Vec<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    #[serde(rename = "where")]
    place: Place,
    lines: Vec<Spanned<String>>,
    example: Vec<String>,
    counter: Vec<String>,
}

impl Furniture {
    /// The rules that are compiled in.
    pub fn built_in() -> Result<&'static Self> {
        static RULES: LazyLock<Result<Furniture, String>> = LazyLock::new(|| {
            Furniture::parse("furniture.toml", include_str!("../../assets/furniture.toml"))
                .map_err(|error| error.to_string())
        });
        RULES.as_ref().map_err(|why| Error::Config { why: why.clone() })
    }

    /// Reads rules from TOML; a mistake is an error with the file's `name` and the line.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let wrong = |at: usize, why: &str| {
            let line = toml.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
            Error::Config { why: format!("{name}, line {line}: {why}") }
        };
        let file: File =
            toml::from_str(toml).map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message()))?;
        let mut rules: Vec<Rule> = Vec::with_capacity(file.rule.len());
        for raw in file.rule {
            let at = raw.id.span().start;
            let id = raw.id.into_inner();
            if rules.iter().any(|rule| rule.id == id) {
                return Err(wrong(at, &format!("there are two rules `{id}`")));
            }
            if raw.lines.is_empty() || raw.example.is_empty() || raw.counter.is_empty() {
                return Err(wrong(at, &format!("the rule `{id}` needs `lines`, an `example` and a `counter`")));
            }
            let compile =
                |line: &Spanned<String>| Pattern::parse(line.as_ref()).map_err(|why| wrong(line.span().start, &why));
            let patterns = raw.lines.iter().map(compile).collect::<Result<_>>()?;
            rules.push(Rule { id, place: raw.place, patterns, example: raw.example, counter: raw.counter });
        }
        Ok(Self::indexed(rules))
    }

    fn indexed(rules: Vec<Rule>) -> Self {
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, rule) in rules.iter().enumerate() {
            for word in rule.patterns.iter().flat_map(Pattern::first_words) {
                let known = by_word.entry(word.to_owned()).or_default();
                if known.last() != Some(&n) {
                    known.push(n);
                }
            }
        }
        Self { rules, by_word }
    }

    /// The rules whose patterns match a line, in order, wherever it stands.
    fn matching(&self, line: &str) -> Vec<usize> {
        if line.len() > LONGEST {
            return Vec::new();
        }
        let Some(known) = first_word(line).and_then(|word| self.by_word.get(word.as_ref())) else { return Vec::new() };
        let folded = fold(line);
        let words = Words::of(&folded);
        known.iter().copied().filter(|n| self.rules[*n].matches(line, &words)).collect()
    }

    /// What is wrong with the rules by their own examples and counter-examples: nothing, in a good file.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for rule in &self.rules {
            let matches = |line: &str| self.matching(line).iter().any(|n| self.rules[*n].id == rule.id);
            let missed = rule.example.iter().filter(|line| !matches(line));
            faults.extend(missed.map(|line| format!("`{}` misses its example “{line}”", rule.id)));
            let taken = rule.counter.iter().filter(|line| matches(line));
            faults.extend(taken.map(|line| format!("`{}` takes its counter-example “{line}”", rule.id)));
        }
        faults
    }

    /// Takes the furniture out of `kept`.
    pub(super) fn cut(&self, text: &str, units: &[ByteRange], kept: &mut [Option<ByteRange>]) {
        let page = Page::new(text, units, kept, self);
        let mut i = 0;
        while i < kept.len() {
            let mut rules = page.matches[i].iter().map(|n| (*n, &self.rules[*n]));
            let count = rules.find_map(|(n, rule)| page.takes(i, n, rule)).unwrap_or(0);
            kept.iter_mut().skip(i).take(count).for_each(|unit| *unit = None);
            i += count.max(1);
        }
    }
}

impl Rule {
    /// Whether one of the patterns matches the line, whatever its place.
    fn matches(&self, line: &str, words: &Words<'_>) -> bool {
        let line = line.trim_end();
        let sentence = line.ends_with(['.', '!', '…']) && !line.ends_with("...");
        // Where nothing else guards the article, a sentence must be known to its last word.
        let strict = sentence && matches!(self.place, Place::Line | Place::Links);
        self.patterns.iter().any(|pattern| !(strict && pattern.is_open()) && pattern.matches(words))
    }
}

/// A page under the rules: which lines match what, and where running text is.
struct Page<'a> {
    text: &'a str,
    units: &'a [ByteRange],
    /// For each unit the rules that match it.
    matches: Vec<Vec<usize>>,
    /// The first unit that is running text of the article.
    body: Option<usize>,
    /// Units in the header zone.
    head: usize,
    /// The first unit after all running text.
    tail: usize,
    /// The first unit that the header has left.
    first: usize,
}

impl<'a> Page<'a> {
    fn new(text: &'a str, units: &'a [ByteRange], kept: &[Option<ByteRange>], furniture: &Furniture) -> Self {
        let matches: Vec<Vec<usize>> =
            kept.iter().map(|unit| unit.map_or_else(Vec::new, |unit| furniture.matching(unit.of(text)))).collect();
        let runs = |(unit, found): (&Option<ByteRange>, &Vec<usize>)| {
            found.is_empty() && unit.is_some_and(|unit| is_running(unit.of(text)))
        };
        let running: Vec<bool> = kept.iter().zip(&matches).map(runs).collect();
        let body = running.iter().position(|runs| *runs);
        let tail = running.iter().rposition(|runs| *runs).map_or(0, |last| last + 1);
        let first = kept.iter().position(Option::is_some).unwrap_or(0);
        Self { text, units, matches, body, head: zone(text, units), tail, first }
    }

    /// How many units from `i` on the rule numbered `n`, which matches it, takes, if it takes any.
    fn takes(&self, i: usize, n: usize, rule: &Rule) -> Option<usize> {
        let matched = |i: &usize| self.matches[*i].contains(&n);
        let edge = i < self.head || i >= self.tail;
        match rule.place {
            Place::Line => Some(1),
            Place::Head => (i < self.head && i > self.first).then_some(1),
            Place::Edge => edge.then_some(1),
            Place::Row if !edge => None,
            Place::Row => {
                let row = (i..self.units.len()).take_while(matched).count();
                (row >= ROW).then_some(row)
            }
            Place::Links => Some(1 + self.links(i + 1)),
            Place::Rest => Some(if self.is_rest(i) { self.units.len() - i } else { 1 }),
        }
    }

    /// How many lines from `start` on stand close together and look like links; none, if it is but one.
    fn links(&self, start: usize) -> usize {
        let link = |i: &usize| {
            let words = self.units[*i].of(self.text);
            let close = *i == start || newlines(self.text, self.units[*i - 1], self.units[*i]) == 1;
            close && words.len() <= LINK && !words.ends_with(['.', ';', ':', ',', '…'])
        };
        let links = (start..self.units.len()).take(LINKS).take_while(link).count();
        // The lines end where the page leaves space, not where running text begins.
        let apart = self
            .units
            .get(start + links)
            .is_none_or(|next| newlines(self.text, self.units[start + links - 1], *next) > 1);
        if links >= 2 && apart { links } else { 0 }
    }

    /// Whether the unit `i` ends the article: running text before it, none after it, and more text before than after.
    fn is_rest(&self, i: usize) -> bool {
        let at = self.units[i].start;
        i >= self.tail && self.body.is_some_and(|body| body < i) && at >= self.text.len() - at
    }
}

fn newlines(text: &str, before: ByteRange, after: ByteRange) -> usize {
    ByteRange::new(before.end, after.start).of(text).bytes().filter(|b| *b == b'\n').count()
}

/// Whether a unit is running text by its length, or by its sentences.
fn is_running(unit: &str) -> bool {
    let stops = || {
        unit.match_indices(['.', '!', '?', '…'])
            .filter(|(at, stop)| !unit[at + stop.len()..].starts_with(|c: char| !c.is_whitespace()))
    };
    unit.len() >= RUNNING || unit.len() >= SHORT && stops().count() >= 2
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::units::{compose, units};
    use super::*;

    #[track_caller]
    fn check(text: &str, left: &str) {
        let all = units(text);
        let mut kept: Vec<_> = all.iter().copied().map(Some).collect();
        Furniture::built_in().unwrap().cut(text, &all, &mut kept);
        assert_eq!(compose(text, &all, &kept).0, left);
    }

    const BODY: &str = "Le gouvernement a présenté mardi un plan en cinq points. Il sera débattu à l’Assemblée avant la fin du mois, \
                        et le Sénat se prononcera ensuite. L’opposition promet de le combattre jusqu’au bout.";

    #[test]
    fn every_rule_matches_its_examples_and_no_counter_example() {
        assert_eq!(Furniture::built_in().unwrap().faults(), Vec::<String>::new());
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let rule = |body: &str| format!("[[rule]]\nid = \"a\"\n{body}\nexample = [\"x\"]\ncounter = [\"y\"]\n");
        let fails =
            |toml: &str| Furniture::parse("f.toml", toml).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(
            fails(&rule("where = \"line\"\nlines = [\"(x|y\"]")),
            "f.toml, line 4: the group is not closed in `(x|y`"
        );
        assert_eq!(
            fails(&rule("where = \"line\"\nlines = []")),
            "f.toml, line 2: the rule `a` needs `lines`, an `example` and a `counter`"
        );
        assert!(
            fails(&rule("where = \"here\"\nlines = [\"x\"]")).starts_with("f.toml, line 3: unknown variant `here`")
        );
        assert!(fails(&rule("were = \"line\"\nlines = [\"x\"]")).starts_with("f.toml, line 3: unknown field `were`"));
        let one = rule("where = \"line\"\nlines = [\"x\"]");
        assert_eq!(fails(&format!("{one}{one}")), "f.toml, line 8: there are two rules `a`");
        assert_eq!(
            Furniture::parse("f.toml", &one.replace("[\"x\"]\nex", "[\"z\"]\nex")).unwrap().faults(),
            ["`a` misses its example “x”"]
        );
    }

    #[test]
    fn the_end_of_the_page_goes_only_where_no_text_follows() {
        check(
            &format!("Titre\n\n{BODY}\n\nPartagez cet article\nUn autre titre\n\nMentions"),
            &format!("Titre\n\n{BODY}"),
        );
        check(&format!("Titre\n\nPartagez cet article\n\n{BODY}"), &format!("Titre\n\n{BODY}"));
        check(&format!("Titre\n\n{BODY}\n\nPartagez cet article\n\n{BODY}"), &format!("Titre\n\n{BODY}\n\n{BODY}"));
        let twice = format!("{BODY}\n\n{BODY}");
        check(&format!("{twice}\n\nPartagez cet article\n\n{BODY}"), &format!("{twice}\n\n{BODY}"));
    }

    #[test]
    fn counters_go_from_the_header_alone() {
        check(
            &format!("Titre\n\n5\n\n{BODY}\n\n{BODY}\n\n5\n\nFin"),
            &format!("Titre\n\n{BODY}\n\n{BODY}\n\n5\n\nFin"),
        );
        check(&format!("1984\n\n{BODY}"), &format!("1984\n\n{BODY}"));
    }

    #[test]
    fn networks_go_in_a_row_at_an_edge() {
        check(&format!("Titre\nFacebook\nTwitter\nE-mail\n\n{BODY}"), &format!("Titre\n\n{BODY}"));
        check(
            &format!("{BODY}\n\n{BODY}\n\nFacebook\nTwitter\nGoogle\n\n{BODY}"),
            &format!("{BODY}\n\n{BODY}\n\nFacebook\nTwitter\nGoogle\n\n{BODY}"),
        );
        check(&format!("{BODY}\n\nFacebook\n\nTwitter"), &format!("{BODY}\n\nFacebook\n\nTwitter"));
    }

    #[test]
    fn links_go_with_their_label() {
        check(
            &format!("Titre\n\nSur le même sujet\n\nUn premier article\nUn deuxième\n\n{BODY}"),
            &format!("Titre\n\n{BODY}"),
        );
        check(
            &format!("Titre\n\nSur le même sujet\n\nUn intertitre\n\n{BODY}"),
            &format!("Titre\n\nUn intertitre\n\n{BODY}"),
        );
        check(
            &format!("Titre\n\nSur le même sujet\nUn intertitre\nUn autre\n{BODY}"),
            &format!("Titre\n\nUn intertitre\nUn autre\n{BODY}"),
        );
    }
}
