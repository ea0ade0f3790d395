//! Parts of a page that are no running text: footnotes, and the lines of a table of contents.

use super::parallel::OnPage;
use super::piece::Role;
use super::row::{Printed, is_page};

/// Dots that lead to a page number, at least.
const FEWEST_DOTS: usize = 4;
/// Lines of a table of contents without dots, at least.
const FEWEST_LINES: usize = 5;
/// Bytes of the heading of a table of contents, at most.
const LONGEST_HEAD: usize = 60;
/// How much larger than its lines a head is set that alone shows them to be contents.
const LARGE: f32 = 1.15;

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
pub(super) fn contents(lines: &[OnPage]) -> Vec<bool> {
    let mut found = Vec::with_capacity(lines.len());
    for page in lines.chunk_by(|a, b| a.0 == b.0) {
        let is_contents = is_contents_page(&page.iter().map(|(_, line)| line).collect::<Vec<_>>());
        found.extend(page.iter().map(|_| is_contents));
    }
    let of_lines = contents_lines(&lines.iter().map(|(_, line)| line).collect::<Vec<_>>());
    found.iter().zip(of_lines).map(|(page, line)| *page || line).collect()
}

/// Whether a page holds a head in large type, and below it nothing but lines that lead to pages.
fn is_contents_page(lines: &[&Printed]) -> bool {
    let Some((head, rest)) = lines.split_first() else { return false };
    let pages: Vec<Option<u32>> = rest.iter().map(|line| page_of(line)).collect();
    let is_head = head.text.len() <= LONGEST_HEAD
        && !head.leads_to_page
        && rest.iter().all(|line| line.leads_to_page && line.size * LARGE <= head.size);
    is_head && !rest.is_empty() && pages.iter().all(Option::is_some) && pages.is_sorted()
}

/// The page that a line leads to.
fn page_of(line: &Printed) -> Option<u32> {
    line.text.rsplit(' ').next().and_then(|word| word.parse().ok())
}

fn contents_lines(lines: &[&Printed]) -> Vec<bool> {
    let mut found: Vec<bool> = lines.iter().map(|line| has_leader(&line.text)).collect();
    let mut run: Vec<usize> = Vec::new();
    let mut last = 0;
    for (at, line) in lines.iter().enumerate() {
        if !line.leads_to_page {
            continue;
        }
        let value = page_of(line).unwrap_or(0);
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
    fn a_page_of_contents() {
        let line = |text: &str, size: f32| {
            let leads_to_page = text.ends_with(char::is_numeric);
            Printed { text: text.to_owned(), size, leads_to_page, ..Printed::default() }
        };
        let contents = [line("Contents", 16.0), line("Keys 1", 11.0), line("Records 4", 11.0)];
        for (lines, expected) in [
            (contents.to_vec(), true),
            (contents[..2].to_vec(), true),
            (contents[..1].to_vec(), false),
            (vec![line("Contents", 11.0), line("Keys 1", 11.0)], false),
            (vec![line("Fees", 16.0), line("Keys 40", 11.0), line("Records 4", 11.0)], false),
            (vec![line("Fees", 16.0), line("Keys 40", 11.0), line("Records are kept.", 11.0)], false),
        ] {
            let lines: Vec<OnPage> = lines.into_iter().map(|line| (0, line)).collect();
            assert!(super::contents(&lines).iter().all(|found| *found == expected), "{lines:?}");
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
