//! `rightslint --statistics`: how many problems there are of each rule and topic.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::config::topic_name;
use crate::diagnostic::Severity;
use crate::lint::Run;
use crate::rule::Kind;

/// How many of each severity.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Row {
    fn total(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }
}

/// Two tables, the most frequent first: rules, then topics. Nothing where nothing was found.
pub(super) fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<String, Row> = BTreeMap::new();
    let mut topics: BTreeMap<String, Row> = BTreeMap::new();
    for (_, finding) in
        run.findings().filter(|(_, finding)| finding.kind != Kind::Strength && finding.counts())
    {
        rules.entry(finding.rule.clone()).or_default().add(finding.severity);
        topics.entry(topic_name(finding.topic)).or_default().add(finding.severity);
    }
    if rules.is_empty() {
        return Ok(());
    }
    write_table("rule", rules, out)?;
    writeln!(out)?;
    write_table("topic", topics, out)
}

fn write_table(name: &str, rows: BTreeMap<String, Row>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "total  errors  warnings  notes  {name}")?;
    let mut rows: Vec<(String, Row)> = rows.into_iter().collect();
    rows.sort_by(|a, b| b.1.total().cmp(&a.1.total()).then_with(|| a.0.cmp(&b.0)));
    for (name, row) in rows {
        let Row { errors, warnings, notes } = row;
        writeln!(out, "{:5}  {errors:6}  {warnings:8}  {notes:5}  {name}", row.total())?;
    }
    Ok(())
}
