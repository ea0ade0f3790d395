//! Runs the rules' own examples: what must fire does, on the marked words, and what must not does not.

use std::fmt;

use crate::document::fold;
use crate::finding::Finding;
use crate::reader::{self, Format};
use crate::rule::{Kind, Rule, RuleSet};
use crate::scan::Scanner;

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The rule's id.
    pub rule: String,
    /// The example as written.
    pub example: String,
    /// What happened instead.
    pub outcome: Outcome,
}

/// What happened instead of what the example says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The rule is silent and must fire.
    Silent,
    /// The rule fires on other words: these.
    Elsewhere(Vec<String>),
    /// The rule fires and must not; on these words.
    Fires(String),
}

impl fmt::Display for ExampleFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::Silent => write!(f, "{}: silent on: {}", self.rule, self.example),
            Outcome::Elsewhere(found) => {
                write!(f, "{}: fires on «{}» instead: {}", self.rule, found.join("», «"), self.example)
            }
            Outcome::Fires(found) => {
                write!(f, "{}: fires on «{found}» and must not: {}", self.rule, self.example)
            }
        }
    }
}

/// Runs the examples of every rule, or of those with the ids in `only`; how many were run, and those
/// that do not hold, in the order of the rules.
pub fn run(rules: &RuleSet, only: &[String]) -> (usize, Vec<ExampleFailure>) {
    let scanner = Scanner::new(rules);
    let mut failures = Vec::new();
    let mut count = 0;
    let all = rules.languages.iter().flat_map(|language| &language.rules);
    for rule in all.filter(|rule| only.is_empty() || only.contains(&rule.id)) {
        let flags = rule.examples.flags.iter().map(|example| (example, flags(&scanner, rule, example)));
        let passes = rule.examples.passes.iter().map(|example| (example, passes(&scanner, rule, example)));
        for (example, outcome) in flags.chain(passes) {
            count += 1;
            if let Some(outcome) = outcome {
                failures.push(ExampleFailure { rule: rule.id.clone(), example: example.clone(), outcome });
            }
        }
    }
    (count, failures)
}

fn flags(scanner: &Scanner<'_>, rule: &Rule, example: &str) -> Option<Outcome> {
    let found: Vec<String> = scan(scanner, rule, example).into_iter().map(|finding| finding.text).collect();
    let marked: Vec<String> =
        example.split('«').skip(1).filter_map(|part| part.split('»').next()).map(words).collect();
    // An absence points at a power that another rule found: on those words, more or fewer of them.
    let holds = |text: &str, mark: &str| match rule.kind {
        Kind::Absence => text.contains(mark) || mark.contains(text),
        Kind::Presence | Kind::Definition | Kind::Framing | Kind::Strength => text == mark,
    };
    let hits = |mark: &String| found.iter().any(|text| holds(&words(text), mark));
    if found.is_empty() {
        Some(Outcome::Silent)
    } else if marked.iter().all(hits) {
        None
    } else {
        Some(Outcome::Elsewhere(found))
    }
}

fn passes(scanner: &Scanner<'_>, rule: &Rule, example: &str) -> Option<Outcome> {
    let finding = scan(scanner, rule, example).into_iter().next()?;
    Some(Outcome::Fires(finding.text))
}

/// The findings of `rule` in the example, its marks taken out.
fn scan(scanner: &Scanner<'_>, rule: &Rule, example: &str) -> Vec<Finding> {
    let text = example.replace(['«', '»'], "");
    let Ok(document) = reader::read(Format::Text, text.as_bytes()) else { return Vec::new() };
    let findings = scanner.scan(&document).findings;
    findings.into_iter().filter(|finding| finding.rule == rule.id).collect()
}

/// The words of a text, folded, so that marks and punctuation at the ends do not matter.
fn words(text: &str) -> String {
    let words = fold(text);
    let words: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
