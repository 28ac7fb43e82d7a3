//! What can't be seen from outside: migrations from lists of our own, opening for reading whoever runs the test, and
//! whether the check finds what was tampered with.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;

use super::open::{Access, open, open_to_read};
use super::*;
use crate::model::event::Selector;
use crate::model::id::text_sha256;
use crate::model::{
    Article, Block, BlockKind, ByteRange, Deed, Form, NewClaim, Polarity, Status, Subject, event::Attribution,
};

const TEXT: &str = "« Oui », dit Ève.";
/// A version more, which only the tests have.
const NEXT: &[&str] = &[
    schema::MIGRATIONS[0],
    schema::MIGRATIONS[1],
    "CREATE TABLE extra (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;",
];
const NOW: i64 = schema::MIGRATIONS.len() as i64;

fn now() -> Timestamp {
    Timestamp::from_second(1_735_689_600).unwrap()
}

fn act(n: u128, deed: Deed) -> Act {
    Act { group: Uuid::from_u128(n), annotator: "ana".into(), time: now(), deeds: vec![deed] }
}

fn claim() -> NewClaim {
    let range = ByteRange::new(3, 6);
    NewClaim {
        id: ClaimId::derive(&[b"oui"]),
        article: ArticleId::of_text(TEXT),
        text_sha256: text_sha256(TEXT),
        parts: vec![Selector { range, exact: "Oui".into(), prefix: String::new(), suffix: String::new() }],
        form: Form::Direct,
        polarity: Polarity::Positive,
        status: Status::Accepted,
        speaker: Some(Attribution {
            name: "Ève".into(),
            kind: crate::model::SpeakerKind::Person,
            named: true,
            role: None,
            aliases: Vec::new(),
        }),
        cue: None,
        mention: None,
        nested_in: None,
    }
}

/// A store with one article, its claim and its tag, closed.
fn filled() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dixit.db");
    let mut store = Store::open(&path).unwrap();
    let article = Article {
        title: "Oui".into(),
        text: TEXT.into(),
        blocks: vec![Block { kind: BlockKind::Paragraph, range: ByteRange::new(0, TEXT.len()) }],
        ..Article::default()
    };
    let import = Import { article, identity: None, raw: Vec::new(), importer: "test/1", found: None };
    store.add(&import, now()).unwrap();
    store.record(&act(1, Deed::Claim(Box::new(claim())))).unwrap();
    let subjects = vec![Subject::Article(ArticleId::of_text(TEXT)), Subject::Claim(claim().id)];
    let add = vec![Tag::new("ia").unwrap()];
    store.record(&act(2, Deed::Tag { subjects, add, remove: Vec::new() })).unwrap();
    (folder, path)
}

fn opened(path: &Path, migrations: &[&str]) -> Result<Store> {
    open(path, migrations).map(Store::from_opened)
}

fn version(store: &Store) -> i64 {
    schema::Marks::read(&store.conn).unwrap().version
}

fn wrong(store: &Store) -> Vec<&'static str> {
    store.check().unwrap().into_iter().filter(|check| !check.ok).map(|check| check.check).collect()
}

#[test]
fn a_migration_copies_the_store_first() {
    let (_folder, path) = filled();
    let copy = schema::beside(&path, ".before-v3");
    // A copy and a half copy that an earlier attempt left make room.
    fs::write(&copy, "an older copy").unwrap();
    fs::write(schema::beside(&copy, ".part"), "half a copy").unwrap();

    let store = opened(&path, NEXT).unwrap();
    assert_eq!((version(&store), store.is_new()), (NOW + 1, false));
    store.conn.execute("INSERT INTO extra (text) VALUES ('a')", []).unwrap();
    assert!(wrong(&store).is_empty());
    assert!(!schema::beside(&copy, ".part").exists());
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    // The copy is a whole store of the older version, the new one refuses to be opened by an older program.
    let before = opened(&copy, schema::MIGRATIONS).unwrap();
    assert_eq!((version(&before), before.totals().unwrap()), (NOW, store.totals().unwrap()));
    assert!(wrong(&before).is_empty());
    drop(store);
    let refused = opened(&path, schema::MIGRATIONS).err();
    assert!(matches!(refused, Some(Error::NewerStore { found, known: NOW, .. }) if found == NOW + 1));
}

/// A store of the first version with two articles, in which somebody speaks whose name they spell differently.
fn of_version_one() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dixit.db");
    let store = opened(&path, &schema::MIGRATIONS[..1]);
    // What this program reads first isn't there yet; the file is.
    drop(store);
    let conn = Connection::open(&path).unwrap();
    for (n, name) in [(1, "Alexandr Wang"), (2, "Alexsandr Wang")] {
        let text = format!("« Oui », dit {name}.");
        let (id, sum) = (ArticleId::of_text(&text), text_sha256(&text));
        let told = format!(r#"{{"name":"{name}","kind":"person","named":true,"role":"PDG de Scale AI"}}"#);
        conn.execute_batch(&format!(
            "INSERT INTO article (id, public_id, revision, title, words, imported) VALUES ({n}, '{id}', 1, 'Oui', 4, 0);
             INSERT INTO revision (id, article, number, sha256, importer, imported) VALUES ({n}, {n}, 1, '{sum}', 'test/1', 0);
             INSERT INTO body VALUES ({n}, '{text}', '[]', x'');
             INSERT INTO speaker (id, kind, named, name, folded) VALUES ({n}, 'person', 1, '{name}', lower('{name}'));
             INSERT INTO claim (id, public_id, article, annotator, form, polarity, status, speaker, attribution, anchor,
                                start, stop, rule_set)
             VALUES ({n}, 'c{n}b0b0b0b0b0b0b0b', {n}, 'rules', 'direct', 'positive', 'suggested', {n}, '{told}', 'exact', 3, 6, 'fr/1');
             INSERT INTO span VALUES ({n}, 'part', 0, {n}, 3, 6, 'Oui', '« ', ' »');
             INSERT INTO appearance VALUES ({n}, {n}, 0, 1, 'PDG de Scale AI');
             INSERT INTO list VALUES ({n}, -19700101, '{id}', 'Oui', NULL, NULL, NULL, NULL, NULL, 4, 0, 1, 0, '',
                                      '[\"{name}\"]', 'oui\n\n\n\n' || lower('{name}'));",
        ))
        .unwrap();
    }
    (folder, path)
}

#[test]
fn a_store_of_the_first_version_learns_who_is_one_speaker() {
    let (_folder, path) = of_version_one();
    let store = Store::open(&path).unwrap();
    assert_eq!(version(&store), NOW);
    assert!(wrong(&store).is_empty(), "{:?}", store.check().unwrap());
    let speakers = store.speakers(&Query::default()).unwrap();
    assert_eq!(speakers.len(), 1);
    assert_eq!((speakers[0].speaker.name.as_str(), speakers[0].claims), ("Alexandr Wang", 2));
    assert_eq!(speakers[0].speaker.aliases, ["Alexsandr Wang"]);
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let (_folder, path) = filled();
    let broken = [NEXT[0], NEXT[1], "CREATE TABLE extra (x); CREATE TABLE extra (x);"];
    let before = fs::read(&path).unwrap();
    assert!(opened(&path, &broken).is_err());
    assert!(before == fs::read(&path).unwrap());
    let store = opened(&path, schema::MIGRATIONS).unwrap();
    assert_eq!(version(&store), NOW);
    assert!(wrong(&store).is_empty());
}

#[test]
fn several_can_migrate_the_same_store_at_once() {
    let (_folder, path) = filled();
    let versions: Vec<i64> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| opened(&path, NEXT).map(|store| version(&store)))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect()
    });
    assert_eq!(versions, [NOW + 1; 4]);
    let before = opened(&schema::beside(&path, ".before-v3"), schema::MIGRATIONS).unwrap();
    assert_eq!(version(&before), NOW, "the copy was made before, not between or after");
}

#[test]
fn a_store_that_is_not_in_wal_mode_yet_is_set_to_it() {
    let (_folder, path) = filled();
    let conn = Connection::open(&path).unwrap();
    conn.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).unwrap();
    drop(conn);
    let mode = |store: &Store| store.conn.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(mode(&Store::open(&path).unwrap()), "wal");
}

#[test]
fn the_settings_that_durability_and_safety_rest_on_are_set() {
    let (_folder, path) = filled();
    let store = Store::open(&path).unwrap();
    let reader = store.reader().unwrap();
    let get = |store: &Store, name: &str| store.conn.query_row(&format!("PRAGMA {name}"), [], |r| r.get::<_, i64>(0));
    for store in [&store, &reader] {
        for (name, value) in [
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            ("mmap_size", 0),
            ("busy_timeout", 5000),
        ] {
            assert_eq!(get(store, name).unwrap_or(0), value, "{name}");
        }
        let defensive = rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE;
        assert!(store.conn.db_config(defensive).unwrap());
    }
    assert_eq!((get(&store, "query_only").unwrap(), get(&reader, "query_only").unwrap()), (0, 1));
}

#[test]
fn a_store_that_cannot_be_written_is_read_by_itself() {
    let (folder, path) = filled();
    let bytes = fs::read(&path).unwrap();
    let mut store = Store::from_opened(open_to_read(path.clone(), schema::MIGRATIONS).unwrap());
    assert_eq!(store.access, Access::Frozen);
    assert_eq!(store.opened(&ArticleId::of_text(TEXT)).unwrap().claims.len(), 1);
    assert!(wrong(&store).is_empty());
    assert_eq!(store.reader().unwrap().first_rows(9).unwrap().len(), 1);
    let refused = store.set_read(&ArticleId::of_text(TEXT), true).unwrap_err();
    assert!(matches!(refused, Error::ReadOnlyStore { .. }), "{refused}");
    drop(store);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was left beside it");
    assert!(bytes == fs::read(&path).unwrap());
    // One of an older version would have to be written to.
    assert!(matches!(open_to_read(path, NEXT), Err(Error::ReadOnlyStore { .. })));
}

#[test]
fn a_store_that_somebody_else_writes_is_read_as_they_write_it() {
    let (_folder, path) = filled();
    let mut writer = Store::open(&path).unwrap();
    let id = ArticleId::of_text(TEXT);
    writer.set_read(&id, true).unwrap();
    let store = Store::from_opened(open_to_read(path, schema::MIGRATIONS).unwrap());
    assert_eq!(store.access, Access::Read);
    assert!(store.first_rows(1).unwrap()[0].read);
    let version = store.data_version().unwrap();
    writer.set_read(&id, false).unwrap();
    assert_ne!(store.data_version().unwrap(), version);
    assert!(!store.first_rows(1).unwrap()[0].read);
}

#[test]
fn a_link_leads_to_the_store_and_to_what_lies_beside_it() {
    let (folder, path) = filled();
    let link = folder.path().join("elsewhere");
    fs::create_dir(&link).unwrap();
    let link = link.join("link.db");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut writer = Store::open(&link).unwrap();
    assert!(!writer.is_new());
    writer.set_read(&ArticleId::of_text(TEXT), true).unwrap();
    let store = Store::from_opened(open_to_read(link, schema::MIGRATIONS).unwrap());
    assert_eq!(store.access, Access::Read);
    assert!(store.first_rows(1).unwrap()[0].read);
}

#[test]
fn a_connection_that_may_only_read_is_told_so() {
    let (_folder, path) = filled();
    let store = Store::open(&path).unwrap();
    let reader = store.reader().unwrap();
    let error = reader.conn.execute("DELETE FROM list", []).map_err(Fault::from).unwrap_err();
    assert!(matches!(error.tell("write", &path), Error::ReadOnlyStore { .. }));
}

#[test]
fn who_waits_too_long_for_the_lock_is_told_so() {
    let (_folder, path) = filled();
    let mut store = Store::open(&path).unwrap();
    store.conn.busy_timeout(std::time::Duration::ZERO).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.set_read(&ArticleId::of_text(TEXT), true).unwrap_err();
    assert!(matches!(error, Error::Busy { doing: "mark the article" }), "{error}");
    // Reading goes on.
    assert_eq!(store.first_rows(9).unwrap().len(), 1);
}

#[test]
fn events_never_change() {
    let (_folder, path) = filled();
    let store = Store::open(&path).unwrap();
    for sql in [
        "UPDATE event SET annotator = 'eve'",
        "DELETE FROM event",
        "UPDATE event_subject SET subject = 9",
        "DELETE FROM event_subject",
    ] {
        assert!(store.conn.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn claims_that_rules_found_outlive_what_people_do_to_them() {
    let (_folder, path) = filled();
    let mut store = Store::open(&path).unwrap();
    store
        .conn
        .execute_batch(
            "INSERT INTO claim (public_id, article, annotator, form, polarity, status, anchor, rule, confidence, rule_set)
             VALUES ('c0b0b0b0b0b0b0b0b', 1, 'rules', 'direct', 'positive', 'suggested', 'orphan', 'incise', 0.75, 'fr/1');
             UPDATE list SET claims = 2;",
        )
        .unwrap();
    let id = ClaimId::parse("c0b0b0b0b0b0b0b0b").unwrap();
    let add = vec![Tag::new("lu").unwrap()];
    store.record(&act(3, Deed::Tag { subjects: vec![Subject::Claim(id.clone())], add, remove: Vec::new() })).unwrap();
    store.undo("ana", Uuid::from_u128(4), now()).unwrap().unwrap();
    let found = store.opened(&ArticleId::of_text(TEXT)).unwrap().claims.pop().unwrap();
    assert_eq!((found.id, found.rule.as_deref(), found.confidence), (id, Some("incise"), Some(0.75)));
    assert!(wrong(&store).is_empty());
}

#[test]
fn the_check_finds_what_was_tampered_with() {
    for (sql, expected) in [
        ("SELECT 1", &[][..]),
        ("UPDATE totals SET claims = 7", &["list"]),
        ("UPDATE list SET tags = ''", &["state", "list"]),
        ("UPDATE list SET folded = 'x'", &["list"]),
        ("UPDATE list SET sort = 0", &["list"]),
        ("DELETE FROM list", &["state", "list"]),
        ("DELETE FROM article_tag", &["state"]),
        ("DELETE FROM claim_tag", &["state"]),
        ("DELETE FROM appearance", &["list"]),
        ("UPDATE claim SET withdrawn = 1", &["state", "speakers", "list"]),
        ("UPDATE claim SET start = 4", &["claims"]),
        ("UPDATE span SET exact = 'Non'", &["claims"]),
        ("UPDATE span SET stop = 4000", &["claims"]),
        ("UPDATE act SET undone = 1 WHERE id = 2", &["journal", "state"]),
        ("UPDATE body SET text = replace(text, 'Oui', 'Non')", &["texts", "claims"]),
        ("UPDATE body SET blocks = replace(blocks, '20', '21')", &["texts"]),
        ("UPDATE article SET removed = 1", &["state", "list"]),
        ("UPDATE article SET title = 'Non'", &["list"]),
        ("PRAGMA foreign_keys = OFF; DELETE FROM speaker", &["references", "speakers", "list"]),
        ("UPDATE claim SET status = 'rejected'", &["state", "speakers", "list"]),
        ("UPDATE claim SET amended = '[]'", &["state"]),
        ("UPDATE claim SET bearer = NULL", &["speakers"]),
        ("UPDATE speaker SET merged = id", &["state"]),
        ("UPDATE speaker SET shown = 'Noé'", &["speakers", "list"]),
        ("INSERT INTO note (kind, subject, text) VALUES (1, 1, 'x')", &["state"]),
        ("INSERT INTO split VALUES (1, 1)", &["state"]),
        ("UPDATE bearing SET claims = 3", &["speakers"]),
    ] {
        let (_folder, path) = filled();
        let store = Store::open(&path).unwrap();
        store.conn.execute_batch(sql).unwrap();
        assert_eq!(wrong(&store), expected, "{sql}");
    }
}

#[test]
fn reading_what_was_tampered_with_is_an_error_and_no_panic() {
    let id = ArticleId::of_text(TEXT);
    for sql in [
        "UPDATE body SET blocks = '[{\"kind\":\"paragraph\",\"range\":{\"start\":1,\"end\":2}}]'",
        "UPDATE body SET blocks = 'x'",
        "UPDATE span SET start = 1",
        "UPDATE span SET stop = 999999",
        "UPDATE span SET start = -1",
        "UPDATE claim SET form = 'x'",
        "UPDATE list SET tags = 'a,b'",
        "UPDATE list SET published = 'hier'",
        "UPDATE list SET words = -1",
        "UPDATE list SET speakers = 'x'",
        "DELETE FROM body",
        "DELETE FROM appearance",
    ] {
        let (_folder, path) = filled();
        let store = Store::open(&path).unwrap();
        store.conn.execute_batch(sql).unwrap();
        let error = store.opened(&id).expect_err(sql);
        assert!(matches!(error, Error::DamagedStore { .. }), "{sql}: {error}");
    }
}
