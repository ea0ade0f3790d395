//! `rightslint test`: the examples of the rules, run as the program's own tests run them.

use std::fmt::Display;
use std::io::{self, Write};

use super::args::TestArguments;
use super::explain::named_rule;
use super::{CommandError, Outcome, Terminal, count};
use crate::report::escape;
use crate::rule::RuleSet;
use crate::scan::examples;

pub(super) fn run(
    arguments: &TestArguments,
    rules: &RuleSet,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let only = arguments.only.iter().map(|name| named_rule(name, rules).map(|rule| rule.id.clone()));
    let (number, failures) = examples::run(rules, &only.collect::<Result<Vec<String>, _>>()?);
    write_failures(&failures, terminal.out)?;
    writeln!(terminal.err, "{} run, {} failed", count(number, "example"), failures.len())?;
    Ok(if failures.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Each failure, its lines made safe to show.
fn write_failures<F: Display>(failures: &[F], out: &mut dyn Write) -> io::Result<()> {
    for failure in failures {
        for line in failure.to_string().lines() {
            writeln!(out, "{}", escape(line))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(failures: &[&str], expected: &str) {
        let mut out = Vec::new();
        write_failures(failures, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn failures_are_shown() {
        check(&[], "");
        check(&["a-rule: silent on: A\nx", "b: \u{1b}c"], "a-rule: silent on: A\nx\nb: ‹U+001B›c\n");
    }
}
