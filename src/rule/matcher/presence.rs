//! Whether a pattern is anywhere in a clause, from all its words at once.
//!
//! A set of places is a few numbers of 64 bits. A word moves the set by one place where it stands, a gap
//! spreads it; when it is empty, the pattern is nowhere. It costs about as much as one start did.

use std::ops::Range;

use super::Matcher;
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
        for (at, token) in self.scratch.tokens.iter().enumerate() {
            if vocabulary.offers(wanted, *token) {
                self.scratch.places.add(set, at);
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
        let [all, single, longer] = sets;
        for at in 0..self.words.len() {
            let ends = self.class_ends(class, at);
            let ends = self.scratch.memo.get(ends);
            if ends.iter().any(|reach| reach.end == at + 1) {
                self.scratch.places.add(single, at);
            }
            if ends.iter().any(|reach| reach.end > at + 1) {
                self.scratch.places.add(longer, at);
            }
            if !ends.is_empty() {
                self.scratch.places.add(all, at);
            }
        }
        self.scratch.places.keep(Of::Class, usize::from(class), all);
        sets
    }
}
