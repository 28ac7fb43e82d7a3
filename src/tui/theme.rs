//! Colours and attributes by meaning: `assets/themes/*.toml`.
//!
//! Every state shows without colour, by attribute, mark or number; a theme only makes it easier to see.
//! `default` uses the sixteen colours of the terminal's own palette, so that it sits well on dark and on
//! light ground; `mono` uses none and is taken under `NO_COLOR`.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};

/// The themes that come with dixit, by name.
const THEMES: &[(&str, &str)] = &[
    ("default", include_str!("../../assets/themes/default.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

macro_rules! meanings {
    ($($(#[$doc:meta])* $field:ident = $name:literal),+ $(,)?) => {
        /// A style for each meaning.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Theme { $($(#[$doc])* pub $field: Style),+ }

        impl Theme {
            fn from_table(table: &BTreeMap<String, String>) -> Result<Self, String> {
                let known = [$($name),+];
                if let Some(wrong) = table.keys().find(|key| !known.contains(&key.as_str())) {
                    return Err(format!("no meaning {wrong}"));
                }
                Ok(Self { $($field: style(table.get($name).map_or("", String::as_str))?),+ })
            }
        }
    };
}

meanings! {
    /// What most of the screen is.
    base = "base",
    /// What may be overlooked: roles, hints, counts.
    dim = "dim",
    /// The rules between panes.
    rule = "rule",
    /// A pane's header.
    header = "header",
    /// The header of the pane that has the keys.
    header_focused = "header-focused",
    /// The row under the cursor in the pane that has the keys.
    selected = "selected",
    /// The row under the cursor in another pane.
    selected_elsewhere = "selected-elsewhere",
    /// The bar before the row under the cursor.
    cursor_bar = "cursor-bar",
    /// The sign of an unread article, and its title.
    unread = "unread",
    /// The sign of a marked article.
    marked = "marked",
    /// Letters that the filter matched.
    matched = "matched",
    /// What a search in the text found.
    hit = "hit",
    /// The hit that one is at.
    hit_current = "hit-current",
    /// Tags.
    tag = "tag",
    /// Titles and headings in the text.
    heading = "heading",
    /// Block quotes and posts.
    quote = "quote",
    /// Words of a claim.
    claim = "claim",
    /// Words of the current claim.
    claim_current = "claim-current",
    /// The bar beside a claim's lines.
    bar = "bar",
    /// The bar beside the current claim's lines.
    bar_current = "bar-current",
    /// What is being selected.
    selection = "selection",
    /// Parts of a claim that are kept while another one is selected.
    kept = "kept",
    /// An address in the text.
    link = "link",
    /// The one that somebody went to.
    link_current = "link-current",
    /// A claim's number.
    number = "number",
    /// The cue of the current claim.
    cue = "cue",
    /// The mention of the current claim's speaker.
    mention = "mention",
    /// A speaker's name in the panel.
    speaker = "speaker",
    /// How another article words the same claim, in the panel.
    elsewhere = "elsewhere",
    /// A claim that is only suggested, in the panel.
    suggested = "suggested",
    /// A key in footer and help.
    key = "key",
    /// What the reader has to say.
    notice = "notice",
    /// What went wrong.
    alert = "alert",
}

impl Theme {
    /// The names of all themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.iter().map(|(name, _)| *name)
    }

    /// The theme of a name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = THEMES.iter().find(|(n, _)| *n == name)?;
        Self::from_table(&toml::from_str(text).ok()?).ok()
    }
}

/// Reads a style: attributes and at most one colour before and one after `on`: `bold cyan on black`.
fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::default();
    let mut ground = false;
    for word in words.split_whitespace() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reversed" => style.add_modifier(Modifier::REVERSED),
            "on" => {
                ground = true;
                continue;
            }
            colour => {
                let colour: Color = colour.parse().map_err(|_| format!("no colour or attribute {colour}"))?;
                if ground { style.bg(colour) } else { style.fg(colour) }
            }
        };
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_understood() {
        for (name, text) in THEMES {
            let table = toml::from_str(text).expect(name);
            Theme::from_table(&table).expect(name);
        }
    }

    #[test]
    fn mono_has_no_colour_and_still_tells_states_apart() {
        let mono = Theme::named("mono").expect("mono");
        let text = THEMES.iter().find(|(n, _)| *n == "mono").expect("mono").1;
        let table: BTreeMap<String, String> = toml::from_str(text).expect("mono");
        for words in table.values() {
            let style = style(words).expect(words);
            assert!(style.fg.is_none() && style.bg.is_none(), "{words}");
        }
        assert_ne!(mono.selected, mono.base);
        assert_ne!(mono.claim_current, mono.claim);
        assert_ne!(mono.cue, mono.mention);
        assert_ne!(mono.header, mono.header_focused);
    }
}
