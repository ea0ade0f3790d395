//! `--show-files` and `--show-config`: what a run would read, and how.

use std::collections::BTreeMap;

use super::project::Project;
use super::{CommandError, Outcome, Terminal};
use crate::lint::DocumentOptions;
use crate::report::escape;

/// Prints the paths of the documents that would be read, one a line.
pub(super) fn files(project: &Project, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    for input in &project.walked.inputs {
        writeln!(terminal.out, "{}", escape(&input.path))?;
    }
    failures(project, terminal)
}

/// Prints what is chosen for each document, as a configuration file; documents for which the same is chosen
/// stand together.
pub(super) fn configuration(
    project: &Project,
    options: &BTreeMap<String, DocumentOptions>,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (index, input) in project.walked.inputs.iter().enumerate() {
        let Some(options) = options.get(&input.path) else { continue };
        let file =
            project.file_of(index).map_or("no configuration file".to_owned(), |file| format!("from {file}"));
        let text = format!("# {}\n{}", escape(&file), options.settings.to_toml());
        match groups.iter_mut().find(|(known, _)| *known == text) {
            Some((_, paths)) => paths.push(&input.path),
            None => groups.push((text, vec![&input.path])),
        }
    }
    for (index, (text, paths)) in groups.iter().enumerate() {
        if index > 0 {
            writeln!(terminal.out)?;
        }
        for path in paths {
            writeln!(terminal.out, "# {}", escape(path))?;
        }
        write!(terminal.out, "{text}")?;
    }
    failures(project, terminal)
}

/// What cannot be read is no less worth knowing.
fn failures(project: &Project, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    for failure in &project.walked.failures {
        writeln!(terminal.err, "error: {}: {}", escape(&failure.path), escape(&failure.error))?;
    }
    let is_whole = project.walked.failures.is_empty();
    Ok(if is_whole { Outcome::Clean } else { Outcome::Incomplete })
}
