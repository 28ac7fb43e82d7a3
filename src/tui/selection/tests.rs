//! Motions and slots, each with the text, the cursor `|` and what is selected in one glance.

use super::*;
use crate::model::{Block, BlockKind};

/// A selection on a text whose paragraphs are lines: `|` is the cursor, `[` `]` stand around what is selected, the
/// cursor being its last letter, or its first where `|` stands before `[`.
struct Page {
    text: String,
    blocks: Vec<Block>,
    selection: Selection,
}

impl Page {
    fn new(marked: &str) -> Self {
        let text = marked.replace(['|', '[', ']'], "");
        let place = |mark: char| {
            let at = marked.find(mark)?;
            Some(marked[..at].chars().filter(|c| !matches!(c, '|' | '[' | ']')).map(char::len_utf8).sum::<usize>())
        };
        let mut selection = Selection::new(place('|').unwrap_or(0));
        if let (Some(start), Some(end)) = (place('['), place(']')) {
            selection.select(ByteRange::new(start, end), &text);
            if marked.contains("|[") {
                selection.swap_ends();
            }
        }
        let (mut at, mut blocks) = (0, Vec::new());
        for line in text.split('\n') {
            let kind = if line.starts_with('>') { BlockKind::BlockQuote } else { BlockKind::Paragraph };
            blocks.push(Block { kind, range: ByteRange::new(at, at + line.len()) });
            at += line.len() + 1;
        }
        blocks.retain(|block| !block.range.is_empty());
        Self { text, blocks, selection }
    }

    /// Does something and shows what is selected, or where the cursor is.
    fn after(&mut self, act: impl FnOnce(&mut Selection, &Ground<'_>)) -> String {
        let ground = Ground { text: &self.text, blocks: &self.blocks };
        act(&mut self.selection, &ground);
        let mut shown = self.text.clone();
        match self.selection.range(&self.text) {
            None => shown.insert(self.selection.cursor, '|'),
            Some(range) => {
                shown.insert(range.end, ']');
                let head_first = self.selection.anchor.is_some_and(|anchor| self.selection.cursor < anchor);
                shown.insert_str(range.start, if head_first { "|[" } else { "[" });
            }
        }
        shown
    }
}

#[track_caller]
fn check(before: &str, unit: Unit, back: bool, after: &str) {
    let shown = Page::new(before).after(|selection, ground| {
        selection.step(ground, unit, back);
    });
    assert_eq!(shown, after, "from {before}");
}

#[test]
fn a_cursor_goes_from_word_to_word() {
    check("|le mot « dit »", Unit::Word, false, "le |mot « dit »");
    check("le |mot « dit »", Unit::Word, false, "le mot « |dit »");
    check("le mot « |dit »", Unit::Word, false, "le mot « |dit »");
    check("le mot « |dit »", Unit::Word, true, "le |mot « dit »");
    check("le mo|t", Unit::Word, true, "le |mot");
    check("un\n|deux", Unit::Word, true, "|un\ndeux");
}

#[test]
fn selecting_takes_whole_words() {
    check("le [m]ot dit", Unit::Word, false, "le [mot] dit");
    check("le [mot] « dit »", Unit::Word, false, "le [mot « dit] »");
    check("le [mot dit] non", Unit::Word, true, "le [mot] dit non");
    check("le [mot] dit", Unit::Word, true, "le [m]ot dit");
    check("un |[mot] dit", Unit::Word, true, "|[un mot] dit");
    check("|[un mot dit]", Unit::Word, false, "un |[mot dit]");
    check("l’[IA] a de l’avance", Unit::Word, false, "l’[IA a] de l’avance");
}

#[test]
fn a_step_past_the_anchor_stops_there() {
    check("un |[mot] dit", Unit::Word, false, "un mo[t] dit");
    check("un mo[t] dit", Unit::Word, false, "un mo[t dit]");
}

#[test]
fn sentences_and_paragraphs() {
    check("|Un. Deux ! Trois ?", Unit::Sentence, false, "Un. |Deux ! Trois ?");
    check("[U]n. Deux ! Trois ?", Unit::Sentence, false, "[Un.] Deux ! Trois ?");
    check("[Un.] Deux ! Trois ?", Unit::Sentence, false, "[Un. Deux !] Trois ?");
    check("[Un. Deux !] Trois ?", Unit::Sentence, true, "[Un.] Deux ! Trois ?");
    check("Un. |Deux.\nTrois.", Unit::Sentence, false, "Un. Deux.\n|Trois.");
    check("Un. Deux.\n|Trois.", Unit::Sentence, true, "Un. |Deux.\nTrois.");
    check("|Un.\n\nDeux.", Unit::Paragraph, false, "Un.\n\n|Deux.");
    check("[U]n.\n\nDeux.", Unit::Paragraph, false, "[Un.]\n\nDeux.");
    check("[Un.]\n\nDeux.", Unit::Paragraph, false, "[Un.\n\nDeux.]");
    check("Un.\n\nDe|ux.", Unit::Paragraph, true, "Un.\n\n|Deux.");
}

#[test]
fn letters_with_marks_are_one() {
    check("le [e\u{301}]te\u{301} 😀", Unit::Word, false, "le [e\u{301}te\u{301}] 😀");
    let mut page = Page::new("[ae\u{301}]");
    assert_eq!(page.selection.range(&page.text), Some(ByteRange::new(0, 4)));
    assert_eq!(page.after(|selection, _| selection.swap_ends()), "|[ae\u{301}]");
}

/// Presses q so many times.
#[track_caller]
fn quoted(before: &str, times: usize, after: &str) {
    let shown = Page::new(before).after(|selection, ground| {
        for _ in 0..times {
            selection.select_quotation(ground, |_| false);
        }
    });
    assert_eq!(shown, after, "{times} from {before}");
}

#[test]
fn the_quotation_around_or_after_the_cursor() {
    quoted("Il d|it : «\u{a0}Non.\u{a0}»", 1, "Il dit : «\u{a0}[Non.]\u{a0}»");
    quoted("« Non et n|on »", 1, "« [Non et non] »");
    quoted("“No|” and “yes”", 1, "“[No]” and “yes”");
    quoted("|un\n“No”", 1, "un\n“[No]”");
    quoted("« Non » |puis rien", 1, "« Non » |puis rien");
    quoted("un 5\" |et « oui »", 1, "un 5\" et « [oui] »");
}

#[test]
fn again_it_widens_and_then_goes_on() {
    quoted("« Il dit : “N|on.” Fin. » et « oui »", 1, "« Il dit : “[Non.]” Fin. » et « oui »");
    quoted("« Il dit : “N|on.” Fin. » et « oui »", 2, "« [Il dit : “Non.” Fin.] » et « oui »");
    quoted("« Il dit : “N|on.” Fin. » et « oui »", 3, "« Il dit : “Non.” Fin. » et « [oui] »");
    quoted("« Il dit : “N|on.” Fin. » et « oui »", 4, "« Il dit : “Non.” Fin. » et « [oui] »");
}

#[test]
fn words_set_apart_are_a_quotation_without_marks() {
    quoted("|un\n> deux « trois »", 1, "un\n[> deux « trois »]");
}

#[test]
fn quotations_that_are_claims_are_passed_over_at_first() {
    let mut page = Page::new("|« un » et « deux »");
    let shown = page.after(|selection, ground| {
        selection.select_quotation(ground, |range| range.start < 5);
    });
    assert_eq!(shown, "« un » et « [deux] »");
}

#[test]
fn several_parts_make_one_claim_and_escape_lets_them_go() {
    let mut page = Page::new("« [un] » et « deux » et « trois »");
    let ground = Ground { text: &page.text, blocks: &page.blocks };
    let selection = &mut page.selection;
    assert_eq!(selection.add_part(&ground), Ok(1));
    assert!(selection.select_quotation(&ground, |_| false));
    let chosen = selection.choose(&ground).expect("two parts");
    let words: Vec<&str> = chosen.parts.iter().map(|part| part.of(ground.text)).collect();
    assert_eq!(words, ["un", "deux"]);
    assert_eq!(selection.add_part(&ground), Ok(2));
    assert_eq!(
        [selection.step_out(), selection.step_out(), selection.step_out()],
        [Out::Dropped(1), Out::Dropped(0), Out::Left]
    );
}

#[test]
fn what_makes_no_claim_is_refused_and_nothing_is_lost() {
    let mut page = Page::new("« [un] » et « deux »");
    let ground = Ground { text: &page.text, blocks: &page.blocks };
    let selection = &mut page.selection;
    let first = selection.range(ground.text).expect("selected");
    selection.add_part(&ground).expect("kept");
    assert!(selection.add_part(&ground).expect_err("nothing").starts_with("nothing is selected"));
    selection.select(ByteRange::new(first.start, first.end + 3), ground.text);
    let before = selection.clone();
    assert!(selection.choose(&ground).expect_err("overlap").starts_with("these words overlap"));
    assert!(selection.add_part(&ground).is_err());
    assert_eq!(*selection, before);
    let mut page = Page::new("un[ ]deux");
    let ground = Ground { text: &page.text, blocks: &page.blocks };
    assert!(page.selection.choose(&ground).expect_err("space").starts_with("only white space"));
    page.selection.step_out();
    assert!(page.selection.choose(&ground).expect_err("nothing").starts_with("a claim needs words"));
}

#[test]
fn over_two_blocks_a_claim_has_a_part_in_each() {
    let mut page = Page::new("le [un.\n\ndeux ]trois");
    let ground = Ground { text: &page.text, blocks: &page.blocks };
    let chosen = page.selection.choose(&ground).expect("two parts");
    let words: Vec<&str> = chosen.parts.iter().map(|part| part.of(ground.text)).collect();
    assert_eq!(words, ["un.", "deux"]);
    page.selection.next_role(&ground).expect("the cue");
    page.selection.select(ByteRange::new(3, 10), ground.text);
    assert!(page.selection.choose(&ground).expect_err("a cue").starts_with("a cue stands in one paragraph"));
}

#[test]
fn tab_goes_round_words_cue_and_mention() {
    let page = Page::new("« un » et « deux », dit Roy");
    let ground = Ground { text: &page.text, blocks: &page.blocks };
    let find = |words: &str| {
        let start = ground.text.find(words).expect(words);
        ByteRange::new(start, start + words.len())
    };
    let mut claim = crate::tui::tests::article("[un]{Roy}").claims[0].claim.clone();
    claim.parts = vec![find("un"), find("deux")];
    claim.cue = Some(find("dit"));
    let id = ClaimId::derive(&[b"c"]);
    let mut selection = Selection::of(id, &claim, ground.text, 0);
    assert_eq!(selection.range(ground.text), Some(find("deux")));
    assert_eq!(selection.next_role(&ground), Ok(Role::Cue));
    assert_eq!(selection.range(ground.text), Some(find("dit")));
    assert_eq!(selection.next_role(&ground), Ok(Role::Mention));
    assert_eq!(selection.range(ground.text), None);
    selection.select(find("Roy"), ground.text);
    assert_eq!(selection.next_role(&ground), Ok(Role::Words));
    assert_eq!(selection.range(ground.text), Some(find("un")));
    // Let go of, the first part is none any more.
    selection.step_out();
    assert_eq!(selection.next_role(&ground), Ok(Role::Words));
    assert_eq!(selection.range(ground.text), Some(find("deux")));
    let chosen = selection.choose(&ground).expect("chosen");
    assert_eq!(chosen, Chosen { parts: vec![find("deux")], cue: claim.cue, mention: Some(find("Roy")) });
}
