//! What a run did not look at, and why.

use std::collections::BTreeMap;

use super::{NotChecked, ReadDocument};
use crate::walk::Failure;

/// What of a document was not read, or not checked.
pub(super) fn partial(document: &ReadDocument) -> Option<Failure> {
    let error = document.unread.join("; ");
    (!error.is_empty()).then(|| Failure { path: document.path.clone(), error })
}

/// What of a document no rule could be held against.
pub(super) fn not_checked(document: &ReadDocument) -> Vec<NotChecked> {
    let host_act = document.host_act_unseen.then(|| "host act not seen".to_owned());
    let reasons = document.unread.iter().cloned().chain(host_act);
    reasons.map(|reason| NotChecked { rule: None, path: Some(document.path.clone()), reason }).collect()
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
