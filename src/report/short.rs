//! The report of one line for each finding, for `grep` and for editors' error lists.

use std::io::{self, Write};

use super::{View, escape, place, write_not_checked};
use crate::lint::Run;

pub(super) fn write(run: &Run, view: View, out: &mut dyn Write) -> io::Result<()> {
    for (read, finding) in run.findings().filter(|(_, finding)| view.shows(finding)) {
        let place = place(&read.path, &finding.location);
        let citation =
            finding.provision.as_deref().map(|cited| format!(" {}", escape(cited))).unwrap_or_default();
        let (severity, message) = (finding.severity.name(), escape(&finding.message));
        writeln!(out, "{place}: {severity}[{}]{citation}: {message}", finding.rule)?;
    }
    write_not_checked(run, out)
}
