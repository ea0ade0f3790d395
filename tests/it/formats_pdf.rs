//! One bill as PDF: places, what is left out of it and what is kept, and files that are refused.

use rightslint::document::{Document, Part};
use rightslint::reader::{Format, ReadError, ReadOptions, read, read_with};
use rightslint::rule::RuleSet;
use rightslint::text::Span;

use crate::cli::Place;
use crate::formats::{TEXT, findings, passages};

const NUMBERED: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-numbered.pdf");
const COLUMNS: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-columns.pdf");
const NOTED: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-noted.pdf");
const SCANNED: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-scanned.pdf");
const PARTIAL: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-partial.pdf");
const ENCRYPTED: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-encrypted.pdf");

#[test]
fn arrangement_and_side_notes_change_nothing() {
    let rules = RuleSet::builtin().unwrap();
    let language = &rules.languages[0].language;
    let sections = |document: &Document| {
        let mut found = passages(document, language);
        found.retain(|(citation, ..)| !citation.is_empty());
        found
    };
    let text = read(Format::Text, TEXT).unwrap();
    assert_eq!(sections(&read(Format::Pdf, NOTED).unwrap()), sections(&text));
    assert_eq!(findings("bill.pdf", NOTED), findings("bill.txt", TEXT));
}

const PAGE_2: &str = "page 2 is an image without text";

/// Page, its label and line of the first place where `words` stand.
fn place(bytes: &[u8], words: &str) -> (u32, Option<String>, u32) {
    let document = read(Format::Pdf, bytes).unwrap();
    let at = document.text().find(words).unwrap_or_else(|| panic!("{words}: {}", document.text()));
    let place = document.locate(Span::from(at..at + words.len())).place.unwrap();
    (place.page.unwrap(), place.page_label, place.line.unwrap())
}

#[test]
fn places_are_those_of_the_printed_page() {
    let label = |label: &str| Some(label.to_owned());
    // The line is the one that is printed in the margin; the label is printed above it.
    assert_eq!(place(NUMBERED, "decrypt any message"), (2, label("2"), 10));
    assert_eq!(place(NUMBERED, "suspend internet services"), (3, label("3"), 9));
    assert_eq!(place(COLUMNS, "SECURE NETWORKS"), (1, label("117"), 1));
    // Labels that the file gives itself.
    assert_eq!(place(NOTED, "ARRANGEMENT"), (1, label("i"), 1));
    assert_eq!(place(NOTED, "Secure Networks Act").1, label("1"));
}

fn kept(bytes: &[u8]) -> Document {
    read_with(Format::Pdf, bytes, ReadOptions { keep_furniture: true, ..ReadOptions::default() }).unwrap()
}

#[test]
fn furniture_is_left_out_unless_it_is_asked_for() {
    for (bytes, furniture) in [
        (NUMBERED, &["VerDate", "HR 1500 IH", "typesetter on"][..]),
        (COLUMNS, &["Official Gazette", "118"]),
        (NOTED, &["What the first", "- 2 -", "30"]),
    ] {
        let (without, with) = (read(Format::Pdf, bytes).unwrap(), kept(bytes));
        for words in furniture {
            assert!(!without.text().contains(words), "{words}: {}", without.text());
            assert!(with.text().contains(words), "{words}: {}", with.text());
        }
    }
}

#[test]
fn notes_and_contents_are_what_they_are() {
    let parts = |bytes: &[u8], part: Part| -> Vec<String> {
        let document = read(Format::Pdf, bytes).unwrap();
        let blocks = document.blocks().iter().filter(|block| block.part == Some(part));
        blocks.map(|block| block.span.of(document.text()).to_owned()).collect()
    };
    let note = "1 The seat of this Authority is fixed by another Act of the same year.";
    assert_eq!(parts(COLUMNS, Part::Note), [note]);
    assert_eq!(parts(NOTED, Part::Contents).len(), 13);
    assert!(parts(NUMBERED, Part::Contents).is_empty());
}

#[test]
fn words_are_whole_and_the_title_is_known() {
    let document = read(Format::Pdf, NUMBERED).unwrap();
    assert_eq!(document.title(), Some("Secure Networks Bill"));
    // From one page to the next.
    assert!(document.text().contains("are appointed by the Minister and hold"));
    // Two letters in one glyph.
    let ligatures = read(Format::Pdf, COLUMNS).unwrap();
    assert!(ligatures.text().contains("who publishes false information"));
    assert!(ligatures.text().contains("an officer of the Authority"));
    assert!(document.text().contains("Be it enacted by the Parliament of the Republic as follows:"));
}

#[test]
fn what_cannot_be_read_is_named() {
    let error = |bytes: &[u8]| read(Format::Pdf, bytes).unwrap_err();
    assert_eq!(error(SCANNED), ReadError::NoTextLayer { pages: 3 });
    assert_eq!(error(SCANNED).to_string(), "no text layer: 3 pages are images; run OCR first");
    assert_eq!(error(ENCRYPTED), ReadError::Encrypted);
    let partial = read(Format::Pdf, PARTIAL).unwrap();
    assert_eq!(partial.unread(), [PAGE_2]);
    assert!(partial.text().contains("suspend internet services"));
    assert_eq!(read(Format::Pdf, COLUMNS).unwrap().unread(), [""; 0]);
}

#[test]
fn a_page_that_fails_is_a_failure_with_findings() {
    let place = Place::with(&[("bill.pdf", PARTIAL), ("scan.pdf", SCANNED), ("key.pdf", ENCRYPTED)]);
    let ran = place.run(&["--format", "json", "bill.pdf"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &report["documents"][0]["status"]), (2, &"partial".into()));
    assert!(report["findings"].as_array().unwrap().len() > 5);
    let failure = &report["failures"][0];
    assert_eq!((&failure["path"], &failure["error"]), (&"bill.pdf".into(), &PAGE_2.into()));
    for (name, error) in [
        ("scan.pdf", "no text layer: 3 pages are images; run OCR first"),
        ("key.pdf", "the document is encrypted; remove its password first"),
        ("bill.pdf", PAGE_2),
    ] {
        let ran = place.run(&["extract", name]);
        assert_eq!((ran.code, ran.err), (2, format!("error: {name}: {error}\n")));
    }
}

#[test]
fn broken_files_are_refused_or_read_and_never_panic() {
    // Cut off, and with bytes that are others.
    for bytes in [NUMBERED, COLUMNS, ENCRYPTED] {
        for step in 1..40 {
            let cut = &bytes[..bytes.len() * step / 40];
            drop(read(Format::Pdf, cut));
            let mut changed = bytes.to_vec();
            for at in (step * 7..changed.len()).step_by(701) {
                changed[at] = changed[at].wrapping_add(step as u8);
            }
            drop(read(Format::Pdf, &changed));
        }
    }
}
