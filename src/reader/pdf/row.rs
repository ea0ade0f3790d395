//! Rows: the pieces that stand on one baseline, from left to right.

use super::piece::{Piece, Role};

/// The indices of pieces that stand on one baseline.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// From left to right.
    pub(super) pieces: Vec<usize>,
    pub(super) y: f32,
    pub(super) size: f32,
}

/// A printed line, with its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// The number that is printed in the margin.
    pub(super) number: Option<u32>,
    /// The bytes of the text that are struck through.
    pub(super) struck: Vec<(u32, u32)>,
    pub(super) role: Role,
    /// Where the column begins that it stands in.
    pub(super) left: f32,
    /// Which column it stands in, counted from 0.
    pub(super) column: u16,
    /// How many columns stand beside each other.
    pub(super) columns: u16,
    /// Whether it begins a page or a column.
    pub(super) begins_column: bool,
    /// Blank lines before it.
    pub(super) gap: u16,
    /// Whether its last two words stand far apart and a row of dots or nothing leads from one to the
    /// other: a line of a table of contents.
    pub(super) leads_to_page: bool,
    /// Whether it begins with a small raised number or mark: a footnote.
    pub(super) raised_start: bool,
}

/// The rows of the pieces at `indices`, from the top.
pub(super) fn rows(pieces: &[Piece], indices: &[usize]) -> Vec<Row> {
    let at = |index: &usize| pieces.get(*index);
    let mut order: Vec<usize> = indices.to_vec();
    order.sort_by(|a, b| match (at(a), at(b)) {
        (Some(a), Some(b)) => a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)),
        _ => std::cmp::Ordering::Equal,
    });
    // Large pieces first: what is raised or lowered beside them is part of their row.
    let mut rows: Vec<Row> = Vec::new();
    let mut small: Vec<usize> = Vec::new();
    for index in order {
        let Some(piece) = at(&index) else { continue };
        match rows.last_mut() {
            Some(row) if (piece.y - row.y).abs() <= 0.25 * row.size.min(piece.size) => {
                row.pieces.push(index);
                if piece.size > row.size * 1.05 {
                    (row.y, row.size) = (piece.y, piece.size);
                }
            }
            _ => rows.push(Row { pieces: vec![index], y: piece.y, size: piece.size }),
        }
    }
    let raised: Vec<bool> = (0..rows.len()).map(|at| host(pieces, &rows, at).is_some()).collect();
    let hosts: Vec<Option<usize>> = (0..rows.len())
        .map(|at| host(pieces, &rows, at).filter(|host| !raised.get(*host).copied().unwrap_or(false)))
        .collect();
    for (at, host) in hosts.iter().enumerate() {
        let Some(host) = host else { continue };
        let moved = rows.get_mut(at).map(|row| std::mem::take(&mut row.pieces)).unwrap_or_default();
        small.extend(&moved);
        if let Some(row) = rows.get_mut(*host) {
            row.pieces.extend(moved);
        }
    }
    rows.retain(|row| !row.pieces.is_empty());
    for row in &mut rows {
        row.pieces.sort_by(|a, b| match (at(a), at(b)) {
            (Some(a), Some(b)) => a.x0.total_cmp(&b.x0),
            _ => std::cmp::Ordering::Equal,
        });
    }
    rows
}

/// The row that row `index` is a raised or lowered part of.
fn host(pieces: &[Piece], rows: &[Row], index: usize) -> Option<usize> {
    let row = rows.get(index)?;
    let extent = |row: &Row| {
        let of = |index: &usize| pieces.get(*index).map(|piece| (piece.x0, piece.x1));
        row.pieces
            .iter()
            .filter_map(of)
            .fold((f32::MAX, f32::MIN), |hull, (x0, x1)| (hull.0.min(x0), hull.1.max(x1)))
    };
    let mut short = row.pieces.iter().filter_map(|index| pieces.get(*index));
    if !short.all(|piece| piece.characters() <= 6) {
        return None;
    }
    let (x0, x1) = extent(row);
    let is_host = |other: usize| {
        let Some(host) = rows.get(other) else { return false };
        let within = (host.y - host.size * 0.75..host.y + host.size * 0.3).contains(&row.y);
        let (left, right) = extent(host);
        let near = x0 <= right + host.size * 0.6 && x1 >= left - host.size * 0.6;
        other != index && row.size <= host.size * 0.85 && within && near
    };
    (index.saturating_sub(2)..(index + 3).min(rows.len())).find(|other| is_host(*other))
}

/// The text of a row, or of the part of it that `pieces` holds. Markers of footnotes are left out
/// unless `keep` says otherwise.
pub(super) fn print(pieces: &[&Piece], row: &Row, keep: bool) -> Option<Printed> {
    let mut printed = Printed { y: row.y, size: row.size, x0: f32::MAX, x1: f32::MIN, ..Printed::default() };
    let mut last: Option<&Piece> = None;
    for (at, piece) in pieces.iter().enumerate() {
        if let Role::LineNumber(number) = piece.role {
            printed.number = Some(number);
            if !keep {
                continue;
            }
        }
        let raised = row.y - piece.y > row.size * 0.15 && piece.size <= row.size * 0.85;
        let fraction = pieces.get(at + 1).is_some_and(|next| next.text.starts_with(['⁄', '/']));
        if raised && last.is_some() && !keep && !fraction && is_marker(&piece.text, &printed.text) {
            continue;
        }
        printed.raised_start |= raised && last.is_none();
        if let Some(last) = last {
            let gap = piece.x0 - last.x1;
            let size = last.size.min(piece.size);
            let spaced = (last.spaced.1 || piece.spaced.0) && gap > size * 0.03;
            if spaced || gap > size * 0.15 || gap < -size {
                printed.text.push(' ');
            }
            printed.leads_to_page = gap > row.size * 2.0 && is_page(&piece.text);
        }
        let start = printed.text.len() as u32;
        printed.text.push_str(&piece.text);
        printed.struck.extend(piece.struck.iter().map(|(from, to)| (start + from, start + to)));
        (printed.x0, printed.x1) = (printed.x0.min(piece.x0), printed.x1.max(piece.x1));
        last = Some(piece);
    }
    last?;
    Some(printed)
}

/// Whether raised text is the marker of a footnote and no part of the word before it.
fn is_marker(text: &str, before: &str) -> bool {
    let is_mark = text.chars().all(|c| c.is_ascii_digit() || " ,*†‡§".contains(c));
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // "m²", "10³".
    let unit = (1..=2).contains(&word.chars().count()) || word.ends_with(|c: char| c.is_ascii_digit());
    is_mark && !unit
}

/// Whether `text` is the number of a page: arabic or roman.
pub(super) fn is_page(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let arabic = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    arabic || roman(text).is_some()
}

/// The value of a small roman number in small letters.
pub(super) fn roman(text: &str) -> Option<u32> {
    let value = |c: char| {
        Some(match c {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        })
    };
    let values: Option<Vec<i64>> = text.chars().take(12).map(value).collect();
    let values = values.filter(|values| !values.is_empty() && text.len() <= 12)?;
    let mut sum = 0;
    for (at, value) in values.iter().enumerate() {
        sum += if values.get(at + 1).is_some_and(|next| next > value) { -value } else { *value };
    }
    u32::try_from(sum).ok().filter(|sum| *sum > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, x0: f32, y: f32, size: f32) -> Piece {
        let x1 = x0 + text.len() as f32 * size / 2.0;
        Piece { text: text.to_owned(), x0, x1, y, size, ..Piece::default() }
    }

    fn check(pieces: &[Piece], expected: &[&str]) {
        let indices: Vec<usize> = (0..pieces.len()).collect();
        let found: Vec<String> = rows(pieces, &indices)
            .iter()
            .filter_map(|row| {
                print(&row.pieces.iter().filter_map(|at| pieces.get(*at)).collect::<Vec<_>>(), row, false)
            })
            .map(|printed| printed.text)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pieces_make_rows() {
        check(
            &[
                piece("keys", 30.0, 100.0, 10.0),
                piece("the", 0.0, 100.5, 10.0),
                piece("next", 0.0, 112.0, 10.0),
            ],
            &["the keys", "next"],
        );
        // A marker of a footnote goes, an ordinal and a unit stay.
        check(&[piece("records", 0.0, 100.0, 10.0), piece("12", 36.0, 96.0, 6.0)], &["records"]);
        check(&[piece("21", 0.0, 100.0, 10.0), piece("st", 10.0, 96.0, 6.0)], &["21st"]);
        check(&[piece("9 km", 0.0, 100.0, 10.0), piece("2", 20.0, 96.0, 6.0)], &["9 km2"]);
        // The number that a footnote begins with stays.
        check(&[piece("12", 0.0, 96.0, 6.0), piece("See", 8.0, 100.0, 10.0)], &["12 See"]);
    }

    #[test]
    fn roman_numbers() {
        for (text, value) in [("iv", Some(4)), ("xii", Some(12)), ("a", None), ("", None), ("xc", Some(90))] {
            assert_eq!(roman(text), value, "{text}");
        }
    }
}
