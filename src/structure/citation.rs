//! Citations: how a lawyer would name a provision.

use super::{Provision, ProvisionKind};
use crate::language::StructureCues;

/// The citation of `provisions[index]`: `s. 22(1)(b)`, `Art. 7(1)`, `Sch. 1 para. 5(2)`, `Part II`;
/// `s. 3(a), new s. 14(2)` where the text is inserted into another law.
pub(super) fn citation(provisions: &[Provision], cues: &StructureCues, index: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut chain: Vec<&Provision> = Vec::new();
    let mut at = Some(index);
    for _ in 0..64 {
        let Some(provision) = at.and_then(|at| provisions.get(at)) else { break };
        let host = chain.last().is_some_and(|below| below.inserted && !provision.inserted);
        if host {
            parts.push(write(&chain, cues));
            chain.clear();
        }
        chain.push(provision);
        at = provision.parent();
    }
    parts.push(write(&chain, cues));
    parts.retain(|part| !part.is_empty());
    parts.reverse();
    parts.join(&cues.citation.inserted)
}

/// One citation of provisions, the innermost first.
fn write(chain: &[&Provision], cues: &StructureCues) -> String {
    let is_section = |provision: &&Provision| {
        matches!(provision.kind, ProvisionKind::Section | ProvisionKind::Article)
            && !provision.label.is_empty()
    };
    let section = chain.iter().position(is_section);
    let schedule = chain.iter().position(|provision| provision.kind == ProvisionKind::Schedule);
    let below = |end: usize| -> String {
        let items =
            chain.iter().take(end).rev().filter(|provision| provision.kind == ProvisionKind::Subdivision);
        items.map(|provision| provision.label.as_str()).collect()
    };
    let named = |index: usize| chain.get(index).map_or_else(String::new, |provision| name(provision, cues));
    match (section, schedule) {
        (Some(section), Some(schedule)) if section < schedule => {
            let label = chain.get(section).map_or("", |provision| &provision.label);
            format!("{}{}{label}{}", named(schedule).trim_end(), cues.citation.paragraph, below(section))
        }
        (Some(section), _) => format!("{}{}", named(section), below(section)),
        (None, Some(schedule)) => format!("{}{}", named(schedule).trim_end(), below(schedule)),
        (None, None) => {
            let items = below(chain.len());
            let container = chain
                .iter()
                .find(|provision| provision.kind == ProvisionKind::Container && !provision.label.is_empty());
            match container {
                Some(container) if items.is_empty() => name(container, cues),
                // An item of an appropriation, which stands in no section.
                Some(container) => format!("{} {items}", name(container, cues)),
                None => items,
            }
        }
    }
}

/// A provision above the subdivision by itself.
fn name(provision: &Provision, cues: &StructureCues) -> String {
    let rank = provision.rank.and_then(|rank| cues.ranks.get(usize::from(rank)));
    let cite = rank.map_or(cues.citation.section.as_str(), |rank| rank.cite.as_str());
    format!("{cite}{}", provision.label)
}
