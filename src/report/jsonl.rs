//! The report for programs that read line by line: one JSON object for each thing, `type` saying what.
//!
//! First the run, then documents, findings, what was not checked and failures, the summary last: a
//! reader that misses it has read a report that was cut off.

use std::io::{self, Write};

use serde::Serialize;

use super::entry::{DocumentEntry, FailureEntry, FindingEntry, NotCheckedEntry, Summary, Tool};
use super::inert;
use crate::lint::Run;
use crate::rule::RuleSet;

const SCHEMA: &str = "urn:rightslint:report-lines:1";
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Entry<'a> {
    Run { schema: &'static str, version: u32, tool: Tool<'a> },
    Document(DocumentEntry<'a>),
    Finding(Box<FindingEntry<'a>>),
    NotChecked(NotCheckedEntry<'a>),
    Failure(FailureEntry<'a>),
    Summary(Summary),
}

pub(super) fn write(run: &Run, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |entry: &Entry<'_>| inert::write_line(entry, out);
    line(&Entry::Run { schema: SCHEMA, version: VERSION, tool: Tool::new(rules) })?;
    for document in &run.documents {
        line(&Entry::Document(document.into()))?;
    }
    for (read, finding) in run.findings() {
        line(&Entry::Finding(Box::new(FindingEntry::new(read, finding, rules))))?;
    }
    for entry in &run.not_checked {
        line(&Entry::NotChecked(entry.into()))?;
    }
    for failure in &run.failures {
        line(&Entry::Failure(failure.into()))?;
    }
    line(&Entry::Summary(run.counts().into()))
}
