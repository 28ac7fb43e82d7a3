//! Killed in the middle of writing: what was acknowledged is there, the rest not at all, and nothing is half done.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use dixit::model::ArticleId;
use dixit::store::Store;

use crate::fixture::{assert_sound, at, fresh, import, tag};

/// Tells the process that is to be killed which store to write to.
const STORE: &str = "DIXIT_TEST_KILLED_STORE";
const ARTICLES: usize = 2_000;

/// Not a test: what the other test runs in a process of its own, and kills.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(STORE) else { return };
    let mut store = Store::open(Path::new(&path)).unwrap();
    let ids: Vec<ArticleId> = store.first_rows(usize::MAX).unwrap().into_iter().map(|row| row.id).collect();
    let done = store.log(usize::MAX).unwrap().len() as u128;
    for n in done.. {
        store.record(&tag(n, "ana", &ids, &format!("+t{n}"))).unwrap();
        // Straight to the descriptor: what is acknowledged must have left the process.
        let mut out = std::io::stdout();
        writeln!(out, "\ndone {n}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn an_act_is_wholly_there_or_not_at_all() {
    let mut fresh = fresh();
    let imports: Vec<_> = (0..ARTICLES).map(|n| import(&format!("article {n}"))).collect();
    fresh.store.add_all(&imports, &[], at(0)).unwrap();
    let path = fresh.store.path().clone();
    drop(fresh.store);
    for (acknowledged, later) in [(1, 0), (1, 7), (2, 13), (1, 22), (3, 31), (2, 45)] {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::writer", "--nocapture", "--test-threads=1"])
            .env(STORE, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines().map_while(Result::ok);
        let last = lines.filter_map(|line| line.strip_prefix("done ").map(str::to_owned)).nth(acknowledged - 1);
        let last: u128 = last.expect("the writer writes").parse().unwrap();
        thread::sleep(Duration::from_millis(later));
        writer.kill().unwrap();
        writer.wait().unwrap();

        let store = Store::open(&path).unwrap();
        assert_sound(&store);
        let acts = store.log(usize::MAX).unwrap();
        assert!(acts.len() as u128 > last, "act {last} was acknowledged, {} are there", acts.len());
        assert!(acts.iter().all(|act| act.summary.starts_with("tag 2000 articles +t")));
        let tags = store.tags().unwrap();
        assert_eq!(tags.len(), acts.len());
        assert!(tags.iter().all(|(_, count)| *count == ARTICLES as u64), "{tags:?}");
    }
}
