//! A TOML file that a user writes, and what is wrong with it.
//!
//! Each table is read for itself, so that one wrong key hides nothing else in the file; every mistake
//! knows its bytes.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::Span;

/// A key of a table, and its bytes in the file.
pub type Key<'i> = Spanned<toml::de::DeString<'i>>;
/// A value, and its bytes in the file.
pub type Value<'i> = Spanned<DeValue<'i>>;

/// A TOML file as it was given.
#[derive(Clone, Debug)]
pub struct TomlFile {
    /// As it is shown.
    pub name: String,
    /// All of it.
    pub text: Arc<str>,
}

impl TomlFile {
    /// What is wrong with the bytes `at` of the file. A message is one line, lower-case, no full stop.
    pub fn error(&self, at: Range<usize>, code: &'static str, message: String) -> Diagnostic {
        let end = self.text.floor_char_boundary(at.end);
        let start = self.text.floor_char_boundary(at.start.min(end));
        Diagnostic {
            severity: Severity::Error,
            code,
            message,
            file_name: self.name.clone(),
            file_text: Arc::clone(&self.text),
            primary: Label { span: Span::from(start..end), text: String::new() },
            notes: Vec::new(),
        }
    }

    /// The tables and values at the top of the file in their order; `None` where it is no TOML.
    pub(crate) fn entries(&self, errors: &mut Vec<Diagnostic>) -> Option<Vec<(Key<'_>, Value<'_>)>> {
        let (document, faults) = DeTable::parse_recoverable(&self.text);
        for fault in &faults {
            let message = format!("this is not TOML: {}", fault.message());
            errors.push(self.error(fault.span().unwrap_or(0..0), "config::syntax", message));
        }
        faults.is_empty().then(|| in_order(document.into_inner()))
    }

    /// A value; `None` with an error where its shape is wrong.
    pub(crate) fn read<T: for<'de> Deserialize<'de>>(
        &self,
        key: &Key<'_>,
        value: Value<'_>,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let whole = value.span();
        T::deserialize(ValueDeserializer::from(value))
            .map_err(|error| {
                let at = error.span().unwrap_or(if whole.is_empty() { key.span() } else { whole });
                errors.push(self.misshapen(at, &error, key.as_ref()));
            })
            .ok()
    }

    /// The entries of a table in their order; `None` with an error where the value is no table.
    pub(crate) fn table<'v>(
        &self,
        key: &Key<'_>,
        value: Value<'v>,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<Vec<(Key<'v>, Value<'v>)>> {
        let at = value.span();
        if let DeValue::Table(table) = value.into_inner() {
            return Some(in_order(table));
        }
        let message = format!("`{0}` is a table: `[{0}]`", key.as_ref());
        errors.push(self.error(at, "config::wrong-type", message));
        None
    }

    /// The tables of a list, each with its bytes; none with an error where the value is no such list.
    pub(crate) fn tables<'v>(
        &self,
        key: &Key<'_>,
        value: Value<'v>,
        errors: &mut Vec<Diagnostic>,
    ) -> Vec<Vec<(Key<'v>, Value<'v>)>> {
        let at = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            let message = format!("write two brackets: `[[{}]]`", key.as_ref());
            errors.push(self.error(at, "config::wrong-type", message));
            return Vec::new();
        };
        items.into_iter().filter_map(|item| self.table(key, item, errors)).collect()
    }

    /// A key that means nothing where it stands; `known` may stand there.
    pub(crate) fn unknown_key(&self, key: &Key<'_>, known: &[&str]) -> Diagnostic {
        let name = key.as_ref();
        let mut error = self.error(key.span(), "config::unknown-key", format!("unknown key `{name}`"));
        error.primary.text = did_you_mean(name, known.iter().copied());
        error.notes.push(format!("expected one of {}", quoted(known)));
        error
    }

    fn misshapen(&self, at: Range<usize>, error: &Error, key: &str) -> Diagnostic {
        let message = error.message().trim();
        let (fault, expected) = message.split_once(", expected ").unwrap_or((message, ""));
        let named = fault.split('`').nth(1).unwrap_or_default();
        let known = || expected.split('`').skip(1).step_by(2);
        let note = || format!("expected {expected}");
        if fault.starts_with("unknown variant") {
            let mut error = self.error(at, "config::unknown-value", format!("unknown value `{named}`"));
            error.primary.text = did_you_mean(named, known());
            error.notes.push(note());
            error
        } else if fault.starts_with("unknown field") {
            let mut error = self.error(at, "config::unknown-key", format!("unknown key `{named}`"));
            error.primary.text = did_you_mean(named, known());
            error.notes.push(note());
            error
        } else if fault.starts_with("missing field") {
            self.error(at, "config::missing-key", format!("`{key}` needs the key `{named}`"))
        } else {
            self.error(at, "config::wrong-type", format!("a value of the wrong type: {message}"))
        }
    }
}

fn in_order<'v>(table: DeTable<'v>) -> Vec<(Key<'v>, Value<'v>)> {
    let mut entries: Vec<(Key<'v>, Value<'v>)> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// `did you mean ...?`, or nothing where no name is like enough.
pub(crate) fn did_you_mean<'k, N: Iterator<Item = &'k str>>(name: &str, known: N) -> String {
    let wanted = name.to_lowercase().replace('_', "-");
    let scored = known.map(|known| (strsim::jaro_winkler(&wanted, known), known));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness > 0.8);
    best.map(|(_, known)| format!("did you mean `{known}`?")).unwrap_or_default()
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
