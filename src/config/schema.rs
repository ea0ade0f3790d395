//! The shape of a configuration file: one struct per table, as it is written.

use serde::Deserialize;
use toml::Spanned;

use super::{FailOn, Level};
use crate::reader::{Format, TrackedChanges};
use crate::rule::Confidence;

/// A string and its bytes in the file, quotes included.
pub(super) type Text = Spanned<String>;

/// What a file, or an override in it, chooses for documents. What is not there is not chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    pub(super) select: Option<Vec<Text>>,
    pub(super) ignore: Vec<Text>,
    pub(super) severity: Vec<(Text, Spanned<Level>)>,
    pub(super) language: Option<Text>,
    pub(super) choices: Choices,
}

/// Choices that need no rules to be understood; on the command line the same. `None`: not chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Nothing less sure is reported.
    pub min_confidence: Option<Confidence>,
    /// What fails the run.
    pub fail_on: Option<FailOn>,
    /// What tracked changes become.
    pub changes: Option<TrackedChanges>,
    /// Whether page furniture stays in the text.
    pub keep_furniture: Option<bool>,
    /// The largest file that is read, in bytes.
    pub max_file_size: Option<u64>,
    /// Whether strengths are listed.
    pub strengths: Option<bool>,
}

impl Choices {
    /// These, and where nothing is chosen those of `below`.
    #[must_use]
    pub fn over(self, below: Choices) -> Choices {
        Choices {
            min_confidence: self.min_confidence.or(below.min_confidence),
            fail_on: self.fail_on.or(below.fail_on),
            changes: self.changes.or(below.changes),
            keep_furniture: self.keep_furniture.or(below.keep_furniture),
            max_file_size: self.max_file_size.or(below.max_file_size),
            strengths: self.strengths.or(below.strengths),
        }
    }
}

/// `changes`, as it is written.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Changes {
    Accepted,
    Original,
}

impl From<Changes> for TrackedChanges {
    fn from(changes: Changes) -> TrackedChanges {
        match changes {
            Changes::Accepted => TrackedChanges::Accepted,
            Changes::Original => TrackedChanges::Original,
        }
    }
}

/// `furniture`, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Furniture {
    Keep,
    Omit,
}

/// A format, as reports write it.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NamedFormat {
    Text,
    Markdown,
    Xml,
    Html,
    Docx,
    Odt,
    Rtf,
    Pdf,
}

impl From<NamedFormat> for Format {
    fn from(named: NamedFormat) -> Format {
        match named {
            NamedFormat::Text => Format::Text,
            NamedFormat::Markdown => Format::Markdown,
            NamedFormat::Xml => Format::Xml,
            NamedFormat::Html => Format::Html,
            NamedFormat::Docx => Format::Docx,
            NamedFormat::Odt => Format::Odt,
            NamedFormat::Rtf => Format::Rtf,
            NamedFormat::Pdf => Format::Pdf,
        }
    }
}
