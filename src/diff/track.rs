//! Which finding of one draft is which finding of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::align::Aligned;
use super::draft::Draft;
use crate::finding::Finding;

/// A finding in one draft, or in both.
pub(super) struct Tracked<'f> {
    pub(super) old: Option<&'f Finding>,
    pub(super) new: Option<&'f Finding>,
    /// Whether the other draft has it too, behind a stronger finding of the same clause.
    pub(super) behind: bool,
    /// Its clause in each draft, indices of their units; where one draft does not have the finding, the
    /// clause that became its clause, or that its clause became.
    pub(super) units: (Option<usize>, Option<usize>),
}

/// A finding on its way to its counterpart.
struct Open<'f> {
    finding: &'f Finding,
    unit: Option<usize>,
    other: Option<usize>,
}

/// Matches the findings that `wanted` says: by fingerprint in aligned clauses, by fingerprint, and by rule
/// in aligned clauses.
pub(super) fn track<'f>(
    old: &Draft<'f>,
    new: &Draft<'f>,
    aligned: &Aligned,
    wanted: impl Fn(&&Finding) -> bool,
) -> Vec<Tracked<'f>> {
    let open = |draft: &Draft<'f>| -> Vec<(&'f Finding, Option<usize>)> {
        let findings = draft.findings.iter().filter(|finding| wanted(finding));
        findings.map(|finding| (finding, draft.unit_of(finding))).collect()
    };
    let mut tracked = Vec::new();
    // Where each old finding is looked for: in the new clause that its own became.
    let before = open(old).into_iter().map(|(finding, unit)| Open {
        finding,
        unit,
        other: unit.and_then(|unit| aligned.new_of(unit)),
    });
    let after = open(new).into_iter().map(|(finding, unit)| Open {
        finding,
        unit,
        other: unit.and_then(|unit| aligned.old_of(unit)),
    });
    let (mut before, mut after): (Vec<Open<'f>>, Vec<Open<'f>>) = (before.collect(), after.collect());
    matching(&mut tracked, &mut before, &mut after, |open, unit| {
        (open.finding.fingerprint.as_str(), unit, true)
    });
    matching(&mut tracked, &mut before, &mut after, |open, _| {
        (open.finding.fingerprint.as_str(), None, true)
    });
    matching(&mut tracked, &mut before, &mut after, |open, unit| {
        (open.finding.rule.as_str(), unit, unit.is_some())
    });
    let behind = Behind::new(old, new);
    for open in before {
        let is_behind = behind.new.contains(open.finding.fingerprint.as_str())
            || open.other.is_some_and(|unit| behind.in_new.contains(&(unit, &open.finding.rule)));
        let units = (open.unit, open.other);
        tracked.push(Tracked { old: Some(open.finding), new: None, behind: is_behind, units });
    }
    for open in after {
        let is_behind = behind.old.contains(open.finding.fingerprint.as_str())
            || open.other.is_some_and(|unit| behind.in_old.contains(&(unit, &open.finding.rule)));
        let units = (open.other, open.unit);
        tracked.push(Tracked { old: None, new: Some(open.finding), behind: is_behind, units });
    }
    tracked
}

/// Pairs the findings with the same key, in order. A key is of a finding and its clause in the new draft;
/// the last part says whether the finding takes part.
fn matching<'f>(
    tracked: &mut Vec<Tracked<'f>>,
    before: &mut Vec<Open<'f>>,
    after: &mut Vec<Open<'f>>,
    key: impl for<'o> Fn(&'o Open<'f>, Option<usize>) -> (&'o str, Option<usize>, bool),
) {
    let mut by_key: BTreeMap<(String, Option<usize>), Vec<usize>> = BTreeMap::new();
    for (at, open) in after.iter().enumerate().rev() {
        let (name, unit, takes_part) = key(open, open.unit);
        if takes_part {
            by_key.entry((name.to_owned(), unit)).or_default().push(at);
        }
    }
    let mut taken = BTreeSet::new();
    before.retain(|open| {
        let (name, unit, takes_part) = key(open, open.other);
        let found = by_key.get_mut(&(name.to_owned(), unit)).filter(|_| takes_part).and_then(Vec::pop);
        let Some((at, other)) = found.and_then(|at| Some((at, after.get(at)?))) else { return true };
        taken.insert(at);
        let units = (open.unit, other.unit);
        tracked.push(Tracked { old: Some(open.finding), new: Some(other.finding), behind: false, units });
        false
    });
    let mut at = 0;
    after.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
}

/// The findings that stand behind stronger ones of the same clause.
struct Behind<'f> {
    /// Fingerprints.
    old: BTreeSet<&'f str>,
    new: BTreeSet<&'f str>,
    /// Clauses and rules.
    in_old: BTreeSet<(usize, &'f String)>,
    in_new: BTreeSet<(usize, &'f String)>,
}

impl<'f> Behind<'f> {
    fn new(old: &Draft<'f>, new: &Draft<'f>) -> Behind<'f> {
        // What is reported itself stands behind nothing, even where another finding names it.
        let names = |draft: &Draft<'f>| {
            let reported: BTreeSet<&str> =
                draft.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
            let related = draft.findings.iter().flat_map(|finding| &finding.related);
            let names = related.map(|related| related.fingerprint.as_str());
            names.filter(|name| !reported.contains(name)).collect()
        };
        let rules = |draft: &Draft<'f>| {
            let (mut rules, mut reported) = (BTreeSet::new(), BTreeSet::new());
            for finding in draft.findings {
                let Some(unit) = draft.unit_of(finding) else { continue };
                reported.insert((unit, &finding.rule));
                rules.extend(finding.related.iter().map(|related| (unit, &related.rule)));
            }
            rules.retain(|rule| !reported.contains(rule));
            rules
        };
        Behind { old: names(old), new: names(new), in_old: rules(old), in_new: rules(new) }
    }
}
