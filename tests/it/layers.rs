//! The layers of ARCHITECTURE.md: a module imports only from rows above its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lowest first. Modules of one row do not import each other.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["diagnostic"],
    &["document"],
    &["language"],
    &["reader", "structure", "rule"],
    &["builtin", "finding"],
    &["context"],
    &["scan"],
    &["config", "store"],
    &["cache", "suppress", "walk"],
    &["lint"],
    &["baseline", "diff"],
    &["report"],
    &["cli"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// Rust files below `folder`, in order.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The module of `src/` that a file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The modules that a file names after `crate::`, grouped imports included.
fn imports(source: &str) -> BTreeSet<String> {
    let first_word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = BTreeSet::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut piece = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => {
                        found.insert(first_word(&piece));
                        break;
                    }
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.insert(first_word(&piece));
                        piece.clear();
                        continue;
                    }
                    _ => {}
                }
                piece.push(c);
            }
        } else {
            found.insert(first_word(rest));
        }
    }
    found.remove("");
    found
}

#[test]
fn modules_import_from_lower_layers_only() {
    let mut wrong = Vec::new();
    for path in rust_files(&root().join("src")) {
        let module = module_of(&path);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        let Some(own) = layer(&module) else {
            wrong.push(format!("{module} stands in no layer"));
            continue;
        };
        for import in imports(code).into_iter().filter(|import| *import != module) {
            match layer(&import) {
                Some(other) if other < own => {}
                Some(_) => wrong.push(format!("{module} -> {import} ({})", path.display())),
                None if import.starts_with(char::is_uppercase) => {}
                None => wrong.push(format!("{import} stands in no layer ({})", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn grouped_imports_are_seen() {
    let found: Vec<String> =
        imports("use crate::{a::{B, c}, d};\nuse crate::e::F; crate::g(); crate::{h}").into_iter().collect();
    assert_eq!(found, ["a", "d", "e", "g", "h"]);
}
