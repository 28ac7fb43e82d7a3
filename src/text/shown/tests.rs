//! What may be shown, by example (the hostile corpus) and by property.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::model::range::ByteRange;

/// `source` in a one-line place, and how many characters that hides.
#[track_caller]
fn line(source: &str, expected: &str, hidden: usize) {
    let shown = Shown::line(source);
    assert_eq!((shown.as_str(), shown.hidden()), (expected, hidden), "{source:?}");
}

/// The glyphs of `source` as `shown/cells`.
#[track_caller]
fn cells(source: &str, expected: &[(&str, u16)]) {
    let all: Vec<(String, u16)> = glyphs(source).map(|g| (g.shown.into_owned(), g.cells)).collect();
    let all: Vec<(&str, u16)> = all.iter().map(|(shown, cells)| (shown.as_str(), *cells)).collect();
    assert_eq!(all, expected, "{source:?}");
}

#[test]
fn escape_sequences_become_plain_words() {
    line("\x1b]0;touch /tmp/x\x07\x1b[21t", "\u{fffd}]0;touch /tmp/x\u{fffd}\u{fffd}[21t", 3);
    line("\u{9b}31m \u{9d}0;x\u{9c}", "\u{fffd}31m \u{fffd}0;x\u{fffd}", 3);
    line("evil #\x08\x08good\x7f\0", "evil #\u{fffd}\u{fffd}good\u{fffd}\u{fffd}", 4);
}

#[test]
fn every_line_end_is_one() {
    for end in ["\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
        line(&format!("safe{end}EVIL"), "safe EVIL", 0);
        assert_eq!(Shown::text(&format!("safe{end}EVIL")).as_str(), "safe\nEVIL", "{end:?}");
    }
    assert_eq!(Shown::text("a\r\n\rb").as_str(), "a\n\nb");
}

#[test]
fn a_tab_fills_up_to_the_next_stop() {
    assert_eq!(Shown::text("a\tb\n\tc\n12345678\td").as_str(), "a       b\n        c\n12345678        d");
    line("a\tb", "a b", 0);
}

#[test]
fn bidi_controls_never_pass() {
    line("\u{202e}gpj.exe\u{202c}", "\u{fffd}gpj.exe\u{fffd}", 2);
    line("\u{2066}a", "\u{fffd}a", 1);
    line("a\u{200e}b\u{200f}c\u{61c}d", "abcd", 3);
    line(&"\u{202b}".repeat(200), &"\u{fffd}".repeat(200), 200);
}

#[test]
fn invisible_characters_are_left_out_and_counted() {
    line("a\u{200b}b", "ab", 1);
    line("a\u{2060}b\u{feff}c", "abc", 2);
    line("a\u{34f}b", "ab", 1);
    line("a\u{2063}\u{180e}\u{1d173}\u{fff0}\u{e0001}b", "ab", 5);
    line("a\u{200d}b\u{200c}c\u{200d}", "abc", 3);
}

#[test]
fn tags_pass_only_within_a_flag() {
    let england = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
    line(england, england, 0);
    cells(england, &[(england, 2)]);
    line("a\u{e0048}\u{e0069}", "a\u{fffd}", 2);
    line("\u{e0048}", "\u{fffd}", 1);
    // No end of the sequence, or no flag before it.
    line("\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}", "\u{1f3f4}\u{fffd}", 3);
    line("x\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "x\u{fffd}", 6);
}

#[test]
fn marks_stack_up_to_eight() {
    line("e\u{301}", "e\u{301}", 0);
    line(&format!("e{}", "\u{301}".repeat(10_000)), &format!("e{}", "\u{301}".repeat(8)), 9_992);
    cells(&format!("e{}x", "\u{301}".repeat(100)), &[(&format!("e{}", "\u{301}".repeat(8)), 1), ("x", 1)]);
}

#[test]
fn a_mark_never_falls_on_what_stands_before_the_text() {
    line("\u{301}e", "\u{25cc}\u{301}e", 0);
    line("a\u{1b}\u{301}", "a\u{fffd}\u{25cc}\u{301}", 1);
    line("\u{34f}\u{301}", "\u{25cc}\u{301}", 1);
    line("\u{ff9e}", "\u{25cc}\u{ff9e}", 0);
}

#[test]
fn emoji_stay_whole() {
    let family = "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}";
    cells(family, &[(family, 2)]);
    line(family, family, 0);
    // Pensive face with a tone, a heart with a selector, a keycap, a flag, a lone regional indicator.
    cells("\u{1f44d}\u{1f3fd}", &[("\u{1f44d}\u{1f3fd}", 2)]);
    cells("\u{2764}\u{fe0f}", &[("\u{2764}\u{fe0f}", 2)]);
    cells("1\u{fe0f}\u{20e3}", &[("1\u{fe0f}\u{20e3}", 2)]);
    cells("\u{1f1eb}\u{1f1f7}\u{1f1eb}", &[("\u{1f1eb}\u{1f1f7}", 2), ("\u{1f1eb}", 1)]);
}

#[test]
fn a_chain_of_emoji_ends_at_the_longest_real_one() {
    let chain = ["\u{1f469}"; 100].join("\u{200d}");
    let four = ["\u{1f469}"; 4].join("\u{200d}");
    cells(&chain, &[(&four, 2)]);
    line(&chain, &four, 2 * 96);
}

#[test]
fn joiners_pass_between_letters_of_a_joining_script() {
    // Persian "mi-khaham" with its non-joiner; Devanagari half form; Latin.
    line("می\u{200c}خواهم", "می\u{200c}خواهم", 0);
    line("क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष", 0);
    line("می\u{200c} خواهم", "می خواهم", 1);
    line("pa\u{200c}ypal", "paypal", 1);
}

#[test]
fn a_selector_passes_once_after_a_base_that_takes_it() {
    line("\u{2764}\u{fe0f}\u{fe0f}", "\u{2764}\u{fe0f}", 1);
    line("a\u{fe0f}b\u{e0101}", "ab", 2);
    line("葛\u{e0100}", "葛\u{e0100}", 0);
    line("\u{1f610}\u{fe0f}", "\u{1f610}\u{fe0f}", 0);
    // Terminals disagree on the cells of a wide emoji as text, so it stays wide.
    line("\u{231a}\u{fe0e}", "\u{231a}", 1);
}

#[test]
fn what_no_font_knows_is_replaced() {
    line("a\u{e000}\u{f0000}\u{fdd0}\u{1fffe}\u{ffff}b", "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}b", 5);
    line("\u{fff9}a\u{fffa}b\u{fffb}\u{fffc}", "\u{fffd}a\u{fffd}b\u{fffd}\u{fffd}", 4);
    line("\u{378}", "\u{fffd}", 1);
    line("\u{fffd}", "\u{fffd}", 0);
}

#[test]
fn a_blank_name_is_not_empty() {
    for blank in ["\u{2800}", "\u{3164}", "\u{115f}", "\u{1160}", "\u{ffa0}"] {
        line(blank, "\u{fffd}", 1);
        assert_eq!(Shown::text(&format!("a{blank}b")).as_str(), "a b", "{blank:?}");
    }
    // A filler within a syllable is part of it.
    line("\u{115f}\u{1161}", "\u{115f}\u{1161}", 0);
}

#[test]
fn french_typography_stays() {
    for kept in [
        "« Oui\u{202f}! »",
        "10\u{202f}000\u{a0}€",
        "l’IA — « “…” »",
        "cœur, déjà",
        "de\u{301}ja\u{300}",
        "a\u{2009}b\u{200a}c\u{2007}d",
    ] {
        line(kept, kept, 0);
    }
    line("anti\u{ad}constitutionnel", "anticonstitutionnel", 0);
}

#[test]
fn glyphs_say_how_they_join() {
    use Joint::{Glue, Letter, LineEnd, SoftHyphen, Space, ZeroWidthBreak};
    let joint = |source: &str| glyphs(source).map(|g| (g.shown.into_owned(), g.cells, g.joint)).collect::<Vec<_>>();
    let one = |shown: &str, cells, joint| vec![(shown.to_owned(), cells, joint)];
    for space in [" ", "\u{2009}", "\u{200a}", "\u{2003}", "\u{1680}"] {
        assert_eq!(joint(space), one(space, 1, Space), "{space:?}");
    }
    assert_eq!(joint("\t"), one(" ", 1, Space));
    assert_eq!(joint("\u{3000}"), one("\u{3000}", 2, Space));
    for glue in ["\u{a0}", "\u{202f}", "\u{2007}"] {
        assert_eq!(joint(glue), one(glue, 1, Glue), "{glue:?}");
    }
    assert_eq!(joint("\u{2060}"), one("", 0, Glue));
    assert_eq!(joint("\r\n"), one(" ", 1, LineEnd));
    assert_eq!(joint("\u{2029}"), one(" ", 1, LineEnd));
    assert_eq!(joint("\u{ad}"), one("", 0, SoftHyphen));
    assert_eq!(joint("\u{200b}"), one("", 0, ZeroWidthBreak));
    assert_eq!(joint("\u{200e}"), one("", 0, Letter));
    assert_eq!(joint(" \u{301}"), one(" \u{301}", 1, Letter));
    assert_eq!(joint("-"), one("-", 1, Letter));
}

#[test]
fn glyphs_keep_their_bytes() {
    let at: Vec<ByteRange> = glyphs("e\u{301}\u{200e}漢\r\n").map(|g| g.at).collect();
    assert_eq!(at, [(0, 3), (3, 6), (6, 9), (9, 11)].map(|(start, end)| ByteRange::new(start, end)));
}

#[test]
fn widths_are_counted_in_cells() {
    assert_eq!(Shown::line("漢字 é").width(), 6);
    assert_eq!(Shown::text("ab\nabcd\nc").width(), 4);
    assert_eq!(Shown::line("\u{200b}").width(), 0);
}

#[test]
fn fit_cuts_between_glyphs() {
    #[track_caller]
    fn fit(source: &str, cells: usize, expected: &str) {
        let fitted = Shown::text(source).fit(cells);
        assert_eq!(fitted.as_str(), expected);
        assert!(fitted.width() <= cells, "{} cells of {cells}", fitted.width());
    }
    fit("abcdef", 6, "abcdef");
    fit("abcdef", 5, "abcd…");
    fit("abcdef", 1, "…");
    fit("abcdef", 0, "");
    fit("漢字", 3, "漢…");
    fit("漢字", 2, "…");
    fit("ae\u{301}\u{301}bc", 3, "ae\u{301}\u{301}…");
    fit("abcdef\nabc\nabcd", 3, "ab…\nabc\nab…");
    assert_eq!(Shown::line("\u{200e}abcdef").fit(3).hidden(), 1);
}

#[test]
fn every_character_by_itself_is_safe_and_measured() {
    use unicode_width::UnicodeWidthStr;
    for c in ('\0'..='\u{32ff}')
        .chain('\u{f900}'..='\u{10200}')
        .chain('\u{1f000}'..='\u{1faff}')
        .chain('\u{dfff0}'..='\u{e0fff}')
    {
        let source = c.to_string();
        let all: Vec<Glyph> = glyphs(&source).collect();
        assert_eq!(all.len(), 1, "{c:?}");
        assert_eq!(all[0].shown.width(), usize::from(all[0].cells), "{c:?}");
        assert!(!all[0].shown.contains(is_forbidden), "{c:?}");
        let once = Shown::line(&source);
        assert_eq!(Shown::line(once.as_str()).as_str(), once.as_str(), "{c:?}");
    }
}

#[test]
fn no_cluster_grows_wide() {
    for a in SPECIAL.chars() {
        for b in SPECIAL.chars() {
            let source = format!("\u{1f469}{}", format!("{a}{b}").repeat(80));
            let widest = glyphs(&source).map(|glyph| glyph.cells).max();
            // Eight bases with eight marks each, both of 2 cells at most.
            assert!(widest <= Some(8 * 2 * 9), "{widest:?}: {a:?} {b:?}");
        }
    }
}

/// Characters that have a rule of their own, and some that have none.
const SPECIAL: &str = "\u{200b}\u{200c}\u{200d}\u{200e}\u{202e}\u{2066}\u{2060}\u{feff}\u{34f}\u{ad}\u{301}\u{903}\u{94d}क\u{fe0f}\u{fe0e}\
         \u{fe00}\u{e0101}\u{e0067}\u{e007f}\u{1f3f4}\u{1f469}\u{1f3fd}\u{2764}1\u{20e3}\u{1f1eb}\u{1100}\u{1161}\u{11a8}\
         \u{115f}\u{1160}\u{ac00}\u{3164}\u{600}\u{605}\u{d4e}می\u{ff9e}\u{e000}\u{fff9}\u{378}\u{9b}\u{1b}\r\n\t \u{a0}\
         \u{102b}\u{17d8}\u{1820}\u{180b}\u{2028}ae漢\u{2800}\u{30a}\u{25cc}\u{fffd}";

/// Texts dense in the characters that have a rule of their own.
fn hostile() -> impl Strategy<Value = String> {
    let special = prop::sample::select(SPECIAL.chars().collect::<Vec<char>>());
    let c = prop_oneof![6 => special, 1 => any::<char>(), 1 => prop::char::range('a', 'z')];
    let run = (c, 1..12_usize).prop_map(|(c, n)| if n > 9 { c.to_string().repeat(n) } else { c.to_string() });
    prop::collection::vec(run, 0..24).prop_map(|runs| runs.concat())
}

/// Whether `c` must never reach a terminal, whatever is around it.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e001f}' | '\u{ad}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..='\u{10ffff}' | '\u{34f}')
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn nothing_forbidden_gets_out(source in hostile()) {
        let (line, text) = (Shown::line(&source), Shown::text(&source));
        prop_assert!(!line.as_str().contains(is_forbidden), "{:?}", line);
        prop_assert!(!text.as_str().replace('\n', "").contains(is_forbidden), "{:?}", text);
        for glyph in glyphs(&source) {
            prop_assert!(!glyph.shown.contains(is_forbidden), "{:?}", glyph);
            let flag = glyph.shown.starts_with('\u{1f3f4}') && glyph.shown.ends_with('\u{e007f}');
            prop_assert!(flag || !glyph.shown.contains(|c| matches!(c, '\u{e0000}'..='\u{e007f}')), "{:?}", glyph);
        }
    }

    #[test]
    fn every_byte_belongs_to_one_glyph_in_order(source in hostile()) {
        let mut end = 0;
        for glyph in glyphs(&source) {
            prop_assert_eq!(glyph.at.start, end);
            prop_assert!(!glyph.at.is_empty() && source.is_char_boundary(glyph.at.end));
            prop_assert!(glyph.cells > 0 || glyph.shown.is_empty(), "{:?}", glyph);
            end = glyph.at.end;
        }
        prop_assert_eq!(end, source.len());
    }

    #[test]
    fn what_is_shown_is_a_fixed_point(source in hostile()) {
        for (once, again) in [
            (Shown::line(&source), Shown::line as fn(&str) -> Shown),
            (Shown::text(&source), Shown::text as fn(&str) -> Shown),
        ] {
            let twice = again(once.as_str());
            prop_assert_eq!((twice.as_str(), twice.hidden()), (once.as_str(), 0));
            prop_assert_eq!(twice.width(), once.width());
        }
    }

    #[test]
    fn what_fits_is_never_wider(source in hostile(), cells in 0..12_usize) {
        let fitted = Shown::text(&source).fit(cells);
        let measured = fitted.as_str().split('\n').map(|line| glyphs(line).map(|g| usize::from(g.cells)).sum()).max();
        prop_assert_eq!(measured.unwrap_or(0_usize), fitted.width());
        prop_assert!(fitted.width() <= cells);
    }

    #[test]
    fn the_short_cut_agrees_with_the_segmenter(source in "[a-zé’«\u{a0}\u{ad}\u{301}\u{fe0f}\u{20e3} ©1]{0,12}") {
        use unicode_segmentation::UnicodeSegmentation;
        let ours: Vec<&str> = glyphs(&source).map(|g| g.at.of(&source)).collect();
        prop_assert_eq!(ours, source.graphemes(true).collect::<Vec<_>>());
    }
}
