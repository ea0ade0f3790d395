//! The whole: bytes are read and scanned with the built-in rules. The first byte says the format.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use rightslint::document::{Document, Location};
use rightslint::finding::Finding;
use rightslint::reader::{self, Format};
use rightslint::rule::RuleSet;
use rightslint::scan::Scanner;
use rightslint::structure::Structure;
use rightslint::text::Span;
use rightslint_fuzz::{DOCX_PARTS, ODT_PARTS, check_document, package};

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::builtin().expect("the built-in rules hold no mistake"))
}

/// Made once: to gather what the rules look for takes longer than to read a small draft.
fn scanner() -> &'static Scanner<'static> {
    static SCANNER: OnceLock<Scanner<'static>> = OnceLock::new();
    SCANNER.get_or_init(|| Scanner::new(rules()))
}

fuzz_target!(|input: &[u8]| {
    let Some((format, bytes)) = input.split_first() else { return };
    let document = match format {
        b'm' => reader::read(Format::Markdown, bytes),
        b'h' => reader::read(Format::Html, bytes),
        b'x' => reader::read(Format::Xml, bytes),
        b'r' => reader::read(Format::Rtf, bytes),
        b'w' => reader::read(Format::Docx, &package(&DOCX_PARTS, bytes)),
        b'o' => reader::read(Format::Odt, &package(&ODT_PARTS, bytes)),
        b'p' => reader::read(Format::Pdf, bytes),
        _ => reader::read(Format::Text, bytes),
    };
    let Ok(document) = document else { return };
    check_document(&document);
    check_structure(&document);
    let scanned = scanner().scan_in(&document, Some("en"));
    for finding in &scanned.findings {
        check_finding(&document, finding);
    }
});

fn check_structure(document: &Document) {
    for rules in &rules().languages {
        let structure = Structure::new(document, &rules.language);
        for passage in &structure.passages {
            assert!(document.text().get(passage.span.range()).is_some(), "{passage:?}");
            if let Some(provision) = passage.provision() {
                structure.citation(&rules.language, provision);
            }
        }
    }
}

fn check_finding(document: &Document, finding: &Finding) {
    assert!(document.text().get(finding.clause.range()).is_some(), "clause of {finding:?}");
    assert_eq!(document.text().get(finding.span.range()), Some(finding.text.as_str()));
    check_location(document, finding.span, &finding.location);
    for label in &finding.labels {
        check_location(document, label.span, &label.location);
    }
}

fn check_location(document: &Document, span: Span, location: &Location) {
    assert!(document.text().get(span.range()).is_some(), "{span:?}");
    assert!(location.is_known(), "{span:?} stands nowhere");
    for source in document.sources(span) {
        assert!(document.source().get(source.range()).is_some(), "{source:?} of {span:?}");
    }
    for (start, end) in &location.segments {
        assert!(start.offset <= end.offset, "{start:?} to {end:?}");
        assert!((start.line, start.column) <= (end.line, end.column), "{start:?} to {end:?}");
    }
}
