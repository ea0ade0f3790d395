//! The fixed vocabularies of a rule: its topic, kind, confidence and reach.

use serde::{Deserialize, Serialize};

/// The subject that a rule belongs to. The names are a contract with consumers of the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it; rules/README.md describes each")]
pub enum Topic {
    Encryption,
    Surveillance,
    Retention,
    Hacking,
    Identity,
    Network,
    Expression,
    Intermediary,
    Research,
    Oversight,
    Process,
    Definition,
    Incident,
    CrossBorder,
    Groups,
    Framing,
    Capacity,
}

impl Topic {
    /// Whether a rule of this topic that fires shows a power over communications, data, devices,
    /// networks, identity or speech, as rules of governance need one near.
    pub fn is_power(self) -> bool {
        match self {
            Topic::Encryption
            | Topic::Surveillance
            | Topic::Retention
            | Topic::Hacking
            | Topic::Identity
            | Topic::Network
            | Topic::Expression
            | Topic::Intermediary
            | Topic::Incident => true,
            Topic::Research
            | Topic::Oversight
            | Topic::Process
            | Topic::Definition
            | Topic::CrossBorder
            | Topic::Groups
            | Topic::Framing
            | Topic::Capacity => false,
        }
    }
}

/// What sort of rule it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A clause that is there and conflicts.
    Presence,
    /// A safeguard that a power needs and that is not there.
    Absence,
    /// How the bill defines a term.
    Definition,
    /// How the bill sets rights and security against each other.
    Framing,
    /// A safeguard or good practice that is there; never counted as a problem.
    Strength,
}

/// How sure the engine is that a clause means what the rule is about, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

impl Confidence {
    /// One step less sure.
    #[must_use]
    pub fn lowered(self) -> Confidence {
        match self {
            Confidence::High => Confidence::Medium,
            Confidence::Medium | Confidence::Low => Confidence::Low,
        }
    }
}

/// How near to a clause something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// In the same section or article.
    Provision,
    /// In the same part, chapter or schedule.
    Part,
    /// Anywhere in the document.
    Document,
}
