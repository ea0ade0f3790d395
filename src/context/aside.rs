//! Asides: a duty or power that is not about the matched words but about a paper around them, about
//! telling somebody of them, or about one whom they only describe.
//!
//! "Each application shall specify the communications to be intercepted", "the provider shall inform the
//! user that it removed the material", "a detection order shall include a statement of reasons": the
//! clause uses the words of a power and grants none. Neither does a condition: where "interception" stands
//! in "if an interception has ended, the Board may", what the Board may is something else.

use std::ops::Range;

use super::cue::{Governor, Marked};
use super::predicate::Predicate;
use super::verdict::{Party, participle, party};
use crate::document::Break;
use crate::language::{CueKind, Modality};

/// How far from the head of a phrase a paper is looked for: "a full written report".
const PAPER: usize = 5;
/// How far after a word of duty its verb is looked for: "shall, without undue delay, inform".
const VERB: usize = 5;
/// How long a condition is at most before the match, in words: before the main clause, and after it.
const CONDITION: usize = 120;
const TRAILING: usize = 20;
/// How far before the match a word that counts may stand.
const COUNTED: usize = 16;

/// Whether the predicate is not about the match.
pub(super) fn is_aside(
    marked: &Marked<'_>,
    predicate: &Predicate,
    modality: Modality,
    at: &Range<usize>,
) -> bool {
    let positive = matches!(modality, Modality::Duty | Modality::Power | Modality::Disclaimer);
    let modal = matches!(predicate.cue.governor, Governor::Duty | Governor::Power);
    is_counted(marked, at)
        || (positive && is_condition(marked, predicate, at))
        || (modal && is_procedure(marked, predicate, at))
}

/// Whether the predicate is about a paper or about telling somebody, or the match describes its subject.
fn is_procedure(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    is_about_paper(marked, predicate, at)
        || is_told(marked, predicate, at)
        || is_form(marked, predicate, at)
        || describes(marked, predicate, at)
        || is_remedied(marked, predicate, at)
}

/// Whether the subject is a paper, or the duty is to write one that stands outside the match: "must
/// provide a written report on the use of the power". What a provider reports is no mere paper.
fn is_about_paper(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let Range { start, end } = predicate.cue.words;
    let noun =
        |index: &usize| !marked.is(*index, CueKind::Preposition) || marked.is(*index, CueKind::Determiner);
    let paper = |index| !at.contains(&index) && marked.is(index, CueKind::Procedure);
    let subject = predicate.subject.clone().filter(|subject| subject.end <= start).unwrap_or(start..start);
    let head = subject.start..(subject.start + PAPER).min(subject.end);
    let written = |index| !at.contains(&index) && marked.is(index, CueKind::NewPaper);
    let writes = predicate.cue.governor == Governor::Duty
        && party(marked, subject) != Party::Provider
        && (end..end + PAPER).any(written);
    writes || head.take_while(noun).any(paper)
}

/// Whether somebody may seek a remedy against what is matched: "a person aggrieved by a decision to block
/// content may appeal".
fn is_remedied(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let Range { start, end } = predicate.cue.words;
    predicate.cue.governor == Governor::Power
        && at.end <= start
        && (end..end + VERB).any(|index| marked.is(index, CueKind::Seeking))
}

/// Whether the match stands in a relative clause of the subject of a duty: "a person who makes a copy".
fn describes(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let relative = |subject: &Range<usize>| {
        subject.end < at.start
            && marked.is(subject.end, CueKind::Relative)
            && subject.end < predicate.cue.words.start
    };
    predicate.cue.governor == Governor::Duty
        && at.end <= predicate.cue.words.start
        && participle(marked, predicate).is_none()
        && predicate.subject.as_ref().is_some_and(relative)
}

/// Whether the match lies in a condition of the power or duty: "where a message is decrypted, the Board may
/// pay". What the holder of a power must be satisfied of is what the power is for, so no such condition
/// counts; nor does one that is itself what a rule looks for, as in "this section shall apply if".
fn is_condition(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let cue = &predicate.cue;
    let body = &marked.view().body;
    // "Where— (a) a person may be heard; and": the item has a verb of its own.
    let broken_off = body.start.checked_sub(1).filter(|last| {
        marked.is(*last, CueKind::Circumstance)
            && *last >= marked.window.start
            && body.contains(&cue.words.start)
    });
    let condition = if broken_off.is_some() {
        broken_off
    } else if cue.words.start >= at.end && predicate.start >= at.end {
        condition_before(marked, at.start)
    } else if cue.words.end <= at.start {
        condition_after(marked, cue.words.end, at)
    } else {
        None
    };
    let ground = |condition: usize| {
        let words = if cue.governor == Governor::Power { condition..at.end } else { at.clone() };
        marked.any(words, CueKind::Ground)
    };
    let applies = marked.any(cue.words.start..cue.words.end + 1, CueKind::Applying);
    condition.is_some_and(|condition| !ground(condition)) && !applies
}

/// The condition before a main clause that the word at `start` stands in.
fn condition_before(marked: &Marked<'_>, start: usize) -> Option<usize> {
    let from = start.saturating_sub(CONDITION).max(marked.window.start);
    let begins = |index: &usize| {
        let joined = |index: usize| marked.is(index - 1, CueKind::Conjunction);
        *index == from || marked.before(*index) >= Break::Pause || joined(*index)
    };
    (from..start).rev().filter(|index| marked.is(*index, CueKind::Circumstance)).find(begins)
}

/// The condition after a cue that ends at `from` in which the whole match stands. A lead-in that ends in a
/// whole condition ("if the post is public, to:") does not hold the items; one that is broken off does. Where
/// the condition stands between the word of duty and its verb ("must, where the Board so asks— (a) remove"),
/// the items are what must be done.
fn condition_after(marked: &Marked<'_>, modal: usize, at: &Range<usize>) -> Option<usize> {
    let from = at.start.saturating_sub(TRAILING).max(modal);
    let body = marked.view().body.start;
    let goes_on = |index: &usize| marked.before(index + 1) < Break::Pause || index + 1 == body;
    let condition =
        (from..at.start).rev().take_while(goes_on).find(|index| marked.is(*index, CueKind::Circumstance))?;
    let verbs = [CueKind::Auxiliary, CueKind::Power, CueKind::Duty, CueKind::Infinitive];
    let wants_verb = condition < body && condition == modal && marked.before(modal) >= Break::Pause;
    let whole = condition < body && verbs.iter().any(|kind| marked.any(condition + 1..body, *kind));
    // "does not, at once, tell" goes on after its comma.
    let ends = |index: usize| marked.before(index) >= Break::Pause && !marked.is(index - 1, CueKind::Negator);
    let leaves = (at.start + 1..at.end).any(ends);
    (!whole && !wants_verb && !leaves).then_some(condition)
}

/// Whether the match says what is counted: "the number of removal orders". A single thing has a number
/// of its own: "the number of the device".
pub(super) fn is_counted(marked: &Marked<'_>, at: &Range<usize>) -> bool {
    let from = at.start.saturating_sub(COUNTED).max(marked.window.start);
    let goes_on = |index: &usize| *index == at.start || marked.before(index + 1) < Break::Stop;
    let counts = |index: usize| {
        let end = marked.length(index, CueKind::Count).map(|length| index + length);
        end.is_some_and(|end| !marked.is(end, CueKind::Determiner))
    };
    (from..=at.start).rev().take_while(goes_on).any(counts)
}

/// Whether the duty is to tell somebody of what is matched, or to keep a record of it: the verb stands
/// before the match and is no part of it.
fn is_told(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let end = predicate.cue.words.end;
    predicate.cue.governor == Governor::Duty
        && end <= at.start
        && (end..(end + VERB).min(at.start)).any(|index| marked.is(index, CueKind::Telling))
}

/// Whether the duty says what an order, notice, warrant or register contains or how it is written.
fn is_form(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let Range { start, end } = predicate.cue.words;
    let subject = predicate.subject.clone().filter(|subject| subject.end <= start).unwrap_or(start..start);
    let book = marked.any(subject.start..(subject.start + PAPER).min(subject.end), CueKind::Book);
    predicate.cue.governor == Governor::Duty
        && (book || party(marked, subject) == Party::Instrument)
        && (end..end + VERB).any(|index| !at.contains(&index) && marked.is(index, CueKind::Form))
        && end <= at.end
}
