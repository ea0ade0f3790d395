//! Every format is what its readers take: schemas, elements, escapes.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use pulldown_cmark::{Event, Parser, Tag};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as XmlEvent};
use rightslint::lint::Run;
use rightslint::report::ReportFormat;
use rightslint::rule::RuleSet;
use serde_json::Value;

use crate::layers::root;
use crate::snapshots::{marked, render, rules, sample};

/// The report over the sample run.
fn report(format: ReportFormat) -> String {
    static SAMPLE: OnceLock<(RuleSet, Run)> = OnceLock::new();
    let (rules, run) = SAMPLE.get_or_init(|| {
        let rules = rules();
        let run = marked(sample(&rules, 1, false));
        (rules, run)
    });
    render(format, run, rules)
}

fn json(format: ReportFormat) -> Value {
    serde_json::from_str(&report(format)).unwrap()
}

fn schema(name: &str) -> Value {
    let text = fs::read_to_string(root().join("tests/schemas").join(name)).unwrap();
    // The schema of SARIF has a pattern that is no regular expression to every reader.
    let text = text.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}");
    serde_json::from_str(&text).unwrap()
}

fn check_schema(report: &Value, schema: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn json_formats_hold_to_their_schemas() {
    check_schema(&json(ReportFormat::Sarif), &schema("sarif-2.1.0.json"));
    check_schema(&json(ReportFormat::Gitlab), &schema("gitlab-code-quality.json"));
    let rdjson = schema("rdjson.json");
    check_schema(&json(ReportFormat::Rdjson), &rdjson);
    let lines = report(ReportFormat::Rdjsonl);
    let diagnostics: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(diagnostics), json(ReportFormat::Rdjson)["diagnostics"]);
    // A schema that takes anything would pass for one.
    for (name, wrong) in
        [("rdjson.json", "{}"), ("gitlab-code-quality.json", "[{}]"), ("sarif-2.1.0.json", "{}")]
    {
        let wrong: Value = serde_json::from_str(wrong).unwrap();
        assert!(!jsonschema::is_valid(&schema(name), &wrong), "{name}");
    }
}

#[test]
fn lines_of_json_tell_the_whole_run() {
    let whole = json(ReportFormat::Json);
    let lines = report(ReportFormat::Jsonl);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (kind, key) in [
        ("document", "documents"),
        ("finding", "findings"),
        ("failure", "failures"),
        ("not_checked", "not_checked"),
    ] {
        let mut of_kind: Vec<Value> = lines.iter().filter(|line| line["type"] == kind).cloned().collect();
        for line in &mut of_kind {
            line.as_object_mut().unwrap().remove("type");
        }
        assert_eq!(Value::from(of_kind), whole[key], "{kind}");
    }
    assert_eq!((&lines[0]["type"], &lines[0]["tool"]), (&Value::from("run"), &whole["tool"]));
    let last = lines.last().unwrap();
    assert_eq!((&last["type"], &last["errors"]), (&Value::from("summary"), &whole["summary"]["errors"]));
}

#[test]
fn columns_are_in_the_unit_of_each_format() {
    // § and é take two bytes, 😀 four and two UTF-16 units.
    let line = "4. § é 😀 A carrier must decrypt any message.";
    let before = line.split("decrypt").next().unwrap();
    let found = json(ReportFormat::Json);
    let start = &found["findings"][0]["span"]["start"];
    assert_eq!((&start["line"], &start["column"]), (&1.into(), &(before.chars().count() + 1).into()));
    let sarif = json(ReportFormat::Sarif);
    assert_eq!(sarif["runs"][0]["columnKind"], "utf16CodeUnits");
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startColumn"], before.encode_utf16().count() + 1);
    let start = &json(ReportFormat::Rdjson)["diagnostics"][0]["location"]["range"]["start"];
    assert_eq!(start["column"], before.len() + 1);
    let github = report(ReportFormat::Github);
    let column = format!(",line=1,endLine=1,col={},", before.chars().count() + 1);
    assert!(github.lines().next().unwrap().contains(&column), "{github}");
}

#[test]
fn what_does_not_count_stays_in_json_and_sarif_alone() {
    let whole = json(ReportFormat::Json);
    let findings = whole["findings"].as_array().unwrap();
    let suppressed = findings.iter().filter(|finding| !finding["suppressed"].is_null()).count();
    let known = findings.iter().filter(|finding| finding["baseline_state"] == "unchanged").count();
    assert_eq!((suppressed, known), (2, 1));
    let counted = findings.len() - suppressed - known;
    let failures = whole["failures"].as_array().unwrap().len();
    let sarif = json(ReportFormat::Sarif);
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    let reasons: Vec<&Value> =
        results.iter().filter_map(|result| result["suppressions"].get(0)).map(|one| &one["kind"]).collect();
    assert_eq!(reasons, ["inSource", "external"]);
    assert!(
        results.iter().all(|result| result["suppressions"].is_array() && result["baselineState"].is_string())
    );
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(json(ReportFormat::Gitlab).as_array().unwrap().len(), counted + failures);
    assert_eq!(report(ReportFormat::Rdjsonl).lines().count(), counted + failures);
    assert_eq!(report(ReportFormat::Github).lines().count(), counted + failures);
    assert_eq!(report(ReportFormat::Csv).matches("\r\n").count(), 1 + counted + failures);
    assert_eq!(report(ReportFormat::Checkstyle).matches("<error ").count(), counted + failures);
    assert_eq!(report(ReportFormat::Markdown).matches("\n### ").count(), counted);
}

#[test]
fn fingerprints_are_unique_where_they_must_be() {
    let issues = json(ReportFormat::Gitlab);
    let mut fingerprints: Vec<&str> =
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    let number = fingerprints.len();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), number);
    // The sample holds two clauses of the same words under the same number.
    assert!(fingerprints.iter().any(|fingerprint| fingerprint.ends_with("-2")), "{fingerprints:?}");
}

/// Element, the element that it stands in, and its attributes; those with `!` must be there.
type Element = (&'static str, &'static str, &'static [&'static str]);

const JUNIT: &[Element] = &[
    ("testsuites", "", &["name", "tests!", "failures!", "errors!"]),
    ("testsuite", "testsuites", &["name!", "tests!", "failures!", "errors!", "skipped!"]),
    ("testcase", "testsuite", &["name!", "classname!", "file", "line"]),
    ("skipped", "testcase", &["message"]),
    ("failure", "testcase", &["type!", "message!"]),
    ("error", "testcase", &["type!", "message!"]),
];

const CHECKSTYLE: &[Element] = &[
    ("checkstyle", "", &["version!"]),
    ("file", "checkstyle", &["name!"]),
    ("error", "file", &["line", "severity!", "source!", "message!"]),
];

/// Reads `xml` and gives how often each element stands in it.
#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else XML has stands in no report")]
fn check_elements(xml: &str, elements: &[Element]) -> BTreeMap<String, usize> {
    let mut reader = Reader::from_str(xml);
    let (mut open, mut counts) = (Vec::new(), BTreeMap::new());
    loop {
        match reader.read_event().unwrap() {
            XmlEvent::Eof => break,
            XmlEvent::Start(start) => open.push(check_element(&start, &open, elements, &mut counts)),
            XmlEvent::Empty(start) => drop(check_element(&start, &open, elements, &mut counts)),
            XmlEvent::End(_) => drop(open.pop()),
            XmlEvent::Text(text) => {
                let may_hold = open.last().is_some_and(|name: &String| name == "failure");
                assert!(may_hold || text.trim().is_empty(), "{text:?}");
            }
            XmlEvent::Decl(_) | XmlEvent::GeneralRef(_) => {}
            other => panic!("{other:?}"),
        }
    }
    counts
}

fn check_element(
    start: &BytesStart<'_>,
    open: &[String],
    elements: &[Element],
    counts: &mut BTreeMap<String, usize>,
) -> String {
    let name = start.name().as_ref().to_owned();
    let parent = open.last().map_or("", String::as_str);
    let (_, _, allowed) = elements
        .iter()
        .find(|(known, inside, _)| *known == name && *inside == parent)
        .unwrap_or_else(|| panic!("{name} in {parent}"));
    let found: Vec<String> =
        start.attributes().map(|attribute| attribute.unwrap().key.as_ref().to_owned()).collect();
    for attribute in &found {
        assert!(
            allowed.iter().any(|known| known.trim_end_matches('!') == attribute),
            "{attribute} of {name}"
        );
    }
    for must in allowed.iter().filter_map(|known| known.strip_suffix('!')) {
        assert!(found.iter().any(|attribute| attribute == must), "no {must} of {name}");
    }
    *counts.entry(name.clone()).or_default() += 1;
    name
}

#[test]
fn xml_formats_hold_elements_that_their_readers_know() {
    check_elements(&report(ReportFormat::Checkstyle), CHECKSTYLE);
    let junit = report(ReportFormat::Junit);
    let counts = check_elements(&junit, JUNIT);
    let number = |name: &str| counts.get(name).copied().unwrap_or_default().to_string();
    let head = format!(
        "<testsuites name=\"rightslint\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        number("testcase"),
        number("failure"),
        number("error"),
    );
    assert!(junit.contains(&head), "{head}");
    // Three are put aside, the warnings do not fail; a document without findings passes.
    assert!(
        junit.contains("<skipped message=\"suppressed: agreed with the “committee”; see &lt;minutes&gt;\"/>")
    );
    assert!(junit.contains("<skipped message=\"in the baseline\"/>"));
    assert!(junit.contains(
        "<testcase name=\"no findings\" classname=\"drafts/clean.txt\" file=\"drafts/clean.txt\"/>"
    ));
}

#[test]
fn annotations_are_one_command_a_line() {
    let github = report(ReportFormat::Github);
    for line in github.lines() {
        let command = line.strip_prefix("::").unwrap();
        let (head, data) = command.split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&name) && !data.is_empty(), "{line}");
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{line}");
            assert!(!value.contains(':'), "{line}");
        }
    }
    assert!(github.contains("file=drafts/§ é 😀%2C 100%25%3A a.txt,"), "{github}");
    assert!(github.contains(" (s. 4)%0A%0ASay: \"nobody is required to decrypt\"."), "{github}");
}

#[test]
#[expect(clippy::wildcard_enum_match_arm, reason = "other events are harmless")]
fn markdown_reads_nothing_of_a_bill_as_mark_up() {
    let markdown = report(ReportFormat::Markdown);
    let mut quoted = Vec::new();
    for event in Parser::new(&markdown) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => panic!("{dest_url}"),
            Event::Code(code) => quoted.push(code.to_string()),
            _ => {}
        }
    }
    let words = "decrypt <img src=\"x\"> `any` [sealed](http://example.org) @every ‹U+202E›%0A message";
    assert!(quoted.iter().any(|code| code == words), "{quoted:?}");
}

#[test]
fn nothing_steers_whoever_reads_a_report() {
    use clap::ValueEnum as _;
    for &format in ReportFormat::value_variants() {
        let text = report(format);
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\0']), "{format:?}");
    }
}
