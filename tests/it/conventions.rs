//! What is the same everywhere: module documentation, length of files, names of modules.

use std::fs;
use std::path::Path;

use crate::layers::{root, rust_files};

/// Lines of a source file, its tests left out.
const LONGEST: usize = 400;
const BANNED: &[&str] = &["utils", "util", "helpers", "common", "misc", "manager"];

#[test]
fn every_source_file_says_what_it_is_and_stays_small() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests"] {
        for path in rust_files(&root().join(folder)) {
            let source = fs::read_to_string(&path).unwrap();
            let shown = path.display();
            if !source.starts_with("//!") {
                wrong.push(format!("{shown}: does not open with what it is"));
            }
            let lines = source.split("#[cfg(test)]").next().unwrap().lines().count();
            if lines > LONGEST {
                wrong.push(format!("{shown}: {lines} lines"));
            }
            let name = path.file_stem().unwrap().to_str().unwrap();
            if BANNED.contains(&name) {
                wrong.push(format!("{shown}: a file named {name} has no one reason to exist"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rust_file_holds_words_of_a_language() {
    // A language is a folder of TOML. A tag in quotes would tie code to one.
    let mut wrong = Vec::new();
    let is_test = |path: &Path| {
        path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")))
    };
    for path in rust_files(&root().join("src")).into_iter().filter(|path| !is_test(path)) {
        let source = fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap().lines();
        let code: String = code.filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in ["\"en\"", "\"shall\"", "\"must\"", "\"provider\""] {
            if code.contains(word) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
