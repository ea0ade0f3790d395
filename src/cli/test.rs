//! `rightslint test`: the examples of the rules, run as the program's own tests run them.

use std::fmt::Display;
use std::io::{self, Write};

use super::{CommandError, Outcome, Terminal, count};
use crate::report::escape;
use crate::rule::RuleSet;

/// Reports on `failures`, what came of running the examples of all `rules`.
pub(super) fn run<F: Display>(
    rules: &RuleSet,
    failures: &[F],
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    write_failures(failures, terminal.out)?;
    let all = || rules.languages.iter().flat_map(|pack| &pack.rules);
    let examples = all().map(|rule| rule.examples.flags.len() + rule.examples.passes.len()).sum();
    let (examples, rules) = (count(examples, "example"), count(all().count(), "rule"));
    writeln!(terminal.err, "{examples} of {rules} run, {} failed", failures.len())?;
    Ok(if failures.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// One paragraph for each failure.
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

    fn check(failures: &[&str], out: &str, err: &str, outcome: Outcome) {
        let (mut written, mut told) = (Vec::new(), Vec::new());
        let mut terminal =
            Terminal { out: &mut written, err: &mut told, out_is_shown: false, err_is_shown: false };
        assert_eq!(run(&RuleSet::default(), failures, &mut terminal).unwrap(), outcome);
        assert_eq!(String::from_utf8(written).unwrap(), out);
        assert_eq!(String::from_utf8(told).unwrap(), err);
    }

    #[test]
    fn failures_are_shown_and_counted() {
        check(&[], "", "0 examples of 0 rules run, 0 failed\n", Outcome::Clean);
        check(
            &["a-rule: not flagged\n  A \u{1b}text."],
            "a-rule: not flagged\n  A ‹U+001B›text.\n",
            "0 examples of 0 rules run, 1 failed\n",
            Outcome::Findings,
        );
    }
}
