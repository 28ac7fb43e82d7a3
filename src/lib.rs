//! `dixit` (Latin and French for "he said") reads the press in a terminal by **who said what**.
//!
//! # The way of the data
//!
//! ```text
//! bytes ─import─► Article ─extract─► claims ─► store ─► rows ─┬─ tui: list · reading pane · claims panel
//!        (canonical text, blocks)                             └─ cli: list · show · claims · speakers … (--json)
//! ```
//!
//! | room | what it does | what it never does |
//! |---|---|---|
//! | [`model`] | the plain types that cross borders | input, output, clocks |
//! | [`text`] | language-neutral work over `&str`: what may be shown, folding, lines, anchors | know an article or a terminal |
//! | [`query`] | the query language: text to [`query::Query`] | look into the store |
//! | [`mod@import`] | bytes to articles and annotations | know the store |
//! | [`extract`] | an article's claims and who made them, by rules that are data | look at anything but the article |
//! | [`export`] | articles and claims in open forms | read the store |
//! | [`store`] | the only owner of a database connection | import or draw |
//! | [`config`] | the user's settings, with the places they were read from | judge keys and themes |
//! | [`tui`] | the reader: state, views, and the loop that joins them | let its state do input or output |
//! | [`cli`] | one file per subcommand | be imported |
//!
//! `tests/tidy.rs` holds who may import whom.
//!
//! # The screen
//!
//! ```text
//!  Articles  5 · 56 claims    │ Article  TechCrunch · 2 min          │ Claims  13 · 4 speakers    ← header: the pane with
//!  / wang                2/5  │   Wang souhaite que ⁵le gouverne-    │ Alexandr Wang          10    the keys is reversed
//! ▌•Alexsandr Wang, de Scale  │ ▎ ment américain imite les géants    │ PDG de Scale AI          ← panel::Speaker, Role
//! ▌ AI, a publié une lettre … │ ▎ de la tech. Il recommande que      │▌ 6 les États-Unis revoient
//! ▌ 13 claims · TechCrunch    │ ▌ ⁶les États-Unis revoient leurs …   │▌ ✓ recommande · indirect · gold
//!   ↑ library::Library        │   ↑ reader::Reader over text::flow   │  ↑ claims::Panel
//!  j/k move   / filter   t tag   ? help                                                  saving…   ← footer
//! ```
//!
//! # What holds everywhere
//!
//! - One coordinate system: byte ranges into the canonical text of one revision of an article. Cells exist only
//!   in [`text::flow`], code points only in JSON and exchange formats.
//! - The canonical text is made once, at import, and never changed; every range carries its words and the words
//!   around it, so that it can be found again in another revision.
//! - What people do is an immutable event; the current state follows from the events that are not undone.
//! - Foreign text reaches a terminal only as [`text::shown::Shown`].
//!
//! # Words
//!
//! An *article* has *blocks* and *claims*. A *claim* is content that the article attributes to somebody other
//! than its author; its *form* is direct, indirect or mixed. The *cue* is the words that attribute, the *mention*
//! the words that name the *speaker*, who made the claim. The *annotator* made the annotation: a user, or
//! `rules`. A claim's *status* is suggested, accepted or rejected. Articles and claims have *tags*, and the
//! *store* is the file that holds all of it.

pub mod cli;
pub mod config;
pub mod error;
pub mod export;
pub mod extract;
pub mod import;
pub mod model;
pub mod query;
pub mod store;
pub mod text;
pub mod tui;
