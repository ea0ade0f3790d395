//! A block: one paragraph, heading, list item or table cell of a document.

use crate::text::Span;

/// A run of text that no sentence crosses the border of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where the block stands in the document's text.
    pub span: Span,
    /// What the source says it is.
    pub kind: BlockKind,
    /// How deep the source sets it: columns of indentation of its first line, or nesting of lists.
    /// Comparable only inside one document.
    pub indent: u16,
    /// How many block quotes it stands in. United States bills in Markdown quote the text that they
    /// insert so.
    pub quote: u8,
}

/// What a block is in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading that the source marks as one; level from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list that the source marks as one.
    Item,
    /// A cell of a table.
    Cell,
}

/// What a draft does with a piece of text, where the source marks it (`<del>`, `w:ins`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Text that the draft adds.
    Inserted,
    /// Text that the draft strikes.
    Deleted,
}
