//! Sections that a draft inserts into another law, run together with their titles in one block: "... is
//! amended by the insertion of the following: "163A. Opening of letters (1) Any person who ...".
//!
//! No line tells such a section from a reference; its title does, between its number and the number of
//! its first subsection.

use std::borrow::Cow;

use super::inline::floor;
use super::layout::Marks;
use super::numbering::{is_dash, is_quote};
use super::opening::{Token, TokenKind};
use super::passage::trim;
use crate::language::{Cue, StructureCues};
use crate::text::Span;

/// How long the number and title are together at most, in bytes.
const REACH: usize = 150;
/// How many words a title has at most.
const WORDS: usize = 16;
/// What stands between a title and its text.
const FIRST: &[u8] = b" (1) ";

/// A section that stands inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inserted<'d> {
    /// Its number.
    pub(super) token: Token<'d>,
    /// Its title; the number of its first subsection follows.
    pub(super) title: Span,
}

/// The sections inside `text[span]`, in order; none where the block does not amend another law.
pub(super) fn inserted<'d>(
    text: &'d str,
    span: Span,
    marks: Marks<'_>,
    cues: &StructureCues,
) -> Vec<Inserted<'d>> {
    let body = span.of(text);
    let amends = marks.has(span, Cue::Amending) || marks.has(span, Cue::Insert);
    if !amends || body.len() < REACH {
        return Vec::new();
    }
    let firsts = memchr::memmem::find_iter(body.as_bytes(), FIRST);
    let found = firsts.filter_map(|at| {
        let from = floor(body, at.saturating_sub(REACH));
        let head = Span::new(span.start + from as u32, span.start + at as u32);
        let capital = body.get(at + FIRST.len()..)?.starts_with(char::is_uppercase);
        capital.then(|| titled(text, head, marks, cues)).flatten()
    });
    found.collect()
}

/// The section whose number and title end at the end of `head`.
fn titled<'d>(text: &'d str, head: Span, marks: Marks<'_>, cues: &StructureCues) -> Option<Inserted<'d>> {
    let words = head.of(text);
    let starts = words.match_indices(|c: char| c == ' ' || is_quote(c)).map(|(at, mark)| at + mark.len());
    let starts: Vec<usize> = starts.collect();
    starts.into_iter().rev().take(WORDS + 1).find_map(|at| {
        let (number, after) = words.get(at..)?.split_once(' ')?;
        let label = number.trim_end_matches('.');
        let dotted = label.len() < number.len();
        let digits = label.bytes().take_while(u8::is_ascii_digit).count();
        let letters = label.get(digits..)?;
        let plain = (1..=4).contains(&digits)
            && letters.len() <= 2
            && letters.bytes().all(|letter| letter.is_ascii_uppercase());
        let before = words.get(..at)?;
        let set_off = dotted || !letters.is_empty() || before.ends_with(is_quote);
        let title = trim(text, Span::new(head.end - after.len() as u32, head.end));
        let start = head.start + at as u32;
        let titled = is_title(title.of(text)) && !marks.has(title, Cue::Verb);
        let found = plain && set_off && titled && !is_reference(before, cues);
        let span = Span::new(start, start + number.len() as u32);
        let token = Token { span, kind: TokenKind::Bare, label: Cow::Borrowed(label) };
        found.then_some(Inserted { token, title })
    })
}

/// Whether `title` reads like the title of a section: capital, no mark inside.
fn is_title(title: &str) -> bool {
    title.starts_with(char::is_uppercase)
        && !title.contains(['.', ';', ':', '(', '"', '\u{201c}', '\u{201d}', '\u{2014}'])
}

/// Whether a number after `before` names a provision elsewhere: "section 4".
fn is_reference(before: &str, cues: &StructureCues) -> bool {
    let word =
        before.trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
    let lower = word.to_lowercase();
    let ends = before.trim_end().ends_with(|c: char| c == '.' || is_quote(c) || is_dash(c));
    !ends && cues.references.contains(&lower)
}

/// Whether the text before a number closes the quotation of what is inserted: `it is lost.".`
pub(super) fn closes(before: &str) -> bool {
    let head = before.trim_end();
    let bare = head.trim_end_matches(['.', ';', ',']);
    bare.len() < head.len() && bare.ends_with(is_quote)
}
