//! Opens a file with the parser, its pages left to [`super::tree`].
//!
//! The parser makes something of every page when it opens a file, and a few bytes can name a million of
//! them. So it is given the file with an update at its end, as editors append them: a catalog without
//! pages. What the file holds stays where it is, and its own catalog is looked up afterwards. Streams that the
//! parser should not see, such as pictures, lose the word that begins them.

use hayro_syntax::object::{Dict, ObjectIdentifier};
use hayro_syntax::{LoadPdfError, Pdf};
use memchr::memmem;

use super::guest::invite;
use crate::reader::ReadError;

/// The numbers of the objects in the update: more than a file has.
const CATALOG: u32 = 4_294_967_000;
const PAGES: u32 = CATALOG + 1;
/// An offset at which no file of ours has anything.
const NOWHERE: usize = 2_147_000_000;
/// Catalogs that are tried, at most.
const MOST_ROOTS: usize = 16;

/// A file that is open, and what it says of itself as a whole.
pub(super) struct Opened {
    pub(super) pdf: Pdf,
    root: Option<ObjectIdentifier>,
    info: Option<ObjectIdentifier>,
}

impl Opened {
    /// Its own catalog; `None` where none was found.
    pub(super) fn root(&self) -> Option<Dict<'_>> {
        self.pdf.xref().get::<Dict<'_>>(self.root?)
    }

    /// Its information dictionary.
    pub(super) fn info(&self) -> Option<Dict<'_>> {
        self.pdf.xref().get::<Dict<'_>>(self.info?)
    }
}

/// Opens the file that `bytes` are, but for the streams whose keywords stand at the `hidden` places.
pub(super) fn open(bytes: &[u8], hidden: &[usize]) -> Result<Opened, ReadError> {
    let start = memmem::rfind(bytes, b"startxref").and_then(|at| number(bytes.get(at + 9..)?)).map(|n| n.0);
    // Where its own table leads to no catalog, the parser searches the file for its objects.
    match start.map(|start| load(bytes, hidden, Some(start))) {
        Some(Ok(opened)) if opened.root.is_some() => Ok(opened),
        Some(Err(ReadError::Encrypted)) => Err(ReadError::Encrypted),
        _ => load(bytes, hidden, None),
    }
}

/// Opens it by the table at `start`, or by searching for its objects.
fn load(bytes: &[u8], hidden: &[usize], start: Option<usize>) -> Result<Opened, ReadError> {
    let pdf = parse(copy(bytes, hidden), start)?;
    let root = invite(|| root(&pdf, bytes)).flatten();
    Ok(Opened { root, info: references(bytes, b"/Info").next(), pdf })
}

/// A copy of the file without the streams whose keywords stand at the `hidden` places, and with room for more.
pub(super) fn copy(bytes: &[u8], hidden: &[usize]) -> Vec<u8> {
    let mut data = Vec::with_capacity(bytes.len() + 1024);
    data.extend_from_slice(bytes);
    for at in hidden {
        if let Some(keyword) = data.get_mut(*at..at + b"stream".len()) {
            keyword.copy_from_slice(b"endobj");
        }
    }
    data
}

/// Parses a file but for its pages, by the table at `start` or by searching for its objects.
pub(super) fn parse(mut data: Vec<u8>, start: Option<usize>) -> Result<Pdf, ReadError> {
    append_update(&mut data, start);
    let opened = invite(|| Pdf::new(data)).ok_or(ReadError::Broken { format: "PDF" })?;
    opened.map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::Broken { format: "PDF" },
    })
}

fn append_update(data: &mut Vec<u8>, start: Option<usize>) {
    let said = |key: &[u8]| {
        let value = last_value(data, key)?;
        Some([key, b" ", value].concat())
    };
    let encryption = [said(b"/Encrypt"), said(b"/ID")].map(Option::unwrap_or_default).concat();
    let catalog = data.len() + 1;
    data.extend_from_slice(
        format!("\n{CATALOG} 0 obj\n<</Type/Catalog/Pages {PAGES} 0 R>>\nendobj").as_bytes(),
    );
    let pages = data.len() + 1;
    data.extend_from_slice(format!("\n{PAGES} 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n").as_bytes());
    let table = data.len();
    if start.is_some() {
        let entries = format!("xref\n{CATALOG} 2\n{catalog:010} 00000 n \n{pages:010} 00000 n \n");
        data.extend_from_slice(entries.as_bytes());
    }
    data.extend_from_slice(format!("trailer\n<</Size {CATALOG}/Root {CATALOG} 0 R").as_bytes());
    if let Some(start) = start {
        data.extend_from_slice(format!("/Prev {start}").as_bytes());
    }
    data.extend_from_slice(&encryption);
    let table = if start.is_some() { table } else { NOWHERE };
    data.extend_from_slice(format!(">>\nstartxref\n{table}\n%%EOF\n").as_bytes());
}

/// The catalog of the file: the last that a trailer names, if it leads to pages.
fn root(pdf: &Pdf, bytes: &[u8]) -> Option<ObjectIdentifier> {
    let has_pages = |id: &ObjectIdentifier| {
        pdf.xref().get::<Dict<'_>>(*id).is_some_and(|dict| dict.get::<Dict<'_>>("Pages").is_some())
    };
    references(bytes, b"/Root").take(MOST_ROOTS).find(has_pages)
}

/// What the key refers to wherever it stands in the bytes, from the end of the file.
fn references<'b>(bytes: &'b [u8], key: &'b [u8]) -> impl Iterator<Item = ObjectIdentifier> + 'b {
    let places = memmem::rfind_iter(bytes, key);
    places.filter_map(move |at| {
        let (object, rest) = number(bytes.get(at + key.len()..)?)?;
        let (generation, rest) = number(rest)?;
        rest.trim_ascii_start().first().filter(|byte| **byte == b'R')?;
        Some(ObjectIdentifier::new(u32::try_from(object).ok()?, i32::try_from(generation).ok()?))
    })
}

/// The number that the bytes begin with, white space aside, and what follows.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = bytes.split_at_checked(digits)?;
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, rest))
}

/// The value that stands last for the key: a reference, a dictionary or an array.
fn last_value<'b>(bytes: &'b [u8], key: &'b [u8]) -> Option<&'b [u8]> {
    memmem::rfind_iter(bytes, key).take(MOST_ROOTS).find_map(|at| {
        let rest = bytes.get(at + key.len()..)?;
        let value = rest.trim_ascii_start();
        let length = match value.first()? {
            b'[' | b'<' => nested(value)?,
            _ => {
                let after = number(number(value)?.1)?.1.trim_ascii_start().strip_prefix(b"R")?;
                value.len() - after.len()
            }
        };
        value.get(..length)
    })
}

/// The length of the array or dictionary that the bytes begin with.
fn nested(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut in_text, mut at) = (0_usize, 0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        match (byte, in_text) {
            (b'\\', 1..) => at += 1,
            (b'(', _) => in_text += 1,
            (b')', 1..) => in_text -= 1,
            (b'[' | b'<', 0) => depth += 1,
            (b']' | b'>', 0) => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_from_the_end() {
        for (bytes, key, expected) in [
            (&b"/Encrypt 5 0 R /Encrypt 7 1 R>>"[..], &b"/Encrypt"[..], Some(&b"7 1 R"[..])),
            (b"/Encrypt<</V 1/O(a\\)>>(b))>>/ID 3", b"/Encrypt", Some(b"<</V 1/O(a\\)>>(b))>>")),
            (b"/ID [<00> <0]", b"/ID", None),
            (b"/ID[<00>(])]/IDTree 4", b"/ID", Some(b"[<00>(])]")),
            (b"/ID", b"/ID", None),
        ] {
            assert_eq!(last_value(bytes, key), expected);
        }
    }

    #[test]
    fn the_catalog_is_found_by_table_or_by_search() {
        let objects = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[]/Count 0>>endobj\n";
        let table =
            "xref\n1 2\n0000000009 00000 n \n0000000052 00000 n \ntrailer<</Root 1 0 R>>\nstartxref\n85\n";
        for (rest, expected) in [
            (table, Some(1)),
            ("trailer<</Root 1 0 R>>\nstartxref\n7\n", Some(1)),
            ("trailer<</Root 1 0 R>>", Some(1)),
            ("trailer<</Root 2 0 R>>", None),
            ("", None),
        ] {
            let opened = open(format!("%PDF-1.4\n{objects}{rest}").as_bytes(), &[]).unwrap();
            assert_eq!(opened.root.map(|id| id.obj_number), expected, "{rest:?}");
        }
    }
}
