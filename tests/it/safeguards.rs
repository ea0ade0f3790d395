//! Safeguards and their absence over whole documents: what binds a power, what is missing, what was
//! not seen.

use rightslint::diagnostic::Severity;
use rightslint::finding::Finding;
use rightslint::reader::{self, Format};
use rightslint::rule::{Kind, PackFile, RuleSet};
use rightslint::scan::{Scanned, Scanner};

use crate::cli::Place;

/// A pack of one power, one safeguard and its absence, beside the built-in rules.
const PACK: &str = r#"
[pack]
format = 1
language = "en"
requires = ">=0.1"
topic = "surveillance"

[[rule]]
id = "own-letters-opened"
title = "letters are opened"
severity = "error"
recommendations = [5]
message = "lets letters be opened"
why = "A letter is private."
help = "Leave letters closed."
match.any = ["unseal ...4 letter~"]
cancelled_by = ["impact-assessment"]
softened_by = [{ at_least = 2, of = ["judicial-authorisation", "privilege"] }]

[rule.examples]
flags = ["1. An officer may «unseal any letter».", "1. An officer may «unseal letters»."]
passes = ["1. An officer may weigh any letter.", "1. No officer may unseal a letter."]
"#;

fn scan(text: &str) -> Scanned {
    let pack = PackFile { name: "own.toml".to_owned(), text: PACK.to_owned() };
    let rules = RuleSet::load(&[pack]).unwrap();
    let document = reader::read(Format::Text, text.as_bytes()).unwrap();
    Scanner::new(&rules).scan(&document)
}

fn of<'f>(scanned: &'f Scanned, rule: &str) -> Vec<&'f Finding> {
    scanned.findings.iter().filter(|finding| finding.rule == rule).collect()
}

const OPEN: &str =
    "1. Letters\n\nAn officer may unseal any letter that is sent by electronic communications.\n\n";

#[test]
fn a_safeguard_binds_in_its_section_and_one_reference_away() {
    let check = |rest: &str, expected: &[Severity]| {
        let text = format!("{OPEN}{rest}");
        let scanned = scan(&text);
        let found: Vec<Severity> =
            of(&scanned, "own-letters-opened").iter().map(|finding| finding.severity).collect();
        assert_eq!(found, expected, "{rest}");
    };
    check("2. Accounts\n\nThe office shall keep accounts.\n", &[Severity::Error]);
    // Cancelled: in the same section, or where a section refers to it; not next door.
    let assess = "the office shall publish a privacy impact assessment.";
    check(&format!("(2) Before that {assess}\n"), &[]);
    check(&format!("2. Assessment\n\nBefore letters are unsealed under section 1, {assess}\n"), &[]);
    check(&format!("2. Roads\n\nBefore a road is built {assess}\n"), &[Severity::Error]);
    let outside = format!("2. Roads\n\nUnder section 1 of the Roads Act {assess}\n");
    check(&outside, &[Severity::Error]);
    // Softened: two of two.
    let judge = "(2) An officer shall act only under a warrant issued by a judge.\n";
    check(judge, &[Severity::Error]);
    check(&format!("{judge}(3) Items subject to legal privilege shall not be read.\n"), &[Severity::Warning]);
}

#[test]
fn a_softened_finding_says_by_what() {
    let text = format!(
        "{OPEN}(2) An officer shall act only under a warrant issued by a judge.\n\n(3) Items subject to legal \
         privilege shall not be read.\n"
    );
    let scanned = scan(&text);
    let finding = of(&scanned, "own-letters-opened")[0];
    let softened: Vec<(&str, Option<&str>)> =
        finding.softened_by.iter().map(|by| (by.safeguard.as_str(), by.provision.as_deref())).collect();
    assert_eq!(softened, [("judicial-authorisation", Some("s. 1(2)")), ("privilege", Some("s. 1(3)"))]);
    assert!(finding.labels.iter().any(|label| label.text == "softened: privilege"), "{:?}", finding.labels);
}

#[test]
fn an_absence_points_at_the_power_and_says_where_it_looked() {
    let scanned = scan(&format!("{OPEN}2. Accounts\n\nThe office shall keep accounts.\n"));
    let absence = of(&scanned, "no-judicial-authorisation")[0];
    assert_eq!((absence.kind, absence.severity), (Kind::Absence, Severity::Warning));
    assert_eq!(absence.safeguard.as_deref(), Some("judicial-authorisation"));
    assert_eq!((absence.provision.as_deref(), absence.text.as_str()), (Some("s. 1"), "unseal any letter"));
    assert_eq!(absence.looked_in, ["s. 1"]);
    // The power is among its related findings, and it is none of the power's.
    assert!(absence.related.iter().any(|related| related.rule == "own-letters-opened"));
    let power = of(&scanned, "own-letters-opened")[0];
    assert!(power.related.iter().all(|related| related.rule != "no-judicial-authorisation"));
}

#[test]
fn without_a_power_nothing_is_missing() {
    let scanned = scan("1. Eggs\n\nAn officer may weigh any egg.\n\n2. Fees\n\nThe Minister may set fees.\n");
    let absences: Vec<&str> = scanned
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::Absence)
        .map(|finding| finding.rule.as_str())
        .collect();
    assert_eq!(absences, [""; 0]);
}

const AMENDING: &str = "1. Amendment of section 5\n\nThe Communications Act is amended by inserting after section 5 \
    the following:\n\n\"5A. An officer may intercept any electronic communication.\n\n5B. A provider shall retain the \
    traffic data of all subscribers for two years.\"\n";

#[test]
fn a_draft_that_amends_leaves_room_for_its_host_act() {
    let scanned = scan(AMENDING);
    assert!(scanned.host_act_unseen);
    let absences: Vec<&Finding> =
        scanned.findings.iter().filter(|finding| finding.kind == Kind::Absence).collect();
    assert!(!absences.is_empty());
    assert!(absences.iter().all(|absence| absence.severity == Severity::Note), "{absences:?}");
}

#[test]
fn what_was_not_checked_stands_in_every_report() {
    let place = Place::with(&[("amending.txt", AMENDING.as_bytes())]);
    let ran = place.run(&["--format", "json", "amending.txt"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let expected = serde_json::json!([{"rule": null, "path": "amending.txt", "reason": "host act not seen"}]);
    assert_eq!(report["not_checked"], expected);
    for format in ["human", "short"] {
        let ran = place.run(&["--format", format, "amending.txt"]);
        assert!(ran.out.contains("not checked: amending.txt: host act not seen"), "{format}:\n{}", ran.out);
    }
}

#[test]
fn many_provisions_that_lack_the_same_are_shown_as_one() {
    let section = |number: u32| {
        format!("{number}. Powers\n\nThe Agency may intercept any communication of class {number}.\n\n")
    };
    let sections: Vec<String> = (1..=8).map(section).collect();
    let sections = sections.concat();
    let place = Place::with(&[("bill.txt", sections.as_bytes())]);
    let human = place.run(&["--select", "no-judicial-authorisation", "bill.txt"]).out;
    assert_eq!(human.matches("[no-judicial-authorisation]").count(), 1, "{human}");
    assert!(human.contains("also missing in 7 other provisions: s. 2, s. 3"), "{human}");
    let short = place.run(&["--format", "short", "--select", "no-judicial-authorisation", "bill.txt"]).out;
    assert_eq!(short.lines().count(), 8, "{short}");
}
