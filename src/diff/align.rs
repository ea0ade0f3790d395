//! Which clause of one draft is which clause of the other.
//!
//! First those of the same words, under the same heading if there is a choice; then the most alike of
//! what is left, found by the pairs of words that they share; last, a clause that alone is left between
//! two that are aligned ("(a) a judge;" that became "(a) the Minister;"). Costs about as much as reading:
//! pairs of words that stand in very many clauses tell none apart and are passed over.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Unit};

/// The least share of words that two clauses have in common, in thousandths.
const ALIKE: usize = 550;
/// The least share where both stand between the same neighbours, in thousandths.
const ALIKE_IN_PLACE: usize = 200;
/// Of clauses as short as this nothing need be shared where both stand between the same neighbours.
const SHORT: usize = 6;
/// A pair of words that stands in more clauses tells none apart.
const MOST_HOLDERS: usize = 48;
/// How many clauses are held against one.
const MOST_CANDIDATES: usize = 8;

/// The clauses of two drafts, aligned: indices of their units.
pub(super) struct Aligned {
    to_new: Vec<Option<usize>>,
    to_old: Vec<Option<usize>>,
}

impl Aligned {
    pub(super) fn new_of(&self, old: usize) -> Option<usize> {
        self.to_new.get(old).copied().flatten()
    }

    pub(super) fn old_of(&self, new: usize) -> Option<usize> {
        self.to_old.get(new).copied().flatten()
    }

    /// All pairs, in the order of the new draft.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.to_old.iter().enumerate().filter_map(|(new, old)| Some(((*old)?, new)))
    }

    /// Aligns the two, unless one of them is aligned.
    fn pair(&mut self, old: usize, new: usize) {
        if let (Some(to_new @ None), Some(to_old @ None)) =
            (self.to_new.get_mut(old), self.to_old.get_mut(new))
        {
            *to_new = Some(new);
            *to_old = Some(old);
        }
    }

    fn left<'u, 'a>(of: &[Option<usize>], units: &'u [Unit<'a>]) -> Vec<(usize, &'u Unit<'a>)> {
        units.iter().enumerate().filter(|(at, _)| of.get(*at) == Some(&None)).collect()
    }
}

pub(super) fn align(old: &Draft<'_>, new: &Draft<'_>) -> Aligned {
    units(&old.units, &new.units)
}

fn units(old: &[Unit<'_>], new: &[Unit<'_>]) -> Aligned {
    let mut aligned = Aligned { to_new: vec![None; old.len()], to_old: vec![None; new.len()] };
    same(&mut aligned, old, new, |unit| (&unit.known_by, unit.heading));
    same(&mut aligned, old, new, |unit| (&unit.known_by, ""));
    alike(&mut aligned, old, new);
    in_place(&mut aligned, old, new);
    aligned
}

/// Aligns clauses with the same key, in order.
fn same<'u, 'a>(
    aligned: &mut Aligned,
    old: &'u [Unit<'a>],
    new: &'u [Unit<'a>],
    key: impl Fn(&'u Unit<'a>) -> (&'u Vec<&'a str>, &'a str),
) {
    let mut by_key: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, unit) in Aligned::left(&aligned.to_old, new).into_iter().rev() {
        by_key.entry(key(unit)).or_default().push(at);
    }
    for (at, unit) in Aligned::left(&aligned.to_new, old) {
        if let Some(other) = by_key.get_mut(&key(unit)).and_then(Vec::pop) {
            aligned.pair(at, other);
        }
    }
}

/// Aligns the clauses that are most alike.
fn alike(aligned: &mut Aligned, old: &[Unit<'_>], new: &[Unit<'_>]) {
    let left = Aligned::left(&aligned.to_old, new);
    let mut holders: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, unit) in &left {
        for pair in word_pairs(unit) {
            holders.entry(pair).or_default().push(*at);
        }
    }
    let mut scored: Vec<(usize, usize, usize)> = Vec::new();
    for (at, unit) in Aligned::left(&aligned.to_new, old) {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let telling = word_pairs(unit).into_iter().filter_map(|pair| holders.get(&pair));
        for holder in telling.filter(|holders| holders.len() <= MOST_HOLDERS).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        let mut candidates: Vec<(usize, usize)> = shared.into_iter().collect();
        candidates.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        for (other, _) in candidates.into_iter().take(MOST_CANDIDATES) {
            let score = new.get(other).map_or(0, |other| likeness(&unit.known_by, &other.known_by));
            if score >= ALIKE {
                scored.push((score, at, other));
            }
        }
    }
    scored.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, at, other) in scored {
        aligned.pair(at, other);
    }
}

fn word_pairs<'a>(unit: &Unit<'a>) -> BTreeSet<(&'a str, &'a str)> {
    unit.known_by.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

/// Aligns a clause that alone is left between two that are aligned with neighbours of another.
fn in_place(aligned: &mut Aligned, old: &[Unit<'_>], new: &[Unit<'_>]) {
    for (at, unit) in Aligned::left(&aligned.to_new, old) {
        let before = match at.checked_sub(1) {
            Some(last) => aligned.new_of(last).map(|new| new + 1),
            None => Some(0),
        };
        let after = if at + 1 == old.len() { Some(new.len()) } else { aligned.new_of(at + 1) };
        let Some(other) = before.filter(|other| after == Some(other + 1)) else { continue };
        let is_like = new.get(other).is_some_and(|other| {
            let shorter = unit.known_by.len().min(other.known_by.len());
            shorter <= SHORT || likeness(&unit.known_by, &other.known_by) >= ALIKE_IN_PLACE
        });
        if is_like {
            aligned.pair(at, other);
        }
    }
}

/// The share of words that two clauses have in common, in thousandths.
fn likeness(a: &[&str], b: &[&str]) -> usize {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    a.sort_unstable();
    b.sort_unstable();
    let (mut at, mut other, mut shared) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(at), b.get(other)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                at += 1;
                other += 1;
            }
        }
    }
    2000 * shared / (a.len() + b.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Clause;
    use crate::text::Span;

    /// Clauses as lines of words; `heading: words`.
    fn check(old: &[&str], new: &[&str], expected: &[Option<usize>]) {
        let units = |lines: &[&'static str]| -> Vec<Unit<'static>> {
            let unit = |line: &&'static str| {
                let (heading, words) = line.split_once(": ").unwrap_or(("", line));
                let clause = Clause { span: Span::new(0, 0), lead: Vec::new(), tail: None, passage: 0 };
                Unit { clause, known_by: words.split(' ').collect(), heading }
            };
            lines.iter().map(unit).collect()
        };
        let leak = |lines: &[&str]| -> Vec<&'static str> {
            lines.iter().map(|line| &*Box::leak((*line).to_owned().into_boxed_str())).collect()
        };
        let aligned = super::units(&units(&leak(old)), &units(&leak(new)));
        assert_eq!(aligned.to_new, expected, "{old:?} {new:?}");
    }

    #[test]
    fn clauses_are_aligned() {
        check(&["a b", "c d"], &["c d", "x y", "a b"], &[Some(2), Some(0)]);
        check(&["one: a", "two: a"], &["two: a", "one: a"], &[Some(1), Some(0)]);
        check(&["a", "a"], &["a"], &[Some(0), None]);
        let judge = "a judge may issue a warrant on application by an officer";
        let minister = "the minister may issue a warrant on application by an officer";
        check(&[judge, "the cat sleeps"], &["an apple a day keeps", minister], &[Some(1), None]);
        check(&["x y", "a judge", "z"], &["x y", "the minister", "z"], &[Some(0), Some(1), Some(2)]);
        check(&["x y", "a judge", "z"], &["x y", "z"], &[Some(0), None, Some(1)]);
        check(&[], &["a"], &[]);
        check(&["a b c d e f g h"], &["i j k l m n o p"], &[None]);
    }
}
