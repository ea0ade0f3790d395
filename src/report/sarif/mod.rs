//! The report in SARIF 2.1.0, for code scanning, editors and archives.
//!
//! Suppressed findings and those of the baseline stay in it and say so. Where a document has no byte
//! positions a result has no region; its message and its properties name the page or the paragraph.

mod model;
mod rules;
mod uri;

use std::collections::BTreeMap;
use std::io::{self, Write};

use model::{
    Artifact, ArtifactLocation, Driver, DriverProperties, Invocation, Location, Log, LogicalLocation, Notice,
    Notification, PhysicalLocation, Reference, Region, ResultProperties, RunResult, Suppression,
    SuppressionProperties, Text, Tool,
};

use super::{View, escape, inert, message, repository_path, unseen};
use crate::diagnostic::Severity;
use crate::document;
use crate::finding::{self, BaselineState, Finding, SuppressionPlace};
use crate::lint::{ReadDocument, Run, Status};
use crate::rule::{Kind, RuleSet};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Under which name a result carries the fingerprint, and its version.
const FINGERPRINT: &str = "rightslint/v1";

/// The kinds of notification, in the order of the log.
const NOTICES: [(&str, &str); 2] =
    [("not-read", "a document could not be read"), ("not-checked", "something was not checked")];

pub(super) fn write(run: &Run, rules: &RuleSet, view: View, out: &mut dyn Write) -> io::Result<()> {
    let artifacts = artifacts(run);
    let is_reported = |finding: &Finding| view.strengths || finding.kind != Kind::Strength;
    let findings: Vec<_> = run.findings().filter(|(_, finding)| is_reported(finding)).collect();
    let known = rules::indices(findings.iter().map(|(_, finding)| *finding));
    let told = Told {
        artifacts: &artifacts,
        rules: &known,
        suppressions: findings.iter().any(|(_, finding)| finding.suppressed.is_some()),
        baseline: findings.iter().any(|(_, finding)| finding.baseline.is_some()),
    };
    let results = findings.iter().map(|(read, finding)| told.result(read, finding)).collect();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [model::Run {
            tool: Tool { driver: driver(&known, rules) },
            invocations: [Invocation {
                execution_successful: run.failures.is_empty(),
                tool_execution_notifications: told.notifications(run),
            }],
            column_kind: "utf16CodeUnits",
            artifacts: artifacts.keys().map(|path| artifact(path)).collect(),
            results,
        }],
    };
    inert::write_line(&log, out)
}

/// The files that were looked at or should have been, each with its index.
fn artifacts(run: &Run) -> BTreeMap<&str, usize> {
    let documents = run.documents.iter().filter(|document| document.status != Status::Skipped);
    let paths =
        documents.map(|document| &document.path).chain(run.failures.iter().map(|failure| &failure.path));
    let mut artifacts: BTreeMap<&str, usize> = paths.map(|path| (path.as_str(), 0)).collect();
    for (index, at) in artifacts.values_mut().enumerate() {
        *at = index;
    }
    artifacts
}

fn artifact(path: &str) -> Artifact {
    let location = ArtifactLocation { uri: uri::reference(repository_path(path)), index: None };
    Artifact { location, roles: ["analysisTarget"] }
}

fn driver<'a>(known: &BTreeMap<&'a str, (usize, &'a Finding)>, rules: &'a RuleSet) -> Driver<'a> {
    Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        short_description: Text::from(env!("CARGO_PKG_DESCRIPTION")),
        rules: known.values().map(|(_, finding)| rules::descriptor(finding, rules)).collect(),
        notifications: NOTICES.map(|(id, text)| Notice { id, short_description: Text::from(text) }),
        properties: DriverProperties { rules_digest: &rules.digest },
    }
}

/// What results and notifications refer to.
struct Told<'t, 'a> {
    artifacts: &'t BTreeMap<&'a str, usize>,
    rules: &'t BTreeMap<&'a str, (usize, &'a Finding)>,
    /// Whether any result is suppressed: then all say whether they are, as the standard asks for.
    suppressions: bool,
    /// Whether there is a baseline: then all results say how they stand to it.
    baseline: bool,
}

impl<'a> Told<'_, 'a> {
    fn result(&self, read: &ReadDocument, finding: &'a Finding) -> RunResult<'a> {
        let place = finding.location.place.as_ref();
        let labels = finding.labels.iter().enumerate();
        RunResult {
            rule_id: &finding.rule,
            rule_index: self.rules.get(finding.rule.as_str()).map_or(0, |(index, _)| *index),
            kind: if finding.kind == Kind::Strength { "pass" } else { "fail" },
            level: level(finding.kind, finding.severity),
            message: Text::from(message_text(&message(finding))),
            locations: [Location {
                id: None,
                physical_location: self.physical(&read.path, Some(&finding.location)),
                logical_locations: finding.provision.as_deref().map(provision).into_iter().collect(),
                message: None,
            }],
            related_locations: labels.map(|(index, label)| self.related(read, index, label)).collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, finding.fingerprint.as_str())]),
            baseline_state: self.baseline.then(|| finding.baseline.unwrap_or(BaselineState::New).name()),
            suppressions: self
                .suppressions
                .then(|| finding.suppressed.as_ref().map(suppression).into_iter().collect()),
            properties: ResultProperties {
                topic: finding.topic,
                also_topics: &finding.also_topics,
                kind: finding.kind,
                confidence: finding.confidence,
                safeguard: finding.safeguard.as_deref(),
                text: &finding.text,
                page: place.and_then(|place| place.page),
                page_label: place.and_then(|place| place.page_label.as_deref()),
                line: place.and_then(|place| place.line),
                paragraph: place.and_then(|place| place.paragraph),
            },
        }
    }

    fn related(&self, read: &ReadDocument, index: usize, label: &'a finding::Label) -> Location<'a> {
        Location {
            id: Some(index),
            physical_location: self.physical(&read.path, Some(&label.location)),
            logical_locations: Vec::new(),
            message: Some(Text::from(message_text(&escape(&label.text)))),
        }
    }

    fn physical(&self, path: &str, location: Option<&document::Location>) -> PhysicalLocation {
        let region = location.and_then(document::Location::hull).map(|(start, end)| Region {
            start_line: start.line,
            start_column: start.utf16,
            end_line: end.line,
            end_column: end.utf16,
        });
        let uri = uri::reference(repository_path(path));
        let index = self.artifacts.get(path).copied();
        PhysicalLocation { artifact_location: ArtifactLocation { uri, index }, region }
    }

    /// Failures, then what was not checked.
    fn notifications(&self, run: &'a Run) -> Vec<Notification<'a>> {
        let failures = run.failures.iter().map(|failure| Notification {
            descriptor: notice(0),
            associated_rule: None,
            level: "error",
            message: Text::from(message_text(&escape(&failure.error))),
            locations: vec![self.whole(&failure.path)],
        });
        let unseen = unseen(run).map(|entry| Notification {
            descriptor: notice(1),
            associated_rule: entry.rule.as_deref().map(|id| Reference { id, index: None }),
            level: "warning",
            message: Text::from(message_text(&escape(&entry.reason))),
            locations: entry.path.iter().map(|path| self.whole(path)).collect(),
        });
        failures.chain(unseen).collect()
    }

    /// A file as a whole.
    fn whole(&self, path: &str) -> Location<'a> {
        Location {
            id: None,
            physical_location: self.physical(path, None),
            logical_locations: Vec::new(),
            message: None,
        }
    }
}

fn notice(index: usize) -> Reference<'static> {
    Reference { id: NOTICES.get(index).map_or("", |(id, _)| id), index: Some(index) }
}

fn provision(cited: &str) -> LogicalLocation<'_> {
    LogicalLocation { fully_qualified_name: cited, kind: "provision" }
}

fn suppression(suppression: &finding::Suppression) -> Suppression<'_> {
    Suppression {
        kind: match suppression.place {
            SuppressionPlace::Comment => "inSource",
            SuppressionPlace::Sidecar => "external",
        },
        status: "accepted",
        justification: &suppression.reason,
        properties: suppression.until.as_deref().map(|until| SuppressionProperties { until }),
    }
}

/// A result that is no problem has no level.
fn level(kind: Kind, severity: Severity) -> &'static str {
    if kind == Kind::Strength { "none" } else { severity.name() }
}

/// `text` with what SARIF reads as a link or as the place of an argument taken literally.
fn message_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '[' | ']' | '\\' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            _ => out.push(c),
        }
    }
    out
}
