//! What leaves the store in open forms, as values and text: pure functions of articles and claims. Nothing in here
//! reads the store, opens a file or decides what is exported.

pub mod json;
