//! The text of a file without byte positions, taken out paragraph by paragraph.
//!
//! DOCX, ODT and RTF hold their text in pieces among mark-up that nobody reads. A reader hands over
//! each paragraph as a [`Draft`]; the transcript writes them line by line into one string, which is the
//! source of the document: what reports show, with the number of the paragraph as the place.

use std::ops::Range;

use super::ReadError;
use super::draft::{Draft, marks_around};
use crate::document::{BlockKind, Builder, Change, Document, Origin, Part, Place, begins_with_number};
use crate::text::Span;

/// What a document costs in memory beside its text, for each paragraph, in bytes.
const PARAGRAPH: usize = 128;
/// What a tracked change costs, in bytes.
const CHANGE: usize = 32;
/// So many bytes of text may be taken out of the smallest file.
const SMALL: usize = 12 << 20;
/// Beyond [`SMALL`], so many times the size of the file: packed text alone is a third of its size.
const RATIO: usize = 4;
/// How many bytes of text a file of `size` bytes may hold.
pub(super) fn most_text(size: usize) -> usize {
    SMALL.saturating_add(size.saturating_mul(RATIO))
}

/// The text that was taken out of a file so far.
#[derive(Debug)]
pub(super) struct Transcript {
    source: String,
    blocks: Vec<Block>,
    changes: Vec<(Span, Change)>,
    places: Vec<(u32, Place)>,
    paragraphs: u32,
    title: Option<String>,
    unread: Vec<String>,
    /// How many bytes of text may still come.
    left: usize,
}

#[derive(Debug)]
struct Block {
    /// In the source.
    span: Span,
    kind: BlockKind,
    indent: u16,
    part: Option<Part>,
}

impl Transcript {
    /// Begins the transcript of a file of `size` bytes.
    pub(super) fn new(size: usize) -> Transcript {
        Transcript {
            source: String::new(),
            blocks: Vec::new(),
            changes: Vec::new(),
            places: Vec::new(),
            paragraphs: 0,
            title: None,
            unread: Vec::new(),
            left: most_text(size),
        }
    }

    /// Sets the title that the metadata give.
    pub(super) fn title(&mut self, title: String) {
        self.title = Some(title);
    }

    /// Says what could not be read, once.
    pub(super) fn unread(&mut self, what: &str) {
        if !self.unread.iter().any(|known| known == what) {
            self.unread.push(what.to_owned());
        }
    }

    /// Takes note of a paragraph that is added later, such as that of a footnote.
    pub(super) fn defer(&mut self) -> Result<(), ReadError> {
        self.left = self.left.checked_sub(PARAGRAPH).ok_or(ReadError::UnpacksTooLarge)?;
        Ok(())
    }

    /// Takes a paragraph that is complete. One without text leaves no trace and is not counted.
    pub(super) fn add(&mut self, mut draft: Draft) -> Result<(), ReadError> {
        if draft.is_blank() {
            return Ok(());
        }
        draft.mark_struck();
        let kind = draft.block_kind();
        let blocks = blocks(draft.text(), kind);
        let cost = draft.text().len() + PARAGRAPH * blocks.len() + CHANGE * draft.changes().len();
        self.left = self.left.checked_sub(cost).ok_or(ReadError::UnpacksTooLarge)?;
        self.paragraphs += 1;
        let place = Place { paragraph: Some(self.paragraphs), ..Place::default() };
        let base = self.source.len();
        self.places.push((base as u32, place));
        self.source.push_str(draft.text());
        self.source.push('\n');
        let shifted = |range: &Range<usize>| Span::from(base + range.start..base + range.end);
        self.changes.extend(draft.changes().iter().map(|(range, change)| (shifted(range), *change)));
        for range in blocks {
            let span = shifted(&range);
            self.blocks.push(Block { span, kind, indent: draft.indent, part: draft.part });
        }
        Ok(())
    }

    /// Ends the transcript: the document that it makes.
    pub(super) fn finish(self) -> Result<Document, ReadError> {
        if self.blocks.is_empty() {
            return Err(ReadError::Empty);
        }
        let mut builder = Builder::new(&self.source);
        let mut changes = self.changes.as_slice();
        for block in &self.blocks {
            let past = changes.iter().take_while(|(span, _)| span.end <= block.span.start).count();
            changes = changes.get(past..).unwrap_or_default();
            block.write(changes, &mut builder);
        }
        if let Some(title) = &self.title {
            builder.title(title);
        }
        for what in self.unread {
            builder.unread(what);
        }
        builder.origin(Origin::Places(self.places));
        Ok(builder.finish())
    }
}

impl Block {
    /// Writes the block with its changes; the marks around what is struck are left out.
    fn write(&self, changes: &[(Span, Change)], builder: &mut Builder<'_>) {
        builder.block(self.kind, self.indent, 0);
        builder.describe(None, self.part);
        let inside = changes.iter().take_while(|(span, _)| span.start < self.span.end);
        let mut at = self.span.start;
        for (span, change) in inside {
            let piece = Span::new(span.start.max(at), span.end.min(self.span.end));
            let (opening, closing) = marks_around(*change);
            builder.text(Span::new(at, piece.start.saturating_sub(opening)));
            let start = builder.position();
            builder.text(piece);
            builder.change(start, *change);
            at = at.max(piece.end + closing);
        }
        builder.text(Span::new(at, self.span.end));
    }
}

/// The blocks that a paragraph is: more than one where a line break ends a sentence or stands before a
/// number. Other line breaks only shape the page.
fn blocks(text: &str, kind: BlockKind) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let whole = matches!(kind, BlockKind::Heading(_));
    for line in text.split('\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        if line.trim().is_empty() {
            continue;
        }
        match blocks.last_mut() {
            Some(last) if whole || !parts(text.get(last.clone()).unwrap_or_default(), line) => {
                last.end = range.end;
            }
            _ => blocks.push(range),
        }
    }
    blocks
}

/// Whether a line break between `before` and `after` begins a block.
fn parts(before: &str, after: &str) -> bool {
    let before = before.trim_end().trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}']);
    before.ends_with(['.', ';', ':', '!', '?', '\u{2014}', '\u{2013}'])
        || begins_with_number(after.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A draft written as `kept [-struck-] [+new+]`.
    fn draft(text: &str) -> Draft {
        let mut draft = Draft::default();
        for piece in text.split_inclusive(']') {
            let (kept, changed) = piece.split_once('[').unwrap_or((piece, ""));
            for (index, line) in kept.split('\n').enumerate() {
                if index > 0 {
                    draft.break_line();
                }
                draft.push(line, None);
            }
            let change = if changed.starts_with('-') { Change::Deleted } else { Change::Inserted };
            draft.push(changed.trim_matches(['-', '+', ']']), Some(change));
        }
        draft
    }

    fn check(drafts: &[&str], text: &str, changes: &[(&str, Change)], paragraphs: &[u32]) {
        let mut transcript = Transcript::new(0);
        for text in drafts {
            transcript.add(draft(text)).unwrap();
        }
        let document = transcript.finish().unwrap();
        assert_eq!(document.text(), text);
        let found: Vec<(&str, Change)> =
            document.changes().iter().map(|(span, change)| (span.of(document.text()), *change)).collect();
        assert_eq!(found, changes, "{drafts:?}");
        let place = |block: &crate::document::Block| {
            document.locate(block.span).place.and_then(|place| place.paragraph)
        };
        let found: Vec<u32> = document.blocks().iter().filter_map(place).collect();
        assert_eq!(found, paragraphs, "{drafts:?}");
        assert_eq!(document.locate(Span::new(0, 1)).segments, []);
    }

    #[test]
    fn paragraphs_become_blocks() {
        use Change::{Deleted, Inserted};
        check(&["One  two", " ", "Three"], "One two\nThree", &[], &[1, 2]);
        check(&["(a) one;\n(b) two", "x\ny"], "(a) one;\n(b) two\nx y", &[], &[1, 1, 2]);
        check(
            &["a [-b-][+c+] d", "[-e-]"],
            "a c d\nb\ne",
            &[("c", Inserted), ("b", Deleted), ("e", Deleted)],
            &[1, 1, 2],
        );
        check(
            &["all[-or-] [-un-]some mid[-dl-]e"],
            "all some mide\nor un dl",
            &[("or un dl", Deleted)],
            &[1, 1],
        );
        check(
            &["[-delete-][+retain+] [+each+][-all-]"],
            "retain each\ndelete all",
            &[("retain", Inserted), ("each", Inserted), ("delete all", Deleted)],
            &[1, 1],
        );
        check(&["A [-b.\nC-] d"], "A d\nb. C", &[("b. C", Deleted)], &[1, 1]);
    }

    #[test]
    fn the_source_shows_what_is_struck() {
        let mut transcript = Transcript::new(0);
        transcript.add(draft("may [-not-] mid[-dl-][+di+]e")).unwrap();
        let document = transcript.finish().unwrap();
        assert_eq!(document.source(), "may [-not-] mid[-dl-]die\n");
        assert_eq!(document.text(), "may middie\nnot dl");
    }

    #[test]
    fn a_label_stands_before_the_text() {
        for (text, expected, changes) in [
            ("one [-two-]", "(a) one two", "8..11"),
            ("[-one-] [-two-]", "(a) one two", "0..7 8..11"),
            ("", "(a) ", ""),
        ] {
            let mut draft = draft(text);
            draft.label("(a) ");
            let found: Vec<String> = draft.changes().iter().map(|(range, _)| format!("{range:?}")).collect();
            assert_eq!((draft.text(), found.join(" ").as_str()), (expected, changes), "{text:?}");
        }
    }
    #[test]
    fn much_text_in_a_small_file_is_refused() {
        let mut transcript = Transcript::new(1 << 20);
        let long = draft(&"x".repeat(1 << 20));
        let taken = (0..100).take_while(|_| transcript.add(long.clone()).is_ok()).count();
        assert_eq!(taken, 15);
        let broken = draft(&"a.\n".repeat(200_000));
        assert_eq!(Transcript::new(0).add(broken), Err(ReadError::UnpacksTooLarge));
        assert_eq!(Transcript::new(1).finish().err(), Some(ReadError::Empty));
    }
}
