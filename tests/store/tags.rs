//! Tags renamed and deleted, wherever they are.

use dixit::error::Error;
use dixit::model::{Act, ArticleId, ClaimId, Deed, Tag};
use dixit::store::Store;

use crate::fixture::{Fresh, act, assert_sound, at, claim, claims, group, remove, shown, tag, tag_claim};

const TEXT: &str = "« Oui », dit-il.";

fn word(word: &str) -> Tag {
    Tag::new(word).unwrap()
}

fn rename(n: u128, from: &str, to: &str) -> Act {
    act(n, "ana", vec![Deed::RenameTag { from: word(from), to: word(to) }])
}

fn counted(store: &Store) -> Vec<String> {
    store.tags().unwrap().iter().map(|(tag, n)| format!("{} {n}", tag.as_str())).collect()
}

/// Three articles and a claim, tagged `ia`; the second article `IA` too.
fn tagged() -> (Fresh, Vec<ArticleId>, ClaimId) {
    let (mut fresh, ids) = Fresh::with(&[TEXT, "b", "c"]);
    let new = claim(TEXT, "Oui", "");
    fresh.store.record(&claims(1, "gold", std::slice::from_ref(&new))).unwrap();
    fresh.store.record(&tag(2, "gold", &ids, "+ia")).unwrap();
    fresh.store.record(&tag(3, "gold", &ids[1..2], "+IA +lu")).unwrap();
    fresh.store.record(&tag_claim(4, "gold", &new.id, "+ia")).unwrap();
    (fresh, ids, new.id)
}

#[test]
fn a_tag_is_renamed_everywhere_and_joins_one_that_is_there() {
    let (mut fresh, ids, _) = tagged();
    assert_eq!(fresh.store.record(&rename(5, "ia", "IA")).unwrap().changed, 4);
    assert_eq!(shown(&fresh.store), ["«:1 IA", "b:0 IA lu", "c:0 IA"]);
    assert_eq!(counted(&fresh.store), ["IA 4", "lu 1"]);
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().claims[0].tags, [word("IA")]);
    assert_sound(&fresh.store);
    let undone = fresh.store.undo("ana", group(6), at(6)).unwrap().unwrap();
    assert_eq!(undone.summary, "rename tag ia to IA");
    assert_eq!(shown(&fresh.store), ["«:1 ia", "b:0 IA ia lu", "c:0 ia"]);
    assert_sound(&fresh.store);
    fresh = fresh.reopen();
    fresh.store.redo("ana", group(7), at(7)).unwrap().unwrap();
    assert_eq!(counted(&fresh.store), ["IA 4", "lu 1"]);
    assert_sound(&fresh.store);
}

#[test]
fn a_tag_is_deleted_everywhere() {
    let (mut fresh, _, _) = tagged();
    let deed = Deed::DeleteTag { tag: word("ia") };
    assert_eq!(fresh.store.record(&act(5, "ana", vec![deed.clone()])).unwrap().changed, 4);
    assert_eq!(shown(&fresh.store), ["«:1", "b:0 IA lu", "c:0"]);
    assert!(matches!(fresh.store.record(&act(6, "ana", vec![deed])), Err(Error::NoSuch { what: "tag", .. })));
    assert!(matches!(fresh.store.record(&rename(7, "ia", "lu")), Err(Error::NoSuch { what: "tag", .. })));
    assert_eq!(fresh.store.record(&rename(8, "lu", "lu")).unwrap().changed, 0);
    assert_eq!(fresh.store.undo("ana", group(9), at(9)).unwrap().unwrap().summary, "delete tag ia");
    assert_eq!(counted(&fresh.store)[0], "ia 4");
    assert_sound(&fresh.store);
}

#[test]
fn what_was_out_of_view_comes_back_with_the_new_name() {
    let (mut fresh, ids, claim) = tagged();
    fresh.store.record(&remove(5, "bob", &ids[..2])).unwrap();
    assert_eq!(fresh.store.record(&rename(6, "ia", "zone")).unwrap().changed, 1);
    fresh.store.undo("bob", group(7), at(7)).unwrap();
    assert_eq!(shown(&fresh.store), ["«:1 zone", "b:0 IA lu zone", "c:0 zone"]);
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().claims[0].tags, [word("zone")]);
    assert_sound(&fresh.store);
    // A tag that is put on afterwards is another one.
    fresh.store.record(&tag_claim(8, "bob", &claim, "+ia")).unwrap();
    fresh.store.undo("ana", group(9), at(9)).unwrap();
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().claims[0].tags, [word("ia")]);
    assert_sound(&fresh.store);
}
