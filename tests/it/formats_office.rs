//! The secure networks bill as DOCX, ODT and RTF: the same findings as in the text, at paragraphs.

use std::fs;

use rightslint::reader::{self, Format, ReadOptions, TrackedChanges};
use serde_json::Value;

use crate::cli::Place;
use crate::layers::root;

const FORMATS: [(&str, Format); 3] = [("docx", Format::Docx), ("odt", Format::Odt), ("rtf", Format::Rtf)];

fn bytes(ending: &str) -> Vec<u8> {
    let folder = if ending == "txt" { "bills" } else { "formats" };
    fs::read(root().join("fixtures").join(folder).join(format!("secure-networks-bill.{ending}"))).unwrap()
}

fn report(ending: &str) -> Value {
    let name = format!("bill.{ending}");
    let ran = Place::with(&[(&name, &bytes(ending))]).run(&["--format", "json", &name]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// What is the same in every format, quotation marks apart.
fn findings(report: &Value) -> Vec<String> {
    const SAME: [&str; 8] =
        ["rule", "provision", "severity", "confidence", "text", "sentence", "fingerprint", "related"];
    let findings = report["findings"].as_array().unwrap().iter();
    let same = |finding: &Value| SAME.map(|key| finding[key].to_string()).join(" ");
    findings.map(|finding| same(finding).replace(['\u{201c}', '\u{201d}'], "\\\"")).collect()
}

#[test]
fn the_same_is_found_in_every_format() {
    let text = report("txt");
    assert!(findings(&text).len() > 15);
    for (ending, _) in FORMATS {
        let report = report(ending);
        assert_eq!(findings(&report), findings(&text), "{ending}");
        let document = &report["documents"][0];
        assert_eq!((&document["format"], &document["status"]), (&ending.into(), &"read".into()));
        assert_eq!((&document["title"], &document["pages"]), (&text["documents"][0]["title"], &Value::Null));
        for finding in report["findings"].as_array().unwrap() {
            let labels = finding["labels"].as_array().unwrap();
            for place in labels.iter().chain([finding]) {
                assert!(place["paragraph"].as_u64().is_some_and(|number| number > 0), "{place}");
                for key in ["span", "segments", "page", "page_label", "line"] {
                    assert_eq!(place[key], Value::Null, "{key} of {place}");
                }
            }
        }
    }
}

#[test]
fn the_place_is_the_paragraph() {
    for (ending, _) in FORMATS {
        let name = format!("bill.{ending}");
        let place = Place::with(&[(&name, &bytes(ending))]);
        let line = format!("{name}:para. 21: error[removal-of-electronic-protection] s. 4(1)(a): ");
        let short = place.run(&["--format", "short", &name]).out;
        assert!(short.lines().any(|found| found.starts_with(&line)), "{short}");
        let human = place.run(&[&name]).out;
        let shown = [
            format!("┌─ {name}:para. 21\n"),
            "20 │ (1) A relevant operator must, where".to_owned(),
            "21 │ (a) remove any electronic protection".to_owned(),
        ];
        for piece in shown {
            assert!(human.contains(&piece), "{piece} is missing:\n{human}");
        }
    }
}

#[test]
fn tracked_changes_can_be_undone() {
    for (ending, _) in FORMATS {
        let name = format!("bill.{ending}");
        let place = Place::with(&[(&name, &bytes(ending))]);
        for (changes, kept, struck) in [
            ("accepted", "of all users for two years.", Some("[struck] one year")),
            ("original", "of all users for one year.", None),
        ] {
            let ran = place.run(&["extract", "--changes", changes, &name]);
            assert!(ran.out.contains(kept), "{ending} {changes}:\n{}", ran.out);
            assert_eq!(ran.out.contains("[struck]"), struck.is_some(), "{ending} {changes}");
            assert!(struck.is_none_or(|struck| ran.out.contains(struck)), "{ending} {changes}");
        }
    }
}

#[test]
fn what_is_cut_off_is_never_read_as_whole() {
    for (ending, format) in FORMATS {
        let bytes = bytes(ending);
        for part in 0..40 {
            let cut = &bytes[..bytes.len() * part / 40];
            for changes in [TrackedChanges::Accepted, TrackedChanges::Original] {
                let options = ReadOptions { changes, ..ReadOptions::default() };
                if let Ok(document) = reader::read_with(format, cut, options) {
                    assert!(!document.unread().is_empty(), "{ending} cut at {part} of 40");
                }
            }
        }
    }
}

#[test]
fn what_is_damaged_is_read_or_refused() {
    for (ending, format) in FORMATS {
        let bytes = bytes(ending);
        for at in (0..bytes.len()).step_by(bytes.len() / 150) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            // Whatever comes of it: no panic, and no text that is not one.
            if let Ok(document) = reader::read(format, &damaged) {
                assert!(document.blocks().iter().all(|block| !block.span.is_empty()), "{ending} at {at}");
            }
        }
    }
}

#[test]
fn what_is_read_in_part_is_a_failure_with_findings() {
    let bytes = bytes("rtf");
    let place = Place::with(&[("bill.rtf", &bytes[..bytes.len() * 3 / 4])]);
    let ran = place.run(&["--format", "json", "bill.rtf"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &report["documents"][0]["status"]), (2, &"partial".into()));
    assert!(report["findings"].as_array().unwrap().len() > 5);
    let failure = &report["failures"][0];
    assert_eq!(failure["error"], "the document is cut off: its end is missing");
    assert_eq!((&failure["path"], &report["summary"]["failures"]), (&"bill.rtf".into(), &1.into()));
    let ran = place.run(&["extract", "bill.rtf"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "error: bill.rtf: the document is cut off: its end is missing\n");
}
