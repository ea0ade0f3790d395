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
    /// All that the pages show is pictures.
    #[error("no text layer: {pages} {} images; run OCR first", if *.pages == 1 { "page is" } else { "pages are" })]
    NoTextLayer {
        /// How many pages there are.
        pages: usize,
    },
    /// The file opens only with a password.
    #[error("the document is encrypted; remove its password first")]
    Encrypted,
    /// The file is not what it begins like, or its end is missing.
    #[error("broken {format}; open it in its own program and save it again")]
    Broken {
        /// The name of the format.
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
    /// The file is no ZIP archive, or a part of it is missing.
    #[error("the ZIP archive is damaged or cut off")]
    DamagedArchive,
    /// An archive has more entries than a document has.
    #[error("the ZIP archive has more than {most} entries")]
    TooManyParts {
        /// The most entries that an archive may have.
        most: usize,
    },
    /// A file holds very much more than its size.
    #[error("holds very much more than its size, as a ZIP bomb does")]
    UnpacksTooLarge,
    /// A file that is cut into so many pieces that reading it would take many times its size in memory.
    #[error("made of very many tiny pieces, as no document is")]
    TooManyPieces,
    /// A package without the part that holds the text.
    #[error("{part} is missing: the file is no {format} or is damaged")]
    MissingPart {
        /// The part's name.
        part: String,
        /// The name of the format.
        format: &'static str,
    },
    /// A part of a package is not well-formed XML.
    #[error("{part} is damaged")]
    DamagedPart {
        /// The part's name.
        part: String,
    },
    /// A part of a package declares entities. A few of them can stand for gigabytes.
    #[error("{part} declares entities, which no word processor does")]
    DeclaredEntities {
        /// The part's name.
        part: String,
    },
    /// The elements of a part, or the groups of an RTF, are nested too deep.
    #[error("{part} is nested more than {most} deep")]
    TooDeep {
        /// The part's name.
        part: String,
        /// The deepest nesting that is read.
        most: usize,
    },
    /// The file does not begin like an RTF.
    #[error("not an RTF document")]
    NotRtf,
}
