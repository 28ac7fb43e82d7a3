//! The state driven by keys, without store, terminal or clock: what a key press does and what it asks for.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::app::{App, Settings, Start};
use super::effect::{Effect, Stamp};
use super::event::{Event, Outcome};
use super::layout::Focus;
use super::theme::Theme;
use super::{key, view};
use crate::model::listing::{Opened, Row, Totals};
use crate::model::{
    Anchor, Annotation, Article, ArticleId, Block, BlockKind, ByHand, ByteRange, Claim, ClaimId, Deed, Form, Polarity,
    Speaker, SpeakerKind, Status,
};
use crate::text::fuzzy::Pattern;

/// An article from a text in which `[words]{speaker}` is a claim; its paragraphs are lines.
pub(super) fn article(marked: &str) -> Opened {
    let (mut text, mut found) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        let close = open + rest[open..].find("]{").expect("]{");
        let end = close + rest[close..].find('}').expect("}");
        text.push_str(&rest[..open]);
        let start = text.len();
        text.push_str(&rest[open + 1..close]);
        found.push((ByteRange::new(start, text.len()), rest[close + 2..end].to_owned()));
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    let id = ArticleId::of_text(&text);
    let claims = found.into_iter().map(|(range, speaker)| annotation(&id, &text, range, speaker)).collect::<Vec<_>>();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, range: ByteRange::new(at, at + line.len()) });
        }
        at += line.len() + 1;
    }
    let row = Row {
        id,
        title: "Un titre".into(),
        source: Some("Le Journal".into()),
        author: None,
        url: None,
        published: "2025-01".parse().ok(),
        lang: None,
        words: 10,
        claims: claims.len() as u32,
        tags: Vec::new(),
        speakers: Vec::new(),
        read: false,
        imported: Timestamp::UNIX_EPOCH,
    };
    let article = Article {
        title: row.title.clone(),
        source: row.source.clone(),
        author: None,
        url: None,
        published: row.published,
        lang: None,
        text,
        blocks,
    };
    Opened { row, revision: 1, article, claims, place: 0, note: None, file: None }
}

fn annotation(article: &ArticleId, text: &str, range: ByteRange, speaker: String) -> Annotation {
    let speaker =
        Speaker { id: None, name: speaker, kind: SpeakerKind::Person, named: true, role: None, aliases: vec![] };
    let claim = Claim {
        parts: vec![range],
        form: Form::Direct,
        polarity: Polarity::Positive,
        speaker: Some(speaker),
        cue: None,
        mention: None,
    };
    Annotation {
        id: ClaimId::derive(&[text.as_bytes(), &range.start.to_be_bytes()]),
        article: article.clone(),
        revision: 1,
        claim,
        quote: range.of(text).to_owned(),
        status: Status::Accepted,
        annotator: "gold".into(),
        confidence: None,
        rule: None,
        anchor: Anchor::Exact,
        nested_in: None,
        tags: vec![],
        same_as: vec![],
        by_hand: ByHand::default(),
    }
}

/// The reader on some articles, answering its own questions at once.
struct Desk {
    app: App,
    articles: Vec<Opened>,
    tick: u64,
    /// Effects that are neither questions nor reading state, in order.
    asked: Vec<Effect>,
}

impl Desk {
    fn new(texts: &[&str], width: u16, height: u16) -> Self {
        let articles: Vec<Opened> = texts.iter().map(|text| article(text)).collect();
        let theme = Theme::named("mono").expect("mono");
        let settings = Settings { user: "ana".into(), theme, ..Settings::default() };
        let (app, effects) = App::new(settings, Start::List, width, height);
        let mut desk = Self { app, articles, tick: 0, asked: Vec::new() };
        desk.perform(effects);
        desk
    }

    fn event(&mut self, event: Event) {
        self.tick += 10;
        let stamp = Stamp { group: Uuid::from_u128(self.tick.into()), time: Timestamp::UNIX_EPOCH, tick: self.tick };
        let effects = self.app.event(event, stamp);
        self.perform(effects);
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for key in key::parse_keys(keys).expect(keys) {
            self.event(Event::Key(key));
        }
        self
    }

    fn wait(&mut self, ticks: u64) -> &mut Self {
        self.tick += ticks;
        self.event(Event::Deadline);
        self
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::List { generation, filter } => {
                    let rows = self.articles.iter().filter(|a| a.article.text.contains(&filter));
                    let rows = rows.map(|a| Arc::new(a.row.clone())).collect();
                    let totals = Totals { articles: self.articles.len() as u64, claims: 0 };
                    let pattern = Arc::new(Pattern::default());
                    self.event(Event::Done(Outcome::Listed { generation, rows, pattern, totals }));
                }
                Effect::Load { generation, article } => {
                    let opened = self.articles.iter().find(|a| a.row.id == article).expect("an article").clone();
                    self.event(Event::Done(Outcome::Loaded { generation, opened: Box::new(opened) }));
                }
                Effect::Tags | Effect::Speakers(_) => {}
                effect => self.asked.push(effect),
            }
        }
    }

    /// What is on the screen, line by line.
    fn screen(&self) -> Vec<String> {
        super::screen::print_text(&view::render(&self.app).buffer).lines().map(str::to_owned).collect()
    }

    fn notice(&self) -> &str {
        self.app.notice.as_ref().map_or("", |notice| &notice.text)
    }

    fn opened(&self) -> &str {
        self.app.reader.as_ref().map_or("", |reader| &reader.opened.article.text)
    }
}

#[test]
fn the_pane_follows_the_cursor_after_a_while_without_keys() {
    let mut desk = Desk::new(&["Un.", "Deux."], 120, 20);
    assert_eq!(desk.opened(), "Un.");
    desk.press("j");
    assert_eq!(desk.opened(), "Un.");
    desk.wait(100);
    assert_eq!(desk.opened(), "Un.");
    desk.wait(60);
    assert_eq!(desk.opened(), "Deux.");
    assert!(!desk.app.library.rows[1].read, "looking on isn't reading");
}

#[test]
fn enter_opens_and_reads() {
    let mut desk = Desk::new(&["Un.", "Deux."], 120, 20);
    desk.press("j<enter>");
    assert_eq!((desk.opened(), desk.app.focus), ("Deux.", Focus::Text));
    assert!(desk.app.library.rows[1].read);
    let id = desk.app.library.rows[1].id.clone();
    assert_eq!(desk.asked, [Effect::Read(id)]);
}

#[test]
fn an_article_read_to_its_end_is_read() {
    let text = "mot ".repeat(400);
    let mut desk = Desk::new(&[&text], 80, 12);
    desk.press("<tab><c-d>");
    assert!(!desk.app.library.rows[0].read);
    desk.press("G");
    assert!(desk.app.library.rows[0].read);
}

#[test]
fn keys_typed_while_an_article_loads_are_for_that_article() {
    let mut desk = Desk::new(&["Un."], 120, 20);
    desk.articles.push(article("[A]{Mme Roy} et [B]{M. Lot}."));
    let (app, effects) = App::new(desk.app.settings.clone(), Start::List, 120, 20);
    desk.app = app;
    desk.perform(effects);
    let stamp = |tick| Stamp { group: Uuid::nil(), time: Timestamp::UNIX_EPOCH, tick };
    let press = |desk: &mut Desk, keys: &str| -> Vec<Effect> {
        key::parse_keys(keys)
            .expect(keys)
            .into_iter()
            .flat_map(|key| desk.app.event(Event::Key(key), stamp(1)))
            .collect()
    };
    let loading = press(&mut desk, "j<enter>");
    assert!(press(&mut desk, "J").is_empty());
    desk.perform(loading);
    assert_eq!(desk.app.reader.as_ref().and_then(|reader| reader.current), Some(1));
}

#[test]
fn j_and_k_go_through_the_claims_and_stop_at_the_ends() {
    let mut desk = Desk::new(&["[A]{Mme Roy} [B]{M. Lot} [C]{Mme Roy}"], 120, 20);
    let current = |desk: &Desk| desk.app.reader.as_ref().and_then(|reader| reader.current);
    assert_eq!(current(desk.press("JJ")), Some(2));
    assert_eq!(current(desk.press("J")), Some(2));
    assert_eq!(desk.notice(), "this is the last claim");
    assert_eq!(current(desk.press("KKK")), Some(0));
    // In the panel, rows are in the order of speakers.
    assert_eq!(current(desk.press("<tab><tab>j")), Some(2));
    assert_eq!(current(desk.press("j")), Some(1));
}

#[test]
fn digits_go_to_claims_and_two_in_a_row_are_one_number() {
    let text: String = (0..12).map(|i| format!("[mot{i}]{{Mme Roy}} ")).collect();
    let mut desk = Desk::new(&[&text], 120, 30);
    let current = |desk: &Desk| desk.app.reader.as_ref().and_then(|reader| reader.current);
    assert_eq!(current(desk.press("<tab>3")), Some(2));
    assert_eq!(current(desk.wait(1500).press("12")), Some(11));
    assert_eq!(current(desk.wait(1500).press("&")), Some(0));
    desk.wait(1500).press("0");
    assert_eq!(desk.notice(), "there is no claim 0: the article has 12");
}

#[test]
fn tags_are_asked_for_and_recorded_in_one_act() {
    let mut desk = Desk::new(&["Un.", "Deux.", "Trois."], 120, 20);
    desk.press("mmt+ia -draft<enter>");
    let [Effect::Record(act)] = desk.asked.as_slice() else { panic!("{:?}", desk.asked) };
    let [Deed::Tag { subjects, add, remove }] = act.deeds.as_slice() else { panic!("{act:?}") };
    assert_eq!((subjects.len(), add[0].as_str(), remove[0].as_str()), (2, "ia", "draft"));
    assert_eq!(act.annotator, "ana");
    assert!(desk.screen().last().expect("a footer").contains("saving…"));
}

#[test]
fn a_wrong_tag_says_why_and_keeps_what_was_typed() {
    let mut desk = Desk::new(&["Un."], 120, 20);
    desk.press("t+a,b<enter>");
    assert!(desk.notice().starts_with("+a,b: a tag is one word"), "{}", desk.notice());
    assert!(desk.screen().last().expect("a footer").contains("tag this article: +a,b"));
    desk.press("<backspace><backspace><enter>");
    assert_eq!(desk.asked.len(), 1);
}

#[test]
fn in_the_panel_the_claim_is_tagged() {
    let mut desk = Desk::new(&["[A]{Mme Roy}"], 120, 20);
    desk.press("<tab><tab>t+x<enter>");
    let [Effect::Record(act)] = desk.asked.as_slice() else { panic!("{:?}", desk.asked) };
    assert!(
        matches!(&act.deeds[0], Deed::Tag { subjects, .. } if matches!(subjects[0], crate::model::Subject::Claim(_)))
    );
}

#[test]
fn the_filter_works_while_typing_and_escape_takes_it_away() {
    let mut desk = Desk::new(&["Un.", "Deux."], 120, 20);
    desk.press("/Deu");
    assert_eq!(desk.app.library.rows.len(), 1);
    assert!(desk.screen()[1].contains("/ Deu") && desk.screen()[1].contains("1/2"));
    desk.press("<enter>");
    assert_eq!(desk.app.library.rows.len(), 1);
    desk.press("<esc>");
    assert_eq!((desk.app.library.rows.len(), desk.app.library.filter.as_str()), (2, ""));
    desk.press("/zzz");
    assert!(desk.screen().iter().any(|line| line.contains("No article matches.")));
}

#[test]
fn a_paste_is_never_a_command() {
    let mut desk = Desk::new(&["Un."], 120, 20);
    desk.event(Event::Paste("qQ:quit\r".into()));
    assert!(desk.asked.is_empty());
    assert!(desk.notice().starts_with("a paste is text"));
    desk.press("/");
    desk.event(Event::Paste("q\n".into()));
    assert_eq!(desk.app.library.filter, "q ");
}

#[test]
fn q_steps_back_and_asks_once_where_marks_are_set() {
    let mut desk = Desk::new(&["Un.", "Deux."], 120, 20);
    desk.press("<enter>q");
    assert_eq!(desk.app.focus, Focus::List);
    desk.press("mq");
    assert_eq!(desk.notice(), "1 article is marked; once more to quit");
    assert!(!desk.asked.contains(&Effect::Quit));
    desk.press("q");
    assert_eq!(desk.asked.last(), Some(&Effect::Quit));
}

#[test]
fn ctrl_c_ends_the_reader_wherever_one_is() {
    for before in ["", "<enter>", "<tab><tab>", "/x", "t+x", "?", ":"] {
        let mut desk = Desk::new(&["[Un]{Mme Roy}."], 120, 20);
        desk.press(before).press("<c-c>");
        assert_eq!(desk.asked.last(), Some(&Effect::Quit), "{before}");
        assert!(!desk.asked.iter().any(|effect| matches!(effect, Effect::Record(_))), "{before}");
    }
}

#[test]
fn searching_in_the_text_jumps_while_typing_counts_and_goes_back() {
    let text: String = (0..200).map(|i| format!("mot{i} ")).collect();
    let mut desk = Desk::new(&[&text], 80, 12);
    let top = |desk: &Desk| desk.app.reader.as_ref().map(super::reader::Reader::place);
    desk.press("<tab>/mot150");
    assert!(top(&desk) > Some(0) && desk.screen()[11].contains("/mot150  1/1"), "{:?}", desk.screen());
    desk.press("<esc>");
    assert_eq!((top(&desk), desk.app.focus), (Some(0), Focus::Text), "as if it had not been");
    desk.press("/MOT19<enter>nn");
    assert_eq!(desk.notice(), "hit 3/11");
    desk.press("NNN");
    assert_eq!(desk.notice(), "hit 11/11, round the end");
    desk.press("<esc>");
    assert!(desk.app.reader.as_ref().is_some_and(|reader| reader.search.is_none()));
    desk.press("/zut<enter>");
    assert_eq!(desk.notice(), "zut isn't in this article");
}

#[test]
fn the_place_is_kept_when_scrolling_rests() {
    let text = "mot ".repeat(400);
    let mut desk = Desk::new(&[&text], 80, 12);
    desk.press("<tab>jjj");
    assert!(desk.asked.is_empty());
    desk.wait(600);
    let [Effect::Place(_, place)] = desk.asked.as_slice() else { panic!("{:?}", desk.asked) };
    assert!(*place > 0);
    desk.wait(600);
    assert_eq!(desk.asked.len(), 1, "nothing is written while nothing moves");
}

#[test]
fn the_place_survives_resizing() {
    let text: String = (0..300).map(|i| format!("mot{i} ")).collect();
    let mut desk = Desk::new(&[&text], 120, 12);
    desk.press("<tab><c-d><c-d>");
    let top = |desk: &Desk| {
        let reader = desk.app.reader.as_ref().expect("a reader");
        let range = reader.lines()[0].range;
        (range.start, range.end)
    };
    let (place, _) = top(&desk);
    for (width, height) in [(60, 10), (200, 8), (20, 5), (120, 12)] {
        desk.event(Event::Resize(width, height));
        let (start, end) = top(&desk);
        assert!(start <= place && place < end, "{width}×{height}: {place} not in {start}..{end}");
    }
    assert_eq!(top(&desk).0, place);
}

#[test]
fn hostile_titles_tags_and_texts_reach_the_screen_neutralised() {
    let mut desk = Desk::new(&["Dit \u{1b}]0;x\u{7}\u{202e}gpj.exe [a\u{9b}31m]{\u{202e}Roy\u{1b}[2J}"], 120, 20);
    desk.articles[0].row.title = "Titre \u{202e}\u{1b}[31m".into();
    desk.event(Event::Done(Outcome::Changed));
    desk.press("<enter>y");
    let screen = desk.screen().join("\n");
    assert!(screen.contains("Titre"), "{screen}");
    let hostile = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    assert_eq!(screen.chars().find(|c| hostile(*c)), None);
}

#[test]
fn no_size_panics() {
    let mut desk = Desk::new(&["Un [mot]{Mme Roy}.", "Deux."], 120, 20);
    for (width, height) in [(0, 0), (1, 1), (2, 1), (5, 2), (20, 5), (79, 3), (80, 24), (400, 2)] {
        for keys in ["", "<enter>", "<tab>", "?", "x<esc><esc>", "/x", "<esc>", "t+y", "<esc>", "c", "c", "qq<esc>"] {
            desk.event(Event::Resize(width, height));
            desk.press(keys);
            view::render(&desk.app);
        }
    }
}

#[test]
fn help_shows_the_keys_of_the_place_and_can_be_searched() {
    let mut desk = Desk::new(&["Un."], 100, 24);
    desk.press("?");
    assert!(desk.screen()[2].contains("In the list"), "{:?}", desk.screen());
    desk.press("undo");
    let screen = desk.screen().join("\n");
    assert!(screen.contains("undo your last act") && !screen.contains("filter the list"), "{screen}");
    desk.press("<esc><esc>");
    assert!(desk.app.help.is_none());
}

#[test]
fn a_command_runs_an_action_by_its_name() {
    let mut desk = Desk::new(&["Un.", "Deux."], 100, 24);
    desk.press(":mark-all<enter>");
    assert_eq!(desk.app.library.marked.len(), 2);
    desk.press(":mrak<enter>");
    assert_eq!(desk.notice(), "there is no action mrak here; did you mean mark?");
}

mod naming;
mod noting;
mod reading;
mod selecting;
mod tagging;
mod triage;
