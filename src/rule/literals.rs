//! Literals: the words without which a pattern cannot match.
//!
//! A bill has many clauses and few that matter. Each pattern therefore says which words must occur
//! before it is worth trying: of `remove|disable ... <protection>` one of "remove", "disable" and one
//! of the protections. One pass over the words of a document finds those of all rules
//! (`scan::prefilter`). A class that a document's definitions can extend is no such set, since what is
//! searched for is settled before the document is read.

use std::sync::Arc;

use regex_syntax::hir::{Hir, HirKind};

use super::Lexicon;
use super::pattern::Node;
use super::vocabulary::{StemId, WordId};

/// The shortest literal worth searching for, in characters.
const MIN_LENGTH: usize = 3;
/// How many sets a pattern keeps: more cost more to check than they save.
const MAX_SETS: usize = 6;
/// How many literals a set may have.
const MAX_LITERALS: usize = 400;

/// One of these must occur. Ascending, no two the same.
pub type LiteralSet = Arc<[Literal]>;

/// Something to search for in folded text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Literal {
    /// A word.
    Word(WordId),
    /// The beginning of a word.
    Stem(StemId),
    /// A string, wherever it stands; only regexes have such.
    Text(Box<str>),
}

/// The literal sets of a phrase, the rarest first.
pub(super) fn required(root: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
    select(sets(root, lexicon), lexicon).into_iter().map(|(_, set)| set).collect()
}

/// The best set of a class whose entries are `entries`; empty if there is none.
pub(super) fn of_class(entries: &[Node], lexicon: &Lexicon) -> LiteralSet {
    union(entries.iter().map(|entry| sets(entry, lexicon)), lexicon).pop().unwrap_or_default()
}

/// The literal sets of a regex over folded text, the rarest first.
pub fn required_by_regex(pattern: &str) -> Vec<LiteralSet> {
    let none = Lexicon::default();
    let sets = regex_syntax::parse(pattern).map(|hir| select(sets_of_hir(&hir, &none), &none));
    sets.map(|sets| sets.into_iter().map(|(_, set)| set).collect()).unwrap_or_default()
}

/// Keeps the sets that are worth searching for, the rarest first, each with the length of its shortest
/// literal: long words are rare.
fn select(sets: Vec<LiteralSet>, lexicon: &Lexicon) -> Vec<(usize, LiteralSet)> {
    let measured = sets.into_iter().map(|set| (shortest(&set, lexicon), set));
    let mut kept: Vec<(usize, LiteralSet)> =
        measured.filter(|(shortest, set)| *shortest >= MIN_LENGTH && set.len() <= MAX_LITERALS).collect();
    kept.sort_by_key(|(shortest, set)| (std::cmp::Reverse(*shortest), set.len()));
    kept.dedup();
    kept.truncate(MAX_SETS);
    kept
}

fn shortest(set: &LiteralSet, lexicon: &Lexicon) -> usize {
    let length = |literal: &Literal| match literal {
        Literal::Word(word) => lexicon.vocabulary.word_text(*word).chars().count(),
        Literal::Stem(stem) => lexicon.vocabulary.stem_text(*stem).chars().count(),
        Literal::Text(text) => text.chars().count(),
    };
    set.iter().map(length).min().unwrap_or(0)
}

fn one(literal: Literal) -> Vec<LiteralSet> {
    vec![Arc::new([literal])]
}

fn sets(node: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
    match node {
        Node::Words(choice) => {
            let choice = lexicon.vocabulary.words_of(*choice);
            let words = choice.words.iter().map(|&word| Literal::Word(word));
            vec![words.chain(choice.stems.iter().map(|&stem| Literal::Stem(stem))).collect()]
        }
        Node::Any | Node::Gap(_) | Node::Optional(_) => Vec::new(),
        Node::Class(class) => lexicon.literals(*class).into_iter().collect(),
        Node::Sequence(nodes) => nodes.iter().flat_map(|node| sets(node, lexicon)).collect(),
        Node::Alternatives(nodes) => union(nodes.iter().map(|node| sets(node, lexicon)), lexicon),
    }
}

/// One set that is hit whichever branch matches: the best set of each branch, together. None if a
/// branch has no set.
fn union(branches: impl Iterator<Item = Vec<LiteralSet>>, lexicon: &Lexicon) -> Vec<LiteralSet> {
    let mut joined: Vec<Literal> = Vec::new();
    for branch in branches {
        let Some((_, best)) = select(branch, lexicon).into_iter().next() else { return Vec::new() };
        joined.extend(best.iter().cloned());
    }
    joined.sort();
    joined.dedup();
    if joined.is_empty() { Vec::new() } else { vec![joined.into()] }
}

fn sets_of_hir(hir: &Hir, none: &Lexicon) -> Vec<LiteralSet> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).map_or(Vec::new(), |text| one(Literal::Text(text.into())))
        }
        HirKind::Concat(parts) => parts.iter().flat_map(|part| sets_of_hir(part, none)).collect(),
        HirKind::Alternation(branches) => {
            union(branches.iter().map(|branch| sets_of_hir(branch, none)), none)
        }
        HirKind::Capture(capture) => sets_of_hir(&capture.sub, none),
        HirKind::Repetition(repetition) if repetition.min > 0 => sets_of_hir(&repetition.sub, none),
        HirKind::Repetition(_) | HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => Vec::new(),
    }
}
