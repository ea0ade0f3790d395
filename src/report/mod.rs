//! Reports: a run as people and programs read it.
//!
//! A format is a variant of [`ReportFormat`] and a file in this folder. All of them read the same
//! [`Run`]; none decides what is a finding.

mod checkstyle;
mod comparison;
mod csv;
mod entry;
mod excerpt;
mod github;
mod gitlab;
mod human;
mod inert;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod problem;
mod rdjson;
mod sarif;
mod short;
mod visible;
mod xml;

pub use comparison::{ComparisonFormat, write_comparison};
pub use problem::write_diagnostic;
pub use visible::escape;

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::ValueEnum;

use crate::document::{Location, Place};
use crate::finding::Finding;
use crate::lint::{NotChecked, ReadDocument, Run};
use crate::rule::{Kind, RuleSet};

/// Texts are wrapped to so many columns.
const WIDTH: usize = 96;

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ReportFormat {
    /// For reading: every finding with its source and what to write instead
    Human,
    /// One line for each finding
    Short,
    /// One JSON object, for other programs
    Json,
    /// JSON Lines: one object for each finding
    Jsonl,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// `JUnit` XML, for whatever shows tests
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// Reviewdog's format, one JSON object
    Rdjson,
    /// Reviewdog's format, JSON Lines
    Rdjsonl,
    /// A table for spreadsheets
    Csv,
    /// Markdown, for pull requests and job summaries
    Markdown,
}

/// How a report is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct View {
    /// Whether to write colours for a terminal.
    pub color: bool,
    /// Whether to list strengths too, in formats that have a place for them; JSON always does.
    pub strengths: bool,
}

/// Writes `run` as `format`. `rules` are those that the run was made with.
pub fn write(
    format: ReportFormat,
    run: &Run,
    rules: &RuleSet,
    view: View,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ReportFormat::Human => human::write(run, rules, view, out),
        ReportFormat::Short => short::write(run, view, out),
        ReportFormat::Json => json::write(run, rules, out),
        ReportFormat::Jsonl => jsonl::write(run, rules, out),
        ReportFormat::Sarif => sarif::write(run, rules, view, out),
        ReportFormat::Github => github::write(run, rules, out),
        ReportFormat::Gitlab => gitlab::write(run, out),
        ReportFormat::Junit => junit::write(run, rules, out),
        ReportFormat::Checkstyle => checkstyle::write(run, out),
        ReportFormat::Rdjson => rdjson::write(run, out),
        ReportFormat::Rdjsonl => rdjson::write_lines(run, out),
        ReportFormat::Csv => csv::write(run, rules, view, out),
        ReportFormat::Markdown => markdown::write(run, rules, view, out),
    }
}

impl View {
    fn shows(self, finding: &Finding) -> bool {
        match finding.kind {
            Kind::Strength => self.strengths,
            Kind::Presence | Kind::Absence | Kind::Definition | Kind::Framing => finding.counts(),
        }
    }
}

/// The problems that count, each with its document.
fn counted(run: &Run) -> impl Iterator<Item = (&ReadDocument, &Finding)> {
    run.documents.iter().flat_map(|read| counted_in(read).map(move |finding| (read, finding)))
}

/// The problems of a document that count.
fn counted_in(read: &ReadDocument) -> impl Iterator<Item = &Finding> {
    read.findings.iter().filter(|finding| finding.kind != Kind::Strength && finding.counts())
}

/// What the run did not look at and no failure tells already.
fn unseen(run: &Run) -> impl Iterator<Item = &NotChecked> {
    let told = |entry: &NotChecked| {
        let mut failures = run.failures.iter();
        failures.any(|failure| {
            entry.path.as_ref() == Some(&failure.path) && failure.error.contains(&entry.reason)
        })
    };
    run.not_checked.iter().filter(move |entry| !told(entry))
}

/// What is wrong and where, for formats that have one text for it: `may be kept for ever (s. 4, p. 3)`.
fn message(finding: &Finding) -> String {
    let place = placed(finding).map(|place| format!(" ({place})")).unwrap_or_default();
    format!("{}{place}", escape(&finding.message))
}

/// The provision, and the page or paragraph where the format has no byte positions.
fn placed(finding: &Finding) -> Option<String> {
    let provision = finding.provision.as_deref().map(|cited| escape(cited).into_owned());
    let place = finding.location.place.as_ref().map(printed);
    let parts: Vec<String> = provision.into_iter().chain(place).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A path as services know it that show files of a repository: without `./`.
fn repository_path(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// So many rules are named that were not held against a document for the same reason.
const NAMED_RULES: usize = 3;

/// What the run did not look at, for reports of lines: `not checked: bill.txt: host act not seen`. Rules for
/// which the same is said stand in one line.
fn write_not_checked(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<(Option<&str>, &str), Vec<&str>> = BTreeMap::new();
    for entry in &run.not_checked {
        let rules = rules.entry((entry.path.as_deref(), &entry.reason)).or_default();
        rules.extend(entry.rule.as_deref());
    }
    for ((path, reason), rules) in rules {
        let more = rules.len().saturating_sub(NAMED_RULES);
        let names: Vec<&str> = rules.into_iter().take(NAMED_RULES).collect();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let rules =
            if names.is_empty() { String::new() } else { format!(" [{}{more}]", escape(&names.join(", "))) };
        let path = path.map(|path| format!("{}: ", escape(path))).unwrap_or_default();
        writeln!(out, "not checked{rules}: {path}{}", escape(reason))?;
    }
    Ok(())
}

/// `text` in lines of at most 96 columns, words kept whole, each line set in by `indent`.
pub fn wrap(text: &str, indent: &str) -> String {
    let options = textwrap::Options::new(WIDTH).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options.initial_indent(indent).subsequent_indent(indent))
}

/// `path:line:column`, or `path:p. 3, line 12` and `path:para. 14` where the format has no byte
/// positions; control characters made visible.
fn place(path: &str, location: &Location) -> String {
    let path = escape(path);
    match (location.hull(), &location.place) {
        (Some((start, _)), _) => format!("{path}:{}:{}", start.line, start.column),
        (None, Some(place)) => format!("{path}:{}", printed(place)),
        (None, None) => path.into_owned(),
    }
}

/// `p. 3, line 12`, `p. 5 (iii)`, `para. 14`
fn printed(place: &Place) -> String {
    let number = |name: &str, number: Option<u32>| number.map(|number| format!("{name} {number}"));
    let page = place.page.map(|page| match &place.page_label {
        Some(label) if *label != page.to_string() => format!("p. {page} ({})", escape(label)),
        _ => format!("p. {page}"),
    });
    let parts = [page, number("line", place.line), number("para.", place.paragraph)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
