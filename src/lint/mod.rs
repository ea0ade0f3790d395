//! The whole of a run: documents read and scanned on all threads, findings chosen, all of it sorted.
//!
//! This is the one function that the command line, an editor and a user of the library call. One bad
//! file is one [`Failure`] in the result; what was found in the others is still there. The result is
//! the same for any number of threads and any order of paths.

mod choose;
mod kept;
mod off;
mod open;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::cache::{Cache, MOST_BYTES};
use crate::config::{FailOn, Settings};
use crate::diagnostic::Severity;
use crate::document::{Document, Quoted};
use crate::finding::Finding;
use crate::reader::Format;
use crate::rule::Kind;
use crate::scan::Scanner;
use crate::suppress::{self, Date, Sidecar};
pub use crate::walk::Failure;
use crate::walk::{Input, Walked};
use choose::choose;
use kept::{digest, quoted};
use off::{off, turned_off};
use open::Opened;

/// How a run is done.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is chosen for documents that have no choices of their own.
    pub document: DocumentOptions,
    /// What is chosen for the documents with these paths, as reports write them.
    pub of_document: BTreeMap<String, DocumentOptions>,
    /// How many threads; 0 is one for each processor.
    pub threads: usize,
    /// Where what was found is kept for the next run; it changes no result.
    pub cache: Option<Cache>,
    /// Whether suppressions hold. They are the author's word: whoever checks a bill that others wrote may
    /// not want to take it.
    pub suppressions: bool,
    /// Whether the digests are made by which a baseline knows documents that were moved.
    pub digests: bool,
    /// The day that it is, for suppressions that expire; `None`: none does.
    pub today: Option<Date>,
}

/// What is chosen for a document.
#[derive(Clone, Debug, Default)]
pub struct DocumentOptions {
    /// By configuration and command line.
    pub settings: Arc<Settings>,
    /// The file of suppressions beside it, and its path relative to that file's folder.
    pub sidecar: Option<(Arc<Sidecar>, PathBuf)>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            document: DocumentOptions::default(),
            of_document: BTreeMap::new(),
            threads: 0,
            cache: None,
            suppressions: true,
            digests: true,
            today: None,
        }
    }
}

impl Options {
    /// What is chosen for the document at `path`.
    pub fn of(&self, path: &str) -> &DocumentOptions {
        self.of_document.get(path).unwrap_or(&self.document)
    }
}

/// What a run gives.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Sorted by path; those that could not be read are in `failures` alone.
    pub documents: Vec<ReadDocument>,
    /// Sorted by path.
    pub failures: Vec<Failure>,
    /// What was not looked at, and why.
    pub not_checked: Vec<NotChecked>,
}

/// A document that was read, or passed over.
#[derive(Clone, Debug)]
pub struct ReadDocument {
    /// As given, with `/`.
    pub path: String,
    /// `None` where the file is no document.
    pub format: Option<Format>,
    /// The tag of the language that it was read in.
    pub language: Option<String>,
    /// From its metadata, else its first heading.
    pub title: Option<String>,
    /// How much of it was read.
    pub status: Status,
    /// How many words its text has.
    pub words: usize,
    /// How many numbered provisions it has.
    pub provisions: usize,
    /// How many pages it has; `None` where its format has none.
    pub pages: Option<u32>,
    /// What of it could not be read; empty where all of it was.
    pub unread: Vec<String>,
    /// Whether absences were judged on a draft that amends a law not seen.
    pub host_act_unseen: bool,
    /// The ids of rules that a configuration file turned off for it, sorted, and the file's name.
    pub off: Option<(Vec<String>, String)>,
    /// The lines that findings stand on, for reports that show them; `None` where nothing was found.
    pub quoted: Option<Quoted>,
    /// A digest over its words; empty where nothing was found or none was asked for.
    pub digest: String,
    /// From which severity on its findings fail a run.
    pub fail_on: FailOn,
    /// By position, then rule id.
    pub findings: Vec<Finding>,
}

/// How much of a document was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All of it.
    Read,
    /// Some of it; a failure says what is missing.
    Partial,
    /// A file of a walked folder that is no document.
    Skipped,
    /// Its language has no rules.
    UnsupportedLanguage,
}

impl Status {
    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Status::Read => "read",
            Status::Partial => "partial",
            Status::Skipped => "skipped",
            Status::UnsupportedLanguage => "unsupported-language",
        }
    }

    /// Whether rules were held against the document.
    pub fn is_checked(self) -> bool {
        matches!(self, Status::Read | Status::Partial)
    }
}

/// Something that a run did not look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotChecked {
    /// The rule that was not held against the document; `None` for all of them.
    pub rule: Option<String>,
    /// As given, with `/`; `None` for all documents.
    pub path: Option<String>,
    /// Lower-case, no full stop.
    pub reason: String,
}

/// How much there is of everything in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents that rules were held against.
    pub documents: usize,
    /// Files of walked folders that are no documents.
    pub skipped: usize,
    /// Documents that could not be read.
    pub failures: usize,
    /// Problems that are errors.
    pub errors: usize,
    /// Problems that are warnings.
    pub warnings: usize,
    /// Problems that are notes.
    pub notes: usize,
    /// Safeguards and good practices; no problems.
    pub strengths: usize,
    /// Problems that somebody has given a reason for; in none of the counts above.
    pub suppressed: usize,
    /// Problems that the baseline knows and nobody suppressed; in none of the counts above.
    pub known: usize,
}

impl Run {
    /// Counts documents, failures and findings.
    pub fn counts(&self) -> Counts {
        let with =
            |is: fn(Status) -> bool| self.documents.iter().filter(|document| is(document.status)).count();
        let mut counts = Counts {
            documents: with(Status::is_checked),
            skipped: with(|status| status == Status::Skipped),
            failures: self.failures.len(),
            ..Counts::default()
        };
        for (_, finding) in self.findings() {
            match finding.severity {
                _ if finding.kind == Kind::Strength => counts.strengths += 1,
                _ if finding.suppressed.is_some() => counts.suppressed += 1,
                _ if !finding.counts() => counts.known += 1,
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// All findings, each with its document.
    pub fn findings(&self) -> impl Iterator<Item = (&ReadDocument, &Finding)> {
        self.documents
            .iter()
            .flat_map(|document| document.findings.iter().map(move |finding| (document, finding)))
    }

    /// The gravest severity among the problems that count.
    pub fn worst(&self) -> Option<Severity> {
        let problems =
            self.findings().filter(|(_, finding)| finding.kind != Kind::Strength && finding.counts());
        problems.map(|(_, finding)| finding.severity).max()
    }
}

/// Reads and scans what `walked` found.
pub fn run(walked: Walked, scanner: &Scanner<'_>, options: &Options) -> Run {
    run_and_tell(walked, scanner, options, &|| {})
}

/// As [`run`]; calls `done` whenever a document is done, on the thread that did it.
pub fn run_and_tell(
    walked: Walked,
    scanner: &Scanner<'_>,
    options: &Options,
    done: &(dyn Fn() + Sync),
) -> Run {
    let read = |input: Input| {
        let result = guarded(input, |input| read_and_scan(input, scanner, options));
        done();
        result
    };
    let Walked { inputs, skipped, failures } = walked;
    let results: Vec<Result<ReadDocument, Failure>> =
        match ThreadPoolBuilder::new().num_threads(options.threads).build() {
            Ok(pool) => pool.install(|| inputs.into_par_iter().map(read).collect()),
            Err(_) => inputs.into_iter().map(read).collect(),
        };
    let mut run = Run { failures, ..Run::default() };
    for result in results {
        match result {
            Ok(document) => {
                run.failures.extend(partial(&document));
                run.not_checked.extend(not_checked(&document));
                run.documents.push(document);
            }
            Err(failure) => run.failures.push(failure),
        }
    }
    if let Some(cache) = &options.cache {
        cache.trim(MOST_BYTES);
    }
    run.documents.extend(skipped.into_iter().map(passed_over));
    run.documents.sort_by(|a, b| a.path.cmp(&b.path));
    run.not_checked.extend(turned_off(&run.documents));
    run.failures.sort();
    run.not_checked.sort();
    run
}

/// Calls `read`; a panic in it is a failure of that document alone.
fn guarded<T>(input: Input, read: impl FnOnce(&Input) -> Result<T, String>) -> Result<T, Failure> {
    let outcome = catch_unwind(AssertUnwindSafe(|| read(&input)));
    let outcome = outcome.unwrap_or_else(|_| Err("internal error; please report it".to_owned()));
    outcome.map_err(|error| Failure { path: input.path, error })
}

/// What of a document was not read, or not checked.
fn partial(document: &ReadDocument) -> Option<Failure> {
    let error = document.unread.join("; ");
    (!error.is_empty()).then(|| Failure { path: document.path.clone(), error })
}

/// What of a document no rule could be held against.
fn not_checked(document: &ReadDocument) -> Vec<NotChecked> {
    let host_act = document.host_act_unseen.then(|| "host act not seen".to_owned());
    let reasons = document.unread.iter().cloned().chain(host_act);
    reasons.map(|reason| NotChecked { rule: None, path: Some(document.path.clone()), reason }).collect()
}

/// Reads one document as `settings` say.
pub fn read(input: Input, settings: &Settings) -> Result<Document, Failure> {
    guarded(input, |input| Ok(open::read(input, &open::bytes(input, settings)?, settings)?.0))
}

/// Reads and scans one document, and keeps its text whether anything is found in it or not.
pub fn read_whole(
    input: Input,
    scanner: &Scanner<'_>,
    options: &Options,
) -> Result<(ReadDocument, Document), Failure> {
    guarded(input, |input| read_and_scan_whole(input, scanner, options))
}

fn read_and_scan(input: &Input, scanner: &Scanner<'_>, options: &Options) -> Result<ReadDocument, String> {
    let (read, document) = read_and_scan_whole(input, scanner, options)?;
    if read.findings.is_empty() {
        return Ok(read);
    }
    let digest = if options.digests { digest(&document) } else { String::new() };
    Ok(ReadDocument { quoted: Some(quoted(&document, &read.findings)), digest, ..read })
}

fn read_and_scan_whole(
    input: &Input,
    scanner: &Scanner<'_>,
    options: &Options,
) -> Result<(ReadDocument, Document), String> {
    let chosen = options.of(&input.path);
    let settings = &*chosen.settings;
    let bytes = open::bytes(input, settings)?;
    let (document, format) = open::read(input, &bytes, settings)?;
    let opened = Opened { document: &document, format, bytes: &bytes };
    let mut found = open::scan(opened, scanner, settings, options.cache.as_ref());
    let mut unread = document.unread().to_vec();
    let status = match (&found.language, unread.is_empty()) {
        (None, _) => Status::UnsupportedLanguage,
        (Some(_), false) => Status::Partial,
        (Some(_), true) => Status::Read,
    };
    if status == Status::UnsupportedLanguage {
        unread.push("there are no rules for its language; --language names one to read it in".to_owned());
    }
    let mut notices = Vec::new();
    if options.suppressions && found.language.is_some() {
        let reading = suppress::Reading {
            document: &document,
            structure: &found.structure,
            rules: scanner.rules(),
            sidecar: chosen.sidecar.as_ref().map(|(sidecar, path)| (&**sidecar, path)),
            today: options.today,
        };
        notices = suppress::apply(&mut found.findings, reading);
    }
    let mut findings = found.findings;
    choose(&mut findings, notices, settings, scanner.rules());
    let rules = found.language.as_deref().and_then(|tag| scanner.rules().language(tag));
    let read = ReadDocument {
        path: input.path.clone(),
        format: Some(format),
        language: found.language,
        title: found.title,
        status,
        words: document.word_count(),
        provisions: found.structure.provisions.len(),
        pages: document.pages(),
        unread,
        host_act_unseen: found.host_act_unseen,
        off: rules.map(|rules| off(rules, settings)).unwrap_or_default(),
        quoted: None,
        digest: String::new(),
        fail_on: settings.fail_on,
        findings,
    };
    Ok((read, document))
}

fn passed_over(path: String) -> ReadDocument {
    ReadDocument {
        path,
        format: None,
        language: None,
        title: None,
        status: Status::Skipped,
        words: 0,
        provisions: 0,
        pages: None,
        unread: Vec::new(),
        host_act_unseen: false,
        off: None,
        quoted: None,
        digest: String::new(),
        fail_on: FailOn::default(),
        findings: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;
    use crate::walk::Source;

    fn memory(path: &str, bytes: &[u8]) -> Input {
        Input { path: path.to_owned(), format: Some(Format::Text), source: Source::Memory(bytes.to_vec()) }
    }

    #[test]
    fn one_bad_file_is_one_failure() {
        let rules = RuleSet::builtin().unwrap();
        let walked = Walked {
            inputs: vec![
                memory("d.txt", b"a\xff\xff\xff"),
                memory("c.txt", b"The Authority shall report."),
                memory("b.txt", b" \n"),
                memory("a.txt", b"more than twenty-nine bytes of text"),
            ],
            skipped: vec!["b.png".to_owned()],
            failures: vec![Failure { path: "z.txt".to_owned(), error: "no such file or folder".to_owned() }],
        };
        for threads in [1, 3] {
            let settings = Arc::new(Settings { max_file_size: 29, ..Settings::default() });
            let document = DocumentOptions { settings, sidecar: None };
            let options = Options { document, threads, ..Options::default() };
            let run = run(walked.clone(), &Scanner::new(&rules), &options);
            let documents: Vec<(&str, &str, usize)> = run
                .documents
                .iter()
                .map(|read| (read.path.as_str(), read.status.name(), read.words))
                .collect();
            assert_eq!(documents, [("b.png", "skipped", 0), ("c.txt", "read", 4)]);
            let failures: Vec<(&str, &str)> =
                run.failures.iter().map(|failure| (failure.path.as_str(), failure.error.as_str())).collect();
            assert_eq!(
                failures,
                [
                    ("a.txt", "larger than 0 MiB; raise --max-file-size to read it"),
                    ("b.txt", "the file is empty"),
                    ("d.txt", "not text in any known encoding; convert the file to UTF-8 first"),
                    ("z.txt", "no such file or folder"),
                ]
            );
            let counts = run.counts();
            assert_eq!((counts.documents, counts.skipped, counts.failures), (1, 1, 4));
        }
    }

    #[test]
    fn a_panic_is_a_failure() {
        let failure = guarded(memory("a.txt", b"x"), |_| -> Result<(), String> { panic!("on purpose") });
        let error = "internal error; please report it".to_owned();
        assert_eq!(failure, Err(Failure { path: "a.txt".to_owned(), error }));
    }
}
