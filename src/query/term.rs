//! What a query is made of, and what it comes to on an article or a claim.
//!
//! Answers are of three values (Kleene's strong logic): a row alone can't tell the form of its claims, so a term
//! about it is neither true nor false there, and neither is its negation; `AND` is the lesser of its sides, `OR` the
//! greater, `NOT` the mirror image.

use super::fields::Fields;
use super::period::{Period, Side};
use crate::model::{Annotation, ArticleId, ClaimId, Form, Lang, Row, Speaker, Status};
use crate::text::fold::fold;
use crate::text::fuzzy::Pattern;

/// A query or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// All of these; everything where there are none.
    All(Vec<Node>),
    /// One of these at least.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word as [`Pattern`] finds it in one of the fields; never within a [`Self::Not`], but for two of them.
    Fuzzy(Word),
    /// A single condition.
    Term(Term),
}

/// A single condition. Strings are folded.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    /// These words, unbroken, in one of the fields.
    Phrase(String),
    Article(ArticleId),
    Claim(ClaimId),
    Tag(String),
    Source(String),
    Author(String),
    Title(String),
    Speaker(String),
    Annotator(String),
    Lang(Lang),
    Form(Form),
    Status(Status),
    Read(bool),
    HasClaims,
    HasTags,
    Date(Side, Period),
}

/// A fuzzy word with its pattern, which is made once.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    folded: String,
    pattern: Pattern,
}

impl Word {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), folded: fold(text), pattern: Pattern::new(text) }
    }

    /// Whether nothing is left of it when folded.
    pub(super) fn is_empty(&self) -> bool {
        self.pattern.is_empty()
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// How true a condition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    No,
    /// The claims decide.
    Perhaps,
    Yes,
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Perhaps => Self::Perhaps,
            Self::Yes => Self::No,
        }
    }
}

/// What is known of the claims while an article is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Claims<'a> {
    /// What the row says of them, and no more is asked.
    Told,
    /// What the row says of them, and they will be looked at afterwards; rejected ones too where the flag says so.
    Asked { rejected: bool },
    /// Nothing: any claim may stand in the article.
    Any,
    /// This one is looked at.
    This(&'a Annotation),
}

/// What a query is asked about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) row: &'a Row,
    pub(super) fields: &'a Fields,
    pub(super) claims: Claims<'a>,
}

impl Node {
    /// Whether `of` says yes to one of the conditions in here.
    pub(super) fn any_term(&self, of: &impl Fn(&Term) -> bool) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(|node| node.any_term(of)),
            Self::Not(node) => node.any_term(of),
            Self::Fuzzy(_) => false,
            Self::Term(term) => of(term),
        }
    }

    /// How true this is of `subject`, and the scores of the fuzzy words that hold, in sum.
    pub(super) fn judge(&self, subject: Subject<'_>) -> (Truth, i64) {
        match self {
            Self::All(nodes) => {
                let mut all = (Truth::Yes, 0_i64);
                for node in nodes {
                    let (truth, score) = node.judge(subject);
                    if truth == Truth::No {
                        return (Truth::No, 0);
                    }
                    all = (all.0.min(truth), all.1.saturating_add(score));
                }
                all
            }
            Self::Any(nodes) => nodes.iter().fold((Truth::No, 0), |any, node| {
                let (truth, score) = node.judge(subject);
                (any.0.max(truth), any.1.saturating_add(score))
            }),
            Self::Not(node) => (!node.judge(subject).0, 0),
            Self::Fuzzy(word) => {
                // Of running text any four letters leave some out somewhere: there a word has to stand as it is.
                subject.has(&|fields| word.pattern.score(fields), &|quote| quote.contains(&word.folded))
            }
            Self::Term(Term::Phrase(words)) => {
                let stands = |fields: &[&str]| fields.iter().any(|field| field.contains(words)).then_some(0);
                subject.has(&stands, &|quote| quote.contains(words))
            }
            Self::Term(term) => (term.holds(subject), 0),
        }
    }

    /// Whether this is made of words alone, without a condition on anything else.
    pub(super) fn is_words(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().all(Self::is_words),
            Self::Not(node) => node.is_words(),
            Self::Fuzzy(_) => true,
            Self::Term(term) => matches!(term, Term::Phrase(_)),
        }
    }

    /// Whether the words hold of these folded fields; any other condition does.
    pub(super) fn words_hold(&self, fields: &[&str]) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.words_hold(fields)),
            Self::Any(nodes) => nodes.iter().any(|node| node.words_hold(fields)),
            Self::Not(node) => !node.words_hold(fields),
            Self::Fuzzy(word) => word.pattern.score(fields).is_some(),
            Self::Term(Term::Phrase(words)) => fields.iter().any(|field| field.contains(words)),
            Self::Term(_) => true,
        }
    }
}

impl Subject<'_> {
    /// How true it is that a word stands here, and with what score: `in_fields` looks for it in titles, names and tags,
    /// `in_quote` in the words of a claim, all of them folded.
    ///
    /// A claim has its own words, its speaker and its tags, and what its article has, but for the others who speak
    /// there.
    fn has(&self, in_fields: &dyn Fn(&[&str]) -> Option<i64>, in_quote: &dyn Fn(&str) -> bool) -> (Truth, i64) {
        let all = || in_fields(&self.fields.all().collect::<Vec<_>>());
        let in_article = || in_fields(&self.fields.of_article().collect::<Vec<_>>());
        let sure = |score: Option<i64>| score.map(|score| (Truth::Yes, score));
        match self.claims {
            Claims::Told => sure(all()).unwrap_or((Truth::No, 0)),
            Claims::Asked { .. } | Claims::Any => {
                sure(in_article()).unwrap_or_else(|| (Truth::Perhaps, all().unwrap_or(0)))
            }
            Claims::This(claim) => {
                let of_claim = || {
                    let names = claim.claim.speaker.as_ref().map(names).unwrap_or_default();
                    let own = names.into_iter().chain(claim.tags.iter().map(|tag| fold(tag.as_str())));
                    in_fields(&own.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
                };
                let quoted = || in_quote(&fold(&claim.quote)).then_some(0);
                sure(in_article().or_else(of_claim).or_else(quoted)).unwrap_or((Truth::No, 0))
            }
        }
    }
}

/// All names of a speaker, folded.
pub(super) fn names(speaker: &Speaker) -> Vec<String> {
    std::iter::once(&speaker.name).chain(&speaker.aliases).map(|name| fold(name)).collect()
}

impl Term {
    /// Whether two claims of an article can differ in this.
    pub(super) const fn is_about_claims(&self) -> bool {
        self.needs_claims() || matches!(self, Self::Phrase(_) | Self::Tag(_) | Self::Speaker(_))
    }

    /// Whether a row can't tell this.
    pub(super) const fn needs_claims(&self) -> bool {
        matches!(self, Self::Claim(_) | Self::Annotator(_) | Self::Form(_) | Self::Status(_))
    }

    fn holds(&self, subject: Subject<'_>) -> Truth {
        let Subject { row, fields, claims } = subject;
        let of_claim = |holds: &dyn Fn(&Annotation) -> bool| match claims {
            Claims::This(claim) => holds(claim).into(),
            Claims::Told | Claims::Asked { .. } | Claims::Any => Truth::Perhaps,
        };
        match self {
            // Where words stand, the node tells.
            Self::Phrase(_) => Truth::Perhaps,
            Self::Article(id) => row.id.as_str().starts_with(id.as_str()).into(),
            Self::Source(words) => fields.source().contains(words.as_str()).into(),
            Self::Author(words) => fields.author().contains(words.as_str()).into(),
            Self::Title(words) => fields.title().contains(words.as_str()).into(),
            Self::Lang(lang) => (row.lang == Some(*lang)).into(),
            Self::Read(read) => (row.read == *read).into(),
            Self::HasClaims => (row.claims > 0).into(),
            Self::HasTags => (!row.tags.is_empty()).into(),
            Self::Date(side, period) => row.published.is_some_and(|date| period.holds(*side, date)).into(),
            Self::Claim(id) => of_claim(&|claim| claim.id.as_str().starts_with(id.as_str())),
            Self::Annotator(name) => of_claim(&|claim| fold(&claim.annotator) == *name),
            Self::Form(form) => of_claim(&|claim| claim.claim.form == *form),
            Self::Status(status) => of_claim(&|claim| claim.status == *status),
            Self::Tag(tag) => tagged(tag, fields, claims),
            Self::Speaker(name) => spoken(name, fields, claims),
        }
    }
}

/// Whether the article has the tag; a claim has its article's tags beside its own.
fn tagged(tag: &str, fields: &Fields, claims: Claims<'_>) -> Truth {
    if fields.tags().iter().any(|own| own == tag) {
        return Truth::Yes;
    }
    match claims {
        Claims::Told => Truth::No,
        Claims::Asked { .. } | Claims::Any => Truth::Perhaps,
        Claims::This(claim) => claim.tags.iter().any(|own| fold(own.as_str()) == tag).into(),
    }
}

/// Whether somebody of that name speaks: in the article, or here.
fn spoken(name: &str, fields: &Fields, claims: Claims<'_>) -> Truth {
    let told = || fields.speakers().iter().any(|speaker| speaker.contains(name));
    match claims {
        Claims::Told => told().into(),
        // A row names those whose claims aren't rejected: others may speak where rejected claims are asked for.
        Claims::Asked { rejected } if rejected || told() => Truth::Perhaps,
        Claims::Asked { .. } => Truth::No,
        Claims::Any => Truth::Perhaps,
        Claims::This(claim) => {
            claim.claim.speaker.as_ref().is_some_and(|who| names(who).iter().any(|own| own.contains(name))).into()
        }
    }
}
