//! One bill in every format: the same text, the same findings, the same citations.

use rightslint::document::Document;
use rightslint::language::{Language, Zone};
use rightslint::reader::{Format, read};
use rightslint::rule::RuleSet;
use rightslint::structure::Structure;

use crate::cli::Place;

pub(crate) const TEXT: &[u8] = include_bytes!("../../fixtures/bills/secure-networks-bill.txt");

/// The files of the bill: one row each.
const FILES: &[(&str, Format, &[u8])] = &[
    ("bill.akn", Format::Xml, include_bytes!("../../fixtures/formats/xml-secure-networks.akn")),
    ("bill-us.xml", Format::Xml, include_bytes!("../../fixtures/formats/xml-secure-networks-us.xml")),
    ("bill-uk.xml", Format::Xml, include_bytes!("../../fixtures/formats/xml-secure-networks-uk.xml")),
    ("numbered.pdf", Format::Pdf, include_bytes!("../../fixtures/formats/secure-networks-numbered.pdf")),
    ("columns.pdf", Format::Pdf, include_bytes!("../../fixtures/formats/secure-networks-columns.pdf")),
    ("bill.md", Format::Markdown, include_bytes!("../../fixtures/formats/secure-networks-bill.md")),
    ("bill.docx", Format::Docx, include_bytes!("../../fixtures/formats/secure-networks-bill.docx")),
    ("bill.odt", Format::Odt, include_bytes!("../../fixtures/formats/secure-networks-bill.odt")),
    ("bill.rtf", Format::Rtf, include_bytes!("../../fixtures/formats/secure-networks-bill.rtf")),
    ("bill.html", Format::Html, include_bytes!("../../fixtures/formats/secure-networks.html")),
    ("bill.htm", Format::Html, include_bytes!("../../fixtures/formats/secure-networks-printed.htm")),
    ("utf-16.txt", Format::Text, include_bytes!("../../fixtures/formats/secure-networks-utf-16.txt")),
    ("1252.txt", Format::Text, include_bytes!("../../fixtures/formats/secure-networks-windows-1252.txt")),
    ("protected.pdf", Format::Pdf, include_bytes!("../../fixtures/formats/secure-networks-protected.pdf")),
];

/// Quotation marks as a typewriter has them: some formats mark quotations up instead.
pub(crate) fn plain(words: &str) -> String {
    words.replace(['\u{201c}', '\u{201d}'], "\"")
}

/// The text of every provision, headings apart: citation, zone, words.
pub(crate) fn passages(document: &Document, language: &Language) -> Vec<(String, Zone, String)> {
    let structure = Structure::new(document, language);
    let provisions = structure.passages.iter().filter_map(|passage| Some((passage, passage.provision()?)));
    let found = provisions.map(|(passage, provision)| {
        let words = passage.span.of(document.text());
        (structure.citation(language, provision), passage.zone, plain(words))
    });
    found.filter(|(_, zone, _)| !matches!(zone, Zone::Heading | Zone::Struck)).collect()
}

fn headings(document: &Document, language: &Language) -> Vec<(String, String)> {
    let structure = Structure::new(document, language);
    let provisions = structure.provisions.iter().enumerate();
    let found = provisions.filter_map(|(index, provision)| {
        let heading = provision.heading?.of(document.text()).to_owned();
        Some((structure.citation(language, index), heading))
    });
    // A heading without a number, as Markdown has more of, is cited by no one.
    found.filter(|(citation, _)| !citation.is_empty()).collect()
}

#[test]
fn every_format_gives_the_same_provisions() {
    let rules = RuleSet::builtin().unwrap();
    let language = &rules.languages[0].language;
    let text = read(Format::Text, TEXT).unwrap();
    for (name, format, bytes) in FILES {
        let document = read(*format, bytes).unwrap();
        assert_eq!(passages(&document, language), passages(&text, language), "{name}");
        assert_eq!(headings(&document, language), headings(&text, language), "{name}");
    }
}

/// Rule, provision, severity and text of every finding, in order.
pub(crate) fn findings(name: &str, bytes: &[u8]) -> Vec<[String; 4]> {
    let ran = Place::with(&[(name, bytes)]).run(&["--format", "json", name]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let text = |finding: &serde_json::Value, key: &str| plain(finding[key].as_str().unwrap_or_default());
    let found = report["findings"].as_array().unwrap().iter();
    found.map(|finding| ["rule", "provision", "severity", "text"].map(|key| text(finding, key))).collect()
}

#[test]
fn every_format_gives_the_same_findings() {
    let expected = findings("bill.txt", TEXT);
    assert!(expected.len() > 10, "{expected:?}");
    for (name, _, bytes) in FILES {
        assert_eq!(findings(name, bytes), expected, "{name}");
    }
}
