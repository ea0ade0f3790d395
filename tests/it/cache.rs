//! The cache: it is used, and it changes nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest as _, Sha256};

use crate::cli::Place;
use crate::formats::TEXT;

const DOCX: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-bill.docx");
const PDF: &[u8] = include_bytes!("../../fixtures/formats/secure-networks-numbered.pdf");
const CACHE: &str = "cache";

fn place() -> Place {
    let latin = b"1. The Minister may order the interception of the caf\xe9's messages.\r\n";
    Place::with(&[
        ("d/bill.txt", TEXT),
        ("d/bill.docx", DOCX),
        ("d/bill.pdf", PDF),
        ("d/latin.txt", latin),
        ("d/bad.txt", b"\xff\xfe\xfd"),
    ])
}

/// The entries of a cache, by name.
fn entries(place: &Place) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in fs::read_dir(place.path().join(CACHE)).unwrap() {
        let folder = folder.unwrap().path();
        if folder.is_dir() {
            found.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    found.sort();
    found
}

/// Runs with and without the cache in several formats: exit code, output and errors are the same.
fn check_same(place: &Place, options: &[&str]) {
    let formats = ["human", "json"];
    for format in formats {
        let with = |cache: &[&str]| {
            let ran = place.run(&[&["--format", format, "--strengths", "d"], options, cache].concat());
            (ran.code, ran.out, ran.err)
        };
        let without = with(&[]);
        assert_eq!(with(&["--cache-dir", CACHE]), without, "{format} {options:?}: the first time");
        assert_eq!(with(&["--cache-dir", CACHE]), without, "{format} {options:?}: again");
    }
}

#[test]
fn the_output_is_the_same_to_the_byte() {
    let place = place();
    check_same(&place, &[]);
    let all = entries(&place);
    assert_eq!(all.len(), 4);
    // What was found does not depend on what is wanted of it; how a document is read does.
    check_same(&place, &["--ignore", "encryption", "--min-confidence", "high"]);
    assert_eq!(entries(&place), all);
    check_same(&place, &["--furniture", "keep"]);
    assert_eq!(entries(&place).len(), 8);
    for (damage, entry) in entries(&place).iter().enumerate() {
        let whole = fs::read(entry).unwrap();
        let damaged = match damage % 3 {
            0 => whole[..whole.len() / 2].to_vec(),
            1 => whole.iter().map(|byte| if *byte == b'e' { b'a' } else { *byte }).collect(),
            _ => Vec::new(),
        };
        fs::write(entry, damaged).unwrap();
    }
    check_same(&place, &[]);
    check_same(&place, &["--furniture", "keep"]);
}

#[test]
fn what_is_kept_is_used() {
    let place = place();
    let run = || place.run(&["--format", "short", "--cache-dir", CACHE, "d/latin.txt"]).out;
    let before = run();
    let entry = entries(&place).remove(0);
    let text = fs::read_to_string(&entry).unwrap();
    let (_, payload) = text.split_once('\n').unwrap();
    let payload = payload.replace("\"provision\":\"s. 1\"", "\"provision\":\"s. 99\"");
    let digest = format!("{:x}", Sha256::digest(&payload));
    fs::write(&entry, format!("{digest}\n{payload}")).unwrap();
    assert_eq!(run(), before.replace("s. 1:", "s. 99:"));
    assert_ne!(run(), before);
    // Other rules found something else.
    fs::write(place.path().join("own.toml"), OWN).unwrap();
    let own = place.run(&[
        "--format",
        "short",
        "--cache-dir",
        CACHE,
        "--rules",
        "own.toml",
        "--select",
        "messages",
        "d/latin.txt",
    ]);
    assert!(own.out.contains("[messages] s. 1:"), "{}", own.out);
}

const OWN: &str = r#"
[pack]
format = 1
language = "en"
requires = ">=0.1"
topic = "process"

[[rule]]
id = "messages"
title = "messages"
kind = "presence"
severity = "error"
recommendations = [1]
message = "speaks of messages"
why = "Why."
help = "Help."
match.any = ["messages"]
context = "any"

[rule.examples]
flags = ["Some «messages».", "All «messages»."]
passes = ["Pears.", "Plums."]
"#;

#[test]
fn runs_may_share_a_cache() {
    let place = place();
    let expected = place.run(&["--format", "json", "d"]).out;
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_rightslint"))
            .args(["--format", "json", "--cache-dir", CACHE, "d"])
            .current_dir(place.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    for _ in 0..2 {
        let running: Vec<_> = (0..3).map(|_| start()).collect();
        for child in running {
            assert_eq!(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap(), expected);
        }
    }
    assert!(entries(&place).iter().all(|entry| entry.extension().is_some_and(|ending| ending == "json")));
}

#[test]
fn nobody_else_reads_it_and_nothing_keeps_it() {
    let place = place();
    place.run(&["-q", "--cache-dir", CACHE, "d"]);
    let read = |name: &str| fs::read_to_string(place.path().join(CACHE).join(name)).unwrap();
    assert_eq!(read(".gitignore"), "*\n");
    assert!(read("CACHEDIR.TAG").starts_with("Signature: 8a477f597d28d172789f06886806bc55"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&place.path().join(CACHE)), 0o700);
        assert!(entries(&place).iter().all(|entry| mode(entry) == 0o600));
    }
    // A walked folder does not list it among what it skipped.
    let ran = place.run(&["--cache-dir", CACHE, "."]);
    assert!(ran.err.contains(" 0 skipped"), "{}", ran.err);
}

#[test]
fn a_folder_that_cannot_be_a_cache_is_refused() {
    let place = place();
    for (folder, error) in
        [("d", "is no cache: it holds other files; name an empty folder"), ("d/bill.txt", "")]
    {
        let ran = place.run(&["--cache-dir", folder, "d/latin.txt"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{folder}");
        assert!(ran.err.starts_with(&format!("error: {folder}: {error}")), "{}", ran.err);
    }
}
