//! The whole of a run: documents read and scanned on all threads, findings chosen, all of it sorted.
//!
//! This is the one function that the command line, an editor and a user of the library call. One bad
//! file is one [`Failure`] in the result; what was found in the others is still there. The result is
//! the same for any number of threads and any order of paths.

mod choose;
mod kept;
mod off;
mod open;
mod outcome;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::cache::{Cache, MOST_BYTES};
use crate::config::{FailOn, Settings};
use crate::document::Document;
use crate::scan::Scanner;
use crate::suppress::{self, Date, Sidecar};
pub use crate::walk::Failure;
use crate::walk::{Input, Walked};
use choose::choose;
use kept::{digest, quoted};
use off::{off, turned_off};
use open::Opened;
pub use outcome::{Counts, NotChecked, ReadDocument, Run, Status};

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
    use crate::reader::Format;
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
