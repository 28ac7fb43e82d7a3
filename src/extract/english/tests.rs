//! English texts with the answer marked in them, as in `extract::tests`.

use super::super::tests::{check_english, found};
use crate::model::Lang;

/// The speakers' names in the order of the claims.
#[track_caller]
fn speak(text: &str, names: &[&str]) {
    let found = found(text, Lang::En);
    let told: Vec<&str> = found.iter().map(|f| f.claim.speaker.as_ref().map_or("?", |s| &s.name)).collect();
    assert_eq!(told, names, "{found:#?}");
}

#[test]
fn a_mark_of_its_own_does_not_part_a_quotation_from_its_incise() {
    check_english("\"[Where are the plans?]\" {Ms Roy} <asked>. Nobody answered.");
    check_english("“[Who would do that?]” {Rivers} <said>. “[Why would you ever do that?]”");
}

#[test]
fn speech_goes_on_behind_its_incise_and_in_the_next_paragraph() {
    check_english("“[They're the right ones,]” {he} <told> a committee of lawmakers. “[That's the right way.]”");
    check_english("{Anne Roy} <said>: “[We gave our best.]\n“[It is a big blow.]\n“[They were too good.]”");
    check_english("“[We gave our best.]\n“[It is a big blow,]” {Anne Roy} <said>.");
    check_english("“[It is a big blow,]” {Anne Roy} <said>. “[They were too good,]” {she} <added>.");
}

#[test]
fn a_clause_with_its_incise_behind_or_within() {
    check_english("[Two men were shot on Monday night], {police} <said>.");
    check_english("[The bridge will hold for a year], <said> {Anne Roy}, a spokeswoman for the city.");
    check_english(
        "[The bridge will hold for a year], {Anne Roy}, a spokeswoman for the city, <told> reporters on Monday.",
    );
    check_english("[Prices were too high], {he} <told> the BBC, [because demand had risen].");
}

#[test]
fn a_clause_without_that_behind_time_and_place() {
    check_english("{Anne Roy} <said> on Sunday [she was worried about the bridge].");
    check_english("{Anne Roy} <told> reporters in a statement late Monday [the bridge would reopen].");
    check_english("{Witnesses} <told> CBC News [the man was armed].");
    check_english("Police said nothing about the identity of the driver.");
}

#[test]
fn a_dateline_is_no_content() {
    check_english("LONDON, July 4 (Reuters) - [The bridge will reopen], {Anne Roy} <said> on Tuesday.");
    check_english("Hollister – {Anne Roy} <said> that [the bridge will reopen].");
}

#[test]
fn a_dateline_is_nobody() {
    speak("NEW YORK (AP) -- Scientists say humans are changing the climate.", &["scientists"]);
}
