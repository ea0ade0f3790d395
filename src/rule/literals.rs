//! Literals: the words without which a pattern cannot match.
//!
//! A bill has many clauses and few that matter. Each pattern therefore says which words must occur
//! before it is worth trying: of `remove|disable ... <protection>` one of "remove", "disable" and one
//! of the protections. One pass over the words of a document finds those of all rules
//! (`scan::prefilter`). A class that a document's definitions can extend is such a set only in a document
//! that does not extend it.

use std::sync::Arc;

use regex_syntax::hir::{Hir, HirKind};

use super::pattern::Node;
use super::vocabulary::{StemId, WordId};
use super::{ClassId, Lexicon};

/// The shortest literal worth searching for, in characters.
const MIN_LENGTH: usize = 3;
/// How many sets a pattern keeps: more cost more to check than they save.
const MAX_SETS: usize = 6;
/// In how many ways a phrase is looked for.
const MAX_WAYS: usize = 24;
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

/// One way in which a phrase can match, and what must occur for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Required {
    /// Of each, one literal must occur; the rarest first.
    pub sets: Vec<LiteralSet>,
    /// In which order they occur, and how near to each other; a set may occur twice.
    pub chain: Vec<Link>,
}

/// The next set that must occur in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// An index of the sets.
    pub set: usize,
    /// How many words after what was hit of the set before it stands at most: 1 for the next word. Of the
    /// first, how many words the phrase may have before it.
    pub reach: u32,
}

/// The literal sets of a phrase, the rarest first.
pub(super) fn required(root: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
    select(sets(root, lexicon), lexicon).into_iter().map(|(_, set)| set).collect()
}

/// The ways in which a phrase can match.
pub(super) fn ways(root: &Node, lexicon: &Lexicon) -> Vec<Required> {
    let ways = expand(root, lexicon);
    ways.into_iter().map(|way| in_order(way, lexicon)).collect()
}

/// A part of a way: so many words at most, of which one is of the set, if there is one.
type Part = (Option<LiteralSet>, u32);

/// All ways in which `node` can match, each part after part; few, so that what would be many is one part.
fn expand(node: &Node, lexicon: &Lexicon) -> Vec<Vec<Part>> {
    let whole = || vec![vec![(sets(node, lexicon).pop(), lexicon.longest(node))]];
    match node {
        Node::Words(_) => whole(),
        Node::Any | Node::Gap(_) | Node::Optional(_) => vec![vec![(None, lexicon.longest(node))]],
        Node::Class(class) if lexicon.is_open(*class) => whole(),
        Node::Class(class) => any_of(lexicon.entries(*class), lexicon).unwrap_or_else(whole),
        Node::Alternatives(nodes) => any_of(nodes, lexicon).unwrap_or_else(whole),
        Node::Sequence(nodes) => {
            let mut ways: Vec<Vec<Part>> = vec![Vec::new()];
            for node in nodes {
                let mut next = expand(node, lexicon);
                if ways.len() * next.len() > MAX_WAYS {
                    // Its ways as one, part for part the union.
                    next = vec![vec![(union(next_sets(&next), lexicon).pop(), lexicon.longest(node))]];
                }
                ways =
                    ways.iter().flat_map(|way| next.iter().map(|next| [&way[..], next].concat())).collect();
            }
            ways
        }
    }
}

/// The ways of branches of which one matches; those that have a single set count as one way. None if they are
/// many.
fn any_of(branches: &[Node], lexicon: &Lexicon) -> Option<Vec<Vec<Part>>> {
    let ways: Vec<Vec<Part>> = branches.iter().flat_map(|branch| expand(branch, lexicon)).collect();
    let (longer, single): (Vec<_>, Vec<_>) =
        ways.into_iter().partition(|way| way.iter().filter(|part| part.0.is_some()).count() > 1);
    if longer.is_empty() || longer.len() >= MAX_WAYS {
        return None;
    }
    let mut ways = longer;
    if !single.is_empty() {
        let words = |way: &Vec<Part>| way.iter().fold(0_u32, |sum, part| sum.saturating_add(part.1));
        let longest = single.iter().map(words).max().unwrap_or(0);
        ways.push(vec![(union(next_sets(&single), lexicon).pop(), longest)]);
    }
    Some(ways)
}

fn next_sets(ways: &[Vec<Part>]) -> impl Iterator<Item = Vec<LiteralSet>> {
    ways.iter().map(|way| way.iter().filter_map(|part| part.0.clone()).collect())
}

/// What must occur for a way: its best sets, in order.
fn in_order(way: Vec<Part>, lexicon: &Lexicon) -> Required {
    let sets = select(way.iter().filter_map(|part| part.0.clone()).collect(), lexicon);
    let sets: Vec<LiteralSet> = sets.into_iter().map(|(_, set)| set).collect();
    let mut chain = Vec::new();
    // How many words after the one last hit a part begins at most.
    let mut since = 0_u32;
    for (set, longest) in way {
        match set.and_then(|set| sets.iter().position(|kept| *kept == set)) {
            Some(set) => {
                chain.push(Link { set, reach: since.saturating_add(longest.saturating_sub(1)) });
                since = longest;
            }
            None => since = since.saturating_add(longest),
        }
    }
    Required { sets, chain }
}

/// The set of which one literal must occur if any of the phrases does; none if nothing is known to.
pub(super) fn required_by_any(phrases: &[super::Pattern], lexicon: &Lexicon) -> Option<LiteralSet> {
    let sets = phrases.iter().map(|phrase| phrase.literals(lexicon));
    select(union(sets, lexicon), lexicon).pop().map(|(_, set)| set)
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
    let sets = regex_syntax::parse(pattern).map(|hir| select(sets_of_hir(&hir, &none), &none));
    sets.map(|sets| sets.into_iter().map(|(_, set)| set).collect()).unwrap_or_default()
}

/// Keeps the sets that are worth searching for, each with the length of its shortest literal: those that
/// hold for every document first, then the rarest, since long words are rare.
fn select(sets: Vec<LiteralSet>, lexicon: &Lexicon) -> Vec<(usize, LiteralSet)> {
    let measured = sets.into_iter().map(|set| (shortest(&set, lexicon), set));
    let mut kept: Vec<(usize, LiteralSet)> = measured
        .filter(|(shortest, set)| *shortest >= MIN_LENGTH && set.literals.len() <= MAX_LITERALS)
        .collect();
    kept.sort_by_key(|(shortest, set)| (!set.is_closed(), std::cmp::Reverse(*shortest), set.literals.len()));
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
    set.literals.iter().map(length).min().unwrap_or(0)
}

fn one(literal: Literal) -> Vec<LiteralSet> {
    vec![LiteralSet { literals: Arc::new([literal]), open: Arc::default() }]
}

fn sets(node: &Node, lexicon: &Lexicon) -> Vec<LiteralSet> {
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
fn union(branches: impl Iterator<Item = Vec<LiteralSet>>, lexicon: &Lexicon) -> Vec<LiteralSet> {
    let (mut literals, mut open) = (Vec::new(), Vec::new());
    for branch in branches {
        let Some((_, best)) = select(branch, lexicon).into_iter().next() else { return Vec::new() };
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
