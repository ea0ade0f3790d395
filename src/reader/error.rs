//! Why a document could not be read.

use thiserror::Error;

/// Why a document could not be read. Messages are one line, lower-case, without a full stop; the
/// caller names the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file has no text at all.
    #[error("the file is empty")]
    Empty,
    /// A page whose text scripts would bring, or that has none.
    #[error("the page holds no text; open it in a browser and save what it shows")]
    NoShownText,
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
