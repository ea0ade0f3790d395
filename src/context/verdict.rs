//! What the governing predicate amounts to: its modality after all negations are counted.
//!
//! Who is denied decides what a denial is: "no person shall" forbids, "no officer shall" and "a
//! notice must not" limit a power, "no provider shall fail to" obliges.

use std::ops::Range;

use super::Reading;
use super::aside::{is_aside, is_counted};
use super::cue::{Cue, Governor, Marked};
use super::predicate::Predicate;
use crate::document::Break;
use crate::language::{CueKind, Modality};

/// How far after a cue a verb that changes its meaning is looked for.
const VERB: usize = 4;
/// How far before a match a noun of duty is looked for.
const NOUN: usize = 60;
/// How far after a participle its agent is looked for.
const AGENT: usize = 15;
/// How many words one who is made to act may have.
const OBLIGED: usize = 15;

/// Whom the words of a subject name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Party {
    Person,
    Provider,
    Authority,
    Instrument,
    Unknown,
}

/// The reading under `predicate`.
pub(super) fn of_predicate(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> Reading {
    let participle = participle(marked, predicate);
    let burden = marked.is(participle.unwrap_or_default().saturating_sub(1), CueKind::Burden);
    let agent = participle.filter(|_| !burden).and_then(|index| agent(marked, index + 1));
    let modality = modality(marked, predicate, at);
    let modality = if denied_at(marked, predicate, at) { turned(modality) } else { modality };
    Reading {
        modality,
        cue: Some(predicate.cue.words.clone()),
        passive: participle.is_some() && agent.is_none(),
        subject: agent.or_else(|| predicate.subject.clone()),
        obliged: obliged(marked, predicate.cue.words.end, at),
        aside: is_aside(marked, predicate, modality, at),
    }
}

/// The reading where no predicate governs: a noun of duty before or in the match, or nothing.
pub(super) fn of_noun(marked: &Marked<'_>, at: &Range<usize>) -> Reading {
    let from = at.start.saturating_sub(NOUN).max(marked.window.start);
    let noun =
        (from..at.end).rev().find_map(|index| Some(index..index + marked.length(index, CueKind::Nominal)?));
    let negator = |noun: &Range<usize>| {
        (noun.start.saturating_sub(3).max(from)..noun.start)
            .rev()
            .find(|&index| marked.is(index, CueKind::Negator))
    };
    let modality = match noun.as_ref().map(|noun| (noun, negator(noun))) {
        Some((noun, Some(negator))) if denies_verb(marked, negator, noun.start) => Modality::Statement,
        Some((_, Some(_))) => Modality::Disclaimer,
        Some(_) | None if marked.is(0, CueKind::Culprit) => Modality::Offence,
        Some(_) => Modality::NominalDuty,
        None => Modality::Statement,
    };
    let obliged = noun.as_ref().and_then(|noun| obliged(marked, noun.start, at));
    Reading { modality, cue: noun, subject: None, obliged, passive: false, aside: is_counted(marked, at) }
}

/// Whether a negator before a noun denies a verb of its own: "does not breach any obligation".
fn denies_verb(marked: &Marked<'_>, negator: usize, noun: usize) -> bool {
    let next = negator + 1;
    let kinds = [CueKind::Preposition, CueKind::Determiner, CueKind::Auxiliary, CueKind::Nominal];
    let auxiliary = negator.checked_sub(1).is_some_and(|before| marked.is(before, CueKind::Auxiliary));
    auxiliary && next < noun && !kinds.iter().any(|kind| marked.is(next, *kind))
}

fn modality(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> Modality {
    let cue = &predicate.cue;
    let denied = predicate.denied || negates(marked, cue);
    // "Nothing in this Part shall".
    let nothing = |subject: &Range<usize>| {
        marked.is(subject.start, CueKind::Disclaimer) && marked.is(subject.start, CueKind::Negator)
    };
    if predicate.subject.as_ref().is_some_and(nothing) {
        return preserved_or_denied(marked, cue.words.clone(), at);
    }
    match cue.governor {
        Governor::Disclaimer => preserved_or_denied(marked, cue.words.clone(), at),
        Governor::Offence | Governor::Prohibition if denied => Modality::Disclaimer,
        Governor::Offence => Modality::Offence,
        Governor::Prohibition => forbidden(marked, predicate),
        Governor::Definition => Modality::Definition,
        Governor::Inclusion | Governor::Copula => {
            of_subject(marked, predicate).unwrap_or(Modality::Definition)
        }
        Governor::Power | Governor::Duty => modal(marked, predicate, at, denied),
    }
}

/// "nothing in", "does not": what is preserved from hindrance is a power, unless it is the freedom
/// of a person or provider.
fn preserved_or_denied(marked: &Marked<'_>, cue: Range<usize>, at: &Range<usize>) -> Modality {
    let verb = (cue.start..at.end).find(|&index| marked.is(index, CueKind::Hindering));
    let object = |verb: usize| object(marked, verb + 1, at.end);
    match verb.map(object) {
        None | Some(Party::Person | Party::Provider) => Modality::Disclaimer,
        Some(Party::Authority | Party::Instrument | Party::Unknown) => Modality::PreservedPower,
    }
}

fn forbidden(marked: &Marked<'_>, predicate: &Predicate) -> Modality {
    let end = predicate.cue.words.end;
    let subject = predicate.subject.clone().map_or(Party::Unknown, |subject| party(marked, subject));
    match if subject == Party::Unknown { party(marked, end..end + VERB) } else { subject } {
        Party::Authority => Modality::LimitOnPower,
        Party::Person | Party::Provider | Party::Instrument | Party::Unknown => {
            Modality::ProhibitionOnPersons
        }
    }
}

/// "The functions of the Board are", "the objects of this Act shall be".
fn of_subject(marked: &Marked<'_>, predicate: &Predicate) -> Option<Modality> {
    let subject = predicate.subject.clone()?;
    let head = subject.start..(subject.start + 3).min(subject.end);
    if marked.any(head.clone(), CueKind::PurposeNoun) {
        return Some(Modality::Purpose);
    }
    if marked.any(head.clone(), CueKind::ReferenceNoun) {
        return Some(Modality::Definition);
    }
    let grants = marked.is(predicate.cue.words.end, CueKind::PowerNoun);
    let nominal = if grants { Modality::Power } else { Modality::NominalDuty };
    marked.any(head, CueKind::FunctionNoun).then_some(nominal)
}

/// "shall" and "may".
fn modal(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>, denied: bool) -> Modality {
    let words = &predicate.cue.words;
    let subject = predicate.subject.clone().unwrap_or(words.start..words.start);
    if denied {
        return denial(marked, predicate, subject, at);
    }
    if is_copular(marked, predicate)
        && let Some(modality) = of_subject(marked, predicate)
    {
        return modality;
    }
    if predicate.cue.governor == Governor::Power { Modality::Power } else { Modality::Duty }
}

/// Whether the cue is "is to", "shall be", "shall include": what follows tells what its subject is.
fn is_copular(marked: &Marked<'_>, predicate: &Predicate) -> bool {
    let words = &predicate.cue.words;
    let equates = marked.is(words.start, CueKind::Auxiliary) || marked.is(words.end, CueKind::Passive);
    (equates && participle(marked, predicate).is_none()) || marked.is(words.end, CueKind::Inclusion)
}

/// "shall not", "no ... may".
fn denial(marked: &Marked<'_>, predicate: &Predicate, subject: Range<usize>, at: &Range<usize>) -> Modality {
    let end = predicate.cue.words.end;
    let party = party(marked, subject.clone());
    let after = |kind| (end..end + VERB).find(|&index| marked.is(index, kind));
    if after(CueKind::Failing).is_some() {
        return Modality::Duty;
    }
    if after(CueKind::Hindered).is_some() {
        return if party == Party::Authority { Modality::PreservedPower } else { Modality::Disclaimer };
    }
    if let Some(verb) = after(CueKind::Hindering) {
        let itself = marked.is(subject.start, CueKind::Deictic);
        let object = object(marked, verb + 1, at.end);
        let power = object == Party::Authority || (itself && object == Party::Unknown);
        return if power && itself { Modality::PreservedPower } else { Modality::LimitOnPower };
    }
    let passive = participle(marked, predicate).is_some();
    let permitted = after(CueKind::Permission).is_some();
    // "shall be required to" is one cue of duty.
    if marked.any(predicate.cue.words.start..end + VERB, CueKind::Burden) {
        return Modality::LimitOnPower;
    }
    match party {
        Party::Person | Party::Provider if passive && !permitted => Modality::LimitOnPower,
        Party::Provider if after(CueKind::Taking).is_some() => Modality::LimitOnPower,
        Party::Person | Party::Provider => Modality::ProhibitionOnPersons,
        Party::Unknown if marked.any(end..at.end.saturating_sub(1), CueKind::Condition) => {
            Modality::ProhibitionOnPersons
        }
        Party::Authority | Party::Instrument | Party::Unknown => Modality::LimitOnPower,
    }
}

/// Whether a negator stands in a duty or after a modal: "is not to", "shall not", "may at no time".
fn negates(marked: &Marked<'_>, cue: &Cue) -> bool {
    let duty = cue.governor == Governor::Duty;
    negator(marked, cue.words.end).is_some() || (duty && marked.any(cue.words.clone(), CueKind::Negator))
}

/// The negator of a modal that ends at `end`.
fn negator(marked: &Marked<'_>, end: usize) -> Option<usize> {
    let condition = |index| marked.is(index, CueKind::Condition);
    (end..end + 2).find(|&index| {
        marked.is(index, CueKind::Negator)
            && !condition(index)
            && (index == end || marked.before(end) < Break::Pause)
    })
}

/// Whether a negator of its own stands right before the match: "in such a way as not to retain".
fn denied_at(marked: &Marked<'_>, predicate: &Predicate, at: &Range<usize>) -> bool {
    let from = at.start.saturating_sub(2).max(predicate.cue.words.end + 2);
    let small = |index| {
        [CueKind::Passive, CueKind::Infinitive, CueKind::Negator].iter().any(|kind| marked.is(index, *kind))
    };
    // "may direct that it shall not be sent": the negator is another modal's.
    let own = |index: usize| {
        let modal = |kind| marked.length(index - 1, kind) == Some(1);
        marked.is(index, CueKind::Negator) && !modal(CueKind::Duty) && !modal(CueKind::Power)
    };
    (from..at.start).all(small) && (from..at.start).any(own)
}

fn turned(modality: Modality) -> Modality {
    match modality {
        Modality::Duty | Modality::Power | Modality::NominalDuty => Modality::LimitOnPower,
        Modality::PreservedPower
        | Modality::Offence
        | Modality::ProhibitionOnPersons
        | Modality::LimitOnPower
        | Modality::Disclaimer
        | Modality::Definition
        | Modality::Purpose
        | Modality::Statement => modality,
    }
}

/// The participle of a passive after the cue: "retained" in "shall, on request, be retained".
pub(super) fn participle(marked: &Marked<'_>, predicate: &Predicate) -> Option<usize> {
    let end = predicate.cue.words.end;
    let modal = matches!(predicate.cue.governor, Governor::Duty | Governor::Power);
    if !modal {
        return None;
    }
    let auxiliary = (end..end + 3).find(|&index| {
        marked.is(index, CueKind::Passive) && (index < end + 2 || marked.any(end..index, CueKind::Negator))
    });
    let parenthesis = || (end + 1..end + 12).find(|&index| marked.before(index) >= Break::Pause);
    let resumed = || {
        parenthesis()
            .filter(|&index| marked.before(end) == Break::Pause && marked.is(index, CueKind::Passive))
    };
    let auxiliary = auxiliary.or_else(resumed)?;
    (auxiliary + 1..auxiliary + 4).find(|&index| marked.is(index, CueKind::Participle))
}

/// The one by whom a passive is done.
fn agent(marked: &Marked<'_>, from: usize) -> Option<Range<usize>> {
    for index in from..from + AGENT {
        if marked.before(index) == Break::Stop {
            return None;
        }
        if marked.is(index, CueKind::Agent) {
            let end = noun_end(marked, index + 1);
            let named = party(marked, index + 1..end);
            if matches!(named, Party::Person | Party::Provider | Party::Authority) {
                return Some(index + 1..end);
            }
        } else if marked.is(index, CueKind::Participle) && !marked.is(index - 1, CueKind::Conjunction) {
            return None;
        }
    }
    None
}

/// Where the noun phrase that begins at `start` ends.
fn noun_end(marked: &Marked<'_>, start: usize) -> usize {
    let ends = |index: usize| {
        marked.before(index) >= Break::Pause
            || [
                CueKind::Preposition,
                CueKind::Relative,
                CueKind::Conditional,
                CueKind::Agent,
                CueKind::Duty,
                CueKind::Power,
            ]
            .iter()
            .any(|kind| marked.is(index, *kind))
    };
    let goes_on = |index: usize| {
        marked.is(index, CueKind::Determiner) || party(marked, index..index + 1) != Party::Unknown
    };
    let limit = (start + OBLIGED).min(marked.view().words.len());
    let ends = |index| ends(index) || (marked.is(index, CueKind::Conjunction) && !goes_on(index + 1));
    (start + 1..limit).find(|&index| ends(index)).unwrap_or(limit.max(start))
}

/// Whom the first noun of `words` that names anybody names; of a run of nouns the last: a "service
/// user" is a user.
pub(super) fn party(marked: &Marked<'_>, words: Range<usize>) -> Party {
    let kinds = [
        (CueKind::Persons, Party::Person),
        (CueKind::Providers, Party::Provider),
        (CueKind::Authorities, Party::Authority),
        (CueKind::Instruments, Party::Instrument),
    ];
    let mut found = Party::Unknown;
    let mut index = words.start;
    while index < words.end {
        let named = kinds.iter().filter_map(|(kind, party)| Some((marked.length(index, *kind)?, *party)));
        match named.max_by_key(|(length, _)| *length) {
            Some((length, party)) => {
                let body = index > words.start && is_body(marked, index);
                found = if body { Party::Authority } else { party };
                index += length;
            }
            None if found == Party::Unknown => index += 1,
            None => break,
        }
    }
    found
}

/// Whether the word at `index` is the name of a body of the State: "the Service", not "the service".
fn is_body(marked: &Marked<'_>, index: usize) -> bool {
    marked.is(index, CueKind::Bodies)
        && marked.is(index.saturating_sub(1), CueKind::Determiner)
        && marked.view().is_name(index)
}

/// Whom a verb of hindrance hinders.
fn object(marked: &Marked<'_>, from: usize, end: usize) -> Party {
    party(marked, from..(from + OBLIGED).min(end))
}

/// The one who is made to act, between a cue and the end of the match.
fn obliged(marked: &Marked<'_>, from: usize, at: &Range<usize>) -> Option<Range<usize>> {
    let verbs = (from..at.end).rev();
    let verb =
        verbs.into_iter().find(|&index| marked.is(index, CueKind::Requiring) && !is_noun(marked, index))?;
    let start = verb + marked.length(verb, CueKind::Requiring)?;
    let that = marked.is(start, CueKind::Relative);
    let start = if that { start + 1 } else { start };
    let limit = (start + OBLIGED).min(marked.window.end);
    let ends = |index: &usize| {
        let kinds = [CueKind::Infinitive, CueKind::Nominal, CueKind::FunctionNoun, CueKind::Passive];
        kinds.iter().any(|kind| marked.is(*index, *kind))
    };
    let paused = |index: &usize| marked.before(*index) >= Break::Pause;
    let end = (start..limit).find(ends)?;
    // "requiring the provider— (a) to decrypt": the pause before the act does not count.
    let beside = marked.is(start, CueKind::Preposition) && !marked.is(start, CueKind::Determiner);
    let whole = !beside && (start + 1..end).all(|index| !paused(&index)) && !marked.is(start, CueKind::Agent);
    let named = marked.is(start, CueKind::Determiner) || party(marked, start..end) != Party::Unknown;
    let end = (start..end).find(|&index| marked.is(index, CueKind::Relative)).unwrap_or(end);
    let verb = marked.any(start..end, CueKind::Duty) || marked.any(start..end, CueKind::Power);
    let article =
        end == start + 1 && marked.is(start, CueKind::Determiner) && !marked.is(start, CueKind::Pronoun);
    (whole && named && !verb && !article && start < end).then_some(start..end)
}

/// Whether a word that can be a verb of requiring is a participle or noun: "be ordered", "by order".
fn is_noun(marked: &Marked<'_>, verb: usize) -> bool {
    let kinds = [CueKind::Passive, CueKind::Determiner, CueKind::Agent];
    verb.checked_sub(1).is_some_and(|before| kinds.iter().any(|kind| marked.is(before, *kind)))
}
