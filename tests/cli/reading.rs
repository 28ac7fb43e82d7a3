//! `list`, `show`, `claims`, `speakers`, `read --print`.

use serde_json::Value;

use crate::home::{Home, keys, sorted};

const ARTICLE: &str = "id title source author url published lang words claims tags read imported";

/// The characters of `text` from code point `start` up to `end`.
fn points(text: &str, span: &Value) -> String {
    let at = |key: &str| span[key].as_u64().unwrap() as usize;
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn the_first_start_finds_five_articles_with_56_claims() {
    let articles = Home::new().json("list --json");
    assert_eq!(articles.len(), 5);
    assert_eq!(articles.iter().map(|a| a["claims"].as_u64().unwrap()).sum::<u64>(), 56);
    for article in &articles {
        assert_eq!(keys(article), sorted(ARTICLE));
        assert_eq!(article["lang"], "fr");
        assert_eq!(article["read"], false);
    }
    let wang = articles.iter().find(|a| a["source"] == "TechCrunch").unwrap();
    assert_eq!(
        wang["title"],
        "Alexsandr Wang, de Scale AI, a publié une lettre ouverte exhortant Trump à investir dans l’IA"
    );
    assert_eq!(wang["claims"], 13);
    assert!(articles.iter().any(|a| a["published"] == "2025-01"), "as exact as its source");
}

#[test]
fn into_a_pipe_the_list_is_whole_and_separated_by_tabs() {
    let list = Home::new().out("list");
    assert_eq!(list.lines().count(), 5);
    for line in list.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        assert_eq!(fields.len(), 7, "{line}");
        assert!(fields[0].starts_with('a') && fields[0].len() == 7, "{line}");
        assert_eq!(fields[1], "unread");
        assert!(fields[2].parse::<u32>().unwrap() > 0);
        assert!(!fields[5].contains('…') || fields[5].ends_with('…'), "{line}");
    }
}

#[test]
fn a_query_chooses_articles_whatever_its_accents_and_may_begin_with_a_hyphen() {
    let home = Home::new();
    assert!(home.out("list lettre ouverte").contains("Alexsandr Wang"));
    assert!(home.out("list americain").contains("américain"));
    home.out("tag source:techcrunch -- +lu");
    let others = home.out("list -tag:lu");
    assert_eq!(others.lines().count(), 4);
    assert_eq!(home.out("list !tag:lu"), others);
    assert_eq!(home.out("list tag:lu").lines().count(), 1);
}

#[test]
fn nothing_matched_is_status_1_and_no_output() {
    let home = Home::new();
    for line in ["list zzzzqqqq", "claims zzzzqqqq", "speakers zzzzqqqq", "list --json tag:nowhere"] {
        let ran = home.run(line);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{line}");
        assert_eq!(ran.err.lines().count(), 1, "{line}: {}", ran.err);
    }
}

#[test]
fn show_begins_with_the_title_and_keeps_paragraphs_whole() {
    let home = Home::new();
    let id = home.id("Alexsandr Wang");
    let text = home.out(&format!("show {id}"));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "Alexsandr Wang, de Scale AI, a publié une lettre ouverte exhortant Trump à investir dans l’IA"
    );
    assert!(lines[1].starts_with("TechCrunch · "), "{}", lines[1]);
    assert_eq!(lines[2], "");
    assert!(!text.contains("Partagez cet article"));
    assert!(lines.iter().any(|line| line.chars().count() > 100), "not wrapped");
    assert_eq!(home.out(&format!("show {}", &id[..7])), text, "the beginning of the id is enough");
}

#[test]
fn the_blocks_of_show_lie_in_its_text() {
    let home = Home::new();
    let shown = &home.json(&format!("show --json {}", home.id("Alexsandr Wang")))[0];
    assert_eq!(keys(shown), sorted(&format!("{ARTICLE} text blocks note")));
    let text = shown["text"].as_str().unwrap();
    let blocks = shown["blocks"].as_array().unwrap();
    assert_eq!(keys(&blocks[0]), sorted("kind start end"));
    assert_eq!(blocks[0]["kind"], "title");
    assert_eq!(points(text, &blocks[0]), shown["title"].as_str().unwrap());
    for block in blocks {
        let words = points(text, block);
        assert_eq!(words.trim(), words, "a block has no white space around it");
        assert!(!words.is_empty());
    }
}

#[test]
fn an_id_that_isnt_there_is_status_1() {
    let home = Home::new();
    for id in ["a9z9z9z9z", "wang", "c3k7m2f"] {
        let ran = home.run(&format!("show {id}"));
        assert_eq!((ran.status, ran.out.as_str()), (1, ""));
        assert!(
            ran.err.starts_with(&format!("dixit: there is no article {id} in the store\n      hint: ")),
            "{}",
            ran.err
        );
    }
}

#[test]
fn each_of_56_claims_stands_in_the_text_where_it_says() {
    let home = Home::new();
    let claims = home.json("claims --json");
    assert_eq!(claims.len(), 56);
    let texts: Vec<Value> = home
        .json("list --json")
        .iter()
        .flat_map(|article| home.json(&format!("show --json {}", article["id"].as_str().unwrap())))
        .collect();
    for claim in &claims {
        assert_eq!(
            keys(claim),
            sorted(
                "id article file form quote parts speaker speaker_kind mention cue status annotator confidence rule \
                 nested_in same_as tags cue_at mention_at polarity anchor revision reviewer amended note related"
            )
        );
        let article = texts.iter().find(|text| text["id"] == claim["article"]).unwrap();
        let text = article["text"].as_str().unwrap();
        let parts = claim["parts"].as_array().unwrap();
        assert!(!parts.is_empty());
        for part in parts {
            assert_eq!(part["text"], points(text, part), "{claim}");
        }
        for (words, place) in [("cue", "cue_at"), ("mention", "mention_at")] {
            if claim[words].is_null() {
                assert!(claim[place].is_null());
            } else {
                assert_eq!(claim[words], points(text, &claim[place]), "{claim}");
            }
        }
        assert_eq!(claim["annotator"], "gold");
        assert_eq!(claim["anchor"], "exact");
        // What is linked is told by the same speaker, in another article, and linked back.
        for id in claim["same_as"].as_array().unwrap() {
            let twin = claims.iter().find(|twin| twin["id"] == *id).unwrap();
            assert_eq!(twin["speaker"], claim["speaker"]);
            assert_ne!(twin["article"], claim["article"]);
            assert!(twin["same_as"].as_array().unwrap().contains(&claim["id"]));
        }
    }
    assert!(claims.iter().filter(|claim| claim["same_as"] != serde_json::json!([])).count() >= 12);
    let with_status = |status: &str| claims.iter().filter(|claim| claim["status"] == status).count();
    assert_eq!((with_status("accepted"), with_status("suggested")), (37, 19));
}

#[test]
fn claims_stand_below_their_article_with_speaker_words_and_details() {
    let home = Home::new();
    let claims = home.out("claims source:techcrunch");
    let lines: Vec<&str> = claims.lines().collect();
    assert!(lines[0][7..].starts_with("  Alexsandr Wang, de Scale AI, a publié"), "{}", lines[0]);
    assert!(lines[1].starts_with("  1  Alexandr Wang"), "{}", lines[1]);
    assert_eq!(lines[2], "     Trump à investir dans l’IA");
    assert!(lines[3].starts_with("     indirect · cue “exhortant” · gold · suggested · c"), "{}", lines[3]);
    assert_eq!(lines.len(), 1 + 3 * 13);
}

#[test]
fn fields_of_claims_choose_claims() {
    let home = Home::new();
    let direct = home.json("claims --json form:direct");
    assert!(!direct.is_empty() && direct.iter().all(|claim| claim["form"] == "direct"));
    let wang = home.json("claims --json speaker:wang status:accepted");
    assert!(!wang.is_empty());
    for claim in &wang {
        assert!(claim["speaker"].as_str().unwrap().contains("Wang"), "{claim}");
        assert_eq!(claim["status"], "accepted");
    }
    assert!(wang.len() < home.json("claims --json speaker:wang").len());
}

#[test]
fn speakers_are_counted_most_claims_first() {
    let home = Home::new();
    let speakers = home.json("speakers --json");
    assert_eq!(keys(&speakers[0]), sorted("name kind role aliases claims articles"));
    let counts: Vec<u64> = speakers.iter().map(|speaker| speaker["claims"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert_eq!(speakers[0]["kind"], "person");
    let lines = home.out("speakers");
    assert_eq!(lines.lines().count(), speakers.len());
    assert_eq!(lines.lines().next().unwrap().split('\t').nth(2), speakers[0]["name"].as_str());
}

#[test]
fn the_reader_can_be_driven_and_printed_without_a_terminal() {
    let home = Home::new();
    let screen = home.out("read --print --size 120x36");
    assert_eq!(screen.lines().count(), 36);
    assert!(screen.contains("5 · 56 claims"), "{screen}");
    let filtered = home.out("read --print --size 120x36 --keys /wang<enter>");
    assert_ne!(filtered, screen);
    assert!(filtered.contains("wang"), "{filtered}");
    assert_eq!(home.out("read wang --print --size 80x24").lines().count(), 24);
    let article = home.out(&format!("read --print {}", home.id("Alexsandr Wang")));
    assert!(article.contains("Scale AI"), "{article}");
}

#[test]
fn what_two_of_the_articles_tell_differently_is_linked() {
    let claims = Home::new().json("claims --json");
    let find = |words: &str| claims.iter().find(|claim| claim["quote"].as_str().unwrap().starts_with(words)).unwrap();
    for (one, other) in [
        ("C’est une horrible façon", "Il s’agit d’une mauvaise présentation"),
        ("Cher Président Trump : l’Amérique", "Cher président Trump, l’Amérique"),
        ("Nous sommes dans une nouvelle forme de course", "Nous sommes dans une nouvelle forme de guerre"),
        ("le gouvernement américain doit s’inspirer", "le gouvernement américain imite"),
        ("Revoir la réglementation", "les États-Unis revoient leurs propres réglementations"),
        ("Rendre les agences fédérales", "la mise en place d’agences fédérales"),
    ] {
        let (one, other) = (find(one), find(other));
        assert_ne!(one["article"], other["article"]);
        assert!(one["same_as"].as_array().unwrap().contains(&other["id"]), "{} / {}", one["quote"], other["quote"]);
    }
}

#[test]
fn the_measure_is_remembered_until_the_configuration_changes() {
    let home = Home::new();
    let read = "read --print --size 200x30 --keys";
    let width = |screen: String| screen.lines().nth(8).unwrap().split('│').nth(1).unwrap().trim().chars().count();
    let before = width(home.out(&format!("{read} <enter>")));
    home.out(&format!("{read} <enter>-------"));
    let after = width(home.out(&format!("{read} <enter>")));
    // A bar and a space stand before the text, which has 58 columns now.
    assert!(before > 65 && after <= 60, "{before}, {after}");
    home.write(".config/dixit/config.toml", "measure = 71\n");
    assert!(width(home.out(&format!("{read} <enter>"))) > 65);
}
