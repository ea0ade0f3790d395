//! The rules of a SARIF log: those that something was found of.

use std::collections::BTreeMap;

use super::model::{Configuration, Descriptor, DescriptorProperties, Text};
use super::{level, message_text};
use crate::config::{find_rule, topic_name};
use crate::finding::Finding;
use crate::report::markdown::plain;
use crate::rule::{Kind, Recommendation, Rule, RuleSet};

/// Rules by id, each with its index.
pub(super) fn indices<'a>(
    findings: impl Iterator<Item = &'a Finding>,
) -> BTreeMap<&'a str, (usize, &'a Finding)> {
    let mut rules: BTreeMap<&str, (usize, &Finding)> = BTreeMap::new();
    for finding in findings {
        rules.entry(&finding.rule).or_insert((0, finding));
    }
    for (index, (at, _)) in rules.values_mut().enumerate() {
        *at = index;
    }
    rules
}

/// The rule that `finding` is of.
pub(super) fn descriptor<'a>(finding: &'a Finding, rules: &'a RuleSet) -> Descriptor<'a> {
    let Some(rule) = find_rule(rules, &finding.rule) else { return unknown(finding) };
    let cited: Vec<&Recommendation> = rule
        .recommendations
        .iter()
        .filter_map(|number| rules.recommendations.iter().find(|known| known.number == *number))
        .collect();
    let mut tags = vec![topic_name(rule.topic)];
    tags.extend(rule.recommendations.iter().map(|number| format!("R{number}")));
    Descriptor {
        id: &rule.id,
        deprecated_ids: &rule.former,
        short_description: Text::from(message_text(&rule.title)),
        full_description: Text::from(message_text(&rule.message)),
        help: help(rule, &cited),
        help_uri: cited.iter().map(|known| known.source.as_str()).find(|source| is_uri(source)),
        default_configuration: Configuration { level: level(rule.kind, rule.severity) },
        properties: DescriptorProperties {
            tags,
            precision: Some(rule.confidence),
            problem_severity: problem_severity(rule.kind, rule.severity.name()),
            recommendations: &rule.recommendations,
            authorities: &rule.authorities,
        },
    }
}

/// A rule that is in no pack: the program's own.
fn unknown(finding: &Finding) -> Descriptor<'_> {
    let text = || Text::from(message_text(&finding.message));
    Descriptor {
        id: &finding.rule,
        deprecated_ids: &[],
        short_description: text(),
        full_description: text(),
        help: text(),
        help_uri: None,
        default_configuration: Configuration { level: level(finding.kind, finding.severity) },
        properties: DescriptorProperties {
            tags: vec![topic_name(finding.topic)],
            precision: None,
            problem_severity: problem_severity(finding.kind, finding.severity.name()),
            recommendations: &[],
            authorities: &[],
        },
    }
}

/// Why it matters, what to write instead, and the recommendations, as text and as Markdown.
fn help(rule: &Rule, cited: &[&Recommendation]) -> Text<'static> {
    let (why, instead) = (rule.why.trim(), rule.help.trim());
    let names = cited.iter().map(|known| format!("R{} {}", known.number, known.title));
    let text: Vec<String> = [why.to_owned(), instead.to_owned()]
        .into_iter()
        .chain(names)
        .filter(|part| !part.is_empty())
        .collect();
    let mut markdown = vec![plain(why)];
    if !instead.is_empty() {
        markdown.push(format!("**Write instead:** {}", plain(instead)));
    }
    let links: Vec<String> = cited.iter().map(|known| link(known)).collect();
    markdown.push(links.join("\n"));
    markdown.retain(|part| !part.is_empty());
    let or_title = |text: String| if text.is_empty() { rule.title.clone() } else { text };
    Text {
        text: message_text(&or_title(text.join("\n\n"))).into(),
        markdown: Some(or_title(markdown.join("\n\n"))),
    }
}

fn link(known: &Recommendation) -> String {
    let name = format!("R{} {}", known.number, plain(&known.title));
    if is_uri(&known.source) { format!("* [{name}](<{}>)", known.source) } else { format!("* {name}") }
}

/// Whether `source` is the address of a page, with nothing in it that ends a link.
fn is_uri(source: &str) -> bool {
    let is_plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}');
    (source.starts_with("https://") || source.starts_with("http://")) && source.chars().all(is_plain)
}

fn problem_severity(kind: Kind, severity: &'static str) -> &'static str {
    match severity {
        _ if kind == Kind::Strength => "recommendation",
        "note" => "recommendation",
        _ => severity,
    }
}
