//! A digest over the words of a document, by which a baseline knows one that was moved.

use sha2::{Digest as _, Sha256};

use crate::document::Document;

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
