//! Any bytes give claims or none, never a panic, and sound ones.
#![no_main]

#[path = "../../tests/extraction/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sound::check(bytes));
