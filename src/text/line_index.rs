//! Byte offsets to lines and columns.

use serde::{Deserialize, Serialize};

/// A place in a source file, as a person or an editor names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Bytes from the start of the file, a byte order mark counted.
    pub offset: u32,
    /// Line, from 1. `\n`, `\r\n` and a lone `\r` end a line.
    pub line: u32,
    /// Column in code points, from 1. A byte order mark takes no column.
    pub column: u32,
    /// Column in UTF-16 code units, from 1.
    pub utf16: u32,
    /// Column in bytes of UTF-8, from 1, whatever the file is written in.
    pub utf8: u32,
}

/// Columns are counted from the start of the line or from the last of these places: one for so many bytes.
/// A bill may be a single line, with thousands of findings in it.
const STEP: usize = 1024;

/// Where the lines of a source begin.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Places inside long lines, ascending.
    steps: Vec<Position>,
}

impl LineIndex {
    /// Finds the line starts of `source`.
    pub fn new(source: &str) -> LineIndex {
        let bytes = source.as_bytes();
        let first = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() as u32 } else { 0 };
        let mut starts = vec![first];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let carriage_return_of_a_pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !carriage_return_of_a_pair {
                starts.push(at as u32 + 1);
            }
        }
        let mut index = LineIndex { starts, steps: Vec::new() };
        for at in (STEP..source.len()).step_by(STEP) {
            let step = index.position(source, source.floor_char_boundary(at) as u32);
            if step.column > 1 {
                index.steps.push(step);
            }
        }
        index
    }

    /// How many lines there are; an empty source has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 1, in which the byte at `offset` stands.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset).max(1) as u32
    }

    /// The byte at which `line`, counted from 1, begins; the last line's for a line beyond it.
    pub fn start(&self, line: u32) -> u32 {
        let index = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        self.starts[index]
    }

    /// The position of the byte at `offset` of `source`, the text that this index was made of.
    pub fn position(&self, source: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = Position { offset: self.start(line), line, column: 1, utf16: 1, utf8: 1 };
        let next = self.steps.partition_point(|step| step.offset <= offset);
        let step = next.checked_sub(1).and_then(|last| self.steps.get(last));
        let mut position = step.copied().filter(|step| step.line == line).unwrap_or(start);
        let before = source.get(position.offset as usize..offset as usize).unwrap_or_default();
        for c in before.chars() {
            position.column += 1;
            position.utf16 += c.len_utf16() as u32;
            position.utf8 += c.len_utf8() as u32;
        }
        Position { offset, ..position }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, offset: u32, expected: (u32, u32, u32, u32)) {
        let position = LineIndex::new(source).position(source, offset);
        let Position { line, column, utf16, utf8, .. } = position;
        assert_eq!((line, column, utf16, utf8), expected, "{source:?} at {offset}");
    }

    #[test]
    fn columns_of_a_long_line() {
        let source = format!("§\n{}\n{}", "é😀".repeat(2000), "x".repeat(3000));
        let index = LineIndex::new(&source);
        for (offset, expected) in [
            (3, (2, 1, 1, 1)),
            (3 + 6 * 170, (2, 341, 511, 1021)),
            (3 + 6 * 1999, (2, 3999, 5998, 11_995)),
            (3 + 12_000, (2, 4001, 6001, 12_001)),
            (4 + 12_000, (3, 1, 1, 1)),
            (4 + 12_000 + 2999, (3, 3000, 3000, 3000)),
        ] {
            let position = index.position(&source, offset);
            assert_eq!((position.line, position.column, position.utf16, position.utf8), expected, "{offset}");
        }
        // Each is near: whoever counts from the start of the line takes minutes for thousands of findings.
        let counted = |pair: &[Position]| pair[1].offset - pair[0].offset;
        let furthest = index.steps.windows(2).map(counted).max();
        assert!(index.steps.len() == source.len() / STEP && furthest.is_some_and(|bytes| bytes <= 1032));
    }

    #[test]
    fn lines_and_columns() {
        check("", 0, (1, 1, 1, 1));
        check("ab\ncd", 4, (2, 2, 2, 2));
        check("ab\r\ncd", 4, (2, 1, 1, 1));
        check("ab\rcd", 3, (2, 1, 1, 1));
        check("ab\n", 3, (2, 1, 1, 1));
        check("§ é 😀 x", 10, (1, 6, 7, 11));
        check("\u{feff}ab", 4, (1, 2, 2, 2));
    }
}
