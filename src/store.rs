//! Files that are written whole or not at all.
//!
//! What is written stands under another name first and is then renamed, so that whoever reads the
//! file, another run among them, sees what it was or what it is, and nothing between.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// As the user's mask says; of a file that is there already, those who could read it before.
    Usual,
    /// Nobody but the user, where the system knows of such a thing.
    Owner,
}

/// Writes `bytes` to `path`: all of them, or the file stays as it was.
pub fn write_whole(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let beside = beside(path);
    let written = create(&beside, readers).and_then(|mut file| {
        file.write_all(bytes)?;
        if let (Readers::Usual, Ok(known)) = (readers, fs::metadata(path)) {
            file.set_permissions(known.permissions())?;
        }
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, path));
    if moved.is_err() {
        // There may be none to remove; the error that is told is the one that matters.
        drop(fs::remove_file(&beside));
    }
    moved
}

/// Makes a folder, and those that it stands in, readable as `readers` says.
pub fn make_folder(path: &Path, readers: Readers) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

fn create(path: &Path, readers: Readers) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// A name in the same folder that no other run uses.
fn beside(path: &Path) -> PathBuf {
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}-{number}.tmp", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let names = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
        };
        let path = folder.path().join("a.json");
        write_whole(&path, b"one", Readers::Usual).unwrap();
        write_whole(&path, b"two", Readers::Owner).unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), names()),
            ("two", vec!["a.json".to_owned()])
        );
        // A folder cannot be replaced by a file: nothing is left behind.
        let inner = folder.path().join("b");
        make_folder(&inner.join("c"), Readers::Owner).unwrap();
        assert!(write_whole(&inner, b"three", Readers::Usual).is_err());
        assert!(write_whole(&folder.path().join("no/such"), b"x", Readers::Usual).is_err());
        let mut left = names();
        left.sort();
        assert_eq!(left, ["a.json", "b"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&inner)), (0o600, 0o700));
        }
    }
}
