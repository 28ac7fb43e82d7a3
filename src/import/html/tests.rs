//! Pages as browsers save them, good and hostile, and what becomes of them.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::import::Origin;
use crate::model::Lang;
use crate::model::article::Article;

fn import(bytes: &[u8]) -> Article {
    let mut found = None;
    let mut each = |imported| {
        found = Some(imported);
        Ok(())
    };
    crate::import::import(&Origin::INPUT, bytes, &mut each).unwrap();
    match found.unwrap() {
        Imported::Article(import) => import.article,
        Imported::Annotations(_) => panic!("annotations"),
    }
}

/// Checks the blocks of a fragment, each with the letter of its kind.
#[track_caller]
fn check(html: &str, expected: &[&str]) {
    assert_eq!(told(&fragment(html)), expected, "{html}");
}

fn told(blocks: &[(BlockKind, String)]) -> Vec<String> {
    let letter = |kind| match kind {
        BlockKind::Title => 'T',
        BlockKind::Paragraph => 'P',
        BlockKind::Heading => 'H',
        BlockKind::ListItem => 'L',
        BlockKind::BlockQuote => 'Q',
        BlockKind::Attribution => 'A',
        BlockKind::Post => '@',
    };
    blocks.iter().map(|(kind, words)| format!("{} {words}", letter(*kind))).collect()
}

#[test]
fn markup_says_what_a_block_is() {
    check(
        "<h2>Un <em>inter</em>titre</h2><p>Il&nbsp;pleut <a href='/x'>encore</a>,\n dit-on.</p>Seul<ul><li><p>un</p></li><li>deux<ul><li>trois</ul></ul>",
        &["H Un intertitre", "P Il\u{a0}pleut encore, dit-on.", "P Seul", "L un", "L deux", "L trois"],
    );
    check("Un<br>deux<br><br>trois<table><tr><td>a</td><td>b</td></tr></table>", &["P Un\ndeux", "P trois", "P a b"]);
    check("<pre>Un\ndeux\n\ntrois</pre>", &["P Un\ndeux", "P trois"]);
}

#[test]
fn quotations_and_whose_they_are() {
    check(
        "<blockquote><p>Non.</p><p>Jamais.</p><cite>Jeanne Roy</cite></blockquote>",
        &["Q Non.", "Q Jamais.", "A Jeanne Roy"],
    );
    check(
        "<blockquote><p>Non.</p><p>— <cite>Jeanne Roy</cite>, maire</p></blockquote>",
        &["Q Non.", "A — Jeanne Roy, maire"],
    );
    check("<blockquote><p>J’ai lu <cite>Germinal</cite> hier.</p></blockquote>", &["Q J’ai lu Germinal hier."]);
    check("<blockquote>Non.<footer>– <cite>Jeanne Roy</cite></footer></blockquote>", &["Q Non.", "A – Jeanne Roy"]);
    check("<blockquote><p>Non.</p><p>— Jeanne Roy, maire</p></blockquote>", &["Q Non.", "A — Jeanne Roy, maire"]);
    check(
        "<figure><blockquote>Non.</blockquote><figcaption>Jeanne Roy</figcaption></figure>",
        &["Q Non.", "A Jeanne Roy"],
    );
}

#[test]
fn embedded_posts_are_one_block() {
    check(
        "<p>Il écrit :</p><blockquote class='twitter-tweet' data-lang='fr'><p lang='fr'>On y va !<br>Vite.</p>&mdash; Jeanne Roy (@jroy) <a href='#'>21 janvier 2025</a></blockquote><p>Fin.</p>",
        &["P Il écrit :", "@ On y va !\nVite.\n— Jeanne Roy (@jroy) 21 janvier 2025", "P Fin."],
    );
}

#[test]
fn what_stands_around_an_article_is_passed_over() {
    check(
        "<figure><img alt='Une forêt'><figcaption>La forêt. © Roy</figcaption></figure><p>Oui.</p><aside>Non</aside>\
         <nav>Non</nav><div class='sharedaddy x'>Partager</div><p hidden>Non</p><script>non()</script>",
        &["P Oui."],
    );
}

const PAGE: &str = include_str!("../../../tests/fixtures/page.html");

#[test]
fn a_saved_page_is_an_article() {
    let article = import(PAGE.as_bytes());
    assert_eq!(
        article.title,
        "Le port de Brévent suspend ses grues\u{a0}: «\u{a0}On ne transige pas avec le vent\u{a0}»"
    );
    assert_eq!(
        (article.source.as_deref(), article.author.as_deref()),
        (Some("La Gazette du Littoral"), Some("Maëlle Quéré, Tanguy Le Bihan"))
    );
    assert_eq!(article.url.as_deref(), Some("https://gazette-littoral.example/economie/2026/11/20/port-grues-vent"));
    assert_eq!(article.published.unwrap().to_string(), "2026-11-20");
    assert_eq!(article.lang, Some(Lang::Fr));
    let blocks: Vec<_> =
        article.blocks.iter().map(|block| (block.kind, block.range.of(&article.text).to_owned())).collect();
    let told = told(&blocks);
    let starts: Vec<String> = told.iter().map(|block| block.chars().take(24).collect()).collect();
    assert_eq!(
        starts,
        [
            "T Le port de Brévent sus",
            "P Les rafales ont dépass",
            "P «\u{a0}Nous n’avons pas le ",
            "H Une semaine de retard",
            "P Les armateurs attenden",
            "Q La sécurité des docker",
            "A — Yvonne Kerdoncuff, s",
            "P Sur le réseau X, le mi",
            "@ L’État suivra ce dossi",
            "P Trois mesures sont à l",
            "L des anémomètres sur ch",
            "L une astreinte de nuit ",
            "P Le conseil se réunira "
        ],
        "{told:#?}"
    );
    for gone in ["Lire aussi", "Partager", "cookies", "newsletter", "© Photo", "Les plus lus", "Accueil"] {
        assert!(!article.text.contains(gone), "{gone}: {}", article.text);
    }
}

#[test]
fn a_page_is_decoded_as_it_declares_and_then_as_it_is() {
    let old = PAGE.replace(
        "<meta charset=\"utf-8\">",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">",
    );
    let expected = import(PAGE.as_bytes()).text;
    let (latin, _, lossy) = encoding_rs::WINDOWS_1252.encode(&old);
    assert!(!lossy);
    assert_eq!(import(&latin).text, expected);
    assert_eq!(import(old.as_bytes()).text, expected, "saved anew as UTF-8");
    let undeclared = PAGE.replace("<meta charset=\"utf-8\">", "");
    assert_eq!(import(&encoding_rs::WINDOWS_1252.encode(&undeclared).0).text, expected);
    let wide: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(import(&[b"\xff\xfe", wide.as_slice()].concat()).text, expected);
    let ascii: Vec<u8> = "<!DOCTYPE html><title>Le vent</title><p>Il a fait beau hier."
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(import(&ascii).text, "Le vent\n\nIl a fait beau hier.");
}

#[test]
fn pages_are_told_by_their_content() {
    for page in [
        "<!DOCTYPE html>",
        " \n<HTML>",
        "\u{feff}<html>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>",
        "<!-- x --><body>",
        "<p>Un",
    ] {
        assert!(recognises(page.as_bytes()), "{page}");
    }
    for other in ["", "<", "< p>", "Un <html>", "<?xml version='1.0'?><rss>", "<!-- x", "<pantoufle>"] {
        assert!(!recognises(other.as_bytes()), "{other}");
    }
}

#[test]
fn a_page_without_an_article_is_read_flat() {
    let article = import(
        "<html><title>Brèves | La Gazette</title><body><p>Il pleut.<p>Il neige &agrave; Brest.</html>".as_bytes(),
    );
    assert_eq!(article.text, "Brèves | La Gazette\n\nIl pleut.\n\nIl neige à Brest.");
}

#[test]
fn deep_pages_still_give_their_text() {
    for (open, n) in [("<div>", 100_000), ("<b>", 100_000), ("<table><tr><td>", 10_000), ("<p><b x=1><i>", 50_000)] {
        let page = format!("<html><body>{}Le vent a forci.</body>", open.repeat(n));
        assert_eq!(import(page.as_bytes()).text, "Le vent a forci.", "{open}");
    }
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=x")).collect();
    assert_eq!(import(format!("<html><p{attributes}>Le vent a forci.").as_bytes()).text, "Le vent a forci.");
}

#[test]
fn the_address_that_a_browser_noted() {
    let noted = |html: &str| saved_from(html);
    let url = Some("https://gazette.example/a/1".to_owned());
    assert_eq!(noted("<!DOCTYPE html>\n<!-- saved from url=(0027)https://gazette.example/a/1 -->\n<html>"), url);
    assert_eq!(
        noted("<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://gazette.example/a/1 \n-->"),
        url
    );
    assert_eq!(noted("<!-- saved from url=(0024)https://gazette.example/ -->"), None);
    assert_eq!(noted(""), None);
}
