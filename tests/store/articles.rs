//! Articles: identity, revisions, order, ids, reading.

use dixit::error::Error;
use dixit::model::article::Identity;
use dixit::model::id::text_sha256;
use dixit::model::{Anchor, ArticleId, Change, Deed, Lang, Ranges};
use dixit::query::Query;
use dixit::store::{Added, Moves};

use crate::fixture::{
    Fresh, act, assert_sound, at, claim, claims, fresh, import, import_from, remove, selector, shown, tag,
};

#[test]
fn the_same_text_is_the_same_article_whatever_it_is_known_by() {
    let mut fresh = fresh();
    let id = ArticleId::of_text("un");
    assert_eq!(fresh.store.add(&import_from("/a", "un"), at(0)).unwrap(), Added::New(id.clone()));
    assert_eq!(fresh.store.add(&import_from("/a", "un"), at(1)).unwrap(), Added::Unchanged(id.clone()));
    assert_eq!(fresh.store.add(&import_from("/b", "un"), at(2)).unwrap(), Added::Unchanged(id.clone()));
    assert_eq!(fresh.store.add(&import("un"), at(3)).unwrap(), Added::Unchanged(id.clone()));
    assert_eq!(fresh.store.totals().unwrap().articles, 1);
    // /b was noted as a second origin: what comes from there next is a revision.
    assert_eq!(
        fresh.store.add(&import_from("/b", "un deux"), at(4)).unwrap(),
        Added::Updated(id.clone(), Moves::default())
    );
    let opened = fresh.store.opened(&id).unwrap();
    assert_eq!((opened.revision, opened.article.text.as_str()), (2, "un deux"));
    assert_eq!(opened.row.words, 2);
    // A text that it had before is known too.
    assert_eq!(fresh.store.add(&import("un"), at(5)).unwrap(), Added::Unchanged(id));
    assert_sound(&fresh.store);
}

#[test]
fn an_origin_stays_with_the_article_that_it_came_with() {
    let mut fresh = fresh();
    let one = fresh.store.add(&import_from("/a", "un"), at(0)).unwrap().id().clone();
    let two = fresh.store.add(&import_from("/b", "deux"), at(1)).unwrap().id().clone();
    assert_eq!(fresh.store.add(&import_from("/b", "un"), at(2)).unwrap(), Added::Unchanged(one));
    assert_eq!(fresh.store.add(&import_from("/b", "deux bis"), at(3)).unwrap(), Added::Updated(two, Moves::default()));
    assert_sound(&fresh.store);
}

#[test]
fn a_revision_brings_its_metadata() {
    let mut fresh = fresh();
    let mut import = import_from("/a", "un");
    import.identity = Some(Identity::Url("https://example.org/1".into()));
    fresh.store.add(&import, at(0)).unwrap();
    import.article.text = "un et demi".into();
    import.article.blocks.clear();
    import.article.title = "Une et demie".into();
    import.article.source = Some("Le Monde".into());
    import.article.author = Some("Ève".into());
    import.article.url = Some("https://example.org/1".into());
    import.article.published = Some("2024-05".parse().unwrap());
    import.article.lang = Some(Lang::Fr);
    let added = fresh.store.add(&import, at(1)).unwrap();
    let opened = fresh.store.opened(added.id()).unwrap();
    assert_eq!(opened.article, import.article);
    assert_eq!(fresh.store.rows(&[added.id().clone()]).unwrap(), [opened.row]);
    assert_sound(&fresh.store);
}

#[test]
fn a_removed_article_stays_removed() {
    let mut fresh = fresh();
    let id = fresh.store.add(&import_from("/a", "un"), at(0)).unwrap().id().clone();
    fresh.store.record(&remove(1, "ana", std::slice::from_ref(&id))).unwrap();
    assert_eq!(fresh.store.add(&import_from("/a", "un"), at(1)).unwrap(), Added::Removed(id.clone()));
    assert_eq!(fresh.store.add(&import_from("/a", "un bis"), at(2)).unwrap(), Added::Removed(id.clone()));
    assert_eq!(fresh.store.totals().unwrap().articles, 0);
    assert!(matches!(fresh.store.opened(&id), Err(Error::NoSuch { what: "article", .. })));
    assert!(matches!(fresh.store.find_article(&id), Err(Error::NoSuch { .. })));
    assert!(fresh.store.rows(&[id]).unwrap().is_empty());
    assert_sound(&fresh.store);
}

#[test]
fn the_list_begins_with_the_newest_and_keeps_the_order_of_import_within_a_date() {
    let mut fresh = fresh();
    for (second, (text, date)) in
        [("a", None), ("b", None), ("c", Some("2025-01-02")), ("d", Some("2024")), ("e", Some("2025-01-01"))]
            .into_iter()
            .enumerate()
    {
        let mut import = import(text);
        import.article.published = date.map(|date: &str| date.parse().unwrap());
        // All of 1 January 2025.
        fresh.store.add(&import, at(100 - second as i64)).unwrap();
    }
    assert_eq!(shown(&fresh.store), ["c:0", "a:0", "b:0", "e:0", "d:0"]);
    let titles = |rows: Vec<dixit::model::Row>| rows.into_iter().map(|row| row.title).collect::<Vec<_>>();
    assert_eq!(titles(fresh.store.first_rows(2).unwrap()), ["c", "a"]);
    let ids = ["e", "absent", "c"].map(ArticleId::of_text);
    assert_eq!(titles(fresh.store.rows(&ids).unwrap()), ["e", "c"]);
}

#[test]
fn the_best_match_comes_first_and_equals_in_the_order_of_the_list() {
    let (fresh, _) = Fresh::with(&["parvis", "paris", "parxis", "lyon"]);
    let list = |query: &str| {
        let rows = fresh.store.list(&Query::parse(query).unwrap()).unwrap();
        rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    assert_eq!(list(""), ["parvis", "paris", "parxis", "lyon"]);
    assert_eq!(list("paris"), ["paris", "parvis", "parxis"]);
    assert!(list("zz").is_empty());
}

#[test]
fn all_or_nothing_is_added() {
    let mut fresh = fresh();
    let stray = tag(1, "ana", &[ArticleId::of_text("absent")], "+ia");
    let error = fresh.store.add_all(&[import("un")], &[stray], at(0)).unwrap_err();
    assert!(matches!(error, Error::NoSuch { what: "article", .. }), "{error}");
    assert_eq!(fresh.store.totals().unwrap().articles, 0);
    let right = tag(1, "ana", &[ArticleId::of_text("un")], "+ia");
    let added = fresh.store.add_all(&[import("un"), import("deux"), import("un")], &[right], at(0)).unwrap();
    assert!(matches!(added.as_slice(), [Added::New(_), Added::New(_), Added::Unchanged(_)]));
    assert_eq!(shown(&fresh.store), ["un:0 ia", "deux:0"]);
}

#[test]
fn an_id_may_be_shortened_as_long_as_it_is_one() {
    let texts: Vec<String> = (0..100).map(|n| format!("texte {n}")).collect();
    let (fresh, ids) = Fresh::with(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let prefix = |id: &ArticleId, length: usize| ArticleId::parse(&id.as_str()[..length]).unwrap();
    for id in &ids {
        assert_eq!(&fresh.store.find_article(id).unwrap(), id);
        assert_eq!(&fresh.store.find_article(&prefix(id, 9)).unwrap(), id);
    }
    let absent = ArticleId::parse("a0b0b0b0b").unwrap();
    assert_eq!(
        fresh.store.find_article(&absent).unwrap_err().to_string(),
        "there is no article a0b0b0b0b in the store"
    );
}

#[test]
fn an_ambiguous_id_names_its_candidates() {
    let (texts, shared) = twins();
    let (fresh, ids) = Fresh::with(&[&texts.0, &texts.1]);
    let error = fresh.store.find_article(&ArticleId::parse(&shared).unwrap()).unwrap_err();
    let Error::Ambiguous { candidates, .. } = &error else { panic!("{error}") };
    let mut ids: Vec<&str> = ids.iter().map(|id| &id.as_str()[..7]).collect();
    ids.sort_unstable();
    assert_eq!(candidates, &ids);
}

#[test]
fn a_shown_id_is_as_long_as_it_has_to_be() {
    let (mut fresh, ids) = Fresh::with(&["un", "deux"]);
    assert_eq!(fresh.store.shown_article(&ids[0]).unwrap(), ids[0].as_str()[..7]);
    // Ids that share more than seven characters can't be made here, so the store is told one.
    let twin =
        format!("{}{}", &ids[0].as_str()[..9], if &ids[0].as_str()[9..] < "5" { "9z9z9z9z" } else { "0b0b0b0b" });
    let conn = rusqlite::Connection::open(fresh.store.path()).unwrap();
    conn.execute(
        "INSERT INTO article (public_id, revision, title, words, imported) VALUES (?1, 1, 'x', 0, 0)",
        [&twin],
    )
    .unwrap();
    fresh.store = fresh.store.reader().unwrap();
    let shown = fresh.store.shown_article(&ids[0]).unwrap();
    assert_eq!(shown, ids[0].as_str()[..10]);
    assert!(!twin.starts_with(&shown));
}

/// Two texts whose ids share their first five characters, and these.
fn twins() -> ((String, String), String) {
    let mut seen = std::collections::HashMap::new();
    for n in 0.. {
        let text = format!("jumeau {n}");
        let id = ArticleId::of_text(&text);
        if let Some(other) = seen.insert(id.as_str()[..5].to_owned(), text.clone()) {
            return ((other, text), id.as_str()[..5].to_owned());
        }
    }
    unreachable!("there are 40,000 beginnings")
}

#[test]
fn reading_is_plain_state_that_survives() {
    let (mut fresh, ids) = Fresh::with(&["été", "deux"]);
    fresh.store.set_read(&ids[0], true).unwrap();
    fresh.store.set_place(&ids[0], 3).unwrap();
    let fresh = fresh.reopen();
    let opened = fresh.store.opened(&ids[0]).unwrap();
    assert_eq!((opened.row.read, opened.place), (true, 3));
    assert!(fresh.store.log(9).unwrap().is_empty());
    let mut fresh = fresh;
    // A place within a letter, or beyond the end, is the boundary before it.
    for (place, expected) in [(1, 0), (99, 5), (usize::MAX, 5)] {
        fresh.store.set_place(&ids[0], place).unwrap();
        assert_eq!(fresh.store.opened(&ids[0]).unwrap().place, expected);
    }
    fresh.store.set_read(&ids[0], false).unwrap();
    assert!(!fresh.store.first_rows(1).unwrap()[0].read);
    assert!(matches!(fresh.store.set_read(&ArticleId::of_text("absent"), true), Err(Error::NoSuch { .. })));
    assert_sound(&fresh.store);
}

#[test]
fn what_is_so_already_is_not_written_again() {
    let (mut fresh, ids) = Fresh::with(&["un"]);
    fresh.store.set_read(&ids[0], true).unwrap();
    let reader = fresh.store.reader().unwrap();
    let version = reader.data_version().unwrap();
    fresh.store.set_read(&ids[0], true).unwrap();
    fresh.store.set_place(&ids[0], 0).unwrap();
    fresh.store.add(&import("un"), at(9)).unwrap();
    fresh.store.record(&tag(1, "ana", &ids, "-ia")).unwrap();
    assert_eq!(reader.data_version().unwrap(), version);
    fresh.store.record(&tag(1, "ana", &ids, "+ia")).unwrap();
    assert_ne!(reader.data_version().unwrap(), version);
}

#[test]
fn claims_tags_and_the_place_go_with_the_words_into_a_new_revision() {
    let text = "Un début. « Oui », dit Ève. « Non », dit Noé.";
    let later = "Une correction. Un début. « Oui », dit Ève. Une fin.";
    let mut fresh = fresh();
    let id = fresh.store.add(&import_from("/a", text), at(0)).unwrap().id().clone();
    fresh.store.record(&claims(1, "ana", &[claim(text, "Oui", "Ève"), claim(text, "Non", "Noé")])).unwrap();
    fresh.store.record(&tag(2, "ana", std::slice::from_ref(&id), "+ia")).unwrap();
    fresh.store.set_place(&id, text.find("« Oui").unwrap()).unwrap();

    let moves = Moves { moved: 1, review: 0, orphaned: 1 };
    assert_eq!(fresh.store.add(&import_from("/a", later), at(1)).unwrap(), Added::Updated(id.clone(), moves));
    let opened = fresh.store.opened(&id).unwrap();
    assert_eq!(opened.row.tags.len(), 1);
    assert_eq!(opened.row.claims, 2);
    let [oui, non] = opened.claims.as_slice() else { panic!("{:?}", opened.claims) };
    assert_eq!((oui.anchor, oui.claim.parts[0].of(later), oui.revision), (Anchor::Moved, "Oui", 2));
    assert_eq!((non.anchor, non.claim.parts.len(), non.quote.as_str()), (Anchor::Orphan, 0, "Non"));
    assert_sound(&fresh.store);

    // The orphan comes back with its words, also when it was undone and done again meanwhile.
    fresh.store.undo("ana", crate::fixture::group(3), at(2)).unwrap();
    fresh.store.undo("ana", crate::fixture::group(4), at(2)).unwrap();
    assert!(fresh.store.opened(&id).unwrap().claims.is_empty());
    let last = format!("{later} « Non », dit Noé.");
    fresh.store.add(&import_from("/a", &last), at(3)).unwrap();
    fresh.store.redo("ana", crate::fixture::group(5), at(4)).unwrap();
    let opened = fresh.store.opened(&id).unwrap();
    assert_eq!(opened.claims[1].anchor, Anchor::Moved);
    assert_eq!(opened.claims[1].claim.parts[0].of(&last), "Non");
    assert_sound(&fresh.store);
}

#[test]
fn a_doubtful_place_is_shown_until_a_person_or_a_later_text_settles_it() {
    let line = "Il a répondu : « Non, jamais », et il est parti sans un mot de plus.\n";
    let text = format!("Premier juge.\n{line}");
    let twice = format!("Premier juge, mardi.\n{line}Un autre a demandé.\n{line}");
    let mut fresh = fresh();
    let id = fresh.store.add(&import_from("/a", &text), at(0)).unwrap().id().clone();
    let new = claim(&text, "Non, jamais", "Noé");
    fresh.store.record(&claims(1, "ana", std::slice::from_ref(&new))).unwrap();
    let see = |fresh: &Fresh| {
        let opened = fresh.store.opened(&id).unwrap();
        let claim = &opened.claims[0];
        (claim.anchor, claim.claim.parts[0].start, claim.quote.clone())
    };
    let first = twice.find("Non").unwrap();
    let quote = || "Non, jamais".to_owned();

    let moves = Moves { moved: 0, review: 1, orphaned: 0 };
    assert_eq!(fresh.store.add(&import_from("/a", &twice), at(1)).unwrap(), Added::Updated(id.clone(), moves));
    assert_eq!(see(&fresh), (Anchor::Review, first, quote()));
    assert_sound(&fresh.store);

    // Words that are doubtful there bring nothing with them: a later text shows where they belong.
    let later = format!("Premier juge, mardi.\n{line}");
    fresh.store.add(&import_from("/a", &later), at(2)).unwrap();
    assert_eq!(see(&fresh), (Anchor::Moved, first, quote()));

    let shouted = twice.replace("Non, jamais", "NON ! Jamais");
    fresh.store.add(&import_from("/a", &shouted), at(3)).unwrap();
    assert_eq!(see(&fresh), (Anchor::Review, first, quote()));
    let ranges = Ranges {
        text_sha256: text_sha256(&shouted),
        parts: vec![selector(&shouted, "NON ! Jamais")],
        cue: None,
        mention: None,
    };
    let taken = Deed::Amend { claims: vec![new.id], change: Box::new(Change::Ranges(ranges)) };
    fresh.store.record(&act(2, "ana", vec![taken])).unwrap();
    assert_eq!(see(&fresh), (Anchor::Exact, first, "NON ! Jamais".to_owned()));
    assert_sound(&fresh.store);
    fresh.store.undo("ana", crate::fixture::group(3), at(4)).unwrap();
    assert_eq!(see(&fresh), (Anchor::Review, first, quote()));
    assert_sound(&fresh.store);
}

#[test]
fn cue_and_mention_go_with_their_claim() {
    let text = "Un début.\n\n« Il faut investir », dit Alexandr Wang, et dit Luc Roy aussi.\n";
    let later =
        text.replace("Un début.", "Un autre début, avec ce que dit la presse.").replace("« ", "“").replace(" »", "”");
    let mut fresh = fresh();
    let id = fresh.store.add(&import_from("/a", text), at(0)).unwrap().id().clone();
    let mut new = claim(text, "Il faut investir", "Alexandr Wang");
    (new.cue, new.mention) = (Some(selector(text, "dit")), Some(selector(text, "Alexandr Wang")));
    fresh.store.record(&claims(1, "ana", &[new])).unwrap();
    fresh.store.add(&import_from("/a", &later), at(1)).unwrap();
    let claim = fresh.store.opened(&id).unwrap().claims.remove(0).claim;
    assert_eq!(claim.cue.map(|cue| cue.start), later.find("dit Alexandr"));
    assert_eq!(claim.mention.map(|mention| mention.start), later.find("Alexandr"));
    assert_sound(&fresh.store);
}

#[test]
fn the_place_is_kept_by_its_words() {
    let text = "Premier paragraphe.\n\nDeuxième paragraphe, assez long pour être retrouvé tel quel dans la suite.";
    let later = format!("Une correction.\n\n{text}");
    let mut fresh = fresh();
    let id = fresh.store.add(&import_from("/a", text), at(0)).unwrap().id().clone();
    let place = text.find("Deuxième").unwrap();
    fresh.store.set_place(&id, place).unwrap();
    fresh.store.add(&import_from("/a", &later), at(1)).unwrap();
    assert_eq!(fresh.store.opened(&id).unwrap().place, later.find("Deuxième").unwrap());
    // Words that are gone, but for those that follow.
    let cut = later.replace("Deuxième paragraphe, assez long pour être retrouvé tel quel", "Rien de tel n’est resté");
    let long = format!("{later} {}", "Et la suite, mot pour mot. ".repeat(4));
    fresh.store.add(&import_from("/a", &long), at(2)).unwrap();
    fresh.store.add(&import_from("/a", &format!("{cut} {}", "Et la suite, mot pour mot. ".repeat(4))), at(3)).unwrap();
    let place = fresh.store.opened(&id).unwrap().place;
    assert!(place >= cut.find("Rien").unwrap() && place <= cut.len() + 40, "{place}");
    // Words that are gone with all that follows: the same share of the text.
    fresh.store.add(&import_from("/a", &"é".repeat(50)), at(4)).unwrap();
    let place = fresh.store.opened(&id).unwrap().place;
    assert!(place > 0 && place < 100 && place.is_multiple_of(2), "{place}");
}

#[test]
fn a_text_with_anything_in_it_comes_back_as_it_came() {
    let text = "\u{0}NUL \u{1b}[31m \u{202e}bidi\u{202c} 'quote' \"double\" \u{feff}\r fin";
    let mut fresh = fresh();
    let mut import = import_from("/a", text);
    import.article.title = text.to_owned();
    import.raw = vec![0, 255, 254];
    let id = fresh.store.add(&import, at(0)).unwrap().id().clone();
    assert_eq!(fresh.store.opened(&id).unwrap().article, import.article);
    assert_sound(&fresh.store);
}
