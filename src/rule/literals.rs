//! Literals: the strings without which a pattern cannot match.
//!
//! A bill has many clauses and few that matter. Each pattern therefore says which words must occur
//! before it is worth trying: of `remove|disable ... <protection>` one of "remove", "disable" and one
//! of the protections. One automaton over all literals of all rules finds them in a single pass
//! (`scan::prefilter`). A class that a document's definitions can extend is no such set, since the
//! automaton is built before the document is read.

use regex_syntax::hir::{Hir, HirKind};

use super::Lexicon;
use super::pattern::Node;

/// The shortest literal worth searching for, in characters.
const MIN_LENGTH: usize = 3;
/// How many sets a pattern keeps: more cost more to check than they save.
const MAX_SETS: usize = 4;
/// How many literals a set may have.
const MAX_LITERALS: usize = 400;

/// One of these must occur. Ascending, no two the same, none empty.
pub type LiteralSet = Vec<Literal>;

/// A folded string to search for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Literal {
    /// The string.
    pub text: Box<str>,
    /// Whether it must begin a word.
    pub begins_word: bool,
    /// Whether it must end a word.
    pub ends_word: bool,
}

/// The literal sets of a phrase, the rarest first.
pub(super) fn required(root: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
    select(sets(root, lexicon))
}

/// The literal sets of a regex over folded text, the rarest first.
pub fn required_by_regex(pattern: &str) -> Vec<LiteralSet> {
    regex_syntax::parse(pattern).map(|hir| select(sets_of_hir(&hir))).unwrap_or_default()
}

/// Keeps the sets that are worth searching for, the rarest first: long words are rare.
fn select(mut sets: Vec<LiteralSet>) -> Vec<LiteralSet> {
    sets.retain(|set| shortest(set) >= MIN_LENGTH && set.len() <= MAX_LITERALS);
    sets.sort_by_key(|set| (std::cmp::Reverse(shortest(set)), set.len()));
    sets.dedup();
    sets.truncate(MAX_SETS);
    sets
}

fn shortest(set: &LiteralSet) -> usize {
    set.iter().map(|literal| literal.text.chars().count()).min().unwrap_or(0)
}

fn word(text: &str, ends_word: bool) -> Literal {
    Literal { text: text.into(), begins_word: true, ends_word }
}

fn sets(node: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
    match node {
        Node::Word(text) => vec![vec![word(text, true)]],
        Node::Prefix(text) => vec![vec![word(text, false)]],
        Node::OneOf(words) => vec![words.iter().map(|text| word(text, true)).collect()],
        Node::Any | Node::Gap(_) | Node::Optional(_) => Vec::new(),
        Node::Class(class) if lexicon.is_open(*class) => Vec::new(),
        Node::Class(class) => union(lexicon.entries(*class).iter().map(|entry| sets(entry, lexicon))),
        Node::Sequence(nodes) => nodes.iter().flat_map(|node| sets(node, lexicon)).collect(),
        Node::Alternatives(nodes) => union(nodes.iter().map(|node| sets(node, lexicon))),
    }
}

/// One set that is hit whichever branch matches: the best set of each branch, together. None if a
/// branch has no set.
fn union(branches: impl Iterator<Item = Vec<LiteralSet>>) -> Vec<LiteralSet> {
    let mut joined = LiteralSet::new();
    for branch in branches {
        let Some(best) = select(branch).into_iter().next() else { return Vec::new() };
        joined.extend(best);
    }
    joined.sort();
    joined.dedup();
    if joined.is_empty() { Vec::new() } else { vec![joined] }
}

fn sets_of_hir(hir: &Hir) -> Vec<LiteralSet> {
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => vec![vec![Literal { text: text.into(), begins_word: false, ends_word: false }]],
            Err(_) => Vec::new(),
        },
        HirKind::Concat(parts) => parts.iter().flat_map(sets_of_hir).collect(),
        HirKind::Alternation(branches) => union(branches.iter().map(sets_of_hir)),
        HirKind::Capture(capture) => sets_of_hir(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => sets_of_hir(&repetition.sub),
        HirKind::Repetition(_) | HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => Vec::new(),
    }
}
