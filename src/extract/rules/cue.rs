//! What is known of a cue: its class, the frames it takes, and which form of its verb a word is.

use std::sync::Arc;

use serde::Deserialize;

/// What a cue says that its speaker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Says, writes, answers.
    Saying,
    /// Thinks, judges, fears.
    Opinion,
    /// Asks for, urges, recommends.
    Demand,
    /// Announces, promises.
    Announcement,
    /// Wants, hopes, means to.
    Intention,
    /// Notes, observes, learns.
    Perception,
    /// Laughs, sighs, thunders: attributes only what it stands beside in quotation marks.
    Manner,
}

/// The constructions in which a cue brings content, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u16);

impl Frames {
    /// A clause after « que », or after `that`, or in English after nothing with [`ZERO`](Self::ZERO).
    pub const QUE: Self = Self(1);
    /// A question in a clause: « demande si », `asked whether`.
    pub const SI: Self = Self(1 << 1);
    /// A bare infinitive: « affirme avoir vu ».
    pub const INF: Self = Self(1 << 2);
    /// « de » and an infinitive.
    pub const DE_INF: Self = Self(1 << 3);
    /// « à » and an infinitive, `to` and an infinitive in English.
    pub const A_INF: Self = Self(1 << 4);
    /// A noun phrase as object: « dénonce une mascarade ».
    pub const NP: Self = Self(1 << 5);
    /// A colon.
    pub const COLON: Self = Self(1 << 6);
    /// Inserted into the quoted words or after them.
    pub const INCISE: Self = Self(1 << 7);
    /// A clause without `that`.
    pub const ZERO: Self = Self(1 << 8);
    /// A gerund: `denied taking`.
    pub const ING: Self = Self(1 << 9);
    /// Somebody told may stand before the content without a preposition: « prévenir X que », `told X that`.
    pub const ADDRESSEE: Self = Self(1 << 10);
    /// Somebody or something, then « de » and what is said of it: « accuse M. Blanc d'avoir menti ».
    pub const NP_DE: Self = Self(1 << 11);
    /// Somebody or something, then « comme » and what it is held for: « considère la loi comme inutile ».
    pub const NP_COMME: Self = Self(1 << 12);
    /// Somebody or something with an adjective: « juge la loi inutile ».
    pub const NP_ATTR: Self = Self(1 << 13);
    /// An adjective, then « de » and an infinitive or « que »: « juge prématuré de conclure ».
    pub const ATTR: Self = Self(1 << 14);
    /// The names of the frames in rule files.
    pub const NAMES: [(&'static str, Self); 15] = [
        ("que", Self::QUE),
        ("si", Self::SI),
        ("inf", Self::INF),
        ("de-inf", Self::DE_INF),
        ("a-inf", Self::A_INF),
        ("np", Self::NP),
        ("colon", Self::COLON),
        ("incise", Self::INCISE),
        ("zero", Self::ZERO),
        ("ing", Self::ING),
        ("addressee", Self::ADDRESSEE),
        ("np-de", Self::NP_DE),
        ("np-comme", Self::NP_COMME),
        ("np-attr", Self::NP_ATTR),
        ("attr", Self::ATTR),
    ];

    /// Whether every frame of `other` is among these.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any frame of `other` is among these.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Masculine.
    Masculine,
    /// Feminine.
    Feminine,
}

impl Gender {
    /// `m` and `f`; any other letter stands for both.
    pub(super) fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "m" => Some(Self::Masculine),
            "f" => Some(Self::Feminine),
            _ => None,
        }
    }
}

/// A grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// One.
    Singular,
    /// Several.
    Plural,
}

/// Mood and tense of a verb form, as far as they matter to who says what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mood {
    /// « dit », `says`.
    Present,
    /// « disait ».
    Imperfect,
    /// « dit » (passé simple), `said`.
    Past,
    /// « dira ».
    Future,
    /// « dirait ».
    Conditional,
    /// « dire », `say`.
    Infinitive,
    /// « dit, dite, dits, dites », `said`.
    PastParticiple,
    /// « disant », `saying`.
    PresentParticiple,
}

/// Which form of its verb a word is. Finite forms are of the third person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbForm {
    /// Mood and tense.
    pub mood: Mood,
    /// Of finite forms and participles, where the form tells it.
    pub number: Option<Number>,
    /// Of past participles.
    pub gender: Option<Gender>,
}

impl VerbForm {
    /// Whether the form can be the verb of a clause by itself.
    pub const fn is_finite(self) -> bool {
        !matches!(self.mood, Mood::Infinitive | Mood::PastParticiple | Mood::PresentParticiple)
    }
}

/// One form of one cue verb.
#[derive(Clone, Debug)]
pub struct CueForm {
    /// The form as it is written, in lower case, with its accents.
    pub written: Box<str>,
    /// The cue as the rule file writes it: « faire savoir », « se réjouir ».
    pub lemma: Arc<str>,
    /// What it says that the speaker does.
    pub class: Class,
    /// The constructions that it takes.
    pub frames: Frames,
    /// Whether the speaker says that the content isn't so: « nie que ».
    pub denies: bool,
    /// Which form it is.
    pub form: VerbForm,
    /// Whether it needs « se », « s' » before it.
    pub reflexive: bool,
    /// The words of which one must follow the form, folded, little between them: « savoir » after a form of « faire »,
    /// « garde » after one of « mettre » (« en »), « convaincu », « convaincue » after « se dire ». Empty where none must.
    pub tails: Arc<[Box<str>]>,
    /// The prepositions, folded, behind which a noun phrase is content, whether or not one without is
    /// ([`Frames::NP`]): « pour » after « plaider ».
    pub after: Arc<[Box<str>]>,
}

/// A noun that attributes: « l'idée que », « la lettre de X : ».
#[derive(Clone, Debug)]
pub struct NounCue {
    /// The noun as the rule file writes it, in the singular.
    pub lemma: Arc<str>,
    /// What it says that the speaker does.
    pub class: Class,
    /// Among [`Frames::QUE`], [`Frames::DE_INF`], [`Frames::A_INF`] and [`Frames::COLON`].
    pub frames: Frames,
    /// Whether it names something written, which may be the speaker itself.
    pub document: bool,
}
