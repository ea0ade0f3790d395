//! Structure: provisions, passages, clauses, zones and defined terms.
//!
//! Two steps, so that long unrelated text costs little. [`Structure::new`] makes the *outline* of a
//! document: the tree of [`Provision`]s that its numbering makes, and the [`Passage`]s, runs of text
//! between two numbers. Only where a candidate stands does [`Structure::clauses`] cut a passage into
//! sentences and join each with its lead-in: a list is one sentence in pieces, so the lead-in
//! ("A provider must—") is part of each item.
//!
//! Total: any text gives a structure, never an error.

mod amendment;
mod citation;
mod clause;
mod contents;
mod copies;
mod definition;
mod headed;
mod heading;
mod inline;
mod insertion;
mod layout;
mod link;
mod marked;
mod numbering;
mod opening;
mod outline;
mod page_data;
mod passage;
mod reference;
mod repeated;
mod section;
mod sentence;
mod tree;
mod zone;

pub use clause::{Clause, View};
pub use reference::{reference_numbers, without_references};

use std::sync::OnceLock;

use crate::document::Document;
use crate::language::{Language, Mark, Zone};
use crate::text::Span;
use layout::{Layout, Marks};
use link::Link;
use marked::Marking;
use reference::Numbers;

/// How many lead-ins a clause carries at most.
const MOST_LEADS: usize = 4;

/// How long the lead-ins of a clause are together at most, in bytes.
const MOST_LEAD_BYTES: u32 = 1500;

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
    /// Made when a reference is first followed.
    numbers: OnceLock<Numbers>,
}

/// A numbered or headed part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// Its rank.
    pub kind: ProvisionKind,
    /// Its numbering word, an index of the language's ranks, if a word numbers it.
    pub rank: Option<u8>,
    /// Its number as a citation writes it, such as `22`, `(1)`, `(a)`, `II`, `317ZG`; empty if it has none.
    pub label: String,
    /// The words of its heading, if it has one.
    pub heading: Option<Span>,
    /// From its number to the end of its last passage.
    pub span: Span,
    parent: Link,
    /// Whether the draft inserts it into another law, which numbers it.
    pub inserted: bool,
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
    provision: Link,
    lead: Link,
    tail: Link,
    /// In which part of the document it stands.
    pub zone: Zone,
    /// Whether the draft inserts the text into another law.
    pub inserted: bool,
}

impl Provision {
    /// The provision that it is part of, an index of [`Structure::provisions`].
    pub fn parent(&self) -> Option<usize> {
        self.parent.get()
    }
}

impl Passage {
    /// The innermost provision that it stands in, an index of [`Structure::provisions`].
    pub fn provision(&self) -> Option<usize> {
        self.provision.get()
    }

    /// The passage whose last sentence leads in to this one, an index of [`Structure::passages`].
    pub fn lead(&self) -> Option<usize> {
        self.lead.get()
    }

    /// The passage that completes the list in which this one is an item ("commits an offence.").
    pub fn tail(&self) -> Option<usize> {
        self.tail.get()
    }
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
    pub fn new(document: &Document, language: &Language) -> Structure {
        let (text, cues, blocks) = (document.text(), &language.structure, document.blocks());
        let marks = cues.cues.marks(document.folded());
        let marks: Vec<Mark> =
            marks.into_iter().map(|mark| Mark { span: document.to_text(mark.span), ..mark }).collect();
        let before = Marks::before(&marks, text);
        let marks = Marks::new(&marks, &before);
        let marking = Marking::of(blocks);
        let openings = opening::openings(text, blocks, cues);
        let roles = layout::roles(Layout { text, blocks, openings: &openings, marks, cues }, marking);
        let source = outline::Source { document, cues, openings, roles, marks, marking };
        let outline::Outlined { tree, mut passages } = outline::outline(&source);
        drop(source);
        let ends = passages.iter().filter_map(|passage| Some((passage.provision()?, passage.span.end)));
        let provisions = tree.finish(ends);
        zone::classify(text, marks, marking, &provisions, &mut passages);
        let passages = amendment::apply(text, marks, document.changes(), passages);
        let definitions = definition::definitions(text, marks, &passages);
        let mut structure = Structure { provisions, passages, definitions, numbers: OnceLock::new() };
        copies::set_apart(text, &mut structure);
        structure
    }

    /// The passage in which the byte at `offset` of the text stands, an index of
    /// [`Structure::passages`].
    pub fn passage_at(&self, offset: u32) -> Option<usize> {
        let next = self.passages.partition_point(|passage| passage.span.start <= offset);
        let index = next.checked_sub(1)?;
        self.passages.get(index).filter(|passage| offset < passage.span.end).map(|_| index)
    }

    /// The clauses of a passage: its sentences, the first with its lead-in, the last with its tail.
    pub fn clauses(&self, document: &Document, language: &Language, passage: usize) -> Vec<Clause> {
        let Some(found) = self.passages.get(passage) else { return Vec::new() };
        let (text, abbreviations) = (document.text(), &language.structure.abbreviations);
        let clause = |span| Clause { span, lead: Vec::new(), tail: None, passage };
        let mut clauses: Vec<Clause> =
            sentence::sentences(text, found.span, abbreviations).into_iter().map(clause).collect();
        if let Some(first) = clauses.first_mut() {
            first.lead = self.lead(text, abbreviations, found.lead());
        }
        if let Some(last) = clauses.last_mut() {
            let tail = found.tail().and_then(|tail| self.passages.get(tail));
            last.tail =
                tail.and_then(|tail| sentence::sentences(text, tail.span, abbreviations).first().copied());
        }
        clauses
    }

    /// The passages that `passage` may be read with: those that lead in to it, the nearest first, and
    /// the one that completes it.
    pub fn read_with(&self, passage: usize) -> impl Iterator<Item = usize> + '_ {
        let lead = |&index: &usize| self.passages.get(index).and_then(Passage::lead);
        let leads = std::iter::successors(lead(&passage), lead).take(MOST_LEADS);
        leads.chain(self.passages.get(passage).and_then(Passage::tail))
    }

    /// The last sentences of the passages that lead in, outermost first.
    fn lead(&self, text: &str, abbreviations: &[String], lead: Option<usize>) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut bytes = 0;
        let mut next = lead;
        while let Some(passage) =
            next.and_then(|index| self.passages.get(index)).filter(|_| spans.len() < MOST_LEADS)
        {
            let Some(span) = sentence::last_sentence(text, passage.span, abbreviations, MOST_LEAD_BYTES)
            else {
                break;
            };
            bytes += span.len();
            if bytes > MOST_LEAD_BYTES && !spans.is_empty() {
                break;
            }
            spans.push(span);
            next = passage.lead();
        }
        spans.reverse();
        spans
    }

    /// How the provision is cited: `s. 317E(1)(c)`, `Art. 7(1)`, `Sch. 1 para. 5(2)`; text that the
    /// draft inserts into another law as `s. 3(a), new s. 14(2)`.
    pub fn citation(&self, language: &Language, provision: usize) -> String {
        citation::citation(&self.provisions, &language.structure, provision)
    }

    /// The section, article or schedule paragraph that `provision` is or stands in; the outermost
    /// subdivision where there is none.
    pub fn section_of(&self, provision: usize) -> usize {
        let mut last = provision;
        for index in self.upwards(provision) {
            match self.provisions.get(index).map(|provision| provision.kind) {
                Some(ProvisionKind::Section | ProvisionKind::Article) => return index,
                Some(ProvisionKind::Subdivision) => last = index,
                Some(ProvisionKind::Container | ProvisionKind::Schedule) | None => break,
            }
        }
        last
    }

    /// The section of each passage, as [`Structure::section_of`] gives it; `None` for text that no
    /// provision holds.
    pub fn sections(&self) -> impl Iterator<Item = Option<usize>> + '_ {
        self.passages.iter().map(|passage| passage.provision().map(|provision| self.section_of(provision)))
    }

    /// The sections and articles of this document that a passage names, ascending.
    pub fn references(&self, document: &Document, language: &Language, passage: usize) -> Vec<usize> {
        let span = self.passages.get(passage).map(|passage| document.to_folded(passage.span));
        let text = span.map_or("", |span| span.of(document.folded()));
        let numbers = self.numbers.get_or_init(|| Numbers::new(&self.provisions));
        reference::references(text, numbers, &language.structure)
    }

    /// The innermost container or schedule that `provision` stands in.
    pub fn container_of(&self, provision: usize) -> Option<usize> {
        self.upwards(provision).skip(1).find(|index| {
            let kind = self.provisions.get(*index).map(|provision| provision.kind);
            matches!(kind, Some(ProvisionKind::Container | ProvisionKind::Schedule))
        })
    }

    /// The heading nearest above `passage`: its provision's, or the next one up that has one.
    pub fn heading_of(&self, passage: usize) -> Option<Span> {
        let provision = self.passages.get(passage)?.provision()?;
        self.upwards(provision).find_map(|index| self.provisions.get(index)?.heading)
    }

    /// A provision and those that it stands in, the innermost first.
    pub fn upwards(&self, provision: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(provision), |index| self.provisions.get(*index)?.parent())
    }
}

#[cfg(test)]
mod tests;
