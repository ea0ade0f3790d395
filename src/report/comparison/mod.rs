//! Reports on two drafts, as people and programs read them.
//!
//! What got worse stands first and in full; what was resolved or added is a line; what only moved or
//! stayed is counted, for two drafts of a long bill share most of their findings.

mod human;
mod json;
mod markdown;
mod words;

use std::io::{self, Write};

use clap::ValueEnum;

use crate::config::find_rule;
use crate::diff::{
    Clauses, Comparison, FindingChange, FindingState, SafeguardChange, SafeguardState, Weakening,
};
use crate::finding::Finding;
use crate::rule::RuleSet;

/// A format of reports on two drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ComparisonFormat {
    /// For reading
    Human,
    /// One JSON object, for other programs
    Json,
    /// For a submission or a comment on a pull request
    Markdown,
}

/// Writes what differs between two drafts. `rules` are those that they were read with.
pub fn write_comparison(
    format: ComparisonFormat,
    comparison: &Comparison,
    rules: &RuleSet,
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ComparisonFormat::Human => human::write(comparison, rules, color, out),
        ComparisonFormat::Json => json::write(comparison, rules, out),
        ComparisonFormat::Markdown => markdown::write(comparison, rules, out),
    }
}

/// The findings of one part of a report, the gravest first.
fn findings(
    comparison: &Comparison,
    wanted: impl Fn(&FindingChange) -> bool,
) -> Vec<(&FindingChange, &Finding)> {
    let changes = comparison.findings.iter().filter(|change| wanted(change));
    let mut found: Vec<_> = changes.filter_map(|change| Some((change, change.finding()?))).collect();
    found.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    found
}

fn is_introduced(change: &FindingChange) -> bool {
    change.state == FindingState::Introduced
}

/// Both drafts have it, and the new one's is graver.
fn is_graver(change: &FindingChange) -> bool {
    change.is_worse() && change.state != FindingState::Introduced
}

fn is_changed(change: &FindingChange) -> bool {
    change.state == FindingState::Changed && !is_graver(change)
}

fn is_resolved(change: &FindingChange) -> bool {
    change.state == FindingState::Resolved
}

/// The safeguards of one part of a report.
fn safeguards(comparison: &Comparison, state: SafeguardState) -> impl Iterator<Item = &SafeguardChange> {
    comparison.safeguards.iter().filter(move |change| change.state == state)
}

/// `s. 5(1)`, or `s. 6(1), formerly s. 5(1)`; empty where there is no numbering.
fn provisions(old: Option<&str>, new: Option<&str>) -> String {
    match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{new}, formerly {old}"),
        (_, Some(cited)) | (Some(cited), None) => cited.to_owned(),
        (None, None) => String::new(),
    }
}

fn provisions_of(change: &FindingChange) -> String {
    let cited = |finding: Option<&'_ Finding>| finding.and_then(|finding| finding.provision.clone());
    provisions(cited(change.old.as_ref()).as_deref(), cited(change.new.as_ref()).as_deref())
}

fn provisions_of_safeguard(change: &SafeguardChange) -> String {
    let old = change.old.as_ref().and_then(|spot| spot.provision.as_deref());
    provisions(old, change.new.as_ref().and_then(|spot| spot.provision.as_deref()))
}

/// What a change means for a safeguard, in a line; the words of the drafts stand in it.
fn meaning(change: &SafeguardChange, rules: &RuleSet) -> String {
    let stronger = change.state == SafeguardState::Strengthened;
    let shift = change.shift.as_ref().map(|shift| match (shift, stronger) {
        (Weakening::DutyBecamePower { old, new }, false) => {
            format!("a duty became a power (“{old}” → “{new}”)")
        }
        (Weakening::DutyBecamePower { old, new }, true) => {
            format!("a power became a duty (“{old}” → “{new}”)")
        }
        (Weakening::LimitGone { old, new }, false) => format!("a limit is gone (“{old}” → “{new}”)"),
        (Weakening::LimitGone { old, new }, true) => format!("a limit was set (“{old}” → “{new}”)"),
        (Weakening::LessIndependent { old, new }, false) => {
            format!("who decides is less independent (“{old}” → “{new}”)")
        }
        (Weakening::LessIndependent { old, new }, true) => {
            format!("who decides is more independent (“{old}” → “{new}”)")
        }
    });
    let one_side = matches!(change.state, SafeguardState::Removed | SafeguardState::Added);
    let titles = |what: &str, ids: &[String]| {
        let titles: Vec<String> = ids.iter().map(|id| title(id, rules)).collect();
        let what = if one_side { "" } else { what };
        (!titles.is_empty()).then(|| format!("{what}{}", titles.join("; ")))
    };
    let lost = titles("no longer: ", &change.lost);
    let gained = titles("now: ", &change.gained);
    let kept = titles("still: ", &change.kept);
    shift.into_iter().chain(lost).chain(gained).chain(kept).collect::<Vec<_>>().join("; ")
}

/// `a judge authorises first [judicial-authorisation]`
fn title(id: &str, rules: &RuleSet) -> String {
    find_rule(rules, id).map_or_else(|| id.to_owned(), |rule| format!("{} [{id}]", rule.title))
}

/// How many pairs of provisions are listed.
const MOST_PAIRS: usize = 8;

/// Which provisions the findings that moved stood under and stand under: `s. 4(1) → s. 5(1)`.
fn moves(comparison: &Comparison) -> Option<String> {
    let moved = comparison.findings.iter().filter(|change| change.state == FindingState::Moved);
    let mut pairs: Vec<String> = Vec::new();
    for change in moved {
        let cited = |finding: &Option<Finding>| {
            finding.as_ref().and_then(|finding| finding.provision.clone()).unwrap_or_else(|| "-".to_owned())
        };
        let pair = format!("{} → {}", cited(&change.old), cited(&change.new));
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    let more = pairs.len().saturating_sub(MOST_PAIRS);
    pairs.truncate(MOST_PAIRS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!pairs.is_empty()).then(|| format!("{}{more}", pairs.join(", ")))
}

/// The place of a finding; of what a document lacks, that of the power that needs it.
fn power_at(change: &FindingChange, place: &str) -> String {
    if change.of_document { format!("the power: {place}") } else { place.to_owned() }
}

/// What is the same in both drafts, in a few lines.
fn rest(comparison: &Comparison) -> Vec<String> {
    let mut lines = Vec::new();
    let moved = comparison.count(FindingState::Moved);
    lines.extend(moves(comparison).map(|moves| format!("Under another number ({moved}): {moves}")));
    lines.push(if comparison.findings.is_empty() {
        "Nothing is found in either draft.".to_owned()
    } else {
        format!("Unchanged ({})", comparison.count(FindingState::Unchanged))
    });
    let Clauses { same, edited, removed, added } = comparison.clauses;
    lines.push(format!("Clauses: {same} the same, {edited} edited, {removed} removed, {added} added"));
    lines
}
