//! Tags driven by keys: favourites on a digit, and the list of all tags.

use super::*;
use crate::model::{Subject, Tag};

fn tag(word: &str) -> Tag {
    Tag::new(word).expect(word)
}

/// Three articles, the first tagged « ia », in a store that knows three tags; « lu » is a favourite.
fn desk(width: u16) -> Desk {
    let mut desk = Desk::new(&["Un.", "Deux.", "Trois."], width, 20);
    desk.articles[0].row.tags = vec![tag("ia")];
    desk.app.settings.favourites = vec![tag("lu")];
    desk.event(Event::Done(Outcome::Changed));
    desk.event(Event::Done(Outcome::Tags(vec![(tag("ia"), 7), (tag("lu"), 2), (tag("x:y"), 1)])));
    desk
}

/// The tag deeds that were asked for, as `articles +on -off`.
fn tagged(desk: &Desk) -> Vec<String> {
    let told = |effect: &Effect| {
        let Effect::Record(act) = effect else { return None };
        Some(match &act.deeds[0] {
            Deed::Tag { subjects, add, remove } => {
                let words = |sign: &str, tags: &[Tag]| -> String {
                    tags.iter().map(|tag| format!(" {sign}{}", tag.as_str())).collect()
                };
                format!("{}{}{}", subjects.len(), words("+", add), words("-", remove))
            }
            Deed::RenameTag { from, to } => format!("{} > {}", from.as_str(), to.as_str()),
            Deed::DeleteTag { tag } => format!("{} gone", tag.as_str()),
            other => panic!("{other:?}"),
        })
    };
    desk.asked.iter().filter_map(told).collect()
}

#[test]
fn a_favourite_goes_on_by_its_digit_and_off_where_it_is_on() {
    for width in [120, 60] {
        let mut desk = desk(width);
        desk.press("T1T2");
        assert_eq!(tagged(&desk), ["1 +lu", "1 -ia"], "the configuration's first, then by use");
        assert_eq!(desk.app.focus, Focus::List);
    }
    let mut desk = desk(120);
    desk.press("MTé");
    assert_eq!(tagged(&desk), ["3 +ia"], "taken off only where all carry it");
}

#[test]
fn a_claim_takes_a_favourite_in_the_panel() {
    let mut desk = desk(120);
    desk.articles.push(article("[A]{Mme Roy}"));
    desk.event(Event::Done(Outcome::Changed));
    desk.press("G<enter><tab>T1");
    let Some(Effect::Record(act)) = desk.asked.last() else { panic!("{:?}", desk.asked) };
    assert!(matches!(&act.deeds[0], Deed::Tag { subjects, .. } if matches!(subjects[0], Subject::Claim(_))));
}

#[test]
fn the_list_of_tags_filters_renames_and_deletes() {
    let mut desk = desk(120);
    desk.press("gt<enter>");
    assert_eq!((desk.app.library.filter.as_str(), desk.app.focus), ("tag:ia", Focus::List));
    desk.press("gtG<enter>");
    assert_eq!(desk.app.library.filter, "tag:\"x:y\"");
    desk.press("gtje<c-u>a b<enter>");
    assert!(desk.notice().starts_with("a tag is one word"), "{}", desk.notice());
    desk.press("<c-u>vu<enter>D");
    assert_eq!(tagged(&desk), ["lu > vu", "lu gone"]);
    desk.event(Event::Done(Outcome::Tags(vec![(tag("ia"), 7), (tag("vu"), 2)])));
    assert!(desk.screen().iter().any(|line| line.contains("vu  2")), "the open list shows the new name");
    desk.press("<esc>");
    assert!(desk.app.menu.is_none());
}

#[test]
fn without_tags_the_lists_say_how_to_make_one() {
    let mut desk = Desk::new(&["Un."], 80, 20);
    desk.press("T");
    assert_eq!(desk.notice(), "there are no tags yet: t makes the first");
    desk.press("gt");
    assert_eq!((desk.notice(), desk.app.menu.is_none()), ("there are no tags yet: t makes the first", true));
}
