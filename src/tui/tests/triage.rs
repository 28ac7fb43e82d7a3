//! Triage, by keys: verdicts at once, in order, whatever the store's pace.

use super::*;
use crate::model::{Change, ClaimId};

/// A desk on an article whose claims all wait, the text focused; the store answers nothing until it is told to.
fn desk(marked: &str) -> Desk {
    let mut desk = Desk::new(&[], 120, 30);
    let mut opened = article(marked);
    for claim in &mut opened.claims {
        claim.status = Status::Suggested;
        claim.annotator = "rules".into();
    }
    desk.articles.push(opened);
    let (app, effects) = App::new(desk.app.settings.clone(), Start::List, 120, 30);
    desk.app = app;
    desk.perform(effects);
    desk.press("<enter>");
    desk.asked.clear();
    desk
}

/// The deeds that were asked for, in short: `accept A`, `Ève: B`.
fn told(desk: &Desk) -> Vec<String> {
    let name = |id: &ClaimId| {
        let mut claims = desk.articles.iter().flat_map(|article| &article.claims);
        claims.find(|claim| claim.id == *id).map_or_else(|| "?".to_owned(), |claim| claim.quote.clone())
    };
    let names = |ids: &[ClaimId]| ids.iter().map(name).collect::<Vec<_>>().join("+");
    let acts = desk.asked.iter().filter_map(|effect| match effect {
        Effect::Record(act) => Some(act),
        _ => None,
    });
    acts.flat_map(|act| &act.deeds)
        .map(|deed| match deed {
            Deed::Review { claims, status } => format!("{} {}", status.word(), names(claims)),
            Deed::Amend { claims, change } => match change.as_ref() {
                Change::Form(form) => format!("{} {}", form.word(), names(claims)),
                Change::Speaker(told) => {
                    format!("by {} {}", told.as_ref().map_or("-", |told| &told.name), names(claims))
                }
                other => format!("{other:?}"),
            },
            other => format!("{other:?}"),
        })
        .collect()
}

fn current(desk: &Desk) -> &str {
    desk.app.reader.as_ref().and_then(|reader| reader.claim()).map_or("-", |claim| &claim.quote)
}

/// What is shown of the claims: a `?` before those that wait.
fn shown(desk: &Desk) -> String {
    let claims = desk.app.reader.as_ref().map(|reader| reader.opened.claims.as_slice()).unwrap_or_default();
    let mark =
        |claim: &Annotation| format!("{}{}", if claim.status == Status::Suggested { "?" } else { "" }, claim.quote);
    claims.iter().map(mark).collect::<Vec<_>>().join(" ")
}

const SIX: &str = "[A]{Ève} [B]{Noé} [C]{Ève} [D]{Noé} [E]{Ève} [F]{Zoé}";

#[test]
fn keys_typed_fast_settle_a_claim_each_however_late_the_store_is() {
    let mut desk = desk(SIX);
    desk.press("aaxa");
    assert_eq!(told(&desk), ["accepted A", "accepted B", "rejected C", "accepted D"]);
    let groups: std::collections::BTreeSet<Uuid> = acts(&desk).map(|act| act.group).collect();
    assert_eq!(groups.len(), 4, "each is an act of its own");
    assert_eq!((current(&desk), shown(&desk).as_str()), ("E", "A B D ?E ?F"));
    // Only now the store tells of the first; what it says of the others is old.
    desk.articles[0].claims[0].status = Status::Accepted;
    desk.event(Event::Done(Outcome::Saved("accept 1 claim".into())));
    assert_eq!((current(&desk), shown(&desk).as_str()), ("E", "A B D ?E ?F"));
    desk.press("a");
    assert_eq!(told(&desk).last().map(String::as_str), Some("accepted E"));
}

fn acts(desk: &Desk) -> impl Iterator<Item = &crate::model::Act> {
    desk.asked.iter().filter_map(|effect| match effect {
        Effect::Record(act) => Some(act),
        _ => None,
    })
}

#[test]
fn keys_typed_while_the_article_loads_are_acts_of_their_own() {
    let mut desk = desk("[A]{Ève} [B]{Noé} [C]{Ève}");
    let mut other = desk.articles[0].clone();
    other.row.id = ArticleId::of_text("other");
    desk.articles.insert(0, other);
    desk.event(Event::Done(Outcome::Changed));
    desk.press("q");
    desk.app.library.cursor = 0;
    let stamp = Stamp { group: Uuid::nil(), time: Timestamp::UNIX_EPOCH, tick: 1 };
    let loading = desk.app.event(Event::Key(key::Key::parse("enter").expect("a key")), stamp);
    desk.press("aa");
    assert!(told(&desk).is_empty());
    desk.perform(loading);
    assert_eq!(told(&desk), ["accepted A", "accepted B"]);
    assert_ne!(acts(&desk).next().map(|act| act.group), acts(&desk).nth(1).map(|act| act.group));
}

#[test]
fn the_footer_says_what_was_done_and_how_many_wait() {
    let mut desk = desk("[A]{Ève} [B]{Noé} [C]{Ève}");
    assert_eq!(desk.press("a").notice(), "1 accepted · 2 wait");
    assert_eq!(desk.press("x").notice(), "2 rejected · 1 waits");
    assert_eq!(desk.press("f").notice(), "2 is indirect · all claims are reviewed");
    assert_eq!(told(&desk), ["accepted A", "rejected B", "indirect C"]);
    assert_eq!(desk.press("a").notice(), "2 is accepted already · all claims are reviewed");
    assert_eq!(told(&desk).len(), 3);
}

#[test]
fn the_form_of_a_settled_claim_cycles_in_place() {
    let mut desk = desk("[A]{Ève} [B]{Noé}");
    desk.press("fKff");
    assert_eq!(told(&desk), ["indirect A", "mixed A", "direct A"]);
    assert_eq!(current(&desk), "A");
}

#[test]
fn what_was_done_last_is_repeated_with_its_speaker() {
    let mut desk = desk(SIX);
    desk.press("sAnne Roy<enter>..f..");
    let deeds = ["by Anne Roy A", "by Anne Roy B", "by Anne Roy C", "indirect D", "indirect E", "indirect F"];
    assert_eq!(told(&desk), deeds);
}

#[test]
fn undo_leads_back_to_the_claim_at_once() {
    let mut desk = desk(SIX);
    desk.press("aaxu");
    assert_eq!((current(&desk), shown(&desk).as_str()), ("C", "A B ?C ?D ?E ?F"));
    desk.press("au");
    assert_eq!(current(&desk), "C");
    desk.press("uu");
    assert_eq!((current(&desk), shown(&desk).as_str()), ("A", "?A ?B ?C ?D ?E ?F"));
    desk.press("<c-r><c-r>");
    assert_eq!((current(&desk), shown(&desk).as_str()), ("B", "A B ?C ?D ?E ?F"));
}

#[test]
fn a_write_that_failed_is_taken_off_the_screen() {
    let mut desk = desk("[A]{Ève} [B]{Noé}");
    desk.press("x");
    assert_eq!(shown(&desk), "?B");
    desk.event(Event::Done(Outcome::NotSaved("the disk is full".into())));
    assert_eq!((shown(&desk).as_str(), desk.notice()), ("?A ?B", "the disk is full"));
}

#[test]
fn in_the_panel_the_next_one_is_the_next_below() {
    let mut desk = desk(SIX);
    desk.press("<tab>aaa");
    assert_eq!(told(&desk), ["accepted A", "accepted C", "accepted E"]);
    assert_eq!(current(&desk), "B");
}

#[test]
fn the_queue_is_narrowed_and_says_so() {
    let mut desk = desk("[A]{Ève} [B]{Noé} [C]{Ève} [D]{Noé}");
    desk.articles[0].claims[1].status = Status::Accepted;
    desk.articles[0].claims[2].claim.speaker = None;
    desk.articles[0].claims[3].confidence = Some(0.7);
    desk.event(Event::Done(Outcome::Changed));
    assert_eq!(desk.press("F").notice(), "unreviewed: 3 of 4 · 3 wait");
    assert_eq!(current(desk.press("J")), "C", "what is reviewed is passed over");
    assert_eq!(desk.press("F").notice(), "without a speaker: 1 of 4 · 3 wait");
    assert_eq!(current(&desk), "C");
    assert_eq!(desk.press("J").notice(), "this is the last claim (without a speaker)");
    desk.press("F");
    assert_eq!((current(&desk), desk.app.panel.order.as_slice()), ("D", &[3][..]));
    assert_eq!(desk.press("a").notice(), "4 accepted · none of these waits any more; 2 others do");
    assert!(desk.screen().iter().any(|row| row.contains("No claim is low")), "{:?}", desk.screen());
    assert_eq!(desk.press("F").notice(), "all claims: 4 of 4 · 2 wait");
}

#[test]
fn a_place_in_doubt_is_accepted_as_it_is_shown() {
    let mut desk = desk("[A]{Ève} [B]{Noé}");
    for claim in &mut desk.articles[0].claims {
        claim.status = Status::Accepted;
    }
    desk.articles[0].claims[0].anchor = Anchor::Review;
    desk.event(Event::Done(Outcome::Changed));
    assert!(desk.screen().iter().any(|row| row.contains("? moved? a accepts this")), "{:?}", desk.screen());
    desk.press("a");
    let Some(Deed::Amend { change, .. }) = acts(&desk).next().map(|act| &act.deeds[0]) else { panic!() };
    let Change::Ranges(ranges) = change.as_ref() else { panic!("{change:?}") };
    assert_eq!((ranges.parts[0].exact.as_str(), ranges.parts[0].suffix.as_str()), ("A", " B"));
    assert_eq!(desk.notice(), "1 accepted · all claims are reviewed");
}
