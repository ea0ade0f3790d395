//! What a run gives: the documents that were read with their findings, what failed, and what was not looked at.

use crate::config::FailOn;
use crate::diagnostic::Severity;
use crate::document::Quoted;
use crate::finding::Finding;
use crate::reader::Format;
use crate::rule::Kind;
use crate::walk::Failure;

/// What a run gives.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Sorted by path; those that could not be read are in `failures` alone.
    pub documents: Vec<ReadDocument>,
    /// Sorted by path.
    pub failures: Vec<Failure>,
    /// What was not looked at, and why.
    pub not_checked: Vec<NotChecked>,
}

/// A document that was read, or passed over.
#[derive(Clone, Debug)]
pub struct ReadDocument {
    /// As given, with `/`.
    pub path: String,
    /// `None` where the file is no document.
    pub format: Option<Format>,
    /// The tag of the language that it was read in.
    pub language: Option<String>,
    /// From its metadata, else its first heading.
    pub title: Option<String>,
    /// How much of it was read.
    pub status: Status,
    /// How many words its text has.
    pub words: usize,
    /// How many numbered provisions it has.
    pub provisions: usize,
    /// How many pages it has; `None` where its format has none.
    pub pages: Option<u32>,
    /// What of it could not be read; empty where all of it was.
    pub unread: Vec<String>,
    /// Whether absences were judged on a draft that amends a law not seen.
    pub host_act_unseen: bool,
    /// The ids of rules that a configuration file turned off for it, sorted, and the file's name.
    pub off: Option<(Vec<String>, String)>,
    /// The lines that findings stand on, for reports that show them; `None` where nothing was found.
    pub quoted: Option<Quoted>,
    /// A digest over its words; empty where nothing was found or none was asked for.
    pub digest: String,
    /// From which severity on its findings fail a run.
    pub fail_on: FailOn,
    /// By position, then rule id.
    pub findings: Vec<Finding>,
}

/// How much of a document was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All of it.
    Read,
    /// Some of it; a failure says what is missing.
    Partial,
    /// A file of a walked folder that is no document.
    Skipped,
    /// Its language has no rules.
    UnsupportedLanguage,
}

impl Status {
    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Status::Read => "read",
            Status::Partial => "partial",
            Status::Skipped => "skipped",
            Status::UnsupportedLanguage => "unsupported-language",
        }
    }

    /// Whether rules were held against the document.
    pub fn is_checked(self) -> bool {
        matches!(self, Status::Read | Status::Partial)
    }
}

/// Something that a run did not look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotChecked {
    /// The rule that was not held against the document; `None` for all of them.
    pub rule: Option<String>,
    /// As given, with `/`; `None` for all documents.
    pub path: Option<String>,
    /// Lower-case, no full stop.
    pub reason: String,
}

/// How much there is of everything in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents that rules were held against.
    pub documents: usize,
    /// Files of walked folders that are no documents.
    pub skipped: usize,
    /// Documents that could not be read.
    pub failures: usize,
    /// Problems that are errors.
    pub errors: usize,
    /// Problems that are warnings.
    pub warnings: usize,
    /// Problems that are notes.
    pub notes: usize,
    /// Safeguards and good practices; no problems.
    pub strengths: usize,
    /// Problems that somebody has given a reason for; in none of the counts above.
    pub suppressed: usize,
    /// Problems that the baseline knows and nobody suppressed; in none of the counts above.
    pub known: usize,
}

impl Run {
    /// Counts documents, failures and findings.
    pub fn counts(&self) -> Counts {
        let with =
            |is: fn(Status) -> bool| self.documents.iter().filter(|document| is(document.status)).count();
        let mut counts = Counts {
            documents: with(Status::is_checked),
            skipped: with(|status| status == Status::Skipped),
            failures: self.failures.len(),
            ..Counts::default()
        };
        for (_, finding) in self.findings() {
            match finding.severity {
                _ if finding.kind == Kind::Strength => counts.strengths += 1,
                _ if finding.suppressed.is_some() => counts.suppressed += 1,
                _ if !finding.counts() => counts.known += 1,
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// All findings, each with its document.
    pub fn findings(&self) -> impl Iterator<Item = (&ReadDocument, &Finding)> {
        self.documents
            .iter()
            .flat_map(|document| document.findings.iter().map(move |finding| (document, finding)))
    }

    /// The gravest severity among the problems that count.
    pub fn worst(&self) -> Option<Severity> {
        let problems =
            self.findings().filter(|(_, finding)| finding.kind != Kind::Strength && finding.counts());
        problems.map(|(_, finding)| finding.severity).max()
    }
}
