//! Defined terms: a bill's own words extend the lexicon, for that bill only.
//!
//! `"relevant operator" means a person who provides a telecommunications service` makes "relevant
//! operator" a provider in this document: the meaning begins with a phrase of the open class
//! `provider`.

use crate::document::{Break, Document, append_words};
use crate::language::Language;
use crate::rule::{DefinedTerms, LONGEST_TERM, LanguageRules, Matcher};
use crate::structure::Structure;
use crate::text::Span;

/// How far into a meaning its head may begin, in words: "any one of the following, a provider".
const HEAD: usize = 4;

/// The terms of a document that extend an open class.
#[derive(Default)]
pub(super) struct Terms {
    /// As patterns meet them.
    pub(super) known: DefinedTerms,
    /// The folded words of each, and where it is defined: the term and what it means.
    pub(super) defined: Vec<(Vec<String>, Span)>,
}

/// The terms of `document` that extend an open class.
pub(super) fn defined_terms(document: &Document, structure: &Structure, rules: &LanguageRules) -> Terms {
    let mut terms = Terms::default();
    let none = DefinedTerms::default();
    for definition in &structure.definitions {
        let term = words_in(document, &rules.language, definition.term);
        if term.is_empty() || term.len() > LONGEST_TERM {
            continue;
        }
        let mut words = Vec::new();
        let meaning = document.to_folded(definition.meaning);
        append_words(document.folded(), meaning, &rules.language.possessive, Break::None, &mut words);
        let mut matcher = Matcher::new(&rules.lexicon, &none, document.folded(), &words);
        let mut extends = false;
        for class in rules.lexicon.open_classes() {
            let head = (0..HEAD.min(words.len())).any(|at| matcher.class_begins(class, at));
            if head {
                terms.known.add(class, term.clone());
                extends = true;
            }
        }
        if extends {
            terms.defined.push((term, definition.term.cover(definition.meaning)));
        }
    }
    terms
}

impl Terms {
    /// Where the terms that stand among `words` are defined, each once, in the order of the document.
    pub(super) fn defined_in(&self, words: &[&str]) -> Vec<Span> {
        let stands = |term: &[String]| {
            words.windows(term.len()).any(|window| window.iter().zip(term).all(|(word, part)| word == part))
        };
        self.defined.iter().filter(|(term, _)| stands(term)).map(|(_, span)| *span).collect()
    }
}

fn words_in(document: &Document, language: &Language, span: Span) -> Vec<String> {
    let mut words = Vec::new();
    append_words(document.folded(), document.to_folded(span), &language.possessive, Break::None, &mut words);
    words.iter().map(|word| word.span.of(document.folded()).to_owned()).collect()
}
