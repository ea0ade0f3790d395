//! XML: a document by what its elements say.
//!
//! The file is parsed once into a flat tree with exact byte positions; a vocabulary, which is data,
//! says what each element is; then the blocks are written in document order. Provisions, headings,
//! notes and inserted text come from elements, so that nothing is guessed that the publisher knew.

mod blocks;
mod number;
mod tree;
mod vocabulary;

use super::ReadError;
use crate::document::{Builder, Document};
use blocks::Writer;
use tree::Tree;
use vocabulary::Vocabulary;

pub(super) use vocabulary::is_root;

/// Reads the bytes of an XML file in UTF-8.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let source =
        std::str::from_utf8(bytes).map_err(|error| ReadError::InvalidUtf8 { offset: error.valid_up_to() })?;
    read_str(source)
}

/// Reads `source`, whatever encoding it declares.
pub(super) fn read_str(source: &str) -> Result<Document, ReadError> {
    if source.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let tree = Tree::new(source)?;
    let vocabulary = Vocabulary::of(&tree);
    let mut builder = Builder::new(source);
    if let Some(title) = vocabulary.and_then(|vocabulary| vocabulary.title(&tree)) {
        builder.title(&title);
    }
    Ok(Writer::new(&tree, vocabulary, builder).write())
}

#[cfg(test)]
mod tests;
