//! The words of a whole text, where they begin and end: letters and digits between anything else.

/// What a byte of folded text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Between,
    Word,
    /// Part of a longer character, which must be looked at.
    Long,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Between; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            kinds[byte] = Kind::Word;
        } else if byte >= 128 {
            kinds[byte] = Kind::Long;
        }
        byte += 1;
    }
    kinds
};

fn kind(byte: u8) -> Kind {
    KINDS.get(usize::from(byte)).copied().unwrap_or(Kind::Between)
}

/// The beginning and end of each word of `text`, in bytes.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = loop {
            let byte = *bytes.get(at)?;
            match kind(byte) {
                Kind::Word => break at,
                Kind::Between => at += 1,
                Kind::Long => match long(text, at) {
                    (true, _) => break at,
                    (false, length) => at += length,
                },
            }
        };
        while let Some(&byte) = bytes.get(at) {
            match kind(byte) {
                Kind::Word => at += 1,
                Kind::Between => break,
                Kind::Long => match long(text, at) {
                    (true, length) => at += length,
                    (false, _) => break,
                },
            }
        }
        Some((start, at))
    })
}

/// Whether the character at `at` is part of a word, and how many bytes it has.
#[cold]
fn long(text: &str, at: usize) -> (bool, usize) {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    next.map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let found: Vec<&str> = words(text).map(|(start, end)| &text[start..end]).collect();
        let expected: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn what_is_a_word() {
        check("");
        check("the provider's end-to-end key; 3.5");
        check("l'op\u{e9}rateur \u{2014} \u{e9}t\u{e9}, \u{660}\u{661} \u{1f600}x\u{301}y");
        check("i\u{307}x _a_ \u{2019}");
    }
}
