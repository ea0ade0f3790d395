//! `rightslint diff`: what became of a bill between two drafts.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{FailOn, GlobalArguments, ReadingArguments};
use super::check::selectors;
use super::packs::use_color;
use super::{CommandError, Outcome, Terminal, while_read};
use crate::config::Selection;
use crate::diff::{Comparison, FindingState, SafeguardState};
use crate::document::Document;
use crate::lint::{self, Options, ReadDocument};
use crate::report::{ComparisonFormat, escape, write_comparison};
use crate::rule::RuleSet;
use crate::scan::Scanner;
use crate::walk::{Failure, StandardInput, display_path, walk};

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
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// Read both drafts in this language instead of each in its own
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Refuse larger files
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_file_size: u64,
    #[command(flatten)]
    reading: ReadingArguments,
}

pub(super) fn run(
    arguments: &DiffArguments,
    global: &GlobalArguments,
    rules: &RuleSet,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    if let Some(tag) = arguments.language.as_ref().filter(|tag| rules.language(tag).is_none()) {
        return Err(CommandError::UnknownLanguage(tag.clone()));
    }
    let options = Options {
        selection: Selection {
            select: selectors(&arguments.select, rules)?,
            ignore: selectors(&arguments.ignore, rules)?,
            ..Selection::default()
        },
        read: arguments.reading.into(),
        max_file_size: arguments.max_file_size << 20,
        threads: global.threads,
        language: arguments.language.clone(),
        cache: None,
    };
    let scanner = Scanner::new(rules);
    let old = read(&arguments.old, &scanner, &options)?;
    let new = read(&arguments.new, &scanner, &options)?;
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
    Ok(match comparison.worst() {
        _ if is_partial => Outcome::Incomplete,
        Some(severity) if arguments.fail_on.fails(severity) => Outcome::Findings,
        _ => Outcome::Clean,
    })
}

fn read(
    path: &Path,
    scanner: &Scanner<'_>,
    options: &Options,
) -> Result<(ReadDocument, Document), CommandError> {
    if path.is_dir() {
        let error = "is a folder; diff compares two files".to_owned();
        return Err(Failure { path: display_path(path), error }.into());
    }
    let input = StandardInput { name: None, limit: options.max_file_size };
    let walked = walk(&[path.to_owned()], &input);
    if let Some(failure) = walked.failures.into_iter().next() {
        return Err(failure.into());
    }
    let Some(input) = walked.inputs.into_iter().next() else {
        let error = "not a document that can be read".to_owned();
        return Err(Failure { path: display_path(path), error }.into());
    };
    Ok(lint::read_whole(input, scanner, options)?)
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
