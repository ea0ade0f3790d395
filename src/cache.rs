//! What was found in a file, kept on disk for the next run.
//!
//! A scan is a pure function of the file's bytes, how they are read, the rules and the program; a digest
//! over all of these names an entry, and nothing else is asked of it. The file itself is read each time:
//! what reports show of it is never older than the file. An entry that cannot be read, or was damaged,
//! is as good as none. An entry quotes the words of its findings, so nobody else may read it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::reader::{Format, ReadOptions, TrackedChanges};
use crate::scan::Scanned;
use crate::store::{Readers, make_folder, write_whole};

/// How large a cache may become: 256 MiB.
pub const MOST_BYTES: u64 = 256 << 20;

const TAG: &str = "CACHEDIR.TAG";
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # What rightslint found in drafts; it may be deleted at any time.\n";

/// A folder of entries. Any number of runs may share it.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// What a scan depends on besides the file.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// How the file was read.
    pub format: Format,
    /// What was made of tracked changes and page furniture.
    pub read: ReadOptions,
    /// The digest of the rules.
    pub rules: &'a str,
    /// The tag of the language that was asked for.
    pub language: Option<&'a str>,
}

/// The name of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// The name of what is found in a file of these bytes.
    pub fn new(bytes: &[u8], inputs: Inputs<'_>) -> Key {
        let changes = match inputs.read.changes {
            TrackedChanges::Accepted => "accepted",
            TrackedChanges::Original => "original",
        };
        let furniture = if inputs.read.keep_furniture { "keep" } else { "omit" };
        let language = inputs.language.map_or_else(String::new, |tag| format!("in {tag}"));
        let build = env!("RIGHTSLINT_BUILD");
        let mut hasher = Sha256::new();
        for part in [build, inputs.rules, inputs.format.name(), changes, furniture, &language] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(bytes);
        Key(hex(&hasher.finalize()))
    }
}

impl Cache {
    /// Makes or opens the cache in `folder`.
    ///
    /// Errors: the folder cannot be made, or holds files that are not a cache's.
    pub fn open(folder: &Path) -> io::Result<Cache> {
        make_folder(folder, Readers::Owner)?;
        if !folder.join(TAG).exists() {
            let is_ours = |entry: io::Result<fs::DirEntry>| {
                entry.is_ok_and(|entry| is_ours(&entry.file_name().to_string_lossy()))
            };
            if !fs::read_dir(folder)?.all(is_ours) {
                return Err(io::Error::other("is no cache: it holds other files; name an empty folder"));
            }
            write_whole(&folder.join(".gitignore"), b"*\n", Readers::Owner)?;
            write_whole(&folder.join(TAG), TAG_TEXT.as_bytes(), Readers::Owner)?;
        }
        Ok(Cache { folder: folder.to_owned() })
    }

    /// The entry of that name, if it is there and whole.
    pub fn get(&self, key: &Key) -> Option<Scanned> {
        let text = fs::read_to_string(self.path(key)?).ok()?;
        let (digest, payload) = text.split_once('\n')?;
        (digest == hex(&Sha256::digest(payload.as_bytes()))).then_some(())?;
        serde_json::from_str(payload).ok()
    }

    /// Keeps an entry. Where it cannot be written there is none, and the next run scans again.
    pub fn put(&self, key: &Key, scanned: &Scanned) {
        let Some((path, payload)) = self.path(key).zip(serde_json::to_string(scanned).ok()) else { return };
        let entry = format!("{}\n{payload}", hex(&Sha256::digest(payload.as_bytes())));
        let folder = path.parent().map_or(Ok(()), |folder| make_folder(folder, Readers::Owner));
        drop(folder.and_then(|()| write_whole(&path, entry.as_bytes(), Readers::Owner)));
    }

    /// Removes the oldest entries of a cache larger than `most` bytes, until a quarter of it is free.
    pub fn trim(&self, most: u64) {
        let mut entries = self.entries();
        let mut size: u64 = entries.iter().map(|(_, _, size)| size).sum();
        if size <= most {
            return;
        }
        entries.sort();
        for (_, path, bytes) in entries {
            if size <= most - most / 4 {
                return;
            }
            // Another run may have removed it.
            drop(fs::remove_file(path));
            size -= bytes;
        }
    }

    /// When each file of the cache was written, its path and its size.
    fn entries(&self) -> Vec<(SystemTime, PathBuf, u64)> {
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let folders = folders.filter(|folder| is_shard(&folder.file_name().to_string_lossy()));
        let files = folders.flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten().flatten());
        let entry = |file: fs::DirEntry| {
            let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((metadata.modified().ok()?, file.path(), metadata.len()))
        };
        files.filter_map(entry).collect()
    }

    fn path(&self, key: &Key) -> Option<PathBuf> {
        let (shard, rest) = key.0.split_at_checked(2)?;
        Some(self.folder.join(shard).join(format!("{rest}.json")))
    }
}

/// Whether a cache has a file or folder of that name.
fn is_ours(name: &str) -> bool {
    let is_unfinished = name.starts_with('.')
        && name.split('.').next_back() == Some("tmp")
        && (name.contains(TAG) || name.contains("gitignore"));
    name == TAG || name == ".gitignore" || is_shard(name) || is_unfinished
}

fn is_shard(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs() -> Inputs<'static> {
        Inputs { format: Format::Text, read: ReadOptions::default(), rules: "0123", language: None }
    }

    fn scanned(title: &str) -> Scanned {
        Scanned { title: Some(title.to_owned()), host_act_unseen: true, ..Scanned::default() }
    }

    #[test]
    fn everything_that_a_scan_depends_on_names_it() {
        let original = ReadOptions { changes: TrackedChanges::Original, ..ReadOptions::default() };
        let furniture = ReadOptions { keep_furniture: true, ..ReadOptions::default() };
        let keys = [
            Key::new(b"a", inputs()),
            Key::new(b"b", inputs()),
            Key::new(b"a", Inputs { format: Format::Markdown, ..inputs() }),
            Key::new(b"a", Inputs { read: original, ..inputs() }),
            Key::new(b"a", Inputs { read: furniture, ..inputs() }),
            Key::new(b"a", Inputs { rules: "012", ..inputs() }),
            Key::new(b"a", Inputs { language: Some(""), ..inputs() }),
            Key::new(b"a", Inputs { language: Some("en"), ..inputs() }),
        ];
        let mut different = keys.to_vec();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), keys.len());
        assert_eq!(Key::new(b"a", inputs()), keys[0]);
    }

    #[test]
    fn an_entry_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("c")).unwrap();
        let key = Key::new(b"a", inputs());
        let title = || cache.get(&key).map(|scanned| (scanned.title, scanned.host_act_unseen));
        assert_eq!(title(), None);
        cache.put(&key, &scanned("Bill"));
        assert_eq!(title(), Some((Some("Bill".to_owned()), true)));
        let path = cache.path(&key).unwrap();
        let whole = fs::read(&path).unwrap();
        for damaged in [&whole[..whole.len() - 1], &whole[..40], b"", b"\xff\xfe\n{}", b"\n{}"] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(title(), None);
        }
        let changed = String::from_utf8(whole.clone()).unwrap().replace("Bill", "Will");
        fs::write(&path, changed).unwrap();
        assert_eq!(title(), None);
        cache.put(&key, &scanned("Bill"));
        assert_eq!(fs::read(&path).unwrap(), whole);
    }

    #[test]
    fn a_large_cache_is_trimmed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        let keys: Vec<Key> = (0..8_u8).map(|at| Key::new(&[at], inputs())).collect();
        for (at, key) in keys.iter().enumerate() {
            cache.put(key, &scanned("Bill"));
            let written = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at as u64);
            fs::File::options()
                .append(true)
                .open(cache.path(key).unwrap())
                .unwrap()
                .set_modified(written)
                .unwrap();
        }
        let each = fs::metadata(cache.path(&keys[0]).unwrap()).unwrap().len();
        let left = || keys.iter().map(|key| usize::from(cache.get(key).is_some())).collect::<Vec<_>>();
        cache.trim(8 * each);
        assert_eq!(left(), [1; 8]);
        cache.trim(8 * each - 1);
        assert_eq!(left(), [0, 0, 1, 1, 1, 1, 1, 1]);
        // It is still a cache, and what is not its own is left alone.
        fs::write(folder.path().join("draft.txt"), "x").unwrap();
        assert!(Cache::open(folder.path()).is_ok());
        cache.trim(0);
        assert_eq!((left(), folder.path().join("draft.txt").exists()), (vec![0; 8], true));
    }

    #[test]
    fn a_folder_of_other_files_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("draft.txt"), "x").unwrap();
        let error = Cache::open(folder.path()).unwrap_err().to_string();
        assert_eq!(error, "is no cache: it holds other files; name an empty folder");
        let error = Cache::open(&folder.path().join("draft.txt"));
        assert!(error.is_err());
    }
}
