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
    /// Neither the content nor the name says which format it is.
    #[error("unknown format; name the file .txt or .md")]
    UnknownFormat,
    /// XML that breaks off or whose tags do not match; nothing of it is read.
    #[error("broken XML at {line}:{column}: {what}")]
    BrokenXml {
        /// Line, from 1.
        line: u32,
        /// Column in code points, from 1.
        column: u32,
        /// What is wrong.
        what: String,
    },
    /// The text of an XML file uses an entity that the file itself declares. Such entities are not
    /// expanded, because a few of them can stand for gigabytes.
    #[error("&{name}; at {line}:{column} is an entity that the file declares; write what it stands for")]
    DeclaredEntity {
        /// The name of the entity.
        name: String,
        /// Line, from 1.
        line: u32,
        /// Column in code points, from 1.
        column: u32,
    },
    /// The elements of the file are nested deeper than any document is.
    #[error("elements are nested more than {limit} deep")]
    NestedTooDeep {
        /// How deep they may be.
        limit: usize,
    },
}
