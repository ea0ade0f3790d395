//! The built-in packs: they load without a mistake, and every example of every rule holds.

use std::collections::BTreeSet;

use rightslint::reader::{self, Format};
use rightslint::rule::{Kind, PackFile, RuleSet};
use rightslint::scan::{Scanner, examples};

use crate::layers::root;

fn rules() -> RuleSet {
    RuleSet::builtin().unwrap_or_else(|errors| {
        let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", shown.join("\n"))
    })
}

#[test]
fn every_example_holds() {
    let rules = rules();
    let (count, failures) = examples::run(&rules, &[]);
    let shown: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {count} examples:\n{}", failures.len(), shown.join("\n"));
    assert!(count > 300, "only {count} examples were run");
}

/// With a pack of a user, even one that says nothing, all rules are compiled when the program starts.
#[test]
fn rules_compiled_before_and_at_the_start_find_the_same() {
    let text = "[pack]\nformat = 1\nlanguage = \"en\"\nrequires = \">=0.1\"\ntopic = \"network\"\n";
    let pack = PackFile { name: "own.toml".to_owned(), text: text.to_owned() };
    let (kept, compiled) = (rules(), RuleSet::load(&[pack]).unwrap());
    let (kept, compiled) = (Scanner::new(&kept), Scanner::new(&compiled));
    let mut count = 0;
    for folder in ["fixtures/bills", "fixtures/drafts", "fixtures/formats", "fixtures/labelled"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let Some(format) = path.to_str().and_then(Format::of_name) else { continue };
            let Ok(document) = reader::read(format, &std::fs::read(&path).unwrap()) else { continue };
            let found = format!("{:#?}", kept.scan(&document).findings);
            assert!(found == format!("{:#?}", compiled.scan(&document).findings), "{}", path.display());
            count += found.lines().count();
        }
    }
    assert!(count > 1000, "only {count} lines of findings were compared");
}

#[test]
fn ids_are_unique_and_absence_names_are_kept_for_absence_rules() {
    let rules = rules();
    let all = || rules.languages.iter().flat_map(|language| &language.rules);
    let ids: BTreeSet<&str> = all().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), all().count());
    for rule in all().filter(|rule| rule.kind != Kind::Strength) {
        for part in ["avoid-", "bad-", "disallow-"] {
            assert!(
                !rule.id.starts_with(part),
                "{}: an id names the flaw and reads well after \"allow\"",
                rule.id
            );
        }
        let absence = rule.id.starts_with("no-") || rule.id.ends_with("-missing");
        assert!(!absence || rule.kind == Kind::Absence, "{}: such names are for absence rules", rule.id);
    }
}

#[test]
fn no_message_pronounces_a_verdict() {
    for rule in rules().languages.iter().flat_map(|language| &language.rules) {
        for verdict in ["violat", "illegal", "unlawful under", "breaches international"] {
            assert!(!rule.message.contains(verdict), "{}: {}", rule.id, rule.message);
        }
    }
}
