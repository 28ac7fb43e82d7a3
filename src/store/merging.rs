//! Merging: which names are one speaker, and what that speaker is called.
//!
//! Two names are one where somebody merged them, where somebody gave one the other's name, and, across the store, where
//! one is a variant of the other, or another name that an article gives, and the articles tell a word of the same
//! role or organisation of both. Where that would lead to a crowd, likeness says nothing, and nobody is joined. By hand wins: names that were told apart are never merged by the rule. All of this
//! follows from the claims and the events and is written beside the names (`head`, `shown…`), never as an event.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::bearers::{self, Bearer, CROWD, Evidence};
use super::project::Projection;
use super::sql_error::Fault;
use super::state::SpeakerState;
use super::value::get;
use super::variant::{is_variant, key, meaning};
use crate::model::SpeakerKind;

/// A name with all that people say of it.
struct Known {
    bearer: Bearer,
    state: SpeakerState,
    /// Some claim tells of it.
    is_told: bool,
    /// What the claims tell, which for one who is quoted everywhere is much: read where it is needed.
    evidence: Option<Evidence>,
    /// Those who aren't the same, by hand.
    apart: BTreeSet<i64>,
}

impl Known {
    fn load(projection: &mut Projection<'_>, id: i64) -> Result<Self, Fault> {
        let conn = projection.conn();
        let bearer = Bearer::by_id(conn, id)?;
        let state = projection.speaker(&bearer)?;
        let mut apart = BTreeSet::new();
        for other in &state.apart {
            apart.extend(bearers::named(conn, other)?);
        }
        Ok(Self { bearer, state, is_told: bearers::is_told(conn, id)?, evidence: None, apart })
    }

    fn read_evidence(&mut self, conn: &Connection) -> Result<(), Fault> {
        if self.evidence.is_none() {
            let mut evidence = Evidence::of(conn, self.bearer.id)?;
            if let Some((_, role)) = &self.state.role {
                evidence.roles.extend(meaning(role));
            }
            self.evidence = Some(evidence);
        }
        Ok(())
    }

    fn kind(&self) -> SpeakerKind {
        self.state.kind.as_ref().map_or(self.bearer.kind, |(_, kind)| *kind)
    }

    /// The key of the name that somebody gave it, else of its own.
    fn called(&self) -> String {
        self.state.name.as_ref().map_or_else(|| self.bearer.folded.clone(), |(_, name)| key(name))
    }

    /// Whether articles give this name to those who bear the other one.
    fn has_alias(&self, other: &Self) -> bool {
        self.evidence.as_ref().is_some_and(|evidence| evidence.aliases.contains(&other.bearer.folded))
    }

    fn is_apart(&self, other: &Self) -> bool {
        self.apart.contains(&other.bearer.id) || other.apart.contains(&self.bearer.id)
    }

    /// Whether it is one across the store, and some claim tells of it.
    fn may_be_one_of_several(&self) -> bool {
        self.bearer.article.is_none() && self.is_told
    }

    /// Whether both could be one by their names: across the store, of one kind, and told of by some claim.
    fn is_alike(&self, other: &Self) -> bool {
        self.may_be_one_of_several()
            && other.may_be_one_of_several()
            && self.kind() == other.kind()
            && (self.called() == other.called()
                || is_variant(&self.bearer.folded, &other.bearer.folded)
                || self.has_alias(other)
                || other.has_alias(self))
    }

    /// Whether the rule makes these two one, who are alike.
    fn is_same(&self, other: &Self) -> bool {
        let roles = |one: &Self| one.evidence.as_ref().map(|evidence| evidence.roles.clone()).unwrap_or_default();
        self.called() == other.called() || roles(self).intersection(&roles(other)).next().is_some()
    }
}

/// How a speaker of several names, or one that was renamed, is shown. What is `None` is as the head's row tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    name: Option<String>,
    kind: Option<SpeakerKind>,
    role: Option<String>,
}

/// Names that are one speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub head: i64,
    pub members: Vec<i64>,
    pub look: Look,
}

/// Names that have been looked at, and those that lead on from them.
struct Circle<'p, 'c> {
    projection: &'p mut Projection<'c>,
    known: BTreeMap<i64, Known>,
    near: BTreeMap<i64, BTreeSet<i64>>,
    /// Whether a name is one of a crowd.
    crowds: BTreeMap<i64, bool>,
}

impl<'p, 'c> Circle<'p, 'c> {
    fn new(projection: &'p mut Projection<'c>) -> Self {
        Self { projection, known: BTreeMap::new(), near: BTreeMap::new(), crowds: BTreeMap::new() }
    }

    fn know(&mut self, id: i64) -> Result<(), Fault> {
        if !self.known.contains_key(&id) {
            let known = Known::load(self.projection, id)?;
            self.known.insert(id, known);
        }
        Ok(())
    }

    /// Those whose names are near the one of `id`.
    fn near(&mut self, id: i64) -> Result<&BTreeSet<i64>, Fault> {
        if !self.near.contains_key(&id) {
            self.know(id)?;
            let one = &self.known[&id];
            let given = one.state.name.as_ref().map(|(_, name)| name.as_str());
            let near = if one.may_be_one_of_several() {
                bearers::alike(self.projection.conn(), &one.bearer, given)?
            } else {
                BTreeSet::new()
            };
            self.near.insert(id, near);
        }
        Ok(&self.near[&id])
    }

    /// Those whose names may make them the same as `id`.
    fn alike(&mut self, id: i64) -> Result<Vec<i64>, Fault> {
        let mut alike = Vec::new();
        for other in self.near(id)?.clone() {
            if !self.near(other)?.contains(&id) {
                continue;
            }
            self.weigh(id)?;
            self.weigh(other)?;
            if self.known[&id].is_alike(&self.known[&other]) {
                alike.push(other);
            }
        }
        Ok(alike)
    }

    /// Reads what the claims tell of a name.
    fn weigh(&mut self, id: i64) -> Result<(), Fault> {
        self.know(id)?;
        let conn = self.projection.conn();
        self.known.get_mut(&id).map_or(Ok(()), |known| known.read_evidence(conn))
    }

    /// Those whom the rule makes the same as `id`.
    fn same(&mut self, id: i64) -> Result<Vec<i64>, Fault> {
        let alike = self.alike(id)?;
        let one = &self.known[&id];
        let same = |other: &i64| one.is_same(&self.known[other]) && !one.is_apart(&self.known[other]);
        Ok(alike.into_iter().filter(same).collect())
    }

    /// Those whom the rule joins to `id`; nobody where that leads on from name to name to a crowd.
    fn by_rule(&mut self, id: i64) -> Result<Vec<i64>, Fault> {
        if !self.crowds.contains_key(&id) {
            let (mut reached, mut queue) = (BTreeSet::from([id]), vec![id]);
            while let Some(next) = queue.pop().filter(|_| reached.len() <= CROWD) {
                queue.extend(self.same(next)?.into_iter().filter(|other| reached.insert(*other)));
            }
            let is_crowd = reached.len() > CROWD;
            self.crowds.extend(reached.into_iter().map(|one| (one, is_crowd)));
        }
        if self.crowds[&id] { Ok(Vec::new()) } else { self.same(id) }
    }

    /// Those who are joined to `id` by hand, either way.
    fn by_hand(&mut self, id: i64) -> Result<Vec<i64>, Fault> {
        self.know(id)?;
        let mut joined = ids(self.projection.conn(), "SELECT id FROM speaker WHERE merged = ?1", id)?;
        joined.extend(self.known[&id].bearer.merged);
        Ok(joined)
    }

    /// The groups of all who can be reached from `start`: `true` links are made by hand.
    fn groups(&mut self, start: BTreeSet<i64>) -> Result<Vec<Group>, Fault> {
        let mut queue: Vec<i64> = Vec::new();
        for id in start {
            self.know(id)?;
            // Those who were near until now may be alone, or few enough again.
            let bearer = &self.known[&id].bearer;
            queue.extend(bearers::alike(self.projection.conn(), bearer, None)?);
            queue.extend(bearers::crowded(self.projection.conn(), bearer)?);
            queue.push(id);
        }
        let mut members = BTreeSet::new();
        let mut heads = BTreeSet::new();
        let mut links: BTreeSet<(bool, i64, i64)> = BTreeSet::new();
        while let Some(id) = queue.pop() {
            if !members.insert(id) {
                continue;
            }
            let by_hand = self.by_hand(id)?;
            let by_rule = self.by_rule(id)?;
            // What was one until now has to be looked at too: it may not be any more.
            let head = self.known[&id].bearer.head();
            if heads.insert(head) {
                queue.extend(ids(self.projection.conn(), "SELECT id FROM speaker WHERE head = ?1", head)?);
                queue.push(head);
            }
            for (other, hand) in by_hand.iter().map(|id| (*id, true)).chain(by_rule.iter().map(|id| (*id, false))) {
                // By hand first: `false` sorts before `true`.
                links.insert((!hand, id.min(other), id.max(other)));
                queue.push(other);
            }
        }
        let alone = links.is_empty();
        for id in members.iter().filter(|_| !alone) {
            self.weigh(*id)?;
        }
        Ok(self.unite(&members, &links))
    }

    /// Unites what is linked, but for those who were told apart.
    fn unite(&self, members: &BTreeSet<i64>, links: &BTreeSet<(bool, i64, i64)>) -> Vec<Group> {
        let mut group_of: BTreeMap<i64, i64> = members.iter().map(|id| (*id, *id)).collect();
        let mut groups: BTreeMap<i64, BTreeSet<i64>> = members.iter().map(|id| (*id, BTreeSet::from([*id]))).collect();
        for (by_rule, one, other) in links {
            let (into, from) = (group_of[one], group_of[other]);
            let apart = |a: &i64| groups[&from].iter().any(|b| self.known[a].is_apart(&self.known[b]));
            if into == from || (*by_rule && groups[&into].iter().any(apart)) {
                continue;
            }
            let moved = groups.remove(&from).unwrap_or_default();
            for id in &moved {
                group_of.insert(*id, into);
            }
            groups.entry(into).or_default().extend(moved);
        }
        groups.into_values().map(|members| self.group(members.into_iter().collect())).collect()
    }

    fn group(&self, members: Vec<i64>) -> Group {
        let known: Vec<&Known> = members.iter().map(|id| &self.known[id]).collect();
        let is_root = |one: &&&Known| !one.bearer.merged.is_some_and(|into| members.contains(&into));
        let roots: Vec<&Known> = known.iter().filter(is_root).copied().collect();
        // Merged in a circle, all of them are equals.
        let roots = if roots.is_empty() { known.clone() } else { roots };
        let rank = |one: &&&Known| (one.bearer.article.is_some(), one.bearer.id);
        let head = roots.iter().min_by_key(rank).map_or(members[0], |one| one.bearer.id);
        let fullest = |one: &&&Known| {
            let words = one.bearer.folded.split(' ').count();
            let claims = one.evidence.as_ref().map_or(0, |evidence| evidence.claims);
            (one.is_told, words, claims, std::cmp::Reverse(one.bearer.id))
        };
        let Some(fullest) = roots.iter().max_by_key(fullest) else {
            return Group { head, members, look: Look::default() };
        };
        let name = last(&roots, |state| state.name.as_ref()).unwrap_or(&fullest.bearer.name);
        let kind = last(&roots, |state| state.kind.as_ref()).copied().unwrap_or(fullest.bearer.kind);
        let role = last(&roots, |state| state.role.as_ref()).cloned();
        let own = &self.known[&head].bearer;
        let look =
            Look { name: (*name != own.name).then(|| name.clone()), kind: (kind != own.kind).then_some(kind), role };
        Group { head, members, look }
    }
}

/// What was said last of one of these.
fn last<'a, T>(roots: &[&'a Known], said: impl Fn(&'a SpeakerState) -> Option<&'a (i64, T)>) -> Option<&'a T> {
    roots.iter().filter_map(|one| said(&one.state)).max_by_key(|(seq, _)| *seq).map(|(_, value)| value)
}

fn ids(conn: &Connection, sql: &str, id: i64) -> Result<Vec<i64>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Groups these names anew, with all who are joined to them; the articles in which somebody is shown differently now.
pub(super) fn regroup(projection: &mut Projection<'_>, changed: BTreeSet<i64>) -> Result<BTreeSet<i64>, Fault> {
    let conn = projection.conn();
    let groups = Circle::new(projection).groups(changed)?;
    let mut articles = BTreeSet::new();
    for group in groups {
        let mut differs = look_of(conn, group.head)? != group.look;
        for id in &group.members {
            let head = (*id != group.head).then_some(group.head);
            let before = Bearer::by_id(conn, *id)?.head;
            if before != head {
                conn.prepare_cached(
                    "UPDATE speaker SET head = ?2, shown = NULL, shown_kind = NULL, shown_role = NULL WHERE id = ?1",
                )?
                .execute(params![id, head])?;
                conn.prepare_cached("UPDATE claim SET speaker = ?2 WHERE bearer = ?1")?.execute([*id, group.head])?;
                articles.extend(articles_of(conn, *id)?);
                differs = differs || *id == group.head;
            }
        }
        if differs {
            let Look { name, kind, role } = &group.look;
            conn.prepare_cached("UPDATE speaker SET shown = ?2, shown_kind = ?3, shown_role = ?4 WHERE id = ?1")?
                .execute(params![group.head, name, kind.map(SpeakerKind::word), role])?;
            for id in &group.members {
                articles.extend(articles_of(conn, *id)?);
            }
        }
    }
    Ok(articles)
}

fn articles_of(conn: &Connection, bearer: i64) -> Result<Vec<i64>, Fault> {
    ids(conn, "SELECT article FROM bearing WHERE bearer = ?1", bearer)
}

/// How a speaker is shown, as it was written down.
pub(super) fn look_of(conn: &Connection, head: i64) -> Result<Look, Fault> {
    let (name, kind, role): (Option<String>, Option<String>, Option<String>) = conn
        .prepare_cached("SELECT shown, shown_kind, shown_role FROM speaker WHERE id = ?1")?
        .query_row([head], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let kind = kind.map(|kind| super::value::word(&kind, SpeakerKind::from_word)).transpose()?;
    Ok(Look { name, kind, role })
}

/// All groups as they should be; for the check.
pub(super) fn all(projection: &mut Projection<'_>) -> Result<Vec<Group>, Fault> {
    let everybody = ids(projection.conn(), "SELECT id FROM speaker WHERE ?1", 1)?;
    Circle::new(projection).groups(everybody.into_iter().collect())
}

/// Pairs of speakers whose names are nearly alike, and who were neither made one nor told apart: by their heads.
pub(super) fn suggestions(projection: &mut Projection<'_>, limit: usize) -> Result<Vec<(i64, i64)>, Fault> {
    let conn = projection.conn();
    let mut statement = conn.prepare_cached("SELECT DISTINCT bearer FROM bearing ORDER BY bearer")?;
    let mut rows = statement.query([])?;
    let mut circle = Circle::new(projection);
    let (mut pairs, mut refused) = (BTreeSet::new(), BTreeSet::new());
    while let Some(row) = rows.next()? {
        let id: i64 = get(row, 0)?;
        for other in circle.alike(id)? {
            let (one, other) = (&circle.known[&id], &circle.known[&other]);
            let (a, b) = (one.bearer.head(), other.bearer.head());
            let pair = (a.min(b), a.max(b));
            if one.is_apart(other) {
                refused.insert(pair);
            } else if a != b {
                pairs.insert(pair);
            }
        }
        if pairs.len() >= limit.saturating_add(refused.len()) {
            break;
        }
        // What is known of many names isn't kept: those who are alike come again when it is their turn.
        circle.known.clear();
        circle.near.clear();
    }
    Ok(pairs.difference(&refused).take(limit).copied().collect())
}
