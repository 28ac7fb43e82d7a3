//! What a query is made of, and what it comes to on an article or a claim.
//!
//! Answers are of three values (Kleene's strong logic): a row alone can't tell the form of its claims, so a term
//! about it is neither true nor false there, and neither is its negation; `AND` is the lesser of its sides, `OR` the
//! greater, `NOT` the mirror image.

use super::fields::Fields;
use super::period::{Period, Side};
use crate::model::{Annotation, ArticleId, ClaimId, Form, Lang, Row, Status};
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
    pattern: Pattern,
}

impl Word {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), pattern: Pattern::new(text) }
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
                let fields: Vec<&str> = subject.fields.all().collect();
                word.pattern.score(&fields).map_or((Truth::No, 0), |score| (Truth::Yes, score))
            }
            Self::Term(term) => (term.holds(subject), 0),
        }
    }
}

impl Term {
    /// Whether two claims of an article can differ in this.
    pub(super) const fn is_about_claims(&self) -> bool {
        self.needs_claims() || matches!(self, Self::Tag(_) | Self::Speaker(_))
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
            Self::Phrase(words) => fields.all().any(|field| field.contains(words.as_str())).into(),
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
        Claims::This(claim) => claim
            .claim
            .speaker
            .as_ref()
            .is_some_and(|who| std::iter::once(&who.name).chain(&who.aliases).any(|own| fold(own).contains(name)))
            .into(),
    }
}
