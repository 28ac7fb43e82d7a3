//! Queries against five articles and six claims, each at a glance.
#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use proptest::prelude::*;

use super::{Choice, Fields, Query};
use crate::model::{
    Anchor, Annotation, ArticleId, ByHand, Claim, ClaimId, Form, Lang, Polarity, Row, Speaker, SpeakerKind, Status, Tag,
};

const WANG: &str = "Alexandr Wang";
const SHEAR: &str = "Emmet Shear";
const ROY: &str = "Anne Roy";

/// One line an article: name, title, source, author, date, language, speakers, tags, read.
type Line = (
    char,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    bool,
);

#[rustfmt::skip]
const ARTICLES: [Line; 5] = [
    ('A', "Wang écrit à Trump", "TechCrunch", "",         "2025-01-23", "fr", &[WANG, SHEAR], &["ia"],          true),
    ('B', "La guerre de l’IA",  "Le Monde",   "Zoé Brun", "2025-01",    "fr", &[SHEAR],       &["IA", "chine"], false),
    ('C', "Une stratégie d’or", "Le Monde",   "",         "2025",       "fr", &[],            &[],              false),
    ('D', "Old News (again)",   "Newsroom",   "Al Grey",  "2024-12-31", "en", &[ROY],         &["ia-act"],      true),
    ('E', "Son œuvre: l'été",   "",           "",         "",           "",   &[],            &["Été"],         true),
];

fn row((name, title, source, author, published, lang, speakers, tags, read): Line) -> Row {
    let told = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Row {
        id: ArticleId::derive(&[&[name as u8]]),
        title: title.into(),
        source: told(source),
        author: told(author),
        url: None,
        published: published.parse().ok(),
        lang: Lang::from_code(lang),
        words: 0,
        claims: speakers.len() as u32,
        tags: tags.iter().map(|tag| Tag::new(tag).unwrap()).collect(),
        speakers: speakers.iter().map(|name| (*name).into()).collect(),
        read,
        imported: Timestamp::UNIX_EPOCH,
    }
}

/// One line a claim: number, article, speaker, form, status, annotator, tags, words.
type Told = (char, char, Option<&'static str>, Form, Status, &'static str, &'static [&'static str], &'static str);

#[rustfmt::skip]
const CLAIMS: [Told; 6] = [
    ('1', 'A', Some(WANG),  Form::Direct,   Status::Accepted,  "gold",  &[],     "Il faut investir"),
    ('2', 'A', Some(WANG),  Form::Indirect, Status::Suggested, "rules", &["lu"], "gagner la guerre"),
    ('3', 'A', Some(SHEAR), Form::Direct,   Status::Accepted,  "Zoé",   &[],     "C’est horrible"),
    ('4', 'B', Some(SHEAR), Form::Mixed,    Status::Suggested, "rules", &["lu"], "un « péril »"),
    ('5', 'B', None,        Form::Direct,   Status::Suggested, "rules", &[],     "Œuvrer pour la paix"),
    ('6', 'D', Some(ROY),   Form::Indirect, Status::Rejected,  "rules", &[],     ""),
];

fn claims() -> Vec<(char, Row, Annotation)> {
    let one = |(name, article, speaker, form, status, annotator, tags, quote): Told| {
        let row = row(ARTICLES.into_iter().find(|line| line.0 == article).unwrap());
        let speaker = speaker.map(|name| Speaker {
            id: None,
            name: name.into(),
            kind: SpeakerKind::Person,
            named: true,
            role: None,
            aliases: if name == WANG { vec!["Alexsandr Wang".into()] } else { vec![] },
        });
        let claim = Claim { parts: vec![], form, polarity: Polarity::Positive, speaker, cue: None, mention: None };
        let annotation = Annotation {
            id: ClaimId::derive(&[&[name as u8]]),
            article: row.id.clone(),
            revision: 1,
            claim,
            quote: quote.into(),
            status,
            annotator: annotator.into(),
            confidence: None,
            rule: None,
            anchor: Anchor::Exact,
            nested_in: None,
            tags: tags.iter().map(|tag| Tag::new(tag).unwrap()).collect(),
            same_as: Vec::new(),
            by_hand: ByHand::default(),
        };
        (name, row, annotation)
    };
    CLAIMS.into_iter().map(one).collect()
}

/// The names of the articles that `query` surely chooses, then, after a `?`, of those where the claims decide.
fn articles(query: &str) -> String {
    let query = Query::parse(query).unwrap();
    let answers = ARTICLES.map(|line| (line.0, query.choose(&row(line), &Fields::of(&row(line)))));
    let named =
        |is: fn(&Choice) -> bool| answers.iter().filter(|(_, choice)| is(choice)).map(|(name, _)| *name).collect();
    let (sure, perhaps): (String, String) =
        (named(|c| matches!(c, Choice::Yes(_))), named(|c| matches!(c, Choice::Perhaps(_))));
    if perhaps.is_empty() { sure } else { format!("{sure}?{perhaps}") }
}

fn check(query: &str, want: &str) {
    assert_eq!(articles(query), want, "{query}");
}

/// The names of the claims that `query` chooses; none of them stands in an article that can't hold one.
fn check_claims(query: &str, want: &str) {
    let parsed = Query::parse(query).unwrap();
    let chosen = claims().into_iter().filter(|(_, row, claim)| parsed.chooses_claim(claim, row));
    let chosen: String = chosen
        .map(|(name, row, _)| {
            assert!(parsed.may_choose_claims(&row, &Fields::of(&row)), "{query}: {name}");
            name
        })
        .collect();
    assert_eq!(chosen, want, "{query}");
}

fn check_mistake(query: &str, want: &str) {
    assert_eq!(
        Query::parse(query).map_err(|error| error.to_string()),
        Err(format!("can't understand the query: {want}"))
    );
}

#[test]
fn nothing_asked_chooses_everything() {
    for query in ["", "  \u{a0} ", "-", "! ", "\"", "\"\"", " - \"\" ! ", "\u{301}", "-\u{301}"] {
        check(query, "ABCDE");
        assert!(Query::parse(query).unwrap().is_all(), "{query}");
        assert_eq!(Query::parse(query).unwrap(), Query::default());
    }
    check_claims("", "123456");
    assert!(!Query::parse("a").unwrap().is_all());
}

#[test]
fn words_are_fuzzy_over_title_source_author_speakers_and_tags() {
    check("stratgie", "C");
    check("STRATEGIE", "C");
    check("oeuvre", "E");
    check("techcr", "A");
    check("brun", "B");
    check("emmet", "AB");
    check("chine", "B");
    check("wang trump", "A");
    check("wang strategie", "");
}

#[test]
fn phrases_are_unbroken_and_folded() {
    check("\"guerre de l'ia\"", "B");
    check("\"l'ete\"", "E");
    check("\"guerre l\"", "");
    check("\"le monde", "BC");
    check("\"le monde ", "BC");
    check("wang\"trump\"", "A");
}

#[test]
fn fields() {
    check("tag:ia", "AB");
    check("tag:#ia", "AB");
    check("tag:i", "");
    check("tag:ete", "E");
    check("TAG:ia-act", "D");
    check("source:monde", "BC");
    check("source:\"Le Monde\" author:zoe", "B");
    check("title:\"(again", "D");
    check("title:ia", "B");
    check("speaker:shear", "AB");
    check("speaker:chine", "");
    check("lang:en", "D");
    check("is:read", "ADE");
    check("is:unread", "BC");
    check("has:claims", "ABD");
    check("-has:tags", "C");
    check("date:2025", "ABC");
    check("date:2025-01", "AB");
    check("date:2025-01-23", "A");
    check("before:2025", "D");
    check("after:2024-12", "ABC");
    check("after:2025-01-01 before:2025-02", "A");
    check("-date:2025", "DE");
}

#[test]
fn negation_or_and_parentheses() {
    check("-tag:ia", "CDE");
    check("!tag:ia", "CDE");
    check("NOT tag:ia", "CDE");
    check("--tag:ia", "AB");
    check("NOT NOT -tag:ia", "CDE");
    check("-(tag:ia OR is:unread)", "DE");
    check("-(tag:ia is:unread)", "ACDE");
    check("tag:ia OR lang:en is:unread", "AB");
    check("(tag:ia OR lang:en) is:read", "AD");
    check("tag:chine OR tag:ia-act OR tag:ete", "BDE");
    check("tag:ia AND is:read", "A");
    check("tag:ia -", "AB");
    check("(tag:ia)(is:read)", "A");
    check("-\"\" tag:ia", "AB");
    check("or monde", "C");
}

#[test]
fn a_negated_word_is_looked_for_unbroken() {
    check("trmp", "A");
    check("-trmp", "ABCDE");
    check("-wang", "BCDE");
    check("-(wang OR monde)", "DE");
    check("-(-trmp)", "A");
}

#[test]
fn ids_choose_by_their_beginning() {
    let a = ArticleId::derive(&[b"A"]);
    check(&a.as_str()[..7], "A");
    check(a.as_str(), "A");
    check(&format!("-{}", &a.as_str()[..7]), "BCDE");
    check_claims(&a.as_str()[..7], "123");
    let four = ClaimId::derive(&[b"4"]);
    check(&four.as_str()[..7], "?ABCDE");
    check_claims(&four.as_str()[..7], "4");
    check_claims(&format!("{} -{}", ArticleId::derive(&[b"B"]), &four.as_str()[..7]), "5");
}

#[test]
fn words_with_a_colon_that_are_no_field() {
    for query in ["http://exemple.fr", "C:foo", "l'IA:", "12:30", "Titre:", "tags://x", "::tag:x", "note:x"] {
        assert_eq!(articles(query), "", "{query}");
    }
    check("uvre:", "E");
    check(":", "E");
}

#[test]
fn what_rows_cannot_tell_the_claims_decide() {
    check("form:direct", "?ABCDE");
    check("-form:direct", "?ABCDE");
    check("form:direct is:read", "?ADE");
    check("tag:chine form:direct", "?ABCDE");
    check("source:monde form:direct", "?BC");
    check("tag:chine OR form:direct", "B?ACDE");
    check("-(tag:chine OR form:direct)", "?ACDE");
    check("is:read -(is:read -by:rules)", "?ADE");
    check("speaker:wang form:direct", "?A");
    check("-speaker:wang form:direct", "?ABCDE");
    check("speaker:wang status:rejected", "?ABCDE");
    check("speaker:wang OR is:unread", "ABC");
}

#[test]
fn claims_are_chosen_by_their_own_terms_and_their_articles() {
    check_claims("speaker:wang", "12");
    check_claims("-speaker:wang", "3456");
    check_claims("speaker:alexsandr", "12");
    check_claims("speaker:shear form:direct", "3");
    check_claims("speaker:wang OR form:mixed", "124");
    check_claims("-(speaker:wang OR form:mixed)", "356");
    check_claims("status:suggested by:rules", "245");
    check_claims("status:rejected", "6");
    check_claims("by:zoe", "3");
    check_claims("by:rule", "");
    check_claims("tag:lu", "24");
    check_claims("tag:ia", "12345");
    check_claims("tag:ia -tag:lu", "135");
    check_claims("guerre", "245");
    check_claims("guerre -form:direct", "24");
    check_claims("guerre OR form:indirect", "2456");
    check_claims("is:unread lang:fr", "45");
}

#[test]
fn words_of_claims_are_theirs_their_speakers_and_their_articles() {
    check_claims("investir", "1");
    check_claims("INVESTIR", "1");
    check_claims("oeuvrer", "5");
    check_claims("\"la guerre\"", "245");
    check_claims("\"faut investir\"", "1");
    check_claims("invstir", "");
    check_claims("shear", "34");
    check_claims("alexsandr", "12");
    check_claims("shear peril", "4");
    check_claims("-investir tag:ia", "2345");
    check_claims("lu", "24");
    check("investir form:direct", "?ABCDE");
    check("investir", "");
}

#[test]
fn words_in_a_list_of_speakers_are_their_names_and_roles() {
    let wang = Speaker {
        id: None,
        name: WANG.into(),
        kind: SpeakerKind::Person,
        named: true,
        role: Some("PDG de Scale AI".into()),
        aliases: vec!["Alexsandr Wang".into()],
    };
    for (query, chosen) in [
        ("wang", true),
        ("tag:ia WANG scale", true),
        ("alexsandr \"de scale\" form:direct", true),
        ("-wang", false),
        ("wang OR roy", true),
        ("shear", false),
        ("tag:ia OR shear", true),
    ] {
        let (rest, words) = Query::parse(query).unwrap().for_speakers();
        assert_eq!(words.chooses_speaker(&wang), chosen, "{query}");
        assert_eq!(rest.is_all(), !query.contains(':'), "{query}");
    }
}

#[test]
fn what_a_query_needs() {
    for (query, about_claims, needs_claims, names_status) in [
        ("source:wang", false, false, false),
        ("wang", true, false, false),
        ("NOT wang \"and\"", true, false, false),
        ("speaker:wang", true, false, false),
        ("-(a OR tag:x)", true, false, false),
        ("a OR -by:rules", true, true, false),
        ("(form:direct)", true, true, false),
        ("c8f2t5", true, true, false),
        ("NOT status:rejected", true, true, true),
    ] {
        let parsed = Query::parse(query).unwrap();
        let got = (parsed.has_claim_terms(), parsed.needs_claims(), parsed.names_status());
        assert_eq!(got, (about_claims, needs_claims, names_status), "{query}");
    }
}

#[test]
fn scores_are_those_of_the_fuzzy_words_in_sum() {
    let (a, score) = (row(ARTICLES[0]), |query: &str| {
        let row = row(ARTICLES[0]);
        Query::parse(query).unwrap().score(&row, &Fields::of(&row))
    });
    let (wang, trump) = (score("wang").unwrap(), score("trump").unwrap());
    assert!(wang > 0 && trump > 0, "{a:?}");
    assert_eq!(score("wang trump"), Some(wang + trump));
    assert_eq!(score("(wang OR brun) tag:ia"), Some(wang));
    assert_eq!(score("trump -brun"), Some(trump));
    assert_eq!(score("trump form:direct"), Some(trump));
    assert_eq!(score("tag:ia"), Some(0));
    assert_eq!(score("brun"), None);
}

#[test]
fn the_pattern_is_of_the_words_that_are_wanted() {
    let empty = |query: &str| Query::parse(query).unwrap().pattern().is_empty();
    assert!(!empty("a"));
    assert!(!empty("tag:ia OR (b)"));
    assert!(!empty("-(-a)"));
    for query in ["", "tag:ia", "-a", "\"a\"", "NOT (a OR b)", "a3k7m2"] {
        assert!(empty(query), "{query}");
    }
}

#[test]
fn mistakes_name_the_character_and_the_way_out() {
    check_mistake("tga:x", "tga: at character 1 is no field; did you mean tag:?");
    check_mistake("été -(spaeker:x)", "spaeker: at character 7 is no field; did you mean speaker:?");
    check_mistake("souce:\"x", "souce: at character 1 is no field; did you mean source:?");
    check_mistake("a tag:", "tag: at character 3 needs a tag right after it");
    check_mistake("tag: ia", "tag: at character 1 needs a tag right after it");
    check_mistake("tag:#", "tag: at character 1 takes a tag");
    check_mistake("tag:\"", "tag: at character 1 needs a tag right after it");
    check_mistake("form:dirct", "form: at character 1 takes direct, indirect or mixed");
    check_mistake("status:new", "status: at character 1 takes suggested, accepted or rejected");
    check_mistake("lang:de", "lang: at character 1 takes fr or en");
    check_mistake("is:marked", "is: at character 1 takes read or unread");
    check_mistake("has:x", "has: at character 1 takes claims or tags");
    check_mistake("date:1/2", "date: at character 1 takes a year, month or day, like 2025, 2025-01 or 2025-01-23");
    check_mistake("a (b", "the ( at character 3 has no ) after it");
    check_mistake("a b) c", "the ) at character 4 has no ( before it");
    check_mistake("a ()", "the ( at character 3 has nothing in it");
    check_mistake("a OR", "the OR at character 3 has nothing after it; \"or\" is the word");
    check_mistake("(OR a)", "the OR at character 2 has nothing before it; \"or\" is the word");
    check_mistake("a OR OR b", "the OR at character 3 has nothing after it; \"or\" is the word");
    check_mistake("a AND", "the AND at character 3 has nothing after it; \"and\" is the word");
    check_mistake("AND a", "the AND at character 1 has nothing before it; \"and\" is the word");
    check_mistake("a NOT", "the NOT at character 3 has nothing after it; \"not\" is the word");
    check_mistake("NOT OR a", "the NOT at character 1 has nothing after it; \"not\" is the word");
}

#[test]
fn nesting_and_length_are_bounded() {
    let nested = |deep: usize| format!("{}a{}", "(".repeat(deep), ")".repeat(deep));
    assert!(Query::parse(&nested(64)).is_ok());
    check_mistake(&nested(65), "the ( at character 65 is one too many: they nest at most 64 deep");
    check_mistake(&"(".repeat(100_000), "the ( at character 65 is one too many: they nest at most 64 deep");
    assert!(Query::parse(&"(a)".repeat(200)).is_ok());
    check_mistake(&"a ".repeat(50_000), "the word at character 401 is one too many: a query has at most 200 words");
    assert!(Query::parse(&"-".repeat(100_000)).is_ok());
    assert!(Query::parse(&format!("{}a", "- ".repeat(50_000))).is_ok());
}

/// What people type, and what else may be there.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\"".to_owned()),
        Just(" ".to_owned()),
        Just("OR ".to_owned()),
        Just("AND ".to_owned()),
        Just("NOT ".to_owned()),
        Just("-".to_owned()),
        Just(":".to_owned()),
        Just("date:2025-0".to_owned()),
        Just("tag:é".to_owned()),
        Just("a3k7m2".to_owned()),
        "[a-z]{1,7}:",
        "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_is_typed_is_a_query_or_a_mistake_within_it(text in prop_oneof![typed(), any::<String>()]) {
        match Query::parse(&text) {
            Ok(query) => {
                for line in ARTICLES {
                    let row = row(line);
                    let score = query.score(&row, &Fields::of(&row));
                    let choice = query.choose(&row, &Fields::of(&row));
                    prop_assert_eq!(score.is_none(), choice == Choice::No);
                    prop_assert!(query.needs_claims() || !matches!(choice, Choice::Perhaps(_)));
                }
            }
            Err(error) => {
                let message = error.to_string();
                let after = message.split("at character ").nth(1).expect("a place");
                let at: usize = after.split(' ').next().unwrap().parse().expect("a number");
                prop_assert!((1..=text.chars().count()).contains(&at), "{}", message);
                prop_assert!(!message.contains(char::is_control));
            }
        }
    }

    #[test]
    fn a_chosen_claim_stands_in_an_article_that_may_hold_it(text in typed()) {
        let Ok(query) = Query::parse(&text) else { return Ok(()) };
        for (_, row, claim) in claims() {
            let fields = Fields::of(&row);
            if query.chooses_claim(&claim, &row) {
                prop_assert!(query.may_choose_claims(&row, &fields));
            } else if !query.has_claim_terms() {
                prop_assert_eq!(query.choose(&row, &fields), Choice::No);
            }
        }
    }
}
