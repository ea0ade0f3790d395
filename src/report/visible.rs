//! Text of a document, made safe to show.
//!
//! Bill text is hostile: an escape sequence in it could repaint a terminal, a bidirectional override
//! could show "may" where the file says "must". What steers the display is shown by its number;
//! what merely takes no place is left out.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How a character is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    AsItIs,
    /// By its number: `‹U+202E›`.
    Number,
    /// Not at all.
    Not,
}

fn shown(c: char) -> Shown {
    match c {
        '\t' => Shown::AsItIs,
        // Soft hyphen, zero width space, word joiner, byte order mark.
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Shown::Not,
        _ if steers_display(c) => Shown::Number,
        _ => Shown::AsItIs,
    }
}

/// Whether `c` changes how the text around it is shown: control characters, line and paragraph
/// separators, bidirectional marks, overrides and isolates, tags; and what is no character at all.
pub(super) fn steers_display(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Appends `c` to `out` as it may be shown.
pub(super) fn push(out: &mut String, c: char) {
    match shown(c) {
        Shown::AsItIs => out.push(c),
        // Writing to a String does not fail.
        Shown::Number => drop(write!(out, "\u{2039}U+{:04X}\u{203a}", u32::from(c))),
        Shown::Not => {}
    }
}

/// `text` as it may be shown on a terminal, on one line.
pub fn escape(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == Shown::AsItIs) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push(&mut out, c));
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn what_steers_the_display_is_shown_by_number() {
        check("§ 4 — é 😀", "§ 4 — é 😀");
        check("a\u{1b}[2Jb", "a‹U+001B›[2Jb");
        check("a\u{202e}b\u{202c}", "a‹U+202E›b‹U+202C›");
        check("a\u{9b}b\u{7f}\0\n", "a‹U+009B›b‹U+007F›‹U+0000›‹U+000A›");
        check("sur\u{ad}veil\u{200b}lance", "surveillance");
        check("a\tb", "a\tb");
        check("\u{e0041}\u{ffff}", "‹U+E0041›‹U+FFFF›");
        check("\u{645}\u{6cc}\u{200c}\u{62e}", "\u{645}\u{6cc}\u{200c}\u{62e}");
    }
}
