//! What the reader of Web Annotations takes, and what it refuses and how it says so.

//! Annotation files, good and bad, and what becomes of them.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::*;

const TEXT: &str = "Ana a dit oui. Ana a dit non. L’e\u{301}té vient.";

fn lookup(iri: &str) -> Option<(ArticleId, String)> {
    (iri == iri_of(TEXT)).then(|| (ArticleId::of_text(TEXT), TEXT.to_owned()))
}

fn told(file: &str) -> Result<Vec<Act>, String> {
    read(file.as_bytes(), "f.jsonld", &lookup)
        .map_err(|error| error.to_string().replace("can't take over the annotations of f.jsonld: ", ""))
}

/// An annotation of the second « Ana a dit non », with `change`s at JSON pointers.
fn annotation(changes: &[(&str, Value)]) -> Value {
    let mut annotation = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:3bd1de9d-438b-593f-86d6-1f2e55766b76",
        "type": "Annotation",
        "creator": {"type": "Person", "name": "Ana Lima", "nickname": "ana"},
        "created": "2026-07-14T09:12:33Z",
        "body": [{"type": ["TextualBody", "schema:Claim"], "value": "non", "schema:author": {"type": "Person", "name": "Ana"}}],
        "target": {"source": iri_of(TEXT), "selector": [
            {"type": "TextQuoteSelector", "exact": "non", "prefix": "dit ", "suffix": "."},
            {"type": "TextPositionSelector", "start": 25, "end": 28}]},
    });
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match annotation.pointer_mut(parent).unwrap() {
            Value::Object(map) => drop(map.insert(key.to_owned(), value.clone())),
            Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.clone(),
            other => panic!("{other}"),
        }
    }
    annotation
}

/// The parts, the cue and the mention of the one claim in the annotation.
fn claim_of(changes: &[(&str, Value)]) -> Result<NewClaim, String> {
    let mut acts = told(&annotation(changes).to_string())?;
    match acts.remove(0).deeds.remove(0) {
        Deed::Claim(claim) => Ok(*claim),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn fails(changes: &[(&str, Value)], expected: &str) {
    assert_eq!(claim_of(changes).err().as_deref(), Some(expected));
}

#[test]
fn an_annotation_is_a_claim() {
    let acts = told(&annotation(&[]).to_string()).unwrap();
    assert_eq!((acts[0].annotator.as_str(), acts[0].time.to_string().as_str()), ("ana", "2026-07-14T09:12:33Z"));
    let claim = claim_of(&[]).unwrap();
    assert_eq!(claim.parts[0].range.of(TEXT), "non");
    assert_eq!(claim.parts[0].prefix, "Ana a dit oui. Ana a dit ");
    assert_eq!(claim.speaker.unwrap().name, "Ana");
    assert_eq!((claim.form, claim.status), (Form::Indirect, Status::Accepted));
}

#[test]
fn the_quoted_words_win_over_the_position() {
    for (start, end) in [(10, 13), (0, 1), (900, 903)] {
        let wrong = json!({"type": "TextPositionSelector", "start": start, "end": end});
        assert_eq!(claim_of(&[("/target/selector/1", wrong)]).unwrap().parts[0].range.of(TEXT), "non");
    }
    // « Ana » stands twice; the position tells which.
    let second = [
        ("/target/selector/0/exact", json!("Ana")),
        ("/target/selector/0/prefix", json!("")),
        ("/target/selector/0/suffix", json!(" a dit")),
    ];
    let at = |start: u64| json!({"type": "TextPositionSelector", "start": start, "end": start + 3});
    assert_eq!(claim_of(&[&second[..], &[("/target/selector/1", at(15))]].concat()).unwrap().parts[0].range.start, 15);
    assert_eq!(claim_of(&[&second[..], &[("/target/selector/1", at(0))]].concat()).unwrap().parts[0].range.start, 0);
}

#[test]
fn several_targets_are_one_claim_in_order() {
    let target =
        |exact: &str| json!({"source": iri_of(TEXT), "selector": {"type": "TextQuoteSelector", "exact": exact}});
    let claim = claim_of(&[("/target", json!([target("non"), target("oui")]))]).unwrap();
    assert_eq!(claim.parts.iter().map(|part| part.exact.as_str()).collect::<Vec<_>>(), ["oui", "non"]);
    fails(&[("/target", json!([target("oui"), target("dit oui")]))], "annotation 1 has targets that overlap");
}

#[test]
fn our_own_terms() {
    let span = |exact: &str| json!({"selector": {"type": "TextQuoteSelector", "exact": exact}});
    let claim = claim_of(&[
        ("/dixit:form", json!("mixed")),
        ("/dixit:status", json!("suggested")),
        ("/dixit:polarity", json!("negated")),
        ("/dixit:cue", span("dit non")),
        ("/dixit:mention", span("Ana a dit non")),
        ("/dixit:nestedIn", json!({"id": "urn:uuid:0fe52b7a-7f61-5ecd-8335-2b2b43693dab"})),
        ("/body/0/schema:author/dixit:kind", json!("group")),
        ("/body/0/schema:author/schema:alternateName", json!(["A.", "Anita"])),
    ])
    .unwrap();
    assert_eq!((claim.form, claim.status, claim.polarity), (Form::Mixed, Status::Suggested, Polarity::Negated));
    assert_eq!((claim.cue.unwrap().exact.as_str(), claim.mention.unwrap().range.start), ("dit non", 15));
    let speaker = claim.speaker.unwrap();
    assert_eq!((speaker.kind, speaker.named, speaker.aliases.len()), (SpeakerKind::Group, false, 2));
    assert_eq!(claim.nested_in, Some(claim_id("urn:uuid:0fe52b7a-7f61-5ecd-8335-2b2b43693dab")));
}

#[test]
fn what_is_wrong_is_named_by_number_and_field() {
    let position = |start: Value, end: Value| {
        vec![("/target/selector", json!({"type": "TextPositionSelector", "start": start, "end": end}))]
    };
    fails(&position(json!(5), json!(2)), "annotation 1: target.selector starts at 5, after its end at 2");
    fails(&position(json!(5), json!(900)), "annotation 1: target.selector ends at 900, past the end of the article");
    fails(
        &position(json!(-1), json!(2)),
        "annotation 1: target.selector.start must be a number of code points, 0 or more",
    );
    fails(
        &position(json!("1"), json!(2)),
        "annotation 1: target.selector.start must be a number of code points, 0 or more",
    );
    fails(&position(json!(3), json!(3)), "annotation 1: target selects no words");
    fails(&position(json!(30), json!(33)), "annotation 1: target cuts a character in two");
    fails(
        &[("/target/selector", json!(7))],
        "annotation 1: target has neither a TextQuoteSelector nor a TextPositionSelector",
    );
    fails(
        &[("/target/selector/0/exact", json!("jamais"))],
        "annotation 1: target.selector[0] quotes words that stand nowhere in the article, or in several places alike",
    );
    fails(&[("/target/selector/0/exact", json!(""))], "annotation 1: target.selector[0].exact is empty");
    fails(&[("/target/selector/0/exact", json!([]))], "annotation 1: target.selector[0].exact must be a string");
    fails(&[("/target/selector/0/exact", json!("e"))], "annotation 1: target cuts a character in two");
    fails(&[("/target", json!([]))], "annotation 1 has no target");
    fails(&[("/target", json!(null))], "annotation 1 has no `target`");
    fails(&[("/id", json!(7))], "annotation 1: id must be a string");
    fails(&[("/type", json!("Note"))], "annotation 1 is not an object of type Annotation");
    fails(&[("/body", json!("x"))], "annotation 1 has no body of type schema:Claim");
    fails(&[("/created", json!("hier"))], "annotation 1: created is no time of the form 2025-01-31T09:00:00Z");
    fails(&[("/creator", json!(null))], "annotation 1 has no `creator`");
    fails(&[("/body/0/schema:author/name", json!(" "))], "annotation 1: body.schema:author.name is empty");
    fails(&[("/dixit:form", json!("loud"))], "annotation 1: dixit:form is none of direct, indirect, mixed");
    fails(
        &[("/dixit:nestedIn", annotation(&[])["id"].clone())],
        "annotation 1 stands within itself: `dixit:nestedIn` is its own `id`",
    );
    fails(
        &[("/dixit:cue", json!({"source": "urn:x", "selector": []}))],
        "annotation 1: dixit:cue is in another article than its claim",
    );
    let other = claim_of(&[("/target/source", json!("urn:sha256:00"))]).unwrap_err();
    assert_eq!(
        other,
        "annotation 1: target speaks of urn:sha256:00, which is no article of the store; import that first"
    );
}

#[test]
fn files_that_are_nothing_of_the_kind() {
    assert_eq!(told(""), Err("it holds no annotations".into()));
    assert_eq!(told("[]"), Err("it holds no annotations".into()));
    assert_eq!(told("[7]"), Err("annotation 1 is not an object of type Annotation".into()));
    assert!(told("{").unwrap_err().starts_with("it is not JSON: EOF while parsing an object at line 1"));
    assert!(told(&"[".repeat(100_000)).unwrap_err().starts_with("it is not JSON: recursion limit exceeded"));
    let page = json!({"type": "AnnotationCollection", "first": "urn:x"});
    assert_eq!(told(&page.to_string()), Err("the file: first must be a page within the file".into()));
}

#[test]
fn a_collection_is_an_act_of_each_annotator() {
    let second = annotation(&[
        ("/id", json!("urn:x:2")),
        ("/creator", json!("mailto:eva@example.org")),
        ("/created", json!(null)),
    ]);
    let collection = json!({
        "type": "AnnotationCollection", "id": "urn:uuid:01a1e395-ae80-7801-bd4d-866bfd76b16d", "created": "2026-07-15T00:00:00Z",
        "first": {"type": "AnnotationPage", "items": [annotation(&[])], "next": {"type": "AnnotationPage", "items": [second.clone()]}},
    });
    let acts = told(&collection.to_string()).unwrap();
    assert_eq!(acts[0].group.to_string(), "01a1e395-ae80-7801-bd4d-866bfd76b16d");
    assert_eq!(
        acts.iter().map(|act| (act.annotator.as_str(), act.deeds.len())).collect::<Vec<_>>(),
        [("ana", 1), ("eva@example.org", 1)]
    );
    assert_ne!(acts[0].group, acts[1].group);
    assert_eq!(
        told(&format!("{}\n{}\n", annotation(&[]), annotation(&[]))),
        Err("annotation 2 has the `id` of an earlier one".into())
    );
    assert_eq!(
        told(&format!("[{second}]")),
        Err("nothing says when eva@example.org made the annotations: `created` is missing".into())
    );
}

#[test]
fn tagging_bodies_are_tags() {
    let tag = |word: &str| json!({"type": "TextualBody", "purpose": "tagging", "value": word});
    let body = |word: &str| json!([{"type": "schema:Claim"}, tag(word)]);
    let acts = told(&annotation(&[("/body", body("ia"))]).to_string()).unwrap();
    assert!(matches!(&acts[0].deeds[1], Deed::Tag { add, .. } if add[0].as_str() == "ia"));
    fails(
        &[("/body", body("deux mots"))],
        "annotation 1: body[1].value is no tag: a tag is one word, without spaces, commas or invisible characters",
    );
}
