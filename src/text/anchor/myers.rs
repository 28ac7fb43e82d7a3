//! How far words are from what stands in a text: the bit-parallel algorithm of G. Myers.
//!
//! G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming", Journal of the
//! ACM 46(3), 1999. The matrix of edit distances between a pattern and a text is computed column by column, a column for
//! each letter of the text. Two cells of a column that lie above each other differ by −1, 0 or +1, so that 64 of them
//! fit into two machine words, and a handful of word operations leads from one column to the next. Longer patterns are
//! cut into blocks of 64 letters; what a block hands down is again −1, 0 or +1 (§4 of the paper).
//!
//! A letter is a code point. Work is the letters of the text times the blocks of the pattern, whatever they hold.

/// Letters of a block.
const BLOCK: usize = 64;

/// What a pattern may be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// What ends at the letter, wherever it begins: the first row of the matrix is 0.
    Anywhere,
    /// All of the text up to the letter: the first row counts the letters.
    Here,
}

/// Words to be compared, as for every letter the places where it stands in them.
pub(super) struct Pattern {
    len: usize,
    blocks: usize,
    /// For a letter of ASCII, its row; row 0 is for letters that the pattern doesn't have.
    ascii: [u32; 128],
    /// The other letters in order, with their rows.
    others: Vec<(char, u32)>,
    /// The rows: a bit for every place, `blocks` words each.
    rows: Vec<u64>,
}

impl Pattern {
    pub(super) fn new(letters: impl Iterator<Item = char>) -> Self {
        let letters: Vec<char> = letters.collect();
        let blocks = letters.len().div_ceil(BLOCK);
        let mut pattern =
            Self { len: letters.len(), blocks, ascii: [0; 128], others: Vec::new(), rows: vec![0; blocks] };
        for (at, letter) in letters.into_iter().enumerate() {
            let row = pattern.make_row(letter);
            pattern.rows[row + at / BLOCK] |= 1 << (at % BLOCK);
        }
        pattern
    }

    /// Letters of the pattern.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Where the row of a letter begins.
    fn row(&self, letter: char) -> usize {
        let row = match self.ascii.get(letter as usize) {
            Some(row) => *row,
            None => self.others.binary_search_by_key(&letter, |(other, _)| *other).map_or(0, |at| self.others[at].1),
        };
        row as usize * self.blocks
    }

    fn make_row(&mut self, letter: char) -> usize {
        let known = self.row(letter);
        if known > 0 {
            return known;
        }
        let row = (self.rows.len() / self.blocks) as u32;
        self.rows.resize(self.rows.len() + self.blocks, 0);
        match self.ascii.get_mut(letter as usize) {
            Some(of_ascii) => *of_ascii = row,
            None => {
                let at = self.others.partition_point(|(other, _)| *other < letter);
                self.others.insert(at, (letter, row));
            }
        }
        row as usize * self.blocks
    }

    /// After each letter of `text`, the least number of letters to insert, delete or replace that makes the pattern of
    /// what `from` says.
    pub(super) fn along<T>(&self, text: T, from: From) -> impl Iterator<Item = usize> + use<'_, T>
    where
        T: Iterator<Item = char>,
    {
        let mut column = vec![Column { plus: !0, minus: 0 }; self.blocks];
        let last = 1_u64 << (self.len.wrapping_sub(1) % BLOCK);
        let step = i8::from(from == From::Here);
        let mut distance = self.len;
        let mut seen = 0;
        text.map(move |letter| {
            seen += 1;
            let Some(below) = self.blocks.checked_sub(1) else {
                return if from == From::Here { seen } else { 0 };
            };
            let row = self.row(letter);
            let mut carry = step;
            for (block, equal) in column[..below].iter_mut().zip(&self.rows[row..]) {
                carry = block.advance(*equal, carry, 1 << (BLOCK - 1));
            }
            match column[below].advance(self.rows[row + below], carry, last) {
                1 => distance += 1,
                -1 => distance -= 1,
                _ => {}
            }
            distance
        })
    }
}

/// Sixty-four cells of a column: where a cell is one more, or one less, than the cell above it.
#[derive(Clone, Copy)]
struct Column {
    plus: u64,
    minus: u64,
}

impl Column {
    /// Goes to the next column. `equal` has the places of its letter, `carry` what the row above changes by; gives what
    /// the row at the bit `last` changes by.
    const fn advance(&mut self, equal: u64, carry: i8, last: u64) -> i8 {
        let Self { plus, minus } = *self;
        let vertical = equal | minus;
        let equal = equal | (carry < 0) as u64;
        let horizontal = ((equal & plus).wrapping_add(plus) ^ plus) | equal;
        let more = minus | !(horizontal | plus);
        let less = plus & horizontal;
        let out = (more & last != 0) as i8 - (less & last != 0) as i8;
        let more = more << 1 | (carry > 0) as u64;
        let less = less << 1 | (carry < 0) as u64;
        self.plus = less | !(vertical | more);
        self.minus = more & vertical;
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The last row of the matrix, computed cell by cell.
    fn by_cells(pattern: &[char], text: &str, from: From) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let row = |(seen, letter)| {
            let mut above = std::mem::replace(&mut column[0], if from == From::Here { seen + 1 } else { 0 });
            for at in 0..pattern.len() {
                let replaced = above + usize::from(pattern[at] != letter);
                above = column[at + 1];
                column[at + 1] = replaced.min(above + 1).min(column[at] + 1);
            }
            column[pattern.len()]
        };
        text.chars().enumerate().map(row).collect()
    }

    fn check(pattern: &str, text: &str, from: From, distances: &[usize]) {
        let got: Vec<usize> = Pattern::new(pattern.chars()).along(text.chars(), from).collect();
        assert_eq!(got, distances, "{pattern} in {text}");
    }

    #[test]
    fn distances_are_those_of_the_matrix() {
        check("non", "oui non", From::Anywhere, &[2, 2, 3, 3, 2, 1, 0]);
        check("non", "nom", From::Here, &[2, 1, 1]);
        check("été", "ete été", From::Anywhere, &[3, 2, 2, 3, 2, 1, 0]);
        check("", "ab", From::Anywhere, &[0, 0]);
        check("", "ab", From::Here, &[1, 2]);
        check("ab", "", From::Here, &[]);
    }

    proptest! {
        #[test]
        fn blocks_give_what_cells_give(pattern in "[abé漢]{0,200}", text in "[abé漢]{0,80}", here in any::<bool>()) {
            let from = if here { From::Here } else { From::Anywhere };
            let letters: Vec<char> = pattern.chars().collect();
            let got: Vec<usize> = Pattern::new(pattern.chars()).along(text.chars(), from).collect();
            prop_assert_eq!(got, by_cells(&letters, &text, from));
        }
    }
}
