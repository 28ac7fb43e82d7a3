//! Reads a `config.toml` value by value, so that one mistake costs one setting.
//!
//! Only a file that isn't TOML at all counts for nothing: what stands after a quotation mark that was never closed
//! can't be told from what stands in it.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Place, Problem, nearest};
use super::{Config, KeyBinding, MEASURES, Named};

/// The settings there are; `keys` is a table of tables.
const SETTINGS: [&str; 7] = ["theme", "measure", "hyphenate", "justify", "favourites", "user", "keys"];

/// Lays the settings in `text`, which `file` holds, over those of `config`, and collects the mistakes.
pub(super) fn lay_over(config: &mut Config, file: &Path, text: &str) {
    let reading = Reading { file, text };
    match DeTable::parse(text) {
        Ok(table) => {
            for (name, value) in table.get_ref() {
                let name_at = name.span().start;
                if let Err(problem) = reading.setting(config, name.get_ref(), name_at, value) {
                    config.problems.push(problem);
                }
            }
            // The parser hands settings over by name; people read from top to bottom.
            config.keys.sort_by_key(|key| (key.line, key.column));
            config.problems.sort_by_key(|problem| (problem.line, problem.column));
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let why = error.message().replace('\n', ", ");
            config.problems.push(reading.problem(at, format!("this isn't TOML, so none of the file counts: {why}")));
        }
    }
}

struct Reading<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Reading<'_> {
    fn place(&self, at: usize) -> Place {
        Place::new(self.file, self.text, at)
    }

    fn problem(&self, at: usize, message: String) -> Problem {
        self.place(at).problem(message)
    }

    fn setting(
        &self,
        config: &mut Config,
        name: &str,
        name_at: usize,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(), Problem> {
        match name {
            "theme" => {
                config.theme =
                    super::Named { name: self.words(name, value)?.to_owned(), place: self.place(value.span().start) };
            }
            "measure" => config.measure = self.measure(value)?,
            "hyphenate" => config.hyphenate = self.truth(name, value)?,
            "justify" => config.justify = self.truth(name, value)?,
            "favourites" => config.favourites = self.favourites(value)?,
            "user" => config.user = Some(self.words(name, value)?.to_owned()),
            "keys" => self.keys(config, value)?,
            _ => {
                let nearest = nearest(name, SETTINGS).map(str::to_owned);
                return Err(Problem { nearest, ..self.problem(name_at, format!("there is no setting \"{name}\"")) });
            }
        }
        Ok(())
    }

    fn words<'v>(&self, name: &str, value: &'v Spanned<DeValue<'_>>) -> Result<&'v str, Problem> {
        value.get_ref().as_str().ok_or_else(|| {
            let found = kind(value.get_ref());
            self.problem(value.span().start, format!("{name} is a word in quotation marks, not {found}"))
        })
    }

    fn truth(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<bool, Problem> {
        value.get_ref().as_bool().ok_or_else(|| {
            let found = kind(value.get_ref());
            self.problem(value.span().start, format!("{name} is true or false, not {found}"))
        })
    }

    fn measure(&self, value: &Spanned<DeValue<'_>>) -> Result<u16, Problem> {
        let number = value.get_ref().as_integer().and_then(|n| u16::from_str_radix(n.as_str(), n.radix()).ok());
        number.filter(|n| MEASURES.contains(n)).ok_or_else(|| {
            let written = self.text.get(value.span()).unwrap_or_default();
            let (least, most) = MEASURES.into_inner();
            self.problem(
                value.span().start,
                format!("measure is a number of columns from {least} to {most}, not {written}"),
            )
        })
    }

    fn favourites(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<Named>, Problem> {
        let wrong = |value: &Spanned<DeValue<'_>>, found: &str| {
            let message = format!("favourites are a list of words, [\"ia\", \"draft\"], not {found}");
            self.problem(value.span().start, message)
        };
        let list = value.get_ref().as_array().ok_or_else(|| wrong(value, kind(value.get_ref())))?;
        let word = |member: &Spanned<DeValue<'_>>| {
            let name =
                member.get_ref().as_str().ok_or_else(|| wrong(member, &format!("{} in it", kind(member.get_ref()))))?;
            Ok(Named { name: name.to_owned(), place: self.place(member.span().start) })
        };
        list.iter().map(word).collect()
    }

    fn keys(&self, config: &mut Config, value: &Spanned<DeValue<'_>>) -> Result<(), Problem> {
        let Some(modes) = value.get_ref().as_table() else {
            return Err(
                self.problem(value.span().start, "keys are set in tables, a table for each place: [keys.list]".into())
            );
        };
        for (mode, actions) in modes {
            let Some(actions) = actions.get_ref().as_table() else {
                config.problems.push(self.problem(
                    mode.span().start,
                    format!("\"{mode}\" has to be a table, [keys.list] and below it {mode} = …", mode = mode.get_ref()),
                ));
                continue;
            };
            for (action, keys) in actions {
                let Place { file, line, column } = self.place(action.span().start);
                match self.sequences(action.get_ref(), keys, &mut config.problems) {
                    Ok(keys) => config.keys.push(KeyBinding {
                        mode: mode.get_ref().to_string(),
                        action: action.get_ref().to_string(),
                        keys,
                        file,
                        line,
                        column,
                    }),
                    Err(problem) => config.problems.push(problem),
                }
            }
        }
        Ok(())
    }

    /// The keys of an action: a list of words, or one word alone. A member that is no word is a problem of its own.
    fn sequences(
        &self,
        action: &str,
        value: &Spanned<DeValue<'_>>,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<String>, Problem> {
        if let Some(key) = value.get_ref().as_str() {
            return Ok(vec![key.to_owned()]);
        }
        let Some(list) = value.get_ref().as_array() else {
            let found = kind(value.get_ref());
            let message = format!("the keys of {action} are a list of words, [\"enter\", \"l\"], not {found}");
            return Err(self.problem(value.span().start, message));
        };
        let mut keys = Vec::new();
        for member in list {
            match member.get_ref().as_str() {
                Some(key) => keys.push(key.to_owned()),
                None => problems.push(self.problem(
                    member.span().start,
                    format!("a key of {action} is a word in quotation marks, not {}", kind(member.get_ref())),
                )),
            }
        }
        Ok(keys)
    }
}

/// What a value is instead, with its article.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a word",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The problems of a file, as `LINE:COLUMN message (nearest)`, and what counts of it.
    fn check(text: &str) -> (Vec<String>, Config) {
        let mut config = Config::default();
        lay_over(&mut config, Path::new("f"), text);
        let problems = config.problems.iter().map(|p| {
            let nearest = p.nearest.as_ref().map(|n| format!(" ({n})")).unwrap_or_default();
            format!("{}:{} {}{nearest}", p.line, p.column, p.message)
        });
        (problems.collect(), config)
    }

    #[test]
    fn a_wrong_setting_costs_nothing_but_itself() {
        let (problems, config) = check("thme = \"dark\"\nmeasure = 60\n\n[colours]\nred = 1\n");
        assert_eq!(problems, ["1:1 there is no setting \"thme\" (theme)", "4:2 there is no setting \"colours\""]);
        assert_eq!((config.theme.name.as_str(), config.measure), ("default", 60));
    }

    #[test]
    fn a_measure_is_a_number_of_columns_within_bounds() {
        for (written, value) in [("40", 40), ("100", 100), ("0x40", 64)] {
            assert_eq!(check(&format!("measure = {written}")).1.measure, value, "{written}");
        }
        for written in ["39", "101", "-72", "72.0", "\"72\"", "true", "99999999999999999999", "[72]"] {
            let (problems, config) = check(&format!("measure = {written}"));
            assert_eq!(config.measure, 72);
            assert_eq!(problems, [format!("1:11 measure is a number of columns from 40 to 100, not {written}")]);
        }
    }

    #[test]
    fn hyphens_and_margins_are_true_or_false() {
        let (problems, config) = check("hyphenate = false\njustify = \"yes\"\n");
        assert_eq!(problems, ["2:11 justify is true or false, not a word"]);
        assert_eq!((config.hyphenate, config.justify), (false, false));
    }

    #[test]
    fn favourites_are_a_list_of_words() {
        let (problems, config) = check("favourites = [\"ia\", \"à-vérifier\"]\n");
        let words: Vec<&str> = config.favourites.iter().map(|named| named.name.as_str()).collect();
        assert_eq!((problems.len(), words), (0, vec!["ia", "à-vérifier"]));
        let wrong = "1:15 favourites are a list of words, [\"ia\", \"draft\"], not an integer in it";
        assert_eq!(check("favourites = [3]").0, [wrong]);
    }

    #[test]
    fn a_theme_and_a_user_are_words() {
        let (problems, config) = check("user = \"Ana\"\ntheme = 3\n");
        assert_eq!(problems, ["2:9 theme is a word in quotation marks, not an integer"]);
        assert_eq!(config.user.as_deref(), Some("Ana"));
    }

    #[test]
    fn keys_keep_the_place_of_their_action() {
        let (problems, config) = check("[keys.list]\nopen = [\"enter\", \"l\"]\n  mark = \"x\"\nremove = []\n");
        assert_eq!(problems, [] as [String; 0]);
        let keys: Vec<_> = config
            .keys
            .iter()
            .map(|k| format!("{}:{} {}.{} {:?}", k.line, k.column, k.mode, k.action, k.keys))
            .collect();
        assert_eq!(keys, ["2:1 list.open [\"enter\", \"l\"]", "3:3 list.mark [\"x\"]", "4:1 list.remove []"]);
    }

    #[test]
    fn a_wrong_key_leaves_the_others() {
        let (problems, config) = check("[keys]\nopen = [\"o\"]\n[keys.list]\nopen = [\"o\", 3]\nmark = 7\n");
        assert_eq!(
            problems,
            [
                "2:1 \"open\" has to be a table, [keys.list] and below it open = …",
                "4:14 a key of open is a word in quotation marks, not an integer",
                "5:8 the keys of mark are a list of words, [\"enter\", \"l\"], not an integer",
            ]
        );
        assert_eq!(config.keys.len(), 1);
        assert_eq!(config.keys[0].keys, ["o"]);
    }

    #[test]
    fn what_is_no_toml_leaves_the_defaults() {
        let (problems, config) = check("measure = 60\ntheme = \"dark\nuser = \"x\"\n");
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("2:"), "{problems:?}");
        assert!(problems[0].contains("this isn't TOML"), "{problems:?}");
        assert_eq!(config.measure, 72);
    }
}
