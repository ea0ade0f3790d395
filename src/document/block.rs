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
    /// The provisions that begin with it, as the source's own elements say, the outermost first: a
    /// section without a heading begins with its first subsection. Empty where only its words tell.
    pub numbers: Box<[Numbered]>,
    /// What part of a document the source's own elements say it is; `None` where only its words tell.
    pub part: Option<Part>,
}

/// A provision that begins with a block, as the elements of the source say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// How deep it is nested in the elements of the source, from 0: a child is deeper than its parent.
    pub depth: u16,
    /// Its rank.
    pub rank: NumberedRank,
    /// Its number as the source prints it: `22.`, `(1)`, `Article 7`, `PART II`; may be empty.
    pub number: String,
}

/// The rank of a numbered element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberedRank {
    /// A title, part, chapter or division.
    Container,
    /// A schedule or annex.
    Schedule,
    /// A section, clause or regulation.
    Section,
    /// An article.
    Article,
    /// Anything numbered below a section.
    Subdivision,
}

/// A part of a document that binds nobody, or that stands for another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A table of contents.
    Contents,
    /// Preamble, recitals, long title, enacting words.
    Recital,
    /// A footnote, side note, editor's or explanatory note.
    Note,
    /// Text that the draft inserts into another law.
    Inserted,
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
