//! Literals: the words without which a pattern cannot match.
//!
//! A bill has many clauses and few that matter. Each pattern therefore says which words must occur
//! before it is worth trying: of `remove|disable ... <protection>` one of "remove", "disable" and one
//! of the protections. One pass over the words of a document finds those of all rules
//! (`scan::prefilter`). A class that a document's definitions can extend is such a set only in a document
//! that does not extend it.

use std::cmp::Reverse;
use std::sync::Arc;

use regex_syntax::hir::{Hir, HirKind};

use super::pattern::Node;
use super::vocabulary::{StemId, WordId};
use super::{ClassId, Lexicon};

/// The shortest literal worth searching for, in characters.
const MIN_LENGTH: usize = 3;
/// How many sets a pattern keeps: more cost more to check than they save.
pub(super) const MAX_SETS: usize = 6;
/// How many literals a set may have.
const MAX_LITERALS: usize = 2000;

/// One of the literals must occur, unless a document's definitions extend one of the classes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LiteralSet {
    /// Ascending, no two the same.
    pub literals: Arc<[Literal]>,
    /// The open classes whose phrases are among the literals, ascending.
    pub open: Arc<[ClassId]>,
}

impl LiteralSet {
    /// Whether it holds for every document.
    pub(super) fn is_closed(&self) -> bool {
        self.open.is_empty()
    }
}

/// Something to search for in folded text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Literal {
    /// A word.
    Word(WordId),
    /// The beginning of a word.
    Stem(StemId),
    /// A string, wherever it stands; only regexes have such.
    Text(Box<str>),
}

/// The literal sets of a phrase, the rarest first.
pub(super) fn required(root: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
    select(sets(root, lexicon), lexicon)
}

/// The best set of the class of that number; empty if there is none. `is_open` says whether a document's
/// definitions extend the class itself.
pub(super) fn of_class(class: ClassId, is_open: bool, lexicon: &Lexicon) -> LiteralSet {
    let entries = lexicon.entries(class).iter().map(|entry| sets(entry, lexicon));
    let mut set = union(entries, lexicon).pop().unwrap_or_default();
    if is_open && !set.literals.is_empty() {
        set.open = ascending(set.open.iter().copied().chain([class]));
    }
    set
}

fn ascending<T: Ord>(items: impl Iterator<Item = T>) -> Arc<[T]> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items.dedup();
    items.into()
}

/// The literal sets of a regex over folded text, the rarest first.
pub(super) fn required_by_regex(pattern: &str) -> Vec<LiteralSet> {
    let none = Lexicon::default();
    regex_syntax::parse(pattern).map(|hir| select(sets_of_hir(&hir, &none), &none)).unwrap_or_default()
}

/// Keeps the sets that are worth searching for, the best first.
fn select(sets: Vec<LiteralSet>, lexicon: &Lexicon) -> Vec<LiteralSet> {
    let worth = |set: LiteralSet| Some((worth(&set, lexicon)?, set));
    let mut kept: Vec<(Worth, LiteralSet)> = sets.into_iter().filter_map(worth).collect();
    kept.sort_by_key(|(worth, _)| *worth);
    kept.dedup();
    kept.truncate(MAX_SETS);
    kept.into_iter().map(|(_, set)| set).collect()
}

/// How well a set is searched for, the best first: those that hold for every document, then those with long
/// words, since these are rare.
pub(super) type Worth = (bool, Reverse<usize>, usize);

/// How well the set is searched for; `None` if it is not worth it.
pub(super) fn worth(set: &LiteralSet, lexicon: &Lexicon) -> Option<Worth> {
    let shortest = shortest(set, lexicon);
    let is_worth = shortest >= MIN_LENGTH && set.literals.len() <= MAX_LITERALS;
    is_worth.then_some((!set.is_closed(), Reverse(shortest), set.literals.len()))
}

/// The length of the shortest literal, in characters.
fn shortest(set: &LiteralSet, lexicon: &Lexicon) -> usize {
    let length = |literal: &Literal| match literal {
        Literal::Word(word) => lexicon.vocabulary.word_text(*word).chars().count(),
        Literal::Stem(stem) => lexicon.vocabulary.stem_text(*stem).chars().count(),
        Literal::Text(text) => text.chars().count(),
    };
    set.literals.iter().map(length).min().unwrap_or(0)
}

fn one(literal: Literal) -> Vec<LiteralSet> {
    vec![LiteralSet { literals: Arc::new([literal]), open: Arc::default() }]
}

pub(super) fn sets(node: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
    match node {
        Node::Words(choice) => {
            let choice = lexicon.vocabulary.words_of(*choice);
            let words = choice.words.iter().map(|&word| Literal::Word(word));
            let stems = choice.stems.iter().map(|&stem| Literal::Stem(stem));
            vec![LiteralSet { literals: words.chain(stems).collect(), open: Arc::default() }]
        }
        Node::Any | Node::Gap(_) | Node::Optional(_) => Vec::new(),
        Node::Class(class) => lexicon.literals(*class).into_iter().collect(),
        Node::Sequence(nodes) => nodes.iter().flat_map(|node| sets(node, lexicon)).collect(),
        Node::Alternatives(nodes) => union(nodes.iter().map(|node| sets(node, lexicon)), lexicon),
    }
}

/// One set that is hit whichever branch matches: the best set of each branch, together. None if a
/// branch has no set.
pub(super) fn union(branches: impl Iterator<Item = Vec<LiteralSet>>, lexicon: &Lexicon) -> Vec<LiteralSet> {
    let (mut literals, mut open) = (Vec::new(), Vec::new());
    for branch in branches {
        let Some(best) = select(branch, lexicon).into_iter().next() else { return Vec::new() };
        literals.extend(best.literals.iter().cloned());
        open.extend(best.open.iter().copied());
    }
    if literals.is_empty() {
        return Vec::new();
    }
    vec![LiteralSet { literals: ascending(literals.into_iter()), open: ascending(open.into_iter()) }]
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
