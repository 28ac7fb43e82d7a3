//! French or English, by the small words that one language has and the other hasn't.

use crate::model::Lang;
use crate::text::segment::letters;
use crate::text::wordset::WordSet;

/// Words that are frequent in French and none in English, sorted; what elision leaves counts too (`l’`, `qu’`).
static FRENCH: WordSet = WordSet::new(&[
    "au", "aux", "avec", "ce", "ces", "cette", "d", "dans", "des", "du", "elle", "est", "et", "il", "ils", "l", "la",
    "le", "les", "leur", "mais", "ne", "nous", "ou", "par", "pas", "plus", "pour", "qu", "que", "qui", "sa", "ses",
    "son", "sont", "sur", "une", "vous", "été",
]);
/// Words that are frequent in English and none in French, sorted.
static ENGLISH: WordSet = WordSet::new(&[
    "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "his", "is",
    "it", "its", "not", "of", "or", "said", "she", "that", "the", "their", "they", "this", "to", "was", "we", "were",
    "which", "will", "with",
]);

/// Small words that a text needs before it is judged.
const ENOUGH: usize = 4;
/// Words that are looked at: all of any article, and no more of what is none.
const MOST: usize = 50_000;

/// The language of `text`, where one of the two clearly prevails.
pub(super) fn detect(text: &str) -> Option<Lang> {
    let mut french = 0_usize;
    let mut english = 0_usize;
    let mut words = 0_usize;
    let mut lower = String::new();
    for word in letters(text).take(MOST) {
        words += 1;
        if word.len() > 6 {
            continue;
        }
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        french += usize::from(FRENCH.has(&lower));
        english += usize::from(ENGLISH.has(&lower));
    }
    // In running text of either language every fourth word or so is one of its small ones.
    let clear = |one: usize, other: usize| one >= ENOUGH && one >= 2 * other && one * 10 >= words;
    if clear(french, english) {
        Some(Lang::Fr)
    } else if clear(english, french) {
        Some(Lang::En)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_the_language() {
        let french = "Le ministre a dit que la réforme serait prête dans les temps, et qu’il n’y aurait pas de retard.";
        let english = "The minister said that the reform would be ready in time and that there was no delay.";
        assert_eq!(detect(french), Some(Lang::Fr));
        assert_eq!(detect(english), Some(Lang::En));
        assert_eq!(detect(&format!("{french} {english}")), None);
        assert_eq!(
            detect("Der Minister hat gesagt, dass die Reform rechtzeitig fertig wird und es keine Verspätung gibt."),
            None
        );
        assert_eq!(detect("Bonjour"), None);
    }
}
