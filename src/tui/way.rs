//! The way one came: places left for others, across articles, to go back along and on again.

use crate::model::ArticleId;

/// Places that are kept.
const LONGEST: usize = 100;

/// A place in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which.
    pub article: ArticleId,
    /// The byte of its text that was at the top.
    pub place: usize,
}

/// The way behind, and the way on for whoever went back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    behind: Vec<Spot>,
    ahead: Vec<Spot>,
}

impl Way {
    /// Notes the place that is being left.
    pub fn leave(&mut self, spot: Spot) {
        self.ahead.clear();
        if self.behind.last() != Some(&spot) {
            self.behind.push(spot);
        }
        if self.behind.len() > LONGEST {
            self.behind.remove(0);
        }
    }

    /// How many places are behind.
    pub fn depth(&self) -> usize {
        self.behind.len()
    }

    /// The place before this one, or after it; `here` is where one is now.
    pub fn step(&mut self, back: bool, here: Option<Spot>) -> Option<Spot> {
        let (from, to) = if back { (&mut self.behind, &mut self.ahead) } else { (&mut self.ahead, &mut self.behind) };
        while from.last().is_some() && from.last() == here.as_ref() {
            from.pop();
        }
        let spot = from.pop()?;
        to.extend(here);
        Some(spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(place: usize) -> Spot {
        Spot { article: ArticleId::of_text("a"), place }
    }

    #[test]
    fn the_way_leads_back_and_on_again() {
        let mut way = Way::default();
        way.leave(spot(1));
        way.leave(spot(2));
        way.leave(spot(2));
        assert_eq!(way.step(true, Some(spot(3))), Some(spot(2)));
        assert_eq!(way.step(true, Some(spot(2))), Some(spot(1)));
        assert_eq!(way.step(true, Some(spot(1))), None);
        assert_eq!(way.step(false, Some(spot(1))), Some(spot(2)));
        assert_eq!(way.step(false, Some(spot(2))), Some(spot(3)));
        way.leave(spot(3));
        assert_eq!(way.step(false, Some(spot(9))), None, "a new way has nothing ahead");
    }

    #[test]
    fn a_place_that_one_is_at_is_passed_over() {
        let mut way = Way::default();
        way.leave(spot(1));
        way.leave(spot(2));
        assert_eq!(way.step(true, Some(spot(2))), Some(spot(1)));
    }
}
