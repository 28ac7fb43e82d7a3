//! What is settled before the reader starts: the user's settings, and where to begin.

use crate::config::Config;
use crate::model::{ArticleId, Tag};
use crate::tui::keymap::Keymap;
use crate::tui::theme::Theme;

/// What the user decided before the reader started.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The annotator.
    pub user: String,
    /// Cells that a line of text may have at most.
    pub measure: u16,
    /// What the configuration says that it is.
    pub configured: u16,
    /// Whether words are parted at the ends of lines.
    pub hyphenate: bool,
    /// Whether lines reach to the end of the measure.
    pub justify: bool,
    /// Tags that are offered before the others, in this order.
    pub favourites: Vec<Tag>,
    /// The keys.
    pub keymap: Keymap,
    /// The styles.
    pub theme: Theme,
}

/// Where the reader starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// On the whole list.
    #[default]
    List,
    /// On the list, filtered.
    Filter(String),
    /// Straight at an article.
    Article(ArticleId),
}

/// What the configuration that comes with dixit says, for an annotator without a name.
impl Default for Settings {
    fn default() -> Self {
        let config = Config::default();
        Self {
            user: String::new(),
            measure: config.measure,
            configured: config.measure,
            hyphenate: config.hyphenate,
            justify: config.justify,
            favourites: Vec::new(),
            keymap: Keymap::new(&[]).0,
            theme: Theme::named(&config.theme.name).unwrap_or_default(),
        }
    }
}
