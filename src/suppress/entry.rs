//! The suppressions that a document's own comments make: each for one rule in one place.

use super::directive::{Directive, Verb, parse};
use super::notice::{Notice, NoticeKind};
use super::scope::{Scope, next};
use super::{Date, Reading};
use crate::config::{find_rule, nearest};
use crate::document::{Comment, Document};
use crate::finding::{Finding, Suppression, SuppressionPlace};
use crate::text::Span;

/// A suppression of one rule in one place.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The rule's id, as it is now.
    rule: String,
    scope: Scope,
    until: Option<Date>,
    reason: &'a str,
    /// The comment, as a report points at it.
    at: Spot<'a>,
    /// Whether a finding is there that it is for.
    pub(super) used: bool,
}

/// A comment and where the text goes on after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    document: &'a Document,
    comment: Comment,
    after: u32,
}

impl Spot<'_> {
    fn notice(self, kind: NoticeKind, detail: String) -> Notice {
        let text = self.comment.span.of(self.document.source()).to_owned();
        Notice {
            kind,
            detail,
            span: Span::new(self.after, self.after),
            location: self.document.locate_source(self.comment.span),
            text,
        }
    }
}

/// A region that has begun.
struct Open<'a> {
    directive: Directive<'a>,
    spot: Spot<'a>,
}

/// The suppressions in the comments of a document, and what is wrong with comments.
pub(super) fn entries(reading: Reading<'_>) -> (Vec<Entry<'_>>, Vec<Notice>) {
    let document = reading.document;
    let mut comments = Comments { reading, entries: Vec::new(), notices: Vec::new(), open: Vec::new() };
    for (comment, after) in document.comments().iter().zip(document.text_after_comments()) {
        comments.add(Spot { document, comment: *comment, after });
    }
    for open in std::mem::take(&mut comments.open) {
        comments.malformed(open.spot, "`allow-end` is missing");
    }
    (comments.entries, comments.notices)
}

struct Comments<'a> {
    reading: Reading<'a>,
    entries: Vec<Entry<'a>>,
    notices: Vec<Notice>,
    open: Vec<Open<'a>>,
}

impl<'a> Comments<'a> {
    fn add(&mut self, spot: Spot<'a>) {
        let words = spot.comment.words.of(spot.document.source());
        match parse(words) {
            Err(what) => self.malformed(spot, &what),
            Ok(directive) => match directive.verb {
                Verb::Allow => {
                    let span = next(spot.document, self.reading.structure, spot.after);
                    self.allow(&directive, spot, Scope::Text(span));
                }
                Verb::Start => self.open.push(Open { directive, spot }),
                Verb::End => self.end(&directive, spot),
            },
        }
    }

    /// Ends the last region that is open for the same rules; the last of all if none are named.
    fn end(&mut self, directive: &Directive<'a>, spot: Spot<'a>) {
        let is_its = |open: &Open<'_>| directive.rules.is_empty() || open.directive.rules == directive.rules;
        let Some(index) = self.open.iter().rposition(is_its) else {
            self.malformed(spot, "no `allow-start` for these rules stands before it");
            return;
        };
        let open = self.open.remove(index);
        let region = Span::new(open.spot.comment.span.end, spot.comment.span.start);
        self.allow(&open.directive, open.spot, Scope::Source(region));
    }

    fn allow(&mut self, directive: &Directive<'a>, at: Spot<'a>, scope: Scope) {
        let known = directive.rules.iter().filter_map(|name| self.rule(name, at)).collect::<Vec<String>>();
        let Some(reason) = directive.reason else {
            self.notices.push(at.notice(NoticeKind::WithoutReason, String::new()));
            return;
        };
        self.entries.extend(known.into_iter().map(|rule| Entry {
            rule,
            scope,
            until: directive.until,
            reason,
            at,
            used: false,
        }));
    }

    /// The id of the rule that is called `name`, or once was.
    fn rule(&mut self, name: &str, at: Spot<'a>) -> Option<String> {
        if let Some(rule) = find_rule(self.reading.rules, name) {
            return Some(rule.id.clone());
        }
        let like =
            nearest(name, self.reading.rules).filter(|like| find_rule(self.reading.rules, like).is_some());
        let like = like.map(|like| format!("; did you mean `{like}`?")).unwrap_or_default();
        self.notices.push(at.notice(NoticeKind::UnknownRule, format!("`{name}`{like}")));
        None
    }

    fn malformed(&mut self, at: Spot<'a>, what: &str) {
        self.notices.push(at.notice(NoticeKind::Malformed, what.to_owned()));
    }
}

impl Entry<'_> {
    pub(super) fn is_for(&self, finding: &Finding, document: &Document) -> bool {
        self.rule == finding.rule && self.scope.holds(document, finding.span)
    }

    pub(super) fn has_expired(&self, today: Option<Date>) -> bool {
        self.until.zip(today).is_some_and(|(until, today)| until < today)
    }

    pub(super) fn suppression(&self) -> Suppression {
        Suppression::new(self.reason, self.until, SuppressionPlace::Comment)
    }

    /// What there is to say of it once all findings have been looked at.
    pub(super) fn notice(&self, today: Option<Date>) -> Option<Notice> {
        match self.until {
            Some(until) if self.has_expired(today) => {
                Some(self.at.notice(NoticeKind::Expired, format!("`{}`, until {until}", self.rule)))
            }
            _ if !self.used => Some(self.at.notice(NoticeKind::Unused, format!("`{}`", self.rule))),
            _ => None,
        }
    }
}
