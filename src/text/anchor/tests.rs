//! Quotes and the texts in which they are found again, marked where they stand.
#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

/// The place marked by `[…]` in `text` is found for the words, the hint and the context; without a mark, none is.
fn check(marked: &str, hint: Option<(usize, usize)>, (prefix, exact, suffix): (&str, &str, &str)) {
    let text = marked.replace(['[', ']'], "");
    let want = marked.find('[').map(|start| ByteRange::new(start, marked.find(']').unwrap() - 1));
    let hint = hint.map(|(start, end)| ByteRange::new(start, end));
    let got = place(&text, hint, exact, prefix, suffix);
    assert_eq!(got, want, "{marked} hint {hint:?} {prefix:?} {exact:?} {suffix:?}");
}

#[test]
fn words_are_found_where_they_were_or_where_their_surroundings_went() {
    check("oui [non] oui", None, ("", "non", ""));
    check("non [non] non", Some((4, 7)), ("", "non", ""));
    check("non, dit Roy. [non], dit Wang.", Some((0, 2)), ("", "non", ", dit Wang."));
    check("dit Roy : non. dit Wang : [non].", Some((9, 11)), ("dit Wang : ", "non", ""));
    check("a b [a] c", None, ("", "a", " c"));
    check("ha ha [ha ha] !", None, ("ha ha ", "ha ha", " !"));
}

#[test]
fn the_nearer_of_two_places_with_surroundings_as_good_is_taken() {
    check("non. non. [non]. oui", Some((11, 14)), ("", "non", "."));
    check("[non]. non. non. oui", Some((1, 4)), ("", "non", "."));
    check("non un. [non] deux", Some((9, 12)), ("", "non", " ux"));
    check("xx [non] yy non zz", Some((4, 7)), ("", "non", " ab"));
}

#[test]
fn a_doubtful_place_is_none() {
    check("non. non.", None, ("", "non", "."));
    check("non un. non deux", None, ("", "non", " ux"));
    check("non.  non.", Some((3, 6)), ("", "non", "."));
    check("oui", Some((0, 3)), ("", "non", ""));
    check("oui", Some((0, 0)), ("", "", ""));
    check("oui", None, ("", "", ""));
}

#[test]
fn letters_that_fold_alike_are_found_where_none_are_equal() {
    check("oui [l’\u{a0}Été] oui", None, ("", "l' été", ""));
    check("l'été [l’été]", None, ("", "l’été", ""));
    check("l’été un, [l’été] deux", None, ("", "l'ete", " deux"));
    check("oui [e\u{301}te\u{301}] oui", None, ("", "été", ""));
    check("l’été l’été", None, ("", "l'ete", ""));
    check("son œuvre", None, ("", "E", ""));
}

#[test]
fn context_is_32_code_points_cut_between_clusters() {
    let text = format!("{}é{}", "x".repeat(40), "y".repeat(40));
    let (prefix, suffix) = context(&text, ByteRange::new(40, 42));
    assert_eq!((prefix, suffix), ("x".repeat(32).as_str(), "y".repeat(32).as_str()));

    // The 32nd code point before is an accent, the 32nd after the letter of one: neither is cut from the other.
    let text = format!("e\u{301}{}non{}e\u{301}", "x".repeat(31), "y".repeat(31));
    let (prefix, suffix) = context(&text, ByteRange::new(34, 37));
    assert_eq!((prefix, suffix), ("x".repeat(31).as_str(), "y".repeat(31).as_str()));

    let cluster = format!("e{}", "\u{301}".repeat(80));
    assert_eq!(context(&cluster, ByteRange::new(81, 83)), ("", ""));
    assert_eq!(context("non", ByteRange::new(0, 3)), ("", ""));
    assert_eq!(context("é", ByteRange::new(1, 2)), ("", ""));
    assert_eq!(context("é", ByteRange::new(5, 9)), ("", ""));
}

#[test]
fn occurrences_overlap() {
    assert_eq!(occurrences(b"aaaa", b"aa").collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(occurrences(b"ababab", b"abab").collect::<Vec<_>>(), [0, 2]);
    assert_eq!(occurrences(b"a", b"").count(), 0);
    assert_eq!(occurrences(b"", b"a").count(), 0);
}

/// The text without its marks, and the ranges between them.
fn unmarked(marked: &str) -> (String, Vec<ByteRange>) {
    let mut ranges = Vec::new();
    let mut text = String::new();
    for (at, piece) in marked.split(['[', ']']).enumerate() {
        if at % 2 == 1 {
            ranges.push(ByteRange::new(text.len(), text.len() + piece.len()));
        }
        text += piece;
    }
    (text, ranges)
}

fn quote(text: &str, range: ByteRange) -> Quote<'_> {
    let (prefix, suffix) = context(text, range);
    Quote { exact: range.of(text), prefix, suffix, hint: Some(range) }
}

/// The words marked in `old` are found where they are marked in `new`: beyond doubt or not, or nowhere without a mark.
#[track_caller]
fn follow(old: &str, new: &str, sure: bool) {
    let (old, was) = unmarked(old);
    let (new, now) = unmarked(new);
    let found = Ground::new(&new).find(&quote(&old, was[0]));
    let got = found.map(|place| (place.range.of(&new), place.range.start, place.sure));
    assert_eq!(got, now.first().map(|range| (range.of(&new), range.start, sure)), "{found:?}");
}

const WANG: &str = "Alexandr Wang a pris la parole mardi. « [Il faut investir massivement dans l’énergie] », a dit le PDG \
                    de Scale AI, devant les élus du Sénat américain.";

#[test]
fn words_move_whatever_their_signs_and_spaces_have_become() {
    follow(WANG, WANG, true);
    follow(WANG, &format!("Mise à jour mercredi.\n\n{WANG}"), true);
    follow(WANG, &WANG.replace("« ", "“").replace(" »", "”").replace('’', "'"), true);
    follow(WANG, &WANG.replace(' ', "\n").replace("massivement", "mas\u{ad}sivement"), true);
    follow(WANG, &WANG.replace(' ', "").to_uppercase(), true);
    follow(WANG, &WANG.replace('é', "e\u{301}"), true);
}

#[test]
fn words_move_with_their_surroundings_when_some_change() {
    follow(WANG, &WANG.replace("massivement", "beaucoup"), true);
    follow(WANG, &WANG.replace("mardi", "hier").replace("a dit", "a déclaré"), true);
    follow(WANG, &WANG.replace("[Il faut", "[Nous devons"), true);
    follow(WANG, &WANG.replace("l’énergie]", "le pétrole]"), true);
    follow("Il a dit [oui] au projet de loi.", "Hier, il a dit [oui] au projet.", true);
}

#[test]
fn a_place_with_little_in_common_is_to_be_looked_at_and_one_with_less_is_none() {
    follow(WANG, "« [Il faut investir massivement dans l’énergie] », disent-ils.", false);
    follow(WANG, &WANG.replace("Il faut investir massivement", "On a bien investi, c’est vrai,"), false);
    follow(WANG, "Alexandr Wang a pris la parole mardi. Il n’a rien dit.", true);
    follow(WANG, "", true);
    follow(WANG, "漢字", true);
}

#[test]
fn of_two_places_as_good_the_nearer_is_to_be_looked_at() {
    let line = "Il a répondu « [non] » à la question du juge, puis plus rien.\n";
    let bare = line.replace(['[', ']'], "");
    follow(&format!("{line}Fin."), &format!("Début.\n{line}{bare}"), false);
    // In a text that didn't change, a place is no matter of doubt.
    follow(&format!("{bare}{line}"), &format!("{bare}{line}"), true);
}

#[test]
fn words_that_were_a_line_arent_found_within_another_beyond_doubt() {
    let lead = "Le patinage artistique par équipes existe depuis les Jeux de Sotchi.\n";
    follow(
        &format!("Résultats du patinage artistique [par équipes]\n\n{lead}"),
        &format!("Mardi.\n\n{}", lead.replace("par équipes", "[par équipes]")),
        false,
    );
    let text = "Un long début.\n\n[Réactions internationales]\n\nParis a réagi.";
    follow(text, &text.replace("[R", "Une correction.\n\n[R").replace("Paris", "Un ajout.\n\nParis"), true);
}

#[test]
fn long_words_are_found_by_their_ends_and_judged_by_all_between() {
    let sentence = |at: usize| format!("La phrase {at} parle de {}. ", "abcdefghijklmnopqrstuvwxyz".repeat(at % 3 + 1));
    let middle: String = (1..40).map(sentence).collect();
    let middle = middle.trim_end();
    let old = format!("Avant tout, ceci. « [{middle}] », a-t-il dit.");
    follow(&old, &format!("Autre chose. {}", old.replace("phrase 7 ", "ligne 7 ").replace("phrase 20", "page")), true);
    let cut = old.replace(&(14..26).map(sentence).collect::<String>(), "");
    follow(&old, &cut, false);
    let other: String = (100..139).map(|at| format!("Rien n’est pareil ici, pas même {at}. ")).collect();
    follow(&old, &format!("Avant tout, ceci. « {other} », a-t-il dit."), true);
}

#[test]
fn in_a_large_text_words_are_found_near_their_place_and_elsewhere() {
    let filler = "Une phrase comme une autre, qui ne dit rien du tout. ".repeat(2000);
    let changed = WANG.replace("massivement", "beaucoup");
    follow(WANG, &format!("{changed}{filler}"), true);
    follow(WANG, &format!("{filler}{changed}"), true);
    // Far away it is no rival.
    let other = changed.replace("énergie", "essence").replace(['[', ']'], "");
    follow(WANG, &format!("{changed}{filler}{other}"), true);
}

#[test]
fn a_range_never_cuts_what_a_reader_sees_as_one_character() {
    follow("Le drapeau et la femme sont [là 👩] hier", "Le drapeau et la femme sont [là 👩\u{200d}👧] hier", true);
    follow("On a vu un [e] ici, à la fin du mot", "On a vu un [e\u{301}\u{302}] ici, à la fin du mot", true);
}

#[test]
fn work_is_bounded_by_the_text_whatever_it_holds() {
    let words = |count: usize, seed: u64| {
        let mut state = seed;
        let mut word = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ["la", "vie", "est", "un", "long", "fleuve", "tranquille"][(state >> 33) as usize % 7]
        };
        (0..count).map(|_| word().to_owned() + " ").collect::<String>()
    };
    for (text, exact) in [
        ("ha ".repeat(20_000), "ha".to_owned()),
        ("ha ".repeat(20_000), "ha ".repeat(300)),
        ("ha ".repeat(20_000), "ho ".repeat(10_000)),
        ("hahi ".repeat(10_000), "hiha hahi".to_owned()),
        ("a".repeat(50_000), "a".repeat(20_000) + "b"),
        (words(10_000, 1), words(100, 2)),
        (words(10_000, 1), words(8_000, 3)),
        (words(10_000, 1), words(10_000, 1).replace("long", "court")),
    ] {
        let ground = Ground::new(&text);
        let (prefix, suffix) = ("ho ha ho ha ho ha", "la vie est un fleuve");
        let found = ground.find(&Quote { exact: &exact, prefix, suffix, hint: None });
        let most = 32 * (text.len() + exact.len()) as u64;
        assert!(ground.work() <= most, "{} of {most}: {found:?}", ground.work());
    }
}

/// The parts in […], and the words beside them in {…}, of `old` are found where those of `new` are.
#[track_caller]
fn follow_all(old: &str, new: &str, sure: Option<bool>) {
    let ranges = |marked: &str, [open, close]: [char; 2], others: [char; 2]| {
        let plain = marked.replace(others, "");
        unmarked(&plain.replace(open, "[").replace(close, "]")).1
    };
    let all = |marked: &str| (ranges(marked, ['[', ']'], ['{', '}']), ranges(marked, ['{', '}'], ['[', ']']));
    let plain = |marked: &str| marked.replace(['[', ']', '{', '}'], "");
    let (text, later) = (plain(old), plain(new));
    let quotes = |ranges: &[ByteRange]| ranges.iter().map(|range| quote(&text, *range)).collect::<Vec<_>>();
    let (parts, beside) = all(old);
    let found = Ground::new(&later).find_together(&quotes(&parts), &quotes(&beside));
    assert_eq!(found.as_ref().map(|found| found.sure), sure, "{found:?}");
    let Some(found) = found else { return };
    let (parts, beside) = all(new);
    assert_eq!(found.parts, parts);
    assert_eq!(found.beside.into_iter().flatten().collect::<Vec<_>>(), beside);
}

const ROY: &str = "Début.\n« [Non, jamais] », {a dit} {Anne Roy} mardi, devant toute la presse du pays, « [nous ne céderons pas] ». Et Luc Roy : « Non, jamais ».\n";

#[test]
fn parts_move_together_with_what_stands_beside_them() {
    follow_all(ROY, &format!("Une correction, longue.\n{ROY}"), Some(true));
    // « Non, jamais » alone could be either; near the other part it is one.
    let others = "Le maire a dit : « Non, jamais ». Le préfet a dit : « Non, jamais », et le ministre aussi : « Non, jamais », tout net.\n";
    follow_all(ROY, &format!("{others}{ROY}{others}"), Some(true));
    // The words that say so were replaced; that others are like them elsewhere means nothing.
    let later = ROY.replace("{a dit} {Anne Roy}", "lance la maire");
    follow_all(ROY, &format!("{later}\nAnne Roy a dit hier à la presse que rien n’est fait."), Some(true));
}

#[test]
fn short_words_are_not_found_within_others() {
    let text = "Ce fut simple, le tweet étant encore {en} [ligne]. L’avocate a précisé.";
    follow_all(text, &text.replace("{en} ", ""), Some(true));
}

#[test]
fn parts_that_are_no_longer_together_are_none() {
    follow_all(ROY, "Début.\n« Non, jamais », a dit Anne Roy mardi. Et Luc Roy : « Non, jamais ».\n", None);
    let apart =
        ROY.replace("« [nous", &format!("{}« [nous", "Bien d’autres choses furent dites ce jour-là. ".repeat(40)));
    follow_all(ROY, &apart, Some(false));
    let swapped = "Début.\n« [nous ne céderons pas] ». Et encore ceci, ce mardi : « [Non, jamais] », {a dit} {Anne Roy} mardi, rien.\n";
    let (text, later) = (ROY.replace(['[', ']', '{', '}'], ""), swapped.replace(['[', ']', '{', '}'], ""));
    let range = |words: &str| text.find(words).map(|at| ByteRange::new(at, at + words.len())).unwrap();
    let parts = [quote(&text, range("Non, jamais")), quote(&text, range("nous ne céderons pas"))];
    let found = Ground::new(&later).find_together(&parts, &[]);
    assert!(found.is_none_or(|found| !found.sure));
    assert_eq!(Ground::new("Non").find_together(&[], &[]), None);
}

#[test]
fn strange_hints_harm_nothing() {
    for (start, end) in [(0, 0), (1, 0), (1, 2), (0, usize::MAX), (usize::MAX, usize::MAX), (usize::MAX, 0)] {
        let hint = Some(ByteRange { start, end });
        let quote = Quote { exact: "été", prefix: "", suffix: "", hint };
        let found = Ground::new("l’été").find_together(&[quote, Quote { exact: "l", ..quote }], &[quote]);
        assert!(found.is_none_or(|found| found.parts.iter().all(|part| !part.of("l’été").is_empty())));
        assert_eq!(Ground::new("l’été").find(&Quote { exact: "", ..quote }), None);
        assert_eq!(Ground::new("l’été").find(&Quote { exact: "\u{200b} ", ..quote }), None);
    }
}

proptest! {
    #[test]
    fn occurrences_agree_with_looking_everywhere(hay in "[ab]{0,40}", needle in "[ab]{1,4}") {
        let everywhere = (0..hay.len()).filter(|at| hay[*at..].starts_with(&needle));
        let found: Vec<usize> = occurrences(hay.as_bytes(), needle.as_bytes()).collect();
        prop_assert_eq!(found, everywhere.collect::<Vec<_>>());
    }

    #[test]
    fn a_place_has_the_words(
        text in "[aAàœe’' \u{301}]{0,30}",
        exact in "[aàoe’' \u{301}]{0,3}",
        at in 0usize..40,
    ) {
        let hint = Some(ByteRange::new(at, at + exact.len()));
        if let Some(range) = place(&text, hint, &exact, "a", "e") {
            prop_assert!(text.get(range.start..range.end).is_some());
            prop_assert_eq!(fold(range.of(&text)), fold(&exact));
        }
    }

    #[test]
    fn words_are_found_in_their_own_text(text in "\\PC{0,60}", a in 0usize..60, b in 0usize..60) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let range = ByteRange::new(bounds[a.min(b).min(bounds.len() - 1)], bounds[a.max(b).min(bounds.len() - 1)]);
        let (prefix, suffix) = context(&text, range);
        prop_assert!(text[..range.start].ends_with(prefix) && text[range.end..].starts_with(suffix));
        prop_assert!(prefix.chars().count() <= CONTEXT && suffix.chars().count() <= CONTEXT);
        let found = place(&text, Some(range), range.of(&text), prefix, suffix);
        prop_assert_eq!(found, (!range.is_empty()).then_some(range));
    }

    #[test]
    fn what_is_found_is_whole(
        text in "([a-cé ’«»\n]|e\u{301}|👩\u{200d}👧|🇫🇷|कि|\\PC){0,40}",
        other in "([a-cé ’«»\n]|e\u{301}|👩\u{200d}👧|🇫🇷|कि|\\PC){0,40}",
        (a, b) in (0usize..40, 0usize..40),
    ) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = |at: usize| bounds[at.min(bounds.len() - 1)];
        let words = quote(&text, ByteRange::new(at(a.min(b)), at(a.max(b))));
        for new in [&text, &other, &format!("{other}{text}"), &format!("{text}{other}")] {
            if let Some(Place { range, score, .. }) = Ground::new(new).find(&words) {
                let whole = |at| boundary(new, at, GraphemeCursor::next_boundary) == at;
                prop_assert!(!range.of(new).is_empty() && whole(range.start) && whole(range.end));
                prop_assert!((REVIEW..=1.0 + 1e-9).contains(&score));
            }
        }
    }
}
