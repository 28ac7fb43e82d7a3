//! `extract`.

use crate::home::{Home, keys, sorted};

const ARTICLE: &str = "La forêt brûle depuis trois jours\n\nAnne Roy, la maire, a déclaré que le feu était maîtrisé. Le \
                       vent ne faiblit pas.\n\n« Nous avons peur pour nos maisons », a ajouté Paul Blanc.\n";

#[test]
fn claims_come_with_every_key_of_the_contract_and_offsets_in_code_points() {
    let home = Home::new();
    home.write("feu.txt", ARTICLE);
    let claims = home.json("extract --json feu.txt");
    assert_eq!(claims.len(), 2, "{claims:#?}");
    let claim = &claims[0];
    let all = "id article file form quote parts speaker speaker_kind mention cue status annotator confidence rule \
               nested_in same_as tags cue_at mention_at polarity anchor revision reviewer amended note related";
    assert_eq!(keys(claim), sorted(all));
    assert_eq!((&claim["file"], &claim["speaker"]), (&"feu.txt".into(), &"Anne Roy".into()));
    assert_eq!((&claim["status"], &claim["annotator"]), (&"suggested".into(), &"rules".into()));
    assert_eq!((&claim["quote"], &claim["polarity"]), (&"le feu était maîtrisé".into(), &"positive".into()));
    let text: Vec<char> = home.out("extract --text feu.txt").chars().collect();
    for claim in &claims {
        for part in claim["parts"].as_array().unwrap() {
            let at = |key: &str| usize::try_from(part[key].as_u64().unwrap()).unwrap();
            let words: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(words, part["text"].as_str().unwrap());
        }
    }
}

#[test]
fn a_missing_file_is_one_line_and_the_others_are_done() {
    let home = Home::new();
    home.write("feu.txt", ARTICLE);
    let ran = home.run("extract --json nope.txt feu.txt");
    assert_eq!((ran.status, ran.out.lines().count()), (3, 2), "{ran:?}");
    assert_eq!(ran.err, "dixit: can't read nope.txt: no such file or directory\n");
}

#[test]
fn an_article_without_claims_is_nothing_found() {
    let home = Home::new();
    home.write("a.txt", "La pluie\n\nIl pleut depuis trois jours, et le fleuve monte encore.\n");
    let ran = home.run("extract a.txt");
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (1, "", ""));
}

#[test]
fn standard_input_is_a_hyphen_and_no_store_is_made() {
    let home = Home::new();
    let ran = home.run_on("extract -", ARTICLE);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.starts_with("  1  Anne Roy"), "{}", ran.out);
    assert!(!home.at(".local").exists());
}

#[test]
fn stored_articles_are_gone_through_anew_and_peoples_claims_stay() {
    let home = Home::new();
    let before = home.json("claims --json by:gold");
    let ran = home.run("extract --stored");
    assert_eq!((ran.status, ran.err.as_str()), (0, "5 articles gone through by the rules of this version\n"));
    assert_eq!(home.json("claims --json by:gold"), before);
    let found = home.json("claims --json by:rules");
    assert!(!found.is_empty() && found.iter().all(|claim| claim["status"] == "suggested"), "{found:?}");
    home.run("extract --stored lang:fr");
    assert_eq!(home.json("claims --json by:rules"), found, "once more finds the same");
    assert!(home.run("check").status == 0);
}
