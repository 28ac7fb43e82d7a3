//! `import`.

use std::fs;

use crate::home::{Home, keys, seeds, sorted};

const ARTICLE: &str = "La forêt brûle depuis trois jours\n\nLe maire a déclaré que « tout est sous contrôle ». \
                       Les pompiers en doutent, et le vent ne faiblit pas.\n\nLa préfète a demandé aux habitants de \
                       rester chez eux jusqu’à nouvel ordre.\n";

/// The home with a store that has no seeds.
fn home() -> Home {
    let home = Home::new();
    home.write("config.toml", "");
    home
}

#[test]
fn an_article_is_added_then_unchanged_then_updated() {
    let home = home();
    home.write("feu.txt", ARTICLE);
    let added = home.out("--store s.db import feu.txt");
    assert!(added.starts_with("added      a"), "{added}");
    assert!(added.ends_with("  La forêt brûle depuis trois jours\n"), "{added}");
    assert!(home.out("--store s.db import feu.txt").starts_with("unchanged  a"));
    home.write("feu.txt", ARTICLE.replace("trois jours", "quatre jours"));
    assert!(home.out("--store s.db import feu.txt").starts_with("updated    a"));
    let list = home.json("--store s.db list --json");
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["title"], "La forêt brûle depuis quatre jours");
}

#[test]
fn an_update_tells_what_became_of_claims_that_people_spoke_of() {
    let home = home();
    let article = "La forêt brûle\n\n« Le feu avance », a déclaré Mme Anne Roy, préfète du Var, mardi soir.\n";
    home.write("feu.txt", article);
    home.out("--store s.db import feu.txt");
    home.write("feu.txt", article.replace("mardi soir", "mardi"));
    // What rules find is found anew, and isn't worth a word.
    assert!(home.out("--store s.db import feu.txt").ends_with("  La forêt brûle\n"));
    home.out("--store s.db read --print --size 120x36 --keys <enter><tab>t+lu<enter>");
    assert_eq!(home.json("--store s.db claims --json")[0]["tags"][0], "lu");
    home.write("feu.txt", article.replace("La forêt", "Mise à jour.\n\nLa forêt"));
    let updated = home.out("--store s.db import feu.txt");
    assert!(updated.starts_with("updated    a") && updated.ends_with("  1 claim moved\n"), "{updated}");
    home.write("feu.txt", "La forêt brûle\n\nPersonne n’a rien dit de ce qui se passe dans le Var.\n");
    let updated = home.out("--store s.db import feu.txt");
    assert!(updated.ends_with("  1 claim orphaned\n"), "{updated}");
}

#[test]
fn standard_input_is_a_hyphen() {
    let home = home();
    let ran = home.run_on("--store s.db import --json -", ARTICLE);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let line: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(keys(&line), sorted("path result article title reason"));
    assert_eq!((&line["path"], &line["result"], &line["reason"]), (&"-".into(), &"added".into(), &().into()));
    assert_eq!(line["title"], "La forêt brûle depuis trois jours");
}

#[test]
fn what_is_imported_gets_its_claims_found() {
    let home = home();
    let article = "La forêt brûle\n\n« Le feu avance », a déclaré Mme Anne Roy, préfète du Var, mardi soir.\n";
    home.run_on("--store s.db import -", article);
    let claims = home.json("--store s.db claims --json");
    let [claim] = claims.as_slice() else { panic!("{claims:?}") };
    assert_eq!((&claim["quote"], &claim["speaker"]), (&"Le feu avance".into(), &"Anne Roy".into()));
    assert_eq!((&claim["annotator"], &claim["status"]), (&"rules".into(), &"suggested".into()));
    assert!(claim["rule"].is_string() && claim["confidence"].is_number(), "{claim}");
}

#[test]
fn a_folder_stands_for_everything_in_it() {
    let home = home();
    let ran = home.run(&format!("--store s.db import {}", seeds().display()));
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().filter(|line| line.starts_with("added ")).count(), 5, "{}", ran.out);
    assert!(ran.err.starts_with("5 added"), "{}", ran.err);
    // With the annotations beside the articles, which cover what the rules found in the same places.
    assert_eq!(home.json("--store s.db claims --json by:gold").len(), 56);
    let suggested = home.json("--store s.db claims --json by:rules");
    assert!(suggested.len() < 5, "{suggested:?}");
    let again = home.run(&format!("--store s.db import {}", seeds().display()));
    assert_eq!((again.status, again.err.as_str()), (0, "10 unchanged\n"));
}

#[test]
fn claims_name_the_file_that_their_article_is_known_by() {
    let home = home();
    home.run(&format!("--store s.db import {}", seeds().display()));
    for claim in home.json("--store s.db claims --json source:techcrunch") {
        assert_eq!(claim["file"], seeds().join("001_fdf0cc083c3de628.txt").canonicalize().unwrap().to_str().unwrap());
    }
    assert_eq!(home.json("claims --json source:techcrunch")[0]["file"], serde_json::Value::Null, "a seed has none");
}

#[test]
fn what_cant_be_read_is_skipped_with_the_reason_and_the_rest_is_in() {
    let home = home();
    home.write("in/a.txt", ARTICLE);
    home.write("in/b.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\0\0\0\0\xff\xfe\xfd");
    home.write("in/c.txt", ARTICLE.replace("forêt", "lande"));
    let ran = home.run("--store s.db import in missing.txt");
    assert_eq!(ran.status, 3);
    let starts: Vec<&str> = ran.out.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(starts, ["added", "skipped", "added", "skipped"], "{}", ran.out);
    assert!(ran.out.lines().nth(1).unwrap().starts_with("skipped    in/b.txt  "), "{}", ran.out);
    assert_eq!(ran.out.lines().nth(3).unwrap(), "skipped    missing.txt  no such file or directory");
    assert_eq!(ran.err, "2 added, 2 skipped\n");
    assert_eq!(home.out("--store s.db list").lines().count(), 2);
}

#[test]
fn nothing_to_import_is_one_clear_line_and_status_3() {
    let home = home();
    home.write("image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89");
    fs::create_dir(home.at("empty")).unwrap();
    for (line, why) in [
        ("import missing.txt", "dixit: can't read missing.txt: no such file or directory"),
        ("import empty", "dixit: can't import empty: the folder holds no texts"),
        ("import image.txt", "dixit: can't import image.txt: "),
    ] {
        let ran = home.run(&format!("--store s.db {line}"));
        assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{line}");
        assert!(ran.err.starts_with(why), "{line}: {}", ran.err);
        assert!(!ran.err.lines().next().unwrap().contains("os error"), "{}", ran.err);
    }
}

#[test]
fn as_json_every_file_has_its_line() {
    let home = home();
    let ran = home.run("--store s.db import --json missing.txt");
    assert_eq!(ran.status, 3);
    let line: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&line["result"], &line["article"]), (&"skipped".into(), &().into()));
    assert_eq!(line["reason"], "no such file or directory");
}

#[test]
fn what_was_removed_by_hand_stays_removed() {
    let home = home();
    home.write("feu.txt", ARTICLE);
    home.out("--store s.db import feu.txt");
    assert_eq!(home.run("--store s.db remove foret").status, 0);
    let ran = home.run("--store s.db import feu.txt");
    assert_eq!(ran.status, 0);
    assert!(ran.out.starts_with("skipped    a") && ran.out.contains("removed"), "{}", ran.out);
    assert_eq!(home.run("--store s.db list").out, "");
}

#[test]
fn hostile_text_reaches_no_terminal_and_stays_exact_in_json() {
    let home = home();
    let title = "Le \u{202e}titre\u{202c} \u{1b}[31mrouge\u{1b}[0m \u{9b}2J brûle encore";
    home.write("feu.txt", ARTICLE.replace("La forêt brûle depuis trois jours", title));
    let imported = home.out("--store s.db import feu.txt");
    let id = home.json("--store s.db list --json")[0]["id"].as_str().unwrap().to_owned();
    home.out(&format!("--store s.db tag {id} -- +ia"));
    let shown = [
        imported,
        home.out("--store s.db list"),
        home.out(&format!("--store s.db show {id}")),
        home.out("--store s.db log"),
    ];
    for text in shown {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{text:?}");
    }
    let text = home.json(&format!("--store s.db show --json {id}"))[0]["text"].as_str().unwrap().to_owned();
    assert!(text.contains(title), "{text}");
}

#[test]
fn what_show_writes_as_json_is_read_again_as_it_was() {
    let home = home();
    home.run(&format!("--store s.db import {}", seeds().display()));
    let id = |store: &str| {
        home.json(&format!("--store {store} list --json leadership"))[0]["id"].as_str().unwrap().to_owned()
    };
    let shown = home.run(&format!("--store s.db show --json {}", id("s.db")));
    assert_eq!(shown.status, 0, "{}", shown.err);
    let ran = home.run_on("--store t.db import -", &shown.out);
    assert!(ran.out.starts_with("added "), "{}{}", ran.out, ran.err);
    let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let (before, after) = (read(&shown.out), read(&home.run(&format!("--store t.db show --json {}", id("t.db"))).out));
    for key in ["title", "source", "author", "url", "published", "lang", "text", "blocks"] {
        assert_eq!(before[key], after[key], "{key}");
    }
}

#[test]
fn a_page_and_a_feed_are_told_by_their_content() {
    let home = home();
    home.write("page.txt", "<!DOCTYPE html><title>Le vent se lève</title><p>Il a fait beau hier, &agrave; Brest.");
    home.write(
        "feed.txt",
        "<rss version='2.0'><channel><title>La Gazette</title><item><title>Le vent</title><description>Il pleut à \
         Brest.</description></item><item><title>La pluie</title><description>Il neige à Brest.</description></item></channel></rss>",
    );
    let ran = home.run("--store s.db import page.txt feed.txt");
    assert_eq!((ran.status, ran.err.as_str()), (0, "3 added\n"), "{}", ran.out);
}
