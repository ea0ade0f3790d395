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
pub use structure::{CitationForms, Cue, CueSet, Mark, Rank, RankKind, StructureCues};
pub use terms::{Modality, Zone};

use serde::Deserialize;

/// The words by which a language numbers, divides, obliges, allows and denies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The language's own name.
    pub name: String,
    /// Words that make up much of any text in the language, by which it is told from others.
    #[serde(default)]
    pub common: Vec<String>,
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

/// How much of a text is looked at to tell its language, in bytes.
const SAMPLE: usize = 40_000;

impl Language {
    /// The share of words in the folded text that are common ones, between 0 and 1; only the text's
    /// beginning is looked at.
    pub fn share_of_common_words(&self, folded: &str) -> f64 {
        let mut end = folded.len().min(SAMPLE);
        while !folded.is_char_boundary(end) {
            end -= 1;
        }
        let words = folded[..end].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let (mut common, mut all) = (0_u32, 0_u32);
        for word in words {
            all += 1;
            common += u32::from(self.common.iter().any(|known| known == word));
        }
        if all == 0 { 0.0 } else { f64::from(common) / f64::from(all) }
    }
}
