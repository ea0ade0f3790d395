//! What a run found, as a baseline counts it.
//!
//! A clause is reported once, by its strongest finding; the weaker ones stand in its related findings.
//! All of them are counted: when the strongest is mended, the next one is no news.

use std::collections::{BTreeMap, BTreeSet};

use super::{KnownDocument, KnownFinding};
use crate::finding::Finding;
use crate::lint::{ReadDocument, Run};
use crate::rule::Kind;
use crate::text::Span;

/// How many words of a finding are shown to people.
const WORDS: usize = 12;

/// One document of a run.
pub(super) struct Current {
    /// Its index in the run.
    pub(super) index: usize,
    pub(super) path: String,
    pub(super) digest: String,
    /// Sorted by rule, then fingerprint.
    pub(super) findings: Vec<Counted>,
}

/// The findings of one name.
pub(super) struct Counted {
    pub(super) known: KnownFinding,
    /// The names that they had under the rule's former ids.
    pub(super) former: Vec<String>,
}

/// The documents that rules were held against, in the order of the run.
pub(super) fn documents(run: &Run) -> Vec<Current> {
    let checked = run.documents.iter().enumerate().filter(|(_, read)| read.status.is_checked());
    checked.map(|(index, read)| Current::new(index, read)).collect()
}

impl Current {
    fn new(index: usize, read: &ReadDocument) -> Current {
        let mut counted: BTreeMap<(&str, &str), Counted> = BTreeMap::new();
        let mut seen: BTreeSet<(Span, &str)> = BTreeSet::new();
        let wanted = |finding: &&Finding| finding.kind != Kind::Strength && finding.suppressed.is_none();
        for finding in read.findings.iter().filter(wanted) {
            if seen.insert((finding.clause, &finding.fingerprint)) {
                count(
                    &mut counted,
                    finding,
                    &finding.rule,
                    &finding.fingerprint,
                    &finding.former_fingerprints,
                );
            }
        }
        for finding in read.findings.iter().filter(wanted) {
            for related in &finding.related {
                if seen.insert((finding.clause, &related.fingerprint)) {
                    count(&mut counted, finding, &related.rule, &related.fingerprint, &[]);
                }
            }
        }
        Current {
            index,
            path: known_path(&read.path).to_owned(),
            digest: read.digest.clone(),
            findings: counted.into_values().collect(),
        }
    }

    /// As a baseline keeps it.
    pub(super) fn known(&self) -> KnownDocument {
        let findings = self.findings.iter().map(|counted| counted.known.clone()).collect();
        KnownDocument { path: self.path.clone(), digest: self.digest.clone(), findings }
    }

    /// What of `known` is still there, under the names that it has in the baseline.
    pub(super) fn shared(&self, known: &KnownDocument) -> KnownDocument {
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        let mut now: BTreeMap<&str, &str> = BTreeMap::new();
        for counted in &self.findings {
            let name = counted.known.fingerprint.as_str();
            left.insert(name, counted.known.count);
            now.extend(counted.former.iter().map(|former| (former.as_str(), name)));
        }
        let mut findings = Vec::new();
        for entry in &known.findings {
            let name = entry.fingerprint.as_str();
            let name = if left.contains_key(name) { Some(name) } else { now.get(name).copied() };
            let Some(there) = name.and_then(|name| left.get_mut(name)) else { continue };
            let count = entry.count.min(*there);
            *there -= count;
            if count > 0 {
                findings.push(KnownFinding { count, ..entry.clone() });
            }
        }
        KnownDocument { path: self.path.clone(), digest: self.digest.clone(), findings }
    }
}

fn count<'f>(
    counted: &mut BTreeMap<(&'f str, &'f str), Counted>,
    finding: &'f Finding,
    rule: &'f str,
    fingerprint: &'f str,
    former: &[String],
) {
    let known = || KnownFinding {
        rule: rule.to_owned(),
        fingerprint: fingerprint.to_owned(),
        provision: finding.provision.clone(),
        words: first_words(&finding.text),
        count: 0,
    };
    let entry = counted
        .entry((rule, fingerprint))
        .or_insert_with(|| Counted { known: known(), former: former.to_vec() });
    entry.known.count += 1;
}

fn first_words(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().take(WORDS + 1).collect();
    if words.len() > WORDS {
        words.truncate(WORDS);
        words.push("…");
    }
    words.join(" ")
}

/// A path without what says nothing.
fn known_path(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}
