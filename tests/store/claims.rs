//! Claims and speakers.

use dixit::error::Error;
use dixit::model::event::Attribution;
use dixit::model::{Anchor, ArticleId, ClaimId, Form, NewClaim, SpeakerKind, Status};
use dixit::query::Query;
use dixit::store::Store;

use crate::fixture::{
    Fresh, assert_sound, at, claim, claims, everything, group, import_from, person, remove, selector, shown, tag_claim,
};

const WANG: &str = "« Il faut investir », dit Alexandr Wang. « La Chine avance », selon certains observateurs.";

fn quotes(store: &Store, query: &str) -> Vec<String> {
    let mut quotes = Vec::new();
    let mut each = |_: &_, _: &_, claim: &dixit::model::Annotation| {
        quotes.push(claim.quote.clone());
        Ok(())
    };
    store.claims(&Query::parse(query).unwrap(), &mut each).unwrap();
    quotes
}

/// `name kind claims/articles role (aliases)` a speaker.
fn speakers(store: &Store, query: &str) -> Vec<String> {
    let rows = store.speakers(&Query::parse(query).unwrap()).unwrap();
    let line = |row: &dixit::model::listing::SpeakerRow| {
        let role = row.speaker.role.as_deref().unwrap_or("-");
        let aliases = row.speaker.aliases.join("|");
        format!("{} {} {}/{} {role} ({aliases})", row.speaker.name, row.speaker.kind.word(), row.claims, row.articles)
    };
    rows.iter().map(line).collect()
}

fn observers() -> Attribution {
    Attribution { kind: SpeakerKind::Anonymous, named: false, ..person("certains observateurs") }
}

#[test]
fn a_claim_is_read_as_it_was_made() {
    let (mut fresh, ids) = Fresh::with(&[WANG]);
    let new = NewClaim {
        cue: Some(selector(WANG, "dit")),
        mention: Some(selector(WANG, "Alexandr Wang")),
        status: Status::Suggested,
        speaker: Some(Attribution {
            role: Some("PDG de Scale AI".into()),
            aliases: vec!["Wang".into()],
            ..person("Alexandr Wang")
        }),
        ..claim(WANG, "Il faut investir", "")
    };
    let inner = NewClaim { nested_in: Some(new.id.clone()), ..claim(WANG, "investir", "") };
    let recorded = fresh.store.record(&claims(1, "gold", &[new.clone(), inner.clone()])).unwrap();
    assert_eq!(recorded.changed, 2);
    let opened = fresh.store.opened(&ids[0]).unwrap();
    assert_eq!(opened.row.claims, 2);
    assert_eq!(opened.row.speakers, ["Alexandr Wang"]);
    let [outer, nested] = opened.claims.as_slice() else { panic!("{:?}", opened.claims) };
    assert_eq!((&outer.id, &outer.article, outer.revision), (&new.id, &ids[0], 1));
    assert_eq!((outer.annotator.as_str(), outer.status, outer.anchor), ("gold", Status::Suggested, Anchor::Exact));
    assert_eq!(outer.quote, "Il faut investir");
    let words = |range: Option<dixit::model::ByteRange>| range.map(|range| range.of(WANG));
    assert_eq!(words(outer.claim.extent()), Some("Il faut investir"));
    assert_eq!((words(outer.claim.cue), words(outer.claim.mention)), (Some("dit"), Some("Alexandr Wang")));
    let speaker = outer.claim.speaker.as_ref().unwrap();
    assert_eq!((speaker.name.as_str(), speaker.role.as_deref()), ("Alexandr Wang", Some("PDG de Scale AI")));
    assert_eq!(speaker.aliases, ["Wang"]);
    assert_eq!(nested.nested_in, Some(new.id.clone()));
    assert_eq!(nested.claim.speaker, None);
    assert_eq!(
        fresh.store.find_claim(&ClaimId::parse(&new.id.as_str()[..7]).unwrap()).unwrap(),
        (new.id, ids[0].clone())
    );
    assert_sound(&fresh.store);
}

#[test]
fn parts_stand_in_order_and_are_quoted_together() {
    let (mut fresh, ids) = Fresh::with(&[WANG]);
    let mut new = claim(WANG, "avance", "");
    new.parts.push(selector(WANG, "investir"));
    fresh.store.record(&claims(1, "ana", &[new])).unwrap();
    let opened = fresh.store.opened(&ids[0]).unwrap();
    assert_eq!(opened.claims[0].quote, "investir […] avance");
    assert!(opened.claims[0].claim.parts[0] < opened.claims[0].claim.parts[1]);
}

#[test]
fn the_same_claim_or_act_twice_is_once() {
    let (mut fresh, _) = Fresh::with(&[WANG]);
    let new = claim(WANG, "Il faut investir", "Alexandr Wang");
    assert_eq!(fresh.store.record(&claims(1, "gold", std::slice::from_ref(&new))).unwrap().changed, 1);
    assert_eq!(fresh.store.record(&claims(1, "gold", std::slice::from_ref(&new))).unwrap().changed, 0);
    assert_eq!(fresh.store.record(&claims(2, "ana", &[new])).unwrap().changed, 0);
    assert_eq!(fresh.store.log(9).unwrap().len(), 1);
    assert_eq!(shown(&fresh.store), ["«:1"]);
}

#[test]
fn a_claim_of_another_revision_is_placed_in_the_current_one() {
    let mut fresh = crate::fixture::fresh();
    let first = fresh.store.add(&import_from("/a", WANG), at(0)).unwrap().id().clone();
    let later = format!("Mise à jour. {WANG}");
    fresh.store.add(&import_from("/a", &later), at(1)).unwrap();
    fresh.store.record(&claims(1, "ana", &[claim(WANG, "La Chine avance", "")])).unwrap();
    // The article is found by its text too, where another store met another revision first.
    let by_text = claim(&later, "Il faut investir", "");
    assert_ne!(by_text.article, first);
    fresh.store.record(&claims(2, "ana", &[by_text])).unwrap();
    let opened = fresh.store.opened(&first).unwrap();
    let found: Vec<_> = opened.claims.iter().map(|one| (one.anchor, one.claim.parts[0].of(&later))).collect();
    assert_eq!(found, [(Anchor::Exact, "Il faut investir"), (Anchor::Moved, "La Chine avance")]);
    assert_sound(&fresh.store);
}

#[test]
fn what_stands_nowhere_is_kept_as_an_orphan() {
    let (mut fresh, ids) = Fresh::with(&[WANG]);
    let mut new = claim(WANG, "La Chine avance", "Alexandr Wang");
    new.parts[0].exact = "Elle recule".into();
    fresh.store.record(&claims(1, "ana", &[new, claim(WANG, "avance", "")])).unwrap();
    let opened = fresh.store.opened(&ids[0]).unwrap();
    let found: Vec<_> = opened.claims.iter().map(|one| (one.anchor, one.quote.as_str())).collect();
    assert_eq!(found, [(Anchor::Exact, "avance"), (Anchor::Orphan, "Elle recule")]);
    assert_eq!(opened.row.claims, 2);
    assert_sound(&fresh.store);
}

#[test]
fn a_claim_of_an_unknown_article_is_refused_whole() {
    let (mut fresh, _) = Fresh::with(&[WANG]);
    let act = claims(1, "ana", &[claim(WANG, "avance", ""), claim("absent", "absent", "")]);
    assert!(matches!(fresh.store.record(&act), Err(Error::NoSuch { what: "article", .. })));
    assert_eq!(shown(&fresh.store), ["«:0"]);
    assert!(fresh.store.log(9).unwrap().is_empty());
}

#[test]
fn named_persons_and_organisations_are_one_across_the_store_others_are_not() {
    let other = "« Oui », dit ALEXANDR WANG. « Non », selon certains observateurs.";
    let (mut fresh, _) = Fresh::with(&[WANG, other]);
    let here = [
        claim(WANG, "Il faut investir", "Alexandr Wang"),
        NewClaim { speaker: Some(observers()), ..claim(WANG, "La Chine avance", "") },
    ];
    let role = Some("PDG".to_owned());
    let there = [
        NewClaim { speaker: Some(Attribution { role, ..person("ALEXANDR  WANG") }), ..claim(other, "Oui", "") },
        NewClaim { speaker: Some(observers()), ..claim(other, "Non", "") },
    ];
    fresh.store.record(&claims(1, "ana", &here)).unwrap();
    fresh.store.record(&claims(2, "ana", &there)).unwrap();
    assert_eq!(
        speakers(&fresh.store, ""),
        [
            "Alexandr Wang person 2/2 PDG (ALEXANDR  WANG)",
            "certains observateurs anonymous 1/1 - ()",
            "certains observateurs anonymous 1/1 - ()",
        ]
    );
    // What an article doesn't say isn't said of it.
    let opened = fresh.store.opened(&ArticleId::of_text(WANG)).unwrap();
    assert_eq!(opened.claims[0].claim.speaker.as_ref().unwrap().role, None);
    assert_eq!(quotes(&fresh.store, "speaker:wang"), ["Il faut investir", "Oui"]);
    assert_eq!(speakers(&fresh.store, "speaker:wang"), ["Alexandr Wang person 2/2 PDG (ALEXANDR  WANG)"]);
    assert_sound(&fresh.store);
}

#[test]
fn an_organisation_is_no_person_of_the_same_name() {
    let (mut fresh, _) = Fresh::with(&[WANG]);
    let firm = Attribution { kind: SpeakerKind::Organisation, ..person("Renault") };
    let both = [
        claim(WANG, "Il faut investir", "Renault"),
        NewClaim { speaker: Some(firm), ..claim(WANG, "La Chine avance", "") },
        NewClaim { speaker: Some(person(" \u{a0} ")), ..claim(WANG, "avance", "") },
    ];
    fresh.store.record(&claims(1, "ana", &both)).unwrap();
    assert_eq!(speakers(&fresh.store, ""), ["Renault person 1/1 - ()", "Renault organisation 1/1 - ()"]);
    assert_sound(&fresh.store);
}

#[test]
fn rejected_claims_do_not_count() {
    let (mut fresh, ids) = Fresh::with(&[WANG]);
    let rejected = NewClaim { status: Status::Rejected, ..claim(WANG, "avance", "Wang") };
    fresh.store.record(&claims(1, "ana", &[rejected])).unwrap();
    let opened = fresh.store.opened(&ids[0]).unwrap();
    assert!(opened.claims.is_empty() && opened.row.speakers.is_empty());
    assert_eq!((opened.row.claims, fresh.store.totals().unwrap().claims), (0, 0));
    assert!(speakers(&fresh.store, "").is_empty() && quotes(&fresh.store, "").is_empty());
    // Who asks for them gets them.
    assert_eq!(quotes(&fresh.store, "status:rejected"), ["avance"]);
    assert_eq!(fresh.store.list(&Query::parse("status:rejected").unwrap()).unwrap().len(), 1);
    assert!(quotes(&fresh.store, "status:accepted").is_empty());
    assert_eq!(speakers(&fresh.store, "status:rejected"), ["Wang person 1/1 - ()"]);
    assert_sound(&fresh.store);
}

#[test]
fn a_query_that_rows_cannot_answer_is_answered_by_claims() {
    let (mut fresh, ids) = Fresh::with(&[WANG, "« Oui », dit Wang."]);
    let suggested = NewClaim { status: Status::Suggested, ..claim(WANG, "avance", "Ève") };
    fresh.store.record(&claims(1, "ana", &[suggested, claim(WANG, "Il faut investir", "Alexandr Wang")])).unwrap();
    let list = |query: &str| {
        let rows = fresh.store.list(&Query::parse(query).unwrap()).unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(list("status:suggested"), ids[..1]);
    assert_eq!(list("status:suggested speaker:wang"), []);
    assert_eq!(quotes(&fresh.store, "status:suggested"), ["avance"]);
    assert_eq!(quotes(&fresh.store, "-speaker:wang form:direct"), ["avance"]);
    assert_eq!(speakers(&fresh.store, "by:ana status:accepted"), ["Alexandr Wang person 1/1 - ()"]);
}

#[test]
fn undoing_a_claim_takes_it_and_its_speaker_away_and_redoing_brings_both_back() {
    let (mut fresh, ids) = Fresh::with(&[WANG]);
    let new = claim(WANG, "Il faut investir", "Alexandr Wang");
    fresh.store.record(&claims(1, "ana", std::slice::from_ref(&new))).unwrap();
    fresh.store.record(&tag_claim(2, "bob", &new.id, "+clé")).unwrap();
    let before = fresh.store.opened(&ids[0]).unwrap();
    assert_eq!(fresh.store.tags().unwrap().len(), 1);

    let undone = fresh.store.undo("ana", group(3), at(3)).unwrap().unwrap();
    assert_eq!((undone.group, undone.summary.as_str()), (group(1), "claim « Il faut investir »"));
    let opened = fresh.store.opened(&ids[0]).unwrap();
    assert!(opened.claims.is_empty() && opened.row.speakers.is_empty());
    assert!(speakers(&fresh.store, "").is_empty() && fresh.store.tags().unwrap().is_empty());
    assert!(matches!(fresh.store.find_claim(&new.id), Err(Error::NoSuch { what: "claim", .. })));
    assert_eq!(fresh.store.record(&tag_claim(4, "bob", &new.id, "+autre")).unwrap().changed, 0);
    assert_sound(&fresh.store);

    fresh.store.redo("ana", group(5), at(5)).unwrap().unwrap();
    assert_eq!(fresh.store.opened(&ids[0]).unwrap(), before);
    assert_sound(&fresh.store);
}

#[test]
fn a_claim_that_was_taken_back_can_be_made_again_by_another() {
    let (mut fresh, ids) = Fresh::with(&[WANG]);
    let new = claim(WANG, "Il faut investir", "Alexandr Wang");
    fresh.store.record(&claims(1, "ana", std::slice::from_ref(&new))).unwrap();
    fresh.store.undo("ana", group(2), at(2)).unwrap();
    let other = NewClaim { status: Status::Suggested, speaker: None, ..new };
    assert_eq!(fresh.store.record(&claims(3, "bob", &[other])).unwrap().changed, 1);
    let annotator = |store: &Store| store.opened(&ids[0]).unwrap().claims[0].annotator.clone();
    assert_eq!(annotator(&fresh.store), "bob");
    assert_sound(&fresh.store);
    // Done again, ana's stands before bob's, who had the last word; without bob's it is ana's.
    fresh.store.redo("ana", group(4), at(4)).unwrap().unwrap();
    assert_eq!(annotator(&fresh.store), "bob");
    fresh.store.undo("bob", group(5), at(5)).unwrap().unwrap();
    assert_eq!(annotator(&fresh.store), "ana");
    assert_eq!(fresh.store.opened(&ids[0]).unwrap().row.speakers, ["Alexandr Wang"]);
    assert_sound(&fresh.store);
}

#[test]
fn removing_an_article_takes_out_all_that_hangs_on_it() {
    let (mut fresh, ids) = Fresh::with(&[WANG, "deux"]);
    let new = claim(WANG, "Il faut investir", "Alexandr Wang");
    fresh.store.record(&claims(1, "ana", std::slice::from_ref(&new))).unwrap();
    fresh.store.record(&tag_claim(2, "ana", &new.id, "+clé")).unwrap();
    fresh.store.record(&crate::fixture::tag(3, "ana", &ids, "+ia")).unwrap();
    let state = |store: &Store| (shown(store), store.totals().unwrap(), store.tags().unwrap(), speakers(store, ""));
    let before = state(&fresh.store);

    assert_eq!(fresh.store.record(&remove(4, "bob", &ids[..1])).unwrap().changed, 1);
    assert_eq!(fresh.store.record(&remove(5, "ana", &ids[..1])).unwrap().changed, 0);
    assert_eq!(shown(&fresh.store), ["deux:0 ia"]);
    assert_eq!(fresh.store.totals().unwrap(), dixit::model::listing::Totals { articles: 1, claims: 0 });
    assert_eq!(fresh.store.tags().unwrap().len(), 1);
    assert!(speakers(&fresh.store, "").is_empty() && quotes(&fresh.store, "").is_empty());
    assert!(fresh.store.list(&everything()).unwrap().len() == 1);
    assert!(matches!(fresh.store.find_claim(&new.id), Err(Error::NoSuch { .. })));
    assert_sound(&fresh.store);

    fresh.store.undo("bob", group(6), at(6)).unwrap().unwrap();
    assert_eq!(state(&fresh.store), before);
    assert_sound(&fresh.store);
}

#[test]
fn an_error_of_the_one_who_listens_ends_the_walk() {
    let (mut fresh, _) = Fresh::with(&[WANG]);
    fresh.store.record(&claims(1, "ana", &[claim(WANG, "avance", ""), claim(WANG, "investir", "")])).unwrap();
    let mut heard = 0;
    let ended = fresh.store.claims(&everything(), &mut |row, _, _| {
        heard += 1;
        // The store can be asked meanwhile.
        assert_eq!(fresh.store.rows(std::slice::from_ref(&row.id)).unwrap().len(), 1);
        Err(Error::Query { why: "enough".into() })
    });
    assert!(matches!(ended, Err(Error::Query { .. })) && heard == 1);
}

#[test]
fn what_a_speaker_says_is_counted_as_quoted_or_reported_and_by_its_length() {
    let (mut fresh, ids) = Fresh::with(&[WANG]);
    let said = [
        claim(WANG, "Il faut investir", "Alexandr Wang"),
        NewClaim { form: Form::Indirect, ..claim(WANG, "La Chine avance", "Alexandr Wang") },
    ];
    fresh.store.record(&claims(1, "ana", &said)).unwrap();
    let told = |query: &str| {
        let rows = fresh.store.speakers(&Query::parse(query).unwrap()).unwrap();
        rows.iter().map(|row| (row.claims, row.quoted, row.length)).collect::<Vec<_>>()
    };
    assert_eq!(told(""), [(2, 1, 31)]);
    assert_eq!(told("form:indirect"), [(1, 0, 15)], "of the claims that a query chooses");
    let id = fresh.store.find_speaker(&fresh.store.speakers(&Query::default()).unwrap()[0].key).unwrap();
    let page = fresh.store.speaker(id).unwrap().unwrap();
    assert_eq!((page.row.quoted, page.row.length, page.articles[0].1), (1, 31, 2));
    assert_eq!(fresh.store.speakers_near(&ids[0], 9).unwrap()[0].length, 31);
}
