//! Random acts of two people, undone, done again and interrupted by restarts, against the plainest model of them.

use std::collections::{BTreeMap, BTreeSet};

use dixit::model::{
    Annotation, ArticleId, Change, ClaimId, Deed, NewClaim, SpeakerKey, SpeakerKind, Status, Subject, Tag,
};
use dixit::query::Query;
use dixit::store::Store;
use proptest::prelude::*;

use crate::fixture::{
    Fresh, act, assert_sound, at, claim, claims, fresh, group, import_from, person, remove, tag, tag_claim,
};

const PEOPLE: [&str; 2] = ["ana", "bob"];
const TAGS: [&str; 3] = ["ia", "lu", "zone"];
const TEXTS: [&str; 3] =
    ["Un « oui » et un « non ».", "Deux « oui » et deux « non ».", "Trois « oui » et trois « non »."];
const WORDS: [&str; 2] = ["oui", "non"];
/// Speakers across the store; the first is the one whom claims are made by.
const NAMES: [&str; 3] = ["Ève", "Noé", "Ada"];
const NOTES: [&str; 3] = ["", "À voir.", "Vu."];

#[derive(Clone, Debug)]
enum Step {
    Tag {
        who: usize,
        articles: Vec<usize>,
        add: Vec<usize>,
        take: Vec<usize>,
    },
    TagClaim {
        who: usize,
        article: usize,
        word: usize,
        tag: usize,
        add: bool,
    },
    Remove {
        who: usize,
        article: usize,
    },
    Claim {
        who: usize,
        article: usize,
        words: Vec<usize>,
    },
    Review {
        who: usize,
        claims: Vec<(usize, usize)>,
        status: usize,
    },
    /// A name, or nobody where there is none of that number.
    Attribute {
        who: usize,
        claim: (usize, usize),
        name: usize,
    },
    Note {
        who: usize,
        article: usize,
        text: usize,
    },
    Merge {
        who: usize,
        from: usize,
        into: usize,
    },
    RenameTag {
        who: usize,
        from: usize,
        to: usize,
    },
    Undo {
        who: usize,
    },
    Redo {
        who: usize,
    },
    Revise {
        article: usize,
    },
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = 0..PEOPLE.len();
    let article = 0..TEXTS.len();
    let one = (0..TEXTS.len(), 0..WORDS.len());
    let some = |most: usize| prop::collection::vec(0..most, 0..=most);
    let step = prop_oneof![
        4 => (who.clone(), some(TEXTS.len()), some(TAGS.len()), some(TAGS.len()))
            .prop_map(|(who, articles, add, take)| Step::Tag { who, articles, add, take }),
        2 => (who.clone(), article.clone(), 0..WORDS.len(), 0..TAGS.len(), any::<bool>())
            .prop_map(|(who, article, word, tag, add)| Step::TagClaim { who, article, word, tag, add }),
        1 => (who.clone(), article.clone()).prop_map(|(who, article)| Step::Remove { who, article }),
        3 => (who.clone(), article.clone(), some(WORDS.len()))
            .prop_map(|(who, article, words)| Step::Claim { who, article, words }),
        3 => (who.clone(), prop::collection::vec(one.clone(), 1..4), 0..3_usize)
            .prop_map(|(who, claims, status)| Step::Review { who, claims, status }),
        3 => (who.clone(), one, 0..=NAMES.len())
            .prop_map(|(who, claim, name)| Step::Attribute { who, claim, name }),
        1 => (who.clone(), article.clone(), 0..NOTES.len())
            .prop_map(|(who, article, text)| Step::Note { who, article, text }),
        3 => (who.clone(), 0..NAMES.len(), 0..NAMES.len())
            .prop_map(|(who, from, into)| Step::Merge { who, from, into }),
        1 => (who.clone(), 0..TAGS.len(), 0..TAGS.len())
            .prop_map(|(who, from, to)| Step::RenameTag { who, from, to }),
        5 => who.clone().prop_map(|who| Step::Undo { who }),
        3 => who.prop_map(|who| Step::Redo { who }),
        1 => article.prop_map(|article| Step::Revise { article }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..40)
}

/// What one recorded act did, to what it changed.
#[derive(Clone, Debug)]
enum Did {
    Tag {
        article: usize,
        add: BTreeSet<usize>,
        take: BTreeSet<usize>,
    },
    TagClaim {
        claim: (usize, usize),
        tag: usize,
        add: bool,
    },
    Remove(usize),
    Claim(usize, usize),
    Review {
        claim: (usize, usize),
        status: Status,
    },
    Attribute {
        claim: (usize, usize),
        name: usize,
    },
    Note {
        article: usize,
        text: usize,
    },
    /// Of these names the first ones are the last one.
    Merge {
        from: Vec<usize>,
        told: usize,
        into: usize,
    },
    RenameTag {
        article: usize,
        from: usize,
        to: usize,
    },
    RenameClaimTag {
        claim: (usize, usize),
        from: usize,
        to: usize,
    },
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
    notes: BTreeMap<usize, usize>,
    claims: BTreeMap<(usize, usize), Told>,
    /// The claims of one speaker each.
    voices: BTreeSet<BTreeSet<(usize, usize)>>,
}

/// A claim that can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    tags: BTreeSet<usize>,
    status: &'static str,
    reviewer: Option<usize>,
}

/// Who says a claim, before names are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// One across the store, by name.
    Across(usize),
    /// One of an article.
    Of(usize),
    Nobody,
}

/// What the acts come to, seen or not.
#[derive(Clone, Debug, Default)]
struct Folded {
    removed: BTreeSet<usize>,
    tags: BTreeMap<usize, BTreeSet<usize>>,
    notes: BTreeMap<usize, usize>,
    made: BTreeSet<(usize, usize)>,
    claim_tags: BTreeMap<(usize, usize), BTreeSet<usize>>,
    status: BTreeMap<(usize, usize), (Status, usize)>,
    voice: BTreeMap<(usize, usize), Voice>,
    merged: BTreeMap<usize, usize>,
}

impl Folded {
    fn status(&self, claim: (usize, usize)) -> Status {
        self.status.get(&claim).map_or(Status::Accepted, |(status, _)| *status)
    }

    fn voice(&self, claim: (usize, usize)) -> Voice {
        let made = if claim.1 == 0 { Voice::Across(0) } else { Voice::Of(claim.0) };
        self.voice.get(&claim).copied().unwrap_or(made)
    }

    fn is_seen(&self, claim: (usize, usize)) -> bool {
        self.made.contains(&claim) && !self.removed.contains(&claim.0)
    }

    /// Whether some claim tells of somebody of that name.
    fn is_alive(&self, name: usize) -> bool {
        let tells = |claim: &&(usize, usize)| {
            self.voice(**claim) == Voice::Across(name) && self.status(**claim) != Status::Rejected
        };
        self.made.iter().any(|claim| tells(&claim))
    }

    /// All names that are one with this one; the least of them stands for all.
    fn group(&self, name: usize) -> BTreeSet<usize> {
        let mut group = BTreeSet::from([name]);
        loop {
            let joined = |a: &usize| {
                self.merged
                    .iter()
                    .any(|(from, into)| (from == a && group.contains(into)) || (into == a && group.contains(from)))
            };
            let more: BTreeSet<usize> = (0..NAMES.len()).filter(joined).collect();
            if more.is_subset(&group) {
                return group;
            }
            group.extend(more);
        }
    }

    fn seen(&self) -> Seen {
        let mut seen = Seen { removed: self.removed.clone(), ..Seen::default() };
        for (article, tags) in
            self.tags.iter().filter(|(article, tags)| !self.removed.contains(article) && !tags.is_empty())
        {
            seen.tags.insert(*article, tags.clone());
        }
        seen.notes =
            self.notes.iter().filter(|(article, _)| !self.removed.contains(article)).map(|(a, t)| (*a, *t)).collect();
        let mut voices: BTreeMap<Voice, BTreeSet<(usize, usize)>> = BTreeMap::new();
        for claim in self.made.iter().copied().filter(|claim| self.is_seen(*claim)) {
            let told = Told {
                tags: self.claim_tags.get(&claim).cloned().unwrap_or_default(),
                status: self.status(claim).word(),
                reviewer: self.status.get(&claim).map(|(_, who)| *who),
            };
            seen.claims.insert(claim, told);
            let voice = match self.voice(claim) {
                Voice::Across(name) => Voice::Across(self.group(name).into_iter().next().unwrap_or(name)),
                other => other,
            };
            if voice != Voice::Nobody {
                voices.entry(voice).or_default().insert(claim);
            }
        }
        seen.voices = voices.into_values().collect();
        seen
    }
}

/// All acts, each with what it did; and for each person the acts they undid, last at the end.
#[derive(Default)]
struct Model {
    acts: Vec<Done>,
    redo: [Vec<usize>; 2],
}

impl Model {
    /// What stands, from the first act to the last. What can't be seen is kept, not shown.
    fn folded(&self) -> Folded {
        let mut all = Folded::default();
        for act in self.acts.iter().filter(|act| !act.undone) {
            for did in &act.did {
                Self::take(&mut all, act.who, did);
            }
        }
        all
    }

    fn take(all: &mut Folded, who: usize, did: &Did) {
        let rename = |tags: &mut BTreeSet<usize>, from: &usize, to: &usize| {
            if tags.remove(from) {
                tags.insert(*to);
            }
        };
        match did {
            Did::Tag { article, add, take } => {
                let tags = all.tags.entry(*article).or_default();
                *tags = tags.difference(take).chain(add).copied().collect();
            }
            Did::TagClaim { claim, tag, add: true } => {
                all.claim_tags.entry(*claim).or_default().insert(*tag);
            }
            Did::TagClaim { claim, tag, .. } => {
                all.claim_tags.entry(*claim).or_default().remove(tag);
            }
            Did::Remove(article) => {
                all.removed.insert(*article);
            }
            Did::Claim(article, word) => {
                all.made.insert((*article, *word));
            }
            Did::Review { claim, status } => {
                all.status.insert(*claim, (*status, who));
            }
            Did::Attribute { claim, name } => {
                let voice = if *name < NAMES.len() { Voice::Across(*name) } else { Voice::Nobody };
                all.voice.insert(*claim, voice);
                all.status.insert(*claim, (Status::Accepted, who));
            }
            Did::Note { article, text: 0 } => {
                all.notes.remove(article);
            }
            Did::Note { article, text } => {
                all.notes.insert(*article, *text);
            }
            Did::Merge { from, told, into } => {
                for name in from {
                    all.merged.insert(*name, *into);
                }
                if all.merged.get(into) == Some(told) {
                    all.merged.remove(into);
                }
            }
            Did::RenameTag { article, from, to } => rename(all.tags.entry(*article).or_default(), from, to),
            Did::RenameClaimTag { claim, from, to } => rename(all.claim_tags.entry(*claim).or_default(), from, to),
        }
    }

    fn seen(&self) -> Seen {
        self.folded().seen()
    }

    /// Whether somebody made this claim, be it undone.
    fn was_made(&self, claim: (usize, usize)) -> bool {
        let makes = |did: &Did| matches!(did, Did::Claim(article, word) if (*article, *word) == claim);
        self.acts.iter().flat_map(|act| &act.did).any(makes)
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
                match seen.made.get(&claim) {
                    Some(_) => {
                        let tags = seen.claim_tags.get(&claim).cloned().unwrap_or_default();
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
                let changes = |word: &usize| !seen.removed.contains(article) && !seen.made.contains(&(*article, *word));
                let did = words.into_iter().filter(changes).map(|word| Did::Claim(*article, word)).collect();
                let expected = self.model.record(*who, did);
                assert_eq!(self.fresh.store.record(&claims(n, PEOPLE[*who], &new)).unwrap().changed, expected);
            }
            Step::Review { .. }
            | Step::Attribute { .. }
            | Step::Note { .. }
            | Step::Merge { .. }
            | Step::RenameTag { .. } => {
                self.look_after(n, step, &seen);
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

    /// Does what people do to claims, speakers and tags that are there.
    fn look_after(&mut self, n: u128, step: &Step, seen: &Folded) {
        let (who, deed, did) = match step {
            Step::Review { who, claims, status } => {
                let status = Status::ALL[*status];
                let ids = claims.iter().map(|(article, word)| made(*article, *word).id).collect();
                let changes = |claim: &(usize, usize)| seen.is_seen(*claim) && seen.status(*claim) != status;
                // One that nobody ever made refuses them all.
                let known = claims.iter().all(|claim| self.model.was_made(*claim));
                let subjects: BTreeSet<_> = claims.iter().copied().filter(|claim| known && changes(claim)).collect();
                let did = subjects.into_iter().map(|claim| Did::Review { claim, status }).collect();
                (who, Deed::Review { claims: ids, status }, did)
            }
            Step::Attribute { who, claim, name } => {
                let told = NAMES.get(*name).map(|name| person(name));
                let voice = if told.is_some() { Voice::Across(*name) } else { Voice::Nobody };
                let same = seen.voice(*claim) == voice && seen.status(*claim) == Status::Accepted;
                let change = Box::new(Change::Speaker(told));
                let did = Did::Attribute { claim: *claim, name: *name };
                let did = if seen.is_seen(*claim) && !same { vec![did] } else { Vec::new() };
                (who, Deed::Amend { claims: vec![made(claim.0, claim.1).id], change }, did)
            }
            Step::Note { who, article, text } => {
                let same = seen.notes.get(article).copied().unwrap_or(0) == *text;
                let did = Did::Note { article: *article, text: *text };
                let did = if same || seen.removed.contains(article) { Vec::new() } else { vec![did] };
                let subject = Subject::Article(self.ids[*article].clone());
                (who, Deed::Note { subject, text: NOTES[*text].into() }, did)
            }
            Step::Merge { who, from, into } => {
                let key =
                    |name: usize| SpeakerKey { name: NAMES[name].into(), kind: SpeakerKind::Person, article: None };
                let group = seen.group(*from);
                let changes = seen.is_alive(*from) && seen.is_alive(*into) && !group.contains(into);
                let roots = group.into_iter().filter(|name| !seen.merged.contains_key(name)).collect();
                let did = Did::Merge { from: roots, told: *from, into: *into };
                (who, Deed::Merge { from: key(*from), into: key(*into) }, if changes { vec![did] } else { Vec::new() })
            }
            Step::RenameTag { who, from, to } => {
                let tag = |tag: usize| Tag::new(TAGS[tag]).unwrap();
                let mut did = Vec::new();
                for (article, _) in seen.tags.iter().filter(|(_, tags)| from != to && tags.contains(from)) {
                    did.push(Did::RenameTag { article: *article, from: *from, to: *to });
                }
                for (claim, _) in seen.claim_tags.iter().filter(|(_, tags)| from != to && tags.contains(from)) {
                    did.push(Did::RenameClaimTag { claim: *claim, from: *from, to: *to });
                }
                (who, Deed::RenameTag { from: tag(*from), to: tag(*to) }, did)
            }
            _ => return,
        };
        let changes = !did.is_empty();
        self.model.record(*who, did);
        // Refused (a claim never made, a speaker without claims, a tag of nothing) or passed over.
        let recorded = self.fresh.store.record(&act(n, PEOPLE[*who], vec![deed]));
        assert_eq!(
            recorded.map_or(0, |_| self
                .fresh
                .store
                .log(1)
                .unwrap()
                .first()
                .map_or(0, |row| usize::from(row.group == group(n)))),
            usize::from(changes),
            "{step:?}"
        );
    }

    /// What the store shows, in the model's terms.
    fn shown(&self) -> Seen {
        let store: &Store = &self.fresh.store;
        let mut seen = Seen::default();
        let indices = |tags: &[Tag]| -> BTreeSet<usize> {
            tags.iter().map(|tag| TAGS.iter().position(|word| *word == tag.as_str()).unwrap()).collect()
        };
        let mut voices: BTreeMap<i64, BTreeSet<(usize, usize)>> = BTreeMap::new();
        let any_status = Query::parse("status:suggested OR status:accepted OR status:rejected").unwrap();
        let mut counted = 0;
        for (article, id) in self.ids.iter().enumerate() {
            let Ok(opened) = store.opened(id) else {
                seen.removed.insert(article);
                continue;
            };
            if !opened.row.tags.is_empty() {
                seen.tags.insert(article, indices(&opened.row.tags));
            }
            if let Some(note) = &opened.note {
                seen.notes.insert(article, NOTES.iter().position(|text| text == note).unwrap());
            }
            assert_eq!(opened.claims.len() as u64, u64::from(opened.row.claims));
            counted += opened.claims.len() as u64;
        }
        let mut each = |row: &_, opened: &dixit::model::listing::Opened, one: &Annotation| {
            let _: &dixit::model::Row = row;
            let article = self.ids.iter().position(|id| *id == one.article).unwrap();
            let word = WORDS.iter().position(|word| *word == one.quote).unwrap();
            assert_eq!(one.claim.parts[0].of(&opened.article.text), one.quote);
            let reviewer = one.by_hand.reviewer.as_ref().map(|who| PEOPLE.iter().position(|one| one == who).unwrap());
            let told = Told { tags: indices(&one.tags), status: one.status.word(), reviewer };
            seen.claims.insert((article, word), told);
            if let Some(id) = one.claim.speaker.as_ref().and_then(|speaker| speaker.id) {
                voices.entry(id.0).or_default().insert((article, word));
            }
            Ok(())
        };
        store.claims(&any_status, &mut each).unwrap();
        seen.voices = voices.into_values().collect();
        let standing = || seen.claims.iter().filter(|(_, told)| told.status != "rejected");
        assert_eq!(counted, standing().count() as u64);
        let totals = store.totals().unwrap();
        assert_eq!((totals.articles, totals.claims), ((TEXTS.len() - seen.removed.len()) as u64, counted));
        let carried: u64 = store.tags().unwrap().iter().map(|(_, count)| count).sum();
        let shown = seen.tags.values().chain(standing().map(|(_, told)| &told.tags)).map(BTreeSet::len).sum::<usize>();
        assert_eq!(carried, shown as u64);
        let said: u32 = store.speakers(&crate::fixture::everything()).unwrap().iter().map(|row| row.claims).sum();
        let by_somebody = standing().filter(|(claim, _)| seen.voices.iter().any(|voice| voice.contains(claim))).count();
        assert_eq!(said as usize, by_somebody);
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
