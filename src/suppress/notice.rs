//! What there is to say of a suppression, as a finding.

use crate::config::find_rule;
use crate::document::{Location, fold};
use crate::finding::{Finding, fingerprint};
use crate::rule::RuleSet;
use crate::text::Span;

/// What is wrong with a suppression: a notice of `rules/notices.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoticeKind {
    WithoutReason,
    Malformed,
    UnknownRule,
    Expired,
    Unused,
}

impl NoticeKind {
    fn id(self) -> &'static str {
        match self {
            NoticeKind::WithoutReason => "suppression-without-reason",
            NoticeKind::Malformed => "suppression-malformed",
            NoticeKind::UnknownRule => "suppression-unknown-rule",
            NoticeKind::Expired => "suppression-expired",
            NoticeKind::Unused => "suppression-unused",
        }
    }
}

/// What there is to say of a suppression, and where.
#[derive(Debug)]
pub(super) struct Notice {
    pub(super) kind: NoticeKind,
    /// What is said besides: the rule, the day; may be empty.
    pub(super) detail: String,
    /// In the document's text: empty for a comment, which is no part of it.
    pub(super) span: Span,
    /// Where it stands in the file.
    pub(super) location: Location,
    /// The words that stand there.
    pub(super) text: String,
}

impl Notice {
    /// The notice as a finding; `None` where the rules hold no such notice.
    pub(super) fn finding(self, rules: &RuleSet) -> Option<Finding> {
        let rule = find_rule(rules, self.kind.id())?;
        let mut message = rule.message.clone();
        if !self.detail.is_empty() {
            message = format!("{message}: {}", self.detail);
        }
        let folded = fold(&format!("{} {}", self.text, self.detail));
        let words: Vec<&str> = folded.split_whitespace().collect();
        Some(Finding {
            rule: rule.id.clone(),
            topic: rule.topic,
            also_topics: Vec::new(),
            kind: rule.kind,
            safeguard: None,
            severity: rule.severity,
            confidence: rule.confidence,
            message,
            span: self.span,
            location: self.location,
            sentence: self.text.split_whitespace().collect::<Vec<_>>().join(" "),
            text: self.text,
            clause: self.span,
            labels: Vec::new(),
            provision: None,
            softened_by: Vec::new(),
            looked_in: Vec::new(),
            related: Vec::new(),
            fingerprint: fingerprint(&rule.id, &words, &[]),
            former_fingerprints: Vec::new(),
            suppressed: None,
            baseline: None,
        })
    }
}
