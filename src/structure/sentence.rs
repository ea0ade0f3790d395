//! Sentences: where a passage of law stops for breath.
//!
//! Law is full of full stops that end nothing: "No. 5", "Art. 7", "18 U.S.C. 2703", "Smith v. Jones".
//! A full stop ends a sentence if a space and a capital letter, a number or a quotation mark follow
//! and the word before is no abbreviation. What goes on for longer than any sentence of law is cut, so
//! that work on a sentence stays bounded.

use super::numbering::is_quote;
use crate::text::Span;

/// The longest sentence, in bytes; the longest in the acts looked at has a third of that.
const LONGEST: usize = 12_000;

/// The sentences of `text[span]`, white space at their ends left out.
pub(super) fn sentences(text: &str, span: Span, abbreviations: &[String]) -> Vec<Span> {
    let body = span.of(text);
    let mut found = Vec::new();
    let mut start = 0;
    for at in memchr::memchr3_iter(b'.', b'?', b'!', body.as_bytes()) {
        let Some(end) = sentence_end(body, at, abbreviations).filter(|_| at >= start) else { continue };
        push(&mut found, body, start..end, span.start);
        start = end;
    }
    push(&mut found, body, start..body.len(), span.start);
    found
}

fn push(found: &mut Vec<Span>, body: &str, mut range: std::ops::Range<usize>, base: u32) {
    while range.len() > LONGEST {
        let most = super::inline::floor(body, range.start + LONGEST);
        let head = body.get(range.start..most).unwrap_or_default();
        let cut =
            range.start + head.rfind([';', ' ']).filter(|&cut| cut > 0).map_or(head.len(), |cut| cut + 1);
        push(found, body, range.start..cut, base);
        range.start = cut;
    }
    let text = body.get(range.clone()).unwrap_or_default();
    let lead = text.len() - text.trim_start().len();
    let kept = text.trim();
    if !kept.is_empty() {
        let start = base + (range.start + lead) as u32;
        found.push(Span::new(start, start + kept.len() as u32));
    }
}

/// Where the sentence ends whose last mark may stand at `at`.
fn sentence_end(body: &str, at: usize, abbreviations: &[String]) -> Option<usize> {
    let after = body.get(at + 1..)?;
    let closed = after.trim_start_matches(|c: char| is_quote(c) || matches!(c, ')' | ']'));
    let end = at + 1 + after.len() - closed.len();
    if closed.is_empty() {
        return Some(end);
    }
    let next = closed.strip_prefix(char::is_whitespace)?.trim_start();
    let next = next.trim_start_matches(|c: char| is_quote(c) || matches!(c, '(' | '['));
    if next.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';')) {
        return None;
    }
    if body.as_bytes().get(at) != Some(&b'.') || end > at + 1 {
        return Some(end);
    }
    (!is_abbreviation(body.get(..at)?, next, abbreviations)).then_some(end)
}

/// Whether the word at the end of `head` is written with a full stop; `next` follows it.
fn is_abbreviation(head: &str, next: &str, abbreviations: &[String]) -> bool {
    let kept = head.trim_end_matches(|c: char| c.is_alphanumeric() || c == '.');
    let word = head.get(kept.len()..).unwrap_or_default();
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
        return true;
    }
    if word.len() > 8 || !word.contains(|c: char| c.is_alphabetic()) {
        // "5. The Authority": a number ends a sentence before a capital letter only.
        return word.len() <= 3 && kept.is_empty() && !word.is_empty()
            || next.starts_with(|c: char| c.is_ascii_digit());
    }
    let lower = word.to_lowercase();
    abbreviations.contains(&lower)
}

/// The last sentence of `text[span]`, looked for in its last `most` bytes.
pub(super) fn last_sentence(text: &str, span: Span, abbreviations: &[String], most: u32) -> Option<Span> {
    let start = super::inline::floor(text, span.end.saturating_sub(most).max(span.start) as usize);
    sentences(text, Span::new(start as u32, span.end), abbreviations).last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &[&str]) {
        let text = expected.join(" ");
        let abbreviations: Vec<String> = ["no", "art", "u.s.c", "v", "e.g"].map(str::to_owned).to_vec();
        let found = sentences(&text, Span::from(0..text.len()), &abbreviations);
        let found: Vec<&str> = found.iter().map(|span| span.of(&text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_and_numbers_do_not_end_sentences() {
        check(&["An operator shall keep records.", "It shall publish them."]);
        check(&["See Act No. 5 of 2001 and Art. 7 of the Code.", "It applies."]);
        check(&["Under 18 U.S.C. 2703 a court may act."]);
        check(&["In Smith v. Jones the court held so.", "A. Smith agreed."]);
        check(&["The rate is 2.5 per cent.", "\u{201c}Rate\u{201d} means that."]);
        check(&["A word (e.g. this one) counts.", "Who knows?", "Nobody."]);
        check(&["He said \u{201c}stop.\u{201d}", "They stopped."]);
    }

    #[test]
    fn what_never_ends_is_cut() {
        for text in ["the operator shall report, ".repeat(2_000), "x".repeat(50_000), "é".repeat(20_000)] {
            let found = sentences(&text, Span::from(0..text.len()), &[]);
            assert!(found.iter().all(|span| span.len() as usize <= LONGEST) && found.len() > 3);
            let kept: usize =
                found.iter().map(|span| span.of(&text).chars().filter(|c| !c.is_whitespace()).count()).sum();
            assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).count());
        }
    }
}
