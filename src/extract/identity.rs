//! What a found claim is called: a name that outlives the rule that found it.
//!
//! It is drawn from the folded words, the folded speaker and the claim's place among its like in the article, and
//! not from offsets, rules or confidence; so what people do to a claim still finds it after the rules have learnt.

use foldhash::{HashMap, HashMapExt as _};

use crate::model::claim::RULES;
use crate::model::{ArticleId, Claim, ClaimId};
use crate::text::fold::fold;

/// Names the claims of one article, in the order of the text.
pub(super) struct Names<'a> {
    text: &'a str,
    article: ArticleId,
    seen: HashMap<(String, String), u32>,
}

impl<'a> Names<'a> {
    /// For the article with this canonical text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, article: ArticleId::of_text(text), seen: HashMap::new() }
    }

    /// The name of the next claim.
    pub(super) fn next(&mut self, claim: &Claim) -> ClaimId {
        let words: Vec<String> = claim.parts.iter().map(|part| fold(part.of(self.text))).collect();
        let words = words.join(" ");
        let speaker = claim.speaker.as_ref().map(|speaker| fold(&speaker.name)).unwrap_or_default();
        let count = self.seen.entry((words.clone(), speaker.clone())).or_insert(0);
        let nth = count.to_be_bytes();
        *count += 1;
        let article = self.article.as_str().as_bytes();
        ClaimId::derive(&[RULES.as_bytes(), article, words.as_bytes(), speaker.as_bytes(), &nth])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ByteRange, Form, Polarity};

    #[test]
    fn the_same_words_have_a_name_each() {
        let text = "« Non ». « Non ».";
        let at = |start: usize| Claim {
            parts: vec![ByteRange::new(start, start + 3)],
            form: Form::Direct,
            polarity: Polarity::Positive,
            speaker: None,
            cue: None,
            mention: None,
        };
        let (first, second) = (text.find("Non").expect("one"), text.rfind("Non").expect("another"));
        let mut names = Names::new(text);
        let (one, two) = (names.next(&at(first)), names.next(&at(second)));
        assert_ne!(one, two);
        assert_eq!(one, Names::new(text).next(&at(second)), "the place in the text is no part of the name");
    }
}
