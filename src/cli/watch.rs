//! `rightslint --watch`: checks again whenever something changes.
//!
//! It looks at sizes and times of change twice a second: no service of the system is asked to tell, so
//! it works on every disk and network share. A terminal is cleared before each check; a file or a pipe
//! holds all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io, thread};

use super::args::{CheckArguments, GlobalArguments};
use super::{CommandError, Outcome, Terminal};
use crate::config::{FILE_NAMES, SIDECAR_NAMES};
use crate::report::escape;
use crate::walk::{Source, StandardInput, is_same_file, pack_paths, walk};

/// How long to wait between two looks.
const BETWEEN: Duration = Duration::from_millis(500);
/// Empties a terminal and goes to its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// What was there at one moment: size and time of change of each file.
type Seen = BTreeMap<PathBuf, Option<(u64, SystemTime)>>;

/// Calls `check`, and again after each change, until it fails for good.
pub(super) fn run(
    arguments: &CheckArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
    mut check: impl FnMut(&mut Terminal<'_>) -> Result<Outcome, CommandError>,
) -> Result<Outcome, CommandError> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(CommandError::WatchedInput);
    }
    let look = || look(arguments, global);
    let again = |terminal: &mut Terminal<'_>| {
        if terminal.out_is_shown {
            write!(terminal.out, "{CLEAR}")?;
        }
        match check(terminal) {
            Ok(_) => {}
            Err(CommandError::Output(error)) => return Err(error),
            // What is wrong now, such as a rule file half saved, may be right after the next change.
            Err(error) => writeln!(terminal.err, "error: {}", escape(&error.to_string()))?,
        }
        terminal.out.flush()
    };
    repeat(terminal, again, look, || {
        thread::sleep(BETWEEN);
        true
    })?;
    Ok(Outcome::Clean)
}

/// Checks once, then after each change that a look shows, as long as `wait` says to go on.
fn repeat<C, E>(
    context: &mut C,
    mut check: impl FnMut(&mut C) -> Result<(), E>,
    look: impl Fn() -> Seen,
    mut wait: impl FnMut() -> bool,
) -> Result<(), E> {
    loop {
        // What changes while the check runs is seen afterwards.
        let before = look();
        check(context)?;
        loop {
            if !wait() {
                return Ok(());
            }
            if look() != before {
                break;
            }
        }
    }
}

/// The documents, the rules and the configuration files as they are now.
fn look(arguments: &CheckArguments, global: &GlobalArguments) -> Seen {
    let is_report = |path: &Path| arguments.output.files.iter().any(|file| is_same_file(path, &file.path));
    let documents: Vec<PathBuf> = walk(&arguments.paths, &StandardInput::default())
        .inputs
        .into_iter()
        .filter_map(|input| if let Source::File(path) = input.source { Some(path) } else { None })
        .filter(|path| !is_report(path))
        .collect();
    let absolute = documents.iter().filter_map(|path| std::path::absolute(path).ok());
    let folders: BTreeSet<PathBuf> = absolute
        .flat_map(|path| path.ancestors().skip(1).map(Path::to_path_buf).collect::<Vec<_>>())
        .collect();
    let names = || FILE_NAMES.iter().chain(&SIDECAR_NAMES);
    let configurations = folders.iter().flat_map(|folder| names().map(|name| folder.join(name)));
    let packs = global.rules.iter().flat_map(|path| pack_paths(path).unwrap_or_default());
    let others = packs.chain(arguments.baseline.clone()).chain(global.config.clone()).chain(configurations);
    let all: Vec<PathBuf> = others.chain(documents.iter().cloned()).collect();
    all.into_iter().map(|path| (path.clone(), stamp(&path).ok())).collect()
}

fn stamp(path: &Path) -> io::Result<(u64, SystemTime)> {
    let metadata = fs::metadata(path)?;
    Ok((metadata.len(), metadata.modified()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Looks see, one after the other, files of these sizes; gives how often was checked.
    fn check(looks: &[&[u64]], expected: usize) {
        let at = Cell::new(0);
        let look = || {
            let sizes = looks.get(at.get()).copied().unwrap_or_default();
            at.set(at.get() + 1);
            let file = |size: &u64| (PathBuf::from("a"), Some((*size, SystemTime::UNIX_EPOCH)));
            sizes.iter().map(file).collect()
        };
        let mut checks = 0;
        let count = |checks: &mut usize| -> Result<(), ()> {
            *checks += 1;
            Ok(())
        };
        repeat(&mut checks, count, look, || at.get() < looks.len()).unwrap();
        assert_eq!(checks, expected, "{looks:?}");
    }

    #[test]
    fn each_change_is_checked_once() {
        check(&[&[1]], 1);
        check(&[&[1], &[1], &[1]], 1);
        check(&[&[1], &[1], &[2], &[2], &[2]], 2);
        check(&[&[1], &[], &[], &[3], &[3]], 3);
        // Changed during the check: the look before it tells.
        check(&[&[1], &[2], &[2], &[3], &[3]], 3);
    }
}
