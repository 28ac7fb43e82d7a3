//! Language-neutral work over text: what may be shown, how it folds, how it breaks into lines, how it is
//! found again.
//!
//! Everything here takes `&str` and gives values; it knows no article, no terminal and no store.

pub mod anchor;
pub mod codepoints;
pub mod flow;
pub mod fold;
pub mod fuzzy;
pub mod likeness;
pub mod link;
pub mod quotation;
pub mod segment;
pub mod shown;
pub mod unit;
pub mod wordset;
