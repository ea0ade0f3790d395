//! Whether an edited clause binds less than it did.
//!
//! Who must, may and must not is read by `context` on both sides of an edit, at words that stayed; who
//! decides is told by classes of the lexicon that the language ranks by independence. No word of a
//! language stands here.

use std::ops::Range;

use super::draft::Draft;
use super::pieces::{self, Run};
use super::safeguards::Weakening;
use crate::context::{self, Reading};
use crate::language::{CueKind, Modality};
use crate::rule::{ClassId, DefinedTerms, LanguageRules, Matcher};
use crate::structure::View;
use crate::text::Span;

/// How many of the words that stayed are read beside an edit.
const READ_BESIDE: usize = 3;
/// Clauses of more words are not weighed: reading them at every edit would cost more than it tells.
const MOST_WORDS: usize = 3000;

/// What is found in a clause, in either draft.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    pub(super) strength: bool,
    pub(super) problem: bool,
}

/// What shifted in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) what: Weakening,
    /// Whether the new clause binds less; otherwise it binds more.
    pub(super) weaker: bool,
}

/// The first shift in two aligned clauses; one for the worse goes first.
pub(super) fn shift(
    old: &Draft<'_>,
    new: &Draft<'_>,
    before: usize,
    after: usize,
    carried: Carried,
) -> Option<Shift> {
    let (old, new) = (Side::new(old, before)?, Side::new(new, after)?);
    if old.view.words.len().max(new.view.words.len()) > MOST_WORDS {
        return None;
    }
    let runs = pieces::runs(&old.keys(), &new.keys());
    let mut shifts = Vec::new();
    for (at, run) in runs.iter().enumerate().filter(|(_, run)| !run.same) {
        shifts.extend(independence(&old, &new, run));
        shifts.extend(modality(&old, &new, &runs, at, carried));
    }
    let worse = shifts.iter().find(|shift| shift.weaker).cloned();
    worse.or_else(|| shifts.into_iter().next())
}

/// A clause of one draft.
struct Side<'a> {
    draft: &'a Draft<'a>,
    rules: &'a LanguageRules,
    view: View<'a>,
}

impl<'a> Side<'a> {
    fn new(draft: &'a Draft<'a>, unit: usize) -> Option<Side<'a>> {
        let clause = &draft.units.get(unit)?.clause;
        let view = clause.view(draft.document, &draft.rules.language);
        Some(Side { draft, rules: draft.rules, view })
    }

    /// What the clause's own words are compared by.
    fn keys(&self) -> Vec<&'a str> {
        let words = self.view.words.get(self.view.body.clone());
        pieces::keys(self.draft, words.unwrap_or_default())
    }

    /// Words of the clause's own as words of the view.
    fn own(&self, words: &Range<usize>) -> Range<usize> {
        self.view.body.start + words.start..self.view.body.start + words.end
    }

    fn text(&self, words: Range<usize>) -> String {
        let words = self.view.words.get(words).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
        let span: Span = first.span.cover(last.span);
        self.draft.document.to_text(span).of(self.draft.document.text()).to_owned()
    }

    /// Who stands in `words`: the most independent, with its rank and its words.
    fn ranked(&self, words: Range<usize>) -> Option<(usize, Range<usize>)> {
        let none = DefinedTerms::default();
        let mut matcher = Matcher::new(&self.rules.lexicon, &none, self.view.folded, &self.view.words);
        ranks(self.rules).enumerate().find_map(|(rank, classes)| {
            let found = classes.into_iter().filter_map(|class| matcher.class_in(class, words.clone()));
            let longest = found.max_by_key(|found| (found.len(), std::cmp::Reverse(found.start)));
            longest.map(|found| (rank, found))
        })
    }

    /// Whether one who holds public power bears the duty or power.
    fn is_public(&self, reading: &Reading) -> bool {
        reading.subject.clone().filter(|_| !reading.passive).is_some_and(|words| self.ranked(words).is_some())
    }

    /// Whether a word of duty, power or denial stands in `words`.
    fn has_cue(&self, words: Range<usize>) -> bool {
        let cues = &self.rules.language.modality;
        words.clone().any(|at| {
            cues.at(self.view.folded, &self.view.words, at).any(|(kind, _)| {
                matches!(
                    kind,
                    CueKind::Duty
                        | CueKind::Power
                        | CueKind::Negator
                        | CueKind::Disclaimer
                        | CueKind::Prohibition
                )
            })
        })
    }

    fn read(&self, word: usize) -> Reading {
        context::read(&self.view, word..word + 1, &self.rules.language)
    }

    /// The word of duty or power, with the words of the edit that stand next to it: "must not".
    fn cue(&self, reading: &Reading, edit: &Range<usize>) -> String {
        let edit = self.own(edit);
        let Some(cue) = reading.cue.clone() else { return self.text(edit) };
        let touches = !edit.is_empty() && edit.start <= cue.end && cue.start <= edit.end;
        let words = if touches { cue.start.min(edit.start)..cue.end.max(edit.end) } else { cue };
        self.text(words)
    }
}

/// The classes of those who decide, the most independent first.
fn ranks(rules: &LanguageRules) -> impl Iterator<Item = Vec<ClassId>> + '_ {
    let of = |names: &Vec<String>| names.iter().filter_map(|name| rules.lexicon.class(name)).collect();
    rules.language.independence.iter().map(of)
}

/// Whether an edit puts somebody less or more independent in the place of another.
fn independence(old: &Side<'_>, new: &Side<'_>, run: &Run) -> Option<Shift> {
    let (before, after) = (old.ranked(old.own(&run.old))?, new.ranked(new.own(&run.new))?);
    let what = Weakening::LessIndependent { old: old.text(before.1), new: new.text(after.1) };
    (before.0 != after.0).then_some(Shift { what, weaker: after.0 > before.0 })
}

/// Whether an edit makes a power of a duty, or lifts a limit; or the other way round.
fn modality(old: &Side<'_>, new: &Side<'_>, runs: &[Run], at: usize, carried: Carried) -> Option<Shift> {
    let run = runs.get(at)?;
    if !old.has_cue(old.own(&run.old)) && !new.has_cue(new.own(&run.new)) {
        return None;
    }
    let after = runs.get(at + 1).filter(|next| next.same);
    let after = after.into_iter().flat_map(|next| next.old.clone().zip(next.new.clone()).take(READ_BESIDE));
    let before = at.checked_sub(1).and_then(|last| runs.get(last)).filter(|last| last.same);
    let before = before.and_then(|last| Some((last.old.clone().next_back()?, last.new.clone().next_back()?)));
    after.chain(before).find_map(|(left, right)| {
        let (left, right) = (old.read(old.view.body.start + left), new.read(new.view.body.start + right));
        let words = (old.cue(&left, &run.old), new.cue(&right, &run.new));
        match (force(left.modality)?, force(right.modality)?) {
            (Force::Duty, Force::Power) | (Force::Power, Force::Duty) => {
                let public = old.is_public(&left) || new.is_public(&right);
                let binds = carried.strength || (public && !carried.problem);
                let what = Weakening::DutyBecamePower { old: words.0, new: words.1 };
                binds.then_some(Shift { what, weaker: force(right.modality) == Some(Force::Power) })
            }
            (Force::Limit, Force::Duty | Force::Power) | (Force::Duty | Force::Power, Force::Limit) => {
                let what = Weakening::LimitGone { old: words.0, new: words.1 };
                Some(Shift { what, weaker: force(left.modality) == Some(Force::Limit) })
            }
            _ => None,
        }
    })
}

/// What a modality does to those who hold power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Force {
    Limit,
    Duty,
    Power,
}

fn force(modality: Modality) -> Option<Force> {
    match modality {
        Modality::LimitOnPower | Modality::Disclaimer => Some(Force::Limit),
        Modality::Duty | Modality::NominalDuty => Some(Force::Duty),
        Modality::Power | Modality::PreservedPower => Some(Force::Power),
        Modality::Offence
        | Modality::ProhibitionOnPersons
        | Modality::Definition
        | Modality::Purpose
        | Modality::Statement => None,
    }
}
