//! Speakers across articles: who is one by the rule, and what people say of them.

use dixit::error::Error;
use dixit::model::event::Attribution;
use dixit::model::{Act, ArticleId, Change, Deed, NewClaim, SpeakerKey, SpeakerKind};
use dixit::query::Query;
use dixit::store::Store;

use crate::fixture::{Fresh, act, assert_sound, at, claim, claims, group, person, shown};

const ONE: &str = "« Un », dit-on.";
const TWO: &str = "« Deux », dit-on.";
const THREE: &str = "« Trois », dit-on. « Quatre », dit-on.";

fn with(role: &str, name: &str) -> Attribution {
    Attribution { role: Some(role.into()), ..person(name) }
}

/// A store in which these say « Un », « Deux » and « Trois », each in an article of its own.
fn said_by(speakers: &[Attribution]) -> (Fresh, Vec<ArticleId>) {
    let (mut fresh, ids) = Fresh::with(&[ONE, TWO, THREE]);
    let words = [(ONE, "Un"), (TWO, "Deux"), (THREE, "Trois")];
    let new = words
        .iter()
        .zip(speakers)
        .map(|((text, words), speaker)| NewClaim { speaker: Some(speaker.clone()), ..claim(text, words, "") });
    let new: Vec<NewClaim> = new.collect();
    fresh.store.record(&claims(1, "gold", &new)).unwrap();
    (fresh, ids)
}

fn who(name: &str) -> SpeakerKey {
    SpeakerKey { name: name.into(), kind: SpeakerKind::Person, article: None }
}

/// `name kind claims/articles role (aliases)` a speaker.
fn speakers(store: &Store) -> Vec<String> {
    let rows = store.speakers(&Query::default()).unwrap();
    let line = |row: &dixit::model::listing::SpeakerRow| {
        let speaker = &row.speaker;
        let role = speaker.role.as_deref().unwrap_or("-");
        format!(
            "{} {} {}/{} {role} ({})",
            speaker.name,
            speaker.kind.word(),
            row.claims,
            row.articles,
            speaker.aliases.join("|")
        )
    };
    rows.iter().map(line).collect()
}

fn suggested(store: &Store) -> Vec<String> {
    let pairs = store.merge_suggestions(9).unwrap();
    pairs.iter().map(|pair| format!("{} → {}", pair.from.speaker.name, pair.into.speaker.name)).collect()
}

fn one(n: u128, deed: Deed) -> Act {
    act(n, "ana", vec![deed])
}

fn rename(from: &str, to: &str) -> Deed {
    Deed::RenameSpeaker { speaker: who(from), name: to.into() }
}

fn merge(from: &str, into: &str) -> Deed {
    Deed::Merge { from: who(from), into: who(into) }
}

fn undo(fresh: &mut Fresh, n: u128) -> String {
    fresh.store.undo("ana", group(n), at(0)).unwrap().unwrap().summary
}

/// Records a deed; after undoing it all is as before, after redoing it as it is now, also when the store was closed.
fn there_and_back(mut fresh: Fresh, deed: Deed) -> (Fresh, String) {
    let before = speakers(&fresh.store);
    let rows = shown(&fresh.store);
    assert_eq!(fresh.store.record(&one(100, deed)).unwrap().changed, 1);
    assert_sound(&fresh.store);
    let after = speakers(&fresh.store);
    fresh = fresh.reopen();
    assert_eq!(speakers(&fresh.store), after);
    let summary = undo(&mut fresh, 101);
    assert_eq!((speakers(&fresh.store), shown(&fresh.store)), (before, rows));
    assert_sound(&fresh.store);
    fresh.store.redo("ana", group(102), at(0)).unwrap().unwrap();
    assert_eq!(speakers(&fresh.store), after);
    assert_sound(&fresh.store);
    (fresh, summary)
}

#[test]
fn a_variant_spelling_with_the_same_role_is_the_same_speaker() {
    let (fresh, ids) = said_by(&[
        with("PDG de Scale AI", "Alexsandr Wang"),
        with("le patron de Scale", "Alexandr Wang"),
        with("PDG", "Alexandr Wang"),
    ]);
    assert_eq!(speakers(&fresh.store), ["Alexandr Wang person 3/3 PDG de Scale AI (Alexsandr Wang)"]);
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().row.speakers, ["Alexandr Wang"]);
    assert!(suggested(&fresh.store).is_empty());
    assert_sound(&fresh.store);
}

#[test]
fn a_variant_spelling_alone_is_only_proposed() {
    for (one, other) in
        [(person("Emmet Shear"), person("Emmett Shear")), (with("PDG", "Emmet Shear"), with("élu", "Emmett Shear"))]
    {
        let (fresh, _) = said_by(&[one, other.clone(), other]);
        assert_eq!(speakers(&fresh.store).len(), 2);
        assert_eq!(suggested(&fresh.store), ["Emmet Shear → Emmett Shear"]);
        assert_sound(&fresh.store);
    }
}

#[test]
fn another_name_that_an_article_gives_joins_too() {
    let full = Attribution { aliases: vec!["Wang".into()], ..with("PDG de Scale AI", "Alexandr Wang") };
    let (fresh, _) = said_by(&[full.clone(), with("PDG de Scale AI", "Wang")]);
    assert_eq!(speakers(&fresh.store), ["Alexandr Wang person 2/2 PDG de Scale AI (Wang)"]);
    let (fresh, _) = said_by(&[full, with("ministre chinois", "Wang")]);
    assert_eq!(speakers(&fresh.store).len(), 2);
    assert_eq!(suggested(&fresh.store).len(), 1);
    assert_sound(&fresh.store);
}

#[test]
fn the_rule_follows_the_claims() {
    let (mut fresh, _) = said_by(&[with("PDG", "Emmet Shear"), with("élu", "Emmett Shear")]);
    let new = NewClaim { speaker: Some(with("PDG", "Emmett Shear")), ..claim(THREE, "Quatre", "") };
    fresh.store.record(&claims(2, "ana", &[new])).unwrap();
    assert_eq!(speakers(&fresh.store).len(), 1);
    assert_sound(&fresh.store);
    undo(&mut fresh, 3);
    assert_eq!(speakers(&fresh.store).len(), 2);
    assert_sound(&fresh.store);
}

#[test]
fn a_speaker_is_renamed_everywhere() {
    let (fresh, ids) = said_by(&[person("Wang"), person("Wang"), person("Noé")]);
    let (mut fresh, summary) = there_and_back(fresh, rename("Wang", "Alexandr  Wang"));
    assert_eq!(summary, "rename Wang to Alexandr Wang");
    assert_eq!(speakers(&fresh.store), ["Alexandr Wang person 2/2 - (Wang)", "Noé person 1/1 - ()"]);
    let opened = fresh.store.opened(&ids[1]).unwrap();
    assert_eq!(opened.row.speakers, ["Alexandr Wang"]);
    assert_eq!(opened.claims[0].claim.speaker.as_ref().unwrap().name, "Alexandr Wang");
    let list = fresh.store.list(&Query::parse("alexandr").unwrap()).unwrap();
    assert_eq!(list.len(), 2);
    // Named by either name from now on, and whoever comes later under the new name is the same.
    fresh.store.record(&one(2, rename("Alexandr Wang", "A. Wang"))).unwrap();
    fresh.store.record(&one(3, rename("Wang", "Alexandr Wang"))).unwrap();
    let new = NewClaim { speaker: Some(person("Alexandr Wang")), ..claim(THREE, "Quatre", "") };
    fresh.store.record(&claims(4, "ana", &[new])).unwrap();
    assert_eq!(speakers(&fresh.store)[0], "Alexandr Wang person 3/3 - (Wang)");
    assert_sound(&fresh.store);
}

#[test]
fn a_name_that_exists_is_refused() {
    let (mut fresh, _) = said_by(&[person("Ève"), person("Noé")]);
    let before = speakers(&fresh.store);
    let refused = fresh.store.record(&one(2, rename("Ève", "NOÉ"))).unwrap_err();
    assert_eq!(refused.to_string(), "there is a speaker Noé already (person)");
    assert_eq!(refused.hint().as_deref(), Some("if both are the same, merge them"));
    for deed in [rename("Absent", "Noé"), merge("Ève", "Absent"), merge("Absent", "Ève")] {
        assert!(matches!(fresh.store.record(&one(3, deed)), Err(Error::NoSuch { what: "speaker", .. })));
    }
    assert!(matches!(fresh.store.record(&one(4, rename("Ève", " "))), Err(Error::Refused { .. })));
    assert!(matches!(fresh.store.record(&one(5, rename("Ève", &"x".repeat(1001)))), Err(Error::Refused { .. })));
    assert_eq!(fresh.store.record(&one(6, rename("Ève", "Ève"))).unwrap().changed, 0);
    assert_eq!(speakers(&fresh.store), before);
    assert_eq!(fresh.store.log(9).unwrap().len(), 1);
    assert_sound(&fresh.store);
}

#[test]
fn role_and_kind_are_told_by_hand() {
    let (fresh, ids) = said_by(&[with("élue", "Ève"), person("Noé")]);
    let role = |role: Option<&str>| Deed::SetRole { speaker: who("Ève"), role: role.map(str::to_owned) };
    let (mut fresh, summary) = there_and_back(fresh, role(Some("maire")));
    assert_eq!(summary, "role of Ève: maire");
    assert_eq!(speakers(&fresh.store)[0], "Ève person 1/1 maire ()");
    let opened = fresh.store.opened(&ids[0]).unwrap();
    assert_eq!(opened.claims[0].claim.speaker.as_ref().unwrap().role.as_deref(), Some("maire"));
    fresh.store.record(&one(103, role(None))).unwrap();
    assert_eq!(speakers(&fresh.store)[0], "Ève person 1/1 élue ()");
    assert_eq!(fresh.store.record(&one(104, role(Some(" ")))).unwrap().changed, 0);

    let (fresh, _) = said_by(&[person("Noé")]);
    let (fresh, summary) = there_and_back(fresh, Deed::SetKind { speaker: who("Noé"), kind: SpeakerKind::Document });
    assert_eq!(summary, "kind of Noé: document");
    assert_eq!(speakers(&fresh.store), ["Noé document 1/1 - ()"]);
}

#[test]
fn speakers_are_merged_by_hand_and_parted_by_undo() {
    let (fresh, ids) = said_by(&[with("PDG", "Alexandr Wang"), person("Le patron"), person("Noé")]);
    let (mut fresh, summary) = there_and_back(fresh, merge("Le patron", "Alexandr Wang"));
    assert_eq!(summary, "merge Le patron into Alexandr Wang");
    assert_eq!(speakers(&fresh.store)[0], "Alexandr Wang person 2/2 PDG (Le patron)");
    assert_eq!(fresh.store.record(&one(3, merge("Le patron", "Alexandr Wang"))).unwrap().changed, 0);
    // What comes in later under the name is theirs too, and what is said of either is said of both.
    let new = NewClaim { speaker: Some(person("Le patron")), ..claim(THREE, "Quatre", "") };
    fresh.store.record(&claims(4, "ana", &[new])).unwrap();
    fresh.store.record(&one(5, rename("Le patron", "A. Wang"))).unwrap();
    assert_eq!(speakers(&fresh.store)[0], "A. Wang person 3/3 PDG (Alexandr Wang|Le patron)");
    // Merged on, they go together.
    fresh.store.record(&one(6, merge("A. Wang", "Noé"))).unwrap();
    assert_eq!(speakers(&fresh.store), ["Noé person 4/3 PDG (Alexandr Wang|Le patron)"]);
    assert_eq!(fresh.store.opened(&ids[1]).unwrap().row.speakers, ["Noé"]);
    assert_sound(&fresh.store);
    undo(&mut fresh, 7);
    assert_eq!(speakers(&fresh.store)[0], "A. Wang person 3/3 PDG (Alexandr Wang|Le patron)");
    assert_sound(&fresh.store);
}

#[test]
fn merging_in_a_circle_is_one_speaker_still() {
    let (mut fresh, _) = said_by(&[person("Ève"), person("Noé"), person("Ada")]);
    let bob = |n, deed| act(n, "bob", vec![deed]);
    fresh.store.record(&one(2, merge("Ève", "Noé"))).unwrap();
    undo(&mut fresh, 3);
    fresh.store.record(&bob(4, merge("Noé", "Ève"))).unwrap();
    assert_eq!(speakers(&fresh.store)[0], "Ève person 2/2 - (Noé)");
    // Ana's merging comes before bob's, which has the last word.
    fresh.store.redo("ana", group(5), at(0)).unwrap();
    assert_eq!(speakers(&fresh.store)[0], "Ève person 2/2 - (Noé)");
    assert_sound(&fresh.store);
}

#[test]
fn a_name_that_is_somebody_else_in_an_article_is_split_off() {
    let (fresh, ids) = said_by(&[person("Wang"), person("Wang"), person("Wang")]);
    let deed = Deed::Split { speaker: who("Wang"), articles: ids[1..].to_vec() };
    let (mut fresh, summary) = there_and_back(fresh, deed);
    assert_eq!(summary, "split Wang off in 2 articles");
    assert_eq!(speakers(&fresh.store), ["Wang person 1/1 - ()"; 3]);
    // In that article a new claim is theirs; they are named with their article.
    let new = claim(THREE, "Quatre", "Wang");
    fresh.store.record(&claims(3, "ana", &[new])).unwrap();
    let there = SpeakerKey { article: Some(ids[2].clone()), ..who("Wang") };
    let deed = Deed::RenameSpeaker { speaker: there.clone(), name: "Wang Yi".into() };
    fresh.store.record(&one(4, deed)).unwrap();
    assert_eq!(speakers(&fresh.store)[0], "Wang Yi person 2/1 - (Wang)");
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().row.speakers, ["Wang"]);
    let again = Deed::Split { speaker: there, articles: vec![ids[2].clone()] };
    assert!(matches!(fresh.store.record(&one(5, again)), Err(Error::Refused { .. })));
    assert_sound(&fresh.store);
}

#[test]
fn what_was_told_apart_is_neither_merged_nor_proposed() {
    let apart = |one: &str, other: &str| Deed::TellApart { speaker: who(one), other: who(other) };
    let (fresh, _) = said_by(&[with("PDG", "Emmet Shear"), with("PDG", "Emmett Shear")]);
    let (mut fresh, summary) = there_and_back(fresh, apart("Emmet Shear", "Emmett Shear"));
    assert_eq!(summary, "tell Emmet Shear and Emmett Shear apart");
    assert_eq!(speakers(&fresh.store).len(), 2);
    assert!(suggested(&fresh.store).is_empty());
    // Who merges them afterwards means it.
    fresh.store.record(&one(3, merge("Emmet Shear", "Emmett Shear"))).unwrap();
    assert_eq!(speakers(&fresh.store), ["Emmett Shear person 2/2 PDG (Emmet Shear)"]);
    assert_sound(&fresh.store);

    let (mut fresh, _) = said_by(&[person("Emmet Shear"), person("Emmett Shear")]);
    fresh.store.record(&one(2, apart("Emmett Shear", "Emmet Shear"))).unwrap();
    assert!(suggested(&fresh.store).is_empty());
    assert_sound(&fresh.store);
}

#[test]
fn a_speaker_is_found_by_a_claim_of_theirs() {
    let (mut fresh, ids) = said_by(&[person("Ève"), Attribution { named: false, ..person("le maire") }]);
    for (id, n) in [(&ids[0], 2), (&ids[1], 3)] {
        let opened = fresh.store.opened(id).unwrap();
        let key = SpeakerKey::of(opened.claims[0].claim.speaker.as_ref().unwrap(), id);
        let deed = Deed::SetRole { speaker: key.clone(), role: Some("élu".into()) };
        assert_eq!(fresh.store.record(&one(n, deed)).unwrap().changed, 1);
        let id = fresh.store.find_speaker(&key).unwrap();
        assert_eq!(fresh.store.speaker(id).unwrap().unwrap().row.speaker.role.as_deref(), Some("élu"));
    }
    assert_sound(&fresh.store);
}

#[test]
fn a_speakers_page_tells_articles_roles_and_claims() {
    let (mut fresh, ids) = said_by(&[with("PDG", "Ève"), with("pdg", "Ève"), with("élue", "Ève")]);
    let id = fresh.store.find_speaker(&who("Ève")).unwrap();
    let page = fresh.store.speaker(id).unwrap().unwrap();
    assert_eq!((page.row.claims, page.row.articles), (3, 3));
    assert_eq!(page.roles, [("PDG".to_owned(), 2), ("élue".to_owned(), 1)]);
    assert_eq!(
        page.articles.iter().map(|(row, claims)| (row.id.clone(), *claims)).collect::<Vec<_>>(),
        [(ids[0].clone(), 1), (ids[1].clone(), 1), (ids[2].clone(), 1)]
    );
    fresh.store.record(&claims(2, "ana", &[claim(THREE, "Quatre", "Noé")])).unwrap();
    // In pages of one claim.
    let (mut quotes, mut after) = (Vec::new(), None);
    loop {
        let page = fresh.store.claims_of(id, after.as_ref(), 1).unwrap();
        quotes.extend(page.said.iter().flat_map(|said| &said.claims).map(|claim| claim.quote.clone()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(quotes, ["Un", "Deux", "Trois"]);
    let near: Vec<String> =
        fresh.store.speakers_near(&ids[2], 99).unwrap().into_iter().map(|row| row.speaker.name).collect();
    assert_eq!(near, ["Ève", "Noé"]);
    let near = fresh.store.speakers_near(&ids[0], 99).unwrap();
    assert_eq!((near.len(), near[0].claims), (2, 3));
    assert_eq!(fresh.store.speaker(dixit::model::SpeakerId(999)).unwrap(), None);
}

#[test]
fn several_deeds_of_one_act_see_each_other() {
    let (mut fresh, _) = said_by(&[person("Ève"), person("Noé")]);
    let new = claim(THREE, "Quatre", "Ada");
    let change = Box::new(Change::Speaker(Some(person("Adèle"))));
    let deeds = vec![
        Deed::Claim(Box::new(new.clone())),
        merge("Ada", "Ève"),
        Deed::Amend { claims: vec![new.id], change },
        rename("Adèle", "Adélaïde"),
    ];
    fresh.store.record(&act(2, "ana", deeds)).unwrap();
    assert_eq!(speakers(&fresh.store)[0], "Adélaïde person 1/1 - (Adèle)");
    assert_sound(&fresh.store);
    undo(&mut fresh, 3);
    assert_eq!(speakers(&fresh.store).len(), 2);
    assert_sound(&fresh.store);
}

#[test]
fn in_a_crowd_a_letter_tells_names_apart() {
    let name = |letter: char| with("PDG", &format!("Dupon{letter} Martin"));
    let (mut fresh, _) = said_by(&[name('a'), name('b')]);
    assert_eq!(speakers(&fresh.store).len(), 1);
    // Ten names that differ by a letter are ten people, also the two that were one before.
    let texts: Vec<String> = ('c'..='j').map(|letter| format!("« {letter} », dit-on.")).collect();
    for (n, (text, letter)) in texts.iter().zip('c'..='j').enumerate() {
        fresh.add(text);
        let new = NewClaim { speaker: Some(name(letter)), ..claim(text, &letter.to_string(), "") };
        fresh.store.record(&act(10 + n as u128, "bob", vec![Deed::Claim(Box::new(new))])).unwrap();
        assert_sound(&fresh.store);
    }
    assert_eq!(speakers(&fresh.store).len(), 10);
    assert!(suggested(&fresh.store).is_empty());
}
