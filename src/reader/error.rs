//! Why a document could not be read.

use thiserror::Error;

/// Why a document could not be read. Messages are one line, lower-case, without a full stop; the
/// caller names the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file has no text at all.
    #[error("the file is empty")]
    Empty,
    /// The bytes are not UTF-8; `offset` is the first that is not.
    #[error("not valid UTF-8 at byte {offset}; convert the file to UTF-8 first")]
    InvalidUtf8 {
        /// Bytes from the start of the file.
        offset: usize,
    },
    /// The bytes are UTF-8, but so many of them are control characters that they are no text.
    #[error("not a text file: it is full of control characters")]
    NotText,
    /// The file is in a format that cannot be read.
    #[error("{format} cannot be read yet; convert the file to text or Markdown")]
    UnsupportedFormat {
        /// The name of the format.
        format: &'static str,
    },
    /// All that the pages show is pictures.
    #[error("no text layer: {pages} {} images; run OCR first", if *.pages == 1 { "page is" } else { "pages are" })]
    NoTextLayer {
        /// How many pages there are.
        pages: usize,
    },
    /// The file opens only with a password.
    #[error("encrypted; remove the password first")]
    Encrypted,
    /// The file is not what it begins like, or its end is missing.
    #[error("broken {format}; open it in its own program and save it again")]
    Broken {
        /// The name of the format.
        format: &'static str,
    },
    /// Neither the content nor the name says which format it is.
    #[error("unknown format; name the file .txt or .md")]
    UnknownFormat,
}
