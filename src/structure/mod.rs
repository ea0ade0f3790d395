//! Structure: provisions, passages, clauses, zones and defined terms.
//!
//! Two steps, so that long unrelated text costs little. [`Structure::new`] makes the *outline* of a
//! document: the tree of [`Provision`]s that its numbering makes, and the [`Passage`]s, runs of text
//! between two numbers. Only where a candidate stands does [`Structure::clauses`] cut a passage into
//! sentences and join each with its lead-in: a list is one sentence in pieces, so the lead-in
//! ("A provider must—") is part of each item.
//!
//! Total: any text gives a structure, never an error.

mod clause;

pub use clause::{Clause, View};

use crate::document::Document;
use crate::language::{Language, Zone};
use crate::text::Span;

/// The outline of one document.
///
/// Invariant: passages are ascending and disjoint, each lies inside one block, and together they
/// hold all text but numbers.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// The provisions in the order in which they begin; a parent stands before its children.
    pub provisions: Vec<Provision>,
    /// The passages in the order of the text.
    pub passages: Vec<Passage>,
    /// The terms that the document defines.
    pub definitions: Vec<Definition>,
}

/// A numbered or headed part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// Its rank.
    pub kind: ProvisionKind,
    /// Its number as a citation writes it, such as `22`, `(1)`, `(a)`, `II`, `317ZG`; empty if it has none.
    pub label: String,
    /// The words of its heading, if it has one.
    pub heading: Option<Span>,
    /// From its number to the end of its last passage.
    pub span: Span,
    /// The provision that it is part of, an index of [`Structure::provisions`].
    pub parent: Option<usize>,
}

/// The rank of a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProvisionKind {
    /// A title, part, chapter or division.
    Container,
    /// A schedule or annex.
    Schedule,
    /// A section or clause: `s. 22`.
    Section,
    /// An article: `Art. 7`.
    Article,
    /// Anything numbered below a section: `(1)`, `(a)`.
    Subdivision,
}

/// A run of text between two numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where the text stands, numbers left out.
    pub span: Span,
    /// The innermost provision that it stands in, an index of [`Structure::provisions`].
    pub provision: Option<usize>,
    /// The passage whose last sentence leads in to this one, an index of [`Structure::passages`].
    pub lead: Option<usize>,
    /// The passage that completes the list in which this one is an item ("commits an offence.").
    pub tail: Option<usize>,
    /// In which part of the document it stands.
    pub zone: Zone,
    /// Whether the draft inserts the text into another law.
    pub inserted: bool,
}

/// A term that the document defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The words of the term, quotation marks left out.
    pub term: Span,
    /// What it is said to mean.
    pub meaning: Span,
}

impl Structure {
    /// Reads the outline of `document`.
    pub fn new(document: &Document, _language: &Language) -> Structure {
        let passage = |span| Passage {
            span,
            provision: None,
            lead: None,
            tail: None,
            zone: Zone::Operative,
            inserted: false,
        };
        let passages = document.blocks().iter().map(|block| passage(block.span)).collect();
        Structure { passages, ..Structure::default() }
    }

    /// The passage in which the byte at `offset` of the text stands, an index of
    /// [`Structure::passages`].
    pub fn passage_at(&self, offset: u32) -> Option<usize> {
        let next = self.passages.partition_point(|passage| passage.span.start <= offset);
        let index = next.checked_sub(1)?;
        (offset < self.passages[index].span.end).then_some(index)
    }

    /// The clauses of a passage: its sentences, the first with its lead-in, the last with its tail.
    pub fn clauses(&self, _document: &Document, _language: &Language, passage: usize) -> Vec<Clause> {
        let Some(found) = self.passages.get(passage) else { return Vec::new() };
        vec![Clause { span: found.span, lead: Vec::new(), tail: None, passage }]
    }

    /// How the provision is cited: `s. 317E(1)(c)`, `Art. 7(1)`, `Sch. 1 para. 5(2)`.
    pub fn citation(&self, _language: &Language, _provision: usize) -> String {
        String::new()
    }

    /// The section, article or schedule paragraph that `provision` is or stands in.
    pub fn section_of(&self, provision: usize) -> usize {
        provision
    }

    /// The innermost container or schedule that `provision` stands in.
    pub fn container_of(&self, _provision: usize) -> Option<usize> {
        None
    }

    /// The heading nearest above `passage`: its provision's, or the next one up that has one.
    pub fn heading_of(&self, _passage: usize) -> Option<Span> {
        None
    }
}
