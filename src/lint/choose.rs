//! Of all that was found in a document, what is reported.

use std::collections::BTreeMap;

use crate::config::{Settings, find_rule};
use crate::diagnostic::Severity;
use crate::finding::Finding;
use crate::rule::{Kind, RuleSet};
use crate::text::Span;

/// Leaves the findings that are wanted, and in them the related findings that are, each as grave as it was
/// made. `notices` are what there is to say of suppressions.
pub(super) fn choose(
    findings: &mut Vec<Finding>,
    mut notices: Vec<Finding>,
    settings: &Settings,
    rules: &RuleSet,
) {
    let wants = |id: &str| find_rule(rules, id).is_none_or(|rule| settings.wants(rule));
    let is_wanted =
        |finding: &Finding| finding.confidence >= settings.selection.min_confidence && wants(&finding.rule);
    findings.retain(is_wanted);
    notices.retain(|notice| wants(&notice.rule));
    for finding in findings.iter_mut() {
        finding.related.retain(|related| wants(&related.rule));
    }
    if !settings.levels.is_empty() {
        set_severities(findings, settings);
        set_severities(&mut notices, settings);
    }
    join(findings);
    findings.extend(notices);
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
}

/// Makes findings as grave as is set for their rules; in related findings too.
fn set_severities(findings: &mut [Finding], settings: &Settings) {
    let mut set: BTreeMap<(String, String), Severity> = BTreeMap::new();
    for finding in findings.iter_mut() {
        if let Some(severity) = settings.levels.severity(finding) {
            finding.severity = severity;
            set.insert((finding.rule.clone(), finding.fingerprint.clone()), severity);
        }
    }
    for related in findings.iter_mut().flat_map(|finding| &mut finding.related) {
        if let Some(severity) = set.get(&(related.rule.clone(), related.fingerprint.clone())) {
            related.severity = *severity;
        }
    }
}

/// How far apart two matches of a clause may stand and still be one thing to report, in bytes of the
/// text: about two lines. Clauses run over pages in some drafting.
const JOINED: u32 = 160;

/// Reports a clause once, by its strongest finding; the weaker ones stand in its related findings.
/// Safeguards and absences say something else each and are never joined. What is suppressed hides nothing.
fn join(findings: &mut Vec<Finding>) {
    let joinable = |finding: &Finding| {
        finding.suppressed.is_none() && !matches!(finding.kind, Kind::Strength | Kind::Absence)
    };
    let near =
        |a: Span, b: Span| a.start < b.end.saturating_add(JOINED) && b.start < a.end.saturating_add(JOINED);
    let (mut told, others): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(findings).into_iter().partition(joinable);
    told.sort_by(|a, b| {
        let strength = |finding: &Finding| (finding.severity, finding.confidence);
        (a.clause, strength(b), a.span, &a.rule).cmp(&(b.clause, strength(a), b.span, &b.rule))
    });
    let mut kept: Vec<Finding> = Vec::new();
    for finding in told {
        let mut stronger = kept.iter().rev().take_while(|stronger| stronger.clause == finding.clause);
        if !stronger.any(|stronger| stronger.kind == finding.kind && near(stronger.span, finding.span)) {
            kept.push(finding);
        }
    }
    kept.extend(others);
    *findings = kept;
}
