//! The baseline: the findings that a repository of drafts knows and does not want to hear of again.
//!
//! Only new findings fail. A finding is known by its fingerprint, which rests on its rule and on words,
//! not on lines or numbers; two identical clauses are two findings, so fingerprints are counted.
//! Documents are paired first by path, then by what stands in them, so that a renamed file and the same
//! draft in another format are still known.

mod current;
mod file;
mod pair;

use std::collections::BTreeMap;

use crate::config::find_rule;
use crate::finding::BaselineState;
use crate::lint::Run;
use crate::rule::{Kind, RuleSet};
use current::Current;

/// The findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Sorted by path; none without findings.
    pub documents: Vec<KnownDocument>,
}

/// The known findings of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDocument {
    /// As it was given, with `/`.
    pub path: String,
    /// 16 hexadecimal digits over the words of the text, whatever its format and layout.
    pub digest: String,
    /// Sorted by rule, then fingerprint.
    pub findings: Vec<KnownFinding>,
}

/// One or more known findings of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFinding {
    /// The rule's id.
    pub rule: String,
    /// What it is known by.
    pub fingerprint: String,
    /// Where it stood, for people.
    pub provision: Option<String>,
    /// Its first words, for people.
    pub words: String,
    /// How many there are; at least one.
    pub count: usize,
}

/// How a baseline was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Findings that it did not know.
    pub added: usize,
    /// Findings that are no longer there.
    pub dropped: usize,
}

impl Baseline {
    /// All that was found in `run`, but for strengths and what is suppressed.
    pub fn of(run: &Run) -> Baseline {
        let documents = current::documents(run);
        let known = documents.iter().map(Current::known).filter(|known| !known.findings.is_empty());
        let mut documents: Vec<KnownDocument> = known.collect();
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        Baseline { documents }
    }

    /// How many findings it knows.
    pub fn findings(&self) -> usize {
        self.documents.iter().map(KnownDocument::count).sum()
    }

    /// Says of every problem in `run` whether it is new or known.
    pub fn mark(&self, run: &mut Run, rules: &RuleSet) {
        let current = current::documents(run);
        let pairs = self.pairs(&current, rules);
        for (current, pair) in current.iter().zip(pairs) {
            let Some(read) = run.documents.get_mut(current.index) else { continue };
            let known = pair.and_then(|known| self.documents.get(known));
            let mut left = known.map(KnownDocument::counts).unwrap_or_default();
            for finding in read.findings.iter_mut().filter(|finding| finding.kind != Kind::Strength) {
                let mut names = std::iter::once(&finding.fingerprint).chain(&finding.former_fingerprints);
                let is_known = names.any(|name| take(&mut left, name));
                finding.baseline = Some(if is_known { BaselineState::Unchanged } else { BaselineState::New });
            }
        }
    }

    /// The baseline with what is new in `run` and without what is gone. Documents that the run did not
    /// read stay where `stays` says so of their path.
    pub fn updated(&self, run: &Run, rules: &RuleSet, stays: impl Fn(&str) -> bool) -> (Baseline, Changed) {
        self.renewed(run, rules, stays, |current, _| current.known())
    }

    /// The baseline without what is gone; nothing is added.
    pub fn pruned(&self, run: &Run, rules: &RuleSet, stays: impl Fn(&str) -> bool) -> (Baseline, Changed) {
        self.renewed(run, rules, stays, |current, known| match known {
            Some(known) => current.shared(known),
            None => KnownDocument { findings: Vec::new(), ..current.known() },
        })
    }

    fn renewed(
        &self,
        run: &Run,
        rules: &RuleSet,
        stays: impl Fn(&str) -> bool,
        renew: impl Fn(&Current, Option<&KnownDocument>) -> KnownDocument,
    ) -> (Baseline, Changed) {
        let current = current::documents(run);
        let pairs = self.pairs(&current, rules);
        let mut documents = Vec::new();
        let mut changed = Changed::default();
        for (current, pair) in current.iter().zip(&pairs) {
            let known = pair.and_then(|known| self.documents.get(known));
            let renewed = renew(current, known);
            let kept = known.map_or(0, |known| current.shared(known).count());
            changed.added += renewed.count().saturating_sub(kept);
            changed.dropped += known.map_or(0, |known| known.count().saturating_sub(kept));
            documents.push(renewed);
        }
        let was_read = |path: &str| current.iter().any(|current| current.path == path);
        for (index, known) in self.documents.iter().enumerate() {
            if pairs.contains(&Some(index)) {
                continue;
            }
            if !was_read(&known.path) && stays(&known.path) {
                documents.push(known.clone());
            } else {
                changed.dropped += known.count();
            }
        }
        documents.retain(|known| !known.findings.is_empty());
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        (Baseline { documents }, changed)
    }

    /// For each document its index in `self.documents`.
    fn pairs(&self, current: &[Current], rules: &RuleSet) -> Vec<Option<usize>> {
        // What a whole document lacks has the same name in every document: it pairs none.
        let tells = |rule: &str| find_rule(rules, rule).is_none_or(|rule| rule.kind != Kind::Absence);
        pair::pairs(&self.documents, current, tells)
    }
}

impl KnownDocument {
    fn count(&self) -> usize {
        self.findings.iter().map(|known| known.count).sum()
    }

    /// How many findings there are of each fingerprint.
    fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for known in &self.findings {
            *counts.entry(known.fingerprint.as_str()).or_default() += known.count;
        }
        counts
    }
}

/// Takes one of `name`, if there is one.
fn take(left: &mut BTreeMap<&str, usize>, name: &str) -> bool {
    match left.get_mut(name).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            true
        }
        None => false,
    }
}
