//! A ZIP archive in memory, its parts read as streams within limits.
//!
//! DOCX and ODT are ZIP archives of XML. A part is never unpacked as a whole: it is parsed while it is
//! inflated, so that a bill costs the memory of its text and not of its mark-up. An archive that
//! unpacks to very much more than its own size is refused before the memory is spent.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;

/// More entries than any document has: pictures, fonts and embedded files counted.
const MOST_ENTRIES: usize = 10_000;
/// No part unpacks to more, in bytes.
const LARGEST_PART: u64 = 256 << 20;
/// A part of a small archive may unpack to so many bytes, whatever the archive's size.
const SMALL: u64 = 16 << 20;
/// Beyond [`SMALL`], a part may unpack to so many times the size of the archive. Mark-up of word
/// processors shrinks to a tenth, of long tables to a fiftieth.
const RATIO: u64 = 200;
/// The longest run of text or single element that is held at a time, in bytes.
const LONGEST_EVENT: usize = 8 << 20;

/// An archive that is open for reading.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    size: usize,
}

impl<'b> Archive<'b> {
    /// Opens the archive that `bytes` are.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Archive<'b>, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::DamagedArchive)?;
        if zip.len() > MOST_ENTRIES {
            return Err(ReadError::TooManyParts { most: MOST_ENTRIES });
        }
        Ok(Archive { zip, size: bytes.len() })
    }

    /// The size of the archive, in bytes.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// How many bytes a part may unpack to.
    pub(super) fn allowed(&self) -> u64 {
        LARGEST_PART.min(SMALL + (self.size as u64).saturating_mul(RATIO))
    }

    /// Opens a part for reading; `None` if the archive does not have it.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Metered<Box<dyn Read + '_>>>, ReadError> {
        let allowed = self.allowed();
        match self.zip.by_name(name) {
            Ok(file) if file.encrypted() => Err(ReadError::Encrypted),
            Ok(file) => Ok(Some(Metered::new(Box::new(file), allowed))),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => {
                Err(ReadError::Encrypted)
            }
            Err(_) => Err(ReadError::DamagedArchive),
        }
    }
}

/// A reader that stops with [`io::ErrorKind::FileTooLarge`] where more comes out of it than may.
pub(super) struct Metered<R> {
    inner: BufReader<R>,
    /// How many more bytes may come.
    left: u64,
    /// How many more bytes may come before [`Metered::begin_event`] is called again.
    event: usize,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(inner: R, allowed: u64) -> Metered<R> {
        Metered { inner: BufReader::with_capacity(64 << 10, inner), left: allowed, event: LONGEST_EVENT }
    }

    /// Says that what was read so far is done with.
    pub(super) fn begin_event(&mut self) {
        self.event = LONGEST_EVENT;
    }
}

impl<R: Read> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 || self.event == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.event = self.event.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), available.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use super::*;

    /// An archive of parts: names and contents.
    pub(in crate::reader) fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        pack_bytes(&parts)
    }

    /// An archive of parts: names and bytes.
    pub(in crate::reader) fn pack_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn check(bytes: &[u8], allowed: u64, expected: Result<usize, io::ErrorKind>) {
        let mut out = Vec::new();
        let found = Metered::new(bytes, allowed).read_to_end(&mut out).map_err(|error| error.kind());
        assert_eq!(found, expected, "{} bytes, {allowed} allowed", bytes.len());
    }

    #[test]
    fn no_more_comes_out_than_may() {
        check(b"abc", 4, Ok(3));
        check(b"abc", 3, Err(io::ErrorKind::FileTooLarge));
        check(b"", 0, Err(io::ErrorKind::FileTooLarge));
        check(&vec![b'x'; LONGEST_EVENT - 1], u64::MAX, Ok(LONGEST_EVENT - 1));
        check(&vec![b'x'; LONGEST_EVENT + 1], u64::MAX, Err(io::ErrorKind::FileTooLarge));
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"a bill"] {
            assert_eq!(Archive::open(bytes).err(), Some(ReadError::DamagedArchive), "{bytes:?}");
        }
    }
}
