//! Holds patterns against the words of one clause.
//!
//! A pattern is followed like a small automaton: from a set of positions to the set of positions at
//! which it can end. Gaps widen the set, words narrow it, so the work is bounded by the length of
//! the pattern times the words of the clause, however the gaps nest. Words are compared as the numbers that
//! the vocabulary gives them. Where a class matches is remembered, since the patterns of many rules ask for
//! the same classes.
//!
//! Most patterns are nowhere in a clause. Whether one is, from all words at once, is asked first
//! ([`presence`]); only then where. With each position goes how many words the gaps have skipped on the way, so that the
//! longest phrase can be told from a longer gap.

mod presence;

use std::ops::Range;

use super::defined::DefinedTerms;
use super::memo::{Memo, Reach, Reaches};
use super::pattern::{Node, Pattern};
use super::places::Places;
use super::vocabulary::Token;
use super::{ClassId, Lexicon};
use crate::document::{Break, Word};

/// The words of one clause, ready to be matched.
#[derive(Debug)]
pub struct Matcher<'a> {
    lexicon: &'a Lexicon,
    terms: &'a DefinedTerms,
    folded: &'a str,
    words: &'a [Word],
    scratch: Scratch,
}

/// What a matcher needs while it works, to be used again for the next clause.
#[derive(Debug, Default)]
pub struct Scratch {
    tokens: Vec<Token>,
    /// Pairs of the key of a word that patterns know and its place, ascending.
    by_key: Vec<(u32, u32)>,
    /// The places of words that stems fit.
    stemmed: Vec<u32>,
    memo: Memo,
    places: Places,
    /// Emptied lists.
    spare: Vec<Vec<Reach>>,
}

impl<'a> Matcher<'a> {
    /// Prepares `words` of the text `folded`.
    pub fn new(
        lexicon: &'a Lexicon,
        terms: &'a DefinedTerms,
        folded: &'a str,
        words: &'a [Word],
    ) -> Matcher<'a> {
        Matcher::with_scratch(lexicon, terms, folded, words, Scratch::default())
    }

    /// As [`Matcher::new`], with what another matcher worked with.
    pub fn with_scratch(
        lexicon: &'a Lexicon,
        terms: &'a DefinedTerms,
        folded: &'a str,
        words: &'a [Word],
        mut scratch: Scratch,
    ) -> Matcher<'a> {
        let token =
            |word: &Word| lexicon.vocabulary.token(folded, word.span.start as usize, word.span.end as usize);
        scratch.tokens.clear();
        scratch.tokens.extend(words.iter().map(token));
        let known = || (0..).zip(&scratch.tokens).filter(|(_, token)| !token.is_unknown());
        scratch.by_key.clear();
        scratch.by_key.extend(known().map(|(at, token)| (token.key() as u32, at)));
        scratch.by_key.sort_unstable();
        scratch.stemmed.clear();
        scratch.stemmed.extend(known().filter(|(_, token)| token.has_stem()).map(|(at, _)| at));
        scratch.memo.clear();
        scratch.places.begin(words);
        Matcher { lexicon, terms, folded, words, scratch }
    }

    /// What the matcher worked with, for the next.
    pub fn into_scratch(self) -> Scratch {
        self.scratch
    }

    /// The matches of `pattern` that touch `within` (word indices), leftmost first, none overlapping;
    /// each is the tightest that ends where it ends, and then as long as it can be without a longer gap:
    /// "computer system" where the class names both it and "computer".
    pub fn matches(&mut self, pattern: &Pattern, within: Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if !self.is_there(&pattern.root, 0..within.end, within.start + 1..self.words.len() + 1) {
            return found;
        }
        let mut ends = self.scratch.spare.pop().unwrap_or_default();
        let mut start = 0;
        while start < within.end {
            self.ends(&pattern.root, start, &mut ends);
            let Some(first) =
                ends.iter().find(|reach| reach.end > start && reach.end > within.start).copied()
            else {
                start += 1;
                continue;
            };
            let mut tightest = start..first.end;
            for later in (start..first.end.min(within.end)).rev() {
                self.ends(&pattern.root, later, &mut ends);
                let Some(reach) = ends.iter().find(|reach| reach.end == first.end) else { continue };
                let longest = ends.iter().rfind(|other| other.skipped <= reach.skipped);
                tightest = later..longest.unwrap_or(reach).end;
                break;
            }
            start = tightest.end;
            found.push(tightest);
        }
        self.put_away(ends);
        found
    }

    /// Whether `pattern` matches anywhere in `within`.
    pub fn occurs(&mut self, pattern: &Pattern, within: Range<usize>) -> bool {
        self.is_there(&pattern.root, within.clone(), within.start + 1..within.end + 1)
    }

    /// Whether `pattern` matches in `within` at a word at which it may begin.
    pub fn occurs_where(
        &mut self,
        pattern: &Pattern,
        within: Range<usize>,
        may_begin: impl Fn(usize) -> bool,
    ) -> bool {
        if !self.occurs(pattern, within.clone()) {
            return false;
        }
        let mut ends = self.scratch.spare.pop().unwrap_or_default();
        let occurs = within.clone().any(|start| {
            self.ends(&pattern.root, start, &mut ends);
            ends.iter().any(|reach| reach.end > start && reach.end <= within.end) && may_begin(start)
        });
        self.put_away(ends);
        occurs
    }

    /// Whether a phrase of `class` begins in `within`, and where it stands.
    pub fn class_in(&mut self, class: ClassId, within: Range<usize>) -> Option<Range<usize>> {
        within.clone().find_map(|start| {
            let ends = self.class_ends(class, start);
            let ends = self.scratch.memo.get(ends);
            let end = ends.iter().map(|reach| reach.end).filter(|&end| end <= within.end).max()?;
            Some(start..end)
        })
    }

    /// Whether a phrase of `class` begins at the word `at`.
    pub fn class_begins(&mut self, class: ClassId, at: usize) -> bool {
        !self.class_ends(class, at).is_empty()
    }

    /// Where a match of `node` that begins at `start` can end, ascending.
    fn ends(&mut self, node: &Node, start: usize, to: &mut Vec<Reach>) {
        to.clear();
        if self.can_begin(node, start) {
            self.advance(node, &[Reach { end: start, skipped: 0 }], start, to);
        }
    }

    /// Whether a match of `node` could begin at the word `at`: a quick look, which most starts fail.
    fn can_begin(&mut self, node: &Node, at: usize) -> bool {
        let token = self.token(at);
        match node {
            Node::Words(choice) => {
                self.lexicon.vocabulary.offers(self.lexicon.vocabulary.words_of(*choice), token)
            }
            Node::Class(class) => self.class_begins(*class, at),
            Node::Sequence(nodes) => {
                for node in nodes {
                    if self.can_begin(node, at) {
                        return true;
                    }
                    if !node.may_be_empty() {
                        return false;
                    }
                }
                true
            }
            Node::Alternatives(nodes) => nodes.iter().any(|node| self.can_begin(node, at)),
            Node::Optional(node) => self.can_begin(node, at),
            Node::Any | Node::Gap(_) => true,
        }
    }

    /// Adds to `to` where a match of `node` can end that begins at one of `from`.
    fn advance(&mut self, node: &Node, from: &[Reach], origin: usize, to: &mut Vec<Reach>) {
        match node {
            Node::Words(choice) => {
                let vocabulary = &self.lexicon.vocabulary;
                let choice = vocabulary.words_of(*choice);
                self.step(from, origin, to, |token| vocabulary.offers(choice, token));
            }
            Node::Any => self.step(from, origin, to, |_| true),
            Node::Gap(most) => self.skip(*most as usize, from, origin, to),
            Node::Class(class) => {
                for &Reach { end, skipped } in from {
                    if self.may_take(end, origin) {
                        let ends = self.class_ends(*class, end);
                        let ends = self.scratch.memo.get(ends).iter();
                        to.extend(ends.map(|reach| Reach { skipped: skipped + reach.skipped, ..*reach }));
                    }
                }
            }
            Node::Sequence(nodes) => self.follow(nodes, from, origin, to),
            Node::Alternatives(nodes) => {
                for node in nodes {
                    self.advance(node, from, origin, to);
                }
            }
            Node::Optional(node) => {
                to.extend_from_slice(from);
                self.advance(node, from, origin, to);
            }
        }
        settle(to);
    }

    /// One node after the other.
    fn follow(&mut self, nodes: &[Node], from: &[Reach], origin: usize, to: &mut Vec<Reach>) {
        let mut here = self.scratch.spare.pop().unwrap_or_default();
        let mut next = self.scratch.spare.pop().unwrap_or_default();
        here.extend_from_slice(from);
        for node in nodes {
            self.advance(node, &here, origin, &mut next);
            std::mem::swap(&mut here, &mut next);
            next.clear();
            if here.is_empty() {
                break;
            }
        }
        to.extend_from_slice(&here);
        self.put_away(here);
        self.put_away(next);
    }

    fn put_away(&mut self, mut list: Vec<Reach>) {
        list.clear();
        self.scratch.spare.push(list);
    }

    /// Over at most so many words.
    fn skip(&self, most: usize, from: &[Reach], origin: usize, to: &mut Vec<Reach>) {
        for &Reach { end, skipped } in from {
            let longest = (1..=most).take_while(|more| self.may_take(end + more - 1, origin));
            let reach = |more| Reach { end: end + more, skipped: skipped + more };
            to.extend(std::iter::once(0).chain(longest).map(reach));
        }
    }

    fn step(&self, from: &[Reach], origin: usize, to: &mut Vec<Reach>, is_wanted: impl Fn(Token) -> bool) {
        let stands = |reach: &&Reach| is_wanted(self.token(reach.end)) && self.may_take(reach.end, origin);
        to.extend(from.iter().filter(stands).map(|reach| Reach { end: reach.end + 1, ..*reach }));
    }

    /// Whether a match that began at `origin` may run over the word `at`.
    fn may_take(&self, at: usize, origin: usize) -> bool {
        self.words.get(at).is_some_and(|word| at == origin || word.before != Break::Stop)
    }

    fn token(&self, at: usize) -> Token {
        self.scratch.tokens.get(at).copied().unwrap_or_default()
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| word.span.of(self.folded))
    }

    /// Whether a phrase of `class` may begin at `start`: if not, none does.
    fn may_begin(&self, class: ClassId, start: usize) -> bool {
        let listed = self.lexicon.can_begin(class, self.token(start));
        listed || !self.terms.is_empty() && self.terms.may_begin(self.word(start))
    }

    /// Where a phrase of `class` that begins at `start` can end, ascending.
    fn class_ends(&mut self, class: ClassId, start: usize) -> Reaches {
        if !self.may_begin(class, start) {
            return Reaches::NONE;
        }
        if let Some(known) = self.scratch.memo.known(class, start) {
            return known;
        }
        let mut ends = self.scratch.spare.pop().unwrap_or_default();
        let mut of_entry = self.scratch.spare.pop().unwrap_or_default();
        for entry in self.lexicon.entries_at(class, self.token(start)) {
            self.ends(entry, start, &mut of_entry);
            ends.extend_from_slice(&of_entry);
        }
        for term in self.terms.of(class) {
            let stands = term
                .iter()
                .zip(start..)
                .all(|(wanted, at)| self.may_take(at, start) && wanted == self.word(at));
            if stands {
                ends.push(Reach { end: start + term.len(), skipped: 0 });
            }
        }
        ends.retain(|reach| reach.end > start);
        settle(&mut ends);
        let kept = self.scratch.memo.keep(class, start, self.words.len(), &ends);
        self.put_away(of_entry);
        self.put_away(ends);
        kept
    }
}

/// Sorts by end, and keeps for each the way that skips least.
fn settle(reaches: &mut Vec<Reach>) {
    if reaches.len() > 1 {
        reaches.sort_unstable();
        reaches.dedup_by_key(|reach| reach.end);
    }
}

#[cfg(test)]
mod tests;
