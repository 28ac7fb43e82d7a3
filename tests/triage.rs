//! Reviewing an article as a fact-checker does: with few keys, and each of them can be taken back.

use dixit::extract;
use dixit::import::seeds;
use dixit::model::listing::Opened;
use dixit::model::{Annotation, ArticleId, Speaker, Status};
use dixit::store::Store;
use dixit::text::fold::fold;
use dixit::tui::app::{Settings, Start};
use dixit::tui::key::parse_keys;
use dixit::tui::screen::print_text;
use dixit::tui::{Options, Stage};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

/// The reader on a store of its own with one of the five articles, as `dixit import` brings it in: none of the claims
/// that were made by hand, but those that rules find.
struct Desk {
    _folder: TempDir,
    stage: Stage,
    /// What the store says, seen from beside.
    store: Store,
    article: ArticleId,
    /// Keys pressed.
    keys: usize,
}

impl Desk {
    fn new(seed: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(&folder.path().join("store.db")).expect("a store");
        let (mut articles, _) = seeds::load().expect("the seeds");
        let mut import = articles.swap_remove(seed);
        import.found = Some(extract::findings(&import.article));
        let article = store.add(&import, Timestamp::UNIX_EPOCH).expect("added").id().clone();
        let beside = store.reader().expect("a reader");
        let settings = Settings { user: "ana".into(), ..Settings::default() };
        let options = Options { store, settings, state: None, start: Start::List, notice: None };
        let stage = Stage::new(options, (120, 36)).expect("a stage");
        Self { _folder: folder, stage, store: beside, article, keys: 0 }
    }

    fn press(&mut self, keys: &str) {
        let keys = parse_keys(keys).expect(keys);
        self.keys += keys.len();
        self.stage.press(&keys);
    }

    /// What was made of the article; where one reads in it is no act.
    fn state(&self) -> Opened {
        let mut opened = self.store.opened(&self.article).expect("opened");
        (opened.place, opened.row.read) = (0, false);
        opened
    }

    fn footer(&self) -> String {
        print_text(&self.stage.frame().buffer).lines().last().unwrap_or_default().to_owned()
    }

    /// Presses a key until the footer says that there is nothing more.
    fn press_until(&mut self, key: &str, end: &str) {
        for _ in 0..200 {
            self.press(key);
            if self.footer().contains(end) {
                return;
            }
        }
        panic!("never {end}: {}", self.footer());
    }
}

/// A claim of the gold: its words, and by what names its speaker goes.
struct Gold {
    quote: String,
    speaker: String,
    names: Vec<String>,
}

fn gold(file: &str) -> Vec<Gold> {
    let gold: Value = serde_json::from_str(file).expect("JSON");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let claim = |claim: &Value| {
        let speaker = word(&claim["speaker"]);
        let known = gold["speakers"].as_array().into_iter().flatten().find(|one| one["name"] == claim["speaker"]);
        let others = known.and_then(|one| one["accept"].as_array()).into_iter().flatten().map(word);
        let names = others.chain([speaker.clone()]).map(|name| fold(&name)).collect();
        Gold { quote: word(&claim["quote"]), speaker, names }
    };
    gold["claims"].as_array().into_iter().flatten().map(claim).collect()
}

/// The gold claim that a found one tells best, perhaps with a few words more or fewer; white space and marks don't count.
fn told<'a>(found: &str, gold: &'a [Gold]) -> Option<&'a Gold> {
    let words = |text: &str| fold(text).split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ");
    let found = words(found);
    let shared = |gold: &Gold| {
        let gold = words(&gold.quote);
        let (least, most) = (found.len().min(gold.len()), found.len().max(gold.len()));
        if found.contains(&gold) || gold.contains(&found) { 100 * least / most } else { 0 }
    };
    gold.iter().max_by_key(|gold| shared(gold)).filter(|gold| shared(gold) >= 50)
}

fn is_by(speaker: Option<&Speaker>, gold: &Gold) -> bool {
    speaker.is_some_and(|speaker| gold.names.contains(&fold(&speaker.name)))
}

/// The reviewer looks at each claim as it comes: right, wrong, or right but for its speaker.
#[test]
fn the_claims_of_an_untouched_import_are_settled_with_few_keys() {
    let gold = gold(include_str!("gold/seeds/004.json"));
    assert_eq!(gold.len(), 14);
    let mut desk = Desk::new(4);
    let found = desk.state().claims.len();
    assert!(desk.state().claims.iter().all(|claim| claim.status == Status::Suggested));
    desk.press("<enter>");
    for _ in 0..found {
        let claims = desk.state().claims;
        let Some(claim) = claims.iter().find(|claim| claim.status == Status::Suggested) else { break };
        match told(&claim.quote, &gold) {
            None => desk.press("x"),
            Some(gold) if is_by(claim.claim.speaker.as_ref(), gold) => desk.press("a"),
            Some(gold) => {
                let name = gold.speaker.rsplit(' ').next().unwrap_or_default().to_lowercase();
                desk.press(&format!("s{name}<enter>"));
            }
        }
    }
    assert!(desk.footer().contains("all claims are reviewed"), "{}", desk.footer());
    let settled = desk.state().claims;
    let all = gold.as_slice();
    let is_settled = |one: &Gold| {
        let is_it = |claim: &&Annotation| {
            told(&claim.quote, all).is_some_and(|told| told.quote == one.quote)
                && is_by(claim.claim.speaker.as_ref(), one)
        };
        settled.iter().filter(is_it).count() == 1
    };
    let missing: Vec<&str> = gold.iter().filter(|gold| !is_settled(gold)).map(|gold| gold.quote.as_str()).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    assert_eq!(settled.len(), gold.len(), "what is no claim is rejected");
    assert!(settled.iter().all(|claim| claim.status == Status::Accepted));
    assert!(desk.keys <= 45, "{} keys", desk.keys);
}

/// What a reviewer presses, a word for an act or a way.
const WORDS: &[&str] = &[
    "a",
    "a",
    "x",
    "f",
    ".",
    "F",
    "J",
    "K",
    "3",
    "<tab>",
    "<s-tab>",
    "s<enter>",
    "s<down><down><enter>",
    "strump<enter>",
    "sAnne Roy<enter>",
    "snobody<enter>",
    "t+vu<enter>",
    "t-vu +ia<enter>",
    "R",
    "RJR1",
    "RKR<down><enter>",
    "u",
    "<c-r>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_leads_back_to_the_import_and_redo_to_where_one_was(words in prop::collection::vec(0..WORDS.len(), 1..24)) {
        let mut desk = Desk::new(4);
        let imported = desk.state();
        desk.press("<enter>");
        for word in &words {
            desk.press(WORDS[*word]);
        }
        // Out of whatever list is open; the last act leaves nothing to be redone that was undone on the way.
        desk.press("<esc><esc><esc><enter>t+fin<enter>");
        let reviewed = desk.state();
        prop_assert!(reviewed.row.tags.iter().any(|tag| tag.as_str() == "fin"));
        desk.press_until("u", "nothing to undo");
        prop_assert_eq!(&desk.state(), &imported);
        desk.press_until("<c-r>", "nothing to redo");
        prop_assert_eq!(&desk.state(), &reviewed);
    }
}
