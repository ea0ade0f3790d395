//! Predicates: each governing cue with its subject.
//!
//! A subject is found by looking back from the cue over pieces between commas: past phrases that
//! stand beside the clause ("on receipt of a notice"), past relative clauses ("who operates a
//! system"), to a noun phrase. The same look back tells whether the cue stands in a subordinate
//! clause ("where a person who may be affected"), which governs only its own words.

use std::ops::Range;

use super::cue::{Cue, Governor, Marked};
use crate::document::Break;
use crate::language::CueKind;

/// How many words a subject inside a subordinate clause may have.
const SHORT: usize = 8;
/// How many words the first item of a list with "and" before the last may have.
const ITEM: usize = 4;
/// How many words may stand between "lawful for" and its infinitive.
const BEARER: usize = 30;
/// How many words a noun before "who" or "which" may have.
const ANTECEDENT: usize = 10;

/// A governing cue and what it is said of.
#[derive(Clone, Debug)]
pub(super) struct Predicate {
    pub(super) cue: Cue,
    /// The words of the subject.
    pub(super) subject: Option<Range<usize>>,
    /// Where the subject's clause begins; the cue's own start where it shares the subject before.
    pub(super) start: usize,
    /// Whether it stands in a subordinate clause.
    pub(super) subordinate: bool,
    /// Whether the subject denies: "no person", "neither".
    pub(super) denied: bool,
}

#[derive(Default)]
struct Found {
    subject: Option<Range<usize>>,
    subordinate: bool,
    shared: bool,
}

/// The predicates of the words, in order.
pub(super) fn predicates(marked: &Marked<'_>) -> Vec<Predicate> {
    let mut predicates: Vec<Predicate> = Vec::new();
    for cue in marked.cues() {
        let next = predicate(marked, cue, &predicates);
        predicates.push(next);
    }
    predicates
}

fn predicate(marked: &Marked<'_>, cue: Cue, before: &[Predicate]) -> Predicate {
    let end = subject_end(marked, &cue);
    let last = before.iter().rev().find(|last| last.cue.words.end <= end);
    // A subordinate clause before the cue is a part of its subject: "data that may be used shall".
    let main = before.iter().rev().find(|last| last.cue.words.end <= end && !last.subordinate);
    let acts = cue.governor == Governor::Offence && main.is_none();
    let from = if acts { marked.window.start } else { clause_start(marked, end, main) };
    let noun = marked.is_noun_of_duty(&cue);
    let offence = cue.governor == Governor::Offence;
    let found =
        if noun { Found { shared: true, ..Found::default() } } else { find(marked, from, end, offence) };
    let shared = found.shared || (found.subject.is_none() && !found.subordinate);
    // "The duties are— a duty to": a noun of duty has the bearers of a verb, not its subject.
    let bears = |last: &&Predicate| !noun || matches!(last.cue.governor, Governor::Duty | Governor::Power);
    let inherited = last.filter(|_| shared).filter(bears);
    let inherited_subject = || match inherited {
        Some(last) => last.subject.clone(),
        None if shared && !noun => first_noun(marked, from, end),
        None => None,
    };
    let subject = found.subject.or_else(inherited_subject);
    let subject = impersonal(marked, &cue, subject.as_ref()).or(subject);
    let denies = |subject: &Range<usize>| marked.is(subject.start, CueKind::Negator);
    let inverted = end > from && marked.is(end - 1, CueKind::Negator);
    Predicate {
        start: if shared {
            cue.words.start
        } else {
            subject.as_ref().map_or(cue.words.start, |subject| subject.start)
        },
        subordinate: found.subordinate || inherited.is_some_and(|last| last.subordinate && found.shared),
        denied: inverted || subject.as_ref().is_some_and(denies),
        subject,
        cue,
    }
}

/// The one for whom it is lawful, or whose duty it is, where the subject is nobody or an empty "it".
fn impersonal(marked: &Marked<'_>, cue: &Cue, subject: Option<&Range<usize>>) -> Option<Range<usize>> {
    let empty = |words: &Range<usize>| {
        words.len() == 1
            && marked.is(words.start, CueKind::Pronoun)
            && !marked.is(words.start, CueKind::Relative)
    };
    if !subject.is_none_or(empty) {
        return None;
    }
    let after = |index: usize| {
        Some(index + marked.length(index, CueKind::Impersonal)?).filter(|end| *end >= cue.words.end)
    };
    let start = (cue.words.start..cue.words.end + 3).find_map(after)?;
    let infinitive =
        |index: &usize| marked.is(*index, CueKind::Infinitive) && !marked.is(index + 1, CueKind::Relative);
    let end = (start + 1..start + BEARER)
        .take_while(|index| marked.before(*index) < Break::Stop)
        .find(infinitive)?;
    Some(start..end)
}

/// Where the words end that the subject stands in: at the cue, or, for a cue that completes a list,
/// at the end of the lead-in.
fn subject_end(marked: &Marked<'_>, cue: &Cue) -> usize {
    let body = &marked.view().body;
    let completes = cue.words.start == body.end && body.start > marked.window.start;
    if completes { body.start } else { cue.words.start }
}

/// The first word that the subject of a cue at `end` may have.
fn clause_start(marked: &Marked<'_>, end: usize, last: Option<&Predicate>) -> usize {
    let after_last = last.map_or(marked.window.start, |last| {
        let nothing =
            last.cue.governor == Governor::Disclaimer && marked.is(last.cue.words.start, CueKind::Determiner);
        if nothing { last.cue.words.start } else { last.cue.words.end }
    });
    let start = marked.segment_start(end.saturating_sub(1)).max(after_last).min(end);
    let resumed = (start..end).rev().find_map(|index| Some(index + marked.length(index, CueKind::Resuming)?));
    resumed.filter(|&resumed| resumed <= end).unwrap_or(start)
}

fn find(marked: &Marked<'_>, from: usize, end: usize, offence: bool) -> Found {
    if from >= end {
        return Found { shared: true, ..Found::default() };
    }
    if marked.is(end - 1, CueKind::Conjunction) || (marked.is(end - 1, CueKind::Negator) && end - from == 1) {
        let nested = |index| marked.is(index, CueKind::Relative) || marked.is(index, CueKind::Conditional);
        return Found { shared: true, subordinate: (from..end).any(nested), ..Found::default() };
    }
    let mut piece = marked.piece_start(from, end);
    if piece == end {
        return beyond(marked, from, end);
    }
    while piece + 1 < end && marked.is(piece, CueKind::Conjunction) {
        piece += 1;
    }
    let nested = |&index: &usize| {
        marked.is(index, CueKind::Relative)
            || (marked.is(index, CueKind::Conditional) && !joins_noun(marked, from, index..end, offence))
    };
    match (piece..end).rev().find(nested) {
        Some(at) => nested_in(marked, from, piece, at, end),
        None => Found { subject: plain(marked, from, piece, end), ..Found::default() },
    }
}

/// Whether "as", the first of `words`, joins a noun to the verb of a relative clause ("who acts as an
/// agent commits"), and no clause ("as the Minister may"); no such clause says what is an `offence`.
fn joins_noun(marked: &Marked<'_>, from: usize, words: Range<usize>, offence: bool) -> bool {
    let Range { start: at, end } = words;
    let clause = [CueKind::Pronoun, CueKind::Conditional, CueKind::Relative];
    let speaks = !offence && marked.any(at + 1..end, CueKind::Authorities);
    let relative = |&word: &usize| {
        marked.is(word, CueKind::Relative)
            && if marked.is(word, CueKind::Pronoun) { word == from } else { word + 1 < at }
    };
    let mut before = (from..at).rev().take_while(|word| marked.before(word + 1) < Break::Pause);
    marked.is(at, CueKind::Comparison)
        && at + 1 < end
        && !speaks
        && !clause.iter().any(|kind| marked.any(at + 1..end, *kind))
        && before.any(|word| relative(&word))
}

/// The subject in `piece..end`, which holds the subordinating word at `at`.
fn nested_in(marked: &Marked<'_>, from: usize, piece: usize, at: usize, end: usize) -> Found {
    let relative = marked.is(at, CueKind::Relative);
    let between = end - at - 1;
    if relative && marked.is(at, CueKind::Pronoun) {
        return Found { subject: Some(at..at + 1), ..Found::default() };
    }
    let verbs = [CueKind::Auxiliary, CueKind::Power, CueKind::Duty];
    let complete = verbs.iter().any(|kind| marked.any(at + 1..end, *kind));
    let noun = opens_noun(marked, at + 1)
        || marked.is(at + 1, CueKind::Authorities)
        || marked.is(at + 1, CueKind::Providers);
    let adjacent = between == 0 || (between == 1 && !noun && !complete);
    if relative && adjacent {
        return Found { subject: antecedent(marked, from, at), subordinate: true, shared: false };
    }
    let limit = if marked.is(at + 1, CueKind::Pronoun) { 1 } else { SHORT };
    if adjacent || (noun && !complete && between <= limit) {
        return Found {
            subject: Some(at + 1..end).filter(|subject| !subject.is_empty()),
            subordinate: true,
            shared: false,
        };
    }
    let subject = if !relative || marked.is(piece, CueKind::Conditional) {
        last_noun(marked, at + 1, end)
    } else if at == piece {
        return beyond(marked, from, piece);
    } else {
        plain(marked, from, piece, end)
    };
    Found { subject, ..Found::default() }
}

/// The subject before a phrase that stands between commas, which ends at `end`.
fn beyond(marked: &Marked<'_>, from: usize, end: usize) -> Found {
    let mut stop = end;
    let mut conditional = None;
    while stop > from {
        let piece = marked.piece_start(from, stop - 1);
        let beside = stands_beside(marked, piece);
        if marked.is(piece, CueKind::Conditional) {
            conditional.get_or_insert(piece..stop);
        } else if !beside && (opens_noun(marked, piece) || !dangles(marked, from, piece)) {
            return Found { subject: Some(before_relative(marked, piece, stop)), ..Found::default() };
        }
        stop = piece;
    }
    // "Where the Minister, after consultation, may": the condition holds the subject.
    let open = conditional.filter(|words| words.len() > 1 && !marked.any(words.clone(), CueKind::Auxiliary));
    match open {
        Some(words) => Found { subject: Some(words.start + 1..words.end), subordinate: true, shared: false },
        None => Found { shared: true, ..Found::default() },
    }
}

/// Whether a noun with "who" stands before `piece`, so that it may be a part of a relative clause
/// ("any person who, without excuse, fails to comply").
fn dangles(marked: &Marked<'_>, from: usize, piece: usize) -> bool {
    let mut noun = false;
    (from..piece).any(|index| {
        noun = opens_noun(marked, index) || (noun && (index == from || marked.before(index) < Break::Pause));
        noun && marked.is(index, CueKind::Relative)
    })
}

/// The subject in `piece..end`, which holds no condition.
fn plain(marked: &Marked<'_>, from: usize, piece: usize, end: usize) -> Option<Range<usize>> {
    let joined = (piece..end).rev().find(|&index| {
        marked.is(index, CueKind::Conjunction) && opens_noun(marked, index + 1) && index + 1 < end
    });
    // After another predicate its objects stand before the subject: "keep data and a court may".
    if let (Some(joined), true) =
        (joined, piece == from && from > marked.window.start && marked.before(from) == Break::None)
    {
        return Some(joined + 1..end);
    }
    if marked.is(piece, CueKind::Preposition) && !opens_noun(marked, piece) {
        return last_noun(marked, piece + 1, end);
    }
    let start = if begins_earlier(marked, from, piece, end) { from } else { piece };
    Some(before_relative(marked, start, end))
}

/// Whether the subject of which `piece..end` is a part begins at `from`: "no suit, prosecution or
/// claim", "a person who, without excuse, removes".
fn begins_earlier(marked: &Marked<'_>, from: usize, piece: usize, end: usize) -> bool {
    if piece <= from
        || opens_noun(marked, piece)
        || stands_beside(marked, from)
        || marked.is(from, CueKind::Conditional)
    {
        return false;
    }
    let relative = opens_noun(marked, from) && marked.any(from..piece, CueKind::Relative);
    // With "and" before the last piece, a long first one is a clause of its own.
    let first = (from + 1..piece).find(|&index| marked.before(index) >= Break::Pause).unwrap_or(piece);
    let short = first - from <= ITEM || !marked.is(piece - 1, CueKind::Conjunction);
    relative || (short && marked.any(piece - 1..end, CueKind::Conjunction))
}

/// The noun phrase at `from`, the subject of an earlier verb that is no cue: "a direction is final
/// and shall not".
fn first_noun(marked: &Marked<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let ends = |&index: &usize| {
        let kinds = [CueKind::Auxiliary, CueKind::Relative, CueKind::Conjunction];
        marked.before(index) >= Break::Pause || kinds.iter().any(|kind| marked.is(index, *kind))
    };
    let stop = (from + 1..end).find(ends).unwrap_or(end);
    let noun = from < stop && !stands_beside(marked, from) && !marked.is(from, CueKind::Conditional);
    noun.then_some(from..stop)
}

/// Whether the piece at `index` begins as one that stands beside the main clause.
fn stands_beside(marked: &Marked<'_>, index: usize) -> bool {
    let kinds = [CueKind::Preposition, CueKind::Conjunction, CueKind::Relative];
    !marked.is(index, CueKind::Pronoun) && kinds.iter().any(|kind| marked.is(index, *kind))
}

/// The last noun phrase in `from..end`.
fn last_noun(marked: &Marked<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let start = (from..end).rev().find(|&index| opens_noun(marked, index)).unwrap_or(from);
    (start < end).then_some(start..end)
}

/// `start..end` up to its first relative clause, with a preposition that belongs to that left out.
fn before_relative(marked: &Marked<'_>, start: usize, end: usize) -> Range<usize> {
    if marked.is(start, CueKind::Relative) && marked.is(start, CueKind::Pronoun) {
        return start..start + 1;
    }
    let cut = (start + 1..end).find(|&index| marked.is(index, CueKind::Relative)).unwrap_or(end);
    let cut =
        if cut < end && cut > start + 1 && marked.is(cut - 1, CueKind::Preposition) { cut - 1 } else { cut };
    start..cut
}

/// The noun phrase that the relative word at `at` refers to.
fn antecedent(marked: &Marked<'_>, from: usize, at: usize) -> Option<Range<usize>> {
    let end = if at > from && marked.is(at - 1, CueKind::Preposition) { at - 1 } else { at };
    let lowest = end.saturating_sub(ANTECEDENT).max(from);
    let start = (lowest..end).rev().find(|&index| opens_noun(marked, index))?;
    Some(start..end)
}

fn opens_noun(marked: &Marked<'_>, index: usize) -> bool {
    marked.is(index, CueKind::Determiner) || marked.is(index, CueKind::Pronoun)
}
