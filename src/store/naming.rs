//! What people do to speakers: rename, tell role and kind, merge, split, tell apart.
//!
//! A deed names a speaker as people see them; it is recorded with the name that an article tells, which never changes,
//! and for the names that it is about: those are its subjects.

use std::collections::BTreeSet;

use super::bearers::{self, Bearer};
use super::journal::{Entry, number};
use super::project::{Kind, Projection};
use super::sql_error::Fault;
use super::variant::key;
use crate::error::Error;
use crate::model::{ArticleId, Deed, SpeakerKey, SpeakerKind};

/// Code points that a speaker's name or role may have.
const LONGEST: usize = 1_000;

/// Records what somebody did to a speaker, where it changes something.
pub(super) fn record(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    deed: &Deed,
) -> Result<(), Fault> {
    // What an earlier deed of the act made counts already.
    projection.finish()?;
    let told = match deed {
        Deed::RenameSpeaker { speaker, name } => rename(projection, speaker, name)?,
        Deed::SetRole { speaker, role } => set_role(projection, speaker, role.as_deref())?,
        Deed::SetKind { speaker, kind } => set_kind(projection, speaker, *kind)?,
        Deed::Merge { from, into } => merge(projection, from, into)?,
        Deed::Split { speaker, articles } => split(projection, speaker, articles)?,
        Deed::TellApart { speaker, other } => tell_apart(projection, speaker, other)?,
        _ => None,
    };
    let Some((told, subjects)) = told else { return Ok(()) };
    let event = entry.event(n, &told)?;
    for subject in &subjects {
        entry.subject(event, Kind::Speaker, *subject)?;
    }
    for subject in &subjects {
        projection.settle(Kind::Speaker, *subject)?;
    }
    // What was asked for names the speakers as people see them.
    entry.tell(deed, 0, 1);
    projection.finish()
}

/// A deed as it is recorded, and the names that it is about.
type Plan = Option<(Deed, BTreeSet<i64>)>;

fn rename(projection: &mut Projection<'_>, speaker: &SpeakerKey, name: &str) -> Result<Plan, Fault> {
    let conn = projection.conn();
    let bearer = bearers::find(conn, speaker)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    judge("name", &name)?;
    if name.is_empty() {
        return Err(refused("a speaker needs a name".to_owned(), None));
    }
    let (shown, kind) = bearers::shown(conn, bearer.head())?;
    if shown == name {
        return Ok(None);
    }
    refuse_taken(projection, &bearer, &name, kind)?;
    let told = Deed::RenameSpeaker { speaker: bearer.key(conn)?, name };
    Ok(Some((told, BTreeSet::from([root(projection, &bearer)?]))))
}

fn set_role(projection: &mut Projection<'_>, speaker: &SpeakerKey, role: Option<&str>) -> Result<Plan, Fault> {
    let conn = projection.conn();
    let bearer = bearers::find(conn, speaker)?;
    let role = role.map(|role| role.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|role| !role.is_empty());
    judge("role", role.as_deref().unwrap_or_default())?;
    let root = root(projection, &bearer)?;
    let said = projection.speaker(&Bearer::by_id(conn, root)?)?.role.map(|(_, role)| role);
    if said == role {
        return Ok(None);
    }
    Ok(Some((Deed::SetRole { speaker: bearer.key(conn)?, role }, BTreeSet::from([root]))))
}

fn set_kind(projection: &mut Projection<'_>, speaker: &SpeakerKey, kind: SpeakerKind) -> Result<Plan, Fault> {
    let conn = projection.conn();
    let bearer = bearers::find(conn, speaker)?;
    let (shown, before) = bearers::shown(conn, bearer.head())?;
    if before == kind {
        return Ok(None);
    }
    refuse_taken(projection, &bearer, &shown, kind)?;
    Ok(Some((Deed::SetKind { speaker: bearer.key(conn)?, kind }, BTreeSet::from([root(projection, &bearer)?]))))
}

fn merge(projection: &mut Projection<'_>, from: &SpeakerKey, into: &SpeakerKey) -> Result<Plan, Fault> {
    let conn = projection.conn();
    let (from, into) = (bearers::find(conn, from)?, bearers::find(conn, into)?);
    if from.head() == into.head() {
        return Ok(None);
    }
    // Whoever is merged already goes with the one they were merged into.
    let mut subjects: BTreeSet<i64> =
        bearers::of_head(conn, from.head())?.iter().filter(|one| one.merged.is_none()).map(|one| one.id).collect();
    subjects.insert(into.id);
    let told = Deed::Merge { from: from.key(conn)?, into: into.key(conn)? };
    Ok(Some((told, subjects)))
}

fn split(projection: &mut Projection<'_>, speaker: &SpeakerKey, articles: &[ArticleId]) -> Result<Plan, Fault> {
    let conn = projection.conn();
    let bearer = bearers::find(conn, speaker)?;
    let names = bearers::of_head(conn, bearer.head())?;
    let (mut subjects, mut changed) = (BTreeSet::new(), Vec::new());
    for id in articles {
        let article = number(conn, "article", id.as_str())?;
        let here = bearers::read(conn, article)?;
        let across = names.iter().filter(|one| one.article.is_none() && here.contains_key(&one.id));
        let across: Vec<i64> = across.map(|one| one.id).collect();
        if !across.is_empty() && !changed.contains(id) {
            changed.push(id.clone());
        }
        subjects.extend(across);
    }
    if changed.is_empty() {
        let why = format!("{} doesn't speak in these articles as in others", speaker.name);
        return Err(refused(why, Some("who belongs to one article can't be split off")));
    }
    Ok(Some((Deed::Split { speaker: bearer.key(conn)?, articles: changed }, subjects)))
}

fn tell_apart(projection: &mut Projection<'_>, speaker: &SpeakerKey, other: &SpeakerKey) -> Result<Plan, Fault> {
    let conn = projection.conn();
    let (one, two) = (bearers::find(conn, speaker)?, bearers::find(conn, other)?);
    if one.id == two.id {
        return Err(refused("these are two ways to name one and the same".to_owned(), None));
    }
    let (one_key, two_key) = (one.key(conn)?, two.key(conn)?);
    if projection.speaker(&one)?.apart.contains(&two_key) {
        return Ok(None);
    }
    let told = Deed::TellApart { speaker: one_key, other: two_key };
    Ok(Some((told, BTreeSet::from([one.id, two.id]))))
}

/// The name that speaks for all who are the same speaker: what is said of it counts.
fn root(projection: &mut Projection<'_>, bearer: &Bearer) -> Result<i64, Fault> {
    let names = bearers::of_head(projection.conn(), bearer.head())?;
    let is_root = |one: &&Bearer| one.merged.is_none();
    Ok(names
        .iter()
        .filter(is_root)
        .find(|one| one.id == bearer.id)
        .or(names.iter().find(is_root))
        .map_or(bearer.head(), |one| one.id))
}

/// Refuses a name that another speaker has.
fn refuse_taken(projection: &mut Projection<'_>, bearer: &Bearer, name: &str, kind: SpeakerKind) -> Result<(), Fault> {
    let conn = projection.conn();
    let wanted = SpeakerKey { name: name.to_owned(), kind, ..bearer.key(conn)? };
    match bearers::look_up(conn, &wanted)? {
        Some(other) if other.head() != bearer.head() => {
            let (shown, _) = bearers::shown(conn, other.head())?;
            // Somebody whose name an article tells otherwise than it is shown is no hindrance.
            if key(&shown) != key(name) {
                return Ok(());
            }
            let why = format!("there is a speaker {shown} already ({})", kind.word());
            Err(refused(why, Some("if both are the same, merge them")))
        }
        _ => Ok(()),
    }
}

fn judge(what: &str, words: &str) -> Result<(), Fault> {
    if words.chars().count() <= LONGEST {
        return Ok(());
    }
    Err(refused(format!("a speaker's {what} has at most {LONGEST} characters"), None))
}

fn refused(why: String, hint: Option<&'static str>) -> Fault {
    Error::Refused { why, hint }.into()
}
