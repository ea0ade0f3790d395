//! Markdown: headings, lists, quotes and tables come from the mark-up, the text from the source.
//!
//! The numbers of a bill are part of its text, so the "1." that Markdown takes for the mark of a list
//! is written as it stands. Lines inside a paragraph are laid out like those of plain text: many
//! bills in Markdown put every item on a line of its own and no blank line between.

mod front_matter;
mod html;
mod printed;

use front_matter::front_matter;
use html::Html;
use printed::unquoted_lines;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::ReadError;
use crate::document::{BlockKind, Builder, Change, Document, Layout, Origin};
use crate::text::Span;

/// How many changes may be open inside each other.
const DEEPEST: usize = 64;

/// So many marks a text may have, however short it is.
const FEW_MARKS: usize = 300_000;
/// Beyond [`FEW_MARKS`], one for so many bytes. A bill in bold type and short lines has one for ten.
const BYTES_OF_MARK: usize = 10;

/// Reads `source` as Markdown.
///
/// Errors: [`ReadError::TooManyPieces`] for a text of marks and little else, because the parser keeps a
/// hundred bytes for each of them until it has read all.
pub(super) fn read(source: &str, origin: Origin) -> Result<Document, ReadError> {
    let most_marks = FEW_MARKS + source.len() / BYTES_OF_MARK;
    // A byte is two marks at most.
    if source.len() * 2 > most_marks && marks(source) > most_marks {
        return Err(ReadError::TooManyPieces);
    }
    let mark = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front = front_matter(source.get(mark..).unwrap_or_default());
    let mut reading = Reading::new(source);
    reading.builder.origin(origin);
    if let Some(title) = &front.title {
        reading.titled = true;
        reading.builder.title(title);
    }
    let start = mark + front.length;
    reading.parse(start, source.get(start..).unwrap_or_default());
    Ok(reading.builder.finish())
}

/// How many marks `source` has that the parser may take for mark-up. A run of stars is one mark, a run of
/// brackets is not; a number or a dash that begins a line may be an item.
fn marks(source: &str) -> usize {
    let pairs = source.bytes().zip(source.bytes().skip(1));
    let marks = pairs.map(|(byte, next)| match byte {
        b'\n' => 1 + usize::from(matches!(next, b'-' | b'+' | b'#' | b'0'..=b'9')),
        b'*' | b'_' | b'~' | b'`' => usize::from(byte != next),
        b'[' | b']' | b'(' | b')' | b'|' | b'<' | b'>' | b'&' | b'\\' | b'!' => 1,
        _ => 0,
    });
    marks.sum()
}

/// What has been read so far.
#[derive(Debug)]
struct Reading<'s> {
    source: &'s str,
    builder: Builder<'s>,
    layout: Layout<'s>,
    /// Where in the source the text that is parsed begins.
    base: usize,
    quote: u8,
    lists: u16,
    state: State,
    /// The kind of the block that text opens if none is open.
    next_kind: BlockKind,
    /// The kind of the open block.
    kind: BlockKind,
    /// The line in which the open block begins.
    first_line: usize,
    /// Whether mark-up stands between the text before and what comes next.
    border: bool,
    /// Where in the source the text before ends.
    written: u32,
    changes: Vec<(Change, u32)>,
    titled: bool,
    /// The lines of the code block or HTML block that is being read.
    code: Option<Vec<Span>>,
    html: Html,
}

/// Whether a block is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed,
    /// A list item, or a line that goes on with a block: a paragraph that begins here is this one.
    Fresh,
    Open,
}

impl<'s> Reading<'s> {
    fn new(source: &'s str) -> Reading<'s> {
        Reading {
            source,
            builder: Builder::new(source),
            layout: Layout::new(source, unquoted_lines(source)),
            base: 0,
            quote: 0,
            lists: 0,
            state: State::Closed,
            next_kind: BlockKind::Paragraph,
            kind: BlockKind::Paragraph,
            first_line: 0,
            border: false,
            written: 0,
            changes: Vec::new(),
            titled: false,
            code: None,
            html: Html::Text,
        }
    }

    /// Reads `text`, which stands at `base` in the source.
    fn parse(&mut self, base: usize, text: &str) {
        let outer = std::mem::replace(&mut self.base, base);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let mut events = Parser::new_ext(text, options).into_offset_iter();
        let definitions = lost_definitions(&events, base);
        for (event, range) in events.by_ref() {
            self.event(event, Span::from(base + range.start..base + range.end));
        }
        for definition in definitions {
            self.block(BlockKind::Paragraph);
            self.source_text(definition);
            self.close();
        }
        self.base = outer;
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => match &mut self.code {
                Some(lines) => lines.push(span),
                None => self.piece(&text, span),
            },
            Event::Code(_) => self.code_span(span),
            Event::Html(_) => self.html(span),
            Event::InlineHtml(text) => {
                self.comment(span.start);
                self.tag(text.trim_start_matches('<'));
                self.html = Html::Text;
            }
            Event::SoftBreak => self.line_end(span, false),
            Event::HardBreak => self.line_end(span, true),
            Event::Rule => self.close(),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.piece(&text, span);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph if self.state == State::Fresh => {}
            Tag::Paragraph => self.block(BlockKind::Paragraph),
            Tag::Heading { level, .. } => self.block(BlockKind::Heading(heading(*level))),
            Tag::BlockQuote(_) => {
                self.close();
                self.quote = self.quote.saturating_add(1);
            }
            Tag::List(_) => {
                self.close();
                self.lists = self.lists.saturating_add(1);
            }
            Tag::Item => self.item(span),
            Tag::TableCell => self.block(BlockKind::Cell),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.close();
                self.code = matches!(tag, Tag::CodeBlock(_)).then(Vec::new);
                self.html = Html::Text;
            }
            Tag::Strikethrough if self.is_double(span) => self.change(Change::Deleted, false),
            Tag::Strikethrough => self.source_text(Span::new(span.start, span.start + 1)),
            Tag::Emphasis
            | Tag::Strong
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Superscript
            | Tag::Subscript => {
                self.border = true;
            }
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::MetadataBlock(_) => self.close(),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quote = self.quote.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.code_block(span),
            TagEnd::Strikethrough if self.is_double(span) => self.change(Change::Deleted, true),
            TagEnd::Strikethrough => self.source_text(Span::new(span.end.saturating_sub(1), span.end)),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript => self.border = true,
            TagEnd::Heading(_) => {
                if !self.titled && self.state != State::Closed {
                    let title = self.builder.block_text().to_owned();
                    self.builder.title(&title);
                    self.titled = true;
                }
                self.close();
            }
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::MetadataBlock(_) => self.close(),
        }
    }

    /// Ends the open block and opens the next.
    fn block(&mut self, kind: BlockKind) {
        self.builder.block(kind, self.lists, self.quote);
        self.kind = kind;
        (self.state, self.next_kind, self.border) = (State::Open, BlockKind::Paragraph, false);
    }

    fn close(&mut self) {
        (self.state, self.next_kind) = (State::Closed, BlockKind::Paragraph);
    }

    /// Begins a list item with its number, if the source gives it one.
    fn item(&mut self, span: Span) {
        self.block(BlockKind::Item);
        let text = span.of(self.source);
        let number = text.trim_start();
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let start = span.start + (text.len() - number.len()) as u32;
            self.source_text(Span::new(start, start + digits as u32 + 1));
            self.space_here();
        }
        self.state = State::Fresh;
    }

    /// Appends `text`, which the mark-up at `span` stands for.
    fn piece(&mut self, text: &str, span: Span) {
        self.prepare(text, span);
        if text == span.of(self.source) {
            self.builder.text(span);
        } else {
            self.builder.replaced(text, span);
        }
        self.written = span.end;
    }

    /// Appends the source at `span` as it stands.
    fn source_text(&mut self, span: Span) {
        let source = self.source;
        self.piece(span.of(source), span);
    }

    /// Opens a block if none is, and parts two words that mark-up alone stands between.
    fn prepare(&mut self, text: &str, span: Span) {
        let Some(first) = text.chars().next() else { return };
        let blank = text.chars().all(char::is_whitespace);
        if self.state == State::Closed && !blank {
            self.block(self.next_kind);
        }
        if self.builder.block_text().is_empty() {
            self.first_line = self.line_of(span.start);
        }
        let border = std::mem::take(&mut self.border) && span.start > self.written;
        if border && parts_words(self.builder.block_text(), first) {
            self.builder.white_space(Span::new(self.written, span.start));
        }
        if !blank && self.state == State::Fresh {
            self.state = State::Open;
        }
    }

    /// Notes white space at the end of what is written.
    fn space_here(&mut self) {
        self.builder.white_space(Span::new(self.written, self.written + 1));
    }

    /// Appends what stands between the backticks at `span`.
    fn code_span(&mut self, span: Span) {
        let text = span.of(self.source);
        let ticks = text.bytes().take_while(|byte| *byte == b'`').count() as u32;
        self.border = true;
        self.source_text(Span::new(span.start + ticks, span.end.saturating_sub(ticks)));
        self.border = true;
    }

    fn change(&mut self, change: Change, ends: bool) {
        self.border = true;
        if !ends {
            if self.changes.len() < DEEPEST {
                self.changes.push((change, self.builder.position()));
            }
        } else if let Some(at) = self.changes.iter().rposition(|(open, _)| *open == change) {
            let (_, start) = self.changes.remove(at);
            self.builder.change(start, change);
        }
    }

    fn is_double(&self, span: Span) -> bool {
        span.of(self.source).starts_with("~~")
    }
}

/// Whether a space belongs between `before` and a next character that only mark-up keeps from it. An
/// initial in other type belongs to its word.
fn parts_words(before: &str, next: char) -> bool {
    let mut last = before.chars().rev();
    let Some(c) = last.next() else { return false };
    let initial = last.next().is_none() && c.is_uppercase() && next.is_lowercase();
    next.is_alphanumeric() && c.is_alphanumeric() && !initial
}

/// `[Note]: see` is a definition of a link in Markdown and vanishes; in a bill it is text.
fn lost_definitions(events: &pulldown_cmark::OffsetIter<'_>, base: usize) -> Vec<Span> {
    let is_link = |destination: &str| destination.contains(['/', '.', '#', '@', ':']);
    let lost = events.reference_definitions().iter().filter(|(_, definition)| !is_link(&definition.dest));
    let mut spans: Vec<Span> = lost
        .map(|(_, definition)| Span::from(base + definition.span.start..base + definition.span.end))
        .collect();
    spans.sort_unstable();
    spans
}

fn heading(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests;
