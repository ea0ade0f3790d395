//! The literals without which a regex cannot match.
//!
//! The prefilter looks for fixed text in one pass and runs a regex only where such text stands. So a
//! regex has to have some: a set of literals one of which is part of every match, wherever in the
//! regex it stands. (`regex_syntax` offers prefixes and suffixes alone; `\w*cryption\w*` has neither.)

use regex_syntax::hir::{Hir, HirKind};

/// Fewer letters than this occur everywhere.
const LETTERS: usize = 3;

/// A set of literals one of which stands in every match of `regex`, each of three letters or more;
/// `None` if there is no such set, or the regex cannot be read.
pub fn required_literals(regex: &str) -> Option<Vec<String>> {
    let hir = regex_syntax::parse(regex).ok()?;
    required(&hir).filter(|literals| weakest(literals) >= LETTERS)
}

fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            Some(vec![text.to_owned()])
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(required).max_by_key(|set| weakest(set)),
        HirKind::Alternation(branches) => {
            let sets: Option<Vec<Vec<String>>> = branches.iter().map(required).collect();
            Some(sets?.concat())
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) | HirKind::Repetition(_) => None,
    }
}

/// A capital letter in a literal of `regex`: text is folded before a regex sees it, so it never matches.
pub(super) fn capital(regex: &str) -> Option<char> {
    capital_in(&regex_syntax::parse(regex).ok()?)
}

fn capital_in(hir: &Hir) -> Option<char> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).ok()?.chars().find(|letter| letter.is_uppercase())
        }
        HirKind::Capture(capture) => capital_in(&capture.sub),
        HirKind::Repetition(repetition) => capital_in(&repetition.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(capital_in),
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => None,
    }
}

/// Letters and digits in the literal that has the fewest.
fn weakest(literals: &[String]) -> usize {
    let letters = |literal: &String| literal.chars().filter(|c| c.is_alphanumeric()).count();
    literals.iter().map(letters).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(regex: &str, expected: &[&str]) {
        let expected = (!expected.is_empty()).then(|| expected.iter().map(ToString::to_string).collect());
        assert_eq!(required_literals(regex), expected, "{regex}");
    }

    #[test]
    fn literals_of_every_match() {
        check(r"\bdecrypt\w*", &["decrypt"]);
        check(r"\w*cryption\w*", &["cryption"]);
        check(r"(encrypt|decipher)ed", &["encrypt", "decipher"]);
        check(r"organi[sz]ation", &["organi"]);
        check(r"(?:vpn)+ (?:tor)?", &["vpn"]);
        check(r"key (length|size)", &["length", "size"]);
        check(r"(a )?bc?", &[]);
        check(r"\w+ \w+", &[]);
        check(r"(encryption|\d+)", &[]);
        check(r"(?i)encryption", &[]);
        check(r"(", &[]);
        check("", &[]);
    }

    #[test]
    fn capitals() {
        let check = |regex, expected| assert_eq!(capital(regex), expected, "{regex}");
        check(r"vpn (Gateway)?", Some('G'));
        check(r"\W\S vpn", None);
        check(r"(?i)VPN", None);
    }
}
