//! `rightslint completions` and `rightslint man`: what the command line says of itself.

use std::io;

use clap::{Command, CommandFactory as _};

use super::args::{Arguments, CompletionsArguments, ManArguments};
use super::{CommandError, Outcome, Terminal};

/// What a shell completes.
pub(super) fn completions(
    arguments: &CompletionsArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), env!("CARGO_PKG_NAME"), &mut script);
    terminal.out.write_all(&script)?;
    Ok(Outcome::Clean)
}

/// A manual page.
pub(super) fn man(arguments: &ManArguments, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    let program = Arguments::command();
    let page = match &arguments.command {
        None => program,
        Some(name) => {
            command_page(program, name).ok_or_else(|| CommandError::UnknownCommand(name.clone()))?
        }
    };
    render(page, terminal)?;
    Ok(Outcome::Clean)
}

/// The command `name` as a page of its own, the options of all commands in it.
fn command_page(mut program: Command, name: &str) -> Option<Command> {
    program.build();
    program.find_subcommand(name).cloned()
}

fn render(page: Command, terminal: &mut Terminal<'_>) -> io::Result<()> {
    let source = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    let page = page.version(env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(page).source(source).render(&mut &mut *terminal.out)
}
