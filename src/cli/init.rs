//! `rightslint init`: a configuration file to begin with.

use std::fs::OpenOptions;
use std::io::Write as _;

use super::args::InitArguments;
use super::{CommandError, Outcome, Terminal};
use crate::config::{FILE_NAMES, TEMPLATE};
use crate::walk::{Failure, describe, display_path};

pub(super) fn run(arguments: &InitArguments, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    let failure = |path: &std::path::Path, error| Failure { path: display_path(path), error };
    for path in FILE_NAMES.iter().map(|name| arguments.folder.join(name)) {
        if path.exists() {
            return Err(failure(&path, "there is a configuration file already".to_owned()).into());
        }
    }
    let path = arguments.folder.join(FILE_NAMES[0]);
    // Nothing that came to be in between is written over.
    let written = OpenOptions::new().write(true).create_new(true).open(&path);
    written
        .and_then(|mut file| file.write_all(TEMPLATE.as_bytes()))
        .map_err(|error| failure(&path, describe(&error)))?;
    writeln!(terminal.err, "wrote {}", display_path(&path))?;
    Ok(Outcome::Clean)
}
