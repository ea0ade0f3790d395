//! Sections that a document prints once more: a part "not yet in force" after the last section.
//!
//! A second copy says nothing new, and what is found in it is found already. A section is a copy if an
//! earlier one has its number, its heading and nearly all of its text.

use std::collections::{BTreeMap, BTreeSet};

use super::{Passage, Provision, ProvisionKind, Structure};
use crate::language::Zone;

/// How much of a section must have been said by the earlier one, in tenths.
const TENTHS: usize = 7;

/// Sets the passages of copies apart.
pub(super) fn set_apart(text: &str, structure: &mut Structure) {
    for copy in copies(text, structure) {
        if let Some(passage) = structure.passages.get_mut(copy) {
            passage.zone = Zone::Contents;
        }
    }
}

/// The passages of sections that repeat an earlier one, where that one has them too.
fn copies(text: &str, structure: &Structure) -> Vec<usize> {
    if !any_alike(text, structure) {
        return Vec::new();
    }
    let mut held: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (passage, section) in structure.sections().enumerate() {
        if let Some(section) = section {
            held.entry(section).or_default().push(passage);
        }
    }
    let text_of = |index: &usize| structure.passages.get(*index).map_or("", |passage| passage.span.of(text));
    let mut first: BTreeMap<(&str, &str), &Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (section, passages) in &held {
        let Some(provision) = structure.provisions.get(*section) else { continue };
        let section = matches!(provision.kind, ProvisionKind::Section | ProvisionKind::Article);
        let heading = provision.heading.map_or("", |heading| heading.of(text));
        if !section || provision.inserted || heading.is_empty() {
            continue;
        }
        let Some(earlier) = first.get(&(provision.label.as_str(), heading)) else {
            first.insert((provision.label.as_str(), heading), passages);
            continue;
        };
        let said: BTreeSet<&str> = earlier.iter().map(text_of).collect();
        let again: Vec<usize> =
            passages.iter().filter(|passage| said.contains(text_of(passage))).copied().collect();
        let length = |passages: &[usize]| passages.iter().map(|index| text_of(index).len()).sum::<usize>();
        if length(&again) * 10 >= length(passages) * TENTHS {
            found.extend(again);
        }
    }
    found.retain(|index| structure.passages.get(*index).is_some_and(is_law));
    found
}

/// Whether any two sections have the same number and heading.
fn any_alike(text: &str, structure: &Structure) -> bool {
    let sections = structure.provisions.iter().filter(|provision| {
        matches!(provision.kind, ProvisionKind::Section | ProvisionKind::Article) && !provision.inserted
    });
    let title = |provision: &Provision| provision.heading.map(|heading| heading.of(text));
    let mut names: Vec<(&str, &str)> =
        sections.filter_map(|provision| Some((provision.label.as_str(), title(provision)?))).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair.first() == pair.last())
}

/// Whether the passage is read for findings at all.
fn is_law(passage: &Passage) -> bool {
    !matches!(passage.zone, Zone::Contents | Zone::Heading | Zone::Struck)
}
