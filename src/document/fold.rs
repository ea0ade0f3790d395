//! Folding: the text as patterns see it.
//!
//! Folding lowers the case of every letter once (French É included) and writes typographic quotes,
//! dashes, ligatures and spaces in their plain forms. What it changes in length it remembers, so
//! that a span found in the folded text leads back to the text that reports quote.

use encoding_rs::Encoding;

use crate::text::Span;

/// A folded text and the way back to the text that it was made of.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    stretches: Vec<Stretch>,
}

/// A stretch of folded text, up to the next stretch.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    folded: u32,
    text: u32,
    /// One character whose folding has other bytes, mapped as a whole; otherwise both sides advance
    /// byte by byte.
    whole: bool,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), stretches: Vec::new() };
        folded.stretch(0, false);
        let mut piece = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let plain = Encoding::ascii_valid_up_to(rest.as_bytes());
            let (plain, other) = rest.split_at(plain);
            let start = folded.text.len();
            folded.text.push_str(plain);
            if let Some(plain) = folded.text.get_mut(start..) {
                plain.make_ascii_lowercase();
            }
            let mut chars = other.chars();
            let Some(c) = chars.next() else { break };
            let at = text.len() - other.len();
            rest = chars.as_str();
            piece.clear();
            fold_char(c, &mut piece);
            if piece.chars().eq([c]) {
                folded.text.push(c);
                continue;
            }
            folded.stretch(at, true);
            folded.text.push_str(&piece);
            folded.stretch(at + c.len_utf8(), false);
        }
        folded
    }

    /// Begins a stretch at the end of the folded text.
    fn stretch(&mut self, text: usize, whole: bool) {
        let next = Stretch { folded: self.text.len() as u32, text: text as u32, whole };
        match self.stretches.last_mut() {
            // An empty stretch, or a character that folds to nothing: what follows replaces it.
            Some(last) if last.folded == next.folded => *last = next,
            _ => self.stretches.push(next),
        }
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The span of the text that the folded `span` was made of, widened to whole characters.
    pub fn to_text(&self, span: Span) -> Span {
        let start = self.text_offset(span.start, false);
        Span::new(start, if span.is_empty() { start } else { self.text_offset(span.end, true) })
    }

    /// The span of the folded text that `span` of the text became.
    pub fn to_folded(&self, span: Span) -> Span {
        Span::new(self.folded_offset(span.start), self.folded_offset(span.end))
    }

    fn text_offset(&self, folded: u32, round_up: bool) -> u32 {
        let next = self.stretches.partition_point(|stretch| stretch.folded <= folded);
        let Some(stretch) = next.checked_sub(1).and_then(|index| self.stretches.get(index)) else {
            return folded;
        };
        match self.stretches.get(next) {
            Some(end) if stretch.whole && folded > stretch.folded && round_up => end.text,
            _ if stretch.whole => stretch.text,
            _ => stretch.text + (folded - stretch.folded),
        }
    }

    fn folded_offset(&self, text: u32) -> u32 {
        let next = self.stretches.partition_point(|stretch| stretch.text <= text);
        let Some(stretch) = next.checked_sub(1).and_then(|index| self.stretches.get(index)) else {
            return text;
        };
        let offset = if stretch.whole { stretch.folded } else { stretch.folded + (text - stretch.text) };
        self.stretches.get(next).map_or(offset, |end| offset.min(end.folded))
    }
}

/// Folds a pattern or a cue as text is folded.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut folded);
    }
    folded
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' => folded.push('\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => folded.push('"'),
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2212}' => folded.push('-'),
        '\u{2013}'..='\u{2015}' => folded.push('\u{2014}'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => folded.push(' '),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        '\u{fb00}' => folded.push_str("ff"),
        '\u{fb01}' => folded.push_str("fi"),
        '\u{fb02}' => folded.push_str("fl"),
        '\u{fb03}' => folded.push_str("ffi"),
        '\u{fb04}' => folded.push_str("ffl"),
        '\u{fb05}' | '\u{fb06}' => folded.push_str("st"),
        _ => folded.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, found: &str, covered: &str) {
        let folded = Folded::new(text);
        assert_eq!(folded.as_str(), expected);
        let at = expected.find(found).unwrap();
        let span = folded.to_text(Span::from(at..at + found.len()));
        assert_eq!(span.of(text), covered);
        assert_eq!(folded.to_folded(span).of(folded.as_str()), fold(covered), "{text:?}");
    }

    #[test]
    fn folds_and_leads_back() {
        check("The “Key” É", "the \"key\" é", "key", "Key");
        check("The “Key” É", "the \"key\" é", "\"key\"", "“Key”");
        check("e\u{fb03}cient — x", "efficient — x", "efficient", "e\u{fb03}cient");
        check("e\u{fb03}cient x", "efficient x", "x", "x");
        check("a\u{ad}b İx", "ab i\u{307}x", "x", "x");
        check("e\u{fb03}cient", "efficient", "ef", "e\u{fb03}");
        check("", "", "", "");
    }
}
