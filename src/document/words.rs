//! The words of a piece of folded text: what patterns and cues are held against.
//!
//! A word is a run of letters and digits. Hyphens, apostrophes and all other marks stand between
//! words, so that "end-to-end" is three words however it was hyphenated. A possessive ending is no
//! word of its own: "provider's" is the word "provider". Of the marks only two facts are kept: a
//! semicolon before a word is a *stop*, which no phrase runs across, and a comma, colon or dash is a
//! *pause*, which phrases run across but subjects do not. A full stop inside a sentence belongs to an
//! abbreviation and is neither.

use encoding_rs::Encoding;

use crate::text::Span;

/// One word of folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where the word stands in the folded text.
    pub span: Span,
    /// What stands between the word before and this one.
    pub before: Break,
}

/// What stands between two words, the strongest mark of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// White space, a hyphen, a quote, a bracket.
    None,
    /// A comma, a dash or a colon.
    Pause,
    /// A semicolon: phrases end here.
    Stop,
}

/// Appends the words of `folded[span]` to `words`; `possessive` lists endings after an apostrophe
/// that belong to the word before ("s"). The first word carries `before` if no stronger mark
/// stands before it.
pub fn append_words(folded: &str, span: Span, possessive: &[String], before: Break, words: &mut Vec<Word>) {
    let mut pending = before;
    let mut apostrophe = false;
    let mut start: Option<usize> = None;
    let text = span.of(folded);
    let mut close = |start: usize, end: usize, pending: &mut Break, apostrophe: bool| {
        let word = &text[start..end];
        if apostrophe && possessive.iter().any(|ending| ending == word) {
            return;
        }
        let span = Span::new(span.start + start as u32, span.start + end as u32);
        words.push(Word { span, before: *pending });
        *pending = Break::None;
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            start.get_or_insert(at);
            let rest = bytes.get(at..).unwrap_or_default();
            at += rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            continue;
        }
        let c = if byte.is_ascii() {
            char::from(byte)
        } else {
            text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
        };
        let next = at + c.len_utf8();
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            at = next;
            continue;
        }
        let mut ended_here = false;
        if let Some(from) = start.take() {
            close(from, at, &mut pending, apostrophe);
            ended_here = true;
        }
        apostrophe = c == '\'' && ended_here;
        pending = pending.max(match c {
            ';' => Break::Stop,
            ',' | ':' | '\u{2014}' | '\u{2013}' => Break::Pause,
            _ => Break::None,
        });
        at = next;
    }
    if let Some(from) = start {
        close(from, text.len(), &mut pending, apostrophe);
    }
}

/// How many words `text` has: what stands between white space and holds a letter or a digit.
pub(super) fn count_words(text: &str) -> usize {
    let (mut count, mut counted) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, other) = rest.split_at(Encoding::ascii_valid_up_to(rest.as_bytes()));
        for byte in plain.bytes() {
            let class = CLASSES[usize::from(byte)];
            // No branch tells letters from spaces: it would be guessed wrong at every second word.
            count += usize::from(class & !counted & LETTER);
            counted = (class | (counted & (class / INSIDE))) & LETTER;
        }
        let mut chars = other.chars();
        let Some(c) = chars.next() else { break };
        let (letter, inside) = (u8::from(c.is_alphanumeric()), u8::from(!c.is_whitespace()));
        count += usize::from(letter & !counted);
        counted = letter | (counted & inside);
        rest = chars.as_str();
    }
    count
}

/// A letter or digit of ASCII.
const LETTER: u8 = 1;
/// No white space.
const INSIDE: u8 = 2;
/// What each byte of ASCII is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => 0,
            letter if letter.is_ascii_alphanumeric() => LETTER | INSIDE,
            _ => INSIDE,
        };
        byte += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted() {
        for (text, expected) in [
            ("", 0),
            ("one", 1),
            (" one, two\nthree \u{2014} (4) ... five's end-to-end", 6),
            ("\u{e9}t\u{e9} \u{2014}\u{e0} x\u{3000}y\u{a0}z \u{ab}\u{bb}", 5),
        ] {
            assert_eq!(count_words(text), expected, "{text:?}");
        }
    }

    fn check(folded: &str, expected: &[&str]) {
        let mut words = Vec::new();
        append_words(folded, Span::from(0..folded.len()), &["s".to_owned()], Break::None, &mut words);
        let shown: Vec<String> = words
            .iter()
            .map(|word| {
                let mark = match word.before {
                    Break::None => "",
                    Break::Pause => ",",
                    Break::Stop => ";",
                };
                format!("{mark}{}", word.span.of(folded))
            })
            .collect();
        assert_eq!(shown, expected, "{folded:?}");
    }

    #[test]
    fn words_and_breaks() {
        check("the provider's end-to-end key", &["the", "provider", "end", "to", "end", "key"]);
        check("a, b; c. 5", &["a", ",b", ";c", "5"]);
        check("3.5 per cent", &["3", "5", "per", "cent"]);
        check("'s' first", &["s", "first"]);
        check("l'opérateur \u{2014} (é)", &["l", "opérateur", ",é"]);
        check("", &[]);
    }
}
