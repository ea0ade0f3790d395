//! A finding: what the user is told about one place of one document.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::diagnostic::Severity;
use crate::document::Location;
use crate::rule::{Confidence, Kind, Topic};
use crate::text::Span;

/// A match whose conditions hold.
///
/// Invariant: `span` lies in the document's text, on character boundaries, and maps into the source. Only what
/// is said of a comment, which is no text, has an empty `span`, and the comment as its `location`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's topic.
    pub topic: Topic,
    /// Topics of other findings in the same clause, sorted, its own left out.
    pub also_topics: Vec<Topic>,
    /// The rule's kind.
    pub kind: Kind,
    /// The safeguard that is missing or shown.
    pub safeguard: Option<String>,
    /// After context has lowered it.
    pub severity: Severity,
    /// After context has lowered it.
    pub confidence: Confidence,
    /// One line, lower-case, no full stop.
    pub message: String,
    /// The clause's part that is meant: the primary label.
    pub span: Span,
    /// Where the span stands in the source.
    pub location: Location,
    /// The words of the span, as in the document.
    pub text: String,
    /// The whole sentence, lead-in included, white space folded.
    pub sentence: String,
    /// Where the clause itself (without its lead-in) stands in the document's text.
    pub clause: Span,
    /// Secondary labels: the cue of the duty, the lead-in.
    pub labels: Vec<Label>,
    /// Citation of the provision: `s. 22(1)(b)`; `None` where the document has no numbering.
    pub provision: Option<String>,
    /// The safeguards that made the finding less grave.
    pub softened_by: Vec<Softened>,
    /// Of an absence, citations of the provisions in which the safeguard was looked for first; the rest
    /// of the document was searched besides.
    pub looked_in: Vec<String>,
    /// Other findings of the same clause.
    pub related: Vec<Related>,
    /// Stable name of this finding over edits elsewhere in the document.
    pub fingerprint: String,
    /// The names that it had under the ids that its rule had before.
    pub former_fingerprints: Vec<String>,
    /// Why it does not count, where somebody has said so.
    #[serde(skip)]
    pub suppressed: Option<Suppression>,
    /// How it stands to the baseline; `None` where there is none.
    #[serde(skip)]
    pub baseline: Option<BaselineState>,
}

/// Somebody's reason why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// In their words.
    pub reason: String,
    /// The last day on which it holds, `2027-06-30`; `None`: for ever.
    pub until: Option<String>,
    /// Where it is written.
    pub place: SuppressionPlace,
}

/// Where a suppression is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionPlace {
    /// In a comment of the document itself.
    Comment,
    /// In a file beside the document.
    Sidecar,
}

/// How a finding stands to the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaselineState {
    /// The baseline does not know it.
    New,
    /// The baseline knows it: it does not count.
    Unchanged,
}

impl BaselineState {
    /// As it is written in reports (and in SARIF's `baselineState`).
    pub fn name(self) -> &'static str {
        match self {
            BaselineState::New => "new",
            BaselineState::Unchanged => "unchanged",
        }
    }
}

impl Finding {
    /// Whether it counts: nobody has suppressed it and the baseline does not know it.
    pub fn counts(&self) -> bool {
        self.suppressed.is_none() && self.baseline != Some(BaselineState::Unchanged)
    }
}

/// A span with a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// In the document's text.
    pub span: Span,
    /// Where the span stands in the source.
    pub location: Location,
    /// Lower-case, no full stop.
    pub text: String,
}

/// A safeguard that made a finding less grave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Softened {
    /// Its name: `judicial-authorisation`.
    pub safeguard: String,
    /// Citation of the provision in which it stands.
    pub provision: Option<String>,
}

/// Another finding of the same clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Its rule's id.
    pub rule: String,
    /// Its topic.
    pub topic: Topic,
    /// Its severity.
    pub severity: Severity,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// The version of fingerprints: those of another version name something else.
pub const FINGERPRINTS: u32 = 2;

/// The fingerprint: 16 hexadecimal digits over the rule's id, the folded words of the clause and those
/// of the nearest heading. Numbering is left out, and so are the numbers of cross references, so that
/// renumbering a draft changes no fingerprint.
pub fn fingerprint(rule: &str, clause_words: &[&str], heading_words: &[&str]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(format!("rightslint:{FINGERPRINTS}\0").as_bytes());
    hasher.update(rule.as_bytes());
    for words in [clause_words, heading_words] {
        hasher.update([0]);
        for word in words {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
    }
    let digest = hasher.finalize();
    let first: [u8; 8] = std::array::from_fn(|index| digest[index]);
    format!("{:016x}", u64::from_be_bytes(first))
}
