//! Whole screens from keys: the reader on the five articles, as a person meets it, text and style runs.
//!
//! `INSTA_UPDATE=always cargo test --test screens` takes the screens anew.

use std::fmt::Write as _;

use dixit::import::seeds;
use dixit::model::{Act, Deed, Form, Subject, Tag};
use dixit::store::Store;
use dixit::tui::app::{Settings, Start};
use dixit::tui::key::parse_keys;
use dixit::tui::screen::{print_styles, print_text};
use dixit::tui::{Options, Stage};
use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

/// The reader on a store of its own that holds the five articles.
struct Reader {
    folder: TempDir,
    stage: Stage,
}

fn store(folder: &TempDir) -> Store {
    let mut store = Store::open(&folder.path().join("store.db")).expect("a store");
    if store.is_new() {
        let (articles, acts) = seeds::load().expect("the seeds");
        let then: Timestamp = "2026-11-20T09:00:00Z".parse().expect("a time");
        let added = store.add_all(&articles, &acts, then).expect("added");
        store.link(&added.iter().map(|added| added.id().clone()).collect::<Vec<_>>()).expect("linked");
    }
    store
}

fn stage(folder: &TempDir, width: u16, height: u16) -> Stage {
    let settings = Settings { user: "ana".into(), ..Settings::default() };
    let options = Options { store: store(folder), settings, state: None, start: Start::List, notice: None };
    Stage::new(options, (width, height)).expect("a stage")
}

impl Reader {
    fn new(width: u16, height: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = stage(&folder, width, height);
        Self { folder, stage }
    }

    fn press(mut self, keys: &str) -> Self {
        self.stage.press(&parse_keys(keys).expect(keys));
        self
    }

    /// Leaves the reader and opens it again.
    fn again(mut self, width: u16, height: u16) -> Self {
        self.stage.press(&parse_keys("Q").expect("Q"));
        drop(self.stage);
        Self { stage: stage(&self.folder, width, height), folder: self.folder }
    }

    fn text(&self) -> String {
        print_text(&self.stage.frame().buffer)
    }

    /// The rows, each without the spaces at its end.
    fn rows(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }

    fn styles(&self) -> String {
        print_styles(&self.stage.frame().buffer)
    }
}

#[test]
fn the_first_screen_lists_five_articles_with_56_claims() {
    insta::assert_snapshot!(Reader::new(120, 36).text());
}

#[test]
fn two_panes_from_80_columns() {
    let reader = Reader::new(80, 24);
    insta::assert_snapshot!("list_80", reader.text());
    insta::assert_snapshot!("text_80", reader.press("<enter>").text());
}

#[test]
fn one_pane_below() {
    let reader = Reader::new(60, 20);
    insta::assert_snapshot!("list_60", reader.text());
    let reader = reader.press("j<enter>");
    insta::assert_snapshot!("text_60", reader.text());
    insta::assert_snapshot!("claims_60", reader.press("<tab>").text());
}

#[test]
fn wang_leaves_the_articles_that_speak_of_wang() {
    let reader = Reader::new(120, 36).press("/wang");
    insta::assert_snapshot!("filter", reader.text());
    insta::assert_snapshot!("filter_styles", reader.styles());
}

#[test]
fn a_filter_that_finds_nothing_says_how_to_get_out() {
    let rows = Reader::new(80, 24).press("/xyzzy").rows();
    assert!(rows[1].contains("/ xyzzy") && rows[1].contains("0/5"), "{}", rows[1]);
    assert!(rows[3].contains("No article matches. Esc") && rows[4].contains("clears the filter."), "{rows:?}");
}

#[test]
fn filters_fold_on_both_sides() {
    for (filter, found) in
        [("strategie", "0/5"), ("americaines", "1/5"), ("l'ia", "2/5"), ("l’IA", "2/5"), ("konw", "1/5")]
    {
        let rows = Reader::new(120, 24).press(&format!("/{filter}")).rows();
        assert!(rows[1].contains(found), "{filter}: {}", rows[1]);
    }
}

#[test]
fn the_current_claim_its_cue_and_its_mention_are_lit() {
    let reader = Reader::new(120, 36).press("/wang<enter>j<enter>JJJ");
    insta::assert_snapshot!("claim", reader.text());
    insta::assert_snapshot!("claim_styles", reader.styles());
}

#[test]
fn every_claim_jumps_to_its_words() {
    for article in 0..5 {
        let mut reader = Reader::new(120, 16).press(&"j".repeat(article)).press("<enter>K");
        let claims: usize = {
            let header = &reader.rows()[0];
            let after = header.split("Claims").nth(1).expect("a header");
            after.trim().split(' ').next().expect("a number").parse().expect("a number")
        };
        for number in 1..=claims {
            let screen = reader.text();
            let label = dixit::tui::reader::label(number);
            assert!(screen.contains(&label), "claim {number} of article {article}:\n{screen}");
            assert!(screen.contains('▌'), "claim {number} of article {article} has its bar");
            reader = reader.press("J");
        }
    }
}

#[test]
fn claims_are_chosen_in_the_panel_and_shown_in_the_text() {
    let reader = Reader::new(120, 24).press("jjj<enter><tab>jj<enter>");
    insta::assert_snapshot!(reader.text());
}

#[test]
fn whose_claims_the_panel_shows_stays_in_sight() {
    let header = |keys: &str| Reader::new(120, 24).press(keys).rows()[0].clone();
    assert!(header("<enter><tab>").ends_with("Claims  18          8 wait"), "{}", header("<enter><tab>"));
    assert!(header("<enter><tab>9").ends_with("Claims  Alexandr W… 8 wait"), "{}", header("<enter><tab>9"));
}

#[test]
fn tags_are_put_on_seen_and_undone_also_after_a_restart() {
    let reader = Reader::new(120, 24).press("t+ia guerre<enter>");
    assert!(reader.rows()[23].contains("tagged 1 article +ia +guerre"), "{}", reader.rows()[23]);
    assert!(reader.rows()[3].contains("#guerre #ia"), "{}", reader.rows()[3]);
    let reader = reader.again(120, 24);
    assert!(reader.rows()[3].contains("#guerre #ia"));
    let reader = reader.press("u");
    assert!(!reader.text().contains("#ia"), "{}", reader.text());
    let reader = reader.again(120, 24).press("<c-r>");
    assert!(reader.rows()[3].contains("#guerre #ia"), "{}", reader.text());
}

#[test]
fn many_are_tagged_at_once_and_undone_as_one() {
    let reader = Reader::new(120, 24).press("M");
    assert!(reader.rows()[0].contains("5 marked"));
    let reader = reader.press("t+lu<enter>");
    assert!(reader.rows()[23].contains("tagged 5 articles +lu"));
    assert_eq!(reader.text().matches("#lu").count(), 6, "five in the list, one in the text's header");
    assert!(!reader.press("u").text().contains("#lu"));
}

#[test]
fn a_tag_is_completed_from_those_in_use() {
    let reader = Reader::new(120, 24).press("t+guerre<enter>jt+gu<tab><enter>");
    let list =
        reader.rows().into_iter().filter(|row| row.split('│').next().is_some_and(|list| list.contains("#guerre")));
    assert_eq!(list.count(), 2);
}

#[test]
fn a_claim_is_tagged_in_the_panel() {
    let reader = Reader::new(120, 24).press("<enter><tab>t+cle<enter>");
    assert!(reader.rows()[23].contains("tagged 1 claim +cle"), "{}", reader.rows()[23]);
    assert!(reader.text().contains("#cle"), "{}", reader.text());
}

#[test]
fn articles_are_removed_and_brought_back() {
    let reader = Reader::new(120, 24).press("mmD");
    assert!(reader.rows()[0].contains("3 · 25 claims"), "{}", reader.rows()[0]);
    assert!(reader.rows()[23].contains("removed 2 articles"));
    let reader = reader.again(120, 24);
    assert!(reader.rows()[0].contains("3 · 25 claims"));
    assert!(reader.press("u").rows()[0].contains("5 · 56 claims"));
}

#[test]
fn the_place_and_what_was_read_are_remembered() {
    let reader = Reader::new(120, 24).press("jj<enter><c-d><c-d>j");
    let line = reader.rows()[1].clone();
    let reader = reader.again(120, 24);
    assert!(!reader.rows()[7].contains('•'), "{}", reader.rows()[7]);
    assert_eq!(reader.press("jj<enter>").rows()[1].split('│').nth(1), line.split('│').nth(1));
}

#[test]
fn what_another_program_changed_is_taken_up() {
    let reader = Reader::new(120, 24);
    let mut other = store(&reader.folder);
    let row = other.first_rows(1).expect("rows").remove(0);
    let tag = Deed::Tag {
        subjects: vec![Subject::Article(row.id)],
        add: vec![Tag::new("ici").expect("a tag")],
        remove: vec![],
    };
    let act = Act { group: Uuid::now_v7(), annotator: "bob".into(), time: Timestamp::UNIX_EPOCH, deeds: vec![tag] };
    other.record(&act).expect("recorded");
    assert!(!reader.text().contains("#ici"));
    assert!(reader.press("j").rows()[3].contains("#ici"));
}

#[test]
fn the_same_claim_elsewhere_is_told_and_led_to_and_back() {
    // Shear's sentence in the first two articles, translated differently.
    let reader = Reader::new(120, 30).press("<enter>18");
    assert!(reader.text().contains("= also in TechCrunch"), "{}", reader.text());
    let reader = reader.press("=");
    assert!(reader.text().contains("¹³Il s’agit d’une mauvaise présentation"), "{}", reader.text());
    let reader = reader.press("=");
    assert!(reader.text().contains("¹⁸C’est une horrible façon"), "{}", reader.text());
    assert_eq!(Reader::new(120, 30).press("jjj=").rows()[29], " no other article tells this claim");
}

#[test]
fn zen_shows_the_text_alone() {
    insta::assert_snapshot!(Reader::new(120, 24).press("jjj<enter>z").text());
}

#[test]
fn headings_are_chosen_over_the_text() {
    let reader = Reader::new(80, 24).press("jjj<enter><f5>j");
    insta::assert_snapshot!(reader.text());
    assert!(reader.press("<enter>").rows()[1].contains("L’érosion de la collaboration ouverte"));
}

#[test]
fn the_place_is_kept_through_every_change_of_the_lines_and_a_restart() {
    let top = |reader: &Reader| {
        let row = reader.rows().into_iter().find(|row| row.contains("En revanche, la Chine"));
        row.is_some_and(|row| !row.is_empty())
    };
    let mut reader = Reader::new(120, 24).press("jjj<enter>iip");
    assert!(reader.rows()[1].contains("En revanche, la Chine"), "{}", reader.text());
    for keys in ["z", "---", "++", "<esc>", "c", "c", "<tab><s-tab>", "t+x<enter>", "u"] {
        reader = reader.press(keys);
        assert!(top(&reader), "{keys}: {}", reader.text());
    }
    for (width, height) in [(60, 20), (80, 24), (200, 50), (120, 24)] {
        reader.stage.resize(width, height);
        assert!(top(&reader), "{width}×{height}: {}", reader.text());
    }
    let reader = reader.again(80, 24).press("jjj<enter>");
    assert!(reader.rows()[1].contains("En revanche, la Chine"), "{}", reader.text());
}

#[test]
fn words_parted_at_a_line_end_are_found_and_marked_whole() {
    let reader = Reader::new(120, 24).press("jjj<enter>z");
    let parted = reader.rows().iter().any(|row| row.ends_with("préoccu-"));
    assert!(parted, "{}", reader.text());
    let reader = reader.press("/preoccupation");
    assert!(reader.rows()[23].contains("/preoccupation  1/"), "{}", reader.rows()[23]);
}

#[test]
fn help_shows_the_keys_of_the_place() {
    insta::assert_snapshot!(Reader::new(100, 30).press("?").text());
}

#[test]
fn a_small_screen_shows_what_it_can() {
    insta::assert_snapshot!(Reader::new(20, 5).text());
}

#[test]
fn a_speaker_is_chosen_from_a_list_that_follows_what_is_typed() {
    let reader = Reader::new(120, 36).press("jjjj<enter>14s");
    insta::assert_snapshot!("speakers", reader.text());
    insta::assert_snapshot!("speakers_typed", reader.press("AL").text());
    let rows = Reader::new(80, 24).press("jjj<enter>3sÉve Lot").rows();
    assert!(rows.iter().any(|row| row.contains("▌ new: Éve Lot  person")), "{rows:#?}");
    assert_eq!(rows[23], " speaker: Éve Lot");
}

#[test]
fn the_panel_is_narrowed_to_what_waits() {
    let reader = Reader::new(120, 36).press("jjjj<enter><tab>F");
    insta::assert_snapshot!("narrowed", reader.text());
    insta::assert_snapshot!("narrowed_60", Reader::new(60, 20).press("jjjj<enter><tab>F").text());
}

#[test]
fn claims_are_related_across_articles_and_told_so_at_both_ends() {
    let reader = Reader::new(120, 36).press("<enter>2R");
    assert!(reader.rows()[35].ends_with("R: the other claim"), "{}", reader.rows()[35]);
    let reader = reader.press("qj<enter>2R");
    insta::assert_snapshot!("relate", reader.text());
    let reader = reader.press("2<tab>");
    insta::assert_snapshot!("related", reader.text());
    let reader = reader.press("q");
    assert!(Reader::again(reader, 120, 36).press("<enter>2").text().contains("+ supports (TechCrunch)"));
}

#[test]
fn a_relation_is_taken_back_where_it_was_made() {
    let reader = Reader::new(120, 36).press("<enter>2RJR4");
    assert!(reader.text().contains("≠ contradicts 2"), "{}", reader.text());
    let reader = reader.press("KRJR");
    assert!(reader.text().contains("4 no more: contradicts"), "{}", reader.text());
    assert!(!reader.press("4").text().contains("≠ contradicts"));
    let reader = Reader::new(120, 36).press("<enter>RR");
    assert!(reader.rows()[35].contains("let go"), "{}", reader.rows()[35]);
}

#[test]
fn what_waits_to_be_linked_is_linked_while_somebody_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut unlinked = Store::open(&folder.path().join("store.db")).expect("a store");
    let (articles, acts) = seeds::load().expect("the seeds");
    unlinked.add_all(&articles, &acts, "2026-11-20T09:00:00Z".parse().expect("a time")).expect("added");
    drop(unlinked);
    drop(stage(&folder, 120, 36));
    let mut store = store(&folder);
    assert_eq!(store.link_waiting(99).expect("nothing waits"), 0);
    let rows = store.list(&dixit::query::Query::default()).expect("articles");
    let twins =
        |id| store.opened(id).expect("an article").claims.iter().map(|claim| claim.same_as.len()).sum::<usize>();
    assert!(rows.iter().map(|row| twins(&row.id)).sum::<usize>() > 0);
}

#[test]
fn claims_and_speakers_are_listed_and_a_speaker_has_a_page() {
    for (width, height) in [(120, 36), (80, 24), (60, 20)] {
        let reader = Reader::new(width, height).press("gc");
        insta::assert_snapshot!(format!("pivot_claims_{width}"), reader.text());
        let reader = reader.press("gs");
        insta::assert_snapshot!(format!("pivot_speakers_{width}"), reader.text());
        insta::assert_snapshot!(format!("pivot_page_{width}"), reader.press("<enter>").text());
    }
}

/// What stands behind the cursor's bar in the left pane.
fn under_cursor(reader: &Reader) -> Vec<String> {
    let left = |row: &String| row.split('│').next().unwrap_or_default().trim_end().to_owned();
    reader.rows().iter().map(left).filter(|row| row.starts_with('▌')).collect()
}

#[test]
fn a_claim_leads_to_its_words_and_back_to_its_row() {
    let reader = Reader::new(120, 36).press("gcjjjj");
    let here = under_cursor(&reader);
    assert_eq!(here[0], "▌  Augmenter les dépenses publiques dans les données et");
    for back in ["q", "<esc>", "<c-o>"] {
        let text = Reader::new(120, 36).press("gcjjjj<enter>");
        assert!(text.rows()[0].contains("Claims  Alexandr W…"), "the claim's text has the panel: {}", text.rows()[0]);
        let reader = text.press(back);
        assert_eq!(under_cursor(&reader), here, "after {back}");
    }
}

#[test]
fn the_way_from_a_speaker_to_a_claim_leads_back_to_the_page_and_the_list() {
    let reader = Reader::new(120, 36).press("gsjjj<enter>jj");
    let page = reader.text();
    assert!(page.contains("Andy Konwinski"), "{page}");
    let reader = reader.press("<enter>");
    assert!(!reader.rows()[0].contains("Speaker "), "{}", reader.rows()[0]);
    let reader = reader.press("q");
    assert_eq!(reader.text(), page);
    let reader = reader.press("q");
    assert_eq!(under_cursor(&reader).len(), 2, "the row of the list: {}", reader.text());
    assert!(under_cursor(&reader)[0].contains("Andy Konwinski"));
}

#[test]
fn one_filter_holds_for_articles_claims_and_speakers() {
    let reader = Reader::new(120, 36).press("/shear<enter>");
    let header = |reader: &Reader| reader.rows()[0].split('│').next().unwrap_or_default().trim().to_owned();
    let articles = header(&reader);
    let reader = reader.press("gc");
    assert_eq!(header(&reader), "Claims  2 of 2 articles");
    let reader = reader.press("gs");
    assert_eq!(header(&reader), "Speakers  1");
    let reader = reader.press("ga");
    assert_eq!(header(&reader), articles);
    let reader = reader.press("gs<esc>");
    assert_eq!(header(&reader), "Speakers  14");
}

#[test]
fn words_mean_what_is_said_in_one_list_and_who_says_it_in_the_other() {
    let reader = Reader::new(120, 36).press("gc/horrible");
    assert!(reader.rows()[0].contains("Claims  1 of 1 article"), "{}", reader.rows()[0]);
    let reader = Reader::new(120, 36).press("gs/softbank");
    assert!(reader.rows()[0].contains("Speakers  1"), "{}", reader.rows()[0]);
    assert!(under_cursor(&reader)[0].contains("CEO de SoftBank"));
}

#[test]
fn a_speaker_is_renamed_everywhere_and_undone() {
    let reader = Reader::new(120, 36).press("gs<enter>e1<c-u>A. Wang<enter>");
    assert!(under_cursor(&reader).iter().all(|row| row.starts_with('▌')));
    assert!(reader.text().contains("│  A. Wang"), "the page stays with its speaker: {}", reader.text());
    let reader = reader.press("u");
    assert!(reader.text().contains("│  Alexandr Wang"), "{}", reader.text());
}

#[test]
fn a_name_that_exists_is_refused_and_what_was_typed_is_kept() {
    let reader = Reader::new(120, 36).press("gsje1<c-u>Donald Trump<enter>");
    assert!(reader.text().contains("rename Sam Altman to: Donald Trump"), "{}", reader.text());
    let reader = reader.press("<esc>");
    assert!(under_cursor(&reader)[0].contains("Sam Altman"));
}

#[test]
fn speakers_get_a_role_and_a_kind_and_are_merged() {
    let reader = Reader::new(120, 36).press("gsje2<c-u>patron d’OpenAI<enter>");
    assert!(under_cursor(&reader)[0].contains("Sam Altman patron d’OpenAI"), "{}", reader.text());
    let reader = reader.press("e3");
    assert!(reader.text().contains("organisation") || reader.text().contains("organization"), "{}", reader.text());
    let reader = reader.press("<esc>e4Donald Trump<enter>");
    assert!(reader.rows()[0].contains("Speakers  13"), "{}", reader.text());
    assert!(reader.press("u").rows()[0].contains("Speakers  14"));
}

/// From opening the fifth article to one that is reviewed, tagged and annotated: keys, and what they do. The README
/// tells the same in a table.
const TOUR: &[(&str, &str)] = &[
    ("jjjj<enter>", "the fifth article opens, its claims numbered in the text and listed beside it"),
    ("<tab>F", "in the claims panel: only the claims that wait for a review"),
    ("a", "the first one is right: accepted, and on to the next"),
    ("s", "who says this one? The likely speakers, those of the article first"),
    ("Altman", "a few letters of the name are enough"),
    ("<enter>", "taken; nothing waits any more"),
    ("FFFt+vérifié<enter>", "all claims again, and a tag on this one"),
    ("<esc>ggt+ia<enter>", "back in the text, at its top, a tag on the article"),
    ("vis", "the cursor is in the text, and its sentence is selected; q takes what is quoted, arrows any words"),
    ("<enter>", "a claim of it: who says it?"),
    ("<enter><enter>", "the likely speaker and the likely form: the claim is made"),
    ("gs", "everybody who speaks in the five articles"),
    ("<enter>", "the page of a speaker: roles, other names, all they said"),
    ("gagh", "the articles again, and what was done"),
    ("<esc>u", "the claim made last is taken back; Ctrl-r would make it again"),
];

/// The screen's text, its times of day masked: they are when the test ran.
fn timeless(text: &str) -> String {
    const TIME: &str = "0000-00-00 00:00";
    let mut timeless = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let time = rest.get(..TIME.len()).filter(|t| t.replace(|c: char| c.is_ascii_digit(), "0") == TIME);
        timeless.push_str(if time.is_some() { "YYYY-MM-DD HH:MM" } else { &rest[..letter.len_utf8()] });
        rest = &rest[time.map_or(letter.len_utf8(), str::len)..];
    }
    timeless
}

/// Keys as the README writes them: `j j Tab F`.
fn told(keys: &str) -> String {
    let keys = keys.replace("<enter>", " Enter ").replace("<tab>", " Tab ").replace("<esc>", " Esc ");
    keys.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_tour_from_opening_an_article_to_one_that_is_annotated() {
    let mut reader = Reader::new(120, 36);
    let mut manual = String::new();
    for (step, (keys, words)) in TOUR.iter().enumerate() {
        reader = reader.press(keys);
        let _ = writeln!(manual, "{}. {}: {words}\n\n{}\n", step + 1, told(keys), timeless(&reader.text()));
    }
    insta::assert_snapshot!("tour", manual);
}

#[test]
fn the_readme_tells_the_same_tour() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    for (keys, words) in TOUR {
        let line = format!("| `{}` | {words} |", told(keys));
        assert!(readme.contains(&line), "the README lacks: {line}");
    }
}

#[test]
fn a_quotation_becomes_a_claim_with_its_speaker_by_five_keys_and_one_takes_it_back() {
    let reader = Reader::new(120, 36).press("j<enter>");
    let claims = |reader: &Reader| {
        let store = store(&reader.folder);
        let rows = store.list(&dixit::query::Query::default()).expect("articles");
        let claims = rows.iter().flat_map(|row| store.opened(&row.id).expect("an article").claims);
        let made = claims.filter(|claim| claim.annotator == "ana");
        made.map(|claim| (claim.quote, claim.claim.speaker.map(|s| s.name), claim.claim.form)).collect::<Vec<_>>()
    };
    let reader = reader.press("vq<enter><enter><enter>");
    let made = claims(&reader);
    assert!(matches!(&made[..], [(_, Some(_), Form::Direct)]), "{made:?}");
    assert_eq!(claims(&reader.press("u")), []);
}
