//! The report for reading, as a compiler shows its errors.

use std::io::{self, Write};

use codespan_reporting::diagnostic::{Diagnostic, Severity as Level};
use codespan_reporting::files::{Files, SimpleFile};
use codespan_reporting::term::{self, Config, Styles, StylesWriter, termcolor};

use super::excerpt::{Excerpt, NOWHERE};
use super::{View, escape, place, wrap, write_not_checked};
use crate::config::find_rule;
use crate::diagnostic::Severity;
use crate::finding::Finding;
use crate::lint::{ReadDocument, Run};
use crate::rule::{Confidence, Kind, Reach, RuleSet};

/// Where more provisions of a document than this lack the same safeguard, they are shown as one.
const MOST_ABSENCES: usize = 5;

pub(super) fn write(run: &Run, rules: &RuleSet, view: View, out: &mut dyn Write) -> io::Result<()> {
    for document in &run.documents {
        let shown = document.findings.iter().filter(|finding| view.shows(finding));
        let (of_document, shown): (Vec<&Finding>, Vec<&Finding>) =
            shown.partition(|finding| is_missing_in_document(finding, rules));
        for finding in &shown {
            let alike: Vec<&Finding> = match finding.kind {
                Kind::Absence => shown.iter().copied().filter(|other| finding.rule == other.rule).collect(),
                Kind::Presence | Kind::Definition | Kind::Framing | Kind::Strength => Vec::new(),
            };
            if alike.len() <= MOST_ABSENCES {
                write_finding(document, finding, notes(finding, rules), view, out)?;
            } else if gravest(&alike) == Some(*finding) {
                let mut notes = notes(finding, rules);
                notes.insert(1.min(notes.len()), also_in(&alike, finding));
                write_finding(document, finding, notes, view, out)?;
            }
        }
        for finding in of_document {
            write_missing(document, finding, rules, view, out)?;
        }
    }
    write_not_checked(run, out)
}

/// Whether the finding says that the document as a whole lacks something.
fn is_missing_in_document(finding: &Finding, rules: &RuleSet) -> bool {
    let rule = find_rule(rules, &finding.rule);
    let absence = rule.and_then(|rule| rule.safeguarding.absence.as_ref());
    absence.is_some_and(|absence| absence.within == Reach::Document)
}

/// What the whole document lacks, without the power that needs it: many of these point at the same.
fn write_missing(
    read: &ReadDocument,
    finding: &Finding,
    rules: &RuleSet,
    view: View,
    out: &mut dyn Write,
) -> io::Result<()> {
    let provision =
        finding.provision.as_deref().map(|cited| format!(", {}", escape(cited))).unwrap_or_default();
    let place = format!("the power: {}{provision}", place(&read.path, &finding.location));
    let help =
        find_rule(rules, &finding.rule).map(|rule| wrap(&format!("help: {}", escape(rule.help.trim())), ""));
    let diagnostic = Diagnostic::new(level(finding.severity))
        .with_code(&finding.rule)
        .with_message(escape(&finding.message))
        .with_notes(std::iter::once(place).chain(help).collect());
    emit(&diagnostic, &SimpleFile::new("", ""), view.color, out)
}

/// The first of the gravest.
fn gravest<'f>(findings: &[&'f Finding]) -> Option<&'f Finding> {
    findings.iter().copied().reduce(|best, next| if next.severity > best.severity { next } else { best })
}

/// Where else the same is missing.
fn also_in(alike: &[&Finding], shown: &Finding) -> String {
    let others = alike.iter().filter(|other| **other != shown);
    let mut cited: Vec<String> = others
        .filter_map(|other| other.provision.as_deref())
        .map(|cited| escape(cited).into_owned())
        .collect();
    cited.dedup();
    wrap(&format!("also missing in {} other provisions: {}", alike.len() - 1, cited.join(", ")), "")
}

fn write_finding(
    read: &ReadDocument,
    finding: &Finding,
    notes: Vec<String>,
    view: View,
    out: &mut dyn Write,
) -> io::Result<()> {
    let diagnostic = Diagnostic::new(level(finding.severity))
        .with_code(&finding.rule)
        .with_message(escape(&finding.message))
        .with_notes(notes);
    let excerpt = read.quoted.as_ref().and_then(|quoted| Excerpt::new(&read.path, quoted, finding));
    if let Some(mut excerpt) = excerpt {
        let diagnostic = diagnostic.with_labels(excerpt.take_labels());
        return emit(&diagnostic, &excerpt, view.color, out);
    }
    // A place that no line can be shown for: the words themselves stand in for the source.
    let mut diagnostic = diagnostic;
    diagnostic
        .notes
        .insert(0, format!("{}: {}", place(&read.path, &finding.location), escape(&finding.text)));
    emit(&diagnostic, &SimpleFile::new("", ""), view.color, out)
}

/// The citation, why it matters, what to write instead, and the recommendations.
fn notes(finding: &Finding, rules: &RuleSet) -> Vec<String> {
    let mut notes = Vec::new();
    let confidence = match finding.confidence {
        Confidence::High => None,
        Confidence::Medium => Some("medium confidence"),
        Confidence::Low => Some("low confidence"),
    };
    let provision = finding.provision.as_deref().map(escape);
    let place: Vec<&str> = provision.as_deref().into_iter().chain(confidence).collect();
    if !place.is_empty() {
        notes.push(place.join(", "));
    }
    if !finding.looked_in.is_empty() {
        let looked = format!("looked for in {} and the rest of the document", finding.looked_in.join(", "));
        notes.push(wrap(&escape(&looked), ""));
    }
    for softened in &finding.softened_by {
        let place = softened.provision.as_deref().map(|cited| format!(", {cited}")).unwrap_or_default();
        notes.push(wrap(&escape(&format!("less grave because of {}{place}", softened.safeguard)), ""));
    }
    if !finding.related.is_empty() {
        let related: Vec<&str> = finding.related.iter().map(|related| related.rule.as_str()).collect();
        notes.push(wrap(&format!("in this clause too: {}", related.join(", ")), ""));
    }
    let Some(rule) = find_rule(rules, &finding.rule) else { return notes };
    for (name, text) in [("why", &rule.why), ("help", &rule.help)] {
        if !text.trim().is_empty() {
            notes.push(wrap(&format!("{name}: {}", escape(text.trim())), ""));
        }
    }
    let title = |number: &u8| {
        let known = rules.recommendations.iter().find(|known| known.number == *number);
        known.map_or_else(|| format!("R{number}"), |known| format!("R{number} {}", escape(&known.title)))
    };
    notes.extend(rule.recommendations.iter().map(title).map(|line| wrap(&line, "")));
    notes
}

pub(super) fn level(severity: Severity) -> Level {
    match severity {
        Severity::Note => Level::Note,
        Severity::Warning => Level::Warning,
        Severity::Error => Level::Error,
    }
}

/// Renders a diagnostic, in colour or not, without the white space that the renderer leaves at ends of lines.
pub(super) fn emit<'files, F: Files<'files>>(
    diagnostic: &Diagnostic<F::FileId>,
    files: &'files F,
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let config = Config::default();
    let mut rendered = Vec::new();
    let outcome = if color {
        let styles = Styles::default();
        let mut writer = StylesWriter::new(termcolor::Ansi::new(&mut rendered), &styles);
        term::emit_to_write_style(&mut writer, &config, files, diagnostic)
    } else {
        term::emit_to_io_write(&mut rendered, &config, files, diagnostic)
    };
    outcome.map_err(io::Error::other)?;
    let mut has_header = false;
    for line in String::from_utf8_lossy(&rendered).lines() {
        let mut line = line.trim_end();
        if !has_header && line.contains(&config.chars.snippet_start) {
            has_header = true;
            line = line.strip_suffix(NOWHERE).unwrap_or(line);
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}
