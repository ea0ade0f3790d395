//! The prefilter: which patterns are worth trying in which passage.
//!
//! A rule set holds thousands of patterns and a bill thousands of sentences, of which a handful
//! matter. Trying every pattern on every sentence would be slow and nearly always in vain. But a
//! pattern such as
//!
//! ```text
//! remove|disable ... <electronic-protection>
//! ```
//!
//! can only match where one of *remove, disable* **and** one of the protections stand. Each pattern
//! names such sets of literals (`rule::literals`). One pass over the folded text looks every word up in the
//! table of all words of all patterns:
//!
//! ```text
//! passage 17   "A provider must—"            hits: ()
//! passage 18   "remove any encryption; or"   hits: (remove) (encryption)      -> try the pattern
//! passage 19   "keep a record"               hits: (record)                   -> nothing to try
//! ```
//!
//! Most patterns need a word that a document does not have at all, and are done with. Each that is left is
//! looked for by that of its sets that is rarest in this document ([`Hits`]), so that common words cost
//! nothing. A pattern whose classes hold phrases of several words is searched for in each of the few ways in which
//! it can match, since a word of each class says little. A list item is read with its lead-in and tail, so their
//! hits count for it. First whole passages are asked, so that most are never cut into sentences; then the clauses
//! of those that are left, and there in which order and how near the words stand, a bit for each word, so that
//! each is tried with few patterns. The prefilter changes speed, never results: a property test scans with
//! and without it.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::hits::Hits;
use crate::document::{Break, append_words};
use crate::rule::{ClassId, DefinedTerms, Index, LanguageRules};
use crate::text::Span;

/// What is to be searched for of one language's rules.
#[derive(Debug)]
pub(super) struct Prefilter<'r> {
    /// Which patterns need what.
    pub(super) index: &'r Index,
    /// Finds texts of regexes, if any rule has regexes.
    texts: Option<AhoCorasick>,
    /// How many keys the vocabulary has.
    keys: usize,
}

impl<'r> Prefilter<'r> {
    /// Prepares the search.
    pub(super) fn new(rules: &'r LanguageRules) -> Prefilter<'r> {
        let index = &rules.index;
        // A DFA is three times faster than what is chosen by default for many texts.
        let automaton = || {
            let mut builder = AhoCorasick::builder();
            builder.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(index.texts()).ok()
        };
        let texts = if index.texts().is_empty() { None } else { automaton() };
        Prefilter { index, texts, keys: rules.lexicon.vocabulary().keys() }
    }

    /// What is hit where in the folded text of a document in the language of `rules`.
    pub(super) fn hits(&self, folded: &str, rules: &LanguageRules, terms: &DefinedTerms) -> Hits<'r> {
        let vocabulary = rules.lexicon.vocabulary();
        let mut words = Vec::new();
        let all = Span::from(0..folded.len());
        append_words(folded, all, &rules.language.possessive, Break::None, &mut words);
        let mut places = Vec::new();
        for (at, word) in (0..).zip(&words) {
            let token = vocabulary.token(folded, word.span.start as usize, word.span.end as usize);
            if !token.is_unknown() && self.index.sets_of(token.key() as u32).len() > 0 {
                places.push((at, token.key() as u32));
            }
        }
        let starts: Vec<u32> = words.iter().map(|word| word.span.start).collect();
        if let Some(texts) = &self.texts {
            let word = |at: usize| starts.partition_point(|&start| start as usize <= at).saturating_sub(1);
            let hits = texts.find_overlapping_iter(folded);
            places.extend(
                hits.map(|hit| (word(hit.start()) as u32, (self.keys + hit.pattern().as_usize()) as u32)),
            );
            places.sort_unstable();
        }
        let extended = |open: &[ClassId]| !open.is_empty() && terms.extends(open);
        let free = (0..).zip(self.index.open()).filter(|(_, open)| extended(open)).map(|(set, _)| set);
        Hits::new(self.index, starts, &places, &free.collect::<Vec<u32>>())
    }
}
