//! What the fuzz targets of `fuzz/` found: files of `fixtures/fuzz`, each once read wrongly.

use std::fs;

use rightslint::reader::{self, Format, ReadError};

use crate::layers::root;

fn check(name: &str, expected: &ReadError) {
    let bytes = fs::read(root().join("fixtures/fuzz").join(name)).unwrap();
    let format = Format::of_name(name).unwrap();
    assert_eq!(reader::read(format, &bytes).err().as_ref(), Some(expected), "{name}");
}

#[test]
fn what_was_read_wrongly() {
    // Text on a page that none is left of once it is laid out: it passed for a bill without findings.
    check("no-text-after-all.pdf", &ReadError::Empty);
}

#[test]
fn what_cannot_be_read_is_told() {
    // Two pages whose fonts do not say which letters they show: nothing is left, and each is named.
    let bytes = fs::read(root().join("fixtures/fuzz/nameless-pages.pdf")).unwrap();
    let document = reader::read(Format::Pdf, &bytes).unwrap();
    assert_eq!((document.text(), document.unread().len()), ("", 2), "{:?}", document.unread());
}
