//! The cues of a clause: where words of duty, power and denial stand.
//!
//! One pass over the words near the match marks every cue of the language's table; a second joins
//! the governing ones ("shall, on conviction, be liable" is one cue of offence) and drops those that
//! only look like cues ("the technical means"). Only words near the match are looked at, so that a
//! clause of a million words costs no more at each match than a short one.

use std::ops::Range;

use crate::document::Break;
use crate::language::{CueKind, Language};
use crate::structure::View;

/// How many words before and after the match are looked at.
const BEFORE: usize = 600;
const AFTER: usize = 300;
/// How far after a modal the words that make it an offence may stand.
const SANCTION: usize = 16;
/// How long the term before "means" may be, and the subject of "is" and "includes".
const TERM: usize = 14;

/// The words near a match, with the cues that begin at each.
pub(super) struct Marked<'v> {
    view: &'v View<'v>,
    /// The words looked at.
    pub(super) window: Range<usize>,
    /// Ascending by place.
    marks: Vec<Mark>,
    /// Per word of the window, the first of its marks; one more for the end.
    first: Vec<usize>,
}

struct Mark {
    kind: CueKind,
    length: usize,
}

/// The kinds of cue that can decide a clause's modality alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    Disclaimer,
    Offence,
    Prohibition,
    Definition,
    Inclusion,
    Duty,
    Power,
    Copula,
}

impl Governor {
    const ALL: [(CueKind, Governor); 9] = [
        (CueKind::Disclaimer, Governor::Disclaimer),
        (CueKind::Offence, Governor::Offence),
        (CueKind::Prohibition, Governor::Prohibition),
        (CueKind::Definition, Governor::Definition),
        (CueKind::Inclusion, Governor::Inclusion),
        (CueKind::Duty, Governor::Duty),
        (CueKind::DutyNoun, Governor::Duty),
        (CueKind::Power, Governor::Power),
        (CueKind::Copula, Governor::Copula),
    ];

    fn of(kind: CueKind) -> Option<Governor> {
        Governor::ALL.iter().find(|(of, _)| *of == kind).map(|(_, governor)| *governor)
    }
}

/// A phrase that can govern a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) governor: Governor,
    pub(super) words: Range<usize>,
}

impl<'v> Marked<'v> {
    /// Marks the cues near the words `at`.
    pub(super) fn new(view: &'v View<'v>, at: &Range<usize>, language: &Language) -> Marked<'v> {
        let end = at.end.saturating_add(AFTER).min(view.words.len());
        let window = at.start.saturating_sub(BEFORE).min(end)..end;
        let mut marked = Marked { view, window: window.clone(), marks: Vec::new(), first: Vec::new() };
        let mut homonym_until = 0;
        for index in window {
            marked.first.push(marked.marks.len());
            let found = language.modality.at(view.folded, &view.words, index);
            let found: Vec<Mark> = found.map(|(kind, length)| Mark { kind, length }).collect();
            let homonyms = found.iter().filter(|mark| mark.kind == CueKind::Homonym);
            homonym_until = homonyms.map(|mark| index + mark.length).fold(homonym_until, usize::max);
            let hidden = index < homonym_until;
            marked.marks.extend(found.into_iter().filter(|mark| !(hidden && is_modal(mark.kind))));
        }
        marked.first.push(marked.marks.len());
        marked
    }

    /// The view that was marked.
    pub(super) fn view(&self) -> &View<'v> {
        self.view
    }

    fn at(&self, index: usize) -> &[Mark] {
        let Some(slot) = index.checked_sub(self.window.start) else { return &[] };
        let bound = |slot: usize| self.first.get(slot).copied().unwrap_or(self.marks.len());
        self.marks.get(bound(slot)..bound(slot + 1)).unwrap_or_default()
    }

    /// How long the longest phrase of `kind` at `index` is.
    pub(super) fn length(&self, index: usize, kind: CueKind) -> Option<usize> {
        self.at(index).iter().filter(|mark| mark.kind == kind).map(|mark| mark.length).max()
    }

    /// Whether a phrase of `kind` begins at `index`.
    pub(super) fn is(&self, index: usize, kind: CueKind) -> bool {
        self.at(index).iter().any(|mark| mark.kind == kind)
    }

    /// Whether a phrase of `kind` begins in `words`.
    pub(super) fn any(&self, words: Range<usize>, kind: CueKind) -> bool {
        words.into_iter().any(|index| self.is(index, kind))
    }

    /// What stands before the word at `index`.
    pub(super) fn before(&self, index: usize) -> Break {
        self.view.words.get(index).map_or(Break::Stop, |word| word.before)
    }

    /// The first word after the last semicolon at or before `index`, in the window.
    pub(super) fn segment_start(&self, index: usize) -> usize {
        let mut inside = (self.window.start..=index.min(self.window.end)).rev();
        inside.find(|&word| self.before(word) == Break::Stop).unwrap_or(self.window.start)
    }

    /// The first word after the last pause at or before `index`, not before `from`.
    pub(super) fn piece_start(&self, from: usize, index: usize) -> usize {
        (from + 1..=index).rev().find(|&word| self.before(word) >= Break::Pause).unwrap_or(from)
    }

    /// The phrases that can govern, in order.
    pub(super) fn cues(&self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        let mut index = self.window.start;
        while index < self.window.end {
            match self.governing(index, cues.last()) {
                Some(cue) => {
                    index = cue.words.end;
                    cues.push(cue);
                }
                None => index += 1,
            }
        }
        cues
    }

    /// The longest phrase at `index` that governs.
    fn governing(&self, index: usize, last: Option<&Cue>) -> Option<Cue> {
        let cue = |mark: &Mark| {
            let end = index + mark.length;
            let governor = Governor::of(mark.kind).or_else(|| self.is_split_duty(mark, end));
            Some(Cue { governor: governor?, words: index..end })
        };
        let stands = |cue: &Cue| match cue.governor {
            Governor::Duty => !self.is_noun_of_duty(cue) || self.heads_duty(cue),
            Governor::Disclaimer | Governor::Prohibition | Governor::Power => true,
            // "used to commit an offence" only describes.
            Governor::Offence => !self.is_infinitive(index),
            Governor::Definition => {
                self.follows_term(cue, TERM) && !self.follows_modal(cue, last) && !self.is_object(index)
            }
            Governor::Copula => self.follows_noun(cue),
            Governor::Inclusion => {
                let term = self.follows_term(cue, TERM / 2) && self.opens_with_term(cue);
                let infinitive =
                    last.is_some_and(|last| is_duty_or_power(last) && last.words.end + 1 >= index);
                (self.follows_noun(cue) || term) && !infinitive
            }
        };
        let standing = self.at(index).iter().filter_map(|mark| Some((mark, cue(mark).filter(stands)?)));
        // Of phrases of one length the earlier kind decides.
        let (_, cue) = standing.max_by_key(|(mark, _)| (mark.length, std::cmp::Reverse(mark.kind)))?;
        Some(if is_duty_or_power(&cue) { self.with_sanction(cue) } else { cue })
    }

    /// "is bound, on request, to": a duty whose infinitive stands after a parenthesis.
    fn is_split_duty(&self, mark: &Mark, end: usize) -> Option<Governor> {
        let resumes =
            |index: usize| self.before(index) == Break::Pause && self.is(index, CueKind::Infinitive);
        let set_off = mark.kind == CueKind::Burden
            && mark.length > 1
            && self.is(end - mark.length, CueKind::Auxiliary)
            && self.before(end) == Break::Pause;
        (set_off && (end + 1..end + TERM * 2).any(resumes)).then_some(Governor::Duty)
    }

    /// "shall" with "be guilty" after it is one cue of offence.
    fn with_sanction(&self, cue: Cue) -> Cue {
        for index in cue.words.end..cue.words.end + SANCTION {
            let sanction = self.length(index, CueKind::Sanction).filter(|_| !self.is_infinitive(index));
            if let Some(length) = sanction {
                return Cue { governor: Governor::Offence, words: cue.words.start..index + length };
            }
            let negated = self.is(index, CueKind::Negator);
            if negated
                || self.before(index) == Break::Stop
                || self.at(index).iter().any(|mark| Governor::of(mark.kind).is_some())
            {
                break;
            }
        }
        cue
    }

    /// Whether at most `limit` words stand between the last pause and the cue.
    fn follows_term(&self, cue: &Cue, limit: usize) -> bool {
        let start = self.piece_start(self.segment_start(cue.words.start), cue.words.start);
        cue.words.start - start <= limit
    }

    /// Whether the sentence, or the item of a list, begins with a term, not with "the" or "a".
    fn opens_with_term(&self, cue: &Cue) -> bool {
        let body = self.view.body.start;
        let start = self.segment_start(cue.words.start);
        let start = if cue.words.start > body { start.max(body) } else { start };
        start < cue.words.start
            && self.piece_start(start, cue.words.start) == start
            && !self.is(start, CueKind::Determiner)
    }

    /// Whether the word at `index` is a noun after a preposition or article: "on means to".
    fn is_object(&self, index: usize) -> bool {
        let kinds = [CueKind::Preposition, CueKind::Determiner];
        index.checked_sub(1).is_some_and(|before| kinds.iter().any(|kind| self.is(before, *kind)))
    }

    fn is_infinitive(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|before| self.is(before, CueKind::Infinitive))
    }

    /// Whether the cue is a noun of duty.
    pub(super) fn is_noun_of_duty(&self, cue: &Cue) -> bool {
        let is = |kind| self.length(cue.words.start, kind) == Some(cue.words.len());
        cue.governor == Governor::Duty && !is(CueKind::Duty) && !is(CueKind::Burden)
    }

    /// Whether a noun of duty opens what it governs, with its infinitive at once or after a
    /// parenthesis: "a duty, in relation to a service, to".
    fn heads_duty(&self, cue: &Cue) -> bool {
        let Range { start, end } = cue.words;
        let opens = start == self.view.body.start || start == 0 || self.before(start) >= Break::Pause;
        let joins = |index: usize| self.is(index, CueKind::Infinitive);
        let parenthesis = |index: usize| self.before(index) == Break::Pause && joins(index);
        let set_off = self.before(end) == Break::Pause && (end + 1..end + TERM * 2).any(parenthesis);
        opens && (joins(end - 1) || joins(end) || set_off)
    }

    /// Whether "means" is a noun, the object of a modal in its piece.
    fn follows_modal(&self, cue: &Cue, last: Option<&Cue>) -> bool {
        last.is_some_and(|last| {
            let paused = (last.words.end..=cue.words.start).any(|index| self.before(index) >= Break::Pause);
            is_duty_or_power(last) && !paused
        })
    }

    fn follows_noun(&self, cue: &Cue) -> bool {
        let start = self.piece_start(self.segment_start(cue.words.start), cue.words.start);
        let near = cue.words.start - start <= TERM;
        near && [CueKind::PurposeNoun, CueKind::FunctionNoun]
            .iter()
            .any(|kind| self.any(start..(start + 3).min(cue.words.start), *kind))
    }
}

fn is_duty_or_power(cue: &Cue) -> bool {
    matches!(cue.governor, Governor::Duty | Governor::Power)
}

/// Whether a cue says who must, may or must not, rather than how a clause is built.
fn is_modal(kind: CueKind) -> bool {
    let others =
        [CueKind::Negator, CueKind::Nominal, CueKind::Sanction, CueKind::Condition, CueKind::Circumstance];
    Governor::of(kind).is_some() || others.contains(&kind)
}
