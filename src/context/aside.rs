//! Asides: a duty or power that is not about the matched words but about a paper around them, about
//! telling somebody of them, or about one whom they only describe.
//!
//! "Each application shall specify the communications to be intercepted", "the provider shall inform the
//! user that it removed the material", "a detection order shall include a statement of reasons": the
//! clause uses the words of a power and grants none.

use std::ops::Range;

use super::cue::{Governor, Marked};
use super::predicate::Predicate;
use super::verdict::{Party, participle, party};
use crate::language::CueKind;

/// How far from the head of a phrase a paper is looked for: "a full written report".
const PAPER: usize = 5;
/// How far after a word of duty its verb is looked for: "shall, without undue delay, inform".
const VERB: usize = 5;

/// Whether the predicate is not about the match.
pub(super) fn is_aside(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    is_about_paper(marked, predicate, at)
        || is_told(marked, predicate, at)
        || is_form(marked, predicate, at)
        || describes(marked, predicate, at)
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

/// Whether the duty is to tell somebody of what is matched, or to keep a record of it: the verb stands
/// before the match and is no part of it.
fn is_told(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let end = predicate.cue.words.end;
    predicate.cue.governor == Governor::Duty
        && end <= at.start
        && (end..(end + VERB).min(at.start)).any(|index| marked.is(index, CueKind::Telling))
}

/// Whether the duty says what an order, notice or warrant contains or how it is written.
fn is_form(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let Range { start, end } = predicate.cue.words;
    let subject = predicate.subject.clone().filter(|subject| subject.end <= start).unwrap_or(start..start);
    predicate.cue.governor == Governor::Duty
        && party(marked, subject) == Party::Instrument
        && (end..end + VERB).any(|index| !at.contains(&index) && marked.is(index, CueKind::Form))
        && end <= at.end
}
