//! Spans: the ranges of a claim, its cue and its mention in the current revision of their article.
//!
//! A claim's parts are placed together or not at all: half a quotation would put other words into a speaker's mouth.
//! What can't be placed is an orphan; it keeps its words and is tried again with every later revision. What can't be
//! placed beyond doubt is for a person to look at: its ranges say where it may be, and it keeps its words as well, so
//! that a later revision may bring it to its true place. Only a place that is sure brings the words there with it; a
//! person who takes a doubtful one for the true one amends the claim's ranges to it.

use rusqlite::{Connection, params};

use super::sql_error::Fault;
use super::value::{damaged, get, range};
use crate::model::{Anchor, ByteRange, NewClaim, Selector};
use crate::text::anchor::{self, Ground, Quote};

/// What a span is to its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Part,
    Cue,
    Mention,
}

impl Role {
    const fn word(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Cue => "cue",
            Self::Mention => "mention",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Part, Self::Cue, Self::Mention].into_iter().find(|role| role.word() == word)
    }
}

/// A revision of an article, with the text that ranges count in.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub article: i64,
    pub revision: i64,
    pub sha256: String,
    pub text: String,
}

impl Page {
    /// The current revision of an article.
    pub(super) fn current(conn: &Connection, article: i64) -> Result<Self, Fault> {
        let page = conn
            .prepare_cached(
                "SELECT r.id, r.sha256, b.text FROM article a
                   JOIN revision r ON r.article = a.id AND r.number = a.revision
                   JOIN body b ON b.revision = r.id
                  WHERE a.id = ?1",
            )?
            .query_row([article], |row| {
                Ok(Self { article, revision: row.get(0)?, sha256: row.get(1)?, text: row.get(2)? })
            })?;
        Ok(page)
    }
}

/// A span as it stands in its row.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub claim: i64,
    pub role: Role,
    /// Where its words were last found.
    pub revision: i64,
    /// `None` where they aren't in the current revision.
    pub range: Option<ByteRange>,
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
}

/// Where the spans of a claim came to lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub anchor: Anchor,
    /// From the first part to the last; `None` for an orphan.
    pub range: Option<ByteRange>,
}

/// The spans of a claim as its event tells them, not placed yet; `revision` is the one that they count in.
pub(super) fn told(new: &NewClaim, claim: i64, revision: i64) -> Vec<Span> {
    let span = |role, told: &Selector| Span {
        claim,
        role,
        revision,
        range: Some(told.range),
        exact: told.exact.clone(),
        prefix: told.prefix.clone(),
        suffix: told.suffix.clone(),
    };
    let parts = new.parts.iter().map(|part| span(Role::Part, part));
    let cue = new.cue.iter().map(|cue| span(Role::Cue, cue));
    parts.chain(cue).chain(new.mention.iter().map(|mention| span(Role::Mention, mention))).collect()
}

/// What became of the claims of people in a new revision, where it isn't what they were before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Claims that stand elsewhere, or in other words.
    pub moved: usize,
    /// Claims whose place is doubtful.
    pub review: usize,
    /// Claims that stand nowhere any more.
    pub orphaned: usize,
}

/// Places all spans of one claim in `page`; `before` is how it sat until now.
pub(super) fn place(spans: &mut [Span], page: &Page, before: Anchor) -> Extent {
    place_on(spans, page, &Ground::new(&page.text), before)
}

fn place_on(spans: &mut [Span], page: &Page, ground: &Ground<'_>, before: Anchor) -> Extent {
    spans.sort_by_key(|span| (span.role as u8, span.range));
    let parts = spans.partition_point(|span| span.role == Role::Part);
    let quotes: Vec<Quote<'_>> = spans.iter().map(|span| quote(span, page)).collect();
    let Some(found) = ground.find_together(&quotes[..parts], &quotes[parts..]) else {
        for span in spans.iter_mut() {
            span.range = None;
        }
        return Extent { anchor: Anchor::Orphan, range: None };
    };
    let stayed = spans.iter().zip(&found.parts).all(|(span, found)| span.range == Some(*found));
    let anchor = match before {
        _ if !found.sure => Anchor::Review,
        Anchor::Exact | Anchor::Moved if stayed => before,
        _ => Anchor::Moved,
    };
    let ranges = found.parts.into_iter().map(Some).chain(found.beside);
    for (span, range) in spans.iter_mut().zip(ranges) {
        span.range = range;
        if found.sure {
            take_words(span, page);
        }
    }
    spans.sort_by_key(|span| (span.role as u8, span.range));
    Extent { anchor, range: extent(spans) }
}

/// How a span is looked for in `page`.
fn quote<'s>(span: &'s Span, page: &Page) -> Quote<'s> {
    let quote = Quote { exact: &span.exact, prefix: &span.prefix, suffix: &span.suffix, hint: span.range };
    // In the text that it was told of, a span stands where it says, whatever was told of its surroundings.
    let told = span.revision == page.revision && span.range.is_some_and(|range| range.of(&page.text) == span.exact);
    if told { Quote { prefix: "", suffix: "", ..quote } } else { quote }
}

/// Makes the words in a span's range its words.
fn take_words(span: &mut Span, page: &Page) {
    let Some(range) = span.range else { return };
    let (prefix, suffix) = anchor::context(&page.text, range);
    span.revision = page.revision;
    range.of(&page.text).clone_into(&mut span.exact);
    prefix.clone_into(&mut span.prefix);
    suffix.clone_into(&mut span.suffix);
}

/// From the first part to the last of spans that are in order.
fn extent(spans: &[Span]) -> Option<ByteRange> {
    let mut parts = spans.iter().filter(|span| span.role == Role::Part).map(|span| span.range);
    let first = parts.next()??;
    let last = parts.next_back().map_or(Some(first), |last| last)?;
    Some(ByteRange::new(first.start, last.end))
}

/// Replaces the spans of a claim.
pub(super) fn write(conn: &Connection, claim: i64, spans: &[Span]) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM span WHERE claim = ?1")?.execute([claim])?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO span (claim, role, ord, revision, start, stop, exact, prefix, suffix)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (ord, span) in spans.iter().enumerate() {
        statement.execute(params![
            claim,
            span.role.word(),
            ord as i64,
            span.revision,
            span.range.map(|range| range.start as i64),
            span.range.map(|range| range.end as i64),
            span.exact,
            span.prefix,
            span.suffix
        ])?;
    }
    Ok(())
}

/// The spans of all claims of an article, withdrawn and rejected ones too, claim by claim, in their order.
pub(super) fn of_article(conn: &Connection, article: i64) -> Result<Vec<Span>, Fault> {
    let sql = "SELECT s.claim, s.role, s.revision, s.start, s.stop, s.exact, s.prefix, s.suffix
                 FROM claim c JOIN span s ON s.claim = c.id WHERE c.article = ?1 ORDER BY s.claim, s.ord";
    read(conn, sql, article)
}

/// The spans of one claim, in their order.
pub(super) fn of_claim(conn: &Connection, claim: i64) -> Result<Vec<Span>, Fault> {
    let sql =
        "SELECT claim, role, revision, start, stop, exact, prefix, suffix FROM span WHERE claim = ?1 ORDER BY ord";
    read(conn, sql, claim)
}

fn read(conn: &Connection, sql: &str, of: i64) -> Result<Vec<Span>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([of])?;
    let mut spans = Vec::new();
    while let Some(row) = rows.next()? {
        let role: String = get(row, 1)?;
        spans.push(Span {
            claim: get(row, 0)?,
            role: Role::from_word(&role).ok_or_else(|| damaged("a span", &role))?,
            revision: get(row, 2)?,
            range: range(get(row, 3)?, get(row, 4)?)?,
            exact: get(row, 5)?,
            prefix: get(row, 6)?,
            suffix: get(row, 7)?,
        });
    }
    Ok(spans)
}

/// Places the claims of an article anew after its text changed; `ground` is the text of `page`. If rules have found the
/// article's claims anew, theirs are left alone, but for those that the journal speaks of.
pub(super) fn place_anew(
    conn: &Connection,
    page: &Page,
    ground: &Ground<'_>,
    found_anew: bool,
) -> Result<Moves, Fault> {
    let mut moves = Moves::default();
    let spans = of_article(conn, page.article)?;
    let mut sits = conn.prepare_cached(
        "SELECT anchor, withdrawn OR covered,
                event IS NULL AND NOT EXISTS (SELECT 1 FROM event_subject s WHERE s.kind = 1 AND s.subject = claim.id)
           FROM claim WHERE id = ?1",
    )?;
    for spans in spans.chunk_by(|a, b| a.claim == b.claim) {
        let claim = spans[0].claim;
        let (before, unseen, derived): (String, bool, bool) =
            sits.query_row([claim], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if derived && found_anew {
            continue;
        }
        let before = super::value::word(&before, Anchor::from_word)?;
        let mut placed = spans.to_vec();
        let extent = place_on(&mut placed, page, ground, before);
        let stayed = placed.iter().zip(spans).all(|(now, was)| now.range == was.range && now.exact == was.exact);
        write_placed(conn, claim, &placed, &extent)?;
        match extent.anchor {
            _ if unseen || derived => {}
            Anchor::Orphan => moves.orphaned += usize::from(before != Anchor::Orphan),
            Anchor::Review => moves.review += 1,
            Anchor::Exact | Anchor::Moved => moves.moved += usize::from(!stayed),
        }
    }
    Ok(moves)
}

/// Writes where the spans of a claim came to lie.
fn write_placed(conn: &Connection, claim: i64, spans: &[Span], extent: &Extent) -> Result<(), Fault> {
    write(conn, claim, spans)?;
    conn.prepare_cached("UPDATE claim SET anchor = ?2, start = ?3, stop = ?4 WHERE id = ?1")?.execute(params![
        claim,
        extent.anchor.word(),
        extent.range.map(|range| range.start as i64),
        extent.range.map(|range| range.end as i64)
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(revision: i64, text: &str) -> Page {
        Page { article: 1, revision, sha256: String::new(), text: text.to_owned() }
    }

    /// The spans of « un » and « deux » in `text`, as parts of one claim of revision 1.
    fn parts(text: &str) -> Vec<Span> {
        let part = |exact: &str| {
            let start = text.find(exact).expect("the words are in the text");
            let range = ByteRange::new(start, start + exact.len());
            let (prefix, suffix) = anchor::context(text, range);
            Span {
                claim: 1,
                role: Role::Part,
                revision: 1,
                range: Some(range),
                exact: exact.to_owned(),
                prefix: prefix.to_owned(),
                suffix: suffix.to_owned(),
            }
        };
        vec![part("un"), part("deux")]
    }

    #[test]
    fn parts_move_with_their_words_or_become_an_orphan_together() {
        let text = "« un », dit-il, « deux ».";
        let mut spans = parts(text);
        let extent = place(&mut spans, &page(1, text), Anchor::Exact);
        assert_eq!(extent, Extent { anchor: Anchor::Exact, range: Some(ByteRange::new(3, 25)) });

        let later = "Hier : « un », dit-il, « deux ».";
        let extent = place(&mut spans, &page(2, later), Anchor::Exact);
        assert_eq!(extent.anchor, Anchor::Moved);
        assert!(spans.iter().all(|span| span.revision == 2 && span.range.is_some_and(|r| r.of(later) == span.exact)));

        let cut = "« un », dit-il.";
        let extent = place(&mut spans, &page(3, cut), Anchor::Moved);
        assert_eq!(extent, Extent { anchor: Anchor::Orphan, range: None });
        assert!(spans.iter().all(|span| span.range.is_none() && span.revision == 2));

        let extent = place(&mut spans, &page(4, later), Anchor::Orphan);
        assert_eq!(extent.anchor, Anchor::Moved);
        assert_eq!(spans[1].exact, "deux");
    }

    #[test]
    fn hostile_ranges_place_nothing() {
        for (start, end) in [(0, 0), (1, 2), (0, usize::MAX), (usize::MAX, usize::MAX)] {
            let mut spans = parts("un deux");
            spans.truncate(1);
            spans[0].range = Some(ByteRange { start, end });
            spans[0].exact = "absent".to_owned();
            assert_eq!(place(&mut spans, &page(1, "é"), Anchor::Exact).anchor, Anchor::Orphan, "{start}..{end}");
        }
        assert_eq!(place(&mut [], &page(1, "é"), Anchor::Exact).anchor, Anchor::Orphan);
    }

    #[test]
    fn overlapping_parts_are_no_claim() {
        let mut spans = parts("un deux");
        spans[1] = spans[0].clone();
        assert_eq!(place(&mut spans, &page(1, "un deux"), Anchor::Exact).anchor, Anchor::Orphan);
    }
}
