//! Claims: what an article attributes to somebody, and what people have made of it since.

use serde::{Deserialize, Serialize};

use super::event::Tag;
use super::id::{ArticleId, ClaimId};
use super::range::ByteRange;
use super::speaker::Speaker;

/// The annotator of what rules found; no person may take the name.
pub const RULES: &str = "rules";

/// What stands between the parts of a claim where it is told as one.
pub const GAP: &str = " […] ";

/// A vocabulary of fixed words, the same in the store, in JSON, in queries and on the screen.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value's word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// How a claim is told.
    Form {
        /// In the speaker's own words, quoted.
        Direct = "direct",
        /// Reported.
        Indirect = "indirect",
        /// Reported, with quoted fragments.
        Mixed = "mixed",
    }
}
words! {
    /// What people think of a claim.
    Status {
        /// Found or proposed, not yet reviewed.
        Suggested = "suggested",
        /// Made or confirmed by hand.
        Accepted = "accepted",
        /// Reviewed and refused; kept, so that it isn't proposed again.
        Rejected = "rejected",
    }
}
words! {
    /// Whether the speaker says it or says that it isn't so.
    Polarity {
        /// Said.
        Positive = "positive",
        /// Denied, or not said: « ne pense pas que ».
        Negated = "negated",
    }
}
words! {
    /// How well a claim sits in the current revision of its article.
    Anchor {
        /// Where it was put.
        Exact = "exact",
        /// Elsewhere, without doubt.
        Moved = "moved",
        /// Probably here; somebody should look.
        Review = "review",
        /// Nowhere; kept and shown.
        Orphan = "orphan",
    }
}
words! {
    /// What a claim is to another, as somebody saw it.
    Relation {
        /// It tells the same; both ways.
        Same = "same",
        /// It speaks for the other.
        Supports = "supports",
        /// They can't both be so; both ways.
        Contradicts = "contradicts",
    }
}
words! {
    /// What sort of source a speaker is.
    SpeakerKind {
        /// One human being.
        Person = "person",
        /// A company, an authority, a paper.
        Organisation = "organisation",
        /// Several people without a name of their own.
        Group = "group",
        /// A letter, a report, a poll.
        Document = "document",
        /// A source that the article hides.
        Anonymous = "anonymous",
        /// Not told.
        Unknown = "unknown",
    }
}

/// A claim: content that an article attributes to a source other than its own author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The words of the claim: one range or more, in order, disjoint.
    pub parts: Vec<ByteRange>,
    /// How it is told.
    pub form: Form,
    /// Whether it is said or denied.
    pub polarity: Polarity,
    /// Who made it; `None` if the article never says.
    pub speaker: Option<Speaker>,
    /// The words that attribute.
    pub cue: Option<ByteRange>,
    /// The words that name the speaker at that place.
    pub mention: Option<ByteRange>,
}

impl Relation {
    /// Whether it holds from either end alike.
    pub const fn is_mutual(self) -> bool {
        matches!(self, Self::Same | Self::Contradicts)
    }
}

impl Claim {
    /// From the first byte of the first part to the last of the last; `None` for an orphan, which has no part.
    pub fn extent(&self) -> Option<ByteRange> {
        Some(ByteRange::new(self.parts.first()?.start, self.parts.last()?.end))
    }
}

/// A claim that rules found in an article, not reviewed by anybody.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it is called: drawn from its words, its speaker and its place among its like, so that it stays the same
    /// when another rule finds it.
    pub id: ClaimId,
    /// What was found.
    pub claim: Claim,
    /// The rule that found it.
    pub rule: String,
    /// How often the rule is right, 0 to 1.
    pub confidence: f32,
    /// The claim that this one is told within: an index into the list of all that was found.
    pub nested_in: Option<usize>,
}

/// All that a rule set found in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// The rule set's name, which changes whenever it may find something else.
    pub rule_set: String,
    /// The claims, in order of their first byte.
    pub claims: Vec<Found>,
}

/// Another claim, as it is told of where a claim is shown: the same told in another article, or one related by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// That claim.
    pub claim: ClaimId,
    /// The article it stands in.
    pub article: ArticleId,
    /// That article's title.
    pub title: String,
    /// The paper or site it comes from.
    pub source: Option<String>,
    /// How it is worded there.
    pub quote: String,
}

/// A relation of a claim that somebody made by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What the one is to the other.
    pub relation: Relation,
    /// Whether this claim is the other end: it *is supported by* the other one. Never for a mutual relation.
    pub passive: bool,
    /// The other claim.
    pub other: Elsewhere,
}

/// What people made of a claim since it was made or found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// Who reviewed or amended it last; `None` where nobody did.
    pub reviewer: Option<String>,
    /// Whether speaker, form, polarity or ranges were amended.
    pub amended: bool,
    /// The note on it.
    pub note: Option<String>,
    /// What it is to other claims, those of the same article first.
    pub related: Vec<Related>,
}

/// A claim as the store keeps it: placed, attributed to an annotator, reviewed, tagged.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// What it is called.
    pub id: ClaimId,
    /// The article it stands in.
    pub article: ArticleId,
    /// The revision of the article that its ranges count in, from 1.
    pub revision: u32,
    /// Ranges, form and speaker.
    pub claim: Claim,
    /// Its words, the parts joined by ` […] `; kept also where the claim can't be placed any more.
    pub quote: String,
    /// Reviewed or not.
    pub status: Status,
    /// Who made the annotation: `rules`, or a user.
    pub annotator: String,
    /// How sure the rule is, 0 to 1; `None` for a human.
    pub confidence: Option<f32>,
    /// The rule that found it.
    pub rule: Option<String>,
    /// How it sits in the text.
    pub anchor: Anchor,
    /// The claim that this one is told within.
    pub nested_in: Option<ClaimId>,
    /// Its tags, in order of the alphabet.
    pub tags: Vec<Tag>,
    /// Where else the same is told, as the words show; what somebody related by hand stands in [`ByHand::related`].
    pub same_as: Vec<Elsewhere>,
    /// Review, amendments, note and relations.
    pub by_hand: ByHand,
}
