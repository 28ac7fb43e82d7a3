//! What people do to claims that are there: accept and reject, correct, note, relate.
//!
//! Each deed is recorded for those claims alone that it changes; what was taken out of view meanwhile is passed over.
//! What makes no sense (ranges that don't lie in the text, a claim related to itself) is refused before anything is
//! written.

use super::journal::{Entry, number};
use super::project::{Kind, Projection};
use super::spans::{self, Role};
use super::sql_error::Fault;
use super::state::{self, bond};
use super::{claims, listing, notes, relations};
use crate::error::Error;
use crate::model::{Anchor, Change, ClaimId, Deed, NewClaim, Ranges, Selector, Status, Subject};

/// Accepts claims, rejects them, or puts them back to waiting.
pub(super) fn review(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    claims: &[ClaimId],
    status: Status,
) -> Result<(), Fault> {
    let deed = Deed::Review { claims: Vec::new(), status };
    each(entry, projection, n, &deed, claims, |projection, claim| {
        Ok(claims::Kept::of(projection.conn(), claim)?.status != status)
    })
}

/// Corrects claims.
pub(super) fn amend(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    claims: &[ClaimId],
    change: &Change,
) -> Result<(), Fault> {
    match change {
        Change::Speaker(Some(told)) if told.name.trim().is_empty() => {
            return Err(refused("a speaker needs a name", None));
        }
        Change::Ranges(_) if claims.len() > 1 => {
            return Err(refused("several claims can't have the same words", Some("correct them one by one")));
        }
        _ => {}
    }
    let deed = Deed::Amend { claims: Vec::new(), change: Box::new(change.clone()) };
    each(entry, projection, n, &deed, claims, |projection, claim| {
        let told = claims::as_told(projection.conn(), claim)?;
        let amended = state::amend(told.clone(), std::slice::from_ref(change));
        if let Change::Ranges(ranges) = change {
            judge(projection, claim, ranges, &amended)?;
        }
        Ok(amended != told || claims::Kept::of(projection.conn(), claim)?.status != Status::Accepted)
    })
}

/// Does a deed to each of the claims that can be seen and that `changes` says it changes.
fn each(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    deed: &Deed,
    claims: &[ClaimId],
    changes: impl Fn(&mut Projection<'_>, i64) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    let numbers = claims.iter().map(|id| number(entry.conn, "claim", id.as_str()));
    let mut numbers: Vec<i64> = numbers.collect::<Result<_, _>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    let (mut event, mut changed) = (None, 0);
    for claim in numbers {
        if !projection.is_seen(claim)? || !changes(projection, claim)? {
            continue;
        }
        let event = match event {
            Some(event) => event,
            None => *event.insert(entry.event(n, deed)?),
        };
        entry.subject(event, Kind::Claim, claim)?;
        projection.settle(Kind::Claim, claim)?;
        changed += 1;
    }
    if changed > 0 {
        entry.tell(deed, 0, changed);
    }
    Ok(())
}

/// Refuses ranges that can't be placed in the article.
fn judge(projection: &mut Projection<'_>, claim: i64, ranges: &Ranges, amended: &NewClaim) -> Result<(), Fault> {
    let article = claims::Kept::of(projection.conn(), claim)?.article;
    let page = projection.page(article)?;
    let stands = |told: &Selector| told.range.of(&page.text) == told.exact;
    let mut all = ranges.parts.iter().chain(&ranges.cue).chain(&ranges.mention);
    let exact = ranges.text_sha256 != page.sha256 || all.all(stands);
    let revision = claims::revision_of(projection.conn(), &page, &ranges.text_sha256)?;
    let mut placed = spans::told(amended, claim, revision);
    let extent = spans::place(&mut placed, &page, Anchor::Exact);
    let lost = placed.iter().any(|span| span.role != Role::Part && span.range.is_none());
    if exact && extent.anchor != Anchor::Orphan && !lost {
        return Ok(());
    }
    let hint = "the text may have changed meanwhile: select the words anew";
    Err(refused("the selection isn't in the article's text, or its parts overlap", Some(hint)))
}

/// Writes a note on an article or a claim.
pub(super) fn note(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    subject: &Subject,
    text: &str,
) -> Result<(), Fault> {
    notes::judge(text)?;
    let conn = entry.conn;
    let (kind, id) = match subject {
        Subject::Article(id) => (Kind::Article, number(conn, "article", id.as_str())?),
        Subject::Claim(id) => (Kind::Claim, number(conn, "claim", id.as_str())?),
    };
    let is_seen = match kind {
        Kind::Article => listing::tags_of(conn, id)?.is_some(),
        _ => projection.is_seen(id)?,
    };
    if !is_seen || notes::of(conn, kind, id)?.unwrap_or_default() == text {
        return Ok(());
    }
    let deed = Deed::Note { subject: subject.clone(), text: text.to_owned() };
    let event = entry.event(n, &deed)?;
    entry.subject(event, kind, id)?;
    projection.settle(kind, id)?;
    let is_article = kind == Kind::Article;
    entry.tell(&deed, usize::from(is_article), usize::from(!is_article));
    Ok(())
}

/// Relates two claims, or parts them.
pub(super) fn relate(
    entry: &mut Entry<'_>,
    projection: &mut Projection<'_>,
    n: usize,
    deed: &Deed,
) -> Result<(), Fault> {
    let Deed::Relate { claim, other, relation, on } = deed else { return Ok(()) };
    let conn = entry.conn;
    let ends = [number(conn, "claim", claim.as_str())?, number(conn, "claim", other.as_str())?];
    if ends[0] == ends[1] {
        return Err(refused("a claim can't be related to itself", None));
    }
    let known = relations::holds(conn, &bond(claim, other, *relation))?;
    let is_so = if *on || *relation == crate::model::Relation::Same { known == Some(*on) } else { known.is_none() };
    if is_so || !projection.is_seen(ends[0])? || !projection.is_seen(ends[1])? {
        return Ok(());
    }
    let event = entry.event(n, deed)?;
    for end in ends {
        entry.subject(event, Kind::Claim, end)?;
    }
    for end in ends {
        projection.settle(Kind::Claim, end)?;
    }
    entry.tell(deed, 0, ends.len());
    Ok(())
}

fn refused(why: &str, hint: Option<&'static str>) -> Fault {
    Error::Refused { why: why.to_owned(), hint }.into()
}
