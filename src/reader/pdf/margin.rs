//! The numbers of lines, printed in the margin.
//!
//! Position is the best evidence: a column of bare numbers that rise one by one, with nothing else in
//! it, numbers lines.

use super::page::PageText;
use super::piece::{Piece, Role};
use super::row::rows;

/// Numbered lines that show a page to be numbered.
const FEWEST: usize = 4;
/// Rows below the last numbered line that may be a foot, at most.
const MOST_BELOW: usize = 6;
/// How far the numbers of one column may be out of line, in points.
const NEAR: f32 = 4.0;

/// Columns of numbers that are looked at on one page.
const MOST_TRIED: usize = 20;

/// A column of numbers on one page.
#[derive(Clone, Debug, Default)]
struct Column {
    /// The left and right edges of the first of them; one of the two is that of all.
    edges: (f32, f32),
    /// Index of the piece, number.
    numbers: Vec<(usize, u32)>,
}

/// Marks the numbers of lines.
pub(super) fn mark_line_numbers(pages: &mut [PageText]) {
    let columns: Vec<Option<Column>> = pages.iter().map(column).collect();
    let strong: Vec<&Column> =
        columns.iter().flatten().filter(|column| column.numbers.len() >= FEWEST).collect();
    let numbers: usize = strong.iter().map(|column| column.numbers.len()).sum();
    let from_one =
        strong.iter().filter(|column| column.numbers.first().is_some_and(|first| first.1 <= 5)).count();
    let running =
        pages.iter().zip(&columns).map(|(page, column)| column.as_ref().map_or(0, |c| running(page, c)));
    let running: usize = running.sum();
    let restarts = strong.len() >= 3 && from_one * 4 >= strong.len() * 3;
    if numbers < 5 || !(restarts || running * 5 >= numbers) {
        return;
    }
    let edges: Vec<(f32, f32)> = strong.iter().map(|column| column.edges).collect();
    for (page, column) in pages.iter_mut().zip(columns) {
        let Some(column) = column else { continue };
        let usual = edges.iter().any(|edges| is_aligned(*edges, column.edges));
        if column.numbers.len() < FEWEST && !usual {
            continue;
        }
        for (index, number) in column.numbers {
            if let Some(piece) = page.pieces.get_mut(index) {
                piece.role = Role::LineNumber(number);
            }
        }
    }
}

/// Whether two pieces begin or end at the same place.
fn is_aligned(a: (f32, f32), b: (f32, f32)) -> bool {
    (a.0 - b.0).abs() <= NEAR || (a.1 - b.1).abs() <= NEAR
}

/// The longest column of rising numbers that nothing stands in but them.
fn column(page: &PageText) -> Option<Column> {
    let mut numbers: Vec<(usize, &Piece, u32)> = Vec::new();
    for (index, piece) in page.pieces.iter().enumerate() {
        let value = if piece.text.len() <= 3 { piece.text.parse().ok() } else { None };
        if let Some(value) = value.filter(|_| piece.role == Role::Text) {
            numbers.push((index, piece, value));
        }
    }
    numbers.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut best: Option<Column> = None;
    let mut tried: Vec<(f32, f32)> = Vec::new();
    for (_, first, _) in &numbers {
        let edges = (first.x0, first.x1);
        if tried.len() > MOST_TRIED || tried.iter().any(|tried| is_aligned(*tried, edges)) {
            continue;
        }
        tried.push(edges);
        let beside = numbers.iter().filter(|(_, piece, _)| is_aligned((piece.x0, piece.x1), edges));
        let beside: Vec<(usize, u32)> = beside.map(|(index, _, value)| (*index, *value)).collect();
        let rising = rising(&beside);
        let column = Column { edges, numbers: rising };
        let longer = best.as_ref().is_none_or(|best| column.numbers.len() > best.numbers.len());
        if longer && is_alone(page, &column) {
            best = Some(column);
        }
    }
    best.filter(|column| !column.numbers.is_empty())
}

/// The numbers, if nearly all of them rise by the same step: 1, or 5 where every fifth line is numbered.
fn rising(numbers: &[(usize, u32)]) -> Vec<(usize, u32)> {
    let steps = numbers.windows(2).filter_map(|pair| pair.get(1)?.1.checked_sub(pair.first()?.1));
    let steps: Vec<u32> = steps.collect();
    let regular = |step: u32| steps.iter().filter(|found| **found == step).count();
    let good = regular(1).max(regular(5));
    if good * 5 >= numbers.len().saturating_sub(1) * 4 { numbers.to_vec() } else { Vec::new() }
}

/// Whether the column has its strip of the page to itself, at the left or at the right of all text.
fn is_alone(page: &PageText, column: &Column) -> bool {
    let own = |index: usize| column.numbers.iter().any(|(number, _)| *number == index);
    let places = column.numbers.iter().filter_map(|(index, _)| page.pieces.get(*index));
    let (x0, x1) =
        places.fold((f32::MAX, f32::MIN), |hull, piece| (hull.0.min(piece.x0), hull.1.max(piece.x1)));
    let levels: Vec<f32> =
        column.numbers.iter().filter_map(|(index, _)| page.pieces.get(*index)).map(|p| p.y).collect();
    let (top, bottom) = (levels.first().copied().unwrap_or(0.0), levels.last().copied().unwrap_or(0.0));
    let (mut left, mut right, mut across) = (0, 0, 0);
    for (index, piece) in page.pieces.iter().enumerate() {
        if own(index) || piece.role != Role::Text || !(top - 2.0..bottom + 2.0).contains(&piece.y) {
            continue;
        }
        match () {
            () if piece.x1 <= x0 + 1.0 => left += 1,
            () if piece.x0 >= x1 - 1.0 => right += 1,
            () => across += 1,
        }
    }
    let all = left + right + across;
    // Side notes may stand beyond the numbers.
    all > 0 && across * 20 <= all && (left * 4 <= all || right * 4 <= all)
}

/// How many of the numbered lines begin in the middle of a sentence.
fn running(page: &PageText, column: &Column) -> usize {
    let numbers = column.numbers.iter().filter_map(|(index, _)| page.pieces.get(*index));
    let starts_lower = |number: &&Piece| {
        let level = page.pieces.iter().filter(|piece| {
            piece.role == Role::Text
                && (piece.y - number.y).abs() <= number.size.max(piece.size) * 0.4
                && (piece.x0 > number.x1 || piece.x1 < number.x0)
        });
        let first = level.min_by(|a, b| a.x0.total_cmp(&b.x0));
        first.is_some_and(|piece| piece.text.starts_with(char::is_lowercase))
    };
    numbers.filter(starts_lower).count()
}

/// Marks rows below the last numbered line of a page: feet that no other page repeats.
pub(super) fn mark_below_numbers(pages: &mut [PageText], apart: f32) {
    for page in pages {
        let numbered = page.pieces.iter().filter(|piece| matches!(piece.role, Role::LineNumber(_)));
        let last = numbered.clone().map(|piece| piece.y).fold(0.0, f32::max);
        if numbered.count() < FEWEST {
            continue;
        }
        let below: Vec<usize> =
            page.of(Role::Text).into_iter().filter(|at| level(page, *at) > last + 2.0).collect();
        let rows = rows(&page.pieces, &below);
        let Some(first) = rows.first() else { continue };
        if rows.len() <= MOST_BELOW && (first.y - last) / first.size.max(1.0) >= apart {
            for index in below {
                if let Some(piece) = page.pieces.get_mut(index) {
                    piece.role = Role::Running;
                }
            }
        }
    }
}

fn level(page: &PageText, index: usize) -> f32 {
    page.pieces.get(index).map_or(0.0, |piece| piece.y)
}
