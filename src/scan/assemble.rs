//! From drafts to findings: citation, labels, related findings, fingerprint.

use super::DocumentScan;
use super::clause::{Draft, severity_of};
use crate::document::{Break, append_words};
use crate::finding::{Finding, Label, Related, Softened, fingerprint};
use crate::language::Modality;
use crate::rule::{Kind, Reach, Rule, Topic};
use crate::structure::{Passage, without_references};
use crate::text::Span;

/// How the governing word is labelled.
fn cue_label(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty | Modality::NominalDuty => "the duty",
        Modality::Power => "the power",
        Modality::PreservedPower => "the power that is kept",
        Modality::Offence => "the offence",
        Modality::ProhibitionOnPersons => "the prohibition",
        Modality::LimitOnPower => "the limit",
        Modality::Disclaimer => "the disclaimer",
        Modality::Definition => "the definition",
        Modality::Purpose => "the purpose",
        Modality::Statement => "the statement",
    }
}

/// The findings of a document, sorted by position, then rule id.
pub(super) fn findings(scan: &DocumentScan<'_>, mut drafts: Vec<Draft>) -> Vec<Finding> {
    drafts.sort_by_key(|draft| (draft.clause.span, draft.rule));
    let mut findings: Vec<Finding> = drafts.iter().filter_map(|draft| finding(scan, draft)).collect();
    let mut start = 0;
    while start < findings.len() {
        let clause = findings[start].clause;
        let length = findings[start..].iter().take_while(|finding| finding.clause == clause).count();
        relate(&mut findings[start..start + length]);
        start += length;
    }
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    findings
}

/// Tells the findings of one clause of each other.
fn relate(findings: &mut [Finding]) {
    let told: Vec<(Kind, Related)> = findings
        .iter()
        .map(|finding| {
            let related = Related {
                rule: finding.rule.clone(),
                topic: finding.topic,
                severity: finding.severity,
                fingerprint: finding.fingerprint.clone(),
            };
            (finding.kind, related)
        })
        .collect();
    for (index, finding) in findings.iter_mut().enumerate() {
        // What is missing says something of the power, the power nothing of what is missing.
        let of_absence = finding.kind == Kind::Absence;
        let others = told.iter().enumerate().filter(|(other, (kind, _))| {
            *other != index && *kind != Kind::Strength && (of_absence || *kind != Kind::Absence)
        });
        finding.related = others.map(|(_, (_, related))| related.clone()).collect();
        let mut topics: Vec<Topic> = finding.related.iter().map(|related| related.topic).collect();
        topics.retain(|topic| *topic != finding.topic);
        topics.sort();
        topics.dedup();
        finding.also_topics = topics;
    }
}

fn finding(scan: &DocumentScan<'_>, draft: &Draft) -> Option<Finding> {
    let rule = scan.rules.rules.get(draft.rule)?;
    let document = scan.document;
    let passage = scan.structure.passages.get(draft.clause.passage);
    let cite = |provision| scan.structure.citation(&scan.rules.language, provision);
    let citation = passage.and_then(Passage::provision).map(cite);
    let location = document.locate(draft.span);
    if !location.is_known() {
        return None;
    }
    let (fingerprint, former_fingerprints) = names(scan, rule, draft);
    Some(Finding {
        rule: rule.id.clone(),
        topic: rule.topic,
        also_topics: Vec::new(),
        kind: rule.kind,
        safeguard: rule.safeguarding.safeguard.clone(),
        severity: severity_of(rule, draft.confidence),
        confidence: draft.confidence,
        message: rule.message.clone(),
        span: draft.span,
        location,
        text: draft.span.of(document.text()).to_owned(),
        sentence: sentence(scan, draft),
        clause: draft.clause.span,
        labels: labels(scan, draft),
        provision: citation.filter(|citation| !citation.is_empty()),
        softened_by: draft
            .softened_by
            .iter()
            .map(|softener| Softened {
                safeguard: softener.safeguard.clone(),
                provision: softener.provision.map(cite).filter(|citation| !citation.is_empty()),
            })
            .collect(),
        looked_in: draft
            .looked_in
            .iter()
            .copied()
            .map(cite)
            .filter(|citation| !citation.is_empty())
            .collect(),
        related: Vec::new(),
        fingerprint,
        former_fingerprints,
        suppressed: None,
        baseline: None,
    })
}

/// The fingerprint, and those under the rule's former ids: over the clause and its heading; an absence in
/// the document has rule and safeguard alone, since it is not about the clause that it points at.
fn names(scan: &DocumentScan<'_>, rule: &Rule, draft: &Draft) -> (String, Vec<String>) {
    let absence = rule.safeguarding.absence.as_ref();
    let (clause, heading) = if absence.is_some_and(|absence| absence.within == Reach::Document) {
        (rule.safeguarding.safeguard.as_deref().into_iter().collect(), Vec::new())
    } else {
        let heading = scan.structure.heading_of(draft.clause.passage);
        let named = |span| named_words(scan, span);
        (named(draft.clause.span), heading.map_or(Vec::new(), named))
    };
    let name = |id: &String| fingerprint(id, &clause, &heading);
    (name(&rule.id), rule.former.iter().map(name).collect())
}

/// The governing word, where it stands apart from what is reported, and the safeguards that soften.
fn labels(scan: &DocumentScan<'_>, draft: &Draft) -> Vec<Label> {
    let cue = draft.cue.filter(|cue| !cue.intersects(draft.span));
    let cue = cue.map(|span| (span, cue_label(draft.modality).to_owned()));
    let softeners =
        draft.softened_by.iter().map(|softener| (softener.span, format!("softened: {}", softener.safeguard)));
    let defined =
        definitions(scan, draft).into_iter().map(|span| (span, "what the bill means by it".to_owned()));
    let label = |(span, text)| {
        let location = scan.document.locate(span);
        location.is_known().then_some(Label { span, location, text })
    };
    cue.into_iter().chain(softeners).chain(defined).filter_map(label).collect()
}

/// How many definitions a finding shows at most.
const MOST_DEFINITIONS: usize = 2;
/// How much of a definition is shown, in bytes.
const DEFINITION: u32 = 160;

/// Where the document defines the terms by which it names those whom the clause binds: in the clause and
/// the lead-in nearest to it. A definition does not explain itself.
fn definitions(scan: &DocumentScan<'_>, draft: &Draft) -> Vec<Span> {
    let pieces = draft.clause.lead.last().into_iter().chain([&draft.clause.span]);
    let words: Vec<&str> = pieces.flat_map(|piece| words_of(scan, *piece)).collect();
    let text = scan.document.text();
    let shown = |span: Span| {
        let end = text.floor_char_boundary(span.end.min(span.start + DEFINITION) as usize);
        Span::new(span.start, end as u32)
    };
    let elsewhere = |span: &Span| !span.intersects(draft.clause.span);
    scan.terms.defined_in(&words).into_iter().filter(elsewhere).take(MOST_DEFINITIONS).map(shown).collect()
}

/// Lead-ins, clause and tail as one line.
fn sentence(scan: &DocumentScan<'_>, draft: &Draft) -> String {
    let text = scan.document.text();
    let pieces = draft.clause.lead.iter().chain([&draft.clause.span]).chain(&draft.clause.tail);
    let words: Vec<&str> = pieces.flat_map(|piece| piece.of(text).split_whitespace()).collect();
    words.join(" ")
}

fn words_of<'d>(scan: &DocumentScan<'d>, of: Span) -> Vec<&'d str> {
    let folded = scan.document.folded();
    let mut words = Vec::new();
    let possessive = &scan.rules.language.possessive;
    append_words(folded, scan.document.to_folded(of), possessive, Break::None, &mut words);
    words.iter().map(|word| word.span.of(folded)).collect()
}

/// The words that a fingerprint is made of.
fn named_words<'d>(scan: &DocumentScan<'d>, of: Span) -> Vec<&'d str> {
    let folded = scan.document.folded();
    let mut words = Vec::new();
    let language = &scan.rules.language;
    append_words(folded, scan.document.to_folded(of), &language.possessive, Break::None, &mut words);
    without_references(folded, &words, &language.structure)
}
