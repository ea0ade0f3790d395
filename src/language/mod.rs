//! A language of legislation, as data.
//!
//! [`Language`] is a plain value that is read from `rules/<tag>/language.toml` and handed to the
//! modules that read structure and context. No Rust file names a language or holds its words.

mod modality;
mod phrases;
mod structure;
mod terms;

pub use modality::{CueKind, ModalityCues};
pub use phrases::Phrases;
pub use structure::StructureCues;
pub use terms::{Modality, Zone};

use serde::Deserialize;

/// The words by which a language numbers, divides, obliges, allows and denies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The language's own name.
    pub name: String,
    /// Endings after an apostrophe that belong to the word before: "s" in English.
    #[serde(default)]
    pub possessive: Vec<String>,
    /// How verbs are inflected for `word~` in patterns: pairs of (ending taken off, ending put on).
    #[serde(default)]
    pub inflections: Vec<(String, String)>,
    /// How provisions, sentences and regions are told apart.
    #[serde(default)]
    pub structure: StructureCues,
    /// Who must, may, must not.
    #[serde(default)]
    pub modality: ModalityCues,
}
