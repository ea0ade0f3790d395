//! Amendments: which text a draft strikes and which it inserts.
//!
//! Plain text often has no quotation marks around the struck words, so the verb decides: what stands
//! between "by striking" and "and inserting" is struck. Outside law that amends ("by deleting the data")
//! the verbs mean what they say, so they count only where an amendment is announced or a quotation
//! follows.

use super::Passage;
use super::layout::Marks;
use super::passage::trim;
use crate::document::Change;
use crate::language::{Cue, Zone};
use crate::text::Span;

/// How far after an amending verb the quotation that it strikes begins, in bytes.
const NEAR: u32 = 40;
/// The longest stretch of struck words that is looked for, in bytes.
const LONGEST: u32 = 20_000;

/// Marks inserted passages and cuts struck words out into passages of their own.
pub(super) fn apply(
    text: &str,
    marks: Marks<'_>,
    changes: &[(Span, Change)],
    mut passages: Vec<Passage>,
) -> Vec<Passage> {
    let mut amending: Vec<bool> = Vec::with_capacity(passages.len());
    let mut inserting: Vec<bool> = Vec::with_capacity(passages.len());
    let mut cuts: Vec<Cut> = Vec::new();
    for (index, passage) in passages.iter_mut().enumerate() {
        let above =
            |known: &[bool]| passage.lead().and_then(|lead| known.get(lead).copied()).unwrap_or(false);
        let shown = marks.cues(passage.span);
        let amends = above(&amending) || shown.any(&[Cue::Amending]);
        let strikes = shown.any(&[Cue::Strike, Cue::StrikeQuoted, Cue::Replace])
            && !matches!(passage.zone, Zone::Heading | Zone::Contents | Zone::Note);
        let mut struck = if strikes { struck(text, marks, passage.span, amends) } else { Vec::new() };
        struck.extend(changed(changes, passage.span, Change::Deleted));
        struck.sort_unstable();
        let inserted = passage.inserted || above(&inserting) || inserts_all(changes, passage.span);
        amending.push(amends);
        inserting
            .push(passage.inserted || above(&inserting) || ends_inserting(text, marks, passage.span, amends));
        if struck.is_empty() {
            keep(text, passage, inserted);
            continue;
        }
        let pieces = cut(text, marks, passage, &struck, inserted, amends);
        match pieces.as_slice() {
            [piece] => *passage = piece.clone(),
            _ => cuts.push(Cut { index, before: 0, pieces }),
        }
    }
    if cuts.is_empty() { passages } else { join(passages, cuts) }
}

/// A passage that is cut into several.
struct Cut {
    /// Its place among the passages before any was cut.
    index: usize,
    /// By how much it moves, because of the cuts before it.
    before: usize,
    /// Two or more.
    pieces: Vec<Passage>,
}

fn changed(changes: &[(Span, Change)], span: Span, wanted: Change) -> impl Iterator<Item = Span> {
    let first = changes.partition_point(|(change, _)| change.end <= span.start);
    let rest = changes.get(first..).unwrap_or_default().iter();
    rest.take_while(move |(change, _)| change.start < span.end)
        .filter(move |(_, change)| *change == wanted)
        .filter_map(move |(change, _)| change.intersection(span))
}

fn inserts_all(changes: &[(Span, Change)], span: Span) -> bool {
    let inserted: u32 = changed(changes, span, Change::Inserted).map(Span::len).sum();
    inserted * 2 > span.len()
}

/// Whether the passage ends in words after which its items are inserted text.
fn ends_inserting(text: &str, marks: Marks<'_>, span: Span, amends: bool) -> bool {
    let body = span.of(text);
    let near = Span::new(
        super::inline::floor(text, span.end.saturating_sub(90).max(span.start) as usize) as u32,
        span.end,
    );
    amends && body.ends_with([':', '\u{2014}', '-']) && marks.has(near, Cue::Insert)
}

/// The spans that the words of a passage strike.
fn struck(text: &str, marks: Marks<'_>, span: Span, amends: bool) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let strikes = |cue| matches!(cue, Cue::Strike | Cue::StrikeQuoted | Cue::Replace);
    for mark in marks.inside(span).filter(|mark| strikes(mark.cue)) {
        let after = found.last().is_none_or(|last| last.end <= mark.span.start);
        if !after {
            continue;
        }
        let rest = trim(text, Span::new(mark.span.end, span.end));
        let near = quotation(text, rest);
        let span = match mark.cue {
            Cue::Strike if amends => near.or_else(|| Some(up_to_insertion(text, marks, rest))),
            Cue::Strike => near.filter(|quoted| quoted.start <= rest.start + 12),
            Cue::StrikeQuoted if amends || mark.span.start == span.start => near,
            Cue::Replace => near.filter(|quoted| {
                let after = Span::new(quoted.end, (quoted.end + 60).min(span.end));
                quoted.start <= rest.start + 24 && marks.has(after, Cue::Insert)
            }),
            Cue::StrikeQuoted
            | Cue::Amending
            | Cue::Insert
            | Cue::Means
            | Cue::Term
            | Cue::Verb
            | Cue::LeadIn
            | Cue::DefinitionHeading
            | Cue::PurposeHeading
            | Cue::RecitalHeading
            | Cue::NoteHeading
            | Cue::RepealedHeading
            | Cue::ContentsHeading
            | Cue::Note
            | Cue::Recital
            | Cue::Purpose
            | Cue::Tail
            | Cue::Contents => None,
        };
        found.extend(span.map(|span| trim(text, span)).filter(|span| !span.is_empty()));
    }
    found
}

/// The quotation that begins within the first words of `span`, its marks included.
fn quotation(text: &str, span: Span) -> Option<Span> {
    let near = super::inline::floor(text, (span.start + NEAR + 4).min(span.end) as usize) as u32;
    let open = Span::new(span.start, near).of(text).find(['"', '\u{201c}', '\u{2018}', '\u{ab}'])?;
    if open as u32 > NEAR {
        return None;
    }
    let far = super::inline::floor(text, span.start.saturating_add(LONGEST).min(span.end) as usize) as u32;
    let body = Span::new(span.start, far).of(text);
    let mark = body.get(open..)?.chars().next()?;
    let closing = match mark {
        '\u{201c}' => '\u{201d}',
        '\u{2018}' => '\u{2019}',
        '\u{ab}' => '\u{bb}',
        other => other,
    };
    let inner = open + mark.len_utf8();
    let close = body.get(inner..)?.find(closing)? + inner + closing.len_utf8();
    Some(Span::new(span.start + open as u32, span.start + close as u32))
}

/// Struck words without quotation marks: up to the insertion, a semicolon, or the end.
fn up_to_insertion(text: &str, marks: Marks<'_>, rest: Span) -> Span {
    let far = super::inline::floor(text, rest.start.saturating_add(LONGEST).min(rest.end) as usize) as u32;
    let rest = Span::new(rest.start, far);
    let stop = rest.of(text).find(';').map_or(rest.end, |at| rest.start + at as u32);
    let insert = marks
        .inside(Span::new(rest.start, stop))
        .find(|mark| mark.cue == Cue::Insert)
        .map_or(rest.end, |mark| mark.span.start);
    Span::new(rest.start, stop.min(insert))
}

/// Settles a passage of which nothing is struck.
fn keep(text: &str, passage: &mut Passage, inserted: bool) {
    let span = trim(text, passage.span);
    let struck = passage.zone == Zone::Struck;
    if !span.is_empty() && (struck || span.of(text).contains(char::is_alphanumeric)) {
        (passage.span, passage.inserted) = (span, !struck && inserted);
    }
}

/// Cuts a passage at its struck spans.
fn cut(
    text: &str,
    marks: Marks<'_>,
    passage: &Passage,
    struck: &[Span],
    inserted: bool,
    amends: bool,
) -> Vec<Passage> {
    let mut pieces: Vec<Passage> = Vec::new();
    let mut push = |span: Span, zone: Zone| {
        let span = trim(text, span);
        if span.is_empty() || (zone != Zone::Struck && !span.of(text).contains(char::is_alphanumeric)) {
            return;
        }
        let first = marks.inside(span).find(|mark| mark.cue == Cue::Insert);
        let begins =
            amends && first.is_some_and(|mark| mark.span.start <= span.start + 8) && !pieces.is_empty();
        let inserted = zone != Zone::Struck && (inserted || begins);
        pieces.push(Passage { span, zone, inserted, ..passage.clone() });
    };
    let mut start = passage.span.start;
    for span in struck.iter().filter_map(|span| span.intersection(passage.span)) {
        if span.start < start {
            continue;
        }
        push(Span::new(start, span.start), passage.zone);
        push(span, Zone::Struck);
        start = span.end;
    }
    push(Span::new(start, passage.span.end), passage.zone);
    if pieces.is_empty() {
        pieces.push(passage.clone());
    }
    pieces
}

/// Puts the pieces of the passages that are cut in their places and leads all references to the new
/// places.
fn join(passages: Vec<Passage>, mut cuts: Vec<Cut>) -> Vec<Passage> {
    let mut more = 0;
    for cut in &mut cuts {
        cut.before = more;
        more += cut.pieces.len() - 1;
    }
    let mut joined = Vec::with_capacity(passages.len() + more);
    for (index, passage) in passages.into_iter().enumerate() {
        let found = cuts.binary_search_by_key(&index, |cut| cut.index).ok().and_then(|at| cuts.get(at));
        let pieces = found.map_or_else(|| std::slice::from_ref(&passage), |cut| cut.pieces.as_slice());
        for (at, piece) in pieces.iter().enumerate() {
            let lead = piece.lead().filter(|_| at == 0).map(|lead| moved(&cuts, lead).1);
            let tail = piece.tail().map(|tail| moved(&cuts, tail).0);
            joined.push(Passage { lead: lead.into(), tail: tail.into(), ..piece.clone() });
        }
    }
    joined
}

/// Where the first piece of the passage `index` is among the pieces of all, and the last that is not
/// struck.
fn moved(cuts: &[Cut], index: usize) -> (usize, usize) {
    let next = cuts.partition_point(|cut| cut.index <= index);
    let Some(cut) = next.checked_sub(1).and_then(|last| cuts.get(last)) else { return (index, index) };
    if cut.index < index {
        let place = index + cut.before + cut.pieces.len() - 1;
        return (place, place);
    }
    let kept = cut.pieces.iter().rposition(|piece| piece.zone != Zone::Struck).unwrap_or(0);
    (index + cut.before, index + cut.before + kept)
}
