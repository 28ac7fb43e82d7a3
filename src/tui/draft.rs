//! A claim that is being made by hand: its words, and who and how as far as the article lets one guess.
//!
//! The guesses are there to be taken with one key, so they lean on what stands nearest: a suggestion over the same
//! words, the marks around them, who speaks just before. Nothing is recorded in here.

use uuid::Uuid;

use super::selection::{Chosen, Ground};
use crate::model::event::Attribution;
use crate::model::id::text_sha256;
use crate::model::listing::Opened;
use crate::model::{Annotation, ByteRange, ClaimId, Form, NewClaim, Polarity, Ranges, Selector, Speaker, Status};
use crate::text::anchor;

/// A claim before it is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Words, cue and mention.
    pub chosen: Chosen,
    /// Who made it.
    pub speaker: Option<Attribution>,
    /// How it is told.
    pub form: Form,
}

impl Draft {
    /// A draft of what was chosen, the rest guessed.
    pub fn new(opened: &Opened, mut chosen: Chosen) -> Self {
        if let Some(suggestion) = suggestion_over(opened, &chosen.parts) {
            let apart = |range: &ByteRange| chosen.parts.iter().all(|part| part.intersect(*range).is_none());
            chosen.cue = chosen.cue.or(suggestion.claim.cue.filter(apart));
            chosen.mention = chosen.mention.or(suggestion.claim.mention.filter(apart));
        }
        let speaker = likely_speaker(opened, &chosen.parts).map(Attribution::from);
        let form = likely_form(opened, &chosen.parts);
        Self { chosen, speaker, form }
    }

    /// The claim to be recorded, named by the act that makes it.
    pub fn claim(&self, opened: &Opened, group: Uuid) -> NewClaim {
        let Ranges { text_sha256, parts, cue, mention } = ranges(&opened.article.text, &self.chosen);
        NewClaim {
            id: ClaimId::derive(&[b"made", group.as_bytes()]),
            article: opened.row.id.clone(),
            text_sha256,
            parts,
            form: self.form,
            polarity: Polarity::Positive,
            status: Status::Accepted,
            speaker: self.speaker.clone(),
            cue,
            mention,
            nested_in: None,
        }
    }
}

/// What was chosen in a text, with the words and those around them.
pub fn ranges(text: &str, chosen: &Chosen) -> Ranges {
    let selector = |range: &ByteRange| {
        let (prefix, suffix) = anchor::context(text, *range);
        Selector { range: *range, exact: range.of(text).into(), prefix: prefix.into(), suffix: suffix.into() }
    };
    Ranges {
        text_sha256: text_sha256(text),
        parts: chosen.parts.iter().map(selector).collect(),
        cue: chosen.cue.as_ref().map(selector),
        mention: chosen.mention.as_ref().map(selector),
    }
}

/// How many bytes two sets of ranges share.
fn shared(one: &[ByteRange], other: &[ByteRange]) -> usize {
    one.iter().flat_map(|a| other.iter().filter_map(|b| a.intersect(*b))).map(ByteRange::len).sum()
}

/// The suggestion that shares most words with these parts.
fn suggestion_over<'o>(opened: &'o Opened, parts: &[ByteRange]) -> Option<&'o Annotation> {
    let suggested = opened.claims.iter().filter(|claim| claim.status == Status::Suggested);
    let over = suggested.map(|claim| (shared(&claim.claim.parts, parts), claim)).filter(|(bytes, _)| *bytes > 0);
    over.max_by_key(|(bytes, _)| *bytes).map(|(_, claim)| claim)
}

/// Who most likely made a claim of these words: who is said to in a suggestion over them, else the speaker of the
/// nearest claim before them in the same paragraph, else of the nearest one.
pub fn likely_speaker<'o>(opened: &'o Opened, parts: &[ByteRange]) -> Option<&'o Speaker> {
    if let Some(speaker) = suggestion_over(opened, parts).and_then(|claim| claim.claim.speaker.as_ref()) {
        return Some(speaker);
    }
    let (start, end) = (parts.first()?.start, parts.last()?.end);
    let told = opened.claims.iter().filter_map(|claim| Some((claim.claim.extent()?, claim.claim.speaker.as_ref()?)));
    let paragraph = opened.article.blocks.iter().map(|block| block.range).find(|block| block.contains(start));
    let before =
        |extent: &ByteRange| extent.start < start && paragraph.is_some_and(|paragraph| extent.end > paragraph.start);
    let here = told.clone().filter(|(extent, _)| before(extent)).max_by_key(|(extent, _)| (extent.end, extent.start));
    let distance = |extent: ByteRange| extent.start.saturating_sub(end) + start.saturating_sub(extent.end);
    here.or_else(|| told.min_by_key(|(extent, _)| distance(*extent))).map(|(_, speaker)| speaker)
}

/// How a claim of these words is most likely told: in the speaker's own words where all of them stand inside quotation
/// marks, with fragments of them where marks stand inside, else in the author's.
pub fn likely_form(opened: &Opened, parts: &[ByteRange]) -> Form {
    let ground = Ground { text: &opened.article.text, blocks: &opened.article.blocks };
    let quoted = |part: &ByteRange| ground.quotations_in(*part).iter().any(|one| one.outside.covers(*part));
    if parts.iter().all(quoted) {
        return Form::Direct;
    }
    let with_quotes = |part: &ByteRange| !ground.quotations_in(*part).is_empty();
    if parts.iter().any(with_quotes) { Form::Mixed } else { Form::Indirect }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::article;

    /// An article in which the words between `<` and `>` are selected, with those ranges.
    fn selected(marked: &str) -> (Opened, Vec<ByteRange>) {
        let plain = article(&marked.replace(['<', '>'], ""));
        let (mut parts, mut at) = (Vec::new(), 0);
        for (i, words) in article(marked).article.text.split(['<', '>']).enumerate() {
            if i % 2 == 1 {
                parts.push(ByteRange::new(at, at + words.len()));
            }
            at += words.len();
        }
        (plain, parts)
    }

    #[track_caller]
    fn speaker(marked: &str, want: Option<&str>) {
        let (opened, parts) = selected(marked);
        assert_eq!(likely_speaker(&opened, &parts).map(|speaker| speaker.name.as_str()), want, "{marked}");
    }

    #[test]
    fn the_likely_speaker_is_the_one_just_before_in_the_paragraph() {
        speaker("[a]{Lot} b [c]{Roy} <d> [e]{Kim}", Some("Roy"));
        speaker("[a]{Lot} et puis\n<d> et [e]{Kim}", Some("Kim"));
        speaker("[a]{Lot}\n<d> et puis longtemps rien [e]{Kim}", Some("Lot"));
        speaker("<d> [a]{Lot} [c]{Roy}", Some("Lot"));
        speaker("<d> et rien", None);
    }

    #[test]
    fn a_suggestion_over_the_same_words_knows_better() {
        let (mut opened, parts) = selected("[a]{Lot} <[b]{Roy}> [c]{Kim}");
        opened.claims[1].status = Status::Suggested;
        opened.claims[1].claim.cue = Some(ByteRange::new(0, 1));
        opened.claims[1].claim.mention = Some(parts[0]);
        assert_eq!(likely_speaker(&opened, &parts).map(|speaker| speaker.name.as_str()), Some("Roy"));
        let draft = Draft::new(&opened, Chosen { parts, cue: None, mention: None });
        assert_eq!((draft.chosen.cue, draft.chosen.mention), (Some(ByteRange::new(0, 1)), None));
    }

    #[track_caller]
    fn form(marked: &str, want: Form) {
        let (opened, parts) = selected(marked);
        assert_eq!(likely_form(&opened, &parts), want, "{marked}");
    }

    #[test]
    fn the_likely_form_follows_the_marks() {
        form("Il dit : « <Non.> »", Form::Direct);
        form("Il dit : <« Non. »>", Form::Direct);
        form("« <un> et deux », puis “<trois>”", Form::Direct);
        form("Il dit que <c’est un risque « existentiel » pour l’IA>.", Form::Mixed);
        form("<Il veut> « <rien> »", Form::Mixed);
        form("Il dit que <c’est un risque>.", Form::Indirect);
    }
}
