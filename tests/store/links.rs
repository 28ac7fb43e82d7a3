//! Links between claims that tell the same thing in two articles.

use dixit::model::{ArticleId, Change, Deed, Relation, SpeakerKey, SpeakerKind};

use crate::fixture::{Fresh, act, assert_sound, at, claim, claims, group, person, remove};

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
    fresh.store.undo("ana", group(3), at(3)).unwrap();
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

#[test]
fn a_claim_made_or_amended_by_hand_is_linked_at_once() {
    let (mut fresh, ids) = Fresh::with(&[ONE, TWO]);
    let one = claim(ONE, "nous devons gagner la guerre de la technologie", "Ève");
    let two = claim(TWO, "Il faut gagner cette guerre technologique", "Noé");
    fresh.store.record(&claims(1, "ana", &[one, two.clone()])).unwrap();
    assert!(elsewhere(&fresh, &ids[0]).is_empty());
    let change = Box::new(Change::Speaker(Some(person("Ève"))));
    fresh.store.record(&act(2, "bob", vec![Deed::Amend { claims: vec![two.id], change }])).unwrap();
    assert_eq!(elsewhere(&fresh, &ids[0]), ["Il faut gagner cette guerre technologique"]);
    assert_eq!(elsewhere(&fresh, &ids[1]), ["nous devons gagner la guerre de la technologie"]);
    fresh.store.undo("bob", group(3), at(3)).unwrap();
    assert!(elsewhere(&fresh, &ids[0]).is_empty() && elsewhere(&fresh, &ids[1]).is_empty());
    assert_eq!(fresh.store.link_waiting(9).unwrap(), 0);
    assert_sound(&fresh.store);
}

#[test]
fn merged_speakers_claims_wait_for_the_job() {
    let (mut fresh, ids) = told_twice("Ève", "Noé");
    let key = |name: &str| SpeakerKey { name: name.into(), kind: SpeakerKind::Person, article: None };
    fresh.store.record(&act(2, "ana", vec![Deed::Merge { from: key("Noé"), into: key("Ève") }])).unwrap();
    assert!(elsewhere(&fresh, &ids[0]).is_empty());
    fresh = fresh.reopen();
    assert_eq!(fresh.store.link_waiting(9).unwrap(), 1);
    assert_eq!(fresh.store.link_waiting(9).unwrap(), 0);
    assert_eq!(elsewhere(&fresh, &ids[0]).len(), 1);
    // Parted again, they aren't linked any more.
    fresh.store.undo("ana", group(3), at(3)).unwrap();
    assert!(elsewhere(&fresh, &ids[0]).is_empty());
    assert_sound(&fresh.store);
}

#[test]
fn what_somebody_says_of_two_claims_goes_before_the_link() {
    let (mut fresh, ids) = told_twice("Ève", "Ève");
    let pair: Vec<_> = ids.iter().map(|id| fresh.store.opened(id).unwrap().claims[0].id.clone()).collect();
    let same = |on| Deed::Relate { claim: pair[1].clone(), other: pair[0].clone(), relation: Relation::Same, on };
    let related = |fresh: &Fresh| fresh.store.opened(&ids[0]).unwrap().claims[0].by_hand.related.len();
    fresh.store.record(&act(2, "ana", vec![same(false)])).unwrap();
    assert!(elsewhere(&fresh, &ids[0]).is_empty() && elsewhere(&fresh, &ids[1]).is_empty());
    fresh.store.link(&ids).unwrap();
    assert!(elsewhere(&fresh, &ids[0]).is_empty());
    // By hand it is shown as such, and not twice.
    fresh.store.record(&act(3, "bob", vec![same(true)])).unwrap();
    assert_eq!((elsewhere(&fresh, &ids[0]).len(), related(&fresh)), (0, 1));
    fresh.store.undo("bob", group(4), at(4)).unwrap();
    fresh.store.undo("ana", group(5), at(5)).unwrap();
    assert_eq!((elsewhere(&fresh, &ids[0]).len(), related(&fresh)), (1, 0));
    assert_sound(&fresh.store);
}

#[test]
fn the_seeds_know_one_wang_and_link_what_he_says_twice() {
    let mut fresh = crate::fixture::fresh();
    let (imports, acts) = dixit::import::seeds::load().unwrap();
    fresh.store.add_all(&imports, &acts, at(0)).unwrap();
    let rows = fresh.store.speakers(&crate::fixture::everything()).unwrap();
    let wang: Vec<_> = rows.iter().filter(|row| row.speaker.name.contains("Wang")).collect();
    assert_eq!(wang.len(), 1);
    assert_eq!((wang[0].speaker.name.as_str(), wang[0].articles), ("Alexandr Wang", 2));
    assert!(fresh.store.link_waiting(99).unwrap() > 0);
    let linked = fresh.store.claims_of(wang[0].speaker.id.unwrap(), None, 999).unwrap();
    assert!(linked.said.iter().flat_map(|said| &said.claims).any(|claim| !claim.same_as.is_empty()));
    assert_sound(&fresh.store);
}
