//! The report for programs: one JSON object.
//!
//! The same input gives the same bytes: no time, no paths but those given.

use std::io::{self, Write};

use serde::Serialize;

use super::entry::{
    DocumentEntry, FailureEntry, FindingEntry, NotCheckedEntry, Summary, Tool, recommendations,
};
use super::inert;
use crate::config::find_rule;
use crate::diagnostic::Severity;
use crate::lint::Run;
use crate::rule::{Kind, RuleSet};

const SCHEMA: &str = "urn:rightslint:report:1";
const VERSION: u32 = 1;

pub(super) fn write(run: &Run, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    inert::write_line(&Report::new(run, rules), out)
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    version: u32,
    tool: Tool<'a>,
    summary: Summary,
    documents: Vec<DocumentEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
    not_checked: Vec<NotCheckedEntry<'a>>,
    scorecard: Vec<Score<'a>>,
    failures: Vec<FailureEntry<'a>>,
}

#[derive(Serialize)]
struct Score<'a> {
    recommendation: u8,
    title: &'a str,
    errors: usize,
    warnings: usize,
    strengths: usize,
}

impl<'a> Report<'a> {
    fn new(run: &'a Run, rules: &'a RuleSet) -> Report<'a> {
        let known = rules.recommendations.iter();
        Report {
            schema: SCHEMA,
            version: VERSION,
            tool: Tool::new(rules),
            summary: Summary::from(run.counts()),
            documents: run.documents.iter().map(DocumentEntry::from).collect(),
            findings: run.findings().map(|(read, finding)| FindingEntry::new(read, finding, rules)).collect(),
            not_checked: run.not_checked.iter().map(NotCheckedEntry::from).collect(),
            scorecard: known.map(|known| score(known.number, &known.title, run, rules)).collect(),
            failures: run.failures.iter().map(FailureEntry::from).collect(),
        }
    }
}

/// How a recommendation fares over all documents.
fn score<'a>(number: u8, title: &'a str, run: &Run, rules: &RuleSet) -> Score<'a> {
    let mut score = Score { recommendation: number, title, errors: 0, warnings: 0, strengths: 0 };
    for (_, finding) in run.findings() {
        if !recommendations(find_rule(rules, &finding.rule)).contains(&number) {
            continue;
        }
        match finding.severity {
            _ if finding.kind == Kind::Strength => score.strengths += 1,
            _ if !finding.counts() => {}
            Severity::Error => score.errors += 1,
            Severity::Warning => score.warnings += 1,
            Severity::Note => {}
        }
    }
    score
}
