//! Acts, undo and redo, by annotator and group, also after a restart.

use dixit::error::Error;
use dixit::model::{ArticleId, Deed, Subject};

use crate::fixture::{Fresh, act, assert_sound, at, claim, claims, group, remove, shown, tag};

#[test]
fn only_what_changes_is_recorded() {
    let (mut fresh, ids) = Fresh::with(&["a", "b", "c"]);
    assert_eq!(fresh.store.record(&tag(1, "ana", &ids[..2], "+ia")).unwrap().changed, 2);
    assert_eq!(fresh.store.record(&tag(2, "bob", &ids, "+ia")).unwrap().changed, 1);
    assert_eq!(fresh.store.record(&tag(3, "bob", &ids, "+ia -draft")).unwrap().changed, 0);
    assert_eq!(fresh.store.record(&act(4, "bob", Vec::new())).unwrap().changed, 0);
    let log: Vec<String> = fresh.store.log(9).unwrap().into_iter().map(|row| row.summary).collect();
    assert_eq!(log, ["tag 1 article +ia", "tag 2 articles +ia"]);
    // Each takes back what they did, and no more.
    fresh.store.undo("bob", group(5), at(5)).unwrap();
    assert_eq!(shown(&fresh.store), ["a:0 ia", "b:0 ia", "c:0"]);
    assert_sound(&fresh.store);
}

#[test]
fn undo_and_redo_go_step_by_step_also_after_a_restart() {
    let (mut fresh, ids) = Fresh::with(&["a"]);
    for (n, words) in ["+un", "+deux", "-un", "+trois"].into_iter().enumerate() {
        fresh.store.record(&tag(n as u128, "ana", &ids, words)).unwrap();
    }
    let mut states = vec![shown(&fresh.store)];
    for n in 10..14 {
        fresh = fresh.reopen();
        assert!(fresh.store.undo("ana", group(n), at(0)).unwrap().is_some());
        states.push(shown(&fresh.store));
        assert_sound(&fresh.store);
    }
    assert_eq!(
        states.iter().map(|state| state[0].as_str()).collect::<Vec<_>>(),
        ["a:0 deux trois", "a:0 deux", "a:0 deux un", "a:0 un", "a:0"]
    );
    assert_eq!(fresh.store.undo("ana", group(14), at(0)).unwrap(), None);
    for n in 20..24 {
        fresh = fresh.reopen();
        states.pop();
        assert!(fresh.store.redo("ana", group(n), at(0)).unwrap().is_some());
        assert_eq!(Some(&shown(&fresh.store)), states.last());
    }
    assert_eq!(fresh.store.redo("ana", group(24), at(0)).unwrap(), None);
    assert_sound(&fresh.store);
}

#[test]
fn redo_is_gone_once_something_new_was_done() {
    let (mut fresh, ids) = Fresh::with(&["a"]);
    fresh.store.record(&tag(1, "ana", &ids, "+un")).unwrap();
    fresh.store.undo("ana", group(2), at(2)).unwrap();
    // What another does is no hindrance.
    fresh.store.record(&tag(3, "bob", &ids, "+bob")).unwrap();
    fresh.store.redo("ana", group(4), at(4)).unwrap().unwrap();
    fresh.store.undo("ana", group(5), at(5)).unwrap();
    fresh.store.record(&tag(6, "ana", &ids, "+deux")).unwrap();
    assert_eq!(fresh.store.redo("ana", group(7), at(7)).unwrap(), None);
    assert_eq!(shown(&fresh.store), ["a:0 bob deux"]);
    // The new one can be undone and done again; the old one stays where it is.
    fresh.store.undo("ana", group(8), at(8)).unwrap().unwrap();
    assert_eq!(fresh.store.redo("ana", group(9), at(9)).unwrap().unwrap().group, group(6));
    assert_eq!(fresh.store.redo("ana", group(10), at(10)).unwrap(), None);
    assert_sound(&fresh.store);
}

#[test]
fn undo_is_for_ones_own_acts_and_leaves_those_of_others() {
    let (mut fresh, ids) = Fresh::with(&["a", "b"]);
    fresh.store.record(&tag(1, "ana", &ids, "+ia")).unwrap();
    fresh.store.record(&tag(2, "bob", &ids[..1], "+presse -ia")).unwrap();
    fresh.store.record(&tag(3, "ana", &ids[1..], "+lu")).unwrap();
    assert_eq!(shown(&fresh.store), ["a:0 presse", "b:0 ia lu"]);
    assert_eq!(fresh.store.undo("bob", group(4), at(4)).unwrap().unwrap().summary, "tag 1 article +presse -ia");
    assert_eq!(shown(&fresh.store), ["a:0 ia", "b:0 ia lu"]);
    fresh.store.redo("bob", group(5), at(5)).unwrap().unwrap();
    fresh.store.undo("ana", group(6), at(6)).unwrap();
    fresh.store.undo("ana", group(7), at(7)).unwrap();
    assert_eq!(shown(&fresh.store), ["a:0 presse", "b:0"]);
    assert_eq!(fresh.store.undo("eve", group(8), at(8)).unwrap(), None);
    assert_sound(&fresh.store);
}

#[test]
fn the_log_tells_who_did_what_and_what_was_undone() {
    let text = "« Oui », dit-il. « Non », dit-elle.";
    let (mut fresh, ids) = Fresh::with(&[text, "b", "c"]);
    fresh.store.record(&tag(1, "ana", &ids, "+ia")).unwrap();
    fresh.store.record(&tag(2, "ana", &ids, "+lu -ia")).unwrap();
    fresh.store.undo("ana", group(3), at(3)).unwrap();
    fresh.store.record(&remove(4, "bob", &ids[1..])).unwrap();
    fresh.store.record(&claims(5, "gold", &[claim(text, "Oui", ""), claim(text, "Non", "")])).unwrap();
    let lines: Vec<String> = fresh
        .store
        .log(9)
        .unwrap()
        .iter()
        .map(|row| format!("{} {} {} {}", row.annotator, row.kind, row.summary, if row.undone { "undone" } else { "" }))
        .collect();
    assert_eq!(
        lines,
        [
            "gold claim 2 claims ",
            "bob remove remove 2 articles ",
            "ana undo undo: tag 3 articles +lu -ia ",
            "ana tag tag 3 articles +lu -ia undone",
            "ana tag tag 3 articles +ia ",
        ]
    );
    let newest = &fresh.store.log(1).unwrap()[0];
    assert_eq!((newest.group, newest.time), (group(5), at(5)));
}

#[test]
fn the_same_act_of_undoing_twice_is_once() {
    let (mut fresh, ids) = Fresh::with(&["a"]);
    fresh.store.record(&tag(1, "ana", &ids, "+un")).unwrap();
    fresh.store.record(&tag(2, "ana", &ids, "+deux")).unwrap();
    let first = fresh.store.undo("ana", group(3), at(3)).unwrap();
    assert_eq!(fresh.store.undo("ana", group(3), at(3)).unwrap(), first);
    assert_eq!(shown(&fresh.store), ["a:0 un"]);
}

#[test]
fn undo_can_come_as_an_act_of_its_own() {
    let (mut fresh, ids) = Fresh::with(&["a"]);
    fresh.store.record(&tag(1, "ana", &ids, "+un")).unwrap();
    let undo = |n, annotator| act(n, annotator, vec![Deed::Undo { group: group(1) }]);
    assert_eq!(fresh.store.record(&undo(2, "bob")).unwrap().changed, 0);
    assert_eq!(fresh.store.record(&undo(3, "ana")).unwrap().changed, 1);
    assert_eq!(fresh.store.record(&undo(4, "ana")).unwrap().changed, 0);
    assert_eq!(shown(&fresh.store), ["a:0"]);
    let redo = act(5, "ana", vec![Deed::Redo { group: group(1) }]);
    assert_eq!(fresh.store.record(&redo).unwrap().changed, 1);
    assert_eq!(shown(&fresh.store), ["a:0 un"]);
    assert_sound(&fresh.store);
}

#[test]
fn an_act_of_several_deeds_is_one_step() {
    let text = "« Oui », dit-il.";
    let (mut fresh, ids) = Fresh::with(&[text, "b"]);
    let new = claim(text, "Oui", "");
    let subjects = vec![Subject::Claim(new.id.clone()), Subject::Article(ids[1].clone())];
    let word = |word: &str| vec![dixit::model::Tag::new(word).unwrap()];
    let deeds = vec![
        Deed::Claim(Box::new(new)),
        Deed::Tag { subjects: subjects.clone(), add: word("ia"), remove: Vec::new() },
        Deed::Tag { subjects, add: word("lu"), remove: Vec::new() },
    ];
    assert_eq!(fresh.store.record(&act(1, "ana", deeds)).unwrap().changed, 2);
    assert_eq!(shown(&fresh.store), ["«:1", "b:0 ia lu"]);
    fresh.store.undo("ana", group(2), at(2)).unwrap();
    assert_eq!(shown(&fresh.store), ["«:0", "b:0"]);
    assert_sound(&fresh.store);
}

#[test]
fn an_unknown_subject_refuses_the_whole_act_and_a_removed_one_is_passed_over() {
    let (mut fresh, ids) = Fresh::with(&["a", "b"]);
    let with_stray = [ids[0].clone(), ArticleId::of_text("absent")];
    assert!(matches!(fresh.store.record(&tag(1, "ana", &with_stray, "+ia")), Err(Error::NoSuch { .. })));
    assert_eq!(shown(&fresh.store), ["a:0", "b:0"]);
    fresh.store.record(&remove(2, "bob", &ids[1..])).unwrap();
    assert_eq!(fresh.store.record(&tag(3, "ana", &ids, "+ia")).unwrap().changed, 1);
    fresh.store.undo("bob", group(4), at(4)).unwrap();
    assert_eq!(shown(&fresh.store), ["a:0 ia", "b:0"]);
    assert_sound(&fresh.store);
}

#[test]
fn tags_are_counted_over_articles_and_claims() {
    let text = "« Oui », dit-il.";
    let (mut fresh, ids) = Fresh::with(&[text, "b"]);
    let new = claim(text, "Oui", "");
    fresh.store.record(&claims(1, "ana", std::slice::from_ref(&new))).unwrap();
    fresh.store.record(&crate::fixture::tag_claim(2, "ana", &new.id, "+été +ia")).unwrap();
    fresh.store.record(&tag(3, "ana", &ids, "+ia +zone")).unwrap();
    fresh.store.record(&tag(4, "ana", &ids[1..], "-zone +Alpha")).unwrap();
    let tags: Vec<String> =
        fresh.store.tags().unwrap().iter().map(|(tag, n)| format!("{} {n}", tag.as_str())).collect();
    assert_eq!(tags, ["ia 3", "Alpha 1", "été 1", "zone 1"]);
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().claims[0].tags.len(), 2);
}
