//! Columns that hold the same law in two or three languages.
//!
//! Newspaper columns are read one after the other, page by page. Columns of a gazette in several
//! languages go on in the same column of the next page. Which of the two it is, the words tell: a
//! text uses the same words in all its columns, and languages do not share their small words.

use std::collections::BTreeMap;

use super::row::Printed;

/// How many of a column's words are looked at: those that are most frequent.
const MOST_FREQUENT: usize = 30;
/// Words that a column must have before its most frequent say anything.
const FEWEST_WORDS: usize = 200;

/// A printed line and the page that it stands on.
pub(super) type OnPage = (usize, Printed);

/// Puts parallel columns one after the other.
pub(super) fn untangle(lines: &mut [OnPage]) {
    let columns = lines.iter().map(|(_, line)| line.column + 1).max().unwrap_or(1);
    if columns < 2 || !are_languages(lines, columns) {
        return;
    }
    let width = |line: &Printed| line.columns;
    let mut at = 0;
    while at < lines.len() {
        let Some(count) = lines.get(at).map(|(_, line)| width(line)).filter(|count| *count > 1) else {
            at += 1;
            continue;
        };
        // Lines over all the columns end what runs on; on the pages in between there are few.
        let rest = lines.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|(_, line)| width(line) == count).count();
        if let Some(run) = lines.get_mut(at..at + length) {
            run.sort_by_key(|(page, line)| (line.column, *page));
        }
        at += length.max(1);
    }
}

/// Whether no two columns share their most frequent words.
fn are_languages(lines: &[OnPage], columns: u16) -> bool {
    let frequent: Vec<Vec<String>> = (0..columns).map(|column| most_frequent(lines, column)).collect();
    if frequent.iter().any(Vec::is_empty) {
        return false;
    }
    let pairs =
        frequent.iter().enumerate().flat_map(|(at, a)| frequent.iter().skip(at + 1).map(move |b| (a, b)));
    for (a, b) in pairs {
        let shared = a.iter().filter(|word| b.contains(word)).count();
        if shared * 3 > MOST_FREQUENT {
            return false;
        }
    }
    true
}

fn most_frequent(lines: &[OnPage], column: u16) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for (_, line) in lines.iter().filter(|(_, line)| line.columns > 1 && line.column == column) {
        for word in line.text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
            all += 1;
        }
    }
    if all < FEWEST_WORDS {
        return Vec::new();
    }
    let mut words: Vec<(usize, String)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    words.sort_by(|a, b| b.cmp(a));
    words.into_iter().take(MOST_FREQUENT).map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: [&str; 2], expected: &[(usize, u16)]) {
        let line = |page, column: u16| {
            let text = format!("{} ", words[usize::from(column)]).repeat(40);
            (page, Printed { text, column, columns: 2, ..Printed::default() })
        };
        let mut lines = Vec::new();
        for page in 0..2 {
            for column in 0..2 {
                lines.extend((0..3).map(|_| line(page, column)));
            }
        }
        untangle(&mut lines);
        let mut found: Vec<(usize, u16)> = lines.iter().map(|(page, line)| (*page, line.column)).collect();
        found.dedup();
        assert_eq!(found, expected);
    }

    #[test]
    fn languages_are_read_one_by_one() {
        let english = "the keys of all that was and for in to by on at as it an";
        let french = "les clefs de tout ce qui fut et pour dans vers par sur chez";
        check([english, french], &[(0, 0), (1, 0), (0, 1), (1, 1)]);
        check([english, english], &[(0, 0), (0, 1), (1, 0), (1, 1)]);
    }
}
