//! The document profile: where the document speaks of the rules' subject.
//!
//! "If the Minister is satisfied", "notwithstanding any other law", "appointed by the Minister" stand
//! in every farm bill. They matter where a power over communications, data, devices, networks,
//! identity or speech stands near. The profile knows, section by section, where such a power was found
//! or where the profile's cues (`rules/<tag>/profile.toml`) stand. No single key decides: a title, a
//! confirmed power or enough sections open the whole document; where only little speaks for it, the
//! gate is unsure, and what is unsure is downgraded, never silenced. Words that say little in one section
//! ("terrorist act", "biometric") count where they come back in one section after the other.
//!
//! It weighs the powers themselves too. Words that make a power in a telecommunications act are an accident
//! in a solar farm order ("before any such application is made"), so a finding does not confirm its own
//! section: outside sections with a cue, in a document that is not about the subject, it is a note.

use std::collections::BTreeSet;

use crate::rule::{ProfileCues, Reach, Target};
use crate::structure::{ProvisionKind, Structure};

/// So many sections about the subject make a document about it, if they are a share of it too.
const SECTIONS: usize = 3;
/// One section in so many.
const SHARE: usize = 12;
/// Fewer than one section in so many say nothing of the rest of a document: every long act has a
/// clause on electronic notices somewhere.
const LEAST_SHARE: usize = 60;

/// So many sections with words that come back make a document about the subject, if they are a share of it too.
const RECURRING: usize = 4;
/// One section in so many.
const RECURRING_SHARE: usize = 3;

/// So many words are a clause or two that somebody holds up, not a bill: they need no cue beside the power.
const FRAGMENT: usize = 250;

/// What a cue says of its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// That it is about the subject.
    Clause,
    /// Nothing, unless such words come back in one section after the other.
    Recurring,
}

impl Cue {
    /// What the cue says that `target` names, a pattern of `profile`.
    pub(super) fn of(target: Target, profile: &ProfileCues) -> Cue {
        if target.pattern < profile.clause.len() { Cue::Clause } else { Cue::Recurring }
    }
}

/// Where a document speaks of the subject.
#[derive(Debug, Default)]
pub(super) struct Profile {
    title: bool,
    /// Sections in which a cue or a power stands.
    sections: BTreeSet<Option<usize>>,
    /// Those in which a cue stands: a power alone may be a lexical accident.
    cued: BTreeSet<Option<usize>>,
    containers: BTreeSet<Option<usize>>,
    /// Those in which a recurring cue stands.
    recurring: BTreeSet<Option<usize>>,
    /// How many sections the document has.
    total: usize,
    /// Whether it is too short to say what it is about.
    is_fragment: bool,
}

/// Whether a power stands near enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    Open,
    Unsure,
    Shut,
}

impl Profile {
    pub(super) fn new(structure: &Structure, title: bool, words: usize) -> Profile {
        let sections: BTreeSet<Option<usize>> =
            structure.passages.iter().flat_map(|passage| sections(structure, passage.provision())).collect();
        Profile { title, total: sections.len(), is_fragment: words <= FRAGMENT, ..Profile::default() }
    }

    /// Notes that a cue of the subject stands in the passage of `provision`.
    pub(super) fn mark_cue(&mut self, structure: &Structure, provision: Option<usize>, cue: Cue) {
        match cue {
            Cue::Clause => {
                self.cued.extend(sections(structure, provision));
                self.mark_power(structure, provision);
            }
            Cue::Recurring => self.recurring.extend(sections(structure, provision)),
        }
    }

    /// Notes that a power over the subject was found in the passage of `provision`.
    pub(super) fn mark_power(&mut self, structure: &Structure, provision: Option<usize>) {
        self.sections.extend(sections(structure, provision));
        self.containers.insert(container(structure, provision));
    }

    /// Whether nothing new would be said by a cue in the section of `provision`.
    pub(super) fn knows(&self, structure: &Structure, provision: Option<usize>, cue: Cue) -> bool {
        let known = |section| self.cued.contains(&section) || self.recurring.contains(&section);
        match cue {
            Cue::Clause => {
                self.containers.contains(&container(structure, provision))
                    && sections(structure, provision).all(|section| self.cued.contains(&section))
            }
            Cue::Recurring => sections(structure, provision).all(known),
        }
    }

    /// Whether a power stands within `reach` of `provision`.
    pub(super) fn gate(&self, structure: &Structure, provision: Option<usize>, reach: Reach) -> Gate {
        let document = self.at_large();
        let near = match reach {
            Reach::Provision => self.sections.contains(&section(structure, provision)),
            Reach::Part => self.containers.contains(&container(structure, provision)),
            Reach::Document => document == Gate::Open,
        };
        match (near, document) {
            (true, _) => Gate::Open,
            (false, Gate::Open | Gate::Unsure) => Gate::Unsure,
            (false, Gate::Shut) => Gate::Shut,
        }
    }

    /// Whether `provision` stands in a section about the subject, or in a document about it. What was
    /// found there does not speak for itself.
    pub(super) fn home(&self, structure: &Structure, provision: Option<usize>) -> Gate {
        if self.cued.contains(&section(structure, provision)) { Gate::Open } else { self.at_large() }
    }

    /// Whether a match anywhere in the document speaks of the subject: also where its words come back in one
    /// section after the other. That is too little to say that such a document lacks a safeguard.
    fn at_large(&self) -> Gate {
        let recurs = self.recurring.union(&self.cued).count();
        let recurring = recurs >= RECURRING && recurs * RECURRING_SHARE >= self.total;
        if recurring { Gate::Open } else { self.document() }
    }

    /// Whether the document is about the subject.
    pub(super) fn document(&self) -> Gate {
        let marked = self.sections.len();
        let is_cued = !self.cued.is_empty();
        if self.title
            || is_cued && marked >= SECTIONS && marked * SHARE >= self.total
            || marked > 0 && self.total <= SECTIONS && (is_cued || self.is_fragment)
        {
            Gate::Open
        } else if is_cued && marked * LEAST_SHARE >= self.total {
            Gate::Unsure
        } else {
            Gate::Shut
        }
    }
}

fn section(structure: &Structure, provision: Option<usize>) -> Option<usize> {
    provision.map(|provision| structure.section_of(provision))
}

/// The section that `provision` stands in, and, where the draft inserts it into another law, the
/// draft's own section around it: short bills that amend hold most of their sections so.
fn sections(structure: &Structure, provision: Option<usize>) -> impl Iterator<Item = Option<usize>> {
    let inner = section(structure, provision);
    let above = inner
        .and_then(|inner| structure.upwards(inner).nth(1))
        .map(|above| structure.section_of(above))
        .filter(|above| {
            let kind = structure.provisions.get(*above).map(|provision| provision.kind);
            matches!(kind, Some(ProvisionKind::Section | ProvisionKind::Article))
        });
    std::iter::once(inner).chain(above.map(Some))
}

fn container(structure: &Structure, provision: Option<usize>) -> Option<usize> {
    provision.and_then(|provision| structure.container_of(provision))
}
