//! The comparison for programs: one JSON object, a contract as that of the report is.

use std::io::{self, Write};

use serde::Serialize;

use crate::config::find_rule;
use crate::diagnostic::Severity;
use crate::diff::{
    Clauses, Comparison, FindingChange, FindingState, Piece, SafeguardChange, SafeguardState, Spot, Weakening,
};
use crate::finding::Finding;
use crate::report::entry::{Place, Tool};
use crate::report::inert;
use crate::rule::{Confidence, Kind, RuleSet, Topic};

const SCHEMA: &str = "urn:rightslint:diff:1";
const VERSION: u32 = 1;

pub(super) fn write(comparison: &Comparison, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    inert::write_line(&Report::new(comparison, rules), out)
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    version: u32,
    tool: Tool<'a>,
    old: &'a str,
    new: &'a str,
    summary: Summary,
    clauses: ClauseCounts,
    findings: Vec<FindingEntry<'a>>,
    safeguards: Vec<SafeguardEntry<'a>>,
}

#[derive(Serialize)]
struct Summary {
    introduced: usize,
    graver: usize,
    changed: usize,
    resolved: usize,
    moved: usize,
    unchanged: usize,
    safeguards_removed: usize,
    safeguards_weakened: usize,
    safeguards_reworded: usize,
    safeguards_strengthened: usize,
    safeguards_added: usize,
}

#[derive(Serialize)]
struct ClauseCounts {
    same: usize,
    edited: usize,
    removed: usize,
    added: usize,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    state: &'static str,
    worse: bool,
    rule: &'a str,
    topic: Topic,
    kind: Kind,
    message: &'a str,
    old: Option<FindingSide<'a>>,
    new: Option<FindingSide<'a>>,
    words: Vec<PieceEntry<'a>>,
}

#[derive(Serialize)]
struct FindingSide<'a> {
    severity: Severity,
    confidence: Confidence,
    provision: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
    text: &'a str,
    sentence: &'a str,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct SafeguardEntry<'a> {
    state: &'static str,
    lost: Vec<StrengthEntry<'a>>,
    gained: Vec<StrengthEntry<'a>>,
    kept: Vec<StrengthEntry<'a>>,
    shift: Option<ShiftEntry<'a>>,
    old: Option<SafeguardSide<'a>>,
    new: Option<SafeguardSide<'a>>,
    words: Vec<PieceEntry<'a>>,
}

#[derive(Serialize)]
struct StrengthEntry<'a> {
    rule: &'a str,
    safeguard: Option<&'a str>,
}

#[derive(Serialize)]
struct ShiftEntry<'a> {
    what: &'static str,
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct SafeguardSide<'a> {
    provision: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct PieceEntry<'a> {
    state: &'static str,
    text: &'a str,
}

impl<'a> Report<'a> {
    fn new(comparison: &'a Comparison, rules: &'a RuleSet) -> Report<'a> {
        Report {
            schema: SCHEMA,
            version: VERSION,
            tool: Tool::new(rules),
            old: &comparison.old,
            new: &comparison.new,
            summary: Summary::from(comparison),
            clauses: ClauseCounts::from(comparison.clauses),
            findings: comparison.findings.iter().filter_map(finding).collect(),
            safeguards: comparison.safeguards.iter().map(|change| safeguard(change, rules)).collect(),
        }
    }
}

impl From<Clauses> for ClauseCounts {
    fn from(clauses: Clauses) -> ClauseCounts {
        let Clauses { same, edited, removed, added } = clauses;
        ClauseCounts { same, edited, removed, added }
    }
}

impl From<&Comparison> for Summary {
    fn from(comparison: &Comparison) -> Summary {
        Summary {
            introduced: comparison.count(FindingState::Introduced),
            graver: comparison.findings.iter().filter(|change| super::is_graver(change)).count(),
            changed: comparison.findings.iter().filter(|change| super::is_changed(change)).count(),
            resolved: comparison.count(FindingState::Resolved),
            moved: comparison.count(FindingState::Moved),
            unchanged: comparison.count(FindingState::Unchanged),
            safeguards_removed: comparison.count_safeguards(SafeguardState::Removed),
            safeguards_weakened: comparison.count_safeguards(SafeguardState::Weakened),
            safeguards_reworded: comparison.count_safeguards(SafeguardState::Reworded),
            safeguards_strengthened: comparison.count_safeguards(SafeguardState::Strengthened),
            safeguards_added: comparison.count_safeguards(SafeguardState::Added),
        }
    }
}

fn finding(change: &FindingChange) -> Option<FindingEntry<'_>> {
    let finding = change.finding()?;
    Some(FindingEntry {
        state: change.state.name(),
        worse: change.is_worse(),
        rule: &finding.rule,
        topic: finding.topic,
        kind: finding.kind,
        message: &finding.message,
        old: change.old.as_ref().map(FindingSide::from),
        new: change.new.as_ref().map(FindingSide::from),
        words: pieces(&change.words),
    })
}

impl<'a> From<&'a Finding> for FindingSide<'a> {
    fn from(finding: &'a Finding) -> FindingSide<'a> {
        FindingSide {
            severity: finding.severity,
            confidence: finding.confidence,
            provision: finding.provision.as_deref(),
            place: Place::from(&finding.location),
            text: &finding.text,
            sentence: &finding.sentence,
            fingerprint: &finding.fingerprint,
        }
    }
}

fn safeguard<'a>(change: &'a SafeguardChange, rules: &'a RuleSet) -> SafeguardEntry<'a> {
    let strengths = |ids: &'a [String]| -> Vec<StrengthEntry<'a>> {
        let safeguard = |id| find_rule(rules, id).and_then(|rule| rule.safeguarding.safeguard.as_deref());
        ids.iter().map(|id| StrengthEntry { rule: id, safeguard: safeguard(id) }).collect()
    };
    SafeguardEntry {
        state: change.state.name(),
        lost: strengths(&change.lost),
        gained: strengths(&change.gained),
        kept: strengths(&change.kept),
        shift: change.shift.as_ref().map(|shift| match shift {
            Weakening::DutyBecamePower { old, new } => ShiftEntry { what: "duty-and-power", old, new },
            Weakening::LimitGone { old, new } => ShiftEntry { what: "limit", old, new },
            Weakening::LessIndependent { old, new } => ShiftEntry { what: "independence", old, new },
        }),
        old: change.old.as_ref().map(SafeguardSide::from),
        new: change.new.as_ref().map(SafeguardSide::from),
        words: pieces(&change.words),
    }
}

impl<'a> From<&'a Spot> for SafeguardSide<'a> {
    fn from(spot: &'a Spot) -> SafeguardSide<'a> {
        SafeguardSide {
            provision: spot.provision.as_deref(),
            place: Place::from(&spot.location),
            text: &spot.text,
        }
    }
}

fn pieces(pieces: &[Piece]) -> Vec<PieceEntry<'_>> {
    pieces.iter().map(PieceEntry::from).collect()
}

impl<'a> From<&'a Piece> for PieceEntry<'a> {
    fn from(piece: &'a Piece) -> PieceEntry<'a> {
        match piece {
            Piece::Same(text) => PieceEntry { state: "same", text },
            Piece::Old(text) => PieceEntry { state: "old", text },
            Piece::New(text) => PieceEntry { state: "new", text },
        }
    }
}
