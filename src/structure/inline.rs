//! Numbers inside a block: "A person shall not (a) do this; or (b) do that. (2) ...".
//!
//! Most bracketed numbers in running text are references ("section 5(2)(a)"). What stands before the
//! bracket tells them apart, and whether a next number follows.

use std::borrow::Cow;

use super::layout::Marks;
use super::numbering::{Fit, Place, Shape, bracketed, is_dash, is_quote, places};
use super::opening::{Token, TokenKind};
use crate::language::{Cue, Mark, StructureCues};
use crate::text::Span;

/// How many words the subject of a second lead-in has at most.
const SUBJECT: usize = 12;

/// A bracketed number in running text that may begin an item.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'d> {
    pub(super) token: Token<'d>,
    pub(super) before: Before,
    /// Whether a capital letter or a quotation mark follows.
    pub(super) capital: bool,
    /// Whether the next number of its list follows, set off as items are.
    pub(super) followed: bool,
}

/// What stands before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// A dash or a colon.
    LeadIn,
    /// A full stop.
    Stop,
    /// A semicolon or comma, a conjunction after it or not.
    Separator,
    /// A conjunction alone.
    Conjunction,
    /// A word of reference after which a list may begin all the same ("of").
    Reference,
    /// Another number.
    Number,
    /// Any other word.
    Word,
}

/// The candidates in `text[span]`, in order; references are left out.
/// `headed` if a heading stands before them in the same block.
pub(super) fn candidates<'d>(
    text: &'d str,
    span: Span,
    headed: bool,
    cues: &StructureCues,
) -> Vec<Candidate<'d>> {
    let body = span.of(text);
    let mut found: Vec<Candidate<'d>> = Vec::new();
    let mut reference_end = None;
    let mut number_end = None;
    for at in memchr::memchr_iter(b'(', body.as_bytes()) {
        let (Some(head), Some(tail)) = (body.get(..at), body.get(at..)) else { continue };
        let Some((length, number)) = bracketed(tail) else { continue };
        let head = without_note_mark(head);
        let places = places(number);
        if places.iter().all(Option::is_none) {
            continue;
        }
        let after = tail.get(length..).unwrap_or_default();
        let set_off = (headed && head.is_empty()
            || head.ends_with(|c: char| c.is_whitespace() || is_dash(c) || is_quote(c) || c == ':'))
            && after.starts_with(|c: char| c.is_whitespace() || is_dash(c) || is_quote(c) || c == '(');
        let before = if number_end == Some(at) { Some(Before::Number) } else { what_stands(head, cues) };
        let before = before.filter(|before| *before != Before::Reference || opens_item(after, cues));
        let chained = reference_end.is_some_and(|end| joins(body.get(end..at).unwrap_or_default(), cues));
        if !set_off || before.is_none() || chained {
            reference_end = Some(at + length);
            continue;
        }
        let start = span.start as usize + at;
        let kind = TokenKind::Item(Shape::Bracketed);
        let token = Token { span: Span::from(start..start + length), kind, label: Cow::Borrowed(number) };
        let text = after.trim_start();
        number_end = Some(at + length + after.len() - text.len());
        let capital = text.starts_with(|c: char| c.is_uppercase() || is_quote(c));
        let before = before.unwrap_or(Before::Word);
        found.push(Candidate { token, before, capital, followed: false });
    }
    look_ahead(&mut found);
    found.retain(|found| found.before != Before::Reference || found.followed);
    found
}

/// Whether the text after a number is that of an item: a word, and no word that joins references.
fn opens_item(text: &str, cues: &StructureCues) -> bool {
    let text = text.trim_start();
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    !word.is_empty()
        && [&cues.conjunctions, &cues.references].iter().all(|known| known.iter().all(|known| known != word))
}

/// Marks the candidates whose next number follows within a few candidates.
fn look_ahead(found: &mut [Candidate<'_>]) {
    for index in 0..found.len() {
        let (done, rest) = found.split_at_mut(index + 1);
        let Some(this) = done.last_mut() else { continue };
        let first = this.token.places().into_iter().flatten().find(|place| place.is_first());
        let Some(first) = first else { continue };
        this.followed = rest.iter().take(40).find_map(|next| follows(first, next)).unwrap_or(false);
    }
}

/// Whether `next` goes on the list that `first` begins; `None` if it says nothing about it.
fn follows(first: Place, next: &Candidate<'_>) -> Option<bool> {
    let same = |place: &Place| place.series == first.series;
    let place = next.token.places().into_iter().flatten().find(same)?;
    if place.is_first() {
        return Some(false);
    }
    let is_next = place.after(first) == Some(Fit::Next);
    is_next.then_some(matches!(next.before, Before::Separator | Before::Stop | Before::LeadIn))
}

/// What stands at the end of `head`; `None` if a number after it is a reference.
fn what_stands(head: &str, cues: &StructureCues) -> Option<Before> {
    let head = head.trim_end_matches(|c: char| c.is_whitespace() || is_quote(c));
    let Some(last) = head.chars().next_back() else { return Some(Before::LeadIn) };
    match last {
        ':' => return Some(Before::LeadIn),
        c if is_dash(c) => return Some(Before::LeadIn),
        ';' | ',' => return Some(Before::Separator),
        '.' | '?' | '!' | ']' => return Some(Before::Stop),
        c if !c.is_alphanumeric() && c != ')' => return Some(Before::Word),
        _ => {}
    }
    let word = last_word(head);
    let is_one_of = |known: &[String]| known.iter().any(|known| is_lower(word, known));
    if is_one_of(&cues.conjunctions) {
        let earlier = head.get(..head.len() - word.len()).unwrap_or_default().trim_end();
        let separated = earlier.ends_with([';', ',', '.']);
        return Some(if separated { Before::Separator } else { Before::Conjunction });
    }
    if is_one_of(&cues.introducing) {
        return Some(Before::Reference);
    }
    (!is_one_of(&cues.references)).then_some(Before::Word)
}

/// Whether `word` in lower case is `known`.
pub(super) fn is_lower(word: &str, known: &str) -> bool {
    if !word.is_ascii() {
        return word.to_lowercase() == known;
    }
    word.len() == known.len()
        && word.bytes().zip(known.bytes()).all(|(byte, known)| byte.to_ascii_lowercase() == known)
}

fn last_word(text: &str) -> &str {
    let kept = text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '-' || c == '/');
    text.get(kept.len()..).unwrap_or_default()
}

/// Whether `between` only joins two references: "(1) and (2)", "(a), (b) or (c)".
fn joins(between: &str, cues: &StructureCues) -> bool {
    between.len() <= 12
        && between
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty())
            .all(|word| cues.conjunctions.iter().any(|known| known == word))
}

/// The definitions that open with their quoted term in `text[span]`: `"access" means`; `marks` are the
/// cues of the document, their spans led to the text. The place of each opening quotation mark.
pub(super) fn entries(text: &str, span: Span, marks: Marks<'_>) -> Vec<u32> {
    let body = span.of(text);
    let inside = marks.up_to(span);
    let mut found: Vec<u32> = Vec::new();
    for mark in inside.filter(|mark| mark.cue == Cue::Means) {
        let Some(start) = entry_start(body, (mark.span.start - span.start) as usize) else { continue };
        let at = span.start + start as u32;
        if found.last().is_none_or(|last| *last < at) {
            found.push(at);
        }
    }
    found
}

/// Where the definition begins whose verb stands at `verb`, if its term is quoted and it stands at a
/// place where definitions begin.
fn entry_start(body: &str, verb: usize) -> Option<usize> {
    let double = |c: char| matches!(c, '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}');
    let window = floor(body, verb.saturating_sub(240));
    let head = body.get(window..verb)?;
    let close = head.rfind(double)?;
    let before_close = head.get(..close)?;
    let open = before_close.rfind(double)?;
    let term = before_close.get(open..)?;
    let between = head.get(close..)?;
    let plain = term.len() <= 120 && between.len() <= 160 && !between.contains([';', '.', '(']);
    let earlier = without_note_mark(body.get(..window + open)?).trim_end();
    let begins =
        earlier.is_empty() || earlier.ends_with(|c: char| is_dash(c) || matches!(c, ';' | ':' | '.' | ']'));
    (plain && begins).then_some(window + open)
}

/// Where the text begins that completes the list whose last item `text[span]` opens: "call a friend;
/// shall be guilty of an offence".
pub(super) fn tail(text: &str, span: Span, marks: Marks<'_>) -> Option<u32> {
    let completes = |mark: &&Mark| {
        let head = Span::new(span.start, mark.span.start).of(text).trim_end();
        let last = head.ends_with(',') && !Span::new(mark.span.end, span.end).of(text).contains(';');
        head.ends_with(';') || (last && mark.span.of(text).contains(' '))
    };
    marks.inside(span).filter(|mark| mark.cue == Cue::Tail).find(completes).map(|mark| mark.span.start)
}

/// Whether `text` announces a list: it ends with a colon or a dash.
pub(super) fn announces(text: &str) -> bool {
    text.trim_end().ends_with(|c: char| c == ':' || is_dash(c))
}

/// Where a second lead-in begins in the last item of a list of conditions: "Where: (a) a letter is lost;
/// and (b) its owner asks, the Board may order the carrier to:".
pub(super) fn second_lead(text: &str, lead: Span, span: Span, marks: Marks<'_>) -> Option<u32> {
    if !announces(span.of(text)) || marks.has(lead, Cue::Tail) {
        return None;
    }
    let mark = marks.inside(span).find(|mark| mark.cue == Cue::Tail)?;
    let head = Span::new(span.start, mark.span.start).of(text);
    let comma = head.rfind([',', ';'])?;
    let subject = head.get(comma + 1..)?;
    let short = subject.split_whitespace().count() <= SUBJECT && !subject.trim().is_empty();
    short.then_some(span.start + (head.len() - subject.trim_start().len()) as u32)
}

/// `head` without the mark of an amendment note at its end: "F12[", "1[", "[".
fn without_note_mark(head: &str) -> &str {
    let Some(bare) = head.strip_suffix('[') else { return head };
    let kept = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    kept.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(kept)
}

/// The greatest character boundary at or below `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
