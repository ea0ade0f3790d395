//! The cues of duty, power and denial.

use serde::Deserialize;

/// The cues by which a clause's modality is read. Every list holds fixed phrases.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModalityCues {}
