//! The store through its public door: what opening promises, what acts come to, what survives.

#![allow(clippy::unwrap_used)]

#[path = "store/fixture.rs"]
mod fixture;

#[path = "store/articles.rs"]
mod articles;
#[path = "store/claims.rs"]
mod claims;
#[path = "store/found.rs"]
mod found;
#[path = "store/journal.rs"]
mod journal;
#[path = "store/killed.rs"]
mod killed;
#[path = "store/links.rs"]
mod links;
#[path = "store/model.rs"]
mod model;
#[path = "store/naming.rs"]
mod naming;
#[path = "store/opening.rs"]
mod opening;
#[path = "store/review.rs"]
mod review;
#[path = "store/tags.rs"]
mod tags;
#[path = "store/together.rs"]
mod together;
