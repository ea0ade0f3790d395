//! `rightslint diff`: what became of a bill between two drafts.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{GlobalArguments, ReadingArguments};
use super::check::selectors;
use super::packs::use_color;
use super::project::{Project, Wanted};
use super::{CommandError, Outcome, Terminal, while_read};
use crate::config::{Choice, Choices, FailOn};
use crate::diff::{Comparison, FindingState, SafeguardState};
use crate::document::Document;
use crate::lint::{self, Options, ReadDocument};
use crate::report::{ComparisonFormat, escape, write_comparison};
use crate::scan::Scanner;
use crate::walk::{Failure, display_path};

/// Options of `diff`.
#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// The draft before
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The draft after
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The format of standard output
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: ComparisonFormat,
    /// Compare only these rules, topics or recommendations (`R8`); repeatable, comma separated
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not compare these rules, topics or recommendations; repeatable, comma separated
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Exit with 1 where what is introduced or graver than before is as grave; a safeguard that is lost
    /// is as grave as a warning
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Read both drafts in this language instead of each in its own
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Refuse larger files
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_file_size: Option<u64>,
    #[command(flatten)]
    reading: ReadingArguments,
}

pub(super) fn run(
    arguments: &DiffArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let paths = [arguments.old.clone(), arguments.new.clone()];
    if let Some(folder) = paths.iter().find(|path| path.is_dir()) {
        return Err(failure(folder, "is a folder; diff compares two files").into());
    }
    let max_file_size = arguments.max_file_size.map(|size| size << 20);
    let wanted = Wanted { paths: &paths, stdin_filename: None, max_file_size, left_out: &[] };
    let Some(project) = Project::open(&wanted, global, terminal)? else { return Ok(Outcome::Incomplete) };
    let rules = &project.rules;
    if let Some(tag) = arguments.language.as_ref().filter(|tag| rules.language(tag).is_none()) {
        return Err(CommandError::UnknownLanguage(tag.clone()));
    }
    let command_line = Choice {
        select: Some(selectors(&arguments.select, rules)?),
        ignore: selectors(&arguments.ignore, rules)?,
        language: arguments.language.clone(),
        choices: Choices { max_file_size, fail_on: arguments.fail_on, ..Choices::from(arguments.reading) },
        ..Choice::default()
    };
    // What a draft says does not depend on what its author says of a finding.
    let of_document = project.options(&command_line);
    let options = Options {
        of_document,
        suppressions: false,
        digests: false,
        threads: global.jobs,
        ..Options::default()
    };
    let scanner = Scanner::new(rules);
    let old = read(&arguments.old, &project, &scanner, &options)?;
    let new = read(&arguments.new, &project, &scanner, &options)?;
    let Some(comparison) = Comparison::new((&old.0, &old.1), (&new.0, &new.1), rules) else {
        let without = [&old.0, &new.0].into_iter().find(|read| read.language.is_none());
        let path = without.map_or_else(String::new, |read| read.path.clone());
        let error = "there are no rules for its language; --language names one to read it in".to_owned();
        return Err(Failure { path, error }.into());
    };
    let color = use_color(global.color, terminal.out_is_shown);
    let written = write_comparison(arguments.format, &comparison, rules, color, terminal.out);
    while_read(written.and_then(|()| terminal.out.flush()))?;
    while_read(tell([&old.0, &new.0], &comparison, global.quiet, terminal))?;
    let is_partial = [&old.0, &new.0].iter().any(|read| !read.unread.is_empty());
    let fail_on = options.of(&new.0.path).settings.fail_on;
    Ok(match comparison.worst() {
        _ if is_partial => Outcome::Incomplete,
        Some(severity) if fail_on.fails(severity) => Outcome::Findings,
        _ => Outcome::Clean,
    })
}

fn read(
    path: &Path,
    project: &Project,
    scanner: &Scanner<'_>,
    options: &Options,
) -> Result<(ReadDocument, Document), CommandError> {
    if let Some(failure) = project.walked.failures.first() {
        return Err(failure.clone().into());
    }
    // One file that is named twice, in two ways, is one document.
    let inputs = &project.walked.inputs;
    let input = inputs.iter().find(|input| input.path == display_path(path)).or(inputs.first());
    let input = input.ok_or_else(|| failure(path, "is no document that can be read"))?;
    Ok(lint::read_whole(input.clone(), scanner, options)?)
}

fn failure(path: &Path, error: &str) -> Failure {
    Failure { path: display_path(path), error: error.to_owned() }
}

fn tell(
    read: [&ReadDocument; 2],
    comparison: &Comparison,
    quiet: bool,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    for read in read {
        for what in &read.unread {
            writeln!(terminal.err, "error: {}: {}", escape(&read.path), escape(what))?;
        }
    }
    if quiet {
        return Ok(());
    }
    let states = [
        FindingState::Introduced,
        FindingState::Changed,
        FindingState::Resolved,
        FindingState::Moved,
        FindingState::Unchanged,
    ];
    let findings = states.map(|state| format!("{} {}", comparison.count(state), state.name()));
    let states = [
        SafeguardState::Removed,
        SafeguardState::Weakened,
        SafeguardState::Strengthened,
        SafeguardState::Added,
    ];
    let safeguards = states.map(|state| format!("{} {}", comparison.count_safeguards(state), state.name()));
    writeln!(terminal.err, "{}; safeguards: {}", findings.join(", "), safeguards.join(", "))
}
