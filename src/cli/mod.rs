//! The command line: arguments in, reports and an exit code out.
//!
//! `check` is the command that is meant where none is named. Findings go to standard output, errors
//! and the summary to standard error. Exit codes are a contract: 0 nothing found that fails, 1
//! findings, 2 the work could not be done.

mod args;
mod check;
mod explain;
mod extract;
mod packs;
mod rules;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::Parser as _;
use thiserror::Error;

use crate::config::UnknownName;
use crate::walk::Failure;
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
    #[error("{}: {}", .0.path, .0.error)]
    Failure(Failure),
    #[error(transparent)]
    Output(#[from] io::Error),
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> CommandError {
        CommandError::Failure(failure)
    }
}

/// Where a command writes.
struct Terminal<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Whether `out` is shown to a person.
    is_shown: bool,
}

/// Does what `arguments` (the program's name first) ask for and gives the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    out_is_terminal: bool,
) -> u8 {
    let arguments =
        match Arguments::try_parse_from(args::with_default_command(arguments.into_iter().collect())) {
            Ok(arguments) => arguments,
            Err(error) => {
                let failed = error.use_stderr();
                let text = error.render();
                // Nothing can be done where even this cannot be written.
                drop(if failed { write!(err, "{text}") } else { write!(out, "{text}") });
                return if failed { 2 } else { 0 };
            }
        };
    let mut terminal = Terminal { out: &mut *out, err: &mut *err, is_shown: out_is_terminal };
    let outcome = dispatch(&arguments, &mut terminal);
    let outcome = outcome.and_then(|outcome| {
        while_read(out.flush())?;
        Ok(outcome)
    });
    match outcome {
        Ok(Outcome::Clean) => 0,
        Ok(Outcome::Findings) => 1,
        Ok(Outcome::Incomplete) => 2,
        Err(CommandError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            drop(writeln!(err, "error: {}", crate::report::escape(&error.to_string())));
            2
        }
    }
}

/// A reader that closed its pipe has seen enough; what was found still decides the exit code.
fn while_read(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

fn dispatch(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    let global = &arguments.global;
    let Some(rules) = packs::load(global, terminal)? else { return Ok(Outcome::Incomplete) };
    match &arguments.command {
        Command::Check(options) => check::run(options, global, &rules, terminal),
        Command::Explain(options) => explain::run(options, &rules, terminal),
        Command::Rules(options) => rules::run(options, &rules, terminal),
        Command::Extract(options) => extract::run(options, &rules, terminal),
    }
}
