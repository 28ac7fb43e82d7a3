//! The query language: what people type to choose articles and claims, in the filter and on the command line.
//!
//! | in a query | chooses |
//! |---|---|
//! | `strategie` | articles with this word or nearly (fuzzy) in title, source, author, a speaker or a tag; claims of such articles, or with it in what is said, who says it or a tag |
//! | `"guerre de l’IA"` | articles and claims with these words, unbroken, in one of those |
//! | `tag:ia` | articles with this tag, whole; claims with it, or whose article has it |
//! | `source:` `author:` `title:` `speaker:` | articles with these words there; by `speaker:` claims too |
//! | `lang:fr` `is:read` `is:unread` `has:claims` `has:tags` | articles that are so |
//! | `date:2025-01` `before:2025` `after:2025-01-23` | articles surely dated in, before or after that |
//! | `form:direct` `status:suggested` `by:rules` | claims; articles that hold such a claim |
//! | `a3k7m2`, `c8f2t5` | the article, the claim whose id begins so |
//! | `a b`, `a AND b`, `a OR b`, `(a)` | both, both, one at least, parts that belong together; `OR` binds less |
//! | `-a`, `!a`, `NOT a` | what `a` doesn't choose |
//!
//! Case, accents, apostrophes and ligatures make no difference, but that `OR`, `AND` and `NOT` are operators only in
//! capitals. A value with spaces is quoted: `author:"Le Monde"`. A quotation mark without another is open to the end,
//! and a `-` with nothing after it says nothing, since somebody is still typing. A negated word is looked for unbroken,
//! so that it refuses no more than what it says. A word with a colon is a word (`http://…`, `C:foo`,
//! `l'IA:`) unless what stands before the colon is a field or nearly one; then it is taken for a slip.
//!
//! **Dates** are whole periods, the query's and the article's: `after:2025-01` begins with February, and an article
//! dated 2025 is neither before, in nor after January 2025, since nobody knows. One without a date is in none.
//!
//! **Claims.** A query with a term that no row can tell (`form:`, `status:`, `by:`, a claim's id) chooses the articles
//! that hold a claim it chooses: [`Query::choose`] says [`Choice::Perhaps`] and the claims decide, each by
//! [`Query::chooses_claim`]. There all terms speak of that claim and its article: `-speaker:wang form:direct` chooses
//! what somebody other than Wang said directly, also where Wang speaks too. Without such a term `-speaker:wang`
//! chooses articles in which Wang doesn't speak, and those without a claim. Claims know their speakers by all their
//! names, rows by the fullest only. A word speaks of a claim's own speaker too, not of the others in its article, and
//! stands in what is said only as it is, not nearly.
//!
//! **Speakers.** In a list of speakers words mean their names and roles, and everything else chooses the articles and
//! claims in which they speak: [`Query::for_speakers`].
//!
//! The grammar, where blanks part words and mean nothing else:
//!
//! ```text
//! any    = all { "OR" all }
//! all    = { factor [ "AND" ] }
//! factor = { "-" | "!" | "NOT" } ( "(" any ")" | phrase | term )
//! phrase = '"' anything but a quotation mark [ '"' ]
//! term   = field ":" ( word | phrase ) | word
//! ```

mod fields;
mod parser;
mod period;
mod term;
mod vocabulary;

pub use fields::Fields;
pub use vocabulary::Field;

use crate::error::{Error, Result};
use crate::model::{Annotation, Row, Speaker};
use crate::text::fold::fold;
use crate::text::fuzzy::Pattern;
use term::{Claims, Node, Subject, Term, Truth};

/// A query, understood. The default chooses everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    node: Node,
    pattern: Pattern,
    needs_claims: bool,
    names_status: bool,
}

/// What a row alone says of an article, with the scores of the fuzzy words in sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Not chosen.
    No,
    /// Chosen if one of its claims is; not where it has none.
    Perhaps(i64),
    /// Chosen, whatever its claims.
    Yes(i64),
}

impl Query {
    /// Understands `text`; whatever it is, it is a query or one [`Error::Query`] that names the character (code points,
    /// from 1) where something is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        parser::parse(text).map(Self::new).map_err(|mistake| Error::Query { why: mistake.why })
    }

    fn new(node: Node) -> Self {
        let mut words = Vec::new();
        wanted(&node, &mut words);
        let pattern = Pattern::new(&words.join(" "));
        let needs_claims = node.any_term(&Term::needs_claims);
        let names_status = node.any_term(&|term| matches!(term, Term::Status(_)));
        Self { node, pattern, needs_claims, names_status }
    }

    /// Whether this is the query that chooses everything, since nothing was asked.
    pub fn is_all(&self) -> bool {
        matches!(&self.node, Node::All(nodes) if nodes.is_empty())
    }

    /// The fuzzy words that aren't negated, for marking what they hit.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// What `row`, with its `fields`, says of its article.
    pub fn choose(&self, row: &Row, fields: &Fields) -> Choice {
        let claims = if self.needs_claims { Claims::Asked { rejected: self.names_status } } else { Claims::Told };
        match self.node.judge(Subject { row, fields, claims }) {
            (Truth::No, _) => Choice::No,
            (Truth::Perhaps, score) => Choice::Perhaps(score),
            (Truth::Yes, score) => Choice::Yes(score),
        }
    }

    /// The summed score of the fuzzy words in `row`, 0 where nothing is fuzzy; `None` where it isn't chosen. What the
    /// row can't tell counts as satisfied: [`Self::choose`] tells such an answer from a sure one.
    pub fn score(&self, row: &Row, fields: &Fields) -> Option<i64> {
        match self.choose(row, fields) {
            Choice::No => None,
            Choice::Perhaps(score) | Choice::Yes(score) => Some(score),
        }
    }

    /// Whether the query chooses `claim`, which stands in the article of `row`.
    pub fn chooses_claim(&self, claim: &Annotation, row: &Row) -> bool {
        self.is_all() || self.chooses_claim_in(claim, row, &Fields::of(row))
    }

    /// As [`Self::chooses_claim`], for many claims of an article whose fields are at hand.
    pub fn chooses_claim_in(&self, claim: &Annotation, row: &Row, fields: &Fields) -> bool {
        self.node.judge(Subject { row, fields, claims: Claims::This(claim) }).0 == Truth::Yes
    }

    /// The query in two for a list of speakers: what chooses articles and claims, and words of the speakers themselves,
    /// for [`Self::chooses_speaker`]. Words in one `OR` with something else stay with that.
    #[must_use]
    pub fn for_speakers(&self) -> (Self, Self) {
        let nodes = match &self.node {
            Node::All(nodes) => nodes.clone(),
            node => vec![node.clone()],
        };
        let (words, rest): (Vec<Node>, Vec<Node>) = nodes.into_iter().partition(Node::is_words);
        (Self::new(Node::All(rest)), Self::new(Node::All(words)))
    }

    /// Whether the words of the query stand in a name or the role of `speaker`.
    pub fn chooses_speaker(&self, speaker: &Speaker) -> bool {
        if self.is_all() {
            return true;
        }
        let mut fields = term::names(speaker);
        fields.extend(speaker.role.as_deref().map(fold));
        self.node.words_hold(&fields.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Whether the query may choose a claim of this article, whatever its claims are: what [`Self::choose`] says no to
    /// because of who else speaks there may still hold one.
    pub fn may_choose_claims(&self, row: &Row, fields: &Fields) -> bool {
        self.node.judge(Subject { row, fields, claims: Claims::Any }).0 != Truth::No
    }

    /// Whether the query may choose one claim of an article and not another: it has words, or names a speaker, form,
    /// status, annotator, tag or claim.
    pub fn has_claim_terms(&self) -> bool {
        !self.pattern.is_empty() || self.node.any_term(&Term::is_about_claims)
    }

    /// Whether rows don't suffice: the query names a form, status, annotator or claim.
    pub const fn needs_claims(&self) -> bool {
        self.needs_claims
    }

    /// Whether the query names a status; without one, rejected claims are left out wherever claims are shown.
    pub const fn names_status(&self) -> bool {
        self.names_status
    }
}

/// Collects the fuzzy words; a negated word is a phrase, so none of these is one.
fn wanted<'a>(node: &'a Node, words: &mut Vec<&'a str>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| wanted(node, words)),
        Node::Not(node) => wanted(node, words),
        Node::Fuzzy(word) => words.push(&word.text),
        Node::Term(_) => {}
    }
}

#[cfg(test)]
mod tests;
