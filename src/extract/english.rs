//! What the English press does in its own way: datelines before the first word, a speech that goes on behind its
//! incise or in the next paragraph, `X said` behind a clause, clauses without `that`.
//!
//! The rest of the engine calls these where the words are English; nothing here looks at French.

mod clauses;
mod cues;
mod incises;
mod quotations;
mod subjects;
#[cfg(test)]
mod tests;
mod verbs;
