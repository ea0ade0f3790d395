//! The numbers that a browser sets before the items of an ordered list.
//!
//! They are on the page and in no text of the source: "(a)" of a bill written as a list would be lost.

use super::token::Tag;
use crate::reader::numeral::roman;

/// How items are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Decimal,
    Letters,
    Roman,
}

/// An ordered list of which some items have been read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbering {
    style: Style,
    capital: bool,
    next: u32,
}

impl Numbering {
    /// The numbering of the list that `tag` begins, if it is a numbered one.
    pub(super) fn of(tag: &Tag) -> Option<Numbering> {
        if tag.name != "ol" {
            return None;
        }
        let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase();
        let style =
            style.split_once("list-style").map_or("", |(_, rest)| rest.split(';').next().unwrap_or(""));
        let kind = tag.attribute("type").unwrap_or_default();
        let (style, capital) = match kind.trim() {
            _ if style.contains("none") => return None,
            _ if style.contains("lower-alpha") || style.contains("lower-latin") => (Style::Letters, false),
            _ if style.contains("upper-alpha") || style.contains("upper-latin") => (Style::Letters, true),
            _ if style.contains("lower-roman") => (Style::Roman, false),
            _ if style.contains("upper-roman") => (Style::Roman, true),
            "a" => (Style::Letters, false),
            "A" => (Style::Letters, true),
            "i" => (Style::Roman, false),
            "I" => (Style::Roman, true),
            _ => (Style::Decimal, false),
        };
        let next = number(tag, "start").unwrap_or(1);
        Some(Numbering { style, capital, next })
    }

    /// The number of the item that `tag` begins, as a browser writes it.
    pub(super) fn item(&mut self, tag: &Tag) -> String {
        let value = number(tag, "value").unwrap_or(self.next);
        self.next = value.saturating_add(1);
        let written = match self.style {
            Style::Letters if value > 0 => letters(value),
            Style::Roman if (1..4000).contains(&value) => roman(value),
            Style::Decimal | Style::Letters | Style::Roman => value.to_string(),
        };
        let written = if self.capital { written.to_ascii_uppercase() } else { written };
        format!("{written}.")
    }
}

fn number(tag: &Tag, attribute: &str) -> Option<u32> {
    tag.attribute(attribute)?.trim().parse().ok()
}

/// 1 is `a`, 26 is `z`, 27 is `aa`.
fn letters(mut value: u32) -> String {
    let mut letters = Vec::new();
    while value > 0 {
        value -= 1;
        letters.push(char::from(b'a' + (value % 26) as u8));
        value /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let found: Vec<String> = [1, 3, 26, 27, 53].map(letters).to_vec();
        assert_eq!(found, ["a", "c", "z", "aa", "ba"]);
        let found: Vec<String> = [1, 4, 9, 14, 1999].map(roman).to_vec();
        assert_eq!(found, ["i", "iv", "ix", "xiv", "mcmxcix"]);
    }
}
