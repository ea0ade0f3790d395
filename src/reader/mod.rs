//! Readers: bytes to a [`Document`].
//!
//! Pure: a reader gets bytes and gives a document or says why it cannot. It never computes offsets
//! of normalised text; it tells the [`Builder`](crate::document::Builder) what stands where.

mod error;
mod plain;

pub use error::ReadError;

use crate::document::Document;

/// A format that documents come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text, as printed or one paragraph a line.
    Text,
    /// Markdown, with or without YAML front matter.
    Markdown,
}

impl Format {
    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
        }
    }

    /// The format that a file name ends in, if it is one that can be read.
    pub fn of_name(name: &str) -> Option<Format> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            _ => None,
        }
    }
}

/// Reads a document in the given format.
pub fn read(format: Format, bytes: &[u8]) -> Result<Document, ReadError> {
    let source =
        std::str::from_utf8(bytes).map_err(|error| ReadError::InvalidUtf8 { offset: error.valid_up_to() })?;
    if source.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(match format {
        Format::Text | Format::Markdown => plain::read(source),
    })
}
