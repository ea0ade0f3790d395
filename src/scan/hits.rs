//! Which patterns are worth trying where in one document.

use std::ops::Range;

use crate::rule::{Index, Lists};
use crate::text::Span;

/// What of the patterns' words stands where in a document. Places are words, counted from the first of the
/// document.
#[derive(Debug)]
pub(super) struct Hits<'p> {
    index: &'p Index,
    /// Where each word begins in the folded text.
    starts: Vec<u32>,
    /// Pairs of a place and which of `sets` are hit there, ascending.
    places: Vec<(u32, u32)>,
    /// The sets that are hit together; only such as a pattern needs that may stand in this document.
    sets: Vec<Vec<u32>>,
    /// Those of `places` at which something stands by which patterns are looked for, and which of
    /// `looked_for` it is.
    anchors: Vec<(u32, u32)>,
    /// The sets by which patterns are looked for.
    looked_for: Vec<Vec<u32>>,
    /// For each set, the patterns that are looked for by it.
    wanted: Lists,
    /// The sets hit in what is looked at.
    here: Here,
    /// The bits of the sets that need not be hit, since the document extends what they stand for.
    free: Vec<u64>,
}

impl<'p> Hits<'p> {
    /// Looks through the `places`, pairs of a word of those that begin at `starts` and what stands there,
    /// ascending; the sets in `free` need not be hit.
    pub(super) fn new(index: &'p Index, starts: Vec<u32>, places: &[(u32, u32)], free: &[u32]) -> Hits<'p> {
        let (sets, keys) = index.sizes();
        let mut of_key = vec![0_u32; keys];
        let mut present = Vec::new();
        for &(_, key) in places {
            if let Some(count) = of_key.get_mut(key as usize) {
                if *count == 0 {
                    present.push(key);
                }
                *count += 1;
            }
        }
        let count = |key: u32| of_key.get(key as usize).copied().unwrap_or(0);
        let mut of_set = vec![0_u32; sets];
        for &key in &present {
            for set in index.sets_of(key) {
                of_set.get_mut(set as usize).into_iter().for_each(|sum| *sum += count(key));
            }
        }
        let mut free_bits = vec![0; sets.div_ceil(64)];
        for &set in free {
            of_set.get_mut(set as usize).into_iter().for_each(|sum| *sum = u32::MAX);
            note(&mut free_bits, set);
        }
        let (wanted, needed) = wanted(index, &of_set);
        let (mut kept, mut looked_for) = (Numbered::new(keys), Numbered::new(keys));
        for key in present {
            let of_key = index.sets_of(key);
            kept.add(key, of_key.clone().filter(|&set| has(&needed, set)).collect());
            looked_for.add(key, of_key.filter(|&set| !wanted.at(set as usize).is_empty()).collect());
        }
        Hits {
            index,
            starts,
            places: kept.numbers(places),
            sets: kept.lists,
            anchors: looked_for.numbers(places),
            looked_for: looked_for.lists,
            wanted,
            here: Here { bits: vec![0; sets], stamps: vec![0; sets], stamp: 0 },
            free: free_bits,
        }
    }

    /// The patterns worth trying in the text that `spans` of the folded text make up, ascending.
    pub(super) fn candidates(&mut self, spans: impl Iterator<Item = Span>) -> Vec<u32> {
        let ranges: Vec<Range<u32>> = spans.map(|span| self.words_in(span)).collect();
        let mut patterns = Vec::new();
        if ranges.iter().all(|range| within(&self.anchors, range).next().is_none()) {
            return patterns;
        }
        self.note(&ranges);
        let anchors = ranges.iter().flat_map(|range| within(&self.anchors, range));
        let mut lists: Vec<u32> = anchors.map(|(_, list)| list).collect();
        lists.sort_unstable();
        lists.dedup();
        let sets = lists.iter().filter_map(|&list| self.looked_for.get(list as usize)).flatten();
        let mut sets: Vec<u32> = sets.copied().collect();
        sets.sort_unstable();
        sets.dedup();
        for set in sets {
            let of_set = self.wanted.at(set as usize).iter().copied();
            patterns.extend(of_set.filter(|&pattern| self.has_all(pattern)));
        }
        patterns.sort_unstable();
        patterns
    }

    /// Those of `patterns` that are worth trying in the text that `spans` of the folded text make up one
    /// after the other.
    pub(super) fn narrowed(&mut self, patterns: &[u32], spans: impl Iterator<Item = Span>) -> Vec<u32> {
        let ranges: Vec<Range<u32>> = spans.map(|span| self.words_in(span)).collect();
        let scale = self.note(&ranges);
        let is_worth = |&pattern: &u32| self.has_all(pattern) && self.has_chain(pattern, scale);
        patterns.iter().copied().filter(is_worth).collect()
    }

    /// The words that begin in `span` of the folded text.
    fn words_in(&self, span: Span) -> Range<u32> {
        let from = self.starts.partition_point(|&start| start < span.start);
        let rest = self.starts.get(from..).unwrap_or_default();
        // A word takes two bytes at least, with what stands between it and the next.
        let most = (span.end.saturating_sub(span.start) / 2 + 1) as usize;
        let count = rest.get(..most).unwrap_or(rest).partition_point(|&start| start < span.end);
        from as u32..(from + count) as u32
    }

    /// Notes where in `ranges`, one after the other, which sets are hit, and gives how many words share a bit.
    fn note(&mut self, ranges: &[Range<u32>]) -> u32 {
        let words: u32 = ranges.iter().map(|range| range.end - range.start).sum();
        let scale = words.div_ceil(64).max(1);
        self.here.clear();
        let mut before = 0;
        for range in ranges {
            for (at, sets) in within(&self.places, range) {
                let bit = (before + at - range.start) / scale;
                for &set in self.sets.get(sets as usize).into_iter().flatten() {
                    self.here.add(set, bit);
                }
            }
            before += range.end - range.start;
        }
        scale
    }

    /// Whether all sets that the pattern needs are hit.
    fn has_all(&self, pattern: u32) -> bool {
        let is_hit = |set: u32| self.here.at(set) != 0 || has(&self.free, set);
        self.index.required(pattern).all(is_hit)
    }

    /// Whether the sets of the pattern are hit in order and near enough, where so many words share a bit.
    fn has_chain(&self, pattern: u32, scale: u32) -> bool {
        let mut reached: Option<u64> = None;
        let mut reach = 0_u32;
        for (set, further) in self.index.chain(pattern) {
            reach = reach.saturating_add(further);
            if has(&self.free, set) {
                continue;
            }
            let hit = self.here.at(set);
            let next = match reached {
                None => hit,
                Some(from) if scale == 1 => hit & spread(from << 1, reach.saturating_sub(1)),
                Some(from) => hit & spread(from, reach / scale + 1),
            };
            if next == 0 {
                return false;
            }
            reached = Some(next);
            reach = 0;
        }
        true
    }
}

/// Where the sets are hit in what is looked at, a bit for each of its words.
#[derive(Debug)]
struct Here {
    bits: Vec<u64>,
    /// When the bits of each set were noted.
    stamps: Vec<u32>,
    stamp: u32,
}

impl Here {
    fn clear(&mut self) {
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.stamps.fill(0);
            self.stamp = 1;
        }
    }

    fn add(&mut self, set: u32, bit: u32) {
        let set = set as usize;
        if let Some((bits, stamp)) = self.bits.get_mut(set).zip(self.stamps.get_mut(set)) {
            if *stamp != self.stamp {
                (*bits, *stamp) = (0, self.stamp);
            }
            *bits |= 1 << bit.min(63);
        }
    }

    fn at(&self, set: u32) -> u64 {
        let is_noted = self.stamps.get(set as usize) == Some(&self.stamp);
        self.bits.get(set as usize).copied().filter(|_| is_noted).unwrap_or(0)
    }
}

/// The bits that are at most so many places above one of `bits`, those included.
fn spread(mut bits: u64, mut places: u32) -> u64 {
    let mut step = 1;
    while places > 0 && step < 64 {
        let by = step.min(places);
        bits |= bits << by;
        places -= by;
        step *= 2;
    }
    bits
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
fn wanted(index: &Index, of_set: &[u32]) -> (Lists, Vec<u64>) {
    let count = |set: u32| of_set.get(set as usize).copied().unwrap_or(0);
    let hit = (0..of_set.len() as u32).filter(|&set| count(set) > 0);
    let patterns = hit.flat_map(|set| index.first_of(set));
    let rarest = |pattern: u32| {
        let required = index.required(pattern);
        if required.clone().any(|set| count(set) == 0) {
            return None;
        }
        required.min_by_key(|&set| count(set)).map(|rarest| (rarest, pattern))
    };
    let mut pairs: Vec<(u32, u32)> = patterns.filter_map(rarest).collect();
    pairs.sort_unstable();
    let mut needed = vec![0; of_set.len().div_ceil(64)];
    for set in pairs.iter().flat_map(|&(_, pattern)| index.required(pattern)) {
        note(&mut needed, set);
    }
    (Lists::of_pairs(&pairs, of_set.len()), needed)
}

/// What stands at the words of `range`, with the word.
fn within(places: &[(u32, u32)], range: &Range<u32>) -> impl Iterator<Item = (u32, u32)> {
    let first = places.partition_point(|place| place.0 < range.start);
    let (rest, end) = (places.get(first..).unwrap_or_default(), range.end);
    rest.iter().take_while(move |place| place.0 < end).copied()
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn bits_spread_upwards() {
        for (bits, places, expected) in [
            (1, 0, 1),
            (1, 1, 3),
            (1, 5, 0x3f),
            (0b1001, 2, 0b11_1111),
            (1, 63, u64::MAX),
            (1, 900, u64::MAX),
            (2, 4, 0x3e),
        ] {
            assert_eq!(spread(bits, places), expected, "{bits:b} {places}");
        }
    }
}
