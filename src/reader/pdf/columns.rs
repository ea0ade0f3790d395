//! Reading order: columns one after the other, tables row by row.
//!
//! A gutter is a straight strip down the page that no text crosses. Columns of a table have one
//! too; but running text fills its column, line after line, and the cells of a table mostly do not.

use super::piece::Piece;
use super::row::{Row, rows};

/// Rows that a column has, at least.
const FEWEST_ROWS: usize = 4;
/// Characters of a column's rows, the middle one of them, at least.
const FEWEST_CHARACTERS: usize = 16;
/// How much of its column the row at two thirds fills, at least. Headings and items of lists are short:
/// in a bill of many short provisions the middle row may be one of them.
const FILLED: f32 = 0.6;
/// How far apart gutters are looked for, in points.
const STEP: f32 = 2.0;
/// Divisions inside divisions, at most: each makes its parts smaller.
const DEEPEST: usize = 64;

/// Rows that are read together, from the top.
#[derive(Clone, Debug, Default)]
pub(super) struct Region {
    pub(super) rows: Vec<Row>,
    /// Where its text begins.
    pub(super) left: f32,
    /// Where its text ends.
    pub(super) right: f32,
    /// Which column of its band it is; 0 where it is the only one.
    pub(super) column: u16,
    /// How many columns its band has.
    pub(super) columns: u16,
}

/// A page is at most so many steps wide. Broken files place text at any number of points.
const MOST_GUTTERS: f32 = 5000.0;

/// The regions of a page in reading order.
pub(super) fn regions(pieces: &[Piece], indices: &[usize]) -> Vec<Region> {
    let mut found = Vec::new();
    divide(pieces, indices.to_vec(), 0, &mut found);
    // Neighbours that are no columns are one region.
    let mut merged: Vec<Region> = Vec::new();
    for region in found {
        match merged.last_mut() {
            Some(last) if last.columns <= 1 && region.columns <= 1 => {
                last.rows.extend(region.rows);
                (last.left, last.right) = (last.left.min(region.left), last.right.max(region.right));
            }
            _ => merged.push(region),
        }
    }
    merged
}

fn divide(pieces: &[Piece], indices: Vec<usize>, depth: usize, found: &mut Vec<Region>) {
    if indices.is_empty() {
        return;
    }
    let all = rows(pieces, &indices);
    let band = if depth < DEEPEST { best_band(pieces, &all) } else { None };
    let Some(band) = band else {
        found.push(region(pieces, all));
        return;
    };
    let of = |rows: &[Row]| rows.iter().flat_map(|row| row.pieces.iter().copied()).collect::<Vec<usize>>();
    divide(pieces, of(all.get(..band.first).unwrap_or_default()), depth + 1, found);
    let inside = of(all.get(band.first..band.end).unwrap_or_default());
    let is_left = |index: &usize| pieces.get(*index).is_some_and(|piece| piece.x1 <= band.gutter);
    let (left, right): (Vec<usize>, Vec<usize>) = inside.into_iter().partition(is_left);
    let before = found.len();
    divide(pieces, left, depth + 1, found);
    divide(pieces, right, depth + 1, found);
    let columns = (found.len() - before) as u16;
    for (column, region) in found.iter_mut().skip(before).enumerate() {
        (region.column, region.columns) = (column as u16, columns);
    }
    divide(pieces, of(all.get(band.end..).unwrap_or_default()), depth + 1, found);
}

fn region(pieces: &[Piece], rows: Vec<Row>) -> Region {
    let mut region = Region { left: f32::MAX, right: f32::MIN, ..Region::default() };
    for piece in rows.iter().flat_map(|row| &row.pieces).filter_map(|index| pieces.get(*index)) {
        (region.left, region.right) = (region.left.min(piece.x0), region.right.max(piece.x1));
    }
    region.rows = rows;
    region
}

/// Rows that a gutter goes through.
#[derive(Clone, Copy, Debug)]
struct Band {
    first: usize,
    end: usize,
    gutter: f32,
    /// Rows on its two sides.
    score: usize,
    /// How wide the gutter is.
    width: f32,
}

/// The band that holds most of the page in columns, if any does.
fn best_band(pieces: &[Piece], rows: &[Row]) -> Option<Band> {
    let hull = region(pieces, rows.to_vec());
    let spans: Vec<Half<'_>> =
        rows.iter().map(|row| row.pieces.iter().filter_map(|index| pieces.get(*index)).collect()).collect();
    let mut best: Option<Band> = None;
    for gutter in gutters(hull.left, hull.right) {
        let mut first = 0;
        for at in 0..=spans.len() {
            let crosses = spans
                .get(at)
                .is_none_or(|row| row.iter().any(|piece| piece.x0 < gutter && piece.x1 > gutter));
            if !crosses {
                continue;
            }
            if at - first >= FEWEST_ROWS
                && let Some(band) = band(spans.get(first..at).unwrap_or_default(), gutter, first)
                && best.is_none_or(|best| (band.score, band.width) > (best.score, best.width))
            {
                best = Some(band);
            }
            first = at + 1;
        }
    }
    best
}

/// Where a gutter may run between `left` and `right`: none on a page so wide that it is no page.
fn gutters(left: f32, right: f32) -> impl Iterator<Item = f32> {
    let steps = ((right - left) / STEP).ceil();
    let steps = if steps < MOST_GUTTERS { steps.max(0.0) as u16 } else { 0 };
    (1..steps.max(1)).map(move |step| left + f32::from(step) * STEP).filter(move |gutter| *gutter < right)
}

/// The pieces of a row that stand on one side of a gutter.
type Half<'p> = Vec<&'p Piece>;

/// The band of `rows`, the first of which is row `first`, if both sides of the gutter are columns of
/// running text.
fn band(rows: &[Half<'_>], gutter: f32, first: usize) -> Option<Band> {
    let (left, right) = split(rows, gutter);
    if is_led_across(&left) {
        return None;
    }
    let (from, to) = (extent_of_columns(&left, true)?, extent_of_columns(&right, true)?);
    let size = rows.iter().flatten().map(|piece| piece.size).fold(0.0, f32::max);
    let width = to.0 - from.1;
    // The two must stand beside each other.
    let extent = |half: &[Half<'_>]| {
        let used = |row: &Half<'_>| !row.is_empty();
        Some((half.iter().position(used)?, half.iter().rposition(used)?))
    };
    let ((left_top, left_bottom), (right_top, right_bottom)) = (extent(&left)?, extent(&right)?);
    let (top, bottom) = (left_top.max(right_top), left_bottom.min(right_bottom) + 1);
    (width >= size * 0.5 && bottom >= top + FEWEST_ROWS).then(|| Band {
        first,
        end: first + rows.len(),
        gutter,
        score: left.iter().chain(&right).filter(|half| !half.is_empty()).count(),
        width,
    })
}

/// Whether dots lead from the rows to what stands beside them: cells of a table.
fn is_led_across(left: &[Half<'_>]) -> bool {
    let used = left.iter().filter_map(|row| row.last());
    let (all, led) = used.fold((0, 0), |(all, led), last| {
        (all + 1, led + usize::from(last.text.ends_with("....") || last.text.ends_with("…")))
    });
    led * 4 > all
}

fn split<'p>(rows: &[Half<'p>], gutter: f32) -> (Vec<Half<'p>>, Vec<Half<'p>>) {
    let half = |is_left: bool| {
        let of =
            |row: &Half<'p>| row.iter().copied().filter(|piece| (piece.x1 <= gutter) == is_left).collect();
        rows.iter().map(of).collect()
    };
    (half(true), half(false))
}

/// Where the text of the rows begins and ends, if it is running text that fills its column, or, where
/// `deeper` says so, two columns of it.
fn extent_of_columns(rows: &[Half<'_>], deeper: bool) -> Option<(f32, f32)> {
    let used: Vec<&Half<'_>> = rows.iter().filter(|row| !row.is_empty()).collect();
    let hull = |row: &Half<'_>| {
        row.iter().fold((f32::MAX, f32::MIN), |hull, piece| (hull.0.min(piece.x0), hull.1.max(piece.x1)))
    };
    let hulls: Vec<(f32, f32)> = used.iter().map(|row| hull(row)).collect();
    let (x0, x1) = hulls.iter().fold((f32::MAX, f32::MIN), |all, row| (all.0.min(row.0), all.1.max(row.1)));
    let mut characters: Vec<usize> =
        used.iter().map(|row| row.iter().map(|piece| piece.characters()).sum()).collect();
    characters.sort_unstable();
    let middle = used.len() / 2;
    if used.len() < FEWEST_ROWS || *characters.get(middle)? < FEWEST_CHARACTERS {
        return None;
    }
    let mut filled: Vec<f32> = hulls.iter().map(|row| (row.1 - row.0) / (x1 - x0).max(1.0)).collect();
    filled.sort_by(f32::total_cmp);
    let is_one = *filled.get(filled.len() * 2 / 3)? >= FILLED;
    (is_one || (deeper && has_two(rows, x0, x1))).then_some((x0, x1))
}

/// Whether a gutter parts all the rows into two columns.
fn has_two(rows: &[Half<'_>], x0: f32, x1: f32) -> bool {
    for gutter in gutters(x0, x1) {
        let crosses = rows.iter().flatten().any(|piece| piece.x0 < gutter && piece.x1 > gutter);
        if !crosses {
            let (left, right) = split(rows, gutter);
            if extent_of_columns(&left, false).is_some() && extent_of_columns(&right, false).is_some() {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, x0: f32, y: f32) -> Piece {
        let x1 = x0 + text.len() as f32 * 5.0;
        Piece { text: text.to_owned(), x0, x1, y, size: 10.0, ..Piece::default() }
    }

    fn check(pieces: &[Piece], expected: &str) {
        let indices: Vec<usize> = (0..pieces.len()).collect();
        let found: Vec<String> = regions(pieces, &indices)
            .iter()
            .map(|region| {
                let rows = region.rows.iter().flat_map(|row| &row.pieces);
                rows.map(|index| pieces[*index].text.chars().take(2).collect::<String>())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut pieces = vec![piece("T a title that stands over both of the two columns of it", 0.0, 0.0)];
        for row in 0..6 {
            let y = 20.0 + 12.0 * row as f32;
            pieces.push(piece(&format!("a{row} provider shall keep"), 0.0, y));
            pieces.push(piece(&format!("b{row} every record of call"), 150.0, y + 3.0));
        }
        check(&pieces, "T  | a0 a1 a2 a3 a4 a5 | b0 b1 b2 b3 b4 b5");
    }

    #[test]
    fn a_page_of_any_width_is_read() {
        let mut pieces = Vec::new();
        for row in 0..8 {
            let y = 12.0 * row as f32;
            pieces.push(piece(&format!("a{row} provider shall keep"), 0.0, y));
            pieces.push(piece(&format!("b{row} every record of call"), 1.0e30, y));
        }
        check(&pieces, "a0 b0 a1 b1 a2 b2 a3 b3 a4 b4 a5 b5 a6 b6 a7 b7");
    }

    #[test]
    fn three_columns_whose_lines_are_not_level() {
        let mut pieces = Vec::new();
        for row in 0..8 {
            let y = 12.0 * row as f32;
            for (column, name) in ["a", "b", "c"].iter().enumerate() {
                let text = format!("{name}{row} provider shall keep");
                pieces.push(piece(&text, 150.0 * column as f32, y + 4.0 * column as f32));
            }
        }
        check(&pieces, "a0 a1 a2 a3 a4 a5 a6 a7 | b0 b1 b2 b3 b4 b5 b6 b7 | c0 c1 c2 c3 c4 c5 c6 c7");
    }

    #[test]
    fn tables_are_read_row_by_row() {
        let mut pieces = Vec::new();
        for row in 0..6 {
            let y = 12.0 * row as f32;
            pieces.push(piece(&format!("a{row} permit fee"), 0.0, y));
            pieces.push(piece(&format!("b{row}0.00"), 150.0, y));
        }
        check(&pieces, "a0 b0 a1 b1 a2 b2 a3 b3 a4 b4 a5 b5");
        // Cells that are as full as columns, but led from one to the other.
        let mut pieces = Vec::new();
        for row in 0..6 {
            let y = 12.0 * row as f32;
            pieces.push(piece(&format!("a{row} section ..................."), 0.0, y));
            pieces.push(piece(&format!("b{row} repealed by another Act"), 150.0, y));
        }
        check(&pieces, "a0 b0 a1 b1 a2 b2 a3 b3 a4 b4 a5 b5");
    }
}
