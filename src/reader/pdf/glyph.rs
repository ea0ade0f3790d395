//! Glyphs as they stand on a page.
//!
//! A PDF holds no words, lines or paragraphs: it says which glyph of which font goes where. All that
//! is read out of a page later is read out of these positions.

/// What one page shows, in the order in which the file draws it.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The characters of the glyphs.
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    /// Thin horizontal strokes: lines under text, or through it; from the top.
    pub(super) strokes: Vec<Stroke>,
    /// Whether pictures stand on the page.
    pub(super) has_images: bool,
    /// Glyphs of which the font does not say which characters they stand for.
    pub(super) nameless: usize,
    /// Whether the page holds more than was read of it.
    pub(super) is_cut: bool,
}

/// A glyph on its page. Lengths are in points, from the top left corner, x to the right, y down; a
/// glyph that is turned is placed as if the page had been turned back with it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Glyph {
    /// Where its characters begin in [`Sheet::text`].
    pub(super) start: u32,
    /// How many bytes they take.
    pub(super) length: u16,
    /// Degrees that it is turned by, counter-clockwise, in -180..180.
    pub(super) angle: i16,
    /// Where it begins.
    pub(super) x0: f32,
    /// Where the next glyph would begin.
    pub(super) x1: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// The size of its font.
    pub(super) size: f32,
    /// White space, or nothing.
    pub(super) is_space: bool,
    /// Text that is not drawn: what was recognised in a picture of text, put behind it.
    pub(super) is_invisible: bool,
    /// What the file itself calls page furniture.
    pub(super) is_artifact: bool,
}

/// A thin horizontal stroke from `x0` to `x1`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
}

impl Glyph {
    /// The characters that it stands for.
    pub(super) fn text(self, sheet: &str) -> &str {
        let start = self.start as usize;
        sheet.get(start..start + usize::from(self.length)).unwrap_or_default()
    }
}

impl Sheet {
    /// Appends the characters of a glyph and gives their place; ligatures are taken apart.
    pub(super) fn push_characters(&mut self, characters: &str) -> (u32, u16) {
        let start = self.text.len();
        for c in characters.chars() {
            match c {
                '\u{fb00}' => self.text.push_str("ff"),
                '\u{fb01}' => self.text.push_str("fi"),
                '\u{fb02}' => self.text.push_str("fl"),
                '\u{fb03}' => self.text.push_str("ffi"),
                '\u{fb04}' => self.text.push_str("ffl"),
                '\u{fb05}' | '\u{fb06}' => self.text.push_str("st"),
                // A hyphen that is drawn is one, whatever the font calls it.
                '\u{ad}' => self.text.push('-'),
                // The bullet of the Symbol font, by its place there.
                '\u{f0b7}' | '\u{f0a7}' => self.text.push('•'),
                '\u{e000}'..='\u{f8ff}' | '\u{fffd}' => {}
                c if c.is_control() => {}
                c => self.text.push(c),
            }
        }
        (start as u32, (self.text.len() - start).min(usize::from(u16::MAX)) as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_settled() {
        for (characters, expected) in
            [("a", "a"), ("\u{fb03}", "ffi"), ("\u{ad}", "-"), ("\u{1}\u{f0b7}\u{e123}", "•")]
        {
            let mut sheet = Sheet::default();
            let (start, length) = sheet.push_characters(characters);
            let glyph = Glyph { start, length, ..Glyph::default() };
            assert_eq!(glyph.text(&sheet.text), expected, "{characters:?}");
        }
    }
}
