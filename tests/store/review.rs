//! Reviewing, correcting, noting and relating claims: what it comes to, undone, done again, after a restart.

use dixit::error::Error;
use dixit::model::event::Attribution;
use dixit::model::id::text_sha256;
use dixit::model::{
    Act, Annotation, ArticleId, Change, ClaimId, Deed, Form, Polarity, Ranges, Relation, Selector, SpeakerKey,
    SpeakerKind, Status, Subject,
};
use dixit::query::Query;
use dixit::store::Store;

use crate::fixture::{
    Fresh, act, assert_sound, at, claim, claims, findings, group, person, remove, selector, tag_claim,
};

const TEXT: &str = "« Non », dit Ève. « Oui », dit Ève. Noé en convient.";

fn review(n: u128, who: &str, claims: &[ClaimId], status: Status) -> Act {
    act(n, who, vec![Deed::Review { claims: claims.to_vec(), status }])
}

fn amend(n: u128, who: &str, claim: &ClaimId, change: Change) -> Act {
    act(n, who, vec![Deed::Amend { claims: vec![claim.clone()], change: Box::new(change) }])
}

fn note(n: u128, who: &str, subject: Subject, text: &str) -> Act {
    act(n, who, vec![Deed::Note { subject, text: text.into() }])
}

fn relate(n: u128, who: &str, claim: &ClaimId, other: &ClaimId, relation: Relation, on: bool) -> Act {
    act(n, who, vec![Deed::Relate { claim: claim.clone(), other: other.clone(), relation, on }])
}

fn ranges(words: &str, cue: Option<&str>) -> Change {
    let select = |words| selector(TEXT, words);
    Change::Ranges(Ranges {
        text_sha256: text_sha256(TEXT),
        parts: vec![select(words)],
        cue: cue.map(select),
        mention: None,
    })
}

/// An article in which rules found two claims of Ève's: « Non » and « Oui ».
fn found() -> (Fresh, ArticleId, Vec<ClaimId>) {
    let (mut fresh, ids) = Fresh::with(&[TEXT]);
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/1", &["Non", "Oui"])).unwrap();
    let claims = fresh.store.opened(&ids[0]).unwrap().claims.into_iter().map(|claim| claim.id).collect();
    (fresh, ids[0].clone(), claims)
}

fn all(store: &Store) -> Vec<Annotation> {
    let mut all = Vec::new();
    let mut each = |_: &_, _: &_, claim: &Annotation| {
        all.push(claim.clone());
        Ok(())
    };
    // Any status at all.
    let query = "status:suggested OR status:accepted OR status:rejected";
    store.claims(&Query::parse(query).unwrap(), &mut each).unwrap();
    all
}

/// Each claim in short: `Non suggested direct Ève`, with `by …` where somebody reviewed it.
fn told(store: &Store) -> Vec<String> {
    let line = |one: &Annotation| {
        let speaker = one.claim.speaker.as_ref().map_or("-", |speaker| speaker.name.as_str());
        let by = one.by_hand.reviewer.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        format!("{} {} {} {speaker}{by}", one.quote, one.status.word(), one.claim.form.word())
    };
    all(store).iter().map(line).collect()
}

fn undo(fresh: &mut Fresh, who: &str, n: u128) -> String {
    fresh.store.undo(who, group(n), at(0)).unwrap().unwrap().summary
}

fn redo(fresh: &mut Fresh, who: &str, n: u128) {
    fresh.store.redo(who, group(n), at(0)).unwrap().unwrap();
}

#[test]
fn claims_are_accepted_and_rejected_many_at_once() {
    let (mut fresh, id, found) = found();
    assert_eq!(fresh.store.record(&review(1, "ana", &found, Status::Accepted)).unwrap().changed, 2);
    assert_eq!(told(&fresh.store), ["Non accepted direct Ève by ana", "Oui accepted direct Ève by ana"]);
    assert_eq!(fresh.store.record(&review(2, "bob", &found, Status::Accepted)).unwrap().changed, 0);
    assert_eq!(fresh.store.record(&review(3, "bob", &found[..1], Status::Rejected)).unwrap().changed, 1);
    let opened = fresh.store.opened(&id).unwrap();
    assert_eq!((opened.row.claims, opened.claims.len(), fresh.store.totals().unwrap().claims), (1, 1, 1));
    assert_sound(&fresh.store);
    assert_eq!(undo(&mut fresh, "ana", 4), "accept 2 claims");
    assert_eq!(told(&fresh.store), ["Non rejected direct Ève by bob", "Oui suggested direct Ève"]);
    fresh = fresh.reopen();
    redo(&mut fresh, "ana", 5);
    assert_eq!(undo(&mut fresh, "bob", 6), "reject 1 claim");
    assert_eq!(told(&fresh.store), ["Non accepted direct Ève by ana", "Oui accepted direct Ève by ana"]);
    fresh.store.record(&review(7, "bob", &found[1..], Status::Suggested)).unwrap();
    assert_eq!(told(&fresh.store)[1], "Oui suggested direct Ève by bob");
    assert_sound(&fresh.store);
}

#[test]
fn the_last_speaker_of_an_article_goes_with_the_last_claim() {
    let (mut fresh, id, found) = found();
    fresh.store.record(&review(1, "ana", &found, Status::Rejected)).unwrap();
    assert!(fresh.store.opened(&id).unwrap().row.speakers.is_empty());
    assert!(fresh.store.speakers(&Query::default()).unwrap().is_empty());
    undo(&mut fresh, "ana", 2);
    assert_eq!(fresh.store.opened(&id).unwrap().row.speakers, ["Ève"]);
    assert_sound(&fresh.store);
}

#[test]
fn an_amended_claim_counts_as_accepted_unless_it_is_rejected_later() {
    let (mut fresh, _, found) = found();
    fresh.store.record(&amend(1, "ana", &found[0], Change::Form(Form::Mixed))).unwrap();
    assert_eq!(told(&fresh.store)[0], "Non accepted mixed Ève by ana");
    fresh.store.record(&review(2, "bob", &found[..1], Status::Rejected)).unwrap();
    assert_eq!(told(&fresh.store)[0], "Non rejected mixed Ève by bob");
    undo(&mut fresh, "bob", 3);
    // Saying what is so already accepts too: somebody has looked.
    fresh.store.record(&amend(4, "ana", &found[1], Change::Form(Form::Direct))).unwrap();
    assert_eq!(told(&fresh.store), ["Non accepted mixed Ève by ana", "Oui accepted direct Ève by ana"]);
    assert_eq!(fresh.store.record(&amend(5, "bob", &found[1], Change::Form(Form::Direct))).unwrap().changed, 0);
    assert_eq!(undo(&mut fresh, "ana", 6), "form of 1 claim: direct");
    assert_eq!(undo(&mut fresh, "ana", 7), "form of 1 claim: mixed");
    assert_eq!(told(&fresh.store), ["Non suggested direct Ève", "Oui suggested direct Ève"]);
    assert_sound(&fresh.store);
}

#[test]
fn the_speaker_of_a_claim_is_set_and_taken_away() {
    let (mut fresh, id, found) = found();
    let noah = Attribution { role: Some("témoin".into()), ..person("Noé") };
    fresh.store.record(&amend(1, "ana", &found[0], Change::Speaker(Some(noah)))).unwrap();
    fresh.store.record(&amend(2, "ana", &found[1], Change::Speaker(None))).unwrap();
    assert_eq!(told(&fresh.store), ["Non accepted direct Noé by ana", "Oui accepted direct - by ana"]);
    let opened = fresh.store.opened(&id).unwrap();
    assert_eq!(opened.row.speakers, ["Noé"]);
    assert_eq!(opened.claims[0].claim.speaker.as_ref().unwrap().role.as_deref(), Some("témoin"));
    assert!(opened.claims[0].by_hand.amended);
    assert_sound(&fresh.store);
    assert_eq!(undo(&mut fresh, "ana", 3), "speaker of 1 claim: nobody named");
    assert_eq!(undo(&mut fresh, "ana", 4), "speaker of 1 claim: Noé");
    assert_eq!(fresh.store.opened(&id).unwrap().row.speakers, ["Ève"]);
    fresh = fresh.reopen();
    redo(&mut fresh, "ana", 5);
    assert_eq!(told(&fresh.store), ["Non accepted direct Noé by ana", "Oui suggested direct Ève"]);
    assert_sound(&fresh.store);
}

#[test]
fn several_claims_get_their_speaker_in_one_step() {
    let (mut fresh, _, found) = found();
    let change = Box::new(Change::Speaker(Some(person("Noé"))));
    let act = act(1, "ana", vec![Deed::Amend { claims: found, change }]);
    assert_eq!(fresh.store.record(&act).unwrap().changed, 2);
    assert_eq!(told(&fresh.store), ["Non accepted direct Noé by ana", "Oui accepted direct Noé by ana"]);
    assert_eq!(undo(&mut fresh, "ana", 2), "speaker of 2 claims: Noé");
    assert_sound(&fresh.store);
}

#[test]
fn a_speaker_who_was_renamed_is_set_by_the_name_that_is_shown() {
    let (mut fresh, id, found) = found();
    let speaker = SpeakerKey { name: "Ève".into(), kind: SpeakerKind::Person, article: None };
    fresh.store.record(&act(1, "ana", vec![Deed::RenameSpeaker { speaker, name: "Eva Lot".into() }])).unwrap();
    fresh.store.record(&amend(2, "ana", &found[0], Change::Speaker(None))).unwrap();
    let near = fresh.store.speakers_near(&id, 9).unwrap().remove(0).speaker;
    fresh.store.record(&amend(3, "ana", &found[0], Change::Speaker(Some(person(&near.name))))).unwrap();
    let claims = fresh.store.opened(&id).unwrap().claims;
    assert_eq!(claims[0].claim.speaker.as_ref().unwrap().id, claims[1].claim.speaker.as_ref().unwrap().id);
    assert_sound(&fresh.store);
}

#[test]
fn ranges_are_corrected_and_come_back() {
    let (mut fresh, id, found) = found();
    fresh.store.record(&amend(1, "ana", &found[0], ranges("« Non »", None))).unwrap();
    let opened = fresh.store.opened(&id).unwrap();
    assert_eq!((opened.claims[0].quote.as_str(), opened.claims[0].claim.cue), ("« Non »", None));
    assert_sound(&fresh.store);
    fresh.store.record(&amend(2, "bob", &found[0], Change::Polarity(Polarity::Negated))).unwrap();
    assert_eq!(undo(&mut fresh, "ana", 3), "words of 1 claim: « « Non » »");
    let opened = fresh.store.opened(&id).unwrap();
    let claim = &opened.claims[0].claim;
    assert_eq!(claim.parts[0].of(TEXT), "Non");
    assert_eq!((claim.cue.map(|cue| cue.of(TEXT)), claim.polarity), (Some("dit"), Polarity::Negated));
    assert_sound(&fresh.store);
}

#[test]
fn a_claim_made_by_hand_is_amended_too() {
    let (mut fresh, ids) = Fresh::with(&[TEXT]);
    let new = claim(TEXT, "Noé en convient", "Noé");
    fresh.store.record(&claims(1, "ana", std::slice::from_ref(&new))).unwrap();
    fresh.store.record(&amend(2, "bob", &new.id, Change::Speaker(Some(person("Ève"))))).unwrap();
    fresh.store.record(&amend(3, "bob", &new.id, ranges("Noé en", None))).unwrap();
    assert_eq!(told(&fresh.store), ["Noé en accepted direct Ève by bob"]);
    // Made again after it was taken back, it is as it was amended.
    undo(&mut fresh, "ana", 4);
    assert!(fresh.store.opened(&ids[0]).unwrap().claims.is_empty());
    assert_sound(&fresh.store);
    undo(&mut fresh, "bob", 5);
    redo(&mut fresh, "ana", 6);
    assert_eq!(told(&fresh.store), ["Noé en convient accepted direct Ève by bob"]);
    assert_sound(&fresh.store);
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let (mut fresh, _, found) = found();
    let before = all(&fresh.store);
    let absent = ClaimId::derive(&[b"absent"]);
    for act in [
        review(1, "ana", &[found[0].clone(), absent.clone()], Status::Accepted),
        amend(1, "ana", &absent, Change::Speaker(None)),
    ] {
        assert!(matches!(fresh.store.record(&act), Err(Error::NoSuch { what: "claim", .. })));
    }
    let outside = |start: usize, end: usize| {
        let Change::Ranges(mut ranges) = ranges("Non", None) else { panic!() };
        ranges.parts[0].range = dixit::model::ByteRange { start, end };
        Change::Ranges(ranges)
    };
    let nothing = Change::Ranges(Ranges { text_sha256: text_sha256(TEXT), parts: vec![], cue: None, mention: None });
    let stray = Selector { exact: "Peut-être".into(), ..selector(TEXT, "Non") };
    let elsewhere = Change::Ranges(Ranges { text_sha256: "0".into(), parts: vec![stray], cue: None, mention: None });
    for change in [outside(4, 7), outside(1, 2), outside(5, 9999), outside(0, usize::MAX), nothing, elsewhere] {
        let refused = fresh.store.record(&amend(2, "ana", &found[0], change.clone())).unwrap_err();
        assert!(matches!(refused, Error::Refused { .. }), "{change:?}: {refused}");
    }
    let both = Deed::Amend { claims: found.clone(), change: Box::new(ranges("Non", None)) };
    for deed in [both, Deed::Amend { claims: found.clone(), change: Box::new(Change::Speaker(Some(person(" ")))) }] {
        assert!(matches!(fresh.store.record(&act(3, "ana", vec![deed])), Err(Error::Refused { .. })));
    }
    assert_eq!(all(&fresh.store), before);
    assert!(fresh.store.log(9).unwrap().is_empty());
}

#[test]
fn a_review_of_what_is_gone_is_passed_over() {
    let (mut fresh, id, found) = found();
    fresh.store.record(&remove(1, "bob", std::slice::from_ref(&id))).unwrap();
    assert_eq!(fresh.store.record(&review(2, "ana", &found, Status::Accepted)).unwrap().changed, 0);
    undo(&mut fresh, "bob", 3);
    fresh.store.record(&review(4, "ana", &found, Status::Accepted)).unwrap();
    fresh.store.record(&remove(5, "bob", &[id])).unwrap();
    undo(&mut fresh, "ana", 6);
    undo(&mut fresh, "bob", 7);
    assert_eq!(told(&fresh.store), ["Non suggested direct Ève", "Oui suggested direct Ève"]);
    assert_sound(&fresh.store);
}

#[test]
fn queries_see_what_was_reviewed_and_amended() {
    let (mut fresh, _, found) = found();
    fresh.store.record(&review(1, "ana", &found[..1], Status::Accepted)).unwrap();
    fresh.store.record(&amend(2, "ana", &found[1], Change::Speaker(Some(person("Noé"))))).unwrap();
    fresh.store.record(&review(3, "ana", &found[1..], Status::Suggested)).unwrap();
    let quotes = |query: &str| -> Vec<String> {
        let page = fresh.store.claims_page(&Query::parse(query).unwrap(), None, 9).unwrap();
        page.said.into_iter().flat_map(|said| said.claims).map(|claim| claim.quote).collect()
    };
    assert_eq!(quotes("status:accepted"), ["Non"]);
    assert_eq!(quotes("status:suggested by:rules"), ["Oui"]);
    assert_eq!(quotes("speaker:noé"), ["Oui"]);
    assert_eq!(quotes("speaker:ève form:direct"), ["Non"]);
}

#[test]
fn a_note_is_written_replaced_and_taken_away() {
    let (mut fresh, id, found) = found();
    let on = |id: &ClaimId| Subject::Claim(id.clone());
    fresh.store.record(&note(1, "ana", on(&found[0]), "À vérifier.")).unwrap();
    fresh.store.record(&note(2, "bob", on(&found[0]), "Vu.")).unwrap();
    fresh.store.record(&note(3, "ana", Subject::Article(id.clone()), "Long\n")).unwrap();
    assert_eq!(fresh.store.record(&note(4, "ana", on(&found[0]), "Vu.")).unwrap().changed, 0);
    let notes = |store: &Store| {
        let opened = store.opened(&id).unwrap();
        (opened.note.clone(), opened.claims[0].by_hand.note.clone())
    };
    assert_eq!(notes(&fresh.store), (Some("Long\n".into()), Some("Vu.".into())));
    assert_sound(&fresh.store);
    assert_eq!(undo(&mut fresh, "bob", 5), "note on 1 claim");
    fresh = fresh.reopen();
    assert_eq!(notes(&fresh.store).1.as_deref(), Some("À vérifier."));
    fresh.store.record(&note(6, "bob", on(&found[0]), "")).unwrap();
    fresh.store.record(&note(7, "bob", Subject::Article(id.clone()), "")).unwrap();
    assert_eq!(notes(&fresh.store), (None, None));
    assert_eq!(undo(&mut fresh, "bob", 8), "take the note off 1 article");
    assert_eq!(notes(&fresh.store).0.as_deref(), Some("Long\n"));
    // Tagging leaves notes alone.
    fresh.store.record(&crate::fixture::tag(9, "ana", std::slice::from_ref(&id), "+ia")).unwrap();
    assert_eq!(notes(&fresh.store).0.as_deref(), Some("Long\n"));
    assert_sound(&fresh.store);
}

#[test]
fn a_note_has_a_megabyte_at_most() {
    let (mut fresh, id, found) = found();
    let most = "é".repeat(Deed::LONGEST_NOTE / 2);
    fresh.store.record(&note(1, "ana", Subject::Claim(found[0].clone()), &most)).unwrap();
    assert_eq!(fresh.store.opened(&id).unwrap().claims[0].by_hand.note.as_ref(), Some(&most));
    let more = format!("{most}.");
    let refused = fresh.store.record(&note(2, "ana", Subject::Article(id.clone()), &more)).unwrap_err();
    assert_eq!(refused.to_string(), "a note has at most 1 MB, this one has 1.0");
    assert_eq!(fresh.store.opened(&id).unwrap().note, None);
    assert_sound(&fresh.store);
}

/// What a claim is to others: `supports Oui`, or `supported by`, with a `<`.
fn related(fresh: &Fresh, id: &ArticleId, claim: usize) -> Vec<String> {
    let opened = fresh.store.opened(id).unwrap();
    let related = &opened.claims[claim].by_hand.related;
    let arrow = |passive| if passive { "<" } else { "" };
    related.iter().map(|one| format!("{}{} {}", arrow(one.passive), one.relation.word(), one.other.quote)).collect()
}

#[test]
fn relations_are_shown_at_both_ends() {
    let other = "« Non, vraiment », dit Noé.";
    let (mut fresh, id, found) = found();
    let there = fresh.add(other);
    let new = claim(other, "Non, vraiment", "Noé");
    fresh.store.record(&claims(1, "ana", std::slice::from_ref(&new))).unwrap();
    fresh.store.record(&relate(2, "ana", &new.id, &found[0], Relation::Supports, true)).unwrap();
    fresh.store.record(&relate(3, "ana", &found[1], &new.id, Relation::Contradicts, true)).unwrap();
    fresh.store.record(&relate(4, "bob", &found[1], &found[0], Relation::Contradicts, true)).unwrap();
    assert_eq!(
        fresh.store.record(&relate(5, "bob", &found[0], &found[1], Relation::Contradicts, true)).unwrap().changed,
        0
    );
    assert_eq!(related(&fresh, &id, 0), ["contradicts Oui", "<supports Non, vraiment"]);
    assert_eq!(related(&fresh, &id, 1), ["contradicts Non", "contradicts Non, vraiment"]);
    let mut there_told = related(&fresh, &there, 0);
    there_told.sort();
    assert_eq!(there_told, ["contradicts Oui", "supports Non"]);
    let title = &fresh.store.opened(&id).unwrap().claims[0].by_hand.related[1].other;
    assert_eq!((&title.article, &title.claim), (&there, &new.id));
    assert_sound(&fresh.store);
    fresh.store.record(&relate(6, "bob", &found[0], &found[1], Relation::Contradicts, false)).unwrap();
    assert_eq!(undo(&mut fresh, "ana", 7), "relate 2 claims: they contradict each other");
    assert_eq!(related(&fresh, &id, 1), [""; 0]);
    fresh = fresh.reopen();
    undo(&mut fresh, "bob", 8);
    assert_eq!(related(&fresh, &id, 1), ["contradicts Non"]);
    // An end that can't be seen takes the relation out of sight.
    fresh.store.record(&remove(9, "ana", &[there])).unwrap();
    assert_eq!(related(&fresh, &id, 0), ["contradicts Oui"]);
    let refused = fresh.store.record(&relate(10, "ana", &found[0], &found[0], Relation::Same, true));
    assert!(matches!(refused, Err(Error::Refused { .. })));
    assert_sound(&fresh.store);
}

#[test]
fn reviewed_claims_stay_as_they_are_when_the_rules_change() {
    let (mut fresh, id, found) = found();
    fresh.store.record(&review(1, "ana", &found[..1], Status::Accepted)).unwrap();
    fresh.store.record(&amend(2, "ana", &found[1], Change::Speaker(Some(person("Noé"))))).unwrap();
    let before = told(&fresh.store);
    let mut newer = findings(TEXT, "fr/2", &["Non", "Oui"]);
    for found in &mut newer.claims {
        found.claim.form = Form::Indirect;
    }
    for findings in [newer, findings(TEXT, "fr/3", &[]), findings(TEXT, "fr/4", &["Non »", "Oui »"])] {
        fresh.store.set_found(&id, &findings).unwrap();
        assert_eq!(told(&fresh.store), before, "{}", findings.rule_set);
        assert_sound(&fresh.store);
    }
    // Without what people said, it is as the rules tell it: what they don't find any more is gone.
    undo(&mut fresh, "ana", 3);
    undo(&mut fresh, "ana", 4);
    assert_eq!(told(&fresh.store), ["Non » suggested direct Ève", "Oui » suggested direct Ève"]);
    redo(&mut fresh, "ana", 5);
    assert_eq!(told(&fresh.store), ["Non accepted direct Ève by ana", "Oui » suggested direct Ève"]);
    assert_sound(&fresh.store);
}

#[test]
fn a_rejected_claim_does_not_come_back_nor_nearly() {
    let (mut fresh, id, found) = found();
    fresh.store.record(&review(1, "ana", &found[..1], Status::Rejected)).unwrap();
    for words in [&["Non"], &["Non »"], &["« Non"]] {
        fresh.store.set_found(&id, &findings(TEXT, "fr/2", words)).unwrap();
        assert!(fresh.store.opened(&id).unwrap().claims.is_empty(), "{words:?}");
        assert_sound(&fresh.store);
    }
    // Another place is another claim.
    fresh.store.set_found(&id, &findings(TEXT, "fr/3", &["« Non », dit Ève"])).unwrap();
    assert_eq!(fresh.store.opened(&id).unwrap().claims.len(), 1);
    assert_sound(&fresh.store);
}

#[test]
fn a_review_does_not_hide_what_the_rules_found_beside_it() {
    let (mut fresh, ids) = Fresh::with(&[TEXT]);
    fresh.store.set_found(&ids[0], &findings(TEXT, "fr/1", &["« Non »", "Non »"])).unwrap();
    let outer = fresh.store.opened(&ids[0]).unwrap().claims[0].id.clone();
    fresh.store.record(&review(1, "ana", &[outer], Status::Accepted)).unwrap();
    assert_eq!(told(&fresh.store), ["« Non » accepted direct Ève by ana", "Non » suggested direct Ève"]);
    assert_sound(&fresh.store);
}

#[test]
fn a_tag_keeps_in_sight_what_the_rules_do_not_find_any_more() {
    let (mut fresh, id, found) = found();
    fresh.store.record(&tag_claim(1, "ana", &found[0], "+lu")).unwrap();
    fresh.store.set_found(&id, &findings(TEXT, "fr/2", &["Oui"])).unwrap();
    assert_eq!(told(&fresh.store), ["Non suggested direct Ève", "Oui suggested direct Ève"]);
    undo(&mut fresh, "ana", 2);
    assert_eq!(told(&fresh.store), ["Oui suggested direct Ève"]);
    assert_sound(&fresh.store);
    redo(&mut fresh, "ana", 3);
    assert_eq!(told(&fresh.store).len(), 2);
    assert_sound(&fresh.store);
}
