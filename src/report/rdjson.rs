//! The reports for reviewdog: its diagnostic format, as one JSON object or one line for each diagnostic.
//!
//! Columns count bytes of UTF-8, and ends are exclusive, as the format asks for. A message may become
//! Markdown in a review, so what it takes from a bill stands in code.

use std::io::{self, Write};

use serde::Serialize;

use super::{counted, inert, markdown, placed, repository_path};
use crate::diagnostic::Severity;
use crate::finding::Finding;
use crate::lint::{ReadDocument, Run};
use crate::text;
use crate::walk::Failure;

#[derive(Serialize)]
struct DiagnosticResult<'a> {
    source: Source,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    source: Source,
    code: Code<'a>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

const SOURCE: Source = Source { name: env!("CARGO_PKG_NAME") };

/// `rdjson`
pub(super) fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let result = DiagnosticResult { source: SOURCE, diagnostics: diagnostics(run).collect() };
    inert::write_line(&result, out)
}

/// `rdjsonl`
pub(super) fn write_lines(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    diagnostics(run).try_for_each(|diagnostic| inert::write_line(&diagnostic, out))
}

fn diagnostics(run: &Run) -> impl Iterator<Item = Diagnostic<'_>> {
    let findings = counted(run).map(|(read, finding)| Diagnostic::of_finding(read, finding));
    findings.chain(run.failures.iter().map(Diagnostic::of_failure))
}

impl<'a> Diagnostic<'a> {
    fn of_finding(read: &'a ReadDocument, finding: &'a Finding) -> Diagnostic<'a> {
        let place = placed(finding).map(|place| format!(" ({})", markdown::code(&place)));
        Diagnostic {
            message: format!("{}{}", markdown::plain(&finding.message), place.unwrap_or_default()),
            location: Location {
                path: repository_path(&read.path),
                range: finding.location.hull().map(Range::from),
            },
            severity: match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            },
            source: SOURCE,
            code: Code { value: &finding.rule },
        }
    }

    fn of_failure(failure: &'a Failure) -> Diagnostic<'a> {
        Diagnostic {
            message: format!("not read: {}", markdown::plain(&failure.error)),
            location: Location { path: repository_path(&failure.path), range: None },
            severity: "ERROR",
            source: SOURCE,
            code: Code { value: "not-read" },
        }
    }
}

impl From<(text::Position, text::Position)> for Range {
    fn from((start, end): (text::Position, text::Position)) -> Range {
        let position = |position: text::Position| Position { line: position.line, column: position.utf8 };
        Range { start: position(start), end: position(end) }
    }
}
