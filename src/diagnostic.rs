//! What a reader is told: a message, labelled spans and notes.
//!
//! A [`Diagnostic`] carries the text that its spans point into, so that a report can draw the caret
//! without asking anybody for the file again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// A message about one place of one text file, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// Stable name of the message: `pack::unknown-key`.
    pub code: &'static str,
    /// One line, lower-case, no full stop.
    pub message: String,
    /// The file's name, as it is shown.
    pub file_name: String,
    /// The file's whole text, which the spans point into.
    pub file_text: Arc<str>,
    /// Where the caret stands, in bytes of the file; the text may be empty.
    pub primary: Label,
    /// What a reader can do about it, one sentence each.
    pub notes: Vec<String>,
}

/// A span with a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// In the text of the diagnostic's file.
    pub span: Span,
    /// Lower-case, no full stop.
    pub text: String,
}

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
