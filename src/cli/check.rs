//! `rightslint check`: documents in, findings out.

use std::io::{self, Write};
use std::path::Path;

use super::args::{CheckArguments, GlobalArguments};
use super::baseline;
use super::output::{check_paths, write_file};
use super::packs::{shell_color, use_color};
use super::progress::Progress;
use super::project::{Project, Wanted};
use super::{CommandError, Outcome, Terminal, count, show, statistics, while_read};
use crate::cache::Cache;
use crate::config::{Choice, Choices, Selector, UnknownName};
use crate::finding::Finding;
use crate::lint::{self, Counts, Options, ReadDocument, Run};
use crate::report::{self, View, escape};
use crate::rule::{Kind, RuleSet};
use crate::scan::Scanner;
use crate::walk::{Failure, describe, display_path};

pub(super) fn run(
    arguments: &CheckArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    check_paths(&arguments.output.files, &arguments.paths)?;
    let reports: Vec<&Path> = arguments.output.files.iter().map(|file| file.path.as_path()).collect();
    let wanted = Wanted {
        paths: &arguments.paths,
        stdin_filename: arguments.stdin_filename.as_ref(),
        max_file_size: arguments.max_file_size.map(|size| size << 20),
        left_out: &reports,
    };
    let Some(mut project) = Project::open(&wanted, global, terminal)? else { return Ok(Outcome::Incomplete) };
    let command_line = command_line(arguments, &project.rules)?;
    let of_document = project.options(&command_line);
    if arguments.show_files {
        return show::files(&project, terminal);
    }
    if arguments.show_config {
        return show::configuration(&project, &of_document, terminal);
    }
    let baseline = arguments.baseline.as_deref().map(baseline::read).transpose()?;
    let strengths = arguments.strengths || of_document.values().any(|options| options.settings.strengths);
    let options = Options {
        of_document,
        suppressions: !arguments.no_suppressions,
        digests: baseline.is_some(),
        today: arguments.today,
        cache: arguments.cache_dir.as_deref().map(open_cache).transpose()?,
        ..Options::default()
    };
    let Some(options) = project.complete(options, global, terminal)? else { return Ok(Outcome::Incomplete) };
    let walked = std::mem::take(&mut project.walked);
    let progress = Progress::new(walked.inputs.len(), terminal.err_is_shown && !global.quiet);
    let scanner = Scanner::new(&project.rules);
    let mut run = lint::run_and_tell(walked, &scanner, &options, &|| progress.advance());
    progress.clear();
    if let Some(baseline) = baseline {
        baseline.mark(&mut run, &project.rules);
    }

    let view = View { color: use_color(global.color, terminal.out_is_shown), strengths };
    let shown = write_shown(&run, &project.rules, arguments, view, terminal);
    let view = View { color: shell_color(global.color), strengths };
    let written = write_files(&run, &project.rules, arguments, view, terminal)?;
    while_read(write_summary(&run, strengths, global.quiet, terminal.err))?;
    shown?;
    Ok(if written { outcome(&run) } else { Outcome::Incomplete })
}

/// The report, or the statistics, on standard output.
fn write_shown(
    run: &Run,
    rules: &RuleSet,
    arguments: &CheckArguments,
    view: View,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let written = if arguments.output.statistics {
        statistics::write(run, terminal.out)
    } else {
        report::write(arguments.output.format, run, rules, view, terminal.out)
    };
    while_read(written.and_then(|()| terminal.out.flush()))
}

/// The reports in files; says whether all of them were written.
fn write_files(
    run: &Run,
    rules: &RuleSet,
    arguments: &CheckArguments,
    view: View,
    terminal: &mut Terminal<'_>,
) -> io::Result<bool> {
    let mut all = true;
    for file in &arguments.output.files {
        if let Err(failure) = write_file(&file.path, |out| report::write(file.format, run, rules, view, out))
        {
            writeln!(terminal.err, "error: {}: {}", escape(&failure.path), escape(&failure.error))?;
            all = false;
        }
    }
    Ok(all)
}

/// What the command line chooses, its names known to the rules.
fn command_line(arguments: &CheckArguments, rules: &RuleSet) -> Result<Choice, CommandError> {
    if let Some(tag) = arguments.language.as_ref().filter(|tag| rules.language(tag).is_none()) {
        return Err(CommandError::UnknownLanguage(tag.clone()));
    }
    let choices = Choices {
        min_confidence: arguments.min_confidence.map(Into::into),
        fail_on: arguments.fail_on,
        max_file_size: arguments.max_file_size.map(|size| size << 20),
        strengths: arguments.strengths.then_some(true),
        ..Choices::from(arguments.reading)
    };
    Ok(Choice {
        select: Some(selectors(&arguments.select, rules)?),
        ignore: selectors(&arguments.ignore, rules)?,
        severity: Vec::new(),
        language: arguments.language.clone(),
        choices,
    })
}

fn open_cache(folder: &Path) -> Result<Cache, Failure> {
    Cache::open(folder).map_err(|error| Failure { path: display_path(folder), error: describe(&error) })
}

fn write_summary(run: &Run, strengths: bool, quiet: bool, err: &mut dyn Write) -> io::Result<()> {
    for failure in &run.failures {
        writeln!(err, "error: {}: {}", escape(&failure.path), escape(&failure.error))?;
    }
    if quiet {
        return Ok(());
    }
    writeln!(err, "{}", summary(run.counts(), strengths))
}

pub(super) fn selectors(names: &[String], rules: &RuleSet) -> Result<Vec<Selector>, UnknownName> {
    names.iter().map(|name| Selector::parse(name.trim(), rules)).collect()
}

fn outcome(run: &Run) -> Outcome {
    let fails = |(read, finding): (&ReadDocument, &Finding)| {
        let is_problem = finding.kind != Kind::Strength && finding.counts();
        is_problem && read.fail_on.fails(finding.severity)
    };
    if !run.failures.is_empty() {
        Outcome::Incomplete
    } else if run.findings().any(fails) {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}

/// `2 documents read, 1 failed, 0 skipped: 3 errors, 5 warnings, 2 notes`
fn summary(counts: Counts, strengths_shown: bool) -> String {
    let Counts { documents, skipped, failures, errors, warnings, notes, strengths, suppressed, known } =
        counts;
    let read = count(documents, "document");
    let problems =
        format!("{}, {}, {}", count(errors, "error"), count(warnings, "warning"), count(notes, "note"));
    let strengths = match strengths {
        0 => String::new(),
        _ if strengths_shown => format!("; {}", count(strengths, "strength")),
        _ => format!("; {} (shown with --strengths)", count(strengths, "strength")),
    };
    let aside = |number: usize, what: &str| (number > 0).then(|| format!("; {number} {what}"));
    let suppressed = aside(suppressed, "suppressed").unwrap_or_default();
    let known = aside(known, "in the baseline").unwrap_or_default();
    format!("{read} read, {failures} failed, {skipped} skipped: {problems}{suppressed}{known}{strengths}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: [usize; 9], strengths_shown: bool, expected: &str) {
        let [documents, failures, skipped, errors, warnings, notes, strengths, suppressed, known] = numbers;
        let counts =
            Counts { documents, skipped, failures, errors, warnings, notes, strengths, suppressed, known };
        assert_eq!(summary(counts, strengths_shown), expected);
    }

    #[test]
    fn the_summary_counts() {
        check(
            [2, 1, 0, 3, 5, 2, 0, 0, 0],
            false,
            "2 documents read, 1 failed, 0 skipped: 3 errors, 5 warnings, 2 notes",
        );
        let one = "1 document read, 0 failed, 4 skipped: 1 error, 1 warning, 1 note; 1 strength (shown with --strengths)";
        check([1, 0, 4, 1, 1, 1, 1, 0, 0], false, one);
        check(
            [1, 0, 0, 0, 2, 0, 0, 3, 1],
            false,
            "1 document read, 0 failed, 0 skipped: 0 errors, 2 warnings, 0 notes; 3 suppressed; 1 in the baseline",
        );
        check(
            [0, 1, 0, 0, 0, 0, 2, 0, 0],
            true,
            "0 documents read, 1 failed, 0 skipped: 0 errors, 0 warnings, 0 notes; 2 strengths",
        );
    }
}
