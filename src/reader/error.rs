//! Why a document could not be read.

use thiserror::Error;

/// Why a document could not be read. Messages are one line, lower-case, without a full stop; the
/// caller names the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file has no text at all.
    #[error("the file is empty")]
    Empty,
    /// No encoding makes sense of the bytes.
    #[error("not text in any known encoding; convert the file to UTF-8 first")]
    UnknownEncoding,
    /// So many of the characters are control characters that they are no text.
    #[error("not a text file: it is full of control characters")]
    NotText,
    /// The file is in a format that cannot be read.
    #[error("{format} cannot be read; save it as DOCX, PDF or text")]
    UnsupportedFormat {
        /// What the file is: "an old Word document".
        format: &'static str,
    },
    /// Neither the content nor the name says which format it is.
    #[error("not a kind of document that can be read")]
    UnknownFormat,
}
