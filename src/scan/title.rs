//! What a document calls itself, and whether that is about the rules' subject.

use super::{DocumentScan, Finder};
use crate::document::{Block, BlockKind, Break, Document, Word, append_words, fold};
use crate::language::Zone;
use crate::rule::{DefinedTerms, Matcher, Pattern};
use crate::text::Span;

/// Among how many passages of operative text a document says its own title.
const HEAD: usize = 40;
/// How long a title is at most, in words.
const LONGEST: usize = 40;

/// The title of a document: what its source's metadata say, else its first heading.
pub(super) fn title(document: &Document) -> Option<String> {
    let heading = || {
        let heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
        document.blocks().iter().find(heading).map(|block| block.span.of(document.text()).to_owned())
    };
    document.title().map(str::to_owned).or_else(heading)
}

impl DocumentScan<'_> {
    /// Whether the title, or what the document says that it may be cited as, is about the subject.
    pub(super) fn is_title_about_subject(&self, title: Option<&str>, finder: &mut Finder<'_>) -> bool {
        let folded = title.map(fold).unwrap_or_default();
        let of_title = Titled::new(self, &folded, Span::from(0..folded.len()));
        of_title.is_about_subject(0) || self.is_short_title_about_subject(finder)
    }

    fn is_short_title_about_subject(&self, finder: &mut Finder<'_>) -> bool {
        let operative = self.structure.passages.iter().filter(|passage| passage.zone == Zone::Operative);
        operative.take(HEAD).any(|passage| {
            if !finder.may_say_title(self.document, passage.span) {
                return false;
            }
            let said = Titled::new(self, self.document.folded(), self.document.to_folded(passage.span));
            said.title_start().is_some_and(|start| said.is_about_subject(start))
        })
    }
}

/// Words that are a title, or say one.
struct Titled<'a> {
    scan: &'a DocumentScan<'a>,
    folded: &'a str,
    words: Vec<Word>,
    terms: DefinedTerms,
}

impl<'a> Titled<'a> {
    fn new(scan: &'a DocumentScan<'a>, folded: &'a str, of: Span) -> Titled<'a> {
        let mut words = Vec::new();
        append_words(folded, of, &scan.rules.language.possessive, Break::None, &mut words);
        Titled { scan, folded, words, terms: DefinedTerms::default() }
    }

    fn matcher(&self) -> Matcher<'_> {
        Matcher::new(&self.scan.rules.lexicon, &self.terms, self.folded, &self.words)
    }

    /// Where the title begins that the words say.
    fn title_start(&self) -> Option<usize> {
        let mut matcher = self.matcher();
        let all = 0..self.words.len().min(LONGEST);
        let end = |pattern: &Pattern| Some(matcher.matches(pattern, all.clone()).first()?.end);
        self.scan.rules.profile.short_title.iter().find_map(end)
    }

    fn is_about_subject(&self, start: usize) -> bool {
        let mut matcher = self.matcher();
        let title = start..self.words.len().min(start + LONGEST);
        self.scan.rules.profile.title.iter().any(|pattern| matcher.occurs(pattern, title.clone()))
    }
}
