//! The rules of French and English lines, one small text each, and what holds for every text.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::*;

fn whole(text: &str) -> Stretch {
    Stretch::plain(ByteRange::new(0, text.len()))
}

/// The lines as they are seen.
fn seen(flow: &Flow, text: &str, marks: &[Mark<'_>]) -> Vec<String> {
    let draw = |i| {
        let mut line = String::new();
        for piece in flow.pieces(i, text, marks) {
            while width(&line) < piece.col {
                line.push(' ');
            }
            line.push_str(&piece.shown);
        }
        line
    };
    (0..flow.lines.len()).map(draw).collect()
}

#[track_caller]
fn check(text: &str, measure: u16, lines: &[&str]) {
    let flow = flow(text, &[whole(text)], &[], measure);
    assert_eq!(seen(&flow, text, &[]), lines);
}

#[test]
fn french_marks_stay_with_their_word() {
    check("Elle dit « oui » hier", 11, &["Elle dit", "« oui »", "hier"]);
    check("Elle dit «\u{a0}oui\u{a0}» hier", 11, &["Elle dit", "«\u{a0}oui\u{a0}»", "hier"]);
    check("Elle dit «\u{202f}oui\u{202f}» hier", 11, &["Elle dit", "«\u{202f}oui\u{202f}»", "hier"]);
    check("Et alors pourquoi ? Non", 17, &["Et alors", "pourquoi ? Non"]);
    check("il a perdu 100 % hier", 14, &["il a perdu", "100 % hier"]);
    check("plus de 100 000 emplois", 12, &["plus de", "100 000", "emplois"]);
    check("– Emmet Shear", 8, &["– Emmet", "Shear"]);
}

#[test]
fn the_dashes_of_an_aside_stay_with_it() {
    check("trois – OpenAI, Meta – bloquent", 12, &["trois", "– OpenAI,", "Meta –", "bloquent"]);
    check("un – deux", 6, &["un", "– deux"]);
}

#[test]
fn glue_gives_way_where_a_word_is_wider_than_the_line() {
    check("« anticonstitutionnel »", 12, &["«", "anticonstitu", "tionnel »"]);
}

#[test]
fn words_break_at_hyphens_and_soft_hyphens() {
    check("une avant-garde", 10, &["une avant-", "garde"]);
    check("aux États-Unis", 10, &["aux", "États-Unis"]);
    check("anti\u{ad}consti\u{ad}tution", 12, &["anticonsti-", "tution"]);
    check("a\u{200b}b", 1, &["a", "b"]);
    check("de -5 à 2025-01", 8, &["de -5 à", "2025-01"]);
}

/// The lines of one stretch, as they are seen.
#[track_caller]
fn check_set(stretch: Stretch, text: &str, measure: u16, lines: &[&str]) {
    let flow = flow(text, &[stretch], &[], measure);
    assert_eq!(seen(&flow, text, &[]), lines);
}

#[track_caller]
fn check_parted(language: Language, text: &str, measure: u16, lines: &[&str]) {
    check_set(Stretch { language: Some(language), ..whole(text) }, text, measure, lines);
}

#[test]
fn words_are_parted_by_the_patterns_of_their_language() {
    check_parted(Language::French, "un développement", 12, &["un dévelop-", "pement"]);
    check_parted(Language::English, "a development too", 12, &["a develop-", "ment too"]);
    check_parted(Language::French, "un de\u{301}veloppement", 12, &["un de\u{301}velop-", "pement"]);
    check_parted(Language::French, "« intelligence »", 11, &["« intelli-", "gence »"]);
    check_parted(Language::French, "d’intelligence et", 10, &["d’intelli-", "gence et"]);
}

#[test]
fn the_language_of_a_quotation_is_told_by_its_small_words() {
    assert_eq!(Language::of("The war of words is over, and we won."), Some(Language::English));
    assert_eq!(Language::of("La guerre des mots est finie."), Some(Language::French));
    assert_eq!(Language::of("Oui ! OpenAI, ChatGPT."), None);
}

#[test]
fn names_addresses_numbers_and_words_with_hyphens_stay_whole() {
    for text in [
        "de Macron",
        "de TechCrunch",
        "de l’Élysée",
        "mot n1intelligence2",
        "mot intelligence.org",
        "une anti-reproduction",
    ] {
        let flow = flow(text, &[Stretch { language: Some(Language::French), ..whole(text) }], &[], 14);
        assert!(flow.lines.iter().all(|line| !line.hyphen), "{text}: {:?}", seen(&flow, text, &[]));
    }
    // A long capitalised word is parted like others.
    check_parted(Language::French, "les Gouvernements", 12, &["les Gouver-", "nements"]);
    // Where the author has put hyphens, these count alone.
    check_parted(Language::French, "une in\u{ad}telligence rare", 15, &["une in-", "telligence rare"]);
}

#[test]
fn at_most_two_lines_in_a_row_end_in_a_hyphen_and_no_syllable_stands_alone() {
    let text = "développement ".repeat(12);
    for measure in 17..30 {
        let flow = flow(
            text.trim_end(),
            &[Stretch { language: Some(Language::French), ..whole(text.trim_end()) }],
            &[],
            measure,
        );
        let hyphens: Vec<bool> = flow.lines.iter().map(|line| line.hyphen).collect();
        assert!(!hyphens.windows(3).any(|three| three == [true; 3]), "{measure}: {hyphens:?}");
        let last = flow.lines[hyphens.len() - 1].range.of(text.trim_end());
        assert!(last.chars().count() >= 6, "{measure}: {last}");
    }
}

#[test]
fn justified_lines_reach_the_end_of_the_measure_but_the_last_one_and_torn_ones() {
    let justified = |text| Stretch { justified: true, ..whole(text) };
    let text = "un deux trois quatre";
    check_set(justified(text), text, 15, &["un  deux  trois", "quatre"]);
    let text = "« oui » deux intelligences";
    check_set(justified(text), text, 14, &["« oui »   deux", "intelligences"]);
    let text = "un intelligences";
    check_set(justified(text), text, 13, &["un", "intelligences"]);
}

#[test]
fn a_long_stretch_is_cut_where_a_sentence_ends() {
    let text = "Un mot dit. Les mots courent. ".repeat(1000);
    let plan = Plan::new(&text, &[whole(&text)], &[]);
    assert_eq!(plan.len(), 3);
    let lines = flow(&text, &[whole(&text)], &[], 40).lines;
    let ends = lines.iter().filter(|line| line.range.of(&text).len() < 20).count();
    assert!(ends <= 3, "only the last line of a part is short");
    for text in ["mot ".repeat(8000), "x".repeat(30_000), "日本".repeat(9000), "e\u{301}".repeat(9000)] {
        let lines = flow(&text, &[whole(&text)], &[], 40).lines;
        assert!(lines.windows(2).all(|two| two[0].range.end == two[1].range.start), "{}", &text[..8]);
        assert!(Plan::new(&text, &[whole(&text)], &[]).len() > 1);
    }
}

#[test]
fn a_window_shows_what_the_whole_text_has_there() {
    let text = (0..300).map(|i| format!("Un paragraphe de plus, le {i}, qui dit quelque chose.\n")).collect::<String>();
    let mut at = 0;
    let stretches: Vec<Stretch> = text
        .lines()
        .map(|line| {
            let range = ByteRange::new(at, at + line.len());
            at += line.len() + 1;
            Stretch { gap: 1, ..Stretch::plain(range) }
        })
        .collect();
    let all = flow(&text, &stretches, &[], 30).lines;
    let mut window = Window::new(Plan::new(&text, &stretches, &[]), 30);
    for at in [0, 5000, 5100, 2000, text.len()] {
        let row = window.go(&text, at);
        assert!(window.lines()[row].range.contains(at) || at == text.len());
        window.grow(&text, row + 40);
        let row = row + window.grow_back(&text, 40);
        let first = all.iter().position(|line| *line == window.lines()[row]).expect("the row");
        assert_eq!(window.lines()[..], all[first - row..first - row + window.lines().len()]);
        assert_eq!(window.row_of(at), Some(row));
    }
    assert!(window.has_end() && !window.has_start());
    window.grow_back(&text, usize::MAX);
    assert_eq!(window.lines(), all);
    let mut nothing = Window::new(Plan::default(), 30);
    assert_eq!((nothing.go("", 3), nothing.grow_back("", 1)), (0, 0));
}

#[test]
fn rows_are_kept_before_a_stretch_for_something_else() {
    let text = "un\ndeux";
    let stretches = [
        Stretch { gap: 1, lead: 2, ..Stretch::plain(ByteRange::new(0, 2)) },
        Stretch { gap: 1, lead: 1, ..Stretch::plain(ByteRange::new(3, 7)) },
    ];
    let rows: Vec<_> = flow(text, &stretches, &[], 9).lines.iter().map(|line| (line.gap, line.lead)).collect();
    let (gap, words) = ((true, None), (false, None));
    assert_eq!(rows, [(true, Some(0)), (true, Some(1)), gap, words, (true, Some(0)), gap, words]);
}

#[test]
fn addresses_break_at_slashes() {
    check("https://example.org/a/b", 14, &["https://", "example.org/a/", "b"]);
}

#[test]
fn wide_letters_and_combining_marks_keep_their_columns() {
    check("日本語の新聞", 5, &["日本", "語の", "新聞"]);
    check("e\u{301}te\u{301} ici", 3, &["e\u{301}te\u{301}", "ici"]);
    check("👩\u{200d}👩\u{200d}👧 oui", 4, &["👩\u{200d}👩\u{200d}👧", "oui"]);
}

#[test]
fn line_ends_within_a_stretch_are_spaces() {
    check("un\ndeux trois", 20, &["un deux trois"]);
}

#[test]
fn labels_take_room_and_stay_with_their_word() {
    let text = "Il dit « non » hier";
    let at = text.find("non").expect("non");
    let marks = [Mark { at, label: "¹²" }];
    let flow = flow(text, &[whole(text)], &marks, 9);
    assert_eq!(seen(&flow, text, &marks), ["Il dit", "« ¹²non »", "hier"]);
    let label: Vec<_> = flow.pieces(1, text, &marks).into_iter().filter(|piece| piece.mark.is_some()).collect();
    assert_eq!((label.len(), label[0].col), (2, 2));
}

#[test]
fn a_label_before_white_space_stands_on_the_line_of_its_word() {
    let text = "Il dit oui";
    let marks = [Mark { at: "Il dit".len(), label: "¹" }];
    let flow = flow(text, &[whole(text)], &marks, 6);
    assert_eq!(seen(&flow, text, &marks), ["Il dit", "¹oui"]);
}

#[test]
fn stretches_are_indented_hung_and_set_apart() {
    let text = "Titre\n\n1. un deux trois\nfin";
    let at = |words: &str| {
        let start = text.find(words).expect(words);
        ByteRange::new(start, start + words.len())
    };
    let stretches = [
        Stretch { indent: 0, hang: 0, gap: 1, ..Stretch::plain(at("Titre")) },
        Stretch { indent: 1, hang: 3, gap: 2, ..Stretch::plain(at("1. un deux trois")) },
        Stretch { indent: 0, hang: 0, gap: 0, ..Stretch::plain(at("fin")) },
    ];
    let flow = flow(text, &stretches, &[], 13);
    assert_eq!(seen(&flow, text, &[]), ["Titre", "", "", " 1. un deux", "    trois", "fin"]);
    assert_eq!(flow.lines[0].range.of(text), "Titre\n\n");
    assert_eq!(flow.line_of(text.len()), 5);
    assert_eq!(flow.line_of(text.find("1.").expect("item")), 3);
}

#[test]
fn excerpts_are_filled_line_by_line() {
    let text = "Dans une lettre ouverte publiée hier";
    let lines: Vec<&str> = fill(text, 24).into_iter().map(|range| range.of(text)).collect();
    assert_eq!(lines, ["Dans une lettre ouverte ", "publiée hier"]);
    assert!(fill("", 5).is_empty());
}

#[test]
fn nothing_gives_no_lines() {
    assert!(flow("", &[whole("")], &[], 10).lines.is_empty());
    assert_eq!(flow("x", &[], &[], 10).lines.len(), 1);
    assert_eq!(Flow::default().line_of(3), 0);
}

fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zé’]{1,12}",
        Just("anticonstitutionnellement".to_owned()),
        Just("Gouvernements".to_owned()),
        "[«»!?:;%,.…()“”-]",
        Just("anti\u{ad}consti".to_owned()),
        "[0-9]{1,4}",
        Just("日本".to_owned()),
        Just("👩\u{200d}👧".to_owned()),
        Just("e\u{301}".to_owned()),
        "\\PC{1,3}",
    ];
    let space =
        prop_oneof![Just(" "), Just("\u{a0}"), Just("\u{202f}"), Just(""), Just("  "), Just("\n"), Just("\u{200b}")];
    proptest::collection::vec((word, space), 0..60)
        .prop_map(|words| words.into_iter().map(|(word, space)| word + space).collect())
}

proptest! {
    #[test]
    fn every_byte_stands_in_one_line_and_no_line_is_too_wide(
        text in any_text(), measure in 1_u16..200, indent in 0_u16..6, hang in 0_u16..4, justified: bool, parted: bool,
        at in proptest::collection::vec(0_usize..400, 0..4),
    ) {
        // Blocks begin at letters.
        let letters = text.grapheme_indices(true).map(|(at, _)| at);
        let middle = letters.take_while(|at| *at <= text.len() / 2).last().unwrap_or(0);
        let language = parted.then_some(Language::French);
        let cut = |from, to| Stretch { range: ByteRange::new(from, to), indent, hang, gap: 1, lead: 0, language, justified };
        let stretches = [cut(0, middle), cut(middle, text.len())];
        let marks: Vec<Mark<'_>> = at.iter().map(|&at| Mark { at, label: "¹" }).collect();
        let flow = flow(&text, &stretches, &marks, measure);
        let mut next = 0;
        let mut labels = 0;
        for (i, line) in flow.lines.iter().enumerate().filter(|(_, line)| !line.gap) {
            prop_assert_eq!(line.range.start, next);
            prop_assert!(!line.range.is_empty());
            let mut cursor = unicode_segmentation::GraphemeCursor::new(next, text.len(), true);
            prop_assert!(cursor.is_boundary(&text, 0) == Ok(true), "a letter is cut at {}", next);
            next = line.range.end;
            let pieces = flow.pieces(i, &text, &marks);
            labels += pieces.iter().filter(|piece| piece.mark.is_some()).count();
            let end = pieces.last().map_or(0, |last| last.col + last.cells);
            let letters = pieces.iter().filter(|piece| piece.mark.is_none()).count();
            prop_assert!(end <= measure || letters <= 1, "{:?} at {}", line.range.of(&text), measure);
            prop_assert_eq!(flow.line_of(line.range.start), i);
        }
        prop_assert_eq!(next, text.len());
        prop_assert!(labels <= marks.len());
    }

    #[test]
    fn no_line_begins_with_a_closing_mark(words in proptest::collection::vec("[a-z]{1,8}", 1..30), measure in 14_u16..60) {
        let text: String = words.iter().enumerate().map(|(i, word)| match i % 3 {
            0 => format!("« {word} » "),
            1 => format!("{word} ? "),
            _ => format!("{word}\u{202f}; "),
        }).collect();
        let flow = flow(&text, &[Stretch { language: Some(Language::French), ..whole(&text) }], &[], measure);
        for line in seen(&flow, &text, &[]) {
            prop_assert!(!line.starts_with(['»', '?', ';']) && !line.ends_with('«'), "{line:?}");
        }
    }
}
