//! Whether a noun is named only to be denied: "without a court order", "no warrant is required".
//!
//! A rule that is silent where a court order is named must not be silenced by its absence. "No officer
//! shall search without a warrant" demands one: there the denial is itself denied.

use crate::document::{Break, Word};
use crate::language::{CueKind, Language};

/// How many words may stand between the word of denial and what it denies.
const BETWEEN: usize = 3;
/// How far before "without" the denial that turns it around may stand.
const TURN: usize = 40;

/// Whether the phrase that begins at `words[at]` of the text `folded` is denied. Only nouns are: "without
/// unduly restricting access" does not deny what is undue.
pub fn is_denied(folded: &str, words: &[Word], at: usize, language: &Language) -> bool {
    let text = Text { folded, words, language };
    if text.is(at, CueKind::Adverb) {
        return false;
    }
    let Some(negator) = text.negator_of(at) else { return false };
    let turns = text.is(negator, CueKind::Condition) && text.is_denial(negator);
    !turns
}

struct Text<'a> {
    folded: &'a str,
    words: &'a [Word],
    language: &'a Language,
}

impl Text<'_> {
    fn length(&self, at: usize, wanted: CueKind) -> Option<usize> {
        let cues = self.language.modality.at(self.folded, self.words, at);
        cues.filter(|(kind, _)| *kind == wanted).map(|(_, length)| length).max()
    }

    fn is(&self, at: usize, wanted: CueKind) -> bool {
        self.length(at, wanted).is_some()
    }

    fn before(&self, at: usize) -> Break {
        self.words.get(at).map_or(Break::Stop, |word| word.before)
    }

    /// The word of denial that the noun phrase at `at` stands in the reach of.
    fn negator_of(&self, at: usize) -> Option<usize> {
        let ends = [
            CueKind::Preposition,
            CueKind::Conjunction,
            CueKind::Conditional,
            CueKind::Relative,
            CueKind::Duty,
            CueKind::Power,
            CueKind::Complete,
        ];
        let mut end = at;
        for _ in 0..=BETWEEN {
            if self.before(end) >= Break::Pause {
                return None;
            }
            let found = |&start: &usize| {
                self.length(start, CueKind::Negator).is_some_and(|length| start + length == end)
                    && !self.is(start, CueKind::Homonym)
            };
            let negator = (end.saturating_sub(5)..end).find(found);
            if negator.is_some() {
                return negator;
            }
            end = end.checked_sub(1)?;
            // "without authority discloses": the denial ends with its noun.
            if ends.iter().any(|kind| self.is(end, *kind)) {
                return None;
            }
        }
        None
    }

    /// Whether the word at `at` stands in a part of a sentence that denies or forbids something.
    fn is_denial(&self, at: usize) -> bool {
        let same_part = |index: &usize| self.before(*index) < Break::Stop;
        let start =
            at - (at.saturating_sub(TURN)..at).rev().take_while(|index| same_part(&(index + 1))).count();
        let end = (at + 1..at + TURN).take_while(same_part).last().unwrap_or(at);
        let denies = |at: usize| self.is(at, CueKind::Negator) && !self.is(at, CueKind::Condition);
        let forbids = |at: usize| self.is(at, CueKind::Offence) || self.is(at, CueKind::Prohibition);
        (start..at).any(denies) || (start..=end).any(forbids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{append_words, fold};
    use crate::language::ModalityCues;
    use crate::text::Span;

    fn english() -> Language {
        let file: toml::Table = include_str!("../../rules/en/language.toml").parse().unwrap();
        let modality: ModalityCues = file["language"]["modality"].clone().try_into().unwrap();
        Language { modality, ..Language::default() }
    }

    /// Reads the phrase after `*`.
    fn check(text: &str, expected: bool) {
        let (before, after) = text.split_once('*').unwrap();
        let folded = fold(&format!("{before}{after}"));
        let mut words = Vec::new();
        append_words(&folded, Span::from(0..folded.len()), &[], Break::None, &mut words);
        let at = words.iter().position(|word| word.span.start as usize >= before.len()).unwrap();
        assert_eq!(is_denied(&folded, &words, at, &english()), expected, "{text}");
    }

    #[test]
    fn denied_nouns() {
        check("The Minister may, without a *court order, block a site.", true);
        check("An officer may search without any prior judicial *authorisation.", true);
        check("No *warrant is required for the interception.", true);
        check("An officer may act whether or not a *warrant was issued.", true);
        check("In the absence of a *court order the Board may act.", true);
        check("The Board may act absent a *warrant.", true);
        check("The Board may act, and neither *warrant nor notice is needed.", true);
        check("An officer may search under a *warrant.", false);
        check("An officer may, without delay, apply for a *warrant.", false);
        check("No officer shall search a device without a *warrant.", false);
        check("An officer shall not, without a *court order, open a letter.", false);
        check("It is unlawful to intercept a message without a *warrant.", false);
        check("A person who intercepts without a *warrant commits an offence.", false);
        check("No officer may wait; without a *warrant he may search.", true);
        check("Measures are taken without *unduly restricting access.", false);
        check("A person who without authority *discloses a password commits nothing.", false);
        check("A notice is not valid unless a *judge approves it.", false);
        check("*Warrants are issued by a judge.", false);
        check("A report is not later than the *order.", false);
    }
}
