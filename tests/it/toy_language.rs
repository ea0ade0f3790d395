//! A language is a folder of TOML: a made-up one is linted without a line of Rust.

use std::fs;

use rightslint::reader::{self, Format};
use rightslint::rule::{PackFile, RuleSet};
use rightslint::scan::{Scanner, examples};

use crate::layers::root;

fn rules() -> RuleSet {
    let file = |name: &str| PackFile {
        name: name.to_owned(),
        text: fs::read_to_string(root().join("fixtures/toy").join(name)).unwrap(),
    };
    RuleSet::load(&[file("language.toml"), file("rules.toml")]).unwrap()
}

#[test]
fn its_examples_hold() {
    let rules = rules();
    let (count, failures) = examples::run(&rules, &["toy-decryption".to_owned()]);
    let shown: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert_eq!((count, shown), (4, Vec::new()));
}

#[test]
fn a_text_is_read_in_its_own_language() {
    let rules = rules();
    let scanner = Scanner::new(&rules);
    let check = |text: &str, language: &str, expected: &[&str]| {
        let result = scanner.scan(&reader::read(Format::Text, text.as_bytes()).unwrap());
        let found: Vec<&str> = result.findings.iter().map(|finding| finding.text.as_str()).collect();
        assert_eq!((result.language.as_deref(), found.as_slice()), (Some(language), expected), "{text}");
    };
    check(
        "Eht redivorp fo eht ecivres llahs tpyrced eht egassem dna peek a drocer.",
        "toy",
        &["tpyrced eht egassem"],
    );
    check("Eht redivorp fo eht ecivres llahs ton tpyrced eht egassem dna peek a drocer.", "toy", &[]);
    check("The provider of the service shall keep a record of the weather.", "en", &[]);
}
