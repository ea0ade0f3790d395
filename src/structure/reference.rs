//! Cross references: the provisions of this document that a text names.
//!
//! "A warrant under section 12" leads to that section, so that a safeguard written there counts here.
//! References are followed inside the document alone: "section 12 of the Evidence Act" leads out of it.

use super::{Provision, ProvisionKind};
use crate::language::{RankKind, StructureCues};

/// How many provisions one reference may list ("sections 12, 13 and 15").
const MOST_LISTED: usize = 8;

/// The sections and articles that the folded `text` names, ascending, as indices of `provisions`.
pub(super) fn references(text: &str, provisions: &[Provision], cues: &StructureCues) -> Vec<usize> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        rest = after;
        if is_section_word(before, cues) {
            found.extend(listed(after, provisions, cues));
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
fn listed(text: &str, provisions: &[Provision], cues: &StructureCues) -> Vec<usize> {
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
    let named = |provision: &Provision| {
        matches!(provision.kind, ProvisionKind::Section | ProvisionKind::Article)
            && labels.iter().any(|label| provision.label.eq_ignore_ascii_case(label))
    };
    provisions.iter().enumerate().filter(|(_, provision)| named(provision)).map(|(index, _)| index).collect()
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

fn begins_with(text: &str, words: &str) -> bool {
    let after = text.strip_prefix(words);
    after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Rank;
    use crate::text::Span;

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
        let found = references(text, &provisions, &cues);
        let found: Vec<&str> = found.iter().map(|&index| provisions[index].label.as_str()).collect();
        assert_eq!(found, expected, "{text:?}");
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
