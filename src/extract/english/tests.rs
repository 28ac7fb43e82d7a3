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

#[test]
fn single_marks_quote_at_the_edges_of_words() {
    check_english("‘[We’re ready for the players’ union],’ {he} <said>.".replace("],’", ",]’").as_str());
    check_english("{Anne Roy} <said>: '[It isn't over. The boys' club is closed.]'");
    check_english("{Anne Roy} <said>: ‘[It isn’t over.]\n‘[We shall go on.]’");
    check_english("{The players’ union} <said> [the ’90s were over] .".replace("] .", "].").as_str());
}

#[test]
fn speakers_past_asides_and_before_their_names() {
    speak("Stephen Flynn, the party's Westminster leader, said the vote was lost.", &["Stephen Flynn"]);
    speak("A spokesman for Intel, based in Santa Clara, said the plant would close.", &["a spokesman for Intel"]);
    speak("\"It is a long decline,\" said Evercore Partners analyst Alkesh Shah.", &["Alkesh Shah"]);
    speak("Bloomberg's Eric Roston told the station that the summer is hot.", &["Eric Roston"]);
    speak("The party's spokeswoman, Estelle Morris, said that the vote was lost.", &["Estelle Morris"]);
    speak("But county health officials say the road is closed.", &["county health officials"]);
}

#[test]
fn an_institution_keeps_its_whole_name() {
    let centers = "\"It is a good day,\" Anne Roy of the Centers for Disease Control and Prevention said.";
    speak(centers, &["Anne Roy"]);
    speak("The Department for Education said that the panels could fall.", &["Department for Education"]);
}

#[test]
fn the_last_word_of_a_phrase_says_who_it_is() {
    let boss = "Manchester City lost. Pep Guardiola said the team was tired. \"We were better,\" the City boss added.";
    speak(boss, &["Pep Guardiola", "Pep Guardiola"]);
    let firm =
        "Cisco, a maker of routers, lost. The company said it would cut jobs. It also said the plant would close.";
    speak(firm, &["Cisco", "Cisco"]);
}

#[test]
fn a_pronoun_leads_to_a_speaker_before_whoever_is_only_mentioned() {
    let coach =
        "Eddie Howe said the side was tired. Simon Francis and Adam Smith were named. He said they gave their best.";
    speak(coach, &["Eddie Howe", "Eddie Howe"]);
    speak("There was no attempt to hide by Andy Flower. \"We were not good enough,\" he said.", &["Andy Flower"]);
}

#[test]
fn what_nobody_said_is_no_claim() {
    check_english("It is time that the bridge was closed.");
    check_english("The council voted to decline a state grant that would have saved the hotel.");
    check_english("He would have claimed that the bridge was closed.");
}

#[test]
fn negation_and_what_led_to_the_saying() {
    check_english(
        "{Anne Roy} went <on to say> that [she had faith in the city].".replace("went <on", "<went on").as_str(),
    );
    check_english("{Police} <did not say> [where the men had been arrested].");
    check_english("{Anne Roy} <is confident> that [the bridge will hold].");
}

#[test]
fn names_that_look_like_something_else() {
    let ma = "Emergency Minister Bowinn Ma said the road was closed. Ma urged residents to stay calm and be prepared.";
    speak(ma, &["Bowinn Ma", "Bowinn Ma"]);
    let leary =
        "Union secretary Dermot O'Leary, who said the vote was lost, left. Mr O'Leary insisted the strike was on.";
    speak(leary, &["Dermot O'Leary", "Dermot O'Leary"]);
    speak("Pensioner Leo Geraghty was late, but said the strike was unfair.", &["Leo Geraghty"]);
    let station = "Sasha, a commuter, left for Kent Station. \"I was late for work,\" she said.";
    speak(station, &["Sasha"]);
}

#[test]
fn a_floating_quotation_belongs_to_whoever_was_just_brought_in() {
    let text = "\"We are late,\" said Anne Roy.\nPaul Blanc, who works in Leeds, knew of the strike.\n\"It usually takes ten minutes.\"";
    speak(text, &["Anne Roy", "Paul Blanc"]);
}

#[test]
fn a_participle_behind_an_incise_has_its_speaker() {
    speak(
        "The number of volunteers has doubled, Anne Roy said, adding that those there are working quickly.",
        &["Anne Roy", "Anne Roy"],
    );
}

#[test]
fn sources_keep_what_is_added_to_them() {
    speak("Auditors with the firm Alvarez said that the contracts were vague.", &["auditors with the firm Alvarez"]);
    speak("One of the sources went further, saying they would never have voted for it.", &["one of the sources"]);
    speak("F.D.A. officials said the database would help.", &["F.D.A. officials"]);
    speak("The Mayor's Office said that the budget was accepted.", &["the Mayor's Office"]);
}
