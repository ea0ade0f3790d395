//! The lines inside a block of Markdown.
//!
//! Markdown takes the lines of a paragraph for one run of text, and indented lines for code. In bills
//! they are items and paragraphs: the layout of plain text tells which.

use super::{Reading, State};
use crate::document::{Joint, Line, lines};
use crate::text::Span;

/// The lines of `source` without the marks of block quotes.
pub(super) fn unquoted_lines(source: &str) -> Vec<Line> {
    let mut lines = lines(source);
    for line in &mut lines {
        line.skip_marks(source, '>');
    }
    lines
}

impl Reading<'_> {
    /// Lays out the lines of a code block: bills indent their text. Each is Markdown again.
    pub(super) fn code_block(&mut self, span: Span) {
        let pieces = self.code.take().unwrap_or_default();
        let fenced = !span.of(self.source).trim_start().starts_with(['`', '~']);
        for piece in pieces {
            let text = piece.of(self.source);
            let from = piece.start + (text.len() - text.trim_start().len()) as u32;
            let line = Span::new(from, from + text.trim().len() as u32);
            if line.is_empty() {
                continue;
            }
            let at = self.line_of(line.start);
            let goes_on = self.state != State::Closed && !self.layout.begins_block(at, self.first_line);
            if goes_on {
                self.join(at, Span::new(self.written, line.start));
                self.state = State::Fresh;
            } else {
                self.close();
            }
            let source = self.source;
            if fenced {
                self.parse(line.start as usize, line.of(source));
                self.state = State::Open;
            } else {
                self.source_text(line);
            }
        }
        self.close();
    }

    /// A line end inside a paragraph, at `span`.
    pub(super) fn line_end(&mut self, span: Span, hard: bool) {
        if self.state == State::Closed {
            return;
        }
        let at = self.line_of(span.end);
        let next = self.layout.lines().get(at).map_or("", |line| line.of(self.source));
        let hard = hard && !next.starts_with(char::is_lowercase);
        if self.layout.begins_block(at, self.first_line) || hard {
            let kind = self.kind;
            self.close();
            self.next_kind = kind;
        } else {
            self.join(at, span);
        }
        self.border = false;
    }

    /// Joins the line `at` to the text before.
    pub(super) fn join(&mut self, at: usize, gap: Span) {
        match self.layout.joint(at) {
            Joint::Space => self.builder.white_space(gap),
            Joint::SoftHyphen => self.builder.join_broken_word(),
            Joint::HardHyphen => self.builder.join(),
        }
    }

    /// The line in which `offset` stands.
    pub(super) fn line_of(&self, offset: u32) -> usize {
        self.layout.lines().partition_point(|line| line.span.end <= offset)
    }
}
