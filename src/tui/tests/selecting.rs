//! Selecting and annotating driven by keys.

use super::*;
use crate::model::{Change, NewClaim};

/// The claim that was recorded last.
fn made(desk: &Desk) -> &NewClaim {
    let Some(Effect::Record(act)) = desk.asked.last() else { panic!("{:?}", desk.asked) };
    let [Deed::Claim(claim)] = act.deeds.as_slice() else { panic!("{act:?}") };
    claim
}

fn words(claim: &NewClaim) -> Vec<&str> {
    claim.parts.iter().map(|part| part.exact.as_str()).collect()
}

/// What is selected, and the letter under the cursor.
fn selected(desk: &Desk) -> (&str, char) {
    let selection = desk.app.selection.as_ref().expect("a selection");
    let text = desk.opened();
    let cursor = text[selection.cursor..].chars().next().expect("a letter");
    (selection.range(text).map_or("", |range| range.of(text)), cursor)
}

#[test]
fn a_quotation_becomes_a_claim_of_the_likely_speaker() {
    let mut desk = Desk::new(&["[Oui]{Mme Roy}, et puis : «\u{a0}Non.\u{a0}» Fin."], 120, 20);
    desk.press("<enter>vq<enter><enter><enter>");
    let claim = made(&desk);
    assert_eq!((words(claim), claim.form, claim.status), (vec!["Non."], Form::Direct, Status::Accepted));
    assert_eq!(claim.speaker.as_ref().map(|speaker| speaker.name.as_str()), Some("Mme Roy"));
    assert_eq!(
        (claim.parts[0].prefix.as_str(), claim.parts[0].suffix.as_str()),
        ("Oui, et puis : «\u{a0}", "\u{a0}» Fin.")
    );
    assert!(desk.app.selection.is_none());
}

#[test]
fn the_cursor_is_seen_where_it_is_and_the_selection_without_colour() {
    let mut desk = Desk::new(&["Un deux trois."], 60, 12);
    desk.press("<enter>vw");
    let frame = view::render(&desk.app);
    let at = frame.cursor.expect("a cursor");
    assert_eq!(frame.buffer[at].symbol(), "d");
    desk.press("vw");
    let frame = view::render(&desk.app);
    let reversed = |x: u16| frame.buffer[(x, at.y)].modifier.contains(ratatui::style::Modifier::REVERSED);
    let cells: String = (0..60).filter(|x| reversed(*x)).map(|x| frame.buffer[(x, at.y)].symbol().to_owned()).collect();
    assert_eq!(cells, "deux");
    desk.press("<esc><esc>");
    assert_eq!(view::render(&desk.app).cursor, None);
}

#[test]
fn motions_move_before_and_extend_after() {
    let mut desk = Desk::new(&["Un deux trois. Quatre cinq.\nSix sept."], 60, 16);
    let mut check = |keys: &str, want: (&str, char)| assert_eq!(selected(desk.press(keys)), want, "{keys}");
    check("<enter>v", ("", 'U'));
    check("l", ("", 'n'));
    check("ww", ("", 't'));
    check("v", ("t", 't'));
    check("w", ("trois", 's'));
    check("s", ("trois.", '.'));
    check("s", ("trois. Quatre cinq.", '.'));
    check("S", ("trois.", '.'));
    check("o", ("trois.", 't'));
    check("b", ("deux trois.", 'd'));
    check("v", ("", 'd'));
    check("G", ("", '.'));
    check("gg", ("", 'U'));
    check("p", ("", 'S'));
    check("<s-right><s-right>", ("Six", 'x'));
    check("<esc>ip", ("Six sept.", '.'));
    check("<esc>Piw", ("Six", 'x'));
}

#[test]
fn lines_are_those_of_the_screen_and_the_text_scrolls_along() {
    let text: String = (0..400).map(|i| format!("mot{i} ")).collect();
    let mut desk = Desk::new(&[&text], 80, 12);
    desk.press("<enter>vw").press(&"j".repeat(40));
    let top = |desk: &Desk| desk.app.reader.as_ref().map(super::super::reader::Reader::place);
    assert!(top(&desk) > Some(0));
    let cursor = |desk: &Desk| view::render(&desk.app).cursor.expect("in sight");
    let before = cursor(&desk);
    desk.press(&"k".repeat(40));
    assert_eq!((top(&desk), cursor(&desk).x), (Some(0), before.x));
    for keys in ["G", "gg", "<c-d>", "<pagedown>", "<pageup>", "$", "0", "hhh", "lll", "G", "kkkkkkkkkkkkk", "<c-u>"] {
        desk.press(keys);
        assert!(view::render(&desk.app).cursor.is_some(), "{keys}");
    }
}

#[test]
fn hyphens_wide_letters_and_wide_spaces_keep_the_cursor_on_its_letter() {
    let text = "L’intelligence artificielle anticonstitutionnellement 漢字漢字 e\u{301}te\u{301} 😀 ".repeat(4);
    for (justify, zen) in [(false, false), (true, false), (true, true)] {
        let mut desk = Desk::new(&[], 60, 14);
        desk.app.settings.justify = justify;
        let mut opened = article(text.trim());
        opened.article.lang = Some(crate::model::Lang::Fr);
        desk.articles = vec![opened];
        desk.event(Event::Done(Outcome::Changed));
        desk.wait(600);
        desk.press(if zen { "<enter>zv" } else { "<enter>v" });
        let mut before = 0;
        while before < text.trim().len() {
            let cursor = desk.app.selection.as_ref().expect("a selection").cursor;
            let letter: String =
                unicode_segmentation::UnicodeSegmentation::graphemes(&text[cursor..], true).take(1).collect();
            let frame = view::render(&desk.app);
            let at = frame.cursor.expect("a cursor");
            assert_eq!(frame.buffer[at].symbol(), letter, "at {cursor}");
            desk.press("l");
            let next = desk.app.selection.as_ref().expect("a selection").cursor;
            if next == cursor {
                break;
            }
            before = next;
        }
        assert!(before + 8 > text.trim().len(), "{before}");
    }
}

#[test]
fn parts_are_kept_and_drawn_and_make_one_claim() {
    let mut desk = Desk::new(&["Il veut « un » et « deux » et « trois »."], 80, 12);
    desk.press("<enter>vq+q,");
    assert_eq!(desk.notice(), "2 parts kept: select the next one");
    desk.press("<esc>q");
    assert_eq!(selected(&desk).0, "deux");
    desk.press("qq<enter><enter><enter>");
    assert_eq!(words(made(&desk)), ["un", "trois"]);
}

#[test]
fn words_that_are_a_claim_already_arent_claimed_twice() {
    let mut desk = Desk::new(&["Il dit : « [Non]{Roy} »."], 80, 12);
    desk.press("<enter>vq<enter>");
    assert_eq!(desk.notice(), "these words are claim 1 already; e corrects a claim");
    assert!(desk.app.selection.is_some() && !desk.asked.iter().any(|effect| matches!(effect, Effect::Record(_))));
}

#[test]
fn a_claim_is_corrected_by_its_words_cue_and_mention() {
    let mut desk = Desk::new(&["Roy dit : « [Non]{Roy}, jamais »."], 80, 14);
    desk.press("<enter>e");
    assert_eq!(selected(&desk).0, "Non");
    desk.press("<enter>");
    assert_eq!(desk.notice(), "nothing changed: it stands so already");
    desk.press("ew<tab>");
    assert_eq!(desk.notice(), "the cue: the words that attribute; Esc for none");
    desk.press("ggwiw<tab>ggiw<enter>");
    let Some(Effect::Record(act)) = desk.asked.last() else { panic!("{:?}", desk.asked) };
    let [Deed::Amend { claims, change }] = act.deeds.as_slice() else { panic!("{act:?}") };
    let Change::Ranges(ranges) = change.as_ref() else { panic!("{change:?}") };
    let exact = |selector: &Option<crate::model::Selector>| selector.as_ref().map(|s| s.exact.clone());
    assert_eq!(ranges.parts[0].exact, "Non, jamais");
    assert_eq!((exact(&ranges.cue), exact(&ranges.mention)), (Some("dit".into()), Some("Roy".into())));
    assert_eq!(claims[0], desk.articles[0].claims[0].id);
}

#[test]
fn a_selection_begins_where_one_is() {
    let begins = |text: &str, keys: &str, want: &str| {
        let mut desk = Desk::new(&[text], 80, 14);
        desk.press("<enter>").press(keys).press("v");
        let at = desk.app.selection.as_ref().expect("a selection").cursor;
        assert!(desk.opened()[at..].starts_with(want), "{text} {keys}: {}", &desk.opened()[at..]);
    };
    begins("Un deux.", "", "Un");
    begins("Un « deux ».", "", "deux");
    begins("Un [deux]{Roy} trois.", "", "deux");
    begins("Un « [deux]{Roy} » puis « trois ».", "", "trois");
    begins("Un « [deux]{Roy} » puis « trois ».", "JK", "deux");
    begins("Un [deux]{Roy} trois quatre.", "/quatre<enter>", "quatre");
}

#[test]
fn the_selection_ends_where_the_text_does() {
    let mut desk = Desk::new(&["Un deux.", "Trois."], 120, 14);
    desk.press("<enter>v");
    desk.articles[0].revision = 2;
    desk.event(Event::Done(Outcome::Changed));
    assert_eq!((desk.notice(), desk.app.selection.is_none()), ("the article has changed: select anew", true));
    let mut desk = Desk::new(&[""], 80, 12);
    desk.press("<enter>v");
    assert!(desk.app.selection.is_none());
}

#[test]
fn the_form_is_asked_with_the_likely_answer_ready() {
    let text = "Roy dit que c’est « grave ».";
    let form = |keys: &str| {
        let mut desk = Desk::new(&[text], 80, 14);
        desk.press("<enter>vis<enter><enter>").press(keys);
        made(&desk).form
    };
    assert_eq!(
        [form("<enter>"), form("d"), form("2"), form("j<enter>")],
        [Form::Mixed, Form::Direct, Form::Indirect, Form::Mixed]
    );
    let mut desk = Desk::new(&[text], 80, 14);
    desk.press("<enter>vis<enter><enter>");
    assert!(desk.screen().join("\n").contains("How is it told?"), "{:?}", desk.screen());
    desk.press("<esc>");
    assert_eq!(selected(&desk).0, text);
    assert!(!desk.asked.iter().any(|effect| matches!(effect, Effect::Record(_))));
}
