//! Zones: which passages define, state a purpose, or recite.
//!
//! Headings, contents, notes and what stands before the first section are known from the layout. Here
//! the rest is told by the heading of its section, by how it opens, and by what leads in to it.

use super::layout::Marks;
use super::marked::Marking;
use super::{Passage, Provision, ProvisionKind};
use crate::language::{Cue, Zone};
use crate::text::Span;

/// Sets the zones of operative passages.
pub(super) fn classify(
    text: &str,
    marks: Marks<'_>,
    marking: Marking,
    provisions: &[Provision],
    passages: &mut [Passage],
) {
    let sections = section_zones(text, marks, marking, provisions);
    for index in 0..passages.len() {
        let Some(passage) = passages.get(index).filter(|passage| passage.zone == Zone::Operative) else {
            continue;
        };
        let led = passage.lead().and_then(|lead| passages.get(lead)).map(|lead| lead.zone);
        let section = passage.provision().and_then(|provision| sections.get(provision).copied().flatten());
        let zone = match (led, section) {
            (Some(zone @ (Zone::Definition | Zone::Purpose | Zone::Recital)), _) => zone,
            (_, Some(zone @ (Zone::Purpose | Zone::Recital | Zone::Note))) => zone,
            (_, Some(_)) if is_in_definitions(text, marks, passage) => Zone::Definition,
            _ if verb_follows(text, marks, passages, index) => Zone::Definition,
            _ => opening_zone(text, marks, passage.span),
        };
        if let Some(passage) = passages.get_mut(index) {
            passage.zone = zone;
        }
    }
}

/// The zone that the heading of its section gives each provision, or a heading without sections
/// below it.
fn section_zones(
    text: &str,
    marks: Marks<'_>,
    marking: Marking,
    provisions: &[Provision],
) -> Vec<Option<Zone>> {
    let zone_of = |heading| heading_zone(text, marks, heading);
    let mut zones: Vec<Option<Zone>> = Vec::with_capacity(provisions.len());
    for provision in provisions {
        let above = provision.parent().and_then(|parent| zones.get(parent).copied().flatten());
        let zone = match provision.kind {
            ProvisionKind::Subdivision if marking == Marking::Whole => {
                provision.heading.and_then(zone_of).or(above)
            }
            ProvisionKind::Subdivision => above,
            ProvisionKind::Section | ProvisionKind::Article => provision.heading.and_then(zone_of),
            ProvisionKind::Container | ProvisionKind::Schedule => {
                provision.heading.filter(|_| provision.label.is_empty()).and_then(zone_of)
            }
        };
        zones.push(zone);
    }
    zones
}

/// The zone that a heading announces.
pub(super) fn heading_zone(text: &str, marks: Marks<'_>, heading: Span) -> Option<Zone> {
    let opens = |cue| marks.opens(text, heading, cue);
    let whole = |found: Span| !Span::new(found.end, heading.end).of(text).contains(char::is_alphanumeric);
    if opens(Cue::PurposeHeading).is_some_and(whole) {
        return Some(Zone::Purpose);
    }
    if opens(Cue::RepealedHeading).is_some_and(whole) {
        return Some(Zone::Note);
    }
    if marks.names(text, heading, Cue::RecitalHeading) {
        return Some(Zone::Recital);
    }
    opens(Cue::DefinitionHeading).map(|_| Zone::Definition)
}

/// Whether a passage of a section of definitions defines: it says so, or it is a lead-in or an item
/// without a verb.
fn is_in_definitions(text: &str, marks: Marks<'_>, passage: &Passage) -> bool {
    let body = passage.span.of(text);
    let leads = body.ends_with([':', '\u{2014}', '\u{2013}', '-', ',']);
    leads || marks.has(passage.span, Cue::Means) || !marks.has(passage.span, Cue::Verb)
}

/// Whether the passage names a term and its items bring the verb: "the term X—", "(A) means".
fn verb_follows(text: &str, marks: Marks<'_>, passages: &[Passage], index: usize) -> bool {
    let (Some(passage), Some(next)) = (passages.get(index), passages.get(index + 1)) else { return false };
    let term = passage.span.len() <= 300
        && (marks.has(passage.span, Cue::Term) || passage.span.of(text).contains(is_double_quote));
    next.lead() == Some(index) && term && marks.opens(text, next.span, Cue::Means).is_some()
}

fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201f}')
}

/// The zone that the first words of a passage show.
fn opening_zone(text: &str, marks: Marks<'_>, span: Span) -> Zone {
    if marks.opens(text, span, Cue::Purpose).is_some() {
        return Zone::Purpose;
    }
    if marks.opens(text, span, Cue::Recital).is_some() {
        return Zone::Recital;
    }
    if super::definition::find(text, marks, span, false).is_some() {
        Zone::Definition
    } else {
        Zone::Operative
    }
}
