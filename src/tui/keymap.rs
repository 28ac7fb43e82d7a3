//! Which keys do what: `assets/keys.toml`, with the user's changes laid over it.
//!
//! A binding is a sequence of keys in a mode. What the user wrote and can't be understood is reported,
//! each mistake with its place, and the rest counts; a reader never refuses to start for a key.

use std::collections::BTreeMap;

use super::action::{self, Action, Mode};
use super::key::{self, Key};
use crate::config::{KeyBinding, Problem};

/// The keys that come with dixit, in the format of the user's own file.
pub const DEFAULTS: &str = include_str!("../../assets/keys.toml");

/// What the keys pressed so far come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// An action.
    Action(Action),
    /// The beginning of a longer sequence.
    Pending,
    /// Nothing.
    Nothing,
}

/// All bindings, by mode.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: Vec<(Mode, Vec<Key>, Action)>,
}

impl Keymap {
    /// The defaults with the user's changes over them, and what is wrong with these.
    pub fn new(changes: &[KeyBinding]) -> (Self, Vec<Problem>) {
        let mut map = Self::defaults();
        let mut problems = Vec::new();
        for change in changes {
            if let Err(problem) = map.change(change) {
                problems.push(problem);
            }
        }
        problems.extend(map.clashes(changes));
        (map, problems)
    }

    fn defaults() -> Self {
        let tables: BTreeMap<String, BTreeMap<String, Vec<String>>> = toml::from_str(DEFAULTS).unwrap_or_default();
        let mut bindings = Vec::new();
        for mode in Mode::ALL {
            for (name, keys) in tables.get(mode.name()).into_iter().flatten() {
                if let Some(action) = action::by_name(name, mode) {
                    bindings.extend(keys.iter().filter_map(|k| Some((mode, sequence(k).ok()?, action))));
                }
            }
        }
        Self { bindings }
    }

    fn change(&mut self, change: &KeyBinding) -> Result<(), Problem> {
        let problem = |message: String, nearest: Option<&str>| Problem {
            file: change.file.clone(),
            line: change.line,
            column: change.column,
            message,
            nearest: nearest.map(str::to_owned),
        };
        let Some(mode) = Mode::ALL.into_iter().find(|m| m.name() == change.mode) else {
            let names = Mode::ALL.map(Mode::name);
            let nearest = crate::config::nearest(&change.mode, names);
            return Err(problem(format!("there is no place called {}", change.mode), nearest));
        };
        let Some(action) = action::by_name(&change.action, mode) else {
            let names = action::ACTIONS.iter().filter(|e| e.modes.contains(&mode)).map(|e| e.name);
            let nearest = crate::config::nearest(&change.action, names);
            return Err(problem(format!("there is no action {} {}", change.action, place(mode)), nearest));
        };
        let mut sequences = Vec::new();
        for keys in &change.keys {
            sequences.push(sequence(keys).map_err(|why| problem(format!("can't read the key {keys}: {why}"), None))?);
        }
        self.bindings.retain(|(m, keys, a)| !(*m == mode && (*a == action || sequences.contains(keys))));
        self.bindings.extend(sequences.into_iter().map(|keys| (mode, keys, action)));
        Ok(())
    }

    /// Sequences of the user's that can never be reached, since a shorter one of the same mode begins them.
    fn clashes(&self, changes: &[KeyBinding]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (mode, long, action) in &self.bindings {
            for (other, short, taken) in &self.bindings {
                let hidden = mode == other && short.len() < long.len() && long.starts_with(short);
                let by_user = changes.iter().find(|c| {
                    c.mode == mode.name()
                        && [action, taken].iter().any(|a| action::by_name(&c.action, *mode) == Some(**a))
                });
                if let (true, Some(change)) = (hidden, by_user) {
                    problems.push(Problem {
                        file: change.file.clone(),
                        line: change.line,
                        column: change.column,
                        message: format!(
                            "{} for {} can't be reached: {} is {} already",
                            display(long),
                            name(*action),
                            display(short),
                            name(*taken)
                        ),
                        nearest: None,
                    });
                }
            }
        }
        problems
    }

    /// What `pressed` means in `mode`; outside prompts, menus and selections, what the mode doesn't bind counts as bound everywhere.
    pub fn find(&self, mode: Mode, pressed: &[Key]) -> Found {
        let in_mode = self.find_in(mode, pressed);
        if in_mode != Found::Nothing || stands_alone(mode) {
            return in_mode;
        }
        self.find_in(Mode::Everywhere, pressed)
    }

    fn find_in(&self, mode: Mode, pressed: &[Key]) -> Found {
        let of_mode = || self.bindings.iter().filter(|(m, ..)| *m == mode);
        if let Some((.., action)) = of_mode().find(|(_, keys, _)| keys == pressed) {
            return Found::Action(*action);
        }
        if of_mode().any(|(_, keys, _)| keys.starts_with(pressed)) { Found::Pending } else { Found::Nothing }
    }

    /// The keys of an action as a person meets them in `mode`: its own first, then those bound everywhere.
    pub fn keys(&self, mode: Mode, action: Action) -> Vec<String> {
        let of = |mode: Mode| {
            self.bindings.iter().filter(move |(m, _, a)| *m == mode && *a == action).map(|(_, keys, _)| display(keys))
        };
        let own: Vec<String> = of(mode).collect();
        if own.is_empty() && !stands_alone(mode) { of(Mode::Everywhere).collect() } else { own }
    }

    /// What may follow the keys pressed so far in `mode`: the rest of each sequence that they begin, and its action.
    pub fn following(&self, mode: Mode, pressed: &[Key]) -> Vec<(String, Action)> {
        let everywhere = (!matches!(mode, Mode::Menu | Mode::Prompt)).then_some(Mode::Everywhere);
        let modes = [Some(mode), everywhere.filter(|everywhere| *everywhere != mode)];
        let of = |mode: Mode| self.bindings.iter().filter(move |(m, keys, _)| *m == mode && keys.starts_with(pressed));
        modes.into_iter().flatten().flat_map(of).map(|(_, keys, a)| (display(&keys[pressed.len()..]), *a)).collect()
    }

    /// The keys bound in just this mode.
    pub fn own_keys(&self, mode: Mode, action: Action) -> Vec<String> {
        self.bindings.iter().filter(|(m, _, a)| *m == mode && *a == action).map(|(_, k, _)| display(k)).collect()
    }
}

/// Whether only the keys of the mode itself count in it.
const fn stands_alone(mode: Mode) -> bool {
    matches!(mode, Mode::Selection | Mode::Menu | Mode::Prompt)
}

fn name(action: Action) -> &'static str {
    action::entry_of(action).map_or("?", |entry| entry.name)
}

const fn place(mode: Mode) -> &'static str {
    match mode {
        Mode::Everywhere => "everywhere",
        Mode::List => "in the list",
        Mode::Text => "in the text",
        Mode::Selection => "while selecting",
        Mode::Panel => "in the claims panel",
        Mode::Claims => "in the list of claims",
        Mode::Speakers => "in the list of speakers",
        Mode::Page => "on the page of a speaker",
        Mode::Menu => "in a list of headings, links or forms",
        Mode::Prompt => "in a prompt",
    }
}

/// Keys as people write them: `gg`, `ctrl-d`, `space`; what this gives, the configuration understands.
pub fn display(keys: &[Key]) -> String {
    match keys {
        [] => String::new(),
        [key] => {
            let name = key.to_string();
            let inner = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')).unwrap_or(&name);
            match inner {
                "lt" => "<".to_owned(),
                inner => inner.replace("c-", "ctrl-").replace("a-", "alt-").replace("s-", "shift-"),
            }
        }
        several => several.iter().map(Key::to_string).collect(),
    }
}

/// A key by its name, or a sequence of keys as they are typed.
fn sequence(keys: &str) -> Result<Vec<Key>, String> {
    Key::parse(keys).map(|key| vec![key]).or_else(|_| key::parse_keys(keys))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn change(mode: &str, action: &str, keys: &[&str]) -> KeyBinding {
        KeyBinding {
            mode: mode.into(),
            action: action.into(),
            keys: keys.iter().map(|&k| k.into()).collect(),
            file: PathBuf::from("config.toml"),
            line: 3,
            column: 1,
        }
    }

    fn found(map: &Keymap, mode: Mode, keys: &str) -> Found {
        map.find(mode, &sequence(keys).expect(keys))
    }

    #[test]
    fn every_default_key_is_understood_and_none_clashes() {
        let tables: BTreeMap<String, BTreeMap<String, Vec<String>>> = toml::from_str(DEFAULTS).expect("keys.toml");
        let mut seen: Vec<(Mode, Vec<Key>)> = Vec::new();
        for (table, actions) in &tables {
            let mode = *Mode::ALL.iter().find(|m| m.name() == table).expect(table);
            for (name, keys) in actions {
                assert!(action::by_name(name, mode).is_some(), "{table}.{name}");
                for keys in keys {
                    let keys = sequence(keys).expect(keys);
                    for (_, other) in seen.iter().filter(|(m, _)| *m == mode) {
                        assert!(!keys.starts_with(other) && !other.starts_with(&keys), "{table}.{name}: {keys:?}");
                    }
                    seen.push((mode, keys));
                }
            }
        }
    }

    #[test]
    fn every_action_has_a_key() {
        let (map, _) = Keymap::new(&[]);
        for entry in action::ACTIONS {
            assert!(Mode::ALL.iter().any(|m| !map.own_keys(*m, entry.action).is_empty()), "{}", entry.name);
        }
    }

    #[test]
    fn no_key_alone_needs_altgr_on_a_french_keyboard() {
        let (map, _) = Keymap::new(&[]);
        for entry in action::ACTIONS {
            for mode in Mode::ALL {
                let keys = map.own_keys(mode, entry.action);
                let altgr = |k: &String| k.contains(['[', ']', '{', '}', '\\', '~', '#', '@', '|', '^', '`']);
                assert!(keys.is_empty() || !keys.iter().all(altgr), "{}: {keys:?}", entry.name);
            }
        }
    }

    #[test]
    fn keys_are_shown_as_they_can_be_written() {
        for keys in ["gg", "gt", "ctrl-d", "space", "shift-tab", "alt-b", "?", "f1", "G", "pagedown"] {
            assert_eq!(display(&sequence(keys).expect(keys)), keys);
        }
    }

    #[test]
    fn chords_wait_for_their_second_key() {
        let (map, _) = Keymap::new(&[]);
        assert_eq!(found(&map, Mode::List, "g"), Found::Pending);
        assert_eq!(found(&map, Mode::List, "gg"), Found::Action(Action::Top));
        assert_eq!(found(&map, Mode::List, "u"), Found::Action(Action::Undo));
        assert_eq!(found(&map, Mode::Prompt, "u"), Found::Nothing);
    }

    #[test]
    fn the_keys_that_may_follow_are_told() {
        let (map, _) = Keymap::new(&[]);
        let following = map.following(Mode::Text, &sequence("Y").expect("Y"));
        let keys: Vec<&str> = following.iter().map(|(keys, _)| keys.as_str()).collect();
        assert_eq!(keys, ["i", "j", "m", "u"]);
        assert!(map.following(Mode::Prompt, &sequence("Y").expect("Y")).is_empty());
    }

    #[test]
    fn a_change_replaces_the_keys_of_its_action_and_takes_them_from_others() {
        let (map, problems) = Keymap::new(&[change("list", "open", &["o", "m"])]);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(found(&map, Mode::List, "o"), Found::Action(Action::Open));
        assert_eq!(found(&map, Mode::List, "m"), Found::Action(Action::Open));
        assert_eq!(found(&map, Mode::List, "l"), Found::Nothing);
    }

    #[test]
    fn mistakes_are_reported_with_the_nearest_name_and_the_rest_counts() {
        let (map, problems) = Keymap::new(&[
            change("list", "opne", &["o"]),
            change("lisst", "open", &["o"]),
            change("list", "filter", &["<wrong>"]),
            change("list", "mark", &["x"]),
        ]);
        let nearest: Vec<_> = problems.iter().map(|p| p.nearest.as_deref()).collect();
        assert_eq!(nearest, [Some("open"), Some("list"), None]);
        assert_eq!(found(&map, Mode::List, "x"), Found::Action(Action::Mark));
    }
}
