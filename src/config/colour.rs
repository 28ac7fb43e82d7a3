//! How many colours to use: what the command line asks for, else what the environment says of the terminal.
//!
//! Nothing is asked of the terminal itself, since an answer over a slow line would delay the first screen. The rules
//! are those of no-color.org (`NO_COLOR`, not empty, turns colours off), of `COLORTERM`, and of the names in `TERM`.

/// What the command line asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourChoice {
    /// Colours where there is a terminal that has them.
    #[default]
    Auto,
    /// Colours, even into a pipe.
    Always,
    /// None.
    Never,
}

/// How many colours to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourDepth {
    /// None: bold, dim and reversed only in the reader, nothing at all in plain lines.
    None,
    /// The sixteen that the terminal's own theme defines.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    True,
}

impl ColourDepth {
    /// The depth to use and, in words, why. `variable` looks one up in the environment; `terminal` says whether the
    /// output is one.
    pub fn choose(
        choice: ColourChoice,
        terminal: bool,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> (Self, &'static str) {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        let colorterm = variable("COLORTERM").unwrap_or_default();
        let (depth, why) = if colorterm == "truecolor" || colorterm == "24bit" {
            (Self::True, "COLORTERM says so")
        } else if term.ends_with("-direct") {
            (Self::True, "TERM says so")
        } else if term.contains("256color") {
            (Self::Indexed, "TERM says so")
        } else {
            (Self::Sixteen, "neither COLORTERM nor TERM promises more")
        };
        let without = match choice {
            ColourChoice::Never => Some("--color never"),
            ColourChoice::Auto if set("NO_COLOR") => Some("NO_COLOR is set"),
            ColourChoice::Auto if !terminal => Some("the output isn't a terminal"),
            ColourChoice::Auto if term == "dumb" || term.is_empty() => Some("TERM names no terminal with colours"),
            ColourChoice::Auto | ColourChoice::Always => None,
        };
        without.map_or((depth, why), |why| (Self::None, why))
    }

    /// The depth in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::None => "no colours",
            Self::Sixteen => "16 colours, those of the terminal's own theme",
            Self::Indexed => "256 colours",
            Self::True => "24-bit colours",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(choice: ColourChoice, terminal: bool, env: &[(&str, &str)]) -> ColourDepth {
        let look = |name: &str| env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        ColourDepth::choose(choice, terminal, &look).0
    }

    #[test]
    fn colours_follow_the_flag_then_no_color_then_the_terminal() {
        use ColourChoice::{Always, Auto, Never};
        use ColourDepth::{Indexed, None, Sixteen, True};
        let xterm = ("TERM", "xterm-256color");
        for (choice, terminal, env, wanted) in [
            (Auto, true, &[xterm][..], Indexed),
            (Auto, true, &[xterm, ("COLORTERM", "truecolor")], True),
            (Auto, true, &[("TERM", "xterm")], Sixteen),
            (Auto, true, &[("TERM", "dumb")], None),
            (Auto, true, &[], None),
            (Auto, true, &[xterm, ("NO_COLOR", "1")], None),
            (Auto, true, &[xterm, ("NO_COLOR", "")], Indexed),
            (Auto, false, &[xterm], None),
            (Always, false, &[xterm, ("NO_COLOR", "1")], Indexed),
            (Never, true, &[xterm], None),
        ] {
            assert_eq!(depth(choice, terminal, env), wanted, "{choice:?} {terminal} {env:?}");
        }
    }
}
