//! The words by which provisions, sentences and regions are told apart.

use serde::Deserialize;

/// Numbering words, headings and abbreviations of a language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StructureCues {}
