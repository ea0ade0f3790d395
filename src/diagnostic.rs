//! What a reader is told: a message, labelled spans and notes.

use serde::{Deserialize, Serialize};

/// How grave a diagnostic is, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Likely a problem.
    Warning,
    /// A conflict with a recommendation, found with high confidence.
    Error,
}

impl Severity {
    /// One step less grave; a note stays a note.
    #[must_use]
    pub fn lowered(self) -> Severity {
        match self {
            Severity::Error => Severity::Warning,
            Severity::Warning | Severity::Note => Severity::Note,
        }
    }

    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}
