//! Rule files: TOML, one table per cue, one list per sort of noun.

use std::sync::Arc;

use foldhash::HashMap;
use serde::Deserialize;
use toml::Spanned;

use super::conjugation::Form;
use super::cue::{Class, CueForm, Frames, NounCue};
use super::{Gender, Language, Sort};
use crate::error::{Error, Result};
use crate::text::fold::fold;

/// A rule file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    verb: Vec<Verb>,
    #[serde(default)]
    noun: Vec<Noun>,
    #[serde(default)]
    phrase: Vec<Phrase>,
    #[serde(default)]
    alike: Vec<Alike>,
    #[serde(default)]
    words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verb {
    lemma: Spanned<String>,
    class: Class,
    takes: Spanned<String>,
    /// Prepositions with which a noun phrase is content.
    #[serde(default)]
    after: String,
    /// Whether the speaker says that the content isn't so.
    #[serde(default)]
    denies: bool,
    /// Forms that can't be made from the lemma: of its last word, for expressions; past and participle, for English.
    #[serde(default)]
    forms: String,
    example: Vec<String>,
    #[serde(default)]
    counter: Vec<String>,
    #[serde(default)]
    unmet: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun {
    lemma: Spanned<String>,
    class: Class,
    takes: Spanned<String>,
    /// Whether it names something written.
    #[serde(default)]
    document: bool,
    /// The plural, where it isn't the singular and an s.
    plural: Option<String>,
    #[serde(default)]
    example: Vec<String>,
    #[serde(default)]
    counter: Vec<String>,
}

/// A construction without a cue of its own to look up: only shown, since its grammar is the program's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    lemma: Spanned<String>,
    example: Vec<String>,
    #[serde(default)]
    counter: Vec<String>,
    #[serde(default)]
    unmet: Vec<String>,
}

/// A role in other words: « le chef de l'État » is the president.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alike {
    words: String,
    roles: String,
}

/// Lists of nouns, words apart by white space. Roles stand in three lists by gender, which French needs.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    role: String,
    role_masculine: String,
    role_feminine: String,
    organisation: String,
    institution: String,
    demonym: String,
    document: String,
    group: String,
    anonymous: String,
}

/// What a sample shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleKind {
    /// The rule finds the marked claim.
    Example,
    /// The rule finds nothing.
    Counter,
    /// What the rules should make of it and don't yet; with marks the claim, without them nothing.
    Unmet,
}

/// A sentence that shows what a rule finds, or that it finds nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The lemma of the rule.
    pub lemma: String,
    /// The sentence; in an example, `[…]` stands around the parts of the one claim and `{…}` around the words that name its
    /// speaker, if any do.
    pub sentence: String,
    /// What is to be found.
    pub kind: SampleKind,
    /// The line of the rule in its file, from 1.
    pub line: usize,
}

/// Makes every form of a verb from its lemma and the forms that its rule gives; `None` for what is no verb.
type Conjugate = fn(&str, &[&str]) -> Option<Vec<Form>>;

impl File {
    pub(super) fn read(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            mistake(name, text, at, error.message())
        })
    }

    /// The rules made ready for lookups.
    pub(super) fn compile(self, name: &str, text: &str, conjugate: Conjugate) -> Result<Language> {
        let mut language = Language::default();
        let mut cues = HashMap::default();
        let mut nouns = HashMap::default();
        for verb in self.verb {
            let frames = frames(name, text, &verb.takes)?;
            add_verb(&mut cues, &verb, frames, conjugate)
                .ok_or_else(|| mistake(name, text, verb.lemma.span().start, "this lemma can't be conjugated"))?;
        }
        for noun in self.noun {
            let frames = frames(name, text, &noun.takes)?;
            let lemma = noun.lemma.get_ref();
            let plural = noun.plural.clone().unwrap_or_else(|| format!("{lemma}s"));
            let cue = NounCue { lemma: lemma.as_str().into(), class: noun.class, frames, document: noun.document };
            nouns.insert(fold(lemma), cue.clone());
            nouns.insert(fold(&plural), cue);
        }
        // « pointe du doigt » is tried before « pointe ».
        for forms in cues.values_mut() {
            forms.sort_by_key(|form: &CueForm| form.tails.is_empty());
        }
        language.cues = cues.into();
        language.nouns = nouns.into();
        self.words.add_to(&mut language);
        for Alike { words, roles } in &self.alike {
            let roles = roles.split_whitespace().map(fold).collect();
            language.alike.insert(super::meaning(&fold(words)), roles);
        }
        Ok(language)
    }

    /// The samples, in the order of the file, whose text is `text`.
    pub(super) fn samples(&self, text: &str) -> Vec<Sample> {
        let none: &[String] = &[];
        let verbs =
            self.verb.iter().map(|v| (&v.lemma, v.example.as_slice(), v.counter.as_slice(), v.unmet.as_slice()));
        let nouns = self.noun.iter().map(|n| (&n.lemma, n.example.as_slice(), n.counter.as_slice(), none));
        let phrases =
            self.phrase.iter().map(|p| (&p.lemma, p.example.as_slice(), p.counter.as_slice(), p.unmet.as_slice()));
        let all = verbs.chain(nouns).chain(phrases);
        let samples = all.flat_map(|(lemma, examples, counters, unmet)| {
            let line = line_of(text, lemma.span().start);
            let sentences =
                [(SampleKind::Example, examples), (SampleKind::Counter, counters), (SampleKind::Unmet, unmet)];
            sentences.into_iter().flat_map(move |(kind, sentences)| {
                let lemma = lemma.get_ref();
                let sample =
                    move |sentence: &String| Sample { lemma: lemma.clone(), sentence: sentence.clone(), kind, line };
                sentences.iter().map(sample)
            })
        });
        samples.collect()
    }
}

impl Words {
    fn add_to(&self, language: &mut Language) {
        use Gender::{Feminine, Masculine};
        for (words, sort, gender) in [
            (&self.role, Sort::Role, None),
            (&self.role_masculine, Sort::Role, Some(Masculine)),
            (&self.role_feminine, Sort::Role, Some(Feminine)),
            (&self.organisation, Sort::Organisation, None),
            (&self.institution, Sort::Institution, None),
            (&self.demonym, Sort::Demonym, None),
            (&self.document, Sort::Document, None),
            (&self.group, Sort::Group, None),
            (&self.anonymous, Sort::Anonymous, None),
        ] {
            for word in words.split_whitespace().map(fold) {
                if sort == Sort::Role {
                    let known = language.genders.entry(word.clone()).or_insert(gender);
                    *known = known.filter(|known| Some(*known) == gender);
                }
                *language.sorts.entry(word).or_default() |= sort as u8;
            }
        }
    }
}

fn add_verb(cues: &mut HashMap<String, Vec<CueForm>>, verb: &Verb, frames: Frames, conjugate: Conjugate) -> Option<()> {
    let lemma: Arc<str> = verb.lemma.get_ref().as_str().into();
    let rest = lemma.strip_prefix("se ").or_else(|| lemma.strip_prefix("s'"));
    let (head, tail) = match rest.unwrap_or(&lemma).split_once(' ') {
        Some((head, tail)) => (head, Some(tail)),
        None => (rest.unwrap_or(&lemma), None),
    };
    let given: Vec<&str> = verb.forms.split_whitespace().collect();
    let tails: Arc<[Box<str>]> = tail.map_or_else(|| Arc::from([]), |tail| tails(tail, &given));
    let after: Arc<[Box<str>]> =
        verb.after.split(',').map(|word| fold(word.trim())).filter(|word| !word.is_empty()).map(Into::into).collect();
    for form in conjugate(head, if tail.is_some() { &[] } else { &given })? {
        let cue = CueForm {
            written: form.written.as_str().into(),
            lemma: Arc::clone(&lemma),
            class: verb.class,
            frames,
            denies: verb.denies,
            form: form.form,
            reflexive: rest.is_some(),
            tails: Arc::clone(&tails),
            after: Arc::clone(&after),
        };
        cues.entry(fold(&form.written)).or_default().push(cue);
    }
    Some(())
}

/// The last word of what follows the verb in an expression, and its other forms.
fn tails(tail: &str, given: &[&str]) -> Arc<[Box<str>]> {
    let last = tail.rsplit([' ', '\'']).next().unwrap_or(tail);
    std::iter::once(last).chain(given.iter().copied()).map(|word| fold(word).into()).collect()
}

/// The set that a list of frames names.
fn frames(name: &str, text: &str, takes: &Spanned<String>) -> Result<Frames> {
    takes.get_ref().split_whitespace().try_fold(Frames::default(), |all, word| {
        match Frames::NAMES.iter().find(|(name, _)| *name == word) {
            Some((_, frame)) => Ok(all.with(*frame)),
            None => Err(mistake(name, text, takes.span().start, &format!("no frame is called {word}"))),
        }
    })
}

/// Reads how sure each rule is.
pub(super) fn confidence(name: &str, text: &str) -> Result<HashMap<String, f32>> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        mistake(name, text, at, error.message())
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&b| b == b'\n').count() + 1
}

fn mistake(name: &str, text: &str, at: usize, why: &str) -> Error {
    let why = why.lines().next().unwrap_or_default();
    Error::Config { why: format!("{name}:{}: {why}", line_of(text, at)) }
}
