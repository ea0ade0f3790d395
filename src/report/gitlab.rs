//! The report for GitLab's code quality: a JSON array of issues.
//!
//! GitLab knows an issue of the merge request in the target branch by its fingerprint and shows one
//! issue for each; equal ones are numbered. An issue has a line: where the format of a document has none, it
//! is the first, and the description names the page or the paragraph.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{counted, inert, message, repository_path};
use crate::diagnostic::Severity;
use crate::finding::Finding;
use crate::lint::{ReadDocument, Run};
use crate::walk::Failure;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut seen = BTreeMap::new();
    let findings = counted(run).map(|(read, finding)| Issue::of_finding(read, finding, &mut seen));
    let failures = run.failures.iter().map(Issue::of_failure);
    let issues: Vec<Issue<'_>> = findings.chain(failures).collect();
    inert::write_line(&issues, out)
}

impl<'a> Issue<'a> {
    fn of_finding(
        read: &'a ReadDocument,
        finding: &'a Finding,
        seen: &mut BTreeMap<&'a str, u32>,
    ) -> Issue<'a> {
        let number = seen.entry(&finding.fingerprint).or_default();
        *number += 1;
        let fingerprint = match number {
            1 => finding.fingerprint.clone(),
            _ => format!("{}-{number}", finding.fingerprint),
        };
        let (begin, end) = finding.location.hull().map_or((1, 1), |(start, end)| (start.line, end.line));
        Issue {
            description: message(finding),
            check_name: &finding.rule,
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Note => "info",
            },
            location: Location { path: repository_path(&read.path), lines: Lines { begin, end } },
        }
    }

    fn of_failure(failure: &'a Failure) -> Issue<'a> {
        let digest = Sha256::digest(format!("{}\0{}", failure.path, failure.error));
        let first = digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
        Issue {
            description: format!("not read: {}", super::escape(&failure.error)),
            check_name: "not-read",
            fingerprint: format!("{first:016x}"),
            severity: "blocker",
            location: Location { path: repository_path(&failure.path), lines: Lines { begin: 1, end: 1 } },
        }
    }
}
