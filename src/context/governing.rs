//! Which predicate governs the matched words.
//!
//! The nearest before them, unless it stands in a subordinate clause that has ended; or the one
//! that the matched words are themselves the subject of ("data retained under this Act shall be
//! ..."); or, where none stands before, the first that follows.

use std::ops::Range;

use super::cue::{Governor, Marked};
use super::predicate::Predicate;
use crate::document::Break;
use crate::language::CueKind;

/// How far a clause such as "as the Minister may determine" reaches after its cue.
const COMPARISON: usize = 3;

/// How far before its cue a clause of result begins at most.
const RESULT: usize = 14;

/// The predicate that governs the words `at`.
pub(super) fn governing<'p>(
    marked: &Marked<'_>,
    predicates: &'p [Predicate],
    at: &Range<usize>,
) -> Option<&'p Predicate> {
    let split = predicates.partition_point(|predicate| predicate.cue.words.start < at.start);
    let (left, right) = predicates.split_at(split);
    let inside = right.iter().take_while(|next| next.cue.words.start < at.end);
    let following = right.iter().find(|next| !next.subordinate);
    let inside = inside.clone().find(|next| !next.subordinate);
    let subject = following.filter(|next| is_subject(marked, next, left.last(), at));
    inside
        .or_else(|| subject.filter(|next| !within_definition(marked, left, next)))
        .or_else(|| preceding(marked, left, at))
        .or_else(|| following.filter(|next| reaches_back(marked, next, at)))
        .or_else(|| left.last().filter(|last| is_last_resort(marked, last, at)))
}

/// Whether a subordinate predicate governs where no other does: one in the same sentence part, but no
/// clause of result that has ended ("to take steps, such that it cannot be seen: (a) to remove it").
fn is_last_resort(marked: &Marked<'_>, last: &Predicate, at: &Range<usize>) -> bool {
    let start = last.cue.words.start;
    let near = (start.saturating_sub(RESULT)..start).rev();
    let mut clause = near.take_while(|word| marked.before(word + 1) < Break::Pause);
    let result = last.subordinate && clause.any(|word| marked.is(word, CueKind::Result));
    last.cue.words.start >= marked.segment_start(at.start) && (!result || is_open(marked, last, at.start))
}

/// The nearest predicate before `at` whose clause is still open there.
fn preceding<'p>(marked: &Marked<'_>, left: &'p [Predicate], at: &Range<usize>) -> Option<&'p Predicate> {
    let mut open: Option<&Predicate> = None;
    let segment = marked.segment_start(at.start);
    for predicate in left.iter().rev() {
        if predicate.cue.governor == Governor::Definition && predicate.cue.words.start >= segment {
            return Some(predicate);
        }
        if !predicate.subordinate {
            return open.or(Some(predicate));
        }
        // "who commits an offence" is a condition, no sanction.
        let condition = predicate.cue.governor == Governor::Offence;
        let ordered = orders_denial(marked, predicate);
        if open.is_none() && !condition && !ordered && is_open(marked, predicate, at.start) {
            open = Some(predicate);
        }
    }
    open
}

/// Whether `predicate` says what shall not happen on somebody's order ("may direct that a message shall
/// not be sent"): the order is a power. What officials shall not do limits theirs.
fn orders_denial(marked: &Marked<'_>, predicate: &Predicate) -> bool {
    let Some(that) = predicate.start.checked_sub(1).filter(|that| *that > 0) else { return false };
    let denied = predicate.denied || marked.is(predicate.cue.words.end, CueKind::Negator);
    let officials = predicate.subject.clone().is_some_and(|words| marked.any(words, CueKind::Authorities));
    denied && !officials && marked.is(that, CueKind::Relative) && marked.is(that - 1, CueKind::Requiring)
}

/// Whether the subordinate clause of `predicate` still runs at `at`.
fn is_open(marked: &Marked<'_>, predicate: &Predicate, at: usize) -> bool {
    let end = predicate.cue.words.end;
    let after = end..at;
    if (end + 1..=at).any(|index| marked.before(index) >= Break::Pause) {
        return false;
    }
    let compares = predicate
        .start
        .checked_sub(1)
        .is_some_and(|index| marked.is(index, CueKind::Conditional) && !marked.is(index, CueKind::Condition));
    if compares && after.len() > COMPARISON {
        return false;
    }
    // "any direction that may be given and": the passive has no further verb.
    let passive = marked.is(end, CueKind::Passive);
    !(passive && marked.any(after, CueKind::Conjunction))
}

/// Whether the words `at` are a part of the subject of `next`, in a clause of its own.
fn is_subject(marked: &Marked<'_>, next: &Predicate, left: Option<&Predicate>, at: &Range<usize>) -> bool {
    let Some(left) = left else { return false };
    let own = next.start < next.cue.words.start && next.start <= at.start && next.start >= left.cue.words.end;
    own && begins_clause(marked, next.start, left.cue.words.end)
}

/// Whether a clause may begin at `start`: after a pause, or with "and" and "provided that" before it.
fn begins_clause(marked: &Marked<'_>, start: usize, from: usize) -> bool {
    let mut index = start;
    while index > from && marked.before(index) < Break::Pause && marked.is(index - 1, CueKind::Conjunction) {
        index -= 1;
    }
    let resumed = (from..start)
        .rev()
        .take(3)
        .any(|index| marked.length(index, CueKind::Resuming).is_some_and(|length| index + length == start));
    resumed || marked.before(index) >= Break::Pause
}

/// Whether `next` is the subject's verb of a part of a definition.
fn within_definition(marked: &Marked<'_>, left: &[Predicate], next: &Predicate) -> bool {
    let segment = marked.segment_start(next.cue.words.start);
    left.last()
        .is_some_and(|last| last.cue.governor == Governor::Definition && last.cue.words.start >= segment)
}

/// Whether `next` stands in the sentence part of `at`, or completes the list that `at` is an item of;
/// an offence completes all acts that stand before it ("who (a) ...; (b) ..., commits an offence").
fn reaches_back(marked: &Marked<'_>, next: &Predicate, at: &Range<usize>) -> bool {
    let start = next.cue.words.start;
    start >= marked.view().body.end
        || next.cue.governor == Governor::Offence
        || marked.segment_start(start) <= at.start
}
