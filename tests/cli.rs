//! The command line as people and scripts meet it: the real program, each time in an empty home of its own.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, missing_docs)]

#[path = "cli/changing.rs"]
mod changing;
#[path = "cli/extracting.rs"]
mod extracting;
#[path = "cli/home.rs"]
mod home;
#[path = "cli/importing.rs"]
mod importing;
#[path = "cli/reading.rs"]
mod reading;
#[path = "cli/refusing.rs"]
mod refusing;
#[path = "cli/surroundings.rs"]
mod surroundings;
#[path = "cli/terminal.rs"]
mod terminal;
