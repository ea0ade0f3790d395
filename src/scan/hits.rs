//! Which patterns are worth trying where in one document.

use super::prefilter::Prefilter;
use crate::text::Span;

/// What of the patterns' words stands where in a document.
#[derive(Debug)]
pub(super) struct Hits<'p> {
    prefilter: &'p Prefilter,
    /// Pairs of a place in the folded text and what stands there, ascending.
    places: Vec<(u32, u32)>,
    /// Those of the places at which something stands by which a pattern is looked for.
    anchors: Vec<(u32, u32)>,
    /// Pairs of a set and a pattern that is looked for by it, ascending: the patterns for which all sets are
    /// somewhere in the document.
    wanted: Vec<(u32, u32)>,
    /// A bit for each set.
    here: Vec<u64>,
}

impl<'p> Hits<'p> {
    /// Looks through the `places`, pairs of a place in the folded text and what stands there, ascending.
    pub(super) fn new(prefilter: &'p Prefilter, places: Vec<(u32, u32)>) -> Hits<'p> {
        let (sets, keys) = prefilter.sizes();
        let mut of_key = vec![0_u32; keys];
        for &(_, key) in &places {
            of_key.get_mut(key as usize).into_iter().for_each(|count| *count += 1);
        }
        let mut of_set = vec![0_u32; sets];
        let present = || (0_u32..).zip(&of_key).filter(|(_, count)| **count > 0);
        for (key, count) in present() {
            for &set in prefilter.sets_of(key) {
                of_set.get_mut(set as usize).into_iter().for_each(|sum| *sum += count);
            }
        }
        let wanted = wanted(prefilter, &of_set);
        let is_anchor = |key: u32| prefilter.sets_of(key).iter().any(|&set| !patterns_of(&wanted, set).is_empty());
        let mut anchoring = vec![false; keys];
        for (key, _) in present() {
            anchoring.get_mut(key as usize).into_iter().for_each(|anchors| *anchors = is_anchor(key));
        }
        let anchors = |(_, key): &&(u32, u32)| anchoring.get(*key as usize) == Some(&true);
        let anchors = places.iter().filter(anchors).copied().collect();
        Hits { prefilter, places, anchors, wanted, here: vec![0; sets.div_ceil(64)] }
    }

    /// The patterns worth trying in the text that `spans` of the folded text make up, ascending.
    pub(super) fn candidates(&mut self, spans: &[Span]) -> Vec<u32> {
        let mut keys: Vec<u32> = spans.iter().flat_map(|&span| within(&self.anchors, span)).collect();
        if keys.is_empty() {
            return keys;
        }
        keys.sort_unstable();
        keys.dedup();
        self.note(spans);
        let sets = keys.iter().flat_map(|&key| self.prefilter.sets_of(key));
        let patterns = sets.flat_map(|&set| patterns_of(&self.wanted, set)).map(|(_, pattern)| *pattern);
        let mut patterns: Vec<u32> = patterns.filter(|&pattern| self.has_all(pattern)).collect();
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
        self.here.fill(0);
        for key in spans.iter().flat_map(|&span| within(&self.places, span)) {
            for &set in self.prefilter.sets_of(key) {
                self.here.get_mut(set as usize / 64).into_iter().for_each(|bits| *bits |= 1 << (set % 64));
            }
        }
    }

    fn has_all(&self, pattern: u32) -> bool {
        let has = |&set: &u32| self.here.get(set as usize / 64).is_some_and(|bits| bits & (1 << (set % 64)) != 0);
        self.prefilter.required(pattern).iter().all(has)
    }
}

/// For each pattern all of whose sets are hit: the rarest of them, ascending.
fn wanted(prefilter: &Prefilter, of_set: &[u32]) -> Vec<(u32, u32)> {
    let count = |set: u32| of_set.get(set as usize).copied().unwrap_or(0);
    let hit = (0..of_set.len() as u32).filter(|&set| count(set) > 0);
    let patterns = hit.flat_map(|set| prefilter.first_of(set));
    let rarest = |&pattern: &u32| {
        let required = prefilter.required(pattern);
        let rarest = required.iter().copied().min_by_key(|&set| count(set))?;
        (count(rarest) > 0).then_some((rarest, pattern))
    };
    let mut wanted: Vec<(u32, u32)> = patterns.filter_map(rarest).collect();
    wanted.sort_unstable();
    wanted
}

/// The pairs of `set`.
fn patterns_of(wanted: &[(u32, u32)], set: u32) -> &[(u32, u32)] {
    let start = wanted.partition_point(|pair| pair.0 < set);
    let rest = wanted.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|pair| pair.0 == set)).unwrap_or_default()
}

/// What stands in `span`.
fn within(places: &[(u32, u32)], span: Span) -> impl Iterator<Item = u32> {
    let first = places.partition_point(|place| place.0 < span.start);
    let rest = places.get(first..).unwrap_or_default();
    rest.iter().take_while(move |place| place.0 < span.end).map(|place| place.1)
}
