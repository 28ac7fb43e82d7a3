//! The fields of queries: their names and what they take.

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `tag:`
    Tag,
    /// `source:`
    Source,
    /// `author:`
    Author,
    /// `title:`
    Title,
    /// `lang:`
    Lang,
    /// `speaker:`
    Speaker,
    /// `form:`
    Form,
    /// `status:`
    Status,
    /// `by:`
    By,
    /// `is:`
    Is,
    /// `has:`
    Has,
    /// `before:`
    Before,
    /// `after:`
    After,
    /// `date:`
    Date,
}

impl Field {
    /// Every field, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Tag,
        Self::Source,
        Self::Author,
        Self::Title,
        Self::Lang,
        Self::Speaker,
        Self::Form,
        Self::Status,
        Self::By,
        Self::Is,
        Self::Has,
        Self::Before,
        Self::After,
        Self::Date,
    ];

    /// The name, as it stands before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Source => "source",
            Self::Author => "author",
            Self::Title => "title",
            Self::Lang => "lang",
            Self::Speaker => "speaker",
            Self::Form => "form",
            Self::Status => "status",
            Self::By => "by",
            Self::Is => "is",
            Self::Has => "has",
            Self::Before => "before",
            Self::After => "after",
            Self::Date => "date",
        }
    }

    /// What may stand after the colon, in words.
    pub const fn takes(self) -> &'static str {
        match self {
            Self::Tag => "a tag",
            Self::Source => "words of a source's name",
            Self::Author => "words of an author's name",
            Self::Title => "words of a title",
            Self::Lang => "fr or en",
            Self::Speaker => "words of a speaker's name",
            Self::Form => "direct, indirect or mixed",
            Self::Status => "suggested, accepted or rejected",
            Self::By => "the name of an annotator",
            Self::Is => "read or unread",
            Self::Has => "claims or tags",
            Self::Before | Self::After | Self::Date => "a year, month or day, like 2025, 2025-01 or 2025-01-23",
        }
    }

    /// The field of a name, in capitals or not.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name().eq_ignore_ascii_case(name))
    }
}

/// The field that somebody who typed `name` meant, if it is near enough to one and made of letters as they are.
///
/// Near is one slip (two in names of six letters or more), or one being the other's beginning: `tga`, `spaeker`,
/// `langue`. A name of two letters is near only where these are swapped, so that `C:` or `on:` stay words.
pub(super) fn nearest(name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    if name.len() > 12 || !name.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let near = |field: &Field| {
        let (short, long) =
            if name.len() < field.name().len() { (&*name, field.name()) } else { (field.name(), &*name) };
        let begins = short.len() >= 3 && long.len() <= short.len() + 3 && long.starts_with(short);
        let slips = slips(name.as_bytes(), field.name().as_bytes());
        let swapped = name.len() == field.name().len() && slips == 1 && name.bytes().rev().eq(field.name().bytes());
        let most = if field.name().len() >= 6 { 2 } else { 1 };
        (begins || swapped || (slips <= most && name.len() >= 3)).then_some((slips, *field))
    };
    Field::ALL.iter().filter_map(near).min_by_key(|(slips, _)| *slips).map(|(_, field)| field)
}

/// Letters put in, left out, mistaken or swapped with their neighbour between two words: the optimal string
/// alignment form of the distance of Damerau (Communications of the ACM 7, 1964) and Levenshtein (1965).
fn slips(a: &[u8], b: &[u8]) -> usize {
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mistaken = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = mistaken.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{Field, nearest, slips};

    #[test]
    fn slips_are_taken_for_the_nearest_field() {
        for (name, field) in [
            ("tga", Some(Field::Tag)),
            ("tags", Some(Field::Tag)),
            ("Spaeker", Some(Field::Speaker)),
            ("auteur", Some(Field::Author)),
            ("titre", Some(Field::Title)),
            ("langue", Some(Field::Lang)),
            ("si", Some(Field::Is)),
            ("bfore", Some(Field::Before)),
            ("http", None),
            ("C", None),
            ("on", None),
            ("said", None),
            ("l'IA", None),
            ("", None),
            ("conclusion", None),
        ] {
            assert_eq!(nearest(name), field, "{name}");
        }
    }

    #[test]
    fn slips_are_counted() {
        for (a, b, want) in
            [("", "ab", 2), ("ab", "ab", 0), ("ab", "ba", 1), ("xb", "bc", 2), ("abc", "axc", 1), ("abc", "bc", 1)]
        {
            assert_eq!((slips(a.as_bytes(), b.as_bytes()), slips(b.as_bytes(), a.as_bytes())), (want, want), "{a} {b}");
        }
    }

    #[test]
    fn every_field_has_one_name() {
        for field in Field::ALL {
            assert_eq!(Field::from_name(field.name()), Some(*field));
        }
    }
}
