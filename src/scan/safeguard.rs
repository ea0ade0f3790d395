//! Safeguards with force: which stand in a document, and which bind a power.
//!
//! A warrant clause somewhere in an act cures nothing. A safeguard counts for a power where it stands
//! in the same section, in a section that this one refers to or that refers to it, or where it binds
//! the whole act. A rule says which safeguards silence it and which soften it; a warrant does not cure
//! a mandate that weakens everyone's security, so such rules name none.

use std::collections::BTreeMap;

use super::DocumentScan;
use super::clause::Draft;
use crate::rule::{Force, Kind, Rule};
use crate::text::Span;

/// The safeguards that stand in a document.
pub(super) struct Safeguards {
    shown: Vec<Shown>,
    /// For each section with a power or a safeguard: the sections that it refers to.
    references: BTreeMap<usize, Vec<usize>>,
}

/// A safeguard at its place.
struct Shown {
    rule: usize,
    section: Option<usize>,
    provision: Option<usize>,
    span: Span,
}

/// A safeguard that softened a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Softener {
    /// Its name.
    pub(super) safeguard: String,
    /// The provision in which it stands.
    pub(super) provision: Option<usize>,
    /// Its words, in the text.
    pub(super) span: Span,
}

impl Safeguards {
    /// The safeguards among `drafts`, and where the sections of all of them refer to.
    pub(super) fn of(scan: &DocumentScan<'_>, drafts: &[Draft]) -> Safeguards {
        let mut sections: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for section in drafts.iter().filter_map(|draft| scan.section_of(draft)) {
            sections.entry(section).or_default();
        }
        for (passage, section) in scan.structure.sections().enumerate() {
            let Some(references) = section.and_then(|section| sections.get_mut(&section)) else { continue };
            references.extend(scan.structure.references(scan.document, &scan.rules.language, passage));
        }
        let shown = drafts.iter().filter_map(|draft| {
            let rule = scan.rules.rules.get(draft.rule).filter(|rule| rule.kind == Kind::Strength)?;
            rule.safeguarding.safeguard.as_ref()?;
            Some(Shown {
                rule: draft.rule,
                section: scan.section_of(draft),
                provision: scan.provision_of(draft),
                span: draft.span,
            })
        });
        Safeguards { shown: shown.collect(), references: sections }
    }

    /// The sections that `section` refers to.
    pub(super) fn referred(&self, section: usize) -> &[usize] {
        self.references.get(&section).map_or(&[], Vec::as_slice)
    }

    /// What is left of `drafts` once the safeguards that bind the same power have had their say.
    pub(super) fn weigh(&self, scan: &DocumentScan<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
        let weigh = |mut draft: Draft| {
            let rule = scan.rules.rules.get(draft.rule)?;
            let says = &rule.safeguarding;
            if says.cancelled_by.is_empty() && says.softened_by.is_empty() {
                return Some(draft);
            }
            let bound: Vec<(&Shown, &Rule)> = self.binding(scan, scan.section_of(&draft)).collect();
            let cancels = |name: &String| {
                bound.iter().any(|(_, shown)| {
                    shown.safeguarding.safeguard.as_ref() == Some(name)
                        && shown.safeguarding.force == Force::Cancels
                })
            };
            if says.cancelled_by.iter().any(cancels) {
                return None;
            }
            for softening in &says.softened_by {
                let mut softeners = softeners(&bound, &softening.of);
                if softeners.len() >= softening.at_least {
                    draft.confidence = draft.confidence.lowered();
                    draft.softened_by.append(&mut softeners);
                }
            }
            Some(draft)
        };
        drafts.into_iter().filter_map(weigh).collect()
    }

    /// The safeguards that bind a power in `section`.
    fn binding<'a>(
        &'a self,
        scan: &'a DocumentScan<'_>,
        section: Option<usize>,
    ) -> impl Iterator<Item = (&'a Shown, &'a Rule)> + 'a {
        let refers = |from: Option<usize>, to: Option<usize>| {
            from.zip(to).is_some_and(|(from, to)| self.referred(from).contains(&to))
        };
        let binds = move |shown: &&Shown| {
            shown.section == section || refers(section, shown.section) || refers(shown.section, section)
        };
        let bound = self.shown.iter().filter(binds);
        bound.filter_map(|shown| Some((shown, scan.rules.rules.get(shown.rule)?)))
    }
}

/// The first of each of the safeguards in `names`.
fn softeners(bound: &[(&Shown, &Rule)], names: &[String]) -> Vec<Softener> {
    let first = |name: &String| {
        let (shown, _) = bound.iter().find(|(_, rule)| rule.safeguarding.safeguard.as_ref() == Some(name))?;
        Some(Softener { safeguard: name.clone(), provision: shown.provision, span: shown.span })
    };
    names.iter().filter_map(first).collect()
}
