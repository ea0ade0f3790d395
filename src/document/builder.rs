//! The one place where text is normalised and the source map is written.
//!
//! Readers say what stands where in the source; the builder settles white space, soft hyphens and
//! the hyphens of broken words, and records for every byte of text where it came from.

use std::sync::OnceLock;

use super::line::is_plain;
use super::struck::Struck;
use super::words::count_words;
use super::{Block, BlockKind, Change, Comment, Document, Folded, Numbered, Origin, Part};
use crate::text::{SourceMap, Span};

/// What a block costs in memory in all steps together, in bytes.
const BLOCK: usize = 120;
/// What a block costs that may open with a number.
const NUMBERED: usize = 280;
/// What a comment costs that is addressed to this program: each may become a finding.
const COMMENT: usize = 1200;
/// So much any document may cost.
const SMALL: usize = 40 << 20;
/// Beyond [`SMALL`], so many times the size of its source. Blocks of bills have a hundred bytes and more.
const RATIO: usize = 15;

/// Builds a [`Document`] from pieces of its source, in reading order.
#[derive(Debug)]
pub struct Builder<'s> {
    source: &'s str,
    text: String,
    map: SourceMap,
    blocks: Vec<Block>,
    changes: Vec<(Span, Change)>,
    comments: Vec<Comment>,
    title: Option<String>,
    origin: Origin,
    unread: Vec<String>,
    /// White space that has been seen and not yet written: none is written at a block's ends.
    space: Option<Span>,
    /// Whether a soft hyphen came last: the word goes on, whatever white space follows.
    broken: bool,
    /// Where the open block's text begins, if one is open.
    open: Option<OpenBlock>,
    /// What is struck of the open block, set apart until the block ends.
    struck: Struck,
    /// What the blocks may still cost; once it is spent, text is left out.
    left: usize,
}

#[derive(Debug)]
struct OpenBlock {
    start: usize,
    kind: BlockKind,
    indent: u16,
    quote: u8,
    numbers: Vec<Numbered>,
    part: Option<Part>,
}

impl<'s> Builder<'s> {
    /// Begins a document that is read from `source`.
    pub fn new(source: &'s str) -> Builder<'s> {
        Builder {
            source,
            text: String::with_capacity(source.len()),
            map: SourceMap::default(),
            blocks: Vec::new(),
            changes: Vec::new(),
            comments: Vec::new(),
            title: None,
            origin: Origin::Bytes,
            unread: Vec::new(),
            space: None,
            broken: false,
            open: None,
            struck: Struck::default(),
            left: SMALL.saturating_add(source.len().saturating_mul(RATIO)),
        }
    }

    /// Sets the title that the source's metadata give.
    pub fn title(&mut self, title: &str) {
        self.title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
    }

    /// Ends the open block and begins the next. A block that receives no text leaves no trace.
    pub fn block(&mut self, kind: BlockKind, indent: u16, quote: u8) {
        self.close();
        let start = if self.text.is_empty() { 0 } else { self.text.len() + 1 };
        self.open = Some(OpenBlock { start, kind, indent, quote, numbers: Vec::new(), part: None });
    }

    /// Says what the source's elements say of the open block: a provision that begins with it, and
    /// the part of the document that it stands in. Where several provisions begin with it, say so of
    /// each, the outermost first.
    pub fn describe(&mut self, number: Option<Numbered>, part: Option<Part>) {
        if let Some(open) = &mut self.open {
            open.numbers.extend(number);
            open.part = part;
        }
    }

    /// Says how the source leads back to the file: by bytes, unless said otherwise.
    pub fn origin(&mut self, origin: Origin) {
        self.origin = origin;
    }

    /// Says what of the file could not be read: "page 7 cannot be read". Lower-case, no full stop.
    pub fn unread(&mut self, what: String) {
        self.unread.push(what);
    }

    /// Notes a comment that is addressed to this program. It is no text.
    pub fn comment(&mut self, comment: Comment) {
        self.left = self.left.saturating_sub(COMMENT);
        if !self.is_full() {
            self.comments.push(comment);
        }
    }

    /// Appends the source bytes `span` to the open block. White space of every kind runs together
    /// into one space; soft hyphens and other invisible characters are left out.
    pub fn text(&mut self, span: Span) {
        let source = self.source;
        let mut run: Option<usize> = None;
        let base = span.start as usize;
        let piece = span.of(source);
        if is_plain(piece.as_bytes()) {
            return self.verbatim(span);
        }
        let mut rest = 0;
        while let Some(&byte) = piece.as_bytes().get(rest) {
            let at = rest;
            // What is printed and ASCII needs no look at its character.
            // A space between two words stands for itself.
            let length = match piece.as_bytes().get(at + 1..) {
                _ if byte.is_ascii_graphic() => 1,
                Some(next) if byte == b' ' && run.is_some() && printed(next) > 0 => 1,
                _ => piece.as_bytes().get(at..).map_or(0, printed),
            };
            if length > 0 {
                run.get_or_insert(at);
                rest += length;
                continue;
            }
            let c = piece.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            rest += c.len_utf8();
            let visible = !c.is_whitespace() && !is_invisible(c);
            if visible {
                run.get_or_insert(at);
                continue;
            }
            if let Some(start) = run.take() {
                self.verbatim(Span::from(base + start..base + at));
            }
            if c.is_whitespace() {
                self.white_space(Span::from(base + at..base + at + c.len_utf8()));
            } else if c == '\u{ad}' {
                self.broken = self.text.ends_with(char::is_alphabetic) && self.space.is_none();
            }
        }
        if let Some(start) = run {
            self.verbatim(Span::from(base + start..base + piece.len()));
        }
    }

    /// Appends `text` that stands for the source bytes `span` as a whole, such as an entity.
    pub fn replaced(&mut self, text: &str, span: Span) {
        if text.starts_with(char::is_whitespace) {
            self.white_space(span);
        }
        for (index, word) in text.split_whitespace().enumerate() {
            if index > 0 {
                self.white_space(span);
            }
            if word.chars().all(is_invisible) || self.is_full() {
                continue;
            }
            self.broken = false;
            self.flush_space();
            let start = self.begin();
            self.text.extend(word.chars().filter(|c| !is_invisible(*c)));
            self.map.push(Span::from(start..self.text.len()), span);
        }
        if text.ends_with(char::is_whitespace) {
            self.white_space(span);
        }
    }

    /// Notes white space at `span`: one space, if text stands on both sides of it.
    pub fn white_space(&mut self, span: Span) {
        if self.broken {
            return;
        }
        self.space = Some(match self.space {
            Some(space) if space.end == span.start => space.cover(span),
            Some(space) => space,
            None => span,
        });
    }

    /// Takes back the hyphen that the text ends in, and any white space after it, so that the word
    /// before is joined to what follows. The hyphen stays out of the source map.
    pub fn join_broken_word(&mut self) {
        if self.struck.join(self.text.len(), true) {
            return;
        }
        self.space = None;
        if self.text.ends_with(['-', '\u{2010}']) {
            let kept = self.text.trim_end_matches(['-', '\u{2010}']).len();
            self.map.truncate(kept as u32);
            self.text.truncate(kept);
        }
    }

    /// Joins what follows to the text before it without a space: a word broken at a hard hyphen.
    pub fn join(&mut self) {
        if self.struck.join(self.text.len(), false) {
            return;
        }
        self.space = None;
    }

    /// The text of the open block so far.
    pub fn block_text(&self) -> &str {
        self.open.as_ref().and_then(|open| self.text.get(open.start..)).unwrap_or_default()
    }

    /// How many bytes of text there are: the start of what is appended next, but for a space.
    pub fn position(&self) -> u32 {
        self.text.len() as u32
    }

    /// Records that the text from `start` (a [`Builder::position`]) to here is inserted or deleted. What
    /// is deleted of a block is set apart from it: left where it stood, it would part the sentence. It
    /// follows as a note of its own; a block that is deleted as a whole stays where it is.
    pub fn change(&mut self, start: u32, change: Change) {
        // A space or line end that was pending at the start is no part of it.
        let start = start as usize;
        let text = self.text.get(start..).unwrap_or_default();
        let mut begin = start + text.len() - text.trim_start().len();
        // What was struck of the block before has been written since, and is no part of it either.
        let note = |(span, change): &&(Span, Change)| {
            let after = self.text.get(span.end as usize..).unwrap_or_default();
            *change == Change::Deleted && span.start as usize == begin && after.starts_with('\n')
        };
        if self.text.get(start..begin).is_some_and(|gap| gap.contains('\n'))
            && let Some((note, _)) = self.changes.iter().rev().take(8).find(note)
        {
            begin = note.end as usize + 1;
        }
        if begin >= self.text.len() {
            return;
        }
        let inside = self.open.as_ref().is_some_and(|open| open.start <= begin && open.start <= start + 1);
        if change == Change::Deleted && inside {
            self.strike(begin);
        } else {
            self.changes.push((Span::from(begin..self.text.len()), change));
        }
    }

    /// Sets the text from `begin` apart.
    fn strike(&mut self, begin: usize) {
        let map = self.map.split_off(begin as u32);
        let text = self.text.split_off(begin);
        self.changes.retain(|(span, _)| (span.start as usize) < begin);
        let inside = self.open.as_ref().is_some_and(|open| self.text.len() > open.start);
        if inside && self.text.ends_with(' ') {
            // Whether a space stands there depends on what follows now.
            let space = self.map.split_off(begin as u32 - 1).sources(Span::new(0, 1));
            self.text.pop();
            self.space = space.first().copied().or(self.space);
        }
        self.struck.push(text, map, self.text.len());
    }

    /// Ends the document.
    pub fn finish(mut self) -> Document {
        self.close();
        self.changes.sort_by_key(|(span, _)| *span);
        self.comments.sort_by_key(|comment| comment.span);
        Document {
            folded: Folded::new(&self.text),
            words: count_words(&self.text),
            text: self.text,
            blocks: self.blocks,
            changes: self.changes,
            comments: self.comments,
            title: self.title,
            origin: self.origin,
            unread: self.unread,
            cut_off: self.left == 0,
            source: self.source.to_owned(),
            map: self.map,
            lines: OnceLock::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.left == 0
    }

    fn verbatim(&mut self, span: Span) {
        if self.is_full() {
            return;
        }
        self.broken = false;
        self.flush_space();
        let start = self.begin();
        self.text.push_str(span.of(self.source));
        self.map.push(Span::from(start..self.text.len()), span);
    }

    /// Where the next text of the open block goes; writes the line end between two blocks.
    fn begin(&mut self) -> usize {
        if self.open.is_none() {
            self.block(BlockKind::Paragraph, 0, 0);
        }
        let start = self.open.as_ref().map_or(self.text.len(), |open| open.start);
        if self.text.len() < start {
            self.text.push('\n');
        }
        self.text.len()
    }

    fn flush_space(&mut self) {
        let Some(span) = self.space.take() else { return };
        let inside = self.open.as_ref().is_some_and(|open| self.text.len() > open.start);
        if inside {
            let start = self.text.len();
            self.text.push(' ');
            self.map.push(Span::from(start..start + 1), span);
        }
    }

    fn close(&mut self) {
        (self.space, self.broken) = (None, false);
        let Some(open) = self.open.take() else { return };
        let struck = std::mem::take(&mut self.struck);
        let (indent, quote) = (open.indent, open.quote);
        if self.text.len() > open.start {
            self.end_block(open);
            if !struck.is_empty() {
                let start = self.text.len() + 1;
                let (kind, part) = (BlockKind::Paragraph, Some(Part::Note));
                self.write_struck(
                    &struck,
                    OpenBlock { start, kind, indent, quote, numbers: Vec::new(), part },
                );
            }
        } else if !struck.is_empty() {
            self.write_struck(&struck, open);
        }
    }

    /// Ends `open`, which has text.
    fn end_block(&mut self, open: OpenBlock) {
        let OpenBlock { start, kind, indent, quote, numbers, part } = open;
        let span = Span::from(start..self.text.len());
        let lower = span.of(&self.text).starts_with(char::is_lowercase);
        let cost = numbers.len() * (NUMBERED - BLOCK) + if lower { BLOCK } else { NUMBERED };
        self.left = self.left.saturating_sub(cost);
        self.blocks.push(Block { span, kind, indent, quote, numbers: numbers.into_boxed_slice(), part });
    }

    /// Writes what was struck as the text of `open`.
    fn write_struck(&mut self, struck: &Struck, open: OpenBlock) {
        let start = open.start;
        if self.text.len() < start {
            self.text.push('\n');
        }
        struck.write(&mut self.text, &mut self.map);
        self.changes.push((Span::from(start..self.text.len()), Change::Deleted));
        self.end_block(open);
    }
}

/// How many bytes the character takes that `text` begins with, if it is one of those that are printed and met
/// most: ASCII, Latin letters, dashes and quotation marks. 0 for any other.
fn printed(text: &[u8]) -> usize {
    match text {
        [b'!'..=b'~', ..] => 1,
        [0xc2, 0xa1..=0xac | 0xae..=0xbf, ..] | [0xc3..=0xcb, ..] => 2,
        [0xe2, 0x80, 0x90..=0xa7, ..] => 3,
        _ => 0,
    }
}

/// Characters that take no place on the page.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_runs_together_and_blocks_stay_apart() {
        let source = "  One\n  two.  \n\nThree\u{ad}fold";
        let mut builder = Builder::new(source);
        builder.block(BlockKind::Paragraph, 0, 0);
        builder.text(Span::new(0, 15));
        builder.block(BlockKind::Paragraph, 0, 0);
        builder.text(Span::new(15, source.len() as u32));
        let document = builder.finish();
        assert_eq!(document.text(), "One two.\nThreefold");
        let spans: Vec<&str> = document.blocks().iter().map(|block| block.span.of(document.text())).collect();
        assert_eq!(spans, ["One two.", "Threefold"]);
        assert_eq!(document.sources(Span::new(0, 7)), vec![Span::new(2, 11)]);
    }

    #[test]
    fn what_a_source_range_stands_for() {
        let source = "a &x; b&y;";
        let mut builder = Builder::new(source);
        builder.text(Span::new(0, 2));
        builder.replaced(" <= ", Span::new(2, 5));
        builder.text(Span::new(5, 7));
        builder.replaced(" \u{ad}", Span::new(7, 10));
        let document = builder.finish();
        assert_eq!(document.text(), "a <= b");
        assert_eq!(document.sources(Span::new(2, 4)), vec![Span::new(2, 5)]);
        assert_eq!(document.sources(Span::new(5, 6)), vec![Span::new(6, 7)]);
    }

    #[test]
    fn a_soft_hyphen_joins_what_white_space_parts() {
        let source = "tele\u{ad} com \u{ad}and a\u{ad}\n b";
        let mut builder = Builder::new(source);
        builder.text(Span::from(0..source.len()));
        assert_eq!(builder.finish().text(), "telecom and ab");
    }

    /// Writes `source`, whose parts in brackets are struck, as one block.
    fn check_struck(source: &str, expected: &str) {
        let mut builder = Builder::new(source);
        builder.block(BlockKind::Item, 0, 0);
        let mut at = 0;
        for piece in source.split_inclusive(']') {
            let (kept, struck) = piece.split_once('[').unwrap_or((piece, ""));
            builder.text(Span::from(at..at + kept.len()));
            let start = builder.position();
            let from = at + kept.len() + 1;
            builder.text(Span::from(from..(from + struck.len()).saturating_sub(1).max(from)));
            builder.change(start, Change::Deleted);
            at += piece.len();
        }
        let document = builder.finish();
        let text = document.text();
        assert_eq!(text, expected, "{source:?}");
        for (span, _) in document.changes() {
            let read: String =
                document.sources(*span).iter().map(|source_span| source_span.of(source)).collect();
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&read), bare(span.of(text)), "{source:?}");
        }
        let spans: Vec<&str> = document.blocks().iter().map(|block| block.span.of(text)).collect();
        assert_eq!(spans, expected.split('\n').collect::<Vec<_>>(), "{source:?}");
    }

    #[test]
    fn what_is_struck_stands_apart() {
        check_struck("A carrier may [not] open mail.", "A carrier may open mail.\nnot");
        check_struck("[Old] New [ words ]now.", "New now.\nOld words");
        check_struck("mid[dl]e", "mide\ndl");
        check_struck(" [all of it] ", "all of it");
        check_struck("[all] [of it]", "all of it");
        check_struck("end [gone]", "end\ngone");
        check_struck("[]x[]", "x");
    }

    #[test]
    fn a_broken_word_is_joined() {
        let source = "surveil-\nlance";
        let mut builder = Builder::new(source);
        builder.text(Span::new(0, 8));
        builder.join_broken_word();
        builder.text(Span::new(9, 14));
        let document = builder.finish();
        assert_eq!(document.text(), "surveillance");
        assert_eq!(document.sources(Span::new(0, 12)), vec![Span::new(0, 7), Span::new(9, 14)]);
    }
}
