//! The headline probe of the README: one mandate, one safeguard, and a mandate that is wrapped and
//! hyphenated over three lines, after characters that count differently everywhere.

use crate::cli::Place;

const PROBE: &str = include_str!("../../fixtures/bills/probe.txt");

fn report() -> serde_json::Value {
    let place = Place::with(&[("probe.txt", PROBE.as_bytes())]);
    let ran = place.run(&["--format", "json", "probe.txt"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

fn of_rule<'r>(report: &'r serde_json::Value, rule: &str) -> Vec<&'r serde_json::Value> {
    report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule).collect()
}

/// Offset, line, column and UTF-16 column.
fn position(value: &serde_json::Value) -> [u64; 4] {
    ["offset", "line", "column", "utf16"].map(|key| value[key].as_u64().unwrap())
}

#[test]
fn a_mandate_is_found_at_its_place_and_a_safeguard_is_none() {
    let report = report();
    let mandates = of_rule(&report, "mandated-decryption-capability");
    let cited: Vec<&str> = mandates.iter().map(|finding| finding["provision"].as_str().unwrap()).collect();
    assert_eq!(cited, ["s. 1(1)", "s. 1(3)"]);

    let first = mandates[0];
    assert_eq!(first["text"], "decrypt any message");
    let offset = PROBE.find("decrypt").unwrap() as u64;
    assert_eq!(position(&first["span"]["start"]), [offset, 3, 28, 29]);
    assert_eq!(first["labels"][0]["text"], "the duty");

    let strengths = of_rule(&report, "no-backdoor-clause");
    assert_eq!(strengths.len(), 1);
    assert_eq!((&strengths[0]["kind"], &strengths[0]["severity"]), (&"strength".into(), &"note".into()));
    assert_eq!(strengths[0]["provision"], "s. 1(2)");
    assert_eq!(report["summary"]["errors"], 2);
}

#[test]
fn a_wrapped_and_hyphenated_mandate_has_a_span_over_its_lines() {
    let report = report();
    let second = of_rule(&report, "mandated-decryption-capability")[1];
    assert_eq!(second["text"], "decrypt every communication");
    let segments = second["segments"].as_array().unwrap();
    let sliced: Vec<&str> = segments
        .iter()
        .map(|segment| {
            let at = |end: &str| segment[end]["offset"].as_u64().unwrap() as usize;
            &PROBE[at("start")..at("end")]
        })
        .collect();
    assert_eq!(sliced, ["de", "crypt every communication"]);
    let lines = ["start", "end"].map(|end| second["span"][end]["line"].as_u64().unwrap());
    assert_eq!(lines, [8, 9]);
    assert_eq!(
        second["sentence"],
        "A licensee must on request of the Minister decrypt every communication that it carries."
    );
}

#[test]
fn the_fixture_bills_show_what_they_are_for() {
    let place = Place::with(&[
        ("bad.txt", include_bytes!("../../fixtures/bills/secure-networks-bill.txt")),
        ("good.md", include_bytes!("../../fixtures/bills/user-protection-bill.md")),
    ]);
    let ran = place.run(&["--format", "json", "bad.txt", "good.md"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let found = |path: &str, rule: &str, provision: &str| {
        of_rule(&report, rule)
            .iter()
            .any(|finding| finding["path"] == path && finding["provision"] == provision)
            // A weaker finding of the same harm in the same clause is told beside the stronger.
            || report["findings"].as_array().unwrap().iter().any(|finding| {
                let related = finding["related"].as_array().unwrap();
                finding["path"] == path
                    && finding["provision"] == provision
                    && related.iter().any(|related| related["rule"] == rule)
            })
    };
    for (rule, provision) in [
        ("cybersecurity-defined-by-content-or-order", "s. 2"),
        ("overseer-controlled-by-executive", "s. 3(2)"),
        ("removal-of-electronic-protection", "s. 4(1)(a)"),
        ("mandated-decryption-capability", "s. 4(1)(b)"),
        ("direct-access-or-interception-by-design", "s. 4(1)(c)"),
        ("indefinite-gag", "s. 4(3)"),
        ("general-indiscriminate-retention", "s. 5"),
        ("executive-warrant", "s. 6(1)"),
        ("vague-surveillance-ground", "s. 6(1)"),
        ("shutdown-or-throttle-power", "s. 7"),
        ("false-information-offence", "s. 8"),
        ("encryption-licence-or-ban", "s. 9"),
        ("ouster-of-courts", "s. 10"),
        ("blanket-immunity", "s. 11"),
        ("schedule-amended-by-order", "s. 12"),
    ] {
        assert!(found("bad.txt", rule, provision), "{rule} at {provision}");
    }
    for (rule, provision) in [
        ("no-backdoor-clause", "s. 1(b)(1)"),
        ("judicial-authorisation", "s. 2(a)"),
        ("time-limited-measure", "s. 2(b)"),
    ] {
        assert!(found("good.md", rule, provision), "{rule} at {provision}");
    }
    let problems = report["findings"].as_array().unwrap().iter();
    let problems: Vec<&serde_json::Value> =
        problems.filter(|finding| finding["path"] == "good.md" && finding["kind"] != "strength").collect();
    assert!(problems.is_empty(), "{problems:?}");
}
