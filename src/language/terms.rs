//! The two ways in which a clause is classified: its zone and its modality.

use serde::{Deserialize, Serialize};

/// In which part of a document a clause stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Text that binds.
    Operative,
    /// A definition: `"X" means`, or an entry of an interpretation section.
    Definition,
    /// Objects and purpose clauses of operative text.
    Purpose,
    /// Preamble, recitals, findings, "whereas", long title, enacting words.
    Recital,
    /// A heading.
    Heading,
    /// A table of contents or arrangement of sections.
    Contents,
    /// Explanatory notes, memoranda, editors' notes, forms.
    Note,
    /// Text that the draft deletes.
    Struck,
}

/// Who must, may or must not, in the clause in which a match stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// "shall", "must", "is required to"; also "no provider shall fail to".
    Duty,
    /// A duty or power in the form of a noun: "obligations relating to the removal of".
    NominalDuty,
    /// "may", "is empowered to", "has power to".
    Power,
    /// "nothing in this Part prevents an officer from requiring".
    PreservedPower,
    /// "commits an offence", "is liable to imprisonment".
    Offence,
    /// "no person shall use encryption without a licence": persons are forbidden.
    ProhibitionOnPersons,
    /// "a notice must not require", "no authority may": a power or a provider's duty is limited.
    LimitOnPower,
    /// "nothing in this Act shall be construed to require", "does not apply", "is not required to".
    Disclaimer,
    /// "means", "includes".
    Definition,
    /// "the purpose of this Act is to".
    Purpose,
    /// No word of duty or power governs: "a decision of the Authority is final".
    Statement,
}
