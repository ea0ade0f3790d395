//! Absences: a power stands there and a safeguard does not.
//!
//! Absence rules are judged last, when it is known which powers a document grants and which safeguards
//! stand in it. A finding points at the power. What may be missing is looked for in all operative text,
//! also where it binds weakly or binds another power: to say that something is not there is a claim
//! about the whole document, and presence rules mark the bare power anyway.
//!
//! A draft that amends another law may leave to that law what it does not say: there, an absence is a
//! note and the report says that the host act was not seen.

use std::collections::BTreeSet;

use super::DocumentScan;
use super::clause::{Draft, severity_of};
use super::profile::Gate;
use super::safeguard::Safeguards;
use crate::diagnostic::Severity;
use crate::language::{Modality, Zone};
use crate::rule::{Absence, Confidence, Kind, Reach, Rule, Topic};

/// Powers of so many topics make a document comprehensive.
const COMPREHENSIVE: usize = 4;
/// One byte in so many that is inserted into other law makes a draft an amending one.
const AMENDING_SHARE: u64 = 3;

/// Adds the absences to `drafts`; whether they were judged on a draft that amends a law not seen.
pub(super) fn judge(
    scan: &DocumentScan<'_>,
    safeguards: &Safeguards,
    about_subject: Gate,
    mut drafts: Vec<Draft>,
) -> (Vec<Draft>, bool) {
    let shown: BTreeSet<usize> = drafts.iter().map(|draft| draft.rule).collect();
    let is_there = |rule: &Rule, absence: &Absence| {
        shown.iter().filter_map(|&index| scan.rules.rules.get(index)).any(|other| {
            let same = other.kind == Kind::Strength
                && other.safeguarding.safeguard.is_some()
                && other.safeguarding.safeguard == rule.safeguarding.safeguard;
            same || absence.shown_by.contains(&other.id)
        })
    };
    let powers: Vec<Draft> = drafts
        .iter()
        .filter(|draft| scan.rules.rules.get(draft.rule).is_some_and(|rule| is_problem(rule, draft)))
        .cloned()
        .collect();
    let amending = is_amending(scan);
    let topics: BTreeSet<Topic> =
        powers.iter().filter_map(|draft| Some(scan.rules.rules.get(draft.rule)?.topic)).collect();
    let wanted = |rule: &Rule| {
        let absence = rule.safeguarding.absence.as_ref()?;
        let of_such_document = !absence.comprehensive || topics.len() >= COMPREHENSIVE && !amending;
        (of_such_document && !is_there(rule, absence)).then_some(absence.clone())
    };
    drafts.retain(|draft| {
        let rule = scan.rules.rules.get(draft.rule);
        rule.is_none_or(|rule| rule.kind != Kind::Absence || wanted(rule).is_some())
    });
    for (index, rule) in scan.rules.rules.iter().enumerate() {
        let Some(absence) = wanted(rule) else { continue };
        let mut found = missing(scan, &powers, index, rule, &absence);
        if about_subject != Gate::Open {
            for draft in &mut found {
                draft.confidence = Confidence::Low;
            }
        }
        drafts.extend(found);
    }
    for draft in drafts.iter_mut().filter(|draft| is_absence(scan, draft)) {
        draft.looked_in = looked_in(scan, safeguards, draft);
        if amending {
            draft.confidence = Confidence::Low;
        }
    }
    let found = drafts.iter().any(|draft| is_absence(scan, draft));
    (drafts, amending && found)
}

/// Whether a match is a clause that needs safeguards: one that is at least a warning.
fn is_problem(rule: &Rule, draft: &Draft) -> bool {
    rule.kind == Kind::Presence && severity_of(rule, draft.confidence) > Severity::Note
}

fn is_absence(scan: &DocumentScan<'_>, draft: &Draft) -> bool {
    scan.rules.rules.get(draft.rule).is_some_and(|rule| rule.kind == Kind::Absence)
}

/// The absences of one rule: at the gravest power that it looks at; for a rule within the provision
/// also at the gravest of each other section, where one would say the same again, as notes.
fn missing(
    scan: &DocumentScan<'_>,
    powers: &[Draft],
    index: usize,
    rule: &Rule,
    absence: &Absence,
) -> Vec<Draft> {
    let looked_at = |draft: &&Draft| {
        let power = scan.rules.rules.get(draft.rule);
        power.is_some_and(|power| absence.topics.contains(&power.topic) || absence.rules.contains(&power.id))
    };
    let mut looked_at: Vec<&Draft> = powers.iter().filter(looked_at).collect();
    // What a person must not do is no power, if a bill grants any.
    if looked_at.iter().any(|draft| !is_offence(draft)) {
        looked_at.retain(|draft| !is_offence(draft));
    }
    let is_sure = is_substantial(scan, &looked_at);
    looked_at.sort_by_key(|draft| {
        let severity = scan.rules.rules.get(draft.rule).map(|rule| severity_of(rule, draft.confidence));
        (std::cmp::Reverse((severity, draft.confidence)), draft.span, draft.rule)
    });
    let mut sections = BTreeSet::new();
    let mut found: Vec<Draft> = Vec::new();
    for power in looked_at {
        let first = found.is_empty();
        if !first && absence.within != Reach::Provision || !sections.insert(scan.section_of(power)) {
            continue;
        }
        let confidence =
            if first && is_sure { rule.confidence.min(power.confidence) } else { Confidence::Low };
        found.push(Draft { rule: index, confidence, ..power.clone() });
    }
    found
}

/// Whether the powers are enough to say what a document lacks: one that is sure, or several. A single clause
/// that may be read otherwise carries no list of what is missing.
fn is_substantial(scan: &DocumentScan<'_>, powers: &[&Draft]) -> bool {
    let sections: BTreeSet<Option<usize>> = powers.iter().map(|power| scan.section_of(power)).collect();
    sections.len() > 1 || powers.iter().any(|power| power.confidence == Confidence::High)
}

fn is_offence(draft: &Draft) -> bool {
    matches!(draft.modality, Modality::Offence | Modality::ProhibitionOnPersons)
}

/// The provisions in which the safeguard was looked for by name: the section of the power and those
/// that it refers to. The whole document was searched besides.
fn looked_in(scan: &DocumentScan<'_>, safeguards: &Safeguards, draft: &Draft) -> Vec<usize> {
    let Some(section) = scan.section_of(draft) else { return Vec::new() };
    std::iter::once(section).chain(safeguards.referred(section).iter().copied()).collect()
}

/// Whether much of the document is text that it inserts into another law.
fn is_amending(scan: &DocumentScan<'_>) -> bool {
    let bound = scan.structure.passages.iter().filter(|passage| {
        !matches!(passage.zone, Zone::Struck | Zone::Contents | Zone::Recital | Zone::Note)
    });
    let (mut all, mut inserted) = (0_u64, 0_u64);
    for passage in bound {
        let length = u64::from(passage.span.len());
        all += length;
        inserted += if passage.inserted { length } else { 0 };
    }
    inserted > 0 && inserted * AMENDING_SHARE >= all
}
