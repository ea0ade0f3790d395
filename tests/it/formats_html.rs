//! One bill as HTML and in other encodings: the provisions, findings and citations of the plain text,
//! and spans that lead back to the bytes of the file.

use rightslint::reader::{Format, detect, read};
use rightslint::rule::RuleSet;

use crate::cli::Place;

use crate::formats::{passages, plain};

const TEXT: &[u8] = include_bytes!("../../fixtures/bills/secure-networks-bill.txt");

/// The files of the bill, and what a byte of each is in text.
const FILES: &[(&str, Format, &[u8], Encoding)] = &[
    ("bill.html", Format::Html, include_bytes!("../../fixtures/formats/secure-networks.html"), utf_8),
    ("bill.htm", Format::Html, include_bytes!("../../fixtures/formats/secure-networks-printed.htm"), utf_8),
    (
        "bill.TXT",
        Format::Text,
        include_bytes!("../../fixtures/formats/secure-networks-windows-1252.txt"),
        latin,
    ),
    ("bill.txt", Format::Text, include_bytes!("../../fixtures/formats/secure-networks-utf-16.txt"), utf_16),
];

type Encoding = fn(&[u8]) -> String;

fn utf_8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn utf_16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(Result::unwrap).collect()
}

#[test]
fn every_file_gives_the_same_provisions() {
    let rules = RuleSet::builtin().unwrap();
    let language = &rules.languages[0].language;
    let text = read(Format::Text, TEXT).unwrap();
    for (name, format, bytes, _) in FILES {
        assert_eq!(detect(name, bytes), Ok(*format), "{name}");
        let document = read(*format, bytes).unwrap();
        assert_eq!(passages(&document, language), passages(&text, language), "{name}");
    }
}

fn report(name: &str, bytes: &[u8]) -> serde_json::Value {
    let ran = Place::with(&[(name, bytes)]).run(&["--format", "json", name]);
    serde_json::from_str(&ran.out).unwrap()
}

/// Rule, provision, severity and text of every finding, in order.
fn findings(report: &serde_json::Value) -> Vec<[String; 4]> {
    let text = |finding: &serde_json::Value, key: &str| plain(finding[key].as_str().unwrap_or_default());
    let found = report["findings"].as_array().unwrap().iter();
    found.map(|finding| ["rule", "provision", "severity", "text"].map(|key| text(finding, key))).collect()
}

#[test]
fn every_file_gives_the_same_findings() {
    let expected = findings(&report("bill.txt", TEXT));
    assert!(expected.len() > 10, "{expected:?}");
    for (name, format, bytes, _) in FILES {
        let report = report(name, bytes);
        assert_eq!(report["documents"][0]["format"], format.name(), "{name}");
        assert_eq!(findings(&report), expected, "{name}");
    }
}

/// Letters and digits, character references left out: what hyphens and white space do not change.
fn letters(text: &str) -> String {
    let mut pieces = text.split('&');
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.filter_map(|piece| piece.split_once(';')).map(|(_, after)| after);
    let kept = std::iter::once(first).chain(rest);
    kept.flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_bytes_at_the_segments_are_the_words_of_the_finding() {
    for (name, _, bytes, decode) in FILES {
        let report = report(name, bytes);
        for finding in report["findings"].as_array().unwrap() {
            let offset =
                |segment: &serde_json::Value, end: &str| segment[end]["offset"].as_u64().unwrap() as usize;
            let segments = finding["segments"].as_array().unwrap().iter();
            let words: String =
                segments.map(|at| decode(&bytes[offset(at, "start")..offset(at, "end")])).collect();
            assert_eq!(letters(&words), letters(finding["text"].as_str().unwrap()), "{name}: {finding}");
        }
    }
}
