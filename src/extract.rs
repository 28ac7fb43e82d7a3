//! Who said what: the claims of an article, found by rules.
//!
//! A pure function of an article's canonical text and blocks: words and quotation marks first, then the names, then
//! the rules from the surest to the weakest, sentence by sentence, and last the speakers, in the order of the text. A
//! rule takes nothing that a surer one has taken. Nothing is read and nothing kept; the same article gives the same
//! claims, any text at all gives some or none, and the work grows with the text, since no rule looks further than a
//! sentence of bounded length.

mod blocks;
mod complements;
mod cues;
mod direct;
mod english;
mod entities;
mod identity;
mod incises;
mod lexis;
mod nested;
mod nouns;
mod phrase;
mod quotes;
mod resolve;
pub mod rules;
mod settings;
mod sources;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use self::entities::Table;
use self::phrase::Who;
use self::resolve::Resolver;
use self::words::{Doc, Kind, Sentence};
use crate::model::{Article, BlockKind, ByteRange, Claim, Findings, Form, Found, Lang, Polarity, SpeakerKind};

pub use self::rules::Rules;

/// The name of what the rules and this engine find; it changes whenever they may find something else.
pub const RULE_SET: &str = "2";

/// What is left of a claim's confidence where the speaker isn't known.
const UNKNOWN: f32 = 0.8;

/// All that the rules that come with dixit find in an article.
pub fn findings(article: &Article) -> Findings {
    Findings { rule_set: RULE_SET.to_owned(), claims: extract(article, Rules::built_in()) }
}

/// A claim before its speaker is known.
#[derive(Clone, Debug)]
struct Lead {
    parts: Vec<ByteRange>,
    form: Form,
    polarity: Polarity,
    cue: Option<ByteRange>,
    who: Who,
    rule: &'static str,
    /// How much it counts against another rule that wants the same words, 0 to 1.
    weight: f32,
    /// The first token of the content.
    at: usize,
    /// Whether it is told within another claim.
    nested: bool,
}

impl Lead {
    fn extent(&self) -> ByteRange {
        match (self.parts.first(), self.parts.last()) {
            (Some(first), Some(last)) => ByteRange::new(first.start, last.end),
            _ => ByteRange::new(0, 0),
        }
    }
}

/// What the rules look at: the words, the names, the rule files, in one language.
struct Scene<'a> {
    doc: &'a Doc<'a>,
    rules: &'a Rules,
    table: &'a Table,
    lang: Lang,
}

impl Scene<'_> {
    /// Whether a token names a person's role.
    fn is_role(&self, at: usize) -> bool {
        entities::is_role(self.rules, self.doc.word(at))
    }

    /// The parts and the form of a stretch of content: the words inside the marks where it is one quotation.
    fn shape(&self, tokens: Range<usize>) -> (Vec<ByteRange>, Form) {
        if let Some(quote) = self.doc.opens(tokens.start).filter(|q| q.close + 1 >= tokens.end) {
            return (vec![quote.inside], Form::Direct);
        }
        let quoted = tokens.clone().any(|t| self.doc.opens(t).is_some());
        (vec![self.doc.bytes(tokens)], if quoted { Form::Mixed } else { Form::Indirect })
    }

    /// The claims of one sentence, from the surest rule to the weakest, without overlaps.
    fn sentence(&self, sentence: &Sentence) -> Vec<Lead> {
        let mut taken: Vec<Lead> = Vec::new();
        for lead in self.with_incise(sentence).into_iter().chain(self.sourced(sentence)) {
            take(&mut taken, lead);
        }
        if self.lang == Lang::En
            && let Some(lead) = self.told_clause(sentence)
        {
            take(&mut taken, lead);
        }
        let Range { start, end } = sentence.tokens.clone();
        let mut at = start;
        while at < end {
            if self.doc.quoted(at) || !self.doc.is(at, Kind::Word) {
                at += 1;
                continue;
            }
            let by_noun = || match self.lang {
                Lang::Fr => self.noun_saying(at, start, end),
                Lang::En => self.attitude(at, start, end),
            };
            if let Some(mut lead) = self.saying(at, start, end).or_else(by_noun) {
                if self.lang == Lang::En
                    && let Some(who) = self.adds_to(at, &taken)
                {
                    lead.who = who;
                }
                take(&mut taken, lead);
            }
            at += 1;
        }
        if taken.is_empty() && self.lang != Lang::En {
            taken.extend(self.reported_incise(sentence));
        }
        if let Some(lead) = self.behind_colon(sentence) {
            take(&mut taken, lead);
        }
        if taken.is_empty() {
            taken.extend(self.floating(sentence));
        }
        taken
    }
}

/// Adds a claim where none stands yet.
fn take(taken: &mut Vec<Lead>, lead: Lead) {
    let extent = lead.extent();
    let free = !extent.is_empty() && taken.iter().all(|t| t.extent().intersect(extent).is_none());
    let clear = |t: &Lead, cue: ByteRange| t.parts.iter().chain(&t.cue).all(|p| p.intersect(cue).is_none());
    let cue_free = lead.cue.is_none_or(|cue| taken.iter().all(|t| clear(t, cue)));
    if free && cue_free {
        taken.push(lead);
    }
}

/// The claims of an article, in the order of the text.
pub fn extract(article: &Article, rules: &Rules) -> Vec<Found> {
    let doc = Doc::new(article);
    let table = Table::new(&doc, rules);
    let mut scene = Scene { doc: &doc, rules, table: &table, lang: article.lang.unwrap_or(Lang::Fr) };
    let mut leads = leads(&mut scene);
    leads.extend(nested::within(&mut scene, &leads));
    leads.sort_by_key(|lead| (lead.extent().start, lead.nested, lead.extent().end));
    let default = article.lang.unwrap_or(Lang::Fr);
    scene.lang = default;
    let mut resolver = Resolver::new(&scene);
    let mut names = identity::Names::new(&article.text);
    let mut found: Vec<Found> = Vec::with_capacity(leads.len());
    let mut outer: Option<usize> = None;
    for lead in leads {
        let resolved = resolver.resolve(&lead);
        let unknown = resolved.speaker.as_ref().is_none_or(|s| s.kind == SpeakerKind::Unknown);
        if unknown && is_figure(&doc, &lead) {
            continue;
        }
        if lead.nested && (unknown || !outer.is_some_and(|at| tells(&found[at].claim, &lead, &resolved))) {
            continue;
        }
        let sure = rules.confidence(lead.rule);
        let confidence = if unknown { sure * UNKNOWN } else { sure };
        let claim = Claim {
            parts: lead.parts,
            form: lead.form,
            polarity: lead.polarity,
            speaker: resolved.speaker,
            cue: lead.cue,
            mention: resolved.mention,
        };
        let id = names.next(&claim);
        let nested_in = outer.filter(|_| lead.nested);
        if !lead.nested {
            outer = Some(found.len());
        }
        found.push(Found { id, claim, rule: lead.rule.to_owned(), confidence, nested_in });
    }
    found
}

/// Whether a claim of an unknown speaker is a figure of speech. Things without a mouth ask and announce: « la situation
/// exige un effort commun »; and a pronoun may stand for nothing: `It is time that`.
fn is_figure(doc: &Doc<'_>, lead: &Lead) -> bool {
    match lead.who {
        Who::Pronoun(at) if doc.word(at) == "it" => true,
        Who::Pronoun(_) => matches!(lead.rule, "object" | "infinitive" | "evidence"),
        _ => matches!(lead.rule, "object" | "infinitive" | "evidence" | "clause-incise"),
    }
}

/// Whether an outer claim tells an inner one, of somebody else than its own speaker.
fn tells(outer: &Claim, inner: &Lead, resolved: &resolve::Resolved) -> bool {
    let held = outer.extent().is_some_and(|whole| whole.intersect(inner.extent()) == Some(inner.extent()));
    held && outer.speaker.as_ref().map(|s| &s.name) != resolved.speaker.as_ref().map(|s| &s.name)
}

/// Every claim of the article, by its blocks.
fn leads(scene: &mut Scene<'_>) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::new();
    let doc = scene.doc;
    for (number, part) in doc.parts.iter().enumerate() {
        scene.lang = part.lang;
        match part.kind {
            BlockKind::Post => leads.extend(scene.post(part)),
            BlockKind::Attribution => leads.extend(scene.signed(number)),
            BlockKind::Paragraph => {
                let signed = doc.parts.get(number + 1).is_some_and(|p| p.kind == BlockKind::Attribution);
                let quote = doc.parts.get(number.wrapping_sub(1)).is_some_and(|p| p.kind == BlockKind::BlockQuote);
                if !signed || quote {
                    let mut next = part.sentences.start;
                    while next < part.sentences.end {
                        let (sentence, after) = scene.sentence_at(next, part);
                        let found = scene.sentence(&sentence);
                        scene.add(&mut leads, found, &sentence);
                        next = after;
                    }
                }
                leads.extend(scene.introduced(number));
            }
            BlockKind::Title | BlockKind::Heading | BlockKind::ListItem | BlockKind::BlockQuote => {}
        }
    }
    // A block under an introduction is the introduction's, whatever rule looked into it.
    let mut kept: Vec<Lead> = Vec::with_capacity(leads.len());
    leads.sort_by(|a, b| a.extent().start.cmp(&b.extent().start).then(b.weight.total_cmp(&a.weight)));
    for lead in leads.into_iter().filter(|lead| lead.parts.iter().all(|part| !part.is_empty())) {
        if kept.last().is_none_or(|last| last.extent().intersect(lead.extent()).is_none()) {
            kept.push(lead);
        }
    }
    kept
}
