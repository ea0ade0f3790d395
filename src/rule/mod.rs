//! Rules: what is looked for, as data.
//!
//! A rule is written in TOML (`rules/README.md` says every key), checked when it is loaded and
//! compiled once into a [`RuleSet`], which all threads share. Rules hold no code, Rust holds no rule
//! text.

mod beginning;
mod catalogue;
mod check;
mod classes;
mod compile;
mod defined;
mod error;
mod expression;
mod index;
mod kept;
mod lexicon;
mod lists;
mod literals;
mod load;
mod lookup;
mod matcher;
mod memo;
mod numbers;
mod parse;
mod pattern;
mod phrase;
mod phrase_compiler;
mod places;
mod safeguard;
mod schema;
mod table;
mod terms;
mod vocabulary;
mod ways;
mod words;

pub use defined::{DefinedTerms, LONGEST_TERM};
pub use error::{Mistake, PackError};
pub use expression::Expression;
pub use index::{Index, Target};
pub use kept::Kept;
pub use lexicon::{ClassId, ClassSource, Lexicon, LexiconError};
pub use lists::Lists;
pub use load::{FORMAT, PackFile};
pub use matcher::{Matcher, Scratch};
pub use pattern::{Pattern, PatternError};
pub use safeguard::{Absence, Force, Safeguarding, Softening};
pub use terms::{Confidence, Kind, Reach, Topic};
pub use vocabulary::{Token, Vocabulary};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::language::{Language, Modality, Zone};

/// Everything that a scan needs to know, shared by all threads.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RuleSet {
    /// One pack of rules per language.
    pub languages: Vec<LanguageRules>,
    /// The recommendations and principles that rules name.
    pub recommendations: Vec<Recommendation>,
    /// The principles that stand beside the recommendations.
    pub principles: Vec<Principle>,
    /// The instruments and cases that rules cite.
    pub authorities: Vec<Authority>,
    /// What is said of suppressions: rules that no document is held against.
    pub notices: Vec<Rule>,
    /// Names this set of rules: a digest over all rule files, 12 hexadecimal digits.
    pub digest: String,
}

/// The rules of one language.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct LanguageRules {
    /// The language's tag: `en`.
    pub tag: String,
    /// Its grammar.
    pub language: Language,
    /// Its word classes.
    pub lexicon: Lexicon,
    /// Its rules, sorted by id.
    pub rules: Vec<Rule>,
    /// The word classes that any rule names as a subject: those who may bear a duty or power.
    pub parties: Vec<ClassId>,
    /// What shows that a document is about communications, data, networks, identity or speech.
    pub profile: ProfileCues,
    /// By which words its patterns are looked for.
    pub index: Index,
}

/// One thing looked for.
#[derive(Debug, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// Kebab-case, the flaw: `mandated-decryption-capability`.
    pub id: String,
    /// Ids that this rule had before.
    pub former: Vec<String>,
    /// A line for lists.
    pub title: String,
    /// The subject that it belongs to.
    pub topic: Topic,
    /// What sort of rule it is.
    pub kind: Kind,
    /// What it says of safeguards.
    pub safeguarding: Safeguarding,
    /// How grave a finding is, before context lowers it.
    pub severity: Severity,
    /// How sure the engine is that a match means what the rule is about, before context lowers it.
    pub confidence: Confidence,
    /// Numbers of recommendations, 1 to 13, ascending as written.
    pub recommendations: Vec<u8>,
    /// Ids of authorities.
    pub authorities: Vec<String>,
    /// One line, lower-case, no full stop.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to write instead.
    pub help: String,
    /// Any of these must match.
    pub any: Vec<Pattern>,
    /// Raw regexes over the folded clause, lead-in left out; any of them may match instead.
    pub regex: Vec<Expression>,
    /// Whether a safeguard in text that the draft deletes is a match.
    pub struck_safeguards: bool,
    /// Each of these must occur near the match.
    pub near: Vec<Near>,
    /// None of these may occur in the clause.
    pub unless: Vec<Pattern>,
    /// None of these may occur in the section.
    pub unless_in_provision: Vec<Pattern>,
    /// Word classes one of which the bearer of the duty or power must be; empty if it does not matter.
    pub subject: Vec<ClassId>,
    /// Word classes none of which the subject of the duty or power may be.
    pub unless_subject: Vec<ClassId>,
    /// The modalities in which the rule fires; empty means all.
    pub context: Vec<Modality>,
    /// The zones in which the rule fires.
    pub zones: Vec<Zone>,
    /// Whether a match that only names a measure which is granted elsewhere is a note.
    pub granted_here: bool,
    /// How near a power over communications, data, devices, networks, identity or speech must stand.
    pub near_power: Option<Reach>,
    /// What must and must not fire.
    pub examples: Kept<Examples>,
}

impl Rule {
    /// Whether no document is held against it: it says something of suppressions, and so, unlike any
    /// other rule, stands on no recommendation.
    pub fn is_notice(&self) -> bool {
        self.recommendations.is_empty()
    }
}

/// Something that must stand near a match.
#[derive(Debug, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Near {
    /// Any of these.
    pub any: Vec<Pattern>,
    /// At most so many words away; `None`: anywhere in the clause.
    pub words: Option<u32>,
}

/// The examples of a rule, with `«»` around what must be reported.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Examples {
    /// Texts in which the rule fires, on the marked words.
    pub flags: Vec<String>,
    /// Texts in which it does not.
    pub passes: Vec<String>,
}

/// What shows that a document is about the rules' subject.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ProfileCues {
    /// Patterns of a title.
    pub title: Vec<Pattern>,
    /// After what a document says its own title: "may be cited as".
    pub short_title: Vec<Pattern>,
    /// Patterns of a clause.
    pub clause: Vec<Pattern>,
    /// Patterns of a clause that say something only where they come back throughout a document.
    pub recurring: Vec<Pattern>,
}

/// A recommendation of the Freedom Online Coalition.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Recommendation {
    /// 1 to 13.
    pub number: u8,
    /// A short title, in our words.
    pub title: String,
    /// Where it is published.
    pub source: String,
}

/// A principle that stands beside the recommendations: the definition of cybersecurity, the 2016
/// statement.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Principle {
    /// Kebab-case.
    pub id: String,
    /// A short title, in our words.
    pub title: String,
    /// Where it is published.
    pub source: String,
}

/// An instrument or case that a rule may cite.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Authority {
    /// Kebab-case: `iccpr-17`.
    pub id: String,
    /// As it is cited.
    pub title: String,
}
