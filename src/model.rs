//! The plain types that cross the rooms' borders: articles and their blocks, claims, speakers,
//! events, ids, byte ranges, and the rows that the list shows.
//!
//! They hold data and the small truths about it (a range is ordered, a date is as exact as its
//! source) and nothing else: no input or output, no clock, no randomness. Every range in here is a
//! range of **bytes** in the canonical text of one revision of one article; code points are met
//! only in JSON and in exchange formats, cells only in [`crate::text::flow`].

pub mod article;
pub mod claim;
pub mod event;
pub mod id;
pub mod listing;
pub mod range;
pub mod speaker;

pub use article::{Article, Block, BlockKind, Lang, PartialDate};
pub use claim::{
    Anchor, Annotation, ByHand, Claim, Elsewhere, Findings, Form, Found, Polarity, Related, Relation, SpeakerKind,
    Status,
};
pub use event::{Act, Change, Deed, NewClaim, Ranges, Selector, Subject, Tag};
pub use id::{ArticleId, ClaimId, SpeakerId};
pub use listing::Row;
pub use range::ByteRange;
pub use speaker::{Speaker, SpeakerKey};
