//! A configuration file: from TOML to what it chooses, names of rules not yet looked at.

use std::sync::Arc;

use toml::Spanned;

use super::Globs;
use super::fault::{Key, TomlFile, Value};
use super::schema::{Changes, Furniture, Layer, NamedFormat, Text};
use crate::diagnostic::Diagnostic;
use crate::reader::Format;

/// Keys that a file and an override have.
const LAYER_KEYS: [&str; 8] =
    ["select", "ignore", "severity", "min-confidence", "fail-on", "language", "changes", "furniture"];
/// Keys of a file, the most used first.
const KEYS: [&str; 14] = [
    "packs",
    "select",
    "ignore",
    "severity",
    "min-confidence",
    "fail-on",
    "exclude",
    "language",
    "formats",
    "changes",
    "furniture",
    "max-file-size",
    "strengths",
    "override",
];
/// The largest `max-file-size`, in MiB.
const LARGEST: u64 = 1024;

/// A configuration file, parsed.
#[derive(Clone, Debug)]
pub struct Configuration {
    pub(super) file: TomlFile,
    pub(super) layer: Layer,
    pub(super) overrides: Vec<(Globs, Layer)>,
    packs: Vec<Text>,
    exclude: Globs,
    formats: Vec<(Globs, Format)>,
}

impl Configuration {
    /// Parses the text of the file `name`. Errors are all mistakes but those about names of rules.
    pub fn parse(name: &str, text: &str) -> Result<Configuration, Vec<Diagnostic>> {
        let file = TomlFile { name: name.to_owned(), text: Arc::from(text) };
        let mut errors = Vec::new();
        let entries = file.entries(&mut errors).unwrap_or_default();
        let mut parser = Parser { file: &file, errors };
        let parsed = parser.file(entries);
        let mut errors = parser.errors;
        if errors.is_empty() {
            return Ok(parsed);
        }
        errors.sort_by_key(|error| error.primary.span);
        Err(errors)
    }

    /// The name of the file, as it is shown.
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// What the file itself chooses, its overrides left out.
    pub fn choices(&self) -> super::Choices {
        self.layer.choices
    }

    /// The rule packs that it names, relative to its folder.
    pub fn packs(&self) -> impl Iterator<Item = &str> {
        self.packs.iter().map(|pack| pack.get_ref().as_str())
    }

    /// Whether files of walked folders at `path`, relative to the configuration's folder, are passed over.
    pub fn excludes(&self, path: &std::path::Path) -> bool {
        self.exclude.matches(path)
    }

    /// The format that the file at `path`, relative to the configuration's folder, is to be read in.
    pub fn format(&self, path: &std::path::Path) -> Option<Format> {
        self.formats.iter().rev().find(|(globs, _)| globs.matches(path)).map(|(_, format)| *format)
    }
}

struct Parser<'a> {
    file: &'a TomlFile,
    errors: Vec<Diagnostic>,
}

impl Parser<'_> {
    fn file(&mut self, entries: Vec<(Key<'_>, Value<'_>)>) -> Configuration {
        let mut parsed = Configuration {
            file: self.file.clone(),
            layer: Layer::default(),
            overrides: Vec::new(),
            packs: Vec::new(),
            exclude: Globs::default(),
            formats: Vec::new(),
        };
        for (key, value) in entries {
            match key.as_ref().as_ref() {
                "packs" => parsed.packs = self.read(&key, value).unwrap_or_default(),
                "exclude" => {
                    let globs: Vec<Text> = self.read(&key, value).unwrap_or_default();
                    parsed.exclude = self.globs(&globs);
                }
                "formats" => parsed.formats = self.formats(&key, value),
                "max-file-size" => parsed.layer.choices.max_file_size = self.size(&key, value),
                "strengths" => parsed.layer.choices.strengths = self.read(&key, value),
                "override" => {
                    for table in self.file.tables(&key, value, &mut self.errors) {
                        parsed.overrides.extend(self.overriding(&key, table));
                    }
                }
                name if LAYER_KEYS.contains(&name) => self.layer(&key, value, &mut parsed.layer),
                _ => self.errors.push(self.file.unknown_key(&key, &KEYS)),
            }
        }
        parsed
    }

    /// One table of `[[override]]`.
    fn overriding(&mut self, of: &Key<'_>, table: Vec<(Key<'_>, Value<'_>)>) -> Option<(Globs, Layer)> {
        let mut layer = Layer::default();
        let mut paths: Option<Vec<Text>> = None;
        let at = table.first().map_or(of.span(), |(key, _)| key.span());
        for (key, value) in table {
            match key.as_ref().as_ref() {
                "paths" => paths = Some(self.read(&key, value).unwrap_or_default()),
                name if LAYER_KEYS.contains(&name) => self.layer(&key, value, &mut layer),
                _ => {
                    let known: Vec<&str> = std::iter::once("paths").chain(LAYER_KEYS).collect();
                    self.errors.push(self.file.unknown_key(&key, &known));
                }
            }
        }
        if paths.is_none() {
            let message = "an override needs the key `paths`".to_owned();
            self.errors.push(self.file.error(at, "config::missing-key", message));
        }
        let paths = paths?;
        Some((self.globs(&paths), layer))
    }

    /// A key that files and overrides have.
    fn layer(&mut self, key: &Key<'_>, value: Value<'_>, layer: &mut Layer) {
        let choices = &mut layer.choices;
        match key.as_ref().as_ref() {
            "select" => layer.select = self.read(key, value),
            "ignore" => layer.ignore = self.read(key, value).unwrap_or_default(),
            "min-confidence" => choices.min_confidence = self.read(key, value),
            "fail-on" => choices.fail_on = self.read(key, value),
            "language" => layer.language = self.read(key, value),
            "changes" => choices.changes = self.read::<Changes>(key, value).map(Into::into),
            "furniture" => {
                let furniture: Option<Furniture> = self.read(key, value);
                choices.keep_furniture = furniture.map(|furniture| furniture == Furniture::Keep);
            }
            _ => {
                let entries = self.file.table(key, value, &mut self.errors).unwrap_or_default();
                for (name, value) in entries {
                    let text = Spanned::new(name.span(), name.as_ref().to_string());
                    let at = value.span();
                    let level = self.read(&name, value).map(|level| Spanned::new(at, level));
                    layer.severity.extend(level.map(|level| (text, level)));
                }
            }
        }
    }

    fn formats(&mut self, key: &Key<'_>, value: Value<'_>) -> Vec<(Globs, Format)> {
        let entries = self.file.table(key, value, &mut self.errors).unwrap_or_default();
        let mut formats = Vec::new();
        for (glob, value) in entries {
            let text = Spanned::new(glob.span(), glob.as_ref().to_string());
            let globs = self.globs(std::slice::from_ref(&text));
            let format: Option<NamedFormat> = self.read(&glob, value);
            formats.extend(format.map(|format| (globs, format.into())));
        }
        formats
    }

    /// Bytes of so many MiB.
    fn size(&mut self, key: &Key<'_>, value: Value<'_>) -> Option<u64> {
        let at = value.span();
        let size: u64 = self.read(key, value)?;
        if (1..=LARGEST).contains(&size) {
            return Some(size << 20);
        }
        let message = format!("a file size is 1 to {LARGEST} MiB");
        self.errors.push(self.file.error(at, "config::wrong-type", message));
        None
    }

    fn globs(&mut self, globs: &[Text]) -> Globs {
        Globs::new(globs.iter().map(|glob| glob.get_ref().as_str())).unwrap_or_else(|(index, reason)| {
            let at = globs.get(index).map_or(0..0, Spanned::span);
            let message = format!("this glob cannot be read: {reason}");
            self.errors.push(self.file.error(at, "config::bad-glob", message));
            Globs::default()
        })
    }

    fn read<T: for<'de> serde::Deserialize<'de>>(&mut self, key: &Key<'_>, value: Value<'_>) -> Option<T> {
        self.file.read(key, value, &mut self.errors)
    }
}
