//! The report for GitHub Actions: one workflow command for each finding, which becomes an annotation.
//!
//! Columns are counted in code points. GitHub does not say in what it counts; its runner hands the
//! numbers on as they are, and takes columns only where a finding begins and ends on one line.

use std::io::{self, Write};

use super::{counted, message, repository_path, unseen};
use crate::config::find_rule;
use crate::diagnostic::Severity;
use crate::finding::Finding;
use crate::lint::{ReadDocument, Run};
use crate::rule::RuleSet;

pub(super) fn write(run: &Run, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    for (read, finding) in counted(run) {
        write_finding(read, finding, rules, out)?;
    }
    for failure in &run.failures {
        let place = [("file", repository_path(&failure.path).to_owned()), title("not read")];
        write_command("error", &place, &failure.error, out)?;
    }
    for entry in unseen(run) {
        let file = entry.path.as_deref().map(|path| ("file", repository_path(path).to_owned()));
        let place: Vec<_> = file.into_iter().chain([title("not checked")]).collect();
        write_command("notice", &place, &entry.reason, out)?;
    }
    Ok(())
}

fn write_finding(
    read: &ReadDocument,
    finding: &Finding,
    rules: &RuleSet,
    out: &mut dyn Write,
) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut place = vec![("file", repository_path(&read.path).to_owned())];
    if let Some((start, end)) = finding.location.hull() {
        place.push(("line", start.line.to_string()));
        place.push(("endLine", end.line.to_string()));
        if start.line == end.line {
            place.push(("col", start.column.to_string()));
            place.push(("endColumn", end.column.to_string()));
        }
    }
    place.push(title(&finding.rule));
    let help = find_rule(rules, &finding.rule).map(|rule| rule.help.trim()).unwrap_or_default();
    let text = [message(finding), help.to_owned()].join("\n\n");
    write_command(command, &place, text.trim_end(), out)
}

fn title(name: &str) -> (&'static str, String) {
    ("title", format!("rightslint: {name}"))
}

/// `::error file=a.txt,line=3::what is wrong`
fn write_command(
    command: &str,
    properties: &[(&str, String)],
    data: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let lines: Vec<String> = data.lines().map(|line| percent(&super::escape(line))).collect();
    writeln!(out, "::{command} {}::{}", properties.join(","), lines.join("%0A"))
}

/// The value of a property: `,` and `:` would end it.
fn property(value: &str) -> String {
    percent(value).replace(':', "%3A").replace(',', "%2C")
}

fn percent(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(properties: &[(&str, &str)], data: &str, expected: &str) {
        let properties: Vec<(&str, String)> =
            properties.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        let mut out = Vec::new();
        write_command("error", &properties, data, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("{expected}\n"));
    }

    #[test]
    fn nothing_ends_a_command_early() {
        check(&[("file", "a.txt"), ("line", "3")], "100 %: a, b", "::error file=a.txt,line=3::100 %25: a, b");
        check(
            &[("file", "a,b:c%\n::error::x")],
            "a\r\nb\n\n::error::c\u{202e}",
            "::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax::a%0Ab%0A%0A::error::c‹U+202E›",
        );
    }
}
