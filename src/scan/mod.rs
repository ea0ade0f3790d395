//! Scanning: a document held against a set of rules (stub).

use crate::document::Document;
use crate::finding::Finding;
use crate::rule::RuleSet;

/// What a scan of one document gives.
#[derive(Clone, Debug, Default)]
pub struct Scanned {
    /// Sorted by position, then rule id.
    pub findings: Vec<Finding>,
    /// How many numbered provisions the document has.
    pub provisions: usize,
    /// The document's title: its metadata's, else its first heading.
    pub title: Option<String>,
    /// The tag of the language that it was read in.
    pub language: String,
}

/// Holds documents against a set of rules. Cheap to share between threads.
#[derive(Debug)]
pub struct Scanner<'r> {
    rules: &'r RuleSet,
}

impl<'r> Scanner<'r> {
    /// Prepares the rules for scanning.
    pub fn new(rules: &'r RuleSet) -> Scanner<'r> {
        Scanner { rules }
    }

    /// The rules that are held against documents.
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// All findings in `document`.
    pub fn scan(&self, _document: &Document) -> Scanned {
        Scanned::default()
    }
}
