//! What can be wrong with a rule file, and how the author is told.
//!
//! Every mistake is declared here with its code, message, label and notes, so that the wording stands
//! in one place. A [`PackError`] adds the file and the bytes of it that are at fault, and becomes a
//! [`Diagnostic`] that any report can draw.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::Span;

use super::check;
use super::load::{FORMAT, VERSION};

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// Name of the file, as it was given.
    pub file_name: String,
    /// The file's whole text.
    pub file_text: Arc<str>,
    /// The bytes of the file that are at fault, on character boundaries.
    pub span: Span,
    /// What is wrong with them.
    pub mistake: Mistake,
}

impl PackError {
    pub(super) fn new(
        file_name: &str,
        file_text: &Arc<str>,
        at: Range<usize>,
        mistake: Mistake,
    ) -> PackError {
        let end = file_text.floor_char_boundary(at.end);
        let start = file_text.floor_char_boundary(at.start.min(end));
        let span = Span::from(start..end);
        PackError { file_name: file_name.to_owned(), file_text: Arc::clone(file_text), span, mistake }
    }

    /// The error with everything that a report needs to draw it.
    pub fn to_diagnostic(&self) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: self.mistake.code(),
            message: self.mistake.message(),
            file_name: self.file_name.clone(),
            file_text: Arc::clone(&self.file_text),
            primary: Label { span: self.span, text: self.mistake.label() },
            notes: self.mistake.note().into_iter().collect(),
        }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.file_name, self.mistake.message(), self.mistake.code())
    }
}

impl std::error::Error for PackError {}

/// What is wrong in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mistake {
    /// Not TOML.
    Syntax(String),
    /// A key that means nothing here; what may stand here.
    UnknownKey(String, Option<String>),
    /// A key that has to be here.
    MissingKey(&'static str, String),
    /// A word outside of a fixed vocabulary; what may stand here.
    UnknownValue(String, Option<String>),
    /// A value of another type.
    WrongType(String),
    /// No `[pack]`.
    MissingPack,
    /// Something stands before `[pack]`.
    PackNotFirst,
    /// The format of the file, and the rightslint that it says it needs.
    NewerFormat(i64, Option<String>),
    /// The version that the pack needs.
    NewerVersion(String),
    /// `requires` that cannot be read.
    BadRequirement(String),
    /// A name that is no kebab-case.
    NotKebabCase(String),
    /// Rules in a file without a topic.
    MissingTopic,
    /// Rules or classes of a language without `[language]`.
    MissingLanguage(String),
    /// A second `[language]`: the language, and where the first stands.
    DuplicateLanguage(String, String),
    /// A second class of a name: the name, and where the first stands.
    DuplicateClass(String, String),
    /// `extends` of a class that is not there.
    ExtendsNothing(String),
    /// A second entry of an id: what it names, the id, and where the first stands.
    DuplicateId(&'static str, String, String),
    /// `replaces` of a rule that is not there.
    ReplacesNothing(String),
    /// A phrase that cannot be read.
    BadPhrase(String),
    /// A class that nobody defines, and one of a like name.
    UnknownClass(String, Option<String>),
    /// Classes that contain each other.
    ClassCircle(String),
    /// U+0008, from "\b" in a basic string.
    Backspace,
    /// A phrase that cannot be searched for.
    PhraseWithoutLiteral,
    /// A regex that cannot be read.
    BadRegex(String),
    /// A regex that cannot be searched for.
    RegexWithoutLiteral,
    /// A regex with a letter that no folded text has.
    CapitalInRegex(char),
    /// A rule that looks for nothing.
    NoPattern,
    /// A message that begins with a capital.
    CapitalMessage,
    /// A message that ends with a full stop.
    MessageFullStop,
    /// A message of more than one line.
    MessageLineBreak,
    /// A rule that names no recommendation.
    NoRecommendation,
    /// A number that no recommendation has.
    UnknownRecommendation(u64),
    /// An authority that nobody defines, and one of a like id.
    UnknownAuthority(String, Option<String>),
    /// A safeguard outside of the fixed list, and one of a like name.
    UnknownSafeguard(String, Option<String>),
    /// A safeguard on a rule that shows none.
    SafeguardOnProblem,
    /// A key that means nothing for a rule of this kind.
    KeyOfOtherKind(&'static str),
    /// A rule that nobody defines, and one of a like id.
    UnknownRule(String, Option<String>),
    /// A strength that is graver than a note.
    GraveStrength,
    /// Too few `flags` or `passes`, and how many there are.
    TooFewExamples(&'static str, usize),
    /// An example of what fires that does not say where.
    UnmarkedExample,
    /// A « without its », or the other way round, or nothing between them.
    UnbalancedMarks,
}

impl Mistake {
    /// Stable name of the mistake: `pack::unknown-key`.
    pub fn code(&self) -> &'static str {
        match self {
            Mistake::Syntax(_) => "pack::syntax",
            Mistake::UnknownKey(..) => "pack::unknown-key",
            Mistake::MissingKey(..) => "pack::missing-key",
            Mistake::UnknownValue(..) => "pack::unknown-value",
            Mistake::WrongType(_) => "pack::wrong-type",
            Mistake::MissingPack => "pack::missing-pack",
            Mistake::PackNotFirst => "pack::pack-not-first",
            Mistake::NewerFormat(..) => "pack::newer-format",
            Mistake::NewerVersion(_) => "pack::newer-version",
            Mistake::BadRequirement(_) => "pack::bad-requirement",
            Mistake::NotKebabCase(_) => "pack::not-kebab-case",
            Mistake::MissingTopic => "pack::missing-topic",
            Mistake::MissingLanguage(_) => "pack::missing-language",
            Mistake::DuplicateLanguage(..) => "pack::duplicate-language",
            Mistake::DuplicateClass(..) => "pack::duplicate-class",
            Mistake::ExtendsNothing(_) => "pack::extends-nothing",
            Mistake::DuplicateId(..) => "pack::duplicate-id",
            Mistake::ReplacesNothing(_) => "pack::replaces-nothing",
            Mistake::BadPhrase(_) => "pack::bad-phrase",
            Mistake::UnknownClass(..) => "pack::unknown-class",
            Mistake::ClassCircle(_) => "pack::class-circle",
            Mistake::Backspace => "pack::backspace",
            Mistake::PhraseWithoutLiteral => "pack::phrase-without-literal",
            Mistake::BadRegex(_) => "pack::bad-regex",
            Mistake::RegexWithoutLiteral => "pack::regex-without-literal",
            Mistake::CapitalInRegex(_) => "pack::capital-in-regex",
            Mistake::NoPattern => "pack::no-pattern",
            Mistake::CapitalMessage => "pack::capital-message",
            Mistake::MessageFullStop => "pack::message-full-stop",
            Mistake::MessageLineBreak => "pack::message-line-break",
            Mistake::NoRecommendation => "pack::no-recommendation",
            Mistake::UnknownRecommendation(_) => "pack::unknown-recommendation",
            Mistake::UnknownAuthority(..) => "pack::unknown-authority",
            Mistake::UnknownSafeguard(..) => "pack::unknown-safeguard",
            Mistake::SafeguardOnProblem => "pack::safeguard-on-problem",
            Mistake::KeyOfOtherKind(_) => "pack::key-of-other-kind",
            Mistake::UnknownRule(..) => "pack::unknown-rule",
            Mistake::GraveStrength => "pack::grave-strength",
            Mistake::TooFewExamples(..) => "pack::too-few-examples",
            Mistake::UnmarkedExample => "pack::unmarked-example",
            Mistake::UnbalancedMarks => "pack::unbalanced-marks",
        }
    }

    /// One line, lower-case, no full stop.
    pub fn message(&self) -> String {
        match self {
            Mistake::Syntax(what) => format!("this is not TOML: {what}"),
            Mistake::UnknownKey(key, _) => format!("unknown key `{key}`"),
            Mistake::MissingKey(what, key) => format!("{what} needs the key `{key}`"),
            Mistake::UnknownValue(value, _) => format!("unknown value `{value}`"),
            Mistake::WrongType(what) => format!("a value of the wrong type: {what}"),
            Mistake::MissingPack => "a rule file needs `[pack]`".to_owned(),
            Mistake::PackNotFirst => "`[pack]` has to stand first".to_owned(),
            Mistake::NewerFormat(format, needs) => match needs {
                Some(needs) => format!("rule format {format} needs rightslint {needs}; this is {VERSION}"),
                None => format!("rule format {format} needs a newer rightslint; this is {VERSION}"),
            },
            Mistake::NewerVersion(needs) => format!("this pack needs rightslint {needs}; this is {VERSION}"),
            Mistake::BadRequirement(what) => format!("`{what}` does not name a version"),
            Mistake::NotKebabCase(name) => format!("`{name}` is not kebab-case"),
            Mistake::MissingTopic => "a file with rules needs a topic".to_owned(),
            Mistake::MissingLanguage(tag) => format!("no file describes the language `{tag}`"),
            Mistake::DuplicateLanguage(tag, _) => format!("the language `{tag}` is described twice"),
            Mistake::DuplicateClass(name, _) => format!("the class `{name}` is defined twice"),
            Mistake::ExtendsNothing(name) => format!("there is no class `{name}` to extend"),
            Mistake::DuplicateId(what, id, _) => format!("the {what} `{id}` is there twice"),
            Mistake::ReplacesNothing(id) => format!("there is no rule `{id}` to replace"),
            Mistake::BadPhrase(what) | Mistake::ClassCircle(what) => what.clone(),
            Mistake::UnknownClass(name, _) => format!("unknown class `{name}`"),
            Mistake::Backspace => "a backspace character in a pattern".to_owned(),
            Mistake::PhraseWithoutLiteral => "this phrase has no fixed word to search for".to_owned(),
            Mistake::BadRegex(what) => format!("this regex cannot be read: {what}"),
            Mistake::RegexWithoutLiteral => "this regex has no fixed text to search for".to_owned(),
            Mistake::CapitalInRegex(letter) => format!("`{letter}` never stands in a folded clause"),
            Mistake::NoPattern => "this rule looks for nothing".to_owned(),
            Mistake::CapitalMessage => "a message begins in lower case".to_owned(),
            Mistake::MessageFullStop => "a message ends without a full stop".to_owned(),
            Mistake::MessageLineBreak => "a message is one line".to_owned(),
            Mistake::NoRecommendation => "a rule names at least one recommendation".to_owned(),
            Mistake::UnknownRecommendation(number) => format!("there is no recommendation {number}"),
            Mistake::UnknownAuthority(id, _) => format!("unknown authority `{id}`"),
            Mistake::UnknownSafeguard(name, _) => format!("unknown safeguard `{name}`"),
            Mistake::SafeguardOnProblem => "only a strength shows a safeguard".to_owned(),
            Mistake::KeyOfOtherKind(key) => format!("`{key}` means nothing for a rule of this kind"),
            Mistake::UnknownRule(id, _) => format!("unknown rule `{id}`"),
            Mistake::GraveStrength => "a strength is always a note".to_owned(),
            Mistake::TooFewExamples(what, count) => format!("a rule needs two `{what}`, this has {count}"),
            Mistake::UnmarkedExample => "this example does not mark what is reported".to_owned(),
            Mistake::UnbalancedMarks => "the marks of this example do not pair".to_owned(),
        }
    }

    /// A few words beside the caret; may be empty.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most mistakes need no more than their message")]
    fn label(&self) -> String {
        let like = |name: &Option<String>| match name {
            Some(name) => format!("did you mean `{name}`?"),
            None => String::new(),
        };
        match self {
            Mistake::UnknownKey(name, Some(expected)) | Mistake::UnknownValue(name, Some(expected)) => {
                like(&check::nearest(name, expected.split('`').skip(1).step_by(2)))
            }
            Mistake::UnknownClass(_, name)
            | Mistake::UnknownAuthority(_, name)
            | Mistake::UnknownRule(_, name)
            | Mistake::UnknownSafeguard(_, name) => like(name),
            Mistake::NewerFormat(..) => format!("this rightslint reads format {FORMAT}"),
            Mistake::Backspace => "`\\b` in double quotes is a backspace".to_owned(),
            _ => String::new(),
        }
    }

    /// What the author can do about it.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most mistakes need no more than their message")]
    fn note(&self) -> Option<String> {
        let note = match self {
            Mistake::UnknownKey(_, expected) | Mistake::UnknownValue(_, expected) => return expected.clone(),
            Mistake::DuplicateLanguage(_, first) => format!("the first stands in {first}"),
            Mistake::DuplicateClass(_, first) => {
                format!("the first stands in {first}; `extends = true` adds to it")
            }
            Mistake::DuplicateId("rule", _, first) => {
                format!("the first stands in {first}; a pack of your own says `replaces = true`")
            }
            Mistake::DuplicateId(_, _, first) => format!("the first stands in {first}"),
            Mistake::MissingPack => {
                "begin the file with `[pack]`, `format = 1`, `language = \"...\"`, `requires = \"...\"`"
                    .to_owned()
            }
            Mistake::BadRequirement(_) => "write `>=` and a version, such as \">=0.1\"".to_owned(),
            Mistake::NotKebabCase(_) => {
                "write small letters and digits, with single hyphens between".to_owned()
            }
            Mistake::MissingTopic => "add `topic = \"...\"` to `[pack]`".to_owned(),
            Mistake::MissingLanguage(_) => "a `[language]` table in one file of the language does".to_owned(),
            Mistake::Backspace => "write patterns with a backslash in single quotes: '\\bword\\b'".to_owned(),
            Mistake::PhraseWithoutLiteral => "add a word, or a class that is not open".to_owned(),
            Mistake::RegexWithoutLiteral => {
                "some text of three letters or more has to stand in every match".to_owned()
            }
            Mistake::CapitalInRegex(_) => "text is folded to lower case before a regex sees it".to_owned(),
            Mistake::KeyOfOtherKind("force") => "only a strength has force".to_owned(),
            Mistake::KeyOfOtherKind(_) => "it belongs to rules with `kind = \"absence\"`".to_owned(),
            Mistake::NoPattern => {
                "add `match.any` or `match.regex`; an absence may name its `power`".to_owned()
            }
            Mistake::UnmarkedExample => "put « and » around the words that are reported".to_owned(),
            _ => return None,
        };
        Some(note)
    }
}
