//! Mistakes in rule files: each fixture has one, and is answered with a code and a caret under it.

use std::fs;

use rightslint::rule::{PackError, PackFile, RuleSet};

use crate::layers::root;

fn load(name: &str) -> Result<RuleSet, Vec<PackError>> {
    let text = fs::read_to_string(root().join(format!("fixtures/packs/{name}.toml"))).unwrap();
    RuleSet::load(&[PackFile { name: format!("{name}.toml"), text }])
}

/// The errors of a fixture, as code and the words under the caret.
fn errors(name: &str) -> Vec<(&'static str, String)> {
    let errors = load(name).err().unwrap_or_default();
    let shown = |error: &PackError| (error.mistake.code(), error.span.of(&error.file_text).to_owned());
    errors.iter().map(shown).collect()
}

#[test]
fn each_mistake_is_named_and_pointed_at() {
    let rows = [
        ("syntax", "pack::syntax", ""),
        ("unknown-key", "pack::unknown-key", "colour"),
        ("unknown-kind", "pack::unknown-value", "\"opinion\""),
        ("missing-severity", "pack::missing-key", "\"sealed-letter-opening\""),
        ("newer-format", "pack::newer-format", "9"),
        ("newer-version", "pack::newer-version", "\">=7.3\""),
        ("missing-pack", "pack::missing-pack", "rule"),
        ("missing-topic", "pack::missing-topic", "\"sealed-letter-opening\""),
        ("not-kebab-case", "pack::not-kebab-case", "\"Sealed_Letter\""),
        ("duplicate-id", "pack::duplicate-id", "\"sealed-letter-opening\""),
        ("open-group", "pack::bad-phrase", "(all letters"),
        ("gap-at-the-end", "pack::bad-phrase", "unseal ..."),
        ("unknown-class", "pack::unknown-class", "<leters>"),
        ("duplicate-class", "pack::duplicate-class", "provider"),
        ("backspace", "pack::backspace", "\"\\bunseal\""),
        ("bad-regex", "pack::bad-regex", "'unseal (letters'"),
        ("regex-without-literal", "pack::regex-without-literal", "'\\w+ \\w+'"),
        ("capital-in-regex", "pack::capital-in-regex", "'unseal Letters'"),
        ("phrase-without-literal", "pack::phrase-without-literal", "\"a to it\""),
        ("no-pattern", "pack::no-pattern", "\"sealed-letter-opening\""),
        ("capital-message", "pack::capital-message", "\"Requires a carrier to open letters\""),
        ("message-full-stop", "pack::message-full-stop", "\"requires a carrier to open letters.\""),
        ("unknown-recommendation", "pack::unknown-recommendation", "14"),
        ("unknown-authority", "pack::unknown-authority", "\"iccpr-71\""),
        ("unknown-safeguard", "pack::unknown-safeguard", "\"judicial-authorization\""),
        ("grave-strength", "pack::grave-strength", "\"error\""),
        ("one-example", "pack::too-few-examples", "[\"A carrier must «unseal all letters».\"]"),
        ("unmarked-example", "pack::unmarked-example", "\"A carrier shall unseal letters.\""),
        ("unbalanced-marks", "pack::unbalanced-marks", "\"A carrier shall «unseal letters.\""),
        ("unknown-subject", "pack::unknown-class", "\"carier\""),
    ];
    for (name, code, words) in rows {
        let found = errors(name);
        if code == "pack::syntax" {
            assert!(!found.is_empty() && found.iter().all(|(code, _)| *code == "pack::syntax"), "{name}: {found:?}");
        } else {
            assert_eq!(found, [(code, words.to_owned())], "{name}");
        }
    }
}

#[test]
fn mistakes_that_show_in_several_places_are_all_told() {
    assert_eq!(errors("correct"), []);
    let codes = |name| errors(name).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes("class-circle"), ["pack::class-circle", "pack::class-circle"]);
    assert_eq!(codes("no-examples"), ["pack::too-few-examples", "pack::too-few-examples"]);
}

#[test]
fn every_fixture_has_a_row() {
    let source = fs::read_to_string(root().join("tests/it/pack_errors.rs")).unwrap();
    for entry in fs::read_dir(root().join("fixtures/packs")).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(source.contains(&format!("\"{name}\"")), "{name}.toml is not tested");
    }
}

#[test]
fn the_caret_stands_under_the_mistake() {
    let error = load("unknown-class").unwrap_err().remove(0);
    let diagnostic = error.to_diagnostic();
    let before = &diagnostic.file_text[..diagnostic.primary.span.start as usize];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    assert_eq!((line, column), (15, 26));
    assert_eq!(diagnostic.primary.text, "did you mean `letters`?");
}
