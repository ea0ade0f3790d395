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
use crate::document::{Builder, Document, Origin};
use blocks::Writer;
use tree::Tree;
use vocabulary::Vocabulary;

pub(super) use vocabulary::is_root;

/// Reads `source`; `origin` says how it leads back to the file.
pub(super) fn read(source: &str, origin: Origin) -> Result<Document, ReadError> {
    let tree = Tree::new(source)?;
    let vocabulary = Vocabulary::of(&tree);
    let mut builder = Builder::new(source);
    builder.origin(origin);
    for comment in &tree.comments {
        builder.comment(*comment);
    }
    if let Some(title) = vocabulary.and_then(|vocabulary| vocabulary.title(&tree)) {
        builder.title(&title);
    }
    Ok(Writer::new(&tree, vocabulary, builder).write())
}

#[cfg(test)]
mod tests;
