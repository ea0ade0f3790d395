//! A configuration held against the rules: what it chooses for a document.
//!
//! Layers lie on each other: the file, its overrides whose paths match, the command line. A `select` takes
//! the place of those below it, an `ignore` adds to them, a severity goes before those below. Whoever
//! selects on the command line has said precisely what is wanted, and no file takes anything away from it.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Spanned;

use super::fault::{TomlFile, did_you_mean};
use super::schema::{Layer, Text};
use super::selection::all_rules;
use super::{Choices, Configuration, FailOn, Globs, Level, Levels, Selection, Selector};
use crate::diagnostic::Diagnostic;
use crate::reader::{Format, ReadOptions};
use crate::rule::{Confidence, Kind, Rule, RuleSet};

/// The largest file that is read unless somebody says otherwise: 64 MiB.
const MAX_FILE_SIZE: u64 = 64 << 20;

/// What somebody chooses in one place, its names known to the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// In place of what is selected below; `None`: nothing is said.
    pub select: Option<Vec<Selector>>,
    /// None of these either.
    pub ignore: Vec<Selector>,
    /// How grave a rule or topic is.
    pub severity: Vec<(Selector, Level)>,
    /// The tag of the language that documents are read in.
    pub language: Option<String>,
    /// The rest.
    pub choices: Choices,
}

/// A configuration whose names are known to the rules; the default is that of no file.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    name: Option<String>,
    layers: Vec<(Option<Globs>, Choice)>,
}

/// What is chosen for one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Which findings are wanted.
    pub selection: Selection,
    /// Ids of rules that a configuration file turns off, although the command line asks for nothing else.
    pub off: BTreeSet<String>,
    /// The name of that file.
    pub off_by: Option<String>,
    /// How grave rules are.
    pub levels: Levels,
    /// What fails the run.
    pub fail_on: FailOn,
    /// The format that the document is in, whatever it looks like.
    pub format: Option<Format>,
    /// How it is read.
    pub read: ReadOptions,
    /// The tag of the language that it is read in; `None`: its own.
    pub language: Option<String>,
    /// A larger file is a failure; in bytes.
    pub max_file_size: u64,
    /// Whether strengths are listed.
    pub strengths: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            selection: Selection::default(),
            off: BTreeSet::new(),
            off_by: None,
            levels: Levels::default(),
            fail_on: FailOn::default(),
            format: None,
            read: ReadOptions::default(),
            language: None,
            max_file_size: MAX_FILE_SIZE,
            strengths: false,
        }
    }
}

impl Settings {
    /// Whether findings of `rule` are wanted.
    pub fn wants(&self, rule: &Rule) -> bool {
        self.selection.wants(rule) && !self.off.contains(&rule.id)
    }
}

impl Configuration {
    /// Checks the names in the file. Errors are those that no rule, topic, recommendation or language has.
    pub fn resolve(&self, rules: &RuleSet) -> Result<Resolved, Vec<Diagnostic>> {
        let mut resolver = Resolver { file: &self.file, rules, errors: Vec::new() };
        let mut layers = vec![(None, resolver.layer(&self.layer))];
        for (globs, layer) in &self.overrides {
            layers.push((Some(globs.clone()), resolver.layer(layer)));
        }
        let mut errors = resolver.errors;
        if errors.is_empty() {
            return Ok(Resolved { name: Some(self.name().to_owned()), layers });
        }
        errors.sort_by_key(|error| error.primary.span);
        Err(errors)
    }
}

struct Resolver<'a> {
    file: &'a TomlFile,
    rules: &'a RuleSet,
    errors: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn layer(&mut self, layer: &Layer) -> Choice {
        let select = layer.select.as_ref().map(|names| self.selectors(names));
        let ignore = self.selectors(&layer.ignore);
        let severity = layer.severity.iter().filter_map(|(name, level)| self.level(name, level)).collect();
        let language = layer.language.as_ref().map(|tag| self.language(tag));
        Choice { select, ignore, severity, language, choices: layer.choices }
    }

    fn selectors(&mut self, names: &[Text]) -> Vec<Selector> {
        names.iter().filter_map(|name| self.selector(name)).collect()
    }

    fn selector(&mut self, name: &Text) -> Option<Selector> {
        let parsed = Selector::parse(name.get_ref(), self.rules);
        parsed
            .map_err(|unknown| {
                let message = format!("no rule, topic or recommendation is called `{}`", unknown.name);
                let mut error = self.file.error(name.span(), "config::unknown-rule", message);
                error.primary.text =
                    unknown.suggestion.map(|like| format!("did you mean `{like}`?")).unwrap_or_default();
                self.errors.push(error);
            })
            .ok()
    }

    fn level(&mut self, name: &Text, level: &Spanned<Level>) -> Option<(Selector, Level)> {
        let selector = self.selector(name)?;
        let level_set = *level.get_ref();
        let is_strength =
            |id: &String| super::find_rule(self.rules, id).is_some_and(|rule| rule.kind == Kind::Strength);
        let wrong = match &selector {
            Selector::Recommendation(_) => {
                Some((name.span(), "a severity is set for a rule or a topic, not for a recommendation"))
            }
            Selector::Rule(id) if is_strength(id) && !matches!(level_set, Level::Note | Level::Off) => {
                Some((level.span(), "a strength is always a note, or off"))
            }
            Selector::Rule(_) | Selector::Topic(_) => None,
        };
        if let Some((at, message)) = wrong {
            self.errors.push(self.file.error(at, "config::severity", message.to_owned()));
            return None;
        }
        Some((selector, level_set))
    }

    fn language(&mut self, tag: &Text) -> String {
        if self.rules.language(tag.get_ref()).is_none() {
            let message = format!("there are no rules for a language `{}`", tag.get_ref());
            let mut error = self.file.error(tag.span(), "config::unknown-language", message);
            error.primary.text =
                did_you_mean(tag.get_ref(), self.rules.languages.iter().map(|pack| pack.tag.as_str()));
            self.errors.push(error);
        }
        tag.get_ref().clone()
    }
}

impl Resolved {
    /// The overrides that apply to the document at `path`, relative to the configuration's folder, by
    /// index: documents with the same have the same settings.
    pub fn overrides(&self, path: &Path) -> Vec<usize> {
        let applies = |globs: &Option<Globs>| globs.as_ref().is_none_or(|globs| globs.matches(path));
        let layers = self.layers.iter().enumerate();
        layers.filter(|(_, (globs, _))| applies(globs)).map(|(index, _)| index).collect()
    }

    /// What the layers with the indices `overrides` choose, and above them the command line.
    pub fn settings(&self, overrides: &[usize], command_line: &Choice, rules: &RuleSet) -> Settings {
        let applied = overrides.iter().filter_map(|index| self.layers.get(*index));
        let layers: Vec<&Choice> = applied.map(|(_, choice)| choice).collect();
        let selects = command_line.select.as_ref().filter(|select| !select.is_empty());
        let file = Selection {
            select: layers.iter().rev().find_map(|layer| layer.select.clone()).unwrap_or_default(),
            ignore: layers.iter().flat_map(|layer| layer.ignore.iter().cloned()).collect(),
            ..Selection::default()
        };
        let choices = layers.iter().fold(Choices::default(), |below, layer| layer.choices.over(below));
        let choices = command_line.choices.over(choices);
        let mut settings = Settings {
            off_by: self.name.clone(),
            fail_on: choices.fail_on.unwrap_or_default(),
            read: ReadOptions {
                changes: choices.changes.unwrap_or_default(),
                keep_furniture: choices.keep_furniture.unwrap_or_default(),
            },
            language: command_line
                .language
                .clone()
                .or_else(|| layers.iter().rev().find_map(|layer| layer.language.clone())),
            max_file_size: choices.max_file_size.unwrap_or(MAX_FILE_SIZE),
            strengths: choices.strengths.unwrap_or_default(),
            ..Settings::default()
        };
        for rule in all_rules(rules) {
            let (level, by_id) = level_of(rule, &layers).unzip();
            let is_off = level == Some(Level::Off) || !file.wants(rule);
            if is_off && selects.is_none() {
                settings.off.insert(rule.id.clone());
                settings
                    .levels
                    .off
                    .extend(level.filter(|level| *level == Level::Off).map(|_| rule.id.clone()));
            }
            let Some(severity) = level.and_then(Level::severity) else { continue };
            let levels = &mut settings.levels;
            let set = if by_id == Some(true) { &mut levels.of_rule } else { &mut levels.of_topic };
            set.insert(rule.id.clone(), severity);
        }
        settings.selection = Selection {
            select: selects.cloned().unwrap_or(file.select),
            ignore: if selects.is_some() { Vec::new() } else { file.ignore },
            min_confidence: choices.min_confidence.unwrap_or(Confidence::Low),
        };
        settings.selection.ignore.extend(command_line.ignore.iter().cloned());
        settings
    }
}

/// How grave `rule` is made, and whether by its id: by the uppermost layer that says so, where the id goes
/// before the topic.
fn level_of(rule: &Rule, layers: &[&Choice]) -> Option<(Level, bool)> {
    layers.iter().rev().find_map(|layer| {
        let set = |by_id: bool| {
            let named =
                |selector: &Selector| matches!(selector, Selector::Rule(_)) == by_id && selector.names(rule);
            let level = layer.severity.iter().rev().find(|(selector, _)| named(selector));
            level.map(|(_, level)| (*level, by_id))
        };
        set(true).or_else(|| set(false))
    })
}
