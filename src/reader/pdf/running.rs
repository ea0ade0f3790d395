//! Running heads and feet, and the numbers of pages.
//!
//! They stand at the same height of page after page, outside of the text, and say the same but for
//! their numbers. Pages are peeled: the outermost row of each, then the next, as long as rows are
//! found to recur.

use std::collections::BTreeMap;

use super::page::{PageText, leading};
use super::piece::Role;
use super::row::{Row, is_page, roman, rows};

/// Rows of heads or of feet on one page, at most.
const MOST_ROWS: usize = 6;
/// How far the same row may lie from page to page, in points.
const NEAR: f32 = 6.0;
/// How much farther than the lines of the text a head stands from it.
const APART: f32 = 1.5;

/// The outermost row of a page.
struct Outer {
    page: usize,
    row: Row,
    text: String,
    /// The text with every number as `#`.
    form: String,
    /// How far the next row is away, in its own size.
    distance: f32,
    /// Whether its page is on the left or on the right.
    is_left: bool,
}

/// Marks the running heads and feet of `pages`, and notes the numbers that pages bear.
pub(super) fn mark(pages: &mut [PageText]) {
    let apart = leading(pages) * APART;
    for is_top in [true, false] {
        for _ in 0..MOST_ROWS {
            let outer: Vec<Outer> =
                (0..pages.len()).filter_map(|page| outermost(pages, page, is_top)).collect();
            let found = recurring(&outer, pages.len(), apart, is_top);
            if found.is_empty() {
                break;
            }
            for (at, outer) in outer.iter().enumerate() {
                let Some(page) = pages.get_mut(outer.page).filter(|_| found.contains(&at)) else { continue };
                for index in &outer.row.pieces {
                    if let Some(piece) = page.pieces.get_mut(*index) {
                        piece.role = Role::Running;
                    }
                }
            }
            note_labels(pages, &outer, &found);
        }
    }
}

fn outermost(pages: &[PageText], page: usize, is_top: bool) -> Option<Outer> {
    let text = pages.get(page)?;
    let indices = text.of(Role::Text);
    let rows = rows(&text.pieces, &indices);
    let (row, next) =
        if is_top { (rows.first()?, rows.get(1)) } else { (rows.last()?, rows.iter().rev().nth(1)) };
    let pieces = row.pieces.iter().filter_map(|index| text.pieces.get(*index));
    let words: Vec<&str> = pieces.map(|piece| piece.text.as_str()).collect();
    let words = words.join(" ");
    let distance = next.map_or(0.0, |next| (next.y - row.y).abs() / next.size.max(row.size).max(1.0));
    let form = form(&words);
    Some(Outer { page, row: row.clone(), text: words, form, distance, is_left: page.is_multiple_of(2) })
}

/// The text with every number as `#`, spaces left out.
fn form(text: &str) -> String {
    if is_page(text) || text.trim_matches(['-', '–', '—', '[', ']', '(', ')', ' ']).parse::<u32>().is_ok()
    {
        return "#".to_owned();
    }
    let mut form = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            c if c.is_ascii_digit() && form.ends_with('#') => {}
            c if c.is_ascii_digit() => form.push('#'),
            c => form.push(c),
        }
    }
    form
}

/// Which of the rows recur from page to page.
fn recurring(outer: &[Outer], pages: usize, apart: f32, is_top: bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut forms: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in outer.iter().enumerate() {
        forms.entry(row.form.as_str()).or_default().push(at);
    }
    for (form, all) in &forms {
        let level = |at: &usize| outer.get(*at).map_or(0.0, |row| row.row.y);
        for group in by_level(all, level) {
            let number = form.contains('#');
            let enough = group.len() >= 3 || (group.len() == 2 && number && pages <= 6);
            // The last rows of tables are alike too, and close below others.
            let far = group.iter().filter_map(|at| outer.get(*at)).filter(|row| row.distance >= apart);
            let usual = is_top
                || group.len() * 2 >= pages
                || (group.len() * 4 >= pages && far.count() * 2 >= group.len());
            if enough && usual && (*form != "#" || numbers_go_up(outer, &group)) {
                found.extend(group);
            }
        }
    }
    // Where one of them stands at another height, it is still one; a title in large type is not.
    let same = |a: &Outer, b: &Outer| a.form == b.form && (a.row.size - b.row.size).abs() <= 0.5;
    let elsewhere: Vec<usize> = (0..outer.len())
        .filter(|at| {
            let Some(row) = outer.get(*at).filter(|row| row.form.len() > 3) else { return false };
            found.iter().filter_map(|found| outer.get(*found)).any(|found| same(found, row))
        })
        .collect();
    found.extend(elsewhere);
    found.extend(in_head_zone(outer, pages, apart));
    found.sort_unstable();
    found.dedup();
    found
}

/// Groups of rows that stand at about the same height.
fn by_level(all: &[usize], level: impl Fn(&usize) -> f32) -> Vec<Vec<usize>> {
    let mut sorted = all.to_vec();
    sorted.sort_by(|a, b| level(a).total_cmp(&level(b)));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in sorted {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| level(&at) - level(last) <= NEAR) => {
                group.push(at);
            }
            _ => groups.push(vec![at]),
        }
    }
    groups
}

/// Whether the numbers of the rows rise with the pages.
fn numbers_go_up(outer: &[Outer], group: &[usize]) -> bool {
    let mut rows: Vec<(usize, u32)> = group
        .iter()
        .filter_map(|at| outer.get(*at))
        .filter_map(|row| Some((row.page, number(&row.text)?)))
        .collect();
    rows.sort_unstable();
    let rising = rows.windows(2).filter(|pair| matches!(pair, [a, b] if a.1 < b.1)).count();
    rising * 4 + 4 >= rows.len() * 3
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.parse().ok().or_else(|| roman(text))
}

/// Rows whose words change but that stand where only heads stand: at one height on most pages, well
/// apart from the text.
fn in_head_zone(outer: &[Outer], pages: usize, apart: f32) -> Vec<usize> {
    let level = |at: &usize| outer.get(*at).map_or(0.0, |row| row.row.y);
    let mut found = Vec::new();
    for is_left in [true, false] {
        let side: Vec<usize> = (0..outer.len())
            .filter(|at| outer.get(*at).is_some_and(|row| row.is_left == is_left && row.distance >= apart))
            .collect();
        for group in by_level(&side, level) {
            if group.len() >= 4 && group.len() * 5 >= pages.div_ceil(2) * 3 {
                found.extend(group);
            }
        }
    }
    found
}

/// Takes the number of the page from the rows found, where one number goes up page by page.
fn note_labels(pages: &mut [PageText], outer: &[Outer], found: &[usize]) {
    let rows: Vec<&Outer> = found.iter().filter_map(|at| outer.get(*at)).collect();
    let numbers = |row: &Outer| -> Vec<(i64, String)> {
        let words = row.text.split(|c: char| !c.is_alphanumeric());
        words.filter_map(|word| Some((i64::from(number(word)?), word.to_owned()))).take(8).collect()
    };
    // How often a number is ahead of its page by so many.
    let mut ahead: BTreeMap<i64, usize> = BTreeMap::new();
    for row in &rows {
        for (value, _) in numbers(row) {
            *ahead.entry(value - row.page as i64).or_default() += 1;
        }
    }
    let Some((&usual, &count)) = ahead.iter().max_by_key(|(_, count)| **count) else { return };
    if count < 2 || count * 2 < rows.len() {
        return;
    }
    for row in rows {
        let label = numbers(row).into_iter().find(|(value, _)| value - row.page as i64 == usual);
        if let (Some((_, label)), Some(page)) = (label, pages.get_mut(row.page)) {
            page.printed_label.get_or_insert(label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::pdf::piece::Piece;

    fn piece(text: &str, y: f32) -> Piece {
        Piece { text: text.to_owned(), x1: text.len() as f32 * 5.0, y, size: 10.0, ..Piece::default() }
    }

    #[test]
    fn heads_and_page_numbers_are_marked() {
        let page = |number: usize| {
            let first = ["the", "of", "or", "any"][number];
            let last = ["calls", "it", "these", "both"][number];
            let pieces = vec![
                piece("Keys Bill", 20.0),
                piece(&format!("{first} provider shall"), 60.0),
                piece("keep", 72.0),
                piece(&format!("record {last}"), 84.0),
                piece(&format!("- {} -", number + 6), 700.0),
            ];
            PageText { pieces, ..PageText::default() }
        };
        let mut pages: Vec<PageText> = (0..4).map(page).collect();
        mark(&mut pages);
        for (at, page) in pages.iter().enumerate() {
            let roles: Vec<bool> = page.pieces.iter().map(|piece| piece.role == Role::Running).collect();
            assert_eq!(roles, [true, false, false, false, true]);
            assert_eq!(page.printed_label.as_deref(), Some((at + 6).to_string().as_str()));
        }
    }
}
