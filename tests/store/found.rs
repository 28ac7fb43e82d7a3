//! Claims that rules found: written with their article, replaced by a newer rule set, never over people's work.

use dixit::model::{ArticleId, Status};
use dixit::store::{Added, Moves};

use crate::fixture::{Fresh, assert_sound, at, claim, claims, findings, fresh, group, import, import_from, tag_claim};

const TEXT: &str = "« Non », dit Ève. « Oui », dit Ève.";

/// The claims of the article in short: annotator, status and words.
fn seen(fresh: &Fresh, id: &ArticleId) -> Vec<(String, Status, String)> {
    let claims = fresh.store.opened(id).unwrap().claims;
    claims.into_iter().map(|claim| (claim.annotator, claim.status, claim.quote)).collect()
}

fn rules(words: &str) -> (String, Status, String) {
    ("rules".into(), Status::Suggested, words.into())
}

#[test]
fn what_was_found_comes_in_with_its_article() {
    let mut fresh = fresh();
    let import = dixit::model::article::Import { found: Some(findings(TEXT, "fr/1", &["Non", "Oui"])), ..import(TEXT) };
    let id = fresh.store.add(&import, at(0)).unwrap().id().clone();
    assert_eq!(seen(&fresh, &id), [rules("Non"), rules("Oui")]);
    let opened = fresh.store.opened(&id).unwrap();
    assert_eq!((opened.row.claims, opened.row.speakers), (2, vec!["Ève".to_owned()]));
    assert_eq!((opened.claims[0].rule.as_deref(), opened.claims[0].confidence), (Some("incise"), Some(0.5)));
    assert_eq!(fresh.store.totals().unwrap().claims, 2);
    assert_sound(&fresh.store);
}

#[test]
fn a_newer_rule_set_replaces_an_older_one_and_ids_stay() {
    let (mut fresh, ids) = Fresh::with(&[TEXT]);
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/1", &["Non", "Ève"])).unwrap();
    let before = fresh.store.opened(&ids[0]).unwrap().claims[0].id.clone();
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/2", &["Non", "Oui"])).unwrap();
    assert_eq!(seen(&fresh, &ids[0]), [rules("Non"), rules("Oui")]);
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().claims[0].id, before);
    assert_sound(&fresh.store);
}

#[test]
fn what_people_made_is_not_doubled() {
    let (mut fresh, ids) = Fresh::with(&[TEXT]);
    fresh.store.record(&claims(1, "ana", &[claim(TEXT, "« Non »", "Ève")])).unwrap();
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/1", &["Non »", "Oui"])).unwrap();
    assert_eq!(seen(&fresh, &ids[0]), [("ana".into(), Status::Accepted, "« Non »".into()), rules("Oui")]);
    assert_sound(&fresh.store);
}

#[test]
fn what_people_make_covers_what_was_found_until_it_is_taken_back() {
    let (mut fresh, ids) = Fresh::with(&[TEXT]);
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/1", &["Non", "Oui"])).unwrap();
    fresh.store.record(&claims(1, "ana", &[claim(TEXT, "Non", "Ève")])).unwrap();
    assert_eq!(seen(&fresh, &ids[0]), [("ana".into(), Status::Accepted, "Non".into()), rules("Oui")]);
    assert_eq!(fresh.store.totals().unwrap().claims, 2);
    assert_sound(&fresh.store);
    fresh.store.undo("ana", group(2), at(2)).unwrap().unwrap();
    assert_eq!(seen(&fresh, &ids[0]), [rules("Non"), rules("Oui")]);
    assert_sound(&fresh.store);
}

#[test]
fn what_people_tagged_stays_when_the_rules_change() {
    let (mut fresh, ids) = Fresh::with(&[TEXT]);
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/1", &["Non", "Oui"])).unwrap();
    let tagged = fresh.store.opened(&ids[0]).unwrap().claims[1].id.clone();
    fresh.store.record(&tag_claim(1, "ana", &tagged, "+lu")).unwrap();
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/2", &[])).unwrap();
    assert_eq!(seen(&fresh, &ids[0]), [rules("Oui")]);
    assert_sound(&fresh.store);
}

#[test]
fn a_revision_brings_what_is_found_in_it() {
    let mut fresh = fresh();
    let with = |text: &str, words: &[&str]| dixit::model::article::Import {
        found: Some(findings(text, "fr/1", words)),
        ..import_from("/a", text)
    };
    let id = fresh.store.add(&with(TEXT, &["Non"]), at(0)).unwrap().id().clone();
    let text = format!("Avant. {TEXT}");
    fresh.store.add(&with(&text, &["Oui"]), at(1)).unwrap();
    assert_eq!(seen(&fresh, &id), [rules("Oui")]);
    assert_sound(&fresh.store);
}

#[test]
fn only_what_the_journal_speaks_of_is_placed_anew_in_a_revision() {
    let mut fresh = fresh();
    let with = |text: &str, words: &[&str]| dixit::model::article::Import {
        found: Some(findings(text, "fr/1", words)),
        ..import_from("/a", text)
    };
    let id = fresh.store.add(&with(TEXT, &["Non", "Oui"]), at(0)).unwrap().id().clone();
    let tagged = fresh.store.opened(&id).unwrap().claims[1].id.clone();
    fresh.store.record(&tag_claim(1, "ana", &tagged, "+lu")).unwrap();
    let words = TEXT.split_once("Oui").unwrap();
    let text = format!("Avant. {}Ouï{}", words.0, words.1);
    let added = fresh.store.add(&with(&text, &["Non", "Ouï"]), at(1)).unwrap();
    assert_eq!(added, Added::Updated(id.clone(), Moves { moved: 1, review: 0, orphaned: 0 }));
    // What rules find where a claim stands that a person tagged isn't shown beside it.
    assert_eq!(seen(&fresh, &id), [rules("Non"), rules("Ouï")]);
    assert_eq!(fresh.store.opened(&id).unwrap().claims[1].id, tagged);
    assert_sound(&fresh.store);
}
