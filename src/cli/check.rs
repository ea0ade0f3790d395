//! `rightslint check`: documents in, findings out.

use std::io::{self, Write};
use std::path::Path;

use super::args::{CheckArguments, GlobalArguments};
use super::baseline;
use super::output::{check_paths, write_file};
use super::packs::{shell_color, use_color};
use super::progress::Progress;
use super::{CommandError, Outcome, Terminal, count, statistics, while_read};
use crate::config::{Selection, Selector, UnknownName};
use crate::lint::{self, Counts, Options, Run};
use crate::report::{self, View, escape};
use crate::rule::RuleSet;
use crate::scan::Scanner;
use crate::walk::{StandardInput, walk_without};

pub(super) fn run(
    arguments: &CheckArguments,
    global: &GlobalArguments,
    rules: &RuleSet,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let options = options(arguments, global, rules)?;
    check_paths(&arguments.output.files, &arguments.paths)?;
    let standard_input =
        StandardInput { name: arguments.stdin_filename.clone(), limit: options.max_file_size };
    let reports: Vec<&Path> = arguments.output.files.iter().map(|file| file.path.as_path()).collect();
    let baseline = arguments.baseline.as_deref().map(baseline::read).transpose()?;
    let walked = walk_without(&arguments.paths, &standard_input, &reports);
    let progress = Progress::new(walked.inputs.len(), terminal.err_is_shown && !global.quiet);
    let mut run = lint::run_and_tell(walked, &Scanner::new(rules), &options, &|| progress.advance());
    progress.clear();
    if let Some(baseline) = baseline {
        baseline.mark(&mut run, rules);
    }

    let shown = write_shown(&run, rules, arguments, global, terminal);
    let written = write_files(&run, rules, arguments, global, terminal)?;
    while_read(write_summary(&run, arguments.strengths, global.quiet, terminal.err))?;
    shown?;
    Ok(if written { outcome(&run, arguments) } else { Outcome::Incomplete })
}

fn options(
    arguments: &CheckArguments,
    global: &GlobalArguments,
    rules: &RuleSet,
) -> Result<Options, CommandError> {
    let selection = Selection {
        select: selectors(&arguments.select, rules)?,
        ignore: selectors(&arguments.ignore, rules)?,
        min_confidence: arguments.min_confidence.into(),
    };
    if let Some(tag) = arguments.language.as_ref().filter(|tag| rules.language(tag).is_none()) {
        return Err(CommandError::UnknownLanguage(tag.clone()));
    }
    Ok(Options {
        selection,
        read: arguments.reading.into(),
        max_file_size: arguments.max_file_size << 20,
        threads: global.jobs,
        language: arguments.language.clone(),
    })
}

/// The report, or the statistics, on standard output.
fn write_shown(
    run: &Run,
    rules: &RuleSet,
    arguments: &CheckArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let color = use_color(global.color, terminal.out_is_shown);
    let written = if arguments.output.statistics {
        statistics::write(run, terminal.out)
    } else {
        report::write(arguments.output.format, run, rules, view(arguments, color), terminal.out)
    };
    while_read(written.and_then(|()| terminal.out.flush()))
}

/// The reports in files; says whether all of them were written.
fn write_files(
    run: &Run,
    rules: &RuleSet,
    arguments: &CheckArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> io::Result<bool> {
    let view = view(arguments, shell_color(global.color));
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

fn view(arguments: &CheckArguments, color: bool) -> View {
    View { color, strengths: arguments.strengths, fails_from: arguments.fail_on.least() }
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

fn selectors(names: &[String], rules: &RuleSet) -> Result<Vec<Selector>, UnknownName> {
    names.iter().map(|name| Selector::parse(name.trim(), rules)).collect()
}

fn outcome(run: &Run, arguments: &CheckArguments) -> Outcome {
    if !run.failures.is_empty() {
        Outcome::Incomplete
    } else if arguments.fail_on.least().is_some_and(|least| run.worst() >= Some(least)) {
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
