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

/// The beginning and end of each word of `text`, in bytes, without the `possessive` endings that belong to
/// the word before: the words that [`append_words`](crate::document::append_words) gives.
pub(super) fn words<'a>(
    text: &'a str,
    possessive: &'a [String],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut runs = runs(text).peekable();
    std::iter::from_fn(move || {
        let word = runs.next()?;
        let mut end = word.1;
        while text.as_bytes().get(end) == Some(&b'\'') {
            let belongs = |&(from, to): &(usize, usize)| {
                let ending = text.get(from..to).unwrap_or_default();
                from == end + 1 && possessive.iter().any(|known| known == ending)
            };
            let Some((_, to)) = runs.next_if(belongs) else { break };
            end = to;
        }
        Some(word)
    })
}

/// The beginning and end of each run of letters and digits.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
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
    use crate::document::{Break, append_words};
    use crate::text::Span;

    fn check(text: &str) {
        let possessive = ["s".to_owned()];
        let found: Vec<&str> = words(text, &possessive).map(|(start, end)| &text[start..end]).collect();
        let mut expected = Vec::new();
        let all = Span::from(0..text.len());
        append_words(text, all, &possessive, Break::None, &mut expected);
        let expected: Vec<&str> = expected.iter().map(|word| word.span.of(text)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn what_is_a_word() {
        check("");
        check("the provider's end-to-end key; 3.5");
        check("'s a's's 's s' providers' s a'S' a's");
        check("l'op\u{e9}rateur \u{2014} \u{e9}t\u{e9}, \u{660}\u{661} \u{1f600}x\u{301}y");
        check("i\u{307}x _a_ \u{2019}");
    }
}
