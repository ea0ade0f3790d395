//! Running heads and feet, and page numbers alone on a line.
//!
//! A head is a line that recurs, but for its digits, at page distance. Sections and tables recur
//! too, so that is not enough: a head must also be seen to cut sentences in two, or to stand where
//! pages begin or end. The same is asked of a number alone on its line.

use std::collections::BTreeMap;

use super::{Line, goes_on};

/// A head is short.
const LONGEST: u16 = 120;
/// Lines on a page, at least.
const SHORTEST_PAGE: usize = 8;

/// A group of candidates that follow each other, from the line `first` to before the line `end`.
#[derive(Clone, Copy, Debug)]
struct Group {
    first: usize,
    end: usize,
    /// Whether it cuts a sentence in two, or stands beside a form feed.
    proves: bool,
}

/// The indices of the lines that are running heads, feet or page numbers, ascending.
pub(super) fn find(source: &str, lines: &[Line]) -> Vec<usize> {
    let forms: Vec<Option<String>> = lines.iter().map(|line| form(source, *line)).collect();
    let recurring = recurring(&forms);
    let candidate = |at: usize| forms.get(at).and_then(Option::as_ref).is_some_and(|form| recurring.contains_key(form.as_str()));
    let groups = groups(source, lines, candidate);
    let mut proven: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for group in &groups {
        for form in forms.get(group.first..group.end).unwrap_or_default().iter().flatten() {
            let (all, proofs) = proven.entry(form.as_str()).or_default();
            *all += 1;
            *proofs += usize::from(group.proves);
        }
    }
    let is_head = |form: &str| proven.get(form).is_some_and(|(all, proofs)| *proofs >= 2 && proofs * 4 >= *all);
    let heads = (0..lines.len()).filter(|&at| candidate(at) && forms.get(at).and_then(Option::as_deref).is_some_and(is_head));
    heads.collect()
}

/// What a line has in common with the others of its kind: its text with every number as `#`.
fn form(source: &str, line: Line) -> Option<String> {
    if line.end > LONGEST {
        return None;
    }
    let text = line.of(source);
    let mut form = String::new();
    for word in text.split_whitespace() {
        if !form.is_empty() {
            form.push(' ');
        }
        let mut digits = false;
        for c in word.chars() {
            if !c.is_ascii_digit() {
                form.push(c);
            } else if !digits {
                form.push('#');
            }
            digits = c.is_ascii_digit();
        }
    }
    let has_capital_or_number = form.contains('#') || form.contains(char::is_uppercase);
    let is_numbering = form.starts_with(['(', '§', '“', '"', '[']) && !form.ends_with(')') && !form.ends_with(']');
    let is_sentence = form.ends_with(['.', ';', ',', ':', '—']);
    (has_capital_or_number && !is_numbering && !is_sentence).then_some(form)
}

/// The forms that stand at least three times (a bare number: twice), mostly a page apart.
fn recurring(forms: &[Option<String>]) -> BTreeMap<&str, usize> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        if let Some(form) = form {
            places.entry(form.as_str()).or_default().push(at);
        }
    }
    let apart = |places: &Vec<usize>| {
        let far = places.windows(2).filter(|pair| matches!(pair, [a, b] if b - a >= SHORTEST_PAGE)).count();
        places.len() >= 3 && far * 4 >= (places.len() - 1) * 3
    };
    places.into_iter().filter(|(_, places)| apart(places)).map(|(form, places)| (form, places.len())).collect()
}

fn groups(source: &str, lines: &[Line], candidate: impl Fn(usize) -> bool) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if !candidate(at) {
            at += 1;
            continue;
        }
        let first = at;
        while at < lines.len() && candidate(at) && at - first < 6 {
            at += 1;
        }
        let text = |at: usize| lines.get(at).map(|line| line.of(source));
        let before = first.checked_sub(1).and_then(text);
        let cuts = matches!((before, text(at)), (Some(last), Some(next)) if goes_on(last, next));
        let feeds = lines.get(first..(at + 1).min(lines.len())).unwrap_or_default().iter().any(|line| line.page);
        groups.push(Group { first, end: at, proves: cuts || feeds });
    }
    groups
}
