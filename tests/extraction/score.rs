//! The scorer: gold claims, and how far found ones agree with them.
//!
//! A found claim is located by its words, white space folded, so that a text cut otherwise by an importer scores alike.
//! A span is the set of its characters. Two claims may be a pair where the measure says so; the best pairs are taken
//! first, each claim once. Optional gold claims count neither when they are found nor when they are missed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dixit::extract::{Rules, extract};
use dixit::import::{self, Imported};
use dixit::model::{Article, Found};
use dixit::text::codepoints::CodePoints;
use dixit::text::fold::fold;
use serde::Deserialize;

#[derive(Deserialize)]
struct GoldFile {
    #[serde(alias = "article")]
    doc: String,
    claims: Vec<GoldClaim>,
    #[serde(default)]
    speakers: Vec<GoldSpeaker>,
}

#[derive(Deserialize)]
struct GoldClaim {
    quote: String,
    #[serde(default)]
    more: Vec<String>,
    inside: Option<String>,
    speaker: Option<String>,
    form: Option<String>,
    kind: Option<String>,
    required: Option<bool>,
    #[serde(default)]
    borderline: bool,
    #[serde(default)]
    nested: bool,
}

#[derive(Deserialize)]
struct GoldSpeaker {
    name: String,
    #[serde(default)]
    accept: Vec<String>,
}

/// A gold claim, located.
struct Gold {
    span: BTreeSet<usize>,
    required: bool,
    /// Name keys that are right; `None` where nobody is named.
    speakers: Option<BTreeSet<String>>,
    form: String,
    quote: String,
}

/// A found claim, located.
struct Predicted {
    span: BTreeSet<usize>,
    speaker: Option<String>,
    rule: String,
    quote: String,
}

/// An article of a set with its gold claims and those that were found.
struct Scored {
    name: String,
    gold: Vec<Gold>,
    predicted: Vec<Predicted>,
}

/// A text with its white space folded.
struct Flat {
    text: String,
}

impl Flat {
    fn new(text: &str) -> Self {
        let mut flat = String::with_capacity(text.len());
        for c in text.chars() {
            match c.is_whitespace() {
                true if flat.ends_with(' ') => {}
                true => flat.push(' '),
                false => flat.push(c),
            }
        }
        Self { text: flat }
    }

    /// The bytes of `words`, from `near` on or else anywhere.
    fn find(&self, words: &str, near: usize) -> Option<(usize, usize)> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return None;
        }
        let after = self.text[near..].find(&words).map(|at| near + at);
        after.or_else(|| self.text.find(&words)).map(|at| (at, at + words.len()))
    }

    /// The characters of the parts, found one after the other from `near` on.
    fn cover<'a>(&self, parts: impl Iterator<Item = &'a str>, mut near: usize) -> BTreeSet<usize> {
        let points = CodePoints::new(&self.text);
        let mut span = BTreeSet::new();
        for part in parts {
            if let Some((start, end)) = self.find(part, near) {
                span.extend(points.of_byte(start)..points.of_byte(end));
                near = end;
            }
        }
        span
    }
}

/// A name without case, accents, signs and articles.
fn name_key(name: &str) -> String {
    const ARTICLES: [&str; 12] = ["le", "la", "les", "l", "un", "une", "des", "du", "de", "the", "a", "an"];
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !ARTICLES.contains(word) && *word != "d").collect::<Vec<_>>().join(" ")
}

/// The article of a file.
pub fn article(path: &Path) -> Article {
    let mut article = None;
    import::import_file(path, &mut |item| {
        if let Imported::Article(import) = item {
            article = Some(import.article);
        }
        Ok(())
    })
    .expect("a file that can be imported");
    article.expect("an article")
}

/// What a set of articles scored.
pub struct Score {
    articles: Vec<Scored>,
}

type Measure = fn(shared: f64, gold: f64, both: f64) -> Option<f64>;

const MEASURES: [(&str, Measure); 3] = [
    ("spans at 0.3", |shared, gold, _| (shared / gold > 0.3).then_some(shared / gold)),
    ("spans at 0.8", |shared, gold, _| (shared / gold > 0.8).then_some(shared / gold)),
    ("IoU >= 0.5", |shared, _, both| (shared / both >= 0.5).then_some(shared / both)),
];

/// Right, too many, missed.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    extra: usize,
    missed: usize,
}

impl Count {
    /// Precision, recall and F1 in a line.
    fn line(self) -> String {
        let share = |of: usize| if of == 0 { 1.0 } else { self.right as f64 / of as f64 };
        let (p, r) = (share(self.right + self.extra), share(self.right + self.missed));
        let f = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        format!("P {p:.3} R {r:.3} F1 {f:.3}")
    }
}

/// How often a rule was right: claims that it found, of these with the right words, of these with the right speaker.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub found: usize,
    pub words: usize,
    pub speaker: usize,
}

impl Scored {
    /// Reads a gold file and extracts the claims of its text, which lies in `texts`.
    fn new(path: &Path, texts: &Path) -> Self {
        let json = fs::read_to_string(path).expect("a gold file");
        let file: GoldFile = serde_json::from_str(&json).expect("gold claims");
        let path = texts.join(&file.doc);
        let flat = Flat::new(&fs::read_to_string(&path).expect("a text"));
        let article = article(&path);
        let found = extract(&article, Rules::built_in());
        let predicted = found.iter().map(|found| Predicted::new(found, &article, &flat)).collect();
        let gold = file.claims.iter().map(|claim| Gold::new(claim, &file, &flat)).collect();
        Self { name: file.doc, gold, predicted }
    }

    /// For each found claim the gold claim that it is, if any.
    fn pairs(&self, measure: Measure) -> BTreeMap<usize, usize> {
        let mut candidates = Vec::new();
        for (i, gold) in self.gold.iter().enumerate() {
            for (j, predicted) in self.predicted.iter().enumerate() {
                let shared = gold.span.intersection(&predicted.span).count();
                let both = gold.span.len() + predicted.span.len() - shared;
                let score = measure(shared as f64, gold.span.len() as f64, both as f64).filter(|_| shared > 0);
                candidates.extend(score.map(|score| (score, gold.required, i, j)));
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        let (mut golds, mut pairs) = (BTreeSet::new(), BTreeMap::new());
        for (_, _, i, j) in candidates {
            if !golds.contains(&i) && !pairs.contains_key(&j) {
                golds.insert(i);
                pairs.insert(j, i);
            }
        }
        pairs
    }

    fn count(&self, measure: Measure) -> Count {
        let pairs = self.pairs(measure);
        let right = pairs.values().filter(|&&i| self.gold[i].required).count();
        let required = self.gold.iter().filter(|gold| gold.required).count();
        Count { right, extra: self.predicted.len() - pairs.len(), missed: required - right }
    }

    /// As by the last measure, where a wrong speaker is a claim missed and a claim too many.
    fn joint(&self) -> Count {
        let mut count = self.count(MEASURES[2].1);
        for (j, i) in self.pairs(MEASURES[2].1) {
            if self.gold[i].required && !self.gold[i].said_by(&self.predicted[j]) {
                count.right -= 1;
                count.extra += 1;
                count.missed += 1;
            }
        }
        count
    }
}

impl Gold {
    fn new(claim: &GoldClaim, file: &GoldFile, flat: &Flat) -> Self {
        let near = claim.inside.as_ref().and_then(|inside| flat.find(inside, 0)).map_or(0, |(start, _)| start);
        let parts = std::iter::once(&claim.quote).chain(&claim.more).map(String::as_str);
        let span = flat.cover(parts, near);
        assert!(!span.is_empty(), "{}: {}", file.doc, claim.quote);
        let speakers = claim.speaker.as_ref().map(|name| {
            let known = file.speakers.iter().find(|speaker| speaker.name == *name);
            let names = known.into_iter().flat_map(|speaker| &speaker.accept).chain([name]);
            names.map(|name| name_key(name)).collect()
        });
        let required = claim.required.unwrap_or(!claim.borderline && !claim.nested);
        let form = claim.form.clone().or_else(|| claim.kind.clone()).unwrap_or_default();
        Self { span, required, speakers, form, quote: claim.quote.clone() }
    }

    fn said_by(&self, predicted: &Predicted) -> bool {
        match (&self.speakers, &predicted.speaker) {
            (None, named) => named.is_none(),
            (Some(names), Some(named)) => names.contains(&name_key(named)),
            (Some(_), None) => false,
        }
    }
}

impl Predicted {
    fn new(found: &Found, article: &Article, flat: &Flat) -> Self {
        let parts = found.claim.parts.iter().map(|part| part.of(&article.text));
        let quote: Vec<&str> = parts.clone().collect();
        Self {
            span: flat.cover(parts, 0),
            speaker: found.claim.speaker.as_ref().map(|speaker| speaker.name.clone()),
            rule: found.rule.clone(),
            quote: quote.join(" […] "),
        }
    }
}

impl Score {
    /// Scores the rules on every gold file in the folder.
    pub fn new(gold: &Path, texts: &Path) -> Self {
        let entries = fs::read_dir(gold).expect("a folder of gold files");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        Self { articles: paths.iter().map(|path| Scored::new(path, texts)).collect() }
    }

    fn sum(&self, count: impl Fn(&Scored) -> Count) -> Count {
        self.articles.iter().map(count).fold(Count::default(), |a, b| Count {
            right: a.right + b.right,
            extra: a.extra + b.extra,
            missed: a.missed + b.missed,
        })
    }

    /// By form the claims to be found, those of them that were, and those of these with the right speaker.
    fn forms(&self) -> BTreeMap<&str, [usize; 3]> {
        let mut forms: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        for article in &self.articles {
            let pairs = article.pairs(MEASURES[2].1);
            for (i, gold) in article.gold.iter().enumerate().filter(|(_, gold)| gold.required) {
                let found = pairs.iter().find(|(_, pair)| **pair == i).map(|(j, _)| &article.predicted[*j]);
                let joint = found.is_some_and(|predicted| gold.said_by(predicted));
                let counts = forms.entry(&gold.form).or_default();
                for (count, more) in counts.iter_mut().zip([true, found.is_some(), joint]) {
                    *count += usize::from(more);
                }
            }
        }
        forms
    }

    /// The figures, a line each: spans, joint, recall by form.
    pub fn figures(&self) -> String {
        let mut text = String::new();
        for (name, measure) in MEASURES {
            let _ = writeln!(text, "{name:<13} {}", self.sum(|article| article.count(measure)).line());
        }
        let _ = writeln!(text, "{:<13} {}", "joint", self.sum(Scored::joint).line());
        for (form, [all, found, joint]) in self.forms() {
            let _ = writeln!(text, "{form:<13} {found} of {all} found, {joint} with speaker");
        }
        let extra = self.articles.iter().map(|article| (article.joint().extra, &article.name));
        let extra: Vec<String> = extra.filter(|(n, _)| *n > 0).map(|(n, name)| format!("{name} {n}")).collect();
        let _ = writeln!(text, "{:<13} {}", "too many", extra.join(", "));
        text
    }

    /// How often each rule was right. Optional gold claims count as right here, as there is no other side to them.
    pub fn tallies(&self) -> BTreeMap<String, Tally> {
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for article in &self.articles {
            let pairs = article.pairs(MEASURES[2].1);
            for (j, predicted) in article.predicted.iter().enumerate() {
                let tally = tallies.entry(predicted.rule.clone()).or_default();
                tally.found += 1;
                if let Some(&i) = pairs.get(&j) {
                    tally.words += 1;
                    tally.speaker += usize::from(article.gold[i].said_by(predicted));
                }
            }
        }
        tallies
    }

    /// What went wrong, a line each, for people who work on the rules.
    pub fn faults(&self) -> String {
        let mut text = String::new();
        for article in &self.articles {
            let (name, pairs) = (&article.name, article.pairs(MEASURES[2].1));
            for (j, predicted) in article.predicted.iter().enumerate() {
                let Predicted { rule, speaker, quote, .. } = predicted;
                let said = match pairs.get(&j).map(|&i| &article.gold[i]) {
                    None => "extra",
                    Some(gold) if gold.required && !gold.said_by(predicted) => "speaker",
                    Some(_) => continue,
                };
                let _ = writeln!(text, "{said:<8} {name} {rule} {speaker:?}: {quote}");
            }
            for (i, gold) in article.gold.iter().enumerate().filter(|(_, gold)| gold.required) {
                if !pairs.values().any(|&pair| pair == i) {
                    let _ = writeln!(text, "missed   {name} {:?}: {}", gold.speakers, gold.quote);
                }
            }
        }
        text
    }
}

#[test]
fn names_are_compared_without_case_accents_signs_and_articles() {
    assert_eq!(name_key("L’Ordre de Malte"), "ordre malte");
    assert_eq!(name_key("le Front al-Nosra"), name_key("Front Al-Nosra"));
    assert_ne!(name_key("Anne Roy"), name_key("Roy"));
}

#[test]
fn a_claim_half_right_is_a_pair_and_the_wrong_speaker_costs_twice() {
    let claim = |span: std::ops::Range<usize>, speaker: &str| Predicted {
        span: span.collect(),
        speaker: Some(speaker.into()),
        rule: "que".into(),
        quote: String::new(),
    };
    let gold = |span: std::ops::Range<usize>, required| Gold {
        span: span.collect(),
        required,
        speakers: Some([name_key("Anne Roy")].into()),
        form: "indirect".into(),
        quote: String::new(),
    };
    let scored = |predicted| Scored { name: "a".into(), gold: vec![gold(0..10, true), gold(20..30, false)], predicted };
    for (predicted, spans, joint) in [
        (vec![claim(0..10, "Roy"), claim(0..10, "Anne Roy")], "P 0.500 R 1.000 F1 0.667", "P 0.000 R 0.000 F1 0.000"),
        (vec![claim(0..5, "Anne Roy"), claim(20..30, "X")], "P 1.000 R 1.000 F1 1.000", "P 1.000 R 1.000 F1 1.000"),
        (vec![claim(0..4, "Anne Roy")], "P 0.000 R 0.000 F1 0.000", "P 0.000 R 0.000 F1 0.000"),
        (vec![], "P 1.000 R 0.000 F1 0.000", "P 1.000 R 0.000 F1 0.000"),
    ] {
        let scored = scored(predicted);
        assert_eq!(scored.count(MEASURES[2].1).line(), spans);
        assert_eq!(scored.joint().line(), joint);
    }
}
