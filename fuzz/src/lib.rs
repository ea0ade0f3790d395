//! What every document must hold, whatever it was read from, and how the targets make their input.
//!
//! The targets differ in what they read; what is asserted afterwards stands here once.

use std::io::{Cursor, Write as _};

use rightslint::document::Document;
use rightslint::reader::{self, Format, ReadOptions, TrackedChanges};
use rightslint::text::Span;

/// So many blocks are located. Positions are counted from the start of the line: to locate every block of
/// a page that is one line would be all that a target does.
const LOCATED: usize = 20;

/// Reads `bytes` as `format` in every way that the format can be read in, and checks the documents.
pub fn read_and_check(format: Format, bytes: &[u8]) {
    for options in options_of(format) {
        if let Ok(document) = reader::read_with(format, bytes, options) {
            check_document(&document);
        }
    }
}

fn options_of(format: Format) -> Vec<ReadOptions> {
    let plain = ReadOptions::default();
    match format {
        Format::Docx | Format::Odt | Format::Rtf => {
            vec![plain, ReadOptions { changes: TrackedChanges::Original, ..plain }]
        }
        Format::Pdf => vec![plain, ReadOptions { keep_furniture: true, ..plain }],
        Format::Text | Format::Markdown | Format::Xml | Format::Html => vec![plain],
    }
}

/// Blocks are apart and trimmed; every span lies on character boundaries; every word leads back to
/// pieces of the source that hold it.
pub fn check_document(document: &Document) {
    let text = document.text();
    check_blocks(document);
    for (span, _) in document.changes() {
        assert!(text.get(span.range()).is_some(), "change at {span:?}");
    }
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        check_word(document, word);
    }
    let whole = Span::from(0..text.len());
    assert_eq!(document.to_text(document.to_folded(whole)), whole);
    // Of a PDF whose pages cannot be read, nothing stands anywhere.
    assert!(text.is_empty() || document.has_bytes() == document.place_at(0).is_none());
}

fn check_blocks(document: &Document) {
    let text = document.text();
    let mut end = None;
    for (index, block) in document.blocks().iter().enumerate() {
        let piece = text.get(block.span.range()).expect("a block lies on character boundaries");
        assert!(!piece.is_empty() && piece.trim() == piece && !piece.contains('\n'), "block {piece:?}");
        assert_eq!(block.span.start, end.map_or(0, |end: u32| end + 1));
        if index < LOCATED {
            assert!(document.locate(block.span).is_known(), "{piece:?} stands nowhere");
        }
        end = Some(block.span.end);
    }
    assert_eq!(end.unwrap_or(0) as usize, text.len());
}

/// The source of a word is the word, unless a reference or an element stands for it.
fn check_word(document: &Document, word: &str) {
    let at = word.as_ptr() as usize - document.text().as_ptr() as usize;
    let mut found = String::new();
    for source in document.sources(Span::from(at..at + word.len())) {
        let piece = document.source().get(source.range());
        found.push_str(piece.expect("a piece of the source lies on character boundaries"));
    }
    let given = found.contains(['&', '<']);
    let kept: String = found.chars().filter(|c| c.is_alphanumeric()).collect();
    assert!(given || kept == word, "{found:?} stands for {word:?}");
}

/// A package for the office formats. An input that begins with `P` is the parts of `names`, parted by
/// NUL, which the fuzzer can mutate as the XML that they are; any other input is the archive itself.
pub fn package(names: &[&str], input: &[u8]) -> Vec<u8> {
    let Some(parts) = input.strip_prefix(b"P") else { return input.to_vec() };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in names.iter().zip(parts.split(|byte| *byte == 0)) {
        if !part.is_empty() {
            zip.start_file(*name, stored).expect("names differ");
            zip.write_all(part).expect("memory can be written to");
        }
    }
    zip.finish().expect("memory can be written to").into_inner()
}

/// The parts of a DOCX that are read, as [`package`] takes them.
pub const DOCX_PARTS: [&str; 7] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "docProps/core.xml",
    "_rels/.rels",
];

/// The parts of an ODT that are read, as [`package`] takes them.
pub const ODT_PARTS: [&str; 4] = ["content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"];
