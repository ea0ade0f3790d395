//! `rightslint rules`: the list of rules.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{ListFormat, RulesArguments};
use super::{CommandError, Outcome, Terminal};
use crate::config::topic_name;
use crate::diagnostic::Severity;
use crate::report::escape;
use crate::rule::{Confidence, Kind, Rule, RuleSet, Topic};

#[derive(Serialize)]
struct RuleList<'a> {
    schema: &'static str,
    version: u32,
    digest: &'a str,
    rules: Vec<RuleEntry<'a>>,
}

#[derive(Serialize)]
struct RuleEntry<'a> {
    id: &'a str,
    former: &'a [String],
    language: &'a str,
    title: &'a str,
    topic: Topic,
    kind: Kind,
    severity: Severity,
    confidence: Confidence,
    recommendations: &'a [u8],
    authorities: &'a [String],
}

pub(super) fn run(
    arguments: &RulesArguments,
    rules: &RuleSet,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    match arguments.format {
        _ if arguments.coverage => write_coverage(rules, terminal.out)?,
        ListFormat::Human => write_table(rules, terminal.out)?,
        ListFormat::Json => write_json(rules, terminal.out)?,
    }
    Ok(Outcome::Clean)
}

fn write_table(rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let all = || rules.languages.iter().flat_map(|pack| &pack.rules);
    let id = all().map(|rule| rule.id.len()).max().unwrap_or(0);
    let topic = all().map(|rule| topic_name(rule.topic).len()).max().unwrap_or(0);
    let numbers = all().map(|rule| recommendations(rule).len()).max().unwrap_or(0);
    for rule in all() {
        let (severity, name) = (rule.severity.name(), topic_name(rule.topic));
        let cited = recommendations(rule);
        let title = escape(&rule.title);
        writeln!(out, "{:id$}  {severity:7}  {name:topic$}  {cited:numbers$}  {title}", rule.id)?;
    }
    Ok(())
}

/// Each recommendation and principle, with the rules that stand on it: problems by their severity, then
/// strengths.
fn write_coverage(rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    for known in &rules.recommendations {
        let title = escape(&known.title);
        writeln!(out, "R{} {title}", known.number)?;
        write_covering(rules, |rule| rule.recommendations.contains(&known.number), out)?;
    }
    for known in &rules.principles {
        writeln!(out, "{} {}", known.id, escape(&known.title))?;
        write_covering(rules, |rule| rule.authorities.contains(&known.id), out)?;
    }
    Ok(())
}

fn write_covering(rules: &RuleSet, covers: impl Fn(&Rule) -> bool, out: &mut dyn Write) -> io::Result<()> {
    let all = rules.languages.iter().flat_map(|pack| &pack.rules);
    let mut covering: Vec<&Rule> = all.filter(|rule| covers(rule)).collect();
    covering.sort_by_key(|rule| (rule.kind == Kind::Strength, std::cmp::Reverse(rule.severity), &rule.id));
    for rule in &covering {
        let name = if rule.kind == Kind::Strength { "strength" } else { rule.severity.name() };
        writeln!(out, "  {name:8}  {}", rule.id)?;
    }
    if covering.is_empty() {
        writeln!(out, "  no rule")?;
    }
    writeln!(out)
}

/// `R7 R8`
fn recommendations(rule: &Rule) -> String {
    let names: Vec<String> = rule.recommendations.iter().map(|number| format!("R{number}")).collect();
    names.join(" ")
}

fn write_json(rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let entries =
        rules.languages.iter().flat_map(|pack| pack.rules.iter().map(|rule| RuleEntry::new(&pack.tag, rule)));
    let list = RuleList {
        schema: "urn:rightslint:rules:1",
        version: 1,
        digest: &rules.digest,
        rules: entries.collect(),
    };
    serde_json::to_writer(&mut *out, &list)?;
    out.write_all(b"\n")
}

impl<'a> RuleEntry<'a> {
    fn new(language: &'a str, rule: &'a Rule) -> RuleEntry<'a> {
        RuleEntry {
            id: &rule.id,
            former: &rule.former,
            language,
            title: &rule.title,
            topic: rule.topic,
            kind: rule.kind,
            severity: rule.severity,
            confidence: rule.confidence,
            recommendations: &rule.recommendations,
            authorities: &rule.authorities,
        }
    }
}
