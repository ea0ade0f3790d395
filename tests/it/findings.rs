//! The program as it finds something: a pack of one rule, and documents that break it.

use std::fs;

use crate::cli::{Place, Ran};

pub(crate) const PACK: &str = r#"
[pack]
format = 1
language = "en"
requires = ">=0.1"
topic = "encryption"

[[rule]]
id = "own-sealed-letter-opening"
former = ["own-letter-opening"]
title = "carrier must open letters"
severity = "error"
recommendations = [8]
authorities = []
message = "requires a carrier to open sealed letters"
why = "A letter that a carrier can open is sealed for nobody."
help = "Say that nothing requires a carrier to open a sealed letter."
match.any = ["unseal ... sealed letters"]

[rule.examples]
flags = [
  "A carrier must «unseal all sealed letters» in its care.",
  "A carrier shall «unseal sealed letters» on request.",
]
passes = [
  "A carrier must not be required to unseal sealed letters.",
  "A carrier must deliver sealed letters.",
]
"#;

const BREAKS: &[u8] = "1. Short title\n\nThis is the Electronic Communications Act.\n\n2. Duties\n\n\
    (1) § é 😀 a carrier must unseal all sealed letters.\n"
    .as_bytes();

fn place() -> Place {
    Place::with(&[
        ("own.toml", PACK.as_bytes()),
        ("breaks.txt", BREAKS),
        ("clean.txt", b"1. This Act is about the sale of apples.\n"),
        ("bad.txt", b"\xff"),
    ])
}

fn check(arguments: &[&str], code: i32, out_lines: usize) -> Ran {
    let rules = ["--rules", "own.toml"];
    let ran = place().run(&[&rules, arguments].concat());
    assert_eq!((ran.code, ran.out.lines().count()), (code, out_lines), "{arguments:?}: {ran:?}");
    ran
}

#[test]
fn findings_exit_with_1_and_failures_with_2() {
    let own = ["--format", "short", "--select", "own-sealed-letter-opening"];
    let with = |arguments: &[&'static str]| [&own, arguments].concat();
    check(&with(&["clean.txt"]), 0, 0);
    check(&with(&["breaks.txt"]), 1, 1);
    check(&with(&["breaks.txt", "clean.txt"]), 1, 1);
    check(&with(&["breaks.txt", "bad.txt"]), 2, 1);
    check(&with(&["breaks.txt", "none.txt"]), 2, 1);
    check(&with(&["--fail-on", "never", "breaks.txt"]), 0, 1);
    check(&with(&["--fail-on", "note", "breaks.txt"]), 1, 1);
    check(&with(&["--fail-on", "never", "breaks.txt", "bad.txt"]), 2, 1);
}

#[test]
fn the_place_is_that_of_the_file() {
    let ran = check(&["--format", "short", "--select", "own-sealed-letter-opening", "breaks.txt"], 1, 1);
    let expected = "breaks.txt:7:26: error[own-sealed-letter-opening] s. 2(1): \
                    requires a carrier to open sealed letters\n";
    assert_eq!(ran.out, expected);
    assert_eq!(ran.err, "1 document read, 0 failed, 0 skipped: 1 error, 0 warnings, 0 notes\n");
    let ran = check(&["--format", "json", "--select", "own-letter-opening", "breaks.txt"], 1, 1);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let start = &report["findings"][0]["span"]["start"];
    assert_eq!((&start["line"], &start["column"], &start["utf16"]), (&7.into(), &26.into(), &27.into()));
    let (from, to) = (start["offset"].as_u64(), report["findings"][0]["span"]["end"]["offset"].as_u64());
    let bytes = &BREAKS[from.unwrap() as usize..to.unwrap() as usize];
    assert_eq!(String::from_utf8_lossy(bytes), "unseal all sealed letters");
    assert_eq!(report["findings"][0]["text"], "unseal all sealed letters");
}

#[test]
fn selections_choose() {
    // What the bill lacks beside the power is found by rules of its own; one of them is about encryption.
    for (arguments, lines) in [
        (&["--select", "own-sealed-letter-opening"][..], 1),
        (&["--select", "own-letter-opening"], 1),
        (&["--select", "capacity,encryption"], 2),
        (&["--select", "R8"], 2),
        (&["--select", "capacity"], 0),
        (&["--select", "R8", "--ignore", "own-sealed-letter-opening"], 1),
        (&["--select", "encryption", "--ignore", "R1,R8"], 0),
    ] {
        let code = i32::from(lines > 0 && !arguments.contains(&"--ignore"));
        check(&[&["--format", "short", "breaks.txt"], arguments].concat(), code, lines);
    }
    let ran = check(&["--select", "own-sealed-letter-opeing", "breaks.txt"], 2, 0);
    assert!(ran.err.contains("did you mean `own-sealed-letter-opening`?"), "{}", ran.err);
}

#[test]
fn a_rule_is_explained_and_listed() {
    let ran = place().run(&["explain", "--rules", "own.toml", "own-letter-opening"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for words in ["own-sealed-letter-opening", "encryption", "R8", "sealed for nobody", "Say that nothing"] {
        assert!(ran.out.contains(words), "{words} is missing:\n{}", ran.out);
    }
    let ran = place().run(&["rules", "--rules", "own.toml"]);
    assert!(ran.out.contains("own-sealed-letter-opening"), "{}", ran.out);
    let ran = place().run(&["rules", "--rules", "own.toml", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(list["rules"].as_array().unwrap().iter().any(|rule| rule["id"] == "own-sealed-letter-opening"));
}

#[test]
fn a_wrong_pack_exits_with_2_and_is_shown() {
    let place = place();
    let pack = fs::read_to_string(place.path().join("own.toml")).unwrap();
    fs::write(place.path().join("own.toml"), pack.replace("severity =", "sevrity =")).unwrap();
    let ran = place.run(&["--rules", "own.toml", "clean.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("own.toml:12:1") && ran.err.contains("sevrity"), "{}", ran.err);
}

#[test]
fn output_does_not_depend_on_threads() {
    let place = place();
    for number in 0..20 {
        fs::write(place.path().join(format!("bill{number}.txt")), BREAKS).unwrap();
    }
    let run = |threads| place.run(&["--rules", "own.toml", "--format", "json", "--threads", threads, "."]);
    let (one, many) = (run("1"), run("4"));
    assert_eq!((one.code, one.out), (many.code, many.out));
}
