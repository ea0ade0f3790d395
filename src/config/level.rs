//! How grave a rule's findings are, and what fails a run.

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::finding::Finding;
use crate::rule::{Confidence, Kind};

/// The least severity that fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors
    #[default]
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Note,
    /// Nothing that is found
    Never,
}

impl FailOn {
    /// Whether a finding of `severity` fails.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Note => severity >= Severity::Note,
            FailOn::Never => false,
        }
    }
}

/// How grave a rule is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Its findings are errors.
    Error,
    /// Its findings are warnings.
    Warning,
    /// Its findings are notes.
    Note,
    /// It is not held against documents.
    Off,
}

impl Level {
    /// The severity; `None` for a rule that is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Note => Some(Severity::Note),
            Level::Off => None,
        }
    }
}

/// The severities that are set, by rule id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Set for the rule by its id: it holds as it is.
    pub of_rule: BTreeMap<String, Severity>,
    /// Set for the rule's topic: the confidence of a finding still caps it.
    pub of_topic: BTreeMap<String, Severity>,
    /// The rules that are off.
    pub off: BTreeSet<String>,
}

impl Levels {
    /// Whether the severity of no finding is set.
    pub fn is_empty(&self) -> bool {
        self.of_rule.is_empty() && self.of_topic.is_empty()
    }

    /// The severity of `finding`, where one is set for it.
    ///
    /// Who names a rule means its findings as they are, low confidence or not. Who names a topic sets
    /// what its rules start from: an error still needs high confidence, and what is unsure is a note.
    /// A strength is always a note.
    pub fn severity(&self, finding: &Finding) -> Option<Severity> {
        if finding.kind == Kind::Strength {
            return None;
        }
        if let Some(set) = self.of_rule.get(&finding.rule) {
            return Some(*set);
        }
        let set = *self.of_topic.get(&finding.rule)?;
        Some(match finding.confidence {
            Confidence::High => set,
            Confidence::Medium => set.min(Severity::Warning),
            Confidence::Low => Severity::Note,
        })
    }
}
