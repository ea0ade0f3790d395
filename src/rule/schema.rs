//! The shape of rule files.
//!
//! One struct per table, as it is written: unknown keys are errors, and whatever a later check may
//! complain about knows its bytes in the file. Meaning is checked elsewhere.

use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::diagnostic::Severity;
use crate::language::{Modality, Zone};

use super::safeguard::Force;
use super::terms::{Confidence, Kind, Reach, Topic};

/// A string and its bytes in the file, quotes included.
pub(super) type Text = Spanned<String>;

/// `[pack]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) format: Spanned<i64>,
    pub(super) language: Text,
    pub(super) requires: Text,
    pub(super) topic: Option<Topic>,
}

/// `[class.NAME]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    pub(super) any: Vec<Text>,
    #[serde(default)]
    pub(super) open: bool,
    #[serde(default)]
    pub(super) extends: bool,
}

/// `[profile]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Profile {
    pub(super) title: Vec<Text>,
    pub(super) short_title: Vec<Text>,
    pub(super) clause: Vec<Text>,
    pub(super) recurring: Vec<Text>,
}

/// `[[rule]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) id: Text,
    #[serde(default)]
    pub(super) former: Vec<Text>,
    #[serde(default)]
    pub(super) replaces: bool,
    pub(super) title: String,
    #[serde(default = "presence")]
    pub(super) kind: Kind,
    pub(super) severity: Option<Spanned<Severity>>,
    #[serde(default = "high")]
    pub(super) confidence: Confidence,
    pub(super) recommendations: Spanned<Vec<Spanned<u64>>>,
    #[serde(default)]
    pub(super) authorities: Vec<Text>,
    pub(super) message: Text,
    pub(super) why: String,
    pub(super) help: Option<String>,
    #[serde(default, rename = "match")]
    pub(super) patterns: Match,
    #[serde(default)]
    pub(super) near: Vec<Near>,
    #[serde(default)]
    pub(super) unless: Vec<Text>,
    #[serde(default)]
    pub(super) unless_in_provision: Vec<Text>,
    #[serde(default)]
    pub(super) subject: Vec<Text>,
    #[serde(default)]
    pub(super) unless_subject: Vec<Text>,
    pub(super) context: Option<Context>,
    pub(super) zones: Option<Vec<Zone>>,
    #[serde(default)]
    pub(super) granted_here: bool,
    pub(super) near_power: Option<Reach>,
    pub(super) topic: Option<Topic>,
    pub(super) safeguard: Option<Text>,
    pub(super) force: Option<Spanned<Force>>,
    pub(super) missing: Option<Text>,
    pub(super) power: Option<Spanned<Power>>,
    pub(super) within: Option<Spanned<Reach>>,
    #[serde(default)]
    pub(super) shown_by: Vec<Text>,
    #[serde(default)]
    pub(super) cancelled_by: Vec<Text>,
    #[serde(default)]
    pub(super) softened_by: Vec<Softening>,
    #[serde(default)]
    pub(super) examples: Examples,
}

fn presence() -> Kind {
    Kind::Presence
}

fn high() -> Confidence {
    Confidence::High
}

/// `match` of a rule.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Match {
    pub(super) any: Vec<Text>,
    pub(super) regex: Vec<Text>,
    pub(super) struck_safeguards: bool,
}

/// One entry of `near`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Near {
    pub(super) any: Vec<Text>,
    pub(super) words: Option<u32>,
}

/// `power` of an absence rule.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Power {
    pub(super) topics: Vec<Topic>,
    pub(super) rules: Vec<Text>,
    pub(super) comprehensive: bool,
}

/// One entry of `softened_by`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Softening {
    pub(super) at_least: Spanned<usize>,
    pub(super) of: Vec<Text>,
}

/// `[rule.examples]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Examples {
    pub(super) flags: Option<Spanned<Vec<Text>>>,
    pub(super) passes: Option<Spanned<Vec<Text>>>,
}

/// `[[recommendation]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recommendation {
    pub(super) number: Spanned<u64>,
    pub(super) title: String,
    pub(super) source: String,
}

/// `[[principle]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Principle {
    pub(super) id: Text,
    pub(super) title: String,
    pub(super) source: String,
}

/// `[[authority]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Authority {
    pub(super) id: Text,
    pub(super) title: String,
}

/// `[[notice]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notice {
    pub(super) id: Text,
    pub(super) title: String,
    pub(super) severity: Severity,
    pub(super) message: Text,
    pub(super) why: String,
    pub(super) help: String,
}

/// `context`: a list of modalities, or "any", which is the empty list.
#[derive(Debug)]
pub(super) struct Context(pub(super) Vec<Modality>);

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Context, D::Error> {
        deserializer.deserialize_any(ContextVisitor)
    }
}

struct ContextVisitor;

impl<'de> Visitor<'de> for ContextVisitor {
    type Value = Context;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of modalities, or \"any\"")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Context, E> {
        if word == "any" { Ok(Context(Vec::new())) } else { Err(E::unknown_variant(word, &["any"])) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Context, A::Error> {
        let mut modalities = Vec::new();
        while let Some(modality) = items.next_element()? {
            modalities.push(modality);
        }
        if modalities.is_empty() {
            return Err(de::Error::invalid_length(0, &self));
        }
        Ok(Context(modalities))
    }
}
