//! The rules as data: which words attribute, what they take, and which words name people and institutions.
//!
//! Cues are written by lemma in `assets/rules/{fr,en}.toml`, each with its class, the frames it takes, an example and,
//! where it can go wrong, a counter-example. Here they are read, every form that a newspaper prints is made from the
//! lemma, and the engine looks words up by their folded form. Beside them stand word lists: nouns for roles,
//! organisations, groups and documents in the same files, first names and the genders of nouns in
//! `assets/lexicon`, which says where they come from.
//!
//! A rule file is never trusted: a mistake in it is an error that names file and line. Nothing in here looks at an
//! article, and nothing depends on the order in which words are looked up.

mod conjugation;
mod cue;
mod english;
mod file;
mod french;
mod lexicon;
mod lookup;

use std::sync::LazyLock;

use foldhash::HashMap;

pub use self::cue::{Class, CueForm, Frames, Gender, Mood, NounCue, Number, VerbForm};
use self::file::File;
pub use self::file::{Sample, SampleKind};
use self::lexicon::Table;
use self::lookup::Lookup;
use crate::error::Result;
use crate::model::Lang;

const FR: &str = include_str!("../../assets/rules/fr.toml");
const EN: &str = include_str!("../../assets/rules/en.toml");
const CONFIDENCE: &str = include_str!("../../assets/rules/confidence.toml");
static FIRST_NAMES: Table = Table::new(include_str!("../../assets/lexicon/first-names.txt"));
static NOUNS_FR: Table = Table::new(include_str!("../../assets/lexicon/nouns-fr.txt"));

/// What a noun names, as far as that matters to who speaks; a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Sort {
    Role = 1,
    Organisation = 2,
    Institution = 4,
    Demonym = 8,
    Document = 16,
    Group = 32,
    Anonymous = 64,
}

/// The rules of one language.
#[derive(Debug, Default)]
struct Language {
    cues: Lookup<Vec<CueForm>>,
    nouns: Lookup<NounCue>,
    /// What nouns name, as bits of [`Sort`].
    sorts: HashMap<String, u8>,
    /// Roles by other words for them.
    alike: HashMap<String, Vec<String>>,
    /// Of roles; `None` for those of both genders.
    genders: HashMap<String, Option<Gender>>,
}

/// The rules of both languages, compiled.
#[derive(Debug, Default)]
pub struct Rules {
    fr: Language,
    en: Language,
    /// What the nouns of both languages name: one look tells both, and most words are in neither.
    sorts: Lookup<[u8; 2]>,
    confidence: HashMap<String, f32>,
}

/// The words of folded text that carry a meaning, one space between them.
fn meaning(folded: &str) -> String {
    let words = folded.split([' ', '\'']).filter(|word| !super::lexis::is_function(word));
    words.collect::<Vec<_>>().join(" ")
}

impl Rules {
    /// The rules that are compiled in, read once.
    pub fn built_in() -> &'static Self {
        static RULES: LazyLock<Rules> = LazyLock::new(|| {
            // A test reads both files; were one of them wrong all the same, no rule is better than no program.
            Rules::parse(FR, EN).unwrap_or_default()
        });
        &RULES
    }

    /// The rules of a French and an English rule file; an error names the file, as `fr.toml` or `en.toml`, and the line.
    pub fn parse(fr: &str, en: &str) -> Result<Self> {
        let mut fr = File::read("fr.toml", fr)?.compile("fr.toml", fr, french::forms)?;
        let mut en = File::read("en.toml", en)?.compile("en.toml", en, english::forms)?;
        let mut sorts: HashMap<String, [u8; 2]> = HashMap::default();
        for (lang, language) in [&mut fr, &mut en].into_iter().enumerate() {
            for (word, bits) in std::mem::take(&mut language.sorts) {
                sorts.entry(word).or_default()[lang] |= bits;
            }
        }
        let confidence = file::confidence("confidence.toml", CONFIDENCE)?;
        Ok(Self { fr, en, sorts: sorts.into(), confidence })
    }

    const fn of(&self, lang: Lang) -> &Language {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }

    /// How often a rule was right on the gold claims, words and speaker both, 0 to 1; the mean of all rules for one that
    /// they don't know.
    pub fn confidence(&self, rule: &str) -> f32 {
        let known = |rule| self.confidence.get(rule).copied();
        known(rule).or_else(|| known("mean")).unwrap_or_default()
    }

    /// The forms of cue verbs that fold to `folded`. A word may be several: `dit` is a present, a past and a
    /// participle, and « déclare » and « déclaré » fold alike; [`CueForm::written`] keeps the accents apart.
    pub fn cue(&self, lang: Lang, folded: &str) -> &[CueForm] {
        self.of(lang).cues.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The noun that attributes, in singular or plural: lettre, communiqué, idée, affirmation, statement.
    pub fn noun_cue(&self, lang: Lang, folded: &str) -> Option<&NounCue> {
        self.of(lang).nouns.get(folded)
    }

    /// Whose name this is by its use in French and English; `None` for both, and for what isn't known.
    pub fn gender_of_first_name(&self, folded: &str) -> Option<Gender> {
        FIRST_NAMES.get(folded).and_then(Gender::from_letter)
    }

    /// Whether this is known as a first name, of whatever gender.
    pub fn is_first_name(&self, folded: &str) -> bool {
        FIRST_NAMES.get(folded).is_some()
    }

    /// The gender of a noun, where it has one: « présidente », « préfecture »; `None` for « ministre ».
    pub fn gender_of_noun(&self, lang: Lang, folded: &str) -> Option<Gender> {
        match (self.of(lang).genders.get(folded), lang) {
            (Some(gender), _) => *gender,
            (None, Lang::Fr) => NOUNS_FR.get(folded).and_then(Gender::from_letter),
            (None, Lang::En) => None,
        }
    }

    fn is(&self, lang: Lang, folded: &str, sort: Sort) -> bool {
        self.sorts.get(folded).is_some_and(|sorts| sorts[usize::from(lang == Lang::En)] & sort as u8 != 0)
    }

    /// Whether the noun names what a person is or does: PDG, présidente, porte-parole, spokesman.
    pub fn is_role(&self, lang: Lang, folded: &str) -> bool {
        self.is(lang, folded, Sort::Role)
    }

    /// Whether the noun names what a person is or does, in either language.
    pub fn is_any_role(&self, folded: &str) -> bool {
        self.sorts.get(folded).is_some_and(|sorts| (sorts[0] | sorts[1]) & Sort::Role as u8 != 0)
    }

    /// Whether the noun names an institution: préfecture, gouvernement, parti, university.
    pub fn is_organisation_word(&self, lang: Lang, folded: &str) -> bool {
        self.is(lang, folded, Sort::Organisation)
    }

    /// Whether an article takes up a named institution by this noun: groupe, institution.
    pub fn is_institution_word(&self, lang: Lang, folded: &str) -> bool {
        self.is(lang, folded, Sort::Institution)
    }

    /// Whether the word names people by where they are from: Anglais, Lilloise.
    pub fn is_demonym(&self, lang: Lang, folded: &str) -> bool {
        self.is(lang, folded, Sort::Demonym)
    }

    /// The roles that are meant by these folded words, grammar words left out: president for « chef etat ».
    pub fn roles_alike(&self, lang: Lang, meaning: &str) -> &[String] {
        self.of(lang).alike.get(meaning).map_or(&[], Vec::as_slice)
    }

    /// Whether the noun names something written or counted: communiqué, rapport, sondage.
    pub fn is_document_word(&self, lang: Lang, folded: &str) -> bool {
        self.is(lang, folded, Sort::Document)
    }

    /// Whether the noun names several people together: experts, syndicats, riverains.
    pub fn is_group_word(&self, lang: Lang, folded: &str) -> bool {
        let several = |lang| folded.strip_suffix('s').is_some_and(|one| self.is(lang, one, Sort::Role));
        self.is(lang, folded, Sort::Group) || lang == Lang::Fr && several(lang)
    }

    /// Whether the noun hides who speaks: source, proche, témoin.
    pub fn is_anonymous_word(&self, lang: Lang, folded: &str) -> bool {
        self.is(lang, folded, Sort::Anonymous)
    }

    /// The samples of the built-in rules of one language, in the order of its file. Only tests ask
    /// for them; so they are read when asked.
    pub fn samples(lang: Lang) -> Result<Vec<Sample>> {
        let (name, text) = match lang {
            Lang::Fr => ("fr.toml", FR),
            Lang::En => ("en.toml", EN),
        };
        Ok(File::read(name, text)?.samples(text))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::text::fold::fold;

    fn written(word: &str) -> Vec<String> {
        let forms = Rules::built_in().cue(Lang::Fr, &fold(word)).iter();
        let alike = forms.filter(|form| *form.written == *word);
        alike.map(|form| format!("{} {:?}", form.lemma, form.form.mood)).collect()
    }

    #[test]
    fn both_files_can_be_read() {
        Rules::parse(FR, EN).unwrap();
        assert!(Rules::built_in().fr.cues.len() > 1000 && Rules::built_in().en.cues.len() > 100);
    }

    #[test]
    fn accents_tell_a_present_from_a_participle() {
        assert_eq!(written("affirme"), ["affirmer Present"]);
        assert_eq!(written("affirmé"), ["affirmer PastParticiple"]);
        assert_eq!(Rules::built_in().cue(Lang::Fr, "affirme").len(), 2);
        assert_eq!(written("pont"), Vec::<String>::new());
    }

    #[test]
    fn a_mistake_names_file_and_line() {
        for (fr, told) in [
            ("[[verb]]\nlemma = \"dire\"\nclass = \"shout\"\ntakes = \"que\"\nexample = []\n", "fr.toml:3"),
            ("\n[[verb]]\nlemma = \"dire\"\nclass = \"saying\"\ntakes = \"quoi\"\nexample = []\n", "fr.toml:5"),
            ("[[verb]]\nlemma = \"zut\"\nclass = \"saying\"\ntakes = \"que\"\nexample = []\n", "fr.toml:2"),
            (
                "\n[[verb]]\nlemma = \"dire\"\nclass = \"saying\"\ntakes = \"que\"\n",
                "fr.toml:2: missing field `example`",
            ),
        ] {
            let error = Rules::parse(fr, "").unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn names_and_nouns_have_their_gender() {
        let rules = Rules::built_in();
        assert_eq!(rules.gender_of_first_name("marie"), Some(Gender::Feminine));
        assert_eq!(rules.gender_of_first_name("dominique"), None);
        assert!(rules.is_first_name("dominique") && !rules.is_first_name("prefecture"));
        assert_eq!(rules.gender_of_noun(Lang::Fr, "prefecture"), Some(Gender::Feminine));
        assert_eq!(rules.gender_of_noun(Lang::Fr, "presidente"), Some(Gender::Feminine));
        assert_eq!(rules.gender_of_noun(Lang::Fr, "avocat"), Some(Gender::Masculine));
        for both in ["ministre", "adversaire", "economiste"] {
            assert_eq!(rules.gender_of_noun(Lang::Fr, both), None, "{both}");
        }
        assert!(rules.is_role(Lang::Fr, "porte-parole") && rules.is_role(Lang::En, "spokesman"));
        assert!(rules.is_organisation_word(Lang::Fr, "prefecture") && rules.is_document_word(Lang::Fr, "communique"));
        assert!(rules.is_group_word(Lang::Fr, "riverains") && rules.is_anonymous_word(Lang::Fr, "sources"));
    }
}
