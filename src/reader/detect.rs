//! Which format a file is in: what it holds, then what its name ends in.
//!
//! Names are wrong too often to go first: XHTML is published as `.en.xml`, a PDF is saved as `.bin`,
//! an error page is saved as `.pdf`.

use encoding_rs::UTF_8;
use memchr::memmem;

use super::decode::utf16;
use super::{Format, ReadError};

/// How much of a file is looked at for its first element.
const HEAD: usize = 8192;
/// How much of its end is looked at for the end of that element.
const TAIL: usize = 256;
/// How far into a PDF its signature may stand.
const PDF_HEAD: usize = 1024;
/// How many entries of a ZIP archive are looked at.
const MOST_ENTRIES: usize = 1000;

/// The format of a file with the given name and content. The content goes before the name; the name
/// need not be a path that exists.
///
/// Errors: [`ReadError::UnsupportedFormat`] where the content is that of another kind of file,
/// [`ReadError::UnknownFormat`] where neither content nor name says what it is.
pub fn detect(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let named = Format::of_name(name);
    match by_signature(named, bytes)? {
        Some(format) => Ok(format),
        None => by_markup(named, bytes).or(named).ok_or(ReadError::UnknownFormat),
    }
}

/// By the bytes that files of a format begin with.
fn by_signature(named: Option<Format>, bytes: &[u8]) -> Result<Option<Format>, ReadError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(ReadError::UnsupportedFormat { format: compound_file(bytes) });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return archive(named, bytes).map(Some);
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return Ok(Some(Format::Pdf));
    }
    if start.starts_with(b"{\\rtf") {
        return Ok(Some(Format::Rtf));
    }
    let is_free = matches!(named, None | Some(Format::Pdf));
    let head = bytes.get(..PDF_HEAD).unwrap_or(bytes);
    Ok(Some(Format::Pdf).filter(|_| is_free && memmem::find(head, b"%PDF-").is_some()))
}

/// What an OLE2 compound file is: the container of Word's old format, and of what is encrypted in the
/// new one.
fn compound_file(bytes: &[u8]) -> &'static str {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        "an encrypted Office document"
    } else if holds("WordDocument") {
        "an old Word document (.doc)"
    } else {
        "an encrypted or old Word document (OLE2)"
    }
}

/// What a ZIP archive is, by its first entries. A broken one is what it is named.
fn archive(named: Option<Format>, bytes: &[u8]) -> Result<Format, ReadError> {
    let entries = memmem::find_iter(bytes, b"PK\x03\x04").take(MOST_ENTRIES);
    let mut other = None;
    for entry in entries.filter_map(|at| bytes.get(at + 30..)) {
        if entry.starts_with(b"word/") {
            return Ok(Format::Docx);
        }
        if entry.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text") {
            return Ok(Format::Odt);
        }
        let kinds: [(&[u8], &str); 4] = [
            (b"xl/", "a workbook"),
            (b"ppt/", "a presentation"),
            (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file that is no text"),
            (b"mimetypeapplication/epub", "an EPUB book"),
        ];
        let kind = kinds.iter().find(|(start, _)| entry.starts_with(start));
        other = other.or(kind.map(|(_, kind)| *kind));
    }
    match (named, other) {
        (Some(Format::Docx | Format::Odt), None) => named.ok_or(ReadError::UnknownFormat),
        _ => Err(ReadError::UnsupportedFormat { format: other.unwrap_or("a ZIP archive") }),
    }
}

/// By the first element of mark-up.
fn by_markup(named: Option<Format>, bytes: &[u8]) -> Option<Format> {
    let prolog = Prolog::read(&head(bytes))?;
    let says_text = matches!(named, Some(Format::Text | Format::Markdown));
    let root = prolog.root.as_str();
    if prolog.doctype == "html" || root == "html" {
        return Some(Format::Html);
    }
    if (prolog.declared || !prolog.doctype.is_empty()) && !root.is_empty() {
        // Some texts open with a declaration and go on without mark-up.
        let closed = !says_text || tail(bytes).contains(&format!("</{}", prolog.name));
        return closed.then_some(Format::Xml);
    }
    if says_text {
        return None;
    }
    match root {
        "body" | "head" => Some(Format::Html),
        _ if super::xml::is_root(&prolog.name) => Some(Format::Xml),
        _ => None,
    }
}

/// The start of a file as text.
fn head(bytes: &[u8]) -> String {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let (text, _) = utf16(bytes).unwrap_or(UTF_8).decode_without_bom_handling(head);
    text.trim_start_matches('\u{feff}').to_owned()
}

fn tail(bytes: &[u8]) -> String {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    utf16(bytes).unwrap_or(UTF_8).decode_without_bom_handling(tail).0.into_owned()
}

/// What stands before the first element of mark-up, and that element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Prolog {
    /// Whether there is an XML declaration.
    declared: bool,
    /// The name in the document type declaration, in small letters; empty if there is none.
    doctype: String,
    /// The name of the first element, without its prefix, in small letters; empty if there is none.
    root: String,
    /// The same as written.
    name: String,
}

impl Prolog {
    /// Reads the prolog of `head`, the start of a file; `None` where it does not begin with mark-up.
    fn read(head: &str) -> Option<Prolog> {
        let mut prolog = Prolog::default();
        let mut rest = head.trim_start();
        rest.strip_prefix('<')?;
        while let Some(markup) = rest.strip_prefix('<') {
            let end = if markup.starts_with("!--") {
                markup.find("-->").map(|at| at + 3)
            } else if starts_with(markup, "!doctype") {
                prolog.doctype = name_of(markup.get(8..).unwrap_or_default().trim_start()).to_lowercase();
                doctype_end(markup)
            } else if let Some(instruction) = markup.strip_prefix('?') {
                prolog.declared |= starts_with(instruction, "xml ");
                markup.find('>').map(|at| at + 1)
            } else {
                name_of(markup).clone_into(&mut prolog.name);
                let local = prolog.name.rsplit(':').next().unwrap_or_default();
                prolog.root = local.to_lowercase();
                None
            };
            let Some(end) = end else { break };
            rest = markup.get(end..).unwrap_or_default().trim_start();
        }
        Some(prolog)
    }
}

/// After the document type declaration that `markup` begins with, its own declarations included.
fn doctype_end(markup: &str) -> Option<usize> {
    let end = markup.find('>')?;
    match markup.find('[').filter(|open| *open < end) {
        Some(open) => {
            let close = open + markup.get(open..)?.find(']')?;
            Some(close + markup.get(close..)?.find('>')? + 1)
        }
        None => Some(end + 1),
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

fn name_of(text: &str) -> &str {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '.' | '_');
    text.get(..text.find(|c| !is_name(c)).unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], expected: Result<Format, &'static str>) {
        let expected = expected.map_err(|format| match format {
            "" => ReadError::UnknownFormat,
            format => ReadError::UnsupportedFormat { format },
        });
        assert_eq!(detect(name, bytes), expected, "{name:?} {:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn text_is_what_it_is_named() {
        check("a.txt", b"The Act", Ok(Format::Text));
        check("dir.x/A.MD", b"", Ok(Format::Markdown));
        check("a.markdown", b"<b>x</b>", Ok(Format::Markdown));
        check("a.xml", b"<x>1</x>", Ok(Format::Xml));
        check("a.htm", b"<p>x", Ok(Format::Html));
        check("a.TXT", b"caf\xe9", Ok(Format::Text));
        check("a.txt", b"<?xml version='1.0'?>\n<RUN>\n2017 <b>x", Ok(Format::Text));
        check("LICENSE", b"The Act", Err(""));
        check("a.rs", b"fn", Err(""));
        check("a.png", b"\x89PNG\r\n\x1a\n\0\0", Err(""));
    }

    #[test]
    fn mark_up_goes_before_the_name() {
        check("a.md", "\u{feff}\n <!DOCTYPE HTML>".as_bytes(), Ok(Format::Html));
        check("a.txt", b"<html><body><pre>", Ok(Format::Html));
        check("a.bin", b"<!-- saved --><body lang='en'>", Ok(Format::Html));
        check("a.en.xml", b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", Ok(Format::Html));
        check("a", b"<?xml version='1.0'?><x:html xmlns:x='y'>", Ok(Format::Html));
        check("a", b"<?XML version='1.0'?><!-- > --><akn:akomaNtoso>", Ok(Format::Xml));
        check("a.txt", b"<?xml version='1.0'?><bill>x</bill>\n", Ok(Format::Xml));
        check("a.html", b"<!DOCTYPE bill [<!ENTITY a '>'>] ><bill>", Ok(Format::Xml));
        check("a", b"<Legislation xmlns='x'>", Ok(Format::Xml));
        check("a", b"<x>", Err(""));
        let wide: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check("a.txt", &wide, Ok(Format::Html));
    }

    #[test]
    fn signatures_go_before_the_name() {
        check("a.txt", b"%PDF-1.7", Ok(Format::Pdf));
        check("a.bin", b"junk\n%PDF-1.7", Ok(Format::Pdf));
        check("a.txt", b"A file that begins with %PDF-1.7 is a PDF.", Ok(Format::Text));
        check("a", b"{\\rtf1", Ok(Format::Rtf));
        check("a.pdf", b"<!doctype html><title>404", Ok(Format::Html));
        let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
        check("a.docx", ole, Err("an encrypted or old Word document (OLE2)"));
        check(
            "a.doc",
            &[ole, "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0".as_bytes()].concat(),
            Err("an old Word document (.doc)"),
        );
    }

    #[test]
    fn archives_are_what_they_hold() {
        let entry = |name: &str| [b"PK\x03\x04".as_slice(), &[0; 26], name.as_bytes(), b"...."].concat();
        let with = |names: &[&str]| names.iter().flat_map(|name| entry(name)).collect::<Vec<u8>>();
        check("a.txt", &with(&["[Content_Types].xml", "word/document.xml"]), Ok(Format::Docx));
        check("a", &with(&["mimetypeapplication/vnd.oasis.opendocument.text"]), Ok(Format::Odt));
        check("a.docx", &with(&["xl/workbook.xml"]), Err("a workbook"));
        check("a.docx", &with(&["[Content_Types].xml"]), Ok(Format::Docx));
        check("a.odt", b"PK\x03\x04", Ok(Format::Odt));
        check("a.txt", &with(&["bill.txt"]), Err("a ZIP archive"));
    }
}
