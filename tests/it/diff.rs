//! Two drafts of a bill: what got worse, what only moved.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test it diff` renews the files in `fixtures/drafts`.

use std::{env, fs};

use serde_json::Value;

use crate::cli::Place;
use crate::formats::TEXT;
use crate::layers::root;

const OLD: &[u8] = include_bytes!("../../fixtures/drafts/communications-access-bill-1.txt");
const NEW: &[u8] = include_bytes!("../../fixtures/drafts/communications-access-bill-2.txt");
/// The rules of the snapshots: others come and go.
const RULES: &str = "encryption-licence-or-ban,general-indiscriminate-retention,mandated-decryption-capability,\
    real-name-or-identity-registration,no-sunset-or-review,judicial-authorisation,necessity-and-proportionality,\
    time-limited-measure,sunset-or-review,person-is-notified,transparency-report,research-is-protected";

fn drafts() -> Place {
    Place::with(&[("bill-1.txt", OLD), ("bill-2.txt", NEW)])
}

#[test]
fn the_fixtures_read_well() {
    let place = drafts();
    for (format, file) in [("human", "report.txt"), ("markdown", "report.md"), ("json", "report.json")] {
        let ran = place.run(&["diff", "bill-1.txt", "bill-2.txt", "--select", RULES, "--format", format]);
        assert_eq!(ran.code, 1, "{ran:?}");
        let mut out = ran.out;
        if format == "json" {
            let mut report: Value = serde_json::from_str(&out).unwrap();
            assert_eq!(report["schema"], "urn:rightslint:diff:1");
            report["tool"] = Value::Null;
            out = serde_json::to_string_pretty(&report).unwrap() + "\n";
        }
        let path = root().join("fixtures/drafts").join(file);
        if env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&path, &out).unwrap();
        }
        assert_eq!(out, fs::read_to_string(&path).unwrap_or_default(), "{file}");
    }
}

/// The drafts, a run over them as JSON.
fn compare(old: (&str, &[u8]), new: (&str, &[u8]), code: i32) -> Value {
    let ran = Place::with(&[old, new]).run(&["diff", "--format", "json", old.0, new.0]);
    assert_eq!(ran.code, code, "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

/// State, rule and provisions of all findings that are not the same in both drafts.
fn changed(report: &Value) -> Vec<String> {
    let cited = |found: &Value| found["provision"].as_str().unwrap_or("-").to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let changed = findings.filter(|found| found["state"] != "unchanged").map(|found| {
        let (state, rule) = (found["state"].as_str().unwrap(), found["rule"].as_str().unwrap());
        format!("{state} {rule} {} {}", cited(&found["old"]), cited(&found["new"]))
    });
    changed.collect()
}

#[test]
fn the_same_draft_in_another_format_is_the_same() {
    for name in [
        "xml-secure-networks-us.xml",
        "secure-networks-bill.docx",
        "secure-networks-printed.htm",
        "secure-networks-columns.pdf",
    ] {
        let bytes = fs::read(root().join("fixtures/formats").join(name)).unwrap();
        let report = compare(("bill.txt", TEXT), (name, &bytes), 0);
        assert_eq!(changed(&report), Vec::<String>::new(), "{name}");
        assert_eq!(report["safeguards"], Value::Array(Vec::new()), "{name}");
        let unchanged = report["summary"]["unchanged"].as_u64().unwrap();
        assert!(unchanged > 20, "{name}: {unchanged}");
    }
}

/// Compares `before` and `after` inside the same few sections. A bill must be about something.
fn check(before: &str, after: &str, code: i32, findings: &[&str], safeguards: &[&str]) {
    let bill = |text: &str| {
        format!(
            "1. Messages\n\nA provider must keep the traffic data of all messages of all users for one year.\n\n{text}"
        )
    };
    let (old, new) = (bill(before), bill(after));
    let report = compare(("a.txt", old.as_bytes()), ("b.txt", new.as_bytes()), code);
    let about = ["decryption", "encryption", "warrant"];
    let own = changed(&report).into_iter().filter(|found| about.iter().any(|word| found.contains(word)));
    assert_eq!(own.collect::<Vec<_>>(), findings, "{before:?} {after:?}");
    let shown = report["safeguards"].as_array().unwrap().iter().map(|change| {
        let shift = &change["shift"];
        let words = |key: &str| shift[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}: {} {}", change["state"].as_str().unwrap(), words("what"), words("old"), words("new"))
    });
    assert_eq!(shown.collect::<Vec<_>>(), safeguards, "{before:?} {after:?}");
}

#[test]
fn clauses_are_followed() {
    let decrypt = |number: usize, rest: &str| {
        format!("{number}. Keys\n\nA provider must decrypt any message {rest}.\n\n")
    };
    let other = "2. Fees\n\nThe fee is set out in the notice.\n\n";
    // Under another number.
    check(
        &decrypt(2, "on request"),
        &format!("{other}{}", decrypt(3, "on request")),
        0,
        &["moved mandated-decryption-capability s. 2 s. 3"],
        &[],
    );
    // In other words: one finding that changed, not one that went and one that came.
    check(
        &decrypt(2, "that it carries on request"),
        &decrypt(2, "that it carries at once"),
        0,
        &["changed mandated-decryption-capability s. 2 s. 2"],
        &[],
    );
    check(other, &decrypt(2, "on request"), 1, &["introduced mandated-decryption-capability - s. 2"], &[]);
    check(&decrypt(2, "on request"), other, 0, &["resolved mandated-decryption-capability s. 2 -"], &[]);
    // Twice, then once.
    let twice = format!("{}{}", decrypt(2, "on request"), decrypt(3, "on request"));
    check(&twice, &decrypt(2, "on request"), 0, &["resolved mandated-decryption-capability s. 3 -"], &[]);
}

#[test]
fn safeguards_weaken_without_their_words_going() {
    let section = |text: &str| format!("2. Notices\n\n{text}\n");
    let check_words = |before: &str, after: &str, expected: &[&str]| {
        let (old, new) = (section(before), section(after));
        let bill = |text: &str| {
            format!("1. Users\n\nThe fees of users are set out in the First Schedule.\n\n{text}")
        };
        let report = compare(("a.txt", bill(&old).as_bytes()), ("b.txt", bill(&new).as_bytes()), 0);
        let shown = report["safeguards"].as_array().unwrap().iter().map(|change| {
            let words = |key: &str| change["shift"][key].as_str().unwrap_or_default().to_owned();
            format!(
                "{} {}: {} → {}",
                change["state"].as_str().unwrap(),
                words("what"),
                words("old"),
                words("new")
            )
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{before:?} {after:?}");
    };
    let must = "The Commission must publish the list of its orders every year.";
    let may = "The Commission may publish the list of its orders every year.";
    check_words(must, may, &["weakened duty-and-power: must → may"]);
    check_words(may, must, &["strengthened duty-and-power: may → must"]);
    let judge = "A person may ask a judge of the High Court to set the order aside.";
    let minister = "A person may ask the Minister to set the order aside.";
    check_words(judge, minister, &["weakened independence: judge → Minister"]);
    check_words(minister, judge, &["strengthened independence: Minister → judge"]);
    let limit = "An order must not require a provider to move its offices.";
    let order = "An order may require a provider to move its offices.";
    check_words(limit, order, &["weakened limit: must not → may"]);
    // Whom the law binds, and words of a judge's that stay, weaken nothing.
    check_words("A provider must paint its shops green.", "A provider may paint its shops green.", &[]);
    check_words("A judge may sit in the town of Ambar.", "A judge may sit in the city of Ambar.", &[]);
}

#[test]
fn what_fails_is_chosen() {
    let place = drafts();
    let code =
        |arguments: &[&str]| place.run(&[&["diff", "bill-1.txt", "bill-2.txt"], arguments].concat()).code;
    assert_eq!(code(&["--fail-on", "never"]), 0);
    // A judge gave way to the Minister: no finding of this topic came, a safeguard went.
    assert_eq!(code(&["--select", "retention"]), 0);
    assert_eq!(code(&["--select", "retention", "--fail-on", "warning"]), 1);
    assert_eq!(place.run(&["diff", "-q", "bill-1.txt", "bill-1.txt", "--fail-on", "note"]).code, 0);
}

#[test]
fn what_cannot_be_compared_exits_with_2() {
    let french = "Le fournisseur de services conserve les données de connexion pendant une durée d'un an. \
        Les agents habilités peuvent exiger la remise des conventions permettant le déchiffrement des données. \
        Le ministre fixe par décret les modalités d'application du présent article, après avis de la commission.\n";
    let place =
        Place::with(&[("a.txt", OLD), ("d/b.txt", NEW), ("loi.txt", french.as_bytes()), ("e.txt", b"")]);
    for (new, error) in [
        ("d", "d: is a folder; diff compares two files"),
        ("none.txt", "none.txt: no such file or folder"),
        ("e.txt", "e.txt: the file is empty"),
        ("loi.txt", "loi.txt: there are no rules for its language; --language names one to read it in"),
    ] {
        let ran = place.run(&["diff", "a.txt", new]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err), (2, "", format!("error: {error}\n")));
    }
    assert_eq!(place.run(&["diff", "a.txt"]).code, 2);
}
