//! Two drafts of a bill: what became worse, what became better, what only moved.
//!
//! The clauses of both drafts are aligned by their words ([`align`]), never by lines or numbers. Findings
//! are then matched by fingerprint, and those that are left by rule and aligned clause, so that an edited
//! clause is one finding that changed and not one resolved and one introduced. Safeguards are matched in
//! the same way; what a safeguard says may also weaken without its words going ([`weigh`]): a duty becomes
//! a power, a judge gives way to a minister.

mod align;
mod draft;
mod pieces;
mod safeguards;
mod track;
mod weigh;

use crate::config::find_rule;
use crate::diagnostic::Severity;
use crate::document::{Document, Location};
use crate::finding::Finding;
use crate::lint::ReadDocument;
use crate::rule::{Kind, LanguageRules, Reach, RuleSet};
use align::Aligned;
use draft::Draft;
pub use pieces::Piece;
pub use safeguards::{SafeguardChange, SafeguardState, Weakening};
use track::{Tracked, track};

/// What differs between two drafts.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The path of the old draft, as given.
    pub old: String,
    /// The path of the new draft, as given.
    pub new: String,
    /// Every finding of either draft, by its place in the new one; those that are gone last.
    pub findings: Vec<FindingChange>,
    /// Every safeguard that came, went or changed, the worst first.
    pub safeguards: Vec<SafeguardChange>,
    /// How the clauses of the drafts differ.
    pub clauses: Clauses,
}

/// How many clauses two drafts share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clauses {
    /// In the same words, wherever they stand.
    pub same: usize,
    /// In other words.
    pub edited: usize,
    /// In the old draft alone.
    pub removed: usize,
    /// In the new draft alone.
    pub added: usize,
}

/// One finding in two drafts.
#[derive(Clone, Debug)]
pub struct FindingChange {
    /// What became of it.
    pub state: FindingState,
    /// As it is in the old draft; `None` where it is introduced, or stood behind a stronger one.
    pub old: Option<Finding>,
    /// As it is in the new draft; `None` where it is resolved, or stands behind a stronger one.
    pub new: Option<Finding>,
    /// The clause's words, with what was taken out and put in; empty where they are the same.
    pub words: Vec<Piece>,
    /// Whether it is about the document as a whole, which lacks something.
    pub of_document: bool,
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingState {
    /// The old draft does not have it.
    Introduced,
    /// The new draft does not have it.
    Resolved,
    /// Both have it, in other words or with another severity.
    Changed,
    /// Both have it in the same words, under another number.
    Moved,
    /// Both have it.
    Unchanged,
}

impl FindingState {
    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            FindingState::Introduced => "introduced",
            FindingState::Resolved => "resolved",
            FindingState::Changed => "changed",
            FindingState::Moved => "moved",
            FindingState::Unchanged => "unchanged",
        }
    }
}

/// A clause of one draft, as reports name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Citation of its provision; `None` where the document has no numbering.
    pub provision: Option<String>,
    /// Where it stands in the file.
    pub location: Location,
    /// Its words.
    pub text: String,
}

impl FindingChange {
    /// The finding as it is now, or as it last was.
    pub fn finding(&self) -> Option<&Finding> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// Whether the new draft is worse by it: it is introduced, or graver than it was.
    pub fn is_worse(&self) -> bool {
        match (&self.old, &self.new, self.state) {
            (_, Some(_), FindingState::Introduced) => true,
            (Some(old), Some(new), _) => new.severity > old.severity,
            _ => false,
        }
    }
}

impl Comparison {
    /// Compares two drafts, each with its text; `None` where there are no rules for the language of one.
    pub fn new(
        old: (&ReadDocument, &Document),
        new: (&ReadDocument, &Document),
        rules: &RuleSet,
    ) -> Option<Comparison> {
        let (old, new) = (Draft::new(old.0, old.1, rules)?, Draft::new(new.0, new.1, rules)?);
        let aligned = align::align(&old, &new);
        let is_problem = |finding: &&Finding| finding.kind != Kind::Strength;
        let tracked = track(&old, &new, &aligned, is_problem);
        let mut findings: Vec<FindingChange> =
            tracked.iter().map(|pair| change(&old, &new, rules, pair)).collect();
        findings.sort_by_key(|change| {
            let span = |finding: &Option<Finding>| finding.as_ref().map(|finding| finding.span);
            let rule = change.finding().map(|finding| finding.rule.clone());
            (change.new.is_none(), span(&change.new), span(&change.old), rule)
        });
        let safeguards = safeguards::changes(&old, &new, &aligned);
        let (old_path, new_path) = (old.path.to_owned(), new.path.to_owned());
        let clauses = clauses(&old, &new, &aligned);
        Some(Comparison { old: old_path, new: new_path, findings, safeguards, clauses })
    }

    /// How many findings are in `state`.
    pub fn count(&self, state: FindingState) -> usize {
        self.findings.iter().filter(|change| change.state == state).count()
    }

    /// How many safeguards are in `state`.
    pub fn count_safeguards(&self, state: SafeguardState) -> usize {
        self.safeguards.iter().filter(|change| change.state == state).count()
    }

    /// The gravest of what makes the new draft worse. A safeguard that is removed or weakened is as grave
    /// as a warning.
    pub fn worst(&self) -> Option<Severity> {
        let worse = self.findings.iter().filter(|change| change.is_worse());
        let findings = worse.filter_map(|change| change.new.as_ref()).map(|finding| finding.severity);
        let is_lost = |change: &&SafeguardChange| {
            matches!(change.state, SafeguardState::Removed | SafeguardState::Weakened)
        };
        let safeguards = self.safeguards.iter().filter(is_lost).map(|_| Severity::Warning);
        findings.chain(safeguards).max()
    }
}

fn change(old: &Draft<'_>, new: &Draft<'_>, rules: &RuleSet, pair: &Tracked<'_>) -> FindingChange {
    let Tracked { old: before, new: after, behind, units } = *pair;
    let finding = after.or(before);
    let of_document = finding.is_some_and(|finding| lacks_in_document(rules, finding));
    let state = match (before, after) {
        _ if behind => FindingState::Unchanged,
        (Some(before), Some(after)) if before.fingerprint != after.fingerprint => FindingState::Changed,
        (Some(before), Some(after)) if before.severity != after.severity => FindingState::Changed,
        (Some(_), Some(_)) if of_document => FindingState::Unchanged,
        (Some(before), Some(after)) if before.provision != after.provision => FindingState::Moved,
        (Some(_), Some(_)) => FindingState::Unchanged,
        (None, _) => FindingState::Introduced,
        (Some(_), None) => FindingState::Resolved,
    };
    let differs = matches!(state, FindingState::Changed | FindingState::Introduced | FindingState::Resolved);
    let words = match units {
        (Some(before), Some(after)) if differs && !of_document => pieces::between(old, new, before, after),
        _ => Vec::new(),
    };
    FindingChange { state, old: before.cloned(), new: after.cloned(), words, of_document }
}

fn clauses(old: &Draft<'_>, new: &Draft<'_>, aligned: &Aligned) -> Clauses {
    let is_same = |pair: &(usize, usize)| !differs(old, new, (Some(pair.0), Some(pair.1)));
    let (same, edited): (Vec<_>, Vec<_>) = aligned.pairs().partition(is_same);
    let aligned = same.len() + edited.len();
    Clauses {
        same: same.len(),
        edited: edited.len(),
        removed: old.units.len() - aligned,
        added: new.units.len() - aligned,
    }
}

/// Whether a finding is about the document as a whole, which lacks something, and not about the clause that
/// it points at.
fn lacks_in_document(rules: &RuleSet, finding: &Finding) -> bool {
    let absence = find_rule(rules, &finding.rule).and_then(|rule| rule.safeguarding.absence.as_ref());
    absence.is_some_and(|absence| absence.within == Reach::Document)
}

/// The rules of the language that a document was read in.
fn language<'r>(read: &ReadDocument, rules: &'r RuleSet) -> Option<&'r LanguageRules> {
    rules.language(read.language.as_deref()?)
}

/// Whether two clauses say different things; a clause without a counterpart does.
fn differs(old: &Draft<'_>, new: &Draft<'_>, units: (Option<usize>, Option<usize>)) -> bool {
    let (Some(before), Some(after)) = units else { return true };
    let (before, after) = (old.units.get(before), new.units.get(after));
    before.map(|unit| &unit.known_by) != after.map(|unit| &unit.known_by)
}
