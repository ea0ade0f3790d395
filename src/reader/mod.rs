//! Readers: bytes to a [`Document`].
//!
//! Pure: a reader gets bytes and gives a document or says why it cannot. It never computes offsets
//! of normalised text; it tells the [`Builder`](crate::document::Builder) what stands where.

mod archive;
mod decode;
mod detect;
mod docx;
mod draft;
mod entity;
mod error;
mod html;
mod markdown;
mod numeral;
mod odt;
mod part;
mod pdf;
mod plain;
#[cfg(test)]
mod property;
mod recode;
mod rtf;
mod transcript;
mod xml;

pub use detect::detect;
pub use error::ReadError;

use decode::decode;

use crate::document::Document;

/// A format that documents come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text, as printed or one paragraph a line.
    Text,
    /// Markdown, with or without YAML front matter.
    Markdown,
    /// Any vocabulary of XML.
    Xml,
    /// HTML or XHTML.
    Html,
    /// Word.
    Docx,
    /// Open Document text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// PDF with a text layer.
    Pdf,
}

/// How a document is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// What tracked changes become.
    pub changes: TrackedChanges,
    /// Whether margin numbers, running heads and other page furniture stay in the text.
    pub keep_furniture: bool,
}

/// What the tracked changes of a word processor's document become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackedChanges {
    /// Insertions are text, deletions are struck text.
    #[default]
    Accepted,
    /// The text as it was before: insertions are left out, deletions are text.
    Original,
}

impl Format {
    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Xml => "xml",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
        }
    }

    /// The format that a file name ends in, if it is one that can be read.
    pub fn of_name(name: &str) -> Option<Format> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "xml" | "akn" => Some(Format::Xml),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "docx" => Some(Format::Docx),
            "odt" => Some(Format::Odt),
            "rtf" => Some(Format::Rtf),
            "pdf" => Some(Format::Pdf),
            _ => None,
        }
    }
}

/// Reads a document in the given format.
pub fn read(format: Format, bytes: &[u8]) -> Result<Document, ReadError> {
    read_with(format, bytes, ReadOptions::default())
}

/// Reads a document in the given format, as `options` say.
pub fn read_with(format: Format, bytes: &[u8], options: ReadOptions) -> Result<Document, ReadError> {
    let document = read_any(format, bytes, options)?;
    if document.is_cut_off() {
        return Err(ReadError::TooManyPieces);
    }
    // A file of which nothing was read must not pass for a bill in which nothing was found.
    if document.text().is_empty() && document.unread().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(document)
}

fn read_any(format: Format, bytes: &[u8], options: ReadOptions) -> Result<Document, ReadError> {
    match format {
        Format::Text => {
            let (text, origin) = decode(bytes, None)?.into_parts();
            Ok(plain::read(&text, origin, options.keep_furniture))
        }
        Format::Markdown => {
            let (text, origin) = decode(bytes, None)?.into_parts();
            markdown::read(&text, origin)
        }
        Format::Xml => {
            let (text, origin) = decode(bytes, decode::declared(bytes))?.into_parts();
            xml::read(&text, origin)
        }
        Format::Html => {
            let (text, origin) = decode(bytes, decode::declared(bytes))?.into_parts();
            html::read(&text, origin, options.keep_furniture)
        }
        Format::Docx => docx::read(bytes, options),
        Format::Odt => odt::read(bytes, options),
        Format::Rtf => rtf::read(bytes, options),
        Format::Pdf => pdf::read(bytes, options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &Result<&str, ReadError>) {
        for format in [Format::Text, Format::Markdown] {
            let found = read(format, bytes);
            let text = found.as_ref().map(Document::text).map_err(ReadError::clone);
            assert_eq!(&text, expected, "{format:?} {bytes:?}");
        }
    }

    #[test]
    fn what_has_no_text_is_empty() {
        for (format, source) in [
            (Format::Text, "\u{200b}\u{feff}"),
            (Format::Markdown, "---"),
            (Format::Xml, "<bill><section/></bill>"),
            (Format::Html, "<p> </p>"),
        ] {
            let error = read(format, source.as_bytes()).err();
            let expected = if format == Format::Html { ReadError::NoShownText } else { ReadError::Empty };
            assert_eq!(error, Some(expected), "{format:?}");
        }
    }

    #[test]
    fn what_is_all_pieces_is_refused() {
        for (format, piece) in [
            (Format::Markdown, "*a* "),
            (Format::Markdown, "|a"),
            (Format::Markdown, "["),
            (Format::Html, "<p>1"),
            (Format::Text, "1.\n\n"),
            (Format::Xml, "<P/>1"),
        ] {
            let mut source = piece.repeat(1 << 20);
            if format == Format::Xml {
                source = format!("<ACT>{source}</ACT>");
            }
            let error = read(format, source.as_bytes()).err();
            assert_eq!(error, Some(ReadError::TooManyPieces), "{format:?} {piece}");
        }
        // So many short items are a list.
        assert!(read(Format::Html, "<li>a".repeat(300_000).as_bytes()).is_ok());
    }

    #[test]
    fn what_is_text() {
        check(b"A provider shall keep records.", &Ok("A provider shall keep records."));
        check(b"", &Err(ReadError::Empty));
        check(b"\xef\xbb\xbf \r\n", &Err(ReadError::Empty));
        check(b"caf\xe9 x", &Ok("caf\u{e9} x"));
        check(b"\xff", &Err(ReadError::UnknownEncoding));
        check(b"a\0b\0c\0", &Err(ReadError::NotText));
        check(
            "A provider shall\u{b}keep\u{c}records of every call that it carries.".as_bytes(),
            &Ok("A provider shall keep records of every call that it carries."),
        );
    }
}
