//! The phrase language (stub).
use super::Lexicon;
use std::ops::Range;

/// A compiled phrase.
#[derive(Clone, Debug)]
pub struct Pattern {}

/// What is wrong with a phrase, and where in it (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /** Bytes of the phrase. */
    pub at: Range<usize>,
    /** Lower-case, no full stop. */
    pub message: String,
}

/// Holds patterns against the words of a clause.
#[derive(Debug)]
pub struct Matcher {}

impl Pattern {
    /// Compiles a phrase; `Err` says what is wrong and where in it.
    pub fn parse(_phrase: &str, _lexicon: &Lexicon) -> Result<Pattern, PatternError> {
        Ok(Pattern {})
    }
}
