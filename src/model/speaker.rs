//! Speakers: who made a claim, and how a speaker is named in an event.

use serde::{Deserialize, Serialize};

use super::claim::SpeakerKind;
use super::id::{ArticleId, SpeakerId};

/// Who made a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The store's number for the speaker; `None` before the store has seen it.
    pub id: Option<SpeakerId>,
    /// The fullest form of the name: « Alexandr Wang », « le communiqué officiel ».
    pub name: String,
    /// What sort of source.
    pub kind: SpeakerKind,
    /// Whether `name` is a proper name. Named persons and organisations are one across the store;
    /// everybody else (« le porte-parole », « certains observateurs ») belongs to their article.
    pub named: bool,
    /// What the article says the speaker is: « PDG de Scale AI ».
    pub role: Option<String>,
    /// Other names that the article gives.
    pub aliases: Vec<String>,
}

impl Speaker {
    /// Whether the speaker is one across the store, or belongs to the article.
    pub fn across_articles(&self) -> bool {
        self.named && matches!(self.kind, SpeakerKind::Person | SpeakerKind::Organisation)
    }
}

/// What a speaker is called in an event: by name, so that it can be read in any store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SpeakerKey {
    /// The name, as it is shown or as an article tells it.
    pub name: String,
    /// What sort of source.
    pub kind: SpeakerKind,
    /// The one who speaks in this article; `None`: one across the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
}

impl SpeakerKey {
    /// The speaker of a claim of `article`, whether they are its own or one across the store.
    pub fn of(speaker: &Speaker, article: &ArticleId) -> Self {
        Self { name: speaker.name.clone(), kind: speaker.kind, article: Some(article.clone()) }
    }
}
