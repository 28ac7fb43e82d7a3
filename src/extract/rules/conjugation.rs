//! What both languages' conjugations have in common: a written form and what it is.

use super::cue::{Gender, Mood, Number, VerbForm};

/// A form as it is written, with its accents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) written: String,
    pub(super) form: VerbForm,
}

impl Form {
    /// A form of either number.
    pub(super) fn new(written: impl Into<String>, mood: Mood) -> Self {
        Self { written: written.into(), form: VerbForm { mood, number: None, gender: None } }
    }

    pub(super) fn singular(written: impl Into<String>, mood: Mood) -> Self {
        Self { written: written.into(), form: VerbForm { mood, number: Some(Number::Singular), gender: None } }
    }

    pub(super) fn plural(written: impl Into<String>, mood: Mood) -> Self {
        Self { written: written.into(), form: VerbForm { mood, number: Some(Number::Plural), gender: None } }
    }

    /// A past participle with its agreement.
    pub(super) fn participle(written: impl Into<String>, gender: Gender, number: Option<Number>) -> Self {
        Self { written: written.into(), form: VerbForm { mood: Mood::PastParticiple, number, gender: Some(gender) } }
    }
}
