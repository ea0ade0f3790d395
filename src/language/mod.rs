//! A language of legislation, as data.
//!
//! [`Language`] is a plain value that is read from `rules/<tag>/language.toml` and handed to the
//! modules that read structure and context. No Rust file names a language or holds its words.

mod cue_finder;
mod modality;
mod phrases;
mod structure;
mod terms;

pub use modality::{CueKind, ModalityCues};
pub use phrases::Phrases;
pub use structure::{CitationForms, Cue, CueSet, Mark, Rank, RankKind, StructureCues};
pub use terms::{Modality, Zone};

use serde::{Deserialize, Serialize};

/// The words by which a language numbers, divides, obliges, allows and denies.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
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
    /// Those who decide over others, the most independent first: names of word classes.
    #[serde(default)]
    pub independence: Vec<Vec<String>>,
    /// How a measure is named that is granted elsewhere.
    #[serde(default)]
    pub mentions: Mentions,
}

/// How a measure is named that is granted elsewhere.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mentions {
    /// Words that point back: "the", "such".
    pub definite: Phrases,
    /// What measures are called: "order", "notice", "warrant".
    pub instruments: Phrases,
    /// What stands between a measure and where it is granted: "under section".
    pub elsewhere: Phrases,
}

/// How much of a text is looked at to tell its language, in bytes.
const SAMPLE: usize = 40_000;
/// The share of common words below which a text is in another language. Bills in English have more than
/// a third; what French or Spanish bills share with them is a twentieth.
const LEAST_SHARE: f64 = 0.12;
/// Of fewer words no language can be told.
const FEWEST_WORDS: u32 = 40;

impl Language {
    /// How likely the folded text is in this language, from 0 to 1: the share of its words that are
    /// common ones. `None` where the text is plainly in another. Its beginning is looked at, and where
    /// that is a list or a table, its middle.
    pub fn likelihood(&self, folded: &str) -> Option<f64> {
        let middle = folded.ceil_char_boundary(folded.len() / 2);
        let (share, all) = self.common_share(folded);
        let better = || folded.get(middle..).map(|rest| self.common_share(rest).0);
        let share = if share >= LEAST_SHARE { share } else { share.max(better().unwrap_or(0.0)) };
        (share >= LEAST_SHARE || all < FEWEST_WORDS).then_some(share)
    }

    /// The share of common words at the beginning of `folded`, and of how many words.
    fn common_share(&self, folded: &str) -> (f64, u32) {
        let sample = folded.get(..folded.floor_char_boundary(SAMPLE)).unwrap_or(folded);
        let words = sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let (mut common, mut all) = (0_u32, 0_u32);
        for word in words.filter(|word| word.contains(char::is_alphabetic)) {
            all += 1;
            common += u32::from(self.common.iter().any(|known| known == word));
        }
        (if all == 0 { 0.0 } else { f64::from(common) / f64::from(all) }, all)
    }
}
