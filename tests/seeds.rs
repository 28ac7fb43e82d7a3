//! The seeds: five articles, 56 claims, each of them standing where it says.

#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use dixit::import::annotations::iri_of;
use dixit::import::seeds::{FILES, load};
use dixit::model::event::{NewClaim, Selector};
use dixit::model::{ArticleId, ClaimId, Deed, Form, SpeakerKind, Status};
use dixit::text::flow::{Language, Stretch, flow};
use serde_json::Value;

fn claims() -> Vec<NewClaim> {
    let deeds = load().unwrap().1.into_iter().flat_map(|act| act.deeds);
    deeds
        .map(|deed| match deed {
            Deed::Claim(claim) => *claim,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn five_articles_and_fifty_six_claims() {
    let (articles, acts) = load().unwrap();
    assert_eq!(articles.len(), 5);
    assert_eq!(acts.iter().map(|act| act.deeds.len()).collect::<Vec<_>>(), [18, 13, 5, 6, 14]);
    assert!(acts.iter().all(|act| act.annotator == "gold" && act.group.get_version_num() == 7));
    let claims = claims();
    let with = |status| claims.iter().filter(|claim| claim.status == status).count();
    assert_eq!((with(Status::Accepted), with(Status::Suggested)), (37, 19));
    let told = |form| claims.iter().filter(|claim| claim.form == form).count();
    assert_eq!((told(Form::Direct), told(Form::Indirect), told(Form::Mixed)), (15, 34, 7));
    let ids: HashSet<&ClaimId> = claims.iter().map(|claim| &claim.id).collect();
    assert_eq!(ids.len(), 56);
}

#[test]
fn every_word_stands_where_the_file_says() {
    let (articles, _) = load().unwrap();
    for claim in claims() {
        let text = &articles
            .iter()
            .find(|import| ArticleId::of_text(&import.article.text) == claim.article)
            .unwrap()
            .article
            .text;
        assert_eq!(iri_of(text), format!("urn:sha256:{}", claim.text_sha256));
        for Selector { range, exact, prefix, suffix } in claim.parts.iter().chain(&claim.cue).chain(&claim.mention) {
            assert_eq!(range.of(text), exact);
            assert!(
                text[..range.start].ends_with(prefix.as_str()) && text[range.end..].starts_with(suffix.as_str()),
                "{exact}"
            );
        }
        assert!(claim.parts.windows(2).all(|pair| pair[0].range.end < pair[1].range.start));
    }
}

#[test]
fn positions_in_the_files_agree_with_their_words() {
    let (articles, _) = load().unwrap();
    for (file, import) in FILES.iter().zip(&articles) {
        let points: Vec<char> = import.article.text.chars().collect();
        let mut seen = 0;
        each_selector(&serde_json::from_slice(file.claims).unwrap(), &mut |selectors| {
            let at = |key: &str| selectors[1][key].as_u64().unwrap() as usize;
            assert_eq!(
                points[at("start")..at("end")].iter().collect::<String>(),
                selectors[0]["exact"].as_str().unwrap()
            );
            seen += 1;
        });
        assert!(seen >= 10, "{}", file.name);
    }
}

fn each_selector(value: &Value, each: &mut dyn FnMut(&[Value])) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| each_selector(value, each)),
        Value::Object(map) => {
            for (key, value) in map {
                if key == "selector" {
                    each(value.as_array().unwrap());
                } else {
                    each_selector(value, each);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn who_speaks() {
    let claims = claims();
    let of = |name: &str| {
        claims.iter().filter(|claim| claim.speaker.as_ref().is_some_and(|speaker| speaker.name == name)).count()
    };
    let names = [
        "Alexandr Wang",
        "Emmett Shear",
        "Sam Altman",
        "Andy Konwinski",
        "Donald Trump",
        "OpenAI",
        "le communiqué officiel",
    ];
    assert_eq!(names.map(of), [26, 2, 7, 5, 7, 1, 1]);
    let sort = |name: &str| {
        let speaker =
            claims.iter().filter_map(|claim| claim.speaker.as_ref()).find(|speaker| speaker.name == name).unwrap();
        (speaker.kind, speaker.named)
    };
    assert_eq!(sort("Tsarathustra"), (SpeakerKind::Person, true));
    assert_eq!(sort("CEO de SoftBank"), (SpeakerKind::Person, false));
    assert_eq!(sort("OpenAI"), (SpeakerKind::Organisation, true));
    assert_eq!(sort("les rapports"), (SpeakerKind::Document, false));
    assert_eq!(sort("les analystes Blackstone"), (SpeakerKind::Group, false));
    assert!(
        claims
            .iter()
            .filter_map(|claim| claim.speaker.as_ref())
            .all(|speaker| speaker.name != "Emmett Shear" || speaker.aliases == ["Emmet Shear"])
    );
}

#[test]
fn a_nested_claim_stands_in_the_words_of_another() {
    let claims = claims();
    let nested: Vec<_> = claims.iter().filter(|claim| claim.nested_in.is_some()).collect();
    let words = |claim: &&NewClaim| claim.parts[0].exact.split(' ').take(3).collect::<Vec<_>>().join(" ");
    assert_eq!(nested.iter().map(words).collect::<Vec<_>>(), ["avoir rencontré davantage", "this is about"]);
    for claim in nested {
        let outer = claims.iter().find(|outer| Some(&outer.id) == claim.nested_in.as_ref()).unwrap();
        assert!(outer.article == claim.article && outer.parts[0].range.covers(claim.parts[0].range));
    }
}

/// What the Web Annotation Data Model demands of an annotation, as far as it can be said in a line.
#[test]
fn the_files_are_web_annotations() {
    for file in FILES {
        let collection: Value = serde_json::from_slice(file.claims).unwrap();
        let context = collection["@context"].as_array().unwrap();
        assert!(context.len() > 1 && context[0] == "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(collection["type"], "AnnotationCollection");
        let page = &collection["first"];
        assert!(
            page["type"] == "AnnotationPage"
                && page["partOf"]["id"] == collection["id"]
                && page.get("@context").is_none()
        );
        let items = page["items"].as_array().unwrap();
        assert_eq!(collection["total"], items.len());
        for item in items {
            check_annotation(item);
        }
    }
}

fn check_annotation(item: &Value) {
    let iri = |value: &Value| value.as_str().is_some_and(|iri| iri.starts_with("urn:") && !iri.contains(' '));
    assert!(
        iri(&item["id"])
            && item["type"] == "Annotation"
            && item["motivation"] == "identifying"
            && item.get("bodyValue").is_none()
    );
    assert!(item["created"].as_str().unwrap().ends_with('Z') && iri(&item["creator"]["id"]));
    let bodies = item["body"].as_array().unwrap();
    assert!(!bodies.is_empty());
    for body in bodies {
        match body["type"].as_array() {
            // A textual body with an id would be taken for a resource on the web.
            Some(types) => assert!(types[0] == "TextualBody" && body.get("id").is_none() && body["value"].is_string()),
            None => assert!(body["type"] == "SpecificResource" && iri(&body["source"]["id"])),
        }
    }
    let targets = item["target"].as_array().map_or_else(|| std::slice::from_ref(&item["target"]), Vec::as_slice);
    for target in targets.iter().chain(item.get("dixit:cue")).chain(item.get("dixit:mention")) {
        assert!(target["type"] == "SpecificResource" && (iri(&target["source"]) || iri(&target["source"]["id"])));
        let [quote, position] = target["selector"].as_array().unwrap().as_slice() else { panic!("{target}") };
        assert!(quote["type"] == "TextQuoteSelector" && !quote["exact"].as_str().unwrap().is_empty());
        assert!(["prefix", "suffix"].iter().all(|key| quote[key].as_str().unwrap().chars().count() <= 32));
        assert!(position["type"] == "TextPositionSelector" && position["start"].as_u64() < position["end"].as_u64());
    }
    let known = ["id", "type", "motivation", "creator", "created", "body", "target"];
    assert!(
        item.as_object().unwrap().keys().all(|key| known.contains(&key.as_str()) || key.starts_with("dixit:")),
        "an unknown bare key would be lost"
    );
}

#[test]
fn every_byte_stands_in_one_line_at_every_width() {
    for import in load().unwrap().0 {
        let text = &import.article.text;
        let stretches: Vec<Stretch> = import
            .article
            .blocks
            .iter()
            .map(|block| Stretch { gap: 1, language: Some(Language::French), ..Stretch::plain(block.range) })
            .collect();
        for measure in 10..=200 {
            let flow = flow(text, &stretches, &[], measure);
            let mut next = 0;
            for (i, line) in flow.lines.iter().enumerate().filter(|(_, line)| !line.gap) {
                assert_eq!(line.range.start, next, "at {measure}");
                next = line.range.end;
                if measure % 4 > 0 && measure > 20 {
                    continue;
                }
                let pieces = flow.pieces(i, text, &[]);
                assert!(pieces.last().is_none_or(|last| last.col + last.cells <= measure), "at {measure}: {pieces:?}");
                let first = pieces.iter().map(|piece| piece.shown.as_ref()).next().unwrap_or_default();
                // From some width on no mark is parted from its word.
                assert!(measure < 30 || !["»", ";", ":", "!", "?", "%", "€"].contains(&first), "at {measure}: {first}");
            }
            assert_eq!(next, text.len(), "at {measure}");
        }
    }
}
