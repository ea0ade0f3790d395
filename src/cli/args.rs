//! The arguments: commands and options, and the default command.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::baseline::BaselineArguments;
use super::diff::DiffArguments;
use super::output::OutputArguments;
use crate::config::{Choices, FailOn};
use crate::reader::TrackedChanges;
use crate::rule::Confidence;
use crate::suppress::Date;

/// Finds the provisions of a bill that conflict with human rights based approaches to cybersecurity.
#[derive(Debug, Parser)]
#[command(name = "rightslint", version, arg_required_else_help = true)]
#[command(after_help = "`rightslint PATH...` is short for `rightslint check PATH...`.")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: GlobalArguments,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of all commands.
#[derive(Debug, Args)]
pub(super) struct GlobalArguments {
    /// Add the rules of a file or folder (repeatable)
    #[arg(long, value_name = "PATH", global = true)]
    pub(super) rules: Vec<PathBuf>,

    /// Take this configuration file for all documents instead of looking for `rightslint.toml`
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Read no configuration file and no file of suppressions
    #[arg(long, global = true)]
    pub(super) isolated: bool,
    /// Leave the built-in rules out: only those of `--rules`
    #[arg(long, global = true)]
    pub(super) no_builtin_rules: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub(super) color: Color,
    /// How many documents to work on at a time; 0 is one for each processor
    #[arg(long, short, alias = "threads", value_name = "N", global = true, default_value_t = 0)]
    pub(super) jobs: usize,
    /// Leave out the summary and the progress
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check documents (the default)
    Check(CheckArguments),
    /// Show what a rule finds, why it matters and what to write instead
    Explain(ExplainArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Run the examples of the rules
    Test(TestArguments),
    /// Print the text and structure of a document as they were read
    Extract(ExtractArguments),
    /// Compare two drafts of a bill
    Diff(DiffArguments),
    /// Write the findings that are known, so that `check --baseline` fails on new ones alone
    Baseline(BaselineArguments),
    /// Write a commented configuration file
    Init(InitArguments),
    /// Print the JSON Schema of the configuration, of rule packs or of the JSON report
    Schema(SchemaArguments),
    /// Print what a shell needs to complete commands and options
    Completions(CompletionsArguments),
    /// Print the manual page, as roff
    Man(ManArguments),
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: Shell,
}

/// Options of `man`.
#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// The page of a command instead of the program's
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

/// Options of `check`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct CheckArguments {
    /// Files, folders, or `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// The name of the document on standard input
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    #[command(flatten)]
    pub(super) output: OutputArguments,
    /// Report only these rules, topics or recommendations (`R8`); repeatable, comma separated
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Do not report these rules, topics or recommendations; repeatable, comma separated
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Report nothing less sure [default: low]
    #[arg(long, value_name = "LEVEL")]
    pub(super) min_confidence: Option<MinConfidence>,
    /// Exit with 1 where something is found that is as grave [default: error]
    #[arg(long, value_name = "SEVERITY")]
    pub(super) fail_on: Option<FailOn>,
    /// Do not count the findings that this file knows; `rightslint baseline` writes it
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Keep what is found in this folder, and take it from there where a file is the same
    #[arg(long, value_name = "FOLDER")]
    pub(super) cache_dir: Option<PathBuf>,
    /// List safeguards and good practices too
    #[arg(long)]
    pub(super) strengths: bool,
    /// Read all documents in this language instead of each in its own
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,
    /// Check again whenever a document, a rule or a configuration changes, until the program is stopped
    #[arg(long)]
    pub(super) watch: bool,
    /// Refuse larger files [default: 64]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(super) max_file_size: Option<u64>,
    /// Count what comments and `rightslint-allow.toml` suppress, as if they were not there
    #[arg(long)]
    pub(super) no_suppressions: bool,
    /// The day that it is, for suppressions that expire [default: by the clock]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) today: Option<Date>,
    /// Print the choices that hold for the paths, as a configuration file, and check nothing
    #[arg(long, conflicts_with = "show_files")]
    pub(super) show_config: bool,
    /// Print the files that would be read, and check nothing
    #[arg(long)]
    pub(super) show_files: bool,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write it as 2027-06-30".to_owned())
}

/// Options of `init`.
#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// The folder that it is for
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(super) folder: PathBuf,
}

/// Options of `schema`.
#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// Which one
    #[arg(value_name = "NAME")]
    pub(super) name: SchemaName,
}

/// A JSON Schema that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaName {
    /// Of `rightslint.toml`
    Config,
    /// Of rule packs
    Rules,
    /// Of `--format json`
    Report,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The rule's id
    #[arg(value_name = "RULE")]
    pub(super) rule: String,
}

/// Options of `rules`.
#[derive(Debug, Args)]
pub(super) struct RulesArguments {
    /// The format of the list
    #[arg(long, value_name = "NAME", default_value = "human")]
    pub(super) format: ListFormat,
    /// List the recommendations, each with the rules that stand on it
    #[arg(long, conflicts_with = "format")]
    pub(super) coverage: bool,
}

/// Options of `test`.
#[derive(Debug, Args)]
pub(super) struct TestArguments {
    /// Only those of these rules
    #[arg(value_name = "RULE")]
    pub(super) only: Vec<String>,
}

/// Options of `extract`.
#[derive(Debug, Args)]
pub(super) struct ExtractArguments {
    /// The document, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The name of the document on standard input
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
}

/// How documents are read.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct ReadingArguments {
    /// What the tracked changes of a word processor's document become [default: accepted]
    #[arg(long, value_name = "VIEW")]
    changes: Option<Changes>,
    /// What becomes of margin numbers, running heads and page numbers [default: omit]
    #[arg(long, value_name = "WHAT")]
    furniture: Option<Furniture>,
}

impl From<ReadingArguments> for Choices {
    fn from(arguments: ReadingArguments) -> Choices {
        let changes = arguments.changes.map(|changes| match changes {
            Changes::Accepted => TrackedChanges::Accepted,
            Changes::Original => TrackedChanges::Original,
        });
        let keep_furniture = arguments.furniture.map(|furniture| furniture == Furniture::Keep);
        Choices { changes, keep_furniture, ..Choices::default() }
    }
}

/// What tracked changes become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Changes {
    /// Insertions are text, deletions are struck
    Accepted,
    /// The text as it was before
    Original,
}

/// What becomes of page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Furniture {
    /// It stays in the text
    Keep,
    /// It is left out
    Omit,
}

/// A format of the list of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// A table
    Human,
    /// One JSON object
    Json,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The least confidence that is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MinConfidence {
    /// Everything
    Low,
    /// Leave out what is likely a false alarm
    Medium,
    /// Only what is sure
    High,
}

impl From<MinConfidence> for Confidence {
    fn from(level: MinConfidence) -> Confidence {
        match level {
            MinConfidence::Low => Confidence::Low,
            MinConfidence::Medium => Confidence::Medium,
            MinConfidence::High => Confidence::High,
        }
    }
}

/// Puts `check` first where no command is named: `rightslint bill.txt`, `rightslint --format json d`.
///
/// The first word that is neither an option nor an option's value is the command. A file that is
/// called like a command is written `./check`.
pub(super) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let command = Arguments::command();
    let check = command.find_subcommand("check");
    let options: Vec<&clap::Arg> =
        command.get_arguments().chain(check.into_iter().flat_map(clap::Command::get_arguments)).collect();
    let mut is_value = false;
    let mut wants_default = arguments.len() > 1;
    for argument in arguments.iter().skip(1).map(|argument| argument.to_string_lossy()) {
        if std::mem::take(&mut is_value) {
            continue;
        }
        match argument.strip_prefix('-') {
            Some("h" | "V" | "-help" | "-version") => wants_default = false,
            Some("-") => break,
            Some(option) if !option.is_empty() => is_value = takes_value(&options, option),
            _ => {
                let known = command.find_subcommand(argument.as_ref()).is_some() || argument == "help";
                wants_default = wants_default && !known;
                break;
            }
        }
    }
    if wants_default {
        arguments.insert(1, OsString::from("check"));
    }
    arguments
}

/// Whether the option (one dash taken off) is followed by its value in the next argument.
fn takes_value(options: &[&clap::Arg], option: &str) -> bool {
    let is_named = |known: &&&clap::Arg| match option.strip_prefix('-') {
        Some(long) => {
            let mut aliases = known.get_all_aliases().into_iter().flatten();
            known.get_long() == Some(long) || aliases.any(|alias| alias == long)
        }
        None => known.get_short().is_some_and(|short| option.chars().eq([short])),
    };
    options.iter().find(is_named).is_some_and(|known| known.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &str, expected: &str) {
        let split = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(with_default_command(split(arguments)), split(expected), "{arguments}");
    }

    #[test]
    fn check_is_the_default_command() {
        check("rightslint", "rightslint");
        check("rightslint bill.txt", "rightslint check bill.txt");
        check("rightslint -", "rightslint check -");
        check("rightslint ./check", "rightslint check ./check");
        check("rightslint check check", "rightslint check check");
        check("rightslint --format json d", "rightslint check --format json d");
        check("rightslint --format=json d", "rightslint check --format=json d");
        check("rightslint -q rules", "rightslint -q rules");
        check("rightslint --rules rules rules", "rightslint --rules rules rules");
        check("rightslint --rules rules bill.txt", "rightslint check --rules rules bill.txt");
        check("rightslint --threads 2 rules", "rightslint --threads 2 rules");
        check("rightslint -j 2 rules", "rightslint -j 2 rules");
        check("rightslint -- rules", "rightslint check -- rules");
        check("rightslint --help", "rightslint --help");
        check("rightslint help rules", "rightslint help rules");
        check("rightslint --format json", "rightslint check --format json");
    }

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
        for command in ["check x", "explain x", "rules", "test x", "extract x", "init", "schema config"] {
            let line = format!("rightslint {command} --rules own.toml --color never --jobs 2 --quiet");
            let parsed = Arguments::try_parse_from(line.split(' ')).unwrap();
            assert_eq!(parsed.global.rules, [PathBuf::from("own.toml")], "{command}");
        }
    }
}
