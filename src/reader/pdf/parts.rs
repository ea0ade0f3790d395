//! Parts of a page that are no running text: footnotes, and the lines of a table of contents.

use super::piece::Role;
use super::row::{Printed, is_page};

/// Dots that lead to a page number, at least.
const FEWEST_DOTS: usize = 4;
/// Lines of a table of contents without dots, at least.
const FEWEST_LINES: usize = 5;
/// Bytes of the heading of a table of contents, at most.
const LONGEST_HEAD: usize = 60;

/// Marks the footnotes at the bottom of a column: rows in small type from one on that begins with a
/// number or a mark.
pub(super) fn mark_footnotes(column: &mut [Printed], body: f32) {
    let small = |line: &Printed| line.size <= body * 0.9;
    let first = column.iter().rposition(|line| !small(line)).map_or(0, |at| at + 1);
    if first == 0 {
        return;
    }
    let begins = |line: &Printed| line.raised_start || begins_with_mark(&line.text);
    let tail = column.get(first..).unwrap_or_default();
    let Some(note) = tail.iter().position(begins) else { return };
    // What stands above the first may be the rest of a note of the page before.
    let above = tail.get(..note).unwrap_or_default();
    let from = if above.len() <= 4 || note == 0 { first } else { first + note };
    for line in column.iter_mut().skip(from) {
        line.role = Role::Footnote;
    }
}

/// "12 See", "* See", "(1) See": what a footnote begins with.
fn begins_with_mark(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(digits..).unwrap_or_default();
    let number =
        (1..=3).contains(&digits) && rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase());
    number || text.starts_with(['*', '†', '‡'])
}

/// Which of the lines belong to a table of contents.
pub(super) fn contents(lines: &[&Printed]) -> Vec<bool> {
    let mut found: Vec<bool> = lines.iter().map(|line| has_leader(&line.text)).collect();
    let mut run: Vec<usize> = Vec::new();
    let mut last = 0;
    for (at, line) in lines.iter().enumerate() {
        if !line.leads_to_page {
            continue;
        }
        let value = line.text.rsplit(' ').next().and_then(|word| word.parse::<u32>().ok()).unwrap_or(0);
        let goes_on = run.last().is_some_and(|before| {
            let aligned = lines.get(*before).is_some_and(|before| (before.x1 - line.x1).abs() <= 4.0);
            at - before <= 3 && aligned && value >= last
        });
        if !goes_on {
            settle(&mut run, &mut found);
        }
        run.push(at);
        last = value;
    }
    settle(&mut run, &mut found);
    head(lines, &mut found);
    // A heading that takes two lines has its leader on the second.
    for at in (1..found.len()).rev() {
        let wrapped = found.get(at) == Some(&true)
            && lines.get(at - 1).is_some_and(|before| !before.text.ends_with(['.', ';', ':']))
            && at >= 2
            && found.get(at - 2) == Some(&true);
        if wrapped && let Some(before) = found.get_mut(at - 1) {
            *before = true;
        }
    }
    found
}

/// Marks the heading of a table of contents: the one line that stands above it on its page.
fn head(lines: &[&Printed], found: &mut [bool]) {
    for at in 1..found.len() {
        let long = found.get(at..at + FEWEST_LINES).is_some_and(|run| run.iter().all(|line| *line));
        let above = lines.get(at - 1).filter(|line| line.begins_column && line.text.len() <= LONGEST_HEAD);
        let is_sentence = above.is_none_or(|line| line.text.ends_with(['.', ';', ':', ',']));
        if long
            && !is_sentence
            && let Some(head) = found.get_mut(at - 1)
        {
            *head = true;
        }
    }
}

fn settle(run: &mut Vec<usize>, found: &mut [bool]) {
    if run.len() >= FEWEST_LINES {
        for at in run.iter() {
            if let Some(line) = found.get_mut(*at) {
                *line = true;
            }
        }
    }
    run.clear();
}

/// Whether a row of dots leads to the end of the line or to a page number.
fn has_leader(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_alphanumeric() || c.is_whitespace() || c == '-');
    let page = text.get(end.len()..).unwrap_or_default().trim();
    if !(page.is_empty() || is_page(page) || page.len() <= 6) {
        return false;
    }
    let head = end.trim_end_matches(|c: char| c == '.' || c == '…' || c.is_whitespace());
    let dots = end.get(head.len()..).unwrap_or_default();
    let count: usize = dots.chars().map(|c| if c == '…' { 3 } else { usize::from(c == '.') }).sum();
    count >= FEWEST_DOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders() {
        for (text, expected) in [
            ("1. Short title ........ 5", true),
            ("Keys . . . . . . . 12", true),
            ("Keys ........", true),
            ("and so on... 5", false),
            ("The keys. 5", false),
            ("The keys.... of all of the providers", false),
        ] {
            assert_eq!(has_leader(text), expected, "{text}");
        }
    }

    #[test]
    fn footnotes() {
        let line = |text: &str, size: f32| Printed { text: text.to_owned(), size, ..Printed::default() };
        let mut column = vec![
            line("A provider shall", 10.0),
            line("keep records.", 10.0),
            line("1 See it.", 8.0),
            line("more", 8.0),
        ];
        mark_footnotes(&mut column, 10.0);
        let found: Vec<bool> = column.iter().map(|line| line.role == Role::Footnote).collect();
        assert_eq!(found, [false, false, true, true]);
    }
}
