//! The lines of a source: what layout is decided on.
//!
//! A reader of a format without paragraphs (plain text, PDF) hands lines to the layout; where they
//! come from does not matter, as long as each says what it covers and how it stands on the page.

use super::is_invisible;
use crate::text::Span;

/// One printed line that is not blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The line's text in the source, without white space at its ends.
    pub span: Span,
    /// Columns before the text; a tab leads to the next multiple of eight.
    pub indent: u16,
    /// The column after the last character, runs of white space inside the text counted as one: what is
    /// spread out to a straight margin was full without it.
    pub end: u16,
    /// How many blank lines stand before it.
    pub gap: u16,
    /// Whether a page begins between the line before and this one: blank lines there say nothing.
    pub page: bool,
}

impl Line {
    /// The text of the line.
    pub fn of(self, source: &str) -> &str {
        self.span.of(source)
    }

    /// Takes any number of the character `mark` off the start of the line, and the white space between
    /// and after them.
    pub fn skip_marks(&mut self, source: &str, mark: char) {
        let text = self.of(source);
        let rest = text.trim_start_matches(|c: char| c == mark || is_blank(c));
        if text.starts_with(mark) && !rest.is_empty() {
            self.skip(source, text.len() - rest.len());
        }
    }

    /// Takes `bytes` off the start of the line, and the white space that follows them.
    pub(super) fn skip(&mut self, source: &str, bytes: usize) {
        let text = self.of(source);
        let rest = text.get(bytes..).unwrap_or_default();
        let kept = rest.trim_start_matches(is_blank);
        let columns = text.chars().count() - kept.chars().count();
        self.indent = self.indent.saturating_add(columns as u16);
        self.span.start = self.span.end - kept.len() as u32;
    }
}

/// The lines of `source`. `\n`, `\r\n`, a lone `\r`, a vertical tab and a form feed end a line.
pub fn lines(source: &str) -> Vec<Line> {
    let bytes = source.as_bytes();
    let (mut lines, mut at) = (Vec::new(), 0);
    let mut gap: u16 = 0;
    let mut page = false;
    while at < source.len() {
        let end = bytes.get(at..).and_then(line_end).map_or(source.len(), |length| at + length);
        match line(source, at, end) {
            Some(line) => {
                lines.push(Line { gap, page, ..line });
                (gap, page) = (0, false);
            }
            None => gap = gap.saturating_add(1),
        }
        let ending = bytes.get(end).copied();
        page |= ending == Some(b'\x0c');
        let pair = ending == Some(b'\r') && bytes.get(end + 1) == Some(&b'\n');
        at = end + if pair { 2 } else { 1 };
    }
    lines
}

fn line_end(bytes: &[u8]) -> Option<usize> {
    // Two searches that each run ahead would be quadratic where one byte is rare.
    bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r' | b'\x0b' | b'\x0c'))
}

/// The line in `source[start..end]`, if it is not blank.
fn line(source: &str, start: usize, end: usize) -> Option<Line> {
    let whole = source.get(start..end)?;
    let text = whole.trim_start_matches(is_blank);
    let before = whole.get(..whole.len() - text.len())?;
    let text = text.trim_end_matches(is_blank);
    if text.is_empty() {
        return None;
    }
    let indent = before.chars().fold(0_usize, |column, c| match c {
        '\t' => column / 8 * 8 + 8,
        _ if is_invisible(c) => column,
        _ => column + 1,
    });
    let from = start + before.len();
    let width = squeezed_width(text);
    Some(Line {
        span: Span::from(from..from + text.len()),
        indent: narrow(indent),
        end: narrow(indent + width),
        gap: 0,
        page: false,
    })
}

/// How many columns `text` takes, each run of white space in it counted as one.
fn squeezed_width(text: &str) -> usize {
    let mut width = 0;
    let mut space = false;
    if text.is_ascii() {
        for &byte in text.as_bytes() {
            let blank = matches!(byte, b' ' | b'\t'..=b'\r');
            width += usize::from(!(space && blank));
            space = blank;
        }
        return width;
    }
    for c in text.chars() {
        width += usize::from(!(space && c.is_whitespace()));
        space = c.is_whitespace();
    }
    width
}

fn narrow(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// White space, and what takes no place; a soft hyphen says that a word goes on.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || (is_invisible(c) && c != '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, u16, u16, bool)]) {
        let found: Vec<(&str, u16, u16, bool)> =
            lines(source).iter().map(|line| (line.of(source), line.indent, line.gap, line.page)).collect();
        assert_eq!(found, expected, "{source:?}");
    }

    #[test]
    fn lines_and_blanks() {
        check("", &[]);
        check("\u{feff}a b \r\n\r\n  c", &[("a b", 0, 0, false), ("c", 2, 1, false)]);
        check("a\rb\n\tc", &[("a", 0, 0, false), ("b", 0, 0, false), ("c", 8, 0, false)]);
        check("a\n\x0c\n b", &[("a", 0, 0, false), ("b", 1, 2, true)]);
        check("\u{a0}a\0\n\0\nb\u{ad}", &[("a", 1, 0, false), ("b\u{ad}", 0, 1, false)]);
    }
}
