//! Context: who must, may, must not, in the clause in which a match stands.
//!
//! The same words mean opposite things: a duty to decrypt, a ban on requiring decryption, a finding
//! that others decrypt. This module reads, for a match in a clause, the modality that governs it
//! and who bears it, so that no rule re-invents negation.

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
    /// the view's words; `None` where no subject can be made out.
    pub subject: Option<Range<usize>>,
    /// x
    pub obliged: Option<Range<usize>>,
    /// Whether the clause is a passive whose bearer is not named ("data shall be retained").
    pub passive: bool,
}

/// Reads the clause at the words `at` of `view`.
pub fn read(_view: &View<'_>, _at: Range<usize>, _language: &Language) -> Reading {
    Reading { modality: Modality::Statement, cue: None, subject: None, obliged: None, passive: false }
}
