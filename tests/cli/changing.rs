//! `tag`, `remove`, `undo`, `log`, `check`.

use crate::home::{Home, keys, sorted};

#[test]
fn tags_are_put_on_and_taken_off_and_the_changes_counted() {
    let home = Home::new();
    let id = home.id("Alexsandr Wang");
    assert_eq!(home.out(&format!("tag {id} -- +ia +lu")), "1 article changed\n");
    assert_eq!(home.out(&format!("tag {id} -- +ia")), "0 articles changed\n");
    assert_eq!(home.out("tag chine -- -lu +chine").lines().count(), 1);
    let tags = home.json("list --json source:techcrunch")[0]["tags"].clone();
    assert!(tags.as_array().unwrap().iter().any(|tag| tag == "ia"), "{tags}");
}

#[test]
fn tagging_as_json_tells_each_article_that_changed() {
    let home = Home::new();
    let id = home.id("Alexsandr Wang");
    let tagged = home.json(&format!("tag --json {id} -- +ia -draft"));
    assert_eq!(tagged.len(), 1);
    assert_eq!(keys(&tagged[0]), sorted("article added removed"));
    assert_eq!(tagged[0]["article"], id.as_str());
    assert_eq!(tagged[0]["added"], serde_json::json!(["ia"]));
    assert_eq!(tagged[0]["removed"], serde_json::json!([]), "it had no such tag");
    assert_eq!(home.json(&format!("tag --json {id} -- +ia")), [] as [serde_json::Value; 0]);
}

#[test]
fn undo_takes_back_the_last_act_also_after_a_restart() {
    let home = Home::new();
    home.out("tag source:techcrunch -- +one");
    home.out("tag source:techcrunch -- +two");
    let undone = home.out("undo");
    assert!(undone.starts_with("undone: ") && undone.contains("two"), "{undone}");
    assert_eq!(home.json("list --json source:techcrunch")[0]["tags"], serde_json::json!(["one"]));
    home.out("tag source:techcrunch -- +three");
    assert_eq!(home.out("undo 2").lines().count(), 2);
    assert_eq!(home.json("list --json source:techcrunch")[0]["tags"], serde_json::json!([]));
}

#[test]
fn undo_with_nothing_to_undo_is_status_1() {
    let home = Home::new();
    let ran = home.run("undo");
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("dixit: ana has nothing to undo\n"), "{}", ran.err);
    home.out("tag source:techcrunch -- +one");
    let ran = home.run("undo 5");
    assert_eq!((ran.status, ran.out.lines().count()), (0, 1));
    assert!(ran.err.starts_with("dixit: ana has nothing more to undo\n"), "{}", ran.err);
}

#[test]
fn two_people_undo_their_own_acts() {
    let home = Home::new();
    home.out("--user ana tag source:techcrunch -- +of-ana");
    home.out("--user ben tag source:techcrunch -- +of-ben");
    assert!(home.out("--user ana undo").contains("of-ana"));
    assert_eq!(home.json("list --json source:techcrunch")[0]["tags"], serde_json::json!(["of-ben"]));
    assert_eq!(home.run("--user ana undo").status, 1);
    assert!(home.out("--user ben undo").contains("of-ben"));
}

#[test]
fn the_log_tells_who_did_what_newest_first() {
    let home = Home::new();
    home.out("--user ana tag source:techcrunch -- +one");
    home.out("--user ben tag source:techcrunch -- +two");
    home.out("--user ana undo");
    let log = home.json("log --json");
    for row in &log {
        assert_eq!(keys(row), sorted("id time annotator kind summary undone"));
    }
    let acts: Vec<_> = log
        .iter()
        .filter(|row| row["annotator"] != "gold")
        .map(|row| {
            (row["annotator"].as_str().unwrap(), row["kind"].as_str().unwrap(), row["undone"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(acts, [("ana", "undo", false), ("ben", "tag", false), ("ana", "tag", true)]);
    let lines = home.out("log 3");
    assert_eq!(lines.lines().count(), 3);
    assert_eq!(lines.lines().nth(2).unwrap().split('\t').nth(2), Some("undone"), "{lines}");
}

#[test]
fn what_was_removed_is_told_and_comes_back() {
    let home = Home::new();
    let id = home.id("Alexsandr Wang");
    let ran = home.run(&format!("remove {id}"));
    assert_eq!(ran.status, 0);
    assert!(ran.out.starts_with(&format!("removed {}  Alexsandr Wang", &id[..7])), "{}", ran.out);
    assert_eq!(ran.err, "`dixit undo` brings it back\n");
    assert_eq!(home.out("list").lines().count(), 4);
    assert_eq!(home.json("claims --json").len(), 56 - 13);
    home.out("undo");
    assert_eq!(home.out("list").lines().count(), 5);
    assert_eq!(home.json("claims --json").len(), 56);
}

#[test]
fn ids_and_a_query_at_once_are_refused_and_nothing_is_done() {
    let home = Home::new();
    let id = home.id("Alexsandr Wang");
    let ran = home.run(&format!("remove {id} chine"));
    assert_eq!(ran.status, 2);
    assert!(ran.err.starts_with("dixit: these are ids and a query at once\n"), "{}", ran.err);
    assert_eq!(home.out("list").lines().count(), 5);
}

#[test]
fn nothing_to_tag_or_remove_is_status_1() {
    let home = Home::new();
    for line in ["tag zzzzqqqq -- +ia", "remove zzzzqqqq"] {
        let ran = home.run(line);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (1, "", "dixit: no article matches\n"));
    }
}

#[test]
fn a_store_in_order_passes_every_check() {
    let home = Home::new();
    home.out("tag chine -- +chine");
    let checks = home.json("check --json");
    assert!(checks.len() > 2);
    for check in &checks {
        assert_eq!(keys(check), sorted("check ok detail"));
        assert_eq!(check["ok"], true, "{check}");
    }
    let lines = home.out("check");
    assert_eq!(lines.lines().count(), checks.len());
    assert!(lines.lines().all(|line| line.starts_with("ok\t")), "{lines}");
}
