//! Which document of a baseline is which document of a run.
//!
//! By path, where anything in them is the same; then by their words; then by their findings, where at
//! least half of those of the smaller one are shared. A path alone pairs nothing: where one bill is
//! renamed and another takes its name, each keeps its own findings.

use std::collections::BTreeMap;

use super::KnownDocument;
use super::current::Current;

/// For each document of a run its index in `known`. `tells` says whether findings of a rule tell
/// documents apart.
pub(super) fn pairs(
    known: &[KnownDocument],
    current: &[Current],
    tells: impl Fn(&str) -> bool,
) -> Vec<Option<usize>> {
    let mut pairing = Pairing { of_current: vec![None; current.len()], is_taken: vec![false; known.len()] };
    let by_path: BTreeMap<&str, usize> =
        known.iter().zip(0..).map(|(known, at)| (&*known.path, at)).collect();
    for (at, document) in current.iter().enumerate() {
        let same = by_path.get(document.path.as_str()).and_then(|&at| Some((at, known.get(at)?)));
        if let Some((index, _)) = same.filter(|(_, known)| is_alike(known, document)) {
            pairing.pair(at, index);
        }
    }
    for (at, document) in current.iter().enumerate() {
        let same = |(_, known): &(usize, &KnownDocument)| known.digest == document.digest;
        let same = known.iter().enumerate().filter(same).find(|(index, _)| !pairing.is_taken(*index));
        if let Some((index, _)) = same.filter(|_| !document.digest.is_empty()) {
            pairing.pair(at, index);
        }
    }
    let index = Index::new(known, &pairing, &tells);
    let left = current.iter().enumerate().filter(|(at, _)| pairing.of_current.get(*at) == Some(&None));
    let mut alike: Vec<(usize, usize, usize)> = Vec::new();
    for (at, document) in left {
        alike.extend(index.alike(document, &tells).into_iter().map(|(shared, known)| (shared, at, known)));
    }
    // The most alike first; of two as alike, the first.
    alike.sort_by(|a, b| b.0.cmp(&a.0).then(a.cmp(b)));
    for (_, at, index) in alike {
        pairing.pair(at, index);
    }
    pairing.of_current
}

struct Pairing {
    of_current: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairing {
    fn is_taken(&self, known: usize) -> bool {
        self.is_taken.get(known).copied().unwrap_or(true)
    }

    /// Pairs the two, unless one of them is paired.
    fn pair(&mut self, current: usize, known: usize) {
        let (Some(pair), Some(taken)) = (self.of_current.get_mut(current), self.is_taken.get_mut(known))
        else {
            return;
        };
        if pair.is_none() && !*taken {
            *pair = Some(known);
            *taken = true;
        }
    }
}

/// Whether two documents of one path have anything in common.
fn is_alike(known: &KnownDocument, current: &Current) -> bool {
    let counts = known.counts();
    known.digest == current.digest
        || current.findings.iter().any(|counted| {
            let mut names = std::iter::once(&counted.known.fingerprint).chain(&counted.former);
            names.any(|name| counts.contains_key(name.as_str()))
        })
}

/// In which documents of a baseline that are not yet paired each fingerprint stands.
struct Index<'k> {
    by_name: BTreeMap<&'k str, Vec<(usize, usize)>>,
    /// How many findings of each document tell it from others.
    telling: BTreeMap<usize, usize>,
}

impl<'k> Index<'k> {
    fn new(known: &'k [KnownDocument], pairing: &Pairing, tells: impl Fn(&str) -> bool) -> Index<'k> {
        let mut index = Index { by_name: BTreeMap::new(), telling: BTreeMap::new() };
        for (at, document) in known.iter().enumerate().filter(|(at, _)| !pairing.is_taken(*at)) {
            for finding in document.findings.iter().filter(|finding| tells(&finding.rule)) {
                index.by_name.entry(&finding.fingerprint).or_default().push((at, finding.count));
                *index.telling.entry(at).or_default() += finding.count;
            }
        }
        index
    }

    /// The documents that share at least half with `current`, with how many findings they share.
    fn alike(&self, current: &Current, tells: impl Fn(&str) -> bool) -> Vec<(usize, usize)> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let mut all = 0;
        for counted in current.findings.iter().filter(|counted| tells(&counted.known.rule)) {
            all += counted.known.count;
            let mut names = std::iter::once(&counted.known.fingerprint).chain(&counted.former);
            let known = names.find_map(|name| self.by_name.get(name.as_str()));
            for (at, count) in known.into_iter().flatten() {
                *shared.entry(*at).or_default() += count.min(&counted.known.count);
            }
        }
        let is_half = |at: usize, shared: usize| {
            let smaller = self.telling.get(&at).copied().unwrap_or_default().min(all);
            shared * 2 >= smaller
        };
        shared
            .into_iter()
            .filter(|(at, shared)| is_half(*at, *shared))
            .map(|(at, shared)| (shared, at))
            .collect()
    }
}
