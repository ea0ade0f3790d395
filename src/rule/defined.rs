//! The terms that one document defines, as patterns meet them.

use super::ClassId;

/// The longest term that is taken for one, in words.
pub const LONGEST_TERM: usize = 6;

/// Terms that a document defines, by the class that they extend: each a list of folded words.
#[derive(Clone, Debug, Default)]
pub struct DefinedTerms {
    terms: Vec<(ClassId, Vec<String>)>,
    /// With which first bytes they begin, a bit for each of 256 pairs; a quick look.
    beginnings: [u64; 4],
}

impl DefinedTerms {
    /// Adds a term, given as folded words, to a class; not one that is longer than [`LONGEST_TERM`].
    pub fn add(&mut self, class: ClassId, term: Vec<String>) {
        let Some(first) = term.first().filter(|_| term.len() <= LONGEST_TERM) else { return };
        if !self.terms.iter().any(|(id, words)| *id == class && *words == term) {
            let (index, bit) = place(first);
            if let Some(bits) = self.beginnings.get_mut(index) {
                *bits |= bit;
            }
            self.terms.push((class, term));
        }
    }

    /// Whether no term was added.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a term extends one of the classes.
    pub fn extends(&self, classes: &[ClassId]) -> bool {
        self.terms.iter().any(|(class, _)| classes.contains(class))
    }

    /// Whether a term may begin with `word`: if not, none does.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        let (index, bit) = place(word);
        self.beginnings.get(index).is_some_and(|bits| bits & bit != 0)
    }

    /// The terms that extend `class`.
    pub(super) fn of(&self, class: ClassId) -> impl Iterator<Item = &[String]> {
        self.terms.iter().filter(move |(id, _)| *id == class).map(|(_, term)| term.as_slice())
    }
}

/// The bit of a word.
fn place(word: &str) -> (usize, u64) {
    let mut bytes = word.bytes();
    let (first, second) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
    let bit = first.wrapping_mul(31).wrapping_add(second);
    (usize::from(bit >> 6), 1 << (bit & 63))
}
