//! Margin line numbers.
//!
//! A printed bill numbers its lines, and the text of a PDF has the number in front of the line, apart
//! from it ("  1  Be it enacted") or glued to it ("10to carry out"). A table of contents has
//! ascending numbers too; but a line of it begins with a capital, while the lines of running text
//! begin with any word.

use super::{Line, is_page_number, starts_lower};

/// Fewer numbered lines than this prove nothing.
const FEWEST: usize = 5;
/// Lines without a number that may stand between two numbered ones: headings, heads and feet.
const MOST_UNNUMBERED: usize = 6;

/// A line that begins with a number.
#[derive(Clone, Copy, Debug)]
struct Numbered {
    line: usize,
    value: u32,
    /// Bytes that the number takes.
    length: usize,
}

/// Takes margin line numbers off the lines.
pub(super) fn leave_out(source: &str, lines: &mut Vec<Line>) {
    let numbered = ascending(source, lines);
    let spread = match (numbered.first(), numbered.last()) {
        (Some(first), Some(last)) => last.line - first.line + 1,
        _ => 0,
    };
    let plain =
        |found: &&Numbered| rest(source, lines, found).is_some_and(|rest| starts_lower(rest.trim_start()));
    let running = numbered.iter().filter(plain).count();
    if numbered.len() < FEWEST || numbered.len() * 2 < spread || running * 5 < numbered.len() {
        return;
    }
    let mut numbered = numbered.into_iter().peekable();
    let mut at = 0;
    lines.retain_mut(|line| {
        at += 1;
        // A number alone above the first line of a page is the page's.
        if is_page_number(line.of(source))
            && numbered.peek().is_some_and(|next| next.line == at && next.value == 1)
        {
            return false;
        }
        let Some(found) = numbered.next_if(|found| found.line + 1 == at) else { return true };
        // Where nothing else stands, a blank line was numbered.
        let kept = line.of(source).len() > found.length;
        if kept {
            line.skip(source, found.length);
        }
        kept
    });
}

fn rest<'s>(source: &'s str, lines: &[Line], found: &Numbered) -> Option<&'s str> {
    lines.get(found.line)?.of(source).get(found.length..)
}

/// The lines whose numbers go on from the ones before, or begin again with 1.
fn ascending(source: &str, lines: &[Line]) -> Vec<Numbered> {
    let mut found: Vec<Numbered> = Vec::new();
    let mut run = 0;
    for (line, text) in lines.iter().enumerate().map(|(at, line)| (at, line.of(source))) {
        let Some((value, length)) = number(text) else { continue };
        let next = Numbered { line, value, length };
        let last = found.last().copied();
        let goes_on = last.is_some_and(|last| value == last.value + 1 && line - last.line <= MOST_UNNUMBERED);
        let lone = value == 1 && !goes_on;
        if goes_on {
            run += 1;
        } else if lone {
            // A run of one or two was none.
            let kept = found.len() - if run < 3 { run } else { 0 };
            found.truncate(kept);
            run = 1;
        } else {
            continue;
        }
        found.push(next);
    }
    found
}

/// The number that `text` begins with, if it may be a line number, and its length.
fn number(text: &str) -> Option<(u32, usize)> {
    text.bytes().next().filter(u8::is_ascii_digit)?;
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let value = text.get(..length)?.parse().ok().filter(|value| (1..=99).contains(value))?;
    let follows = text.get(length..)?.chars().next();
    let apart = follows.is_none_or(|c| c.is_whitespace() || c.is_alphabetic() || "“‘(‘\"'`§[".contains(c));
    apart.then_some((value, length))
}
