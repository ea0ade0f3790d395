//! Named word classes (stub).
use super::PatternError;

/// Names a class.
pub type ClassId = u16;

/// The classes of a language.
#[derive(Debug, Default)]
pub struct Lexicon {}

/// The source of one class.
#[derive(Clone, Debug)]
pub struct ClassSource {
    /** name */
    pub name: String,
    /** its phrases */
    pub entries: Vec<String>,
    /** whether a document's own definitions can extend it */
    pub open: bool,
}

/// What is wrong in which entry of which class.
#[derive(Clone, Debug)]
pub struct LexiconError {
    /** index */
    pub class: usize,
    /** index; None for the class as a whole (a cycle) */
    pub entry: Option<usize>,
    /** what */
    pub error: PatternError,
}

impl Lexicon {
    /// Compiles all classes of a language; `inflections` are the language's (ending off, ending on).
    pub fn compile(
        _classes: &[ClassSource],
        _inflections: &[(String, String)],
    ) -> Result<Lexicon, Vec<LexiconError>> {
        Ok(Lexicon::default())
    }
    /// The class of that name.
    pub fn class(&self, _name: &str) -> Option<ClassId> {
        None
    }
}
