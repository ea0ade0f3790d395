//! The text of one page, and what is known of all of them: where their text stands, how large it is.

use super::piece::{Piece, Role};
use super::row::rows;

/// A piece with so many characters shows how wide the text is set.
const LONG: usize = 25;
/// So many of them show it on one page.
const FEWEST_LONG: usize = 8;

/// The text of one page.
#[derive(Debug, Default)]
pub(super) struct PageText {
    pub(super) pieces: Vec<Piece>,
    /// The label that the file gives the page.
    pub(super) label: Option<String>,
    /// The number that is printed on it.
    pub(super) printed_label: Option<String>,
}

/// Where the text of a page begins and ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Edges {
    pub(super) left: f32,
    pub(super) right: f32,
}

/// What is known of the text of all pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// The size of most of the text.
    pub(super) size: f32,
    /// The width of a character of that size, on the average.
    pub(super) column: f32,
    /// Of each page.
    pub(super) edges: Vec<Edges>,
}

impl PageText {
    /// The indices of the pieces with the given role.
    pub(super) fn of(&self, role: Role) -> Vec<usize> {
        (0..self.pieces.len())
            .filter(|at| self.pieces.get(*at).is_some_and(|piece| piece.role == role))
            .collect()
    }

    fn text(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.role == Role::Text)
    }

    /// The edges of the text as far as this page shows them.
    fn edges(&self) -> Option<Edges> {
        let long: Vec<&Piece> = self.text().filter(|piece| piece.characters() >= LONG).collect();
        if long.len() < FEWEST_LONG {
            return None;
        }
        let mut starts: Vec<f32> = long.iter().map(|piece| piece.x0).collect();
        let mut ends: Vec<f32> = long.iter().map(|piece| -piece.x1).collect();
        Some(Edges { left: edge(&mut starts), right: -edge(&mut ends) })
    }
}

/// The least of the values that others stand beside.
fn edge(values: &mut [f32]) -> f32 {
    values.sort_by(f32::total_cmp);
    let needed = (values.len() / 12).max(2);
    let beside = |at: usize| match (values.get(at), values.get(at + needed - 1)) {
        (Some(a), Some(b)) => b - a <= 4.0,
        _ => false,
    };
    let at = (0..values.len()).find(|at| beside(*at)).unwrap_or(0);
    values.get(at).copied().unwrap_or(0.0)
}

/// How far apart the lines of the text usually stand, in sizes of their type.
pub(super) fn leading(pages: &[PageText]) -> f32 {
    let mut steps = Vec::new();
    for page in pages {
        let rows = rows(&page.pieces, &page.of(Role::Text));
        steps.extend(rows.windows(2).filter_map(|pair| {
            let [a, b] = pair else { return None };
            Some((b.y - a.y) / b.size.max(a.size).max(1.0)).filter(|step| (0.8..3.5).contains(step))
        }));
    }
    middle(steps).unwrap_or(1.2)
}

/// The middle one of the values.
pub(super) fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

impl Body {
    /// What the pages show.
    pub(super) fn of(pages: &[PageText]) -> Body {
        let mut sizes: Vec<(i32, usize)> = Vec::new();
        for piece in pages.iter().flat_map(PageText::text) {
            sizes.push(((piece.size * 2.0).round() as i32, piece.characters()));
        }
        sizes.sort_unstable();
        let mut best = (0, 0);
        for run in sizes.chunk_by(|a, b| a.0 == b.0) {
            let characters = run.iter().map(|size| size.1).sum::<usize>();
            if characters > best.1 {
                best = (run.first().map_or(0, |size| size.0), characters);
            }
        }
        let size = (best.0 as f32 / 2.0).max(1.0);
        let (mut width, mut characters) = (0.0_f64, 0_usize);
        for piece in pages.iter().flat_map(PageText::text) {
            if (piece.size - size).abs() <= 0.5 {
                width += f64::from(piece.x1 - piece.x0);
                characters += piece.characters();
            }
        }
        let column = if characters > 0 { (width / characters as f64) as f32 } else { size / 2.0 };
        Body { size, column: column.max(0.5), edges: edges(pages) }
    }
}

/// The edges of each page: its own, or those that are usual for pages of its side.
fn edges(pages: &[PageText]) -> Vec<Edges> {
    let own: Vec<Option<Edges>> = pages.iter().map(PageText::edges).collect();
    let usual = |parity: Option<usize>| -> Option<Edges> {
        let of = |value: fn(&Edges) -> f32| -> Option<f32> {
            let pages =
                own.iter().enumerate().filter(|(page, _)| parity.is_none_or(|parity| page % 2 == parity));
            let mut values: Vec<f32> = pages.filter_map(|(_, edges)| edges.as_ref().map(value)).collect();
            values.sort_by(f32::total_cmp);
            values.get(values.len() / 2).copied()
        };
        Some(Edges { left: of(|edges| edges.left)?, right: of(|edges| edges.right)? })
    };
    let (even, odd, all) = (usual(Some(0)), usual(Some(1)), usual(None));
    let fallback = |page: usize| if page.is_multiple_of(2) { even } else { odd }.or(all);
    own.iter().enumerate().map(|(page, edges)| edges.or_else(|| fallback(page)).unwrap_or_default()).collect()
}
