//! What `check` writes and where to: a report on standard output, reports in files.
//!
//! A file is written whole or not at all: beside it first, then in its place. What is there already
//! keeps its permissions; a device or a pipe is written into.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::{CommandError, while_read};
use crate::report::ReportFormat;
use crate::store::{Readers, write_whole};
use crate::walk::{Failure, describe, display_path, is_same_file};

/// Options of `check` that say what it writes.
#[derive(Debug, Args)]
pub(super) struct OutputArguments {
    /// The format of standard output
    #[arg(long, value_name = "NAME", default_value = "human")]
    pub(super) format: ReportFormat,
    /// Write a report to a file as well (repeatable)
    #[arg(long = "output", value_name = "NAME=PATH")]
    pub(super) files: Vec<ReportFile>,
    /// Print how many findings there are of each rule and topic, in place of the findings
    #[arg(long, conflicts_with = "format")]
    pub(super) statistics: bool,
}

/// A report that is written to a file.
#[derive(Clone, Debug)]
pub(super) struct ReportFile {
    pub(super) format: ReportFormat,
    pub(super) path: PathBuf,
}

impl FromStr for ReportFile {
    type Err = String;

    fn from_str(value: &str) -> Result<ReportFile, String> {
        let (name, path) = value.split_once('=').ok_or("write it as NAME=PATH, such as json=report.json")?;
        let format = ReportFormat::from_str(name, false).map_err(|_| {
            let names = ReportFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
            format!("`{name}` is no format; the formats are {}", names.join(", "))
        })?;
        if path.is_empty() {
            return Err("the path is missing".to_owned());
        }
        if path == "-" {
            return Err(format!("a report on standard output is chosen with --format {name}"));
        }
        Ok(ReportFile { format, path: PathBuf::from(path) })
    }
}

/// Checks before anything is read that every report has a file of its own, which is none of the
/// documents.
pub(super) fn check_paths(files: &[ReportFile], documents: &[PathBuf]) -> Result<(), CommandError> {
    let refuse = |path: &Path, error: &str| {
        Err(CommandError::Failure(Failure { path: display_path(path), error: error.to_owned() }))
    };
    for (index, file) in files.iter().enumerate() {
        if documents.iter().any(|path| is_same_file(path, &file.path)) {
            return refuse(&file.path, "is a document to check; write the report to another file");
        }
        if files.iter().take(index).any(|other| is_same_file(&other.path, &file.path)) {
            return refuse(&file.path, "two reports cannot go to one file");
        }
    }
    Ok(())
}

/// Writes what `report` writes to the file at `path`.
pub(super) fn write_file(
    path: &Path,
    report: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let write = || {
        let mut bytes = Vec::new();
        report(&mut bytes)?;
        put(path, &bytes)
    };
    while_read(write()).map_err(|error| Failure { path: display_path(path), error: describe(&error) })
}

/// Of a device that is a file: `/dev/stdout` of a program whose output goes to one.
const OPEN_ELSEWHERE: &str = "leads to a file that is open already; name the file itself, or use --format";

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(known) if known.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(known) if !known.is_file() => return OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Ok(_) if path.starts_with("/dev") => return Err(io::Error::other(OPEN_ELSEWHERE)),
        Ok(known) if known.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    // A link goes on leading to the file.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    write_whole(&path, bytes, Readers::Usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_report_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_file(&path, |out| out.write_all(b"old")).unwrap();
        let failure = write_file(&path, |out| {
            out.write_all(b"ne")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(failure.is_err_and(|failure| failure.path == display_path(&path)));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write_file(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["a.json"]);
        assert!(write_file(folder.path(), |_| Ok(())).is_err());
        assert!(write_file(&folder.path().join("no/a.json"), |_| Ok(())).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use fs::Permissions;
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.json"), folder.path().join("b.json"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        write_file(&link, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let (plain, report) = (folder.path().join("plain"), folder.path().join("report"));
        fs::write(&plain, "x").unwrap();
        write_file(&report, |out| out.write_all(b"x")).unwrap();
        let mode = |path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&report), mode(&plain));
        fs::set_permissions(&path, Permissions::from_mode(0o440)).unwrap();
        let refused = write_file(&path, |out| out.write_all(b"x")).map_err(|failure| failure.error);
        assert_eq!(refused, Err("permission denied".to_owned()));
    }
}
