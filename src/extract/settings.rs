//! What stands between a verb and what it brings, or who is named: when, in what, in which turn of phrase.
//!
//! « demande depuis plusieurs mois une hausse », « a redit dans un entretien que », « s'est indigné mardi X ». Only a few
//! forms are known, each closed on both sides; what isn't known stops the search, as it did before.

use super::Scene;
use super::lexis;
use super::words::Kind;
use crate::model::Lang;

/// Turns of phrase between a verb and its complement, folded.
const TURNS: &[&str] = &[
    "en outre",
    "au prealable",
    "au contraire",
    "au moins",
    "a son tour",
    "a leur tour",
    "a nouveau",
    "de nouveau",
    "par ailleurs",
    "en revanche",
    "une nouvelle fois",
    "une fois de plus",
    "a plusieurs reprises",
    "de son cote",
    "pour sa part",
    "pour leur part",
    "de leur cote",
    "sans detour",
    "en effet",
    "en particulier",
    "en substance",
    "au passage",
    "en direct",
    "d une seule voix",
    "de concert",
    "avec force",
    "avec insistance",
    "haut et fort",
];

impl Scene<'_> {
    /// Where a turn of phrase ends that stands between a verb and its complement: « en outre », « à son tour ».
    pub fn turn_of_phrase(&self, at: usize) -> Option<usize> {
        TURNS.iter().find_map(|turn| self.spells(at, turn))
    }

    /// Where a phrase ends that tells in what somebody says something: « dans son dernier rapport », « sur Twitter ».
    pub fn medium_end(&self, at: usize, limit: usize) -> Option<usize> {
        let noun = at + 1 + usize::from(lexis::is_determiner(self.doc.word(at + 1)));
        let written = |t: usize| self.rules.is_document_word(self.lang, self.doc.word(t));
        let opens = match self.doc.word(at) {
            "dans" => written(noun) || written(noun + 1) || self.doc.word(noun) == "entretien",
            "sur" => noun == at + 1 && self.doc.capital(noun),
            _ => false,
        };
        let mark = || (at + 1..limit).find(|&t| self.doc.is(t, Kind::Mark)).unwrap_or(limit);
        (opens && self.lang == Lang::Fr).then(|| self.phrase_end(at + 1, mark()))
    }

    /// Where a phrase of time ends that begins here: « depuis plusieurs mois », « en février dernier », « lundi 12 mai ».
    pub fn time_end(&self, at: usize, limit: usize) -> Option<usize> {
        let word = self.doc.word(at);
        let time = |t: usize| lexis::is_time(self.doc.word(t).trim_end_matches("-ci").trim_end_matches("-la"));
        let opens = self.doc.is(at, Kind::Word)
            && (lexis::is_time(word)
                || matches!(
                    word,
                    "depuis"
                        | "des"
                        | "pendant"
                        | "durant"
                        | "en"
                        | "ce"
                        | "cette"
                        | "le"
                        | "dans"
                        | "au"
                        | "a"
                        | "apres"
                        | "avant"
                        | "lors"
                        | "du"
                        | "la"
                        | "l"
                        | "il"
                ));
        if self.lang != Lang::Fr || !opens || word == "a" && self.avoir(at) {
            return None;
        }
        let near = (at..limit.min(at + 5)).take_while(|&t| {
            matches!(self.doc.kind(t), Some(Kind::Word | Kind::Number)) && !self.doc.quoted(t) && !self.finite(t)
        });
        let plain = |t: usize| {
            let word = self.doc.word(t);
            t == at
                || self.doc.is(t, Kind::Number)
                || time(t)
                || lexis::is_determiner(word)
                || lexis::is_of(word)
                || matches!(word, "y" | "a" | "cours" | "debut" | "fin" | "mi" | "premiere" | "plus" | "derniers")
        };
        let mut end = None;
        for t in near.take_while(|&t| plain(t)) {
            // « ces jours », « en 2030 »: a bare number is a year only behind a preposition.
            let year = self.doc.is(t, Kind::Number) && self.doc.word(t).len() == 4 && t > at;
            if time(t) || year {
                end = Some(t + 1);
            }
        }
        let mut end = end?;
        let bare = end;
        while end < limit && matches!(self.doc.word(end), "dernier" | "derniere" | "prochain" | "prochaine" | "passe") {
            end += 1;
        }
        // « la semaine de quatre jours » is a thing, « la semaine dernière » a time.
        let dated = self.doc.is(at + 1, Kind::Number)
            || end > bare
            || matches!(self.doc.word(at + 1), "lendemain" | "veille" | "soir" | "matin" | "jour");
        if matches!(word, "le" | "la" | "l" | "du" | "il") && !dated && self.doc.word(at + 1) != "y" {
            return None;
        }
        if self.doc.is(end, Kind::Number) && time(end - 1) {
            end += 1 + usize::from(time(end + 1));
        }
        Some(end)
    }
}
