//! The labels of pages, as the file gives them: `iv`, `12`, `A-3`.

use crate::reader::numeral::roman;
use hayro_syntax::object::{self, Array, Dict, Name, Object};

use super::marked::decode;

/// Number trees in number trees, at most.
const DEEPEST: usize = 8;
/// Ranges, at most.
const MOST: usize = 20_000;

/// How the pages from one on are labelled.
#[derive(Clone, Debug, Default, PartialEq)]
struct Range {
    /// The page that it begins with, counted from 0.
    first: usize,
    style: Option<u8>,
    prefix: String,
    start: u32,
}

/// The labels of the first `pages` pages; empty where the file gives none.
pub(super) fn labels(root: Option<&Dict<'_>>, pages: usize) -> Vec<String> {
    let Some(tree) = root.and_then(|root| root.get::<Dict<'_>>("PageLabels")) else {
        return Vec::new();
    };
    let mut ranges = Vec::new();
    read(&tree, 0, &mut ranges);
    ranges.sort_by_key(|range| range.first);
    label_all(&ranges, pages)
}

fn read(tree: &Dict<'_>, depth: usize, ranges: &mut Vec<Range>) {
    if let Some(pairs) = tree.get::<Array<'_>>("Nums") {
        let mut items = pairs.iter::<Object<'_>>();
        while let (Some(Object::Number(first)), Some(Object::Dict(dict))) = (items.next(), items.next()) {
            if ranges.len() >= MOST {
                return;
            }
            ranges.push(Range {
                first: usize::try_from(first.as_i64()).unwrap_or(0),
                style: dict.get::<Name<'_>>("S").and_then(|name| name.as_ref().first().copied()),
                prefix: dict
                    .get::<object::String<'_>>("P")
                    .map(|text| decode(text.as_bytes()))
                    .unwrap_or_default(),
                start: dict.get::<u32>("St").unwrap_or(1),
            });
        }
    }
    if let Some(kids) = tree.get::<Array<'_>>("Kids").filter(|_| depth < DEEPEST) {
        for kid in kids.iter::<Dict<'_>>().take(MOST) {
            read(&kid, depth + 1, ranges);
        }
    }
}

fn label_all(ranges: &[Range], pages: usize) -> Vec<String> {
    if ranges.first().is_none_or(|range| range.first > 0) {
        return Vec::new();
    }
    let mut labels = Vec::with_capacity(pages);
    for page in 0..pages {
        let at = ranges.partition_point(|range| range.first <= page);
        let Some(range) = at.checked_sub(1).and_then(|at| ranges.get(at)) else { continue };
        let number = range.start.saturating_add((page - range.first) as u32);
        let number = match range.style {
            Some(b'D') => number.to_string(),
            Some(b'r') => roman(number),
            Some(b'R') => roman(number).to_uppercase(),
            Some(b'a') => letters(number),
            Some(b'A') => letters(number).to_uppercase(),
            _ => String::new(),
        };
        labels.push(format!("{}{number}", range.prefix));
    }
    labels
}

/// a to z, aa to zz, and so on.
fn letters(number: u32) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(20) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_label_pages() {
        let range =
            |first, style, prefix: &str, start| Range { first, style, prefix: prefix.to_owned(), start };
        let ranges =
            [range(0, Some(b'r'), "", 3), range(2, Some(b'D'), "", 1), range(4, Some(b'A'), "S-", 27)];
        assert_eq!(label_all(&ranges, 5), ["iii", "iv", "1", "2", "S-AA"]);
        assert_eq!(label_all(&[range(0, None, "Cover", 1)], 1), ["Cover"]);
        assert!(label_all(&[], 2).is_empty());
    }
}
