//! Which format a file is in: what it begins with, then what its name ends in.

use super::{Format, ReadError};

/// What files of other formats begin with.
const MAGIC: [(&str, &str); 6] = [
    ("%PDF", "PDF"),
    ("PK\x03\x04", "ZIP, DOCX or ODT"),
    ("{\\rtf", "RTF"),
    ("<?xml", "XML"),
    ("<!doctype html", "HTML"),
    ("<html", "HTML"),
];

/// The format of a file with the given name and content. The content goes before the name; the name
/// need not be a path that exists.
pub fn detect(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    if bytes.starts_with(b"%PDF") {
        return Ok(Format::Pdf);
    }
    if let Some(format) = other_format(bytes) {
        return Err(ReadError::UnsupportedFormat { format });
    }
    Format::of_name(name).ok_or(ReadError::UnknownFormat)
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
        check("a.txt", "%PDF-1.7", &Ok(Format::Pdf));
        check("a.md", "\u{feff}\n <!DOCTYPE HTML>", &Err(ReadError::UnsupportedFormat { format: "HTML" }));
        check("a", "<?XML version", &Err(ReadError::UnsupportedFormat { format: "XML" }));
        check("a.docx", "PK\x03\x04", &Err(ReadError::UnsupportedFormat { format: "ZIP, DOCX or ODT" }));
        check("LICENSE", "The Act", &Err(ReadError::UnknownFormat));
        check("a.rs", "fn", &Err(ReadError::UnknownFormat));
    }
}
