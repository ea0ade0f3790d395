//! Side notes: what is printed beside the text in small type.
//!
//! In the laws of the Commonwealth a note beside a section says what it is about. It is no part of
//! the section, and read with it line by line it would cut every sentence beside it.

use super::page::{Body, Edges, PageText};
use super::piece::{Piece, Role};

/// How small the type of a note is, as a part of that of the text.
const SMALL: f32 = 0.93;
/// How wide a note is, as a part of the width of the text, at most.
const WIDEST: f32 = 0.34;
/// Letters of the longest line beside a note, at least.
const SHORTEST: usize = 18;
/// Letters on one line of a note, at most.
const LONGEST: usize = 40;

/// Marks the notes outside of the edges of the text.
pub(super) fn mark(pages: &mut [PageText], body: &Body) {
    for (page, edges) in pages.iter_mut().zip(&body.edges) {
        let apart = body.size * 0.3;
        for piece in page.pieces.iter_mut().filter(|piece| piece.role == Role::Text) {
            let outside = piece.x0 >= edges.right + apart || piece.x1 <= edges.left - apart;
            if outside && edges.right > edges.left && may_be_note(piece, body, *edges) {
                piece.role = Role::SideNote;
            }
        }
    }
}

/// Notes beside indented text, inside of the `edges` of its column: lines of small type one below the
/// other, with lines of the text at their right or left and none that runs through them.
pub(super) fn inside(pieces: &[Piece], column: &[usize], edges: Edges, body: &Body) -> Vec<usize> {
    let is_small = |at: &usize| pieces.get(*at).is_some_and(|piece| may_be_note(piece, body, edges));
    let small: Vec<usize> = column.iter().copied().filter(is_small).collect();
    if small.is_empty() {
        return small;
    }
    let text: Vec<&Piece> = column
        .iter()
        .filter_map(|at| pieces.get(*at))
        .filter(|piece| piece.role == Role::Text && piece.size > body.size * SMALL)
        .collect();
    let mut found = Vec::new();
    for cluster in clusters(pieces, &small) {
        let note: Vec<&Piece> = cluster.iter().filter_map(|at| pieces.get(*at)).collect();
        let Some(hull) = hull(&note) else { continue };
        if has_text_on_one_side(&text, hull, note.len()) {
            found.extend(cluster);
        }
    }
    found
}

/// Whether running text stands at one side of a cluster of `lines` lines, nothing at the other, and
/// none runs through it.
fn has_text_on_one_side(text: &[&Piece], hull: Hull, lines: usize) -> bool {
    let (mut left, mut right, mut characters) = (0, 0, 0);
    for piece in text.iter().filter(|piece| (hull.top..hull.bottom).contains(&(piece.y - piece.size * 0.3))) {
        characters = characters.max(piece.characters());
        match () {
            () if piece.x1 < hull.x0 => left += 1,
            () if piece.x0 > hull.x1 => right += 1,
            () => return false,
        }
    }
    (left == 0 || right == 0) && left + right > 0 && left + right + 1 >= lines / 2 && characters >= SHORTEST
}

fn may_be_note(piece: &Piece, body: &Body, edges: Edges) -> bool {
    let is_number = piece.text.bytes().all(|byte| byte.is_ascii_digit() || b"().".contains(&byte));
    piece.size <= body.size * SMALL
        && piece.x1 - piece.x0 <= (edges.right - edges.left) * WIDEST
        && piece.characters() <= LONGEST
        && !is_number
}

/// Where a cluster stands.
#[derive(Clone, Copy, Debug)]
struct Hull {
    x0: f32,
    x1: f32,
    top: f32,
    bottom: f32,
}

fn hull(pieces: &[&Piece]) -> Option<Hull> {
    let first = pieces.first()?;
    let mut hull = Hull { x0: first.x0, x1: first.x1, top: first.y, bottom: first.y };
    for piece in pieces {
        (hull.x0, hull.x1) = (hull.x0.min(piece.x0), hull.x1.max(piece.x1));
        (hull.top, hull.bottom) =
            (hull.top.min(piece.y - piece.size), hull.bottom.max(piece.y + piece.size * 0.3));
    }
    Some(hull)
}

/// Small pieces that stand close below each other.
fn clusters(pieces: &[Piece], small: &[usize]) -> Vec<Vec<usize>> {
    let mut order = small.to_vec();
    let piece = |at: usize| pieces.get(at);
    order.sort_by(|a, b| match (piece(*a), piece(*b)) {
        (Some(a), Some(b)) => a.y.total_cmp(&b.y),
        _ => std::cmp::Ordering::Equal,
    });
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let Some(next) = piece(at) else { continue };
        let joins = |cluster: &&mut Vec<usize>| {
            cluster.iter().rev().take(8).filter_map(|at| piece(*at)).any(|last| {
                next.y - last.y <= last.size * 1.7
                    && next.x0 <= last.x1 + last.size
                    && last.x0 <= next.x1 + last.size
            })
        };
        match clusters.iter_mut().rev().take(12).find(joins) {
            Some(cluster) => cluster.push(at),
            None => clusters.push(vec![at]),
        }
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, x0: f32, y: f32, size: f32) -> Piece {
        let x1 = x0 + text.len() as f32 * size / 2.0;
        Piece { text: text.to_owned(), x0, x1, y, size, ..Piece::default() }
    }

    #[test]
    fn notes_are_found_by_place_and_size() {
        let mut pieces = Vec::new();
        for line in 0..10 {
            pieces.push(piece(
                "A provider shall keep every record of every call",
                100.0,
                12.0 * line as f32,
                10.0,
            ));
        }
        pieces.push(piece("Records", 350.0, 0.0, 7.0));
        pieces.push(piece("of calls", 350.0, 8.0, 7.0));
        // Inside: beside an indented paragraph, not above or below one.
        pieces.push(piece("he shall hand them over at once", 180.0, 130.0, 10.0));
        pieces.push(piece("Handing", 100.0, 130.0, 7.0));
        pieces.push(piece("small print", 100.0, 180.0, 7.0));
        let body = Body { size: 10.0, ..Body::of(&[]) };
        let edges = Edges { left: 100.0, right: 340.0 };
        let mut pages = vec![PageText { pieces, ..PageText::default() }];
        mark(&mut pages, &Body { edges: vec![edges], ..body.clone() });
        let column = pages[0].of(Role::Text);
        let text = |at: usize| pages[0].pieces[at].text.as_str();
        let outside: Vec<&str> = pages[0].of(Role::SideNote).into_iter().map(text).collect();
        assert_eq!(outside, ["Records", "of calls"]);
        let inside: Vec<&str> =
            inside(&pages[0].pieces, &column, edges, &body).into_iter().map(text).collect();
        assert_eq!(inside, ["Handing"]);
    }
}
