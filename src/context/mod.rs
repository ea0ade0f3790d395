//! Context: who must, may, must not, in the clause in which a match stands.
//!
//! The same words mean opposite things: a duty to decrypt, a ban on requiring decryption, a finding
//! that others decrypt. This module reads, for a match in a clause, the modality that governs it
//! and who bears it, so that no rule re-invents negation.
//!
//! Four steps: mark the cues near the match (`cue`), find the subject of each (`predicate`),
//! choose the one that governs (`governing`), and judge what it amounts to (`verdict`). All
//! words are the language's; nothing here knows English.

mod aside;
mod cue;
mod denied;
mod governing;
mod mention;
mod predicate;
#[cfg(test)]
mod tests;
mod verdict;

pub use denied::is_denied;
pub use mention::is_mention;

use std::ops::Range;

use crate::language::{Language, Modality};
use crate::structure::View;

/// How a clause is read at a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Who must, may, must not.
    pub modality: Modality,
    /// The words of the cue that decided it ("shall"), as indices into the view's words.
    pub cue: Option<Range<usize>>,
    /// The words of the subject of that cue ("a provider of a messaging service"), as indices into
    /// the view's words; `None` where no subject can be made out. In a passive it is what is acted
    /// on, or, where the clause says by whom, that bearer.
    pub subject: Option<Range<usize>>,
    /// Whom the subject may or must make act: "a provider" in "the Minister may require a provider
    /// to disclose".
    pub obliged: Option<Range<usize>>,
    /// Whether the duty or power is not about the matched words but about a paper around them, an
    /// application or a report ("each application shall specify the data to be obtained"), or lies on
    /// one whom they only describe ("a person who makes a copy of data must erase it").
    pub aside: bool,
    /// Whether the clause is a passive whose bearer is not named ("data shall be retained").
    pub passive: bool,
}

impl Reading {
    /// Those who bear the duty or power: a rule that names its subject is met if any of them is
    /// one. Empty where the bearer cannot be made out.
    pub fn bearers(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.subject.iter().filter(|_| !self.passive).chain(&self.obliged).cloned()
    }
}

/// Reads the clause at the words `at` of `view`. Costs the same however long the clause is: only
/// words near the match are looked at.
pub fn read(view: &View<'_>, at: Range<usize>, language: &Language) -> Reading {
    let marked = cue::Marked::new(view, &at, language);
    let predicates = predicate::predicates(&marked);
    match governing::governing(&marked, &predicates, &at) {
        Some(predicate) => verdict::of_predicate(&marked, predicate, &at),
        None => verdict::of_noun(&marked, &at),
    }
}
