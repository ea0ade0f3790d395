//! What the printer put on the page: margin line numbers, page numbers, running heads and feet.
//!
//! It stands in the middle of sentences and is no part of them. That is also how it is told apart:
//! a line is left out where it recurs at page distance *and* cuts sentences in two, or where its
//! form is one that only a printer uses. A number that could be a provision's own is kept.

mod margin;
mod running;

use super::Line;
use super::layout::{ends_sentence, starts_lower};

/// Takes the furniture out of `lines`.
pub fn leave_out_furniture(source: &str, lines: &mut Vec<Line>) {
    take_out(lines, &printers_marks(source, lines));
    take_out_rules(source, lines);
    margin::leave_out(source, lines);
    take_out(lines, &running::find(source, lines));
}

/// The indices of the lines that only a printer writes, and of the page numbers beside them.
fn printers_marks(source: &str, lines: &[Line]) -> Vec<usize> {
    let is_mark = |at: usize| lines.get(at).is_some_and(|line| may_be_mark(line.of(source)));
    let is_number = |at: usize| lines.get(at).is_some_and(|line| is_page_number(line.of(source)));
    let beside = |at: usize| at.checked_sub(1).is_some_and(is_mark) || is_mark(at + 1);
    (0..lines.len()).filter(|&at| is_mark(at) || (is_number(at) && beside(at))).collect()
}

/// Whether a line is a printer's mark; its first bytes say of most that they are none.
fn may_be_mark(text: &str) -> bool {
    let may_be = match text.as_bytes() {
        [b'0'..=b'9' | b'(' | b'[' | b' ' | b'\t', ..] => true,
        [first, second, ..] if first.is_ascii() => matches!(second, b':' | b'.') || text.starts_with("Ver"),
        _ => true,
    };
    may_be && is_printers_mark(text)
}

/// A number alone on its line, between dashes or not.
fn is_page_number(text: &str) -> bool {
    if text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'(') {
        return false;
    }
    let number = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Removes the lines at the ascending indices `furniture`; the blank lines around them say nothing.
fn take_out(lines: &mut Vec<Line>, furniture: &[usize]) {
    if furniture.is_empty() {
        return;
    }
    let mut furniture = furniture.iter().copied().peekable();
    let (mut at, mut gap, mut left_out) = (0, 0, false);
    lines.retain_mut(|line| {
        at += 1;
        if furniture.next_if(|index| index + 1 == at).is_some() {
            gap = line.gap.max(gap);
            left_out = true;
            return false;
        }
        if left_out {
            line.gap = line.gap.max(gap);
            line.page = true;
        }
        (gap, left_out) = (0, false);
        true
    });
}

/// Lines drawn with underscores or the like part blocks.
fn take_out_rules(source: &str, lines: &mut Vec<Line>) {
    let mut rule = false;
    lines.retain_mut(|line| {
        let text = line.of(source);
        let drawn = |mark: &u8| text.bytes().all(|byte| byte == *mark);
        if text.len() >= 5 && [b'_', b'=', b'-', b'~'].iter().any(drawn) {
            rule = true;
            return false;
        }
        if rule {
            line.gap = line.gap.max(1);
        }
        rule = false;
        true
    });
}

/// Whether the sentence that `last` is part of goes on in `next`.
fn goes_on(last: &str, next: &str) -> bool {
    !ends_sentence(last) && last.ends_with(|c: char| c.is_alphanumeric() || c == '-') && starts_lower(next)
}

/// The marks of the United States Government Publishing Office, which stand on every page.
fn is_printers_mark(text: &str) -> bool {
    let bulleted = text.strip_prefix(['•', '†']).is_some_and(is_bill_number);
    let page =
        text.strip_prefix("[[Page ").or_else(|| text.strip_prefix("[Page ")).is_some_and(is_page_label);
    let drive = text.get(1..).is_some_and(|rest| rest.starts_with(":\\"))
        && text.starts_with(|c: char| c.is_ascii_alphabetic());
    bulleted || page || drive || text.starts_with("VerDate ") || is_job_number(text) || is_bill_head(text)
}

/// "A. 1646--A                2": the number of a bill and that of the page, far apart.
fn is_bill_head(text: &str) -> bool {
    let Some((left, right)) = text.split_once("      ") else { return false };
    let is_page =
        |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_bill = |text: &str| {
        let Some((house, number)) = text.split_once(". ") else { return false };
        let (number, print) = number.split_once("--").unwrap_or((number, "A"));
        let capital = |text: &str| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        capital(house)
            && capital(print)
            && number.len() <= 6
            && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (left, right) = (left.trim(), right.trim());
    (is_bill(left) && is_page(right)) || (is_page(left) && is_bill(right))
}

/// "HR 1234 IH", "S 2 ES".
fn is_bill_number(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let capitals =
        |word: &&str| word.chars().all(|c| c.is_ascii_uppercase() || c == '.' || c.is_ascii_digit());
    (2..=5).contains(&words.len())
        && words.iter().all(capitals)
        && words.iter().any(|word| word.chars().all(|c| c.is_ascii_digit()))
}

fn is_page_label(text: &str) -> bool {
    let label = text.trim_end_matches(']');
    label.len() < text.len()
        && label.len() <= 20
        && label.chars().all(|c| c.is_ascii_alphanumeric() || " .-".contains(c))
}

/// "(768425|4)".
fn is_job_number(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.is_some_and(|inner| {
        inner.contains('|') && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '|' | ' ' | '\u{b7}'))
    })
}

#[cfg(test)]
mod tests;
