//! Text that is printed twice in a row: "A guard who A guard who sleeps; or sleeps; or leaves leaves
//! commits an offence."
//!
//! Some collections store each part of a sentence twice, with the numbers of its items lost. The second
//! copy says nothing new; the parts show what the lost numbers did: where the lead-in ends and each
//! item begins.

use std::collections::BTreeMap;

use super::numbering::is_quote;
use crate::text::Span;

/// How many words a repetition has at least, in a document that repeats.
const SHORT: usize = 2;
/// How many texts that begin twice show that a document repeats, how long such a beginning is at least and
/// where its copy begins at most, and by how much of it the copy is looked for, in bytes.
const ENOUGH: usize = 5;
const LONG: usize = 24;
const FAR: usize = 6000;
const KEY: usize = 16;
/// How many words a repetition has at most.
const MOST: usize = 800;
/// How many places at which the copy may begin are tried.
const PLACES: usize = 12;

/// A part of a text that repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole sentences.
    Whole,
    /// Leads in to the items that follow.
    Lead,
    Item,
    /// Completes the items before it.
    Tail,
    /// Has just been said.
    Copy,
}

/// Whether many of the texts in `spans` begin with words that they then say again.
pub(super) fn repeats(text: &str, spans: impl Iterator<Item = Span>) -> bool {
    spans.filter(|span| begins_twice(span.of(text))).take(ENOUGH).count() == ENOUGH
}

fn begins_twice(text: &str) -> bool {
    let text = text.as_bytes().trim_ascii();
    if text.len() < LONG + KEY {
        return false;
    }
    let Some(key) = text.get(..KEY) else { return false };
    let rest = text.get(1..FAR.min(text.len())).unwrap_or_default();
    // A text begins with a capital or a bracket, of which there are few.
    let first = key.first().copied().unwrap_or_default();
    let stands = |at: &usize| rest.get(*at..).is_some_and(|rest| rest.starts_with(key));
    let again = memchr::memchr_iter(first, rest).find(stands).map(|at| at + 1).filter(|at| *at >= LONG);
    let halves = again.and_then(|at| Some((text.get(..at)?.trim_ascii(), text.get(at..)?)));
    halves.is_some_and(|(first, second)| second.starts_with(first))
}

/// The parts of `text[span]`, in order; one [`Kind::Whole`] if nothing is repeated.
pub(super) fn parts(text: &str, span: Span) -> Vec<Part> {
    let words = words(text, span);
    let found = copies(&words);
    let at = |index: usize| words.get(index).map_or(span.end, |word| word.0.start);
    let mut parts: Vec<Part> = Vec::new();
    let mut done = 0;
    for (start, length) in found {
        let (from, to, end) = (at(done), at(start), at(start + length));
        if from < to {
            parts.push(Part { span: Span::new(from, to), kind: Kind::Whole });
        }
        parts.push(Part { span: Span::new(to, end), kind: Kind::Item });
        parts.push(Part { span: Span::new(end, at(start + 2 * length)), kind: Kind::Copy });
        done = start + 2 * length;
    }
    if at(done) < span.end {
        parts.push(Part { span: Span::new(at(done), span.end), kind: Kind::Whole });
    }
    name(text, &mut parts);
    parts
}

/// Tells lead-ins, items and tails apart by how they begin and end.
fn name(text: &str, parts: &mut [Part]) {
    let said: Vec<usize> = (0..parts.len())
        .filter(|&index| parts.get(index).is_some_and(|part| part.kind != Kind::Copy))
        .collect();
    let lower = |part: &Part| {
        part.span
            .of(text)
            .trim_start_matches(|c: char| is_quote(c) || c == '(')
            .starts_with(char::is_lowercase)
    };
    let ends = |part: &Part, marks: &[char]| part.span.of(text).trim_end().ends_with(marks);
    let mut listing = false;
    for (at, &index) in said.iter().enumerate() {
        let next = said.get(at + 1).and_then(|&next| parts.get(next)).copied();
        let Some(part) = parts.get_mut(index) else { continue };
        let doubled = part.kind == Kind::Item;
        let open = !ends(part, &['.', ';', ',', '?', '!']);
        let leads = open && next.is_some_and(|next| next.kind == Kind::Item && lower(&next));
        part.kind = match (doubled, listing) {
            (true, true) if lower(part) => Kind::Item,
            (false, true) if lower(part) && !leads => Kind::Tail,
            _ if leads => Kind::Lead,
            _ => Kind::Whole,
        };
        listing = match part.kind {
            Kind::Lead => true,
            Kind::Item => !ends(part, &['.']),
            Kind::Whole | Kind::Tail | Kind::Copy => false,
        };
    }
}

/// The words of `text[span]`, each with its own text.
fn words(text: &str, span: Span) -> Vec<(Span, &str)> {
    let body = span.of(text);
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in body.char_indices().chain([(body.len(), ' ')]) {
        match start {
            None if !c.is_whitespace() => start = Some(at),
            Some(from) if c.is_whitespace() => {
                let word = body.get(from..at).unwrap_or_default();
                found.push((Span::new(span.start + from as u32, span.start + at as u32), word));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The repetitions in `words`, ascending and apart: the first word and how many words are
/// said twice. Of two that begin together the longer counts.
fn copies(words: &[(Span, &str)]) -> Vec<(usize, usize)> {
    let word = |index: usize| words.get(index).map(|word| word.1);
    let mut next: Vec<usize> = vec![usize::MAX; words.len()];
    let mut last: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for index in (0..words.len().saturating_sub(1)).rev() {
        if let (Some(first), Some(second), Some(place)) = (word(index), word(index + 1), next.get_mut(index))
        {
            *place = last.insert((first, second), index).unwrap_or(usize::MAX);
        }
    }
    let mut found = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let again = |again: &usize| next.get(*again).copied().filter(|again| *again < words.len());
        let places = std::iter::successors(again(&start), again).take(PLACES);
        let lengths = places.map(|place| place - start).take_while(|length| *length <= MOST);
        let whole = |length: &usize| {
            *length >= SHORT && (0..*length).all(|index| word(start + index) == word(start + length + index))
        };
        match lengths.filter(whole).max() {
            Some(length) => {
                found.push((start, length));
                start += 2 * length;
            }
            None => start += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Kind, &str)]) {
        let found = parts(text, Span::from(0..text.len()));
        let found: Vec<(Kind, &str)> =
            found.iter().map(|part| (part.kind, part.span.of(text).trim())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn parts_of_a_text_that_repeats() {
        use Kind::{Copy, Item, Lead, Tail, Whole};
        check(
            "A guard shall rest. A guard shall rest.",
            &[(Whole, "A guard shall rest."), (Copy, "A guard shall rest.")],
        );
        check("A guard shall rest. A guard may sleep.", &[(Whole, "A guard shall rest. A guard may sleep.")]);
        check(
            "A guard who A guard who sleeps at noon; or sleeps at noon; or leaves his post leaves his post commits an offence. He is tried.",
            &[
                (Lead, "A guard who"),
                (Copy, "A guard who"),
                (Item, "sleeps at noon; or"),
                (Copy, "sleeps at noon; or"),
                (Item, "leaves his post"),
                (Copy, "leaves his post"),
                (Tail, "commits an offence. He is tried."),
            ],
        );
        check(
            "A guard may wait for the relief, or for the relief, or leave at once. leave at once.",
            &[
                (Lead, "A guard may wait"),
                (Item, "for the relief, or"),
                (Copy, "for the relief, or"),
                (Item, "leave at once."),
                (Copy, "leave at once."),
            ],
        );
    }

    #[test]
    fn long_texts_are_read_in_time() {
        for text in ["a guard ".repeat(60_000), "x y z ".repeat(50_000), "who ".repeat(100_000)] {
            assert!(!parts(&text, Span::from(0..text.len())).is_empty());
        }
    }

    #[test]
    fn documents_that_repeat() {
        let long =
            "A guard shall keep a record of every letter. A guard shall keep a record of every letter.";
        let spans = |count| std::iter::repeat_n(Span::from(0..long.len()), count);
        assert!(repeats(long, spans(5)));
        assert!(!repeats(long, spans(4)));
    }
}
