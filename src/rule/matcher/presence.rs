//! Whether a pattern is anywhere in a clause, from all its words at once.
//!
//! A set of places is a few numbers of 64 bits. A word moves the set by one place where it stands, a gap
//! spreads it; when it is empty, the pattern is nowhere. It costs about as much as one start did.

use std::ops::Range;

use super::{Matcher, Scratch};
use crate::rule::ClassId;
use crate::rule::pattern::Node;
use crate::rule::places::{Front, Kept, Of, Places, join};
use crate::rule::vocabulary::ChoiceId;

impl Matcher<'_> {
    /// Whether a match of `root` begins at one of `starts` and ends at one of `ends`: the word after its
    /// last.
    pub(super) fn is_there(&mut self, root: &Node, starts: Range<usize>, ends: Range<usize>) -> bool {
        let from = self.scratch.places.front_at(starts);
        let mut to = self.scratch.places.front();
        self.move_on(root, &from, &mut to);
        let reaches = self.scratch.places.reaches(&to, ends);
        self.scratch.places.put_away(from);
        self.scratch.places.put_away(to);
        reaches
    }

    /// Adds to `to` where `node` leads from `from`.
    fn move_on(&mut self, node: &Node, from: &Front, to: &mut Front) {
        match node {
            Node::Words(choice) => {
                let set = self.places_of_choice(*choice);
                self.scratch.places.take(set, from, to);
            }
            Node::Any => self.scratch.places.take(Places::all(), from, to),
            Node::Gap(most) => self.scratch.places.skip(*most, from, to),
            Node::Class(class) => self.move_over(*class, from, to),
            Node::Sequence(nodes) => {
                let (mut here, mut next) = (self.scratch.places.front(), self.scratch.places.front());
                join(&mut here, from);
                for node in nodes {
                    self.move_on(node, &here, &mut next);
                    std::mem::swap(&mut here, &mut next);
                    if here.iter().all(|bits| *bits == 0) {
                        break;
                    }
                    next.fill(0);
                }
                join(to, &here);
                self.scratch.places.put_away(here);
                self.scratch.places.put_away(next);
            }
            Node::Alternatives(nodes) => nodes.iter().for_each(|node| self.move_on(node, from, to)),
            Node::Optional(node) => {
                join(to, from);
                self.move_on(node, from, to);
            }
        }
    }

    /// Over a phrase of `class`.
    fn move_over(&mut self, class: ClassId, from: &Front, to: &mut Front) {
        let [_, single, longer] = self.places_of_class(class);
        self.scratch.places.take(single, from, to);
        for index in 0..self.scratch.places.width() {
            let mut open = self.scratch.places.open_at(from, longer, index);
            while open != 0 {
                let start = index * 64 + open.trailing_zeros() as usize;
                let ends = self.class_ends(class, start);
                for end in self.scratch.memo.get(ends).iter().map(|reach| reach.end) {
                    if let Some(bits) = to.get_mut(self.scratch.places.width() + end / 64) {
                        *bits |= 1 << (end % 64);
                    }
                }
                open &= open - 1;
            }
        }
    }

    /// Where words of `choice` stand.
    fn places_of_choice(&mut self, choice: ChoiceId) -> Kept {
        if let Some([known, ..]) = self.scratch.places.known(Of::Choice, choice as usize) {
            return known;
        }
        let [set, ..] = self.scratch.places.open(1);
        let vocabulary = &self.lexicon.vocabulary;
        let wanted = vocabulary.words_of(choice);
        let Scratch { tokens, by_key, stemmed, places, .. } = &mut self.scratch;
        if let Some((first, last)) = wanted.words.first().zip(wanted.words.last()) {
            // The inflections of a word have numbers next to each other, so few others are in the range.
            let start = by_key.partition_point(|pair| pair.0 < *first);
            let in_range = by_key.iter().skip(start).take_while(|pair| pair.0 <= *last);
            for (_, at) in in_range.filter(|pair| wanted.words.binary_search(&pair.0).is_ok()) {
                places.add(set, *at as usize);
            }
        }
        if !wanted.stems.is_empty() {
            for &at in stemmed.iter() {
                if tokens.get(at as usize).is_some_and(|token| vocabulary.fits_any(wanted, *token)) {
                    places.add(set, at as usize);
                }
            }
        }
        self.scratch.places.keep(Of::Choice, choice as usize, set);
        set
    }

    /// Where phrases of `class` begin, those that have one word and those that have more.
    fn places_of_class(&mut self, class: ClassId) -> [Kept; 3] {
        if let Some(known) = self.scratch.places.known(Of::Class, usize::from(class)) {
            return known;
        }
        let sets = self.scratch.places.open(3);
        let beginnings = self.lexicon.beginnings(class);
        let can_begin = |key: u32| beginnings.is_some_and(|keys| keys.has(key as usize));
        if can_begin(0) || !self.terms.is_empty() {
            for at in 0..self.words.len() {
                self.note_class(class, at, sets);
            }
        } else {
            // Only words that patterns know can begin it.
            for index in 0..self.scratch.by_key.len() {
                let Some(&(key, at)) = self.scratch.by_key.get(index) else { break };
                if can_begin(key) {
                    self.note_class(class, at as usize, sets);
                }
            }
        }
        let [all, ..] = sets;
        self.scratch.places.keep(Of::Class, usize::from(class), all);
        sets
    }

    /// Notes in `sets` whether a phrase of `class` begins at `at`.
    fn note_class(&mut self, class: ClassId, at: usize, [all, single, longer]: [Kept; 3]) {
        let ends = self.class_ends(class, at);
        let ends = self.scratch.memo.get(ends);
        let (last, first) = (ends.last(), ends.first());
        if first.is_some_and(|reach| reach.end == at + 1) {
            self.scratch.places.add(single, at);
        }
        if last.is_some_and(|reach| reach.end > at + 1) {
            self.scratch.places.add(longer, at);
        }
        if first.is_some() {
            self.scratch.places.add(all, at);
        }
    }
}
