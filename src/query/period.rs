//! Dates in queries: a year, a month or a day, against articles that are dated as exactly or less so.
//!
//! A query's date is the whole period that it names, and so is an article's. `date:` chooses what surely lies within,
//! `before:` what surely ended before the period began, `after:` what surely began after it was over: `after:2025-01`
//! begins with February, and of the three every article dated to the day is in exactly one. An article dated 2025 is
//! in none of them for 2025-01, since nobody knows; one without a date is in none at all.

use crate::model::PartialDate;

/// Which side of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Within,
    After,
}

/// A year, a month or a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    /// The period, and its first moment in the order of dates.
    first: PartialDate,
    /// Its last day.
    last: PartialDate,
    /// The year, and the month of a day, that the period is a part of: not before it, though they order so.
    around: Vec<PartialDate>,
}

impl Period {
    /// The period named by `2025`, `2025-01` or `2025-01-23`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let first: PartialDate = text.parse().ok()?;
        let around: Vec<PartialDate> =
            text.match_indices('-').filter_map(|(dash, _)| text.get(..dash)?.parse().ok()).collect();
        let last = match around.len() {
            0 => format!("{text}-12-31").parse().ok()?,
            1 => (28..=31).rev().find_map(|day| format!("{text}-{day}").parse().ok())?,
            _ => first,
        };
        Some(Self { first, last, around })
    }

    /// Whether `date` surely lies on this side of the period.
    pub(super) fn holds(&self, side: Side, date: PartialDate) -> bool {
        match side {
            Side::Before => date < self.first && !self.around.contains(&date),
            Side::Within => self.first <= date && date <= self.last,
            Side::After => date > self.last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Period, Side};

    /// The dates that lie before, within and after `period`; the others lie nowhere.
    fn check(period: &str, before: &[&str], within: &[&str], after: &[&str]) {
        const DATES: [&str; 9] = [
            "2024",
            "2024-02-29",
            "2024-12-31",
            "2025",
            "2025-01",
            "2025-01-23",
            "2025-02",
            "2025-12-31",
            "2026-01-01",
        ];
        let period = Period::parse(period).expect(period);
        for (side, want) in [(Side::Before, before), (Side::Within, within), (Side::After, after)] {
            let on = |date: &&str| period.holds(side, date.parse().expect("a date"));
            assert_eq!(DATES.into_iter().filter(on).collect::<Vec<_>>(), want, "{side:?} {period:?}");
        }
    }

    #[test]
    fn only_what_is_sure_is_chosen() {
        check(
            "2025",
            &["2024", "2024-02-29", "2024-12-31"],
            &["2025", "2025-01", "2025-01-23", "2025-02", "2025-12-31"],
            &["2026-01-01"],
        );
        check(
            "2025-01",
            &["2024", "2024-02-29", "2024-12-31"],
            &["2025-01", "2025-01-23"],
            &["2025-02", "2025-12-31", "2026-01-01"],
        );
        check(
            "2025-01-23",
            &["2024", "2024-02-29", "2024-12-31"],
            &["2025-01-23"],
            &["2025-02", "2025-12-31", "2026-01-01"],
        );
        check(
            "2024-02",
            &[],
            &["2024-02-29"],
            &["2024-12-31", "2025", "2025-01", "2025-01-23", "2025-02", "2025-12-31", "2026-01-01"],
        );
    }

    #[test]
    fn what_is_no_date_is_no_period() {
        for text in ["", "25", "2025-13", "2025-02-30", "2025-01-", "janvier", "2025/01"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
