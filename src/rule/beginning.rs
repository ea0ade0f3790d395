//! With which words a phrase can begin: a quick look at a word that most phrases fail.

use serde::{Deserialize, Serialize};

use super::ClassId;
use super::pattern::Node;
use super::vocabulary::Vocabulary;

/// The words, classes and more with which a match of a phrase can begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Beginnings {
    /// Keys of words.
    pub(super) keys: Vec<u32>,
    /// What phrases of these begin with.
    pub(super) classes: Vec<ClassId>,
    /// Whether any word will do.
    pub(super) any: bool,
}

impl Beginnings {
    pub(super) fn of(node: &Node, vocabulary: &Vocabulary) -> Beginnings {
        let mut found = Beginnings::default();
        found.add(node, vocabulary);
        found
    }

    fn add(&mut self, node: &Node, vocabulary: &Vocabulary) {
        match node {
            Node::Words(choice) => {
                let choice = vocabulary.words_of(*choice);
                self.keys.extend(choice.words.iter());
                self.keys.extend(choice.stems.iter().flat_map(|stem| vocabulary.keys_of_stem(*stem)));
            }
            Node::Any | Node::Gap(_) => self.any = true,
            Node::Class(class) => self.classes.push(*class),
            Node::Optional(node) => self.add(node, vocabulary),
            Node::Alternatives(nodes) => nodes.iter().for_each(|node| self.add(node, vocabulary)),
            Node::Sequence(nodes) => {
                let required = nodes.iter().position(|node| !node.may_be_empty()).unwrap_or(nodes.len());
                nodes.iter().take(required + 1).for_each(|node| self.add(node, vocabulary));
            }
        }
    }
}

/// A set of keys of words.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct KeySet {
    bits: Box<[u64]>,
}

impl KeySet {
    /// An empty set of keys below `keys`.
    pub(super) fn new(keys: usize) -> KeySet {
        KeySet { bits: vec![0; keys.div_ceil(64)].into() }
    }

    pub(super) fn has(&self, key: usize) -> bool {
        self.bits.get(key / 64).is_some_and(|bits| bits & (1 << (key % 64)) != 0)
    }

    pub(super) fn add(&mut self, key: usize) {
        if let Some(bits) = self.bits.get_mut(key / 64) {
            *bits |= 1 << (key % 64);
        }
    }

    pub(super) fn add_all(&mut self) {
        self.bits.fill(u64::MAX);
    }

    pub(super) fn join(&mut self, other: &KeySet) {
        for (bits, more) in self.bits.iter_mut().zip(&other.bits) {
            *bits |= more;
        }
    }
}
