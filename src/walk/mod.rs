//! Paths to documents: which files a run reads.
//!
//! A file named on the command line must be read or its failure told, whatever its name. In a walked
//! folder, what is named like no document is skipped, and the run says so. The result depends on the
//! files alone: not on the order of the arguments, not on a user's global ignore file.

mod discovery;

pub use discovery::{ConfigError, Configurations, Discovery, Found, Lookup};

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::config::{FILE_NAMES, SIDECAR_NAMES};
use crate::reader::Format;
use discovery::lexical;

/// What standard input is called where no file name is given for it.
const STANDARD_INPUT: &str = "<stdin>";

/// A document to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// As given, with `/`.
    pub path: String,
    /// By the file's name; `None` where it says nothing. What the file holds goes before it.
    pub format: Option<Format>,
    /// Where its bytes are.
    pub source: Source,
}

/// Where the bytes of a document are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In a file, which is read when its turn comes.
    File(PathBuf),
    /// In memory.
    Memory(Vec<u8>),
}

/// A document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// As given, with `/`.
    pub path: String,
    /// One line, lower-case, without a full stop.
    pub error: String,
}

/// What was found at the paths of a run, each part sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// The documents, each once.
    pub inputs: Vec<Input>,
    /// Files of walked folders that are no documents.
    pub skipped: Vec<String>,
    /// Paths that lead to nothing that can be read.
    pub failures: Vec<Failure>,
}

/// How standard input is read, where a path is `-`.
#[derive(Clone, Debug, Default)]
pub struct StandardInput {
    /// The name that it goes by in reports; its ending gives the format where the content does not.
    /// Without one it is text.
    pub name: Option<String>,
    /// At most so many bytes are taken, and one more, so that too large an input is seen to be so.
    pub limit: u64,
}

/// Finds the documents at `paths`: files, folders (walked as `.gitignore` and `.ignore` files say,
/// links to folders not followed) and `-` for standard input.
pub fn walk(paths: &[PathBuf], standard_input: &StandardInput) -> Walked {
    walk_configured(paths, standard_input, &mut Configurations::new(Lookup::Isolated), &[])
}

/// Finds the documents at `paths` as [`walk`] does; what their configurations exclude is passed over in
/// folders, and so is what is `left_out`: the reports that the run itself writes there. What the
/// configurations name a format for is a document.
pub fn walk_configured(
    paths: &[PathBuf],
    standard_input: &StandardInput,
    configurations: &mut Configurations,
    left_out: &[&Path],
) -> Walked {
    let mut walk = Walk {
        configurations,
        inputs: BTreeMap::new(),
        skipped: BTreeMap::new(),
        left_out: left_out.iter().map(|path| lexical(path)).collect(),
        failures: Vec::new(),
    };
    for path in paths {
        if path.as_os_str() == "-" {
            walk.standard_input(standard_input);
        } else if path.is_dir() {
            walk.folder(path);
        } else {
            walk.named_file(path);
        }
    }
    walk.finish()
}

/// A path as reports show it: as given, with `/`.
pub fn display_path(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        shown.into_owned()
    } else {
        shown.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Whether two paths lead to one file, there already or not.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let found = fs::canonicalize(one).ok();
    lexical(one) == lexical(other) || found.is_some() && found == fs::canonicalize(other).ok()
}

/// What went wrong with a file, in a few words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds say it well themselves")]
pub fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        _ => error.to_string(),
    }
}

/// The texts of rule packs at `paths`, files or folders of `.toml` files, each with its path.
pub fn packs(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    let mut packs = Vec::new();
    for path in paths {
        for file in pack_paths(path)? {
            let text = fs::read_to_string(&file).map_err(|error| failure(&file, describe(&error)))?;
            packs.push((display_path(&file), text));
        }
    }
    Ok(packs)
}

/// The files of rules at `path`: itself, or those of a folder.
pub fn pack_paths(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if path.is_dir() { pack_files(path) } else { Ok(vec![path.to_owned()]) }
}

fn pack_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in folder_walk(folder) {
        let entry = entry.map_err(|error| walk_failure(folder, &error))?;
        if entry.path().extension().is_some_and(|ending| ending == "toml") {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() {
        return Err(failure(folder, "the folder holds no rule pack (.toml)".to_owned()));
    }
    Ok(files)
}

/// The paths so far, keyed by where they lead, so that `a.txt` and `./a.txt` are one document.
struct Walk<'c> {
    configurations: &'c mut Configurations,
    inputs: BTreeMap<PathBuf, Input>,
    skipped: BTreeMap<PathBuf, String>,
    left_out: BTreeSet<PathBuf>,
    failures: Vec<Failure>,
}

impl Walk<'_> {
    fn standard_input(&mut self, options: &StandardInput) {
        let path = options.name.clone().unwrap_or_else(|| STANDARD_INPUT.to_owned());
        let key = PathBuf::from("-");
        if self.inputs.contains_key(&key) {
            return;
        }
        let format = options.name.as_deref().map_or(Some(Format::Text), Format::of_name);
        let mut bytes = Vec::new();
        match io::stdin().lock().take(options.limit.saturating_add(1)).read_to_end(&mut bytes) {
            Ok(_) => {
                self.inputs.insert(key, Input { path, format, source: Source::Memory(bytes) });
            }
            Err(error) => self.failures.push(Failure { path, error: describe(&error) }),
        }
    }

    fn named_file(&mut self, path: &Path) {
        if let Err(error) = fs::metadata(path) {
            self.failures.push(failure(path, describe(&error)));
        } else {
            let format = self.format(path);
            self.input(path, format);
        }
    }

    /// The format of a file by its configuration, else by its name.
    fn format(&mut self, path: &Path) -> Option<Format> {
        let configured = self.configurations.of(path);
        let format = configured.and_then(|found| found.content.format(&found.relative(path)));
        format.or_else(|| Format::of_name(&path.file_name()?.to_string_lossy()))
    }

    fn is_excluded(&mut self, path: &Path) -> bool {
        let configured = self.configurations.of(path);
        configured.is_some_and(|found| found.content.excludes(&found.relative(path)))
    }

    fn folder(&mut self, folder: &Path) {
        let mut documents = 0;
        for entry in folder_walk(folder) {
            match entry {
                Ok(entry) => documents += usize::from(self.entry(&entry)),
                Err(error) => self.failures.push(walk_failure(folder, &error)),
            }
        }
        if documents == 0 {
            self.failures.push(failure(folder, "the folder holds no document that can be read".to_owned()));
        }
    }

    /// Takes a file of a walked folder; says whether it is a document.
    fn entry(&mut self, entry: &DirEntry) -> bool {
        let path = entry.path();
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if is_folder || entry.depth() == 0 || self.left_out.contains(&lexical(path)) {
            return false;
        }
        if self.is_excluded(path) || is_own(path) {
            return false;
        }
        let format = self.format(path);
        let is_document = format.is_some() && !path.is_dir();
        if is_document {
            self.input(path, format);
        } else {
            self.skipped.insert(lexical(path), display_path(path));
        }
        is_document
    }

    fn input(&mut self, path: &Path, format: Option<Format>) {
        let input = Input { path: display_path(path), format, source: Source::File(path.to_owned()) };
        let key = lexical(path);
        let is_better = |known: &Input| (input.path.len(), &input.path) < (known.path.len(), &known.path);
        if self.inputs.get(&key).is_none_or(is_better) {
            self.inputs.insert(key, input);
        }
    }

    fn finish(mut self) -> Walked {
        let inputs = &self.inputs;
        self.skipped.retain(|key, _| !inputs.contains_key(key));
        let mut walked = Walked {
            inputs: self.inputs.into_values().collect(),
            skipped: self.skipped.into_values().collect(),
            failures: self.failures,
        };
        walked.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        walked.skipped.sort();
        walked.failures.sort();
        walked.failures.dedup();
        walked
    }
}

/// Whether the file says how documents are checked: it is no document that was passed over.
fn is_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    FILE_NAMES.iter().chain(&SIDECAR_NAMES).any(|own| name == *own)
}

fn folder_walk(folder: &Path) -> ignore::Walk {
    WalkBuilder::new(folder)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp)
        .build()
}

fn failure(path: &Path, error: String) -> Failure {
    Failure { path: display_path(path), error }
}

fn walk_failure(folder: &Path, error: &ignore::Error) -> Failure {
    let path = path_of(error).unwrap_or(folder);
    let reason = error.io_error().map_or_else(|| error.to_string(), describe);
    failure(path, reason)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds of error name no path")]
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes the files (those that end in `/` are folders) and walks `paths` among them.
    fn check(files: &[&str], paths: &[&str], expected: (&[&str], &[&str], &[&str])) {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let (name, text) = file.split_once('=').unwrap_or((file, "x"));
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if name.ends_with('/') {
                fs::create_dir_all(path).unwrap();
            } else {
                fs::write(path, text).unwrap();
            }
        }
        let arguments: Vec<PathBuf> = paths.iter().map(|path| root.path().join(path)).collect();
        let walked = walk(&arguments, &StandardInput::default());
        let prefix = format!("{}/", display_path(root.path()));
        let short = |path: &str| path.strip_prefix(&prefix).unwrap_or(path).to_owned();
        let found: Vec<String> = walked.inputs.iter().map(|input| short(&input.path)).collect();
        let skipped: Vec<String> = walked.skipped.iter().map(|path| short(path)).collect();
        let failed: Vec<String> = walked
            .failures
            .iter()
            .map(|failure| format!("{}: {}", short(&failure.path), failure.error))
            .collect();
        assert_eq!(
            (found, skipped, failed),
            (owned(expected.0), owned(expected.1), owned(expected.2)),
            "{paths:?}"
        );
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn files_and_folders() {
        check(&["b.txt", "a.md"], &["b.txt", "a.md", "b.txt", "./b.txt"], (&["a.md", "b.txt"], &[], &[]));
        check(
            &["d/b.txt", "d/sub/a.md", "d/logo.png", "d/.hidden.txt"],
            &["d"],
            (&["d/b.txt", "d/sub/a.md"], &["d/logo.png"], &[]),
        );
        check(&["d/a.txt"], &["d", "d/a.txt", "d/"], (&["d/a.txt"], &[], &[]));
        check(&["d/a.txt", "d/drafts/b.txt", "d/.gitignore=drafts/\n"], &["d"], (&["d/a.txt"], &[], &[]));
    }

    #[test]
    fn what_leads_nowhere_is_a_failure() {
        check(
            &["d/logo.png"],
            &["d"],
            (&[], &["d/logo.png"], &["d: the folder holds no document that can be read"]),
        );
        check(&["d/"], &["d"], (&[], &[], &["d: the folder holds no document that can be read"]));
        check(
            &["d/bill.bin"],
            &["d/bill.bin", "d"],
            (&["d/bill.bin"], &[], &["d: the folder holds no document that can be read"]),
        );
        check(&["a.txt"], &["a.txt", "b.txt"], (&["a.txt"], &[], &["b.txt: no such file or folder"]));
    }

    #[cfg(unix)]
    #[test]
    fn links_make_no_loop() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("d");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(&folder, folder.join("again")).unwrap();
        std::os::unix::fs::symlink(folder.join("a.txt"), folder.join("b.txt")).unwrap();
        let walked = walk(&[folder], &StandardInput::default());
        let name = |path: &str| path.rsplit_once('/').unwrap().1.to_owned();
        let found: Vec<String> = walked.inputs.iter().map(|input| name(&input.path)).collect();
        assert_eq!(found, ["a.txt", "b.txt"]);
        assert_eq!(walked.skipped.iter().map(|path| name(path)).collect::<Vec<_>>(), ["again"]);
        assert_eq!(walked.failures, []);
    }
}
