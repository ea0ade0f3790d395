//! A compiled phrase.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::literals::{self, LiteralSet};
use super::vocabulary::ChoiceId;
use super::{ClassId, Kept, Lexicon, phrase};

/// A phrase, compiled once and held against the words of many clauses by a
/// [`Matcher`](super::Matcher).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pattern {
    pub(super) root: Kept<Node>,
}

/// What is wrong with a phrase, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Bytes of the phrase.
    pub at: Range<usize>,
    /// Lower-case, no full stop.
    pub message: String,
}

/// A part of a phrase. Words are those of the lexicon's vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) enum Node {
    /// One of these words.
    Words(ChoiceId),
    /// Any one word.
    Any,
    /// At most so many words.
    Gap(u32),
    /// A phrase of a class.
    Class(ClassId),
    /// One after the other.
    Sequence(Vec<Node>),
    /// One of these.
    Alternatives(Vec<Node>),
    /// Once or not at all.
    Optional(Box<Node>),
}

impl Default for Node {
    /// What never matches.
    fn default() -> Node {
        Node::Alternatives(Vec::new())
    }
}

impl Node {
    /// Whether it can stand for no word at all.
    pub(super) fn may_be_empty(&self) -> bool {
        match self {
            Node::Words(_) | Node::Any | Node::Class(_) => false,
            Node::Gap(_) | Node::Optional(_) => true,
            Node::Sequence(nodes) => nodes.iter().all(Node::may_be_empty),
            Node::Alternatives(nodes) => nodes.iter().any(Node::may_be_empty),
        }
    }
}

impl Pattern {
    /// Compiles a phrase; `Err` says what is wrong and where in it.
    pub fn parse(text: &str, lexicon: &mut Lexicon) -> Result<Pattern, PatternError> {
        Ok(Pattern { root: phrase::parse(text, lexicon)?.into() })
    }

    /// The sets of literals of each of which one must occur in the lead-in, clause or tail if the
    /// pattern is to match: those that hold for every document first, then the rarest. Empty if there is no
    /// literal to search for. The lexicon is not yet sealed.
    pub(super) fn literals(&self, lexicon: &Lexicon) -> Vec<LiteralSet> {
        literals::required(&self.root, lexicon)
    }
}
