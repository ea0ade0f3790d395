//! Marked content: what a file itself says of the glyphs between two marks.
//!
//! Word processors mark heads, feet and watermarks as artifacts, and give the characters of
//! glyphs that do not show them (`ActualText`).

use hayro_syntax::object::{self, Dict};

use super::glyph::Sheet;

/// Marks in marks, at most; what is nested deeper is counted and not looked at.
const DEEPEST: usize = 256;
/// Glyphs that one `ActualText` may stand for: a letter or a hyphen, not a page.
const LONGEST: usize = 12;

/// One open mark.
#[derive(Debug)]
pub(super) struct Mark {
    is_artifact: bool,
    is_hidden: bool,
    /// The characters that the glyphs stand for.
    text: Option<String>,
    /// The glyph that it begins with.
    first: usize,
}

impl Mark {
    /// A mark with the name `tag` before the glyph `first`.
    pub(super) fn new(tag: &[u8], properties: Option<&Dict<'_>>, is_hidden: bool, first: usize) -> Mark {
        let text = properties.and_then(|dict| dict.get::<object::String<'_>>("ActualText"));
        Mark {
            is_artifact: tag == b"Artifact",
            is_hidden,
            text: text.map(|text| decode(text.as_bytes())),
            first,
        }
    }
}

/// The marks that are open.
#[derive(Debug, Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// Open marks beyond the deepest that are looked at.
    beyond: usize,
}

impl Marks {
    /// How many are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len() + self.beyond
    }

    pub(super) fn open(&mut self, mark: Mark) {
        if self.open.len() < DEEPEST {
            self.open.push(mark);
        } else {
            self.beyond += 1;
        }
    }

    /// Closes the innermost.
    pub(super) fn close(&mut self, sheet: &mut Sheet) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(mark) = self.open.pop()
            && let Some(text) = &mark.text
        {
            replace(sheet, mark.first, text);
        }
    }

    /// Closes all but the outermost `depth`.
    pub(super) fn close_to(&mut self, depth: usize, sheet: &mut Sheet) {
        while self.depth() > depth {
            self.close(sheet);
        }
    }

    pub(super) fn is_artifact(&self) -> bool {
        self.open.iter().any(|mark| mark.is_artifact)
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.open.iter().any(|mark| mark.is_hidden)
    }
}

/// Lets the glyphs from `first` on stand for `text`.
fn replace(sheet: &mut Sheet, first: usize, text: &str) {
    let glyphs = sheet.glyphs.get(first..).unwrap_or_default();
    let (Some(&start), Some(&end)) = (glyphs.first(), glyphs.last()) else { return };
    if glyphs.len() > LONGEST || (start.y - end.y).abs() > start.size / 2.0 || text.chars().count() > LONGEST
    {
        return;
    }
    // A soft hyphen is no more than that where the file says so itself.
    let (at, length) = if text == "\u{ad}" {
        sheet.text.push('\u{ad}');
        (sheet.text.len() as u32 - 2, 2)
    } else {
        sheet.push_characters(text)
    };
    sheet.glyphs.truncate(first);
    if length > 0 {
        let is_space = text.chars().all(char::is_whitespace);
        let glyph = super::glyph::Glyph { start: at, length, x1: end.x1.max(start.x1), is_space, ..start };
        sheet.glyphs.push(glyph);
    }
}

/// A text string of a PDF: UTF-16 or UTF-8 with a mark in front, or one byte for each character.
pub(super) fn decode(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?))).collect();
        String::from_utf16_lossy(&units)
    };
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        wide(rest, u16::from_be_bytes)
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        wide(rest, u16::from_le_bytes)
    } else if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        bytes.iter().map(|&byte| of_byte(byte)).collect()
    }
}

/// A character of `PDFDocEncoding`.
fn of_byte(byte: u8) -> char {
    const FROM_80: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ',
        'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        0x80..=0x9e => FROM_80.get(usize::from(byte) - 0x80).copied().unwrap_or(' '),
        0xa0 => '€',
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings() {
        for (bytes, expected) in [
            (&b"A Bill"[..], "A Bill"),
            (b"\xfe\xff\x00A\x20\x14", "A—"),
            (b"\xff\xfeA\x00", "A"),
            (b"\xef\xbb\xbf\xc3\xa9", "é"),
            (b"\x84\xe9\xa0", "—é€"),
        ] {
            assert_eq!(decode(bytes), expected);
        }
    }
}
