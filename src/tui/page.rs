//! A speaker's page: who they are, when they spoke, and all that they say, by date and article.
//!
//! The page is laid out in lines for a width, like the claims panel; the claim under the cursor is kept in sight, and
//! with the first one the head of the page.

use std::collections::BTreeMap;

use super::app;
use super::claims::{status_mark, wrap};
use super::head;
use super::pivot::{ClaimList, ClaimRow};
use crate::model::listing::{MergeSuggestion, Row, SpeakerPage};
use crate::model::{PartialDate, Polarity, SpeakerKey};
use crate::text::shown::Shown;

/// Lines of a claim's words.
const QUOTE_LINES: usize = 4;
/// Roles and other names that are told.
const ROLES: usize = 4;
/// Rows of the chart.
const CHART: usize = 12;
/// Cells of its longest bar.
const LONGEST: usize = 30;
/// Cells before a claim's words.
const MARGIN: usize = 3;

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The speaker's name.
    Name,
    /// What may be overlooked.
    Fact,
    /// A bar of the chart.
    Bar,
    /// The title of an article.
    Title,
    /// Words of a claim.
    Quote,
    /// What asks for something to be done.
    Hint,
}

/// A line of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLine {
    /// The claim that it belongs to.
    pub claim: Option<usize>,
    /// Its parts from left to right.
    pub parts: Vec<(Part, Shown)>,
}

/// The page, laid out.
#[derive(Debug)]
pub struct SpeakerView {
    /// All that the store knows of the speaker.
    pub who: SpeakerPage,
    /// Their claims.
    pub claims: ClaimList,
    /// The page's lines.
    pub lines: Vec<PageLine>,
    /// The first line shown.
    pub top: usize,
}

impl SpeakerView {
    /// The page of a speaker.
    pub fn new(who: SpeakerPage, claims: ClaimList) -> Self {
        Self { who, claims, lines: Vec::new(), top: 0 }
    }

    /// What an event calls the speaker.
    pub fn key(&self) -> &SpeakerKey {
        &self.who.row.key
    }

    /// Lays the page out for `width` cells. `alike` is who may be the same, `key` the key that makes them one.
    pub fn lay_out(&mut self, width: u16, alike: Option<&MergeSuggestion>, key: &str) {
        let width = usize::from(width);
        let mut lines = head_lines(&self.who, width);
        if let Some(other) = alike.and_then(|pair| pair.other(self.key())) {
            let words = format!("may be the same as {}: {key} merges them", other.speaker.name);
            lines.extend(wrap(&words, width, 2).into_iter().map(|text| line(None, [(Part::Hint, text)])));
        }
        let chart = chart(&self.who.articles, width);
        if !chart.is_empty() {
            lines.push(PageLine::default());
            lines.extend(chart);
        }
        for (at, row) in self.claims.rows.iter().enumerate() {
            if self.claims.opens(at) {
                lines.push(PageLine::default());
                lines.extend(title_lines(row, width));
            }
            lines.extend(claim_lines(at, row, width));
        }
        self.lines = lines;
    }

    /// Brings the claim under the cursor into a window of `rows` rows, its article's title where both fit.
    pub fn show_cursor(&mut self, rows: usize) {
        let of_claim = |line: &PageLine| line.claim == Some(self.claims.cursor);
        let (first, last) = (self.lines.iter().position(of_claim), self.lines.iter().rposition(of_claim));
        if let (Some(first), Some(last)) = (first, last) {
            let before = if self.claims.cursor == 0 { 0 } else { self.title_of(first) };
            let from = if last - before < rows { before } else { first };
            self.top = self.top.min(from).max((last + 1).saturating_sub(rows));
        }
        self.top = self.top.min(self.lines.len().saturating_sub(rows));
    }

    /// The line of the title above a claim's first line, where that is its article's first claim here.
    fn title_of(&self, first: usize) -> usize {
        self.lines[..first]
            .iter()
            .rposition(|line| line.parts.is_empty() || line.claim.is_some())
            .map_or(0, |at| at + 1)
    }
}

fn line<const N: usize>(claim: Option<usize>, parts: [(Part, Shown); N]) -> PageLine {
    PageLine { claim, parts: parts.into() }
}

/// Name, what they are and how much they say.
fn head_lines(who: &SpeakerPage, width: usize) -> Vec<PageLine> {
    let row = &who.row;
    let mut lines = vec![line(None, [(Part::Name, Shown::line(&row.speaker.name).fit(width))])];
    let mut facts = |words: &str, most: usize| {
        lines.extend(wrap(words, width, most).into_iter().map(|text| line(None, [(Part::Fact, text)])));
    };
    let claims = app::count(row.claims as usize, "claim", "claims");
    let articles = app::count(row.articles as usize, "article", "articles");
    let reported = row.claims.saturating_sub(row.quoted);
    let kind = row.speaker.kind.word();
    facts(&format!("{kind} · {claims} in {articles} · {} quoted, {reported} reported", row.quoted), 2);
    if !row.speaker.aliases.is_empty() {
        facts(&format!("also {}", row.speaker.aliases.join(", ")), 2);
    }
    // One told by hand stands before what the articles tell.
    let by_hand = row.speaker.role.as_ref().filter(|role| !who.roles.iter().any(|(told, _)| told == *role));
    if let Some(role) = by_hand {
        facts(role, 2);
    }
    for (role, times) in who.roles.iter().take(ROLES) {
        facts(&format!("{role}{}", if *times > 1 { format!(" ({times} articles)") } else { String::new() }), 2);
    }
    if who.roles.len() > ROLES {
        facts(&format!("{} more roles", who.roles.len() - ROLES), 1);
    }
    lines
}

/// Where and when, and who the article says that they are.
fn title_lines(row: &ClaimRow, width: usize) -> Vec<PageLine> {
    let article = &row.row;
    let role = row.claim.claim.speaker.as_ref().and_then(|speaker| speaker.role.clone());
    let date = article.published.map(|date| date.to_string());
    let facts: Vec<String> = [date, article.source.clone(), role].into_iter().flatten().collect();
    let title = line(None, [(Part::Title, Shown::line(&article.title).fit(width))]);
    if facts.is_empty() {
        return vec![title];
    }
    vec![title, line(None, [(Part::Fact, Shown::line(&facts.join(" · ")).fit(width))])]
}

fn claim_lines(at: usize, row: &ClaimRow, width: usize) -> Vec<PageLine> {
    let margin = || (Part::Fact, Shown::line(&" ".repeat(MARGIN)));
    let quote = wrap(&row.claim.quote, width.saturating_sub(MARGIN), QUOTE_LINES);
    let mut lines: Vec<PageLine> =
        quote.into_iter().map(|text| line(Some(at), [margin(), (Part::Quote, text)])).collect();
    let facts = facts(row);
    lines.push(line(Some(at), [margin(), (Part::Fact, Shown::line(&facts).fit(width.saturating_sub(MARGIN)))]));
    lines
}

/// Status, form and tags of a claim: `✓ direct · #ia`.
fn facts(row: &ClaimRow) -> String {
    let claim = &row.claim;
    let negated = (claim.claim.polarity == Polarity::Negated).then(|| "negated".to_owned());
    let tags = claim.tags.iter().map(|tag| format!("#{}", tag.as_str()));
    let facts: Vec<String> = std::iter::once(claim.claim.form.word().to_owned()).chain(negated).chain(tags).collect();
    format!("{} {}", status_mark(claim.status), facts.join(" · "))
}

/// Claims over time: a bar for each day, month or year, whichever tells most in few rows; the oldest first. A date that
/// is vaguer than that has a bar of its own; without any date there is nothing to be seen over time.
fn chart(articles: &[(Row, u32)], width: usize) -> Vec<PageLine> {
    let dated = || articles.iter().filter_map(|(row, claims)| Some((row.published?, *claims)));
    let by = |units: usize| {
        let mut sums: BTreeMap<String, u32> = BTreeMap::new();
        for (date, claims) in dated() {
            *sums.entry(cut(date, units)).or_default() += claims;
        }
        sums
    };
    if dated().next().is_none() {
        return Vec::new();
    }
    let mut sums = [3, 2, 1].map(by).into_iter().find(|sums| sums.len() <= CHART).unwrap_or_else(|| by(1));
    fill(&mut sums);
    let undated: u32 = articles.iter().filter(|(row, _)| row.published.is_none()).map(|(_, claims)| claims).sum();
    let left_out = sums.len().saturating_sub(CHART);
    let before: u32 = sums.values().take(left_out).sum();
    let mut bars: Vec<(String, u32)> = sums.into_iter().skip(left_out).collect();
    if before > 0 {
        bars.insert(0, ("before".to_owned(), before));
    }
    if undated > 0 {
        bars.push(("undated".to_owned(), undated));
    }
    let most = bars.iter().map(|(_, claims)| *claims).max().unwrap_or(0).max(1);
    let label = bars.iter().map(|(label, _)| label.len()).max().unwrap_or(0);
    let cells = width.saturating_sub(label + 8).clamp(1, LONGEST);
    let row = |(name, claims): &(String, u32)| {
        let share = (*claims as usize * 100).div_ceil(most as usize);
        let bar = if *claims == 0 { Shown::line("") } else { head::bar(share, cells) };
        let count = if *claims == 0 { "·".to_owned() } else { format!(" {claims}") };
        line(
            None,
            [
                (Part::Fact, Shown::line(&format!("{name:<label$} "))),
                (Part::Bar, bar),
                (Part::Fact, Shown::line(&count)),
            ],
        )
    };
    bars.iter().map(row).collect()
}

/// A date as exact as so many units: year, month, day.
fn cut(date: PartialDate, units: usize) -> String {
    date.to_string().split('-').take(units).collect::<Vec<_>>().join("-")
}

/// Puts the months or years between the first and the last in that have no claims, where they aren't many: that nobody
/// spoke is told too.
fn fill(sums: &mut BTreeMap<String, u32>) {
    let (Some(first), Some(last)) = (sums.keys().next().cloned(), sums.keys().next_back().cloned()) else { return };
    let number = |label: &str| {
        let mut parts = label.split('-').map(|part| part.parse::<u32>().ok());
        match (parts.next().flatten(), parts.next().flatten(), parts.next()) {
            (Some(year), Some(month), None) => Some((year * 12 + month - 1, true)),
            (Some(year), None, None) => Some((year, false)),
            _ => None,
        }
    };
    let (Some((from, months)), Some((to, to_months))) = (number(&first), number(&last)) else { return };
    if months != to_months {
        return;
    }
    if to.saturating_sub(from) >= CHART as u32 {
        return;
    }
    for at in from..to {
        let label = if months { format!("{:04}-{:02}", at / 12, at % 12 + 1) } else { format!("{at:04}") };
        sums.entry(label).or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;

    /// The chart of articles with these dates and claims, as text.
    fn drawn(articles: &[(&str, u32)]) -> Vec<String> {
        let row = |(date, claims): &(&str, u32)| (Row { published: date.parse().ok(), ..article("x").row }, *claims);
        let lines = chart(&articles.iter().map(row).collect::<Vec<_>>(), 18);
        let text = |line: &PageLine| line.parts.iter().map(|(_, text)| text.as_str()).collect::<String>();
        lines.iter().map(|line| text(line).trim_end().to_owned()).collect()
    }

    #[test]
    fn few_days_have_a_bar_each() {
        assert_eq!(
            drawn(&[("2025-01-23", 4), ("2025-01-20", 1), ("2025-01-23", 4)]),
            ["2025-01-20 ▌ 1", "2025-01-23 █ 8"]
        );
    }

    #[test]
    fn many_days_are_told_by_month_and_silence_too() {
        let days: Vec<String> = (1..=20).map(|day| format!("2025-01-{day:02}")).collect();
        let mut articles: Vec<(&str, u32)> = days.iter().map(|day| (day.as_str(), 1)).collect();
        articles.push(("2025-03", 10));
        assert_eq!(drawn(&articles), ["2025-01 ███ 20", "2025-02 ·", "2025-03 █▌ 10"]);
    }

    #[test]
    fn many_months_are_told_by_year_and_what_has_no_date_is_told_last() {
        let months: Vec<String> = (0..24).map(|at| format!("{}-{:02}", 2020 + at / 12, at % 12 + 1)).collect();
        let mut articles: Vec<(&str, u32)> = months.iter().map(|month| (month.as_str(), 1)).collect();
        articles.push(("", 3));
        assert_eq!(drawn(&articles), ["2020    ███ 12", "2021    ███ 12", "undated █ 3"]);
        assert!(drawn(&[("", 3)]).is_empty());
    }
}
