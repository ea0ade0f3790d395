//! The command line: arguments in, reports and an exit code out.
//!
//! `check` is the command that is meant where none is named. Findings go to standard output, errors
//! and the summary to standard error. Exit codes are a contract: 0 nothing found that fails, 1
//! findings, 2 the work could not be done.

mod args;
mod baseline;
mod check;
mod diff;
mod explain;
mod extract;
mod init;
mod output;
mod packs;
mod pages;
mod progress;
mod project;
mod rules;
mod schema;
mod show;
mod statistics;
mod test;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::Parser as _;
use thiserror::Error;

use crate::config::UnknownName;
use crate::report::escape;
use crate::walk::{Failure, describe};
use args::{Arguments, Command};

/// How a command ends where its work was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing that fails.
    Clean,
    /// Findings that fail.
    Findings,
    /// Some of the work could not be done; what is wrong has been said.
    Incomplete,
}

/// Why a command could not do its work.
#[derive(Debug, Error)]
enum CommandError {
    #[error(transparent)]
    UnknownName(#[from] UnknownName),
    #[error("there are no rules for a language `{0}`")]
    UnknownLanguage(String),
    #[error("there is no command `{0}`")]
    UnknownCommand(String),
    #[error("standard input cannot be watched; name files or folders")]
    WatchedInput,
    #[error("{}: {}", .0.path, .0.error)]
    Failure(Failure),
    #[error("standard output: {}", describe(.0))]
    Output(#[from] io::Error),
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> CommandError {
        CommandError::Failure(failure)
    }
}

/// Where a command writes.
pub struct Terminal<'a> {
    /// For what was asked for.
    pub out: &'a mut dyn Write,
    /// For errors and the summary.
    pub err: &'a mut dyn Write,
    /// Whether a person sees `out` as it is written.
    pub out_is_shown: bool,
    /// Whether a person sees `err` as it is written.
    pub err_is_shown: bool,
}

/// Does what `arguments` (the program's name first) ask for and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, terminal: &mut Terminal<'_>) -> u8 {
    let arguments = args::with_default_command(arguments.into_iter().collect());
    let outcome = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => dispatch(&arguments, terminal),
        Err(answer) => answer_with(&answer, terminal).map_err(CommandError::from),
    };
    let outcome = outcome.and_then(|outcome| {
        while_read(terminal.out.flush())?;
        Ok(outcome)
    });
    match outcome {
        Ok(Outcome::Clean) => 0,
        Ok(Outcome::Findings) => 1,
        Ok(Outcome::Incomplete) => 2,
        Err(CommandError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            // Where even this cannot be written, the exit code has to do.
            drop(writeln!(terminal.err, "error: {}", escape(&error.to_string())));
            2
        }
    }
}

/// Help, the version, or what is wrong with the arguments.
fn answer_with(answer: &clap::Error, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let text = answer.render();
    if answer.use_stderr() {
        write!(terminal.err, "{text}")?;
        return Ok(Outcome::Incomplete);
    }
    write!(terminal.out, "{text}")?;
    Ok(Outcome::Clean)
}

/// A reader that closed its pipe has seen enough; what was found still decides the exit code.
fn while_read(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// `1 error`, `2 errors`
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn dispatch(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    if let Command::Check(options) = &arguments.command
        && options.watch
    {
        return watch::run(options, &arguments.global, terminal, |terminal| run_command(arguments, terminal));
    }
    run_command(arguments, terminal)
}

fn run_command(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Check(options) => return check::run(options, global, terminal),
        Command::Baseline(options) => return baseline::run(options, global, terminal),
        Command::Diff(options) => return diff::run(options, global, terminal),
        Command::Extract(options) => return extract::run(options, global, terminal),
        Command::Init(options) => return init::run(options, terminal),
        Command::Schema(options) => return schema::run(options, terminal),
        Command::Completions(options) => return pages::completions(options, terminal),
        Command::Man(options) => return pages::man(options, terminal),
        Command::Explain(_) | Command::Rules(_) | Command::Test(_) => {}
    }
    let Some(rules) = project::rules_here(global, terminal)? else { return Ok(Outcome::Incomplete) };
    match &arguments.command {
        Command::Explain(options) => explain::run(options, &rules, terminal),
        Command::Rules(options) => rules::run(options, &rules, terminal),
        Command::Test(options) => test::run(options, &rules, terminal),
        Command::Baseline(_)
        | Command::Check(_)
        | Command::Diff(_)
        | Command::Completions(_)
        | Command::Extract(_)
        | Command::Init(_)
        | Command::Man(_)
        | Command::Schema(_) => Ok(Outcome::Clean),
    }
}
