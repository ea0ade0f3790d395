//! `rightslint explain`: one rule, in full.

use std::io::{self, Write};

use super::args::ExplainArguments;
use super::{CommandError, Outcome, Terminal};
use crate::config::{UnknownName, find_rule, nearest, topic_name};
use crate::report::{escape, wrap};
use crate::rule::{Rule, RuleSet};

pub(super) fn run(
    arguments: &ExplainArguments,
    rules: &RuleSet,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    write_rule(named_rule(&arguments.rule, rules)?, rules, terminal.out)?;
    Ok(Outcome::Clean)
}

/// The rule that has the id, or had it before.
pub(super) fn named_rule<'r>(name: &str, rules: &'r RuleSet) -> Result<&'r Rule, UnknownName> {
    let unknown = || UnknownName { name: name.to_owned(), suggestion: nearest(name, rules) };
    find_rule(rules, name).ok_or_else(unknown)
}

fn write_rule(rule: &Rule, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", rule.id, escape(&rule.title))?;
    writeln!(out, "{}, topic {}", rule.severity.name(), topic_name(rule.topic))?;
    if !rule.former.is_empty() {
        writeln!(out, "formerly {}", escape(&rule.former.join(", ")))?;
    }
    for (name, text) in [("Finds", &rule.message), ("Why", &rule.why), ("Write instead", &rule.help)] {
        if !text.trim().is_empty() {
            writeln!(out, "\n{name}\n{}", paragraph(text))?;
        }
    }
    list(out, "Recommendations", rule.recommendations.iter().map(|&number| recommendation(number, rules)))?;
    list(out, "Authorities", rule.authorities.iter().map(|id| authority(id, rules)))?;
    list(out, "Flags", rule.examples.flags.iter().cloned())?;
    list(out, "Passes", rule.examples.passes.iter().cloned())
}

fn recommendation(number: u8, rules: &RuleSet) -> String {
    let known = rules.recommendations.iter().find(|known| known.number == number);
    known.map_or_else(|| format!("R{number}"), |known| format!("R{number} {}", known.title))
}

fn authority(id: &str, rules: &RuleSet) -> String {
    let known = rules.authorities.iter().find(|known| known.id == id);
    known.map_or(id, |known| &known.title).to_owned()
}

fn list(out: &mut dyn Write, name: &str, items: impl Iterator<Item = String>) -> io::Result<()> {
    for (index, item) in items.enumerate() {
        if index == 0 {
            writeln!(out, "\n{name}")?;
        }
        writeln!(out, "{}", paragraph(&item))?;
    }
    Ok(())
}

/// A text of several lines, each made safe to show, wrapped and set in.
fn paragraph(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(|line| wrap(&escape(line), "  ")).collect();
    lines.join("\n")
}
