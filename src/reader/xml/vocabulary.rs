//! Vocabularies: what the elements of each kind of legal XML are.
//!
//! One TOML file a vocabulary, because which element is a section is knowledge about publishers and
//! not about reading. A row names elements; `parent/element` and `element@value` (the value of its
//! name, role, class or type) go before the bare name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::tree::Tree;
use crate::document::NumberedRank;

/// The files, in the order in which they are tried.
const FILES: [&str; 7] = [
    include_str!("vocabulary/uslm.toml"),
    include_str!("vocabulary/us-bill.toml"),
    include_str!("vocabulary/akoma-ntoso.toml"),
    include_str!("vocabulary/clml.toml"),
    include_str!("vocabulary/formex.toml"),
    include_str!("vocabulary/justice-canada.toml"),
    include_str!("vocabulary/dc-library.toml"),
];

static VOCABULARIES: LazyLock<Vec<Vocabulary>> =
    LazyLock::new(|| FILES.iter().filter_map(|file| toml::from_str(file).ok()).collect());

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// No text of the document: metadata, images.
    Skip,
    /// Holds blocks.
    Group,
    /// A paragraph: what is inside and has no role is inline.
    Text,
    /// Inline, whatever is around it.
    Inline,
    /// Inline, with a colon between it and what stands before.
    Separated,
    /// Inline, with white space between it and what stands before.
    Spaced,
    /// White space.
    Space,
    /// Joins its text to the block before: the full stop after quoted text.
    Joined,
    /// The number of the provision that it stands in.
    Number,
    /// The word before that number, where it is an element of its own.
    NumberWord,
    /// The heading of what it stands in.
    Heading,
    Container,
    Schedule,
    Section,
    Article,
    /// A numbered part of a section, or an item of a list that nothing numbers.
    Subdivision,
    /// Holds provisions and a heading, which is that of the first of them.
    Headed,
    /// A heading between provisions, with its level in an attribute.
    Crossheading,
    /// Stands for quotation marks around its text.
    Quotation,
    /// An opening quotation mark.
    OpeningMark,
    /// A closing quotation mark.
    ClosingMark,
    /// Text that is inserted into another law.
    Quoted,
    Inserted,
    Deleted,
    Contents,
    Recital,
    Note,
    Cell,
}

impl Role {
    /// The rank of the provision that an element of this role is.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other roles are no provisions")]
    pub(super) fn rank(self) -> Option<NumberedRank> {
        match self {
            Role::Container => Some(NumberedRank::Container),
            Role::Schedule => Some(NumberedRank::Schedule),
            Role::Section => Some(NumberedRank::Section),
            Role::Article => Some(NumberedRank::Article),
            Role::Subdivision => Some(NumberedRank::Subdivision),
            _ => None,
        }
    }

    /// Whether an element of this role does not end the block around it.
    pub(super) fn is_in_line(self) -> bool {
        matches!(
            self,
            Role::Inline
                | Role::Number
                | Role::NumberWord
                | Role::Separated
                | Role::Spaced
                | Role::Joined
                | Role::Quotation
                | Role::Inserted
                | Role::Deleted
        )
    }
}

/// A vocabulary as its file has it.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "File")]
pub(super) struct Vocabulary {
    file: File,
    /// The roles by the bare name of the element.
    roles: BTreeMap<String, Vec<(Condition, Role)>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    /// The names of root elements.
    roots: Vec<String>,
    /// What the root's namespaces hold, if that is needed to tell it.
    namespace: String,
    /// Where the title is, the best place first: `parent/element` or `element`; `element@attribute`.
    title: Vec<String>,
    /// Whether containers are numbered without the word that is their element's name.
    names_containers: bool,
    /// Whether headings between provisions stand beside them, and not around them.
    crossheadings: bool,
    roles: BTreeMap<Role, Vec<String>>,
}

/// What else must hold for a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Condition {
    Parent(String),
    Value(String),
    None,
}

impl From<File> for Vocabulary {
    fn from(file: File) -> Vocabulary {
        let mut roles: BTreeMap<String, Vec<(Condition, Role)>> = BTreeMap::new();
        for (role, names) in &file.roles {
            for name in names {
                let (name, condition) = match (name.split_once('/'), name.split_once('@')) {
                    (Some((parent, name)), _) => (name, Condition::Parent(parent.to_owned())),
                    (None, Some((name, value))) => (name, Condition::Value(value.to_owned())),
                    (None, None) => (name.as_str(), Condition::None),
                };
                roles.entry(name.to_owned()).or_default().push((condition, *role));
            }
        }
        for found in roles.values_mut() {
            found.sort();
        }
        Vocabulary { file, roles }
    }
}

impl Vocabulary {
    /// The vocabulary of `tree`; `None` if its root is unknown.
    pub(super) fn of(tree: &Tree<'_>) -> Option<&'static Vocabulary> {
        let (root, tag) = (tree.name(0), tree.tag(0));
        VOCABULARIES.iter().find(|vocabulary| {
            vocabulary.file.roots.iter().any(|name| name == root) && tag.contains(&vocabulary.file.namespace)
        })
    }

    /// The role of the element `node` in `parent`, if the vocabulary knows it.
    pub(super) fn role(&self, tree: &Tree<'_>, node: usize, parent: &str) -> Option<Role> {
        let holds = |condition: &Condition| match condition {
            Condition::Parent(name) => name == parent,
            Condition::Value(value) => ["name", "role", "class", "type"]
                .iter()
                .any(|name| tree.attribute(node, name).is_some_and(|found| found == *value)),
            Condition::None => true,
        };
        let found = self.roles.get(tree.name(node))?;
        found.iter().find(|(condition, _)| holds(condition)).map(|(_, role)| *role)
    }

    pub(super) fn names_containers(&self) -> bool {
        self.file.names_containers
    }

    pub(super) fn has_crossheadings(&self) -> bool {
        self.file.crossheadings
    }

    /// The title that the elements of `tree` give.
    pub(super) fn title(&self, tree: &Tree<'_>) -> Option<String> {
        self.file.title.iter().find_map(|place| self.title_at(tree, place))
    }

    fn title_at(&self, tree: &Tree<'_>, place: &str) -> Option<String> {
        let (place, attribute) =
            place.split_once('@').map_or((place, None), |(place, attribute)| (place, Some(attribute)));
        let (parent, name) =
            place.split_once('/').map_or((None, place), |(parent, name)| (Some(parent), name));
        let inside = |node: &usize| {
            let Some(parent) = parent else { return true };
            let above = (0..*node).rev().find(|above| tree.end(*above) > *node);
            above.is_some_and(|above| tree.name(above) == parent)
        };
        let words = |node: usize| match attribute {
            Some(attribute) => tree.attribute(node, attribute).unwrap_or_default(),
            None => self.words(tree, node),
        };
        let found = (0..tree.nodes.len()).filter(|node| tree.name(*node) == name).take(20);
        found.filter(inside).map(words).find(|words| !words.is_empty())
    }

    /// The words inside an element, its paragraphs apart and its notes left out.
    pub(super) fn words(&self, tree: &Tree<'_>, node: usize) -> String {
        let mut words = String::new();
        let mut at = node;
        while at < tree.end(node) {
            match tree.name(at) {
                "" => words.push_str(&tree.raw(at)),
                name => match self.roles.get(name).and_then(|found| found.last()).map(|(_, role)| *role) {
                    Some(Role::Note | Role::Skip) if at > node => {
                        at = tree.end(at);
                        continue;
                    }
                    Some(Role::Inline | Role::Quotation) | None => {}
                    Some(_) => words.push(' '),
                },
            }
            at += 1;
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether `name` is the root element of a vocabulary.
pub(in super::super) fn is_root(name: &str) -> bool {
    VOCABULARIES.iter().any(|vocabulary| vocabulary.file.roots.iter().any(|root| root == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_well_formed() {
        for file in FILES {
            let read: Result<Vocabulary, _> = toml::from_str(file);
            let read = read.unwrap_or_else(|error| panic!("{error}\n{file}"));
            assert!(!read.file.roots.is_empty() && !read.roles.is_empty());
            let mut names: Vec<&String> = read.file.roles.values().flatten().collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "an element has two roles in {:?}", read.file.roots);
        }
        assert!(is_root("akomaNtoso") && !is_root("html"));
    }

    #[test]
    fn roles() {
        let source = "<bill><quote/><legis-body><section/></legis-body><other/></bill>";
        let tree = Tree::new(source).unwrap();
        let vocabulary = Vocabulary::of(&tree).unwrap();
        let found: Vec<Option<Role>> = (1..5).map(|node| vocabulary.role(&tree, node, "")).collect();
        assert_eq!(found, [Some(Role::Quotation), Some(Role::Group), Some(Role::Section), None]);
    }
}
