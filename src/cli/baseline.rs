//! `rightslint baseline`: writes the findings that a repository of drafts knows.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::{GlobalArguments, ReadingArguments};
use super::project::{Project, Wanted};
use super::{CommandError, Outcome, Terminal, count, while_read};
use crate::baseline::{Baseline, Changed};
use crate::config::{Choice, Choices};
use crate::lint::{self, Options, Run};
use crate::report::escape;
use crate::rule::RuleSet;
use crate::scan::Scanner;
use crate::store::{Readers, write_whole};
use crate::walk::{Failure, describe, display_path};

/// Options of `baseline`.
#[derive(Debug, Args)]
pub(super) struct BaselineArguments {
    /// What to do with the baseline
    #[arg(value_name = "ACTION")]
    action: Action,
    /// Files or folders
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The file of the baseline
    #[arg(long, value_name = "FILE", default_value = "rightslint-baseline.json")]
    baseline: PathBuf,
    /// Let `create` write over a baseline that is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Read all documents in this language instead of each in its own
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Refuse larger files [default: 64]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_file_size: Option<u64>,
}

/// What to do with a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Action {
    /// Write a new one with all that is found
    Create,
    /// Add what is new, drop what is gone
    Update,
    /// Drop what is gone, add nothing
    Prune,
}

pub(super) fn run(
    arguments: &BaselineArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let path = &arguments.baseline;
    let before = match arguments.action {
        Action::Create if path.exists() && !arguments.force => {
            let error = "is there already; `baseline update` changes it, --force writes over it";
            return Err(failure(path, error.to_owned()).into());
        }
        Action::Create => Baseline::default(),
        Action::Update | Action::Prune => read(path)?,
    };
    let Some((found, rules)) = find(arguments, global, terminal)? else { return Ok(Outcome::Incomplete) };
    // What was not looked at this time stays, as long as its file does.
    let stays = |path: &str| Path::new(path).exists();
    let (baseline, changed) = match arguments.action {
        Action::Create | Action::Update => before.updated(&found, &rules, stays),
        Action::Prune => before.pruned(&found, &rules, stays),
    };
    write_whole(path, baseline.to_json().as_bytes(), Readers::Usual)
        .map_err(|error| failure(path, describe(&error)))?;
    while_read(tell(path, &baseline, changed, &found, global.quiet, terminal))?;
    Ok(if found.failures.is_empty() { Outcome::Clean } else { Outcome::Incomplete })
}

/// The baseline in the file at `path`.
pub(super) fn read(path: &Path) -> Result<Baseline, Failure> {
    let text = fs::read_to_string(path).map_err(|error| failure(path, describe(&error)))?;
    Baseline::parse(&text).map_err(|error| failure(path, error))
}

/// What is found, and the rules that it was found with; `None` where a file that says how is wrong.
fn find(
    arguments: &BaselineArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Option<(Run, RuleSet)>, CommandError> {
    let max_file_size = arguments.max_file_size.map(|size| size << 20);
    let wanted = Wanted { paths: &arguments.paths, stdin_filename: None, max_file_size, left_out: &[] };
    let Some(mut project) = Project::open(&wanted, global, terminal)? else { return Ok(None) };
    if let Some(tag) = arguments.language.as_ref().filter(|tag| project.rules.language(tag).is_none()) {
        return Err(CommandError::UnknownLanguage(tag.clone()));
    }
    let choices = Choices { max_file_size, ..Choices::from(arguments.reading) };
    let command_line = Choice { language: arguments.language.clone(), choices, ..Choice::default() };
    let options = Options { of_document: project.options(&command_line), ..Options::default() };
    let Some(options) = project.complete(options, global, terminal)? else { return Ok(None) };
    let walked = std::mem::take(&mut project.walked);
    let run = lint::run(walked, &Scanner::new(&project.rules), &options);
    Ok(Some((run, project.rules)))
}

fn tell(
    path: &Path,
    baseline: &Baseline,
    changed: Changed,
    run: &Run,
    quiet: bool,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    for failure in &run.failures {
        writeln!(terminal.err, "error: {}: {}", escape(&failure.path), escape(&failure.error))?;
    }
    if quiet {
        return Ok(());
    }
    let path = display_path(path);
    let findings = count(baseline.findings(), "finding");
    let documents = count(baseline.documents.len(), "document");
    let Changed { added, dropped } = changed;
    writeln!(terminal.err, "{}: {findings} in {documents}; {added} added, {dropped} dropped", escape(&path))
}

fn failure(path: &Path, error: String) -> Failure {
    Failure { path: display_path(path), error }
}
