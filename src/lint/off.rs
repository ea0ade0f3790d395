//! The rules that configuration files turn off, and how a run says so: what was not looked for is not
//! taken for what is not there.

use std::collections::BTreeMap;

use super::{NotChecked, ReadDocument};
use crate::config::Settings;
use crate::rule::{LanguageRules, Rule};

/// The rules that a configuration file turns off for a document in the language of `rules`.
pub(super) fn off(rules: &LanguageRules, settings: &Settings) -> Option<(Vec<String>, String)> {
    let file = settings.off_by.clone()?;
    let is_off = |rule: &&Rule| settings.off.contains(&rule.id);
    let off: Vec<String> = rules.rules.iter().filter(is_off).map(|rule| rule.id.clone()).collect();
    (!off.is_empty()).then_some((off, file))
}

/// The rules that configuration files turned off, each once where it is off for all documents.
pub(super) fn turned_off(documents: &[ReadDocument]) -> Vec<NotChecked> {
    let checked: Vec<&ReadDocument> = documents.iter().filter(|read| read.status.is_checked()).collect();
    let mut by_rule: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for read in &checked {
        let Some((rules, file)) = &read.off else { continue };
        for rule in rules {
            by_rule.entry((rule, file)).or_default().push(&read.path);
        }
    }
    let entry = |rule: &str, path: Option<&str>, file: &str| NotChecked {
        rule: Some(rule.to_owned()),
        path: path.map(str::to_owned),
        reason: format!("turned off in {file}"),
    };
    let mut entries = Vec::new();
    for ((rule, file), paths) in by_rule {
        if paths.len() == checked.len() {
            entries.push(entry(rule, None, file));
        } else {
            entries.extend(paths.into_iter().map(|path| entry(rule, Some(path), file)));
        }
    }
    entries
}
