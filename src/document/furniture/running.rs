//! Running heads and feet, and page numbers alone on a line.
//!
//! A head is a line that recurs, but for its digits, at page distance. Sections and tables recur
//! too, so that is not enough: a head must also be seen to cut sentences in two, or to stand where
//! pages begin or end. The same is asked of a number alone on its line.

use std::collections::{BTreeMap, BTreeSet};

use super::super::begins_with_number;
use super::{Line, goes_on};

/// A head is short.
const LONGEST: u16 = 120;
/// A head stands on so many lines, at least.
const FEWEST: usize = 3;
/// The form of a number alone on its line.
const NUMBER: &str = "#";
/// Lines on a page, at least.
const SHORTEST_PAGE: usize = 8;
/// Lines on a page, at most.
const LONGEST_PAGE: usize = 120;

/// A group of candidates that follow each other, from the line `first` to before the line `end`.
#[derive(Clone, Copy, Debug)]
struct Group {
    first: usize,
    end: usize,
    /// Whether it cuts a sentence in two.
    cuts: bool,
    /// Whether it stands where a page begins or ends.
    at_page_end: bool,
}

/// The indices of the lines that are running heads, feet or page numbers, ascending.
pub(super) fn find(source: &str, lines: &[Line]) -> Vec<usize> {
    let forms = forms(source, lines);
    let recurring = recurring(&forms);
    let candidate = |at: usize| {
        forms.get(at).and_then(Option::as_ref).is_some_and(|form| recurring.contains(form.as_str()))
    };
    let groups = groups(source, lines, candidate);
    let mut proven: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for group in &groups {
        for form in forms.get(group.first..group.end).unwrap_or_default().iter().flatten() {
            let (all, proofs) = proven.entry(form.as_str()).or_default();
            *all += 1;
            *proofs += usize::from(group.cuts || group.at_page_end);
        }
    }
    let numbers_ascend = page_numbers_ascend(source, lines);
    let is_head = |form: &str| {
        let (all, proofs) = proven.get(form).copied().unwrap_or_default();
        proofs >= 2 && proofs * 4 >= all && (form != NUMBER || numbers_ascend)
    };
    let mut heads = Vec::new();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for group in &groups {
        for at in group.first..group.end {
            let Some(form) = forms.get(at).and_then(Option::as_deref) else { continue };
            // The first may be the title that the heads repeat.
            let first = met.insert(form);
            if is_head(form) && (group.cuts || !first) {
                heads.push(at);
            }
        }
    }
    heads
}

/// Whether the numbers that stand alone on a line go up by one, nearly all of them.
fn page_numbers_ascend(source: &str, lines: &[Line]) -> bool {
    let texts = lines.iter().map(|line| line.of(source));
    let texts = texts.filter(|text| !text.starts_with(|c: char| c.is_ascii_alphabetic()));
    let numbers: Vec<u32> = texts.filter_map(|text| text.parse().ok()).collect();
    let steps =
        numbers.windows(2).filter(|pair| matches!(pair, [a, b] if a.checked_add(1) == Some(*b))).count();
    steps * 5 + 5 >= numbers.len() * 4
}

/// The forms of those lines that may be heads. A form that stands on fewer than three lines is left out:
/// most lines are the only ones of their kind, and only a number is kept of them here.
fn forms(source: &str, lines: &[Line]) -> Vec<Option<String>> {
    let mut hashes: Vec<(u64, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if may_be_head(source, *line) {
            hashes.push((form_hash(line.of(source)), at));
        }
    }
    hashes.sort_unstable();
    let mut forms = vec![None; lines.len()];
    for alike in hashes.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() >= FEWEST) {
        for (_, at) in alike {
            if let (Some(slot), Some(line)) = (forms.get_mut(*at), lines.get(*at)) {
                *slot = Some(form(line.of(source)));
            }
        }
    }
    forms
}

/// Whether a line may be a head by how it looks: no sentence, no numbering.
fn may_be_head(source: &str, line: Line) -> bool {
    let text = line.of(source);
    if line.end > LONGEST
        || text.ends_with(['.', ';', ',', ':', '—'])
        || text.starts_with(char::is_lowercase)
        || (text.starts_with(['(', '§', '“', '"', '[']) && !text.ends_with([')', ']']))
        || !text.contains(|c: char| c.is_ascii_digit() || c.is_uppercase())
    {
        return false;
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    // "12.3ZA.b": one word with a stop inside is a number.
    let is_path = || text.contains('.') && !text.contains(char::is_whitespace);
    is_number || !(is_path() || begins_with_number(text))
}

/// A number that is the same for texts of the same form, and hardly ever for others.
fn form_hash(text: &str) -> u64 {
    let mut hash = 0_u64;
    write_form(text, |c| hash = (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95));
    hash
}

/// What a line has in common with the others of its kind: its text with every number as `#`.
fn form(text: &str) -> String {
    let mut form = String::new();
    write_form(text, |c| form.push(c));
    form
}

/// Writes the form of `text` character by character.
fn write_form(text: &str, mut write: impl FnMut(char)) {
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            write(' ');
        }
        let mut digits = false;
        for c in word.chars() {
            if !c.is_ascii_digit() {
                write(c);
            } else if !digits {
                write('#');
            }
            digits = c.is_ascii_digit();
        }
    }
}

/// The forms that stand at least three times, mostly a page apart.
fn recurring(forms: &[Option<String>]) -> BTreeSet<&str> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        if let Some(form) = form {
            places.entry(form.as_str()).or_default().push(at);
        }
    }
    places.retain(|_, places| is_regular(places));
    places.into_keys().collect()
}

/// Whether the places are about a page apart from each other.
fn is_regular(places: &[usize]) -> bool {
    let mut distances: Vec<usize> =
        places.windows(2).filter_map(|pair| Some(pair.get(1)? - pair.first()?)).collect();
    distances.sort_unstable();
    let Some(&median) = distances.get(distances.len() / 2) else { return false };
    let usual =
        distances.iter().filter(|&&distance| distance * 2 >= median && distance <= median * 2 + 4).count();
    places.len() >= FEWEST
        && (SHORTEST_PAGE..=LONGEST_PAGE).contains(&median)
        && usual * 4 >= distances.len() * 3
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
        let set_off = is_set_off(lines, first, at);
        let cuts = set_off && matches!((before, text(at)), (Some(last), Some(next)) if goes_on(last, next));
        let at_page_end =
            lines.get(first..(at + 1).min(lines.len())).unwrap_or_default().iter().any(|line| line.page);
        groups.push(Group { first, end: at, cuts, at_page_end });
    }
    groups
}

/// Whether the lines from `first` to before `end` stand apart from the text around them: by blank
/// lines on both sides, or because they are much shorter than it. What stands close to
/// the text below alone begins that text.
fn is_set_off(lines: &[Line], first: usize, end: usize) -> bool {
    let gap = |at: usize| lines.get(at).map_or(0, |line| line.gap);
    if gap(end) > 0 {
        return gap(first) > 0;
    }
    let group = lines.get(first..end).unwrap_or_default();
    let around = lines.get(first.saturating_sub(3)..(end + 3).min(lines.len())).unwrap_or_default();
    let width = around.iter().map(|line| line.end).max().unwrap_or(0);
    gap(first) == 0 && group.iter().all(|line| line.end <= width / 2)
}
