//! What configuration files say for the documents of a command: rules, and choices for each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::args::GlobalArguments;
use super::packs::{load_packs, show};
use super::{CommandError, Terminal};
use crate::config::{Choice, Configuration, Resolved, SIDECAR_NAMES, Settings};
use crate::diagnostic::Diagnostic;
use crate::lint::{DocumentOptions, Options};
use crate::rule::RuleSet;
use crate::suppress::{Date, Sidecar};
use crate::walk::{
    ConfigError, Configurations, Discovery, Found, Input, Lookup, Source, StandardInput, Walked,
    walk_configured,
};

/// The documents of a command, with the rules for them and the configuration of each.
pub(super) struct Project {
    pub(super) walked: Walked,
    pub(super) rules: RuleSet,
    configured: Vec<Configured>,
    /// For each input, which of `configured` is its; `None`: no file.
    of_input: Vec<Option<usize>>,
}

/// A configuration file and what it says to the rules.
struct Configured {
    found: Arc<Found<Configuration>>,
    resolved: Resolved,
}

/// What a command wants to open.
pub(super) struct Wanted<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) stdin_filename: Option<&'a String>,
    /// In bytes, where the command line says so.
    pub(super) max_file_size: Option<u64>,
    /// Files of walked folders that are no documents: reports of the run itself.
    pub(super) left_out: &'a [&'a Path],
}

impl Project {
    /// Finds the documents, their configurations and the rules. `None` where a file is wrong: each mistake
    /// has been shown.
    pub(super) fn open(
        wanted: &Wanted<'_>,
        global: &GlobalArguments,
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<Project>, CommandError> {
        let mut configurations = Configurations::new(lookup(global));
        let name = wanted.stdin_filename.cloned();
        let of_stdin = configurations.of(Path::new(name.as_deref().unwrap_or("-")));
        let configured = of_stdin.and_then(|found| found.content.choices().max_file_size);
        let limit = wanted.max_file_size.or(configured).unwrap_or(Settings::default().max_file_size);
        let standard_input = StandardInput { name, limit };
        let walked = walk_configured(wanted.paths, &standard_input, &mut configurations, wanted.left_out);
        let mut found: Vec<Arc<Found<Configuration>>> = Vec::new();
        let mut of_input = Vec::new();
        for input in &walked.inputs {
            of_input.push(configurations.of(path_of(input)).map(|own| {
                let known = found.iter().position(|known| Arc::ptr_eq(known, &own));
                known.unwrap_or_else(|| {
                    found.push(own);
                    found.len() - 1
                })
            }));
        }
        if let Err(error) = configurations.finish() {
            return told(error, global, terminal);
        }
        let Some(rules) = load_packs(global, &packs(&found), terminal)? else { return Ok(None) };
        let Some(configured) = resolve(found, &rules, global, terminal)? else { return Ok(None) };
        Ok(Some(Project { walked, rules, configured, of_input }))
    }

    /// What is chosen for each document, and above the files the command line; documents for which the same
    /// is chosen share it.
    pub(super) fn options(&self, command_line: &Choice) -> BTreeMap<String, DocumentOptions> {
        let mut shared: BTreeMap<(Option<usize>, Vec<usize>, String), Arc<Settings>> = BTreeMap::new();
        let mut options = BTreeMap::new();
        let nothing = Resolved::default();
        for (input, own) in self.walked.inputs.iter().zip(&self.of_input) {
            let configured = own.and_then(|index| self.configured.get(index));
            let resolved = configured.map_or(&nothing, |configured| &configured.resolved);
            let found = configured.map(|configured| &configured.found);
            let relative = found.map(|found| found.relative(path_of(input))).unwrap_or_default();
            let overrides = resolved.overrides(&relative);
            let format = found.and_then(|found| found.content.format(&relative));
            let key = (*own, overrides, format!("{format:?}"));
            let settings = shared.entry(key).or_insert_with_key(|(_, overrides, _)| {
                let settings = resolved.settings(overrides, command_line, &self.rules);
                Arc::new(Settings { format, ..settings })
            });
            let settings = Arc::clone(settings);
            options.insert(input.path.clone(), DocumentOptions { settings, sidecar: None });
        }
        options
    }

    /// The options with what the command line says of all documents, the files of suppressions that stand
    /// beside them, and the day. `None` where such a file is wrong.
    pub(super) fn complete(
        &self,
        mut options: Options,
        global: &GlobalArguments,
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<Options>, CommandError> {
        options.threads = global.jobs;
        options.today.get_or_insert_with(today);
        let wanted = options.suppressions && !global.isolated;
        let is_right = !wanted || self.add_sidecars(&mut options.of_document, global, terminal)?;
        Ok(is_right.then_some(options))
    }

    /// Adds the files of suppressions that stand beside the documents. `false` where one is wrong.
    fn add_sidecars(
        &self,
        options: &mut BTreeMap<String, DocumentOptions>,
        global: &GlobalArguments,
        terminal: &mut Terminal<'_>,
    ) -> Result<bool, CommandError> {
        let mut discovery = Discovery::new(&SIDECAR_NAMES, Sidecar::parse);
        let mut checked: Vec<Arc<Found<Sidecar>>> = Vec::new();
        let mut mistakes = Vec::new();
        for input in &self.walked.inputs {
            let Some(found) = discovery.nearest(path_of(input)) else { continue };
            if !checked.iter().any(|known| Arc::ptr_eq(known, &found)) {
                mistakes.extend(found.content.check(&self.rules));
                checked.push(Arc::clone(&found));
            }
            if let Some(options) = options.get_mut(&input.path) {
                let relative = found.relative(path_of(input));
                options.sidecar = Some((Arc::clone(&found.content), relative));
            }
        }
        let outcome = match discovery.finish() {
            Ok(()) if mistakes.is_empty() => return Ok(true),
            Ok(()) => ConfigError::Mistakes(mistakes),
            Err(error) => error,
        };
        told(outcome, global, terminal).map(|nothing: Option<()>| nothing.is_some())
    }

    /// The name of the configuration file of a document.
    pub(super) fn file_of(&self, index: usize) -> Option<&str> {
        let own = self.of_input.get(index).copied().flatten()?;
        Some(self.configured.get(own)?.found.content.name())
    }
}

/// The rules of a command that reads no documents: those of the configuration of the current folder.
pub(super) fn rules_here(
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Option<RuleSet>, CommandError> {
    let mut configurations = Configurations::new(lookup(global));
    let here: Vec<_> = configurations.of(Path::new("-")).into_iter().collect();
    match configurations.finish() {
        Ok(()) => load_packs(global, &packs(&here), terminal),
        Err(error) => told(error, global, terminal),
    }
}

/// The day by the clock, in universal time.
fn today() -> Date {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Date::of_seconds(since.map(|since| since.as_secs()).unwrap_or_default())
}

fn lookup(global: &GlobalArguments) -> Lookup {
    match &global.config {
        Some(file) => Lookup::File(file.clone()),
        None if global.isolated => Lookup::Isolated,
        None => Lookup::Nearest,
    }
}

/// The packs that configuration files name, each once.
fn packs(found: &[Arc<Found<Configuration>>]) -> Vec<PathBuf> {
    let mut packs: Vec<PathBuf> = Vec::new();
    for found in found {
        let current = std::env::current_dir().unwrap_or_default();
        for pack in found.content.packs() {
            let path = found.folder.join(pack);
            let path = path.strip_prefix(&current).map(Path::to_path_buf).unwrap_or(path);
            if !packs.contains(&path) {
                packs.push(path);
            }
        }
    }
    packs
}

fn resolve(
    found: Vec<Arc<Found<Configuration>>>,
    rules: &RuleSet,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Option<Vec<Configured>>, CommandError> {
    let (mut configured, mut mistakes): (Vec<Configured>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
    for found in found {
        match found.content.resolve(rules) {
            Ok(resolved) => configured.push(Configured { found, resolved }),
            Err(errors) => mistakes.extend(errors),
        }
    }
    if mistakes.is_empty() {
        return Ok(Some(configured));
    }
    told(ConfigError::Mistakes(mistakes), global, terminal)
}

/// Tells what is wrong with files that a user wrote.
fn told<T>(
    error: ConfigError,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Option<T>, CommandError> {
    match error {
        ConfigError::Unreadable(failure) => Err(failure.into()),
        ConfigError::Mistakes(mistakes) => {
            show(&mistakes, global, terminal)?;
            Ok(None)
        }
    }
}

fn path_of(input: &Input) -> &Path {
    match &input.source {
        Source::File(path) => path,
        Source::Memory(_) => Path::new(&input.path),
    }
}
