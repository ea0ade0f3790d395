//! Running text: where a block begins, and which pieces of mark-up are one block.
//!
//! A block is begun when its text comes, so that empty elements make none. Tables and lists are often
//! used to set a number beside its text: a block that is a number and no more goes on in what follows.

use crate::document::{BlockKind, Builder, Part, begins_with_number};
use crate::text::Span;

/// The longest number that stands alone before its text, in bytes.
const LONGEST_NUMBER: usize = 16;
/// How many rows around the innermost one are looked at.
const ROW_DEPTH: usize = 8;
/// The longest title, in bytes.
const LONGEST_TITLE: usize = 2000;
/// The longest heading that is taken for one, in bytes.
const LONGEST_HEADING: usize = 200;

/// The running text of a page.
#[derive(Debug)]
pub(super) struct Flow<'s> {
    source: &'s str,
    pub(super) builder: Builder<'s>,
    /// The kind of block that text begins here.
    pub(super) kind: BlockKind,
    /// The part of the document that text stands in.
    pub(super) part: Option<Part>,
    /// How many lists text stands in.
    pub(super) lists: u16,
    /// How many quotations.
    pub(super) quote: u8,
    /// The rows that text stands in, by their numbers.
    rows: Vec<u32>,
    rows_seen: u32,
    /// Whether text goes on in the block.
    open: bool,
    /// The row in which the block began.
    row: Option<u32>,
    /// Where in the source the text ends that was written last.
    written: u32,
    /// Line ends since then.
    breaks: u8,
    /// The number that a browser writes before the next block, and what stands for it.
    number: Option<(String, Span)>,
    /// What the text of headings makes a title of.
    title: Title,
}

/// What a heading is of the document's title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitlePiece {
    /// All of it, if nothing else says better.
    Only,
    /// A piece of it, by what the publisher calls it.
    Certain,
}

/// The title that headings give.
#[derive(Debug, Default)]
struct Title {
    text: String,
    /// Whether the publisher calls it so.
    certain: bool,
    /// Whether the block is a piece of it.
    here: Option<TitlePiece>,
    /// Whether the next block is.
    next: Option<TitlePiece>,
    /// Whether it is complete.
    done: bool,
}

impl<'s> Flow<'s> {
    pub(super) fn new(source: &'s str) -> Flow<'s> {
        Flow {
            source,
            builder: Builder::new(source),
            kind: BlockKind::Paragraph,
            part: None,
            lists: 0,
            quote: 0,
            rows: Vec::new(),
            rows_seen: 0,
            open: false,
            row: None,
            written: 0,
            breaks: 0,
            number: None,
            title: Title::default(),
        }
    }

    /// Ends the block.
    pub(super) fn close(&mut self) {
        (self.open, self.breaks) = (false, 0);
    }

    /// Notes a line end inside the block.
    pub(super) fn line_end(&mut self) {
        self.breaks = self.breaks.saturating_add(1);
    }

    /// Begins or ends a row.
    pub(super) fn row(&mut self, begins: bool) {
        if begins {
            self.rows_seen += 1;
            self.rows.push(self.rows_seen);
        } else {
            self.rows.pop();
        }
    }

    /// Says which number a browser writes before the next block; the source at `span` stands for it.
    pub(super) fn number(&mut self, number: Option<(String, Span)>) {
        self.number = number;
    }

    /// Says that the next block is a piece of the title.
    pub(super) fn title_begins(&mut self, piece: TitlePiece) {
        self.title.next = Some(piece);
    }

    /// Whether the title that the publisher calls so has ended.
    pub(super) fn has_title(&self) -> bool {
        self.title.done || (self.title.certain && self.title.here.is_none())
    }

    /// Forgets what was said of the next block.
    pub(super) fn forget(&mut self) {
        (self.number, self.title.next) = (None, None);
    }

    /// Parts what was written from what follows in the block.
    pub(super) fn space(&mut self) {
        if self.open {
            self.builder.white_space(Span::new(self.written, self.written));
        }
    }

    /// Appends the source at `span`, or `text` for it.
    pub(super) fn piece(&mut self, span: Span, text: Option<&str>) {
        let shown = text.unwrap_or_else(|| span.of(self.source));
        if shown.chars().all(char::is_whitespace) {
            if self.open {
                self.builder.white_space(span);
            }
            return;
        }
        self.prepare(shown, span);
        match text {
            Some(text) => self.builder.replaced(text, span),
            None => self.builder.text(span),
        }
        (self.breaks, self.written) = (0, span.end);
    }

    /// Begins a block for `text` at `span`, unless it goes on in the one before.
    fn prepare(&mut self, text: &str, span: Span) {
        let gap = Span::new(span.start, span.start);
        let goes_on = if self.open {
            self.breaks == 0 || (self.breaks == 1 && !begins_with_number(text.trim_start()))
        } else {
            self.is_numbered_by_block(text)
        };
        if !goes_on {
            self.begin(text);
        } else if !self.open || self.breaks > 0 {
            self.builder.white_space(gap);
        }
        self.open = true;
    }

    fn begin(&mut self, text: &str) {
        self.take_title();
        let text = text.trim();
        let beside = matches!(self.kind, BlockKind::Cell | BlockKind::Paragraph) && is_number(text);
        let kind = if beside { BlockKind::Item } else { self.kind };
        self.builder.block(kind, self.lists, self.quote);
        self.builder.describe(None, self.part);
        self.row = self.rows.last().copied();
        let written = text.starts_with('(') || begins_with_number(text) || is_number(text);
        if let Some((number, span)) = self.number.take().filter(|_| !written) {
            self.builder.replaced(&number, span);
            self.builder.white_space(Span::new(span.end, span.end));
        }
    }

    /// Whether the block before is the number of what begins with `text`.
    fn is_numbered_by_block(&self, text: &str) -> bool {
        let number = self.builder.block_text();
        if !is_number(number) || self.title.here.is_some() {
            return false;
        }
        let beside =
            self.row.is_some_and(|row| self.rows.iter().rev().take(ROW_DEPTH).any(|open| *open == row));
        let bullet = number.chars().count() == 1;
        let alone = (number.starts_with('(') || bullet) && !begins_with_number(text.trim_start());
        beside || (alone && self.row.is_none())
    }

    /// Takes the block before for a piece of the title, if it was said to be, and looks at the next.
    fn take_title(&mut self) {
        let text = self.builder.block_text();
        let title = &mut self.title;
        match title.here {
            Some(TitlePiece::Only) if title.text.is_empty() && text.len() <= LONGEST_HEADING => {
                text.clone_into(&mut title.text);
            }
            Some(TitlePiece::Certain) => {
                if !std::mem::replace(&mut title.certain, true) {
                    title.text.clear();
                }
                title.text.push(' ');
                title.text.push_str(text.get(..LONGEST_TITLE).unwrap_or(text));
                title.done = title.next != Some(TitlePiece::Certain) || title.text.len() > LONGEST_TITLE;
            }
            Some(TitlePiece::Only) | None => {}
        }
        title.here = title.next.take().filter(|_| !title.done);
    }

    /// The title that the headings give, and whether the publisher calls it so; no text comes after.
    pub(super) fn title(&mut self) -> (String, bool) {
        self.take_title();
        (std::mem::take(&mut self.title.text), self.title.certain)
    }
}

/// Whether `text` is a number or bullet that stands before its text: `(a)`, `1.`, `(2) (a)`, `–`.
fn is_number(text: &str) -> bool {
    text.len() <= LONGEST_NUMBER && !text.is_empty() && text.split_whitespace().all(is_one_number)
}

fn is_one_number(text: &str) -> bool {
    const BULLETS: [char; 8] =
        ['\u{2013}', '\u{2014}', '\u{2022}', '\u{b7}', '-', '*', '\u{25aa}', '\u{25cf}'];
    if text.chars().count() == 1 {
        return text.starts_with(BULLETS);
    }
    let core = text.trim_matches(['(', ')', '.']);
    let length = core.chars().count();
    let digit = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let digits = core.split('.').all(|part| digit(part) && part.chars().all(char::is_alphanumeric));
    let letters = core.chars().all(char::is_alphabetic);
    let roman = core.chars().all(|c| "ivxlcIVXLC".contains(c));
    let short = length == 1 || roman || (text.ends_with(')') && length <= 5);
    core.len() < text.len() && !core.is_empty() && (digits || (letters && short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_stand_alone() {
        for text in ["(a)", "1.", "(1)", "1.2.", "iv)", "(iii)", "\u{2013}", "(1a)", "b.", "(aa)", "(2) (a)"]
        {
            assert!(is_number(text), "{text:?}");
        }
        for text in ["", "a", "12", "2019", "No.", "(and)x", "()", "Article 1.", "x y)", "L 345/19"] {
            assert!(!is_number(text), "{text:?}");
        }
    }
}
