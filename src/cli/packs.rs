//! The rules that a command works with, and the colours that it shows them in.

use std::io;
use std::path::PathBuf;

use super::args::{Color, GlobalArguments};
use super::{CommandError, Terminal};
use crate::diagnostic::Diagnostic;
use crate::report::write_diagnostic;
use crate::rule::{PackError, PackFile, RuleSet};
use crate::walk;

/// Loads the built-in rules, those of `--rules` and those of `configured`. `None` where a pack is wrong: each
/// mistake has been shown on standard error.
pub(super) fn load_packs(
    global: &GlobalArguments,
    configured: &[PathBuf],
    terminal: &mut Terminal<'_>,
) -> Result<Option<RuleSet>, CommandError> {
    let mut paths = global.rules.clone();
    paths.extend(configured.iter().filter(|path| !global.rules.contains(path)).cloned());
    let packs = walk::packs(&paths)?;
    let files: Vec<PackFile> = packs.into_iter().map(|(name, text)| PackFile { name, text }).collect();
    let loaded = if global.no_builtin_rules { RuleSet::from_files(&files) } else { RuleSet::load(&files) };
    let errors = match loaded {
        Ok(rules) => return Ok(Some(rules)),
        Err(errors) => errors,
    };
    let errors: Vec<Diagnostic> = errors.iter().map(PackError::to_diagnostic).collect();
    show(&errors, global, terminal)?;
    Ok(None)
}

/// Shows what is wrong with files that a user wrote.
pub(super) fn show(
    errors: &[Diagnostic],
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let color = use_color(global.color, terminal.err_is_shown);
    errors.iter().try_for_each(|error| write_diagnostic(error, color, terminal.err))
}

/// Whether to colour what goes to standard output.
pub(super) fn use_color(choice: Color, is_terminal: bool) -> bool {
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            is_terminal && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// Whether to colour what goes to a file: only where it was asked for.
pub(super) fn shell_color(choice: Color) -> bool {
    choice == Color::Always
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}
