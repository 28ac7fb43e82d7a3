//! Several at the same store: made by several at once, written by several at once, read beside a writer.

use std::sync::Barrier;
use std::thread;

use dixit::store::Store;

use crate::fixture::{Fresh, assert_sound, at, fresh, import, shown, tag};

#[test]
fn several_can_make_the_same_store_at_once() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/dixit.db");
        let start = Barrier::new(4);
        let made: Vec<bool> = thread::scope(|scope| {
            let open = || {
                start.wait();
                Store::open(&path).map(|store| store.is_new())
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect()
        });
        assert_eq!(made.iter().filter(|made| **made).count(), 1, "one of them made it");
        assert_sound(&Store::open(&path).unwrap());
    }
}

#[test]
fn nothing_is_lost_where_several_write() {
    let (fresh, ids) = Fresh::with(&["a", "b"]);
    let path = fresh.store.path();
    let before = fresh.store.data_version().unwrap();
    thread::scope(|scope| {
        for writer in 0..4_u128 {
            let ids = &ids;
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for n in 0..25 {
                    let act = tag(writer * 100 + n, &format!("w{writer}"), ids, &format!("+w{writer}n{n}"));
                    assert_eq!(store.record(&act).unwrap().changed, 2);
                    store.add(&import(&format!("{writer} {n}")), at(0)).unwrap();
                }
            });
        }
    });
    assert_ne!(fresh.store.data_version().unwrap(), before);
    assert_eq!(fresh.store.log(usize::MAX).unwrap().len(), 100);
    assert_eq!(fresh.store.totals().unwrap().articles, 102);
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().row.tags.len(), 100);
    assert_sound(&fresh.store);
}

#[test]
fn a_reader_sees_what_was_written_and_cannot_write() {
    let mut fresh = fresh();
    let mut reader = fresh.store.reader().unwrap();
    assert!(shown(&reader).is_empty() && reader.is_read_only() && !reader.is_new());
    let id = fresh.add("a");
    assert_eq!(shown(&reader), ["a:0"]);
    assert!(reader.set_read(&id, true).is_err());
    assert!(reader.add(&import("b"), at(0)).is_err());
    // A walk sees one moment, whatever is written meanwhile.
    let text = "« Oui », dit-il.";
    fresh.add(text);
    fresh.store.record(&crate::fixture::claims(1, "ana", &[crate::fixture::claim(text, "Oui", "")])).unwrap();
    let mut heard = 0;
    reader
        .claims(&crate::fixture::everything(), &mut |_, opened, _| {
            fresh.store.record(&tag(2, "ana", std::slice::from_ref(&opened.row.id), "+ia")).unwrap();
            assert!(reader.opened(&opened.row.id).unwrap().row.tags.is_empty());
            heard += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(heard, 1);
    assert_eq!(shown(&reader), ["a:0", "«:1 ia"]);
}
