//! What a few letters find, what they don't, and what they rank first.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// Titles and speakers as they come from a store of French press.
const ROWS: [(&str, &str); 5] = [
    (
        "Dans une lettre ouverte publiée dans le Washington Post, Alexandr Wang, le PDG de Scale AI, exhorte la \
         nouvelle administration Trump à investir massivement dans l’intelligence artificielle.",
        "Alexandr Wang, Emmett Shear, travailleurs indépendants",
    ),
    (
        "Alexsandr Wang, de Scale AI, a publié une lettre ouverte exhortant Trump à investir dans l’IA",
        "Alexandr Wang, Emmett Shear, les rapports, travailleurs sous contrat",
    ),
    ("Course à l’IA : pourquoi l’alerte de Sam Altman sur la Chine doit rebattre les cartes américaines", "Sam Altman"),
    (
        "Le leadership américain en matière d’IA est menacé : l’Open Source est nécessaire pour rivaliser avec la Chine",
        "Andy Konwinski, les meilleurs chercheurs en IA",
    ),
    (
        "Donald Trump vient d’annoncer un investissement titanesque d’une valeur de 500 milliards de dollars dans \
         l’intelligence artificielle aux côtés d’OpenAI, Oracle et SoftBank.",
        "CEO de SoftBank, Donald Trump, OpenAI, Sam Altman, Tsarathustra, le communiqué officiel, les analystes Blackstone",
    ),
];

/// Which of the rows `words` finds.
fn rows(words: &str) -> Vec<usize> {
    let pattern = Pattern::new(words);
    let found = |&n: &usize| pattern.score(&[&fold(ROWS[n].0), &fold(ROWS[n].1)]).is_some();
    (0..ROWS.len()).filter(found).collect()
}

fn score(words: &str, text: &str) -> Option<i64> {
    Pattern::new(words).score(&[&fold(text)])
}

/// `text` with brackets around what `words` hits.
#[track_caller]
fn hits(words: &str, expected: &str) {
    let text = expected.replace(['[', ']'], "");
    let mut marked = text.clone();
    for hit in Pattern::new(words).hits(&text).iter().rev() {
        marked.insert(hit.end, ']');
        marked.insert(hit.start, '[');
    }
    assert_eq!(marked, expected);
}

#[test]
fn letters_find_the_rows_that_they_mean() {
    assert_eq!(rows("wang"), [0, 1]);
    assert_eq!(rows("konw"), [3]);
    assert_eq!(rows("konwski"), [3]);
    assert_eq!(rows("altmn"), [2, 4]);
    assert_eq!(rows("samalt"), [2, 4]);
    assert_eq!(rows("dtrump"), [4]);
    assert_eq!(rows("softbk"), [4]);
    assert_eq!(rows("l'ia"), [1, 2]);
    assert_eq!(rows("L’IA chine"), [2]);
    assert_eq!(rows("trump shear"), [0, 1]);
    assert_eq!(rows("trump konwinski"), [] as [usize; 0]);
    assert_eq!(rows(""), [0, 1, 2, 3, 4]);
}

#[test]
fn letters_scattered_over_a_text_are_no_find() {
    for (words, text) in [
        ("wang", "Washington"),
        ("wang", "une vague, un wagon, le gang"),
        ("konw", "knows how to know"),
        ("ia", "il a"),
        ("pdg", "pas de géant"),
        ("trum", "tres rumine"),
        ("chine", "charbon in extremis"),
        ("france", "Le franc est bas"),
    ] {
        assert_eq!(score(words, text), None, "{words} in {text}");
    }
}

#[test]
fn few_letters_may_be_left_out() {
    for (words, text) in [
        ("strat", "La stratégie"),
        ("altmn", "d’Altman"),
        ("konwnsk", "Konwinski"),
        ("semiconducteurs", "semi-conducteurs"),
        ("openai", "Open AI"),
        ("jbiden", "J. Biden"),
    ] {
        assert!(score(words, text).is_some(), "{words} in {text}");
    }
    // One letter for every three, from the start of the word on, in words of four letters at least.
    for (words, text) in [("konwnk", "konwiinska"), ("ltmn", "Altman"), ("wng", "Wang"), ("alman", "al demain")] {
        assert_eq!(score(words, text), None, "{words} in {text}");
    }
}

#[test]
fn better_finds_rank_higher() {
    let ranked = [
        "Chine : la course",
        "La Chine avance",
        "Chinese chips: a Chinexit",
        "La Chinexit",
        "Machines à voter",
        "La chainette",
        "Les chips néerlandaises",
    ];
    let scores: Vec<(Option<i64>, &str)> = ranked.iter().map(|text| (score("chine", text), *text)).collect();
    for pair in scores.windows(2) {
        assert!(pair[0].0 > pair[1].0, "{pair:?}");
    }
}

#[test]
fn each_word_may_stand_in_another_field_and_the_earlier_counts_more() {
    let pattern = Pattern::new("wang trump");
    assert!(pattern.score(&["lettre a trump", "alexandr wang"]).is_some());
    assert_eq!(pattern.score(&["lettre a trump", "sam altman"]), None);
    assert!(Pattern::new("wang").score(&["wang", "x"]) > Pattern::new("wang").score(&["x", "wang"]));
}

#[test]
fn an_empty_pattern_finds_all_and_marks_nothing() {
    assert!(Pattern::new(" \u{a0}\n").is_empty());
    assert_eq!(Pattern::default().score(&[]), Some(0));
    assert_eq!(Pattern::default().hits("abc"), []);
    assert_eq!(Pattern::new("a").score(&[]), None);
    assert_eq!(Pattern::new("É"), Pattern::new("e"));
}

#[test]
fn hits_are_whole_letters_of_the_source() {
    hits("strategie", "Une [stratégie] de la [STRATE\u{301}GIE]");
    hits("strat", "Une [strat]égie");
    hits("oe", "Un cœur, une [œ]uvre");
    hits("co", "Un [cœ]ur");
    hits("l'ia", "Course à [l’IA] : [l’IA]");
    hits("altmn", "Sam [Altm]a[n]");
    hits("samalt", "[Sam] [Alt]man");
    hits("e", "f[e\u{301}\u{302}]v[e]");
    hits("constitution", "anti-[consti\u{ad}tution]nel");
}

#[test]
fn hits_of_several_words_are_merged() {
    hits("wang alex", "[Alex]andr [Wang]");
    hits("alex exan", "[Alexan]dr");
    hits("al lex", "[Alex]andr");
    hits("wang altman", "Sam [Altman]");
    hits("konw", "Sam Altman");
}

#[test]
fn a_run_at_the_start_of_a_word_is_marked_alone() {
    hits("ia", "le social et l’[IA]");
    hits("ia", "le soc[ia]l");
}

#[test]
fn a_pattern_can_go_to_another_thread() {
    fn portable<T: Send + Sync + 'static>(_: &T) {}
    let pattern = Pattern::new("altmn");
    portable(&pattern);
    let there = std::thread::spawn(move || pattern.score(&["sam altman"]));
    assert_eq!(there.join().unwrap(), score("altmn", "Sam Altman"));
}

#[test]
fn long_fields_and_words_are_searched_for_runs_only() {
    let text = format!("{} sam altman", "x ".repeat(LONGEST_FIELD));
    assert!(score("altman", &text).is_some());
    assert_eq!(score("altmn", &text), None);
    assert!(score(&"long".repeat(5000), &"long".repeat(5001)).is_some());
    assert_eq!(score(&"long".repeat(5000), &"long ".repeat(5000)), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_found_where_it_is_marked(words in "[abœé’ ]{1,12}", text in "([abœée\u{301}’ \u{ad}]|\\PC){0,40}") {
        let pattern = Pattern::new(&words);
        let hits = pattern.hits(&text);
        let mut end = 0;
        for hit in &hits {
            prop_assert!(hit.start >= end && !hit.is_empty() && !hit.of(&text).is_empty(), "{:?}", hits);
            end = hit.end + 1;
        }
        if !pattern.is_empty() && pattern.score(&[&fold(&text)]).is_some() {
            prop_assert!(!hits.is_empty());
        }
    }

    #[test]
    fn what_stands_in_a_text_is_found(before in "[a-c ]{0,8}", word in "[a-c]{1,8}", after in "[a-c ]{0,8}") {
        let text = format!("{before}{word}{after}");
        prop_assert!(score(&word, &text).is_some());
    }

    #[test]
    fn the_letters_marked_spell_the_word(word in "[ab]{4,9}", text in "[ab ]{0,30}") {
        if score(&word, &text).is_some() && !text.contains(&word) {
            let spelt: String = Pattern::new(&word).hits(&text).iter().map(|hit| hit.of(&text)).collect();
            prop_assert_eq!(spelt, word);
        }
    }
}
