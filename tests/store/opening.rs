//! What opening promises: made once and privately, told exactly why not, and nothing touched that isn't ours.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use dixit::error::Error;
use dixit::store::Store;
use rusqlite::Connection;

use crate::fixture::{Fresh, assert_sound, files, fresh, shown, tag};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The message of opening `file`, and that its folder is as it was before.
#[track_caller]
fn refused(file: &Path) -> String {
    let before = files(file.parent().unwrap());
    let error = Store::open(file).err().expect("it must be refused");
    assert_eq!(error.exit_status(), 3);
    assert!(error.hint().is_some() || matches!(error, Error::File { .. }), "{error}");
    assert!(before == files(file.parent().unwrap()), "{error}: something was written");
    error.to_string().replace(&file.display().to_string(), "FILE")
}

#[test]
fn a_new_store_is_private_and_in_a_private_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/dixit.db");
    let store = Store::open(&path).unwrap();
    assert!(store.is_new());
    assert_eq!((mode(path.parent().unwrap()), mode(&path)), (0o700, 0o600));
    assert_eq!(mode(&folder.path().join("a/b/dixit.db-wal")), 0o600);
    assert_sound(&store);
    drop(store);
    let again = Store::open(&path).unwrap();
    assert!(!again.is_new());
    assert_eq!(again.totals().unwrap(), dixit::model::listing::Totals::default());
}

#[test]
fn a_touched_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    fs::write(&path, "").unwrap();
    assert!(Store::open(&path).unwrap().is_new());
}

#[test]
fn names_that_mean_something_to_sqlite_are_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:x?mode=memory", "a b#c%20.db", ":memory:", "été ?.db"] {
        let path = folder.path().join(name);
        drop(Store::open(&path).unwrap());
        assert!(path.is_file(), "{name}");
        assert!(!Store::open(&path).unwrap().is_new(), "{name}");
    }
}

#[test]
fn opening_and_closing_changes_no_byte() {
    let (fresh, ids) = Fresh::with(&["un"]);
    let path = fresh.store.path().clone();
    drop(fresh.store);
    let before = files(fresh.folder.path());
    let store = Store::open(&path).unwrap();
    assert_eq!(store.opened(&ids[0]).unwrap().article.text, "un");
    drop(store);
    assert!(before == files(fresh.folder.path()));
}

#[test]
fn what_is_not_a_store_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let no_database = "FILE is not a dixit store: it is not a SQLite database";
    assert_eq!(refused(&file("text", "Il était une fois\n".repeat(99).as_bytes())), no_database);
    assert_eq!(refused(&file("short", b"x")), no_database);
    assert_eq!(refused(&file("zeros", &[0; 8192])), no_database);

    let other = folder.path().join("other.db");
    let conn = Connection::open(&other).unwrap();
    conn.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1);").unwrap();
    // Open still, so that a WAL lies beside it which mustn't be taken in either.
    assert_eq!(refused(&other), "FILE is not a dixit store: it is a database of another program");
    drop(conn);
    assert_eq!(refused(&other), "FILE is not a dixit store: it is a database of another program");

    let inner = folder.path().join("folder");
    fs::create_dir(&inner).unwrap();
    assert_eq!(refused(&inner), "FILE is not a dixit store: it is a folder");
    let pipe = folder.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let error = Store::open(&pipe).err().unwrap().to_string();
    assert!(error.ends_with("is not a dixit store: it is not a regular file"), "{error}");
}

#[test]
fn a_newer_store_is_left_alone() {
    let fresh = fresh();
    let path = fresh.store.path().clone();
    drop(fresh.store);
    let conn = Connection::open(&path).unwrap();
    conn.pragma_update(None, "user_version", 999).unwrap();
    let message = "FILE was made by a newer dixit (store version 999, this one knows up to 2)";
    // While the newer version stands in the WAL alone, also where nobody has the store open any more, who would take the
    // WAL in; and when it has come into the file.
    assert_eq!(refused_open(&path), message);
    let crashed = fresh.folder.path().join("crashed.db");
    fs::copy(&path, &crashed).unwrap();
    fs::copy(path.with_extension("db-wal"), crashed.with_extension("db-wal")).unwrap();
    assert_eq!(refused_open(&crashed), message);
    drop(conn);
    assert_eq!(refused(&path), message);
}

/// Like [`refused`], for a file with a WAL, beside which an index of the WAL may be made.
fn refused_open(file: &Path) -> String {
    let (before, wal) = (fs::read(file).unwrap(), fs::read(file.with_extension("db-wal")).unwrap());
    let error = Store::open(file).err().expect("it must be refused");
    assert!(before == fs::read(file).unwrap() && wal == fs::read(file.with_extension("db-wal")).unwrap());
    error.to_string().replace(&file.display().to_string(), "FILE")
}

#[test]
fn a_damaged_store_is_told_and_left_alone() {
    let (mut fresh, ids) = Fresh::with(&["un", "deux"]);
    fresh.store.record(&tag(1, "ana", &ids, "+ia")).unwrap();
    let path = fresh.store.path().clone();
    drop(fresh.store);
    let whole = fs::read(&path).unwrap();

    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(refused(&path).starts_with("FILE is damaged: "));
    fs::write(&path, &whole[..50]).unwrap();
    refused(&path);

    // Every page in turn overwritten: an error or answers, never a panic, and nothing is written by reading.
    for page in 0..whole.len() / 4096 {
        for filling in [0_u8, 0x5a] {
            let mut broken = whole.clone();
            let header = if page == 0 { 100 } else { 0 };
            broken[page * 4096 + header..(page + 1) * 4096].fill(filling);
            fs::write(&path, &broken).unwrap();
            if let Ok(store) = Store::open(&path) {
                let sound = store.check().is_ok_and(|checks| checks.iter().all(|check| check.ok));
                assert!(!sound, "page {page} filled with {filling} was taken for sound");
                let _ = (store.first_rows(9), store.opened(&ids[0]), store.tags(), store.log(9));
            }
            assert!(broken == fs::read(&path).unwrap(), "page {page}");
        }
    }
}

#[test]
fn a_missing_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let error = Store::open(&folder.path().join("file/dixit.db")).err().unwrap();
    assert!(matches!(error, Error::File { .. }), "{error}");
}

/// What may not be written is opened for reading. Permissions don't bind the superuser, for whom this shows nothing; the
/// tests of the module open the same way whoever runs them.
#[test]
fn a_store_that_may_not_be_written_can_be_read() {
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: permissions don't bind root");
        return;
    }
    for (file, folder) in [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)] {
        let (fresh, ids) = Fresh::with(&["un"]);
        let path = fresh.store.path().clone();
        drop(fresh.store);
        let before = files(fresh.folder.path());
        fs::set_permissions(&path, fs::Permissions::from_mode(file)).unwrap();
        fs::set_permissions(fresh.folder.path(), fs::Permissions::from_mode(folder)).unwrap();
        let mut store = Store::open(&path).unwrap();
        assert_eq!(shown(&store), ["un:0"]);
        assert_sound(&store);
        assert_eq!(shown(&store.reader().unwrap()), ["un:0"]);
        let error = store.record(&tag(1, "ana", &ids, "+ia")).unwrap_err();
        assert!(matches!(error, Error::ReadOnlyStore { .. }), "{error}");
        drop(store);
        fs::set_permissions(fresh.folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        assert!(before == files(fresh.folder.path()), "{file:o} in {folder:o}");
    }
}

/// What was written last stands in the WAL. Where that can't be read, the store isn't shown as it never was.
#[test]
fn a_store_whose_last_writes_cannot_be_read_is_refused() {
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: permissions don't bind root");
        return;
    }
    let (fresh, _) = Fresh::with(&["un"]);
    let copy = tempfile::tempdir().unwrap();
    for ending in ["", "-wal"] {
        let name = format!("dixit.db{ending}");
        fs::copy(fresh.folder.path().join(&name), copy.path().join(&name)).unwrap();
    }
    let path = copy.path().join("dixit.db");
    fs::set_permissions(copy.path(), fs::Permissions::from_mode(0o500)).unwrap();
    assert_eq!(refused(&path), "can't write to the store FILE: it is read-only");
    fs::set_permissions(copy.path(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(shown(&Store::open(&path).unwrap()), ["un:0"]);
}
