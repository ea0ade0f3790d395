//! The report for spreadsheets: one row for each finding, one for each file that could not be read.
//!
//! A cell that a spreadsheet would take for a formula begins with `'`: a bill that says
//! `=HYPERLINK(...)` stays text.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{View, escape, unseen};
use crate::config::{find_rule, topic_name};
use crate::finding::Finding;
use crate::lint::{ReadDocument, Run};
use crate::rule::{Confidence, Kind, RuleSet};

/// Lines and columns (in code points) are those of the file; where the format has none, the line of the page.
const HEADER: [&str; 20] = [
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "page",
    "page_label",
    "paragraph",
    "provision",
    "kind",
    "severity",
    "confidence",
    "topic",
    "rule",
    "message",
    "text",
    "help",
    "recommendations",
    "fingerprint",
    "baseline_state",
];

pub(super) fn write(run: &Run, rules: &RuleSet, view: View, out: &mut dyn Write) -> io::Result<()> {
    write_row(&HEADER.map(str::to_owned), out)?;
    for (read, finding) in run.findings().filter(|(_, finding)| view.shows(finding)) {
        write_row(&row(read, finding, rules), out)?;
    }
    for failure in &run.failures {
        write_row(&bare_row(&failure.path, "failure", "error", &failure.error), out)?;
    }
    for entry in unseen(run) {
        let mut row = bare_row(entry.path.as_deref().unwrap_or_default(), "not_checked", "", &entry.reason);
        entry.rule.as_deref().unwrap_or_default().clone_into(&mut row[13]);
        write_row(&row, out)?;
    }
    Ok(())
}

fn row(read: &ReadDocument, finding: &Finding, rules: &RuleSet) -> [String; 20] {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let hull = finding.location.hull();
    let place = finding.location.place.clone().unwrap_or_default();
    let (start, end) = (hull.map(|hull| hull.0), hull.map(|hull| hull.1));
    let rule = find_rule(rules, &finding.rule);
    let recommendations: Vec<String> = rule
        .map_or(Vec::new(), |rule| rule.recommendations.iter().map(|number| format!("R{number}")).collect());
    [
        read.path.clone(),
        number(start.map(|start| start.line).or(place.line)),
        number(start.map(|start| start.column)),
        number(end.map(|end| end.line)),
        number(end.map(|end| end.column)),
        number(place.page),
        place.page_label.unwrap_or_default(),
        number(place.paragraph),
        finding.provision.clone().unwrap_or_default(),
        kind(finding.kind).to_owned(),
        finding.severity.name().to_owned(),
        confidence(finding.confidence).to_owned(),
        topic_name(finding.topic),
        finding.rule.clone(),
        finding.message.clone(),
        finding.text.split_whitespace().collect::<Vec<_>>().join(" "),
        rule.map(|rule| rule.help.trim().to_owned()).unwrap_or_default(),
        recommendations.join(" "),
        finding.fingerprint.clone(),
        finding.baseline.map(|state| state.name().to_owned()).unwrap_or_default(),
    ]
}

/// A row that stands for a whole file.
fn bare_row(path: &str, kind: &str, severity: &str, message: &str) -> [String; 20] {
    let mut row = HEADER.map(|_| String::new());
    for (index, cell) in [(0, path), (9, kind), (10, severity), (14, message)] {
        cell.clone_into(&mut row[index]);
    }
    row
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Presence => "presence",
        Kind::Absence => "absence",
        Kind::Definition => "definition",
        Kind::Framing => "framing",
        Kind::Strength => "strength",
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}

fn write_row(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(&inert(cell))).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// `text` on one line, safe to show and no formula.
fn inert(text: &str) -> Cow<'_, str> {
    let shown = escape(text);
    let first = shown.trim_start().chars().next();
    if first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
        || shown.starts_with('\t')
    {
        return Cow::Owned(format!("'{shown}"));
    }
    shown
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\'', ';', '\t', ' ']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &str) {
        assert_eq!(quoted(&inert(cell)), expected);
    }

    #[test]
    fn cells_are_quoted_and_inert() {
        check("", "");
        check("s.4", "s.4");
        check("§ é 😀", "\"§ é 😀\"");
        check("a,\"b\"", "\"a,\"\"b\"\"\"");
        check("=HYPERLINK(1)", "\"'=HYPERLINK(1)\"");
        check("  +1", "\"'  +1\"");
        check("@x", "\"'@x\"");
        check("-1", "\"'-1\"");
        check("＝1", "\"'＝1\"");
        check("\t=1", "\"'\t=1\"");
        check("a\nb\u{202e}", "a‹U+000A›b‹U+202E›");
    }
}
