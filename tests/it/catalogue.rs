//! The sentences of the catalogue that the rules were worked out from: each that must be found is, by the
//! rule that it was written for, and each that must not be is passed over by that rule.
//!
//! `fixtures/catalogue/<topic>.toml` holds them. Rules of governance speak only in a law about the subject, so
//! each sentence stands in an act that says so in its title. "Found" is any severity.

use std::fs;

use rightslint::reader::{self, Format};
use rightslint::rule::RuleSet;
use rightslint::scan::Scanner;
use serde::Deserialize;

use crate::layers::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    sentence: Vec<Sentence>,
}

/// A sentence by its number in the catalogue, and the rule that it must or must not meet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    id: String,
    rule: String,
    fires: bool,
    text: String,
}

fn sentences() -> Vec<Sentence> {
    let mut paths: Vec<_> =
        fs::read_dir(root().join("fixtures/catalogue")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path| toml::from_str::<Sentences>(&fs::read_to_string(path).unwrap()).unwrap().sentence;
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .flat_map(read)
        .collect()
}

#[test]
fn every_sentence_is_read_as_the_catalogue_says() {
    let rules = RuleSet::builtin().unwrap();
    let scanner = Scanner::new(&rules);
    let sentences = sentences();
    assert!(sentences.len() > 100, "only {} sentences", sentences.len());
    let mut wrong = Vec::new();
    for Sentence { id, rule, fires, text } in &sentences {
        assert!(rightslint::config::find_rule(&rules, rule).is_some(), "no rule is called {rule}");
        let act = format!("# Electronic Communications Act\n\n{text}\n");
        let document = reader::read(Format::Markdown, act.as_bytes()).unwrap();
        let found = scanner.scan_in(&document, Some("en")).findings;
        if found.iter().any(|finding| finding.rule == *rule) != *fires {
            let others: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
            let verb = if *fires { "silent on" } else { "fires on" };
            wrong.push(format!("{id}: {rule} {verb}: {text} (found: {})", others.join(", ")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
