//! What became of the safeguards: removed, weakened, reworded, strengthened, added.

use std::collections::{BTreeMap, BTreeSet};

use super::align::Aligned;
use super::draft::Draft;
use super::pieces::{self, Piece};
use super::track::{Tracked, track};
use super::weigh::{Carried, Shift, shift};
use super::{Spot, differs};
use crate::rule::Kind;

/// A clause that gives a safeguard, or did.
#[derive(Clone, Debug)]
pub struct SafeguardChange {
    /// What became of it.
    pub state: SafeguardState,
    /// Ids of the rules whose strengths the clause gave and gives no more, ascending.
    pub lost: Vec<String>,
    /// Ids of the rules whose strengths it gives only now, ascending.
    pub gained: Vec<String>,
    /// Ids of the rules whose strengths it gives in both drafts, in other words; ascending.
    pub kept: Vec<String>,
    /// What of it shifted, where that can be told from single words.
    pub shift: Option<Weakening>,
    /// In the old draft.
    pub old: Option<Spot>,
    /// In the new draft.
    pub new: Option<Spot>,
    /// The clause's words, with what was taken out and put in; empty where it is in one draft alone.
    pub words: Vec<Piece>,
}

/// What became of a safeguard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SafeguardState {
    /// Its clause is gone.
    Removed,
    /// Its clause says less than it did.
    Weakened,
    /// Its clause says the same in other words; whether it still holds is for a reader to judge.
    Reworded,
    /// Its clause says more than it did.
    Strengthened,
    /// Its clause is new.
    Added,
}

/// What shifted in a clause. Read the other way round where the clause was strengthened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weakening {
    /// A duty became a power; the words that make them: "must", "may".
    DutyBecamePower {
        /// In the old draft.
        old: String,
        /// In the new draft.
        new: String,
    },
    /// What was forbidden or not asked for is now allowed or a duty.
    LimitGone {
        /// In the old draft.
        old: String,
        /// In the new draft.
        new: String,
    },
    /// Somebody less independent takes the place of another: "judge", "Minister".
    LessIndependent {
        /// In the old draft.
        old: String,
        /// In the new draft.
        new: String,
    },
}

impl SafeguardState {
    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            SafeguardState::Removed => "removed",
            SafeguardState::Weakened => "weakened",
            SafeguardState::Reworded => "reworded",
            SafeguardState::Strengthened => "strengthened",
            SafeguardState::Added => "added",
        }
    }
}

/// The rules whose strengths changed in one clause.
#[derive(Default)]
struct Rules {
    lost: BTreeSet<String>,
    gained: BTreeSet<String>,
    kept: BTreeSet<String>,
    shift: Option<Shift>,
}

pub(super) fn changes(old: &Draft<'_>, new: &Draft<'_>, aligned: &Aligned) -> Vec<SafeguardChange> {
    let mut clauses: BTreeMap<(Option<usize>, Option<usize>), Rules> = BTreeMap::new();
    for Tracked { old: before, new: after, behind, units } in
        track(old, new, aligned, |finding| finding.kind == Kind::Strength)
    {
        // A strength may come and go with the power that it stands near; its clause says what it said.
        if behind || !differs(old, new, units) {
            continue;
        }
        let rules = clauses.entry(units).or_default();
        match (before, after) {
            (Some(finding), None) => rules.lost.insert(finding.rule.clone()),
            (None, Some(finding)) => rules.gained.insert(finding.rule.clone()),
            (Some(finding), Some(_)) => rules.kept.insert(finding.rule.clone()),
            (None, None) => false,
        };
    }
    let (carried, problems) =
        (carrying(old, new, Carrying::Strengths), carrying(old, new, Carrying::Problems));
    for (before, after) in aligned.pairs() {
        let units = (Some(before), Some(after));
        if !differs(old, new, units) {
            continue;
        }
        let carried = Carried {
            strength: carried.0.contains(&before) || carried.1.contains(&after),
            problem: problems.0.contains(&before) || problems.1.contains(&after),
        };
        if let Some(found) = shift(old, new, before, after, carried) {
            clauses.entry(units).or_default().shift = Some(found);
        }
    }
    let mut changes: Vec<(Option<usize>, SafeguardChange)> =
        clauses.into_iter().map(|(units, rules)| (units.1, change(old, new, units, rules))).collect();
    changes.sort_by_key(|(at, change)| (change.state, at.is_none(), *at));
    changes.into_iter().map(|(_, change)| change).collect()
}

fn change(
    old: &Draft<'_>,
    new: &Draft<'_>,
    units: (Option<usize>, Option<usize>),
    rules: Rules,
) -> SafeguardChange {
    let shifted = rules.shift.as_ref().map(|shift| shift.weaker);
    let state = match units {
        (Some(_), None) => SafeguardState::Removed,
        (None, _) => SafeguardState::Added,
        _ if shifted == Some(true) => SafeguardState::Weakened,
        _ if !rules.lost.is_empty() && rules.gained.is_empty() => SafeguardState::Weakened,
        _ if shifted == Some(false) => SafeguardState::Strengthened,
        _ if !rules.gained.is_empty() && rules.lost.is_empty() => SafeguardState::Strengthened,
        _ => SafeguardState::Reworded,
    };
    let words = match units {
        (Some(before), Some(after)) => pieces::between(old, new, before, after),
        _ => Vec::new(),
    };
    SafeguardChange {
        state,
        lost: rules.lost.into_iter().collect(),
        gained: rules.gained.into_iter().collect(),
        kept: rules.kept.into_iter().collect(),
        shift: rules.shift.map(|shift| shift.what),
        old: units.0.and_then(|unit| old.spot(unit)),
        new: units.1.and_then(|unit| new.spot(unit)),
        words,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Carrying {
    Strengths,
    Problems,
}

/// The clauses of both drafts in which something is found.
fn carrying(old: &Draft<'_>, new: &Draft<'_>, what: Carrying) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let units = |draft: &Draft<'_>| {
        let wanted = draft.findings.iter().filter(|finding| match finding.kind {
            Kind::Strength => what == Carrying::Strengths,
            Kind::Presence => what == Carrying::Problems,
            Kind::Absence | Kind::Definition | Kind::Framing => false,
        });
        wanted.filter_map(|finding| draft.unit_of(finding)).collect()
    };
    (units(old), units(new))
}
