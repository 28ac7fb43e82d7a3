//! Reading driven by keys: moving, the way back, zen, measure, headings and links.

use super::*;
use crate::model::Block as TextBlock;

/// An article whose lines that begin with `#` are headings.
fn with_headings(text: &str) -> Desk {
    let mut desk = Desk::new(&[], 80, 12);
    desk.articles = vec![article(text), article("Un autre.")];
    for block in &mut desk.articles[0].article.blocks {
        let TextBlock { kind, range } = block;
        if range.of(text).starts_with('#') {
            *kind = BlockKind::Heading;
        }
    }
    desk.event(Event::Done(Outcome::Changed));
    desk.wait(600);
    desk
}

fn chapters() -> Desk {
    let text: String = (1..9).map(|i| format!("# Titre {i}\n{}\n{}\n", "mot ".repeat(60), "dit ".repeat(60))).collect();
    with_headings(&text)
}

/// The first row of text on the screen, in the pane that has it.
fn top(desk: &Desk) -> String {
    let reader = desk.app.reader.as_ref().expect("a reader");
    let line = reader.lines().iter().find(|line| !line.gap).expect("a line");
    line.range.of(&reader.opened.article.text).trim().to_owned()
}

fn place(desk: &Desk) -> usize {
    desk.app.reader.as_ref().map_or(0, super::super::reader::Reader::place)
}

#[test]
fn paragraphs_and_headings_are_gone_to() {
    let mut desk = chapters();
    desk.press("<enter>p");
    assert!(top(&desk).starts_with("mot"));
    desk.press("}");
    assert!(top(&desk).starts_with("dit"));
    desk.press("p");
    assert_eq!(top(&desk), "# Titre 2");
    desk.press("i");
    assert_eq!(top(&desk), "# Titre 3");
    desk.press("jI");
    assert_eq!(top(&desk), "# Titre 3", "from within a chapter to its beginning");
    desk.press("I");
    assert_eq!(top(&desk), "# Titre 2");
    desk.press("P{");
    assert!(top(&desk).starts_with("mot"));
    desk.press("ggI");
    assert_eq!(desk.notice(), "there is no heading above");
    desk.press("Gi");
    assert_eq!(desk.notice(), "this is the end");
}

#[test]
fn headings_are_chosen_from_a_list() {
    let mut desk = chapters();
    desk.press("<enter>iigO");
    let screen = desk.screen();
    assert!(screen.iter().any(|row| row.contains(" Headings  8")), "{screen:?}");
    assert!(screen.iter().any(|row| row.contains("▌ # Titre 3")), "{screen:?}");
    desk.press("jj<enter>");
    assert_eq!((top(&desk).as_str(), desk.app.mode()), ("# Titre 5", crate::tui::action::Mode::Text));
    desk.press("<c-o>");
    assert_eq!(top(&desk), "# Titre 3");
    desk.press("<f5>G<esc>");
    assert_eq!(top(&desk), "# Titre 3");
    let mut desk = Desk::new(&["Rien."], 80, 12);
    desk.press("<enter>gO");
    assert_eq!(desk.notice(), "this article has no headings");
}

#[test]
fn the_way_leads_back_through_places_and_articles() {
    let mut desk = chapters();
    desk.press("<enter>ii");
    let (first, there) = (desk.opened().to_owned(), place(&desk));
    desk.press("G<c-o>");
    assert_eq!(place(&desk), there, "back from the end");
    desk.press("qj<enter>");
    assert_eq!(desk.opened(), "Un autre.");
    desk.press("<c-o>");
    assert_eq!((desk.opened(), place(&desk), desk.app.focus), (first.as_str(), there, Focus::Text));
    desk.press("<a-right>");
    assert_eq!(desk.opened(), "Un autre.");
    desk.press("<a-left><c-o><c-o>");
    assert_eq!(desk.notice(), "this is where the way began");
}

#[test]
fn looking_on_from_the_list_isnt_part_of_the_way() {
    let mut desk = Desk::new(&["Un.", "Deux.", "Trois."], 120, 20);
    desk.press("<enter>qj").wait(200);
    desk.press("j").wait(200);
    desk.press("<enter>");
    assert_eq!(desk.opened(), "Trois.");
    desk.press("<c-o>");
    assert_eq!(desk.opened(), "Un.");
}

#[test]
fn the_next_unread_article_is_opened_until_none_is_left() {
    let mut desk = Desk::new(&["Un.", "Deux.", "Trois."], 120, 20);
    desk.press("j<enter>r");
    assert_eq!(desk.opened(), "Trois.");
    desk.press("r");
    assert_eq!(desk.opened(), "Un.", "round the end");
    for row in &mut desk.articles {
        row.row.read = true;
    }
    desk.event(Event::Done(Outcome::Changed));
    desk.press("r");
    assert_eq!(desk.notice(), "every article of this list is read");
}

#[test]
fn zen_shows_the_text_alone_and_keeps_the_place() {
    let text: String = (0..400).map(|i| format!("[mot{i}]{{Mme Roy}} ")).collect();
    let mut desk = Desk::new(&[&text], 120, 12);
    desk.press("<enter><c-d>");
    let before = place(&desk);
    desk.press("z");
    let screen = desk.screen().join("\n");
    for gone in ["Articles", "Claims", "│", "move", "¹", "▎"] {
        assert!(!screen.contains(gone), "{gone}: {screen}");
    }
    let line = desk.app.reader.as_ref().expect("a reader").lines()[0].range;
    assert!(line.contains(before), "{before} in {line}");
    desk.press("<esc>");
    assert!(desk.screen()[0].contains("Articles") && desk.app.focus == Focus::Text);
    assert_eq!(place(&desk), before);
    // In zen a claim is lit when somebody asks for it, and a search still works.
    desk.press("zJ");
    assert!(desk.screen().iter().any(|row| row.contains('▌')));
    desk.press("/mot300");
    assert!(desk.screen()[11].contains("/mot300  1/1"));
    desk.press("<enter><esc>q");
    assert!(!desk.app.zen);
}

#[test]
fn lines_are_made_shorter_and_longer_and_that_is_remembered() {
    let text = "mot ".repeat(900);
    let mut desk = Desk::new(&[&text], 200, 12);
    desk.press("<enter><c-d><c-d>");
    let (before, measure) = (place(&desk), desk.app.panes().measure);
    desk.press("--");
    assert_eq!((desk.app.panes().measure, desk.notice()), (measure - 4, "lines of 68 columns"));
    assert_eq!(desk.asked.last(), Some(&Effect::Measure { measure: 68, over: 72 }));
    let line = desk.app.reader.as_ref().expect("a reader").lines()[0].range;
    assert!(line.contains(before), "{before} in {line}");
    desk.press("++");
    assert_eq!((desk.app.panes().measure, place(&desk)), (measure, before));
    desk.press(&"-".repeat(40));
    assert_eq!((desk.app.panes().measure, desk.notice()), (40, "40 columns is as far as it goes"));
    let mut desk = Desk::new(&[&text], 80, 12);
    desk.press("<enter>+");
    assert_eq!(desk.notice(), "45 columns fill the pane; zen or fewer panes make room");
    desk.press("<gt><lt>");
    assert_eq!(desk.app.panes().measure, 43, "from what is seen");
}

#[test]
fn a_hyphen_is_a_six_to_whoever_types_digits_without_shift() {
    let text: String = (0..12).map(|i| format!("[mot{i}]{{Mme Roy}} ")).collect();
    let mut desk = Desk::new(&[&text], 120, 30);
    let current = |desk: &Desk| desk.app.reader.as_ref().and_then(|reader| reader.current);
    desk.press("<enter>é").wait(1500);
    desk.press("-");
    assert_eq!((current(&desk), desk.app.settings.measure), (Some(5), 72));
    desk.wait(1500).press("2-");
    assert_eq!((current(&desk), desk.app.settings.measure), (Some(1), 56));
}

/// An article with links, and an address of its own.
fn linked(text: &str) -> Desk {
    let mut desk = Desk::new(&[], 80, 16);
    let mut opened = article(text);
    opened.row.url = Some("https://journal.fr/1".into());
    desk.articles = vec![opened];
    desk.event(Event::Done(Outcome::Changed));
    desk.wait(600);
    desk.press("<enter>");
    desk.asked.clear();
    desk
}

#[test]
fn links_are_opened_by_their_number_or_chosen() {
    let mut desk = linked("Voir https://a.org, puis www.b.fr/x.");
    desk.press("o");
    let screen = desk.screen().join("\n");
    for row in ["Links  3", "0 https://journal.fr/1", "1 https://a.org", "2 https://www.b.fr/x"] {
        assert!(screen.contains(row), "{row}: {screen}");
    }
    desk.press("2");
    assert_eq!(desk.asked, [Effect::OpenLink("https://www.b.fr/x".into())]);
    desk.press("o&oj<enter>oà");
    let opened = |url: &str| Effect::OpenLink(url.into());
    assert_eq!(desk.asked[1..], [opened("https://a.org"), opened("https://a.org"), opened("https://journal.fr/1")]);
    desk.press("wwo<enter>");
    assert_eq!(desk.asked.last(), Some(&opened("https://www.b.fr/x")), "the one gone to");
    desk.press("oq");
    assert_eq!((desk.asked.len(), desk.app.focus), (5, Focus::Text));
}

#[test]
fn links_that_hide_or_are_of_other_schemes_are_refused() {
    let mut desk = linked("Ici file:///etc/passwd et https://a.org/\u{202e}fdp.exe fin");
    desk.press("o1");
    assert_eq!(desk.notice(), "only http, https and mailto are opened: file:///etc/passwd");
    desk.press("o2");
    assert!(desk.notice().starts_with("this address hides characters"), "{}", desk.notice());
    assert!(!desk.screen().join("\n").contains('\u{202e}'));
    assert_eq!(desk.asked, []);
    let mut desk = Desk::new(&["Rien."], 80, 12);
    desk.press("<enter>ow");
    assert_eq!(desk.notice(), "there are no links in the text");
}

#[test]
fn the_head_stands_between_title_and_text_and_scrolls_away() {
    let text = format!("Un titre\n[Un deux trois]{{Mme Roy}} et [non]{{M. Lot}}. {}", "mot ".repeat(300));
    let mut desk = Desk::new(&[], 80, 14);
    desk.articles = vec![article(&text)];
    desk.articles[0].article.blocks[0].kind = BlockKind::Title;
    desk.event(Event::Done(Outcome::Changed));
    desk.wait(600);
    desk.press("<enter>");
    let rows: Vec<String> =
        desk.screen().iter().map(|row| row.split('│').next().unwrap_or_default().trim().to_owned()).collect();
    assert_eq!(rows[1..5], ["Un titre", "Le Journal · 2025-01 · 1 min", "Roy ██████ 75 %  Lot ██ 25 %", ""]);
    desk.press("jjjj");
    assert!(!desk.screen().join("\n").contains('█'));
}
