//! Which rows of a list are in sight, and where its cursor goes: the same for every list whose rows are alike.

/// The first row to show of `count`, in a window of `rows` rows that showed `top` first, so that the cursor is in it
/// and no row stays empty that could show something.
pub fn top(top: usize, cursor: usize, rows: usize, count: usize) -> usize {
    let rows = rows.max(1);
    top.min(cursor).max((cursor + 1).saturating_sub(rows)).min(count.saturating_sub(rows))
}

/// Moves the cursor by `steps` rows of `count`, as far as there are any; `true` if it moved.
pub fn step(cursor: &mut usize, steps: isize, count: usize) -> bool {
    let next = cursor.saturating_add_signed(steps).min(count.saturating_sub(1));
    std::mem::replace(cursor, next) != next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_follows_the_cursor_and_shows_what_it_can() {
        for (was, cursor, rows, count, first) in
            [(0, 3, 4, 9, 0), (0, 4, 4, 9, 1), (5, 2, 4, 9, 2), (7, 8, 4, 9, 5), (3, 0, 4, 2, 0), (0, 5, 0, 9, 5)]
        {
            assert_eq!(top(was, cursor, rows, count), first, "{was} {cursor} {rows} {count}");
        }
    }

    #[test]
    fn the_cursor_stops_at_the_ends() {
        let mut cursor = 3;
        assert!(step(&mut cursor, isize::MAX, 9) && cursor == 8);
        assert!(!step(&mut cursor, 1, 9));
        assert!(step(&mut cursor, isize::MIN, 9) && cursor == 0);
        assert!(!step(&mut cursor, 1, 0));
    }
}
