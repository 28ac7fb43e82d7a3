//! The article as words: tokens with their folded form, sentences that never cut a quotation, and the language of
//! each block.
//!
//! Everything after this works on token numbers and asks for bytes only to write a claim down. Elisions (`qu'`, `l'`)
//! and inverted pronouns (`-t-il`) are tokens of their own, since both decide who speaks; a title's or an initial's
//! stop belongs to its word. Sentences are cut at a fixed length, so that no rule that looks through "the rest of
//! the sentence" can cost more than a constant a word, whatever the document.

use std::ops::Range;

use super::lexis;
use super::quotes::{self, Quote};
use crate::model::{Article, BlockKind, ByteRange, Lang};
use crate::text::fold::{fold_into, is_letter};
use crate::text::segment;
use crate::text::wordset::WordSet;

/// The longest sentence that rules look at, in tokens; a longer one is cut.
const LONGEST: usize = 400;

/// How an English genitive folds, that of a plural too.
const POSSESSIVE: &str = "'s";

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Comma,
    Stop,
    Colon,
    Semicolon,
    Mark,
    Dash,
    OpenBracket,
    CloseBracket,
    Other,
}

/// A word or a sign.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub at: ByteRange,
    pub kind: Kind,
    /// Begins with a capital.
    pub capital: bool,
    /// A pronoun hung on its verb: `-t-il`.
    pub inverted: bool,
    /// The outermost quotation that the token stands in, its marks included.
    pub quote: Option<u32>,
    folded: (u32, u32),
}

/// A sentence.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub tokens: Range<usize>,
}

/// A block: its kind, language, tokens and sentences.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub kind: BlockKind,
    pub lang: Lang,
    pub at: ByteRange,
    pub tokens: Range<usize>,
    pub sentences: Range<usize>,
}

/// An article as words.
pub(super) struct Doc<'a> {
    pub text: &'a str,
    /// The article's own language.
    pub lang: Lang,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub parts: Vec<Part>,
    pub quotes: Vec<Quote>,
    folded: String,
}

impl<'a> Doc<'a> {
    pub fn new(article: &'a Article) -> Self {
        let mut doc = Doc {
            text: &article.text,
            lang: article.lang.unwrap_or(Lang::Fr),
            tokens: Vec::with_capacity(article.text.len() / 5),
            sentences: Vec::new(),
            parts: Vec::with_capacity(article.blocks.len()),
            quotes: Vec::new(),
            folded: String::with_capacity(article.text.len() + POSSESSIVE.len()),
        };
        doc.folded.push_str(POSSESSIVE);
        for block in &article.blocks {
            let words = block.range.of(doc.text);
            let first = doc.tokens.len();
            let lang = language(words, doc.lang);
            doc.tokenise(block.range, lang);
            let tokens = first..doc.tokens.len();
            doc.parts.push(Part { kind: block.kind, lang, at: block.range, tokens, sentences: 0..0 });
        }
        doc.quotes = quotes::pair(&mut doc.tokens, &doc.parts, doc.text);
        doc.settle_apostrophes();
        for block in 0..doc.parts.len() {
            doc.cut(block);
        }
        doc
    }

    /// The folded form of a token; empty past the end.
    pub fn word(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| &self.folded[t.folded.0 as usize..t.folded.1 as usize])
    }

    pub fn kind(&self, token: usize) -> Option<Kind> {
        self.tokens.get(token).map(|t| t.kind)
    }

    pub fn is(&self, token: usize, kind: Kind) -> bool {
        self.kind(token) == Some(kind)
    }

    pub fn capital(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.capital)
    }

    /// The outermost quotation that opens at this token.
    pub fn opens(&self, token: usize) -> Option<&Quote> {
        let quote = self.quotes.get(self.tokens.get(token)?.quote? as usize)?;
        (quote.open == token).then_some(quote)
    }

    pub fn quoted(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.quote.is_some())
    }

    /// The bytes of a run of tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> ByteRange {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => ByteRange::new(first.at.start, last.at.end),
            _ => ByteRange::new(0, 0),
        }
    }

    /// The words of a run of tokens as they stand in the text.
    pub fn source(&self, tokens: Range<usize>) -> &'a str {
        self.bytes(tokens).of(self.text)
    }

    /// Where the sentence of a token begins.
    pub fn sentence_start(&self, token: usize) -> usize {
        let next = self.sentences.partition_point(|s| s.tokens.start <= token);
        next.checked_sub(1).map_or(0, |at| self.sentences[at].tokens.start)
    }

    /// How many words a run of tokens has.
    pub fn count(&self, tokens: Range<usize>) -> usize {
        tokens.filter(|&t| matches!(self.kind(t), Some(Kind::Word | Kind::Number))).count()
    }

    /// How many words with a meaning of their own a run of tokens has.
    pub fn content(&self, tokens: Range<usize>) -> usize {
        tokens
            .filter(|&t| matches!(self.kind(t), Some(Kind::Word | Kind::Number)) && !lexis::is_function(self.word(t)))
            .count()
    }

    /// Single marks that no quotation took are signs, and behind a plural its genitive: `the players’ union`.
    fn settle_apostrophes(&mut self) {
        for at in 0..self.tokens.len() {
            let token = &self.tokens[at];
            let single = token.kind == Kind::Mark && quotes::is_single(token.at.of(self.text));
            let edge =
                token.quote.and_then(|q| self.quotes.get(q as usize)).is_some_and(|q| q.open == at || q.close == at);
            if !single || edge {
                continue;
            }
            let plural = self.text[..token.at.start].ends_with(['s', 'S']) && !token.at.of(self.text).starts_with('‘');
            let token = &mut self.tokens[at];
            token.kind = if plural { Kind::Word } else { Kind::Other };
            if plural {
                token.folded = (0, POSSESSIVE.len() as u32);
            }
        }
    }

    fn cut(&mut self, block: usize) {
        let Part { at, tokens, .. } = self.parts[block].clone();
        let first = self.sentences.len();
        let mut start = tokens.start;
        let mut next = tokens.start;
        for sentence in segment::sentences(at.of(self.text)) {
            let end = at.start + sentence.end;
            while next < tokens.end && self.tokens[next].at.start < end {
                next += 1;
            }
            // A boundary inside a quotation is none.
            let inside = next > start
                && next < tokens.end
                && self.tokens[next - 1].quote.is_some()
                && self.tokens[next - 1].quote == self.tokens[next].quote;
            let comma = next < tokens.end && matches!(self.tokens[next].kind, Kind::Comma | Kind::Semicolon);
            if !inside && !comma && next > start {
                self.push_sentence(start..next);
                start = next;
            }
        }
        if start < tokens.end {
            self.push_sentence(start..tokens.end);
        }
        self.parts[block].sentences = first..self.sentences.len();
    }

    fn push_sentence(&mut self, tokens: Range<usize>) {
        let mut start = tokens.start;
        while start < tokens.end {
            let end = tokens.end.min(start + LONGEST);
            self.sentences.push(Sentence { tokens: start..end });
            start = end;
        }
    }

    fn tokenise(&mut self, block: ByteRange, lang: Lang) {
        let text = block.of(self.text);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let start = at;
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            if is_alphanumeric(c) {
                at = self.tokenise_word(text, at, block.start, lang);
                continue;
            }
            at += c.len_utf8();
            if c == '.' && text[at..].starts_with("..") {
                at += 2;
            }
            let kind = match c {
                ',' => Kind::Comma,
                '.' | '!' | '?' | '…' => Kind::Stop,
                ':' => Kind::Colon,
                ';' => Kind::Semicolon,
                '«' | '»' | '“' | '”' | '"' | '„' | '‹' | '›' => Kind::Mark,
                '–' | '—' | '-' | '―' | '•' => Kind::Dash,
                '‘' | '’' | '\'' if lang == Lang::En => Kind::Mark,
                '(' => Kind::OpenBracket,
                ')' => Kind::CloseBracket,
                _ => Kind::Other,
            };
            self.push(block.start + start..block.start + at, kind, "");
        }
    }

    /// Reads one word (or number) at `start` of a block's text and gives where it ends.
    fn tokenise_word(&mut self, text: &str, start: usize, base: usize, lang: Lang) -> usize {
        let end = word_end(text, start);
        let word = &text[start..end];
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            self.push(base + start..base + end, Kind::Number, word);
            return end;
        }
        if let Some(apostrophe) = apostrophe(word) {
            let after = apostrophe + if word[apostrophe..].starts_with('\'') { 1 } else { '’'.len_utf8() };
            let head = &word[..apostrophe];
            let whole = matches!(&word[after..], "ailleurs" | "abord" | "emblée" | "accord" | "ores");
            if lexis::elides(head) && !(whole && matches!(head, "d" | "D")) {
                self.push(base + start..base + start + after, Kind::Word, head);
                return start + after;
            }
            if lang == Lang::En && matches!(&word[after..], "s" | "S") && apostrophe > 0 {
                self.push(base + start..base + start + apostrophe, Kind::Word, head);
                self.push(base + start + apostrophe..base + end, Kind::Word, "'s");
                return end;
            }
        }
        if lang == Lang::Fr
            && let Some((host, pronoun)) = inversion(word)
        {
            self.push(base + start..base + start + host, Kind::Word, &word[..host]);
            self.push(base + start + host..base + end, Kind::Word, pronoun);
            if let Some(last) = self.tokens.last_mut() {
                last.inverted = true;
            }
            return end;
        }
        let dotted = text[end..].starts_with('.')
            && (lexis::is_title(&word.to_lowercase()) || is_initial(word) && initial_goes_on(&text[end + 1..]));
        let mut stop = end + usize::from(dotted);
        // `F.D.A.` and `U.S.` are one word in English.
        while lang == Lang::En && dotted && is_initial(word) && begins_initial(&text[stop..]) {
            stop += text[stop..].chars().next().map_or(0, char::len_utf8) + 1;
        }
        let word = &text[start..stop - usize::from(dotted)];
        self.push(base + start..base + stop, Kind::Word, word);
        stop
    }

    fn push(&mut self, at: Range<usize>, kind: Kind, word: &str) {
        let from = self.folded.len() as u32;
        fold_into(word, &mut self.folded);
        let folded = (from, self.folded.len() as u32);
        let capital = word.starts_with(char::is_uppercase) || begins_arabic_name(word);
        self.tokens.push(Token { at: at.into(), kind, capital, inverted: false, quote: None, folded });
    }
}

/// Where the word that begins at `start` ends: letters, digits, and what joins them.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let number = bytes[start].is_ascii_digit();
    let mut end = start;
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let mut rest = text[end..].chars();
        let Some(c) = rest.next() else { return end };
        let next = rest.next();
        let joins = match c {
            '\'' | '’' => next.is_some_and(is_alphanumeric) || lexis::elides(&text[start..end]),
            '-' | '‑' | '\u{AD}' | '&' | '@' | '_' => next.is_some_and(is_alphanumeric),
            '.' | ',' => number && next.is_some_and(|n| n.is_ascii_digit()),
            _ => is_alphanumeric(c) || ('\u{300}'..='\u{36F}').contains(&c),
        };
        if !joins {
            return end;
        }
        end += c.len_utf8();
    }
}

/// `al-Joulani`: the article is small and the name is not.
fn begins_arabic_name(word: &str) -> bool {
    word.starts_with(['a', 'e'])
        && word.split_once('-').is_some_and(|(article, name)| {
            matches!(article, "al" | "el" | "as" | "an" | "ar" | "ad" | "ash") && name.starts_with(char::is_uppercase)
        })
}

fn is_alphanumeric(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// Where the first apostrophe of a word is.
fn apostrophe(word: &str) -> Option<usize> {
    // Most words have no byte that could begin one.
    let may = word.bytes().any(|byte| matches!(byte, b'\'' | 0xE2));
    if may { word.find(['\'', '’']) } else { None }
}

fn is_initial(word: &str) -> bool {
    word.chars().all(char::is_uppercase) && word.chars().count() == 1
}

/// Whether a further capital with its stop follows.
fn begins_initial(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// Whether a name goes on after an initial's stop.
fn initial_goes_on(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\u{A0}', '-']).starts_with(char::is_uppercase)
}

/// Where a verb with its pronoun hung on parts, and the pronoun: `a-t-il` gives 1 and `il`.
fn inversion(word: &str) -> Option<(usize, &str)> {
    let hyphen = word.bytes().rposition(|byte| byte == b'-')?;
    let pronoun = &word[hyphen + 1..];
    if !matches!(pronoun, "il" | "elle" | "ils" | "elles" | "on" | "je") {
        return None;
    }
    let host = word[..hyphen].strip_suffix("-t").map_or(hyphen, str::len);
    (host > 0).then_some((host, pronoun))
}

/// Words of French that English hasn't, as they stand within sentences.
static FRENCH: WordSet = WordSet::new(&[
    "au", "avec", "ce", "dans", "des", "du", "est", "et", "il", "la", "le", "les", "par", "pas", "pour", "que", "qui",
    "sur", "un", "une",
]);
/// Words of English that French hasn't.
static ENGLISH: WordSet = WordSet::new(&[
    "and", "are", "by", "for", "from", "has", "he", "his", "is", "it", "of", "said", "that", "the", "this", "to",
    "was", "we", "will", "with",
]);

/// The language of a block, by its commonest words; the article's own where they are too few.
fn language(words: &str, default: Lang) -> Lang {
    let (mut french, mut english) = (0, 0);
    for word in segment::letters(words).filter(|word| word.len() < 6).take(400) {
        if FRENCH.has(word) {
            french += 1;
        } else if ENGLISH.has(word) {
            english += 1;
        }
    }
    match (french, english) {
        (f, e) if e >= 3 && e > 2 * f => Lang::En,
        (f, e) if f >= 3 && f > 2 * e => Lang::Fr,
        _ => default,
    }
}
