//! A draft as it is compared: its clauses, each with the words that it is known by.

use std::collections::BTreeMap;

use super::{Spot, language};
use crate::document::{Document, Word};
use crate::finding::Finding;
use crate::language::Zone;
use crate::lint::ReadDocument;
use crate::rule::{LanguageRules, RuleSet};
use crate::structure::{Clause, Passage, Structure, without_references};
use crate::text::Span;

/// One draft.
pub(super) struct Draft<'a> {
    pub(super) path: &'a str,
    pub(super) document: &'a Document,
    pub(super) rules: &'a LanguageRules,
    pub(super) findings: &'a [Finding],
    /// Its clauses, in order.
    pub(super) units: Vec<Unit<'a>>,
    structure: Structure,
    by_span: BTreeMap<Span, usize>,
}

/// One clause of a draft.
pub(super) struct Unit<'a> {
    pub(super) clause: Clause,
    /// Its folded words, numbers of cross references left out.
    pub(super) known_by: Vec<&'a str>,
    /// The heading nearest above it, as it stands in the text.
    pub(super) heading: &'a str,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        read: &'a ReadDocument,
        document: &'a Document,
        rules: &'a RuleSet,
    ) -> Option<Draft<'a>> {
        let rules = language(read, rules)?;
        let structure = Structure::new(document, &rules.language);
        let mut units = Vec::new();
        for (index, passage) in structure.passages.iter().enumerate() {
            if !is_compared(passage) {
                continue;
            }
            let heading = structure.heading_of(index).map_or("", |span| span.of(document.text()));
            for clause in structure.clauses(document, &rules.language, index) {
                let words = words(document, rules, clause.span);
                let known_by = without_references(document.folded(), &words, &rules.language.structure);
                if !known_by.is_empty() {
                    units.push(Unit { clause, known_by, heading });
                }
            }
        }
        let by_span = units.iter().zip(0..).map(|(unit, at)| (unit.clause.span, at)).collect();
        Some(Draft { path: &read.path, document, rules, findings: &read.findings, units, structure, by_span })
    }

    /// The clause in which a finding stands, an index of `units`.
    pub(super) fn unit_of(&self, finding: &Finding) -> Option<usize> {
        self.by_span.get(&finding.clause).copied()
    }

    /// The words of a clause, its lead-in left out.
    pub(super) fn words(&self, unit: usize) -> Vec<Word> {
        self.units.get(unit).map_or(Vec::new(), |unit| words(self.document, self.rules, unit.clause.span))
    }

    /// How reports name a clause.
    pub(super) fn spot(&self, unit: usize) -> Option<Spot> {
        let clause = &self.units.get(unit)?.clause;
        let provision = self.structure.passages.get(clause.passage).and_then(Passage::provision);
        let provision = provision.map(|at| self.structure.citation(&self.rules.language, at));
        Some(Spot {
            provision: provision.filter(|citation| !citation.is_empty()),
            location: self.document.locate(clause.span),
            text: clause.span.of(self.document.text()).to_owned(),
        })
    }
}

/// Whether the text says something that two drafts may say differently.
fn is_compared(passage: &Passage) -> bool {
    match passage.zone {
        Zone::Operative | Zone::Definition | Zone::Purpose | Zone::Recital => true,
        Zone::Heading | Zone::Contents | Zone::Note | Zone::Struck => false,
    }
}

fn words(document: &Document, rules: &LanguageRules, span: Span) -> Vec<Word> {
    let mut words = Vec::new();
    let (folded, span) = (document.folded(), document.to_folded(span));
    crate::document::append_words(
        folded,
        span,
        &rules.language.possessive,
        crate::document::Break::None,
        &mut words,
    );
    words
}
