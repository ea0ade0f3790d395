//! The report for test runners: a suite for each document, a case for each finding.
//!
//! What is as grave as the failing severity fails; what is less grave, suppressed or in the baseline is
//! skipped and says so. A run that exits with 0 shows no failed test. A document without findings has
//! one case, which passes; one that cannot be read has a case with an error.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::xml::Xml;
use super::{message, place, repository_path, unseen};
use crate::config::find_rule;
use crate::finding::Finding;
use crate::lint::{ReadDocument, Run};
use crate::rule::{Kind, RuleSet};

/// The cases of one document.
#[derive(Default)]
struct Suite {
    cases: Vec<Case>,
    /// How many cases have a name.
    names: BTreeMap<String, u32>,
}

struct Case {
    name: String,
    line: Option<u32>,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    Skipped { reason: String },
    Failed { kind: &'static str, message: String, text: String },
    Error { message: String },
}

pub(super) fn write(run: &Run, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(run, rules);
    let number =
        |is: fn(&Outcome) -> bool| suites.values().map(|suite| suite.number(is)).sum::<usize>().to_string();
    let mut xml = Xml::new(out)?;
    xml.open(
        "testsuites",
        &[
            ("name", "rightslint"),
            ("tests", &number(|_| true)),
            ("failures", &number(is_failed)),
            ("errors", &number(is_error)),
        ],
    )?;
    for (path, suite) in &suites {
        suite.write(path, &mut xml)?;
    }
    xml.close("testsuites")?;
    xml.finish()
}

/// By path.
fn suites<'a>(run: &'a Run, rules: &RuleSet) -> BTreeMap<&'a str, Suite> {
    let mut suites: BTreeMap<&str, Suite> = BTreeMap::new();
    for document in run.documents.iter().filter(|document| document.status.is_checked()) {
        let suite = suites.entry(repository_path(&document.path)).or_default();
        for finding in document.findings.iter().filter(|finding| finding.kind != Kind::Strength) {
            suite.add(case(document, finding, rules));
        }
    }
    for failure in &run.failures {
        let outcome = Outcome::Error { message: failure.error.clone() };
        let case = Case { name: "not read".to_owned(), line: None, outcome };
        suites.entry(repository_path(&failure.path)).or_default().add(case);
    }
    for entry in unseen(run) {
        let outcome = Outcome::Skipped { reason: entry.reason.clone() };
        let name =
            entry.rule.as_ref().map_or("not checked".to_owned(), |rule| format!("not checked: {rule}"));
        let path = entry.path.as_deref().map_or("all documents", repository_path);
        suites.entry(path).or_default().add(Case { name, line: None, outcome });
    }
    for suite in suites.values_mut().filter(|suite| suite.cases.is_empty()) {
        suite.add(Case { name: "no findings".to_owned(), line: None, outcome: Outcome::Passed });
    }
    suites
}

fn case(document: &ReadDocument, finding: &Finding, rules: &RuleSet) -> Case {
    let provision = finding.provision.as_deref().map(|cited| format!(" {cited}")).unwrap_or_default();
    let reason = match &finding.suppressed {
        Some(suppression) => Some(format!("suppressed: {}", suppression.reason)),
        None if !finding.counts() => Some("in the baseline".to_owned()),
        None if document.fail_on.fails(finding.severity) => None,
        None => Some(format!("{}: {}", finding.severity.name(), message(finding))),
    };
    let outcome = match reason {
        Some(reason) => Outcome::Skipped { reason },
        None => Outcome::Failed {
            kind: finding.severity.name(),
            message: message(finding),
            text: [
                format!("{}: {}", place(&document.path, &finding.location), finding.text),
                find_rule(rules, &finding.rule).map(|rule| rule.help.trim().to_owned()).unwrap_or_default(),
            ]
            .join("\n"),
        },
    };
    let line = finding.location.hull().map(|(start, _)| start.line);
    Case { name: format!("{}{provision}", finding.rule), line, outcome }
}

fn is_failed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Failed { .. })
}

fn is_error(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Error { .. })
}

fn is_skipped(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Skipped { .. })
}

impl Suite {
    /// Adds a case; one whose name is taken gets a number, for readers know cases by their names.
    fn add(&mut self, mut case: Case) {
        let number = self.names.entry(case.name.clone()).or_default();
        *number += 1;
        if *number > 1 {
            case.name = format!("{} ({number})", case.name);
        }
        self.cases.push(case);
    }

    fn number(&self, is: fn(&Outcome) -> bool) -> usize {
        self.cases.iter().filter(|case| is(&case.outcome)).count()
    }

    fn write(&self, path: &str, xml: &mut Xml<'_>) -> io::Result<()> {
        let number = |is: fn(&Outcome) -> bool| self.number(is).to_string();
        xml.open(
            "testsuite",
            &[
                ("name", path),
                ("tests", &number(|_| true)),
                ("failures", &number(is_failed)),
                ("errors", &number(is_error)),
                ("skipped", &number(is_skipped)),
            ],
        )?;
        for case in &self.cases {
            case.write(path, xml)?;
        }
        xml.close("testsuite")
    }
}

impl Case {
    fn write(&self, path: &str, xml: &mut Xml<'_>) -> io::Result<()> {
        let line = self.line.map(|line| line.to_string());
        let mut attributes = vec![("name", self.name.as_str()), ("classname", path), ("file", path)];
        attributes.extend(line.as_deref().map(|line| ("line", line)));
        if matches!(self.outcome, Outcome::Passed) {
            return xml.empty("testcase", &attributes);
        }
        xml.open("testcase", &attributes)?;
        match &self.outcome {
            Outcome::Passed => {}
            Outcome::Skipped { reason } => xml.empty("skipped", &[("message", reason)])?,
            Outcome::Failed { kind, message, text } => {
                xml.text("failure", &[("type", kind), ("message", message)], text)?;
            }
            Outcome::Error { message } => {
                xml.empty("error", &[("type", "not-read"), ("message", message)])?;
            }
        }
        xml.close("testcase")
    }
}
