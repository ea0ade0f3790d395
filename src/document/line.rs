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
    #[inline]
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
    let line_end = line_end(bytes);
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

/// Finds the first line end in a part of `bytes`. Two searches that each run ahead would be quadratic where
/// one byte is rare; which bytes are not there at all is seen once.
fn line_end(bytes: &[u8]) -> fn(&[u8]) -> Option<usize> {
    match (memchr::memchr(b'\x0b', bytes), memchr::memchr(b'\x0c', bytes)) {
        (None, None) => |bytes| memchr::memchr2(b'\n', b'\r', bytes),
        (None, Some(_)) => |bytes| memchr::memchr3(b'\n', b'\r', b'\x0c', bytes),
        (Some(_), _) => {
            |bytes| bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r' | b'\x0b' | b'\x0c'))
        }
    }
}

/// The line in `source[start..end]`, if it is not blank.
fn line(source: &str, start: usize, end: usize) -> Option<Line> {
    let whole = source.as_bytes().get(start..end)?;
    let indent = whole.iter().position(|byte| *byte != b' ')?;
    let last = whole.iter().rposition(|byte| *byte != b' ')?;
    let text = whole.get(indent..=last)?;
    if !(text.first()?.is_ascii_graphic() && text.last()?.is_ascii_graphic()) {
        return any_line(source.get(start..end)?, start);
    }
    let width = if is_plain(text) { text.len() } else { squeezed_width(std::str::from_utf8(text).ok()?) };
    let span = Span::from(start + indent..start + last + 1);
    Some(Line { span, indent: narrow(indent), end: narrow(indent + width), gap: 0, page: false })
}

/// Whether `text` is printed ASCII that no space stands at the ends of, and no two together: what needs
/// nothing settled. Looks at many bytes at a time, and so at all of them.
pub(super) fn is_plain(text: &[u8]) -> bool {
    let (Some(first), Some(last), Some(rest)) = (text.first(), text.last(), text.get(1..)) else {
        return false;
    };
    let unprinted = |byte: u8| u8::from(byte.wrapping_sub(b' ') > b'~' - b' ');
    let space = |byte: u8| u8::from(byte == b' ');
    let pairs = text.iter().zip(rest);
    let found = pairs.fold(0, |found, (&byte, &next)| found | unprinted(byte) | (space(byte) & space(next)));
    found == 0 && first.is_ascii_graphic() && last.is_ascii_graphic()
}

/// The line whose text is `whole`, if it is not blank; more than printed ASCII stands at its ends.
fn any_line(whole: &str, start: usize) -> Option<Line> {
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
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let blank = match byte {
            0..=127 => matches!(byte, b' ' | b'\t'..=b'\r'),
            // The rest of a character.
            128..=191 => continue,
            _ => text.as_bytes().get(at..).is_some_and(begins_with_wide_space),
        };
        width += usize::from(!(space && blank));
        space = blank;
    }
    width
}

/// Whether `text` begins with white space beyond ASCII.
fn begins_with_wide_space(text: &[u8]) -> bool {
    matches!(
        text,
        [0xc2, 0x85 | 0xa0, ..]
            | [0xe1, 0x9a, 0x80, ..]
            | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..]
            | [0xe2, 0x81, 0x9f, ..]
            | [0xe3, 0x80, 0x80, ..]
    )
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
    fn white_space_beyond_ascii() {
        for c in ('\u{80}'..=char::MAX).take(0x20000) {
            assert_eq!(begins_with_wide_space(c.to_string().as_bytes()), c.is_whitespace(), "{c:?}");
        }
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
