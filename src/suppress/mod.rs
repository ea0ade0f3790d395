//! Suppressions: somebody's reason why a finding does not count.
//!
//! A suppression stands in a comment of the document, for the next provision or a marked region, or in a
//! file beside it, for a finding by its fingerprint. It names rules and gives a reason; what it hides stays
//! in the result with that reason. One that hides nothing, has expired, gives no reason or cannot be read is
//! a finding itself (`rules/notices.toml`), so that no exception is forgotten.
//!
//! Pure: which day it is comes from outside.

mod date;
mod directive;
mod entry;
mod notice;
mod scope;
mod sidecar;

pub use date::Date;
pub use sidecar::Sidecar;

use std::path::PathBuf;

use crate::document::Document;
use crate::finding::{Finding, Suppression, SuppressionPlace};
use crate::rule::{Kind, RuleSet};
use crate::structure::Structure;
use notice::{Notice, NoticeKind};

/// Everything that decides what is suppressed in one document.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its outline.
    pub structure: &'a Structure,
    /// The rules, whose names suppressions use.
    pub rules: &'a RuleSet,
    /// The file beside the document, and the document's path relative to that file's folder.
    pub sidecar: Option<(&'a Sidecar, &'a PathBuf)>,
    /// What is before it has expired; `None`: nothing expires.
    pub today: Option<Date>,
}

/// Marks those of `findings` that somebody has suppressed. `findings` are all that the scan gives, chosen or
/// not: what hides one that is not wanted today is not unused.
///
/// Gives what there is to say of the suppressions themselves, as findings.
pub fn apply(findings: &mut [Finding], reading: Reading<'_>) -> Vec<Finding> {
    let (mut entries, mut notices) = entry::entries(reading);
    for finding in findings.iter_mut().filter(|finding| finding.kind != Kind::Strength) {
        let mut holding: Option<Suppression> = None;
        for entry in entries.iter_mut().filter(|entry| entry.is_for(finding, reading.document)) {
            entry.used = true;
            if !entry.has_expired(reading.today) {
                holding.get_or_insert_with(|| entry.suppression());
            }
        }
        finding.suppressed = holding;
    }
    notices.extend(entries.iter().filter_map(|entry| entry.notice(reading.today)));
    if let Some((sidecar, path)) = reading.sidecar {
        notices.extend(sidecar.apply(findings, path, reading));
    }
    // A part that could not be read may hold what a suppression is for.
    let is_whole = reading.document.unread().is_empty();
    let told = notices.into_iter().filter(|notice| is_whole || notice.kind != NoticeKind::Unused);
    told.filter_map(|notice: Notice| notice.finding(reading.rules)).collect()
}

impl Suppression {
    fn new(reason: &str, until: Option<Date>, place: SuppressionPlace) -> Suppression {
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        Suppression { reason, until: until.map(|day| day.to_string()), place }
    }
}
