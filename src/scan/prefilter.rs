//! The prefilter: which patterns are worth trying in which passage.
//!
//! A rule set holds thousands of patterns and a bill thousands of sentences, of which a handful
//! matter. Trying every pattern on every sentence would be slow and nearly always in vain. But a
//! pattern such as
//!
//! ```text
//! remove|disable ... <electronic-protection>
//! ```
//!
//! can only match where one of *remove, disable* **and** one of the protections stand. Each pattern
//! names such sets of literals (`rule::literals`). One pass over the folded text looks every word up in the
//! table of all words of all patterns:
//!
//! ```text
//! passage 17   "A provider must—"            hits: ()
//! passage 18   "remove any encryption; or"   hits: (remove) (encryption)      -> try the pattern
//! passage 19   "keep a record"               hits: (record)                   -> nothing to try
//! ```
//!
//! Most patterns need a word that a document does not have at all, and are done with. Each that is left is
//! looked for by that of its sets that is rarest in this document ([`Hits`]), so that common words cost
//! nothing. A list item is read with its lead-in and tail, so their hits count for it. First whole passages
//! are asked, so that most are never cut into sentences; then the clauses of those that are left, so that
//! each is tried with few patterns. The prefilter changes speed, never results: a property test scans with
//! and without it.

use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::hits::Hits;
use super::words::words;
use crate::rule::{
    ClassId, DefinedTerms, LanguageRules, Literal, LiteralSet, Pattern, SetId, Vocabulary, Way, Ways,
};

/// A phrase or regex of a rule or of the document profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// The rule, an index of the language's rules; their number for the profile's cues of a clause, and one
    /// more for what stands before a title.
    pub(super) rule: usize,
    /// Which of its phrases, the regexes counted after them.
    pub(super) pattern: usize,
}

/// What is to be searched for of one language's rules.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// How many rules there are.
    rules: usize,
    /// Of every way of every pattern, ascending.
    targets: Vec<Target>,
    /// For each way: the sets that must be hit, the rarest first.
    required: Lists,
    /// For each way, in which order, and how far apart: pairs of a set and how many words after the one
    /// before it stands at most.
    chains: Lists,
    /// For each set: the ways of which it is the rarest.
    first_of: Lists,
    /// For each key of the vocabulary, then for each text: the sets that it is in.
    sets: Lists,
    /// For each set: the classes by which a document may do without it.
    open: Vec<Arc<[ClassId]>>,
    /// Finds texts of regexes, if any rule has regexes.
    texts: Option<AhoCorasick>,
    /// How many keys the vocabulary has.
    keys: usize,
}

/// Lists of numbers, one after the other.
#[derive(Debug, Default)]
pub(super) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn new(lists: impl IntoIterator<Item = Vec<u32>>) -> Lists {
        let mut all = Lists { starts: vec![0], items: Vec::new() };
        for list in lists {
            all.items.extend(list);
            all.starts.push(all.items.len() as u32);
        }
        all
    }

    /// The lists that pairs of a list below `count` and an item make, which are ascending.
    pub(super) fn of_pairs(pairs: &[(u32, u32)], count: usize) -> Lists {
        let mut starts = vec![0; count + 1];
        for (list, _) in pairs {
            starts.get_mut(*list as usize + 1).into_iter().for_each(|length| *length += 1);
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Lists { starts, items: pairs.iter().map(|pair| pair.1).collect() }
    }

    /// The list at `index`; empty beyond the last.
    pub(super) fn at(&self, index: usize) -> &[u32] {
        let bound = |index: usize| self.starts.get(index).map(|&at| at as usize);
        let range = bound(index).zip(bound(index + 1));
        range.and_then(|(start, end)| self.items.get(start..end)).unwrap_or_default()
    }
}

impl Prefilter {
    /// Prepares the search.
    pub(super) fn new(rules: &LanguageRules) -> Prefilter {
        let mut sets = Ways::new(&rules.lexicon);
        let (mut targets, mut required, mut chains) = (Vec::new(), Vec::new(), Vec::new());
        for (target, way) in ways(rules, &mut sets) {
            targets.push(target);
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
        let open = sets.iter().map(|set| Arc::clone(&set.open)).collect();
        let vocabulary = rules.lexicon.vocabulary();
        let keys = vocabulary.keys();
        let (of_key, texts) = sets_of_keys(&sets, vocabulary);
        // A DFA is three times faster than what is chosen by default for many texts.
        let automaton = || {
            let mut builder = AhoCorasick::builder();
            builder.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(&texts).ok()
        };
        Prefilter {
            rules: rules.rules.len(),
            targets,
            required: Lists::new(required),
            chains: Lists::new(chains),
            first_of: Lists::new(first_of),
            open,
            texts: if texts.is_empty() { None } else { automaton() },
            sets: Lists::new(of_key),
            keys,
        }
    }

    /// What is hit where in the folded text of a document in the language of `rules`.
    pub(super) fn hits(&self, folded: &str, rules: &LanguageRules, terms: &DefinedTerms) -> Hits<'_> {
        let vocabulary = rules.lexicon.vocabulary();
        let (mut starts, mut places) = (Vec::new(), Vec::new());
        for (start, end) in words(folded, &rules.language.possessive) {
            let token = vocabulary.token(folded, start, end);
            if !token.is_unknown() && !self.sets.at(token.key()).is_empty() {
                places.push((starts.len() as u32, token.key() as u32));
            }
            starts.push(start as u32);
        }
        if let Some(texts) = &self.texts {
            let word = |at: usize| starts.partition_point(|&start| start as usize <= at).saturating_sub(1);
            let hits = texts.find_overlapping_iter(folded);
            places.extend(
                hits.map(|hit| (word(hit.start()) as u32, (self.keys + hit.pattern().as_usize()) as u32)),
            );
            places.sort_unstable();
        }
        let extended = |open: &Arc<[ClassId]>| !open.is_empty() && terms.extends(open);
        let free = (0..).zip(&self.open).filter(|(_, open)| extended(open)).map(|(set, _)| set);
        Hits::new(self, starts, &places, &free.collect::<Vec<u32>>())
    }

    /// Every pattern there is.
    pub(super) fn all(&self) -> Vec<u32> {
        (0..self.targets.len() as u32).collect()
    }

    /// Whether a title may be said where these are worth trying, which are ascending.
    pub(super) fn may_say_title(&self, patterns: &[u32]) -> bool {
        let first = self.targets.partition_point(|target| target.rule <= self.rules) as u32;
        let mut titles = first..self.targets.len() as u32;
        patterns.last().is_some_and(|&last| last >= first) || titles.any(|title| self.first_of_none(title))
    }

    /// Whether the pattern has nothing to be searched for by.
    fn first_of_none(&self, pattern: u32) -> bool {
        self.required(pattern)
            .first()
            .is_none_or(|&set| self.open.get(set as usize).is_none_or(|open| !open.is_empty()))
    }

    /// What the patterns belong to, if they are of a rule or the profile.
    pub(super) fn target(&self, pattern: u32) -> Option<Target> {
        self.targets.get(pattern as usize).filter(|target| target.rule <= self.rules).copied()
    }

    /// The sets that the pattern needs.
    pub(super) fn required(&self, pattern: u32) -> &[u32] {
        self.required.at(pattern as usize)
    }

    /// In which order the sets that the pattern needs are hit: pairs of a set and how many words after the
    /// one before it stands at most.
    pub(super) fn chain(&self, pattern: u32) -> impl Iterator<Item = (u32, u32)> {
        self.chains.at(pattern as usize).chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
    }

    /// The patterns of which the set is the rarest.
    pub(super) fn first_of(&self, set: u32) -> &[u32] {
        self.first_of.at(set as usize)
    }

    /// The sets in which what was hit is.
    pub(super) fn sets_of(&self, key: u32) -> &[u32] {
        self.sets.at(key as usize)
    }

    /// How many sets there are, and how many things that can be hit.
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.open.len(), self.sets.starts.len())
    }
}

/// Every way of every pattern, by target.
fn ways(rules: &LanguageRules, sets: &mut Ways<'_>) -> Vec<(Target, Way)> {
    let mut all = Vec::new();
    let mut add = |rule: usize, patterns: &[Pattern], near: &[SetId], sets: &mut Ways<'_>| {
        for (pattern, of) in patterns.iter().enumerate() {
            for mut way in sets.of(of) {
                way.sets.extend(near);
                all.push((Target { rule, pattern }, way));
            }
        }
    };
    for (index, rule) in rules.rules.iter().enumerate() {
        // These must be hit too, wherever in the clause.
        let near: Vec<SetId> = rule.near.iter().filter_map(|near| sets.of_any(&near.any)).collect();
        add(index, &rule.any, &near, sets);
    }
    let profile = rules.rules.len();
    add(profile, &rules.profile.clause, &[], sets);
    add(profile + 1, &rules.profile.short_title, &[], sets);
    for (index, rule) in rules.rules.iter().enumerate() {
        for (regex, pattern) in rule.regex.iter().zip(rule.any.len()..) {
            let way = sets.of_sets(crate::rule::required_by_regex(regex.as_str()));
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
