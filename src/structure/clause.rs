//! A clause: the unit in which rules match and modality is read.

use std::ops::Range;

use crate::document::{Break, Document, Word, append_words};
use crate::language::Language;
use crate::text::Span;

/// One sentence or list item, with the text that completes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The sentence or item itself.
    pub span: Span,
    /// The lead-ins that it carries, outermost first.
    pub lead: Vec<Span>,
    /// The text after the list that completes the item.
    pub tail: Option<Span>,
    /// The passage that it is part of, an index of `Structure::passages`.
    pub passage: usize,
}

/// The words of a clause, lead-in first, then the clause itself, then the tail.
#[derive(Clone, Debug)]
pub struct View<'d> {
    /// The document that the words are from.
    pub document: &'d Document,
    /// Its folded text, in which the words' spans lie.
    pub folded: &'d str,
    /// Lead-in, body and tail.
    pub words: Vec<Word>,
    /// Which of the words are the clause's own.
    pub body: Range<usize>,
}

impl View<'_> {
    /// The folded word at `index`.
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.span.of(self.folded))
    }

    /// Whether the word at `index` is written as a name is: with a capital letter, but not in capitals.
    pub fn is_name(&self, index: usize) -> bool {
        let span = self.words.get(index).map(|word| self.document.to_text(word.span));
        let mut letters = span.map_or("", |span| span.of(self.document.text())).chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    }
}

impl Clause {
    /// The words of the clause in `document`.
    pub fn view<'d>(&self, document: &'d Document, language: &Language) -> View<'d> {
        let folded = document.folded();
        let mut words = Vec::new();
        let append = |span: Span, words: &mut Vec<Word>| {
            let before = if words.is_empty() { Break::None } else { Break::Pause };
            append_words(folded, document.to_folded(span), &language.possessive, before, words);
        };
        for lead in &self.lead {
            append(*lead, &mut words);
        }
        let start = words.len();
        append(self.span, &mut words);
        let body = start..words.len();
        if let Some(tail) = self.tail {
            append(tail, &mut words);
        }
        View { document, folded, words, body }
    }
}
