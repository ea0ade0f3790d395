//! What is kept of a document once it is scanned: the lines that its findings stand on, and a digest by which
//! a baseline knows it when it was moved. All of it would be all documents of a run in memory at once.

use sha2::{Digest as _, Sha256};

use crate::document::{Document, Location, Quoted};
use crate::finding::Finding;

/// A digest over the words of `document`: 16 hexadecimal digits.
pub(super) fn digest(document: &Document) -> String {
    let mut hasher = Sha256::new();
    for word in document.folded().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        hasher.update(word.as_bytes());
        hasher.update(b" ");
    }
    let digest = hasher.finalize();
    let first: [u8; 8] = std::array::from_fn(|index| digest[index]);
    format!("{:016x}", u64::from_be_bytes(first))
}

/// What is kept of a document to show its findings. One about a comment stands nowhere in the text, but at the
/// comment.
pub(super) fn quoted(document: &Document, findings: &[Finding]) -> Quoted {
    let labels = findings.iter().flat_map(|finding| &finding.labels).map(|label| label.span);
    let spans = findings.iter().map(|finding| finding.span).chain(labels);
    let comments = findings.iter().filter(|finding| finding.span.is_empty());
    let places: Vec<&Location> = comments.map(|finding| &finding.location).collect();
    Quoted::new(document, spans, &places)
}
