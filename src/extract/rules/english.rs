//! The forms of English verbs.

use super::conjugation::Form;
use super::cue::{Mood, Number, VerbForm};

/// The forms of the verb `lemma`. Of an irregular one `given` holds past and participle, or one word for both. A form
/// that is both past and participle is given twice. `None` for what is no verb.
pub(super) fn forms(lemma: &str, given: &[&str]) -> Option<Vec<Form>> {
    let last = lemma.chars().next_back().filter(char::is_ascii_lowercase)?;
    let before = lemma.chars().rev().nth(1)?;
    let vowel = |c: char| "aeiou".contains(c);
    let y = last == 'y' && !vowel(before);
    let bare = &lemma[..lemma.len() - 1];
    let third = match lemma {
        _ if y => format!("{bare}ies"),
        _ if lemma.ends_with(['s', 'x', 'z', 'o']) || lemma.ends_with("sh") || lemma.ends_with("ch") => {
            format!("{lemma}es")
        }
        _ => format!("{lemma}s"),
    };
    let doubled = if DOUBLING.contains(&lemma) { format!("{lemma}{last}") } else { lemma.to_owned() };
    let regular = match last {
        'e' => format!("{lemma}d"),
        _ if y => format!("{bare}ied"),
        _ => format!("{doubled}ed"),
    };
    let ing = if last == 'e' && before != 'e' { format!("{bare}ing") } else { format!("{doubled}ing") };
    let irregular: Vec<&str> = IRREGULAR
        .iter()
        .find(|(verb, _)| *verb == lemma)
        .map_or_else(Vec::new, |(_, forms)| forms.split(' ').collect());
    let given = if given.is_empty() { &irregular[..] } else { given };
    let past = given.first().map_or(regular, ToString::to_string);
    let participle = given.last().map_or_else(|| past.clone(), ToString::to_string);
    let base = VerbForm { mood: Mood::Present, number: Some(Number::Plural), gender: None };
    Some(vec![
        Form::singular(third, Mood::Present),
        Form { written: lemma.to_owned(), form: base },
        Form::new(lemma, Mood::Infinitive),
        Form::new(past, Mood::Past),
        Form::new(participle, Mood::PastParticiple),
        Form::new(ing, Mood::PresentParticiple),
    ])
}

/// Irregular verbs that begin an expression, whose own forms a rule file can't give.
const IRREGULAR: [(&str, &str); 2] = [("make", "made"), ("go", "went gone")];

/// Verbs that double their last letter before an ending.
const DOUBLING: [&str; 7] = ["admit", "quip", "submit", "plan", "blog", "snap", "shrug"];

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn forms_in_the_order_says_say_say_said_said_saying() {
        for (lemma, given, all) in [
            ("say", "said", "says say say said said saying"),
            ("write", "wrote written", "writes write write wrote written writing"),
            ("argue", "", "argues argue argue argued argued arguing"),
            ("reply", "", "replies reply reply replied replied replying"),
            ("admit", "", "admits admit admit admitted admitted admitting"),
            ("stress", "", "stresses stress stress stressed stressed stressing"),
        ] {
            let given: Vec<&str> = given.split_whitespace().collect();
            let made: Vec<String> = forms(lemma, &given).expect(lemma).into_iter().map(|f| f.written).collect();
            assert_eq!(made.join(" "), all);
        }
        assert_eq!(forms("", &[]), None);
        assert_eq!(forms("a", &[]), None);
    }
}
