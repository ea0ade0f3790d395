//! The ways in which a phrase can match, and what must occur for each, in which order and how near.
//!
//! `<give-data> ...6 <officer>` matches where one of many phrases of the class stands and an officer after it.
//! That one word of each stands somewhere in a clause says little: most clauses of a law have both. So a phrase
//! is looked for in a few ways, one for each branch that has several words, and of each way is known how far
//! apart its words stand at most. What would be too many ways is one, with the union of their words.

use std::collections::BTreeMap;

use super::literals::{self, LiteralSet, MAX_SETS, Worth};
use super::pattern::Node;
use super::{ClassId, Lexicon, Pattern};

/// In how many ways a phrase is looked for.
const MAX_WAYS: usize = 24;

/// Names a set of [`Ways`].
pub(super) type SetId = u32;

/// What must occur for one way of a phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// Of each, one literal must occur; the rarest first.
    pub(super) sets: Vec<SetId>,
    /// In which order they occur, and how many words after the one before each stands at most: 1 for the next
    /// word. Of the first, how many words the phrase may have before it.
    pub(super) chain: Vec<(SetId, u32)>,
}

/// A part of a way: so many words at most, of which one is of the set, if there is one.
type Part = (Option<SetId>, u32);

/// Works out the ways of many phrases, and numbers the sets that they need.
#[derive(Debug)]
pub(super) struct Ways<'l> {
    lexicon: &'l Lexicon,
    /// By number, with how well each is searched for.
    sets: Vec<(LiteralSet, Option<Worth>)>,
    numbers: BTreeMap<LiteralSet, SetId>,
    /// What is known of classes.
    classes: BTreeMap<ClassId, Vec<Vec<Part>>>,
    /// What is known of choices of words.
    choices: BTreeMap<u32, SetId>,
}

impl<'l> Ways<'l> {
    /// For phrases of `lexicon`.
    pub(super) fn new(lexicon: &'l Lexicon) -> Ways<'l> {
        let (sets, numbers) = (Vec::new(), BTreeMap::new());
        Ways { lexicon, sets, numbers, classes: BTreeMap::new(), choices: BTreeMap::new() }
    }

    /// The ways of a phrase.
    pub(super) fn of(&mut self, pattern: &Pattern) -> Vec<Way> {
        let ways = self.expand(&pattern.root);
        ways.iter().map(|way| self.in_order(way)).collect()
    }

    /// The way in which something matches for which one of each of the sets must occur, in whatever order.
    pub(super) fn of_sets(&mut self, sets: Vec<LiteralSet>) -> Way {
        Way { sets: sets.into_iter().map(|set| self.number(set)).collect(), chain: Vec::new() }
    }

    /// The set of which one literal must occur if any of the phrases does; none if nothing is known to.
    pub(super) fn of_any(&mut self, patterns: &[Pattern]) -> Option<SetId> {
        let sets = patterns.iter().map(|pattern| pattern.literals(self.lexicon));
        let set = literals::union(sets, self.lexicon).pop()?;
        let set = self.number(set);
        self.worth(set).map(|_| set)
    }

    /// All sets, by number.
    pub(super) fn into_sets(self) -> Vec<LiteralSet> {
        self.sets.into_iter().map(|(set, _)| set).collect()
    }

    fn number(&mut self, set: LiteralSet) -> SetId {
        if let Some(&known) = self.numbers.get(&set) {
            return known;
        }
        let id = self.sets.len() as SetId;
        let worth = literals::worth(&set, self.lexicon);
        self.numbers.insert(set.clone(), id);
        self.sets.push((set, worth));
        id
    }

    fn worth(&self, set: SetId) -> Option<Worth> {
        self.sets.get(set as usize).and_then(|set| set.1)
    }

    /// All ways in which `node` can match, each part after part; few, so that what would be many is one part.
    fn expand(&mut self, node: &Node) -> Vec<Vec<Part>> {
        match node {
            Node::Words(choice) => {
                if let Some(&known) = self.choices.get(choice) {
                    return vec![vec![(Some(known), 1)]];
                }
                let whole = self.whole(node);
                let set = whole.first().and_then(|part| part.0);
                self.choices.extend(set.map(|set| (*choice, set)));
                vec![whole]
            }
            Node::Any | Node::Gap(_) | Node::Optional(_) => vec![vec![(None, self.lexicon.longest(node))]],
            Node::Class(class) => {
                if let Some(known) = self.classes.get(class) {
                    return known.clone();
                }
                let lexicon = self.lexicon;
                let several =
                    if lexicon.is_open(*class) { None } else { self.any_of(lexicon.entries(*class)) };
                let ways = several.unwrap_or_else(|| vec![self.whole(node)]);
                self.classes.insert(*class, ways.clone());
                ways
            }
            Node::Alternatives(nodes) => self.any_of(nodes).unwrap_or_else(|| vec![self.whole(node)]),
            Node::Sequence(nodes) => {
                let mut ways: Vec<Vec<Part>> = vec![Vec::new()];
                for node in nodes {
                    let mut next = self.expand(node);
                    if ways.len() * next.len() > MAX_WAYS {
                        next = vec![self.whole(node)];
                    }
                    ways = ways
                        .iter()
                        .flat_map(|way| next.iter().map(|next| [&way[..], next].concat()))
                        .collect();
                }
                ways
            }
        }
    }

    /// `node` as one part.
    fn whole(&mut self, node: &Node) -> Vec<Part> {
        let set = literals::sets(node, self.lexicon).pop();
        let set = set.map(|set| self.number(set));
        vec![(set, self.lexicon.longest(node))]
    }

    /// The ways of branches of which one matches; those that have a single set count as one way. None if they
    /// are many, or have one set each.
    fn any_of(&mut self, branches: &[Node]) -> Option<Vec<Vec<Part>>> {
        let (mut ways, mut single, mut longest) = (Vec::new(), Vec::new(), 0);
        for branch in branches {
            let of_branch = self.expand(branch);
            if of_branch.iter().all(|way| way.iter().filter(|part| part.0.is_some()).count() > 1) {
                ways.extend(of_branch);
            } else {
                single.push(literals::sets(branch, self.lexicon));
                longest = longest.max(self.lexicon.longest(branch));
            }
        }
        if ways.is_empty() || ways.len() >= MAX_WAYS {
            return None;
        }
        if !single.is_empty() {
            let set = literals::union(single.into_iter(), self.lexicon).pop();
            let set = set.map(|set| self.number(set));
            ways.push(vec![(set, longest)]);
        }
        Some(ways)
    }

    /// What must occur for a way: its best sets, in order.
    fn in_order(&self, way: &[Part]) -> Way {
        let mut sets: Vec<(Worth, SetId)> =
            way.iter().filter_map(|part| Some((self.worth(part.0?)?, part.0?))).collect();
        sets.sort_unstable();
        sets.dedup();
        sets.truncate(MAX_SETS);
        let sets: Vec<SetId> = sets.into_iter().map(|(_, set)| set).collect();
        let mut chain = Vec::new();
        // How many words after the one last hit a part begins at most.
        let mut since = 0_u32;
        for &(set, longest) in way {
            match set.filter(|set| sets.contains(set)) {
                Some(set) => {
                    chain.push((set, since.saturating_add(longest.saturating_sub(1))));
                    since = longest;
                }
                None => since = since.saturating_add(longest),
            }
        }
        Way { sets, chain }
    }
}
