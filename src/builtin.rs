//! The rules that are in the binary.
//!
//! The build script lists every `rules/**/*.toml`, compiles them with the same code as here, and keeps what
//! comes of it, so that a start costs no more than reading that back. The files are in the binary too: rules
//! that a user adds may replace, extend and name what is in them, and so all are compiled together.

use crate::rule::{PackError, PackFile, RuleSet};

/// Name and text of each file, sorted by name: `("rules/en/encryption.toml", "...")`.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rule_files.rs"));
/// What comes of them; empty where one holds a mistake.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.postcard"));

impl RuleSet {
    /// The rules that are compiled into the binary.
    ///
    /// Errors are mistakes in the built-in files, which the tests exclude.
    pub fn builtin() -> Result<RuleSet, Vec<PackError>> {
        postcard::from_bytes(COMPILED).or_else(|_| RuleSet::compile(&files().collect::<Vec<_>>()))
    }

    /// The built-in rules and those of `extra`, which may add rules and languages, extend classes
    /// (`extends = true`) and replace rules (`replaces = true`).
    ///
    /// Errors are all mistakes of all files, sorted by file and place.
    pub fn load(extra: &[PackFile]) -> Result<RuleSet, Vec<PackError>> {
        if extra.is_empty() {
            return RuleSet::builtin();
        }
        RuleSet::compile(&files().chain(extra.iter().cloned()).collect::<Vec<_>>())
    }

    /// The rules of `files` alone, with the built-in recommendations and authorities.
    ///
    /// Errors as in [`RuleSet::load`].
    pub fn from_files(files: &[PackFile]) -> Result<RuleSet, Vec<PackError>> {
        let shared = self::files().filter(|file| file.name.matches('/').count() == 1);
        RuleSet::compile(&shared.chain(files.iter().cloned()).collect::<Vec<_>>())
    }
}

fn files() -> impl Iterator<Item = PackFile> {
    FILES.iter().map(|&(name, text)| PackFile { name: name.to_owned(), text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_and_the_common_ones_are_there() {
        assert!(FILES.is_sorted());
        for name in ["rules/authorities.toml", "rules/recommendations.toml"] {
            assert!(FILES.iter().any(|file| file.0 == name), "{name}");
        }
    }

    #[test]
    fn what_is_kept_is_what_the_files_say() {
        let kept: RuleSet = postcard::from_bytes(COMPILED).unwrap();
        let compiled = RuleSet::compile(&files().collect::<Vec<_>>()).unwrap();
        let (kept, compiled) = (format!("{kept:#?}"), format!("{compiled:#?}"));
        assert!(compiled.len() > 1_000_000, "the rules are shown in full");
        let differing = kept.lines().zip(compiled.lines()).find(|(kept, compiled)| kept != compiled);
        assert_eq!(differing, None);
        assert_eq!(kept.len(), compiled.len());
    }
}
