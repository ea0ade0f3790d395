//! Which configuration file a document has: the nearest in its folder and those above.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{Failure, describe, display_path, failure};
use crate::config::{Configuration, FILE_NAMES};
use crate::diagnostic::Diagnostic;

/// Where configuration files are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lookup {
    /// From each document's folder upwards.
    #[default]
    Nearest,
    /// This file is that of all documents.
    File(PathBuf),
    /// Nowhere.
    Isolated,
}

/// A configuration file that was found.
#[derive(Debug)]
pub struct Found<T> {
    /// The folder that it stands in, absolute.
    pub folder: PathBuf,
    /// What it holds.
    pub content: Arc<T>,
}

impl<T> Found<T> {
    /// The path of a document relative to the folder; the name alone of one that stands elsewhere.
    pub fn relative(&self, path: &Path) -> PathBuf {
        let absolute = lexical(path);
        let inside = absolute.strip_prefix(&self.folder).map(Path::to_path_buf);
        inside.unwrap_or_else(|_| absolute.file_name().map(PathBuf::from).unwrap_or_default())
    }
}

/// What is wrong with files that a user wrote.
#[derive(Debug)]
pub enum ConfigError {
    /// Mistakes in them.
    Mistakes(Vec<Diagnostic>),
    /// One cannot be read.
    Unreadable(Failure),
}

/// Finds files by folder; each is read once.
///
/// Mistakes are kept and told at the end, so that one wrong file hides no other.
#[derive(Debug)]
pub struct Discovery<T> {
    names: &'static [&'static str],
    parse: fn(&str, &str) -> Result<T, Vec<Diagnostic>>,
    by_folder: BTreeMap<PathBuf, Option<Arc<Found<T>>>>,
    mistakes: Vec<Diagnostic>,
    unreadable: Option<Failure>,
}

impl<T> Discovery<T> {
    /// Looks for files that are called one of `names`, the first of them first.
    pub fn new(
        names: &'static [&'static str],
        parse: fn(&str, &str) -> Result<T, Vec<Diagnostic>>,
    ) -> Discovery<T> {
        Discovery { names, parse, by_folder: BTreeMap::new(), mistakes: Vec::new(), unreadable: None }
    }

    /// The file nearest to the document at `path`: in its folder or in one above.
    pub fn nearest(&mut self, path: &Path) -> Option<Arc<Found<T>>> {
        let folder = lexical(path).parent().map(Path::to_path_buf).unwrap_or_default();
        self.in_folder(&folder)
    }

    /// The file that stands in `folder`, an absolute path, or in the nearest above it.
    pub fn in_folder(&mut self, folder: &Path) -> Option<Arc<Found<T>>> {
        let mut unknown = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.by_folder.get(folder) {
                found.clone_from(known);
                break;
            }
            unknown.push(folder.to_path_buf());
            found = self.here(folder);
            if found.is_some() {
                break;
            }
        }
        for folder in unknown {
            self.by_folder.insert(folder, found.clone());
        }
        found
    }

    fn here(&mut self, folder: &Path) -> Option<Arc<Found<T>>> {
        self.names.iter().find_map(|name| self.file(&folder.join(name), false))
    }

    /// Reads the file at `path`; one that is not there is unreadable only if it `must` be.
    pub fn file(&mut self, path: &Path, must: bool) -> Option<Arc<Found<T>>> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let is_absent = matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
                );
                if must || !is_absent {
                    self.unreadable.get_or_insert(failure(path, describe(&error)));
                }
                return None;
            }
        };
        match (self.parse)(&shown(path), &text) {
            Ok(content) => {
                let folder = lexical(path).parent().map(Path::to_path_buf).unwrap_or_default();
                Some(Arc::new(Found { folder, content: Arc::new(content) }))
            }
            Err(mistakes) => {
                self.mistakes.extend(mistakes);
                None
            }
        }
    }

    /// What was wrong with any of the files so far.
    pub fn finish(self) -> Result<(), ConfigError> {
        match self.unreadable {
            Some(failure) => Err(ConfigError::Unreadable(failure)),
            None if self.mistakes.is_empty() => Ok(()),
            None => Err(ConfigError::Mistakes(self.mistakes)),
        }
    }
}

/// The configurations of documents.
#[derive(Debug)]
pub struct Configurations {
    lookup: Lookup,
    discovery: Discovery<Configuration>,
    /// That of [`Lookup::File`].
    of_all: Option<Arc<Found<Configuration>>>,
}

impl Configurations {
    /// Looks for them as `lookup` says.
    pub fn new(lookup: Lookup) -> Configurations {
        let mut discovery = Discovery::new(&FILE_NAMES, Configuration::parse);
        let of_all = match &lookup {
            Lookup::File(file) => discovery.file(file, true),
            Lookup::Nearest | Lookup::Isolated => None,
        };
        Configurations { lookup, discovery, of_all }
    }

    /// The configuration of the document at `path`.
    pub fn of(&mut self, path: &Path) -> Option<Arc<Found<Configuration>>> {
        match self.lookup {
            Lookup::Isolated => None,
            Lookup::Nearest => self.discovery.nearest(path),
            Lookup::File(_) => self.of_all.clone(),
        }
    }

    /// What was wrong with any of the files so far.
    pub fn finish(self) -> Result<(), ConfigError> {
        self.discovery.finish()
    }
}

/// A path as it is shown: relative to the current folder where it stands in it.
fn shown(path: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    display_path(path.strip_prefix(&current).unwrap_or(path))
}

/// The path made absolute, without `.` and `..`; links are left alone.
pub(super) fn lexical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}
