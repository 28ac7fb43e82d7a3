//! From what a person typed to a query, or to one sentence about what is wrong and where.
//!
//! A recursive descent over the grammar of [`super::Query`], whose functions bear the names of its rules. It reads
//! every character once, nests no deeper than [`DEEPEST`] and makes no more than [`MOST`] conditions, so that a
//! pasted page costs a message and no more.

use super::period::{Period, Side};
use super::term::{Node, Term, Word};
use super::vocabulary::{Field, nearest};
use crate::model::{ArticleId, ClaimId};
use crate::text::fold::fold;

/// Parentheses within each other.
const DEEPEST: usize = 64;
/// Conditions in a query.
const MOST: usize = 200;

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// What, and at which character, counted from 1.
    pub(super) why: String,
}

type Parsed<T> = Result<T, Mistake>;

/// Understands `text`.
pub(super) fn parse(text: &str) -> Parsed<Node> {
    let mut parser = Parser { text, at: 0, depth: 0, terms: 0, negated: false };
    let node = parser.any()?;
    if parser.at < text.len() {
        return Err(parser.mistake(parser.at, "the ) at character", "has no ( before it"));
    }
    Ok(node)
}

struct Parser<'a> {
    text: &'a str,
    /// The byte to be read next.
    at: usize,
    depth: usize,
    terms: usize,
    /// Whether what is read now stands under an odd number of negations.
    negated: bool,
}

impl<'a> Parser<'a> {
    /// `any = all { "OR" all }`
    fn any(&mut self) -> Parsed<Node> {
        let mut sides = vec![self.all()?];
        loop {
            let at = self.at;
            if !self.take_keyword("OR") {
                break;
            }
            if is_empty(&sides[sides.len() - 1]) {
                return Err(self.mistake(at, "the OR at character", "has nothing before it; \"or\" is the word"));
            }
            let side = self.all()?;
            if is_empty(&side) {
                return Err(self.mistake(at, "the OR at character", "has nothing after it; \"or\" is the word"));
            }
            sides.push(side);
        }
        Ok(if sides.len() == 1 { sides.remove(0) } else { Node::Any(sides) })
    }

    /// `all = { factor [ "AND" ] }`
    fn all(&mut self) -> Parsed<Node> {
        let mut nodes = Vec::new();
        let mut and = None;
        loop {
            self.skip_blanks();
            let at = self.at;
            if self.ends_group() || self.sees_keyword("OR") {
                break;
            }
            if self.take_keyword("AND") {
                if nodes.is_empty() || and.is_some() {
                    return Err(self.mistake(at, "the AND at character", "has nothing before it; \"and\" is the word"));
                }
                and = Some(at);
            } else if let Some(node) = self.factor()? {
                nodes.push(node);
                and = None;
            }
        }
        if let Some(at) = and {
            return Err(self.mistake(at, "the AND at character", "has nothing after it; \"and\" is the word"));
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::All(nodes) })
    }

    /// `factor = { "-" | "!" | "NOT" } ( "(" any ")" | phrase | term )`; `None` where folding leaves nothing of it.
    fn factor(&mut self) -> Parsed<Option<Node>> {
        let outside = self.negated;
        loop {
            let at = self.at;
            if self.rest().starts_with(['-', '!']) {
                self.at += 1;
            } else if self.take_keyword("NOT") {
                self.skip_blanks();
                if self.ends_group() || self.sees_keyword("OR") || self.sees_keyword("AND") {
                    return Err(self.mistake(at, "the NOT at character", "has nothing after it; \"not\" is the word"));
                }
            } else {
                break;
            }
            self.negated = !self.negated;
        }
        let node = self.primary()?;
        let negated = std::mem::replace(&mut self.negated, outside) != outside;
        Ok(node.map(|node| if negated { Node::Not(Box::new(node)) } else { node }))
    }

    fn primary(&mut self) -> Parsed<Option<Node>> {
        let at = self.at;
        if self.rest().starts_with('(') {
            return self.group().map(Some);
        }
        let node = if self.rest().starts_with('"') { phrase(self.quoted()) } else { self.term()? };
        if node.is_none() {
            return Ok(None);
        }
        self.terms += 1;
        if self.terms > MOST {
            let rest = format!("is one too many: a query has at most {MOST} words");
            return Err(self.mistake(at, "the word at character", &rest));
        }
        Ok(node)
    }

    fn group(&mut self) -> Parsed<Node> {
        let at = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            let rest = format!("is one too many: they nest at most {DEEPEST} deep");
            return Err(self.mistake(at, "the ( at character", &rest));
        }
        let node = self.any()?;
        if !self.rest().starts_with(')') {
            return Err(self.mistake(at, "the ( at character", "has no ) after it"));
        }
        if is_empty(&node) {
            return Err(self.mistake(at, "the ( at character", "has nothing in it"));
        }
        self.at += 1;
        self.depth -= 1;
        Ok(node)
    }

    /// `term = field ":" value | word`
    fn term(&mut self) -> Parsed<Option<Node>> {
        let at = self.at;
        let word = self.word();
        if let Some((name, value)) = word.split_once(':') {
            let quoted = value.is_empty() && self.rest().starts_with('"');
            if let Some(field) = Field::from_name(name) {
                let value = if quoted { self.quoted().trim() } else { value };
                return self.field(at, field, value).map(|term| Some(Node::Term(term)));
            }
            if let Some(field) = nearest(name).filter(|_| quoted || !(value.is_empty() || value.starts_with('/'))) {
                let rest = format!("is no field; did you mean {}:?", field.name());
                return Err(self.mistake(at, &format!("{name}: at character"), &rest));
            }
        }
        Ok(if let Some(id) = ArticleId::parse(word) {
            Some(Node::Term(Term::Article(id)))
        } else if let Some(id) = ClaimId::parse(word) {
            Some(Node::Term(Term::Claim(id)))
        } else if self.negated {
            phrase(word)
        } else {
            Some(Word::new(word)).filter(|word| !word.is_empty()).map(Node::Fuzzy)
        })
    }

    fn field(&self, at: usize, field: Field, value: &str) -> Parsed<Term> {
        let name = field.name();
        let folded = fold(value);
        if folded.is_empty() {
            let rest = format!("needs {} right after it", field.takes());
            return Err(self.mistake(at, &format!("{name}: at character"), &rest));
        }
        let date = |side| Period::parse(value).map(|period| Term::Date(side, period));
        let term = match field {
            Field::Tag => {
                Some(fold(value.strip_prefix('#').unwrap_or(value))).filter(|tag| !tag.is_empty()).map(Term::Tag)
            }
            Field::Source => Some(Term::Source(folded)),
            Field::Author => Some(Term::Author(folded)),
            Field::Title => Some(Term::Title(folded)),
            Field::Speaker => Some(Term::Speaker(folded)),
            Field::By => Some(Term::Annotator(folded)),
            Field::Lang => crate::model::Lang::from_code(&folded).map(Term::Lang),
            Field::Form => crate::model::Form::from_word(&folded).map(Term::Form),
            Field::Status => crate::model::Status::from_word(&folded).map(Term::Status),
            Field::Is => match folded.as_str() {
                "read" => Some(Term::Read(true)),
                "unread" => Some(Term::Read(false)),
                _ => None,
            },
            Field::Has => match folded.as_str() {
                "claims" => Some(Term::HasClaims),
                "tags" => Some(Term::HasTags),
                _ => None,
            },
            Field::Before => date(Side::Before),
            Field::After => date(Side::After),
            Field::Date => date(Side::Within),
        };
        term.ok_or_else(|| {
            let rest = format!("takes {}", field.takes());
            self.mistake(at, &format!("{name}: at character"), &rest)
        })
    }

    /// The words from the quotation mark here to the next, or to the end of what has been typed so far.
    fn quoted(&mut self) -> &'a str {
        let open = &self.text[self.at + 1..];
        let (words, taken) = open.split_once('"').map_or((open, open.len()), |(words, _)| (words, words.len() + 1));
        self.at += 1 + taken;
        words
    }

    /// What is here up to white space, a parenthesis or a quotation mark.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let word = &rest[..rest.find(parts_words).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Passes white space, and signs of negation with nothing after them: a person is about to type it.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let signs = rest.trim_start_matches(['-', '!']);
            let lone = signs.is_empty() || signs.starts_with(|c: char| c.is_whitespace() || c == ')');
            let next = if lone { signs } else { rest }.trim_start();
            if next.len() == rest.len() {
                return;
            }
            self.at = self.text.len() - next.len();
        }
    }

    fn ends_group(&self) -> bool {
        self.rest().is_empty() || self.rest().starts_with(')')
    }

    /// Whether an operator stands here, in capitals and as a word of its own.
    fn sees_keyword(&self, keyword: &str) -> bool {
        self.rest().strip_prefix(keyword).is_some_and(|after| after.is_empty() || after.starts_with(parts_words))
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let here = self.sees_keyword(keyword);
        self.at += if here { keyword.len() } else { 0 };
        here
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn mistake(&self, at: usize, what: &str, why: &str) -> Mistake {
        let character = self.text[..at].chars().count() + 1;
        Mistake { why: format!("{what} {character} {why}") }
    }
}

/// The condition that `words` stand there unbroken; `None` where nothing is left of them.
fn phrase(words: &str) -> Option<Node> {
    let words = fold(words);
    let words = words.trim();
    (!words.is_empty()).then(|| Node::Term(Term::Phrase(words.to_owned())))
}

fn is_empty(node: &Node) -> bool {
    matches!(node, Node::All(nodes) if nodes.is_empty())
}

fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"')
}
