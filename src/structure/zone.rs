//! Zones: which passages define, state a purpose, or recite.
//!
//! Headings, contents, notes and what stands before the first section are known from the layout. Here
//! the rest is told by the heading of its section, by how it opens, and by what leads in to it.

use super::layout::Marks;
use super::{Passage, Provision, ProvisionKind};
use crate::language::{Cue, Zone};
use crate::text::Span;

/// Sets the zones of operative passages.
pub(super) fn classify(text: &str, marks: Marks<'_>, provisions: &[Provision], passages: &mut [Passage]) {
    let sections = section_zones(text, marks, provisions);
    for index in 0..passages.len() {
        let Some(passage) = passages.get(index).filter(|passage| passage.zone == Zone::Operative) else {
            continue;
        };
        let led = passage.lead.and_then(|lead| passages.get(lead)).map(|lead| lead.zone);
        let section = passage.provision.and_then(|provision| sections.get(provision).copied().flatten());
        let zone = match (led, section) {
            (Some(zone @ (Zone::Definition | Zone::Purpose | Zone::Recital)), _) => zone,
            (_, Some(zone @ (Zone::Purpose | Zone::Recital))) => zone,
            (_, Some(_)) if is_in_definitions(text, marks, passage) => Zone::Definition,
            _ => opening_zone(text, marks, passage.span),
        };
        if let Some(passage) = passages.get_mut(index) {
            passage.zone = zone;
        }
    }
}

/// The zone that the heading of its section or container gives each provision.
fn section_zones(text: &str, marks: Marks<'_>, provisions: &[Provision]) -> Vec<Option<Zone>> {
    let mut zones: Vec<Option<Zone>> = Vec::with_capacity(provisions.len());
    for provision in provisions {
        let above = provision.parent.and_then(|parent| zones.get(parent).copied().flatten());
        let divides = provision.kind != ProvisionKind::Subdivision;
        let own =
            provision.heading.filter(|_| divides).and_then(|heading| heading_zone(text, marks, heading));
        let own = own.filter(|zone| {
            *zone == Zone::Definition || provision.kind >= ProvisionKind::Section || is_unnumbered(provision)
        });
        zones.push(own.or(above));
    }
    zones
}

fn is_unnumbered(provision: &Provision) -> bool {
    provision.label.is_empty()
}

fn heading_zone(text: &str, marks: Marks<'_>, heading: Span) -> Option<Zone> {
    let opens = |cue| marks.opens(text, heading, cue);
    let whole = |found: Span| !Span::new(found.end, heading.end).of(text).contains(char::is_alphanumeric);
    if opens(Cue::PurposeHeading).is_some_and(whole) {
        return Some(Zone::Purpose);
    }
    if opens(Cue::RecitalHeading).is_some() {
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
