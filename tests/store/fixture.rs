//! Small articles, claims and acts, and what tests ask of a store again and again.

use std::path::Path;

use dixit::model::article::{Identity, Import};
use dixit::model::event::Attribution;
use dixit::model::id::text_sha256;
use dixit::model::{
    Act, Article, ArticleId, Block, BlockKind, ByteRange, Claim, ClaimId, Deed, Findings, Form, Found, NewClaim,
    Polarity, Selector, Speaker, SpeakerKind, Status, Subject, Tag,
};
use dixit::query::Query;
use dixit::store::Store;
use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

/// A store in a folder of its own, which goes with it.
pub struct Fresh {
    pub store: Store,
    pub folder: TempDir,
}

pub fn fresh() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    Fresh { store: Store::open(&folder.path().join("dixit.db")).unwrap(), folder }
}

impl Fresh {
    /// A store with one article for each text.
    pub fn with(texts: &[&str]) -> (Self, Vec<ArticleId>) {
        let mut fresh = fresh();
        let ids = texts.iter().map(|text| fresh.add(text)).collect();
        (fresh, ids)
    }

    pub fn add(&mut self, text: &str) -> ArticleId {
        self.store.add(&import(text), at(0)).unwrap().id().clone()
    }

    pub fn reopen(self) -> Self {
        let path = self.store.path().clone();
        drop(self.store);
        Self { store: Store::open(&path).unwrap(), folder: self.folder }
    }
}

/// A second of January 2025.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_735_689_600 + second).unwrap()
}

pub fn group(n: u128) -> Uuid {
    Uuid::from_u128(0x0194_0000_0000_7000_8000_0000_0000_0000 + n)
}

/// An article of one paragraph, which nobody knows by a name; its title is its first word.
pub fn import(text: &str) -> Import {
    let article = Article {
        title: text.split_whitespace().next().unwrap_or_default().to_owned(),
        text: text.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, range: ByteRange::new(0, text.len()) }],
        ..Article::default()
    };
    Import { article, identity: None, raw: text.as_bytes().to_vec(), importer: "test/1", found: None }
}

pub fn import_from(path: &str, text: &str) -> Import {
    Import { identity: Some(Identity::Path(path.to_owned())), ..import(text) }
}

fn tags(words: &str) -> (Vec<Tag>, Vec<Tag>) {
    let tag = |word: &str| Tag::new(word).unwrap();
    (
        words.split(' ').filter_map(|word| word.strip_prefix('+')).map(tag).collect(),
        words.split(' ').filter_map(|word| word.strip_prefix('-')).map(tag).collect(),
    )
}

pub fn act(n: u128, annotator: &str, deeds: Vec<Deed>) -> Act {
    Act { group: group(n), annotator: annotator.to_owned(), time: at(i64::try_from(n).unwrap()), deeds }
}

/// `+ia -draft` on these articles.
pub fn tag(n: u128, annotator: &str, articles: &[ArticleId], words: &str) -> Act {
    let (add, remove) = tags(words);
    let subjects = articles.iter().cloned().map(Subject::Article).collect();
    act(n, annotator, vec![Deed::Tag { subjects, add, remove }])
}

pub fn tag_claim(n: u128, annotator: &str, claim: &ClaimId, words: &str) -> Act {
    let (add, remove) = tags(words);
    act(n, annotator, vec![Deed::Tag { subjects: vec![Subject::Claim(claim.clone())], add, remove }])
}

pub fn remove(n: u128, annotator: &str, articles: &[ArticleId]) -> Act {
    act(n, annotator, vec![Deed::Remove { articles: articles.to_vec() }])
}

pub fn selector(text: &str, words: &str) -> Selector {
    let start = text.find(words).unwrap();
    let range = ByteRange::new(start, start + words.len());
    let (prefix, suffix) = dixit::text::anchor::context(text, range);
    Selector { range, exact: words.to_owned(), prefix: prefix.to_owned(), suffix: suffix.to_owned() }
}

/// The claim of `words` in `text` by a person of that name, accepted.
pub fn claim(text: &str, words: &str, speaker: &str) -> NewClaim {
    NewClaim {
        id: ClaimId::derive(&[text.as_bytes(), words.as_bytes()]),
        article: ArticleId::of_text(text),
        text_sha256: text_sha256(text),
        parts: vec![selector(text, words)],
        form: Form::Direct,
        polarity: Polarity::Positive,
        status: Status::Accepted,
        speaker: (!speaker.is_empty()).then(|| person(speaker)),
        cue: None,
        mention: None,
        nested_in: None,
    }
}

pub fn person(name: &str) -> Attribution {
    Attribution { name: name.to_owned(), kind: SpeakerKind::Person, named: true, role: None, aliases: Vec::new() }
}

pub fn claims(n: u128, annotator: &str, claims: &[NewClaim]) -> Act {
    act(n, annotator, claims.iter().map(|claim| Deed::Claim(Box::new(claim.clone()))).collect())
}

/// What a rule set finds: these words, by Ève.
pub fn findings(text: &str, rule_set: &str, words: &[&str]) -> Findings {
    let found = |words: &&str| Found {
        id: ClaimId::derive(&[b"rules", text.as_bytes(), words.as_bytes()]),
        claim: Claim {
            parts: vec![selector(text, words).range],
            form: Form::Direct,
            polarity: Polarity::Positive,
            speaker: Some(Speaker {
                id: None,
                name: "Ève".into(),
                kind: SpeakerKind::Person,
                named: true,
                role: None,
                aliases: vec![],
            }),
            cue: Some(selector(text, "dit").range),
            mention: None,
        },
        rule: "incise".into(),
        confidence: 0.5,
        nested_in: None,
    };
    Findings { rule_set: rule_set.into(), claims: words.iter().map(found).collect() }
}

pub fn everything() -> Query {
    Query::parse("").unwrap()
}

/// The list in short: `title:claims tag tag` a row.
pub fn shown(store: &Store) -> Vec<String> {
    let rows = store.first_rows(usize::MAX).unwrap();
    let tags = |row: &dixit::model::Row| row.tags.iter().flat_map(|tag| [" ", tag.as_str()]).collect::<String>();
    rows.iter().map(|row| format!("{}:{}{}", row.title, row.claims, tags(row))).collect()
}

/// Fails with what the store's own check finds wrong.
#[track_caller]
pub fn assert_sound(store: &Store) {
    let wrong: Vec<_> = store.check().unwrap().into_iter().filter(|check| !check.ok).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The names and bytes of all files in a folder.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap_or_default())
        })
        .collect();
    files.sort();
    files
}
