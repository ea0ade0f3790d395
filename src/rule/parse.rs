//! One rule file: from TOML to the tables of [`schema`](super::schema).
//!
//! The file is parsed once into values that know their bytes; then each table is read for itself, so
//! that one wrong key in one rule hides nothing else in the file.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use crate::language::Language;

use super::check;
use super::error::{Mistake, PackError};
use super::load::{FORMAT, VERSION};
use super::schema::{Authority, Class, Header, Notice, Principle, Profile, Recommendation, Rule, Text};

/// A file as it was given.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) text: Arc<str>,
}

impl Source {
    pub(super) fn error(&self, at: Range<usize>, mistake: Mistake) -> PackError {
        PackError::new(&self.name, &self.text, at, mistake)
    }

    /// The bytes of the file that hold `part` of a string; the whole string where escapes hide them.
    pub(super) fn within(&self, text: &Text, part: Range<usize>) -> Range<usize> {
        let (whole, value) = (text.span(), text.get_ref());
        let raw = self.text.get(whole.clone()).unwrap_or_default();
        // A quote is one character, or three and perhaps a line end.
        let quote = (1..=5).find(|&quote| raw.get(quote..quote + value.len()) == Some(value));
        match quote {
            Some(quote) if part.start <= part.end && part.end <= value.len() => {
                whole.start + quote + part.start..whole.start + quote + part.end
            }
            _ => whole,
        }
    }

    /// `name:line`, for notes.
    pub(super) fn place(&self, at: &Range<usize>) -> String {
        let before = self.text.get(..at.start).unwrap_or_default();
        format!("{}:{}", self.name, before.matches('\n').count() + 1)
    }
}

/// The tables of a file.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) header: Option<Header>,
    pub(super) language: Option<Spanned<Language>>,
    pub(super) classes: Vec<(Text, Class)>,
    pub(super) profile: Profile,
    pub(super) rules: Vec<Spanned<Rule>>,
    pub(super) recommendations: Vec<Recommendation>,
    pub(super) principles: Vec<Principle>,
    pub(super) authorities: Vec<Authority>,
    pub(super) notices: Vec<Notice>,
    /// Whether no more than an error came out of the file as a whole.
    pub(super) unreadable: bool,
    /// The sorts of table one of which could not be read: `a class`.
    pub(super) lost: Vec<&'static str>,
}

impl File {
    /// Whether a table of this sort may have been here and could not be read, so that a name that
    /// nobody defines may be a consequence of another mistake.
    pub(super) fn lost(&self, what: &str) -> bool {
        self.unreadable || self.lost.contains(&what)
    }
}

type Key<'i> = Spanned<toml::de::DeString<'i>>;
type Value<'i> = Spanned<DeValue<'i>>;

/// Reads `source`; what is wrong goes to `errors`, what is right is returned.
pub(super) fn parse(source: &Source, errors: &mut Vec<PackError>) -> File {
    let (document, faults) = DeTable::parse_recoverable(&source.text);
    let mut reader = Reader { source, errors, file: File::default() };
    if faults.is_empty() {
        reader.document(document.into_inner());
    } else {
        reader.file.unreadable = true;
        for fault in &faults {
            reader.error(fault.span().unwrap_or(0..0), Mistake::Syntax(fault.message().to_owned()));
        }
    }
    reader.file
}

struct Reader<'a> {
    source: &'a Source,
    errors: &'a mut Vec<PackError>,
    file: File,
}

impl Reader<'_> {
    fn error(&mut self, at: Range<usize>, mistake: Mistake) {
        self.errors.push(self.source.error(at, mistake));
    }

    fn document(&mut self, table: DeTable<'_>) {
        let mut entries: Vec<(Key<'_>, Value<'_>)> = table.into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        if !self.header(&mut entries) {
            self.file.unreadable = true;
            return;
        }
        for (key, value) in entries {
            self.table(&key, value);
        }
    }

    /// Takes `[pack]` out of `entries`; whether the rest of the file can be read.
    fn header(&mut self, entries: &mut Vec<(Key<'_>, Value<'_>)>) -> bool {
        let Some(at) = entries.iter().position(|(key, _)| key.as_ref() == "pack") else {
            let common = ["recommendation", "principle", "authority", "notice"];
            let first = entries.iter().find(|(key, _)| !common.contains(&key.as_ref().as_ref()));
            if let Some((key, _)) = first {
                self.error(key.span(), Mistake::MissingPack);
                return false;
            }
            return true;
        };
        let (key, value) = entries.remove(at);
        if let Some((format, span, needs)) = newer_format(value.get_ref()) {
            self.error(span, Mistake::NewerFormat(format, needs));
            return false;
        }
        if at > 0 {
            self.error(key.span(), Mistake::PackNotFirst);
        }
        let Some(header) = self.read::<Header>(&key, value, "`[pack]`") else { return false };
        if *header.format.get_ref() < 1 {
            let what = format!("a format is 1 to {FORMAT}");
            self.error(header.format.span(), Mistake::WrongType(what));
        }
        check::kebab_case(self.source, &header.language, self.errors);
        let readable = self.requirement(&header.requires);
        self.file.header = Some(header);
        readable
    }

    /// Whether this rightslint is the one that the pack needs.
    fn requirement(&mut self, requires: &Text) -> bool {
        let needs = requires.get_ref();
        match check::version(needs.trim_start_matches(">=")) {
            None => self.error(requires.span(), Mistake::BadRequirement(needs.clone())),
            Some(wanted) if check::version(VERSION) < Some(wanted) => {
                self.error(requires.span(), Mistake::NewerVersion(needs.clone()));
                return false;
            }
            Some(_) => {}
        }
        true
    }

    fn table(&mut self, key: &Key<'_>, value: Value<'_>) {
        match key.as_ref().as_ref() {
            "language" => {
                self.file.language = self.read(key, value, "`[language]`");
            }
            "profile" => {
                if let Some(profile) = self.read(key, value, "`[profile]`") {
                    self.file.profile = profile;
                }
            }
            "class" => self.classes(key, value),
            "rule" => self.file.rules = self.list(key, value, "a rule"),
            "recommendation" => self.file.recommendations = self.list(key, value, "a recommendation"),
            "principle" => self.file.principles = self.list(key, value, "a principle"),
            "authority" => self.file.authorities = self.list(key, value, "an authority"),
            "notice" => self.file.notices = self.list(key, value, "a notice"),
            unknown => {
                let expected =
                    "a rule file holds `pack`, `language`, `class`, `profile`, `rule`, `authority`";
                let mistake = Mistake::UnknownKey(unknown.to_owned(), Some(expected.to_owned()));
                self.error(key.span(), mistake);
            }
        }
    }

    fn classes(&mut self, key: &Key<'_>, value: Value<'_>) {
        let DeValue::Table(table) = value.into_inner() else {
            self.file.lost.push("a class");
            let what = "classes are tables: `[class.NAME]`".to_owned();
            self.error(key.span(), Mistake::WrongType(what));
            return;
        };
        for (name, value) in table {
            if let Some(class) = self.read(&name, value, "a class") {
                let name = Spanned::new(name.span(), name.as_ref().to_string());
                self.file.classes.push((name, class));
            }
        }
        self.file.classes.sort_by_key(|(name, _)| name.span().start);
    }

    fn list<T: for<'de> Deserialize<'de>>(
        &mut self,
        key: &Key<'_>,
        value: Value<'_>,
        what: &'static str,
    ) -> Vec<T> {
        let name = key.as_ref().to_string();
        let DeValue::Array(items) = value.into_inner() else {
            self.file.lost.push(what);
            self.error(key.span(), Mistake::WrongType(format!("write two brackets: `[[{name}]]`")));
            return Vec::new();
        };
        items.into_iter().filter_map(|item| self.read(key, item, what)).collect()
    }

    /// One table; `None` with an error where its shape is wrong.
    fn read<T: for<'de> Deserialize<'de>>(
        &mut self,
        key: &Key<'_>,
        value: Value<'_>,
        what: &'static str,
    ) -> Option<T> {
        let whole = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(table) => Some(table),
            Err(error) => {
                self.file.lost.push(what);
                let at = error.span().unwrap_or(if whole.is_empty() { key.span() } else { whole });
                self.error(at, shape(&error, what));
                None
            }
        }
    }
}

/// The format of a `[pack]` that only a newer rightslint can read, its bytes, and what it requires.
fn newer_format(header: &DeValue<'_>) -> Option<(i64, Range<usize>, Option<String>)> {
    let value = header.get("format")?;
    let format = value.get_ref().as_integer()?;
    let format = i64::from_str_radix(format.as_str(), format.radix()).ok()?;
    let requires = header.get("requires").and_then(|value| value.get_ref().as_str()).map(str::to_owned);
    (format > FORMAT).then(|| (format, value.span(), requires))
}

/// What serde says about a table of the wrong shape, as a mistake.
fn shape(error: &Error, what: &'static str) -> Mistake {
    let message = error.message().trim();
    let (fault, expected) = match message.split_once(", expected ") {
        Some((fault, expected)) => (fault, Some(format!("expected {expected}"))),
        None => (message, None),
    };
    let quoted = || fault.split('`').nth(1).unwrap_or_default().to_owned();
    if fault.starts_with("unknown field") {
        Mistake::UnknownKey(quoted(), expected)
    } else if fault.starts_with("unknown variant") {
        Mistake::UnknownValue(quoted(), expected)
    } else if fault.starts_with("missing field") {
        Mistake::MissingKey(what, quoted())
    } else {
        Mistake::WrongType(message.to_owned())
    }
}
