//! Phrases and regexes of a language's rule files, compiled, and their mistakes in place.

use std::ops::Range;

use regex_syntax::hir::{Hir, HirKind};

use super::check;
use super::error::{Mistake, PackError};
use super::literals::{LiteralSet, required_by_regex};
use super::parse::Source;
use super::schema::Text;
use super::{Expression, Lexicon, Pattern};

/// Compiles the phrases of one language.
pub(super) struct PhraseCompiler<'a> {
    /// The names of all classes, sorted.
    pub(super) classes: &'a [String],
    /// Whether a class may be missing because its table could not be read.
    pub(super) classes_lost: bool,
    /// The compiled classes; `None` where they could not be compiled, and then no phrase is.
    pub(super) lexicon: Option<&'a mut Lexicon>,
}

impl PhraseCompiler<'_> {
    /// All of `texts` that are right.
    pub(super) fn patterns(
        &mut self,
        source: &Source,
        texts: &[Text],
        errors: &mut Vec<PackError>,
    ) -> Vec<Pattern> {
        texts.iter().filter_map(|text| self.pattern(source, text, errors)).collect()
    }

    /// All of `texts` that are right and that the prefilter can search for.
    pub(super) fn searchable(
        &mut self,
        source: &Source,
        texts: &[Text],
        errors: &mut Vec<PackError>,
    ) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for text in texts {
            match self.pattern(source, text, errors) {
                Some(pattern) if !self.is_searchable(&pattern) => {
                    errors.push(source.error(text.span(), Mistake::PhraseWithoutLiteral));
                }
                pattern => patterns.extend(pattern),
            }
        }
        patterns
    }

    fn is_searchable(&self, pattern: &Pattern) -> bool {
        let lexicon = self.lexicon.as_deref();
        lexicon.is_some_and(|lexicon| pattern.literals(lexicon).iter().any(LiteralSet::is_closed))
    }

    fn pattern(&mut self, source: &Source, text: &Text, errors: &mut Vec<PackError>) -> Option<Pattern> {
        if !self.names(source, text, errors) {
            return None;
        }
        match Pattern::parse(text.get_ref(), self.lexicon.as_deref_mut()?) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                errors.push(source.error(source.within(text, error.at), Mistake::BadPhrase(error.message)));
                None
            }
        }
    }

    /// Whether the classes that a phrase names are there, and no stray backspace is.
    pub(super) fn names(&self, source: &Source, text: &Text, errors: &mut Vec<PackError>) -> bool {
        if backspace(source, text, errors) {
            return false;
        }
        let before = errors.len();
        for name in class_names(text.get_ref()) {
            self.class(source, text, name, errors);
        }
        errors.len() == before
    }

    /// Whether `name`, bytes of `text`, is a class.
    pub(super) fn class(
        &self,
        source: &Source,
        text: &Text,
        name: Range<usize>,
        errors: &mut Vec<PackError>,
    ) -> bool {
        let wanted = text.get_ref().get(name.clone()).unwrap_or_default();
        let known = self.classes.binary_search_by(|class| class.as_str().cmp(wanted)).is_ok();
        if !known && !self.classes_lost {
            let like = check::nearest(wanted, self.classes.iter().map(String::as_str));
            let mistake = Mistake::UnknownClass(wanted.to_owned(), like);
            errors.push(source.error(source.within(text, name), mistake));
        }
        known
    }
}

/// All of `texts` that are regexes with text to search for.
pub(super) fn regexes(source: &Source, texts: &[Text], errors: &mut Vec<PackError>) -> Vec<Expression> {
    texts.iter().filter_map(|text| regex(source, text, errors)).collect()
}

fn regex(source: &Source, text: &Text, errors: &mut Vec<PackError>) -> Option<Expression> {
    if backspace(source, text, errors) {
        return None;
    }
    let (at, mistake) = match (regex_syntax::parse(text.get_ref()), Expression::new(text.get_ref())) {
        (Err(error), _) => {
            let (part, what) = fault(&error);
            (part.map_or(text.span(), |part| source.within(text, part)), Mistake::BadRegex(what))
        }
        (Ok(_), Err(error)) => (text.span(), Mistake::BadRegex(error.to_string())),
        (Ok(hir), Ok(regex)) => match capital(&hir) {
            Some(letter) => (text.span(), Mistake::CapitalInRegex(letter)),
            None if required_by_regex(text.get_ref()).is_empty() => {
                (text.span(), Mistake::RegexWithoutLiteral)
            }
            None => return Some(regex),
        },
    };
    errors.push(source.error(at, mistake));
    None
}

/// Which bytes of a regex are at fault, and why.
fn fault(error: &regex_syntax::Error) -> (Option<Range<usize>>, String) {
    match error {
        regex_syntax::Error::Parse(error) => {
            (Some(error.span().start.offset..error.span().end.offset), error.kind().to_string())
        }
        regex_syntax::Error::Translate(error) => {
            (Some(error.span().start.offset..error.span().end.offset), error.kind().to_string())
        }
        error => (None, error.to_string()),
    }
}

/// A capital letter in a literal: text is folded before a regex sees it, so it never matches.
fn capital(hir: &Hir) -> Option<char> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).ok()?.chars().find(|letter| letter.is_uppercase())
        }
        HirKind::Capture(capture) => capital(&capture.sub),
        HirKind::Repetition(repetition) => capital(&repetition.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(capital),
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => None,
    }
}

/// Whether `text` holds U+0008, which `"\b"` makes and no bill holds.
fn backspace(source: &Source, text: &Text, errors: &mut Vec<PackError>) -> bool {
    if !text.get_ref().contains('\u{8}') {
        return false;
    }
    let raw = source.text.get(text.span()).unwrap_or_default();
    let at = match raw.find("\\b") {
        Some(at) => text.span().start + at..text.span().start + at + 2,
        None => text.span(),
    };
    errors.push(source.error(at, Mistake::Backspace));
    true
}

/// The bytes of the names in `<...>`.
fn class_names(phrase: &str) -> impl Iterator<Item = Range<usize>> {
    phrase.match_indices('<').filter_map(|(at, _)| {
        let start = at + 1;
        let length = phrase.get(start..)?.find('>')?;
        Some(start..start + length)
    })
}
