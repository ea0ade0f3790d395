//! By which words the patterns of a language are looked for: what a prefilter needs, as tables.
//!
//! Each pattern names sets of literals of which one must occur ([`literals`](super::literals)). Many
//! patterns name the same. Here the sets have numbers, and lead to patterns and back; the tables depend on
//! the rules alone, so that they are made once, for the built-in rules when the program is built.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::literals::{Literal, LiteralSet, required_by_regex};
use super::table::Table;
use super::ways::{SetId, Way, Ways};
use super::{ClassId, Lexicon, Pattern, ProfileCues, Rule, Vocabulary, numbers};

/// A phrase or regex of a rule or of the document profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The rule, an index of the language's rules; their number for the profile's cues of a clause, and one
    /// more for what stands before a title.
    pub rule: usize,
    /// Which of its phrases, the regexes counted after them.
    pub pattern: usize,
}

/// By which words the patterns of one language are looked for.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Index {
    /// How many rules there are.
    rules: usize,
    /// Of every way of every pattern its rule and its number, as in [`Target`]; ascending.
    #[serde(with = "numbers::pairs")]
    targets: Vec<(u32, u32)>,
    /// For each way: the sets that must be hit, the rarest first.
    required: Table,
    /// For each way, in which order, and how far apart: pairs of a set and how many words after the one
    /// before it stands at most.
    chains: Table,
    /// For each set: the ways of which it is the rarest.
    first_of: Table,
    /// For each key of the vocabulary, then for each text: the sets that it is in, ascending.
    sets: Table,
    /// For each set: the classes by which a document may do without it.
    open: Vec<Box<[ClassId]>>,
    /// The texts of regexes, ascending.
    texts: Vec<String>,
}

impl Index {
    /// The tables for the patterns of `rules` and `profile`. The lexicon is finished, and not yet sealed.
    pub(super) fn new(rules: &[Rule], profile: &ProfileCues, lexicon: &Lexicon) -> Index {
        let mut sets = Ways::new(lexicon);
        let (mut targets, mut required, mut chains) = (Vec::new(), Vec::new(), Vec::new());
        for (target, way) in ways(rules, profile, &mut sets) {
            targets.push((target.rule as u32, target.pattern as u32));
            required.push(way.sets);
            chains.push(way.chain.into_iter().flat_map(|(set, reach)| [set, reach]).collect::<Vec<u32>>());
        }
        let sets = sets.into_sets();
        let mut first_of = vec![Vec::new(); sets.len()];
        for (pattern, required) in (0..).zip(&required) {
            if let Some(of_set) = required.first().and_then(|&set| first_of.get_mut(set as usize)) {
                of_set.push(pattern);
            }
        }
        let open = sets.iter().map(|set| set.open.as_ref().into()).collect();
        let (of_key, texts) = sets_of_keys(&sets, lexicon.vocabulary());
        Index {
            rules: rules.len(),
            targets,
            required: required.into_iter().collect(),
            chains: chains.into_iter().collect(),
            first_of: first_of.into_iter().collect(),
            sets: of_key.into_iter().collect(),
            open,
            texts,
        }
    }

    /// Every pattern there is.
    pub fn all(&self) -> Vec<u32> {
        (0..self.targets.len() as u32).collect()
    }

    /// Whether a title may be said where these are worth trying, which are ascending.
    pub fn may_say_title(&self, patterns: &[u32]) -> bool {
        let first = self.targets.partition_point(|target| target.0 as usize <= self.rules) as u32;
        let mut titles = first..self.targets.len() as u32;
        patterns.last().is_some_and(|&last| last >= first) || titles.any(|title| self.first_of_none(title))
    }

    /// Whether the pattern has nothing to be searched for by.
    fn first_of_none(&self, pattern: u32) -> bool {
        self.required(pattern)
            .next()
            .is_none_or(|set| self.open.get(set as usize).is_none_or(|open| !open.is_empty()))
    }

    /// What the pattern belongs to, if it is of a rule or of the profile's cues of a clause.
    pub fn target(&self, pattern: u32) -> Option<Target> {
        let &(rule, pattern) = self.targets.get(pattern as usize)?;
        let target = Target { rule: rule as usize, pattern: pattern as usize };
        (target.rule <= self.rules).then_some(target)
    }

    /// The sets that the pattern needs, the rarest first.
    pub fn required(&self, pattern: u32) -> impl ExactSizeIterator<Item = u32> + Clone + '_ {
        self.required.at(pattern as usize)
    }

    /// In which order the sets that the pattern needs are hit: pairs of a set and how many words after the
    /// one before it stands at most.
    pub fn chain(&self, pattern: u32) -> impl Iterator<Item = (u32, u32)> {
        let mut numbers = self.chains.at(pattern as usize);
        std::iter::from_fn(move || numbers.next().zip(numbers.next()))
    }

    /// The patterns of which the set is the rarest.
    pub fn first_of(&self, set: u32) -> impl ExactSizeIterator<Item = u32> + Clone + '_ {
        self.first_of.at(set as usize)
    }

    /// The sets in which what was hit is: a key of the vocabulary, or above these a text.
    pub fn sets_of(&self, key: u32) -> impl ExactSizeIterator<Item = u32> + Clone + '_ {
        self.sets.at(key as usize)
    }

    /// For each set the classes by which a document that extends them may do without it.
    pub fn open(&self) -> &[Box<[ClassId]>] {
        &self.open
    }

    /// The texts of regexes, ascending.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// How many sets there are, and how many things that can be hit.
    pub fn sizes(&self) -> (usize, usize) {
        (self.open.len(), self.sets.count())
    }
}

/// Every way of every pattern, by target.
fn ways(rules: &[Rule], profile: &ProfileCues, sets: &mut Ways<'_>) -> Vec<(Target, Way)> {
    let mut all = Vec::new();
    let mut add = |rule: usize, patterns: &[&Pattern], near: &[SetId], sets: &mut Ways<'_>| {
        for (pattern, of) in patterns.iter().enumerate() {
            for mut way in sets.of(of) {
                way.sets.extend(near);
                all.push((Target { rule, pattern }, way));
            }
        }
    };
    for (index, rule) in rules.iter().enumerate() {
        // These must be hit too, wherever in the clause.
        let near: Vec<SetId> = rule.near.iter().filter_map(|near| sets.of_any(&near.any)).collect();
        add(index, &rule.any.iter().collect::<Vec<_>>(), &near, sets);
    }
    // The cues that must come back are counted after those of a clause.
    let cues: Vec<&Pattern> = profile.clause.iter().chain(&profile.recurring).collect();
    add(rules.len(), &cues, &[], sets);
    add(rules.len() + 1, &profile.short_title.iter().collect::<Vec<_>>(), &[], sets);
    for (index, rule) in rules.iter().enumerate() {
        for (regex, pattern) in rule.regex.iter().zip(rule.any.len()..) {
            let way = sets.of_sets(required_by_regex(regex.as_str()));
            all.push((Target { rule: index, pattern }, way));
        }
    }
    all.sort_by_key(|(target, _)| *target);
    all
}

/// For each key, then for each text, the sets that it is in, ascending; and the texts.
fn sets_of_keys(sets: &[LiteralSet], vocabulary: &Vocabulary) -> (Vec<Vec<u32>>, Vec<String>) {
    let mut of_key: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.keys()];
    let mut texts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (set, id) in sets.iter().zip(0..) {
        for literal in set.literals.iter() {
            match literal {
                Literal::Text(text) => texts.entry(text).or_default().push(id),
                Literal::Word(_) | Literal::Stem(_) => {
                    for key in vocabulary.keys_of(literal) {
                        of_key.get_mut(key).into_iter().for_each(|of_key| of_key.push(id));
                    }
                }
            }
        }
    }
    let found = texts.keys().map(|&text| text.to_owned()).collect();
    of_key.extend(texts.into_values());
    for sets in &mut of_key {
        sets.sort_unstable();
        sets.dedup();
    }
    (of_key, found)
}
