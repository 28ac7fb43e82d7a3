//! Random acts of two people, undone, done again and interrupted by restarts, against the plainest model of them.

use std::collections::{BTreeMap, BTreeSet};

use dixit::model::{ArticleId, ClaimId, Deed, NewClaim};
use dixit::store::Store;
use proptest::prelude::*;

use crate::fixture::{Fresh, act, assert_sound, at, claim, claims, fresh, group, import_from, remove, tag, tag_claim};

const PEOPLE: [&str; 2] = ["ana", "bob"];
const TAGS: [&str; 3] = ["ia", "lu", "zone"];
const TEXTS: [&str; 3] =
    ["Un « oui » et un « non ».", "Deux « oui » et deux « non ».", "Trois « oui » et trois « non »."];
const WORDS: [&str; 2] = ["oui", "non"];

#[derive(Clone, Debug)]
enum Step {
    Tag { who: usize, articles: Vec<usize>, add: Vec<usize>, take: Vec<usize> },
    TagClaim { who: usize, article: usize, word: usize, tag: usize, add: bool },
    Remove { who: usize, article: usize },
    Claim { who: usize, article: usize, words: Vec<usize> },
    Undo { who: usize },
    Redo { who: usize },
    Revise { article: usize },
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = 0..PEOPLE.len();
    let article = 0..TEXTS.len();
    let some = |most: usize| prop::collection::vec(0..most, 0..=most);
    let step = prop_oneof![
        4 => (who.clone(), some(TEXTS.len()), some(TAGS.len()), some(TAGS.len()))
            .prop_map(|(who, articles, add, take)| Step::Tag { who, articles, add, take }),
        2 => (who.clone(), article.clone(), 0..WORDS.len(), 0..TAGS.len(), any::<bool>())
            .prop_map(|(who, article, word, tag, add)| Step::TagClaim { who, article, word, tag, add }),
        1 => (who.clone(), article.clone()).prop_map(|(who, article)| Step::Remove { who, article }),
        3 => (who.clone(), article.clone(), some(WORDS.len()))
            .prop_map(|(who, article, words)| Step::Claim { who, article, words }),
        4 => who.clone().prop_map(|who| Step::Undo { who }),
        3 => who.prop_map(|who| Step::Redo { who }),
        1 => article.prop_map(|article| Step::Revise { article }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..40)
}

/// What one recorded act did, to what it changed.
#[derive(Clone, Debug)]
enum Did {
    Tag { article: usize, add: BTreeSet<usize>, take: BTreeSet<usize> },
    TagClaim { claim: (usize, usize), tag: usize, add: bool },
    Remove(usize),
    Claim(usize, usize),
}

#[derive(Clone, Debug)]
struct Done {
    who: usize,
    did: Vec<Did>,
    undone: bool,
}

/// Everything that can be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    removed: BTreeSet<usize>,
    tags: BTreeMap<usize, BTreeSet<usize>>,
    claims: BTreeMap<(usize, usize), BTreeSet<usize>>,
}

/// All acts, each with what it did; and for each person the acts they undid, last at the end.
#[derive(Default)]
struct Model {
    acts: Vec<Done>,
    redo: [Vec<usize>; 2],
}

impl Model {
    /// What stands, from the first act to the last. Tags of what can't be seen are kept, not shown.
    fn folded(&self) -> Seen {
        let mut seen = Seen::default();
        let mut claim_tags: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        for did in self.acts.iter().filter(|act| !act.undone).flat_map(|act| &act.did) {
            match did {
                Did::Tag { article, add, take } => {
                    let tags = seen.tags.entry(*article).or_default();
                    *tags = tags.difference(take).chain(add).copied().collect();
                }
                Did::TagClaim { claim, tag, add: true } => {
                    claim_tags.entry(*claim).or_default().insert(*tag);
                }
                Did::TagClaim { claim, tag, .. } => {
                    claim_tags.entry(*claim).or_default().remove(tag);
                }
                Did::Remove(article) => {
                    seen.removed.insert(*article);
                }
                Did::Claim(article, word) => {
                    seen.claims.entry((*article, *word)).or_default();
                }
            }
        }
        for (claim, tags) in &mut seen.claims {
            tags.extend(claim_tags.get(claim).into_iter().flatten());
        }
        seen
    }

    fn seen(&self) -> Seen {
        let mut seen = self.folded();
        let Seen { removed, tags, claims } = &mut seen;
        tags.retain(|article, tags| !removed.contains(article) && !tags.is_empty());
        claims.retain(|(article, _), _| !removed.contains(article));
        seen
    }

    /// Records an act that did this; how many subjects changed.
    fn record(&mut self, who: usize, did: Vec<Did>) -> usize {
        let changed = did.len();
        if changed > 0 {
            self.acts.push(Done { who, did, undone: false });
            self.redo[who].clear();
        }
        changed
    }

    fn undo(&mut self, who: usize) -> bool {
        let Some(last) = self.acts.iter().rposition(|act| act.who == who && !act.undone) else { return false };
        self.acts[last].undone = true;
        self.redo[who].push(last);
        true
    }

    fn redo(&mut self, who: usize) -> bool {
        let Some(last) = self.redo[who].pop() else { return false };
        self.acts[last].undone = false;
        true
    }
}

struct Run {
    fresh: Fresh,
    ids: Vec<ArticleId>,
    model: Model,
    acts: u128,
    revisions: usize,
}

impl Run {
    fn new() -> Self {
        let mut fresh = fresh();
        let ids =
            TEXTS.iter().map(|text| fresh.store.add(&import_from(text, text), at(0)).unwrap().id().clone()).collect();
        Self { fresh, ids, model: Model::default(), acts: 0, revisions: 0 }
    }

    fn next(&mut self) -> u128 {
        self.acts += 1;
        self.acts
    }

    fn step(mut self, step: &Step) -> Self {
        let n = self.next();
        let seen = self.model.folded();
        let words = |sign: &'static str, tags: &[usize]| {
            tags.iter().flat_map(|tag| [sign, TAGS[*tag], " "]).collect::<String>()
        };
        match step {
            Step::Tag { who, articles, add, take } => {
                let ids: Vec<_> = articles.iter().map(|article| self.ids[*article].clone()).collect();
                let act = tag(n, PEOPLE[*who], &ids, &(words("+", add) + &words("-", take)));
                let (add, take): (BTreeSet<_>, BTreeSet<_>) =
                    (add.iter().copied().collect(), take.iter().copied().collect());
                let changes = |article: &usize| {
                    let tags = seen.tags.get(article).cloned().unwrap_or_default();
                    let after: BTreeSet<usize> = tags.difference(&take).chain(&add).copied().collect();
                    !seen.removed.contains(article) && after != tags
                };
                let subjects: BTreeSet<usize> = articles.iter().copied().filter(changes).collect();
                let did = |article| Did::Tag { article, add: add.clone(), take: take.clone() };
                let expected = self.model.record(*who, subjects.into_iter().map(did).collect());
                assert_eq!(self.fresh.store.record(&act).unwrap().changed, expected);
            }
            Step::TagClaim { who, article, word, tag, add } => {
                let id = made(*article, *word).id;
                let act = tag_claim(n, PEOPLE[*who], &id, &words(if *add { "+" } else { "-" }, &[*tag]));
                let claim = (*article, *word);
                match seen.claims.get(&claim) {
                    Some(tags) => {
                        let changes = !seen.removed.contains(article) && tags.contains(tag) != *add;
                        let did = Did::TagClaim { claim, tag: *tag, add: *add };
                        let expected = self.model.record(*who, if changes { vec![did] } else { Vec::new() });
                        assert_eq!(self.fresh.store.record(&act).unwrap().changed, expected);
                    }
                    // Never made, or taken back: refused, or passed over.
                    None => assert_eq!(self.fresh.store.record(&act).map_or(0, |recorded| recorded.changed), 0),
                }
            }
            Step::Remove { who, article } => {
                let act = remove(n, PEOPLE[*who], std::slice::from_ref(&self.ids[*article]));
                let did = if seen.removed.contains(article) { Vec::new() } else { vec![Did::Remove(*article)] };
                let expected = self.model.record(*who, did);
                assert_eq!(self.fresh.store.record(&act).unwrap().changed, expected);
            }
            Step::Claim { who, article, words } => {
                let new: Vec<NewClaim> = words.iter().map(|word| made(*article, *word)).collect();
                let words: BTreeSet<usize> = words.iter().copied().collect();
                let changes =
                    |word: &usize| !seen.removed.contains(article) && !seen.claims.contains_key(&(*article, *word));
                let did = words.into_iter().filter(changes).map(|word| Did::Claim(*article, word)).collect();
                let expected = self.model.record(*who, did);
                assert_eq!(self.fresh.store.record(&claims(n, PEOPLE[*who], &new)).unwrap().changed, expected);
            }
            Step::Undo { who } => {
                let undone = self.fresh.store.undo(PEOPLE[*who], group(n), at(0)).unwrap();
                assert_eq!(undone.is_some(), self.model.undo(*who));
            }
            Step::Redo { who } => {
                let redone = self.fresh.store.redo(PEOPLE[*who], group(n), at(0)).unwrap();
                assert_eq!(redone.is_some(), self.model.redo(*who));
            }
            Step::Revise { article } => {
                self.revisions += 1;
                let text = format!("Version {}. {}", self.revisions, TEXTS[*article]);
                self.fresh.store.add(&import_from(TEXTS[*article], &text), at(0)).unwrap();
            }
            Step::Reopen => self.fresh = self.fresh.reopen(),
        }
        self
    }

    /// What the store shows, in the model's terms.
    fn shown(&self) -> Seen {
        let store: &Store = &self.fresh.store;
        let mut seen = Seen::default();
        let indices = |tags: &[dixit::model::Tag]| -> BTreeSet<usize> {
            tags.iter().map(|tag| TAGS.iter().position(|word| *word == tag.as_str()).unwrap()).collect()
        };
        let mut claims_in_all = 0;
        for (article, id) in self.ids.iter().enumerate() {
            let Ok(opened) = store.opened(id) else {
                seen.removed.insert(article);
                continue;
            };
            if !opened.row.tags.is_empty() {
                seen.tags.insert(article, indices(&opened.row.tags));
            }
            claims_in_all += u64::from(opened.row.claims);
            for one in &opened.claims {
                let word = WORDS.iter().position(|word| *word == one.quote).unwrap();
                assert_eq!(one.claim.parts[0].of(&opened.article.text), one.quote);
                seen.claims.insert((article, word), indices(&one.tags));
            }
        }
        assert_eq!(claims_in_all, seen.claims.len() as u64);
        let totals = store.totals().unwrap();
        assert_eq!((totals.articles, totals.claims), ((TEXTS.len() - seen.removed.len()) as u64, claims_in_all));
        let carried: u64 = store.tags().unwrap().iter().map(|(_, count)| count).sum();
        let shown = seen.tags.values().chain(seen.claims.values()).map(BTreeSet::len).sum::<usize>();
        assert_eq!(carried, shown as u64);
        let said: u32 = store.speakers(&crate::fixture::everything()).unwrap().iter().map(|row| row.claims).sum();
        assert_eq!(u64::from(said), claims_in_all);
        seen
    }
}

/// A claim of these words, by a speaker whom all articles share or by one of its own.
fn made(article: usize, word: usize) -> NewClaim {
    let new = claim(TEXTS[article], WORDS[word], "Ève");
    let id = ClaimId::derive(&[TEXTS[article].as_bytes(), WORDS[word].as_bytes(), b"model"]);
    let mut speaker = new.speaker.clone().unwrap();
    speaker.named = word == 0;
    NewClaim { id, speaker: Some(speaker), ..new }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_shows_what_the_acts_come_to(steps in steps()) {
        let mut run = Run::new();
        for step in &steps {
            run = run.step(step);
            prop_assert_eq!(run.shown(), run.model.seen());
        }
        assert_sound(&run.fresh.store);
        assert_sound(&run.fresh.reopen().store);
    }

    /// Undoing everything leads back to the state after the import, redoing it to the state before.
    #[test]
    fn all_can_be_undone_and_done_again(steps in steps()) {
        let mut run = Run::new();
        for step in steps.iter().filter(|step| !matches!(step, Step::Revise { .. })) {
            run = run.step(step);
        }
        let before = run.shown();
        let mut undone = [0; 2];
        for (who, undone) in undone.iter_mut().enumerate() {
            for _ in 0..steps.len() {
                let n = run.next();
                *undone += usize::from(run.fresh.store.undo(PEOPLE[who], group(n), at(0)).unwrap().is_some());
            }
        }
        prop_assert_eq!(run.shown(), Seen::default());
        for (who, undone) in undone.into_iter().enumerate() {
            for _ in 0..undone {
                let n = run.next();
                prop_assert!(run.fresh.store.redo(PEOPLE[who], group(n), at(0)).unwrap().is_some());
            }
        }
        prop_assert_eq!(run.shown(), before);
        assert_sound(&run.fresh.store);
    }
}

#[test]
fn an_act_without_deeds_is_no_step() {
    let mut run = Run::new();
    run.fresh.store.record(&act(1, "ana", vec![Deed::Remove { articles: Vec::new() }])).unwrap();
    assert_eq!(run.fresh.store.undo("ana", group(2), at(0)).unwrap(), None);
}
