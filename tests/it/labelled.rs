//! The figures on the labelled bills, rule by rule, and silence on the quiet ones.
//!
//! `fixtures/labelled/figures.txt` holds, for each rule, how many of its errors and warnings stand on a
//! label and how many on none, and how many labels of each topic are found. A change of rules or engine
//! that moves a figure has to change the file too, in a commit that says why:
//! `UPDATE_FIGURES=1 cargo test --test it labelled` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::process::Command;

use regex::Regex;
use serde_json::Value;

use crate::layers::root;

/// How near a finding must stand to a label, and how much of a long one counts: as the corpus is
/// measured, in bytes.
const NEAR: usize = 200;
const CLIP: usize = 800;

struct Label {
    topics: Vec<String>,
    clear: bool,
    ranges: Vec<Range<usize>>,
}

#[test]
fn the_figures_hold() {
    let folder = root().join("fixtures/labelled");
    let labels = labels();
    let report = lint(labels.keys().map(|name| format!("fixtures/labelled/{name}")));
    let mut rules: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut topics: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let loud: Vec<&Value> = findings(&report).filter(|finding| is_loud(finding)).collect();
    for finding in &loud {
        let on = labels[name_of(finding)].iter().any(|label| stands_on(finding, label));
        rules.entry(text(finding, "rule").to_owned()).or_default()[usize::from(!on)] += 1;
    }
    for (name, labels) in &labels {
        for label in labels.iter().filter(|label| label.clear) {
            let hits = |finding: &&&Value| {
                name_of(finding) == name
                    && stands_on(finding, label)
                    && topics_of(finding).any(|topic| label.topics.contains(&topic))
            };
            let found = loud.iter().any(|finding| hits(&finding));
            let figures = topics.entry(label.topics[0].clone()).or_default();
            figures[0] += usize::from(found);
            figures[1] += 1;
        }
    }
    let mut shown =
        String::from("# What stands on a label and what on none, by rule; labels found of all, by topic.\n");
    for (rule, [on, off]) in &rules {
        writeln!(shown, "{rule} {on} {off}").unwrap();
    }
    for (topic, [found, all]) in &topics {
        writeln!(shown, "topic {topic} {found} of {all}").unwrap();
    }
    let path = folder.join("figures.txt");
    if std::env::var_os("UPDATE_FIGURES").is_some() {
        fs::write(&path, &shown).unwrap();
    }
    assert_eq!(shown, fs::read_to_string(&path).unwrap_or_default(), "see tests/it/labelled.rs");
}

#[test]
fn quiet_documents_are_quiet() {
    let names = fs::read_to_string(root().join("fixtures/quiet/controls.txt")).unwrap();
    let report = lint(names.lines().map(|name| format!("fixtures/quiet/{name}")));
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings(&report).filter(|finding| is_loud(finding)) {
        assert_ne!(finding["severity"], "error", "{finding}");
        *warnings.entry(name_of(finding)).or_default() += 1;
    }
    assert!(warnings.values().all(|&count| count <= 1), "{warnings:?}");
}

fn lint(paths: impl Iterator<Item = String>) -> Value {
    let ran = Command::new(env!("CARGO_BIN_EXE_rightslint"))
        .args(["--format", "json", "--quiet"])
        .args(paths)
        .current_dir(root())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(report["failures"], Value::Array(Vec::new()));
    report
}

fn findings(report: &Value) -> impl Iterator<Item = &Value> {
    report["findings"].as_array().unwrap().iter()
}

fn text<'v>(finding: &'v Value, field: &str) -> &'v str {
    finding[field].as_str().unwrap()
}

fn name_of(finding: &Value) -> &str {
    text(finding, "path").rsplit('/').next().unwrap()
}

fn is_loud(finding: &Value) -> bool {
    finding["severity"] != "note" && finding["kind"] != "strength"
}

fn topics_of(finding: &Value) -> impl Iterator<Item = String> {
    let also =
        finding["also_topics"].as_array().unwrap().iter().map(|topic| topic.as_str().unwrap().to_owned());
    std::iter::once(text(finding, "topic").to_owned()).chain(also)
}

fn stands_on(finding: &Value, label: &Label) -> bool {
    let offset = |end: &str| finding["span"][end]["offset"].as_u64().unwrap() as usize;
    let (start, end) = (offset("start"), offset("end").min(offset("start") + CLIP));
    label.ranges.iter().any(|range| start <= range.end + NEAR && end + NEAR >= range.start)
}

/// The labels of each bill, with the places of their words; punctuation, white space and mark-up between
/// words do not matter.
fn labels() -> BTreeMap<String, Vec<Label>> {
    let folder = root().join("fixtures/labelled");
    let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for line in fs::read_to_string(folder.join("labels.jsonl")).unwrap().lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let name = text(&row, "doc").to_owned();
        let source = fs::read_to_string(folder.join(&name)).unwrap();
        let words: Vec<String> = text(&row, "anchor")
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(regex::escape)
            .collect();
        let anchor = Regex::new(&format!("(?i){}", words.join("(?:<[^>]*>|[\\s\\W_])*"))).unwrap();
        let ranges: Vec<Range<usize>> = anchor.find_iter(&source).map(|found| found.range()).collect();
        assert!(!ranges.is_empty(), "{name}: no such words: {}", text(&row, "anchor"));
        let also = row["also"].as_array().cloned().unwrap_or_default();
        let topics =
            std::iter::once(&row["topic"]).chain(&also).map(|topic| topic.as_str().unwrap().to_owned());
        let clear = row["clarity"].as_str().is_none_or(|clarity| clarity == "clear");
        labels.entry(name).or_default().push(Label { topics: topics.collect(), clear, ranges });
    }
    labels
}
