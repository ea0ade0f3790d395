//! Which format a file is in: what it begins with, then what its name ends in.

use super::{Format, ReadError};

/// What files of other formats begin with.
const MAGIC: [(&str, &str); 5] = [
    ("%PDF", "PDF"),
    ("PK\x03\x04", "ZIP, DOCX or ODT"),
    ("{\\rtf", "RTF"),
    ("<!doctype html", "HTML"),
    ("<html", "HTML"),
];

/// The format of a file with the given name and content. The content goes before the name; the name
/// need not be a path that exists.
pub fn detect(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    if is_xml(bytes) {
        return Ok(Format::Xml);
    }
    if let Some(format) = other_format(bytes) {
        return Err(ReadError::UnsupportedFormat { format });
    }
    Format::of_name(name).ok_or(ReadError::UnknownFormat)
}

/// Whether `bytes` begin like XML: with its declaration, or with the root of a vocabulary of laws.
fn is_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let Some(body) = bytes.strip_prefix(b"<") else { return false };
    let name: Vec<u8> =
        body.iter().copied().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').collect();
    body.starts_with(b"?xml") || std::str::from_utf8(&name).is_ok_and(super::xml::is_root)
}

/// The name of the format that cannot be read here and that `bytes` begin like.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |magic: &str| {
        bytes.get(..magic.len()).is_some_and(|start| start.eq_ignore_ascii_case(magic.as_bytes()))
    };
    MAGIC.iter().find(|(magic, _)| begins(magic)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &str, expected: &Result<Format, ReadError>) {
        assert_eq!(&detect(name, bytes.as_bytes()), expected, "{name:?} {bytes:?}");
    }

    #[test]
    fn content_goes_before_the_name() {
        check("a.txt", "The Act", &Ok(Format::Text));
        check("dir.x/A.MD", "", &Ok(Format::Markdown));
        check("a.markdown", "<b>x</b>", &Ok(Format::Markdown));
        check("a.txt", "%PDF-1.7", &Err(ReadError::UnsupportedFormat { format: "PDF" }));
        check("a.md", "\u{feff}\n <!DOCTYPE HTML>", &Err(ReadError::UnsupportedFormat { format: "HTML" }));
        check("a", "\u{feff}<?xml version", &Ok(Format::Xml));
        check("a.txt", "\n<akomaNtoso xmlns=''>", &Ok(Format::Xml));
        check("a.txt", "<article>", &Ok(Format::Text));
        check("a.docx", "PK\x03\x04", &Err(ReadError::UnsupportedFormat { format: "ZIP, DOCX or ODT" }));
        check("LICENSE", "The Act", &Err(ReadError::UnknownFormat));
        check("a.rs", "fn", &Err(ReadError::UnknownFormat));
    }
}
