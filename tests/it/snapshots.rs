//! One run in every format, to the byte, against `tests/snapshots`.
//!
//! The run is over a text with CRLF and characters of every width, a DOCX and a PDF; one finding is
//! suppressed, one is in the baseline. After a change that is meant, renew the files and read the
//! difference: `UPDATE_SNAPSHOTS=1 cargo test --test it snapshots`.

use std::path::PathBuf;
use std::sync::Arc;
use std::{env, fs};

use clap::ValueEnum as _;
use rightslint::config::{Selection, Selector, Settings};
use rightslint::finding::{BaselineState, Suppression, SuppressionPlace};
use rightslint::lint::{self, DocumentOptions, Options, Run};
use rightslint::reader::Format;
use rightslint::report::{self, ReportFormat, View};
use rightslint::rule::{PackFile, RuleSet};
use rightslint::scan::Scanner;
use rightslint::walk::{Failure, Input, Source, Walked};

use crate::layers::root;

/// Rules whose findings do not change with the built-in packs.
const PACK: &str = r#"
[pack]
format = 1
language = "en"
requires = ">=0.1"
topic = "encryption"

[[rule]]
id = "own-decrypting"
former = ["own-decryption"]
title = "must decrypt"
severity = "error"
recommendations = [7, 8]
authorities = ["iccpr-17"]
message = "requires that messages be decrypted"
why = "A door for one is a door for all."
help = "Say: \"nobody is required to decrypt\"."
match.any = ["decrypt ... message"]

[rule.examples]
flags = ["A carrier must «decrypt any message».", "A carrier shall «decrypt each message» at once."]
passes = ["A carrier must not be required to decrypt any message.", "A carrier must deliver."]

[[rule]]
id = "own-direction"
title = "directed by the executive"
severity = "warning"
confidence = "medium"
topic = "oversight"
recommendations = [1]
authorities = []
message = "lets the executive direct the body that decides"
why = "Who is directed decides as told."
help = "Leave decisions to the body alone."
match.any = ["comply with any direction"]

[rule.examples]
flags = ["The Board shall «comply with any direction» of the Minister.", "The chair must «comply with any direction» given."]
passes = ["The Board shall give a direction.", "It complies."]
"#;

const TEXT: &str = "4. § é 😀 A carrier must decrypt any message.\r\n\r\n\
    5. § é 😀 A carrier must decrypt <img src=\"x\"> `any` [sealed](http://example.org) @every \u{202e}%0A message.\r\n\r\n\
    6. A carrier must de-\r\ncrypt any\r\nmessage.\r\n\r\n\
    7. A carrier must decrypt any message.\r\n\r\n\
    7. A carrier must decrypt any message.\r\n";

pub(crate) fn rules() -> RuleSet {
    let pack = PackFile { name: "own.toml".to_owned(), text: PACK.to_owned() };
    let mut rules = RuleSet::load(&[pack]).unwrap_or_else(|errors| panic!("{errors:?}"));
    "0123456789ab".clone_into(&mut rules.digest);
    rules
}

/// The run of the snapshots, made on so many threads, the documents given in another order or not.
pub(crate) fn sample(rules: &RuleSet, threads: usize, reversed: bool) -> Run {
    let file = |name: &str| fs::read(root().join("fixtures/formats").join(name)).unwrap();
    let input = |path: &str, format, bytes: Vec<u8>| Input {
        path: path.to_owned(),
        format: Some(format),
        source: Source::Memory(bytes),
    };
    let mut inputs = vec![
        input("./drafts/§ é 😀, 100%: a.txt", Format::Text, TEXT.as_bytes().to_vec()),
        input("drafts/bill.docx", Format::Docx, file("secure-networks-bill.docx")),
        input("drafts/bill.pdf", Format::Pdf, file("secure-networks-numbered.pdf")),
        input("drafts/clean.txt", Format::Text, b"1. This Act is about the sale of apples.\n".to_vec()),
        input("drafts/partial.pdf", Format::Pdf, file("secure-networks-partial.pdf")),
    ];
    if reversed {
        inputs.reverse();
    }
    let failures =
        vec![Failure { path: "drafts/gone.txt".to_owned(), error: "no such file or folder".to_owned() }];
    let walked = Walked { inputs, skipped: vec!["drafts/logo.png".to_owned()], failures };
    let select = ["own-decrypting", "own-direction"].map(|name| Selector::parse(name, rules).unwrap());
    let selection = Selection { select: select.to_vec(), ..Selection::default() };
    let settings = Arc::new(Settings { selection, ..Settings::default() });
    let document = DocumentOptions { settings, sidecar: None };
    lint::run(walked, &Scanner::new(rules), &Options { document, threads, ..Options::default() })
}

/// The run with one finding suppressed in the text, one in a sidecar file, one in the baseline.
pub(crate) fn marked(mut run: Run) -> Run {
    for document in &mut run.documents {
        for finding in &mut document.findings {
            finding.baseline = Some(BaselineState::New);
            let suppression = |place, until: Option<&str>| Suppression {
                reason: "agreed with the “committee”; see <minutes>".to_owned(),
                until: until.map(str::to_owned),
                place,
            };
            match (document.path.as_str(), finding.provision.as_deref()) {
                ("./drafts/§ é 😀, 100%: a.txt", Some("s. 6")) => {
                    finding.suppressed = Some(suppression(SuppressionPlace::Comment, Some("2027-06-30")));
                }
                ("drafts/bill.docx", Some("s. 3(3)")) => {
                    finding.suppressed = Some(suppression(SuppressionPlace::Sidecar, None));
                }
                ("drafts/bill.pdf", Some("s. 3(3)")) => finding.baseline = Some(BaselineState::Unchanged),
                _ => {}
            }
        }
    }
    run
}

pub(crate) fn render(format: ReportFormat, run: &Run, rules: &RuleSet) -> String {
    let mut out = Vec::new();
    report::write(format, run, rules, View::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub(crate) fn name(format: ReportFormat) -> String {
    format.to_possible_value().unwrap().get_name().to_owned()
}

/// Compares with the file of that name, or writes it where that is asked for.
fn check(name: &str, text: &str) {
    let path: PathBuf = root().join("tests/snapshots").join(name);
    // One object of JSON on one line is hard to compare.
    let text = text.replace("},{", "},\n{").replace("\":[{", "\":[\n{");
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differing = text.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
    let number = differing.unwrap_or_else(|| text.lines().count().min(expected.lines().count()));
    let line = |text: &str| text.lines().nth(number).unwrap_or_default().to_owned();
    assert!(text == expected, "{name}, line {}:\n{}\n{}", number + 1, line(&text), line(&expected));
}

#[test]
fn every_format_is_as_it_was() {
    let rules = rules();
    let run = marked(sample(&rules, 1, false));
    for &format in ReportFormat::value_variants() {
        let name = name(format);
        check(&format!("report.{name}"), &render(format, &run, &rules));
    }
}

#[test]
fn every_format_is_the_same_on_any_threads_and_in_any_order() {
    let rules = rules();
    let (one, other) = (sample(&rules, 1, false), sample(&rules, 3, true));
    for &format in ReportFormat::value_variants() {
        assert_eq!(render(format, &one, &rules), render(format, &other, &rules), "{}", name(format));
        assert!(!render(format, &one, &rules).is_empty(), "{}", name(format));
    }
}
