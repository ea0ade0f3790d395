//! A finding, a document, a failure as the JSON reports write them: a contract with their readers.
//!
//! Field names, their meaning and their order are kept; a reader must ignore fields that it does not
//! know.

use serde::Serialize;

use crate::config::find_rule;
use crate::diagnostic::Severity;
use crate::document::Location;
use crate::finding::{BaselineState, Finding, Label, Related, Softened, Suppression, SuppressionPlace};
use crate::lint::{Counts, NotChecked, ReadDocument};
use crate::reader::Format;
use crate::rule::{Confidence, Kind, Rule, RuleSet, Topic};
use crate::text::Position;
use crate::walk::Failure;

#[derive(Serialize)]
pub(super) struct Tool<'a> {
    name: &'static str,
    version: &'static str,
    rules: &'a str,
}

impl<'a> Tool<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Tool<'a> {
        Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION"), rules: &rules.digest }
    }
}

#[derive(Serialize)]
pub(super) struct Summary {
    documents: usize,
    skipped: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    strengths: usize,
    suppressed: usize,
    known: usize,
    failures: usize,
}

#[derive(Serialize)]
pub(super) struct DocumentEntry<'a> {
    path: &'a str,
    format: Option<&'static str>,
    language: Option<&'a str>,
    title: Option<&'a str>,
    status: &'static str,
    words: usize,
    provisions: usize,
    pages: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct FindingEntry<'a> {
    rule: &'a str,
    topic: Topic,
    kind: Kind,
    safeguard: Option<&'a str>,
    severity: Severity,
    confidence: Confidence,
    message: &'a str,
    help: &'a str,
    recommendations: &'a [u8],
    authorities: &'a [String],
    also_topics: &'a [Topic],
    path: &'a str,
    provision: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
    text: &'a str,
    sentence: &'a str,
    labels: Vec<LabelEntry<'a>>,
    related: Vec<RelatedEntry<'a>>,
    softened_by: Option<Vec<SoftenedEntry<'a>>>,
    looked_in: &'a [String],
    fingerprint: &'a str,
    suppressed: Option<SuppressionEntry<'a>>,
    baseline_state: Option<&'static str>,
}

/// Where something stands, in bytes or, where a format has none, as its printed form counts.
#[derive(Serialize)]
pub(super) struct Place {
    page: Option<u32>,
    page_label: Option<String>,
    line: Option<u32>,
    paragraph: Option<u32>,
    span: Option<Range>,
    segments: Option<Vec<Range>>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    offset: u32,
    line: u32,
    column: u32,
    utf16: u32,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    rule: &'a str,
    topic: Topic,
    severity: Severity,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct SuppressionEntry<'a> {
    reason: &'a str,
    until: Option<&'a str>,
    place: &'static str,
}

#[derive(Serialize)]
struct SoftenedEntry<'a> {
    safeguard: &'a str,
    provision: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct NotCheckedEntry<'a> {
    rule: Option<&'a str>,
    path: Option<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
pub(super) struct FailureEntry<'a> {
    path: &'a str,
    error: &'a str,
}

impl From<Counts> for Summary {
    fn from(counts: Counts) -> Summary {
        let Counts { documents, skipped, failures, errors, warnings, notes, strengths, suppressed, known } =
            counts;
        Summary { documents, skipped, errors, warnings, notes, strengths, suppressed, known, failures }
    }
}

impl<'a> From<&'a ReadDocument> for DocumentEntry<'a> {
    fn from(read: &'a ReadDocument) -> DocumentEntry<'a> {
        DocumentEntry {
            path: &read.path,
            format: read.format.map(Format::name),
            language: read.language.as_deref(),
            title: read.title.as_deref(),
            status: read.status.name(),
            words: read.words,
            provisions: read.provisions,
            pages: read.pages,
        }
    }
}

impl<'a> FindingEntry<'a> {
    pub(super) fn new(read: &'a ReadDocument, finding: &'a Finding, rules: &'a RuleSet) -> FindingEntry<'a> {
        let rule = find_rule(rules, &finding.rule);
        FindingEntry {
            rule: &finding.rule,
            topic: finding.topic,
            kind: finding.kind,
            safeguard: finding.safeguard.as_deref(),
            severity: finding.severity,
            confidence: finding.confidence,
            message: &finding.message,
            help: rule.map_or("", |rule| &rule.help),
            recommendations: recommendations(rule),
            authorities: rule.map_or(&[], |rule| &rule.authorities),
            also_topics: &finding.also_topics,
            path: &read.path,
            provision: finding.provision.as_deref(),
            place: Place::from(&finding.location),
            text: &finding.text,
            sentence: &finding.sentence,
            labels: finding.labels.iter().map(LabelEntry::from).collect(),
            related: finding.related.iter().map(RelatedEntry::from).collect(),
            softened_by: Some(&finding.softened_by)
                .filter(|softened| !softened.is_empty())
                .map(|softened| softened.iter().map(SoftenedEntry::from).collect()),
            looked_in: &finding.looked_in,
            fingerprint: &finding.fingerprint,
            suppressed: finding.suppressed.as_ref().map(SuppressionEntry::from),
            baseline_state: finding.baseline.map(BaselineState::name),
        }
    }
}

impl From<&Location> for Place {
    fn from(location: &Location) -> Place {
        let span = location.hull().map(Range::from);
        let segments = span.is_some().then(|| location.segments.iter().copied().map(Range::from).collect());
        let (page, page_label, line, paragraph) = match &location.place {
            Some(place) => (place.page, place.page_label.clone(), place.line, place.paragraph),
            None => (None, None, None, None),
        };
        Place { page, page_label, line, paragraph, span, segments }
    }
}

impl From<(Position, Position)> for Range {
    fn from((start, end): (Position, Position)) -> Range {
        let point = |Position { offset, line, column, utf16, utf8: _ }| Point { offset, line, column, utf16 };
        Range { start: point(start), end: point(end) }
    }
}

impl<'a> From<&'a Label> for LabelEntry<'a> {
    fn from(label: &'a Label) -> LabelEntry<'a> {
        LabelEntry { place: Place::from(&label.location), text: &label.text }
    }
}

impl<'a> From<&'a Softened> for SoftenedEntry<'a> {
    fn from(softened: &'a Softened) -> SoftenedEntry<'a> {
        SoftenedEntry { safeguard: &softened.safeguard, provision: softened.provision.as_deref() }
    }
}

impl<'a> From<&'a Suppression> for SuppressionEntry<'a> {
    fn from(suppression: &'a Suppression) -> SuppressionEntry<'a> {
        let place = match suppression.place {
            SuppressionPlace::Comment => "comment",
            SuppressionPlace::Sidecar => "sidecar",
        };
        SuppressionEntry { reason: &suppression.reason, until: suppression.until.as_deref(), place }
    }
}

impl<'a> From<&'a Related> for RelatedEntry<'a> {
    fn from(related: &'a Related) -> RelatedEntry<'a> {
        let Related { rule, topic, severity, fingerprint } = related;
        RelatedEntry { rule, topic: *topic, severity: *severity, fingerprint }
    }
}

pub(super) fn recommendations(rule: Option<&Rule>) -> &[u8] {
    rule.map_or(&[], |rule| &rule.recommendations)
}

impl<'a> From<&'a NotChecked> for NotCheckedEntry<'a> {
    fn from(entry: &'a NotChecked) -> NotCheckedEntry<'a> {
        NotCheckedEntry { rule: entry.rule.as_deref(), path: entry.path.as_deref(), reason: &entry.reason }
    }
}

impl<'a> From<&'a Failure> for FailureEntry<'a> {
    fn from(failure: &'a Failure) -> FailureEntry<'a> {
        FailureEntry { path: &failure.path, error: &failure.error }
    }
}
