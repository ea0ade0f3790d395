//! One clause against the rules that may match it.

use std::ops::Range;

use crate::context::{self, Reading};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::language::{Modality, Zone};
use crate::rule::{Confidence, DefinedTerms, Kind, LanguageRules, Matcher, Near, Rule, Scratch, Target};
use crate::structure::{Clause, View};
use crate::text::Span;

use super::profile::Cue;
use super::safeguard::Softener;

/// A match whose conditions hold in its clause; what depends on the rest of the document is not yet
/// decided.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The rule, an index of the language's rules.
    pub(super) rule: usize,
    pub(super) clause: Clause,
    /// What is reported, in the text.
    pub(super) span: Span,
    /// The word of duty or power that governs, in the text.
    pub(super) cue: Option<Span>,
    /// What that word makes of the clause.
    pub(super) modality: Modality,
    pub(super) confidence: Confidence,
    /// The safeguards that made it less grave.
    pub(super) softened_by: Vec<Softener>,
    /// Of an absence, the provisions in which the safeguard was looked for.
    pub(super) looked_in: Vec<usize>,
}

/// The words of a match, how they are read, and how sure it is that they mean what the rule says.
type Match = (Range<usize>, Reading, Confidence);

/// A clause with its words, ready to be held against rules.
pub(super) struct ClauseScan<'a> {
    document: &'a Document,
    rules: &'a LanguageRules,
    clause: &'a Clause,
    view: &'a View<'a>,
    zone: Zone,
    matcher: Matcher<'a>,
}

impl<'a> ClauseScan<'a> {
    pub(super) fn new(
        document: &'a Document,
        rules: &'a LanguageRules,
        terms: &'a DefinedTerms,
        clause: &'a Clause,
        view: &'a View<'a>,
        (zone, scratch): (Zone, Scratch),
    ) -> ClauseScan<'a> {
        let matcher = Matcher::with_scratch(&rules.lexicon, terms, view.folded, &view.words, scratch);
        ClauseScan { document, rules, clause, view, zone, matcher }
    }

    /// What the scan worked with, for the next clause.
    pub(super) fn into_scratch(self) -> Scratch {
        self.matcher.into_scratch()
    }

    /// The match of a rule in this clause, if one of its patterns `targets` has one whose conditions hold. A
    /// clause is reported once for each rule.
    pub(super) fn try_rule(
        &mut self,
        targets: &[Target],
        provision_has: impl Fn(&Rule) -> bool,
    ) -> Option<Draft> {
        let index = targets.first()?.rule;
        let rule = self.rules.rules.get(index)?;
        if !rule.zones.contains(&self.zone) {
            return None;
        }
        let (at, reading, confidence) = self.most_telling(rule, targets)?;
        if !rule.unless_in_provision.is_empty() && provision_has(rule) {
            return None;
        }
        let reported = at.start.max(self.view.body.start)..at.end.min(self.view.body.end);
        Some(Draft {
            rule: index,
            clause: self.clause.clone(),
            span: self.text_of(reported)?,
            modality: reading.modality,
            cue: reading.cue.and_then(|cue| self.text_of(cue)),
            confidence,
            softened_by: Vec::new(),
            looked_in: Vec::new(),
        })
    }

    /// The first of the cues `targets` of the document profile that stands in the clause.
    pub(super) fn cue_of_subject(&mut self, targets: &[Target]) -> Option<Cue> {
        let all = 0..self.view.words.len();
        let profile = &self.rules.profile;
        targets.iter().find_map(|target| {
            let cue = Cue::of(*target, profile);
            let pattern = match cue {
                Cue::Clause => profile.clause.get(target.pattern),
                Cue::Recurring => profile.recurring.get(target.pattern - profile.clause.len()),
            };
            self.matcher.occurs(pattern?, all.clone()).then_some(cue)
        })
    }

    /// The first match that is more than a note, or else the first: words that are only an aside do not hide
    /// the power that the same clause grants further on.
    fn most_telling(&mut self, rule: &Rule, targets: &[Target]) -> Option<Match> {
        let mut aside = None;
        let mut vetoed = None;
        for target in targets {
            for at in self.occurrences(rule, *target) {
                if *vetoed.get_or_insert_with(|| self.is_vetoed(rule)) {
                    return None;
                }
                let Some((reading, confidence)) = self.holds(rule, &at) else { continue };
                if confidence > Confidence::Low || rule.confidence == Confidence::Low {
                    return Some((at, reading, confidence));
                }
                aside.get_or_insert((at, reading, confidence));
            }
        }
        aside
    }

    /// Where a phrase or regex of the rule occurs, in words.
    fn occurrences(&mut self, rule: &Rule, target: Target) -> Vec<Range<usize>> {
        if let Some(pattern) = rule.any.get(target.pattern) {
            return self.matcher.matches(pattern, self.view.body.clone());
        }
        let regex = target.pattern.checked_sub(rule.any.len()).and_then(|index| rule.regex.get(index));
        let body = self.document.to_folded(self.clause.span);
        let base = body.start as usize;
        let text = body.of(self.view.folded);
        let found = regex.into_iter().flat_map(|regex| regex.find_iter(text));
        found.filter_map(|found| self.words_of(base + found.start..base + found.end)).collect()
    }

    /// Whether something stands in the clause that the rule excludes.
    fn is_vetoed(&mut self, rule: &Rule) -> bool {
        let (view, language) = (self.view, &self.rules.language);
        let affirmed = |at| !context::is_denied(view.folded, &view.words, at, language);
        rule.unless.iter().any(|pattern| self.matcher.occurs_where(pattern, 0..view.words.len(), affirmed))
    }

    /// Whether the conditions of the rule hold for the words `at`, and how sure that is.
    fn holds(&mut self, rule: &Rule, at: &Range<usize>) -> Option<(Reading, Confidence)> {
        if !rule.near.iter().all(|near| self.stands_near(near, at)) {
            return None;
        }
        let reading = context::read(self.view, at.clone(), &self.rules.language);
        if !rule.context.is_empty() && !rule.context.contains(&reading.modality) {
            return None;
        }
        let subject = reading.subject.clone().unwrap_or_default();
        if rule.unless_subject.iter().any(|&class| self.matcher.class_in(class, subject.clone()).is_some()) {
            return None;
        }
        let mut confidence = rule.confidence;
        if reading.aside && matches!(rule.kind, Kind::Presence | Kind::Absence) {
            confidence = Confidence::Low;
        }
        if rule.granted_here
            && context::is_mention(self.view.folded, &self.view.words, at.clone(), &self.rules.language)
        {
            confidence = Confidence::Low;
        }
        if !rule.subject.is_empty() {
            match self.is_borne(rule, &reading) {
                Some(true) => {}
                Some(false) => return None,
                None => confidence = confidence.lowered(),
            }
        }
        if reading.modality == Modality::NominalDuty {
            confidence = confidence.lowered();
        }
        Some((reading, confidence))
    }

    fn stands_near(&mut self, near: &Near, at: &Range<usize>) -> bool {
        let reach = near.words.map_or(self.view.words.len(), |words| words as usize);
        let within = at.start.saturating_sub(reach)..at.end.saturating_add(reach).min(self.view.words.len());
        near.any.iter().any(|pattern| self.matcher.occurs(pattern, within.clone()))
    }

    /// Whether one of the rule's subjects bears the duty or power; `None` if nobody is named, or nobody
    /// that any rule knows: "the unit may" says no more than a passive.
    fn is_borne(&mut self, rule: &Rule, reading: &Reading) -> Option<bool> {
        let parties: Vec<Range<usize>> = reading.bearers().collect();
        let named = parties.iter().any(|party| {
            rule.subject.iter().any(|&class| self.matcher.class_in(class, party.clone()).is_some())
        });
        let mut known = || {
            parties.iter().any(|party| {
                self.rules.parties.iter().any(|&class| self.matcher.class_in(class, party.clone()).is_some())
            })
        };
        if named {
            Some(true)
        } else if known() {
            Some(false)
        } else {
            None
        }
    }

    /// The words that a range of folded bytes touches.
    fn words_of(&self, bytes: Range<usize>) -> Option<Range<usize>> {
        let span = Span::from(bytes);
        let first = self.view.body.clone().find(|&at| self.view.words[at].span.end > span.start)?;
        let end = self.view.body.clone().rfind(|&at| self.view.words[at].span.start < span.end)? + 1;
        (first < end).then_some(first..end)
    }

    /// Where words stand in the text.
    fn text_of(&self, words: Range<usize>) -> Option<Span> {
        let words = self.view.words.get(words)?;
        let (first, last) = (words.first()?, words.last()?);
        Some(self.document.to_text(first.span.cover(last.span)))
    }
}

/// What is left with little confidence is a note; an error needs high confidence; a strength is
/// always a note.
pub(super) fn severity_of(rule: &Rule, confidence: Confidence) -> Severity {
    match (rule.kind, confidence) {
        (Kind::Strength, _) | (_, Confidence::Low) => Severity::Note,
        (_, Confidence::Medium) => rule.severity.min(Severity::Warning),
        (_, Confidence::High) => rule.severity,
    }
}
