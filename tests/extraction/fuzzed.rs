//! The texts that the fuzz target begins with, and bits of them, held to what must hold for any bytes.

use super::file;
use super::sound::check;

#[test]
fn fuzzed_texts_give_sound_claims() {
    let entries = std::fs::read_dir(file("fuzz/corpus/extract")).expect("the corpus");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.len() > 5);
    for path in paths {
        let bytes = std::fs::read(&path).expect("bytes");
        check(&bytes);
        // Cut anywhere, within a letter too.
        for cut in (0..bytes.len()).step_by(1 + bytes.len() / 40) {
            check(&bytes[..cut]);
            check(&bytes[cut..]);
        }
    }
}
