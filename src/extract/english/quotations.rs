//! Speech over several sentences: `"Why?" she asked.` is one, `"A," he said. "B."` is one claim of two parts, and so is
//! a quotation of several paragraphs whose mark is set again at the head of each.

use std::ops::Range;

use super::super::quotes::Quote;
use super::super::words::{Kind, Part, Sentence};
use super::super::{Lead, Scene};
use crate::model::{Form, Lang};

/// Within how many tokens the dash of a dateline must come.
const DATELINE: usize = 16;

impl Scene<'_> {
    /// The sentence with this number as the rules take it, and the number of the next one: without a dateline, and
    /// together with the incise that a question mark parts from its quotation.
    pub fn sentence_at(&self, number: usize, part: &Part) -> (Sentence, usize) {
        let mut tokens = self.doc.sentences[number].tokens.clone();
        let next = number + 1;
        if self.lang != Lang::En {
            return (Sentence { tokens }, next);
        }
        if number == part.sentences.start {
            tokens.start = self.past_dateline(tokens.clone());
            tokens.start = self.past_dateline(tokens.clone());
        }
        let following = self.doc.sentences[..part.sentences.end].get(next).map(|s| s.tokens.clone());
        if let Some(following) = following.filter(|f| self.exclaims(&tokens) && self.is_incise_alone(f)) {
            return (Sentence { tokens: tokens.start..following.end }, next + 1);
        }
        (Sentence { tokens }, next)
    }

    /// How many words a quotation without a speaker needs: fewer in English where it is a sentence with its stop.
    pub fn floating_words(&self, close: usize) -> usize {
        let stopped = self.lang == Lang::En && close > 0 && self.doc.is(close - 1, Kind::Stop);
        if stopped { 2 } else { super::super::direct::FLOATING }
    }

    /// Whether a sentence is a quotation that ends with a mark of its own: `"Why?"`.
    fn exclaims(&self, sentence: &Range<usize>) -> bool {
        let first = self.skip_openers(sentence.start, sentence.end);
        let closed = self.doc.opens(first).is_some_and(|q| q.close + 1 == sentence.end);
        closed
            && sentence.end > first + 2
            && matches!(self.doc.source(sentence.end - 2..sentence.end - 1), "?" | "!" | "…" | "...")
    }

    fn is_incise_alone(&self, sentence: &Range<usize>) -> bool {
        self.said(sentence.start, sentence.end, true).is_some()
    }

    /// Past `LONDON, July 4 (Reuters) -` or `Paris —` at the head of a text.
    fn past_dateline(&self, sentence: Range<usize>) -> usize {
        let start = sentence.start;
        let mut depth = 0;
        let mut shouted = true;
        for at in start..sentence.end.min(start + DATELINE) {
            match self.doc.kind(at) {
                Some(Kind::OpenBracket) => depth += 1,
                Some(Kind::CloseBracket) => depth -= 1,
                Some(Kind::Dash | Kind::Colon) if depth == 0 && at > start => {
                    let first =
                        (at..sentence.end).find(|&t| !self.doc.is(t, Kind::Dash) && !self.doc.is(t, Kind::Colon));
                    let begins =
                        |t: usize| self.doc.capital(t) || self.doc.is(t, Kind::Number) || self.doc.opens(t).is_some();
                    let fits = self.doc.is(at, Kind::Dash) || shouted;
                    return first.filter(|&t| fits && begins(t)).unwrap_or(start);
                }
                Some(Kind::Word) if depth == 0 => {
                    if !self.doc.capital(at) {
                        return start;
                    }
                    shouted &= self.doc.source(at..at + 1).chars().all(|c| !c.is_lowercase());
                }
                Some(Kind::Mark | Kind::Semicolon) => return start,
                _ => {}
            }
        }
        start
    }

    /// Whether a quotation with a comma at its end shuts the clause it stands in: `a “disgrace,” as he left`.
    pub fn shuts(&self, quote: &Quote, next: usize, limit: usize) -> bool {
        let comma = quote.close > quote.open && self.doc.source(quote.close - 1..quote.close) == ",";
        let goes_on = matches!(self.doc.word(next), "and" | "but" | "or" | "because" | "which" | "who")
            || self.doc.opens(next).is_some();
        comma && next < limit && !goes_on
    }

    /// Adds the claims of a sentence to those before it; a quotation that only goes on joins its beginning.
    pub fn add(&self, leads: &mut Vec<Lead>, mut found: Vec<Lead>, sentence: &Sentence) {
        if self.lang == Lang::En
            && let Some(last) = leads.pop()
        {
            let open = self.left_open_before(sentence.tokens.start);
            match found.first_mut() {
                Some(more) if more.rule == "carried" && (open && speaks(&last) || self.just_told(&last, sentence)) => {
                    let mut last = last;
                    last.parts.append(&mut more.parts);
                    leads.push(last);
                    return;
                }
                // The beginning waits for the cue: `"A.` and, in the next paragraph, `"B," she said.`
                Some(told)
                    if open && last.rule == "carried" && told.rule == "incise" && told.at == sentence.tokens.start =>
                {
                    told.parts.splice(0..0, last.parts);
                }
                _ => leads.push(last),
            }
        }
        leads.append(&mut found);
    }

    /// Whether the paragraph before a token ends within a quotation.
    fn left_open_before(&self, token: usize) -> bool {
        let Some(before) = token.checked_sub(1) else { return false };
        let quote = self.doc.tokens[before].quote.and_then(|q| self.doc.quotes.get(q as usize));
        quote.is_some_and(|q| q.close == token)
    }

    /// Whether a speech with its incise ends right before a sentence.
    fn just_told(&self, last: &Lead, sentence: &Sentence) -> bool {
        let end = last.extent().end.max(last.cue.map_or(0, |c| c.end));
        let after = self.doc.tokens.partition_point(|t| t.at.start < end);
        let start = sentence.tokens.start;
        let part = self.doc.parts.partition_point(|p| p.tokens.end <= start);
        let same = self.doc.parts.get(part).is_some_and(|p| p.tokens.contains(&after));
        let stops = (after..start).filter(|&t| self.doc.is(t, Kind::Stop)).count();
        same && speaks(last) && last.rule != "carried" && last.form != Form::Indirect && stops <= 1
    }
}

/// Whether a claim is speech that may go on.
fn speaks(lead: &Lead) -> bool {
    matches!(lead.rule, "incise" | "inserted" | "colon" | "quote" | "carried")
}
