//! Preformatted text: lines as they were printed, inside `<pre>`.
//!
//! Bills of the United States and of New York are published so. The lines are laid out like those of
//! plain text, on the text as it is shown, and then written from the source: character references and
//! tags stand between the two.

use crate::document::{BlockKind, Builder, Change, Joint, Layout, Line, Part, leave_out_furniture, lines};
use crate::text::Span;

/// A run of preformatted text, as it is shown.
#[derive(Debug, Default)]
pub(super) struct Printed {
    text: String,
    /// The pieces of the text that have a source, ascending.
    pieces: Vec<Piece>,
    /// Where in the text a change begins or ends, ascending.
    changes: Vec<(u32, Change, bool)>,
    /// The part of the document that it stands in.
    pub(super) part: Option<Part>,
    /// How many quotations it stands in.
    pub(super) quote: u8,
}

/// A piece of the shown text and its source.
#[derive(Clone, Copy, Debug)]
struct Piece {
    shown: Span,
    source: Span,
    /// Whether the two are the same, byte for byte.
    verbatim: bool,
}

impl Printed {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends `text`, which the source at `span` shows: as it stands there if it is `verbatim`.
    pub(super) fn push(&mut self, text: &str, span: Span, verbatim: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { shown: Span::from(start..self.text.len()), source: span, verbatim });
    }

    /// Appends a line end that tags make.
    pub(super) fn line_end(&mut self) {
        self.text.push('\n');
    }

    /// Begins a page, if anything stands before it.
    pub(super) fn page(&mut self) {
        if !self.is_empty() {
            self.text.push_str("\n\x0c");
        }
    }

    /// Says that a change begins or ends here.
    pub(super) fn change(&mut self, change: Change, begins: bool) {
        self.changes.push((self.text.len() as u32, change, begins));
    }

    /// Writes the lines as blocks, those of the page with them if `keep_furniture`.
    pub(super) fn write(self, builder: &mut Builder<'_>, keep_furniture: bool) {
        let mut lines = lines(&self.text);
        if !keep_furniture {
            leave_out_furniture(&self.text, &mut lines);
        }
        let layout = Layout::new(&self.text, lines);
        let mut writing = Writing { printed: &self, piece: 0, change: 0, written: 0, open: Vec::new() };
        let mut first = 0;
        for (at, line) in layout.lines().iter().enumerate() {
            if at == 0 || layout.begins_block(at, first) {
                first = at;
                builder.block(BlockKind::Paragraph, line.indent, self.quote);
                builder.describe(None, self.part);
            } else {
                match layout.joint(at) {
                    Joint::Space => builder.white_space(writing.source_before(line)),
                    Joint::SoftHyphen => builder.join_broken_word(),
                    Joint::HardHyphen => builder.join(),
                }
            }
            writing.line(line.span, builder);
        }
        writing.changes_to(self.text.len() as u32, builder);
    }
}

/// How far a run of preformatted text has been written.
#[derive(Debug)]
struct Writing<'p> {
    printed: &'p Printed,
    /// The next piece that may stand in a line.
    piece: usize,
    /// The next change that begins or ends.
    change: usize,
    /// Where in the source the last piece ends that was written.
    written: u32,
    /// The changes that are open, and where in the builder's text they began.
    open: Vec<(Change, u32)>,
}

impl Writing<'_> {
    /// Writes the shown text at `span` from its source.
    fn line(&mut self, span: Span, builder: &mut Builder<'_>) {
        while let Some(piece) = self.printed.pieces.get(self.piece).copied() {
            if piece.shown.start >= span.end {
                break;
            }
            if let Some(part) = piece.shown.intersection(span) {
                self.write(piece, part, builder);
            }
            if piece.shown.end > span.end {
                break;
            }
            self.piece += 1;
        }
        // What ends with the line is complete before the next line is joined to it.
        while self.printed.changes.get(self.change).is_some_and(|(at, _, begins)| *at <= span.end && !begins)
        {
            self.next_change(builder);
        }
    }

    /// Writes the part of `piece` that is shown at `part`, which a change may begin or end inside of.
    fn write(&mut self, piece: Piece, part: Span, builder: &mut Builder<'_>) {
        self.changes_to(part.start, builder);
        if piece.verbatim {
            let start = piece.source.start + (part.start - piece.shown.start);
            self.written = start + part.len();
            builder.text(Span::new(start, self.written));
        } else {
            self.written = piece.source.end;
            builder.replaced(part.of(&self.printed.text), piece.source);
        }
    }

    /// Begins and ends the changes up to `shown`, an offset of the shown text.
    fn changes_to(&mut self, shown: u32, builder: &mut Builder<'_>) {
        while self.printed.changes.get(self.change).is_some_and(|(at, ..)| *at <= shown) {
            self.next_change(builder);
        }
    }

    /// Begins or ends the next change.
    fn next_change(&mut self, builder: &mut Builder<'_>) {
        let Some((_, change, begins)) = self.printed.changes.get(self.change).copied() else { return };
        self.change += 1;
        if begins {
            self.open.push((change, builder.position()));
        } else if let Some(open) = self.open.iter().rposition(|(open, _)| *open == change) {
            let (_, start) = self.open.remove(open);
            builder.change(start, change);
        }
    }

    /// The source between what was written last and `line`.
    fn source_before(&mut self, line: &Line) -> Span {
        let pieces = &self.printed.pieces;
        while pieces.get(self.piece).is_some_and(|piece| piece.shown.end <= line.span.start) {
            self.piece += 1;
        }
        let start = pieces.get(self.piece).map_or(self.written, |piece| {
            let inside = line.span.start.saturating_sub(piece.shown.start);
            piece.source.start + if piece.verbatim { inside } else { 0 }
        });
        Span::new(self.written, start)
    }
}
