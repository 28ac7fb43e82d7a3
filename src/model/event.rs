//! Events: every human act on tags, claims, speakers and articles, immutable once recorded.
//!
//! An [`Act`] is what one key press or one command did: one or more [`Deed`]s by one annotator at one
//! time, undone and redone as a whole. The store's current state is the projection of all acts that
//! are not undone, so that an act can be undone after a restart, merged with another person's, or
//! looked at years later. Ids and times are given from outside; nothing in here reads a clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::claim::{Form, Polarity, Relation, SpeakerKind, Status};
use super::id::{ArticleId, ClaimId};
use super::range::ByteRange;
use super::speaker::{Speaker, SpeakerKey};

/// A tag: one word, without white space or control characters, at most [`Tag::MOST`] code points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

/// Why a word can't be a tag, as a sentence for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATag {
    /// Nothing is left of it.
    #[error("a tag needs at least one character")]
    Empty,
    /// It is longer than [`Tag::MOST`] code points.
    #[error("a tag has at most {} characters", Tag::MOST)]
    Long,
    /// It holds white space, a comma, or a character that can't be seen.
    #[error("a tag is one word, without spaces, commas or invisible characters")]
    Character,
    /// It begins with a sign that the prompt or a query would take for its own.
    #[error("a tag doesn't begin with + - # or !")]
    Sign,
}

impl Tag {
    /// Code points that a tag may have.
    pub const MOST: usize = 200;

    /// Takes `word` as a tag; a leading `#` goes.
    pub fn new(word: &str) -> Result<Self, NotATag> {
        let word = word.strip_prefix('#').unwrap_or(word);
        if word.is_empty() {
            return Err(NotATag::Empty);
        }
        if word.chars().count() > Self::MOST {
            return Err(NotATag::Long);
        }
        if word.starts_with(['+', '-', '#', '!']) {
            return Err(NotATag::Sign);
        }
        let unseen = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, ',' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        };
        if word.chars().any(unseen) {
            return Err(NotATag::Character);
        }
        Ok(Self(word.to_owned()))
    }

    /// The tag's word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Tag {
    type Error = NotATag;

    fn try_from(word: String) -> Result<Self, NotATag> {
        Self::new(&word)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

/// What a deed is done to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Subject {
    /// An article.
    Article(ArticleId),
    /// A claim.
    Claim(ClaimId),
}

/// A range that can be found again in another revision: where it was, its words, and the words around it.
///
/// The exact words with prefix and suffix are the W3C Web Annotation Data Model's `TextQuoteSelector`,
/// the range its `TextPositionSelector` (in bytes here, in code points when exchanged).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selector {
    /// Where it is, in bytes of the revision's canonical text.
    pub range: ByteRange,
    /// The words in the range.
    pub exact: String,
    /// Up to 32 code points before it.
    pub prefix: String,
    /// Up to 32 code points after it.
    pub suffix: String,
}

/// Who made a claim, as an event tells it: by name, so that it can be read in any store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The fullest form of the name.
    pub name: String,
    /// What sort of source.
    pub kind: SpeakerKind,
    /// Whether the name is a proper name; see [`super::Speaker::named`].
    pub named: bool,
    /// What the article says the speaker is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Other names that the article gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl From<&Speaker> for Attribution {
    fn from(speaker: &Speaker) -> Self {
        Self {
            name: speaker.name.clone(),
            kind: speaker.kind,
            named: speaker.named,
            role: speaker.role.clone(),
            aliases: speaker.aliases.clone(),
        }
    }
}

/// A claim made by hand, or taken over from an annotation file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewClaim {
    /// What it will be called.
    pub id: ClaimId,
    /// The article it stands in.
    pub article: ArticleId,
    /// SHA-256 of the canonical text that the ranges count in, in hex.
    pub text_sha256: String,
    /// The words of the claim, in order.
    pub parts: Vec<Selector>,
    /// How it is told.
    pub form: Form,
    /// Whether it is said or denied.
    pub polarity: Polarity,
    /// Reviewed or not.
    pub status: Status,
    /// Who made it, if the article says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Attribution>,
    /// The words that attribute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Selector>,
    /// The words that name the speaker at that place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<Selector>,
    /// The claim that this one is told within.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nested_in: Option<ClaimId>,
}

/// The words of a claim, its cue and its mention, put elsewhere: all three, since they count in one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranges {
    /// SHA-256 of the canonical text that the ranges count in, in hex.
    pub text_sha256: String,
    /// The words of the claim, in order; one range at least.
    pub parts: Vec<Selector>,
    /// The words that attribute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Selector>,
    /// The words that name the speaker at that place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<Selector>,
}

/// What is said of a claim in place of what was said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Who made it; `None`: the article doesn't say.
    Speaker(Option<Attribution>),
    /// How it is told.
    Form(Form),
    /// Whether it is said or denied.
    Polarity(Polarity),
    /// Where it stands.
    Ranges(Ranges),
}

/// One thing done. Speakers, tags and claims are named in words and ids, never by a row's number, so that a deed can
/// be read in any store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Deed {
    /// Tags put on and taken off; a bulk tag of 100,000 articles is one deed.
    Tag {
        /// What was tagged.
        subjects: Vec<Subject>,
        /// Tags put on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        add: Vec<Tag>,
        /// Tags taken off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remove: Vec<Tag>,
    },
    /// Articles taken out of every view.
    Remove {
        /// Which.
        articles: Vec<ArticleId>,
    },
    /// A claim made.
    Claim(Box<NewClaim>),
    /// Claims looked at: accepted, rejected, or put back to waiting.
    Review {
        /// Which.
        claims: Vec<ClaimId>,
        /// What they are now.
        status: Status,
    },
    /// Claims corrected. Who corrects a claim has looked at it: it counts as accepted, unless it is reviewed
    /// otherwise afterwards.
    Amend {
        /// Which; ranges are one claim's alone.
        claims: Vec<ClaimId>,
        /// What is said of them now.
        change: Box<Change>,
    },
    /// A note written, in place of the one that was there.
    Note {
        /// On what.
        subject: Subject,
        /// What it says, at most [`Deed::LONGEST_NOTE`] bytes; nothing takes the note away.
        text: String,
    },
    /// Two claims related by hand, also of two articles, or parted again.
    Relate {
        /// The one.
        claim: ClaimId,
        /// The other.
        other: ClaimId,
        /// What the one is to the other.
        relation: Relation,
        /// Whether it is so. That two claims aren't the same also silences a link that was made between them.
        on: bool,
    },
    /// A speaker called otherwise.
    RenameSpeaker {
        /// Who.
        speaker: SpeakerKey,
        /// What they are called now.
        name: String,
    },
    /// A speaker's role told for all articles.
    SetRole {
        /// Who.
        speaker: SpeakerKey,
        /// What they are; `None`: what each article says.
        role: Option<String>,
    },
    /// What sort of source a speaker is.
    SetKind {
        /// Who.
        speaker: SpeakerKey,
        /// What sort.
        #[serde(rename = "to")]
        kind: SpeakerKind,
    },
    /// A speaker who is another one.
    Merge {
        /// Who.
        from: SpeakerKey,
        /// Whose name they bear from now on.
        into: SpeakerKey,
    },
    /// In these articles the name is somebody else's: a speaker of each article alone.
    Split {
        /// Whose name.
        speaker: SpeakerKey,
        /// Where.
        articles: Vec<ArticleId>,
    },
    /// Two speakers who aren't the same, however alike their names are: no rule merges them, none proposes it.
    TellApart {
        /// The one.
        speaker: SpeakerKey,
        /// The other.
        other: SpeakerKey,
    },
    /// A tag renamed wherever it is; where the new one is too, they become one.
    RenameTag {
        /// The tag.
        from: Tag,
        /// What it is called now.
        to: Tag,
    },
    /// A tag taken off everything.
    DeleteTag {
        /// Which.
        tag: Tag,
    },
    /// An earlier act of the same annotator taken back.
    Undo {
        /// The act's group.
        group: Uuid,
    },
    /// An act that was taken back, done again.
    Redo {
        /// The act's group.
        group: Uuid,
    },
}

impl Deed {
    /// Bytes that a note may have.
    pub const LONGEST_NOTE: usize = 1 << 20;
}

/// What one key press or one command did, undone and redone as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// A UUID v7 that names the group.
    pub group: Uuid,
    /// Who did it.
    pub annotator: String,
    /// When.
    pub time: Timestamp,
    /// What, in order.
    pub deeds: Vec<Deed>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_visible_word() {
        assert_eq!(Tag::new("#guerre-de-l’IA").expect("a tag").as_str(), "guerre-de-l’IA");
        assert_eq!(Tag::new(""), Err(NotATag::Empty));
        assert_eq!(Tag::new("deux mots"), Err(NotATag::Character));
        assert_eq!(Tag::new("a\u{202e}b"), Err(NotATag::Character));
        assert_eq!(Tag::new("\u{1b}[31m"), Err(NotATag::Character));
        assert_eq!(Tag::new("-x"), Err(NotATag::Sign));
        assert_eq!(Tag::new(&"x".repeat(201)), Err(NotATag::Long));
    }
}
