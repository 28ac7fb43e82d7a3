//! Links between claims that tell the same thing in two articles.

use dixit::model::ArticleId;

use crate::fixture::{Fresh, assert_sound, claim, claims, remove};

const ONE: &str = "Elle dit : nous devons gagner la guerre de la technologie.";
const TWO: &str = "« Il faut gagner cette guerre technologique », dit-elle. « La Chine avance vite. »";

/// Where else the first claim of an article is told, by words.
fn elsewhere(fresh: &Fresh, id: &ArticleId) -> Vec<String> {
    let claims = fresh.store.opened(id).unwrap().claims;
    claims[0].same_as.iter().map(|twin| twin.quote.clone()).collect()
}

/// Two articles in which these two speak of the same.
fn told_twice(first: &str, second: &str) -> (Fresh, Vec<ArticleId>) {
    let (mut fresh, ids) = Fresh::with(&[ONE, TWO]);
    let one = claim(ONE, "nous devons gagner la guerre de la technologie", first);
    let two = claim(TWO, "Il faut gagner cette guerre technologique", second);
    let other = claim(TWO, "La Chine avance vite.", second);
    fresh.store.record(&claims(1, "ana", &[one, two, other])).unwrap();
    fresh.store.link(&ids).unwrap();
    (fresh, ids)
}

#[test]
fn the_same_told_in_other_words_is_linked_both_ways() {
    let (fresh, ids) = told_twice("Ève", "Ève");
    assert_eq!(elsewhere(&fresh, &ids[0]), ["Il faut gagner cette guerre technologique"]);
    assert_eq!(elsewhere(&fresh, &ids[1]), ["nous devons gagner la guerre de la technologie"]);
    assert_sound(&fresh.store);
}

#[test]
fn nobody_is_linked_to_words_of_somebody_else() {
    let (fresh, ids) = told_twice("Ève", "Noé");
    assert!(elsewhere(&fresh, &ids[0]).is_empty());
}

#[test]
fn a_link_shows_only_what_can_be_seen() {
    let (mut fresh, ids) = told_twice("Ève", "Ève");
    fresh.store.record(&remove(2, "ana", &ids[1..])).unwrap();
    assert!(elsewhere(&fresh, &ids[0]).is_empty());
    fresh.store.undo("ana", crate::fixture::group(3), crate::fixture::at(3)).unwrap();
    assert_eq!(elsewhere(&fresh, &ids[0]).len(), 1);
}

#[test]
fn linking_twice_changes_nothing() {
    let (mut fresh, ids) = told_twice("Ève", "Ève");
    fresh.store.link(&ids).unwrap();
    fresh.store.link(&ids[1..]).unwrap();
    assert_eq!(elsewhere(&fresh, &ids[0]).len(), 1);
    assert_eq!(elsewhere(&fresh, &ids[1]).len(), 1);
}
