//! English names: institutions with their `of` and `for`, and persons behind what else is written with a capital.

use super::Names;
use crate::extract::words::Kind;
use crate::model::Lang;

impl Names<'_, '_> {
    /// Whether an English institution's name goes on: `University of California`, `Centers for Disease Control and
    /// Prevention`, `Bank of the West`.
    pub(super) fn joins_institution(&self, start: usize, end: usize, limit: usize) -> bool {
        let word = self.doc.word(end);
        let long = (start..end).any(|t| matches!(self.doc.word(t), "of" | "for"));
        let joint = matches!(word, "of" | "for") || long && word == "and";
        let person = (start..end).any(|t| self.is_role(t) || self.rules.is_first_name(self.doc.word(t)) && t + 1 < end);
        let institution = !person && (start..end).any(|t| self.rules.is_organisation_word(Lang::En, self.doc.word(t)));
        let next = end + 1 + usize::from(self.doc.word(end + 1) == "the" && word != "and");
        joint && institution && next < limit && self.doc.capital(next) && !self.is_role(next)
    }

    /// Where a person's name begins in a run that begins with something else: `Pensioner Leo Geraghty`, `the Rail Union
    /// Dermot O'Leary`.
    pub(super) fn person_within(&self, start: usize, end: usize) -> Option<usize> {
        if self.doc.lang != Lang::En {
            return None;
        }
        let first = |t: &usize| self.rules.is_first_name(self.doc.word(*t));
        let name = (start + 1..end - 1).find(first)?;
        let opens = start == 0 || !self.doc.is(start - 1, Kind::Word);
        let institution = (start..name).any(|t| self.is_organisation_word(self.doc.word(t)));
        (opens && name == start + 1 || institution).then_some(name)
    }
}
