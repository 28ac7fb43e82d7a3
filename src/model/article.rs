//! An article as import makes it: metadata, canonical text, blocks.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::claim::Findings;
use super::range::ByteRange;

/// What a stretch of the canonical text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The headline, where the text has one; always block 0, drawn as the reading pane's head.
    Title,
    /// Running text.
    Paragraph,
    /// A heading between paragraphs.
    Heading,
    /// An item of a list, with its number or bullet.
    ListItem,
    /// Words set apart as somebody's.
    BlockQuote,
    /// The line that says whose the block before it is: `– Emmet Shear, sur X`.
    Attribution,
    /// An embedded post of a social network, with its author and date.
    Post,
}

/// A block of an article. Blocks are in order and disjoint; what lies between two of them is white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is in the canonical text, in bytes, without white space around it.
    pub range: ByteRange,
}

/// The language of an article or of a stretch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language of an ISO 639-1 code, of those that dixit knows.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// A date as exact as its source: a year, a month or a day. Orders by time, the vaguer one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: u8,
    day: u8,
}

impl PartialDate {
    /// The date, if there is such a day, month or year (1 to 9999); a day needs its month.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let date = Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) };
        let real = match (month, day) {
            (None, None) => (1..=9999).contains(&year),
            (Some(m), None) => (1..=9999).contains(&year) && (1..=12).contains(&m),
            (Some(m), Some(d)) => {
                i8::try_from(m).is_ok_and(|m| i8::try_from(d).is_ok_and(|d| jiff::civil::Date::new(year, m, d).is_ok()))
                    && year > 0
            }
            (None, Some(_)) => false,
        };
        real.then_some(date)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// A word that is no date of the forms `2025`, `2025-01`, `2025-01-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDate;

impl FromStr for PartialDate {
    type Err = NoDate;

    fn from_str(s: &str) -> Result<Self, NoDate> {
        let number = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten()
        };
        let mut parts = s.split('-');
        let year = parts.next().and_then(|p| number(p, 4)).ok_or(NoDate)?;
        let mut small = || -> Result<Option<u8>, NoDate> {
            parts.next().map(|p| number(p, 2).and_then(|n| u8::try_from(n).ok()).ok_or(NoDate)).transpose()
        };
        let (month, day) = (small()?, small()?);
        if parts.next().is_some() {
            return Err(NoDate);
        }
        Self::new(year, month, day).ok_or(NoDate)
    }
}

/// An article: metadata, canonical text and its blocks.
///
/// The canonical text is decoded, has `\n` line ends and no site furniture; nothing else was changed,
/// so that every range into it stays true to what the paper printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The title: of block 0 where that is a [`BlockKind::Title`], else made from the first sentence.
    pub title: String,
    /// The paper or site, as it names itself.
    pub source: Option<String>,
    /// Who wrote the article, as it is signed.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published, as exactly as it says.
    pub published: Option<PartialDate>,
    /// Its language, where it could be told.
    pub lang: Option<Lang>,
    /// The canonical text.
    pub text: String,
    /// What the text is made of, in order.
    pub blocks: Vec<Block>,
}

impl Article {
    /// Whether the title stands in the text, as block 0.
    pub fn titled(&self) -> bool {
        self.blocks.first().is_some_and(|b| b.kind == BlockKind::Title)
    }
}

/// What an article is known by from one import to the next, in falling order of trust.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// Its address.
    Url(String),
    /// The guid of a feed's item, or a Message-ID.
    Guid(String),
    /// The absolute path of the file it came from.
    Path(String),
}

/// An article with what it was made from: the input of the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The article.
    pub article: Article,
    /// What it is known by, if by anything.
    pub identity: Option<Identity>,
    /// The bytes as they came, furniture and all.
    pub raw: Vec<u8>,
    /// Which importer made it: a name and a number that grows when it starts to cut differently, `text/1`.
    pub importer: &'static str,
    /// The claims that rules found in it; the importer leaves that to the extractor.
    pub found: Option<Findings>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_their_source() {
        for date in ["2025", "2025-01", "2024-02-29"] {
            assert_eq!(date.parse::<PartialDate>().expect(date).to_string(), date);
        }
        for no in ["", "25", "2025-13", "2025-1", "2023-02-29", "2025-01-", "2025-01-01-01", "٢٠٢٥"] {
            assert!(no.parse::<PartialDate>().is_err(), "{no}");
        }
        assert!(PartialDate::new(2025, None, None) < PartialDate::new(2025, Some(1), None));
    }
}
