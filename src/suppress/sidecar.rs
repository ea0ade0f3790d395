//! Suppressions in a file beside the documents, by fingerprint: `rightslint-allow.toml`.
//!
//! For documents that nobody can edit, such as a PDF or a law as it was published.

use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;

use super::notice::{Notice, NoticeKind};
use super::{Date, Reading};
use crate::config::{Globs, TomlFile, TomlKey as Key, TomlValue as Value, find_rule, nearest};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::finding::{Finding, Suppression, SuppressionPlace};
use crate::rule::{Kind, RuleSet};
use crate::text::Span;

const KEYS: [&str; 5] = ["fingerprint", "rule", "path", "reason", "until"];

/// A file of suppressions.
#[derive(Clone, Debug)]
pub struct Sidecar {
    file: TomlFile,
    entries: Vec<Entry>,
}

/// `[[allow]]`.
#[derive(Clone, Debug)]
struct Entry {
    fingerprint: String,
    rule: Option<Spanned<String>>,
    /// The documents that it is for; all if it does not say.
    path: Option<Globs>,
    reason: String,
    until: Option<Date>,
    line: usize,
}

impl Sidecar {
    /// Parses the text of the file `name`. Errors are all mistakes but those about names of rules.
    pub fn parse(name: &str, text: &str) -> Result<Sidecar, Vec<Diagnostic>> {
        let file = TomlFile { name: name.to_owned(), text: Arc::from(text) };
        let mut errors = Vec::new();
        let mut entries = Vec::new();
        for (key, value) in file.entries(&mut errors).unwrap_or_default() {
            if key.as_ref() != "allow" {
                errors.push(file.unknown_key(&key, &["allow"]));
                continue;
            }
            for table in file.tables(&key, value, &mut errors) {
                entries.extend(Entry::parse(&file, &key, table, &mut errors));
            }
        }
        if errors.is_empty() {
            return Ok(Sidecar { file: file.clone(), entries });
        }
        errors.sort_by_key(|error| error.primary.span);
        Err(errors)
    }

    /// What is wrong with the names of rules in it.
    pub fn check(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        let named = self.entries.iter().filter_map(|entry| entry.rule.as_ref());
        let unknown = named.filter(|name| find_rule(rules, name.get_ref()).is_none());
        unknown
            .map(|name| {
                let message = format!("no rule is called `{}`", name.get_ref());
                let mut error = self.file.error(name.span(), "config::unknown-rule", message);
                let like = nearest(name.get_ref(), rules).filter(|like| find_rule(rules, like).is_some());
                error.primary.text = like.map(|like| format!("did you mean `{like}`?")).unwrap_or_default();
                error
            })
            .collect()
    }

    /// Suppresses those of `findings` in the document at `path`, relative to the file's folder, that are
    /// listed; gives what there is to say of the entries.
    pub(super) fn apply(&self, findings: &mut [Finding], path: &Path, reading: Reading<'_>) -> Vec<Notice> {
        let mut notices = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.is_about(path)) {
            let has_expired = entry.until.zip(reading.today).is_some_and(|(until, today)| until < today);
            let mut used = false;
            for finding in findings.iter_mut().filter(|finding| entry.is_for(finding, reading.rules)) {
                used = true;
                if !has_expired && finding.suppressed.is_none() {
                    let place = SuppressionPlace::Sidecar;
                    finding.suppressed = Some(Suppression::new(&entry.reason, entry.until, place));
                } else if let Some(until) = entry.until.filter(|_| has_expired) {
                    let detail = format!("{}, `{}`, until {until}", self.place(entry), finding.rule);
                    notices.push(Notice {
                        kind: NoticeKind::Expired,
                        detail,
                        span: finding.span,
                        location: finding.location.clone(),
                        text: finding.text.clone(),
                    });
                }
            }
            // One that names no document may be for a document that is not read today.
            if !used && entry.path.is_some() {
                let detail = format!("{}, `{}`", self.place(entry), entry.fingerprint);
                notices.push(at_start(reading.document, detail));
            }
        }
        notices
    }

    fn place(&self, entry: &Entry) -> String {
        format!("{}:{}", self.file.name, entry.line)
    }
}

/// Says at the first words of a document that an entry is unused.
fn at_start(document: &Document, detail: String) -> Notice {
    let first = document.blocks().first().map(|block| block.span).unwrap_or_default();
    let text = first.of(document.text());
    let end = text.find(' ').unwrap_or(text.len());
    let span = Span::new(first.start, first.start + end as u32);
    let text = span.of(document.text()).to_owned();
    Notice { kind: NoticeKind::Unused, detail, span, location: document.locate(span), text }
}

impl Entry {
    fn is_about(&self, path: &Path) -> bool {
        self.path.as_ref().is_none_or(|globs| globs.matches(path))
    }

    fn is_for(&self, finding: &Finding, rules: &RuleSet) -> bool {
        let named = || self.rule.as_ref().is_none_or(|name| is_called(name.get_ref(), finding, rules));
        let is_its = finding.fingerprint == self.fingerprint
            || finding.former_fingerprints.contains(&self.fingerprint);
        is_its && finding.kind != Kind::Strength && named()
    }

    fn parse(
        file: &TomlFile,
        of: &Key<'_>,
        table: Vec<(Key<'_>, Value<'_>)>,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<Entry> {
        let at = table.first().map_or(of.span(), |(key, _)| key.span());
        let (mut fingerprint, mut reason): (Option<Spanned<String>>, Option<Spanned<String>>) = (None, None);
        let (mut rule, mut path, mut until) = (None, None, None);
        let before = errors.len();
        for (key, value) in table {
            match key.as_ref().as_ref() {
                "fingerprint" => fingerprint = file.read(&key, value, errors),
                "rule" => rule = file.read(&key, value, errors),
                "path" => path = file.read(&key, value, errors).and_then(|text| globs(file, &text, errors)),
                "reason" => reason = file.read(&key, value, errors),
                "until" => until = day(file, &value, errors),
                _ => errors.push(file.unknown_key(&key, &KEYS)),
            }
        }
        if let Some(reason) = reason.as_ref().filter(|text| !text.get_ref().contains(char::is_alphanumeric)) {
            errors.push(file.error(
                reason.span(),
                "config::missing-reason",
                "a reason is required".to_owned(),
            ));
        }
        let is_digits = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if let Some(wrong) = fingerprint.as_ref().filter(|text| !is_digits(text.get_ref())) {
            let message = "a fingerprint is 16 hexadecimal digits, as in the JSON report".to_owned();
            errors.push(file.error(wrong.span(), "config::wrong-type", message));
        }
        for (name, is_there) in [("fingerprint", fingerprint.is_some()), ("reason", reason.is_some())] {
            if !is_there && errors.len() == before {
                let message = format!("a suppression needs the key `{name}`");
                errors.push(file.error(at.clone(), "config::missing-key", message));
            }
        }
        let line = file.text.get(..at.start).unwrap_or_default().matches('\n').count() + 1;
        let fingerprint = fingerprint?.into_inner().to_ascii_lowercase();
        Some(Entry { fingerprint, rule, path, reason: reason?.into_inner(), until, line })
    }
}

/// Whether `name` is the id of the finding's rule, or once was.
fn is_called(name: &str, finding: &Finding, rules: &RuleSet) -> bool {
    find_rule(rules, name).is_some_and(|rule| rule.id == finding.rule)
}

fn globs(file: &TomlFile, text: &Spanned<String>, errors: &mut Vec<Diagnostic>) -> Option<Globs> {
    Globs::new(std::iter::once(text.get_ref().as_str()))
        .map_err(|(_, reason)| {
            let message = format!("this glob cannot be read: {reason}");
            errors.push(file.error(text.span(), "config::bad-glob", message));
        })
        .ok()
}

/// A day, as a date of TOML or as a string.
fn day(file: &TomlFile, value: &Value<'_>, errors: &mut Vec<Diagnostic>) -> Option<Date> {
    let written = match value.get_ref() {
        DeValue::Datetime(day) => Some(day.to_string()),
        DeValue::String(day) => Some(day.to_string()),
        DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    };
    let date = written.as_deref().and_then(Date::parse);
    if date.is_none() {
        let message = "`until` is a day such as 2027-06-30".to_owned();
        errors.push(file.error(value.span(), "config::wrong-type", message));
    }
    date
}
