//! The baseline: only what is new fails, whatever else happened to a draft.

use std::fs;

use serde_json::Value;

use crate::cli::{Place, Ran};
use crate::formats::TEXT;

const FILE: &str = "rightslint-baseline.json";
const DOCX: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-bill.docx");
const HTML: &[u8] = include_bytes!("../../fixtures/formats/secure-networks.html");
const PDF: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-numbered.pdf");
const BAD: &str = "Every relevant operator shall keep the content of all messages for ten years.";

fn text() -> String {
    String::from_utf8(TEXT.to_vec()).unwrap()
}

/// The bill with its sections numbered from `first` on, each paragraph on one line, and words that were
/// broken over lines whole.
fn renumbered_and_unwrapped(bill: &str, first: usize) -> String {
    let paragraphs = bill.split("\n\n").map(|paragraph| {
        let lines = paragraph.lines().map(|line| match line.trim().strip_suffix('-') {
            Some(head) => head.to_owned(),
            None => format!("{} ", line.trim()),
        });
        let line = lines.collect::<String>();
        let (number, rest) = line.split_once(". ").unwrap_or(("", &line));
        let line = match number.parse::<usize>() {
            Ok(number) => format!("{}. {rest}", number + first - 1),
            Err(_) => line,
        };
        line.replace("section 3;", &format!("section {};", 3 + first - 1))
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn place(files: &[(&str, &[u8])], baseline_of: &str) -> Place {
    let place = Place::with(files);
    let ran = place.run(&["baseline", "create", baseline_of]);
    assert_eq!(ran.code, 0, "{ran:?}");
    place
}

/// Rule and words of the findings that count.
fn new_findings(place: &Place, path: &str) -> Vec<(String, String)> {
    let ran = place.run(&["--baseline", FILE, "--format", "json", "--fail-on", "note", path]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let problems = report["findings"].as_array().unwrap().iter().filter(|found| found["kind"] != "strength");
    let is_new = |found: &&Value| found["baseline_state"] == "new";
    let new = problems.filter(is_new).map(|found| {
        let words = |key: &str| found[key].as_str().unwrap().to_owned();
        (words("rule"), words("text"))
    });
    let new: Vec<(String, String)> = new.collect();
    assert_eq!(ran.code, i32::from(!new.is_empty()), "{ran:?}");
    new
}

#[test]
fn only_what_is_new_fails() {
    let place = place(&[("bill.txt", TEXT)], "bill.txt");
    assert_eq!(new_findings(&place, "bill.txt"), []);
    let renumbered = renumbered_and_unwrapped(&text(), 5);
    assert!(renumbered.contains("established by section 7;") && renumbered.contains("\n16. Power to amend"));
    assert!(renumbered.contains("decrypt any message that its users exchange; and"));
    fs::remove_file(place.path().join("bill.txt")).unwrap();
    fs::write(place.path().join("draft-2.txt"), &renumbered).unwrap();
    assert_eq!(new_findings(&place, "draft-2.txt"), []);
    let worse = format!("{renumbered}\n\n17. Content\n\n{BAD}\n");
    fs::write(place.path().join("draft-2.txt"), worse).unwrap();
    let new = new_findings(&place, "draft-2.txt");
    assert_eq!(new.len(), 1, "{new:?}");
    assert!(BAD.contains(&new[0].1), "{new:?}");
}

#[test]
fn a_report_for_reading_leaves_out_what_is_known() {
    let place = place(&[("bill.txt", TEXT)], "bill.txt");
    let ran = place.run(&["--baseline", FILE, "bill.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains(" in the baseline"), "{}", ran.err);
}

#[test]
fn the_same_draft_in_another_format_is_known() {
    for (name, bytes) in [("bill.docx", DOCX), ("bill.html", HTML), ("bill.pdf", PDF)] {
        let place = place(&[("bill.txt", TEXT), (name, bytes)], "bill.txt");
        assert_eq!(new_findings(&place, name), [], "{name}");
        // Beside the text it is a second document, and the baseline knows one.
        assert!(!new_findings(&place, ".").is_empty(), "{name}");
    }
}

#[test]
fn two_identical_clauses_are_two_findings() {
    let clause = |number: usize| format!("({number}) {BAD}\n\n");
    let bill = |count: usize| {
        let clauses: String = (1..=count).map(clause).collect();
        format!("1. Content\n\n{clauses}")
    };
    let place = place(&[("bill.txt", bill(2).as_bytes())], "bill.txt");
    let known = |place: &Place| {
        let text = fs::read_to_string(place.path().join(FILE)).unwrap();
        let baseline: Value = serde_json::from_str(&text).unwrap();
        let findings = baseline["documents"][0]["findings"].as_array().unwrap().clone();
        let of_clause = findings.into_iter().find(|found| BAD.contains(found["words"].as_str().unwrap()));
        of_clause.unwrap()["count"].as_u64().unwrap_or(1)
    };
    assert_eq!(known(&place), 2);
    fs::write(place.path().join("bill.txt"), bill(3)).unwrap();
    assert_eq!(new_findings(&place, "bill.txt").len(), 1);
    fs::write(place.path().join("bill.txt"), bill(1)).unwrap();
    assert_eq!(new_findings(&place, "bill.txt"), []);
    let ran = place.run(&["baseline", "prune", "bill.txt"]);
    assert_eq!((ran.code, known(&place)), (0, 1), "{ran:?}");
    fs::write(place.path().join("bill.txt"), bill(2)).unwrap();
    assert_eq!(new_findings(&place, "bill.txt").len(), 1);
    let ran = place.run(&["baseline", "prune", "bill.txt"]);
    assert_eq!((ran.code, known(&place)), (0, 1), "{ran:?}");
    let ran = place.run(&["baseline", "update", "bill.txt"]);
    assert_eq!((ran.code, known(&place)), (0, 2), "{ran:?}");
}

#[test]
fn a_weaker_finding_of_a_known_clause_is_no_news() {
    let place = place(&[("bill.txt", TEXT)], "bill.txt");
    let all = place.run(&["--format", "json", "bill.txt"]);
    let report: Value = serde_json::from_str(&all.out).unwrap();
    let joined = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["kind"] == "presence" && !found["related"].as_array().unwrap().is_empty());
    let strongest = joined.unwrap()["rule"].as_str().unwrap();
    let ran = place.run(&["--baseline", FILE, "--ignore", strongest, "--fail-on", "note", "bill.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{strongest}");
}

#[test]
fn a_rule_that_was_renamed_is_known() {
    let pack = |id: &str, former: &str| {
        format!(
            "[pack]\nformat = 1\nlanguage = \"en\"\nrequires = \">=0.1\"\ntopic = \"process\"\n\n[[rule]]\nid = \"{id}\"\n\
             former = [{former}]\ntitle = \"apples\"\nkind = \"presence\"\nseverity = \"error\"\nrecommendations = [1]\n\
             message = \"sells apples\"\nwhy = \"Why.\"\nhelp = \"Help.\"\nmatch.any = [\"sell apples\"]\ncontext = \"any\"\n\n\
             [rule.examples]\nflags = [\"They «sell apples».\", \"We «sell apples».\"]\npasses = [\"Pears.\", \"Plums.\"]\n"
        )
    };
    let place = Place::with(&[
        ("old.toml", pack("apples", "").as_bytes()),
        ("new.toml", pack("fruit", "\"apples\"").as_bytes()),
        ("bill.txt", b"1. Everybody may sell apples.\n"),
    ]);
    assert_eq!(place.run(&["--rules", "old.toml", "baseline", "create", "bill.txt"]).code, 0);
    assert_eq!(place.run(&["--rules", "old.toml", "--fail-on", "note", "bill.txt"]).code, 1);
    let check = |place: &Place| {
        place.run(&["--rules", "new.toml", "--baseline", FILE, "--fail-on", "note", "bill.txt"]).code
    };
    assert_eq!(check(&place), 0);
    // Pruning keeps it, under the name that it has; updating gives it the new one.
    for (action, name) in [("prune", "apples"), ("update", "fruit")] {
        assert_eq!(place.run(&["--rules", "new.toml", "baseline", action, "bill.txt"]).code, 0);
        let text = fs::read_to_string(place.path().join(FILE)).unwrap();
        assert!(text.contains(&format!("\"rule\":\"{name}\"")), "{action}: {text}");
        assert_eq!(check(&place), 0, "{action}");
    }
    // Other rules than those that it was made with: it knows what it knows.
    assert_eq!(place.run(&["--baseline", FILE, "--fail-on", "note", "bill.txt"]).code, 0);
}

#[test]
fn what_was_not_read_stays() {
    let place = place(&[("a.txt", TEXT), ("b/b.txt", TEXT), ("c.txt", TEXT)], ".");
    let paths = |place: &Place| -> Vec<String> {
        let text = fs::read_to_string(place.path().join(FILE)).unwrap();
        let baseline: Value = serde_json::from_str(&text).unwrap();
        let documents = baseline["documents"].as_array().unwrap().iter();
        documents.map(|document| document["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths(&place), ["a.txt", "b/b.txt", "c.txt"]);
    let before = fs::read(place.path().join(FILE)).unwrap();
    let ran = place.run(&["baseline", "update", "./a.txt"]);
    assert_eq!((ran.code, fs::read(place.path().join(FILE)).unwrap()), (0, before));
    // A file that cannot be read is not clean; one that is gone is.
    fs::write(place.path().join("b/b.txt"), b"\xff\xfe\xfd").unwrap();
    fs::remove_file(place.path().join("c.txt")).unwrap();
    let ran = place.run(&["baseline", "prune", "a.txt", "b"]);
    assert_eq!((ran.code, paths(&place)), (2, vec!["a.txt".to_owned(), "b/b.txt".to_owned()]), "{ran:?}");
}

fn check_refused(place: &Place, arguments: &[&str], error: &str) {
    let Ran { code, out, err } = place.run(arguments);
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", error), "{arguments:?}");
}

#[test]
fn what_cannot_be_done_exits_with_2() {
    let place =
        place(&[("bill.txt", TEXT), ("broken.json", b"{"), ("new.json", b"{\"version\": 9}")], "bill.txt");
    let before = fs::read(place.path().join(FILE)).unwrap();
    check_refused(
        &place,
        &["baseline", "create", "bill.txt"],
        "error: rightslint-baseline.json: is there already; `baseline update` changes it, --force writes over it\n",
    );
    check_refused(
        &place,
        &["--baseline", "none.json", "bill.txt"],
        "error: none.json: no such file or folder\n",
    );
    let broken = "error: broken.json: not a baseline: EOF while parsing an object at line 1 column 1\n";
    check_refused(&place, &["--baseline", "broken.json", "bill.txt"], broken);
    check_refused(&place, &["baseline", "update", "bill.txt", "--baseline", "broken.json"], broken);
    let newer = "error: new.json: a baseline of version 9; this rightslint reads up to version 1\n";
    check_refused(&place, &["--baseline", "new.json", "bill.txt"], newer);
    check_refused(
        &place,
        &["baseline", "create", "bill.txt", "--baseline", "no/such.json"],
        "error: no/such.json: no such file or folder\n",
    );
    let forced = place.run(&["baseline", "create", "bill.txt", "--force"]);
    assert_eq!((forced.code, fs::read(place.path().join(FILE)).unwrap()), (0, before));
}
