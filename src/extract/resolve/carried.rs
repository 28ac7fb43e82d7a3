//! Who goes on speaking where a quotation stands alone.
//!
//! The last speaker, unless the article has turned to somebody else since: « « … », raconte son frère. Elle songe à
//! partir. « J'ai tout quitté. » »

use super::{MEMORY, Party, Resolver, named};
use crate::extract::lexis;
use crate::extract::phrase::Who;
use crate::model::{Lang, SpeakerKind};

impl Resolver<'_, '_> {
    /// The speaker of a quotation that nobody is said to speak, in this sentence.
    pub(super) fn carried(&self, sentence: usize) -> Option<Party> {
        let last = self.last.as_ref().filter(|(_, s)| sentence.saturating_sub(*s) <= MEMORY);
        let turned = match self.scene.lang {
            Lang::En => self.newcomer(sentence),
            Lang::Fr => self.turned_to(last.map_or(0, |(_, s)| s + 1), sentence),
        };
        turned.or_else(|| last.map(|(party, _)| party.clone()))
    }

    /// Whom the sentences from `first` on up to the quotation's, in its paragraph, are about.
    fn turned_to(&self, first: usize, sentence: usize) -> Option<Party> {
        let doc = self.scene.doc;
        let part = doc.parts.get(doc.parts.partition_point(|p| p.sentences.end <= sentence))?;
        (first.max(part.sentences.start)..sentence).rev().find_map(|before| {
            let tokens = doc.sentences[before].tokens.clone();
            let pronoun = tokens.clone().rev().find(|&t| self.is_personal(t));
            if let Some(at) = pronoun {
                return self.of_pronoun(doc.word(at), at, before);
            }
            let Some(Who::Phrase(subject)) = self.scene.first_subject(tokens.start, tokens.end) else { return None };
            let mention = self.scene.table.within(subject).first()?;
            let entity = &self.scene.table.entities[mention.entity];
            (entity.kind == SpeakerKind::Person).then(|| named(self.scene.table, mention.entity))
        })
    }

    /// Whether a token is « il » or « elle » for somebody: not « il y a », « il faut ».
    fn is_personal(&self, at: usize) -> bool {
        let doc = self.scene.doc;
        let nobody = matches!(
            doc.word(at + 1),
            "y" | "faut" | "faudra" | "faudrait" | "s" | "n" | "est" | "semble" | "reste" | "fait"
        );
        match doc.word(at) {
            "elle" => !doc.quoted(at),
            "il" => !doc.quoted(at) && !nobody && !lexis::is_relative(doc.word(at.saturating_sub(1))),
            _ => false,
        }
    }
}
