//! Scanning: a document held against a set of rules.
//!
//! In order: the outline of the document; its defined terms; candidates by literals
//! ([`prefilter`]); where a candidate stands, clauses, patterns and context ([`clause`]); the document
//! profile and what depends on it ([`profile`]); the safeguards that bind a power ([`safeguard`]) and
//! those that are not there ([`absence`]); last, findings with all that a report needs ([`assemble`]).
//!
//! Total and pure: any document gives findings, the same each time.

mod absence;
mod assemble;
mod clause;
pub mod examples;
mod hits;
mod prefilter;
mod profile;
mod safeguard;
mod terms;
mod title;

use serde::{Deserialize, Serialize};

use crate::context;
use crate::diagnostic::Severity;
use crate::document::{Document, append_words};
use crate::finding::Finding;
use crate::language::Zone;
use crate::rule::{Index, Kind, LanguageRules, Matcher, Rule, RuleSet, Scratch, Target};
use crate::structure::{Clause, Passage, Structure};
use crate::text::Span;
use clause::{ClauseScan, Draft, severity_of};
use hits::Hits;
use prefilter::Prefilter;
use profile::{Cue, Gate, Profile};
use safeguard::Safeguards;
use terms::Terms;

/// What a scan of one document gives.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scanned {
    /// Sorted by position, then rule id.
    pub findings: Vec<Finding>,
    /// The outline that it was read by; empty where there are no rules for its language.
    #[serde(skip)]
    pub structure: Structure,
    /// The document's title: its metadata's, else its first heading.
    pub title: Option<String>,
    /// The tag of the language that it was read in; `None` where there are no rules for its language,
    /// and so no findings.
    pub language: Option<String>,
    /// Whether absences were judged on a draft that amends a law not seen, which may hold the safeguards.
    pub host_act_unseen: bool,
}

/// Which passages are looked at. Both give the same findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Candidates {
    /// Those in which the literals of a rule stand.
    #[default]
    Prefiltered,
    /// All, each with every rule. Slow: for tests.
    All,
}

/// Holds documents against a set of rules. Cheap to share between threads.
#[derive(Debug)]
pub struct Scanner<'r> {
    rules: &'r RuleSet,
    prefilters: Vec<Prefilter<'r>>,
    candidates: Candidates,
}

impl<'r> Scanner<'r> {
    /// Prepares the rules for scanning.
    pub fn new(rules: &'r RuleSet) -> Scanner<'r> {
        Scanner::with_candidates(rules, Candidates::Prefiltered)
    }

    /// Prepares the rules for scanning the passages that `candidates` says.
    pub fn with_candidates(rules: &'r RuleSet, candidates: Candidates) -> Scanner<'r> {
        let prefilters = rules.languages.iter().map(Prefilter::new).collect();
        Scanner { rules, prefilters, candidates }
    }

    /// The rules that are held against documents.
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// All findings in `document`, read in the language that its words are of.
    pub fn scan(&self, document: &Document) -> Scanned {
        self.scan_in(document, None)
    }

    /// All findings in `document`, read in the language with the tag, if one is given.
    pub fn scan_in(&self, document: &Document, tag: Option<&str>) -> Scanned {
        let title = title::title(document);
        let Some((rules, prefilter)) = self.prepared(document, tag) else {
            return Scanned { title, ..Scanned::default() };
        };
        let structure = Structure::new(document, &rules.language);
        let scan = DocumentScan {
            document,
            rules,
            structure: &structure,
            terms: terms::defined_terms(document, &structure, rules),
        };
        let (drafts, profile) = scan.drafts(prefilter, self.candidates, title.as_deref());
        let drafts = scan.gated(drafts, &profile);
        let safeguards = Safeguards::of(&scan, &drafts);
        let drafts = safeguards.weigh(&scan, drafts);
        let (drafts, host_act_unseen) = absence::judge(&scan, &safeguards, profile.document(), drafts);
        Scanned {
            findings: assemble::findings(&scan, drafts),
            title,
            language: Some(rules.tag.clone()),
            host_act_unseen,
            structure,
        }
    }

    /// The rules of the language that `document` is in, or of that with the tag.
    pub fn language_of(&self, document: &Document, tag: Option<&str>) -> Option<&'r LanguageRules> {
        self.prepared(document, tag).map(|(rules, _)| rules)
    }

    fn prepared(
        &self,
        document: &Document,
        tag: Option<&str>,
    ) -> Option<(&'r LanguageRules, &Prefilter<'r>)> {
        let all = self.rules.languages.iter().zip(&self.prefilters);
        if tag.is_some() {
            return all.into_iter().find(|(rules, _)| Some(rules.tag.as_str()) == tag);
        }
        let likely =
            all.filter_map(|prepared| Some((prepared.0.language.likelihood(document.folded())?, prepared)));
        // Of two as likely, the first.
        let best = likely.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, prepared)| prepared)
    }
}

/// Says which patterns are worth trying where.
struct Finder<'a> {
    index: &'a Index,
    hits: Hits<'a>,
    candidates: Candidates,
    scratch: Scratch,
}

impl Finder<'_> {
    /// What is worth trying in the text that `spans` make up.
    fn patterns(&mut self, document: &Document, spans: impl Iterator<Item = Span>) -> Vec<u32> {
        match self.candidates {
            Candidates::Prefiltered => self.hits.candidates(spans.map(|span| document.to_folded(span))),
            Candidates::All => self.index.all(),
        }
    }

    /// Whether a title may be said in `span`.
    fn may_say_title(&mut self, document: &Document, span: Span) -> bool {
        let patterns = self.patterns(document, std::iter::once(span));
        self.index.may_say_title(&patterns)
    }

    /// What of `patterns` is worth trying in the clause, by rule.
    fn targets(&mut self, document: &Document, patterns: &[u32], clause: &Clause) -> Vec<Vec<Target>> {
        let spans = clause.lead.iter().chain([&clause.span]).chain(&clause.tail);
        let patterns = match self.candidates {
            Candidates::Prefiltered => {
                self.hits.narrowed(patterns, spans.map(|span| document.to_folded(*span)))
            }
            Candidates::All => patterns.to_vec(),
        };
        let mut targets: Vec<Target> =
            patterns.into_iter().filter_map(|pattern| self.index.target(pattern)).collect();
        targets.dedup();
        targets.chunk_by(|a, b| a.rule == b.rule).map(<[Target]>::to_vec).collect()
    }
}

/// One document on its way through the scan.
struct DocumentScan<'a> {
    document: &'a Document,
    rules: &'a LanguageRules,
    structure: &'a Structure,
    terms: Terms,
}

impl DocumentScan<'_> {
    /// The matches whose conditions hold in their clauses, and the profile of the document.
    fn drafts(
        &self,
        prefilter: &Prefilter<'_>,
        candidates: Candidates,
        title: Option<&str>,
    ) -> (Vec<Draft>, Profile) {
        let hits = prefilter.hits(self.document.folded(), self.rules, &self.terms.known);
        let mut finder = Finder { index: prefilter.index, hits, candidates, scratch: Scratch::default() };
        let titled = self.is_title_about_subject(title, &mut finder);
        let mut profile = Profile::new(self.structure, titled, self.document.word_count());
        let mut drafts = Vec::new();
        for (index, passage) in self.structure.passages.iter().enumerate() {
            let wanted = match passage.zone {
                Zone::Struck => self.struck_rule().is_some(),
                Zone::Contents => false,
                Zone::Operative
                | Zone::Definition
                | Zone::Purpose
                | Zone::Recital
                | Zone::Heading
                | Zone::Note => true,
            };
            let read_with =
                self.structure.read_with(index).filter_map(|with| self.structure.passages.get(with));
            let spans = std::iter::once(passage).chain(read_with).map(|passage| passage.span);
            if !wanted {
                continue;
            }
            let patterns = finder.patterns(self.document, spans);
            if !patterns.is_empty() {
                self.scan_passage(index, &patterns, &mut finder, &mut drafts, &mut profile);
            }
        }
        (drafts, profile)
    }

    fn scan_passage(
        &self,
        passage: usize,
        patterns: &[u32],
        finder: &mut Finder<'_>,
        drafts: &mut Vec<Draft>,
        profile: &mut Profile,
    ) {
        let Some(place) = self.structure.passages.get(passage) else { return };
        // What a draft strikes is read as the law that it was.
        let struck = place.zone == Zone::Struck;
        let zone = if struck { Zone::Operative } else { place.zone };
        let provision = place.provision();
        let cue = |target: Target| Cue::of(target, &self.rules.profile);
        let is_wanted = |target: Target| match self.rules.rules.get(target.rule) {
            Some(rule) => rule.zones.contains(&zone),
            None => !struck && !profile.knows(self.structure, provision, cue(target)),
        };
        let is_wanted = |pattern: &&u32| finder.index.target(**pattern).is_some_and(is_wanted);
        let patterns: Vec<u32> = patterns.iter().filter(is_wanted).copied().collect();
        if patterns.is_empty() {
            return;
        }
        for clause in self.structure.clauses(self.document, &self.rules.language, passage) {
            let targets = finder.targets(self.document, &patterns, &clause);
            if targets.is_empty() {
                continue;
            }
            let view = clause.view(self.document, &self.rules.language);
            let with = (zone, std::mem::take(&mut finder.scratch));
            let mut scan =
                ClauseScan::new(self.document, self.rules, &self.terms.known, &clause, &view, with);
            if struck {
                drafts.extend(self.struck_safeguard(&mut scan, &targets));
                finder.scratch = scan.into_scratch();
                continue;
            }
            for targets in &targets {
                let Some(rule) = targets.first().and_then(|target| self.rules.rules.get(target.rule)) else {
                    let new = |target: &&Target| !profile.knows(self.structure, provision, cue(**target));
                    let new: Vec<Target> = targets.iter().filter(new).copied().collect();
                    if let Some(cue) = scan.cue_of_subject(&new) {
                        profile.mark_cue(self.structure, provision, cue);
                    }
                    continue;
                };
                let Some(draft) = scan.try_rule(targets, |rule| self.provision_excludes(rule, passage))
                else {
                    continue;
                };
                if is_power(rule, &draft) {
                    profile.mark_power(self.structure, provision);
                }
                drafts.push(draft);
            }
            finder.scratch = scan.into_scratch();
        }
    }

    /// The rule that reports safeguards in text that the draft deletes, if there is one.
    fn struck_rule(&self) -> Option<usize> {
        self.rules.rules.iter().position(|rule| rule.struck_safeguards)
    }

    /// The first safeguard in a clause that the draft deletes, as a match of the rule about such.
    fn struck_safeguard(&self, scan: &mut ClauseScan<'_>, targets: &[Vec<Target>]) -> Option<Draft> {
        let struck = self.struck_rule()?;
        let names_one = |rule: &Rule| rule.kind == Kind::Strength && rule.safeguarding.safeguard.is_some();
        let rule = |targets: &[Target]| self.rules.rules.get(targets.first()?.rule);
        let mut shown = targets.iter().filter(|targets| rule(targets).is_some_and(names_one));
        let draft = shown.find_map(|targets| scan.try_rule(targets, |_| false))?;
        let confidence = self.rules.rules.get(struck)?.confidence;
        Some(Draft { rule: struck, confidence, ..draft })
    }

    /// Whether something stands in the section of `passage` that the rule excludes.
    fn provision_excludes(&self, rule: &Rule, passage: usize) -> bool {
        let section = |index: usize| {
            let provision = self.structure.passages.get(index).and_then(Passage::provision);
            provision.map(|provision| self.structure.section_of(provision))
        };
        let here = section(passage);
        let before = (0..passage).rev().take_while(|&index| section(index) == here);
        let after = (passage..self.structure.passages.len()).take_while(|&index| section(index) == here);
        before.chain(after).any(|index| {
            let Some(place) =
                self.structure.passages.get(index).filter(|place| place.zone == Zone::Operative)
            else {
                return false;
            };
            let mut words = Vec::new();
            let (folded, span) = (self.document.folded(), self.document.to_folded(place.span));
            append_words(
                folded,
                span,
                &self.rules.language.possessive,
                crate::document::Break::None,
                &mut words,
            );
            let mut matcher = Matcher::new(&self.rules.lexicon, &self.terms.known, folded, &words);
            let affirmed = |at| !context::is_denied(folded, &words, at, &self.rules.language);
            let excludes = |pattern| matcher.occurs_where(pattern, 0..words.len(), affirmed);
            rule.unless_in_provision.iter().any(excludes)
        })
    }

    /// The innermost provision in which a match stands.
    fn provision_of(&self, draft: &Draft) -> Option<usize> {
        self.structure.passages.get(draft.clause.passage)?.provision()
    }

    /// The section in which a match stands.
    fn section_of(&self, draft: &Draft) -> Option<usize> {
        self.provision_of(draft).map(|provision| self.structure.section_of(provision))
    }

    /// What is left once the document profile has had its say.
    fn gated(&self, drafts: Vec<Draft>, profile: &Profile) -> Vec<Draft> {
        let gate = |mut draft: Draft| {
            let rule = self.rules.rules.get(draft.rule)?;
            let provision = self.provision_of(&draft);
            match rule.near_power {
                Some(reach) => match profile.gate(self.structure, provision, reach) {
                    Gate::Open => {}
                    Gate::Unsure => draft.confidence = crate::rule::Confidence::Low,
                    Gate::Shut => return None,
                },
                None => match profile.home(self.structure, provision) {
                    Gate::Open => {}
                    Gate::Unsure => draft.confidence = draft.confidence.lowered(),
                    Gate::Shut => draft.confidence = crate::rule::Confidence::Low,
                },
            }
            Some(draft)
        };
        drafts.into_iter().filter_map(gate).collect()
    }
}

/// Whether a match confirms that its section holds a power over the rules' subject.
fn is_power(rule: &Rule, draft: &Draft) -> bool {
    rule.kind == Kind::Presence
        && rule.topic.is_power()
        && rule.near_power.is_none()
        && severity_of(rule, draft.confidence) > Severity::Note
}
