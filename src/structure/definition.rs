//! Definitions: which term, and what it is said to mean.

use super::inline::floor;
use super::layout::Marks;
use super::numbering::{is_dash, is_quote};
use super::passage::trim;
use super::{Definition, Passage};
use crate::language::{Cue, Zone};
use crate::text::Span;

/// How far into a passage the term may stand, in bytes.
const REACH: u32 = 320;

/// The definitions that the passages make.
pub(super) fn definitions(text: &str, marks: Marks<'_>, passages: &[Passage]) -> Vec<Definition> {
    let mut found = Vec::new();
    for (index, passage) in
        passages.iter().enumerate().filter(|(_, passage)| passage.zone == Zone::Definition)
    {
        let Some((term, verb)) = find(text, marks, passage.span, true) else { continue };
        let end = meaning_end(passages, index);
        let rest = Span::new(verb.end, end).of(text);
        let dash =
            rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || is_dash(c) || c == ':').len();
        let meaning = trim(text, Span::new(verb.end + dash as u32, end));
        if !meaning.is_empty() {
            found.push(Definition { term, meaning });
        }
    }
    found
}

/// The end of the last item that the passage leads in to, or its own.
fn meaning_end(passages: &[Passage], index: usize) -> u32 {
    let own = passages.get(index).map_or(0, |passage| passage.span.end);
    let follows = |passage: &&Passage| passage.lead().is_some_and(|lead| lead >= index);
    let last = passages.get(index + 1..).unwrap_or_default().iter().take_while(follows).last();
    last.map_or(own, |last| last.span.end)
}

/// The term that the passage defines, quotation marks left out, and the verb. An unquoted term needs
/// a word such as "the term" before it, unless the passage stands among definitions (`loose`).
pub(super) fn find(text: &str, marks: Marks<'_>, span: Span, loose: bool) -> Option<(Span, Span)> {
    let reach = floor(text, (span.start + REACH).min(span.end) as usize) as u32;
    let head = Span::new(span.start, reach);
    let verb = marks.inside(head).filter(|mark| mark.cue == Cue::Means).map(|mark| mark.span).next()?;
    let before = Span::new(span.start, verb.start);
    let words = before.of(text);
    if words.contains(['.', ';']) && !words.trim_start().starts_with(is_quote) {
        return None;
    }
    quoted(text, before)
        .or_else(|| introduced(text, marks, before))
        .or_else(|| loose.then(|| plain(text, before)).flatten())
        .map(|term| (term, verb))
}

/// The last term in quotation marks that stands before the verb and near it.
fn quoted(text: &str, before: Span) -> Option<Span> {
    let words = before.of(text);
    let double =
        |c: char| matches!(c, '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2018}' | '\u{2019}');
    let first = words.find(double)?;
    let opening = words.get(first..)?.chars().next()?;
    let inner = first + opening.len_utf8();
    let close = inner + words.get(inner..)?.find(double)?;
    let lead = words.get(..first)?;
    let short = close - inner <= 120 && close > inner && before.len() as usize - close <= 180;
    let begins = lead.len() <= 120 || lead.trim_end().ends_with(['\u{2014}', ':', ',', '-']);
    let term = Span::new(before.start + inner as u32, before.start + close as u32);
    (short && begins).then(|| trim(text, term))
}

/// "the term cybersecurity purpose means".
fn introduced(text: &str, marks: Marks<'_>, before: Span) -> Option<Span> {
    let lead = marks.inside(before).filter(|mark| mark.cue == Cue::Term).last()?;
    let term = trim(text, Span::new(lead.span.end, before.end));
    (!term.is_empty() && term.len() <= 120).then_some(term)
}

/// A few words up to the verb: "Access refers to".
fn plain(text: &str, before: Span) -> Option<Span> {
    let term = trim(text, before);
    let words = term.of(text).split(' ').count();
    (!term.is_empty() && words <= 6).then_some(term)
}
