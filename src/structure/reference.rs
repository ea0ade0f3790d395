//! Cross references: the provisions of this document that a text names.
//!
//! "A warrant under section 12" leads to that section, so that a safeguard written there counts here.
//! References are followed inside the document alone: "section 12 of the Evidence Act" leads out of it.

use super::{Provision, ProvisionKind};
use crate::document::Word;
use crate::language::{RankKind, StructureCues};
use crate::text::Span;

/// How many provisions one reference may list ("sections 12, 13 and 15").
const MOST_LISTED: usize = 8;

/// How far before the first of the words its section sign stands, in characters.
const NEAR: usize = 4;

/// The sections and articles of a document by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// Numbers in lower case, ascending, each with its provision.
    known: Vec<(Box<str>, usize)>,
}

impl Numbers {
    pub(super) fn new(provisions: &[Provision]) -> Numbers {
        let sections = provisions.iter().enumerate().filter(|(_, provision)| {
            matches!(provision.kind, ProvisionKind::Section | ProvisionKind::Article)
        });
        let lower = |label: &str| label.to_ascii_lowercase().into_boxed_str();
        let mut known: Vec<(Box<str>, usize)> =
            sections.map(|(index, provision)| (lower(&provision.label), index)).collect();
        known.sort_unstable();
        Numbers { known }
    }

    /// The provisions with the number `label`, ascending.
    fn provisions(&self, label: &str) -> impl Iterator<Item = usize> {
        let label = label.to_ascii_lowercase();
        let first = self.known.partition_point(|(known, _)| **known < *label);
        let rest = self.known.get(first..).unwrap_or_default().iter();
        rest.take_while(move |(known, _)| **known == *label).map(|(_, index)| *index)
    }
}

/// The sections and articles that the folded `text` names, ascending, as indices of the provisions whose
/// `numbers` are given.
pub(super) fn references(text: &str, numbers: &Numbers, cues: &StructureCues) -> Vec<usize> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        rest = after;
        if is_section_word(before, cues) {
            found.extend(listed(after, numbers, cues));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a word names sections or articles: it is known from references and begins as their
/// numbering word does, so that plurals count.
fn is_section_word(word: &str, cues: &StructureCues) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '§').trim_end_matches('.');
    let mut ranks =
        cues.ranks.iter().filter(|rank| matches!(rank.kind, RankKind::Section | RankKind::Article));
    let sign = || word.starts_with('§');
    let known = || cues.references.iter().any(|known| known == word);
    ranks.any(|rank| rank.words.iter().any(|numbering| word.starts_with(numbering.as_str())))
        && (known() || sign())
}

/// The provisions in a list of numbers that stands at the beginning of `text`.
fn listed(text: &str, numbers: &Numbers, cues: &StructureCues) -> Vec<usize> {
    let mut labels = Vec::new();
    let mut rest = text;
    while labels.len() < MOST_LISTED {
        let trimmed = rest.trim_start_matches([' ', ',', '§']);
        let length = trimmed.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let word = trimmed.get(..length).unwrap_or_default();
        let after = trimmed.get(length..).unwrap_or_default();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            labels.push(word);
            rest = skip_subdivisions(after);
        } else if !labels.is_empty() && cues.conjunctions.iter().any(|joining| joining == word) {
            rest = skip_subdivisions(after);
        } else {
            rest = trimmed;
            break;
        }
    }
    if cues.outside.iter().any(|outside| begins_with(rest, outside)) {
        return Vec::new();
    }
    labels.into_iter().flat_map(|label| numbers.provisions(label)).collect()
}

/// What stands after "(2)(a)".
fn skip_subdivisions(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(inside) = rest.strip_prefix('(') {
        match inside.split_once(')').filter(|(number, _)| number.len() <= 5) {
            Some((_, after)) => rest = after.trim_start(),
            None => break,
        }
    }
    rest
}

/// The folded words without the numbers of provisions that they refer to: "under section 12(2)(a) or 13"
/// reads the same when the draft is renumbered.
pub fn without_references<'d>(folded: &'d str, words: &[Word], cues: &StructureCues) -> Vec<&'d str> {
    let numbers = reference_numbers(folded, words, cues);
    let kept = words.iter().zip(numbers).filter(|(_, is_number)| !is_number);
    kept.map(|(word, _)| word.span.of(folded)).collect()
}

/// For each word whether it is part of the number of a cross reference.
pub fn reference_numbers(folded: &str, words: &[Word], cues: &StructureCues) -> Vec<bool> {
    let word = |at: usize| words.get(at).map_or("", |word: &Word| word.span.of(folded));
    let is_signed = |at: usize| {
        let Some(start) = words.get(at).map(|word| word.span.start) else { return false };
        if let Some(last) = at.checked_sub(1).and_then(|last| words.get(last)) {
            return Span::new(last.span.end, start).of(folded).contains('§');
        }
        // What stands far before the first word is no sign of its number.
        let before = Span::new(0, start).of(folded).chars().rev();
        before.take_while(|c| !c.is_alphanumeric()).take(NEAR).any(|c| c == '§')
    };
    let mut numbers = Vec::with_capacity(words.len());
    while numbers.len() < words.len() {
        let mut at = numbers.len();
        if !is_signed(at) {
            numbers.push(false);
            at += 1;
            let names = cues.renumbered.iter().any(|known| known == word(at - 1));
            if !names && !is_signed(at) {
                continue;
            }
        }
        let start = at;
        loop {
            let is_number = |at: usize| {
                words.get(at).is_some_and(|word| is_reference_number(folded, word.span, at == start))
            };
            let joins = at > start && cues.conjunctions.iter().any(|joining| joining == word(at));
            if is_number(at) {
                at += 1;
            } else if joins && is_number(at + 1) {
                at += 2;
            } else {
                break;
            }
        }
        if at == start && is_signed(at) {
            numbers.push(false);
        }
        numbers.resize(numbers.len() + (at - start), true);
    }
    numbers
}

/// Whether a word is the number of a provision: `12`, `317zg`, `(a)`, or `iv` where it stands first.
fn is_reference_number(folded: &str, word: Span, first: bool) -> bool {
    let text = word.of(folded);
    let before = folded.get(..word.start as usize).is_some_and(|before| before.ends_with('('));
    let after = folded.get(word.end as usize..).is_some_and(|after| after.starts_with(')'));
    let roman = || text.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l' | b'c'));
    text.len() <= 6
        && (text.starts_with(|c: char| c.is_ascii_digit())
            || (before && after && text.len() <= 5)
            || (first && roman()))
}

fn begins_with(text: &str, words: &str) -> bool {
    let after = text.strip_prefix(words);
    after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Break, append_words};
    use crate::language::Rank;

    fn check(text: &str, expected: &[&str]) {
        let rank = |kind, word: &str| Rank { kind, words: vec![word.to_owned()], cite: String::new() };
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let cues = StructureCues {
            ranks: vec![rank(RankKind::Section, "section"), rank(RankKind::Article, "article")],
            references: words(&["section", "sections", "article", "articles"]),
            conjunctions: words(&["and", "or", "to"]),
            outside: words(&["of the", "of that"]),
            ..StructureCues::default()
        };
        let provision = |label: &str| Provision {
            kind: ProvisionKind::Section,
            rank: None,
            label: label.to_owned(),
            heading: None,
            span: Span::from(0..0),
            parent: None.into(),
            inserted: false,
        };
        let provisions: Vec<Provision> = ["5", "12", "13A", "20"].into_iter().map(provision).collect();
        let found = references(text, &Numbers::new(&provisions), &cues);
        let found: Vec<&str> = found.iter().map(|&index| provisions[index].label.as_str()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    /// Of the words of `text` from `first` on.
    fn check_renumbered_from(text: &str, first: &str, expected: &str) {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let cues = StructureCues {
            renumbered: words(&["section", "sections", "paragraph", "part"]),
            conjunctions: words(&["and", "or", "to"]),
            ..StructureCues::default()
        };
        let mut found = Vec::new();
        let start = text.find(first).unwrap();
        append_words(text, Span::from(start..text.len()), &[], Break::None, &mut found);
        assert_eq!(without_references(text, &found, &cues).join(" "), expected, "{text:?}");
    }

    fn check_renumbered(text: &str, expected: &str) {
        check_renumbered_from(text, "", expected);
    }

    #[test]
    fn numbers_of_references_are_left_out() {
        check_renumbered("an order under section 12 is void", "an order under section is void");
        check_renumbered("under section 317zg(2)(a), or a notice", "under section or a notice");
        check_renumbered("under sections 5, 13a and 20(1) lapse", "under sections lapse");
        check_renumbered("paragraph (a) or (b) of section 4", "paragraph of section");
        check_renumbered("part iv and paragraph 2", "part and paragraph");
        check_renumbered("under § 2703(d), within 30 days", "under within 30 days");
        check_renumbered("§ 5 and §§ 6, 7 lapse", "lapse");
        check_renumbered("this section and 30 days or 2 years", "this section and 30 days or 2 years");
        check_renumbered("in this section (the court) a judge", "in this section the court a judge");
        check_renumbered("part of it and 12 others", "part of it and 12 others");
        check_renumbered("§ this and section", "this and section");
        check_renumbered_from("see § 4. 12 months or less", "12", "12 months or less");
        check_renumbered_from("see § 4. 12 months or less", "4", "months or less");
        check_renumbered("section", "section");
        check_renumbered("", "");
    }

    #[test]
    fn references_lead_to_sections_of_the_document() {
        check("a warrant under section 12 is void", &["12"]);
        check("a warrant under section 12(2)(a), or a notice", &["12"]);
        check("orders under sections 5, 13a and 20 lapse", &["5", "13A", "20"]);
        check("an order under section 12 of this act", &["12"]);
        check("an order under section 12 of the evidence act", &[]);
        check("section 5 (1) of that act applies", &[]);
        check("in this section twelve officers", &[]);
        check("the sectional 12 and the intersection 12", &[]);
        check("section 99", &[]);
        check("articles 5 to 12", &["5", "12"]);
        check("section", &[]);
    }
}
