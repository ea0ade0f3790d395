//! Mentions: words that only name a measure which is granted elsewhere.
//!
//! A law about detection orders speaks of them in every article: who notifies them, in which language
//! they are written, what a report counts. The power is granted once. "The detection order", "such a
//! notice" and "an order issued under section 7" point at it; they do not grant it again.

use std::ops::Range;

use crate::document::Word;
use crate::language::{Language, Phrases};

/// How far before what it names a definite word may stand, in words: "the detection order".
const BETWEEN: usize = 2;
/// How many words may stand between what is named and where it is granted: "issued to the provider
/// under section 7".
const BEFORE_PLACE: usize = 6;

/// Whether the words `at` name an order, notice or warrant that is granted elsewhere.
pub fn is_mention(folded: &str, words: &[Word], at: Range<usize>, language: &Language) -> bool {
    let mentions = &language.mentions;
    let stands = |list: &Phrases, index: usize| list.length_at(folded, words, index).is_some();
    let reach = at.start.saturating_sub(1)..at.end.saturating_add(1).min(words.len());
    let named = |instrument: usize| {
        let definite = (reach.start.max(instrument.saturating_sub(BETWEEN))..instrument)
            .any(|index| stands(&mentions.definite, index));
        let after = instrument + 1..(instrument + 1 + BEFORE_PLACE).min(words.len());
        definite || after.into_iter().any(|index| stands(&mentions.elsewhere, index))
    };
    reach.clone().filter(|&index| stands(&mentions.instruments, index)).any(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Break, append_words};
    use crate::language::Mentions;
    use crate::text::Span;

    fn check(text: &str, expected: bool) {
        let phrases = |lines: &[&str]| -> Phrases {
            Phrases::from(lines.iter().map(|&line| line.to_owned()).collect::<Vec<String>>())
        };
        let language = Language {
            mentions: Mentions {
                definite: phrases(&["the", "such"]),
                instruments: phrases(&["order*", "notice*"]),
                elsewhere: phrases(&["under section", "pursuant to article"]),
            },
            ..Language::default()
        };
        let plain = text.replace(['«', '»'], "");
        let mut words = Vec::new();
        append_words(&plain, Span::from(0..plain.len()), &[], Break::None, &mut words);
        let before = text.split('«').next().unwrap_or_default().split_whitespace().count();
        let inside = text.split(['«', '»']).nth(1).unwrap_or_default().split_whitespace().count();
        assert_eq!(is_mention(&plain, &words, before..before + inside, &language), expected, "{text}");
    }

    #[test]
    fn what_is_granted_elsewhere_is_named() {
        check("the court shall «issue a detection order» to a provider", false);
        check("the provider shall «execute the detection order» in time", true);
        check("the Minister may «order a provider» to remove it", false);
        check("the «detection order shall» be in writing", true);
        check("a report on «such notices»", true);
        check("a provider that «executes a detection order» issued under section 7", true);
        check("to «give a notice» that requires the removal of material", false);
        check("the Minister may «intercept any communication» and serve the order", false);
    }
}
