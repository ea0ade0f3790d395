//! A document: the normalised text of a bill, with the way back to its source.
//!
//! A document holds two texts. [`Document::text`] is what reports quote: white space, page
//! furniture and line-end hyphens settled, the characters otherwise as written. [`Document::folded`]
//! is what patterns see. Every span in the program is in the text unless its documentation says
//! "folded".

mod block;
mod builder;
mod comment;
mod fold;
mod furniture;
mod layout;
mod line;
mod origin;
mod quoted;
mod struck;
mod words;

use std::sync::OnceLock;

pub use block::{Block, BlockKind, Change, Numbered, NumberedRank, Part};
pub use builder::Builder;
pub use comment::{Comment, take_comments};
pub use fold::{Folded, fold};
pub use furniture::leave_out_furniture;
pub use layout::{Joint, Layout, begins_with_number};
pub use line::{Line, lines};
pub use origin::{Origin, Place, Recoding};
pub use quoted::Quoted;
pub use words::{Break, Word, append_words};

use builder::is_invisible;

use serde::{Deserialize, Serialize};

use crate::text::{LineIndex, Position, SourceMap, Span};

/// The normalised text of one bill.
///
/// Invariant: blocks are ascending and disjoint; between two of them stands one `\n`, and nowhere
/// else. Every block's span lies on character boundaries.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    folded: Folded,
    blocks: Vec<Block>,
    changes: Vec<(Span, Change)>,
    comments: Vec<Comment>,
    title: Option<String>,
    origin: Origin,
    unread: Vec<String>,
    cut_off: bool,
    source: String,
    map: SourceMap,
    /// Made when a place is first asked for: most documents have nothing to report.
    lines: OnceLock<LineIndex>,
    words: usize,
}

/// Where a span stands in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The pieces of the source that the span was read from, in the order of the text: more than
    /// one where page furniture or mark-up stands inside. Empty where the format has no byte
    /// positions.
    pub segments: Vec<(Position, Position)>,
    /// The page and line, or the paragraph, where the format has no byte positions.
    pub place: Option<Place>,
}

impl Location {
    /// Whether it says anything.
    pub fn is_known(&self) -> bool {
        !self.segments.is_empty() || self.place.is_some()
    }

    /// From the first position to the last; the hull of the segments.
    pub fn hull(&self) -> Option<(Position, Position)> {
        let start = self.segments.iter().map(|segment| segment.0).min_by_key(|position| position.offset)?;
        let end = self.segments.iter().map(|segment| segment.1).max_by_key(|position| position.offset)?;
        Some((start, end))
    }
}

impl Document {
    /// The text that reports quote.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that patterns see.
    pub fn folded(&self) -> &str {
        self.folded.as_str()
    }

    /// Leads a span of the text to the folded text.
    pub fn to_folded(&self, span: Span) -> Span {
        self.folded.to_folded(span)
    }

    /// Leads a span of the folded text back to the text.
    pub fn to_text(&self, folded: Span) -> Span {
        self.folded.to_text(folded)
    }

    /// The blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The pieces that the source marks as inserted or deleted, ascending.
    pub fn changes(&self) -> &[(Span, Change)] {
        &self.changes
    }

    /// The title that the source's metadata give, if any.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// What of the file could not be read; empty where all of it was.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Whether the source is cut into so many tiny blocks that text was left out: it would cost many times
    /// its size in memory, and no document is so.
    pub fn is_cut_off(&self) -> bool {
        self.cut_off
    }

    /// Whether spans lead back to bytes of the file; otherwise to pages, lines or paragraphs.
    pub fn has_bytes(&self) -> bool {
        !matches!(self.origin, Origin::Places(_))
    }

    /// How many pages the file has that hold text; `None` where it has none.
    pub fn pages(&self) -> Option<u32> {
        let Origin::Places(places) = &self.origin else { return None };
        places.iter().filter_map(|(_, place)| place.page).max()
    }

    /// The place of the source text at `offset`, where the format has no byte positions.
    pub fn place_at(&self, offset: u32) -> Option<Place> {
        let Origin::Places(places) = &self.origin else { return None };
        origin::place_at(places, offset)
    }

    /// The source as text: the file itself, decoded, or the text that was taken out of it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The lines of the source.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.source))
    }

    /// How many words the text holds.
    pub fn word_count(&self) -> usize {
        self.words
    }

    /// The byte ranges of the source that `span` was read from.
    pub fn sources(&self, span: Span) -> Vec<Span> {
        self.map.sources(span)
    }

    /// Where `span` stands in the file.
    pub fn locate(&self, span: Span) -> Location {
        let sources = self.map.sources(span);
        if !self.has_bytes() {
            let place = sources.first().and_then(|source| self.place_at(source.start));
            return Location { segments: Vec::new(), place };
        }
        let segments =
            sources.iter().map(|range| (self.position(range.start), self.position(range.end))).collect();
        Location { segments, place: None }
    }

    /// Where the byte at `offset` of the source stands in the file.
    fn position(&self, offset: u32) -> Position {
        let position = self.lines().position(&self.source, offset);
        Position { offset: self.origin.file_offset(position.offset), ..position }
    }
}
