//! Which patterns are worth trying where in one document.

use super::prefilter::{Lists, Prefilter};
use crate::text::Span;

/// What of the patterns' words stands where in a document.
#[derive(Debug)]
pub(super) struct Hits<'p> {
    prefilter: &'p Prefilter,
    /// Pairs of a place in the folded text and which of `sets` are hit there, ascending.
    places: Vec<(u32, u32)>,
    /// The sets that are hit together; only such as a pattern needs that may stand in this document.
    sets: Vec<Vec<u32>>,
    /// Pairs of a place at which something stands by which patterns are looked for, and which of `looked_for`
    /// these are; ascending.
    anchors: Vec<(u32, u32)>,
    looked_for: Vec<Vec<u32>>,
    /// A bit for each set.
    here: Vec<u64>,
    /// The bits of the sets that need not be hit, since the document extends what they stand for.
    free: Vec<u64>,
}

impl<'p> Hits<'p> {
    /// Looks through the `places`, pairs of a place in the folded text and what stands there, ascending; the
    /// sets in `free` need not be hit.
    pub(super) fn new(prefilter: &'p Prefilter, places: &[(u32, u32)], free: &[u32]) -> Hits<'p> {
        let (sets, keys) = prefilter.sizes();
        let mut of_key = vec![0_u32; keys];
        for &(_, key) in places {
            of_key.get_mut(key as usize).into_iter().for_each(|count| *count += 1);
        }
        let present: Vec<(u32, u32)> =
            (0..).zip(of_key.iter().copied()).filter(|(_, count)| *count > 0).collect();
        let mut of_set = vec![0_u32; sets];
        for &(key, count) in &present {
            for &set in prefilter.sets_of(key) {
                of_set.get_mut(set as usize).into_iter().for_each(|sum| *sum += count);
            }
        }
        let mut free_bits = vec![0; sets.div_ceil(64)];
        for &set in free {
            of_set.get_mut(set as usize).into_iter().for_each(|sum| *sum = u32::MAX);
            note(&mut free_bits, set);
        }
        let (wanted, needed) = wanted(prefilter, &of_set);
        let (mut kept, mut looked_for) = (Numbered::new(keys), Numbered::new(keys));
        for (key, _) in present {
            let of_key = prefilter.sets_of(key);
            kept.add(key, of_key.iter().copied().filter(|&set| has(&needed, set)).collect());
            let patterns = of_key.iter().flat_map(|&set| wanted.at(set as usize));
            let mut patterns: Vec<u32> = patterns.copied().collect();
            patterns.sort_unstable();
            patterns.dedup();
            looked_for.add(key, patterns);
        }
        Hits {
            prefilter,
            places: kept.numbers(places),
            sets: kept.lists,
            anchors: looked_for.numbers(places),
            looked_for: looked_for.lists,
            here: vec![0; sets.div_ceil(64)],
            free: free_bits,
        }
    }

    /// The patterns worth trying in the text that `spans` of the folded text make up, ascending.
    pub(super) fn candidates(&mut self, spans: &[Span]) -> Vec<u32> {
        let mut lists: Vec<u32> = spans.iter().flat_map(|&span| within(&self.anchors, span)).collect();
        if lists.is_empty() {
            return lists;
        }
        lists.sort_unstable();
        lists.dedup();
        self.note(spans);
        let lists = lists.iter().filter_map(|&list| self.looked_for.get(list as usize));
        let mut patterns: Vec<u32> =
            lists.flatten().copied().filter(|&pattern| self.has_all(pattern)).collect();
        patterns.sort_unstable();
        patterns.dedup();
        patterns
    }

    /// Those of `patterns` that are worth trying in the text that `spans` make up.
    pub(super) fn narrowed(&mut self, patterns: &[u32], spans: &[Span]) -> Vec<u32> {
        self.note(spans);
        patterns.iter().copied().filter(|&pattern| self.has_all(pattern)).collect()
    }

    /// Notes which sets are hit in `spans`.
    fn note(&mut self, spans: &[Span]) {
        self.here.copy_from_slice(&self.free);
        for sets in spans.iter().flat_map(|&span| within(&self.places, span)) {
            for &set in self.sets.get(sets as usize).into_iter().flatten() {
                note(&mut self.here, set);
            }
        }
    }

    fn has_all(&self, pattern: u32) -> bool {
        self.prefilter.required(pattern).iter().all(|&set| has(&self.here, set))
    }
}

/// Lists of some of the keys, numbered as they come.
struct Numbered {
    /// Of each key, 1 more than the number of its list; 0 for none.
    of_key: Vec<u32>,
    lists: Vec<Vec<u32>>,
}

impl Numbered {
    fn new(keys: usize) -> Numbered {
        Numbered { of_key: vec![0; keys], lists: Vec::new() }
    }

    /// Adds a list, unless it is empty.
    fn add(&mut self, key: u32, list: Vec<u32>) {
        if !list.is_empty() {
            self.lists.push(list);
            let number = self.lists.len() as u32;
            self.of_key.get_mut(key as usize).into_iter().for_each(|of_key| *of_key = number);
        }
    }

    /// The places whose key has a list, with its number.
    fn numbers(&self, places: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let number = |key: u32| self.of_key.get(key as usize)?.checked_sub(1);
        places.iter().filter_map(|&(at, key)| Some((at, number(key)?))).collect()
    }
}

fn note(bits: &mut [u64], set: u32) {
    bits.get_mut(set as usize / 64).into_iter().for_each(|bits| *bits |= 1 << (set % 64));
}

fn has(bits: &[u64], set: u32) -> bool {
    bits.get(set as usize / 64).is_some_and(|bits| bits & (1 << (set % 64)) != 0)
}

/// For each set the patterns that are looked for by it: those for which all sets are hit somewhere and this
/// one is the rarest. And the bits of all sets that such patterns need.
fn wanted(prefilter: &Prefilter, of_set: &[u32]) -> (Lists, Vec<u64>) {
    let count = |set: u32| of_set.get(set as usize).copied().unwrap_or(0);
    let hit = (0..of_set.len() as u32).filter(|&set| count(set) > 0);
    let patterns = hit.flat_map(|set| prefilter.first_of(set));
    let rarest = |&pattern: &u32| {
        let required = prefilter.required(pattern);
        let rarest = required.iter().copied().min_by_key(|&set| count(set))?;
        (count(rarest) > 0).then_some((rarest, pattern))
    };
    let mut pairs: Vec<(u32, u32)> = patterns.filter_map(rarest).collect();
    pairs.sort_unstable();
    let mut needed = vec![0; of_set.len().div_ceil(64)];
    for &set in pairs.iter().flat_map(|&(_, pattern)| prefilter.required(pattern)) {
        note(&mut needed, set);
    }
    (Lists::of_pairs(&pairs, of_set.len()), needed)
}

/// What stands in `span`.
fn within(places: &[(u32, u32)], span: Span) -> impl Iterator<Item = u32> {
    let first = places.partition_point(|place| place.0 < span.start);
    let rest = places.get(first..).unwrap_or_default();
    rest.iter().take_while(move |place| place.0 < span.end).map(|place| place.1)
}
