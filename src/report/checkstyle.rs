//! The report as Checkstyle writes it, which many tools read.
//!
//! It names lines alone: every reader counts columns in its own way.

use std::io::{self, Write};

use super::xml::Xml;
use super::{counted_in, escape, message, repository_path};
use crate::diagnostic::Severity;
use crate::lint::Run;

pub(super) fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.open("checkstyle", &[("version", "4.3")])?;
    for document in run.documents.iter().filter(|document| counted_in(document).next().is_some()) {
        xml.open("file", &[("name", repository_path(&document.path))])?;
        for finding in counted_in(document) {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "info",
            };
            let source = format!("rightslint.{}", finding.rule);
            let line = finding.location.hull().map(|(start, _)| start.line.to_string());
            let line = line.as_deref().map(|line| ("line", line));
            let (message, rest) = (message(finding), [("severity", severity), ("source", &source)]);
            let attributes: Vec<_> = line.into_iter().chain(rest).chain([("message", &*message)]).collect();
            xml.empty("error", &attributes)?;
        }
        xml.close("file")?;
    }
    for failure in &run.failures {
        let message = format!("not read: {}", escape(&failure.error));
        xml.open("file", &[("name", repository_path(&failure.path))])?;
        let (severity, source) = (("severity", "error"), ("source", "rightslint.not-read"));
        xml.empty("error", &[severity, source, ("message", &message)])?;
        xml.close("file")?;
    }
    xml.close("checkstyle")?;
    xml.finish()
}
